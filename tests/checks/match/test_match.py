"""What of a match cannot be said in cases: errors, remarks, nearest misses, views of several records, its words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from match_bench import Row, bound, engine, fill, matched

from auditor.checks import match
from auditor.checks.match.conserve import Made
from auditor.checks.match.errors import FieldNotThere, PopulationNotConserved

DAY = date(2026, 10, 9)


def row(no: str | None, amount: str, party: str | None = None, day: date = DAY) -> Row:
    return (no, day, party, None, "in", Decimal(amount), None)


def test_a_field_that_a_side_lacks_is_an_error_with_what_it_has() -> None:
    with pytest.raises(FieldNotThere) as caught:
        matched(bound(passes=[{"on": ["waybill_no"]}]), [(1, row("收1", "1.00"))], [])
    assert "evidence has no field waybill_no" in caught.value.message("en")
    assert "remark" in caught.value.message("zh")


def test_a_record_counted_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(*_: object) -> list[Made]:
        return [Made(1, 1, {"left": 1, "right": 1}, {"left": 1, "right": 101})] * 2

    monkeypatch.setattr(match, "made_in_passes", twice)
    with pytest.raises(PopulationNotConserved) as caught:
        matched(bound(passes=[{"on": ["no"]}]), [(1, row("收1", "1.00"))], [(101, row("收1", "1.00"))])
    assert "总体不守恒" in caught.value.message("zh")


def test_one_record_used_for_another_shows_in_the_check_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many records as there are, but one of them twice and another one not at all."""

    def wrong(*_: object) -> list[Made]:
        return [Made(1, 2, {"left": 2, "right": 2}, {"left": 1 + 1, "right": 101 + 102})]

    monkeypatch.setattr(match, "made_in_passes", wrong)
    pairs = [[(first, row("收1", "1.00")), (first + 1, row("收2", "1.00"))] for first in (1, 101)]
    with pytest.raises(PopulationNotConserved):
        matched(bound(passes=[{"on": ["no"]}]), *pairs)


def test_working_tables_are_gone_afterwards_also_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    matched(bound(passes=[{"on": ["no"]}]), [(1, row("收1", "1.00"))], [(101, row("收2", "1.00"))])
    monkeypatch.setattr(match, "classify", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        matched(bound(passes=[{"on": ["no"]}]), [(1, row("收1", "1.00"))], [(101, row("收2", "1.00"))])
    left_over = engine().rows("SELECT table_name FROM duckdb_columns() WHERE starts_with(table_name, 'match_')")
    assert left_over == []


def test_the_nearest_miss_says_what_agrees_and_what_fails_by_how_much() -> None:
    rule = bound(passes=[{"on": ["no", "amount", {"date": {"days": 1}}]}])
    left = [(1, row("收1", "262.75"))]
    right = [
        (101, row("收1", "267.25", day=date(2026, 10, 14))),
        (102, row("收1", "300.00")),
        (103, row("收9", "262.75", day=date(2026, 11, 14))),
    ]
    _, found = matched(rule, left, right)
    (only,) = [each for each in found if each["outcome"] == "left_only"]
    assert only["nearest"] == [
        {
            "ids": [102],
            "used": False,
            "agrees": ["no", "date"],
            "failed": [{"field": "amount", "left": "262.75", "right": "300.00", "by": "37.25"}],
        }
    ]


def test_the_nearest_miss_may_be_used_by_another() -> None:
    rule = bound(passes=[{"on": ["no", "amount", "date"]}])
    left = [(1, row("收1", "10.00")), (2, row("收1", "11.00", day=date(2026, 10, 12)))]
    _, (only,) = matched(rule, left, [(101, row("收1", "10.00"))])
    (near,) = only["nearest"]
    assert (near["ids"], near["used"], near["agrees"]) == ([101], True, ["no"])
    assert near["failed"] == [
        {"field": "amount", "left": "11.00", "right": "10.00", "by": "-1.00"},
        {"field": "date", "left": "2026-10-12", "right": "2026-10-09", "by": "-3"},
    ]


def test_remarks_name_what_was_not_compared_and_dates_off_the_calendar() -> None:
    rule = bound(passes=[{"on": ["no", {"date": {"working_days": 2}}]}], compare={"party": "exact", "remark": "exact"})
    left = [(1, row("收1", "10.00", "甲")), (2, row("收2", "10.00", "乙", date(2031, 1, 1)))]
    result, _ = matched(rule, left, [(101, row("收1", "10.00"))])
    assert [en for en, _ in result.remarks] == [
        "Party is not compared: ledger has no value in it",
        "remark is not compared: evidence has no value in it",
        "1 dates in date of evidence lie outside the working calendar",
    ]
    assert result.remarks[0][1] == "往来单位未比较：ledger该栏全部为空"


def test_a_view_names_the_records_it_stands_for() -> None:
    fill("paper", [(1, row("收1", "4.00")), (2, row("收1", "6.00")), (3, row("收2", "1.00"))])
    engine().execute(
        "CREATE OR REPLACE VIEW papers AS SELECT min(_id) + 1000 AS _id, list(_id ORDER BY _id) AS _ids, no, "
        "CAST(sum(amount) AS DECIMAL(18,5)) AS amount FROM paper GROUP BY no"
    )
    fill("ledger", [(101, row("收1", "12.00"))])
    rule = bound(left={"records": "papers"}, passes=[{"on": ["no"]}], compare={"amount": "exact"})
    result = match.run(rule, engine())
    found = engine().rows(f'SELECT outcome, left_ids, right_ids, difference FROM "{result.table}" ORDER BY outcome')
    assert found == [
        ("differs", [1, 2], [101], Decimal("2.00000")),
        ("left_only", [3], [], Decimal("-1.00000")),
    ]


def test_of_two_fields_that_hide_each_other_the_first_stays() -> None:
    rule = bound(
        passes=[{"on": ["no"]}],
        compare={"party": {"exact": True, "hides": ["amount"]}, "amount": {"exact": True, "hides": ["party"]}},
    )
    _, (found,) = matched(rule, [(1, row("收1", "10.00", "甲"))], [(101, row("收1", "12.00", "乙"))])
    assert (found["field"], found["criterion"]["folded"]) == ("party", ["amount"])


def test_a_number_and_a_text_are_compared_as_numbers() -> None:
    columns = {"no": "VARCHAR", "amount": "VARCHAR"}
    fill("evidence", [(1, row("收1", "9.00")), (2, row("收2", "10.00"))])
    fill("ledger", [(101, ("收1", "9")), (102, ("收2", "十元"))], columns)
    result = match.run(bound(passes=[{"on": ["no"]}], compare={"amount": "exact"}), engine())
    assert engine().rows(f'SELECT field, left_ids, actual FROM "{result.table}"') == [("amount", [2], "十元")]


def test_the_documentation_has_all_its_parts() -> None:
    for part in ("What it checks", "Why it matters", "Example", "Clean example", "Options", "Outcomes"):
        assert f"*{part}.*" in (match.__doc__ or "")
