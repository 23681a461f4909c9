"""Checks a loaded rule set against the record types: forms, names, expressions, views.

What passes comes out with plain SQL; what does not is in `RuleSet.failed` with all its errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.marked_yaml import nearest
from auditor.records.audit_tables import AUDIT_TABLES
from auditor.records.model import RecordType
from auditor.rules.conditions import Fault, check_expression
from auditor.rules.errors import BrokenView, UnknownField, UnknownRecords, UnusedParameter
from auditor.rules.form import form_errors
from auditor.rules.model import BUILT_IN, LoadedRule, LoadedView, RuleSet
from auditor.rules.options import figure_errors, figures
from auditor.rules.parameters import default_values
from auditor.rules.places import fault_error
from auditor.rules.schema import RuleHead
from auditor.rules.scopes import ExpressionUse, Loc, Scopes, outcome_expressions, put
from auditor.rules.selects import CheckedSelect, check_select
from auditor.rules.units import units_of_fields
from auditor.rules.views import check_views
from auditor.rules.workbench import Tried, Workbench

_REFERENCE = re.compile(r":([a-z][a-z0-9_]*)")


def check_rule_set(rule_set: RuleSet, types: Mapping[str, RecordType]) -> RuleSet:
    """The rule set with its views in the order of making, and with the rules and views that have errors in `failed`."""
    failed: dict[str, tuple[AuditorError, ...]] = dict(rule_set.failed)
    with_defaults = workbench_for(rule_set, types)
    views, broken = check_views(rule_set, types, with_defaults)
    failed.update({f"views/{name}": tuple(errors) for name, errors in broken.items()})
    unreadable = {name.removeprefix("views/") for name in failed if name.startswith("views/")}
    titles = {name: each.title for name, each in types.items()}
    titles |= {name: Text(each.view.title.en, each.view.title.zh) for name, each in views.items()}
    rules: dict[str, LoadedRule] = {}
    for name, rule in rule_set.rules.items():
        checked, errors = check_rule(rule, types, with_defaults, frozenset(views), unreadable)
        if errors:
            failed[name] = tuple(errors)
        else:
            read = [each.name for each in checked.options.records_used()]
            units = units_of_fields(read, types, views, with_defaults.columns)
            sources = {each: _behind(each, views) for each in read}
            rules[name] = replace(checked, record_titles=titles, field_units=units, sources=sources)
    for name, rule in rule_set.misspelt.items():
        more = check_rule(rule, types, with_defaults, frozenset(views), unreadable)[1]
        failed[name] = (*failed[name], *more)
    with_defaults.close()
    return replace(
        rule_set,
        rules=rules,
        views=views,
        failed=dict(sorted(failed.items())),
        failed_in={**rule_set.failed_in, **_sets_of(rule_set)},
        remarks=(*rule_set.remarks, *_unused(rule_set)),
    )


def _sets_of(rule_set: RuleSet) -> dict[str, str]:
    """Of each rule (`ID`) and view (`views/NAME`) the name of its set."""
    views = {f"views/{name}": view.of for name, view in rule_set.views.items()}
    return {**views, **{name: rule.of for name, rule in rule_set.rules.items()}}


def _behind(name: str, views: Mapping[str, LoadedView]) -> frozenset[str]:
    """The record types behind a record type or view: itself, or all that the view reads, through other views too."""
    view = views.get(name)
    if view is None:
        return frozenset() if name in AUDIT_TABLES else frozenset({name})
    return frozenset(each for read in view.reads for each in _behind(read, views))


def workbench_for(rule_set: RuleSet, types: Mapping[str, RecordType]) -> Workbench:
    """A workbench with the defaults of the rule set's parameters."""
    return Workbench(types, default_values(rule_set.manifest.parameters), rule_set.words)


def check_rule(
    rule: LoadedRule,
    types: Mapping[str, RecordType],
    bench: Workbench,
    views: frozenset[str],
    unreadable: Iterable[str] = (),
) -> tuple[LoadedRule, list[AuditorError]]:
    """The rule with plain SQL in place of its expressions, and all that is wrong with it."""
    parameters = frozenset(bench.parameters)
    errors = list(form_errors(rule, types, parameters - BUILT_IN.keys()))
    errors += _record_errors(rule, frozenset(types) | views, set(unreadable))
    if any(isinstance(each, (UnknownRecords, BrokenView)) for each in errors):
        return rule, errors
    errors += _field_errors(rule, bench)
    errors += rule.options.column_errors(rule.marked, bench.columns)
    data = rule.options.model_dump(by_alias=True)
    head = rule.head.model_dump(by_alias=True, include={"outcomes"})
    uses: set[str] = set()
    columns = bench.columns
    select = rule.options.select_used()
    if select is not None:
        loc, text = select
        selected = check_select(text, frozenset(types) | views | set(unreadable) | set(AUDIT_TABLES), parameters)
        found_columns = _select(rule, loc, text, selected, bench, set(unreadable))
        if isinstance(found_columns, list):
            return rule, [*errors, *found_columns]
        columns = {**columns, "select": found_columns}
        put(data, loc, selected.sql)
        uses.update(selected.uses)
        rule = replace(rule, reads=selected.reads)
    found, ready = _expressions(rule, list(_expressions_used(rule, Scopes(columns, parameters))), bench, uses)
    for use, sql in ready:
        put(head if use.loc[0] == "outcomes" else data, use.loc, sql)
    errors += found
    errors += figure_errors(rule.options, rule.marked, bench.values)
    uses.update(use.parameter for use in figures(rule.options) if use.parameter)
    if errors:
        return rule, errors
    reports = RuleHead.model_validate({**rule.head.model_dump(by_alias=True), **head})
    return replace(
        rule,
        head=reports,
        options=type(rule.options).model_validate(data),
        uses=frozenset(uses),
        titles=_titles(rule, types, bench),
    ), []


def _expressions_used(rule: LoadedRule, scopes: Scopes) -> Iterator[ExpressionUse]:
    """Every expression of a rule but a SELECT."""
    yield from rule.options.expressions_used(scopes)
    yield from outcome_expressions(rule.head.outcomes, lambda outcome: rule.options.outcome_scope(scopes, outcome))


def _select(
    rule: LoadedRule, loc: Loc, text: str, checked: CheckedSelect, bench: Workbench, unreadable: set[str]
) -> Mapping[str, str] | list[AuditorError]:
    """The columns of a rule's SELECT, or what is wrong with it."""
    if checked.faults:
        return [fault_error(rule.marked, loc, text, fault) for fault in checked.faults]
    broken = sorted(checked.reads & unreadable)
    if broken:
        return [BrokenView(rule.marked.place(loc), rule.marked.text(loc), view=name) for name in broken]
    columns = bench.select(checked.sql)
    return [fault_error(rule.marked, loc, text, columns)] if isinstance(columns, Fault) else columns


def _expressions(
    rule: LoadedRule, uses: list[ExpressionUse], bench: Workbench, parameters: set[str]
) -> tuple[list[AuditorError], list[tuple[ExpressionUse, str]]]:
    errors: list[AuditorError] = []
    ready: list[tuple[ExpressionUse, str]] = []
    for use in uses:
        checked = check_expression(use.text, use.scope)
        errors += [fault_error(rule.marked, use.loc, use.text, fault) for fault in checked.faults]
        if not checked.faults:
            ready.append((use, checked.sql))
            parameters.update(checked.uses)
    faults = bench.types([Tried(sql, use.scope, use.expects) for use, sql in ready])
    errors += [
        fault_error(rule.marked, use.loc, use.text, fault)
        for (use, _), fault in zip(ready, faults, strict=True)
        if fault
    ]
    return errors, ready


def _record_errors(rule: LoadedRule, known: frozenset[str], unreadable: set[str]) -> Iterator[AuditorError]:
    named = [(each.loc, each.name) for each in rule.options.records_used()]
    named += [(("optional", number), name) for number, name in enumerate(rule.head.optional)]
    for key in ("needs", "needs_one_of"):
        named += [((key, number), name) for number, name in enumerate(getattr(rule.head, key))]
    for loc, name in named:
        place, text = rule.marked.place(loc), rule.marked.text(loc)
        if name in unreadable:
            yield BrokenView(place, text, view=name)
        elif name not in known:
            yield UnknownRecords(
                place, text, name=name, names=", ".join(sorted(known)), nearest=nearest(name, known) or "-"
            )


def _field_errors(rule: LoadedRule, bench: Workbench) -> Iterator[AuditorError]:
    for use in rule.options.fields_used():
        for records in dict.fromkeys(use.records):
            columns = bench.columns[records]
            if use.field not in columns:
                names = [name for name in columns if not name.startswith("_")]
                yield UnknownField(
                    rule.marked.place(use.loc, key=use.as_key),
                    rule.marked.text(use.loc),
                    field=use.field,
                    records=records,
                    fields=", ".join(names),
                    nearest=nearest(use.field, names) or "-",
                )


def _titles(rule: LoadedRule, types: Mapping[str, RecordType], bench: Workbench) -> dict[str, Text]:
    """The titles of fields, for keys and explanations that name one: those of the record types that the rule reads."""
    titles: dict[str, Text] = {}
    named = [each.name for each in rule.options.records_used()]
    for name in [*named, *(each for each in types if each not in named)]:
        for field in types[name].fields.values() if name in types else ():
            if name in named or any(field.name in bench.columns.get(each, {}) for each in named if each not in types):
                titles.setdefault(field.name, field.title)
    return titles


def _unused(rule_set: RuleSet) -> Iterator[AuditorError]:
    """Parameters that no file of the rule sets names, those with errors included."""
    named: set[str] = set()
    for each in rule_set.folders:
        for path in each.folder.rglob("*.yaml"):
            named.update(_REFERENCE.findall(path.read_text(encoding="utf-8", errors="replace")))
    for each in rule_set.folders:
        for name in each.manifest.parameters:
            if name not in named:
                loc = ("parameters", name)
                yield UnusedParameter(each.marked.place(loc, key=True), each.marked.text(loc), name=name)
