"""What stands around the tables of a grid: its names, and the records in its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.documents.context import Context
from auditor.documents.errors import AmbiguousTable
from auditor.documents.fields import Spec, read_one
from auditor.documents.headers import unit_of_heading
from auditor.documents.layouts.layout import Layout
from auditor.documents.model import Ignored, Remark
from auditor.documents.pages import Grid
from auditor.documents.recognition.hypotheses import TableReading
from auditor.documents.single_values import decided_together, question_of
from auditor.documents.tables.finder import Found
from auditor.documents.tables.heading_values import named_after
from auditor.documents.tables.headings import Heading, Pair, of_heading, pairs_of_row
from auditor.documents.tables.reading import TableResult
from auditor.documents.tables.recognise import Claim, title_fit
from auditor.documents.tables.rows import is_known_label
from auditor.documents.vocabulary import Vocabulary
from auditor.errors import AuditorError, Place
from auditor.records.model import FieldType, RecordType
from auditor.values.parsers import Declared
from auditor.values.text import clean_cell, is_chinese

_HEAD = 80  # rows from the top in which headings are looked for
ABOVE = 30  # rows above a table that may be its heading
_FIGURE = re.compile(r"[^\d,.]{0,5}[\d.,'’ ]*\d[^\d]{0,5}")
_FILLED = 3  # cells of a row of data
_CLOSE = 12  # rows above a header that may be its heading
_LINES = 6  # lines of text above a table that may name it
# `2026年`, `2026年10月` or `12月份总账单` over a table speaks of its lines
_PERIOD = re.compile(r"20\d\d\s*年(?!\s*\d+\s*月\s*\d)|\d{1,2}\s*月(?!\s*\d)")


@dataclass(slots=True)
class GridResult:
    """What one grid gave. `heading_records` are (type, values, source) of records that stand in headings."""

    tables: list[TableResult] = field(default_factory=list)
    heading_records: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    rows_seen: int = 0
    nearest: Claim | None = None
    nearest_row: int | None = None
    has_text: bool = False
    layout: Layout | None = None
    asked: list[str] = field(default_factory=list)  # record types of headings that lack a value which cannot be read
    remarks: list[Remark] = field(default_factory=list)
    unread: list[Grid] = field(default_factory=list)  # what of the grid was not read: parts of it, or all
    readings: list[TableReading] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The pairs and lines of text of a grid outside its data, in the order of rows."""

    pairs: tuple[Pair, ...]
    lines: tuple[tuple[int, str], ...]
    last: int = -1  # the last row of data

    def above(self, row: int, since: int, sheet_has_one_table: bool = False) -> Heading:
        """The heading of a table whose header is at `row`; the table before it ends at `since`."""
        own = [pair for pair in self.pairs if since <= pair.row - 1 < row]
        farther = [pair for pair in self.pairs if pair.row - 1 < since]
        below = [pair for pair in self.pairs if pair.row - 1 >= row] if sheet_has_one_table else []
        # what lines between the data say of some rows is no value of all of them
        inside = {pair.key for pair in below if pair.row - 1 < self.last}
        differ = {key for key in inside if len({p.value for p in (*own, *below) if p.key == key and p.value}) > 1}
        own = [pair for pair in own if pair.key not in differ]
        below = [pair for pair in below if pair.key not in differ]
        lines = [text for at, text in self.lines if row - ABOVE <= at < row]
        return Heading((*own, *farther, *below), tuple(lines), own=len(own))

    def heading_between(self, start: int, row: int) -> bool:
        """Whether `label: value` pairs stand right above a row, below the table that begins at `start`."""
        return any(max(start, row - _CLOSE) <= pair.row - 1 < row and pair.sure for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class _HeadingRecord:
    """What a heading holds of one record type. `incomplete`: a required value cannot be read, so it is no record."""

    record: str
    values: dict[str, Any]
    unread: dict[str, tuple[Pair, AuditorError]]
    incomplete: bool
    fit: int

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better: more values, then a title that fits better."""
        return -len(self.values), -self.fit


def surroundings(grid: Grid, vocabulary: Vocabulary) -> Surroundings:
    """All `label: value` pairs and lines of text of a grid; of a large one those of its beginning and end."""
    pieces = [(0, grid.rows)] if grid.rows <= 5000 else [(0, _HEAD), (grid.rows - _HEAD, _HEAD)]
    looked_at = [(start + at, cells) for start, count in pieces for at, cells in enumerate(grid.head(count, start))]
    pairs: list[Pair] = []
    lines: list[tuple[int, str]] = []
    last = -1
    for index, cells in looked_at:
        texts = [cell for cell in cells if cell and clean_cell(cell)]
        last = index if len(texts) >= _FILLED and any(_is_data([text]) for text in texts) else last
        if not texts or index in grid.group_rows:
            continue
        found, others = pairs_of_row(cells, index + 1, grid.number, lambda text: is_known_label(text, vocabulary))
        if not any(_is_data([text]) for text in others) or len(others) <= 1:
            pairs += of_heading(found, others, len(texts))
        if others and len(others) <= 3 and not _is_data(others):
            lines += [(index, text) for text in others]
    return Surroundings(tuple(pairs), tuple(lines), last)


def _is_data(texts: Sequence[str]) -> bool:
    return all(text.strip()[:1].isdigit() and len(text) < 20 and not _PERIOD.match(text.strip()) for text in texts)


def names_around(context: Context, grid: Grid, around: Surroundings, row: int) -> tuple[str, ...]:
    lines = " ".join(text for at, text in around.lines if row - _LINES <= at < row)
    return (lines, grid.name, *context.names[:1], "/".join(context.names[1:]))


def heading_records(context: Context, grid: Grid, around: Surroundings, found: Found, result: GridResult) -> None:
    """Records that stand in the heading: those from which lines of this grid take values, those that the sheet is named
    after, and, where there is no table, the one that fits best."""
    inherited = {
        each.inherit
        for table in found.tables
        for each in context.types[table.claim.record].fields.values()
        if each.inherit
    }
    names = names_around(context, grid, around, min((table.first for table in found.tables), default=ABOVE))
    lines = {table.claim.record for table in found.tables}
    together = _decided(around, context)
    candidates = []
    for name, record_type in context.types.items():
        if name in lines or record_type.is_line:
            continue
        if found.tables and name not in inherited and not named_after(record_type, names[:3]):
            continue
        values, unread = heading_values(record_type, around, together)
        missing = {field for field, each in record_type.fields.items() if each.required and field not in values}
        if (values or unread) and missing <= set(unread) and (found.tables or len(values) >= 3):
            candidates.append(_HeadingRecord(name, values, unread, bool(missing), title_fit(record_type, names)))
    if not found.tables and not found.rivals:
        candidates = _best(context, grid, candidates, result)
    for each in sorted(candidates, key=lambda candidate: candidate.record):
        result.problems += [_unread(context, grid, around, *unread) for unread in each.unread.values()]
        if each.incomplete:
            result.asked.append(each.record)
            continue
        source = _source_of(around.pairs, context.types[each.record], grid)
        result.heading_records.append((each.record, {**each.values, **source}))
        context.headings[each.record] = each.values


def _unread(
    context: Context, grid: Grid, around: Surroundings, pair: Pair, problem: AuditorError
) -> AuditorError:
    """A value of the heading that cannot be read, at its line; one that can be read in two ways as a question."""
    place = place_of(context, grid, pair.row - 1)
    question = question_of(problem, place, pair.label, [each.value for each in around.pairs], context.path)
    if question is not None:
        return question
    return type(problem)(place, f"{pair.label}: {pair.value}", **problem.values)


def place_of(context: Context, grid: Grid, row: int) -> Place:
    """Where a row of a grid (from 0) stands: its line, or of a PDF its page."""
    if grid.boxes is not None:
        return Place(context.path, None, None, f"page {grid.boxes[row][0].page}" if grid.boxes[row] else None)
    return Place(context.path, grid.row_numbers[row].as_py(), None, grid.name or None)


def _best(context: Context, grid: Grid, candidates: list[_HeadingRecord], result: GridResult) -> list[_HeadingRecord]:
    """The candidate with the most values; of several the one that the names around fit best."""
    ordered = sorted(candidates, key=lambda each: (*each.rank, each.record))
    if len(ordered) > 1 and ordered[0].rank == ordered[1].rank:
        names = [each.record for each in ordered if each.rank == ordered[0].rank]
        result.problems.append(
            AmbiguousTable(
                Place(context.path, None, None, grid.name or None),
                candidates=", ".join(names),
                first=names[0],
                path=context.path,
            )
        )
        return []
    return ordered[:1]


def heading_values(
    record_type: RecordType, around: Surroundings, together: Declared
) -> tuple[dict[str, Any], dict[str, tuple[Pair, AuditorError]]]:
    """The fields of a record type that stand in the pairs, typed; and those that cannot be read, with the problem.
    `together`: how the dates and figures of the whole heading are read."""
    heading = Heading(around.pairs)
    lines = [text for _, text in around.lines]
    unit = unit_of_heading(((pair.key, pair.value) for pair in around.pairs), lines)
    scale = (unit.numerator, unit.denominator) if unit else (1, 1)
    values: dict[str, Any] = {}
    unread: dict[str, tuple[Pair, AuditorError]] = {}
    for name, each in record_type.fields.items():
        pair = heading.first(each.headers) if each.headers else None
        if pair is None:
            continue
        declared = replace(
            together, short_order=together.short_order or "mdy", unit=each.unit, choices=dict(each.choices)
        )
        of_money = scale if each.type is FieldType.MONEY else (1, 1)
        found = read_one(pair.value, Spec(name, each.type, "", declared, *of_money))
        if found.problem is not None:
            unread[name] = pair, found.problem
        elif found.value is not None:
            values[name] = found.value
    return values, unread


def _decided(around: Surroundings, context: Context) -> Declared:
    """How the dates and figures of a heading are read, from all of its values together."""
    lines = [text for _, text in around.lines]
    texts = [(FieldType.DATE, pair.value) for pair in around.pairs]
    texts += [(FieldType.MONEY, pair.value) for pair in around.pairs if _FIGURE.fullmatch(pair.value.strip())]
    chinese = any(is_chinese(text) for text in (*(pair.label for pair in around.pairs), *lines))
    return decided_together(texts, context, chinese=chinese, lines=[*lines, *(pair.value for pair in around.pairs)])


def _source_of(pairs: Sequence[Pair], record_type: RecordType, grid: Grid) -> dict[str, Any]:
    heading = Heading(tuple(pairs))
    used = [pair for each in record_type.fields.values() if each.headers and (pair := heading.first(each.headers))]
    lines = sorted({(pair.row, pair.label, pair.value) for pair in used})
    raw = "\n".join(f"{label}: {value}" for _, label, value in lines)
    row = lines[0][0] if lines else 1
    page = grid.boxes[row - 1][0].page if grid.boxes is not None else grid.number
    number = grid.row_numbers[row - 1].as_py()
    return {"_page": page, "_row": number, "_raw": raw, "_via": grid.via}
