"""Tables that stand side by side on one sheet: a cash book left of a count, a bill in two blocks to save paper.

A block begins where the words of the header come again, or behind a column that is empty from top to bottom. Blocks
with the same header under one heading are one table in two parts: the rows of the right part follow those of the left.
All others are tables of their own. A sheet is divided only if each block is a table by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from auditor.documents.headers import header_key
from auditor.documents.labels import total_label
from auditor.documents.pages import CellKind, Grid
from auditor.documents.tables.finder import Found
from auditor.values.text import clean_cell

_FEWEST_AGAIN = 2  # header words that come again in the next block
_LARGEST = 20_000  # rows of a sheet that people lay out side by side

Cells = Sequence[str | None]
Find = Callable[[Grid], Found]


@dataclass(frozen=True, slots=True)
class Blocks:
    """A divided sheet: grids to be read one after another, and whether they are parts of one table.

    `shifts` gives for each row of a joined grid by how many columns its cells stand farther right on the sheet.
    """

    grids: tuple[Grid, ...]
    shifts: tuple[int, ...] = ()


def blocks_of(grid: Grid, found: Found, find: Find) -> Blocks | None:
    """The blocks of a sheet, None if it is not divided. `find` finds the tables of a grid."""
    if grid.boxes is not None or grid.rows > _LARGEST:
        return None
    for starts in (_where_words_repeat(found), _behind_empty_columns(grid)):
        if len(starts) < 2:
            continue
        spans = _tables_of(grid, starts, find)
        if len(spans) > 1:
            return _divided(grid, spans)
    return None


@dataclass(frozen=True, slots=True)
class _Span:
    """Columns `start` to `end` (excluded) with the tables that are found in them."""

    start: int
    end: int
    found: Found

    @property
    def header(self) -> int:
        return self.found.tables[0].first

    @property
    def words(self) -> tuple[str, ...]:
        words = [header_key(text) for text in self.found.tables[0].headers[self.start : self.end]]
        while words and not words[-1]:
            words.pop()
        return tuple(words)


def _where_words_repeat(found: Found) -> list[int]:
    """The columns at which the first word of the header stands again, with others of its words behind it."""
    for table in found.tables:
        keys = [header_key(text) for text in table.headers]
        first = next((at for at, key in enumerate(keys) if key), None)
        if first is None:
            continue
        again = [at for at, key in enumerate(keys) if at > first and key == keys[first]]
        starts = [at for at in again if len(set(keys[at:]) & set(keys[:at]) - {""}) >= _FEWEST_AGAIN]
        if starts:
            return [0, *starts]
    return []


def _behind_empty_columns(grid: Grid) -> list[int]:
    """The columns at which something stands again behind a column without any text."""
    filled = [column.null_count < grid.rows for column in grid.table.columns]
    if all(filled) or not any(filled):
        return []
    starts = [at for at in range(1, len(filled)) if filled[at] and not filled[at - 1] and any(filled[:at])]
    return [0, *starts]


def _tables_of(grid: Grid, starts: Sequence[int], find: Find) -> list[_Span]:
    """The spans of columns that hold a table each; one that holds none belongs to the span left of it."""
    width = len(grid.table.columns)
    ends = [*starts[1:], width]
    spans: list[_Span] = []
    for start, end in zip(starts, ends, strict=True):
        found = find(_only(grid, start, end, 0))
        if found.tables:
            spans.append(_Span(start, end, found))
        elif spans:
            spans[-1] = replace(spans[-1], end=end)
    if len(spans) > 1:
        spans = [replace(each, start=0 if at == 0 else each.start) for at, each in enumerate(spans)]
    return spans


def _divided(grid: Grid, spans: Sequence[_Span]) -> Blocks:
    header = spans[0].header
    above = grid.head(header)
    alike = all(span.words == spans[0].words and span.header == header for span in spans)
    headed = [any(clean_cell(cell or "") for row in above for cell in row[each.start : each.end]) for each in spans]
    apart = all(headed) and any(_each_has_its_own(row, spans) for row in above)
    if alike and not apart:
        return _joined(grid, spans)
    first = min(span.header for span in spans)
    return Blocks(tuple(_only(grid, span.start, span.end, first) for span in spans))


def _each_has_its_own(row: Cells, spans: Sequence[_Span]) -> bool:
    """Whether a row above the header has one text over each block: a title of its own for each."""
    texts = [[cell for cell in row[span.start : span.end] if cell and clean_cell(cell)] for span in spans]
    return all(len(each) == 1 for each in texts) and not any(each[0].rstrip().endswith((":", "：")) for each in texts)


def _only(grid: Grid, start: int, end: int, shared: int) -> Grid:
    """The grid with the cells of some columns alone. Of the first `shared` rows a line that holds one text, without a
    colon, is a title that stands over all blocks and stays. Empty rows at the foot are left off."""
    titles = [at for at, row in enumerate(grid.head(shared)) if _is_title(row)]
    columns: list[pa.Array] = []
    for index, column in enumerate(grid.table.columns):
        if start <= index < end:
            columns.append(column)
        else:
            kept = column.take(pa.array(titles, pa.int64())).to_pylist() if titles else []
            cells: list[str | None] = [None] * grid.rows
            for at, cell in zip(titles, kept, strict=True):
                cells[at] = cell
            columns.append(pa.chunked_array([pa.array(cells, pa.string())]))
    table = pa.table(columns, names=grid.table.column_names)
    rows = max((_last(column) for column in table.columns), default=-1) + 1
    merges = tuple(each for each in grid.merges if start < each[1] <= end)
    doubts = tuple(each for each in grid.doubts if any(start < column <= end for column in each.columns))
    return replace(
        grid,
        table=table.slice(0, rows),
        row_numbers=grid.row_numbers.slice(0, rows),
        merges=merges,
        notes=(),
        widths=(),
        doubts=doubts,
        kinds={
            name: kinds.slice(0, rows) for name, kinds in grid.kinds.items() if start <= int(name[1:]) < end
        },
    )


def _is_title(row: Cells) -> bool:
    texts = [cell for cell in row if cell and clean_cell(cell)]
    return len(texts) == 1 and ":" not in texts[0] and "：" not in texts[0]


def _last(column: pa.ChunkedArray) -> int:
    """The last position that is not empty; -1 if all are."""
    filled = np.flatnonzero(np.asarray(column.is_valid()))
    return int(filled[-1]) if len(filled) else -1


def _joined(grid: Grid, spans: Sequence[_Span]) -> Blocks:
    """One table of all parts: their rows one part after another, then the totals and notes at the foot of the first."""
    start = spans[0].found.tables[0].start
    rows = grid.head(grid.rows)
    width = len(grid.table.columns)
    foot = _foot(rows, spans, start)
    order = [(at, 0, rows[at]) for at in range(start)]
    for span in spans:
        cells = [(at, rows[at][span.start : span.end]) for at in range(start, foot)]
        while cells and not any(cell and clean_cell(cell) for cell in cells[-1][1]):
            cells.pop()
        order += [(at, span.start, part) for at, part in cells]
    order += [(at, 0, rows[at]) for at in range(foot, grid.rows)]
    # the header is that of the first part alone: the words that come again are no columns of the joined table
    of_header = range(spans[0].header, start)
    lines = [[*(part[: spans[0].end] if at in of_header else part), *[None] * width][:width] for at, _, part in order]
    numbers = grid.row_numbers.take(pa.array([at for at, _, _ in order], pa.int64()))
    columns = [pa.array([line[index] for line in lines], pa.string()) for index in range(width)]
    table = pa.table(columns, names=grid.table.column_names)
    kinds = _joined_kinds(grid, [(at, shift) for at, shift, _ in order], width)
    joined = replace(grid, table=table, row_numbers=numbers, merges=(), notes=(), widths=(), kinds=kinds)
    return Blocks((joined,), tuple(shift for _, shift, _ in order))


def _foot(rows: Sequence[Cells], spans: Sequence[_Span], start: int) -> int:
    """The row from which on the first part holds what is said of all parts: below the last row of the others."""
    others = [
        at
        for at in range(start, len(rows))
        if any(cell and clean_cell(cell) for span in spans[1:] for cell in rows[at][span.start : span.end])
    ]
    after = (others[-1] if others else start) + 1
    for at in range(after, len(rows)):
        first = next((cell for cell in rows[at] if cell and clean_cell(cell)), None)
        if first is not None and (total_label(first) or ":" in first or "：" in first):
            return at
    return len(rows)


def _joined_kinds(grid: Grid, order: Sequence[tuple[int, int]], width: int) -> dict[str, pa.Array]:
    """The kinds of the cells of joined parts: of each line the row that it comes from and how far its cells moved."""
    kinds = {int(name[1:]): values.to_pylist() for name, values in grid.kinds.items()}
    found: dict[str, pa.Array] = {}
    for index in range(width if kinds else 0):
        cells = [kinds[index + shift][at] if index + shift in kinds else CellKind.TEXT for at, shift in order]
        if any(cells):
            found[f"c{index}"] = pa.array(cells, pa.int8())
    return found
