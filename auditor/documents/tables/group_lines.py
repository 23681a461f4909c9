"""Lines inside a table that say something of all rows below them: the day of a ledger, the depot of a register.

    Date        8 Oct 2026                          Slip        Pieces   Amount
    Slip        Pieces   Amount          ->         SH-001      3        126.00     8 Oct 2026
    8 Oct 2026                                      SH-002      1         42.00     8 Oct 2026
    SH-001      3        126.00                     SH-003      2         80.00     9 Oct 2026
    ...

Such a line becomes one more column of the grid, under the line's own label (`Depot: North`) or, if it has none, under
`@group`: what the column is, is told like that of any other, by its header, its values and the folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from auditor.documents.labels import balance_label, is_extent, total_label
from auditor.documents.pages import Grid
from auditor.documents.recognition.days_of_names import day_alone
from auditor.documents.recognition.shapes import GROUP
from auditor.documents.tables.bands import is_value
from auditor.documents.tables.headings import pairs_of_row
from auditor.documents.tables.stated_account import number_in_line
from auditor.values.text import clean_cell

GROUP_COLUMN = "_group"  # its name in the table of a grid
_LARGEST = 20_000  # rows of a grid in which such lines are looked for
_FILLED = 3  # cells of a row of a table, at least
_LONGEST = 40  # characters of such a line

Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may name a group: its row, the column where it stands, its label if it has one, what it names."""

    row: int
    column: int
    label: str
    value: str
    day: bool


def with_groups(grid: Grid) -> Grid:
    """The grid with the column `GROUP_COLUMN` behind its others and `group_rows`, where lines name groups of its rows;
    else as it is."""
    if not 0 < grid.rows <= _LARGEST or not grid.table.num_columns:
        return grid
    filled = np.sum([np.asarray(column.is_valid()) for column in grid.table.columns], axis=0)
    if np.count_nonzero(filled == 1) + np.count_nonzero(filled == 2) < 2:
        return grid
    rows = grid.head(grid.rows)
    cells: list[str | None] = [None] * grid.rows
    taken: set[int] = set()
    for header, start, end in _tables(rows):
        lines = _lines_of(rows, start, end, printed=grid.boxes is not None)
        if not lines:
            continue
        cells[header] = lines[0].label or GROUP
        taken |= {line.row for line in lines}
        for line, after in zip(lines, [*(each.row for each in lines[1:]), end], strict=True):
            for row in range(line.row + 1, after):
                if _is_row(rows[row]):
                    cells[row] = line.value
    if not taken:
        return grid
    table = grid.table.append_column(GROUP_COLUMN, pa.array(cells, pa.string()))
    return replace(grid, table=table, group_rows=frozenset(taken))


def _tables(rows: Sequence[Cells]) -> Iterator[tuple[int, int, int]]:
    """The tables of a grid by shape: the last line of a header, its first row and the row behind its last."""
    headers = [at for at, cells in enumerate(rows) if _is_header(cells)]
    # of a header of several lines the last one counts; the same again goes on with its table
    last = [at for at in headers if at + 1 not in headers]
    starts: list[int] = []
    for at in last:
        if not starts or _texts(rows[at]) != _texts(rows[starts[-1]]):
            starts.append(at)
    for at, after in zip(starts, [*starts, len(rows)][1:], strict=True):
        yield at, at + 1, after


def _lines_of(rows: Sequence[Cells], start: int, end: int, *, printed: bool) -> list[_Line]:
    """The lines that name groups between two rows; none unless they name all of its rows and two groups at least.

    On a printed page only days do: any other text may be the second line of a cell.
    """
    found = [line for at in range(start, end) if (line := _line_at(rows, at)) is not None]
    found = [line for line in found if line.day] or ([] if printed else found)
    found = [line for line in found if line.column == found[0].column and line.label == found[0].label]
    if len({line.value for line in found}) < 2 or not all(_is_above_row(rows, line.row, end) for line in found):
        return []
    body = [at for at in range(start, end) if _is_row(rows[at])]
    if not body or body[0] < found[0].row or (not found[0].day and 2 * len(found) > len(body)):
        return []
    return found


def _line_at(rows: Sequence[Cells], at: int) -> _Line | None:
    filled = [(column, text) for column, cell in enumerate(rows[at]) if cell and (text := clean_cell(cell))]
    if not 1 <= len(filled) <= 2 or not _is_above_row(rows, at, len(rows)):
        return None
    column = filled[0][0]
    pairs, others = pairs_of_row(rows[at], at, 0, lambda _: False)
    if len(filled) == 1 and not pairs:
        text = filled[0][1]
        day = day_alone(text)
        if day is None and (len(text) > _LONGEST or is_value(text) or _is_summary(text)):
            return None
        return _Line(at, column, "", day or text, day is not None)
    if len(pairs) != 1 or others or not pairs[0].value or number_in_line(" ".join(text for _, text in filled)):
        return None
    day = day_alone(pairs[0].value)
    return _Line(at, column, pairs[0].label, day or pairs[0].value, day is not None)


def _is_summary(text: str) -> bool:
    return total_label(text) is not None or balance_label(text) is not None or is_extent(text)


def _is_above_row(rows: Sequence[Cells], at: int, end: int) -> bool:
    """Whether the next row that holds anything is one of the table."""
    below = next((row for row in range(at + 1, end) if any(map(_filled, rows[row]))), None)
    return below is not None and _is_row(rows[below])


def _is_row(cells: Cells) -> bool:
    """Whether a row is one of a table, and no total."""
    texts = [clean_cell(cell) for cell in cells if _filled(cell)]
    return len(texts) >= _FILLED and any(map(is_value, texts)) and total_label(texts[0]) is None


def _is_header(cells: Cells) -> bool:
    texts = _texts(cells)
    return len(texts) >= _FILLED and not any(map(is_value, texts)) and not any(":" in text for text in texts)


def _texts(cells: Cells) -> list[str]:
    return [clean_cell(cell) for cell in cells if cell and clean_cell(cell)]


def _filled(cell: str | None) -> bool:
    return bool(cell and clean_cell(cell))
