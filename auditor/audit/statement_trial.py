"""Statements tried before they meet a document: every SELECT of theirs, on tables without rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from auditor.audit.errors import ViewSkipped
from auditor.checks.sequence import create_empty_books
from auditor.engine import DuckEngine, EngineError
from auditor.errors import AuditorError
from auditor.findings.statements import draw_up, publish_findings
from auditor.records.model import RecordType
from auditor.rules.binding import bind_with
from auditor.rules.model import RuleSet
from auditor.rules.parameters import default_values, literals_of
from auditor.rules.tables import create_empty_tables

_MONTH = (date(2026, 1, 1), date(2026, 1, 31))


def statement_faults(rule_set: RuleSet, types: Mapping[str, RecordType]) -> Iterator[AuditorError]:
    """What the engine does not take of the statements of a rule set: a name that nothing has, a wrong expression."""
    values = default_values(rule_set.manifest.parameters)
    engine = DuckEngine(None, threads=1)
    try:
        create_empty_tables(engine, types)
        bind_with(rule_set, engine, types, values, [], period=_MONTH)
        publish_findings(engine, [])
        for name, rule in rule_set.rules.items():
            if rule.options.check == "sequence":
                create_empty_books(engine, name)
        literals = literals_of(values, rule_set.words, period=_MONTH, currency="CNY", entity=None)
        for name, each in sorted(rule_set.statements.items()):
            try:
                draw_up(name, each.statement, engine, literals)
            except EngineError as error:
                yield ViewSkipped(f"statements/{name}.yaml", statement=name, reason=error.values["said"])
    finally:
        engine.close()
