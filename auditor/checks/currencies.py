"""Currency as a key wherever money is compared or added, so that no rule can forget it.

An amount is a figure and its currency. Where both populations of a rule have the field `currency`, what compares, pairs
or adds up money asks for the same currency besides, whatever the rule says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlglot
from sqlglot import exp

from auditor.checks.sources import Records
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Balance, Compare, Duplicate, Explained, Match, On, Pass, Require, Totals

CURRENCY = "currency"


def _name(on: On) -> str:
    return on if isinstance(on, str) else next(iter(on))


def _is_money(rule: BoundRule, given: Records, field: str) -> bool:
    unit = rule.field_units.get(field)
    return unit == "money" if unit else given.columns.get(field, "").startswith("DECIMAL")


def _together(on: Sequence[On]) -> list[On]:
    return [*on] if CURRENCY in {_name(each) for each in on} else [*on, CURRENCY]


def _names_currency(condition: str | None) -> bool:
    """Whether a condition speaks of currencies itself: such a pass looks for what differs in them."""
    if not condition:
        return False
    return any(each.name == CURRENCY for each in sqlglot.parse_one(condition, read="duckdb").find_all(exp.Column))


def match_in_currency(rule: BoundRule, options: Match, left: Records, right: Records) -> Match:
    """The match with currency among what must agree.

    A pass that compares money pairs within one currency, unless its own condition speaks of currencies. Where the rule
    reports a difference in `currency`, it is compared in every pair, and passes by numbers alone may pair two
    currencies to show it; where it reports none, no pass pairs them.
    """
    if not (left.has(CURRENCY) and right.has(CURRENCY)):
        return options

    def money(names: Iterable[str]) -> bool:
        return any(_is_money(rule, left, each) for each in names)

    compared = money(options.compare)
    told = bool({"differs", f"differs.{CURRENCY}"} & set(rule.outcomes)) and compared

    def one(each: Pass) -> Pass:
        pairs_money = each.groups is not None or money([*map(_name, each.on), *(each.sum or ())])
        if _names_currency(each.where) or not (pairs_money or (compared and not told)):
            return each
        return each.model_copy(update={"on": _together(each.on)})

    def reason(each: Explained) -> Explained:
        return each.model_copy(update={"cancels": _together(each.cancels)}) if each.cancels else each

    changed: dict[str, object] = {
        "passes": [one(each) for each in options.passes],
        "explained": [reason(each) for each in options.explained],
    }
    if told and CURRENCY not in options.compare:
        figures = [name for name in options.compare if money([name])]  # of two currencies they say nothing
        changed["compare"] = {CURRENCY: Compare(exact=True, hides=figures), **options.compare}
    if money(options.duplicates) and CURRENCY not in options.duplicates:
        changed["duplicates"] = [*options.duplicates, CURRENCY]
    return options.model_copy(update=changed)


def totals_in_currency(rule: BoundRule, options: Totals, left: Records, right: Records) -> Totals:
    """The totals with a group for each currency, where money is added up."""
    both = left.has(CURRENCY) and right.has(CURRENCY)
    if not both or CURRENCY in options.by or not _adds_money(rule, options, left):
        return options
    return options.model_copy(update={"by": [*options.by, CURRENCY]})


def _adds_money(rule: BoundRule, options: Totals, left: Records) -> bool:
    texts = [each.left for each in options.measures.values() if each.kind == "sum"]
    trees = [sqlglot.parse_one(text, read="duckdb") for text in texts]
    return any(_is_money(rule, left, column.name) for tree in trees for column in tree.find_all(exp.Column))


def balance_in_currency(options: Balance, given: Records, extents: Mapping[str, Records | None]) -> Balance:
    """The chains apart by currency, where the stated balances have one too."""
    every = all(each.has(CURRENCY) for each in (given, *extents.values()) if each is not None)
    if not every or CURRENCY in options.by:
        return options
    return options.model_copy(update={"by": [*options.by, CURRENCY]})


def duplicate_in_currency(rule: BoundRule, options: Duplicate, given: Records) -> Duplicate:
    """Two amounts of different currencies are no copies of each other."""
    money = any(_is_money(rule, given, _name(each)) for each in options.on)
    return options.model_copy(update={"on": _together(options.on)}) if money and given.has(CURRENCY) else options


def require_in_currency(rule: BoundRule, options: Require, left: Records, right: Records | None) -> Require:
    """A record refers to one of another amount's currency only where the reference is not by money."""
    if options.refers is None or right is None or not (left.has(CURRENCY) and right.has(CURRENCY)):
        return options
    if not any(_is_money(rule, left, _name(each)) for each in options.refers.on):
        return options
    refers = options.refers.model_copy(update={"on": _together(options.refers.on)})
    return options.model_copy(update={"refers": refers})
