"""The side of each balance: marked beside it, or in the column next to it, as ledgers write 借 or 贷 there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.decisions.sides import OUT
from auditor.documents.headers import header_key
from auditor.documents.proofs.exact import Mask, Ticks, ticks
from auditor.documents.tables.flows import flag_words
from auditor.documents.tables.reading import Reading, column_number
from auditor.documents.typed_columns import distinct_texts, mask, whole
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.languages import Text
from auditor.records.model import Flow

_EVEN = "平"  # of a balance that is nothing


def with_signed_balances(reading: Reading) -> Reading:
    """A balance that is marked as one of the paying side (an overdraft) is negative."""
    sides = reading.typed.beside("side", "balance")
    if sides is None or reading.type.flow is None:
        return reading
    words = flag_words(reading.type.flow)
    out = [word for word in ("借", "贷", "付", "收") if words.get(word) == OUT]
    return with_negatives(reading, "balance", mask(pc.is_in(whole(sides), pa.array(out, pa.string()))))


def with_sided_balances(reading: Reading) -> Reading:
    """Beside two columns of amounts, a column of words for sides next to the balances is of these: those of the paying
    side are negative if more balances follow from one another that way."""
    flow, columns = reading.type.flow, reading.typed.columns
    if flow is None or reading.flow is None or not {MONEY_IN, MONEY_OUT, "balance"} <= columns.keys():
        return reading
    at = _column_of_sides(reading, flow)
    if at is None:
        return reading
    paying = _paying_words(flow)
    turned = np.array([header_key(text or "") in paying for text in reading.sheet.texts.column(at).to_pylist()])
    balances, known = ticks(columns["balance"])
    dated = mask(pc.is_valid(columns["date"])) if "date" in columns else np.ones(len(known), dtype=bool)
    kept = known & dated & reading.flow.valid
    signed = reading.flow.signed()[kept]
    if _following(signed, np.where(turned, -balances, balances)[kept]) <= _following(signed, balances[kept]):
        return reading
    header = reading.sheet.headers[at]
    remark = Text(
        f"“{header}” tells on which side each balance is: {int(np.count_nonzero(turned & kept))} are negative",
        f"“{header}”列为余额方向：{int(np.count_nonzero(turned & kept))} 行余额为负数",
    )
    reading = with_negatives(reading, "balance", turned)
    more, remarks = reading.more_columns | {at}, (*reading.remarks, remark)
    return replace(reading, more_columns=more, remarks=remarks, side_of_balance=at)


def on_paying_side(reading: Reading, text: str) -> bool:
    """Whether a cell of the column of sides says that the balance beside it is negative."""
    return reading.type.flow is not None and header_key(text) in _paying_words(reading.type.flow)


def _paying_words(flow: Flow) -> frozenset[str]:
    return frozenset(word for word, side in flag_words(flow).items() if side == OUT)


def _column_of_sides(reading: Reading, flow: Flow) -> int | None:
    """The unclaimed column next to the balances in which nothing but words for sides stands, some of the paying one."""
    words, paying = {*flag_words(flow), _EVEN}, _paying_words(flow)

    def are_sides(texts: Sequence[str]) -> bool:
        keys = {header_key(text) for text in texts} - {""}
        return keys <= words and bool(keys & paying)

    return column_beside(reading, "balance", set(reading.sheet.claim.day_columns), are_sides)


def column_beside(
    reading: Reading, name: str, taken: AbstractSet[int], fits: Callable[[Sequence[str]], bool]
) -> int | None:
    """The column next to that of a field, before it, else behind it, which no role claims, which is not among those
    `taken`, and whose filled texts, of which there are some, fit."""
    number = column_number(reading.specs.get(name))
    if number is None:
        return None
    taken = taken | {column.index for column in reading.sheet.claim.columns}
    for at in (number - 2, number):
        if at in taken or not 0 <= at < min(len(reading.sheet.headers), reading.sheet.texts.num_columns):
            continue
        texts = [text for text in distinct_texts(reading.sheet.texts.column(at)) if text.strip()]
        if texts and fits(texts):
            return at
    return None


def _following(signed: Ticks, balances: Ticks) -> int:
    """How many balances follow from the one before them, in the better order of time."""
    orders = ((signed[::order], balances[::order]) for order in (1, -1))
    return max(int(np.count_nonzero(np.diff(stated) == moved[1:])) for moved, stated in orders)


def with_negatives(reading: Reading, name: str, turned: Mask) -> Reading:
    """A column of amounts with those that are `turned` as negative ones."""
    column = whole(reading.typed.columns[name])
    signed = pc.if_else(pa.array(turned), pc.cast(pc.negate(column), column.type), column)
    return replace(reading, typed=replace(reading.typed, columns={**reading.typed.columns, name: signed}))
