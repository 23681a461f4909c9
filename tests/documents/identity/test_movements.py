"""The same movements in two places are read once; equal ones of one export, and those of another account, stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from auditor.documents.identity.movements import Repeated, read_once
from auditor.documents.model import ReadDocument, Status
from auditor.engine import DuckEngine
from auditor.records.loader import record_types

TYPES = record_types()
PATHS = ["a.xlsx", "b.csv", "c.csv"]
Row = Mapping[str, Any]


def row(day: int, amount: str, **more: Any) -> dict[str, Any]:
    side = "out" if amount.startswith("-") else "in"
    return {"date": f"2026-10-{day:02}", "direction": side, "amount": amount.lstrip("-"), "account": "A", **more}


def fold(engine: DuckEngine, *parts: Sequence[Row], record: str = "bank_transaction") -> tuple[list[int], list[Repeated]]:
    """Fill the table with the rows of some documents, each of one sheet, and fold; the document of each row that is
    left, and what was told."""
    number = 0
    for document, rows in enumerate(parts, 1):
        for each in rows:
            number += 1
            given = {"_id": number, "_document": document, "_page": 1, "_row": number, **each}
            names = ", ".join(f'"{name}"' for name in given)
            engine.execute(f'INSERT INTO "{record}" ({names}) VALUES ({", ".join("?" * len(given))})', [*given.values()])
    documents = [ReadDocument(path, "", Status.READ, sheets={1: "明细"} if path.endswith("xlsx") else {}) for path in PATHS]
    told = read_once(engine, TYPES, documents)
    return [each for (each,) in engine.rows(f'SELECT _document FROM "{record}" ORDER BY _id')], told


FULL = [
    row(8, "100.00", balance="1100.00", serial="S1"), row(8, "100.00", balance="1200.00", serial="S2"),
    row(9, "-40.00", balance="1160.00", serial="S3"),
]  # fmt: skip


def without(rows: Sequence[Row], *names: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in each.items() if name not in names} for each in rows]


@pytest.mark.parametrize("lacks", [(), ("serial",), ("balance",), ("serial", "balance"), ("account",)])
def test_one_statement_in_two_forms(tables: DuckEngine, lacks: tuple[str, ...]) -> None:
    left, told = fold(tables, without(FULL, *lacks), FULL)
    assert len(left) == 3 and len(set(left)) == 1
    (repeated,) = told
    assert "a.xlsx[明细]" in repeated.text.en + repeated.place and "b.csv" in repeated.text.en + repeated.place
    assert repeated.text.zh.startswith("3 笔收支")


def test_the_form_that_says_more_is_kept(tables: DuckEngine) -> None:
    left, _ = fold(tables, without(FULL, "serial"), FULL)
    assert left == [2, 2, 2]


def test_exports_that_overlap(tables: DuckEngine) -> None:
    later = [*FULL[1:], row(20, "7.00", balance="1167.00", serial="S4")]
    left, told = fold(tables, FULL, later)
    assert left == [1, 1, 1, 2]
    assert "2026-10-08 – 2026-10-09" in told[0].text.en


def test_equal_movements_of_one_export_stay(tables: DuckEngine) -> None:
    twice = [row(8, "100.00"), row(8, "100.00"), row(9, "-40.00")]
    assert fold(tables, twice) == ([1, 1, 1], [])


def test_of_two_equal_movements_each_has_its_own_in_the_copy(tables: DuckEngine) -> None:
    twice = [row(8, "100.00"), row(8, "100.00"), row(9, "-40.00")]
    left, _ = fold(tables, twice, [*twice, row(9, "-40.00")])
    assert left == [2, 2, 2, 2]


def test_another_number_or_balance_is_another_movement(tables: DuckEngine) -> None:
    other = [row(8, "100.00", balance="1100.00", serial="S1"), row(8, "100.00", balance="1300.00", serial="S9")]
    left, _ = fold(tables, FULL, other)
    assert left == [1, 1, 1, 2]


def test_another_account_is_left_alone(tables: DuckEngine) -> None:
    other = [{**each, "account": "B"} for each in FULL]
    assert fold(tables, FULL, other) == ([1, 1, 1, 2, 2, 2], [])


@pytest.mark.parametrize("rows", [[row(8, "100.00")], [row(8, "100.00"), row(9, "-41.00"), row(9, "3.00")]])
def test_a_chance_likeness_proves_no_copy(tables: DuckEngine, rows: list[Row]) -> None:
    left, told = fold(tables, without(FULL, "serial", "balance"), rows)
    assert len(left) == 3 + len(rows) and not told


def test_a_copy_of_a_ledger_sheet_that_was_changed_in_one_row_tells_so(tables: DuckEngine) -> None:
    sheet = [row(day, f"{day}.00", summary="运费") for day in range(1, 9)]
    copy = [*sheet[:-1], row(8, "88.00", summary="运费")]
    left, told = fold(tables, sheet, copy, record="bank_ledger_entry")
    assert left == [1] * 8 + [2]
    assert "1 stand here alone and 1 there alone" in told[0].text.en


def test_receipts_and_payments_in_two_files_are_no_copies(tables: DuckEngine) -> None:
    assert fold(tables, [row(8, "100.00"), row(9, "50.00")], [row(8, "-100.00"), row(9, "-50.00")])[1] == []
