"""What the shape of a page shows of one table, without any vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.documents.headers import header_key
from auditor.languages import Text

GROUP = "@group"  # the header of what lines inside a table say of the rows below them
MOST_ROWS = 200  # rows of which the values are kept


@dataclass(frozen=True, slots=True)
class TableShape:
    """A header band with the rows below it.

    `sheet` is the sheet's name ("" for a CSV file and a page of a PDF), `page` its number from 1, `first` the row of
    the sheet, from 1, at which the header begins. `headers`: one text for each column, groups joined to what stands
    below them, "" for none; `texts`: all texts by which each column may be known, best first. `values`: rows of cells
    as text ("" where empty), of many the first. `rows`: how many rows there are. `names`: lines above the table, sheet,
    file and folders, nearest first. `labels`: `label: value` pairs around it. `lines`: those of the header.
    `month`: the year and month that anything around states for days without one. `groups`: the columns that hold
    what lines inside the table say of the rows below them. `is_form`: the headers are the labels of forms, of which
    each is a row; `on_pages`: these stand on pages of words, where `first` is no row.
    """

    sheet: str
    page: int
    first: int
    headers: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    values: tuple[tuple[str, ...], ...]
    rows: int
    names: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    month: tuple[int, int] | None = None
    groups: frozenset[int] = frozenset()
    is_form: bool = False
    on_pages: bool = False

    @property
    def row(self) -> int | None:
        """The row at which it begins; None on pages of words."""
        return None if self.on_pages else self.first

    @property
    def begins(self) -> Text:
        """Where it begins on its sheet or in its document, in words."""
        if self.on_pages:
            return Text(f"page {self.page}", f"第 {self.page} 页")
        return Text(f"row {self.first}", f"第 {self.first} 行")

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands in its document: sheet, page, first row."""
        return self.sheet, self.page, self.first

    @property
    def signature(self) -> tuple[str, ...]:
        """What tables of one family have in common: their headers in normal form, in no order."""
        return signature(self.headers)

    def column(self, index: int) -> list[str]:
        """The filled values of a column, in order."""
        return [row[index] for row in self.values if index < len(row) and row[index]]


def signature(headers: Iterable[str]) -> tuple[str, ...]:
    """Headers in normal form and in an order of their own: alike for tables that have the same headers. What lines
    inside a table say without a label is none of them: next month's may have one such line, or none."""
    return tuple(sorted(key for each in headers if (key := header_key(each)) and not key.startswith(GROUP)))


def numbered(headers: Iterable[str]) -> tuple[str, ...]:
    """Headers as an answer names them: the second 金额 is 金额#2, a column without a header is its letter `@D`."""
    seen: dict[str, int] = {}
    found = []
    for index, header in enumerate(headers):
        if not header:
            found.append(f"@{letter(index)}")
            continue
        seen[header] = seen.get(header, 0) + 1
        found.append(header if seen[header] == 1 else f"{header}#{seen[header]}")
    return tuple(found)


def letter(index: int) -> str:
    """The letters of a column, from 0: A, B, …, Z, AA."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
