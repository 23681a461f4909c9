"""What could not be read is never reported as missing.

A finding that says that something is absent, or that a total is short, proves nothing while a document that may hold
it was not read. Such findings are folded under that document until it is readable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.findings.model import DocumentSummary, Finding
from auditor.rules.binding import needs, types_of
from auditor.rules.model import RuleSet
from auditor.rules.schema import Match
from auditor.values.text import number_text

UNREAD = ("unreadable", "not recognised")
ABSENCE = frozenset(
    {
        "left_only",
        "right_only",
        "missing",
        "group_missing",
        "count_differs",
        "sum_differs",
        "closing_differs",
        "break",
    }
)


def not_missing(findings: Sequence[Finding], documents: Sequence[DocumentSummary], rule_set: RuleSet) -> list[Finding]:
    """The findings in the same order; those that an unread document or row may explain are derived from it."""
    suspects = _suspects(documents)
    rows = _unread_rows(documents)
    if not suspects and not rows:
        return list(findings)
    return [_settled(finding, suspects, rows, rule_set) for finding in findings]


def _settled(
    finding: Finding, suspects: Mapping[str, str], rows: Sequence[tuple[str, str]], rule_set: RuleSet
) -> Finding:
    if finding.status != "open" or finding.outcome not in ABSENCE:
        return finding
    lacking = _lacking(finding, rule_set)
    path = next((suspects[name] for name in sorted(lacking) if name in suspects), None)
    if path is None:
        key = number_text(finding.key)
        path = next((path for path, text in rows if key and key in text), None)
    return finding if path is None else replace(finding, status="derived", derived_from=f"document:{path}")


def _lacking(finding: Finding, rule_set: RuleSet) -> frozenset[str]:
    """The record types among which the finding says that something is not."""
    rule = rule_set.rules[finding.rule]
    options = rule.options
    if isinstance(options, Match) and finding.outcome in ("left_only", "right_only"):
        side = options.right if finding.outcome == "left_only" else options.left
        return types_of(rule_set, side.records)
    return needs(rule_set, rule)


def _suspects(documents: Sequence[DocumentSummary]) -> dict[str, str]:
    """Record type -> an unread document that may hold such records, as others of its folder do."""
    by_folder: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        by_folder[_folder(document)] |= set(document.records)
    suspects: dict[str, str] = {}
    for document in documents:
        if document.status in UNREAD:
            for name in sorted(by_folder[_folder(document)]):
                suspects.setdefault(name, document.path)
    return suspects


def _folder(document: DocumentSummary) -> str:
    return document.path.rpartition("/")[0]


def _unread_rows(documents: Sequence[DocumentSummary]) -> list[tuple[str, str]]:
    return [
        (document.path, number_text(problem["found"]) or "")
        for document in documents
        for problem in document.problems
        if problem.get("found")
    ]
