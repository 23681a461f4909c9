"""Currency as a key wherever money is compared or added, so that no rule can forget it.

An amount is a figure and its currency. Where both populations of a rule have the field `currency`, what compares, pairs
or adds up money asks for the same currency besides, whatever the rule says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlglot
from sqlglot import exp

from auditor.checks.criteria.model import On, pairs_of
from auditor.checks.sources import Records
from auditor.rules.bound import BoundRule

CURRENCY = "currency"


def is_money(rule: BoundRule, given: Records, fields: Iterable[str]) -> bool:
    """Whether one of the fields of a population holds money."""
    return any(_is_money(rule, given, each) for each in fields)


def _is_money(rule: BoundRule, given: Records, field: str) -> bool:
    unit = rule.field_units.get(field)
    return unit == "money" if unit else given.columns.get(field, "").startswith("DECIMAL")


def left_fields(on: Sequence[On]) -> list[str]:
    """The fields of the left record that the entries name."""
    return [pair.left for each in on for pair in pairs_of(each)]


def in_one_currency(on: Sequence[On]) -> list[On]:
    """The entries, with currency among them."""
    return [*on] if CURRENCY in left_fields(on) else [*on, CURRENCY]


def columns_in(expression: str) -> set[str]:
    """The columns that an expression names."""
    return {each.name for each in sqlglot.parse_one(expression, read="duckdb").find_all(exp.Column)}
