"""What a figure of an outcome is: money, a count of things, a weight, days or per cent, told by the fields it is of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from auditor.records.figures import unit_of_field
from auditor.records.model import RecordType
from auditor.rules.bound import BoundRule
from auditor.rules.model import LoadedView
from auditor.rules.schema import Outcome, Unit

# A product or a choice of several is what stands first: pieces × price is money, weight × rate is money.
_ORDER: tuple[Unit, ...] = ("money", "weight", "percent", "count", "days")


def unit_of_column(sql_type: str) -> Unit | None:
    """What the values of a view's own column are, by its type: what has decimals is money."""
    if sql_type.startswith("DECIMAL"):
        return "money"
    if sql_type in ("BIGINT", "INTEGER", "HUGEINT", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER"):
        return "count"
    return "days" if sql_type == "DATE" else None


def units_of_fields(
    names: Iterable[str],
    types: Mapping[str, RecordType],
    views: Mapping[str, LoadedView],
    columns: Mapping[str, Mapping[str, str]],
) -> dict[str, Unit]:
    """Field -> what its values are, over the populations `names`; a view's columns are as in the records it reads."""
    units: dict[str, Unit] = {}
    for name in names:
        fields = [field for each in _types_behind(name, views) if each in types for field in types[each].fields.items()]
        for column, sql_type in columns.get(name, {}).items():
            known = next((field for title, field in fields if title == column and field.type.sql == sql_type), None)
            unit = unit_of_field(known) if known else unit_of_column(sql_type)
            if unit is not None and not column.startswith("_"):
                units.setdefault(column, unit)
    return units


def _types_behind(name: str, views: Mapping[str, LoadedView]) -> list[str]:
    """A record type itself, or those that a view reads, also through other views."""
    if name not in views:
        return [name]
    return [each for read in sorted(views[name].reads) for each in _types_behind(read, views)]


def unit_of_outcome(rule: BoundRule, report: Outcome, outcome: str, field: str | None, *, difference: bool) -> Unit:
    """What the difference of an outcome is, or with `difference` false its amount. Money where nothing tells."""
    if report.unit is not None:
        return report.unit
    own = (report.difference if difference else report.amount) or ""
    column = "difference" if difference or ":difference" in own else "amount"  # abs(:difference) is as the difference
    return unit_of_expression(own, rule) or rule.options.figure_unit(rule, outcome, field, column) or "money"


def unit_of_populations(rule: BoundRule) -> Unit:
    """What the sums of a rule's populations are."""
    return rule.options.population_unit(rule) or "money"


def unit_of_select_column(select: str, column: str, rule: BoundRule) -> Unit | None:
    """What a column of a SELECT is: of its first SELECT, by the fields in its expression."""
    tree: exp.Expression | None = _parsed(select)
    first = tree.find(exp.Select) if tree is not None else None
    for each in first.expressions if first is not None else ():
        if each.alias_or_name == column:
            return _of_tree(each, rule.field_units)
    return None


def unit_of_expression(text: str, rule: BoundRule) -> Unit | None:
    """What an expression gives, by the fields in it."""
    tree: exp.Expression | None = _parsed(text) if text else None
    return _of_tree(tree, rule.field_units) if tree is not None else None


def _of_tree(tree: exp.Expression, units: Mapping[str, Unit]) -> Unit | None:
    """The first of the units in the expression; what stands in the conditions of a CASE decides nothing."""
    passed = {id(each) for case in tree.find_all(exp.If) for each in case.this.walk()}
    columns = [each for each in tree.find_all(exp.Column) if id(each) not in passed]
    found = {units.get(each.name.removesuffix("__id")) for each in columns}
    if not columns and list(tree.find_all(exp.Count)):
        return "count"
    return next((unit for unit in _ORDER if unit in found), None)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Any:
    """The tree of a text, None if there is none."""
    try:
        return sqlglot.parse_one(text, read="duckdb")
    except SqlglotError:  # bound SQL that this parser does not know decides nothing
        return None
