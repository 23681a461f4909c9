"""Totals over rows that were not read: which groups they may be of, and what they may explain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from check_cases import conserved

from auditor.checks.base import CheckResult
from auditor.checks.given import clear_records, empty_engine, put_records
from auditor.checks.registry import run_check
from auditor.engine import Engine
from auditor.records.loader import record_types
from auditor.rules.bound import BoundRule
from auditor.rules.check_kinds import check_kinds

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
SLIP, ENTRY = "receiving_slip", "register_entry"
COUNT = {"tickets": {"kind": "count", "left": "count(*)", "right": "count(*)"}}
SUM = {"pieces": {"kind": "sum", "left": "sum(pieces)", "right": "sum(pieces)"}}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = empty_engine(record_types())
    yield made
    made.close()


def totals(by: Sequence[str], measures: Mapping[str, Any]) -> BoundRule:
    options: dict[str, Any] = {
        "check": "totals", "left": {"records": SLIP}, "right": {"records": ENTRY}, "by": by, "measures": measures,
        "missing": "zero",
    }  # fmt: skip
    return BoundRule("any-rule", check_kinds()[options["check"]].model_validate(options), {}, OCTOBER)


def unread(of: str, rows: int = 1, column: str | None = None, **known: str) -> tuple[Any, ...]:
    return of, 1, 1, 9, 8 + rows, rows, column, json.dumps({name: [text] for name, text in known.items()})


def run(engine: Engine, rule: BoundRule, slips: int, entries: int, *rows: tuple[Any, ...]) -> tuple[Any, CheckResult]:
    """The keys of the outcomes, and the result, of slips and entries of 10-08 at station A, each of two pieces."""
    one = {"station": "A", "date": "2026-10-08", "pieces": 2}
    given = {SLIP: [one] * slips, ENTRY: [one] * entries}
    put_records(engine, record_types(), given)
    for row in rows:
        engine.execute("INSERT INTO unread_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)", list(row))
    try:
        result = run_check(rule, engine)
        assert conserved(result)
        return [key for (key,) in engine.rows(f'SELECT key FROM "{result.table}"')], result
    finally:
        clear_records(engine, given)
        engine.execute("DELETE FROM unread_row")


@pytest.mark.parametrize("measures", [COUNT, SUM])
@pytest.mark.parametrize(("slips", "entries", "of"), [(3, 2, ENTRY), (2, 3, SLIP)])
def test_a_difference_that_an_unread_row_may_explain(
    engine: Engine, slips: int, entries: int, of: str, measures: Mapping[str, Any]
) -> None:
    rule = totals(["station", "date"], measures)
    assert run(engine, rule, slips, entries)[0] == ["A/10-08"]
    keys, result = run(engine, rule, slips, entries, unread(of, station="A"))
    assert keys == [] and [each.open for each in result.populations] == [0, 0]
    assert [each.explained for each in result.populations] == [slips, entries]
    assert result.not_possible == (
        "not possible to judge: 1, as rows that were not read may explain them: example:9",
        "无法核对：1 处，差异可能由未能读取的行造成：example:9",
    )


@pytest.mark.parametrize("known", [{"date": "2026-10-09"}, {"station": "A", "date": "2026-11-08"}])
def test_a_row_that_says_that_it_is_of_another_group_explains_nothing(engine: Engine, known: dict[str, str]) -> None:
    keys, result = run(engine, totals(["station", "date"], COUNT), 3, 2, unread(ENTRY, 1, None, **known))
    assert keys == ["A/10-08"] and result.not_possible is None


@pytest.mark.parametrize(
    ("slips", "entries", "rows", "found"), [(5, 2, 2, True), (5, 2, 3, False), (2, 3, 1, True), (2, 3, 9, True)]
)
def test_rows_add_no_more_to_a_count_than_they_are(
    engine: Engine, slips: int, entries: int, rows: int, found: bool
) -> None:
    keys, _ = run(engine, totals([], COUNT), slips, entries, unread(ENTRY, rows))
    assert bool(keys) == found


@pytest.mark.parametrize(
    ("measures", "column", "found"), [(SUM, "pieces", False), (COUNT, "pieces", True), (COUNT, "station", False)]
)
def test_a_cell_that_was_not_read_costs_what_is_made_of_it(
    engine: Engine, measures: Mapping[str, Any], column: str, found: bool
) -> None:
    rule = totals(["station", "date"], measures)
    keys, _ = run(engine, rule, 3, 2, unread(ENTRY, 1, column, date="2026-10-08"))
    assert bool(keys) == found


def test_an_unread_row_of_other_records_explains_nothing(engine: Engine) -> None:
    assert run(engine, totals(["station"], COUNT), 3, 2, unread("bank_transaction"))[0] == ["A"]


def test_a_name_that_no_record_has_may_be_another_name_of_any(engine: Engine) -> None:
    rule = totals(["provider"], COUNT)
    assert run(engine, rule, 3, 2, unread(ENTRY, provider="顺丰"))[0] == []
