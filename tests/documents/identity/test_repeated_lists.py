"""A list of records that another list holds is read once and told; what is entered twice by mistake stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from auditor.documents.identity.movements import Repeated
from auditor.documents.identity.repeated_lists import lists_read_once
from auditor.documents.model import ReadDocument, Status
from auditor.engine import DuckEngine
from auditor.records.loader import record_types

TYPES = record_types()
Row = Mapping[str, Any]


def fold(
    engine: DuckEngine, record: str, *lists: Sequence[Row], printed: bool = False, form: bool = False
) -> tuple[list[int], list[Repeated]]:
    """Fill a table with the rows of some documents and fold; the document of each row that is left, and what was told.
    `printed`: the rows stand on pages; `form`: they are forms."""
    number = 0
    for document, rows in enumerate(lists, 1):
        for each in rows:
            number += 1
            given: dict[str, Any] = {"_id": number, "_document": document, "_page": 1, **each}
            given |= {} if form else {"_row": number}
            given |= {"_box": "1,1,2,2"} if printed else {}
            names = ", ".join(f'"{name}"' for name in given)
            engine.execute(f'INSERT INTO "{record}" ({names}) VALUES ({", ".join("?" * len(given))})', [*given.values()])
    documents = [ReadDocument(f"{letter}.csv", "", Status.READ) for letter in "abc"]
    told = lists_read_once(engine, TYPES, documents)
    return [each for (each,) in engine.rows(f'SELECT _document FROM "{record}" ORDER BY _id')], told


def registered(at: int, **more: Any) -> dict[str, Any]:
    return {"slip_no": f"SH-{at:03}", "date": f"2026-10-{at:02}", "customer": "Hengchang Ltd", "pieces": at,
            "amount": f"{at}0.00", **more}  # fmt: skip


def received(at: int, **more: Any) -> dict[str, Any]:
    return {"receipt_no": f"R{at:04}", "date": f"2026-10-{at:02}", "amount": f"{at}0.00", **more}


def counted(at: int, **more: Any) -> dict[str, Any]:
    return {"customer": f"客户{at}", "date": "2026-10-09", "amount": f"{at}.00", **more}


ROWS = {"register_entry": registered, "receipt": received, "receiving_slip": registered, "master_day": counted}


def without(rows: Sequence[Row], *names: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in each.items() if name not in names} for each in rows]


@pytest.mark.parametrize("record", ROWS)
@pytest.mark.parametrize("pick", [(2, 5, 9), (9, 5), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)])
def test_a_pick_of_the_rows_of_a_list(record: str, pick: Sequence[int], tables: DuckEngine) -> None:
    of = ROWS[record]
    left, told = fold(tables, record, [of(at) for at in pick], [of(at) for at in range(1, 13)])
    assert len(left) == 12 and len(set(left)) == 1
    (repeated,) = told
    assert str(len(pick)) in repeated.text.en and str(len(pick)) in repeated.text.zh
    assert {repeated.place, repeated.text.en.partition(" stand in ")[2].partition(",")[0]} == {"a.csv", "b.csv"}


@pytest.mark.parametrize("lacks", [("customer",), ("pieces", "customer"), ("date",), ("amount",)])
def test_a_pick_says_less(lacks: tuple[str, ...], tables: DuckEngine) -> None:
    pick = without([registered(3), registered(7)], *lacks)
    assert fold(tables, "register_entry", [registered(at) for at in range(1, 9)], pick)[0] == [1] * 8


@pytest.mark.parametrize("other", [{"amount": "1.00"}, {"date": "2026-11-01"}, {"customer": "Boulder Ltd"}, {"pieces": 99}])
def test_a_number_with_other_figures_or_of_another_partner_is_another_record(
    other: Row, tables: DuckEngine
) -> None:
    full = [registered(at) for at in range(1, 13)]
    assert len(fold(tables, "register_entry", full, [registered(3, **other), registered(7, **other)])[0]) == 14


def test_one_row_of_a_pick_that_differs_stays(tables: DuckEngine) -> None:
    pick = [registered(at) for at in range(1, 6)] + [registered(6, amount="1.00")]
    left, told = fold(tables, "register_entry", [registered(at) for at in range(1, 13)], pick)
    assert left == [1] * 12 + [2]
    assert "1 stand here alone" in told[0].text.en


def test_what_stands_twice_in_one_list_stays(tables: DuckEngine) -> None:
    twice = [registered(1), registered(2), registered(2)]
    assert fold(tables, "register_entry", twice) == ([1, 1, 1], [])


def test_what_stands_twice_in_one_list_stays_once_more_than_in_its_pick(tables: DuckEngine) -> None:
    twice = [*(registered(at) for at in range(1, 9)), registered(2)]
    assert fold(tables, "register_entry", twice, [registered(2), registered(3)])[0] == [1] * 9


@pytest.mark.parametrize("count", [1, 2])
def test_what_was_entered_in_the_lists_of_two_weeks_stays(count: int, tables: DuckEngine) -> None:
    first, second = [registered(at) for at in range(1, 9)], [registered(at) for at in range(9, 20)]
    left, told = fold(tables, "register_entry", first, [*second, *first[3 : 3 + count]])
    assert len(left) == 19 + count and not told


def test_lists_that_overlap(tables: DuckEngine) -> None:
    first, second = [registered(at) for at in range(1, 11)], [registered(at) for at in range(8, 18)]
    left, told = fold(tables, "register_entry", first, second)
    assert len(left) == 17 and "3 records" in told[0].text.en


@pytest.mark.parametrize(("record", "number"), [("receipt", "receipt_no"), ("register_entry", "slip_no")])
def test_records_without_a_number_are_left_alone(record: str, number: str, tables: DuckEngine) -> None:
    rows = without([ROWS[record](1), ROWS[record](2)], number)
    assert fold(tables, record, rows, rows) == ([1, 1, 2, 2], [])


def test_papers_that_were_filed_twice_are_no_lists(tables: DuckEngine) -> None:
    rows = [registered(at) for at in range(1, 4)]
    assert fold(tables, "receiving_slip", rows, rows, form=True)[1] == []


def test_pages_of_one_document_are_one_list(tables: DuckEngine) -> None:
    rows = [registered(at, _page=1) for at in range(1, 9)] + [registered(at, _page=2) for at in (2, 3)]
    assert fold(tables, "register_entry", rows, printed=True)[1] == []


def charged(at: int, **more: Any) -> dict[str, Any]:
    return {"provider": "顺途", "waybill_no": f"W{at}", "date": f"2026-10-{at:02}", "amount": f"{at}0.00", **more}


def test_lines_of_a_second_bill_are_a_claim_and_those_of_its_copy_are_none(tables: DuckEngine) -> None:
    bill = [charged(at) for at in range(1, 9)]
    assert fold(tables, "provider_line", bill, bill[:3])[1] == []
    tables.execute('DELETE FROM "provider_line"')
    assert fold(tables, "provider_line", bill, bill)[0] == [1] * 8


def test_movements_and_entries_of_masters_are_left_alone(tables: DuckEngine) -> None:
    rows = [{"party_id": "C1", "name": "A Ltd"}, {"party_id": "C2", "name": "B Ltd"}]
    assert fold(tables, "party", rows, rows) == ([1, 1, 2, 2], [])
