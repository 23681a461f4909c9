"""What could not be read is never reported as missing without naming it.

A finding that says that something is absent proves less while a document that may hold it was not read. It is folded
under a document only where a hypothesis says that a table of it is of the lacking type *and* its texts bear that out:
the number, or the amount with its day stands there. It is folded under a row that was not read only where what was
read of the row says so, and no row answers more findings than it holds. Every other unread document hides nothing: the
finding stays open and says in which file the record may be. Only an absence is folded: a break, a sum, a duplicate or a
difference stands whatever was not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from auditor.checks.unread import Unread
from auditor.findings.held_texts import HeldTexts
from auditor.findings.model import DocumentSummary, Finding
from auditor.findings.unread_rows import RowNames, answered_by_rows
from auditor.languages import Text
from auditor.rules.binding import needs, types_of, uses
from auditor.rules.model import RuleSet

_MARKS = re.compile(r"[\W\d_]+")
UNREAD = ("unreadable", "not recognised", "asked")
_MOST_FILES = 3  # that a finding names


def not_missing(
    findings: Sequence[Finding],
    documents: Sequence[DocumentSummary],
    rule_set: RuleSet,
    unread: Sequence[Unread] = (),
    names: RowNames | None = None,
) -> list[Finding]:
    """The findings in the same order. Those that an unread document or row answers are derived from it; those that one
    may answer name it.

    `unread`: the rows of tables that were not read. `names`: whose the names in them are.
    """
    absent = [each for each in findings if each.status == "open" and _says_absent(each, rule_set)]
    if not absent:
        return list(findings)
    lacking = {each.id: _lacking(each, rule_set) for each in absent}
    held = [HeldTexts(each.path, each.texts, each.may_be) for each in documents if each.texts is not None]
    closed = _closed(documents)
    folded: dict[str, str] = {}
    for each in absent:
        path = next((held_in.path for held_in in held if held_in.answers(each, lacking[each.id])), None)
        if path is not None:
            folded[each.id] = path
    rest = [each for each in absent if each.id not in folded]
    answered, doubtful = answered_by_rows(rest, lacking, documents, unread, names or RowNames())
    folded |= answered
    files = {each.id: _may_be_in(each, lacking[each.id], held, closed, doubtful.get(each.id, ())) for each in rest}
    return [_settled(each, folded.get(each.id), files.get(each.id, ())) for each in findings]


def _settled(finding: Finding, path: str | None, files: Sequence[str]) -> Finding:
    if path is not None:
        return replace(finding, status="derived", derived_from=f"document:{path}")
    if not files:
        return finding
    shown, more = files[:_MOST_FILES], len(files) - _MOST_FILES
    en, zh = ", ".join(shown), "、".join(shown)
    if more > 0:
        en, zh = f"{en} and {more} more", f"{zh} 等 {len(files)} 份"
    said = finding.explanation
    told = Text(f"{said.en}; may be in: {en} (not read)", f"{said.zh}；可能在未读取的资料中：{zh}")
    return replace(finding, explanation=told, may_be_in=tuple(files))


def _says_absent(finding: Finding, rule_set: RuleSet) -> bool:
    """Whether a finding says that something is not there: by its check, or as its rule says of one of its own."""
    rule = rule_set.rules[finding.rule]
    reports = rule.outcomes.get(finding.outcome, ())
    by_check = finding.outcome in rule.options.ABSENCES
    return by_check or any(each.absence for each in reports if each.code == finding.code)


def _lacking(finding: Finding, rule_set: RuleSet) -> frozenset[str]:
    """The record types among which the finding says that something is not: of those that its rule reads, or the view of
    its other side, all but the types of its own records."""
    rule = rule_set.rules[finding.rule]
    among = rule.options.lacking(finding.outcome)
    read = uses(rule_set, rule) | needs(rule_set, rule) if among is None else types_of(rule_set, among, optional=True)
    return (read - {each.type for each in finding.records}) or read


def _may_be_in(
    finding: Finding,
    lacking: Set[str],
    held: Sequence[HeldTexts],
    closed: Mapping[str, Set[str]],
    rows: Sequence[str],
) -> tuple[str, ...]:
    """The files that were not read and may hold what a finding says is absent: those in which its number or its amount
    stands, those of which nothing is known and whose kin hold such records, and the rows that do not contradict it."""
    shown = [each.path for each in held if each.mentions(finding)]
    shut = [path for path, types in closed.items() if types & lacking]
    return tuple(dict.fromkeys([*rows, *shown, *shut]))


def _closed(documents: Sequence[DocumentSummary]) -> dict[str, frozenset[str]]:
    """By the path of a document of which nothing could be read the record types that its kin hold."""
    closed: dict[str, frozenset[str]] = {}
    for document in documents:
        if document.texts is None and (document.status in UNREAD or document.may_hold_any):
            kin = _beside(document, documents) if document.may_hold_any else _kin(document, documents)
            closed[document.path] = frozenset(name for each in kin for name in each.records)
    return closed


def _kin(document: DocumentSummary, documents: Sequence[DocumentSummary]) -> Sequence[DocumentSummary]:
    """The documents of its folder that are called alike; else those of its format. A note, a photo or a program beside
    exports is no kin of theirs."""
    folder = [each for each in documents if _folder(each) == _folder(document) and each.records]
    alike = [each for each in folder if _called(each) and _called(each) == _called(document)]
    return alike or [each for each in folder if _format(each) == _format(document)]


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


def _format(document: DocumentSummary) -> str:
    return document.path.rpartition("/")[2].rpartition(".")[2].casefold()


def _folder(document: DocumentSummary) -> str:
    return document.path.rpartition("/")[0]
