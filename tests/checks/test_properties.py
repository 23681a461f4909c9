"""Properties of the checks that hold for any records: conservation, no dependence on order, one state for each
number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from check_cases import conserved
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.checks.base import CheckResult, NothingToCheck
from auditor.checks.given import clear_records, empty_engine, put_records
from auditor.checks.registry import run_check
from auditor.engine import Engine
from auditor.records.loader import record_types
from auditor.rules.bound import BoundRule
from auditor.rules.check_kinds import check_kinds

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
FEW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = st.integers(0, 30).map(lambda day: (OCTOBER[0] + timedelta(day)).isoformat())


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = empty_engine(record_types())
    yield made
    made.close()


def bound(options: Mapping[str, Any]) -> BoundRule:
    return BoundRule("any-rule", check_kinds()[options["check"]].model_validate(options), {}, OCTOBER)


def found(
    engine: Engine, rule: BoundRule, records: Mapping[str, Sequence[Mapping[str, Any]]], columns: str
) -> tuple[list[tuple[Any, ...]], CheckResult]:
    """Some columns of the outcomes, sorted, and the result."""
    put_records(engine, record_types(), records)
    try:
        result = run_check(rule, engine)
        return engine.rows(f'SELECT {columns} FROM "{result.table}" ORDER BY ALL'), result
    finally:
        clear_records(engine, records)


def shuffled(random: Random, records: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    return {name: random.sample(list(rows), len(rows)) for name, rows in records.items()}


SLIPS = st.lists(
    st.builds(
        lambda number, day, station, status: {
            "slip_no": f"SH26-{number:06d}",
            "date": day,
            "station": station,
            "waybill_no": f"W{day}",
            "amount": "1.50",
            "status": status,
        },
        st.integers(1, 14),
        DAYS,
        st.sampled_from("AB"),
        st.sampled_from(["live", "live", "void"]),
    ),
    max_size=14,
)
VOIDED = st.lists(
    st.builds(
        lambda number, copies, reason: {
            "kind": "receiving_slip",
            "number": f"SH26-{number:06d}",
            "copies_sighted": copies,
            "reason": reason,
        },
        st.integers(1, 14),
        st.sampled_from([2, 3, None]),
        st.sampled_from(["写错", None]),
    ),
    max_size=4,
)
BOOKS = st.lists(
    st.builds(
        lambda number, holder, day, returned: {
            "kind": "receiving_slip",
            "book_no": str(number),
            "prefix": "SH26-",
            "first_no": number * 4 + 1,
            "last_no": number * 4 + 5,
            "width": 6,
            "holder": holder,
            "issued": day,
            "returned": returned,
        },
        st.integers(0, 2),
        st.sampled_from("AB"),
        DAYS | st.just("2026-09-15"),
        DAYS | st.none(),
    ),
    max_size=3,
    unique_by=lambda book: book["book_no"],
)
NUMBER_CONTROL = {
    "check": "sequence",
    "issued": {"records": "number_book"},
    "number": "slip_no",
    "used": [{"records": "receiving_slip", "where": "status <> 'void'"}],
    "papers": {"records": "receiving_slip", "where": "status <> 'void'"},
    "same_paper": ["waybill_no"],
    "spoilt": {"records": "receiving_slip", "where": "status = 'void'"},
    "voided": {"records": "voided_number"},
    "holder": "station",
}


@FEW
@given(SLIPS, VOIDED, BOOKS, st.randoms(use_true_random=False))
def test_each_issued_number_is_in_one_state_and_the_order_of_records_does_not_matter(
    engine: Engine,
    slips: list[dict[str, Any]],
    voided: list[dict[str, Any]],
    books: list[dict[str, Any]],
    random: Random,
) -> None:
    records = {"receiving_slip": slips, "voided_number": voided, "number_book": books}
    columns = "outcome, key, party, expected, actual, amount, date, criterion"
    if not books:
        with pytest.raises(NothingToCheck, match="number_book"):
            found(engine, bound(NUMBER_CONTROL), records, columns)
        return
    outcomes, result = found(engine, bound(NUMBER_CONTROL), records, columns)
    issued = {number for book in books for number in range(book["first_no"], book["last_no"] + 1)}
    assert sum(result.passes.values()) == len(issued)
    used = {int(slip["slip_no"][-6:]) for slip in slips if slip["status"] == "live"} & issued
    assert result.passes["used"] == len(used)
    assert conserved(result)
    assert found(engine, bound(NUMBER_CONTROL), shuffled(random, records), columns)[0] == outcomes


@FEW
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from([-30, -20, 10, 20, 50])), min_size=2, max_size=25),
    st.data(),
    st.randoms(use_true_random=False),
)
def test_breaks_add_up_and_the_order_of_rows_does_not_matter(
    engine: Engine,
    movements: list[tuple[int, int]],
    data: st.DataObject,
    random: Random,
) -> None:
    balance, rows = Decimal(100), []
    for day, movement in sorted(movements, key=lambda each: each[0]):
        balance += movement
        rows.append(
            {
                "account": "工行",
                "date": (OCTOBER[0] + timedelta(day)).isoformat(),
                "balance": str(balance),
                "direction": "in" if movement > 0 else "out",
                "amount": str(abs(movement)),
            }
        )
    gone = data.draw(st.integers(0, len(rows) - 1))
    missing = rows.pop(gone)
    records = {
        "bank_transaction": rows,
        "stated_balance": [
            {"of": "bank_transaction", "account": "工行", "kind": "opening", "amount": "100.00"},
            {"of": "bank_transaction", "account": "工行", "kind": "closing", "amount": str(balance)},
        ],
    }
    rule = bound(
        {
            "check": "balance",
            "records": "bank_transaction",
            "by": ["account"],
            "opening": {"where": "kind = 'opening'"},
            "closing": {"where": "kind = 'closing'"},
            "floor": "0",
            "ceiling": "150",
        }
    )
    outcomes, result = found(engine, rule, records, "outcome, difference, key, date, criterion")
    lasting = [row[1] for row in outcomes if row[0] == "closing_differs" or (row[0] == "break" and "gap" in row[4])]
    assert sum(lasting) == Decimal(missing["amount"]) * (1 if missing["direction"] == "in" else -1)
    assert conserved(result)
    assert found(engine, rule, shuffled(random, records), "outcome, difference, key, date, criterion")[0] == outcomes


@FEW
@given(SLIPS, SLIPS, st.randoms(use_true_random=False))
def test_totals_differ_by_what_the_sides_differ(
    engine: Engine,
    slips: list[dict[str, Any]],
    entries: list[dict[str, Any]],
    random: Random,
) -> None:
    registered = [{key: value for key, value in each.items() if key != "status"} for each in entries]
    records = {"receiving_slip": slips, "register_entry": registered}
    rule = bound(
        {
            "check": "totals",
            "left": {"records": "receiving_slip"},
            "right": {"records": "register_entry"},
            "by": ["station", "date"],
            "missing": "zero",
            "measures": {"tickets": {"kind": "count", "left": "count(*)", "right": "count(*)"}},
        }
    )
    outcomes, result = found(engine, rule, records, "key, difference, expected, actual")
    assert sum(row[1] for row in outcomes) == len(registered) - len(slips)
    assert conserved(result)
    assert found(engine, rule, shuffled(random, records), "key, difference, expected, actual")[0] == outcomes


@FEW
@given(SLIPS, st.randoms(use_true_random=False))
def test_each_copy_has_one_original_that_is_no_copy(
    engine: Engine,
    slips: list[dict[str, Any]],
    random: Random,
) -> None:
    rule = bound({"check": "duplicate", "records": "receiving_slip", "on": ["slip_no", {"date": {"days": 5}}]})
    records = {"receiving_slip": slips}
    outcomes, result = found(engine, rule, records, "left_ids[1], right_ids[1]")
    copies = [copy for _, copy in outcomes]
    assert len(copies) == len(set(copies))
    assert not {original for original, _ in outcomes} & set(copies)
    assert conserved(result)
    dates = "key, date, difference"
    assert found(engine, rule, shuffled(random, records), dates)[0] == found(engine, rule, records, dates)[0]
