"""The totals and the extent that a table's document states, from its rows, heading and footer."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.headers import header_key
from auditor.documents.labels import is_extent, is_first_day, is_last_day
from auditor.documents.model import Remark
from auditor.documents.proofs.exact import TYPE, Mask
from auditor.documents.proofs.totals import Stated
from auditor.documents.tables.balances import account_of_table, figure_problem, stated_pairs
from auditor.documents.tables.heading_values import days_in, extent_in
from auditor.documents.tables.headings import Pair
from auditor.documents.tables.printed import lines_as_pairs, stated_by_pairs
from auditor.documents.tables.reading import Reading, TableResult, unread_rows
from auditor.documents.tables.rows import Kind, Row
from auditor.documents.tables.totals import Body, stated_by_rows, unreadable_figures
from auditor.documents.typed_columns import mask
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.model import FieldType
from auditor.values.dates import Order

_ABOUT = timedelta(days=31)
_LONGEST_NAME = 60  # characters of a text that a total may be of


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
        reading.flow.totalled if reading.flow else None,
        reading.flow.amount if reading.flow else None,
        reading.records,
        reading.sheet.page,
        reading.sheet.number,
        currency if isinstance(currency, str) else None,
        _days_of_totals(reading),
        _dates(reading),
        len(reading.left_out),
        _void_rows(reading),
        reading.above.sums,
        reading.above.rows,
        _named(reading),
    )


def _named(reading: Reading) -> dict[str, Mask]:
    """For each group that a total names the rows that hold its name."""
    groups = {row.total.group for row in reading.rows if row.total and row.total.group}
    found: dict[str, Mask] = {}
    for name in reading.sheet.texts.column_names if groups else ():
        if name.startswith("_"):
            continue
        column = reading.sheet.texts.column(name)
        texts = {
            text: header_key(text) for text in pc.unique(column).to_pylist() if text and len(text) <= _LONGEST_NAME
        }
        for group in groups & set(texts.values()):
            words = pa.array([text for text, key in texts.items() if key == group], pa.string())
            hits = mask(pc.is_in(column, words)) & reading.records
            found[group] = found[group] | hits if group in found else hits
    return found


def _void_rows(reading: Reading) -> Mask | None:
    """The rows whose status is void; None if there are none."""
    column = reading.typed.columns.get("status")
    return mask(pc.fill_null(pc.equal(column, "void"), False)) if column is not None else None


def _days_of_totals(reading: Reading) -> dict[str, dict[int, date | None]]:
    """By column of dates what stands in the rows of totals."""
    totals = [row.position for row in reading.rows if row.kind is Kind.TOTAL]
    return {
        name: {at: reading.typed.columns[name][at].as_py() for at in totals}
        for name, spec in reading.specs.items()
        if spec.type is FieldType.DATE and name in reading.typed.columns
    }


def _dates(reading: Reading) -> list[date | None]:
    """The date of each row, where a total of a day asks for it."""
    column = reading.typed.columns.get("date")
    asked = any(row.total and row.total.of_day for row in reading.rows)
    return column.to_pylist() if asked and column is not None else []


def _as_money(column: Any) -> Any:
    """Whole numbers as amounts."""
    return column if column.type == TYPE else column.cast(pa.decimal128(38, 5)).cast(TYPE)


def add_totals(reading: Reading, result: TableResult) -> None:
    body = body_of(reading)
    result.problems += _unreadable_figures(reading, body)
    notes = [
        (text, int(reading.sheet.page[row.position]), int(reading.sheet.number[row.position]))
        for row in reading.rows
        if row.kind in (Kind.NOTE, Kind.TOTAL, Kind.PROBLEM) and len([t for t in row.cells if t]) == 1
        for text in row.cells
        if text
    ]
    lines = [(text, int(reading.sheet.page[0]) if reading.sheet.rows else 1, 0) for text in reading.heading.lines]
    pairs = [*stated_pairs(reading), *lines_as_pairs([*lines, *notes])]
    by_rows = stated_by_rows(body, reading.rows)
    stated = [*by_rows.stated, *stated_by_pairs(body, pairs, lambda pair: pair.row or None)]
    unread = set(unread_rows(reading).tolist())
    result.stated = [replace(each, unread=_unread(reading, each, unread)) for each in stated]
    result.remarks += [_unknown(reading, row) for row in by_rows.unknown]
    result.remarks += [_with_void(reading, row) for row in by_rows.with_void]


def _unread(reading: Reading, total: Stated, unread: AbstractSet[int]) -> int:
    """How many of the rows that a total covers were not read, whole or in its column."""
    role = {"amount_in": MONEY_IN, "amount_out": MONEY_OUT}.get(total.field, total.field)
    cells = {at for at in reading.typed.unread.get(role, {}) if reading.records[at]}
    first, end = total.covers if total.covers is not None else (0, None)
    return sum(first <= at and (end is None or at < end) for at in unread | cells)


def _unreadable_figures(reading: Reading, body: Body) -> list[AuditorError]:
    """The figures of total rows, under columns that are added up, that cannot be read."""
    rows = [row for row in reading.rows if row.kind is Kind.TOTAL]
    return [figure_problem(reading, row, column) for row in rows for column in unreadable_figures(body, row)]


def _unknown(reading: Reading, row: Row) -> Remark:
    label = row.cells[row.label_column]
    text = Text(
        f"“{label}” looks like a total, but it is no known one and its figures are not those of rows above: not used",
        f"“{label}”像是合计行，但不是已知的合计，其数字也与上方各行不符：未采用",
    )
    return Remark(str(reading.place(row.position)), text)


def _with_void(reading: Reading, row: Row) -> Remark:
    label = row.cells[row.label_column]
    text = Text(f"“{label}” agrees only with the void papers added up as well", f"“{label}”计入作废单据后才与明细一致")
    return Remark(str(reading.place(row.position)), text)


def add_extent(reading: Reading, result: TableResult) -> None:
    """The first and last day that an export says it covers, behind labels or in a line of text."""
    if reading.type.flow is None:
        return
    first: date | None = None
    last: date | None = None
    source: Pair | None = None
    order = next((spec.declared.order for spec in reading.specs.values() if spec.type is FieldType.DATE), None)
    for pair in stated_pairs(reading):
        days = days_in(pair.value, order)
        if is_first_day(pair.key) and days:
            first, source = first or days[0], source or pair
        elif is_last_day(pair.key) and days:
            last, source = last or days[0], source or pair
        elif is_extent(pair.key) and len(days) == 2:
            first, last, source = first or days[0], last or days[1], source or pair
    if source is None and (covering := _covering(reading, order)) is not None:
        first, last, source = covering
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
            "_raw": f"{source.label}: {source.value}" if source.label else source.value,
            "_via": reading.sheet.via,
        }
    )


def _covering(reading: Reading, order: Order | None) -> tuple[date, date, Pair] | None:
    """The one span of days around the table, whatever its label, within which all of its rows lie and which begins and
    ends about where they do. A contract runs longer, and a day on which something was printed is no span."""
    dates = reading.typed.columns.get("date")
    kept = pc.drop_null(dates.filter(pa.array(reading.records))) if dates is not None else None
    if kept is None or not len(kept):
        return None
    earliest, latest = pc.min(kept).as_py(), pc.max(kept).as_py()
    lines = [Pair("", "", line, int(reading.sheet.page[0]), 0) for line in reading.heading.lines]
    spans: dict[tuple[date, date], Pair] = {}
    for pair in (*stated_pairs(reading), *lines):
        days = extent_in(pair.value, order)
        if days is not None and earliest - _ABOUT <= days[0] <= earliest and latest <= days[1] <= latest + _ABOUT:
            spans.setdefault(days, pair)
    return (*next(iter(spans)), next(iter(spans.values()))) if len(spans) == 1 else None
