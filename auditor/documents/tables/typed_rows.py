"""From a table that was found to typed rows: which of them are records, and what the others are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.context import Context
from auditor.documents.errors import FlowUnclear, RowUnreadable, TurnedRound, YearUnknown
from auditor.documents.fields import mask, type_columns
from auditor.documents.headers import header_key
from auditor.documents.layouts.layout import Layout
from auditor.documents.proofs.exact import Mask, ticks
from auditor.documents.tables.columns import choose_side, constants_of, make_flow, specs_of, with_filled_cells
from auditor.documents.tables.heading_values import year_of
from auditor.documents.tables.headings import Heading, Pair
from auditor.documents.tables.reading import Reading, Sheet
from auditor.documents.tables.rows import Kind, classify, maybe_labelled
from auditor.documents.tables.void import mark_void
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import FieldType
from auditor.values.text import clean_cell

_FIRST_COLUMNS = 3  # labels of totals stand in one of the first columns, or in one of these fields
_SUMMARY_LABEL = re.compile("总|合计|笔数|单数")
NOT_READ = Text("not read, see the problem", "未读取，见问题说明")
_SUMMARY_FIELDS = ("summary", "item", "purpose", "remark", "kind", "class", "customer", "slip_no", "date")


def read_table(context: Context, sheet: Sheet, heading: Heading, layout: Layout | None = None) -> Reading:
    """Type a table's rows and tell records from what is none. Totals, proofs and the result's tables are made later
    (`auditor.documents.tables.results`)."""
    record_type = context.types[sheet.claim.record]
    # a paper ledger writes the year over its columns of month and day
    years = tuple(sheet.headers[column] for column in sheet.claim.day_columns)
    heading = replace(heading, lines=(*years, *heading.lines))
    reading = Reading(context, sheet, heading, layout.amended(record_type) if layout else record_type, layout)
    sheet = reading.sheet = with_filled_cells(reading)
    reading.specs = specs_of(reading)
    reading.typed = type_columns(context.engine, sheet.texts, list(reading.specs.values()))
    reading.constants = constants_of(reading)
    make_flow(reading)
    choose_side(reading)
    _tell_rows(reading)
    _summaries(reading)
    _turned_round(reading)
    _leave_out(reading)
    _collect_cell_problems(reading)
    return reading


def _tell_rows(reading: Reading) -> None:
    """Tell records from blank rows, totals, headings, notes and rows that cannot be read."""
    length = reading.sheet.rows
    complete = _complete(reading)
    mark_void(reading, complete)
    labelled = _label_columns(reading)
    odd = ~complete | maybe_labelled(reading.sheet.texts, labelled, reading.typed.distinct)
    for position in reading.sheet.repeated:
        odd[position] = True
    reading.records = ~odd
    choices = _choice_columns(reading)
    positions = np.flatnonzero(odd)
    if not len(positions):
        return
    names = [name for name in reading.sheet.texts.column_names if not name.startswith("_")]
    cells = reading.sheet.texts.select(names).take(pa.array(positions))
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
        )
        if position in reading.sheet.repeated:
            row = replace(row, kind=Kind.HEADER)
        if row.kind is Kind.RECORD:
            reading.records[position] = True
        else:
            reading.rows.append(row)
            if row.kind is Kind.PROBLEM:
                reading.reasons[position] = _why(reading, position)
    assert len(reading.records) == length


def _complete(reading: Reading) -> Mask:
    """Where all required fields are there."""
    complete = np.ones(reading.sheet.rows, dtype=bool)
    for name, each in reading.type.fields.items():
        if not each.required or name in reading.constants:
            continue
        if name == "amount" and reading.flow is not None:
            complete &= reading.flow.valid
        elif name in reading.typed.columns:
            complete &= _valid(reading.typed.columns[name])
        elif each.default is None:
            complete[:] = False
    return complete


def _valid(column: Any) -> Mask:
    return mask(pc.is_valid(column))


def _label_columns(reading: Reading) -> list[int]:
    """The columns where the label of a total may stand: the first ones, and those of a summary."""
    found = list(range(min(_FIRST_COLUMNS, len(reading.sheet.headers))))
    for column in reading.sheet.claim.columns:
        if column.role in _SUMMARY_FIELDS and column.index not in found:
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
                (
                    role
                    for role in (MONEY_IN, MONEY_OUT, "amount")
                    if position in reading.typed.unread.get(role, {})
                ),
                None,
            )
            if role is None and position in reading.flow.unclear:
                text = reading.flow.unclear[position]
                return FlowUnclear(place, raw, reason_en=text.en, reason_zh=text.zh)
            if role is not None:
                return _told(reading, role, position, reading.typed.unread[role][position])
            if reading.flow.valid[position]:
                continue
        elif name in reading.typed.columns and reading.typed.columns[name][position].is_valid:
            continue
        if (
            name == "date"
            and reading.sheet.claim.day_columns
            and year_of(reading.context, reading.heading, reading.sheet.name) is None
        ):
            return YearUnknown(place, raw, header="月、日")
        unread_here = reading.typed.unread.get(name, {}).get(position)
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
    spec = reading.specs.get(name)
    index = int(spec.source[1:]) if spec is not None and spec.source[1:].isdigit() else None
    return type(problem)(
        reading.place(position, index + 1 if index is not None else None), problem.found, **problem.values
    )


def _summaries(reading: Reading) -> None:
    """A line of labels of totals with a line of figures below, as wallets put it under their tables: read as pairs."""
    at = {row.position: index for index, row in enumerate(reading.rows)}
    for index, row in enumerate(reading.rows):
        below = at.get(row.position + 1)
        labels = [column for column, text in enumerate(row.cells) if clean_cell(text)]
        if row.kind is not Kind.PROBLEM or below is None or reading.rows[below].kind is not Kind.PROBLEM:
            continue
        figures = reading.rows[below]
        if len(labels) < 2 or not all(_SUMMARY_LABEL.search(row.cells[column]) for column in labels):
            continue
        page, number = int(reading.sheet.page[row.position]), int(reading.sheet.number[figures.position])
        found = [(clean_cell(row.cells[column]), clean_cell(figures.cells[column])) for column in labels]
        pairs = tuple(Pair(header_key(label), label, value, page, number) for label, value in found)
        reading.rows[index] = replace(row, kind=Kind.HEADING, pairs=pairs)
        reading.rows[below] = replace(figures, kind=Kind.HEADING)
        for position in (row.position, figures.position):
            reading.reasons.pop(position, None)


def _turned_round(reading: Reading) -> None:
    """What no layout says to be a bank's export, and whose every balance moves against its 借 and 贷, is a ledger of
    one's own under a bank's headers: it is not read."""
    flow, columns = reading.flow, reading.typed.columns
    kept = np.flatnonzero(reading.records)
    two = MONEY_IN in columns and MONEY_OUT in columns and "balance" in columns
    if reading.layout is not None or flow is None or not two or len(kept) < 2:
        return
    if reading.type.flow is None or reading.type.flow.red_signed:
        return
    balances = columns["balance"]
    stated, known = ticks(balances if len(kept) == reading.sheet.rows else balances.take(pa.array(kept)))
    if not known.all() or not flow.turned(kept, stated):
        return
    place = Place(reading.context.path, reading.place(int(kept[0])).line, None, reading.sheet.name or None)
    reading.refused = TurnedRound(place, path=reading.context.path, rows=len(kept))
    for position in map(int, kept):
        reading.records[position] = False
        reading.left_out[position] = NOT_READ


def _leave_out(reading: Reading) -> None:
    """Rows that the layout says are no records, for the reason that it gives."""
    if reading.layout is None:
        return
    for rule in reading.layout.leave_out:
        column = reading.typed.columns.get(rule.field)
        if column is None:
            continue
        hits = mask(pc.is_in(column, pa.array(rule.words, pa.string())))
        for position in map(int, np.flatnonzero(hits & reading.records)):
            reading.records[position] = False
            reading.left_out[position] = rule.reason


def _collect_cell_problems(reading: Reading) -> None:
    """Cells of records that could not be read, with their places."""
    for role, unread in reading.typed.unread.items():
        spec = reading.specs[role]
        index = int(spec.source[1:]) if spec.source[1:].isdigit() else None
        for position, problem in unread.items():
            if position in reading.void and (problem.found or "").strip() == reading.void[position]:
                continue
            if not reading.records[position] or (role == "time" and spec.source == _source(reading, "date")):
                continue
            placed = type(problem)(
                reading.place(position, index + 1 if index is not None else None), problem.found, **problem.values
            )
            reading.cell_problems.setdefault(position, []).append((role, placed))


def _source(reading: Reading, role: str) -> str | None:
    spec = reading.specs.get(role)
    return spec.source if spec else None
