"""The sum that an exception is about, written out; nothing where the records shown do not come to it."""

from __future__ import annotations

from typing import Any

import pytest
from fixture import finding, record, slip

from auditor.reports.workings import working_of


def said(**given: Any) -> str | None:
    working = working_of(finding("DAY-01", "C05/10-20", **given))
    return working.zh if working else None


def lines(*amounts: str, side: str = "left") -> tuple[Any, ...]:
    return tuple(slip(n, side, f"SH26-00400{n}", amount=amount) for n, amount in enumerate(amounts))


TOTAL = (record(9, "master_day", "right", "C05", "总账单.xlsx", amount="30.00"),)


def test_both_sides_of_a_total() -> None:
    given = {"outcome": "sum_differs", "field": "amount", "expected": "28.50", "actual": "30.00"}
    assert said(**given, records=(*lines("10.00", "20.00", "-1.50"), *TOTAL)) == (
        "凭据 10.00 + 20.00 − 1.50 = 28.50 ≠ 被审记录 30.00"
    )


def test_many_terms_are_counted() -> None:
    given = {"outcome": "sum_differs", "field": "amount", "expected": "70.00", "actual": "30.00"}
    assert said(**given, records=(*lines(*["10.00"] * 7), *TOTAL)) == "凭据 7 项合计 70.00 ≠ 被审记录 30.00"


def test_tickets_are_records() -> None:
    given = {"outcome": "count_differs", "field": "tickets", "expected": "2", "actual": "3", "unit": "count"}
    cover = (record(9, "bundle_cover", "right", "A", "封面.xlsx", tickets="3"),)
    assert said(**given, records=(*lines("1.00", "2.00"), *cover)) == "凭据 2 条记录 ≠ 被审记录 3"


@pytest.mark.parametrize(
    ("direction", "amount", "expected", "shown"),
    [
        ("in", "4200.00", "25215.00", "21,015.00 + 4,200.00 = 25,215.00 ≠ 25,190.00"),
        ("out", "800.00", "20215.00", "21,015.00 − 800.00 = 20,215.00 ≠ 25,190.00"),
        ("none", "800.00", "20215.00", None),
    ],
)
def test_a_balance_that_does_not_follow(direction: str, amount: str, expected: str, shown: str | None) -> None:
    row = record(
        9, "bank_transaction", "right", "S9", "boc.csv", direction=direction, amount=amount, balance="25190.00"
    )
    assert said(outcome="break", expected=expected, actual="25190.00", records=(row,)) == shown


@pytest.mark.parametrize(
    "given",
    [
        {"expected": "28.51"},  # the records do not come to it
        {"unlisted": 3},  # they are not all there
        {"expected": "三笔"},
        {"expected": None},
        {"outcome": "differs"},
    ],
)
def test_no_sum_is_made_up(given: dict[str, Any]) -> None:
    facts = {"outcome": "sum_differs", "field": "amount", "expected": "30.00", "actual": "30.00"} | given
    assert said(**facts, records=(*lines("10.00", "20.00"), *TOTAL)) is None
