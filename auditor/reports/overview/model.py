"""The overview of a batch as data: a month a row, as it is kept from run to run and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from auditor.languages import Text

COUNTED = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class AtStake:
    """Open exceptions that involve money of one currency: how many, what they involve, and which way it goes (None
    where none has a direction)."""

    currency: str
    count: int
    gross: Decimal
    net: Decimal | None


@dataclass(frozen=True, slots=True)
class IdleRule:
    """A rule that was not run, or failed, and why."""

    rule: str
    duty: str
    title: Text
    status: str  # not run, failed
    reason: Text | None
    leaves_a_gap: bool  # something is not audited that should have been


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """What became of the audit of one month."""

    entity: str | None
    period: tuple[str, str]  # first and last day
    run_at: str
    rule_sets: Text
    rules_sha256: str
    verdict: str  # open, incomplete, clear
    verdict_title: Text
    reasons: tuple[Text, ...]
    open: Mapping[str, int]  # open exceptions by severity: high, medium, low
    folded: int  # exceptions that follow from others
    money: tuple[AtStake, ...]  # a currency a row
    documents: int  # without duplicates and what is ignored
    unread: tuple[str, ...]  # paths of those that were not read, or not wholly
    questions: int  # kinds of tables, and words, that nobody has said what they are
    idle: tuple[IdleRule, ...]
    ran: int  # rules that were run
    exit_code: int
    awaits: bool = False  # it rests on what can come without any input changing: a password, a recogniser

    @property
    def not_run(self) -> tuple[IdleRule, ...]:
        """The rules that left something unaudited."""
        return tuple(each for each in self.idle if each.leaves_a_gap)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a batch: its folder, whose it is, and what became of it; where it could not be audited, why."""

    folder: str  # its path in the batch
    company: str  # as its folders are called
    period_named: str | None  # the month that its folders state
    summary: MonthSummary | None
    error: Mapping[str, Any] | None = None  # as AuditorError.as_dict()
    remarks: tuple[Text, ...] = ()

    @property
    def entity(self) -> str:
        """Whose month it is: as its audit.yaml says, else as its folders are called."""
        return (self.summary.entity if self.summary else None) or self.company or self.folder

    @property
    def label(self) -> str:
        """The month in a few letters: `2026-10`, for another span its days."""
        if self.summary is None:
            return self.period_named or self.folder.rpartition("/")[2]
        first, last = self.summary.period
        whole = first[:7] == last[:7] and first.endswith("-01")
        return first[:7] if whole else f"{first}..{last}"

    @property
    def state(self) -> str:
        """open, incomplete or clear, as the report says it; failed where there is none."""
        return self.summary.verdict if self.summary else "failed"


@dataclass(frozen=True, slots=True)
class Overview:
    """A batch."""

    title: str  # what its folder is called
    auditor: str
    run_at: str
    months: tuple[Month, ...]  # by entity, then period
    problems: tuple[Mapping[str, Any], ...]  # of its folders, as AuditorError.as_dict()
    remarks: tuple[Text, ...]

    @property
    def exit_code(self) -> int:
        """0 clean, 1 exceptions, 2 something could not be audited, or not wholly."""
        codes = [each.summary.exit_code if each.summary else 2 for each in self.months]
        return 2 if self.problems else max(codes, default=0)
