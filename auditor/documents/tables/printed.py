"""Totals that headings, footers and lines of text state: `收入：1笔 28.50元`, `共66笔记录`, `借方合计：…`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from auditor.documents.decisions.sides import IN, OUT
from auditor.documents.fields import Spec
from auditor.documents.headers import header_key
from auditor.documents.labels import counts_all, counts_rows, stated_count, summed_field, without_total_words
from auditor.documents.proofs.totals import Stated
from auditor.documents.tables.figures_outside import figure_spec, read_figure
from auditor.documents.tables.flows import sides_of_labels
from auditor.documents.tables.headings import Pair
from auditor.documents.tables.totals import (
    SIDE_NAMES,
    UNIT,
    Body,
    exact_sum,
    field_name,
    sum_of,
    to_ticks,
    unit_of,
)
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.documents.words import mark_words
from auditor.records.model import FieldType

_UNITS = "|".join(map(re.escape, mark_words().units))
_NUMBERS = "|".join(re.escape(f"{word}数") for word in mark_words().counted)
_COUNT_PART = re.compile(rf"(?:共)?(\d{{1,9}})\s*(?:{_UNITS})|(?:{_NUMBERS})\s*[:：]?\s*(\d{{1,9}})(?![\d.,])")
_MONEY_PART = re.compile(
    rf"(?<![\d.,])([-+]?[￥¥$€]?\s*\d(?:[\d.,'’]*\d)?\s*(?:[十百千万亿]*元|[十百千万亿]+)?)(?![\d年月日:：]|{_UNITS})"
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
                unit=unit_of(body.record_type, name, kind),
            )
        )

    if side is not None:
        chosen = body.live & (body.direction == side)
        rows = int(chosen.sum())
        spec = figure_spec(body.specs.values(), {IN: MONEY_IN, OUT: MONEY_OUT}.get(side, "amount"), "amount")
        count, money = _parts(pair.value, spec, is_count=counts_rows(key))
        if count is not None:
            add(f"rows_{SIDE_NAMES[side]}", "count", count * UNIT, rows * UNIT, rows)
        if money is not None and body.amounts is not None:
            # a sum of money out may be printed with its minus
            money = abs(money) if side == OUT else money
            add(f"amount_{SIDE_NAMES[side]}", "sum", money, exact_sum(body.amounts[chosen]), rows)
        return made
    if counts_all(key):
        count = _parts(pair.value, None, is_count=True)[0]
        if count is not None:
            rows = int(body.records.sum())
            rows += body.left_out if count == rows + body.left_out else 0
            add("rows", "count", count * UNIT, rows * UNIT, rows)
        return made
    role = _summed_field(body, key)
    if role is not None:
        spec = next((each for each in body.specs.values() if each.name == role), None)
        money = _parts(pair.value, spec, is_count=False)[1]
        if money is not None:
            add(field_name(role), "sum", money, sum_of(body, role, 0, len(body.records)), int(body.live.sum()))
    return made


def _side(body: Body, key: str) -> int | None:
    if body.direction is None or body.record_type.flow is None:
        return None
    sides = sides_of_labels(body.record_type.flow)
    for each in (key, key.replace("总", "")):
        if each in sides:
            return sides[each]
    bare = without_total_words(key)
    return sides.get(bare) if bare != key else None


def _summed_field(body: Body, key: str) -> str | None:
    """The field that `件数合计` or `合计金额` is the sum of."""
    bare = summed_field(key)
    for name, each in body.record_type.fields.items():
        if name in body.sums and each.summed and bare in {header_key(word) for word in each.headers}:
            return name
    return None


def _parts(value: str, spec: Spec | None, *, is_count: bool) -> tuple[int | None, int | None]:
    """The count and the amount in a text such as `1笔 28.50元`; a lone number is the one that is asked for. The amount
    is read as `spec` says."""
    match = _COUNT_PART.search(value)
    count = int(match[1] or match[2]) if match else None
    rest = value[: match.start()] + " " + value[match.end() :] if match else value
    if is_count:
        return count if count is not None else _lone(rest), None
    found = (read_figure(each[1], spec or Spec("amount", FieldType.MONEY)) for each in _MONEY_PART.finditer(rest))
    read = next((each.value for each in found), None)
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
        if counted is not None and not bare[0].isdigit():
            found.append(Pair("记录数", bare, str(counted), page, row))
        short = re.fullmatch(r"(\d+)\s*([收付支])\s*([\d.,]*\d[.,]\d\d)", bare)
        if short:
            word = "收入" if short[2] == "收" else "支出"
            found.append(Pair(word, bare, f"{short[1]}笔 {short[3]}", page, row))
    return found
