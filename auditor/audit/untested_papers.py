"""Papers that were read and that no rule tested, by kind: what a report must not pass over in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from auditor.checks.recalculation import TESTED_FIGURES
from auditor.checks.templates import quoted
from auditor.engine import Engine
from auditor.findings.model import DocumentSummary, Finding, RuleResult, UntestedPapers
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.rules.binding import uses
from auditor.rules.model import RuleSet

_RAN = ("clean", "findings")
_FIGURES = "stated_figure"


def untested_papers(
    engine: Engine,
    documents: Sequence[DocumentSummary],
    rules: Iterable[RuleResult],
    findings: Iterable[Finding],
    rule_set: RuleSet,
    types: Mapping[str, RecordType],
) -> tuple[UntestedPapers, ...]:
    """The papers of which no figure was held against others and whose records no rule that ran reads, by kind."""
    ran = {each.id for each in rules if each.status in _RAN}
    tested = {name for each in rule_set.rules.values() if each.id in ran for name in uses(rule_set, each)} - {_FIGURES}
    told = {record.document for each in findings for record in each.records if record.type == _FIGURES}
    found: dict[Text, list[str]] = defaultdict(list)
    papers = _with_figures(engine)
    for path, title, kind, figures in papers:
        if not figures and kind not in tested and path not in told:
            found[types[kind].title if kind in types else _shown(title)].append(path)
    for path, title in _without_figures(documents, {(path, title) for path, title, _, _ in papers}):
        found[_shown(title)].append(path)
    ordered = sorted(found.items(), key=lambda each: (-len(each[1]), each[0].en))
    return tuple(UntestedPapers(kind, len(paths), tuple(sorted(set(paths)))) for kind, paths in ordered)


def _with_figures(engine: Engine) -> list[tuple[str, str, str, int]]:
    """Document, title, record type and number of tested figures of every paper that states figures."""
    rules = engine.rows(
        "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, ?) ORDER BY ALL", [TESTED_FIGURES]
    )
    each = " UNION ALL ".join(f"SELECT id FROM {quoted(table)}" for (table,) in rules) or "SELECT NULL::BIGINT AS id"
    rows = engine.rows(
        f"SELECT d.path, f.paper, coalesce(f.kind, ''), count(t.id) FROM {_FIGURES} f "
        "JOIN document d ON d.number = f._document "
        f"LEFT JOIN (SELECT DISTINCT id FROM ({each})) t ON t.id = f._id "
        "GROUP BY d.path, f.paper, f.kind, f.number ORDER BY ALL"
    )
    return [(path, title or "", kind, figures) for path, title, kind, figures in rows]


def _without_figures(documents: Sequence[DocumentSummary], known: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Document and title of the papers that no record type reads and that state no figure."""
    told = [(each.path, str(remark["paper"])) for each in documents for remark in each.remarks if "paper" in remark]
    return [each for each in told if each not in known]


def _shown(title: str) -> Text:
    """A title as one name of its kind, however it is printed."""
    plain = " ".join(title.split())
    return Text(plain.capitalize() if plain.isupper() else plain, plain)
