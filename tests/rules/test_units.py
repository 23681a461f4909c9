"""What the figures of an outcome are, told by the fields they are of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from auditor.resources import rules_folder
from auditor.rules.binding import bound_rule
from auditor.rules.bound import BoundRule
from auditor.rules.check_kinds import check_kinds
from auditor.rules.loader import load_rule_set
from auditor.rules.parameters import built_in_values, default_values
from auditor.rules.schema import Outcome
from auditor.rules.units import unit_of_outcome, unit_of_populations

PERIOD = (date(2026, 10, 1), date(2026, 10, 31))
UNITS = {"pieces": "count", "amount": "money", "rate": "money", "weight": "weight", "date": "days", "fuel": "percent"}
SET = load_rule_set(rules_folder() / "freight-month-end")


def made(check: str, **options: Any) -> BoundRule:
    sides = {"left": {"records": "a"}, "right": {"records": "b"}}
    given: dict[str, Any] = {"match": {**sides, "passes": [{"on": ["no"]}]}, "totals": sides, "query": {"reads": ["a"]}}
    model = check_kinds()[check].model_validate({"check": check, **given.get(check, {"records": "a"}), **options})
    return BoundRule("a", model, {}, PERIOD, field_units=UNITS)  # type: ignore[arg-type]


def shipped(name: str) -> BoundRule:
    values = default_values(SET.manifest.parameters)
    sql = {**{each: value.sql for each, value in values.items()}, **built_in_values(PERIOD, "CNY", None)}
    return bound_rule(SET.rules[name], values, sql, PERIOD)


def report(**given: Any) -> Outcome:
    return Outcome.model_validate({"code": "TST-01", "severity": "low", "title": {"en": "t", "zh": "测"}, **given})


MATCH = made("match", compare={"pieces": "exact"})
TOTALS = made(
    "totals",
    measures={
        "tickets": {"kind": "count", "left": "count(*)", "right": "count(*)"},
        "pieces": {"left": "sum(pieces)", "right": "sum(pieces)"},
        "total": {"left": "sum(amount)", "right": "sum(amount)"},
    },
)
QUERY = made("query", select="SELECT a._id, a.amount - b.amount AS difference, count(*) AS amount FROM a, b")


@pytest.mark.parametrize(
    ("rule", "outcome", "field", "given", "unit"),
    [
        (MATCH, "left_only", None, {}, "money"),
        (MATCH, "differs", "pieces", {}, "count"),
        (MATCH, "differs", "weight", {}, "weight"),
        (MATCH, "differs", "date", {}, "days"),
        (MATCH, "differs", "fuel", {}, "percent"),
        (MATCH, "differs", "weight", {"difference": "r.amount - l.amount"}, "money"),
        (MATCH, "differs", "amount", {"difference": "round(l.weight * l.rate, 2)"}, "money"),
        (MATCH, "differs", "amount", {"difference": "CASE WHEN l.amount > 0 THEN l.pieces ELSE 1 END"}, "count"),
        (MATCH, "differs", "amount", {"difference": "l.pieces", "unit": "money"}, "money"),
        (made("match", measure="pieces"), "right_only", None, {}, "count"),
        (TOTALS, "count_differs", "tickets", {}, "count"),
        (TOTALS, "sum_differs", "pieces", {}, "count"),
        (TOTALS, "sum_differs", "total", {}, "money"),
        (QUERY, "wrong", None, {}, "money"),
        (QUERY, "wrong", "pieces", {}, "count"),
        (made("require", require="l.pieces > 0"), "fails", None, {}, "money"),
        (made("require", require="l.pieces > 0"), "fails", None, {"difference": "l.pieces - 1"}, "count"),
    ],
)
def test_the_unit_of_a_difference(
    rule: BoundRule, outcome: str, field: str | None, given: Mapping[str, Any], unit: str
) -> None:
    assert unit_of_outcome(rule, report(**given), outcome, field, difference=True) == unit


@pytest.mark.parametrize(
    ("rule", "field", "given", "unit"),
    [
        (MATCH, "date", {"amount": "l.amount"}, "money"),
        (MATCH, "pieces", {"amount": "abs(:difference)"}, "count"),
        (QUERY, None, {}, "count"),
    ],
)
def test_the_unit_of_an_amount(rule: BoundRule, field: str | None, given: Mapping[str, Any], unit: str) -> None:
    outcome = "wrong" if rule is QUERY else "differs"
    assert unit_of_outcome(rule, report(**given), outcome, field, difference=False) == unit


@pytest.mark.parametrize(
    ("name", "outcome", "field", "unit"),
    [
        ("slips-against-register", "differs", "pieces", "count"),
        ("slips-against-register", "differs", "charge_weight", "weight"),
        ("slips-against-register", "differs", "cod", "money"),
        ("slips-against-register", "right_only", None, "money"),
        ("slips-against-bills", "differs", "charge_weight", "money"),
        ("slips-against-bills", "differs", "pieces", "count"),
        ("covers-against-slips", "count_differs", "tickets", "count"),
        ("covers-against-slips", "sum_differs", "pieces", "count"),
        ("bill-totals", "sum_differs", "amount", "money"),
        ("bank-against-ledger", "left_only", None, "money"),
        ("memos-in-register", "wrong", "pieces", "count"),
        ("memos-in-register", "wrong", "amount", "money"),
        ("blank-forms-counted", "fails", None, "count"),
        ("cash-count", "fails", None, "money"),
        ("adjusted-balances", "wrong", None, "money"),
        ("cash-balance", "above_limit", None, "money"),
    ],
)
def test_units_of_the_shipped_rules(name: str, outcome: str, field: str | None, unit: str) -> None:
    rule = shipped(name)
    (first, *_) = rule.reports(outcome, field) or next(iter(rule.outcomes.values()))
    assert unit_of_outcome(rule, first, outcome, field, difference=True) == unit


def test_the_sums_of_populations() -> None:
    assert unit_of_populations(shipped("slips-against-register")) == "money"
    assert unit_of_populations(shipped("covers-against-slips")) == "count"
    assert unit_of_populations(TOTALS) == "count"
    assert unit_of_populations(QUERY) == "money"
