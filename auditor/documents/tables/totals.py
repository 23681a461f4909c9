"""Totals that a table's rows, headings and footers state, and the rows that they cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from auditor.documents.fields import Spec, read_one
from auditor.documents.headers import header_key
from auditor.documents.proofs.exact import Mask, Ticks, ticks
from auditor.documents.proofs.totals import Stated
from auditor.documents.tables.flows import IN, NONE, OUT
from auditor.documents.tables.labels import stated_count
from auditor.documents.tables.rows import Kind, Row
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.records.model import FieldType, RecordType
from auditor.values.dates import parse_date

UNIT = 100_000  # one, in units of 0.00001
SIDE_NAMES = {IN: "in", OUT: "out", NONE: "none"}
NEVER_SUMMED = frozenset({"rate", "price", "balance", "fuel_rate", "tax_rate", "terms_days", "copies", "width"})
_SUMMED = (FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER)


@dataclass(slots=True)
class Body:
    """A table's typed body, as totals see it. Arrays have the length of the body; amounts in units of 0.00001."""

    record_type: RecordType
    specs: Mapping[int, Spec]  # column → how it is read
    sums: Mapping[str, Any]  # role → column of amounts
    direction: np.ndarray | None
    amounts: Ticks | None
    records: Mask  # which rows are records
    page: np.ndarray
    number: np.ndarray
    currency: str | None = None
    dates: Sequence[date | None] = ()  # of the rows, where the type has a date
    left_out: int = 0  # rows that the layout leaves out; a printed count may count them
    void: Mask | None = None  # rows of void papers, which a printed count may leave out
    before: Mapping[str, int] = field(default_factory=dict)  # sums of the tables above of the same kind, by role
    rows_before: int = 0


def stated_by_rows(body: Body, rows: Sequence[Row]) -> list[Stated]:
    """The totals of the table's own total rows. A total covers the rows since the total of the same kind before it,
    unless the whole table makes it."""
    found: list[Stated] = []
    last: dict[str, int] = {}
    ordered = sorted((row for row in rows if row.kind is Kind.TOTAL and row.total), key=lambda row: row.position)
    for row in ordered:
        assert row.total is not None
        if row.total.to_date:
            continue
        key = "subtotal" if row.total.subtotal else header_key(row.total.text)
        since = last.get(key, 0)
        last[key] = row.position
        found += _of_row(body, row, since)
    return found


def _of_row(body: Body, row: Row, since: int) -> list[Stated]:
    figures = list(_figures(body, row))
    group = _reach(body, row, figures, since)
    start = since if group else 0
    if row.total is not None and row.total.of_day:
        start = max(start, _day_starts(body, row.position))
    inside = body.records[start : row.position]
    count = int(inside.sum())
    day = _day_of(body, row)
    made: list[Stated] = []
    for role, stated in figures:
        computed, rows = sum_of(body, role, start, row.position), count
        if computed != stated and (whole := _of_all_tables(body, row, role)) == stated:
            computed, rows = whole, body.rows_before + int(body.records[: row.position].sum())
        made.append(_stated(body, row, field_name(role), "sum", stated, computed, rows, day))
    stated_rows = _counts(body, row)
    if stated_rows is not None:
        if stated_rows in _other_counts(body, row, start, count):
            count = stated_rows
        made.append(_stated(body, row, "rows", "count", stated_rows * UNIT, count * UNIT, count, day))
    return made


def _other_counts(body: Body, row: Row, start: int, count: int) -> tuple[int, ...]:
    """What a printed count may also mean: the rows without void papers, or those of all tables of its kind."""
    inside = body.records[start : row.position]
    live = count - int((body.void[start : row.position] & inside).sum()) if body.void is not None else count
    return live, body.rows_before + int(body.records[: row.position].sum())


def _of_all_tables(body: Body, row: Row, role: str) -> int | None:
    """What the total makes if it is that of all tables of its kind above it, customer by customer; None if there are
    none, or the row says that it is a part's."""
    assert row.total is not None
    if not body.rows_before or row.total.subtotal or row.total.of_day:
        return None
    return body.before.get(role, 0) + sum_of(body, role, 0, row.position)


def sums_of(body: Body) -> dict[str, int]:
    """The sums of all records, by role, in units of 0.00001."""
    return {role: sum_of(body, role, 0, len(body.records)) for role in body.sums}


def _day_starts(body: Body, end: int) -> int:
    """The first of the rows above `end` that have the date of the last of them."""
    rows = [int(at) for at in np.flatnonzero(body.records[:end])]
    if not rows or not body.dates or body.dates[rows[-1]] is None:
        return 0
    other = [at for at in rows if body.dates[at] != body.dates[rows[-1]]]
    return other[-1] + 1 if other else 0


def _reach(body: Body, row: Row, figures: Sequence[tuple[str, int]], since: int) -> bool:
    """Whether the total covers only the rows since the one before it."""
    assert row.total is not None
    if not since:
        return False
    if row.total.subtotal:
        return True
    whole = sum(stated == sum_of(body, role, 0, row.position) for role, stated in figures)
    part = sum(stated == sum_of(body, role, since, row.position) for role, stated in figures)
    return part >= whole


def _figures(body: Body, row: Row) -> list[tuple[str, int]]:
    """The figures of a total row under columns that can be summed: (role, amount in units of 0.00001)."""
    found = []
    for index, spec in body.specs.items():
        if (
            index == row.label_column
            or index >= len(row.cells)
            or spec.name in NEVER_SUMMED
            or spec.type not in _SUMMED
        ):
            continue
        value, problem = read_one(row.cells[index], spec) if row.cells[index] else (None, None)
        if value is not None and problem is None:
            found.append((spec.name, to_ticks(value)))
    return found


def _counts(body: Body, row: Row) -> int | None:
    """The number of rows that a total row states, in its label or under a column that cannot be summed."""
    assert row.total is not None
    if row.total.count is not None:
        return row.total.count
    for index, text in enumerate(row.cells):
        if not text or index == row.label_column:
            continue
        spec = body.specs.get(index)
        counted = stated_count(text)
        if counted is None and spec and spec.type is FieldType.NUMBER_TEXT and text.isdigit() and len(text) <= 7:
            counted = int(text)
        if counted is not None and (spec is None or spec.type not in _SUMMED):
            return counted
    return None


def _day_of(body: Body, row: Row) -> date | None:
    for index, spec in body.specs.items():
        if spec.type is FieldType.DATE and index < len(row.cells) and row.cells[index]:
            return parse_date(row.cells[index], default_year=spec.declared.default_year).value
    return None


def sum_of(body: Body, role: str, start: int, end: int) -> int:
    values, valid = ticks(body.sums[role])
    inside = body.records[start:end] & valid[start:end]
    return exact_sum(values[start:end][inside])


def exact_sum(values: Ticks) -> int:
    """The sum as a Python number, which cannot overflow."""
    high, low = values >> 32, values & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())


def to_ticks(value: Any) -> int:
    """A value as a whole number of 0.00001."""
    return int(Decimal(value).scaleb(5))


def field_name(role: str) -> str:
    """A role as `stated_total.field` names it."""
    return {MONEY_IN: "amount_in", MONEY_OUT: "amount_out"}.get(role, role)


def _stated(
    body: Body, row: Row, name: str, kind: str, stated: int, computed: int, count: int, day: date | None
) -> Stated:
    assert row.total is not None
    return Stated(
        body.record_type.name,
        name,
        kind,
        row.total.text,
        stated,
        computed,
        count,
        int(body.page[row.position]),
        int(body.number[row.position]),
        "\t".join(row.cells),
        group=row.total.group,
        day=day,
        currency=body.currency,
    )
