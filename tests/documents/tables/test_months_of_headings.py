"""The month and the year of a heading, a sheet or a name: one answer for columns, headings, balances and matrices."""

from __future__ import annotations

from datetime import date

import pytest
from csv_samples import read_csv, records

from auditor.documents.context import Context
from auditor.documents.tables.heading_values import month_of
from auditor.documents.tables.headings import Heading
from auditor.documents.vocabulary import Vocabulary
from auditor.records.loader import record_types

JANUARY = (date(2027, 1, 1), date(2027, 1, 31))
OVER = (date(2026, 12, 1), date(2027, 1, 31))
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def month(sheet: str, period: tuple[date, date], path: str = "a.csv", *lines: str) -> tuple[int, int] | None:
    first = period[0]
    context = Context(
        path, record_types(), Vocabulary.of(record_types()), None,  # type: ignore[arg-type]
        year=first.year, month=(first.year, first.month), period=period,
    )  # fmt: skip
    return month_of(context, Heading((), lines=tuple(lines)), sheet)


@pytest.mark.parametrize(
    ("sheet", "period", "expected"),
    [
        ("12月", JANUARY, (2026, 12)),
        ("1月份", OVER, (2027, 1)),
        ("12月", OVER, (2026, 12)),
        ("9月", OCTOBER, (2026, 9)),
        ("2025-12", JANUARY, (2025, 12)),
        ("流水", JANUARY, (2027, 1)),
    ],
)
def test_a_month_without_a_year_is_the_nearest_to_the_period(
    sheet: str, period: tuple[date, date], expected: tuple[int, int]
) -> None:
    assert month(sheet, period) == expected


@pytest.mark.parametrize("line", ["2025年度现金日记账", "Cash journal 2025", "日记账（2025年）"])
def test_a_stated_year_holds_for_the_month_of_the_sheet(line: str) -> None:
    assert month("12月", JANUARY, "a.csv", line) == (2025, 12)


@pytest.mark.parametrize("sheet_title", ["总账单 12月", "12月份总账单", "客户总账单（12月）"])
def test_a_matrix_of_last_december_read_in_january(sheet_title: str) -> None:
    text = f"{sheet_title},,,,\n客户名称,8,9,10,合计\n恒昌电子,1.00,2.00,3.00,6.00\n"
    days = records(read_csv(text, "总账单.csv", period=JANUARY), "master_day", "date")
    assert days == [("2026-12-08",), ("2026-12-09",), ("2026-12-10",)]
