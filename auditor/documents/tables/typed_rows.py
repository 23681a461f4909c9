"""From a table that was found to typed rows: which of them are records, and what the others are.

    cells filled ─► specs ─► typed columns ─► constants ─► movements ─► rows told apart ─► cell problems

Each step takes the frozen `Reading` and returns it with what it has found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.context import Context
from auditor.documents.layouts.layout import Layout
from auditor.documents.questions import (
    Question,
    SwappedDays,
    TimeZoneUndecided,
)
from auditor.documents.readings.choice_words import with_words_of_type
from auditor.documents.tables.account_blocks import with_accounts_of_blocks
from auditor.documents.tables.balance_sides import with_sided_balances, with_signed_balances
from auditor.documents.tables.cell_problems import with_cell_problems
from auditor.documents.tables.column_decisions import (
    is_open,
    questions_of_columns,
    swapped_rows,
    with_years,
)
from auditor.documents.tables.columns import with_constants, with_filled_cells, with_specs
from auditor.documents.tables.currencies import currencies_of
from auditor.documents.tables.debit_credit import with_debits_less_credits
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.identity_columns import with_account_column, with_identity_columns
from auditor.documents.tables.movements import with_movements, with_told_directions
from auditor.documents.tables.other_values import with_other_choices, with_wholes
from auditor.documents.tables.own_side import with_counterparty, with_own_side, with_side_columns
from auditor.documents.tables.proved_totals import with_proved_totals
from auditor.documents.tables.reading import NOTHING_ABOVE, Reading, Sheet, TablesAbove
from auditor.documents.tables.record_rows import (
    with_asked_rows,
    with_ledgers_refused,
    with_rows,
    with_rows_left_out,
    with_summaries,
)
from auditor.documents.typed_columns import mask, type_columns, whole
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.model import FieldType
from auditor.values.errors import CurrenciesDiffer


def read_table(
    context: Context,
    sheet: Sheet,
    heading: Heading,
    layout: Layout | None = None,
    above: TablesAbove = NOTHING_ABOVE,
) -> Reading:
    """Type a table's rows and tell records from what is none. Totals, proofs and the result's tables are made later
    (`auditor.documents.tables.results`). `above`: the tables above of the same kind."""
    record_type = context.types[sheet.claim.record]
    # a paper ledger writes the year over its columns of month and day
    years = tuple(sheet.headers[column] for column in sheet.claim.day_columns)
    heading = replace(heading, lines=(*years, *heading.lines))
    amended = layout.amended(record_type) if layout else record_type
    amended = with_words_of_type(amended, sheet.claim.choices)
    reading = Reading(context, sheet, heading, amended, layout, above)
    for step in _STEPS:
        reading = step(reading)
    return reading


def _with_typed_columns(reading: Reading) -> Reading:
    """The columns typed, dates completed with their years, and the questions that the columns leave open."""
    specs = list(reading.specs.values())
    typed = type_columns(reading.context.engine, reading.sheet.texts, specs, reading.sheet.kinds)
    asked: dict[str, Question] = questions_of_columns(reading, typed)
    typed, assumed, years = with_years(reading, typed)
    asked |= years
    columns, unread = dict(typed.columns), dict(typed.unread)
    for name, question in asked.items():
        positions = _open_rows(reading, name, question, typed.columns[name], unread.get(name, {}))
        if positions:
            blank = np.zeros(reading.sheet.rows, dtype=bool)
            blank[positions] = True
            column = whole(columns[name])
            columns[name] = pc.if_else(pa.array(blank), pa.scalar(None, column.type), column)
            unread[name] = {**unread.get(name, {}), **dict.fromkeys(positions, question)}
    return replace(
        reading,
        typed=replace(typed, columns=columns, unread=unread),
        refused=(*reading.refused, *asked.values()),
        assumed={**reading.assumed, **assumed},
    )


def _open_rows(
    reading: Reading, name: str, question: Question, column: Any, unread: Mapping[int, AuditorError]
) -> list[int]:
    """The rows whose value a question is about."""
    if isinstance(question, SwappedDays):
        return list(map(int, swapped_rows(reading, reading.specs[name], column)))
    if isinstance(question, TimeZoneUndecided):
        return list(map(int, np.flatnonzero(mask(pc.is_valid(column)))))
    return [at for at, problem in unread.items() if is_open(problem)]


def _with_currencies(reading: Reading) -> Reading:
    """The currency of each row; where amounts state none among others in several currencies, the question."""
    roles = [role for role in (MONEY_IN, MONEY_OUT, "amount") if role in reading.typed.columns]
    if "currency" not in reading.type.fields or not roles:
        return reading
    found = currencies_of(reading, reading.typed, roles)
    if found is None:
        return reading
    columns, unread = dict(reading.typed.columns), dict(reading.typed.unread)
    differing: dict[int, AuditorError] = {
        at: CurrenciesDiffer(None, f"{one} / {other}", one=one, other=other)
        for at, (one, other) in found.differing.items()
    }
    unread["currency"] = {**unread.get("currency", {}), **differing}
    moved = pa.array(np.logical_or.reduce([mask(pc.is_valid(columns[role])) for role in roles]))
    columns["currency"] = pc.if_else(moved, found.codes, pa.scalar(None, pa.string()))
    if found.question is not None:
        bare = np.asarray(~mask(pc.is_valid(found.codes)))
        bare[list(differing)] = False
        for role in roles:
            column = whole(columns[role])
            unknown = pc.and_(pa.array(bare), pc.fill_null(pc.not_equal(column, pa.scalar(0, column.type)), False))
            columns[role] = pc.if_else(unknown, pa.scalar(None, column.type), column)
            asked = dict.fromkeys(map(int, np.flatnonzero(mask(unknown))), found.question)
            unread[role] = {**unread.get(role, {}), **asked}
    refused = (*reading.refused, found.question) if found.question is not None else reading.refused
    return replace(reading, typed=replace(reading.typed, columns=columns, unread=unread), refused=refused)


def _without_lacking_texts(reading: Reading) -> Reading:
    """Of a table that the user has answered, the texts that it does not have are not asked of its rows: he has seen it.
    What names the record, whom it is about, figures and days stay required."""
    if not reading.sheet.claim.answered:
        return reading
    lacking = [
        each
        for name, each in reading.type.fields.items()
        if each.required
        and each.type is FieldType.TEXT
        and each.master is None
        and each.party is None
        and name not in reading.type.identity
        and name not in reading.constants
        and name not in reading.typed.columns
    ]
    if not lacking:
        return reading
    fields = {**reading.type.fields, **{each.name: replace(each, required=False) for each in lacking}}
    en, zh = ", ".join(each.title.en for each in lacking), "、".join(each.title.zh for each in lacking)
    told = Text(f"the table has no column for {en}: left empty", f"表中没有{zh}一栏，留空")
    return replace(reading, type=replace(reading.type, fields=fields), remarks=(*reading.remarks, told))


_STEPS = (
    with_side_columns,
    with_account_column,
    with_identity_columns,
    with_filled_cells,
    with_specs,
    _with_typed_columns,
    with_constants,
    with_accounts_of_blocks,
    with_own_side,
    _with_currencies,
    with_signed_balances,
    with_debits_less_credits,
    with_movements,
    with_sided_balances,
    with_told_directions,
    with_counterparty,
    _without_lacking_texts,
    with_rows,
    with_proved_totals,
    with_asked_rows,
    with_summaries,
    with_ledgers_refused,
    with_rows_left_out,
    with_other_choices,
    with_wholes,
    with_cell_problems,
)
