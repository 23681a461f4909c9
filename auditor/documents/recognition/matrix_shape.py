"""The shape of a matrix: days on one axis, names on the other, figures inside, totals at the edges.

There is one reading of it: a sheet with days down is turned, so that days always stand across and names down. Rows and
columns are counted from 0 in the cells as they are turned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from auditor.documents.headers import header_key
from auditor.documents.labels import total_label
from auditor.documents.recognition.arithmetic import figure
from auditor.documents.recognition.day_axis import (
    FEWEST_DAYS,
    DayAxis,
    Month,
    day_axis,
    form_of,
    is_weekday,
    month_named,
)
from auditor.documents.recognition.sum_rows import sum_rows
from auditor.values.dates import Order
from auditor.values.text import clean_cell

_DEEPEST = 6  # lines in which the days are looked for
_WIDEST_GAP = 3  # places without a day between two days of an axis
_FIGURES = 900  # thousandths of the filled cells that are figures
_SUMS = 700  # thousandths of the figures of an unnamed line that are sums of the others
_APART = 3  # lines that are no part of a matrix and end it
_MONTH_WORDS = frozenset(("月", "month", "mon"))

Cells = Sequence[Sequence[str]]


class Line(StrEnum):
    """What a line of names or a row of a matrix is."""

    NAMED = "named"
    TOTAL = "total"
    BLANK = "blank"
    HEADER = "header"  # the header again, or the days of the week
    WORDS = "words"  # words where figures stand
    NAMELESS = "nameless"  # figures without a name
    PART = "part"  # what a part of the line above is
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A row or a column of totals. `subtotal`: of the lines since the one before, or since line `first`; `to_date`:
    with others elsewhere; `by_sums`: no word says so, but that it adds up."""

    at: int
    label: str
    subtotal: bool = False
    to_date: bool = False
    first: int | None = None
    by_sums: bool = False


@dataclass(frozen=True, slots=True)
class MatrixShape:
    """What stands where in the cells of a matrix, days across. `header`: the row of days; `names`: the column of names;
    `lines`: what each row below the header is, to the last that belongs to the matrix; `total_rows` and
    `total_columns`; `rest`: columns that hold something else; `partners`: names of rows that are sums of those above
    them and known as somebody's all the same."""

    cells: Cells
    turned: bool
    header: int
    axis: DayAxis
    names: int
    lines: Mapping[int, Line]
    total_rows: tuple[TotalLine, ...]
    total_columns: tuple[TotalLine, ...]
    rest: tuple[int, ...]
    partners: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[int, ...]:
        """The rows with names and figures."""
        return tuple(row for row, line in self.lines.items() if line is Line.NAMED)

    @property
    def end(self) -> int:
        """Behind the last row."""
        return max(self.lines, default=self.header) + 1

    @property
    def right(self) -> int:
        """Behind the last column of days and totals."""
        return max((*self.axis.places, *(each.at for each in self.total_columns))) + 1

    @property
    def corner(self) -> str:
        """What stands over the names, beside the days."""
        return next(
            (text for row in (self.header, self.header - 1) if row >= 0 and (text := self.cells[row][self.names])), ""
        )

    def name(self, row: int) -> str:
        return self.cells[row][self.names]

    def figure(self, row: int, column: int) -> int | None:
        """A figure in units of 0.00001; None for an empty cell and for what is none."""
        text = self.cells[row][column]
        return figure(text) if text else None


def matrix_shape(
    cells: Sequence[Sequence[str | None]], turned: bool, month: Month | None, order: Order | None = None,
    names_at: int | None = None, names_words: Collection[str] = (), known: Callable[[str], bool] | None = None,
) -> MatrixShape | None:  # fmt: skip
    """The matrix that cells with their header are; None if they are none. Days are looked for across, or if `turned`
    down.

    `month` is the one that is stated around, `order` the declared one of dates. `names_at`: the column of names where
    it is known; else it is found by the words of their header (`names_words`, in normal form) and by `known` names.
    """
    width = max((len(row) for row in cells), default=0)
    plain = [[clean_cell(cell) if cell else "" for cell in row] + [""] * (width - len(row)) for row in cells]
    if turned:
        plain = [list(column) for column in zip(*plain, strict=True)]
    found = _header_of_days(plain, month, order)
    if found is None:
        return None
    header, axis = found
    if names_at is None:
        names_at = _names_column(plain, header, axis, frozenset(names_words), known)
    if names_at is None or names_at >= len(plain[header]):
        return None
    shape = _with_lines(plain, turned, header, axis, names_at, known)
    return shape if shape is not None and _holds_figures(shape) else None


def _header_of_days(cells: Cells, month: Month | None, order: Order | None) -> tuple[int, DayAxis] | None:
    best: tuple[int, DayAxis] | None = None
    for row in range(min(_DEEPEST, len(cells))):
        texts = _run(cells[row])
        if len(texts) < FEWEST_DAYS:
            continue
        months = _months_above(cells, row, month, min(texts)) if row else {}
        axis = day_axis(texts, month, order, months)
        if axis is not None and (best is None or len(axis.places) > len(best[1].places)):
            best = row, axis
    return best


def _run(row: Sequence[str]) -> dict[int, str]:
    """The longest run of cells that name days, with no more than a few others between two of them."""
    places = [column for column, text in enumerate(row) if text and form_of(text)]
    runs: list[list[int]] = []
    for column in places:
        if not runs or column - runs[-1][-1] > _WIDEST_GAP + 1:
            runs.append([])
        runs[-1].append(column)
    best = max(runs, key=len, default=[])
    return {column: row[column] for column in best}


def _months_above(cells: Cells, row: int, month: Month | None, first: int) -> dict[int, tuple[int | None, int]]:
    """The month that the line above names over each day: over its first day, for all that follow."""
    above = cells[row - 1]
    bare = any(header_key(text) in _MONTH_WORDS for text in above[:first])
    found: dict[int, tuple[int | None, int]] = {}
    current: tuple[int | None, int] | None = None
    for column in range(first, len(above)):
        current = month_named(above[column], bare) or current
        if current is not None:
            found[column] = current
    return found


def _names_column(
    cells: Cells, header: int, axis: DayAxis, words: frozenset[str], known: Callable[[str], bool] | None
) -> int | None:
    """The column of names left of the days: the one under a word for them, else of columns of different texts the one
    that holds known names, or the longest texts."""
    ranks: list[tuple[int, int, int, int]] = []
    with_figures = [row for row in cells[header + 1 :] if _has_figures(row, axis)]
    for column in range(min(axis.places)):
        texts = [row[column] for row in with_figures if row[column]]
        if len(texts) * 10 < 7 * len(with_figures):
            continue
        texts = [text for text in texts if not total_label(text, groups=False)]
        if not texts or sum(_is_name(text) for text in texts) * 10 < 7 * len(texts):
            continue
        if len(set(texts)) * 10 < 7 * len(texts):
            continue
        over = [cells[row][column] for row in (header, header - 1) if row >= 0 and cells[row][column]]
        worded = any(words & set(parts_of_corner(text)) for text in over)
        share = sum(known(text) for text in texts) * 1000 // len(texts) if known else 0
        ranks.append((worded, share, sum(map(len, texts)) // len(texts), column))
    return max(ranks)[3] if ranks else None


def parts_of_corner(text: str) -> list[str]:
    """The texts in normal form that a corner such as `日期\\客户` or `Date / Customer` holds, and the whole."""
    parts = [text]
    for mark in "\\/|＼／\n 、":
        parts += text.split(mark)
    return [key for part in dict.fromkeys(parts) if (key := header_key(part))]


def _is_name(text: str) -> bool:
    return figure(text) is None and not is_weekday(text) and any(each.isalpha() for each in text)


def _has_figures(row: Sequence[str], axis: DayAxis) -> bool:
    return any(row[place] and figure(row[place]) is not None for place in axis.places)


def _with_lines(
    cells: Cells, turned: bool, header: int, axis: DayAxis, names: int, known: Callable[[str], bool] | None
) -> MatrixShape | None:
    columns = _labelled_columns(cells, header, axis, names)
    first = min(axis.places)
    totals = [each.at for each in columns]
    lines: dict[int, Line] = {}
    rows: list[TotalLine] = []
    outside = 0
    for row in range(header + 1, len(cells)):
        label = next((text for text in cells[row][:first] if text and total_label(text, groups=False)), None)
        kind = (
            Line.TOTAL
            if label and _has_values(cells[row], axis, totals)
            else _kind(cells, row, header, axis, names, totals)
        )
        lines[row] = kind
        if kind is Line.TOTAL and label:
            rows.append(_total_line(row, label))
        outside = 0 if kind in (Line.NAMED, Line.TOTAL, Line.NAMELESS, Line.WORDS) else outside + 1
        if outside >= _APART:
            break
    last = max((row for row, kind in lines.items() if kind in (Line.NAMED, Line.TOTAL, Line.NAMELESS)), default=None)
    if last is None or Line.NAMED not in lines.values():
        return None
    lines = {row: kind for row, kind in lines.items() if row <= last}
    shape = MatrixShape(cells, turned, header, axis, names, lines, tuple(rows), columns, ())
    return _with_unnamed_totals(_with_sums(shape, known), known)


def _has_values(row: Sequence[str], axis: DayAxis, totals: Sequence[int]) -> bool:
    return any(row[place] for place in (*axis.places, *totals))


def _kind(cells: Cells, row: int, header: int, axis: DayAxis, names: int, totals: Sequence[int]) -> Line:
    filled = [cells[row][place] for place in axis.places if cells[row][place]]
    if not any(cells[row]):
        return Line.BLANK
    if filled and all(cells[row][place] == cells[header][place] for place in axis.places):
        return Line.HEADER
    if not filled and not any(cells[row][place] for place in totals):
        return Line.NOTE
    figures = sum(figure(text) is not None for text in filled)
    if filled and not figures:
        return Line.HEADER if all(map(is_weekday, filled)) else Line.WORDS
    return Line.NAMED if _is_name(cells[row][names]) else Line.NAMELESS


def _labelled_columns(cells: Cells, header: int, axis: DayAxis, names: int) -> tuple[TotalLine, ...]:
    """The columns of totals by their words, in the row of days or in the line above it that groups them."""
    found = []
    for column in range(len(cells[header])):
        if column in axis.places or column == names:
            continue
        over = [cells[row][column] for row in (header, header - 1) if row >= 0]
        label = next((text for text in over if text and total_label(text)), None)
        if label:
            found.append(_total_line(column, label))
    return tuple(found)


def _total_line(at: int, label: str) -> TotalLine:
    words = total_label(label)
    return TotalLine(at, label, bool(words and words.subtotal), bool(words and words.to_date))


def _with_sums(shape: MatrixShape, known: Callable[[str], bool] | None) -> MatrixShape:
    """The shape with those of its named rows as totals that are sums of rows above them, and without lines of parts."""
    rows = [
        (row, shape.name(row) if kind is Line.NAMED else "", _figures(shape, row))
        for row, kind in shape.lines.items()
        if kind in (Line.NAMED, Line.TOTAL)
    ]
    found = sum_rows(rows, known)
    lines = {**shape.lines, **{each.at: Line.TOTAL for each in found.sums}, **dict.fromkeys(found.parts, Line.PART)}
    if Line.NAMED not in lines.values():
        return shape
    totals = [
        TotalLine(each.at, shape.name(each.at), subtotal=True, first=each.first, by_sums=each.told)
        for each in found.sums
    ]
    ordered = tuple(sorted((*shape.total_rows, *totals), key=lambda each: each.at))
    return replace(shape, lines=lines, total_rows=ordered, partners=tuple(found.partners))


def _figures(shape: MatrixShape, row: int) -> list[int] | None:
    """The figures of a row under all days, nought where nothing stands; None if one cannot be read."""
    figures = [shape.figure(row, at) if shape.cells[row][at] else 0 for at in shape.axis.places]
    return [each for each in figures if each is not None] if None not in figures else None


def _with_unnamed_totals(shape: MatrixShape, known: Callable[[str], bool] | None) -> MatrixShape:
    """The shape with the last row and the columns behind the days as totals, if their figures are the sums of the
    others whatever word stands over them; and the columns that are left."""
    cells, places = shape.cells, shape.axis.places
    rows, lines = list(shape.total_rows), dict(shape.lines)
    last = max(row for row, kind in lines.items() if kind is not Line.BLANK)
    somebody = known is not None and known(shape.name(last))
    if lines[last] in (Line.NAMED, Line.NAMELESS) and len(shape.named) > 2 and not somebody:
        others = [row for row in shape.named if row != last]
        if _sums([(shape.figure(last, at), [shape.figure(row, at) for row in others]) for at in places]):
            rows.append(TotalLine(last, shape.name(last) or "", by_sums=bool(shape.name(last))))
            lines[last] = Line.TOTAL
    columns = list(shape.total_columns)
    named = [row for row, kind in lines.items() if kind is Line.NAMED]
    rest = []
    for column in range(len(cells[shape.header])):
        if column in (*places, shape.names, *(each.at for each in columns)):
            continue
        if column > max(places) and _sums(
            [(shape.figure(row, column), [shape.figure(row, at) for at in places]) for row in named]
        ):
            columns.append(TotalLine(column, cells[shape.header][column]))
        elif any(cells[row][column] for row in (shape.header, *lines)):
            rest.append(column)
    columns.sort(key=lambda each: each.at)
    return replace(
        shape, lines=lines, total_rows=tuple(rows), total_columns=tuple(columns), rest=tuple(rest)
    )


def _sums(stated: Sequence[tuple[int | None, Sequence[int | None]]]) -> bool:
    """Whether most of at least three figures are sums of the others, of which there is more than one."""
    told = [(sum_, [part for part in parts if part]) for sum_, parts in stated if sum_]
    holds = sum(sum_ == sum(parts) for sum_, parts in told)
    several = any(len(parts) > 1 for _, parts in told)
    return several and len(told) >= FEWEST_DAYS and holds * 1000 >= _SUMS * len(told)


def _holds_figures(shape: MatrixShape) -> bool:
    """Whether nearly all filled cells are figures, and no name stands there twice in a third of the rows."""
    texts = [shape.cells[row][place] for row in shape.named for place in shape.axis.places]
    texts = [text for text in texts if text]
    words = sum(1 for row, kind in shape.lines.items() if kind is Line.WORDS for place in shape.axis.places
                if shape.cells[row][place])  # fmt: skip
    figures = sum(figure(text) is not None for text in texts)
    others = len(texts) - figures
    if not figures or others * 1000 > max((1000 - _FIGURES) * len(texts), 1000) or words > figures:
        return False
    most = Counter(shape.name(row) for row in shape.named).most_common(1)[0][1]
    return most * 3 <= max(len(shape.named), 3)
