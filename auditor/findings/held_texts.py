"""The texts of a document that was not recognised: whether what a finding misses stands among them."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date

from auditor.documents.texts import amount_key, text_key
from auditor.findings.model import Finding
from auditor.values.dates import parse_date

_DAY = re.compile(r"[0-9]{2,4}-[0-9]{2}(-[0-9]{2})?")
_DAYS = re.compile(r"(?:[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}|[0-9]{8})(?![0-9]{3})")
_LONGEST_DAY = 24  # characters: 24TH SEPTEMBER, 2026
_OWN_NUMBER = 5  # characters
_RARE = 4  # digits, final noughts apart, of an amount that hardly stands anywhere by chance


@dataclass(slots=True)
class HeldTexts:
    """A document that was read and not recognised, as a whole or in part: the texts of that part, and the record types
    that a hypothesis takes it for."""

    path: str
    texts: frozenset[str]
    may_be: frozenset[str]
    _days: frozenset[date] | None = field(default=None, repr=False)

    def answers(self, finding: Finding, lacking: Set[str]) -> bool:
        """Whether it is taken for the lacking type, and its texts speak for the very record that is absent: its number
        stands there, or its amount and its day."""
        return bool(self.may_be & lacking) and (self._has_number(finding) or self._has_amount_and_day(finding))

    def mentions(self, finding: Finding) -> bool:
        """Whether the number or the amount of what is absent stands there, whatever the document is taken for; a small
        amount, which stands anywhere, only with its day."""
        if self._has_number(finding):
            return True
        rare = finding.amount is not None and len(finding.amount.normalize().as_tuple().digits) >= _RARE
        return (rare and self._has_amount(finding)) or self._has_amount_and_day(finding)

    def _has_number(self, finding: Finding) -> bool:
        return any(text_key(part) in self.texts for part in numbers_in(finding.key))

    def _has_amount(self, finding: Finding) -> bool:
        return finding.amount is not None and amount_key(finding.amount) in self.texts

    def _has_amount_and_day(self, finding: Finding) -> bool:
        return finding.date is not None and self._has_amount(finding) and finding.date in self.days

    @property
    def days(self) -> frozenset[date]:
        """All days that its texts may state; of 03/04/2026 both."""
        if self._days is None:
            self._days = frozenset(day for text in self.texts for day in _days_in(text))
        return self._days


def _days_in(text: str) -> list[date]:
    if len(text) > _LONGEST_DAY or sum(letter.isdigit() for letter in text) < _RARE + 1:
        return []
    match = _DAYS.match(text)
    whole = match[0] if match else text  # what follows is a time of day
    readings = [parse_date(whole), parse_date(whole, order="dmy"), parse_date(whole, order="mdy")]
    return [each.value for each in readings if each.value is not None]


def numbers_in(key: str) -> list[str]:
    """The numbers of documents in a key: SH26-004353, 0003142. What goes with a day is an account or a party."""
    parts = key.split("/")
    if any(_DAY.fullmatch(part) for part in parts):
        return []
    return [each for each in parts if len(each) >= _OWN_NUMBER and any(letter.isdigit() for letter in each)]
