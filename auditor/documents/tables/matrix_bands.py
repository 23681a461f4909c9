"""Where matrices may stand on a grid: a line of days over amounts, or names over columns of amounts beside days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.documents.labels import total_label
from auditor.documents.recognition.arithmetic import figure
from auditor.documents.recognition.day_axis import FEWEST_DAYS, form_of, month_named
from auditor.documents.tables.bands import is_value
from auditor.documents.tables.grid_rows import Rows
from auditor.values.text import clean_cell

_LARGEST = 3_000  # rows of a grid on which matrices are looked for
_FIRST_COLUMNS = 6  # in which days may stand
_GAP = 3  # rows without a day between two days
_HEADER = 3  # lines over the first day
_BELOW = 3  # rows that are no part of a matrix and end it

Cells = Sequence[str | None]
Band = tuple[int, int, int]  # first line of the header, first row of the body, end (excluded)


def matrix_bands(rows: Rows, count: int) -> Iterator[Band]:
    """The bands of a grid of `count` rows that may be matrices, from the top, the longest first; those of either
    direction may overlap."""
    if count > _LARGEST:
        return
    across = [row for row in range(count) if _is_line_of_days(rows[row])]
    found = [
        _across(rows, row, min([each for each in across if _again(rows, row, each)], default=count)) for row in across
    ]
    for column in range(_FIRST_COLUMNS):
        found += _down(rows, column, count)
    yield from sorted({band for band in found if band is not None}, key=lambda band: (band[0], -band[2], band[1]))


def _text(cells: Cells, column: int) -> str:
    cell = cells[column] if column < len(cells) else None
    return clean_cell(cell) if cell else ""


def _is_line_of_days(cells: Cells) -> bool:
    """Days that stand together: a row of a table may have figures that could be days, with words between them."""
    texts = [text for cell in cells if cell and (text := clean_cell(cell))]
    at = [place for place, text in enumerate(texts) if form_of(text)]
    days = [texts[place] for place in at]
    if len(days) < FEWEST_DAYS or len(set(days)) < len(days) or len(set(map(_is_dotted, days))) > 1:
        return False
    if all(day.isdigit() for day in days):
        follow = sum(int(after) == int(before) + 1 for before, after in pairwise(days))
        if 2 * follow < len(days) - 1:
            return False
    return 3 * len(days) >= 2 * (at[-1] - at[0] + 1)


def _is_dotted(text: str) -> bool:
    """`10.8`: a day among such days only, an amount among others."""
    return text.replace(".", "").isdigit() and "." in text


def _start(cells: Cells) -> int:
    return min(column for column in range(len(cells)) if form_of(_text(cells, column)))


def _again(rows: Rows, row: int, below: int) -> bool:
    """Whether a line of days further down begins a matrix of its own: beside its days stand no other words than beside
    those of the line above. Amounts that might be days have a name beside them."""
    start = _start(rows[below])
    beside = {_text(rows[below], column) for column in range(start)} - {""}
    return below > row and beside <= {_text(rows[row], column) for column in range(start)}


def _across(rows: Rows, row: int, until: int) -> Band | None:
    """A matrix under a line of days: to the last row with figures."""
    start = _start(rows[row])
    first = row - 1 if row and _groups(rows[row - 1], start) else row
    last, outside = row, 0
    for at in range(row + 1, until):
        values = any(is_value(_text(rows[at], column)) for column in range(start, len(rows[row])))
        last, outside = (at, 0) if values else (last, outside + 1)
        if outside > _BELOW:
            break
    return (first, row + 1, last + 1) if last > row else None


def _groups(above: Cells, start: int) -> bool:
    """Whether a line names months over days, or holds the word for the totals beside them."""
    texts = [_text(above, column) for column in range(start, len(above))]
    return any(text and (month_named(text) or total_label(text)) for text in texts)


def _down(rows: Rows, column: int, count: int) -> list[Band | None]:
    """The matrices with days in one column: each from the names over its first day to its totals."""
    days = [row for row in range(count) if (text := _text(rows[row], column)) and form_of(text)]
    runs: list[list[int]] = []
    for row in days:
        if not runs or row - runs[-1][-1] > _GAP + 1 or _is_line_of_names(rows[row - 1], column):
            runs.append([])
        runs[-1].append(row)
    found: list[Band | None] = []
    for run in runs:
        over = _names_over(rows, run[0], column)
        if len(run) < FEWEST_DAYS or over is None:
            continue
        first = over
        while first and over - first < _HEADER - 1 and _is_line_of_names(rows[first - 1], column):
            first -= 1
        found.append((first, over + 1, _with_totals(rows, run[-1], column, count)))
    return found


def _names_over(rows: Rows, row: int, column: int) -> int | None:
    """The line of names nearest above a day; lines of weekdays or units may stand between."""
    for above in range(row - 1, max(row - _HEADER, 0) - 1, -1):
        if _is_line_of_names(rows[above], column):
            return above
    return None


def _is_line_of_names(cells: Cells, column: int) -> bool:
    names = 0
    for at in range(column + 1, len(cells)):
        if text := _text(cells, at):
            if figure(text) is not None:
                return False
            names += 1
    return names >= 2


def _with_totals(rows: Rows, last: int, column: int, count: int) -> int:
    """The end of a matrix: behind the last row of figures below its last day."""
    end = last + 1
    for at in range(last + 1, min(last + 1 + _BELOW, count)):
        labelled = any(total_label(_text(rows[at], each)) for each in range(column + 2))
        if labelled or sum(figure(_text(rows[at], each)) is not None for each in range(column + 1, len(rows[at]))) >= 2:
            end = at + 1
    return end
