"""Chains whose rows were not all read are not possible; chains that state no balance are not tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from auditor.checks.base import CheckResult
from auditor.checks.coverage import with_coverage
from auditor.checks.given import clear_records, empty_engine, put_records
from auditor.checks.registry import run_check
from auditor.engine import Engine
from auditor.records.loader import record_types
from auditor.rules.bound import BoundRule
from auditor.rules.check_kinds import check_kinds
from auditor.rules.schema import Outcome

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
TITLE = {"en": "t", "zh": "题"}
NAMES = ("break", "closing_differs", "negative")
STATED = {"of": "bank_transaction", "account": "ICBC", "currency": "CNY"}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = empty_engine(record_types())
    yield made
    made.close()


def run(
    engine: Engine,
    rows: Sequence[tuple[int, str, str | None]],
    opening: str | None = "100.00",
    closing: str | None = None,
    *,
    asked: Sequence[tuple[int, int, int, bool]] = (),
    status: str = "read",
    names: Sequence[str] = NAMES,
) -> tuple[list[str], CheckResult]:
    """The outcomes of a chain: rows (line, amount in, balance); `asked`: tables that are asked (page, first, last, of a
    sheet), all of document 1."""
    movement = "CASE direction WHEN 'out' THEN 0 - amount ELSE amount END"
    options = check_kinds()["balance"].model_validate(
        {
            "check": "balance", "records": "bank_transaction", "by": ["account"], "movement": movement,
            "opening": {"where": "kind = 'opening'"}, "closing": {"where": "kind = 'closing'"}, "floor": "0.00",
        }
    )  # fmt: skip
    outcomes = {name: (Outcome.model_validate({"code": "T-01", "severity": "high", "title": TITLE}),) for name in names}
    rule = BoundRule("any-rule", options, outcomes, OCTOBER)
    given: Mapping[str, Sequence[Mapping[str, Any]]] = {
        "bank_transaction": [
            {"account": "ICBC", "date": f"2026-10-{line:02}", "direction": "in", "amount": amount, "balance": balance,
             "_row": line}
            for line, amount, balance in rows
        ],
        "stated_balance": [
            {**STATED, "kind": kind, "amount": amount}
            for kind, amount in (("opening", opening), ("closing", closing))
            if amount
        ],
    }  # fmt: skip
    put_records(engine, record_types(), given)
    engine.execute("UPDATE document SET status = ?", [status])
    for page, first, last, sheet in asked:
        engine.execute("INSERT INTO open_table VALUES (1, ?, ?, ?, ?, ?)", [page, first, last, last - first, sheet])
    try:
        result = with_coverage(rule, engine, run_check(rule, engine))
        return [name for (name,) in engine.rows(f'SELECT outcome FROM "{result.table}"')], result
    finally:
        clear_records(engine, given)
        engine.execute("DELETE FROM open_table")


ROWS = [(2, "10.00", "110.00"), (3, "5.00", "115.00"), (9, "1.00", "136.00")]  # 20.00 are missing before line 9


def test_a_table_that_is_asked_between_two_rows_may_hold_what_is_missing(engine: Engine) -> None:
    assert run(engine, ROWS)[0] == ["break"]
    found, result = run(engine, ROWS, asked=[(1, 4, 8, False)])
    assert found == [] and result.not_possible is not None


def test_one_on_another_sheet_or_above_all_rows_may_not(engine: Engine) -> None:
    assert run(engine, ROWS, asked=[(2, 4, 8, True)])[0] == ["break"]
    assert run(engine, ROWS, asked=[(1, 10, 12, False)])[0] == ["break"]


def test_a_closing_balance_behind_a_table_that_is_asked_is_not_judged(engine: Engine) -> None:
    assert run(engine, ROWS[:2], closing="200.00")[0] == ["closing_differs"]
    found, result = run(engine, ROWS[:2], closing="200.00", asked=[(1, 4, 8, False)])
    assert found == [] and result.not_possible is not None


@pytest.mark.parametrize(
    ("status", "found"), [("read", ["closing_differs"]), ("read with problems", []), ("asked", [])]
)
def test_balances_without_any_row_prove_nothing_where_the_document_was_not_read_whole(
    engine: Engine, status: str, found: list[str]
) -> None:
    assert run(engine, [], opening="38241.48", closing="36849.32", status=status)[0] == found


@pytest.mark.parametrize(
    ("rows", "opening", "closing", "tested"),
    [
        ([(2, "10.00", None), (3, "5.00", None)], None, None, False),
        ([(2, "10.00", None), (3, "5.00", None)], "100.00", None, False),  # the limits alone could be looked at
        ([(2, "10.00", "110.00"), (3, "5.00", None)], None, None, False),  # it tells the opening balance, no more
        ([(2, "10.00", None), (3, "5.00", None)], "100.00", "115.00", True),
        ([(2, "10.00", "110.00"), (3, "5.00", "115.00")], None, None, True),
        ([(2, "10.00", None), (3, "5.00", "115.00")], "100.00", None, True),
    ],
)
def test_a_chain_is_tested_where_a_balance_can_be_held_against_another(
    engine: Engine, rows: list[tuple[int, str, str | None]], opening: str | None, closing: str | None, tested: bool
) -> None:
    found, result = run(engine, rows, opening, closing)
    assert found == []
    assert (result.untested is None) is tested
    (side,) = result.populations
    assert (side.count, side.empty) == ((2, 0) if tested else (0, 2))


def test_where_only_limits_are_asked_an_opening_balance_suffices(engine: Engine) -> None:
    rows = [(2, "10.00", None), (3, "5.00", None)]
    assert run(engine, rows, "100.00", names=["negative"])[1].untested is None
    assert run(engine, rows, None, names=["negative"])[1].untested is not None
