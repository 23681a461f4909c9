"""Binds a rule set to an audit: parameters put in, views made, every rule ready to run or failed with its reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from auditor.engine import Engine, EngineError
from auditor.errors import AuditorError
from auditor.records.audit_tables import AUDIT_TABLES
from auditor.records.model import RecordType
from auditor.rules.bound import BoundRule
from auditor.rules.errors import BrokenView
from auditor.rules.macros import create_macros
from auditor.rules.model import LoadedRule, RuleSet
from auditor.rules.options import figures, plain_figure
from auditor.rules.parameters import ParameterValue, literals_of, resolve_parameters
from auditor.rules.schema import Outcome
from auditor.rules.scopes import Scopes, put
from auditor.rules.tokens import with_parameters

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_EXPRESSIONS = ("where", "key", "party", "expected", "actual", "difference", "amount", "currency", "date")


@dataclass(frozen=True, slots=True)
class FailedRule:
    """A rule that cannot run, and why."""

    id: str
    errors: tuple[AuditorError, ...]


def bind(
    rule_set: RuleSet,
    engine: Engine,
    types: Mapping[str, RecordType],
    *,
    period: tuple[date, date],
    parameters: Mapping[str, Any] | None = None,
    currency: str = "CNY",
    entity: str | None = None,
) -> list[BoundRule | FailedRule]:
    """All rules of a set for one audit, in the order of their ids; those that failed to load among them.

    The engine holds a table for each record type and `calendar_day`; the views of the rule set are made in it here.
    `parameters` are those of `audit.yaml` (name -> value with unit): a wrong one fails the rules that use it.
    """
    values, wrong = resolve_parameters(rule_set.manifest.parameters, parameters or {})
    return bind_with(rule_set, engine, types, values, wrong, period=period, currency=currency, entity=entity)


def bind_with(
    rule_set: RuleSet,
    engine: Engine,
    types: Mapping[str, RecordType],
    values: Mapping[str, ParameterValue],
    wrong: list[AuditorError],
    *,
    period: tuple[date, date],
    currency: str = "CNY",
    entity: str | None = None,
) -> list[BoundRule | FailedRule]:
    """As `bind`, with parameters resolved already; `wrong` are the errors of those that have no value."""
    create_macros(engine)
    sql = literals_of(values, rule_set.words, period=period, currency=currency, entity=entity)
    by_name = {str(each.values.get("name")): each for each in wrong}
    failed_views = make_views(rule_set, engine, sql, by_name)
    result: list[BoundRule | FailedRule] = [
        FailedRule(name, errors) for name, errors in rule_set.failed.items() if not name.startswith("views/")
    ]
    for rule in rule_set.rules.values():
        errors = [by_name[name] for name in sorted(rule.uses) if name not in sql and name in by_name]
        errors += [
            BrokenView(rule.marked.place(), None, view=name)
            for name in sorted(views_of(rule_set, rule))
            if name in failed_views
        ]
        result.append(FailedRule(rule.id, tuple(errors)) if errors else bound_rule(rule, values, sql, period))
    return sorted(result, key=lambda each: each.id)


def bound_rule(
    rule: LoadedRule, values: Mapping[str, ParameterValue], sql: Mapping[str, str], period: tuple[date, date]
) -> BoundRule:
    """One rule with its parameters put in. `sql` holds the literals of all parameters, built-in ones included."""
    data = rule.options.model_dump(by_alias=True)
    for use in figures(rule.options):
        put(data, use.loc, plain_figure(use, values))
    for loc, text in expression_places(rule):
        put(data, loc, with_parameters(text, sql))
    outcomes = {name: tuple(_report(report, sql) for report in reports) for name, reports in rule.outcomes.items()}
    options = type(rule.options).model_validate(data).named(rule.titles)
    return BoundRule(
        rule.id, options, outcomes, period, rule.titles, rule.record_titles, rule.field_units, rule.sources
    )


def expression_places(rule: LoadedRule) -> list[tuple[tuple[str | int, ...], str]]:
    """Where the options of a rule hold SQL, and which."""
    select = rule.options.select_used()
    scopes = Scopes(_AnyColumns(), frozenset())
    return [*([select] if select else ()), *((use.loc, use.text) for use in rule.options.expressions_used(scopes))]


class _AnyColumns(dict[str, Mapping[str, str]]):
    """Stands for the columns of records where only the places of expressions are asked for."""

    def __missing__(self, key: str) -> Mapping[str, str]:
        return {}


def _report(report: Outcome, sql: Mapping[str, str]) -> Outcome:
    changed = {
        name: with_parameters(text, sql) for name in _EXPRESSIONS if isinstance(text := getattr(report, name), str)
    }
    return report.model_copy(update=changed)


def make_views(
    rule_set: RuleSet,
    engine: Engine,
    sql: Mapping[str, str],
    wrong: Mapping[str, AuditorError],
    names: frozenset[str] | None = None,
) -> dict[str, AuditorError]:
    """Make the views (or those of `names`); what cannot be made, and what reads it, comes back with its reason.

    `sql` holds the literals of all parameters, `wrong` the errors of parameters that have no value.
    """
    failed: dict[str, AuditorError] = {}
    for name, view in rule_set.views.items():
        if names is not None and name not in names:
            continue
        missing = [wrong[each] for each in sorted(view.uses) if each not in sql and each in wrong]
        broken = [failed[each] for each in sorted(view.reads) if each in failed]
        if missing or broken:
            failed[name] = (missing or broken)[0]
            continue
        try:
            engine.execute(f'CREATE OR REPLACE VIEW "{name}" AS\n{with_parameters(view.sql, sql)}')
        except EngineError as error:
            failed[name] = error
    return failed


def keep_views(rule_set: RuleSet, rule: LoadedRule, engine: Engine, kept: Set[str] = frozenset()) -> frozenset[str]:
    """Keep what the views of a rule select as temporary tables of their names, which this connection reads in their
    place; the names come back. A rule names its views dozens of times, and of few records planning takes the time.

    Those in `kept` are kept already. One that fails stays a view: the rule that reads it will say why.
    """
    used = views_of(rule_set, rule) - kept
    for name in rule_set.views:
        if name in used:
            with suppress(EngineError):
                engine.execute(f'CREATE TEMP TABLE "{name}" AS FROM main."{name}"')
    return used


def let_views_go(engine: Engine, kept: Set[str]) -> None:
    """Drop what `keep_views` kept: the views select anew."""
    for name in sorted(kept):
        engine.execute(f'DROP TABLE IF EXISTS temp."{name}"')


def views_of(rule_set: RuleSet, rule: LoadedRule) -> frozenset[str]:
    """The views that a rule reads, also through other views."""
    found: set[str] = set()
    todo = [*(each.name for each in rule.options.records_used()), *sorted(rule.reads)]
    while todo:
        name = todo.pop()
        if name in rule_set.views and name not in found:
            found.add(name)
            todo += sorted(rule_set.views[name].reads)
    return frozenset(found)


def lacking(rule_set: RuleSet, rule: LoadedRule, present: Set[str]) -> tuple[str, ...]:
    """The record types for want of which a rule cannot run where only those `present` are there; none: it can."""
    one_of = rule.head.needs_one_of
    without = set(one_of) if one_of and not present & set(one_of) else set()
    return tuple(sorted((needs(rule_set, rule) - present) | without))


def needs(rule_set: RuleSet, rule: LoadedRule) -> frozenset[str]:
    """The record types without which a rule cannot run: those it reads, also through views, less the optional ones."""
    found: set[str] = set(rule.head.needs)

    def gather(name: str, optional: frozenset[str]) -> None:
        if name in optional or name in AUDIT_TABLES:
            return
        view = rule_set.views.get(name)
        if view is None:
            found.add(name)
            return
        for read in sorted(view.reads):
            gather(read, optional | frozenset(view.view.optional))

    for name in rule.options.needed_records():
        gather(name, frozenset(rule.head.optional))
    return frozenset(found)


def uses(rule_set: RuleSet, rule: LoadedRule) -> frozenset[str]:
    """All record types that a rule reads, also through views: those that it needs, and those without which it runs, but
    knows less."""
    read = {each.name for each in rule.options.records_used()} | set(rule.reads)
    for name in views_of(rule_set, rule):
        read |= rule_set.views[name].reads
    optional = {each for each in rule.head.optional if each not in rule_set.views}
    return needs(rule_set, rule) | optional | (read - set(rule_set.views) - set(AUDIT_TABLES))


def fields_named(rule_set: RuleSet, rule: LoadedRule, record_type: RecordType) -> frozenset[str]:
    """The fields of a record type that a rule names, or a view through which it reads that type: without them it means
    less. A name that stands in the rule for something else counts as well."""
    views = [rule_set.views[name] for name in views_of(rule_set, rule)]
    texts = [rule.options.model_dump_json(), *(each.sql for each in views if record_type.name in each.reads)]
    words = {word for text in texts for word in _NAME.findall(text)}
    return frozenset(words & set(record_type.fields)) if record_type.name in uses(rule_set, rule) else frozenset()


def types_of(rule_set: RuleSet, name: str, *, optional: bool = False) -> frozenset[str]:
    """The record types behind a population: itself, or those that its view reads; with the `optional` ones or less
    them."""
    view = rule_set.views.get(name)
    if view is None:
        return frozenset() if name in AUDIT_TABLES else frozenset({name})
    reads = view.reads if optional else view.reads - set(view.view.optional)
    return frozenset(each for read in reads for each in types_of(rule_set, read, optional=optional))
