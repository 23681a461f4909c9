"""The rows of a table whose columns are known but whose rows have no lines between them.

A cell may take several lines, of a date or an amount as of a text. Where white space parts the rows alike over the
whole table, it tells them; else a column that never wraps does: dates or amounts, to which the lines of the other
columns are given (`line_sharing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from auditor.documents.grids.columns import Columns
from auditor.documents.grids.line_sharing import LEVEL, Shares, connected, middle, shared_out
from auditor.documents.grids.lines import Piece, around, lines, piece, wrapped_text
from auditor.documents.grids.row_bands import bands_of
from auditor.documents.grids.value_patterns import DATE, MONEY, WHOLE, is_value
from auditor.documents.pages import Word

_VALUE_SHARE = 0.75  # of a column's lines: that many dates or amounts make its lines anchors


@dataclass(frozen=True, slots=True)
class DoubtfulText:
    """A text of a row that may belong to any of some columns (from 0), and so stands in none."""

    piece: Piece
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a line outside of it: cells by column, None where empty.

    `merged` has for each cell over several places its first and last column and how many further rows it takes.
    """

    cells: tuple[Piece | None, ...]
    top: float
    bottom: float
    in_table: bool = True
    merged: tuple[tuple[int, int, int], ...] = ()
    doubts: tuple[DoubtfulText, ...] = ()

    @property
    def words(self) -> list[Word]:
        return [word for cell in self.cells if cell for word in cell.words]


@dataclass(slots=True)
class _Column:
    lines: list[Piece]
    values: int = 0


def rows(words: Sequence[Word], columns: Columns) -> list[Row]:
    """Words of a table's body as rows from the top. What belongs to no row is a row of its own, not `in_table`."""
    doubtful = [word for word in words if id(word) in columns.doubts]
    made = _rows([word for word in words if id(word) not in columns.doubts], columns)
    return _with_doubts(made, doubtful, columns) if doubtful else made


def _rows(words: Sequence[Word], columns: Columns) -> list[Row]:
    if not words:
        return []
    by_column: list[list[Word]] = [[] for _ in range(columns.count)]
    for word in words:
        by_column[columns.of(word)].append(word)
    held = [_Column([piece(line) for line in lines(each)]) for each in by_column]
    height = median(line.box.bottom - line.box.top for column in held for line in column.lines)
    anchors, sure = _anchors(held, LEVEL * height)
    bands = bands_of([column.lines for column in held], sure, height)
    if bands:
        return [row for band in bands for row in _of_band(band, sure)]
    if not anchors:
        return _each_line(words, columns)
    return _made_rows(shared_out([column.lines for column in held], anchors, height, sure), held, anchors, height)


def _of_band(band: Sequence[list[Piece]], sure: set[int]) -> list[Row]:
    """The row of a band; without a value, or with one alone that is none of its column's (a page number `1/2`), as
    loose lines: white space on both sides says that it is not part of a row."""
    cells = [_cell(group) if group else None for group in band]
    filled = [at for at, cell in enumerate(cells) if cell]
    values = [at for at, cell in enumerate(cells) if cell and is_value(cell.text)]
    if values and (len(filled) > 1 or filled[0] in sure):
        return [_row(cells)]
    words = [word for group in band for line in group for word in line.words]
    return [_line_outside(line, len(cells)) for line in lines(words)]


def _line_outside(line: Sequence[Word], width: int) -> Row:
    box = around(line)
    return Row((piece(line), *[None] * (width - 1)), box.top, box.bottom, in_table=False)


def _with_doubts(made: Sequence[Row], doubtful: Sequence[Word], columns: Columns) -> list[Row]:
    """The doubtful words at the rows beside which they stand; where there is none, as rows of their own."""
    found = list(made)
    width = columns.count
    for line in lines(doubtful):
        by_columns: dict[tuple[int, ...], list[Word]] = {}
        for word in line:
            by_columns.setdefault(columns.doubts[id(word)], []).append(word)
        box = around(line)
        y = (box.top + box.bottom) / 2
        doubts = tuple(DoubtfulText(piece(words), at) for at, words in by_columns.items())
        beside = [at for at, row in enumerate(found) if row.in_table and row.top <= y <= row.bottom]
        if beside:
            at = min(beside, key=lambda each: (abs(found[each].top + found[each].bottom - 2 * y), each))
            found[at] = replace(found[at], doubts=found[at].doubts + doubts)
        elif loose := [at for at, row in enumerate(found) if not row.in_table and row.top <= y <= row.bottom]:
            words = sorted([*found[loose[0]].words, *line], key=lambda word: word.box.x0)
            found[loose[0]] = _line_outside(words, width)
        else:
            found.append(Row((None,) * width, box.top, box.bottom, doubts=doubts))
    return sorted(found, key=lambda row: (row.top + row.bottom, row.top))


def _each_line(words: Sequence[Word], columns: Columns) -> list[Row]:
    made = []
    for line in lines(words):
        box = around(line)
        made.append(Row(cells_by_column(line, columns), box.top, box.bottom))
    return made


def cells_by_column(words: Sequence[Word], columns: Columns) -> tuple[Piece | None, ...]:
    """Words of one row as a cell for each column, several lines of a cell joined."""
    by_column: list[list[Word]] = [[] for _ in range(columns.count)]
    for word in words:
        by_column[columns.of(word)].append(word)
    return tuple(cell_of_words(held) if held else None for held in by_column)


def cell_of_words(words: Sequence[Word]) -> Piece:
    """The words of one cell, of one line or several, as one piece."""
    return _cell([piece(line) for line in lines(words)]) if len(words) > 1 else piece(words)


def _cell(found: Sequence[Piece]) -> Piece:
    if len(found) == 1:
        return found[0]
    words = [word for line in found for word in line.words]
    return Piece(wrapped_text([line.text for line in found]), around(words), tuple(words))


def _anchors(columns: Sequence[_Column], near: float) -> tuple[list[float], set[int]]:
    """The heights at which rows stand, and the columns that say so."""
    for patterns in ((DATE, MONEY), (WHOLE,)):
        for column in columns:
            column.values = sum(any(p.fullmatch(line.text) for p in patterns) for line in column.lines)
        sure = [i for i, c in enumerate(columns) if c.values and c.values >= _VALUE_SHARE * len(c.lines)]
        if not sure:
            continue
        first = max(sure, key=lambda i: (2 * columns[i].values - len(columns[i].lines), -i))
        found = [middle(line) for line in columns[first].lines]
        for i in sure:
            values = [line for line in columns[i].lines if any(p.fullmatch(line.text) for p in patterns)]
            found += [y for y in map(middle, values) if all(abs(y - each) > near for each in found)]
        return sorted(found), set(sure)
    return [], set()


def _made_rows(shares: Shares, columns: Sequence[_Column], anchors: list[float], height: float) -> list[Row]:
    held: list[list[list[Piece]]] = [[[] for _ in columns] for _ in anchors]
    outside: list[Word] = []
    for number, groups in enumerate(shares):
        for anchor, group in groups:
            kept = connected(group, anchors[anchor], height) if anchor >= 0 else []
            if kept:
                held[anchor][number] = kept
            outside += [word for line in group if line not in kept for word in line.words]
    made = [_row([_cell(group) if group else None for group in row]) for row in held]
    made += [_line_outside(line, len(columns)) for line in lines(outside)]
    return sorted(made, key=lambda row: (row.top + row.bottom, row.top))


def _row(cells: Sequence[Piece | None]) -> Row:
    boxes = [cell.box for cell in cells if cell]
    texts = [cell.text for cell in cells if cell]
    alone = len(texts) == 1 and not is_value(texts[0])  # a page number or a note in the column that tells the rows
    return Row(tuple(cells), min(box.top for box in boxes), max(box.bottom for box in boxes), not alone)


def has_value(row: Row) -> bool:
    """Whether a cell of the row is a date or an amount."""
    return any(is_value(cell.text) for cell in row.cells if cell)
