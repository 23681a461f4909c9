"""The SQL of a rule, written down so that an auditor can perform the test again on a copy of `audit.duckdb`.

The rule runs on empty tables, with every step that it may take; what it decides outside SQL stands in tables
`decided_...` of the audit.
"""

from __future__ import annotations

from datetime import date

from auditor.checks.given import empty_engine
from auditor.checks.registry import check_named
from auditor.findings.statements import publish_findings
from auditor.records.loader import record_types
from auditor.rules.binding import FailedRule, bind_with
from auditor.rules.model import RuleSet
from auditor.rules.parameters import resolve_parameters

_MAKING = ("CREATE", "INSERT", "UPDATE", "DELETE", "ALTER", "DROP")


def _makes_something(statement: str) -> bool:
    """Whether a statement leaves anything behind; those that only ask are for the program."""
    lines = (line for line in statement.splitlines() if not line.lstrip().startswith("--"))
    return " ".join(lines).lstrip().upper().startswith(_MAKING)


def statements_of(
    rule_set: RuleSet, identity: str, period: tuple[date, date], entity: str | None = None
) -> list[str]:
    """The statements that the rule runs, in order, views and macros first. Raises the rule's error if it has one.

    `entity` is the audited company, as `audit.yaml` names it.
    """
    types = record_types()
    engine = empty_engine(types, rule_set.manifest.calendar)
    try:
        publish_findings(engine, ())
        values, wrong = resolve_parameters(rule_set.manifest.parameters, {})
        ready = bind_with(rule_set, engine, types, values, wrong, period=period, entity=entity)
        bound = {each.id: each for each in ready}
        rule = bound[identity]
        if isinstance(rule, FailedRule):
            raise rule.errors[0]
        with engine.recording() as statements:
            check_named(rule.options.check)(rule, engine)
        return [each for each in statements if _makes_something(each)]
    finally:
        engine.close()
