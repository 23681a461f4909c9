"""Rules bound to an audit: parameters put in, views made, what a rule needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rule_files import MANIFEST, RULE, write_rule_set

from auditor.checks.given import empty_engine, put_records
from auditor.checks.match.options import Match
from auditor.checks.query import Query
from auditor.records.loader import record_types
from auditor.rules.binding import FailedRule, bind, needs
from auditor.rules.bound import BoundRule
from auditor.rules.loader import load_rule_set
from auditor.rules.model import RuleSet

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
PARAMETERS = (
    MANIFEST
    + """\
parameters:
  tolerance: {title: {en: Tolerance, zh: 容差}, default: "0.00 CNY"}
  window:    {title: {en: Window, zh: 窗口}, default: "3 working days"}
"""
)
VIEW = """\
title: {en: Slips of the period, zh: 本期清单}
select: |
  SELECT s._id, s.slip_no, s.waybill_no, s.date, s.pieces, s.amount   -- what the register must hold
  FROM receiving_slip s LEFT JOIN liaison_memo m USING (slip_no)
  WHERE s.date BETWEEN :period_start AND :period_end AND s.amount >= :tolerance
optional: [liaison_memo]
"""
WINDOWED = (
    RULE.replace("records: receiving_slip", "records: slip_of_period")
    .replace("status <> 'void'", "amount > :tolerance")
    .replace("  - on: [slip_no]\n", '  - on: [slip_no, {date: {working_days: {before: 1, after: ":window"}}}]\n')
    .replace('within: "0.00"', 'within: ":tolerance"')
)  # fmt: skip
QUERY = """\
title: {en: Slips without a waybill, zh: 无运单号的清单}
duty: D03
why: {en: They cannot be billed., zh: 无法计费。}
check: query
reads: [receiving_slip]
select: SELECT _id, slip_no AS key, amount FROM slip_of_period WHERE waybill_no IS NULL AND amount > :tolerance;
outcomes:
  wrong: {code: REG-09, severity: low, title: {en: No waybill, zh: 无运单号}, where: l.amount > 0}
examples:
  - name: no waybill
    given: {receiving_slip: [{slip_no: S1, date: 2026-10-08, amount: "10.00"}]}
    expect: [{code: REG-09, key: S1}]
  - name: with a waybill
    given: {receiving_slip: [{slip_no: S1, waybill_no: W1, date: 2026-10-08, amount: "10.00"}]}
    expect: []
"""


def loaded(folder: Path) -> RuleSet:
    rule_set = load_rule_set(
        write_rule_set(folder, {"slips": WINDOWED, "waybills": QUERY}, {"slip_of_period": VIEW}, PARAMETERS)
    )
    assert [each.message("en") for each in rule_set.errors] == []
    return rule_set


def bound(rule_set: RuleSet, **parameters: str) -> dict[str, BoundRule | FailedRule]:
    engine = empty_engine(record_types())
    return {each.id: each for each in bind(rule_set, engine, record_types(), period=OCTOBER, parameters=parameters)}


def test_parameters_become_literals_and_figures(tmp_path: Path) -> None:
    rule = bound(loaded(tmp_path), tolerance="0.05 CNY", window="5 working days")["slips"]
    assert isinstance(rule, BoundRule) and isinstance(rule.options, Match)
    assert rule.options.left.where == "amount > CAST('0.05' AS DECIMAL(18,5))"
    window = rule.options.passes[1].on[1]
    assert isinstance(window, Mapping)
    days = window["date"].working_days
    assert days is not None and not isinstance(days, (int, str))
    assert (days.before, days.after) == (1, 5)
    amount = rule.options.compare["amount"]
    assert not isinstance(amount, str) and amount.within == "0.05"
    assert rule.outcomes["differs"][0].key == "l.slip_no || '/' || :field_title"
    assert rule.field_titles["pieces"].zh == "件数"


def test_a_query_is_one_select_with_its_parameters(tmp_path: Path) -> None:
    rule = bound(loaded(tmp_path))["waybills"]
    assert isinstance(rule, BoundRule) and isinstance(rule.options, Query)
    assert rule.options.select.endswith("amount > CAST('0.00' AS DECIMAL(18,5))")
    assert rule.outcomes["wrong"][0].where == "l.amount > 0"


def test_views_see_the_period(tmp_path: Path) -> None:
    engine = empty_engine(record_types())
    put_records(engine, record_types(), {"receiving_slip": [
        {"slip_no": "九月", "date": "2026-09-30", "amount": "1.00"},
        {"slip_no": "十月", "date": "2026-10-08", "amount": "1.00"},
    ]})  # fmt: skip
    bind(loaded(tmp_path), engine, record_types(), period=OCTOBER)
    assert engine.rows("SELECT slip_no FROM slip_of_period") == [("十月",)]


def test_a_wrong_parameter_fails_the_rules_that_use_it_and_no_others(tmp_path: Path) -> None:
    write_rule_set(tmp_path, {"slips": WINDOWED, "plain": RULE}, {"slip_of_period": VIEW}, PARAMETERS)
    rules = bound(load_rule_set(tmp_path), window="3 days")
    assert isinstance(rules["plain"], BoundRule)
    failed = rules["slips"]
    assert isinstance(failed, FailedRule) and [each.code for each in failed.errors] == ["ParameterUnit"]


def test_a_wrong_parameter_of_a_view_fails_the_rules_that_read_it(tmp_path: Path) -> None:
    rules = bound(loaded(tmp_path), tolerance="5 %")
    for name in ("slips", "waybills"):
        failed = rules[name]
        assert isinstance(failed, FailedRule) and "ParameterUnit" in [each.code for each in failed.errors]


def test_what_failed_to_load_is_among_the_rules(tmp_path: Path) -> None:
    rule_set = load_rule_set(write_rule_set(tmp_path, {"slips": RULE, "wrong": RULE.replace("duty", "dutty")}))
    assert [type(each).__name__ for each in bound(rule_set).values()] == ["BoundRule", "FailedRule"]


def test_a_rule_needs_its_records_through_views_less_the_optional_ones(tmp_path: Path) -> None:
    rule_set = loaded(tmp_path)
    assert needs(rule_set, rule_set.rules["slips"]) == {"receiving_slip", "register_entry"}
    assert needs(rule_set, rule_set.rules["waybills"]) == {"receiving_slip"}
    every = write_rule_set(
        tmp_path / "all", {"slips": WINDOWED}, {"slip_of_period": VIEW.replace("optional", "# optional")}, PARAMETERS
    )
    strict = load_rule_set(every)
    assert needs(strict, strict.rules["slips"]) == {"receiving_slip", "register_entry", "liaison_memo"}
