"""One grid, from its cells to the results of its tables and headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from auditor.documents.context import Context
from auditor.documents.errors import AmbiguousTable
from auditor.documents.layouts.layout import Layout
from auditor.documents.model import Ignored, Remark
from auditor.documents.pages import Grid
from auditor.documents.recognition.shapes import signature
from auditor.documents.tables.answers import Answers
from auditor.documents.tables.doubts import with_doubts
from auditor.documents.tables.evidence import Surrounding, with_evidence
from auditor.documents.tables.finder import Found, FoundTable, find_tables
from auditor.documents.tables.group_lines import with_groups
from auditor.documents.tables.heading_values import given_fields, month_of_days
from auditor.documents.tables.matrix import read_matrix
from auditor.documents.tables.reading import Sheet, TablesAbove
from auditor.documents.tables.recognise import Claim
from auditor.documents.tables.results import finish
from auditor.documents.tables.rows import REASONS, Kind
from auditor.documents.tables.side_by_side import Blocks, blocks_of
from auditor.documents.tables.stated import body_of
from auditor.documents.tables.surroundings import (
    GridResult,
    Surroundings,
    heading_records,
    names_around,
    surroundings,
)
from auditor.documents.tables.totals import sums_of
from auditor.documents.tables.typed_rows import read_table
from auditor.documents.tables.unread_tables import tell_of_table
from auditor.documents.vocabulary import Vocabulary
from auditor.errors import Place
from auditor.languages import Text

_ROWS = "<rows>"
_APART = Text(
    "tables side by side, each read by itself; the rows of each are counted",
    "左右并排的表格已分别读取，行数按各表分别计算",
)
_JOINED = Text(
    "one table in blocks side by side, read one after another; the rows of each are counted",
    "同一表格分左右栏排列，已依次读取，行数按各栏分别计算",
)


def _rows(grid: Grid, indices: Iterable[int]) -> Iterable[tuple[int, list[str | None]]]:
    wanted = list(indices)
    table = grid.table if len(wanted) == grid.rows else grid.table.take(pa.array(wanted))
    columns = [column.to_pylist() for column in table.columns]
    for at, index in enumerate(wanted):
        yield index, [column[at] for column in columns]


def read_grid(context: Context, grid: Grid, layout: Layout | None) -> GridResult:
    """Find and read all tables of a grid, and the records that stand in its headings."""
    vocabulary = context.knowledge.deciding
    if layout is not None:
        amended = layout.amended(context.types[layout.record])
        vocabulary = Vocabulary.of({layout.record: amended}, layout.more_roles())
    grid, plain = with_groups(grid, context.readings.has_groups), grid
    around = surroundings(grid, context.vocabulary)
    worded = _by_words(context, grid, around, vocabulary)
    found = _with_evidence(context, grid, around, worded) if layout is None else worded
    if layout is None and not found.matrices:
        blocks = blocks_of(
            plain, worded, lambda each: _by_words(context, each, surroundings(each, vocabulary), vocabulary)
        )
        if blocks is not None:
            return _side_by_side(context, plain, blocks, vocabulary)
    return _read_found(context, grid, around, found, layout)


def _find(context: Context, grid: Grid, around: Surroundings, vocabulary: Vocabulary) -> Found:
    return _with_evidence(context, grid, around, _by_words(context, grid, around, vocabulary))


def _by_words(context: Context, grid: Grid, around: Surroundings, vocabulary: Vocabulary) -> Found:
    """The tables that whole header words tell."""
    return find_tables(
        grid,
        vocabulary,
        lambda row: names_around(context, grid, around, row),
        lambda row: given_fields(context, around.above(row, 0)),
    )


def _with_evidence(context: Context, grid: Grid, around: Surroundings, worded: Found) -> Found:
    surrounding = Surrounding(
        lambda row: names_around(context, grid, around, row),
        lambda row: around.above(row, 0, not worded.tables),
        around.heading_between,
        lambda row: month_of_days(context, around.above(row, 0, not worded.tables), grid.name),
    )
    company = Answers(context.path, context.readings, context.decided)
    return with_evidence(worded, grid, context.knowledge, surrounding, company)


def _read_found(
    context: Context,
    grid: Grid,
    around: Surroundings,
    found: Found,
    layout: Layout | None,
    shifts: Sequence[int] = (),
) -> GridResult:
    result = GridResult(rows_seen=grid.rows, nearest=found.nearest, nearest_row=found.nearest_row, layout=layout)
    result.readings += found.readings
    result.has_text = any(column.null_count < grid.rows for column in grid.table.columns)
    if found.tables or not found.matrices:
        heading_records(context, grid, around, found, result)
    for matrix in found.matrices:
        result.tables.append(read_matrix(context, grid, matrix, around.above(matrix.first, 0, not found.tables)))
    _read_tables(context, grid, around, found, result, layout, shifts)
    result.problems += found.problems
    result.problems += [_ambiguous(context, grid, rival.row, rival.claims) for rival in found.rivals]
    if found.tables or found.matrices or result.heading_records:
        for table in found.unread:
            tell_of_table(context, grid, table, result)
    _ignore_the_rest(context, grid, found, result)
    return result


def _side_by_side(context: Context, grid: Grid, blocks: Blocks, vocabulary: Vocabulary) -> GridResult:
    """Each block as a sheet of its own, or all of them as one. The rows of each are counted."""
    whole = GridResult(has_text=True)
    for each in blocks.grids:
        block = with_groups(each)
        around = surroundings(block, vocabulary)
        found = _find(context, block, around, vocabulary)
        part = _read_found(context, block, around, found, None, blocks.shifts)
        whole.tables += part.tables
        whole.heading_records += part.heading_records
        whole.problems += part.problems
        whole.ignored += part.ignored
        whole.remarks += part.remarks
        whole.unread += part.unread
        whole.readings += part.readings
        whole.rows_seen += part.rows_seen
    if whole.tables:
        place = Place(context.path, None, None, grid.name or None)
        whole.tables[0].remarks.append(Remark(str(place), _JOINED if blocks.shifts else _APART))
    return whole


def _ambiguous(context: Context, grid: Grid, row: int, claims: Sequence[Claim]) -> AmbiguousTable:
    names = [claim.record for claim in claims]
    number = grid.row_numbers[row].as_py()
    return AmbiguousTable(
        Place(context.path, number, None, grid.name or None),
        candidates=", ".join(names),
        first=names[0],
        path=context.path,
    )


# --- tables -----------------------------------------------------------------------------------------------------------


def _read_tables(
    context: Context,
    grid: Grid,
    around: Surroundings,
    found: Found,
    result: GridResult,
    layout: Layout | None,
    shifts: Sequence[int],
) -> None:
    since = 0
    above: dict[str, Counter[str]] = {}
    for table in found.tables:
        heading = around.above(table.first, since, len(found.tables) == 1)
        sheet = replace(_sheet(table), shifts=tuple(shifts[table.start : table.end]))
        record = table.claim.record
        earlier = context.sums.setdefault((record, signature(table.headers)), Counter())
        before = above.setdefault(record, Counter(earlier))
        reading = read_table(context, sheet, heading, layout, TablesAbove(dict(before), before[_ROWS]))
        reading = with_doubts(reading, grid.doubts)
        done = finish(reading)
        own = {**sums_of(body_of(reading)), _ROWS: int(reading.records.sum())}
        before.update(own)
        earlier.update(own)
        result.tables.append(done)
        kept = np.flatnonzero(reading.records)
        since = table.start + (int(kept[-1]) + 1 if len(kept) else 0)


def _sheet(table: FoundTable) -> Sheet:
    """The body of a table, with the page, number and place of each row."""
    grid = table.grid
    length = table.end - table.start
    body = grid.table.slice(table.start, length)
    numbers = grid.row_numbers.slice(table.start, length).to_numpy(zero_copy_only=False).astype(np.int32)
    pages = np.full(length, grid.number, dtype=np.int32)
    boxes: tuple[str | None, ...] | None = None
    scores: tuple[tuple[int | None, ...], ...] = ()
    if grid.boxes is not None:
        mine = grid.boxes[table.start : table.end]
        boxes = tuple(_extent(row) for row in mine)
        scores = tuple(tuple(box.score for box in row) for row in mine) if grid.via == "ocr" else ()
        pages = np.array([row[0].page if row else grid.number for row in mine], dtype=np.int32)
    merges = tuple(
        (left - 1, top - 1 - table.start, bottom - 1 - table.start)
        for top, left, bottom, right in grid.merges
        if bottom > top and left == right and top - 1 >= table.start and top - 1 < table.end
    )
    numbered = [int(page) for page in np.unique(pages)] or [grid.number]
    names = {page: grid.name if boxes is None else f"page {page}" for page in numbered}
    return Sheet(
        body,
        pages,
        numbers,
        names,
        table.headers,
        table.claim,
        frozenset(row - table.start for row in table.repeated),
        boxes,
        merges,
        grid.via,
        grid.delimited,
        (max(grid.widths[table.first : table.start]), *grid.widths[table.start : table.end]) if grid.widths else (),
        kinds={name: kinds.slice(table.start, length) for name, kinds in grid.kinds.items()},
        group_lines=frozenset(row - table.start for row in grid.group_rows if table.start <= row < table.end),
        scores=scores,
    )


def _extent(row: Sequence[Any]) -> str | None:
    filled = [box for box in row if box.x1 > box.x0]
    if not filled:
        return None
    from auditor.documents.pages import Box

    whole = Box(
        filled[0].page,
        min(box.x0 for box in filled),
        min(box.top for box in filled),
        max(box.x1 for box in filled),
        max(box.bottom for box in filled),
    )
    return whole.as_text()


# --- what stands outside of tables ------------------------------------------------------------------------------------


def _ignore_the_rest(context: Context, grid: Grid, found: Found, result: GridResult) -> None:
    """Rows above the first table, header rows, and rows between tables are accounted for, too."""
    covered = np.zeros(grid.rows, dtype=bool)
    headers = np.zeros(grid.rows, dtype=bool)
    for table in found.tables:
        covered[table.start : table.end] = True
        headers[table.first : table.start] = True
    for matrix in found.matrices:
        covered[matrix.first : matrix.end] = True
    unread = np.zeros(grid.rows, dtype=bool)
    for each in found.unread if result.tables or result.heading_records else ():
        unread[each.first : each.end] = True
    nothing = not result.tables and not result.heading_records and not result.asked
    first = 0 if nothing else min((rival.row for rival in found.rivals), default=grid.rows)
    rest = np.flatnonzero(~covered)
    if not len(rest):
        return
    groups: dict[Kind, list[int]] = {}
    for index, cells in _rows(grid, map(int, rest)):
        if headers[index]:
            kind = Kind.HEADER
        elif (index >= first or unread[index]) and any(cell and cell.strip() for cell in cells):
            kind = Kind.NOT_READ
        elif not any(cell and cell.strip() for cell in cells):
            kind = Kind.BLANK
        else:
            kind = Kind.HEADING
        groups.setdefault(kind, []).append(index)
    for kind, indices in groups.items():
        place = Place(context.path, grid.row_numbers[indices[0]].as_py(), None, grid.name or None)
        result.ignored.append(Ignored(str(place), REASONS[kind], len(indices)))
