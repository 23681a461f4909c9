"""The labels of forms made of cells: on a sheet, or in the lines that stand around the tables of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.forms.printed_labels import FEWEST_LABELS, Known, Loose, Printed, PrintedPage, labels_in
from auditor.documents.forms.records import FormValue
from auditor.documents.pages import Box, Grid
from auditor.values.text import clean_cell

_MOST_ROWS = 3000  # of a sheet of forms
_HEAD = 60  # rows of a longer sheet, where the heading of its table stands
_REACH = 3  # columns right of its label in which a value may stand
_TITLES = 4  # rows above
_MOST_IN_TITLE = 3  # cells of a row that may name what stands below it
_NO_CLOCK = "[^0-9][:：]"


@dataclass(frozen=True)
class LabelRun:
    """Rows of labels with their values, one below another, with the rows of titles above; `first` and `end` are rows of
    the grid from 0, those of titles included."""

    page: PrintedPage
    first: int
    end: int


def label_runs(grid: Grid, known: Known) -> list[LabelRun]:
    """The runs of rows on a grid in which all that is filled are labels and their values, with three labels or more.
    `known`: whether a text is a header word of any record type."""
    count = grid.rows if grid.rows <= _MOST_ROWS else _HEAD
    if not any(_has_colon(column) for column in grid.table.slice(0, count).columns):
        return []
    rows = grid.head(count)
    found: list[LabelRun] = []
    labelled = [_labels(grid, at, row, known) for at, row in enumerate(rows)]
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and labelled[end]:
            end += 1
        labels = [each for row in labelled[at:end] for each in row]
        if len(labels) >= FEWEST_LABELS:
            above = found[-1].end if found else 0
            titles = list(_titles(grid, rows, above, at))
            first = int(min((each.box.top for each in titles), default=at))
            found.append(LabelRun(PrintedPage(grid.number, tuple(labels), tuple(titles)), first, end))
        at = max(end, at + 1)
    return found


def is_whole(grid: Grid, runs: Sequence[LabelRun]) -> bool:
    """Whether nothing stands on a grid outside of some runs of labels."""
    inside = {at for run in runs for at in range(run.first, run.end)}
    rows = grid.head(grid.rows) if grid.rows <= _MOST_ROWS else []
    return bool(rows) and all(at in inside or not _filled(row) for at, row in enumerate(rows))


def _has_colon(column: pa.ChunkedArray) -> bool:
    """Whether a label may stand in a column: text with a colon that is no clock's."""
    return bool(pc.any(pc.match_substring_regex(column, _NO_CLOCK)).as_py())


def _filled(row: Sequence[str | None]) -> list[tuple[int, str]]:
    return [(at, text) for at, cell in enumerate(row) if cell and (text := clean_cell(cell))]


def _labels(grid: Grid, at: int, row: Sequence[str | None], known: Known) -> list[Printed]:
    """The labels of a row with their values; none if anything else stands in it."""
    filled = _filled(row)
    made: list[Printed] = []
    skip = -1
    for number, (column, text) in enumerate(filled):
        if number == skip:
            continue
        inside = labels_in(text, known)
        if not inside:
            return []
        *before, (label, value) = inside
        made += [Printed(name, _value(grid, at, column, said), _box(grid, at, column)) for name, said in before]
        stands = column
        following = filled[number + 1] if number + 1 < len(filled) else None
        if not value and following and following[0] - column <= _REACH and not labels_in(following[1], known):
            stands, value, skip = following[0], following[1], number + 1
        made.append(Printed(label, _value(grid, at, stands, value), _box(grid, at, column)))
    return made


def _value(grid: Grid, row: int, column: int, text: str) -> FormValue | None:
    if not text:
        return None
    return FormValue(text, _box(grid, row, column), *grid.read_at(row, column))


def _box(grid: Grid, row: int, column: int) -> Box:
    """A cell as a box of one by one, in columns and rows of the grid from 0."""
    return Box(grid.number, float(column), float(row), column + 1.0, row + 1.0)


def _titles(grid: Grid, rows: Sequence[Sequence[str | None]], above: int, at: int) -> Iterator[Loose]:
    """The texts of the rows right above, blank ones left out, up to one that is filled like a table."""
    start = at
    while start > above and at - start < _TITLES and len(_filled(rows[start - 1])) <= _MOST_IN_TITLE:
        start -= 1
    for row in range(start, at):
        for column, text in _filled(rows[row]):
            yield Loose(text, _box(grid, row, column))
