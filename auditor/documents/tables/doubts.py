"""Texts of a grid whose column cannot be told: each is a problem at its row, and none becomes a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.documents.errors import ColumnUnclear
from auditor.documents.pages import Doubt
from auditor.documents.tables.reading import Reading
from auditor.documents.tables.rows import Kind, Row
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.records.model import FieldType


def with_doubts(reading: Reading, doubts: Sequence[Doubt]) -> Reading:
    """The reading with the doubts of its table.

    A row in which an amount or a required field may be the doubtful text becomes a problem instead of a record; in
    another row only the fields that it may belong to are problems.
    """
    at = {int(number): position for position, number in enumerate(reading.sheet.number)} if doubts else {}
    for doubt in doubts:
        position = at.get(doubt.row)
        if position is not None and position not in reading.left_out:
            reading = _with_doubt(reading, position, doubt)
    return replace(reading, rows=tuple(sorted(reading.rows, key=lambda row: row.position)))


def _with_doubt(reading: Reading, position: int, doubt: Doubt) -> Reading:
    shift = reading.sheet.shifts[position] if reading.sheet.shifts else 0
    columns = [column - 1 - shift for column in doubt.columns]
    roles = [each.role for each in reading.sheet.claim.columns if each.index in columns]
    headers = [_header(reading, column) for column in columns]
    problem = ColumnUnclear(
        reading.place(position), doubt.text, columns_en=" or ".join(headers), columns_zh="或".join(headers)
    )
    if not any(_decides(reading, role) for role in roles):
        mine = (*reading.cell_problems.get(position, ()), (roles[0] if roles else "", problem))
        return replace(reading, cell_problems={**reading.cell_problems, position: mine})
    records = reading.records.copy()
    records[position] = False
    told = [row for row in reading.rows if row.position == position]
    if told:
        row = replace(told[0], kind=Kind.PROBLEM, total=None, balance=None, pairs=())
    else:
        cells = reading.sheet.texts.slice(position, 1).to_pylist()[0]
        texts = tuple(text or "" for name, text in cells.items() if not name.startswith("_"))
        row = Row(position, Kind.PROBLEM, texts)
    others = [each for each in reading.rows if each.position != position]
    return replace(
        reading, records=records, reasons={**reading.reasons, position: problem}, rows=(*others, row)
    )


def _decides(reading: Reading, role: str) -> bool:
    """Whether a row without a field is no record: it moves money, or every record has it."""
    each = reading.type.fields.get(role)
    return role in (MONEY_IN, MONEY_OUT) or (each is not None and (each.required or each.type is FieldType.MONEY))


def _header(reading: Reading, column: int) -> str:
    text = reading.sheet.headers[column] if 0 <= column < len(reading.sheet.headers) else ""
    return f"“{text}”" if text else f"#{column + 1}"
