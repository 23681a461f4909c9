"""From a table that was found to typed records, stated totals and balances, proofs and problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.errors import FlowUnclear, MoreOfTheSame, RowUnreadable, YearUnknown
from auditor.documents.layouts import flows
from auditor.documents.layouts.context import Context, account_of, heading_value, may_stand_in_heading, year_of
from auditor.documents.layouts.finder import FoundTable
from auditor.documents.layouts.flows import FlowColumns
from auditor.documents.layouts.headings import Heading, Pair
from auditor.documents.layouts.layout import Layout
from auditor.documents.layouts.recognise import FLAG, MONEY_IN, MONEY_OUT, Claim, Column
from auditor.documents.layouts.rows import REASONS, TO_DATE, Kind, Row, classify, maybe_labelled
from auditor.documents.layouts.totals import Body, lines_as_pairs, stated_by_pairs, stated_by_rows
from auditor.documents.layouts.typing import ARROW, Spec, TypedColumns, constant, read_one, type_columns, whole
from auditor.documents.model import Ignored, Proof
from auditor.documents.proofs.exact import TYPE, Mask, Ticks, ticks
from auditor.documents.proofs.totals import Stated
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import Field, FieldType, RecordType
from auditor.values.parsers import Declared

MOST_PROBLEMS = 20     # of one kind in one table; the others are counted
_TITLES_OF_LABELS = 3  # labels of totals stand in one of the first columns
_FILL = frozenset(("〃", "\"", "''", "″", "同上", "同左"))
_SUMMARY_FIELDS = ("summary", "item", "purpose", "remark", "kind", "class", "customer", "slip_no", "date")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one logical table, which may go on over several pages."""

    texts: pa.Table
    page: np.ndarray
    number: np.ndarray
    names: Mapping[int, str]
    headers: tuple[str, ...]
    claim: Claim
    repeated: frozenset[int] = frozenset()
    boxes: tuple[str | None, ...] | None = None
    merges: tuple[tuple[int, int, int], ...] = ()   # (column, first, last position) of vertical merges
    via: str = "cell"

    @property
    def rows(self) -> int:
        return self.texts.num_rows

    @property
    def name(self) -> str:
        """The sheet's name; a page of a PDF has none."""
        return self.names[min(self.names)] if self.names and self.boxes is None else ""


@dataclass(slots=True)
class TableResult:
    """What one table gave."""

    record: str
    table: pa.Table
    stated: list[Stated] = field(default_factory=list)
    balances: list[dict[str, Any]] = field(default_factory=list)
    extents: list[dict[str, Any]] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    rows_seen: int = 0
    problem_rows: int = 0
    record_rows: int | None = None   # rows that gave records, where that is not the number of records


@dataclass(slots=True)
class Reading:
    """The state of reading one table, handed from step to step."""

    context: Context
    sheet: Sheet
    heading: Heading
    type: RecordType
    layout: Layout | None
    specs: dict[str, Spec] = field(default_factory=dict)
    typed: TypedColumns = field(default_factory=TypedColumns)
    constants: dict[str, Any] = field(default_factory=dict)
    flow: FlowColumns | None = None
    rows: list[Row] = field(default_factory=list)
    records: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    reasons: dict[int, AuditorError] = field(default_factory=dict)
    left_out: dict[int, Text] = field(default_factory=dict)
    cell_problems: dict[int, list[tuple[str, AuditorError]]] = field(default_factory=dict)

    def place(self, position: int, column: int | None = None) -> Place:
        page = int(self.sheet.page[position])
        line = int(self.sheet.number[position]) if self.sheet.boxes is None else None
        return Place(self.context.path, line, column, self.sheet.names.get(page) or None)

    def raw(self, position: int) -> str:
        cells = self.sheet.texts.slice(position, 1).to_pylist()[0].values()
        return "\t".join(cell or "" for cell in cells).strip()


def read_table(context: Context, sheet: Sheet, heading: Heading, layout: Layout | None = None) -> Reading:
    """Type a table's rows and tell records from what is none. Totals, proofs and the result's tables are made later
    (`auditor.documents.layouts.results`)."""
    record_type = context.types[sheet.claim.record]
    reading = Reading(context, sheet, heading, layout.amended(record_type) if layout else record_type, layout)
    sheet = reading.sheet = _with_filled_cells(reading)
    reading.specs = _specs(reading)
    reading.typed = type_columns(context.engine, sheet.texts, list(reading.specs.values()))
    reading.constants = _constants(reading)
    _make_flow(reading)
    _choose_side(reading)
    _tell_rows(reading)
    _leave_out(reading)
    _collect_cell_problems(reading)
    return reading


# --- columns ---------------------------------------------------------------------------------------------------------


def _specs(reading: Reading) -> dict[str, Spec]:
    """How each claimed column is read, by role."""
    year = year_of(reading.context, reading.heading, reading.sheet.name)
    specs: dict[str, Spec] = {}
    for column in reading.sheet.claim.columns:
        if column.role == FLAG:
            continue
        each = reading.type.fields.get(column.role.partition(".")[2] or column.role)
        specs[column.role] = _spec(column, each, year, reading.layout.date_order if reading.layout else None)
    if reading.sheet.claim.day_columns:
        specs["date"] = Spec("date", FieldType.DATE, "_date", Declared(default_year=year), header="月日")
    elif "date" in specs and "time" in reading.type.fields and "time" not in specs:
        source = reading.sheet.texts.column(specs["date"].source)
        if _has_clock(source):
            specs["time"] = Spec("time", FieldType.TIME, specs["date"].source, header=specs["date"].header)
    return specs


def _has_clock(column: pa.ChunkedArray) -> bool:
    sample = column.slice(0, 200)
    return bool(pc.any(pc.fill_null(pc.match_substring(sample, ":"), False)).as_py())


def _spec(column: Column, each: Field | None, year: int | None, order: str | None) -> Spec:
    kind = each.type if each else FieldType.MONEY
    declared = Declared(
        default_year=year if kind is FieldType.DATE else None,
        order=order,  # type: ignore[arg-type]
        unit=each.unit if each else None,
        choices=dict(each.choices) if each else {},
    )
    unit = column.unit if kind in (FieldType.MONEY, FieldType.QUANTITY) else None
    return Spec(
        column.role, kind, f"c{column.index}", declared, unit.numerator if unit else 1, unit.denominator if unit else 1,
        column.header,
    )  # fmt: skip


def _with_filled_cells(reading: Reading) -> Sheet:
    """The sheet with merged cells filled downwards, ditto marks resolved and 月 and 日 joined to a date."""
    sheet = reading.sheet
    texts = sheet.texts
    merged: dict[int, list[tuple[int, int]]] = {}
    for column, first, last in sheet.merges:
        merged.setdefault(column, []).append((first, last))
    for column, spans in sorted(merged.items()):
        cells = texts.column(column).to_pylist()
        for first, last in spans:
            for position in range(first + 1, min(last + 1, len(cells))):
                cells[position] = cells[first] if cells[position] is None else cells[position]
        texts = texts.set_column(column, texts.column_names[column], pa.array(cells, pa.string()))
    if sheet.claim.day_columns:
        texts = texts.append_column("_date", _joined_days(texts, sheet.claim.day_columns, reading))
    return replace(sheet, texts=texts)


def _joined_days(texts: pa.Table, columns: tuple[int, ...], reading: Reading) -> pa.Array:
    """The dates of a paper ledger: the month and day stand once and hold until the next."""
    month, day = "", ""
    dates: list[str | None] = []
    year = year_of(reading.context, reading.heading, reading.sheet.name)
    for raw_month, raw_day in zip(*(texts.column(column).to_pylist() for column in columns), strict=True):
        month = _number(raw_month) or month
        own = _number(raw_day)
        day = own or (day if (raw_day or "").strip() in _FILL else "")
        dates.append(f"{year}-{int(month):02d}-{int(day):02d}" if year and month and day else
                     (f"{month}月{day}日" if month and day else None))  # fmt: skip
    return pa.array(dates, pa.string())


def _number(text: str | None) -> str:
    bare = (text or "").strip().rstrip("月日号").removesuffix(".0")
    return bare if bare.isdigit() and len(bare) <= 2 else ""


# --- values that hold for all lines -----------------------------------------------------------------------------------


def _constants(reading: Reading) -> dict[str, Any]:
    """Values from the layout, the heading, a heading record, the sheet's and the file's name."""
    found: dict[str, Any] = {}
    for name, each in reading.type.fields.items():
        value = _constant(reading, name, each)
        if value is not None:
            found[name] = value
    currencies = {column.unit.currency for column in reading.sheet.claim.columns if column.unit and column.unit.currency}
    if "currency" in reading.type.fields and "currency" not in found and len(currencies) == 1:
        found["currency"] = currencies.pop()
    return found


def _constant(reading: Reading, name: str, each: Field) -> Any:
    if reading.layout and name in reading.layout.constants:
        return _read_text(reading, each, reading.layout.constants[name])
    mapped = name in reading.specs
    if mapped and not each.inherit:
        return None
    if may_stand_in_heading(each, reading.type):
        text = heading_value(reading.heading, each)
        value = _read_text(reading, each, text) if text else None
        if value is not None:
            return value
    if each.inherit:
        return reading.context.headings.get(each.inherit, {}).get(each.inherit_from or name)
    if each.master == "bank_account" and not mapped:
        text = account_of(reading.context, reading.sheet.name)
        return _read_text(reading, each, text) if text else None
    return None


def _read_text(reading: Reading, each: Field, text: str) -> Any:
    year = year_of(reading.context, reading.heading, reading.sheet.name)
    declared = Declared(default_year=year, unit=each.unit, choices=dict(each.choices))
    return read_one(text, Spec(each.name, each.type, "", declared))[0]


# --- direction and amount ---------------------------------------------------------------------------------------------


def _make_flow(reading: Reading) -> None:
    flow = reading.type.flow
    if flow is None:
        return
    columns = reading.typed.columns
    claim = reading.sheet.claim
    length = reading.sheet.rows
    flag = claim.column(FLAG)
    if MONEY_IN in columns or MONEY_OUT in columns:
        nothing = pa.nulls(length, TYPE)
        out = claim.column(MONEY_OUT)
        reading.flow = flows.two_columns(
            columns.get(MONEY_IN, nothing), columns.get(MONEY_OUT, nothing), red_signed=flow.red_signed,
            out_negative=bool(out and "-" in out.header + (out.unit.text if out.unit else "")),
        )  # fmt: skip
    elif "amount" in columns and flag is not None:
        reading.flow = flows.with_flag(columns["amount"], whole(reading.sheet.texts.column(flag.index)), flow)
    elif "amount" in columns:
        positive = reading.layout.in_is_positive if reading.layout else True
        reading.flow = flows.one_signed(columns["amount"], in_is_positive=positive)


def _choose_side(reading: Reading) -> None:
    """Of payer and payee the counterparty is the one whose account is not one's own; if no account tells, it is the
    payer of money in and the payee of money out."""
    side = reading.layout.own_side if reading.layout else None
    if side is None or reading.flow is None:
        return
    columns = reading.typed.columns
    payer_is_other = reading.flow.direction == flows.IN
    own = reading.constants.get("account")
    accounts = [columns.get(f"{name}.counterparty_account") for name in ("payer", "payee")]
    if own is not None and all(account is not None for account in accounts):
        mine = [_equal(account, own) for account in accounts if account is not None]
        payer_is_other = np.where(mine[0] ^ mine[1], mine[1], payer_is_other)
    choice = pa.array(payer_is_other)
    nothing = pa.nulls(reading.sheet.rows, pa.string())
    for name in dict.fromkeys((*side.payer, *side.payee)):
        payer, payee = columns.get(f"payer.{name}", nothing), columns.get(f"payee.{name}", nothing)
        columns[name] = pc.if_else(choice, payer, payee)


def _equal(column: pa.Array, value: Any) -> Mask:
    return _mask(pc.fill_null(pc.equal(column, value), False))


# --- records and other rows -------------------------------------------------------------------------------------------


def _tell_rows(reading: Reading) -> None:
    """Tell records from blank rows, totals, headings, notes and rows that cannot be read."""
    length = reading.sheet.rows
    complete = _complete(reading)
    labelled = _label_columns(reading)
    odd = ~complete | maybe_labelled(reading.sheet.texts, labelled)
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
            [column[at] for column in columns], position, int(reading.sheet.page[position]),
            int(reading.sheet.number[position]), reading.sheet.headers, complete=bool(complete[position]),
            labelled=labelled, choices=_chosen(choices, position), vocabulary=reading.context.vocabulary,
        )  # fmt: skip
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
    return _mask(pc.is_valid(column))


def _mask(flags: Any) -> Mask:
    """A column of yes and no as an array."""
    return np.asarray(whole(flags).to_numpy(zero_copy_only=False), dtype=bool)


def _label_columns(reading: Reading) -> list[int]:
    """The columns where the label of a total may stand: the first ones, and those of a summary."""
    found = [index for index in range(min(_TITLES_OF_LABELS, len(reading.sheet.headers)))]
    for column in reading.sheet.claim.columns:
        if column.role in _SUMMARY_FIELDS and column.index not in found:
            found.append(column.index)
    numeric = {
        column.index for column in reading.sheet.claim.columns
        if reading.specs.get(column.role) and reading.specs[column.role].type in (FieldType.MONEY, FieldType.QUANTITY)
    }  # fmt: skip
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
            unread = next(
                (reading.typed.unread[role] for role in (MONEY_IN, MONEY_OUT, "amount")
                 if position in reading.typed.unread.get(role, {})), None,
            )  # fmt: skip
            if unread is None and position in reading.flow.unclear:
                text = reading.flow.unclear[position]
                return FlowUnclear(place, raw, reason_en=text.en, reason_zh=text.zh)
            if reading.flow.valid[position]:
                continue
        elif name in reading.typed.columns and reading.typed.columns[name][position].is_valid:
            continue
        if name == "date" and reading.sheet.claim.day_columns and year_of(
            reading.context, reading.heading, reading.sheet.name
        ) is None:
            return YearUnknown(place, raw, header="月、日")
        return RowUnreadable(
            place, raw, field_en=each.title.en, field_zh=each.title.zh, record_en=reading.type.title.en,
            record_zh=reading.type.title.zh,
        )  # fmt: skip
    return RowUnreadable(place, raw, field_en="?", field_zh="？", record_en=reading.type.title.en,
                         record_zh=reading.type.title.zh)  # fmt: skip


def _leave_out(reading: Reading) -> None:
    """Rows that the layout says are no records, for the reason that it gives."""
    if reading.layout is None:
        return
    for rule in reading.layout.leave_out:
        column = reading.typed.columns.get(rule.field)
        if column is None:
            continue
        hits = _mask(pc.is_in(column, pa.array(rule.words, pa.string())))
        for position in map(int, np.flatnonzero(hits & reading.records)):
            reading.records[position] = False
            reading.left_out[position] = rule.reason


def _collect_cell_problems(reading: Reading) -> None:
    """Cells of records that could not be read, with their places."""
    for role, unread in reading.typed.unread.items():
        spec = reading.specs[role]
        index = int(spec.source[1:]) if spec.source[1:].isdigit() else None
        for position, problem in unread.items():
            if not reading.records[position] or role == "time" and spec.source == _source(reading, "date"):
                continue
            placed = type(problem)(
                reading.place(position, index + 1 if index is not None else None), problem.found, **problem.values
            )
            reading.cell_problems.setdefault(position, []).append((role, placed))


def _source(reading: Reading, role: str) -> str | None:
    spec = reading.specs.get(role)
    return spec.source if spec else None
