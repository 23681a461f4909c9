"""Sheets of customers down and days across: each filled cell is a record; totals stand at the right and at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from auditor.documents.context import Context
from auditor.documents.errors import RowUnreadable
from auditor.documents.fields import Spec, read_one
from auditor.documents.headers import Unit, unit_of_heading
from auditor.documents.layouts.layout import Layout
from auditor.documents.model import Ignored, UnreadRows
from auditor.documents.pages import Grid
from auditor.documents.proofs import totals
from auditor.documents.proofs.fields import FieldStates, States, with_proofs
from auditor.documents.proofs.totals import Stated
from auditor.documents.record_tables import rows_as_table
from auditor.documents.single_values import decided_together
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.labels import total_label
from auditor.documents.tables.matrix_finder import Matrix
from auditor.documents.tables.reading import TableResult
from auditor.documents.tables.results import limited
from auditor.documents.tables.rows import REASONS, Kind
from auditor.documents.tables.totals import to_ticks
from auditor.errors import AuditorError, Place
from auditor.records.model import FieldType, RecordType
from auditor.values.parsers import Declared
from auditor.values.text import clean_cell


@dataclass(slots=True)
class _Reading:
    context: Context
    grid: Grid
    layout: Layout
    type: RecordType
    currency: str | None
    unit: Unit | None = None  # of all amounts, as the heading states it
    decimal: str | None = None  # the decimal mark, as all figures of the matrix show it
    records: list[dict[str, Any]] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)
    kinds: dict[int, Kind] = field(default_factory=dict)
    unread: list[UnreadRows] = field(default_factory=list)
    record_rows: int = 0
    problem_rows: int = 0

    def not_read(self, index: int, column: str | None = None, **known: str) -> None:
        """Keep that a row, or a cell of it, was not read, with what is known of it."""
        row, texts = self.grid.row_numbers[index].as_py(), {name: (text,) for name, text in known.items()}
        self.unread.append(UnreadRows(self.type.name, self.grid.number, row, row, 1, column, texts))

    def lacking(self, day: date | None) -> int:
        """How many of the cells of a day, or of all, were not read; a row of no name may be of any."""
        mine = [each.known.get(self.fields[1]) for each in self.unread]
        return sum(day is None or days is None or day.isoformat() in days for days in mine)

    @property
    def fields(self) -> tuple[str, str, str]:
        """The fields of the names, of the days and of the cells."""
        return self.layout.rows or "", self.layout.across or "", self.layout.value or ""

    def place(self, row: int, column: int | None = None) -> Place:
        number = self.grid.row_numbers[row].as_py()
        return Place(self.context.path, number, None if column is None else column + 1, self.grid.name or None)


def read_matrix(context: Context, grid: Grid, layout: Layout, matrix: Matrix, heading: Heading) -> TableResult:
    """The records of a matrix, its totals with their proofs, and what of it could not be read."""
    record_type = layout.amended(context.types[layout.record])
    currency = heading.first(record_type.fields["currency"].headers) if "currency" in record_type.fields else None
    code = read_one(currency.value, Spec("currency", record_type.fields["currency"].type)).value if currency else None
    unit = unit_of_heading(((pair.key, pair.value) for pair in heading.pairs), heading.lines)
    code = code or (unit.currency if unit else None)
    rows = grid.head(grid.rows)
    reading = _Reading(context, grid, layout, record_type, code, unit, _mark(context, layout, grid, matrix, rows))
    foot: list[tuple[int, list[str | None]]] = []
    figures = (*matrix.days, *([matrix.total] if matrix.total is not None else []))
    for index in range(matrix.header + 1, grid.rows):
        cells = rows[index]
        name = clean_cell(cells[matrix.names] or "")
        filled = [cell for cell in cells if cell and clean_cell(cell)]
        label = next((cell for cell in cells[: matrix.names + 1] if cell and total_label(cell, groups=False)), None)
        if not filled:
            reading.kinds[index] = Kind.BLANK
        elif label:
            reading.kinds[index] = Kind.TOTAL
            foot.append((index, cells))
        elif name and not name.endswith((":", "：")) and any(cells[column] for column in figures):
            _row(reading, matrix, index, cells, name)
        elif len(filled) <= 2 or ":" in "".join(filled) or "：" in "".join(filled):
            reading.kinds[index] = Kind.NOTE
        else:
            reading.kinds[index] = Kind.PROBLEM
            reading.problem_rows += 1
            reading.problems.append(_unnamed(reading, index, cells))
            reading.not_read(index)
    for index, cells in foot:
        _foot(reading, matrix, index, cells)
    return _result(reading, matrix, grid)


def _mark(
    context: Context, layout: Layout, grid: Grid, matrix: Matrix, rows: Sequence[Sequence[str | None]]
) -> str | None:
    """The decimal mark of all figures together; numbers of a spreadsheet have none."""
    declared = context.declared.or_else(layout.declared)
    if grid.kinds:
        return declared.decimal
    texts = [cells[column] or "" for cells in rows[matrix.header + 1 :] for column in matrix.days]
    return decided_together(
        [(FieldType.MONEY, text) for text in texts], replace(context, declared=declared), chinese=True
    ).decimal


def _unnamed(reading: _Reading, index: int, cells: Sequence[str | None]) -> RowUnreadable:
    each = reading.type.fields[reading.fields[0]]
    return RowUnreadable(
        reading.place(index),
        "\t".join(cell or "" for cell in cells),
        field_en=each.title.en,
        field_zh=each.title.zh,
        record_en=reading.type.title.en,
        record_zh=reading.type.title.zh,
    )


def _amount(reading: _Reading, text: str | None) -> tuple[Any, AuditorError | None]:
    each = reading.type.fields[reading.fields[2]]
    scale = (reading.unit.numerator, reading.unit.denominator) if reading.unit else (1, 1)
    found = read_one(text or "", Spec(each.name, each.type, "", Declared(decimal=reading.decimal), *scale))
    return found.value, found.problem


def _row(reading: _Reading, matrix: Matrix, index: int, cells: Sequence[str | None], name: str) -> None:
    """The records of one customer, and the total at the right."""
    total = read = 0
    names, across, field_name = reading.fields
    number = reading.grid.row_numbers[index].as_py()
    for column, day in sorted(matrix.days.items()):
        value, problem = _amount(reading, cells[column])
        if problem is not None:
            reading.problems.append(type(problem)(reading.place(index, column), problem.found, **problem.values))
            reading.not_read(index, field_name, **{names: name, across: day.isoformat()})
        if value is None:
            continue
        read += 1
        total += to_ticks(value)
        reading.records.append(
            {
                names: name,
                across: day,
                field_name: value,
                "currency": reading.currency,
                "_page": reading.grid.number,
                "_row": number,
                "_raw": f"{cells[matrix.names]}\t{cells[column]}",
                "_via": "cell",
            }
        )
    reading.record_rows += 1
    if matrix.total is not None:
        stated, problem = _amount(reading, cells[matrix.total])
        if stated is not None and problem is None:
            reading.stated.append(
                Stated(
                    reading.type.name,
                    field_name,
                    "sum",
                    name,
                    to_ticks(stated),
                    total,
                    read,
                    reading.grid.number,
                    number,
                    "\t".join(cell or "" for cell in cells),
                    axis="row",
                    group=name,
                    currency=reading.currency,
                    unread=sum(each.first == number and each.column is not None for each in reading.unread),
                )
            )


def _foot(reading: _Reading, matrix: Matrix, index: int, cells: Sequence[str | None]) -> None:
    """The totals of the days, and of everything."""
    _, across, field_name = reading.fields
    label = next(cell for cell in cells if cell and total_label(cell, groups=False))
    number = reading.grid.row_numbers[index].as_py()
    columns: list[tuple[int, date | None]] = [*sorted(matrix.days.items())]
    if matrix.total is not None:
        columns.append((matrix.total, None))
    above = [record for record in reading.records if record["_row"] < number]
    for column, day in columns:
        stated, problem = _amount(reading, cells[column])
        if stated is None or problem is not None:
            continue
        mine = [record for record in above if day is None or record[across] == day]
        computed = sum(to_ticks(record[field_name]) for record in mine)
        reading.stated.append(
            Stated(
                reading.type.name,
                field_name,
                "sum",
                label.strip(),
                to_ticks(stated),
                computed,
                len(mine),
                reading.grid.number,
                number,
                "\t".join(cell or "" for cell in cells),
                axis="table" if day is None else "column",
                group=day.isoformat() if day else None,
                day=day,
                currency=reading.currency,
                unread=reading.lacking(day),
            )
        )


def _result(reading: _Reading, matrix: Matrix, grid: Grid) -> TableResult:
    where = f"{reading.context.path}[{grid.name}]" if grid.name else reading.context.path
    ignored = []
    for kind in sorted(set(reading.kinds.values()) - {Kind.PROBLEM}):
        rows = sorted(row for row, each in reading.kinds.items() if each is kind)
        ignored.append(Ignored(str(reading.place(rows[0])), REASONS[kind], len(rows)))
    table = rows_as_table(reading.type, reading.records)
    return TableResult(
        reading.type.name,
        with_proofs(reading.type, table, [FieldStates(reading.fields[2], _cell_states(reading))]),
        stated=reading.stated,
        proofs=totals.proofs(reading.stated, where),
        problems=limited(reading.problems),
        ignored=ignored,
        rows_seen=grid.rows - matrix.header - 1,
        problem_rows=reading.problem_rows,
        unread=tuple(reading.unread),
        record_rows=reading.record_rows,
    )


def _cell_states(reading: _Reading) -> States:
    """What the totals say of each cell: a wrong one breaks both its row's and its day's, a wrong total only itself."""
    names, across, _ = reading.fields
    rows = {each.group: each.holds for each in reading.stated if each.axis == "row"}
    days = {each.day: each.holds for each in reading.stated if each.axis == "column"}
    every = any(each.axis == "table" and each.holds and each.rows == len(reading.records) for each in reading.stated)
    states = np.zeros(len(reading.records), dtype=np.int8)
    for at, record in enumerate(reading.records):
        said = (rows.get(record[names]), days.get(record[across]))
        states[at] = 1 if True in said or (every and False not in said) else -1 if said == (False, False) else 0
    return states
