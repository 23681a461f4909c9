"""The views of a rule set: checked, put in the order in which they can be made, tried on empty tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.errors import AuditorError
from auditor.marked_yaml import nearest
from auditor.records.audit_tables import AUDIT_TABLES
from auditor.records.model import RecordType
from auditor.rules.errors import BrokenView, UnknownRecords, ViewCycle, ViewWithoutId
from auditor.rules.model import LoadedView, RuleSet
from auditor.rules.places import fault_error
from auditor.rules.selects import check_select
from auditor.rules.workbench import Workbench

Errors = dict[str, list[AuditorError]]
_IDS = {"_id": ("BIGINT", "INTEGER", "HUGEINT"), "_ids": ("BIGINT[]", "INTEGER[]", "HUGEINT[]")}


def check_views(
    rule_set: RuleSet, types: Mapping[str, RecordType], bench: Workbench
) -> tuple[dict[str, LoadedView], Errors]:
    """The views that are right, in the order of making, and the errors of the others. The bench has them as views."""
    errors: Errors = {}
    broken = {name.removeprefix("views/") for name in rule_set.failed if name.startswith("views/")}
    tables = frozenset(types) | frozenset(AUDIT_TABLES) | rule_set.views.keys() | broken
    parsed: dict[str, LoadedView] = {}
    for name, view in rule_set.views.items():
        checked = check_select(view.view.select, tables, frozenset(bench.parameters))
        found = [fault_error(view.marked, ("select",), view.view.select, fault) for fault in checked.faults]
        found += _optional_errors(view, tables)
        if found:
            errors[name] = found
        parsed[name] = replace(view, sql=checked.sql, reads=checked.reads, uses=checked.uses)
    ready: dict[str, LoadedView] = {}
    for name in in_order(parsed, errors):
        view = parsed[name]
        for read in sorted(view.reads):
            if read in errors or read in broken:
                errors.setdefault(name, []).append(
                    BrokenView(view.marked.place(("select",)), view.marked.text(("select",)), view=read)
                )
        if name not in errors:
            found = _tried(view, bench)
            if found:
                errors[name] = found
            else:
                ready[name] = view
    return ready, errors


def in_order(views: Mapping[str, LoadedView], errors: Errors) -> list[str]:
    """Names of views, each after those that it reads. Views in a circle get a ViewCycle among the errors."""
    order: list[str] = []
    trail: list[str] = []

    def visit(name: str) -> None:
        if name in trail:
            circle = trail[trail.index(name) :]
            for each in circle:
                marked = views[each].marked
                errors.setdefault(each, []).append(
                    ViewCycle(marked.place(("select",)), marked.text(("select",)), views=" → ".join([*circle, name]))
                )
            return
        if name in order:
            return
        trail.append(name)
        for read in sorted(views[name].reads & views.keys()):
            visit(read)
        trail.pop()
        if name not in order:
            order.append(name)

    for name in sorted(views):
        visit(name)
    return order


def _optional_errors(view: LoadedView, tables: frozenset[str]) -> list[AuditorError]:
    return [
        UnknownRecords(
            view.marked.place(("optional", number)),
            view.marked.text(("optional", number)),
            name=name,
            names=", ".join(sorted(tables)),
            nearest=nearest(name, tables) or "-",
        )
        for number, name in enumerate(view.view.optional)
        if name not in tables
    ]


def _tried(view: LoadedView, bench: Workbench) -> list[AuditorError]:
    fault = bench.view(view.name, view.sql)
    if fault is not None:
        return [fault_error(view.marked, ("select",), view.view.select, fault)]
    columns = bench.columns[view.name]
    for name, kinds in _IDS.items():
        if (name == "_id" or name in columns) and columns.get(name) not in kinds:
            del bench.columns[view.name]
            return [ViewWithoutId(view.marked.place(("select",)), view.marked.text(("select",)), view=view.name)]
    return []
