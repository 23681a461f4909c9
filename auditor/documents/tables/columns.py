"""How the claimed columns of a table are read, and the values that hold for all of its lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.decisions import years
from auditor.documents.decisions.decision import Basis
from auditor.documents.fields import EMPTY, FieldValue, Spec, read_one
from auditor.documents.headers import Unit, amount_unit, unit_of_heading
from auditor.documents.identity.holders import is_holder
from auditor.documents.identity.keys import ACCOUNT
from auditor.documents.tables.column_decisions import YEAR_FROM_NAME, with_date_order, with_decimal_mark
from auditor.documents.tables.filling import dates_filled, filled_down, split_numbers
from auditor.documents.tables.heading_values import heading_pair, may_stand_in_heading, year_evidence
from auditor.documents.tables.headings import Pair
from auditor.documents.tables.reading import Reading
from auditor.documents.tables.recognise import Column
from auditor.documents.tables.stated_account import account_named
from auditor.documents.vocabulary import FLAG, RANGE
from auditor.documents.words import mark_words
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import Field, FieldType
from auditor.values.parsers import Declared


def with_specs(reading: Reading) -> Reading:
    """How each claimed column is read, by role, with what is decided for the column as a whole."""
    stated = unit_above(reading)
    specs: dict[str, Spec] = {}
    for column in reading.sheet.claim.columns:
        if column.role in (FLAG, RANGE):
            continue
        each = reading.type.fields.get(column.role.partition(".")[2] or column.role)
        source = reading.sheet.texts.column_names[column.index]
        specs[column.role] = _spec(column, source, each, stated)
    if reading.sheet.claim.day_columns:
        specs["date"] = Spec("date", FieldType.DATE, "_date", header="月日")
    for name, each in reading.type.fields.items():
        if f"_{name}" in reading.sheet.texts.column_names and name != "date":
            header = specs[name].header if name in specs else each.headers[0]
            specs[name] = Spec(name, each.type, f"_{name}", header=header)
    dated = "date" in specs and not reading.sheet.claim.day_columns
    if dated and "time" in reading.type.fields and "time" not in specs:
        source = reading.sheet.texts.column(specs["date"].source)
        if _has_clock(source):
            specs["time"] = Spec("time", FieldType.TIME, specs["date"].source, header=specs["date"].header)
    return replace(reading, specs=with_date_order(reading, with_decimal_mark(reading, specs)))


def _has_clock(column: pa.ChunkedArray) -> bool:
    sample = column.slice(0, 200)
    return bool(pc.any(pc.fill_null(pc.match_substring(sample, ":"), False)).as_py())


def unit_above(reading: Reading) -> Unit | None:
    """The unit of all amounts of the table: declared, or stated in its heading."""
    if reading.context.declared.unit:
        return amount_unit(reading.context.declared.unit)
    return unit_of_heading(((pair.key, pair.value) for pair in reading.heading.pairs), reading.heading.lines)


def _spec(column: Column, source: str, each: Field | None, stated: Unit | None) -> Spec:
    kind = each.type if each else FieldType.MONEY
    declared = Declared(
        unit=each.unit if each else None, choices=dict(each.choices) if each else {}, share=bool(each and each.whole)
    )
    unit = column.unit if kind in (FieldType.MONEY, FieldType.QUANTITY) else None
    if unit is None and kind is FieldType.MONEY and not (each and each.price):
        unit = stated
    return Spec(
        column.role,
        kind,
        source,
        declared,
        unit.numerator if unit else 1,
        unit.denominator if unit else 1,
        column.header,
    )


def with_filled_cells(reading: Reading) -> Reading:
    """Merged cells filled downwards, ditto marks resolved and 月 and 日 joined to a date."""
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
    texts, filled = filled_down(
        texts, sheet.claim, reading.type, sheet.repeated, exact=reading.layout is not None
    )
    texts = split_numbers(texts, sheet.claim, reading.type)
    if sheet.claim.day_columns:
        dates = _joined_days(texts, sheet.claim.day_columns, reading)
        filled += dates_filled(dates, texts, sheet.claim, reading.type, sheet.repeated, least=1)
        texts = texts.append_column("_date", pa.array(dates, pa.string()))
    return replace(reading, sheet=replace(sheet, texts=texts), filled=filled)


def _joined_days(texts: pa.Table, columns: tuple[int, ...], reading: Reading) -> list[str | None]:
    """The dates of a paper ledger: year, month and day stand once and hold until the next. A month that comes without
    the year of its own column may be of the next one."""
    year, month, day = "", "", ""
    dates: list[str | None] = []
    cells = [texts.column(column).to_pylist() for column in columns]
    raw_years = cells[0] if len(cells) > 2 else [None] * texts.num_rows
    for raw_year, raw_month, raw_day in zip(raw_years, *cells[-2:], strict=True):
        own_month = _number(raw_month)
        year = _number(raw_year, 4) or ("" if own_month and own_month != month else year)
        month = own_month or month
        own = _number(raw_day)
        day = own or (day if (raw_day or "").strip() in mark_words().ditto else "")
        dates.append((f"{year}年" if year else "") + f"{month}月{day}日" if month and day else None)
    return dates


def _number(text: str | None, digits: int = 2) -> str:
    bare = (text or "").strip().rstrip("年月日号").removesuffix(".0")
    return bare if bare.isdigit() and (len(bare) == digits if digits > 2 else len(bare) <= digits) else ""


# --- values that hold for all lines -----------------------------------------------------------------------------------


def with_constants(reading: Reading) -> Reading:
    """Values from the layout, the user, the heading, a heading record, the sheet's and the file's name.

    A heading's value that cannot be read is a problem at its line, like that of a column.
    """
    found: dict[str, Any] = {}
    assumed: dict[str, Text] = {}
    problems: list[AuditorError] = []
    for name, each in reading.type.fields.items():
        value, source = _constant(reading, name, each, problems)
        if value is not None:
            found[name] = value
            if source is not None:
                assumed[name] = source
    if "currency" in reading.type.fields and "currency" not in found:
        currency = _currency(reading)
        if currency:
            found["currency"] = currency
    assumed = {**reading.assumed, **assumed}
    return replace(reading, constants=found, assumed=assumed, refused=(*reading.refused, *problems))


def _currency(reading: Reading) -> str | None:
    """The one currency that the headers of amounts name, else that of the heading's unit."""
    units = {column.unit.currency for column in reading.sheet.claim.columns if column.unit and column.unit.currency}
    if units:
        return units.pop() if len(units) == 1 else None
    stated = unit_above(reading)
    return stated.currency if stated else None


def _constant(
    reading: Reading, name: str, each: Field, problems: list[AuditorError]
) -> tuple[Any, Text | None]:
    """The value that holds for all rows, and the name that it was assumed from, if it was."""
    if reading.layout and name in reading.layout.constants:
        return _read(reading, each, reading.layout.constants[name])[0].value, None
    mapped = name in reading.specs
    if name in reading.sheet.claim.fields and not _is_holder(reading, each, reading.sheet.claim.fields[name]):
        value = _read(reading, each, reading.sheet.claim.fields[name])[0].value
        return value, _from_name(each, value) if name in reading.sheet.claim.assumed else None
    if name == "currency" and reading.declared.currency:
        return reading.declared.currency, None
    if mapped and not each.inherit:
        return None, None
    if may_stand_in_heading(each, reading.type):
        pair = heading_pair(reading.heading, each, reading.context.identities)
        read, source = _read(reading, each, pair.value) if pair else (EMPTY, None)
        if pair and read.problem is not None:
            problems.append(_in_heading(reading, pair, read.problem))
        if read.value is not None:
            return read.value, source
    if each.inherit:
        return reading.context.headings.get(each.inherit, {}).get(each.inherit_from or name), None
    if each.master == "bank_account" and not mapped:
        certain = each.entry == "certain"
        account = account_named(reading.context, reading.sheet.name, reading.heading, certain=certain)
        return (_read(reading, each, account[0])[0].value, account[1]) if account else (None, None)
    return None, None


def _is_holder(reading: Reading, each: Field, text: str) -> bool:
    """Whether a text that should be the account is the name of its holder."""
    return each.master == ACCOUNT and is_holder(text, reading.context.identities)


def _from_name(each: Field, value: Any) -> Text:
    return Text(
        f"{each.title.en} {value}: no cell names one, a name around the table does",
        f"{each.title.zh} {value}：表内未注明，取自标题、工作表、文件或文件夹的名称",
    )


def _read(reading: Reading, each: Field, text: str) -> tuple[FieldValue, Text | None]:
    """The value of a text of the heading, as the columns of the table are read; with the name that its year comes from,
    if it does."""
    decided = next((spec.declared for spec in reading.specs.values() if spec.type is each.type), Declared())
    declared = Declared(
        decimal=decided.decimal,
        order=decided.order or reading.declared.date_order,
        short_order=decided.short_order,
        unit=each.unit,
        choices=dict(each.choices),
    )
    hint = reading.context.year  # tells 26-10-08 from 08-10-26; completes nothing
    found = read_one(text, Spec(each.name, each.type, declared=replace(declared, default_year=hint)))
    if found.day is None:
        return found, None
    dated = years.of_one(found.day, year_evidence(reading.context, reading.heading, reading.sheet.name))
    if dated.years[0] is None:
        return read_one(text, Spec(each.name, each.type, declared=declared)), None
    source = YEAR_FROM_NAME if dated.basis is Basis.NAME else None
    return FieldValue(date(dated.years[0], *found.day), None, found.left), source


def _in_heading(reading: Reading, pair: Pair, problem: AuditorError) -> AuditorError:
    place = Place(reading.context.path, pair.row or None, None, reading.sheet.name or None)
    return type(problem)(place, f"{pair.label}: {pair.value}", **problem.values)
