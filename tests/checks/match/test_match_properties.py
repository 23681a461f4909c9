"""What holds of every match: nothing is lost, nothing is used twice, and no order of rows or numbers decides."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from match_bench import ALL, Row, bound, matched

from auditor.checks.base import CheckResult

RULE = bound(
    passes=[
        {"on": ["no", "amount"]},
        {"on": ["direction", "amount", {"party": {"same": "party"}}, {"date": {"days": 1}}], "prefer": ["no"]},
        {"on": ["amount", {"date": {"working_days": {"before": 1, "after": 3}}}], "prefer": ["party", "no"]},
        {"on": ["direction"], "sum": {"amount": {"within": "0.00"}}, "groups": {"most": 3, "both": True}},
    ],
    duplicates=["no", "amount", "date"],
    compare={"no": "exact", "date": {"days": 2}, "party": {"same": "party"}, "direction": "exact", "amount": "exact"},
    explained=[{"side": "right", "when": "r.remark = '说明'", "title": {"en": "explained", "zh": "说明"}}],
)
ROW = st.tuples(
    st.sampled_from([None, "收1", "收2"]),
    st.sampled_from([date(2026, 10, day) for day in (9, 10, 12, 15)]),
    st.sampled_from([None, "陈记批发", "鑫旺"]),
    st.sampled_from([None, "C09"]),
    st.sampled_from(["in", "out"]),
    st.sampled_from([Decimal(each) for each in ("10.00", "20.00", "30.00", "-10.00", "60.00")]),
    st.sampled_from(["甲", "乙", "说明"]),
)
ROWS = st.lists(ROW, max_size=6)
SETTINGS = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


def signed(row: Row) -> Decimal:
    amount: Decimal = row[5]
    return -amount if row[4] == "out" else amount


def numbered(rows: list[Row], first: int, reverse: bool = False) -> list[tuple[int, Row]]:
    """Rows with numbers; reversed, both the rows' places and the order of the numbers are turned round."""
    pairs = list(zip(range(first, first + len(rows)), reversed(rows) if reverse else rows, strict=True))
    return pairs[::2] + pairs[1::2] if reverse else pairs


def told(result: CheckResult, rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    """All that a reader would see, without the numbers of records."""
    found = Counter(
        repr(
            [
                row[each]
                for each in (
                    "outcome",
                    "field",
                    "rank",
                    "key",
                    "party",
                    "expected",
                    "actual",
                    "difference",
                    "amount",
                    "date",
                    "left",
                    "right",
                )
            ]
        )
        for row in rows
    )
    nearest = Counter(
        repr((row["left"], row["right"], near["used"], near["agrees"], near["failed"]))
        for row in rows
        for near in row["nearest"]
    )
    return found, nearest, result.populations, dict(result.passes)


@given(ROWS, ROWS)
@SETTINGS
def test_order_of_rows_and_numbers_decides_nothing(left: list[Row], right: list[Row]) -> None:
    straight = matched(RULE, numbered(left, 1), numbered(right, 101))
    turned = matched(RULE, numbered(left, 1, reverse=True), numbered(right, 101, reverse=True))
    assert told(*straight) == told(*turned)


@given(ROWS, ROWS)
@SETTINGS
def test_every_record_is_matched_explained_or_open_and_only_one_of_them(left: list[Row], right: list[Row]) -> None:
    result, rows = matched(RULE, numbered(left, 1), numbered(right, 101))
    for population, given_rows in zip(result.populations, (left, right), strict=True):
        side = population.side
        assert population.count == len(given_rows)
        assert population.matched + population.explained + population.open == population.count
        assert population.amount == sum((signed(row) for row in given_rows), Decimal(0))
        assert population.matched_amount is not None and population.explained_amount is not None
        assert (
            population.matched_amount + population.explained_amount + (population.open_amount or 0) == population.amount
        )
        shown = [row for row in rows if row["outcome"] in (f"{side}_only", "ambiguous")]
        copies = [row for row in rows if row["outcome"] == f"{side}_duplicate"]
        assert sum(len(row[side]) for row in shown) + len(copies) == population.open
        explained = [row for row in rows if row["outcome"] == "explained" and row[side]]
        assert len(explained) == population.explained


@given(ROWS, ROWS)
@SETTINGS
def test_single_pairs_take_as_many_from_either_side(left: list[Row], right: list[Row]) -> None:
    rule = bound(passes=[{"on": ["amount", {"date": {"days": 1}}], "prefer": ["party"]}], compare={"party": "exact"})
    result, _ = matched(rule, numbered(left, 1), numbered(right, 101))
    assert result.populations[0].matched == result.populations[1].matched == sum(result.passes.values())


@given(st.lists(ROW, max_size=6, unique_by=lambda row: (row[0], row[1], row[2:6])))
@SETTINGS
def test_a_population_agrees_with_itself(rows: list[Row]) -> None:
    fields = ["date", "direction", "amount", "remark"]
    rule = bound(
        passes=[{"on": fields, "prefer": ["no", "party"]}], compare={"no": "exact", "party": {"same": "party"}}
    )
    result, found = matched(rule, numbered(rows, 1), numbered(rows, 101, reverse=True))
    assert found == []
    assert result.populations[0].matched == result.populations[1].matched == len(rows)


def test_outcomes_without_a_name_are_reported_as_open() -> None:
    """A rule that names neither duplicates nor what is ambiguous must not lose them."""
    day, other = date(2026, 10, 9), date(2026, 10, 10)
    left = [
        ("收1", day, "甲", None, "in", Decimal("10.00"), None),
        ("收2", day, "乙", None, "in", Decimal("10.00"), None),
    ]
    right = [(None, other, None, None, "in", Decimal("10.00"), None)]
    options: dict[str, Any] = {
        "passes": [{"on": ["amount", {"date": {"days": 3}}]}],
        "duplicates": ["amount", "direction", "party"],
        "compare": {"no": "exact"},
    }
    _, all_named = matched(bound(ALL, **options), numbered(left, 1), numbered(right, 101))
    assert [(row["outcome"], len(row["left"]), len(row["right"])) for row in all_named] == [("ambiguous", 2, 1)]
    _, few_named = matched(bound(("left_only", "right_only"), **options), numbered(left, 1), numbered(right, 101))
    assert sorted(row["outcome"] for row in few_named) == ["left_only", "left_only", "right_only"]
    assert all(row["rank"] is not None for row in few_named)
