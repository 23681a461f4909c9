"""The order of the rows of a chain is the one that the balances prove."""

from __future__ import annotations

import pytest
from csv_samples import proofs, read_csv, records

from auditor.documents.model import ReadDocument

HEADER = "交易日期,时间,收入金额,支出金额,余额"
# as they happened: two of one minute, several of one day
ROWS = [
    "2026-10-08,09:00:00,100.00,,150.00",
    "2026-10-09,10:15:00,,20.00,130.00",
    "2026-10-09,10:15:00,,30.00,100.00",
    "2026-10-09,16:40:00,7.00,,107.00",
    "2026-10-10,08:30:00,,7.00,100.00",
    "2026-10-11,08:30:00,5.00,,105.00",
]


def read(rows: list[str], *, head: str = "") -> ReadDocument:
    return read_csv("\n".join([*([head] if head else []), HEADER, *rows]), "中行.csv")


def detail(document: ReadDocument, language: str = "en") -> str:
    return next(each.detail.in_(language) for each in document.proofs if each.name == "running balance")


ORDERS = {
    "oldest first": [0, 1, 2, 3, 4, 5],
    "newest first": [5, 4, 3, 2, 1, 0],
    "two rows of one minute exchanged": [0, 2, 1, 3, 4, 5],
    "days upwards and the newest of each day first": [0, 3, 2, 1, 4, 5],
    "days downwards and the oldest of each day first": [5, 4, 1, 2, 3, 0],
    "the rows of one day in no order": [0, 3, 1, 2, 4, 5],
}


@pytest.mark.parametrize("name", ORDERS)
def test_rows_are_followed_in_the_order_that_their_balances_prove(name: str) -> None:
    document = read([ROWS[at] for at in ORDERS[name]])
    assert proofs(document)["running balance"] == "holds", detail(document)
    span = document.spans[0]
    assert (span.opening, span.closing, span.chained) == (50_00000, 105_00000, True)
    assert [balance for _, balance in span.days] == [150_00000, 107_00000, 100_00000, 105_00000]
    first = ORDERS[name].index(0)
    states = [each["_source"]["proof"] for each in document.as_dict()["records"]["bank_transaction"]]
    # where the rows stand in two runs, the first amount of the second might be another one, of another account
    assert states[first] == "unproved" and states.count("proved") == 5 - (name == "the rows of one day in no order")


def test_a_clock_that_runs_the_wrong_way_round_breaks_nothing() -> None:
    times = ["16:40:00", "10:15:00", "09:00:00"]
    rows = [row.replace(row.split(",")[1], time) for row, time in zip(ROWS[1:4], times, strict=True)]
    assert proofs(read([ROWS[0], *rows, *ROWS[4:]]))["running balance"] == "holds"


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize(("at", "old", "new"), [(3, "7.00,,107", "9.00,,107"), (3, "107.00", "117.00")])
def test_no_order_hides_an_altered_figure(name: str, at: int, old: str, new: str) -> None:
    rows = [row.replace(old, new) if n == at else row for n, row in enumerate(ROWS)]
    assert proofs(read([rows[n] for n in ORDERS[name]]))["running balance"] == "broken"


@pytest.mark.parametrize("name", ORDERS)
def test_no_order_hides_a_row_taken_out(name: str) -> None:
    assert proofs(read([ROWS[n] for n in ORDERS[name] if n != 3]))["running balance"] == "broken"


def test_two_accounts_without_a_column_for_them_are_told() -> None:
    one = ["2026-10-08,09:00:00,10.00,,10.00", "2026-10-09,09:00:00,10.00,,20.00", "2026-10-11,09:00:00,,5.00,15.00"]
    two = ["2026-10-08,09:30:00,,1.00,999.00", "2026-10-10,09:00:00,,9.00,990.00", "2026-10-12,09:00:00,5.00,,995.00"]
    mixed = [row for pair in zip(one, two, strict=True) for row in pair]
    for rows in (mixed, mixed[::-1]):
        document = read(rows)
        assert proofs(document)["running balance"] == "not possible"
        assert "2 accounts" in detail(document) and "2 个账户" in detail(document, "zh")
        states = [each["_source"]["proof"] for each in document.as_dict()["records"]["bank_transaction"]]
        assert states.count("unproved") == 6
        assert document.spans[0].opening is None
    after = read([*one, *two])  # one after the other is a gap
    assert proofs(after)["running balance"] == "broken"


def test_the_closed_round_of_one_day_proves_no_amount() -> None:
    # each of the rows could be the first
    rows = [f"2026-10-09,,{each}" for each in ("5.00,,105.00", ",7.00,98.00", "9.00,,107.00", ",7.00,100.00")]
    rows = [rows[0], rows[2], rows[1], rows[3]]
    document = read(rows)
    assert proofs(document)["running balance"] == "broken"
    opened = read(rows, head="期初余额,100.00")
    assert records(opened, "stated_balance", "kind") == [("opening",)]
    assert proofs(opened)["running balance"] == "holds"
