"""Bytes of workbooks: xlsx, xls and CSV."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
import xlwt
from month.write.xlsx import MADE

from houses.writing.sheets import Sheet, Workbook

_OPTIONS = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}


def data_of(book: Workbook) -> bytes:
    """A workbook as its file's name says: `.xlsx`, `.xls` or `.csv`."""
    if book.file.endswith(".xlsx"):
        return _xlsx(book)
    return _xls(book) if book.file.endswith(".xls") else _csv(book)


def _xlsx(book: Workbook) -> bytes:
    stream = io.BytesIO()
    file: Any = xlsxwriter.Workbook(stream, _OPTIONS)
    file.set_properties({"author": "", "created": MADE})
    formats: dict[tuple[str, bool], Any] = {}

    def look(pattern: str, head: bool) -> Any:
        if (pattern, head) not in formats:
            wanted = {"bold": head} | ({"num_format": pattern} if pattern else {})
            formats[pattern, head] = file.add_format(wanted)
        return formats[pattern, head]

    for sheet in book.sheets:
        page = file.add_worksheet(sheet.name)
        for first_row, first, last_row, last in sheet.merged:
            page.merge_range(first_row, first, last_row, last, "")
        for at, row in enumerate(sheet.rows):
            for column, (value, pattern) in enumerate(row):
                if value != "":
                    _put(page, at, column, value, look(pattern, at in sheet.heads))
        for at in sorted(sheet.hidden):
            page.set_row(at, None, None, {"hidden": True})
        page.set_column(0, max((len(row) for row in sheet.rows), default=1), 13)
    file.close()
    return stream.getvalue()


def _put(page: Any, row: int, column: int, value: str | int | Decimal | date, look: Any) -> None:
    if isinstance(value, str):
        page.write_string(row, column, value, look)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, look)
    else:
        page.write_number(row, column, value, look)


def _xls(book: Workbook) -> bytes:
    file: Any = xlwt.Workbook(encoding="utf-8")
    looks: dict[str, Any] = {}
    for sheet in book.sheets:
        page = file.add_sheet(sheet.name or "Sheet1")
        spans = {(first_row, first): (last_row, last) for first_row, first, last_row, last in sheet.merged}
        inside = _covered(sheet)
        for at, row in enumerate(sheet.rows):
            for column, (value, pattern) in enumerate(row):
                if (value == "" and (at, column) not in spans) or (at, column) in inside:
                    continue
                if pattern not in looks:
                    looks[pattern] = xlwt.easyxf(num_format_str=pattern or "General")
                shown = float(value) if isinstance(value, Decimal) else value
                if (at, column) in spans:
                    last_row, last = spans[at, column]
                    page.write_merge(at, last_row, column, last, shown, looks[pattern])
                else:
                    page.write(at, column, shown, looks[pattern])
        for at in sorted(sheet.hidden):
            page.row(at).hidden = True
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Places inside merged cells but for their first."""
    return {
        (row, column)
        for first_row, first, last_row, last in sheet.merged
        for row in range(first_row, last_row + 1)
        for column in range(first, last + 1)
        if (row, column) != (first_row, first)
    }


def _csv(book: Workbook) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    (sheet,) = book.sheets
    for row in sheet.rows:
        if any(not isinstance(value, str) for value, _ in row):
            raise ValueError(f"{book.file}: a CSV holds text only: {row}")
        writer.writerow([value for value, _ in row])
    return stream.getvalue().encode(book.encoding)
