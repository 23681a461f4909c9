"""The labels of rows without a header."""

from __future__ import annotations

import pytest

from auditor.documents.papers.labelled_rows import has_labels, labelled_parts

KNOWN = {"Description", "Amount", "Unit Cost", "数量"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Description Blue chair | Amount $5.00"], [("Description", "Blue chair"), ("Amount", "$5.00")]),
        (
            ["Release Pattern On acceptance | Fee EUR 1,00", "Release Pattern Ratable | Fee EUR 2,00"],
            [("Release Pattern", "On acceptance"), ("Fee", "EUR 1,00")],
        ),
        (
            ["Status Partly paid | Past Due 4.00", "Status Partly paid | Past Due 9.00"],
            [("Status Partly", "paid"), ("Past Due", "4.00")],
        ),
        (["Code: A-1; Worth: 5.00; Note: two: parts"], [("Code", "A-1"), ("Worth", "5.00"), ("Note", "two: parts")]),
        (["数量 4｜价款￥300.00"], [("数量", "4"), ("价款", "￥300.00")]),
        (["Ticket QRS-0007 | Fee GBP 4.00"], [("Ticket", "QRS-0007"), ("Fee", "GBP 4.00")]),
        (["Ticket PQRS-0007 | Fee USD-4.00"], [("Ticket", "PQRS-0007"), ("Fee", "USD-4.00")]),
        (["Unit Cost EUR 13,10 | Day 2026-01-09"], [("Unit Cost", "EUR 13,10"), ("Day", "2026-01-09")]),
    ],
)
def test_label_and_value(rows: list[str], expected: list[tuple[str, str]]) -> None:
    assert labelled_parts(rows, KNOWN.__contains__)[0] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Voucher Type Part payment | Amount $5.00", ("Voucher Type", "Part payment")),
        ("Voucher V-1 | Amount $5.00", ("Voucher", "V-1")),
        ("Posted Kind Reversal | Amount $5.00", ("Posted Kind", "Reversal")),
        ("Description Type B fuse | Amount $5.00", ("Description", "Type B fuse")),
    ],
)
def test_a_label_never_ends_inside_a_longer_one(row: str, expected: tuple[str, str]) -> None:
    def goes_on(label: str, rest: str) -> bool:
        if label == "Description":
            return False
        return rest.startswith(("Type", "Kind")) or (label == "Voucher" and not rest.startswith("V-"))

    assert labelled_parts([row], {"Voucher", "Amount", "Description"}.__contains__, goes_on)[0][0] == expected


@pytest.mark.parametrize("text", ["BATCH-0001", "see the notes; they are below", "12 | 40", "one word"])
def test_what_is_no_row_of_labels(text: str) -> None:
    assert not has_labels(text)
