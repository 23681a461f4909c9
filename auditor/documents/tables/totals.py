"""Totals that a table's rows, headings and footers state, and the rows that they cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from auditor.documents.decisions.sides import IN, NONE, OUT
from auditor.documents.fields import Spec, read_one
from auditor.documents.headers import header_key
from auditor.documents.labels import stated_count
from auditor.documents.proofs.exact import Mask, Ticks, ticks
from auditor.documents.proofs.totals import Stated
from auditor.documents.tables.rows import Kind, Row
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.records.figures import FigureUnit, unit_of_field
from auditor.records.model import FieldType, RecordType

UNIT = 100_000  # one, in units of 0.00001
SIDE_NAMES = {IN: "in", OUT: "out", NONE: "none"}
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
    days: Mapping[str, Mapping[int, date | None]] = field(default_factory=dict)  # by column of dates: of total rows
    dates: Sequence[date | None] = ()  # of the rows, where the type has a date
    left_out: int = 0  # rows that the layout leaves out; a printed count may count them
    void: Mask | None = None  # rows of void papers, which a printed count may leave out
    before: Mapping[str, int] = field(default_factory=dict)  # sums of the tables above of the same kind, by role
    rows_before: int = 0
    named: Mapping[str, Mask] = field(default_factory=dict)  # by the group that a total names: the rows that name it

    @property
    def live(self) -> Mask:
        """Which rows are records of papers that are not void."""
        return self.records if self.void is None else self.records & ~self.void


@dataclass(frozen=True, slots=True)
class RowTotals:
    """The totals of total rows; the rows whose label is not known and whose figures agree with nothing; and the rows
    that agree only if void papers are added up as well."""

    stated: tuple[Stated, ...] = ()
    unknown: tuple[Row, ...] = ()
    with_void: tuple[Row, ...] = ()


def stated_by_rows(body: Body, rows: Sequence[Row]) -> RowTotals:
    """The totals of the table's own total rows. A total covers the rows since the total of the same kind before it,
    unless the whole table makes it. Void papers stay out of it, unless it agrees only with them."""
    found: list[Stated] = []
    unknown: list[Row] = []
    with_void: list[Row] = []
    last: dict[str, int] = {}
    ordered = sorted((row for row in rows if row.kind is Kind.TOTAL and row.total), key=lambda row: row.position)
    for row in ordered:
        assert row.total is not None
        if row.total.to_date:
            continue
        key = _kind_of(row)
        reached = _of_row(body, row, last.get(key, 0))
        group = body.named.get(row.total.group) if row.total.group else None
        if row.total.group and (group is None or not group.any()) and not all(each.holds for each, _ in reached):
            unknown.append(row)
            continue
        last[key] = row.position
        found += [each for each, _ in reached]
        if any(void for _, void in reached):
            with_void.append(row)
    return RowTotals(tuple(found), tuple(unknown), tuple(with_void))


def _kind_of(row: Row) -> str:
    """Totals of one kind follow one another: subtotals, those of a month or period, those under one label."""
    assert row.total is not None
    if row.total.subtotal:
        return "subtotal"
    return "month" if row.total.scope in ("month", "period") else header_key(row.total.text)


def _of_row(body: Body, row: Row, since: int) -> list[tuple[Stated, bool]]:
    """The totals of one row, and of each whether it agrees only with void papers added up."""
    figures = list(_figures(body, row))
    group = _reach(body, row, figures, since)
    start = since if group else 0
    if row.total is not None and row.total.of_day:
        start = max(start, _day_starts(body, row.position))
    live = body.live[start : row.position]
    count = int(live.sum())
    day = _day_of(body, row)
    everything = _covers_all_tables(body, row, figures, start)
    made: list[tuple[Stated, bool]] = []
    for role, stated in figures:
        computed, rows, void = sum_of(body, role, start, row.position), count, False
        whole = _of_all_tables(body, row, role)
        if computed != stated and whole is not None and (everything or whole == stated):
            computed, rows = whole, body.rows_before + int(body.live[: row.position].sum())
        elif computed != stated and (mine := _of_group(body, row, role)) is not None and mine[0] == stated:
            # rows that stand apart are not told one by one: the total proves none of their fields
            total = _stated(body, row, field_name(role), "sum", stated, *mine, day)
            made.append((replace(total, covers=(0, 0)), False))
            continue
        elif computed != stated and _of_side(body, role, start, row.position) == stated:
            computed = stated
        elif sum_of(body, role, start, row.position, void=True) == stated:
            computed, rows, void = stated, int(body.records[start : row.position].sum()), computed != stated
        total = _stated(body, row, field_name(role), "sum", stated, computed, rows, day)
        made.append((replace(total, covers=(start if rows == count else 0, row.position)), void))
    stated_rows = _counts(body, row)
    if stated_rows is not None:
        count = _count_meant(body, row, start, stated_rows, everything=everything)
        made.append((_stated(body, row, "rows", "count", stated_rows * UNIT, count * UNIT, count, day), False))
    return made


def _covers_all_tables(body: Body, row: Row, figures: Sequence[tuple[str, int]], start: int) -> bool:
    """Whether a total is that of all tables of its kind, though not each of its figures agrees: at least one of them,
    or the number of rows, is that of all, and none that of this table alone."""
    if any(stated == sum_of(body, role, start, row.position) for role, stated in figures):
        return False
    counted = _counts(body, row)
    inside = [int(mask[: row.position].sum()) for mask in (body.records, body.live)]
    if counted is not None and body.rows_before and counted in [body.rows_before + each for each in inside]:
        return _of_all_tables(body, row, "") is not None
    return any(stated and _of_all_tables(body, row, role) == stated for role, stated in figures)


def _count_meant(body: Body, row: Row, start: int, stated: int, *, everything: bool) -> int:
    """The number of rows: with void papers or without them, of this table or of all of its kind, as it is stated."""
    inside = int(body.records[start : row.position].sum())
    if everything:
        inside = body.rows_before + int(body.records[: row.position].sum())
    others = (int(body.live[start : row.position].sum()), body.rows_before + int(body.records[: row.position].sum()))
    return stated if stated in others else inside


def unreadable_figures(body: Body, row: Row) -> list[int]:
    """The columns of a total row whose figure cannot be read though the column can be added up."""
    found = []
    for index, spec in sorted(body.specs.items()):
        text = row.cells[index] if index != row.label_column and index < len(row.cells) else ""
        if (
            is_summed(body.record_type, spec)
            and any(map(str.isdigit, text))
            and stated_count(text) is None
            and read_one(text, spec).problem is not None
        ):
            found.append(index)
    return found


def _of_all_tables(body: Body, row: Row, role: str) -> int | None:
    """What the total makes if it is that of all tables of its kind above it, customer by customer; None if there are
    none, or the row says that it is a part's."""
    assert row.total is not None
    if not body.rows_before or row.total.subtotal or row.total.of_day:
        return None
    return body.before.get(role, 0) + (sum_of(body, role, 0, row.position) if role in body.sums else 0)


def _of_group(body: Body, row: Row, role: str) -> tuple[int, int] | None:
    """The sum and the number of the rows above that name the group of a total, wherever they stand."""
    assert row.total is not None
    mine = body.named.get(row.total.group or "")
    if mine is None:
        return None
    values, valid = ticks(body.sums[role])
    inside = (body.live & mine)[: row.position]
    return exact_sum(values[: row.position][inside & valid[: row.position]]), int(inside.sum())


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
            or not is_summed(body.record_type, spec)
        ):
            continue
        read = read_one(row.cells[index], spec)
        value, problem = read.value, read.problem
        if value is not None and problem is None:
            found.append((spec.name, to_ticks(value)))
    return found


def is_summed(record_type: RecordType, spec: Spec) -> bool:
    """Whether a total may state the sum of a column: of a field as its record type says, else of amounts."""
    each = record_type.fields.get(spec.name)
    return each.summed if each is not None else spec.type in _SUMMED


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
    """The day that stands in a total's row under a column of dates, as the column is read."""
    for index, spec in body.specs.items():
        if spec.type is FieldType.DATE and index < len(row.cells) and row.cells[index]:
            return body.days.get(spec.name, {}).get(row.position)
    return None


def sum_of(body: Body, role: str, start: int, end: int, *, void: bool = False) -> int:
    """The sum of a column over the records from `start` to `end`; those of void papers only with `void`."""
    values, valid = ticks(body.sums[role])
    inside = (body.records if void else body.live)[start:end] & valid[start:end]
    return exact_sum(values[start:end][inside])


def _of_side(body: Body, role: str, start: int, end: int) -> int | None:
    """The sum of the rows of one side, with what a minus in the other column has moved there; None for no side."""
    side = {MONEY_IN: IN, MONEY_OUT: OUT}.get(role)
    if side is None or body.direction is None or body.amounts is None:
        return None
    inside = body.live[start:end] & (body.direction[start:end] == side)
    return exact_sum(body.amounts[start:end][inside])


def exact_sum(values: Ticks) -> int:
    """The sum as a Python number, which cannot overflow."""
    high, low = values >> 32, values & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())


def to_ticks(value: Any) -> int:
    """A value as a whole number of 0.00001."""
    return int(Decimal(value).scaleb(5))


def unit_of(record_type: RecordType, name: str, kind: str) -> FigureUnit:
    """What a total of a field counts: things where it is a number of rows, money where the sides of an account are."""
    each = record_type.fields.get(name)
    return "count" if kind == "count" else (each and unit_of_field(each)) or "money"


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
        header=next((spec.header for spec in body.specs.values() if field_name(spec.name) == name), ""),
        unit=unit_of(body.record_type, name, kind),
    )
