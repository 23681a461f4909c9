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
        (["Unit Cost EUR 13,10 | Day 2026-01-09"], [("Unit Cost", "EUR 13,10"), ("Day", "2026-01-09")]),
    ],
)
def test_label_and_value(rows: list[str], expected: list[tuple[str, str]]) -> None:
    assert labelled_parts(rows, KNOWN.__contains__)[0] == expected


@pytest.mark.parametrize("text", ["BATCH-0001", "see the notes; they are below", "12 | 40", "one word"])
def test_what_is_no_row_of_labels(text: str) -> None:
    assert not has_labels(text)
