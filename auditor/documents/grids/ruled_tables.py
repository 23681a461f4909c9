"""Tables whose cells stand between ruled lines.

A plain grid, whose every line goes from edge to edge, is filled directly. Where lines end inside (merged headers, a
form's boxes) the cells are found from the crossings of lines. A frame around a page or a single ruled row is no table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.documents.grids.columns import Columns
from auditor.documents.grids.lines import Piece
from auditor.documents.grids.ruled_cells import cells_between
from auditor.documents.grids.spanning_cells import SpanningCells
from auditor.documents.grids.table_rows import DoubtfulText, Row, cell_of_words, has_value, rows
from auditor.documents.pages import Box, Rule, Word, WordPage

_SNAP = 3.0  # points: lines this near are one line (a double border, two rectangles side by side)
_LEVEL = 1.0  # points by which a line may be off level
_MOST_RULES = 20_000
_BODY_LINES = 2  # dates or amounts in one ruled cell of two columns: rows without lines between them


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A ruled table of one page; `xs` and `ys` are the places of its lines in points."""

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[tuple[int, int, int, int], ...] = ()  # first and last row and column of cells over several places

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def goes_on(self, other: RuledTable) -> bool:
        """Whether its columns are those of another table."""
        return len(self.xs) == len(other.xs) and all(
            abs(a - b) <= _SNAP for a, b in zip(self.xs, other.xs, strict=True)
        )

    def holds(self, word: Word) -> bool:
        """Whether the word's middle stands inside the table."""
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell_box(self, row: int, column: int) -> Box:
        """The place of a cell in the plain grid."""
        return Box(self.box.page, self.xs[column], self.ys[row], self.xs[column + 1], self.ys[row + 1])


def merged_rules(rules: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Level and upright lines; pieces that continue each other and lines that nearly coincide are one line."""
    level = [(rule.top, rule.x0, rule.x1) for rule in rules if abs(rule.top - rule.bottom) <= _LEVEL]
    upright = [(rule.x0, rule.top, rule.bottom) for rule in rules if abs(rule.x0 - rule.x1) <= _LEVEL]
    return (
        [Rule(start, at, end, at) for at, start, end in _snapped(level)],
        [Rule(at, start, at, end) for at, start, end in _snapped(upright)],
    )


def _snapped(found: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Lines (place, start, end) snapped to common places, and joined where they touch."""
    made: list[tuple[float, float, float]] = []
    ordered = sorted(found)
    start = 0
    for i in range(1, len(ordered) + 1):
        near = i < len(ordered) and ordered[i][0] - ordered[i - 1][0] <= _SNAP
        if near and ordered[i][0] - ordered[start][0] <= 2 * _SNAP:
            continue
        group = ordered[start:i]
        at = sum(line[0] for line in group) / len(group)
        low, high = 0.0, -1.0
        for _, begin, end in sorted(group, key=lambda line: line[1]):
            if high < low or begin > high + _SNAP:
                if high >= low:
                    made.append((at, low, high))
                low, high = begin, end
            else:
                high = max(high, end)
        if high >= low:
            made.append((at, low, high))
        start = i
    return made


def ruled_tables(page: WordPage, before: Sequence[RuledTable] = ()) -> list[RuledTable]:
    """The ruled tables of a page from the top, at least two rows and two columns each.

    One row is enough where the lines between columns are those of a table `before`, which it goes on with.
    """
    if not page.rules or len(page.rules) > _MOST_RULES:
        return []
    level, upright = merged_rules(page.rules)
    tables = [_table(page.number, *group) for group in _connected(level, upright)]
    found = [
        table
        for table in tables
        if table and table.columns >= 2 and (len(table.ys) >= 3 or any(table.goes_on(other) for other in before))
    ]
    return sorted(found, key=lambda table: (table.box.top, table.box.x0))


def _connected(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that cross or touch, directly or through others, belong together."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(level):
        for j, v in enumerate(upright, len(level)):
            if h.x0 - _SNAP <= v.x0 <= h.x1 + _SNAP and v.top - _SNAP <= h.top <= v.bottom + _SNAP:
                parent[root(j)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*level, *upright]):
        groups.setdefault(root(i), ([], []))[i >= len(level)].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _places(values: list[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SNAP:
            places.append(value)
    return places


def _table(number: int, level: list[Rule], upright: list[Rule]) -> RuledTable | None:
    xs, ys = _places([rule.x0 for rule in upright]), _places([rule.top for rule in level])
    if len(xs) < 2 or len(ys) < 2:
        return None
    plain = all(h.x0 <= xs[0] + _SNAP and h.x1 >= xs[-1] - _SNAP for h in level) and all(
        v.top <= ys[0] + _SNAP and v.bottom >= ys[-1] - _SNAP for v in upright
    )
    spans: tuple[tuple[int, int, int, int], ...] = ()
    if not plain:
        cells = cells_between([*level, *upright])
        if not cells:
            return None
        xs = _places([x for cell in cells for x in (cell[0], cell[2])])
        ys = _places([y for cell in cells for y in (cell[1], cell[3])])
        placed = [(*_span(ys, top, bottom), *_span(xs, x0, x1)) for x0, top, x1, bottom in cells]
        spans = tuple((r0, c0, r1, c1) for r0, r1, c0, c1 in placed if (r0, c0) != (r1, c1))
    return RuledTable(Box(number, xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), tuple(ys), spans)


def _span(places: list[float], low: float, high: float) -> tuple[int, int]:
    """First and last place number of a cell from `low` to `high`."""
    first = bisect_right(places, low + _SNAP) - 1
    return first, max(first, bisect_right(places, high - _SNAP) - 1)


def words_by_cell(table: RuledTable, words: Sequence[Word]) -> dict[tuple[int, int], list[Word]]:
    """The words of each cell that has any, by its first row and column."""
    owner = {
        (row, column): (r0, c0)
        for r0, c0, r1, c1 in table.spans
        for row in range(r0, r1 + 1)
        for column in range(c0, c1 + 1)
    }
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        box = word.box
        row = min(bisect_right(table.ys, (box.top + box.bottom) / 2), len(table.ys) - 1) - 1
        column = min(bisect_right(table.xs, (box.x0 + box.x1) / 2), len(table.xs) - 1) - 1
        place = (max(0, row), max(0, column))
        held.setdefault(owner.get(place, place), []).append(word)
    return held


def table_rows(table: RuledTable, words: Sequence[Word]) -> list[Row]:
    """The rows of a ruled table, filled with the words that stand in it. Empty rows are left out."""
    held = words_by_cell(table, words)
    count = len(table.ys) - 1
    doubts: dict[int, list[DoubtfulText]] = {}
    if any(c1 > c0 for _, c0, _, c1 in table.spans):
        held, doubts = SpanningCells(table.xs, count, table.spans, held).placed()
    bands: list[list[Row]] = []
    for row in range(count):
        filled = {column: held[row, column] for column in range(table.columns) if (row, column) in held}
        band = _band(table, row, filled) if filled else []
        bands.append(_doubtful(table, row, band, doubts[row]) if row in doubts else band)
    return [part for row in range(count) for part in _with_merges(table, row, bands)]


def _doubtful(table: RuledTable, row: int, band: list[Row], doubts: Sequence[DoubtfulText]) -> list[Row]:
    """A ruled row with its doubtful texts, at the first of the records in it if there are several."""
    if not band:
        return [Row((None,) * table.columns, table.ys[row], table.ys[row + 1], doubts=tuple(doubts))]
    return [replace(band[0], doubts=tuple(doubts)), *band[1:]]


def _with_merges(table: RuledTable, row: int, bands: Sequence[list[Row]]) -> list[Row]:
    """The rows of one band; if it is a single row, with the cells that reach over more than their place."""
    band = bands[row]
    if len(band) != 1:
        return band
    merged = tuple(
        (c0, c1, sum(len(each) for each in bands[r0 + 1 : r1 + 1]))
        for r0, c0, r1, c1 in table.spans
        if r0 == row and band[0].cells[c0]
    )
    return [replace(band[0], merged=merged)] if merged else band


def _band(table: RuledTable, row: int, filled: dict[int, list[Word]]) -> list[Row]:
    """One ruled row; where several records stand in it without lines between them, a row for each."""
    cells: list[Piece | None] = [
        cell_of_words(filled[column]) if column in filled else None for column in range(table.columns)
    ]
    top, bottom = table.ys[row], table.ys[row + 1]
    tallest = max(word.box.bottom - word.box.top for words in filled.values() for word in words)
    if len(filled) >= 2 and bottom - top > 2.2 * tallest:
        parts = rows([word for words in filled.values() for word in words], Columns(table.xs[1:-1]))
        full = [part for part in parts if has_value(part) and sum(cell is not None for cell in part.cells) >= 2]
        if len(full) >= _BODY_LINES and _several_records(full):
            return parts
    return [Row(tuple(cells), top, bottom)]


def _several_records(parts: Sequence[Row]) -> bool:
    """Whether at least two columns are filled in most of the rows: a wrapped cell fills one."""
    most = 0.75 * len(parts)
    columns = zip(*(part.cells for part in parts), strict=True)
    return sum(sum(cell is not None for cell in column) >= most for column in columns) >= 2
