"""Where a matrix stands on a grid: its header row, the column of names, those of the days and of the totals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from auditor.documents.context import Context
from auditor.documents.headers import header_key, header_variants
from auditor.documents.layouts.layout import Layout
from auditor.documents.pages import Grid
from auditor.documents.tables.heading_values import month_of
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.labels import total_label
from auditor.records.model import RecordType
from auditor.values.dates import parse_date
from auditor.values.text import clean_cell, folded

_LOOKED_AT = 40
_FEWEST_DAYS = 3
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:日|号)?")
_PART = re.compile(r"(0?[1-9]|1[0-2])[-/.月](0?[1-9]|[12]\d|3[01])(?:日|号)?")


@dataclass(frozen=True, slots=True)
class Matrix:
    """Where a matrix stands: its header row, the column of names, the days, and the column of row totals."""

    header: int
    names: int
    days: Mapping[int, date]
    total: int | None


def find_matrix(
    grid: Grid, layout: Layout, record_type: RecordType, context: Context, heading: Heading
) -> Matrix | None:
    """The matrix on a grid: a header row with a word of the rows' field and at least three days."""
    words = {header_key(word) for word in record_type.fields[layout.rows or ""].headers}
    month = month_of(context, heading, grid.name)
    for index, cells in enumerate(grid.head(_LOOKED_AT)):
        names = next(
            (at for at, cell in enumerate(cells) if cell and {key for key, _, _ in header_variants(cell)} & words), None
        )
        if names is None:
            continue
        days = {at: day for at, cell in enumerate(cells) if at != names and cell and (day := _day(cell, month))}
        if len(days) >= _FEWEST_DAYS and len(set(days.values())) == len(days):
            return Matrix(index, names, days, _total_column(grid, index, names, days))
    return None


def _total_column(grid: Grid, header: int, names: int, days: Mapping[int, date]) -> int | None:
    """The column of row totals: its word stands in the header, or in the line above it that groups the days."""
    for cells in grid.head(2 if header else 1, max(header - 1, 0))[::-1]:
        for at, cell in enumerate(cells):
            if cell and at > names and at not in days and total_label(cell):
                return at
    return None


def _day(text: str, month: tuple[int, int] | None) -> date | None:
    """The day that a header cell names: a date, month and day, or the day of the sheet's month alone."""
    plain = folded(clean_cell(text)).strip()
    alone = _DAY.fullmatch(plain)
    if alone and month:
        return parse_date(f"{month[0]}-{month[1]}-{alone[1]}").value
    part = _PART.fullmatch(plain)
    if part and month:
        year = month[0] + (1 if int(part[1]) == 1 and month[1] == 12 else 0)
        return parse_date(f"{year}-{part[1]}-{part[2]}").value
    return parse_date(plain).value if not alone and not part else None
