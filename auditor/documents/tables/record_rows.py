"""Which rows of a table are records: told from blank rows, totals, headings, notes, and rows that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.errors import CellsBeyondHeader, FlowUnclear, RowUnreadable, TurnedRound
from auditor.documents.headers import header_key
from auditor.documents.labels import is_summary_line
from auditor.documents.proofs.exact import Mask, ticks
from auditor.documents.questions import (
    OneSideOnly,
    Question,
    SideUndecided,
)
from auditor.documents.tables.headings import Pair
from auditor.documents.tables.likely_totals import paid_under_a_total_s_name, with_likely_totals
from auditor.documents.tables.movements import DIRECTIONS
from auditor.documents.tables.reading import NOT_READ, Reading, column_number
from auditor.documents.tables.row_shapes import beyond_header, blank_rows, width_of
from auditor.documents.tables.rows import Kind, Row, classify, core_columns, maybe_labelled
from auditor.documents.tables.void import with_void_rows
from auditor.documents.typed_columns import mask
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.errors import AuditorError, Place
from auditor.records.model import FieldType
from auditor.values.text import clean_cell

_FIRST_COLUMNS = 3  # labels of totals stand in one of the first columns, or in a field that says `label`


def with_rows(reading: Reading) -> Reading:
    """Records told from blank rows, totals, headings, notes and rows that cannot be read."""
    complete = _complete(reading)
    reading, complete = with_void_rows(reading, complete)
    labelled = _label_columns(reading)
    known, likely = maybe_labelled(reading.sheet.texts, labelled, reading.typed.distinct)
    known &= ~paid_under_a_total_s_name(reading, complete, known, labelled)
    odd = ~complete | known
    beyond = np.zeros(reading.sheet.rows, dtype=np.int32)
    if reading.sheet.delimited:
        beyond = beyond_header(reading.sheet.texts, reading.sheet.headers, reading.sheet.widths)
        odd |= beyond > 0
    for position in (*reading.sheet.repeated, *reading.sheet.group_lines):
        odd[position] = True
    records = ~odd
    rows: list[Row] = []
    reasons: dict[int, AuditorError] = {}
    choices = _choice_columns(reading)
    core = core_columns(reading.specs, reading.type, reading.sheet.claim.day_columns)
    positions = np.flatnonzero(odd)
    names = [name for name in reading.sheet.texts.column_names if not name.startswith("_")]
    cells = reading.sheet.texts.select(names).take(pa.array(positions, pa.int64()))
    columns = [column.to_pylist() for column in cells.columns]
    for at, position in enumerate(map(int, positions)):
        row = classify(
            [column[at] for column in columns],
            position,
            int(reading.sheet.page[position]),
            int(reading.sheet.number[position]),
            reading.sheet.headers,
            complete=bool(complete[position]),
            labelled=labelled,
            choices=_chosen(choices, position),
            vocabulary=reading.context.vocabulary,
            core=core,
            beyond=int(beyond[position]),
        )
        if position in reading.sheet.repeated:
            row = replace(row, kind=Kind.HEADER)
        if position in reading.sheet.group_lines:
            row = replace(row, kind=Kind.HEADING, pairs=())
        if row.kind is Kind.RECORD:
            records[position] = True
            continue
        rows.append(row)
        if row.kind is Kind.PROBLEM:
            reasons[position] = _shifted(reading, row) or _why(reading, position)
    reading = replace(reading, rows=tuple(rows), records=records, reasons=reasons)
    return with_likely_totals(reading, likely, labelled)


def with_asked_rows(reading: Reading) -> Reading:
    """Rows that a question of the table is about are left out; the question stands once, not at each of them. Where it
    is about the side of the amounts, that is all of them."""
    questions = [each for each in reading.refused if isinstance(each, Question)]
    if not questions:
        return reading
    everything = any(isinstance(each, SideUndecided | OneSideOnly) for each in questions)
    asked = {position for position, reason in reading.reasons.items() if isinstance(reason, Question)}
    records = reading.records
    if everything:
        asked |= set(map(int, np.flatnonzero(records)))
        asked |= {position for position, reason in reading.reasons.items() if isinstance(reason, FlowUnclear)}
        records = np.zeros_like(records)
    return replace(
        reading,
        records=records,
        rows=tuple(row for row in reading.rows if row.position not in asked),
        reasons={position: reason for position, reason in reading.reasons.items() if position not in asked},
        left_out={**reading.left_out, **dict.fromkeys(sorted(asked), NOT_READ)},
    )


def _shifted(reading: Reading, row: Row) -> AuditorError | None:
    """The problem of a row with cells beyond the header."""
    if not row.beyond:
        return None
    headers = width_of(reading.sheet.headers)
    place = reading.place(row.position, headers + 1)
    return CellsBeyondHeader(place, reading.raw(row.position), headers=headers, cells=headers + row.beyond)


def _complete(reading: Reading) -> Mask:
    """Where all required fields are there. Where all of them hold for the table, a blank row is none the less none."""
    complete = np.ones(reading.sheet.rows, dtype=bool)
    own = False
    for name, each in reading.type.fields.items():
        if not each.required or name in reading.constants:
            continue
        own = True
        if name == "amount" and reading.flow is not None:
            complete &= reading.flow.valid
        elif name in reading.typed.columns:
            complete &= _valid(reading.typed.columns[name])
        elif each.default is None:
            complete[:] = False
    return complete if own else complete & ~blank_rows(reading.sheet.texts)


def _valid(column: Any) -> Mask:
    return mask(pc.is_valid(column))


def _label_columns(reading: Reading) -> list[int]:
    """The columns where the label of a total may stand: the first ones, and those of a summary."""
    found = list(range(min(_FIRST_COLUMNS, len(reading.sheet.headers))))
    for column in reading.sheet.claim.columns:
        field = reading.type.fields.get(column.role)
        if field is not None and field.label and column.index not in found:
            found.append(column.index)
    numeric = {
        column.index
        for column in reading.sheet.claim.columns
        if reading.specs.get(column.role) and reading.specs[column.role].type in (FieldType.MONEY, FieldType.QUANTITY)
    }
    return [index for index in found if index not in numeric and index < reading.sheet.texts.num_columns]


def _choice_columns(reading: Reading) -> dict[int, pa.Array]:
    return {
        column.index: reading.typed.columns[column.role]
        for column in reading.sheet.claim.columns
        if column.role in reading.specs and reading.specs[column.role].type is FieldType.CHOICE
    }


def _chosen(choices: Mapping[int, pa.Array], position: int) -> frozenset[int]:
    return frozenset(index for index, column in choices.items() if column[position].is_valid)


def _why(reading: Reading, position: int) -> AuditorError:
    """The problem of a row that cannot become a record."""
    place, raw = reading.place(position), reading.raw(position)
    for name, each in reading.type.fields.items():
        if not each.required or name in reading.constants:
            continue
        if name == "amount" and reading.flow is not None:
            role = next(
                (role for role in (MONEY_IN, MONEY_OUT, "amount") if position in reading.typed.unread.get(role, {})),
                None,
            )
            if role is None and position in reading.flow.unclear:
                text = reading.flow.unclear[position]
                return FlowUnclear(place, raw, reason_en=text.en, reason_zh=text.zh)
            if role is not None and isinstance(question := reading.typed.unread[role][position], Question):
                return question
            if role is not None:
                return _told(reading, role, position, reading.typed.unread[role][position])
            if reading.flow.valid[position]:
                continue
        elif name in reading.typed.columns and reading.typed.columns[name][position].is_valid:
            continue
        unread_here = reading.typed.unread.get(name, {}).get(position)
        if isinstance(unread_here, Question):
            return unread_here
        if unread_here is not None and not reading.specs[name].source.startswith("_"):
            return _told(reading, name, position, unread_here)
        return RowUnreadable(
            place,
            raw,
            field_en=each.title.en,
            field_zh=each.title.zh,
            record_en=reading.type.title.en,
            record_zh=reading.type.title.zh,
        )
    return RowUnreadable(
        place, raw, field_en="?", field_zh="？", record_en=reading.type.title.en, record_zh=reading.type.title.zh
    )


def _told(reading: Reading, name: str, position: int, problem: AuditorError) -> AuditorError:
    """What is wrong with a required cell, at its place."""
    place = reading.place(position, column_number(reading.specs.get(name)))
    return type(problem)(place, problem.found, **problem.values)


def with_summaries(reading: Reading) -> Reading:
    """A line of labels of totals with a line of figures below, as wallets put it under their tables: read as pairs."""
    rows, reasons = list(reading.rows), dict(reading.reasons)
    at = {row.position: index for index, row in enumerate(rows)}
    for index, row in enumerate(rows):
        below = at.get(row.position + 1)
        labels = [column for column, text in enumerate(row.cells) if clean_cell(text)]
        if row.kind not in (Kind.PROBLEM, Kind.TOTAL) or below is None or rows[below].kind is not Kind.PROBLEM:
            continue
        figures = rows[below]
        if len(labels) < 2 or not is_summary_line([row.cells[column] for column in labels]):
            continue
        page, number = int(reading.sheet.page[row.position]), int(reading.sheet.number[figures.position])
        found = [(clean_cell(row.cells[column]), clean_cell(figures.cells[column])) for column in labels]
        pairs = tuple(Pair(header_key(label), label, value, page, number) for label, value in found)
        rows[index] = replace(row, kind=Kind.HEADING, pairs=pairs)
        rows[below] = replace(figures, kind=Kind.HEADING)
        for position in (row.position, figures.position):
            reasons.pop(position, None)
    return replace(reading, rows=tuple(rows), reasons=reasons)


def with_ledgers_refused(reading: Reading) -> Reading:
    """What no layout says to be a bank's export, and whose every balance moves against its 借 and 贷, is a ledger of
    one's own under a bank's headers: it is not read."""
    flow, columns = reading.flow, reading.typed.columns
    kept = np.flatnonzero(reading.records)
    two = MONEY_IN in columns and MONEY_OUT in columns and "balance" in columns
    if reading.layout is not None or flow is None or not two or len(kept) < 2:
        return reading
    if reading.type.flow is None or reading.type.flow.red_signed:
        return reading
    balances = columns["balance"]
    stated, known = ticks(balances if len(kept) == reading.sheet.rows else balances.take(pa.array(kept)))
    if not known.all() or not flow.turned(kept, stated):
        return reading
    place = Place(reading.context.path, reading.place(int(kept[0])).line, None, reading.sheet.name or None)
    return replace(
        reading,
        refused=(*reading.refused, TurnedRound(place, path=reading.context.path, rows=len(kept))),
        records=np.zeros_like(reading.records),
        left_out={**reading.left_out, **dict.fromkeys(map(int, kept), NOT_READ)},
    )


def with_rows_left_out(reading: Reading) -> Reading:
    """Rows that the layout says are no records, for the reason that it gives."""
    if reading.layout is None or not reading.layout.leave_out:
        return reading
    records, left_out = reading.records.copy(), dict(reading.left_out)
    for rule in reading.layout.leave_out:
        column = reading.typed.columns.get(rule.field)
        if column is None:
            continue
        hits = mask(pc.is_in(column, pa.array(rule.words, pa.string())))
        if rule.direction is not None and reading.flow is not None:
            hits &= reading.flow.direction == DIRECTIONS[rule.direction]
        for position in map(int, np.flatnonzero(hits & records)):
            records[position] = False
            left_out[position] = rule.reason
    return replace(reading, records=records, left_out=left_out)
