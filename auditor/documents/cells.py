"""What can be seen in a column of cell texts, whatever the format: long numbers that lost digits, numbers as text.

All in bulk over Arrow columns; only what is remarkable is touched one by one, and only so many times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.pages import Note, NoteKind

MOST_NOTES = 200  # of one kind in one column; a note on the whole column says how many more
DIGITS = 15
_PIECE = 20_000  # rows turned into columns at a time
# 4.00002E+18, as a spreadsheet shows a long number that it has cut
SCIENTIFIC = r"^\s*\d(\.\d+)?[eE]\+?(1[1-9]|2\d|3\d)\s*$"


def text_table(columns: Sequence[pa.ChunkedArray | pa.Array]) -> pa.Table:
    """The table of a Grid: string columns `c0`, `c1`, ..."""
    return pa.table(list(columns), names=[f"c{index}" for index in range(len(columns))])


class TableBuilder:
    """The table of a Grid from rows of unequal length, a piece at a time: a million rows are never a million objects.

    Short rows are padded, empty cells become null.
    """

    def __init__(self) -> None:
        self._rows: list[Sequence[str | None]] = []
        self._pieces: list[list[pa.Array]] = []
        self._counts: list[int] = []

    def add(self, row: Sequence[str | None]) -> None:
        self._rows.append(row)
        if len(self._rows) == _PIECE:
            self._flush()

    def _flush(self) -> None:
        width = max(map(len, self._rows), default=0)
        rows = self._rows
        if any(len(row) != width for row in rows):
            rows = [(*row, *[None] * (width - len(row))) for row in rows]
        self._pieces.append([pa.array(column, pa.string()) for column in zip(*rows, strict=True)] or [])
        self._counts.append(len(rows))
        self._rows = []

    def table(self) -> pa.Table:
        """All rows so far."""
        if self._rows:
            self._flush()
        width = max(map(len, self._pieces), default=0)
        columns = []
        for index in range(width):
            parts = [
                piece[index] if index < len(piece) else pa.nulls(count, pa.string())
                for piece, count in zip(self._pieces, self._counts, strict=True)
            ]
            columns.append(empty_as_null(pa.chunked_array(parts, pa.string())))
        return text_table(columns)


def table_of_rows(rows: Iterable[Sequence[str | None]]) -> pa.Table:
    """The table of a Grid from rows of unequal length."""
    builder = TableBuilder()
    for row in rows:
        builder.add(row)
    return builder.table()


def empty_as_null(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column with empty texts as null."""
    empty = pc.equal(column, "")
    return pc.if_else(empty, pa.scalar(None, column.type), column) if pc.any(empty).as_py() else column


def bounded(kind: NoteKind, column: int, places: Iterable[tuple[int, str]], total: int) -> Iterator[Note]:
    """Notes for the first places (row, text) of a column, and one on the whole column if there are more."""
    for count, (row, text) in enumerate(places):
        if count == MOST_NOTES:
            break
        yield Note(kind, row, column, text)
    if total > MOST_NOTES:
        yield Note(kind, 0, column, str(total))


def scientific_notes(table: pa.Table, row_numbers: pa.Array) -> list[Note]:
    """A LOST_DIGITS note for each cell like `4.00002E+18`: its last digits are gone for good."""
    notes: list[Note] = []
    for index, column in enumerate(table.columns):
        found = pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(column, SCIENTIFIC), False))
        notes += notes_at(NoteKind.LOST_DIGITS, index, column, row_numbers, found)
    return notes


def notes_at(
    kind: NoteKind, index: int, column: pa.ChunkedArray, row_numbers: pa.Array, found: pa.Array
) -> Iterator[Note]:
    """Bounded notes for the table rows `found` of column `index` (from 0), with the cells' texts."""
    first = found.slice(0, MOST_NOTES)
    rows = row_numbers.take(first).to_pylist()
    texts = column.take(first).to_pylist()
    return bounded(kind, index + 1, zip(rows, texts, strict=True), len(found))
