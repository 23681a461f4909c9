"""Matrices of days and names on a grid: each filled cell is a record; totals stand at the right and at the foot.

A matrix is read in one direction only, days across: of one with days down the cells are turned, and their places turned
back. What its totals cover is known when all sheets of the document are read (`matrix_totals`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.documents.context import Context
from auditor.documents.errors import MatrixUnread, RowUnreadable
from auditor.documents.fields import Spec, read_one
from auditor.documents.headers import Unit, amount_unit, unit_of_heading
from auditor.documents.model import Ignored, Remark, UnreadRows
from auditor.documents.pages import Grid
from auditor.documents.recognition.hypotheses import MatrixReading
from auditor.documents.recognition.matrices import words_of_names
from auditor.documents.recognition.matrix_shape import Line, MatrixShape, matrix_shape
from auditor.documents.recognition.matrix_totals import MatrixFigures
from auditor.documents.recognition.shapes import letter
from auditor.documents.record_tables import rows_as_table
from auditor.documents.single_values import decided_together
from auditor.documents.tables.finder import FoundMatrix
from auditor.documents.tables.heading_values import month_of_days
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.proved_totals import said_of_sums
from auditor.documents.tables.reading import ReadMatrix, TableResult
from auditor.documents.tables.results import limited
from auditor.documents.tables.rows import REASONS, Kind
from auditor.documents.tables.totals import to_ticks
from auditor.errors import AuditorError, Place
from auditor.records.model import FieldType, RecordType
from auditor.values.errors import ImpossibleDate
from auditor.values.parsers import Declared
from auditor.values.text import clean_cell

_KINDS = {Line.TOTAL: Kind.TOTAL, Line.BLANK: Kind.BLANK, Line.HEADER: Kind.HEADER, Line.NAMELESS: Kind.PROBLEM}

Cell = tuple[int, int]  # row and column of the cells as they are turned


@dataclass(slots=True)
class _Reading:
    context: Context
    grid: Grid
    first: int  # the row of the grid at which the matrix begins
    type: RecordType
    at: MatrixReading
    shape: MatrixShape
    texts: Sequence[Sequence[str | None]]
    currency: str | None
    unit: Unit | None  # of all amounts, as the heading states it
    decimal: str | None = None  # the decimal mark, as all figures of the matrix show it
    records: dict[Cell, dict[str, Any]] = field(default_factory=dict)
    figures: dict[Cell, int] = field(default_factory=dict)
    problems: list[AuditorError] = field(default_factory=list)
    missed: list[Cell] = field(default_factory=list)  # cells that hold something and were not read

    @property
    def names(self) -> str:
        """The field of the names."""
        return self.at.across if self.shape.turned else self.at.down

    @property
    def days(self) -> str:
        """The field of the days."""
        return self.at.down if self.shape.turned else self.at.across

    def on_grid(self, cell: Cell) -> tuple[int, int]:
        """The row of the grid and the column, from 0, at which a cell stands."""
        row, column = (cell[1], cell[0]) if self.shape.turned else cell
        return self.first + row, column

    def text(self, cell: Cell) -> str:
        """A cell as the document has it."""
        row, column = self.on_grid(cell)
        cells = self.texts[row - self.first]
        return (cells[column] or "") if column < len(cells) else ""

    def unread(self, cell: Cell) -> UnreadRows:
        """A cell that was not read, with what is known of it."""
        row, day = self.on_grid(cell)[0], self.shape.axis.days.get(cell[1])
        known = {self.days: (day.isoformat(),)} if day else {}
        if self.shape.lines.get(cell[0]) is Line.NAMED:
            known[self.names] = (self.shape.name(cell[0]),)
        return UnreadRows(self.type.name, self.page(row), self.number(row), self.number(row), 1, self.at.cell, known)

    def number(self, row: int) -> int:
        return int(self.grid.row_numbers[row].as_py())

    def place(self, row: int, column: int | None = None) -> Place:
        """The place of a row of the grid, or of a cell of it."""
        if self.grid.boxes is not None:
            return Place(self.context.path, None, None, f"page {self.page(row)}")
        return Place(
            self.context.path, self.number(row), None if column is None else column + 1, self.grid.name or None
        )

    def page(self, row: int) -> int:
        boxes = self.grid.boxes[row] if self.grid.boxes is not None else ()
        return boxes[0].page if boxes else self.grid.number


def read_matrix(context: Context, grid: Grid, found: FoundMatrix, heading: Heading) -> TableResult:
    """The records of a matrix and what of it could not be read; its totals come with those of the other sheets
    (`matrix_totals`). Where the cells are no matrix of this kind, the result is empty and says so."""
    context = replace(context, declared=context.declared.or_else(found.declared))
    record_type = context.types[found.record]
    texts = grid.head(found.end - found.first, found.first)
    shape = _shape(context, grid, found, heading, record_type, texts)
    if shape is None:
        return _no_matrix(context, grid, found, record_type)
    currency, unit = _currency_and_unit(context, record_type, heading)
    reading = _Reading(context, grid, found.first, record_type, found.matrix, shape, texts, currency, unit)
    reading.decimal = _mark(reading)
    for cell in _cells(shape):
        _read_cell(reading, cell)
    _read_totals(reading)
    return _result(reading, found)


def _shape(
    context: Context, grid: Grid, found: FoundMatrix, heading: Heading, record_type: RecordType,
    texts: Sequence[Sequence[str | None]],
) -> MatrixShape | None:  # fmt: skip
    at, matrix = found.matrix, record_type.matrix
    if matrix is None:
        return None
    words = words_of_names(record_type.fields[matrix.names], context.types)
    month = month_of_days(context, heading, grid.name)
    order = context.declared.date_order
    return matrix_shape(texts, at.down == matrix.date, month, order, at.names_at, words, at.partners.__contains__)


def _currency_and_unit(context: Context, record_type: RecordType, heading: Heading) -> tuple[str | None, Unit | None]:
    """The currency and the unit of all amounts, as they are declared or the heading states them."""
    declared, each = context.declared, record_type.fields.get("currency")
    pair = heading.first(each.headers) if each is not None else None
    code = read_one(pair.value, Spec("currency", each.type)).value if pair and each is not None else None
    unit = unit_of_heading(((pair.key, pair.value) for pair in heading.pairs), heading.lines)
    unit = amount_unit(declared.unit) if declared.unit else unit
    return declared.currency or code or (unit.currency if unit else None), unit


def _mark(reading: _Reading) -> str | None:
    """The decimal mark of all figures together; numbers of a spreadsheet have none."""
    if reading.grid.kinds:
        return reading.context.declared.decimal
    texts = [(FieldType.MONEY, reading.text(cell)) for cell in _cells(reading.shape)]
    return decided_together(texts, reading.context, chinese=True).decimal


def _cells(shape: MatrixShape) -> Iterator[Cell]:
    """The cells of names and days in the order in which the document has them."""
    cells = [(row, column) for row in shape.named for column in shape.axis.places]
    yield from sorted(cells, key=lambda cell: (cell[1], cell[0]) if shape.turned else cell)


def _amount(reading: _Reading, cell: Cell) -> tuple[Any, str | None, AuditorError | None]:
    """A cell's amount with its currency, or its problem at its place."""
    each = reading.type.fields[reading.at.cell]
    scale = (reading.unit.numerator, reading.unit.denominator) if reading.unit else (1, 1)
    declared = Declared(decimal=reading.decimal)
    found = read_one(reading.text(cell), Spec(each.name, each.type, "", declared, *scale))
    problem = found.problem
    if problem is not None:
        problem = type(problem)(reading.place(*reading.on_grid(cell)), problem.found, **problem.values)
    return found.value, found.left.currency, problem


def _read_cell(reading: _Reading, cell: Cell) -> None:
    """The record of a cell; an empty one is none."""
    shape = reading.shape
    value, currency, problem = _amount(reading, cell)
    row, column = reading.on_grid(cell)
    day = shape.axis.days.get(cell[1])
    if day is None and value is not None:
        problem = ImpossibleDate(reading.place(row, column), shape.cells[shape.header][cell[1]])
    if problem is not None:
        reading.problems.append(problem)
        reading.missed.append(cell)
    if value is None or day is None:
        return
    reading.figures[cell] = to_ticks(value)
    boxes = reading.grid.boxes
    via, score = reading.grid.read_at(row, column)
    reading.records[cell] = {
        reading.names: shape.name(cell[0]),
        reading.days: day,
        reading.at.cell: value,
        "currency": currency or reading.currency,
        "_page": reading.page(row),
        "_row": reading.number(row),
        "_box": boxes[row][column].as_text() if boxes is not None and column < len(boxes[row]) else None,
        "_raw": f"{reading.text((cell[0], shape.names))}\t{reading.text(cell)}",
        "_via": via,
        "_score": score,
    }


def _read_totals(reading: _Reading) -> None:
    """The figures of the totals; one that cannot be read is a problem at its place."""
    shape = reading.shape
    rows, columns = [each.at for each in shape.total_rows], [each.at for each in shape.total_columns]
    cells = [(row, column) for row in shape.named for column in columns]
    cells += [(row, column) for row in rows for column in (*shape.axis.places, *columns)]
    for cell in cells:
        value, _, problem = _amount(reading, cell)
        if problem is not None:
            reading.problems.append(problem)
        elif value is not None:
            reading.figures[cell] = to_ticks(value)


# --- what the rows of the grid are ------------------------------------------------------------------------------------


def _result(reading: _Reading, found: FoundMatrix) -> TableResult:
    kinds = _kinds(reading, found.end - found.first)
    for row in [row for row, kind in kinds.items() if kind is Kind.PROBLEM]:
        reading.problems.append(_unreadable(reading, row))
        reading.missed += _figures_beside(reading, row)
    if reading.shape.turned:
        for row in [row for row, line in reading.shape.lines.items() if line is Line.NAMELESS]:
            reading.problems.append(_unreadable(reading, 0, row))
            reading.missed += [(row, at) for at in reading.shape.axis.places if reading.text((row, at))]
    ignored = []
    for kind in sorted(set(kinds.values()) - {Kind.PROBLEM, Kind.RECORD}):
        rows = sorted(row for row, each in kinds.items() if each is kind)
        ignored.append(Ignored(str(reading.place(reading.first + rows[0])), REASONS[kind], len(rows)))
    records = list(reading.records.values())
    return TableResult(
        reading.type.name,
        rows_as_table(reading.type, records),
        problems=limited(reading.problems),
        ignored=ignored,
        rows_seen=len(kinds),
        problem_rows=sum(kind is Kind.PROBLEM for kind in kinds.values()),
        record_rows=sum(kind is Kind.RECORD for kind in kinds.values()),
        unclaimed=tuple(_unclaimed(reading.shape)),
        matrix=_read(reading),
        unread=tuple(map(reading.unread, reading.missed)),
        remarks=_lines_that_are_no_partners(reading),
    )


def _lines_that_are_no_partners(reading: _Reading) -> list[Remark]:
    """What is said of lines that may be taken for those of partners: sums without a word that says so, and parts."""
    shape, place = reading.shape, str(reading.place(reading.first))
    sums = [each.label for each in shape.total_rows if each.by_sums]
    parts = [shape.name(row) for row, line in shape.lines.items() if line is Line.PART]
    return [Remark(place, each) for each in said_of_sums(reading.type, sums, parts)]


def _figures_beside(reading: _Reading, row: int) -> list[Cell]:
    """The filled cells of a row of the matrix (from 0) that has no name or no day."""
    if reading.shape.turned:
        return [(name, row) for name in reading.shape.named if reading.text((name, row))]
    return [(row, at) for at in reading.shape.axis.places if reading.text((row, at))]


def _kinds(reading: _Reading, count: int) -> Mapping[int, Kind]:
    """What each row of the matrix is, from 0 at its header."""
    shape = reading.shape
    kinds = {}
    for row in range(count):
        kind = _kind_down(shape, row) if shape.turned else _kind_across(shape, row)
        if not any(cell and clean_cell(cell) for cell in reading.texts[row]):
            kind = Kind.BLANK
        kinds[row] = kind
    return kinds


def _kind_across(shape: MatrixShape, row: int) -> Kind:
    if row <= shape.header:
        return Kind.HEADER
    line = shape.lines.get(row)
    return Kind.RECORD if line is Line.NAMED else _KINDS.get(line, Kind.NOTE) if line is not None else Kind.NOTE


def _kind_down(shape: MatrixShape, column: int) -> Kind:
    """What a row is where days stand down: a column of the cells as they are turned."""
    if column < min(shape.axis.places):
        return Kind.TOTAL if column in [each.at for each in shape.total_columns] else Kind.HEADER
    if column in [each.at for each in shape.total_columns]:
        return Kind.TOTAL
    figures = any(shape.figure(row, column) is not None for row in shape.named)
    if column in shape.axis.places:
        return Kind.RECORD if figures else Kind.NOTE
    return Kind.PROBLEM if figures else Kind.NOTE


def _unreadable(reading: _Reading, row: int, column: int | None = None) -> RowUnreadable:
    """A row of the matrix (from 0) with figures and without a day or a name; with `column` that column."""
    each = reading.type.fields[reading.days if reading.shape.turned and column is None else reading.names]
    return RowUnreadable(
        reading.place(reading.first + row, column),
        "\t".join(cell or "" for cell in reading.texts[row]),
        field_en=each.title.en,
        field_zh=each.title.zh,
        record_en=reading.type.title.en,
        record_zh=reading.type.title.zh,
    )


def _unclaimed(shape: MatrixShape) -> Iterator[str]:
    """The columns of the sheet that hold something and give no records: numbers, codes, remarks, days of the week."""
    if not shape.turned:
        for column in shape.rest:
            yield shape.cells[shape.header][column] or f"@{letter(column)}"
        return
    for row in range(len(shape.cells)):
        told = row == shape.header or shape.lines.get(row) in (Line.NAMED, Line.TOTAL, Line.NAMELESS)
        if not told and any(shape.cells[row][at] for at in shape.axis.places):
            yield shape.name(row) or f"@{letter(row)}"


def _no_matrix(context: Context, grid: Grid, found: FoundMatrix, record_type: RecordType) -> TableResult:
    """A region that was said to be a matrix and is none."""
    each = [record_type.fields[name].title for name in (found.matrix.down, found.matrix.across)]
    place = Place(context.path, int(grid.row_numbers[found.first].as_py()), None, grid.name or None)
    problem = MatrixUnread(place, down_en=each[0].en, down_zh=each[0].zh, across_en=each[1].en, across_zh=each[1].zh)
    rows = found.end - found.first
    ignored = [Ignored(str(place), REASONS[Kind.NOT_READ], rows)]
    table = rows_as_table(record_type, [])
    return TableResult(found.record, table, problems=[problem], ignored=ignored, rows_seen=rows, record_rows=0)


def _read(reading: _Reading) -> ReadMatrix:
    where = f"{reading.context.path}[{reading.grid.name}]" if reading.grid.name else reading.context.path
    rows = {cell: reading.on_grid(cell)[0] for cell in reading.figures}
    lines = {row: "\t".join(cell or "" for cell in reading.texts[row - reading.first]) for row in set(rows.values())}
    return ReadMatrix(
        MatrixFigures(reading.shape, reading.figures),
        tuple(reading.records),
        reading.type,
        reading.at.cell,
        reading.currency,
        where,
        reading.page(reading.first),
        {cell: (reading.number(row), lines[row]) for cell, row in rows.items()},
        tuple(reading.missed),
    )
