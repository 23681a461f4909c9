"""Values in a ruled cell that reaches over several columns: they belong to the column under which they are printed.

A text that spans columns is of all of them and stays in the first. A number is of one: of the column in which it stands
as the other values of that column do. Where it stands across columns, or otherwise than the values of the one in which
it stands, it is doubtful.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.documents.grids.lines import Piece, around, lines
from auditor.documents.grids.table_rows import DoubtfulText
from auditor.documents.grids.tracks import EDGE, Chunk, Edge, chunks_of
from auditor.documents.pages import Word

_OVER = 1.0  # points by which a number and a column overlap at least

Cells = Mapping[tuple[int, int], Sequence[Word]]
Spans = Sequence[tuple[int, int, int, int]]


class SpanningCells:
    """The columns of the numbers in spanning cells of one ruled table.

    `xs` are the places of its upright lines in points, `rows` the count of its rows, `spans` first row, first column,
    last row and last column of each spanning cell, `held` the words of each cell by its first row and column.
    """

    def __init__(self, xs: Sequence[float], rows: int, spans: Spans, held: Cells) -> None:
        self.xs = xs
        self.held = held
        self.wide = [span for span in spans if span[3] > span[1]]
        covered: dict[int, set[int]] = {}
        for r0, c0, r1, c1 in self.wide:
            for column in range(c0, c1 + 1):
                covered.setdefault(column, set()).update(range(r0, r1 + 1))
        self.own = {column for column in range(len(xs) - 1) if 2 * len(covered.get(column, ())) <= rows}
        self._places: dict[int, list[Chunk]] = {}

    def placed(self) -> tuple[dict[tuple[int, int], list[Word]], dict[int, list[DoubtfulText]]]:
        """The words of each cell with numbers moved to their columns, and the doubtful texts of each row."""
        moved = {place: list(words) for place, words in self.held.items()}
        doubts: dict[int, list[DoubtfulText]] = {}
        for row, first, _, last in self.wide:
            if (row, first) not in moved or not all(column in self.own for column in range(first, last + 1)):
                continue
            for chunk in _numbers(moved[row, first]):
                columns = self._columns(chunk, first, last)
                if columns == (first,):
                    continue
                kept = [word for word in moved[row, first] if not any(word is each for each in chunk.words)]
                moved[row, first] = kept
                if len(columns) == 1:
                    moved.setdefault((row, columns[0]), []).extend(chunk.words)
                else:
                    doubts.setdefault(row, []).append(DoubtfulText(_piece(chunk), columns))
        return {place: words for place, words in moved.items() if words}, doubts

    def _columns(self, chunk: Chunk, first: int, last: int) -> tuple[int, ...]:
        """The column of a number, or those to which it may belong."""
        everywhere = tuple(range(first, last + 1))
        over = [at for at in everywhere if min(chunk.x1, self.xs[at + 1]) - max(chunk.x0, self.xs[at]) >= _OVER]
        alike = [at for at in over if any(self._stands_alike(chunk, at, edge) for edge in Edge)]
        if len(alike) == 1:
            return tuple(alike)
        if len(over) == 1 and not self._values(over[0]) and not self._in_the_middle(chunk, first, last):
            return tuple(over)
        return everywhere if len(over) <= 1 else tuple(over)

    def _in_the_middle(self, chunk: Chunk, first: int, last: int) -> bool:
        return abs(chunk.at(Edge.MIDDLE) - (self.xs[first] + self.xs[last + 1]) / 2) <= 2 * EDGE

    def _stands_alike(self, chunk: Chunk, column: int, edge: Edge) -> bool:
        return any(abs(value.at(edge) - chunk.at(edge)) <= EDGE for value in self._values(column))

    def _values(self, column: int) -> list[Chunk]:
        """The numbers that stand in cells of one column alone."""
        if column not in self._places:
            wide = {(r0, c0) for r0, c0, _, _ in self.wide}
            self._places[column] = [
                chunk
                for (row, at), words in self.held.items()
                if at == column and (row, at) not in wide
                for chunk in _numbers(words)
            ]
        return self._places[column]


def _numbers(words: Sequence[Word]) -> list[Chunk]:
    found = [chunk for number, line in enumerate(lines(words)) for chunk in chunks_of(line, number, ())]
    return [chunk for chunk in found if chunk.number]


def _piece(chunk: Chunk) -> Piece:
    return Piece(chunk.text, around(chunk.words), chunk.words)
