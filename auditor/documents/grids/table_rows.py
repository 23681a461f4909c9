"""The rows of a table whose columns are known but whose rows have no lines between them.

A cell may take several lines. What tells where a row stands is a column that never wraps: dates or amounts. The lines
of the other columns are given to these anchors in one of three ways (cells set at the top, in the middle or at the
bottom of their row), whichever fits the page best.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from auditor.documents.grids.lines import Piece, around, lines, piece, wrapped_text
from auditor.documents.pages import Word

_DATE = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日?|(19|20)\d{6}|\d{1,2}[-/.]\d{1,2}([-/.]\d{2,4})?)"
    r"( \d{1,2}:.*)?"
)
_MONEY = re.compile(r"[-+−(（]?[¥￥$€]? ?[-+−]?\d[\d,，]*[.．]\d{2,5}[)）]?-?( ?(CR|DR|Cr|Dr|借|贷|元))?")
_WHOLE = re.compile(r"[-+]?\d[\d,]*")
_VALUE_SHARE = 0.75  # of a column's lines: that many dates or amounts make its lines anchors
_LEVEL = 0.5  # of a line's height: a line this near to an anchor stands beside it
_NEXT_LINE = 1.75  # of a line's height: continuation lines follow each other at most this far, centre to centre
_MOST_LINES = 8  # of one cell, where lines must be shared out between neighbours


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

    @property
    def words(self) -> list[Word]:
        return [word for cell in self.cells if cell for word in cell.words]


def column_of(word: Word, bounds: Sequence[float]) -> int:
    """The column in which most of the word stands; `bounds` are the x between neighbouring columns, in points."""
    box = word.box
    first, last = bisect_right(bounds, box.x0), bisect_right(bounds, box.x1)
    if first == last:
        return first
    edges = [box.x0, *bounds[first:last], box.x1]
    widths = [right - left for left, right in pairwise(edges)]
    return first + max(range(len(widths)), key=lambda i: (widths[i], -i))


@dataclass(slots=True)
class _Column:
    lines: list[Piece]
    values: int = 0

    @property
    def heights(self) -> list[float]:
        return [line.box.bottom - line.box.top for line in self.lines]


def _middle(found: Piece) -> float:
    return (found.box.top + found.box.bottom) / 2


def rows(words: Sequence[Word], bounds: Sequence[float]) -> list[Row]:
    """Words of a table's body as rows from the top. What belongs to no row is a row of its own, not `in_table`."""
    if not words:
        return []
    columns = [_Column([]) for _ in range(len(bounds) + 1)]
    by_column: list[list[Word]] = [[] for _ in columns]
    for word in words:
        by_column[column_of(word, bounds)].append(word)
    for column, held in zip(columns, by_column, strict=True):
        column.lines = [piece(line) for line in lines(held)]
    height = median(h for column in columns for h in column.heights)
    anchors, value_columns = _anchors(columns, _LEVEL * height)
    if not anchors:
        return _each_line(words, bounds)
    shared = _shared_out(columns, anchors, height, value_columns)
    return _made_rows(shared, columns, anchors, height)


def _each_line(words: Sequence[Word], bounds: Sequence[float]) -> list[Row]:
    made = []
    for line in lines(words):
        box = around(line)
        made.append(Row(cells_by_column(line, bounds), box.top, box.bottom))
    return made


def cells_by_column(words: Sequence[Word], bounds: Sequence[float]) -> tuple[Piece | None, ...]:
    """Words of one row as a cell for each column, several lines of a cell joined."""
    by_column: list[list[Word]] = [[] for _ in range(len(bounds) + 1)]
    for word in words:
        by_column[column_of(word, bounds)].append(word)
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
    for patterns in ((_DATE, _MONEY), (_WHOLE,)):
        for column in columns:
            column.values = sum(any(p.fullmatch(line.text) for p in patterns) for line in column.lines)
        sure = [i for i, c in enumerate(columns) if c.values and c.values >= _VALUE_SHARE * len(c.lines)]
        if not sure:
            continue
        first = max(sure, key=lambda i: (columns[i].values, -i))
        found = [_middle(line) for line in columns[first].lines]
        for i in sure:
            values = [line for line in columns[i].lines if any(p.fullmatch(line.text) for p in patterns)]
            found += [y for y in map(_middle, values) if all(abs(y - each) > near for each in found)]
        return sorted(found), set(sure)
    return [], set()


Shares = list[list[tuple[int, list[Piece]]]]  # for each column: anchor number (-1: none) and its lines


def _shared_out(columns: Sequence[_Column], anchors: list[float], height: float, sure: set[int]) -> Shares:
    wrapping = [i for i in range(len(columns)) if i not in sure]
    best: tuple[float, Shares] | None = None
    for way in (_from_top, _from_middle, _from_bottom):
        shares: Shares = [[] for _ in columns]
        cost = 0.0
        for i in wrapping:
            shares[i], spent = way(columns[i].lines, anchors, height)
            cost += spent
        if best is None or cost < best[0] - 0.01:
            best = (cost, shares)
    assert best is not None
    for i in sure:
        best[1][i] = _nearest(columns[i].lines, anchors)
    return best[1]


def _nearest(found: Sequence[Piece], anchors: list[float]) -> list[tuple[int, list[Piece]]]:
    groups: dict[int, list[Piece]] = {}
    for line in found:
        y = _middle(line)
        groups.setdefault(min(range(len(anchors)), key=lambda i: (abs(anchors[i] - y), i)), []).append(line)
    return sorted(groups.items())


def _from_top(
    found: Sequence[Piece], anchors: list[float], height: float
) -> tuple[list[tuple[int, list[Piece]]], float]:
    """The first line of a cell stands beside the anchor, further lines below it."""
    groups: dict[int, list[Piece]] = {}
    for line in found:
        groups.setdefault(bisect_right(anchors, _middle(line) + _LEVEL * height) - 1, []).append(line)
    cost = sum(abs(_middle(group[0]) - anchors[i]) if i >= 0 else height * len(group) for i, group in groups.items())
    return sorted(groups.items()), cost


def _from_bottom(
    found: Sequence[Piece], anchors: list[float], height: float
) -> tuple[list[tuple[int, list[Piece]]], float]:
    """The last line of a cell stands beside the anchor, the others above it."""
    groups: dict[int, list[Piece]] = {}
    for line in found:
        at = bisect_right(anchors, _middle(line) - _LEVEL * height)
        groups.setdefault(at if at < len(anchors) else -1, []).append(line)
    cost = sum(abs(_middle(group[-1]) - anchors[i]) if i >= 0 else height * len(group) for i, group in groups.items())
    return sorted(groups.items()), cost


def _centre(group: Sequence[Piece]) -> float:
    return (group[0].box.top + group[-1].box.bottom) / 2


def _from_middle(
    found: Sequence[Piece], anchors: list[float], height: float
) -> tuple[list[tuple[int, list[Piece]]], float]:
    """The lines of a cell stand around the anchor."""
    groups = _nearest(found, anchors)
    cost = sum(abs(_centre(group) - anchors[i]) for i, group in groups)
    if all(abs(_centre(group) - anchors[i]) <= _LEVEL * height for i, group in groups):
        return groups, cost
    return _balanced(found, anchors, height)


def _balanced(
    found: Sequence[Piece], anchors: list[float], height: float
) -> tuple[list[tuple[int, list[Piece]]], float]:
    """Shares lines out in order so that the groups' centres stand as near to their anchors as they can."""
    states: dict[int, tuple[float, tuple[tuple[int, int, int], ...]]] = {0: (0.0, ())}  # lines used: cost, groups
    for number, anchor in enumerate(anchors):
        further = dict(states)
        for used, (cost, groups) in states.items():
            for end in range(used + 1, min(used + _MOST_LINES, len(found)) + 1):
                group = found[used:end]
                if end - used > 1 and _middle(group[-1]) - _middle(group[-2]) > _NEXT_LINE * height:
                    break
                spent = cost + abs(_centre(group) - anchor)
                if end not in further or spent < further[end][0]:
                    further[end] = (spent, (*groups, (number, used, end)))
            skipped = cost + height
            if (
                used < len(found)
                and _middle(found[used]) < anchor
                and (used + 1 not in further or skipped < further[used + 1][0])
            ):
                further[used + 1] = (skipped, (*groups, (-1, used, used + 1)))
        states = further
    used, (cost, groups) = min(
        states.items(), key=lambda item: (item[1][0] + height * (len(found) - item[0]), -item[0])
    )
    shares = [(number, list(found[start:end])) for number, start, end in groups]
    rest = [(-1, [line]) for line in found[used:]]
    return shares + rest, cost + height * len(rest)


def _made_rows(shares: Shares, columns: Sequence[_Column], anchors: list[float], height: float) -> list[Row]:
    held: list[list[list[Piece]]] = [[[] for _ in columns] for _ in anchors]
    outside: list[Word] = []
    for number, groups in enumerate(shares):
        for anchor, group in groups:
            kept = _connected(group, anchors[anchor], height) if anchor >= 0 else []
            if kept:
                held[anchor][number] = kept
            outside += [word for line in group if line not in kept for word in line.words]
    made = [_row([_cell(group) if group else None for group in row]) for row in held]
    width = len(columns)
    for line in lines(outside):
        box = around(line)
        cells: list[Piece | None] = [piece(line)]
        made.append(Row(tuple(cells + [None] * (width - 1)), box.top, box.bottom, in_table=False))
    return sorted(made, key=lambda row: (row.top + row.bottom, row.top))


def _row(cells: Sequence[Piece | None]) -> Row:
    boxes = [cell.box for cell in cells if cell]
    texts = [cell.text for cell in cells if cell]
    alone = len(texts) == 1 and not is_value(texts[0])  # a page number or a note in the column that tells the rows
    return Row(tuple(cells), min(box.top for box in boxes), max(box.bottom for box in boxes), not alone)


def _connected(group: list[Piece], anchor: float, height: float) -> list[Piece]:
    """The lines of a group that hang together around the anchor; a page number far below it does not."""
    near = min(range(len(group)), key=lambda i: (abs(_middle(group[i]) - anchor), i))
    if abs(_middle(group[near]) - anchor) > _NEXT_LINE * height:
        return []
    first = last = near
    while first > 0 and _middle(group[first]) - _middle(group[first - 1]) <= _NEXT_LINE * height:
        first -= 1
    while last + 1 < len(group) and _middle(group[last + 1]) - _middle(group[last]) <= _NEXT_LINE * height:
        last += 1
    return group[first : last + 1]


def is_value(text: str) -> bool:
    """Whether a text is a date or an amount."""
    return bool(_DATE.fullmatch(text) or _MONEY.fullmatch(text))


def has_value(row: Row) -> bool:
    """Whether a cell of the row is a date or an amount."""
    return any(is_value(cell.text) for cell in row.cells if cell)
