"""Totals that a table's rows, headings and footers state, and the rows that they cover."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from auditor.documents.layouts.flows import IN, NONE, OUT, sides_of_labels
from auditor.documents.layouts.headers import header_key
from auditor.documents.layouts.headings import Pair
from auditor.documents.layouts.labels import stated_count
from auditor.documents.layouts.recognise import MONEY_IN, MONEY_OUT
from auditor.documents.layouts.rows import Kind, Row
from auditor.documents.layouts.typing import Spec, read_one
from auditor.documents.proofs.exact import Mask, Ticks, ticks
from auditor.documents.proofs.totals import Stated
from auditor.records.model import FieldType, RecordType
from auditor.values.dates import parse_date
from auditor.values.money import parse_money

UNIT = 100_000  # one, in units of 0.00001
SIDE_NAMES = {IN: "in", OUT: "out", NONE: "none"}
_NEVER_SUMMED = frozenset({"rate", "price", "balance", "fuel_rate", "tax_rate", "terms_days", "copies", "width"})
_SUMMED = (FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER)
_COUNT_PART = re.compile(r"(?:共)?(\d{1,9})\s*[笔票条张]")
_MONEY_PART = re.compile(
    r"(?<![\d.])([-+]?[￥¥$]?\s*\d[\d,]*\.\d{1,5}|[-+]?[￥¥$]?\d[\d,]*)\s*元?(?![\d笔票条张年月日:：])"
)
_ALL_ROWS = re.compile(
    r"#?(?:共|总|合|总共|汇总|合计|共计)?(?:交易|记录|明细)?(?:总|合计|汇总)?(?:笔数|记录数|票数|张数|条数|单数|交易单数|行数|记录|条目数|交易笔数)(?:合计|总计)?"
)


_TOTAL_WORDS = re.compile(r"(?:合计|总计|总额|总金额|总数|共计|汇总|累计|小计|金额|笔数|总|本期|本月)")


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
        computed = _sum(body, role, start, row.position)
        made.append(_stated(body, row, field_name(role), "sum", stated, computed, count, day))
    stated_rows = _counts(body, row)
    if stated_rows is not None:
        made.append(_stated(body, row, "rows", "count", stated_rows * UNIT, count * UNIT, count, day))
    return made


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
    whole = sum(stated == _sum(body, role, 0, row.position) for role, stated in figures)
    part = sum(stated == _sum(body, role, since, row.position) for role, stated in figures)
    return part >= whole


def _figures(body: Body, row: Row) -> list[tuple[str, int]]:
    """The figures of a total row under columns that can be summed: (role, amount in units of 0.00001)."""
    found = []
    for index, spec in body.specs.items():
        if (
            index == row.label_column
            or index >= len(row.cells)
            or spec.name in _NEVER_SUMMED
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


def _sum(body: Body, role: str, start: int, end: int) -> int:
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


def stated_by_pairs(body: Body, pairs: Sequence[Pair], row_number: Callable[[Pair], int | None]) -> list[Stated]:
    """The totals of a heading or footer: `收入：1笔 28.50元`, `共66笔记录`, `借方合计：…`, `件数合计：…`."""
    found: list[Stated] = []
    for pair in pairs:
        found += _of_pair(body, pair, row_number(pair))
    return found


def _of_pair(body: Body, pair: Pair, number: int | None) -> list[Stated]:
    key = header_key(pair.key).lstrip("#")
    raw = f"{pair.label}: {pair.value}"
    side = _side(body, key)
    made: list[Stated] = []

    def add(name: str, kind: str, stated: int, computed: int, rows: int) -> None:
        made.append(
            Stated(
                body.record_type.name,
                name,
                kind,
                pair.label,
                stated,
                computed,
                rows,
                pair.page,
                number,
                raw,
                currency=body.currency,
            )
        )

    if side is not None:
        chosen = body.records & (body.direction == side)
        rows = int(chosen.sum())
        count, money = _parts(pair.value, is_count="笔数" in key)
        if count is not None:
            add(f"rows_{SIDE_NAMES[side]}", "count", count * UNIT, rows * UNIT, rows)
        if money is not None and body.amounts is not None:
            # a sum of money out may be printed with its minus
            money = abs(money) if side == OUT else money
            add(f"amount_{SIDE_NAMES[side]}", "sum", money, exact_sum(body.amounts[chosen]), rows)
        return made
    if _ALL_ROWS.fullmatch(key):
        count = _parts(pair.value, is_count=True)[0]
        if count is not None:
            rows = int(body.records.sum())
            rows += body.left_out if count == rows + body.left_out else 0
            add("rows", "count", count * UNIT, rows * UNIT, rows)
        return made
    role = _summed_field(body, key)
    if role is not None:
        money = _parts(pair.value, is_count=False)[1]
        if money is not None:
            add(field_name(role), "sum", money, _sum(body, role, 0, len(body.records)), int(body.records.sum()))
    return made


def _side(body: Body, key: str) -> int | None:
    if body.direction is None or body.record_type.flow is None:
        return None
    sides = sides_of_labels(body.record_type.flow)
    for each in (key, key.replace("总", "")):
        if each in sides:
            return sides[each]
    bare = _TOTAL_WORDS.sub("", key)
    return sides.get(bare) if bare != key else None


def _summed_field(body: Body, key: str) -> str | None:
    """The field that `件数合计` or `合计金额` is the sum of."""
    if not re.search(r"合计|总计|共计|总", key):
        return None
    bare = re.sub(r"合计|总计|共计|小计|^总|总数$", "", key)
    for name, each in body.record_type.fields.items():
        if name in body.sums and name not in _NEVER_SUMMED and bare in {header_key(word) for word in each.headers}:
            return name
    return None


def _parts(value: str, *, is_count: bool) -> tuple[int | None, int | None]:
    """The count and the amount in a text such as `1笔 28.50元`; a lone number is the one that is asked for."""
    match = _COUNT_PART.search(value)
    count = int(match[1]) if match else None
    rest = value[: match.start()] + " " + value[match.end() :] if match else value
    if is_count:
        return count if count is not None else _lone(rest), None
    money = _MONEY_PART.search(rest)
    read = parse_money(money[1]).value if money else None
    return count, None if read is None else to_ticks(read)


def _lone(text: str) -> int | None:
    bare = text.strip().replace(",", "")
    return int(bare) if bare.isdigit() and len(bare) <= 9 else None


def lines_as_pairs(texts: Sequence[tuple[str, int, int]]) -> list[Pair]:
    """Lines such as `共66笔记录` and `5 收 91,007,497.02`, which state a total without a colon: (text, page, row)."""
    found: list[Pair] = []
    for text, page, row in texts:
        bare = text.strip().lstrip("#").strip()
        counted = stated_count(bare)
        if counted is not None and bare.startswith(("共", "总", "合")):
            found.append(Pair("记录数", bare, str(counted), page, row))
        short = re.fullmatch(r"(\d+)\s*([收付支])\s*([\d,]+\.\d\d)", bare)
        if short:
            word = "收入" if short[2] == "收" else "支出"
            found.append(Pair(word, bare, f"{short[1]}笔 {short[3]}", page, row))
    return found
