"""Direction and amount, from two columns, one signed column, or an amount with a flag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.documents.decisions.sides import IN, NONE, OUT, UNKNOWN
from auditor.documents.headers import header_key
from auditor.documents.proofs.exact import Mask, Ticks, blocks, from_ticks, ticks
from auditor.documents.questions import Question
from auditor.documents.word_parts import choice_of
from auditor.languages import Text
from auditor.records.model import Flow

Codes: TypeAlias = npt.NDArray[np.int8]  # of directions

_NAMES = pa.array(["in", "out", "none", None], pa.string())
_FACTORS = np.array([1, -1, 0, 0], dtype=np.int8)

BOTH_FILLED = Text("both money in and money out are filled", "收入与支出两栏均有金额")
NO_AMOUNT = Text("no amount on either side", "收入与支出两栏均无金额")
NO_FLAG = Text("the flag is empty", "借贷标志为空")
MINUS_OR_BACK = Text(
    "an amount with a minus: was money taken back, or is it only written this way? no balance tells",
    "金额为负数：是冲正或退回，还是习惯以负数表示？没有余额可以判断",
)
NOT_TOLD_BY_BALANCE = Text("no sign, and the balances do not tell", "没有正负号，余额也无法判断")
LOST_SIGN = Text("no sign, though the other amounts have one: it was not read", "其他金额均有正负号，此处的符号未识别")
UNKNOWN_FLAG = Text("the flag is no word known here", "借贷标志无法识别")


@dataclass(frozen=True, slots=True)
class FlowColumns:
    """Direction codes (IN, OUT, NONE, UNKNOWN) and amounts; rows that have neither, and why.

    `said`: the directions as the document writes and totals them, where they are not the ones that hold.
    """

    direction: Codes
    amount: Ticks
    valid: Mask
    unclear: Mapping[int, Text] = field(default_factory=dict)
    said: Codes | None = None

    @property
    def totalled(self) -> Codes:
        """The directions by which the document's own totals go."""
        return self.direction if self.said is None else self.said

    def signed(self) -> Ticks:
        """What each row adds to a balance."""
        signed: Ticks = self.amount * _FACTORS[self.direction]
        return signed

    def turned(self, kept: npt.NDArray[np.int64], balance: Ticks) -> bool:
        """Whether each balance of the rows `kept` moves the other way than the row says, in either order of time."""
        signed = self.signed()
        signed = signed if len(kept) == len(signed) else signed[kept]
        orders = [(signed[::order], balance[::order]) for order in (1, -1)]
        if any(_moves(moved, stated, 1) for moved, stated in orders):
            return False
        return any(_moves(moved, stated, -1) for moved, stated in orders)

    def directions(self) -> pa.Array:
        """The column `direction` of the records."""
        return _NAMES.take(pa.array(self.direction))

    def amounts(self) -> pa.Array:
        """The column `amount` of the records."""
        return from_ticks(self.amount, self.valid)


@dataclass(frozen=True, slots=True)
class Movements:
    """Direction and amount of each row, or why they cannot be told; `column` is one that no header word claims and that
    tells them all the same, `remark` says how."""

    flow: FlowColumns | None = None
    question: Question | None = None
    column: int | None = None
    remark: Text | None = None


def _moves(signed: Ticks, balance: Ticks, factor: int) -> bool:
    """Whether each balance is the one before it and `factor` times its row's movement together."""
    for rows in blocks(1, len(balance)):
        before = balance[rows.start - 1 : rows.stop - 1]
        if not np.array_equal(balance[rows] - before, signed[rows] * factor):
            return False
    return True


def two_columns(money_in: pa.Array, money_out: pa.Array, *, red_signed: bool, out_negative: bool) -> FlowColumns:
    """One column for each side. A negative amount is money of the other side, or with `red_signed` a red entry.

    `out_negative`: the amounts of money out carry a minus by the manner of the document.
    """
    into, in_valid = ticks(money_in)
    out, out_valid = ticks(money_out)
    has_in, has_out = into != 0, out != 0
    if out_negative and not red_signed:
        out = -out
    both, neither = has_in & has_out, ~(in_valid | out_valid)
    direction = np.where(has_in, np.int8(IN), np.where(has_out, np.int8(OUT), np.int8(NONE)))
    direction[both | neither] = UNKNOWN
    amount = np.where(has_in, into, out)
    if not red_signed:
        direction, amount = _turned(direction, amount)
    unclear = dict.fromkeys(map(int, np.flatnonzero(both)), BOTH_FILLED)
    unclear.update(dict.fromkeys(map(int, np.flatnonzero(neither)), NO_AMOUNT))
    return FlowColumns(direction.astype(np.int8), amount, direction != UNKNOWN, unclear)


def _turned(direction: Codes, amount: Ticks) -> tuple[Codes, Ticks]:
    """A negative amount of one side is a positive one of the other."""
    wrong = (amount < 0) & (direction <= OUT)
    if not wrong.any():
        return direction, amount
    return np.where(wrong, 1 - direction, direction), np.abs(amount)


def one_signed(column: pa.Array, *, in_is_positive: bool = True) -> FlowColumns:
    """One column: positive is money in (or out, as a card statement has it), negative the other side, 0 is neither."""
    values, valid = ticks(column)
    signed = values if in_is_positive else -values
    direction = np.select([~valid, signed > 0, signed < 0], [UNKNOWN, IN, OUT], NONE).astype(np.int8)
    unclear = dict.fromkeys(map(int, np.flatnonzero(~valid)), NO_AMOUNT)
    return FlowColumns(direction, np.abs(values), valid, unclear)


def with_flag(column: pa.Array, flags: pa.Array, flow: Flow, proved: Codes | None = None) -> FlowColumns:
    """An amount and a word for its side. A negative amount turns its side round, but if all of a side are negative, the
    sign may only repeat the word: as `proved` by the balances, else for money out alone."""
    values, valid = ticks(column)
    encoded = pa.array([""], pa.string()).take(pa.array([0] * 0, pa.int32())) if flags is None else flags
    encoded = encoded.fill_null("").dictionary_encode()
    codes = np.array([side_of_flag(text, flow) for text in encoded.dictionary.to_pylist()] or [UNKNOWN])
    blank = np.array([not text.strip() for text in encoded.dictionary.to_pylist()] or [True])
    indices = np.asarray(encoded.indices)
    direction = codes[indices].astype(np.int8) if len(indices) else np.zeros(0, np.int8)
    amount = values.copy()
    doubtful = np.zeros(len(amount), dtype=bool)
    for side in (IN, OUT):
        mine = (direction == side) & (amount != 0)
        if mine.any() and (amount[mine] < 0).all():
            shown = np.zeros(0, np.int8) if proved is None else proved[mine]
            repeated, turned = int(np.count_nonzero(shown == side)), int(np.count_nonzero(shown == 1 - side))
            if repeated > turned or (repeated == turned and side == OUT):
                amount[mine] = -amount[mine]
            elif repeated == turned:
                doubtful |= mine
    direction, amount = _turned(direction, amount)
    direction[doubtful] = UNKNOWN
    direction = np.where((amount == 0) & valid & (direction == UNKNOWN), NONE, direction).astype(np.int8)
    unclear = dict.fromkeys(map(int, np.flatnonzero(~valid)), NO_AMOUNT)
    for row in map(int, np.flatnonzero((direction == UNKNOWN) & valid)):
        unclear[row] = MINUS_OR_BACK if doubtful[row] else NO_FLAG if blank[indices[row]] else UNKNOWN_FLAG
    return FlowColumns(direction, amount, valid & (direction != UNKNOWN), unclear)


def side_of_flag(text: str, flow: Flow) -> int:
    """The side that a flag's word means, by the words of the type, else by the parts of the word (出账, Paid in)."""
    known = flag_words(flow).get(header_key(text))
    if known is not None:
        return known
    meant = choice_of(text, {"in": flow.flag_in, "out": flow.flag_out}) if text.strip() else None
    return UNKNOWN if meant is None else IN if meant == "in" else OUT


def flag_words(flow: Flow) -> dict[str, int]:
    """The side of each word that a flag may be, by the word's key."""
    sides = ((IN, flow.flag_in), (OUT, flow.flag_out), (NONE, flow.flag_none))
    return {header_key(word): side for side, words in sides for word in words}


def sides_of_labels(flow: Flow) -> Mapping[str, int]:
    """Words that name a side in footers (`收入合计`, `贷方笔数`), from the words of the flow's columns."""
    found: dict[str, int] = {}
    sides: Sequence[tuple[int, tuple[str, ...]]] = ((IN, flow.money_in), (OUT, flow.money_out))
    for side, words in sides:
        for word in words:
            key = header_key(word)
            found.setdefault(key, side)
            found.setdefault(f"{key}s", side)
            for stem in ("借方", "贷方", "收入", "支出", "转入", "转出", "存入", "支取", "收款", "付款"):
                if key.startswith(stem):
                    found.setdefault(stem, side)
    for stem in ("不计收支", "中性交易"):
        found[stem] = NONE
    return found
