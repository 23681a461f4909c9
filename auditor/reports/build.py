"""From the result of an audit to its report as data."""

from __future__ import annotations

from collections import defaultdict

from auditor.findings.decided import Decision
from auditor.findings.model import AuditResult, DocumentSummary
from auditor.reports.exceptions import duties_of
from auditor.reports.forms import form_of
from auditor.reports.front import front_page
from auditor.reports.model import Folder, Gone, Report

MOST_DOCUMENTS = 1000


def report_of(result: AuditResult) -> Report:
    """The report of a result."""
    duties = duties_of(result)
    shown = _shown(result.documents)
    return Report(
        result=result,
        front=front_page(result),
        duties=duties,
        forms=tuple(form_of(each, number) for number, each in enumerate(result.statements, 1)),
        folders=_folders(shown),
        documents_unshown=len(result.documents) - len(shown),
        new=frozenset(result.changes.new) if result.changes else frozenset(),
        standings=result.decided.standings,
        gone=_gone(result),
        shown=frozenset(item.finding.id for duty in duties for view in duty.rules for item in view.items),
    )


def _gone(result: AuditResult) -> tuple[Gone, ...]:
    """What was open before and is not found now, and decisions on exceptions of still earlier runs: none is lost."""
    changes = result.changes
    listed = [("fixed", each) for each in changes.fixed] if changes else []
    listed += [("unchecked", each) for each in changes.unchecked] if changes else []
    decisions: dict[str, list[Decision | None]] = defaultdict(list)
    for decision in result.decided.gone:
        decisions[decision.finding].append(decision)
    known = {each.id for _, each in listed}
    found = [(change, each, decisions.get(each.id) or [None]) for change, each in listed]
    return tuple(Gone(change, each, decision) for change, each, written in found for decision in written) + tuple(
        Gone("earlier", None, decision) for decision in result.decided.gone if decision.finding not in known
    )


def _shown(documents: tuple[DocumentSummary, ...]) -> tuple[DocumentSummary, ...]:
    """Those that the page has room for, in their order; what was not read is always among them."""
    if len(documents) <= MOST_DOCUMENTS:
        return documents
    first = sorted(documents, key=lambda each: (not each.not_whole, each.number))[:MOST_DOCUMENTS]
    return tuple(sorted(first, key=lambda each: each.number))


def _folders(documents: tuple[DocumentSummary, ...]) -> tuple[Folder, ...]:
    groups: dict[str, list[DocumentSummary]] = {}
    for document in documents:
        groups.setdefault(document.path.partition("/")[0] if "/" in document.path else "", []).append(document)
    return tuple(Folder(path, tuple(each)) for path, each in groups.items())
