"""Spreadsheets as people make them: a title, label and value pairs, tables with total rows, several to a sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, TypeVar

import xlsxwriter

Cell = str | int | Decimal | date | None
Record = TypeVar("Record")
# The date that every workbook states as its date of making, so that the same month is the same bytes.
MADE = datetime(2026, 11, 3, 9, 0, 0)


def _width(header: str, cells: Sequence[Cell]) -> int:
    """A column's width in characters, Chinese ones counted twice; within bounds."""
    texts = [header, *(str(cell) for cell in cells if cell is not None)]
    return min(36, max(8, *(sum(2 if ord(letter) > 0x2E7F else 1 for letter in text) + 2 for text in texts)))


class Book:
    """A workbook in memory."""

    def __init__(self) -> None:
        self._stream = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self._book: Any = xlsxwriter.Workbook(self._stream, options)
        self._book.set_properties({"author": "林晓", "created": MADE})
        self._formats: dict[str, Any] = {}

    def sheet(self, name: str) -> Sheet:
        """A new sheet, to be written from the top."""
        return Sheet(self, self._book.add_worksheet(name))

    def style(self, name: str) -> Any:
        """A named cell format, made once."""
        looks = {
            "title": {"bold": True, "font_size": 14, "align": "center"},
            "label": {"bold": True},
            "header": {
                "bold": True,
                "border": 1,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#E8EEF7",
                "text_wrap": True,
            },
            "text": {"border": 1},
            "whole": {"border": 1, "num_format": "0"},
            "money": {"border": 1, "num_format": "#,##0.00"},
            "tenths": {"border": 1, "num_format": "0.0"},
            "rate": {"border": 1, "num_format": "0.0000"},
            "date": {"border": 1, "num_format": "yyyy-mm-dd", "align": "left"},
            "day": {"bold": True, "border": 1, "num_format": "m月d日", "align": "center", "bg_color": "#E8EEF7"},
        }
        if name not in self._formats:
            self._formats[name] = self._book.add_format(looks[name])
        return self._formats[name]

    def data(self) -> bytes:
        """The finished workbook."""
        self._book.close()
        return self._stream.getvalue()


class Sheet:
    """A sheet with a cursor that goes down."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet, self._row = book, sheet, 0

    def title(self, text: str, width: int = 8) -> None:
        """A line across the table, its title."""
        self._sheet.merge_range(self._row, 0, self._row, max(1, width - 1), text, self._book.style("title"))
        self._row += 1

    def pairs(self, *pairs: tuple[str, Cell]) -> None:
        """A line of labels, each with its value in the next cell."""
        for place, (label, value) in enumerate(pairs):
            self._sheet.write_string(self._row, place * 2, f"{label}：", self._book.style("label"))
            self._put(self._row, place * 2 + 1, value)
        self._row += 1

    def note(self, text: str) -> None:
        """A line of text."""
        self._sheet.write_string(self._row, 0, text)
        self._row += 1

    def gap(self) -> None:
        """An empty row."""
        self._row += 1

    def widths(self, *widths: int) -> None:
        """Column widths in characters."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def listing(
        self,
        title: str,
        columns: Sequence[tuple[str, Callable[[Record], Cell]]],
        records: Sequence[Record],
        totals: Collection[str] = (),
    ) -> None:
        """A title and a table of records, one column for each header, with a total row if columns are to be summed."""
        headers = [header for header, _ in columns]
        rows = [[show(record) for _, show in columns] for record in records]
        self.title(title, len(headers))
        self.table(headers, rows, total_row(headers, rows, totals))
        self.widths(*(_width(header, [row[place] for row in rows]) for place, header in enumerate(headers)))

    def table(
        self,
        headers: Sequence[Cell],
        rows: Sequence[Sequence[Cell]],
        total: Sequence[Cell] | None = None,
        groups: Sequence[tuple[str, int, int]] = (),
        hidden: Collection[int] = (),
    ) -> None:
        """A ruled table. `groups` are second headers above columns from-to; `hidden` are rows that are not shown."""
        self._header(headers, groups)
        for place, row in enumerate(rows):
            if place in hidden:
                self._sheet.set_row(self._row, None, None, {"hidden": True})
            self._line(row)
        if total is not None:
            self._line(total)

    def _header(self, headers: Sequence[Cell], groups: Sequence[tuple[str, int, int]]) -> None:
        style = self._book.style("header")
        grouped = {column for _, first, last in groups for column in range(first, last + 1)}
        for text, first, last in groups:
            self._sheet.merge_range(self._row, first, self._row, last, text, style)
        for column, header in enumerate(headers):
            if isinstance(header, date):
                self._sheet.write_datetime(self._row, column, header, self._book.style("day"))
            elif groups and column not in grouped:
                self._sheet.merge_range(self._row, column, self._row + 1, column, header, style)
            else:
                self._sheet.write_string(self._row + bool(groups), column, str(header), style)
        self._row += 2 if groups else 1

    def _line(self, cells: Sequence[Cell]) -> None:
        for column, cell in enumerate(cells):
            self._put(self._row, column, cell)
        self._row += 1

    def _put(self, row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            self._sheet.write_blank(row, column, None, self._book.style("text"))
        elif isinstance(cell, str):
            self._sheet.write_string(row, column, cell, self._book.style("text"))
        elif isinstance(cell, date):
            self._sheet.write_datetime(row, column, cell, self._book.style("date"))
        elif isinstance(cell, Decimal):
            places = -int(cell.as_tuple().exponent)
            self._sheet.write_number(row, column, cell, self._book.style({1: "tenths", 4: "rate"}.get(places, "money")))
        else:
            self._sheet.write_number(row, column, cell, self._book.style("whole"))


def one_list(
    name: str,
    title: str,
    columns: Sequence[tuple[str, Callable[[Record], Cell]]],
    records: Sequence[Record],
    totals: Collection[str] = (),
) -> bytes:
    """A workbook of one sheet with a title and a list of records.

    `columns` are headers, each with what it shows of a record; the columns named in `totals` are summed in a last row.
    """
    book = Book()
    book.sheet(name[:31]).listing(title, columns, records, totals)
    return book.data()


def total_row(headers: Sequence[str], rows: Sequence[Sequence[Cell]], totals: Collection[str]) -> list[Cell] | None:
    """`合计` and the sums of the columns named in `totals`; none if none is."""
    if not totals:
        return None
    sums: list[Cell] = [
        _sum([row[place] for row in rows]) if header in totals else None for place, header in enumerate(headers)
    ]
    sums[0] = "合计"
    return sums


def _sum(cells: Sequence[Cell]) -> Cell:
    numbers = [cell for cell in cells if isinstance(cell, int | Decimal)]
    if any(isinstance(number, Decimal) for number in numbers):
        return sum((Decimal(number) for number in numbers), Decimal("0.00"))
    return sum(int(number) for number in numbers)
