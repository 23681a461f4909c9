"""The balances that a table's document states: brought and carried forward, in its rows, its heading and its footer."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.errors import FigureUnreadable
from auditor.documents.fields import Spec, read_one
from auditor.documents.labels import balance_label, carried_over
from auditor.documents.model import Remark
from auditor.documents.tables.balance_sides import on_paying_side
from auditor.documents.tables.columns import unit_above
from auditor.documents.tables.figures_outside import figure_spec, read_figure
from auditor.documents.tables.heading_values import month_of
from auditor.documents.tables.headings import Pair
from auditor.documents.tables.reading import Reading, TableResult
from auditor.documents.tables.rows import Kind, Row
from auditor.documents.vocabulary import MONEY_OUT
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.model import FieldType
from auditor.values.errors import AmbiguousAmount
from auditor.values.parsers import Declared
from auditor.values.text import clean_cell


def add_balances(reading: Reading, result: TableResult) -> None:
    """Balances brought and carried forward, from rows and from the heading."""
    if reading.type.flow is None:
        return
    account = account_of_table(reading)
    for row in reading.rows:
        if row.kind is Kind.BALANCE and row.balance and not between_pages(reading, row):
            value, problem = _balance_of_row(reading, row)
            result.problems += [problem] if problem is not None else []
            if value is not None:
                day, raw = _day_of_row(reading, row), "\t".join(row.cells)
                end = _end_of(reading, row)
                mine = account or _account_at(reading, row.position)
                result.balances.append(_balance(reading, end, value, day, mine, row.position, raw))
            elif problem is None and _figures(reading, row):
                result.remarks.append(_no_balance(reading, row))
    for pair in stated_pairs(reading):
        kind = balance_label(pair.key)
        money = _as_stated(reading, pair) if kind else None
        if kind and money is not None:
            raw = f"{pair.label}: {pair.value}"
            result.balances.append(_balance(reading, kind, money, None, account, None, raw, pair))


def _no_balance(reading: Reading, row: Row) -> Remark:
    label = row.cells[row.label_column]
    text = Text(
        f"no balance was taken from the row “{label}”: no column of balances is known, and it has several figures",
        f"未从“{label}”行读取余额：没有已知的余额列，且该行有多个数字",
    )
    return Remark(str(reading.place(row.position)), text)


def between_pages(reading: Reading, row: Row) -> bool:
    """Whether a balance is carried from page to page between entries, which opens and closes nothing."""
    entries = np.flatnonzero(reading.records)
    inside = bool(len(entries)) and entries[0] < row.position < entries[-1]
    return inside and carried_over(row.cells[row.label_column])


def _balance_of_row(reading: Reading, row: Row) -> tuple[Decimal | None, AuditorError | None]:
    """The balance of a row: what stands beside a label with a colon, else under the column of balances, else the row's
    only figure, if it stands beside the label or on no side of money. Never money in minus money out."""
    beside = next((pair for pair in row.pairs if balance_label(pair.key) == row.balance), None)
    if beside is not None and beside.sure:
        money = _as_stated(reading, beside)
        if money is not None:
            return money, None
    spec = reading.specs.get("balance")
    column = _column(spec)
    if spec is not None and column is not None and column < len(row.cells) and clean_cell(row.cells[column]):
        found = read_one(row.cells[column], spec)
        side = reading.side_of_balance
        turned = side is not None and side < len(row.cells) and on_paying_side(reading, row.cells[side])
        value = -found.value if turned and found.value is not None else found.value
        return value, figure_problem(reading, row, column) if found.problem is not None else None
    figures = _figures(reading, row)
    if len(figures) != 1 or (beside is None and figures[0] == _column(reading.specs.get(MONEY_OUT))):
        return None, None
    read = read_one(row.cells[figures[0]], _spec_of(reading, figures[0]))
    return read.value, figure_problem(reading, row, figures[0]) if read.problem is not None else None


def _figures(reading: Reading, row: Row) -> list[int]:
    """The columns of a row in which an amount may stand and does."""
    no_amounts = (FieldType.DATE, FieldType.TIME, FieldType.NUMBER_TEXT, FieldType.INTEGER, FieldType.QUANTITY)
    others = {_column(spec) for spec in reading.specs.values() if spec.type in no_amounts} | {row.label_column}
    read = {at: read_one(text, _spec_of(reading, at)) for at, text in enumerate(row.cells) if at not in others}
    return [at for at, each in read.items() if each.value is not None or isinstance(each.problem, AmbiguousAmount)]


def _spec_of(reading: Reading, column: int) -> Spec:
    """How a figure of a row is read: as its column, else as the table's balances and amounts."""
    own = next((each for each in reading.specs.values() if _column(each) == column), None)
    return own if own is not None and own.type is FieldType.MONEY else _spec_of_balances(reading)


def _spec_of_balances(reading: Reading) -> Spec:
    """How a balance is read that stands outside of the columns: as those of the table."""
    found = figure_spec(reading.specs.values(), "balance", "amount")
    if found is not None:
        return found
    declared, unit = reading.declared, unit_above(reading)
    scale = (unit.numerator, unit.denominator) if unit else (1, 1)
    return Spec("balance", FieldType.MONEY, "", Declared(decimal=declared.decimal), *scale)


def _column(spec: Spec | None) -> int | None:
    return int(spec.source[1:]) if spec is not None and spec.source[1:].isdigit() else None


def _as_stated(reading: Reading, pair: Pair) -> Decimal | None:
    """The amount of a pair, read as the table's balances are."""
    value: Decimal | None = read_figure(pair.value, _spec_of_balances(reading)).value
    return value


def figure_problem(reading: Reading, row: Row, column: int) -> AuditorError:
    label = row.cells[row.label_column]
    return FigureUnreadable(reading.place(row.position, column + 1), row.cells[column], label=label)


def _end_of(reading: Reading, row: Row) -> str:
    """Which end a balance is of. One that is only carried on (过次页, carried over) opens the table if it stands above
    all of its entries and these go forward in time."""
    assert row.balance is not None
    entries, column = np.flatnonzero(reading.records), reading.typed.columns.get("date")
    if not carried_over(row.cells[row.label_column]) or not len(entries) or column is None or row.position > entries[0]:
        return row.balance
    days = [day for day in (column[int(entries[0])].as_py(), column[int(entries[-1])].as_py()) if day is not None]
    return "opening" if days == sorted(days) else row.balance


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


def stated_pairs(reading: Reading) -> list[Pair]:
    """The pairs of the heading and of the lines inside and below the table."""
    inside = [pair for row in reading.rows if row.kind is Kind.HEADING for pair in row.pairs]
    own = reading.heading.pairs[: reading.heading.own]
    return list({(pair.page, pair.row, pair.key): pair for pair in (*own, *inside)}.values())


def _account_at(reading: Reading, position: int) -> str | None:
    """The account of the block of rows in which a row stands."""
    column = reading.typed.columns.get("account")
    value = column[position].as_py() if column is not None else None
    return value if isinstance(value, str) else None


def account_of_table(reading: Reading) -> str | None:
    value = reading.constants.get("account")
    if isinstance(value, str):
        return value
    column = reading.typed.columns.get("account")
    if column is None:
        return None
    distinct = pc.unique(column.take(pa.array(np.flatnonzero(reading.records)))).drop_null()
    return distinct[0].as_py() if len(distinct) == 1 else None
