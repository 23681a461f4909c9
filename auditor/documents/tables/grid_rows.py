"""The rows of a grid that are worth a look for headers: all of a small one, of a large one its beginning and the rows
that hold no data."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.pages import Grid
from auditor.documents.tables.bands import ROWS_BELOW

# Up to here every row is looked at; in a larger grid only its beginning and the rows that hold no data.
_SMALL = 20_000
_BEGINNING = 400


class Rows:
    """The rows of a grid that are worth a look, as lists of cells."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._rows: dict[int, list[str | None]] = {}
        count = grid.rows if grid.rows <= _SMALL else _BEGINNING
        self._rows.update(enumerate(grid.head(count)))

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._rows))

    def __getitem__(self, index: int) -> list[str | None]:
        if index not in self._rows:
            if not 0 <= index < self._grid.rows:
                return []
            self._rows[index] = self._grid.head(1, index)[0]
        return self._rows[index]

    def after(self, index: int) -> list[list[str | None]]:
        """A row and the few below it."""
        return [self[row] for row in range(index, index + 1 + ROWS_BELOW)]

    def between(self, start: int, end: int) -> list[list[str | None]]:
        """Rows `start` to `end`, of many the first."""
        return [self[row] for row in range(start, min(end, start + _BEGINNING))]

    def add_rows_without_data(self, column: int) -> None:
        """Of a large grid, also the rows whose cell in a column of dates or amounts does not begin with a digit."""
        if self._grid.rows <= _SMALL:
            return
        for index in rows_not_beginning_with_digit(self._grid.table.column(column)):
            if index not in self._rows:
                self._rows[index] = self._grid.head(1, index)[0]


def rows_not_beginning_with_digit(cells: pa.ChunkedArray) -> list[int]:
    """The positions of the cells that are empty or begin with something other than a digit."""
    bare = pc.utf8_ltrim(cells, " \t\"'`=￥¥+-")
    odd = pc.fill_null(pc.or_(pc.less(bare, "0"), pc.greater_equal(bare, ":")), True)
    return [int(index) for index in pc.indices_nonzero(odd).to_pylist()]
