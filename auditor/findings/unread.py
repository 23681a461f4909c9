"""What could not be read is never reported as missing.

A finding that says that something is absent, or that a total is short, proves nothing while a document that may hold
it was not read. Such findings are folded under that document until it is readable.

A document that was read but not recognised, or a sheet or table of one, may hold only what its texts show: the number,
or the amount with its date; and where it is asked what all of its open tables are, only records that they may be.
Of one that cannot be read nothing is known, so it may hold what its kin hold: the documents of its folder that are
called alike, or all of its folder if none is. An archive of which a part did not come out, and a folder that does not
open, may hold what came out of them and what lies beside them, or in the next folder up that holds anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.documents.texts import amount_key, text_key
from auditor.findings.model import DocumentSummary, Finding
from auditor.rules.binding import needs, types_of, uses
from auditor.rules.model import RuleSet
from auditor.values.text import number_text

_MARKS = re.compile(r"[\W\d_]+")
_DAY = re.compile(r"[0-9]{2,4}-[0-9]{2}(-[0-9]{2})?")
_OWN_NUMBER = 5  # characters
_RARE = 4  # digits, final noughts apart, of an amount that hardly stands anywhere by chance
UNREAD = ("unreadable", "not recognised", "asked")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A document that was read and not recognised, as a whole or in part: the texts of that part, and the record types
    that it may be; None if that is not known."""

    path: str
    texts: frozenset[str]
    may_be: frozenset[str] | None

    def may_hold(self, finding: Finding, lacking: frozenset[str]) -> bool:
        """Whether it may be what a finding says is absent among records of the types `lacking`."""
        return (self.may_be is None or bool(self.may_be & lacking)) and _may_hold(finding, self.texts)


def not_missing(findings: Sequence[Finding], documents: Sequence[DocumentSummary], rule_set: RuleSet) -> list[Finding]:
    """The findings in the same order; those that an unread document or row may explain are derived from it."""
    unread = [each for each in documents if each.status in UNREAD or each.may_hold_any]
    suspects = _suspects([each for each in unread if each.texts is None], documents)
    shown = [_Shown(each.path, each.texts, each.may_be) for each in documents if each.texts is not None]
    rows = _unread_rows(documents)
    if not unread and not rows and not shown:
        return list(findings)
    return [_settled(finding, suspects, shown, rows, rule_set) for finding in findings]


def _settled(
    finding: Finding,
    suspects: Mapping[str, str],
    shown: Sequence[_Shown],
    rows: Sequence[tuple[str, str]],
    rule_set: RuleSet,
) -> Finding:
    if finding.status != "open" or not _says_absent(finding, rule_set):
        return finding
    lacking = _lacking(finding, rule_set)
    path = next((suspects[name] for name in sorted(lacking) if name in suspects), None)
    if path is None and shown:
        wanted = _lacking(finding, rule_set, optional=True)
        path = next((each.path for each in shown if each.may_hold(finding, wanted)), None)
    if path is None:
        key = number_text(finding.key)
        path = next((path for path, text in rows if key and key in text), None)
    return finding if path is None else replace(finding, status="derived", derived_from=f"document:{path}")


def _says_absent(finding: Finding, rule_set: RuleSet) -> bool:
    """Whether a finding says that something is not there: by its check, or as its rule says of one of its own."""
    rule = rule_set.rules[finding.rule]
    reports = rule.outcomes.get(finding.outcome, ())
    by_check = finding.outcome in rule.options.ABSENCES
    return by_check or any(each.absence for each in reports if each.code == finding.code)


def _may_hold(finding: Finding, texts: frozenset[str]) -> bool:
    """Whether a document with these texts may be what the finding says is absent."""
    if any(text_key(part) in texts for part in _numbers(finding.key)):
        return True
    if finding.amount is None or amount_key(finding.amount) not in texts:
        return False
    rare = len(finding.amount.normalize().as_tuple().digits) >= _RARE
    return rare or (finding.date is not None and text_key(finding.date.isoformat()) in texts)


def _numbers(key: str) -> list[str]:
    """The numbers of documents in a key: SH26-004353, 0003142. What goes with a day is an account or a party."""
    parts = key.split("/")
    if any(_DAY.fullmatch(part) for part in parts):
        return []
    return [each for each in parts if len(each) >= _OWN_NUMBER and any(letter.isdigit() for letter in each)]


def _lacking(finding: Finding, rule_set: RuleSet, *, optional: bool = False) -> frozenset[str]:
    """The record types among which the finding says that something is not; `optional`: with those without which its
    rule runs."""
    rule = rule_set.rules[finding.rule]
    among = rule.options.lacking(finding.outcome)
    if among is not None:
        return types_of(rule_set, among) or types_of(rule_set, among, optional=optional)
    return uses(rule_set, rule) if optional else needs(rule_set, rule)


def _suspects(unread: Sequence[DocumentSummary], documents: Sequence[DocumentSummary]) -> dict[str, str]:
    """Record type -> an unread document that may hold such records, as its kin do."""
    suspects: dict[str, str] = {}
    for document in unread:
        kin = _beside(document, documents) if document.may_hold_any else _kin(document, documents)
        for name in sorted({name for each in kin for name in each.records}):
            suspects.setdefault(name, document.path)
    return suspects


def _kin(document: DocumentSummary, documents: Sequence[DocumentSummary]) -> Sequence[DocumentSummary]:
    folder = [each for each in documents if _folder(each) == _folder(document) and each.records]
    return [each for each in folder if _called(each) and _called(each) == _called(document)] or folder


def _beside(container: DocumentSummary, documents: Sequence[DocumentSummary]) -> list[DocumentSummary]:
    """What came out of an archive or lies beside it; where that is nothing, what lies in the next folder up."""
    place = container.path.removesuffix("/")
    read = [each for each in documents if each.records]
    while place:
        place = place.rpartition("/")[0]
        inside = [each for each in read if each.path.startswith(container.path.removesuffix("/") + "/")]
        near = [each for each in read if _folder(each) == place]
        within = [each for each in read if not place or each.path.startswith(place + "/")]
        if near or within:
            return [*inside, *(near or within)]
    return []


def _called(document: DocumentSummary) -> str:
    """What a document is called without its numbers and marks: 收货清单A-10-08.xlsx is 收货清单A."""
    return _MARKS.sub("", document.path.rpartition("/")[2].rpartition(".")[0]).casefold()


def _folder(document: DocumentSummary) -> str:
    return document.path.rpartition("/")[0]


def _unread_rows(documents: Sequence[DocumentSummary]) -> list[tuple[str, str]]:
    return [
        (document.path, number_text(problem["found"]) or "")
        for document in documents
        for problem in document.problems
        if problem.get("found")
    ]
