"""What is done differently where there are many records gives the same as what is done where there are few."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from match_bench import Row, bound, matched
from test_match_properties import RULE, numbered, told

from auditor.checks.match import nearest, passes

DAY = date(2026, 10, 9)
PARTIES = ("恒昌电子", "百利塑胶", None, "陈记（批发）")


def rows(count: int, shift: int) -> list[Row]:
    """Records that repeat in their amounts, days and parties, most of them with a partner on the other side."""
    return [
        (
            f"收{i % 17}" if i % 3 else None,
            DAY + timedelta(days=(i * 5 + shift * (i % 7 == 0)) % 9),
            PARTIES[(i + shift * (i % 11 == 0)) % 4],
            None,
            "in" if i % 5 else "out",
            Decimal(10 * (1 + i % 6) + shift * (i % 13 == 0)),
            "甲",
        )
        for i in range(count)
    ]


LEFT, RIGHT = numbered(rows(60, 0), 1), numbered(rows(57, 1), 101)


def test_rounds_in_sql_give_what_the_search_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = told(*matched(RULE, LEFT, RIGHT))
    monkeypatch.setattr(passes, "SMALL", 0)
    assert told(*matched(RULE, LEFT, RIGHT)) == expected


def test_crowded_keys_out_of_the_join_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = told(*matched(RULE, LEFT, RIGHT))
    monkeypatch.setattr(passes, "PAIRS_PER_RECORD", 0)
    monkeypatch.setattr(passes, "SPARE_PAIRS", 0)
    monkeypatch.setattr(passes, "FEW", 0)
    assert told(*matched(RULE, LEFT, RIGHT)) == expected


def test_the_nearest_miss_by_keys_is_that_of_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = bound(passes=[{"on": ["no", "amount"]}], compare={"date": "exact"})
    left = numbered([(f"SH26-{i:06d}", DAY, None, None, "in", Decimal(100 + i), None) for i in range(40)], 1)
    right = numbered([(f"SH26-{i:06d}", DAY, None, None, "in", Decimal(100 + i + i % 2), None) for i in range(40)], 101)
    expected = told(*matched(rule, left, right))
    monkeypatch.setattr(nearest, "ALL_PAIRS", 0)
    assert told(*matched(rule, left, right)) == expected
    assert len(expected[1]) == 40


def test_many_open_records_are_said_to_have_no_nearest_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "MOST_OPEN", 2)
    rule = bound(passes=[{"on": ["no"]}])
    left = numbered([(f"收{i}", DAY, None, None, "in", Decimal(1), None) for i in range(3)], 1)
    result, found = matched(rule, left, numbered([("收9", DAY, None, None, "in", Decimal(1), None)], 101))
    assert [row["nearest"] for row in found if row["outcome"] == "left_only"] == [[], [], []]
    assert [en for en, _ in result.remarks] == ["3 open records of evidence: nearest misses were not sought"]


def test_blocks_too_dense_to_look_at_stay_open_and_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "DENSE", 3)
    rule = bound(passes=[{"on": ["amount"], "prefer": ["no"]}])
    left = numbered([(f"收{i}", DAY, None, None, "in", Decimal(1), None) for i in range(2)], 1)
    right = numbered([(f"付{i}", DAY, None, None, "in", Decimal(1), None) for i in range(2)], 101)
    result, found = matched(rule, left, right)
    assert sorted(row["outcome"] for row in found) == ["left_only", "left_only", "right_only", "right_only"]
    assert result.remarks[0][1] == "“1”一层：关键字段相同的记录有 2 对 2 条，超出搜索范围，已停止搜索"


def test_a_group_search_that_stops_leaves_its_target_ambiguous_and_says_why() -> None:
    rule = bound(
        passes=[
            {
                "on": ["direction"],
                "sum": {"amount": {"within": "0.00"}},
                "groups": {"most": 6, "search": 1000},
            }
        ]
    )
    left = numbered([("收1", DAY, None, None, "in", Decimal("900.00"), None)], 1)
    right = numbered([(f"付{i}", DAY, None, None, "in", Decimal(100 + 7 * i), None) for i in range(30)], 101)
    _, found = matched(rule, left, right)
    (unclear,) = [row for row in found if row["outcome"] == "ambiguous"]
    assert unclear["left"] == [left[0][1]]
    assert (unclear["criterion"]["search"], unclear["criterion"]["pass"]) == ("search stopped", 1)
    assert "right_only" in {row["outcome"] for row in found}


def test_a_group_within_its_tolerance_that_differs_is_a_finding() -> None:
    """A short-pay of 18.20: the group is accepted, the sum is not the same."""
    rule = bound(
        passes=[{"on": ["party"], "sum": {"amount": {"within": "50.00"}}, "groups": {"most": 3}}],
        compare={"amount": "exact"},
    )
    left = numbered(
        [
            (None, DAY, "顺锦", None, "in", Decimal("40000.00"), None),
            (None, DAY, "顺锦", None, "in", Decimal("17300.00"), None),
        ],
        1,
    )
    right = numbered([(None, DAY, "顺锦", None, "in", Decimal("57318.20"), None)], 101)
    result, (row,) = matched(rule, left, right)
    assert (row["outcome"], row["field"], row["difference"]) == ("group_differs", "amount", Decimal("18.20000"))
    assert (row["expected"], row["actual"], len(row["left"]), len(row["right"])) == ("57300.00", "57318.20", 2, 1)
    assert result.populations[0].matched == 2
