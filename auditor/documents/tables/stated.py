"""The totals, balances and the extent that a table's document states, from its rows, heading and footer."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.fields import mask, read_one
from auditor.documents.proofs.exact import TYPE, Mask
from auditor.documents.tables.heading_values import dates_in, month_of
from auditor.documents.tables.headings import Pair
from auditor.documents.tables.labels import BOTH_KEYS, FIRST_KEYS, LAST_KEYS, balance_label, carried_over
from auditor.documents.tables.printed import lines_as_pairs, stated_by_pairs
from auditor.documents.tables.reading import Reading, TableResult
from auditor.documents.tables.rows import Kind, Row
from auditor.documents.tables.totals import Body, stated_by_rows
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.records.model import FieldType
from auditor.values.dates import parse_date
from auditor.values.money import parse_money


def body_of(reading: Reading) -> Body:
    """The table's body as totals see it."""
    sums = {
        role: _as_money(column)
        for role, column in reading.typed.columns.items()
        if role in reading.specs
        and reading.specs[role].type in (FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER)
    }
    by_column = {int(spec.source[1:]): spec for spec in reading.specs.values() if spec.source[1:].isdigit()}
    currency = reading.constants.get("currency")
    return Body(
        reading.type,
        by_column,
        sums,
        reading.flow.direction if reading.flow else None,
        reading.flow.amount if reading.flow else None,
        reading.records,
        reading.sheet.page,
        reading.sheet.number,
        currency if isinstance(currency, str) else None,
        _dates(reading),
        len(reading.left_out),
        _void_rows(reading),
        reading.sums_before,
        reading.rows_before,
    )


def _void_rows(reading: Reading) -> Mask | None:
    """The rows whose status is void; None if there are none."""
    column = reading.typed.columns.get("status")
    return mask(pc.fill_null(pc.equal(column, "void"), False)) if column is not None else None


def _dates(reading: Reading) -> list[date | None]:
    """The date of each row, where a total of a day asks for it."""
    column = reading.typed.columns.get("date")
    asked = any(row.total and row.total.of_day for row in reading.rows)
    return column.to_pylist() if asked and column is not None else []


def _as_money(column: Any) -> Any:
    """Whole numbers as amounts."""
    return column if column.type == TYPE else column.cast(pa.decimal128(38, 5)).cast(TYPE)


def _pairs(reading: Reading) -> list[Pair]:
    """The pairs of the heading and of the lines inside and below the table."""
    inside = [pair for row in reading.rows if row.kind is Kind.HEADING for pair in row.pairs]
    own = reading.heading.pairs[: reading.heading.own]
    return list({(pair.page, pair.row, pair.key): pair for pair in (*own, *inside)}.values())


def add_totals(reading: Reading, result: TableResult) -> None:
    body = body_of(reading)
    notes = [
        (text, int(reading.sheet.page[row.position]), int(reading.sheet.number[row.position]))
        for row in reading.rows
        if row.kind in (Kind.NOTE, Kind.TOTAL, Kind.PROBLEM) and len([t for t in row.cells if t]) == 1
        for text in row.cells
        if text
    ]
    lines = [(text, int(reading.sheet.page[0]) if reading.sheet.rows else 1, 0) for text in reading.heading.lines]
    pairs = [*_pairs(reading), *lines_as_pairs([*lines, *notes])]
    result.stated = [*stated_by_rows(body, reading.rows), *stated_by_pairs(body, pairs, lambda pair: pair.row or None)]


def add_balances(reading: Reading, result: TableResult) -> None:
    """Balances brought and carried forward, from rows and from the heading."""
    if reading.type.flow is None:
        return
    account = account_of_table(reading)
    for row in reading.rows:
        if row.kind is Kind.BALANCE and row.balance and not between_pages(reading, row):
            value = _balance_of_row(reading, row)
            if value is not None:
                result.balances.append(
                    _balance(
                        reading,
                        row.balance,
                        value,
                        _day_of_row(reading, row),
                        account,
                        row.position,
                        "\t".join(row.cells),
                    )
                )
    for pair in _pairs(reading):
        kind = balance_label(pair.key)
        money = parse_money(pair.value).value if kind else None
        if kind and money is not None:
            result.balances.append(
                _balance(reading, kind, money, None, account, None, f"{pair.label}: {pair.value}", pair)
            )


def between_pages(reading: Reading, row: Row) -> bool:
    """Whether a balance is carried from page to page between entries, which opens and closes nothing."""
    entries = np.flatnonzero(reading.records)
    inside = bool(len(entries)) and entries[0] < row.position < entries[-1]
    return inside and carried_over(row.cells[row.label_column])


def _balance_of_row(reading: Reading, row: Row) -> Any:
    found: dict[str, Any] = {}
    for role in ("balance", "amount", MONEY_IN, MONEY_OUT):
        spec = reading.specs.get(role)
        text = row.cells[int(spec.source[1:])] if spec and int(spec.source[1:]) < len(row.cells) else ""
        if spec and text:
            found[role] = read_one(text, spec)[0]
    for role in ("balance", "amount"):
        if found.get(role) is not None:
            return found[role]
    if found.get(MONEY_IN) is not None or found.get(MONEY_OUT) is not None:
        return (found.get(MONEY_IN) or 0) - (found.get(MONEY_OUT) or 0)
    return None


def _day_of_row(reading: Reading, row: Row) -> date | None:
    """The date beside a balance; without one that of the entry above if the balance stands between entries, else of
    a sheet for one month that month's first or last day."""
    column = reading.typed.columns.get("date")
    if column is not None and column[row.position].is_valid:
        return cast(date, column[row.position].as_py())
    entries = np.flatnonzero(reading.records)
    above = entries[entries < row.position]
    if column is not None and len(above) and (row.balance == "opening" or above[-1] != entries[-1]):
        return cast("date | None", column[int(above[-1])].as_py())
    own = replace(reading.context, month=None)
    month = month_of(own, reading.heading, reading.sheet.name)
    if month is None:
        return None
    year, number = month
    return date(year, number, 1 if row.balance == "opening" else monthrange(year, number)[1])


def _balance(
    reading: Reading,
    kind: str,
    value: Any,
    day: date | None,
    account: str | None,
    position: int | None,
    raw: str,
    pair: Pair | None = None,
) -> dict[str, Any]:
    page = int(reading.sheet.page[position]) if position is not None else (pair.page if pair else 1)
    number = int(reading.sheet.number[position]) if position is not None else (pair.row if pair else None)
    return {
        "of": reading.type.name,
        "account": account,
        "kind": kind,
        "date": day,
        "amount": value,
        "currency": reading.constants.get("currency"),
        "_page": page,
        "_row": number,
        "_raw": raw,
        "_via": reading.sheet.via,
    }


def account_of_table(reading: Reading) -> str | None:
    value = reading.constants.get("account")
    if isinstance(value, str):
        return value
    column = reading.typed.columns.get("account")
    if column is None:
        return None
    distinct = pc.unique(column.take(pa.array(np.flatnonzero(reading.records)))).drop_null()
    return distinct[0].as_py() if len(distinct) == 1 else None


def add_extent(reading: Reading, result: TableResult) -> None:
    """The first and last day that an export says it covers."""
    if reading.type.flow is None:
        return
    first: date | None = None
    last: date | None = None
    source: Pair | None = None
    for pair in _pairs(reading):
        days = [parse_date(text).value for text in dates_in(pair.value)]
        if pair.key in FIRST_KEYS and days:
            first, source = first or days[0], source or pair
        elif pair.key in LAST_KEYS and days:
            last, source = last or days[0], source or pair
        elif pair.key in BOTH_KEYS and len(days) == 2:
            first, last, source = first or days[0], last or days[1], source or pair
    if source is None:
        return
    result.extents.append(
        {
            "of": reading.type.name,
            "account": account_of_table(reading),
            "first_date": first,
            "last_date": last,
            "rows": int(reading.records.sum()),
            "_page": source.page,
            "_row": source.row or None,
            "_raw": f"{source.label}: {source.value}",
            "_via": reading.sheet.via,
        }
    )
