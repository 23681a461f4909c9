"""Numbers get the form of the issued book, and only where it is certain which."""

from __future__ import annotations

import pytest

from auditor.documents.numbering import restore_numbers
from auditor.engine import DuckEngine
from auditor.records.loader import record_types

TYPES = record_types()
BOOKS = [
    ("receiving_slip", "80", "SH25-", 9951, 10000, 6),
    ("receiving_slip", "81", "SH26-", 4001, 4050, 6),
    ("receiving_slip", "83", "SH26-", 4101, 4150, 6),
    ("receiving_slip", "84", "DG26-", 4101, 4120, 6),
    ("receipt", "63", None, 3101, 3150, 7),
    ("receipt", "64", None, 3151, 3200, 7),
]


@pytest.fixture
def engine(tables: DuckEngine) -> DuckEngine:
    for book in BOOKS:
        tables.execute(
            "INSERT INTO number_book (kind, book_no, prefix, first_no, last_no, width) VALUES (?, ?, ?, ?, ?, ?)", book)
    return tables


def _restored(engine: DuckEngine, table: str, field: str, numbers: list[str], kind: str | None = None) -> list[str]:
    for place, number in enumerate(numbers):
        if kind is None:
            engine.execute(f"INSERT INTO {table} (_id, {field}) VALUES (?, ?)", [place, number])
        else:
            engine.execute(f"INSERT INTO {table} (_id, kind, {field}) VALUES (?, ?, ?)", [place, kind, number])
    restore_numbers(engine, TYPES)
    return [row[0] for row in engine.rows(f"SELECT {field} FROM {table} ORDER BY _id")]


@pytest.mark.parametrize(
    ("written", "restored"),
    [
        ("SH26-004120", "SH26-004120"),        # as printed
        ("SH26-4120", "SH26-004120"),          # zeros left out
        ("ＳＨ２６－００４１２１", "SH26-004121"),  # full width
        ("sh26-4120", "SH26-004120"),
        ("SH264120", "SH26-004120"),           # hyphen left out
        ("SH26004120", "SH26-004120"),
        ("SH26_4120", "SH26-004120"),
        ("No. SH26-4120", "SH26-004120"),
        ("SH25-9999", "SH25-009999"),
        ("4130", "SH26-004130"),               # one book holds it
        ("004130", "SH26-004130"),
        ("9999", "SH25-009999"),
        ("4110", "4110"),                      # two books hold it: not inferred
        ("4612", "4612"),                      # no book holds it: no prefix inferred
        ("SH26-4612", "SH26-004612"),          # outside every book, but the prefix is known
        ("DG26-4105", "DG26-004105"),
        ("XY26-4120", "XY26-4120"),            # unknown prefix
        ("SH26-1234567", "SH26-1234567"),      # longer than the book's numbers
        ("SH26-41A0", "SH26-41A0"),
        ("", ""),
    ],
)  # fmt: skip
def test_slips(engine: DuckEngine, written: str, restored: str) -> None:
    assert _restored(engine, "register_entry", "slip_no", [written]) == [restored]


def test_receipts_have_no_prefix(engine: DuckEngine) -> None:
    numbers = ["3101", "0003101", "№3102", "NO.0003103", "9000", "R3101", "收据号3101"]
    assert _restored(engine, "receipt", "receipt_no", numbers) == [
        "0003101", "0003101", "0003102", "0003103", "0009000", "R3101", "0003101"]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "restored"),
    [
        ("收0003105", "0003105"),
        ("收据 3105", "0003105"),
        ("收据№0003105", "0003105"),
        ("收9000", "0009000"),                 # what the number is called is no prefix, whatever book holds it
        ("SJ0003106", "0003106"),
        ("SJ-3106", "0003106"),
        ("Receipt No. 3107", "0003107"),
        ("receipt no 0003107", "0003107"),
        ("No.3108", "0003108"),
        ("R0003109", "0003109"),               # a letter before a number that is printed whole
        ("SJ9000", "SJ9000"),                  # no book holds it: nobody knows what the letters mean
        ("SJ26-3106", "SJ26-3106"),            # a prefix with figures is a series of its own
        ("付3105", "付3105"),                   # one sign that is no word for receipts, and the number not whole
        ("SJ3106-1", "SJ3106-1"),
    ],
)  # fmt: skip
def test_what_is_printed_before_a_receipt_s_number(engine: DuckEngine, written: str, restored: str) -> None:
    assert _restored(engine, "receipt", "receipt_no", [written]) == [restored]


@pytest.mark.parametrize(("written", "restored"), [("XK-4130", "XK-4130"), ("清单SH26-4120", "SH26-004120"), ("Slip No. 4130", "SH26-004130")])
def test_letters_before_a_number_of_a_book_with_a_prefix_are_another_prefix(
    engine: DuckEngine, written: str, restored: str
) -> None:
    assert _restored(engine, "receiving_slip", "slip_no", [written]) == [restored]


def test_void_numbers_are_called_as_their_kind_is(engine: DuckEngine) -> None:
    assert _restored(engine, "voided_number", "number", ["收0003117", "SJ0003118"], "receipt") == ["0003117", "0003118"]


def test_the_records_own_kind_decides(engine: DuckEngine) -> None:
    assert _restored(engine, "voided_number", "number", ["SH26-4037", "4037"], "receiving_slip") == [
        "SH26-004037", "SH26-004037"]  # fmt: skip
    engine.execute("INSERT INTO voided_number (_id, kind, number) VALUES (9, 'receipt', '3117')")
    restore_numbers(engine, TYPES)
    assert engine.rows("SELECT number FROM voided_number WHERE kind = 'receipt'") == [("0003117",)]


def test_restoring_twice_changes_nothing(engine: DuckEngine) -> None:
    once = _restored(engine, "register_entry", "slip_no", ["SH26-4120", "4110", "SH25-010000", "4612"])
    assert restore_numbers(engine, TYPES) == 0
    assert [row[0] for row in engine.rows("SELECT slip_no FROM register_entry ORDER BY _id")] == once


def test_without_books_nothing_is_touched(engine: DuckEngine) -> None:
    engine.execute("DELETE FROM number_book")
    assert _restored(engine, "register_entry", "slip_no", ["SH26-4120"]) == ["SH26-4120"]


@pytest.mark.parametrize(
    "suffixed",
    ["SH26-004010-1", "SH26-004010/2", "SH26-004010_1", "SH26-004010A", "SH26-0040-10", "SH26-4010.2", "4010-1", "4010/1",
     "SH2-64010", "DG26-4105#2"],
)  # fmt: skip
def test_a_suffix_never_becomes_digits_of_another_number(engine: DuckEngine, suffixed: str) -> None:
    engine.execute("INSERT INTO number_book (kind, book_no, prefix, first_no, last_no, width) VALUES (?, ?, ?, ?, ?, ?)",
                   ("receiving_slip", "90", "SH26-", 40101, 40150, 6))  # fmt: skip
    assert _restored(engine, "register_entry", "slip_no", [suffixed]) == [suffixed]


@pytest.mark.parametrize("suffixed", ["3102-1", "0003102-1", "3102/1", "310.2", "3102_1", "3102甲"])
def test_nor_where_numbers_have_no_prefix(engine: DuckEngine, suffixed: str) -> None:
    assert _restored(engine, "receipt", "receipt_no", [suffixed]) == [suffixed]


def test_marks_around_a_number_are_no_part_of_it(engine: DuckEngine) -> None:
    numbers = ["#3102", "3102#", "第3102号", "No.#3102", "SH-26-4120"]
    assert _restored(engine, "receipt", "receipt_no", numbers[:4]) == ["0003102"] * 4
    assert _restored(engine, "register_entry", "slip_no", numbers[4:]) == ["SH26-004120"]
