"""Finds the tables of a grid by their header rows alone, wherever these stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.pages import Grid
from auditor.documents.recognition.hypotheses import MatrixReading, TableReading
from auditor.documents.recognition.kinds import SAMPLE, kind_of
from auditor.documents.tables.bands import (
    UnreadTable,
    ValueColumns,
    is_band,
    is_value,
    names_other_columns,
    unread_table,
    value_columns,
)
from auditor.documents.tables.deciding import called, winners
from auditor.documents.tables.grid_rows import Rows
from auditor.documents.tables.own_titles import titled_anew
from auditor.documents.tables.recognise import Claim, claims, enough, header_texts, is_label
from auditor.documents.tables.shaping import header_lines
from auditor.documents.vocabulary import Vocabulary
from auditor.errors import AuditorError
from auditor.records.model import FieldType
from auditor.values.text import clean_cell

_SAMPLES = 20

Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A header row with its body: rows `start` to `end` (from 0, end excluded); `first` to `start` is the header."""

    grid: Grid
    first: int
    start: int
    end: int
    headers: tuple[str, ...]
    claim: Claim
    repeated: tuple[int, ...] = ()  # rows of the body that repeat the header


@dataclass(frozen=True, slots=True)
class FoundMatrix:
    """A matrix: rows `first` to `end` (from 0, end excluded), what stands down, across and in its cells, and what the
    user's answer declares of it."""

    grid: Grid
    first: int
    end: int
    record: str
    matrix: MatrixReading
    declared: Declarations = NOTHING_DECLARED


@dataclass(frozen=True, slots=True)
class Rivals:
    """Several record types with an equal claim on one header row."""

    grid: Grid
    row: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of a grid, header rows that several types claim, the nearest claim where there is no table, and the
    tables beside those found that are not read."""

    tables: tuple[FoundTable, ...]
    rivals: tuple[Rivals, ...] = ()
    nearest: Claim | None = None
    nearest_row: int | None = None
    unread: tuple[UnreadTable, ...] = ()
    readings: tuple[TableReading, ...] = ()
    matrices: tuple[FoundMatrix, ...] = ()
    problems: tuple[AuditorError, ...] = ()  # of tables about which several answers fit alike


@dataclass(frozen=True, slots=True)
class _Header:
    first: int
    last: int
    texts: tuple[tuple[str, ...], ...]
    claims: tuple[Claim, ...]


def find_tables(
    grid: Grid,
    vocabulary: Vocabulary,
    names: Callable[[int], Sequence[str]],
    given: Callable[[int], set[str]],
) -> Found:
    """All tables of a grid.

    `names(row)` gives the names around a header row, nearest first; `given(row)` the fields that the heading above it
    holds. Every header row starts a table; the same header again without a heading in between continues it.
    """
    rows = Rows(grid)
    headers: list[_Header] = []
    partial: dict[int, Claim] = {}
    looked: set[int] = set()
    pending = list(rows)
    while pending:
        index = pending.pop(0)
        if index in looked:
            continue
        looked.add(index)
        if _known(rows[index], vocabulary) < 2 or _holds_values(rows[index]):
            continue
        above = headers[-1].last + 1 if headers else 0
        header = _best_header(rows, index, above, vocabulary, given(index))
        if header is None:
            continue
        best = header.claims[0]
        if not _accepted(best, vocabulary):
            named = called(header.claims, vocabulary.types, names(header.first))
            best = named if named is not None else best
            header = replace(header, claims=(best,)) if named is not None else header
        if not _accepted(best, vocabulary):
            if len(best.columns) >= 2:
                partial[index] = best
            continue
        headers.append(header)
        looked.update(range(header.first, header.last + 1))
        if len(headers) == 1:
            _look_further(rows, best, vocabulary)
            pending = [row for row in rows if row > header.last]
    tables, rivals = _decide(grid, rows, headers, vocabulary, names)
    tables, unread = _without_bands(rows, tables, rivals, partial, vocabulary)
    nearest = max(partial, key=lambda row: (_nearness(partial[row]), -row), default=None)
    return Found(tables, rivals, partial[nearest] if nearest is not None else None, nearest, unread)


def _without_bands(
    rows: Rows,
    tables: Sequence[FoundTable],
    rivals: Sequence[Rivals],
    partial: Mapping[int, Claim],
    vocabulary: Vocabulary,
) -> tuple[tuple[FoundTable, ...], tuple[UnreadTable, ...]]:
    """The tables, each ended by the first header band in it that no type claims, and what these bands begin."""
    unread: list[UnreadTable] = []
    first = min([table.first for table in tables] + [rival.row for rival in rivals], default=0)
    looked = sorted(rows)
    at = 0
    for index in (row for row in looked if row < first):
        if index >= at and is_band(rows.after(index), None, vocabulary):
            at = _end_of_block(rows, index, first)
            unread.append(unread_table(rows.between(index, at), index, at, partial.get(index)))
    kept = []
    for table in tables:
        columns = value_columns(table.claim, vocabulary.types[table.claim.record])
        inside = (row for row in looked if table.start <= row < table.end and row not in table.repeated)
        band = next((row for row in inside if _begins_another(rows, row, table, columns, vocabulary)), None)
        if band is not None:
            unread.append(unread_table(rows.between(band, table.end), band, table.end, partial.get(band)))
            repeated = tuple(row for row in table.repeated if row < band)
            table = replace(table, end=band, repeated=repeated)
        kept.append(table)
    return tuple(kept), tuple(sorted(unread, key=lambda each: each.first))


def _begins_another(
    rows: Rows, at: int, table: FoundTable, columns: ValueColumns, vocabulary: Vocabulary
) -> bool:
    """Whether a row in the body of a table is a header of another one."""
    if is_band(rows.after(at), columns, vocabulary):
        return True
    if sum(bool(cell and clean_cell(cell)) for cell in rows[at - 1]) > 1:
        return False
    if names_other_columns(rows[at], table.headers):
        return True
    return columns == ValueColumns() and is_band(rows.after(at), None, vocabulary)


def _end_of_block(rows: Rows, start: int, end: int) -> int:
    """Where a block of filled rows ends."""
    for index in range(start, end):
        if not any(cell and cell.strip() for cell in rows[index]):
            return index
    return end


def _look_further(rows: Rows, claim: Claim, vocabulary: Vocabulary) -> None:
    fields = vocabulary.types[claim.record].fields
    typed = [
        column
        for column in claim.columns
        if column.role in fields and fields[column.role].type in (FieldType.DATE, FieldType.MONEY, FieldType.INTEGER)
    ]
    required = [column for column in typed if fields[column.role].required] or typed
    if required:
        rows.add_rows_without_data(required[0].index)


def _accepted(claim: Claim, vocabulary: Vocabulary) -> bool:
    return claim.complete and enough(claim, vocabulary.types[claim.record])


def _nearness(claim: Claim) -> tuple[int, int]:
    return len(claim.columns) - 2 * len(claim.missing), len(claim.columns)


def _holds_values(cells: Cells) -> bool:
    """Whether a row holds a day or two figures: a row of a table, whose words may be headers elsewhere (`Freight`)."""
    kinds = kind_of([cell for cell in cells if cell and clean_cell(cell)][:SAMPLE], 1)
    return kinds.date * kinds.count >= 1000 or kinds.figure * kinds.count >= 2000


def _known(cells: Cells, vocabulary: Vocabulary) -> int:
    return sum(1 for cell in cells if cell and not cell[0].isdigit() and not is_label(cell) and vocabulary.knows(cell))


def _best_header(rows: Rows, index: int, above: int, vocabulary: Vocabulary, given: set[str]) -> _Header | None:
    """The best reading of the header at a row: alone, or together with the row below or above (not beyond `above`)."""
    bands = [(index, index)]
    if header_lines(rows, index, index)[1] > index:
        bands = [(index, index + 1)]  # words over values, where the line above leaves columns open, are part of it
    elif _may_be_header(rows[index + 1], vocabulary):
        bands.append((index, index + 1))
    if index > above and _may_be_group(rows[index - 1], rows[index]):
        bands += [(first - 1, last) for first, last in list(bands)]
    best: _Header | None = None
    for first, last in bands:
        texts = header_texts([rows[row] for row in range(first, last + 1)])
        found = claims(texts, _samples(rows, last + 1, len(texts)), vocabulary, given)
        if found and (best is None or _better(found[0], best.claims[0], vocabulary)):
            best = _Header(first, last, texts, tuple(found))
    return best


def _better(one: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    return (_accepted(one, vocabulary), *_size(one)) > (_accepted(other, vocabulary), *_size(other))


def _size(claim: Claim) -> tuple[int, int]:
    return len(claim.columns) + len(claim.day_columns), -len(claim.missing)


def _may_be_header(cells: Cells, vocabulary: Vocabulary) -> bool:
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    if not filled or any(cell[0].isdigit() or len(cell) > 30 or is_label(cell) for cell in filled):
        return False
    return any(vocabulary.knows(cell) or cell in ("月", "日") for cell in filled)


def _may_be_group(above: Cells, below: Cells) -> bool:
    """A line of group headers holds at least two texts and no colon, and leaves no column alone that it must name."""
    filled = [clean_cell(cell) for cell in above if cell and clean_cell(cell)]
    if len(filled) < 2 or any(":" in cell or "：" in cell or len(cell) > 30 for cell in filled):
        return False
    return not any(is_value(cell) and not cell.endswith("年") for cell in filled)


def _samples(rows: Rows, start: int, width: int) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in range(width)]
    for index in range(start, start + _SAMPLES):
        for column, cell in enumerate(rows[index][:width]):
            if cell and cell.strip():
                columns[column].append(cell)
    return columns


def _decide(
    grid: Grid, rows: Rows, headers: Sequence[_Header], vocabulary: Vocabulary, names: Callable[[int], Sequence[str]]
) -> tuple[tuple[FoundTable, ...], tuple[Rivals, ...]]:
    tables: list[FoundTable] = []
    rivals: list[Rivals] = []
    for position, header in enumerate(headers):
        end = headers[position + 1].first if position + 1 < len(headers) else grid.rows
        # over the columns of month and day stands the year
        days = header.claims[0].day_columns
        texts = tuple((each[0] if at in days else each[-1]) if each else "" for at, each in enumerate(header.texts))
        previous = tables[-1] if tables else None
        if previous and previous.headers == texts and not _begins_anew(rows, previous, header.first):
            repeated = (*previous.repeated, *range(header.first, header.last + 1))
            tables[-1] = FoundTable(grid, previous.first, previous.start, end, texts, previous.claim, repeated)
            continue
        best = winners(header.claims, vocabulary.types, names(header.first))
        if len(best) > 1:
            rivals.append(Rivals(grid, header.first, tuple(best)))
            continue
        tables.append(FoundTable(grid, header.first, header.last + 1, end, texts, best[0]))
    return tuple(tables), tuple(rivals)


def _begins_anew(rows: Rows, table: FoundTable, again: int) -> bool:
    """Whether the header of a table that comes again begins another one."""
    return _heading_between(rows, table, again) or titled_anew(rows, table.first, again)


def _heading_between(rows: Rows, table: FoundTable, end: int) -> bool:
    """Whether `label: value` lines stand between the last row of data and the header that comes again."""
    for index in range(end - 1, max(table.start, end - 12) - 1, -1):
        cells = [cell for cell in rows[index] if cell and cell.strip()]
        if len(cells) > 4 or (cells and cells[0][0].isdigit()):
            return False
        if any(("：" in cell or ":" in cell) for cell in cells):
            return True
    return False
