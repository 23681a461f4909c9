"""How the claimed columns of a table are read, and the values that hold for all of its lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.fields import Spec, mask, read_one, whole
from auditor.documents.headers import Unit, unit_of_heading
from auditor.documents.proofs.exact import TYPE
from auditor.documents.tables import flows
from auditor.documents.tables.filling import dates_filled, filled_down, split_numbers
from auditor.documents.tables.heading_values import account_of, heading_value, may_stand_in_heading, year_of
from auditor.documents.tables.reading import Reading, Sheet
from auditor.documents.tables.recognise import Column
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT, RANGE
from auditor.records.model import Field, FieldType
from auditor.values.parsers import Declared

_PRICES = ("rate", "price")  # a price for each kilogram or piece is not in ten thousands
_DITTO = frozenset(("〃", '"', "''", "″", "同上", "同左"))


def specs_of(reading: Reading) -> dict[str, Spec]:
    """How each claimed column is read, by role."""
    year = year_of(reading.context, reading.heading, reading.sheet.name)
    stated = _unit_above(reading)
    specs: dict[str, Spec] = {}
    for column in reading.sheet.claim.columns:
        if column.role in (FLAG, RANGE):
            continue
        each = reading.type.fields.get(column.role.partition(".")[2] or column.role)
        specs[column.role] = _spec(column, each, year, reading.layout.date_order if reading.layout else None, stated)
    if reading.sheet.claim.day_columns:
        specs["date"] = Spec("date", FieldType.DATE, "_date", Declared(default_year=year), header="月日")
    for name, each in reading.type.fields.items():
        if f"_{name}" in reading.sheet.texts.column_names and name != "date":
            header = specs[name].header if name in specs else each.headers[0]
            specs[name] = Spec(name, each.type, f"_{name}", header=header)
    dated = "date" in specs and not reading.sheet.claim.day_columns
    if dated and "time" in reading.type.fields and "time" not in specs:
        source = reading.sheet.texts.column(specs["date"].source)
        if _has_clock(source):
            specs["time"] = Spec("time", FieldType.TIME, specs["date"].source, header=specs["date"].header)
    return specs


def _has_clock(column: pa.ChunkedArray) -> bool:
    sample = column.slice(0, 200)
    return bool(pc.any(pc.fill_null(pc.match_substring(sample, ":"), False)).as_py())


def _unit_above(reading: Reading) -> Unit | None:
    return unit_of_heading(((pair.key, pair.value) for pair in reading.heading.pairs), reading.heading.lines)


def _spec(column: Column, each: Field | None, year: int | None, order: str | None, stated: Unit | None) -> Spec:
    kind = each.type if each else FieldType.MONEY
    declared = Declared(
        default_year=year if kind is FieldType.DATE else None,
        order=order,  # type: ignore[arg-type]
        unit=each.unit if each else None,
        choices=dict(each.choices) if each else {},
    )
    unit = column.unit if kind in (FieldType.MONEY, FieldType.QUANTITY) else None
    if unit is None and kind is FieldType.MONEY and column.role not in _PRICES:
        unit = stated
    return Spec(
        column.role,
        kind,
        f"c{column.index}",
        declared,
        unit.numerator if unit else 1,
        unit.denominator if unit else 1,
        column.header,
    )


def with_filled_cells(reading: Reading) -> Sheet:
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
    texts, reading.filled = filled_down(
        texts, sheet.claim, reading.type, sheet.repeated, exact=reading.layout is not None
    )
    texts = split_numbers(texts, sheet.claim, reading.type)
    if sheet.claim.day_columns:
        dates = _joined_days(texts, sheet.claim.day_columns, reading)
        reading.filled += dates_filled(dates, texts, sheet.claim, reading.type, sheet.repeated, least=1)
        texts = texts.append_column("_date", pa.array(dates, pa.string()))
    return replace(sheet, texts=texts)


def _joined_days(texts: pa.Table, columns: tuple[int, ...], reading: Reading) -> list[str | None]:
    """The dates of a paper ledger: the month and day stand once and hold until the next."""
    month, day = "", ""
    dates: list[str | None] = []
    year = year_of(reading.context, reading.heading, reading.sheet.name)
    for raw_month, raw_day in zip(*(texts.column(column).to_pylist() for column in columns), strict=True):
        month = _number(raw_month) or month
        own = _number(raw_day)
        day = own or (day if (raw_day or "").strip() in _DITTO else "")
        dates.append(
            f"{year}-{int(month):02d}-{int(day):02d}"
            if year and month and day
            else (f"{month}月{day}日" if month and day else None)
        )
    return dates


def _number(text: str | None) -> str:
    bare = (text or "").strip().rstrip("月日号").removesuffix(".0")
    return bare if bare.isdigit() and len(bare) <= 2 else ""


# --- values that hold for all lines -----------------------------------------------------------------------------------


def constants_of(reading: Reading) -> dict[str, Any]:
    """Values from the layout, the heading, a heading record, the sheet's and the file's name."""
    found: dict[str, Any] = {}
    for name, each in reading.type.fields.items():
        value = _constant(reading, name, each)
        if value is not None:
            found[name] = value
    currencies = {
        column.unit.currency for column in reading.sheet.claim.columns if column.unit and column.unit.currency
    }
    if "currency" in reading.type.fields and "currency" not in found and len(currencies) == 1:
        found["currency"] = currencies.pop()
    stated = _unit_above(reading)
    if "currency" in reading.type.fields and "currency" not in found and stated and stated.currency and not currencies:
        found["currency"] = stated.currency
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
        text = account_of(reading.context, reading.sheet.name, reading.heading.lines)
        return _read_text(reading, each, text) if text else None
    return None


def _read_text(reading: Reading, each: Field, text: str) -> Any:
    year = year_of(reading.context, reading.heading, reading.sheet.name)
    declared = Declared(default_year=year, unit=each.unit, choices=dict(each.choices))
    return read_one(text, Spec(each.name, each.type, "", declared))[0]


# --- direction and amount ---------------------------------------------------------------------------------------------


def make_flow(reading: Reading) -> None:
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
            columns.get(MONEY_IN, nothing),
            columns.get(MONEY_OUT, nothing),
            red_signed=flow.red_signed,
            out_negative=bool(out and "-" in out.header + (out.unit.text if out.unit else "")),
        )
    elif "amount" in columns and flag is not None:
        reading.flow = flows.with_flag(columns["amount"], whole(reading.sheet.texts.column(flag.index)), flow)
    elif "amount" in columns:
        positive = reading.layout.in_is_positive if reading.layout else True
        reading.flow = flows.one_signed(columns["amount"], in_is_positive=positive)


def choose_side(reading: Reading) -> None:
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


def _equal(column: pa.Array, value: Any) -> Any:
    return mask(pc.fill_null(pc.equal(column, value), False))
