"""Running balance, and opening + movements = closing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from auditor.documents.model import Proof, ProofStatus
from auditor.documents.proofs.exact import Mask, Ticks, amount, blocks, shown, ticks
from auditor.languages import Text

NAME = "running balance"
CLOSING = "opening and closing"


@dataclass(frozen=True, slots=True)
class Chain:
    """How balances follow from movements: the rows' states (1 proved, 0 unproved, -1 broken) and the breaks."""

    newest_first: bool
    states: np.ndarray
    broken: int  # how many rows break the chain
    first: tuple[int, int, int] | None = None  # the first of them in the document: (row, expected, stated)

    @property
    def links(self) -> int:
        return int(np.count_nonzero(self.states))


def follow(signed: Ticks, balance: pa.Array, opening: int | None = None) -> Chain | None:
    """Follow the balances through the rows, oldest first or newest first, whichever breaks less.

    `signed` is what each row adds, `balance` a DECIMAL(18,5) column (null: the row states none), `opening` the balance
    before the oldest row, if stated. None: fewer than two balances to compare, or one without an opening.
    """
    stated, known = ticks(balance)
    if int(known.sum()) + (opening is not None) < 2:
        return None
    forward = _follow(signed, stated, known, opening, newest_first=False)
    if not forward.broken:
        return forward
    backward = _follow(signed[::-1], stated[::-1], known[::-1], opening, newest_first=True)
    return backward if backward.broken < forward.broken else forward


def _follow(signed: Ticks, stated: Ticks, known: Mask, opening: int | None, *, newest_first: bool) -> Chain:
    at = None if known.all() else np.flatnonzero(known)
    # what each balance should add to the one before it: the rows without a balance count with the next that has one
    steps, balances = (signed, stated) if at is None else (np.diff(np.cumsum(signed)[at], prepend=0), stated[at])
    broken = _breaks(steps, balances, opening)
    if at is None:
        states = np.ones(len(signed), dtype=np.int8)
        states[broken] = -1
    else:
        # a row without a balance is proved by the next row that has one and agrees
        states = np.zeros(len(signed), dtype=np.int8)
        holder = np.searchsorted(at, np.arange(len(signed)))
        covered = holder < len(at)
        states[covered] = np.where(broken[holder[covered]], 0, 1)
        states[at[broken]] = -1
    if opening is None:
        states[: 1 if at is None else at[0] + 1] = 0  # nothing stands before the first balance
    found = np.flatnonzero(broken)
    first = None
    if len(found):
        i = int(found[-1] if newest_first else found[0])
        row = i if at is None else int(at[i])
        before = int(balances[i - 1]) if i else opening or 0
        first = (len(signed) - 1 - row if newest_first else row, before + int(steps[i]), int(balances[i]))
    return Chain(newest_first, states[::-1].copy() if newest_first else states, len(found), first)


def _breaks(steps: Ticks, balances: Ticks, opening: int | None) -> Mask:
    """Where a balance is not the one before it and its step together; the first breaks only with an opening."""
    broken = np.zeros(len(balances), dtype=bool)
    broken[:1] = opening is not None and int(balances[0]) != opening + int(steps[0])
    for rows in blocks(1, len(balances)):
        before = balances[rows.start - 1 : rows.stop - 1]
        np.not_equal(before + steps[rows], balances[rows], out=broken[rows])
    return broken


def proof(chain: Chain | None, rows: pa.Array, where: str, reason: Text | None = None) -> Proof:
    """The proof `running balance`. `rows` gives the number in the document of each record's row."""
    if chain is None:
        text = reason or Text("the rows state no balance that could be compared", "各行未载明可供核对的余额")
        return Proof(NAME, ProofStatus.NOT_POSSIBLE, where, text)
    order = Text("newest first", "倒序") if chain.newest_first else Text("oldest first", "正序")
    if chain.first is None:
        detail = Text(
            f"{chain.links} rows follow from one another, {order.en}", f"{chain.links} 行逐行衔接（{order.zh}）"
        )
        return Proof(NAME, ProofStatus.HOLDS, where, detail)
    first = chain.first
    row = rows[first[0]].as_py()
    gap = shown(first[2] - first[1])
    count = chain.broken
    detail = Text(
        f"{count} of {max(chain.links, count)} rows break it ({order.en}); "
        f"first row {row}: expected {shown(first[1])}, "
        f"stated {shown(first[2])}, difference {gap}",
        f"{max(chain.links, count)} 行中有 {count} 行不衔接（{order.zh}）；首处为第 {row} 行：应为 {shown(first[1])}，"
        f"所载 {shown(first[2])}，相差 {gap}",
    )
    return Proof(NAME, ProofStatus.BROKEN, where, detail)


def ends(signed: Ticks, column: pa.Array, chain: Chain) -> tuple[int, int]:
    """The balance before the oldest row and after the newest, in units of 0.00001."""
    stated, known = ticks(column)
    order = slice(None, None, -1) if chain.newest_first else slice(None)
    stated, known, signed = stated[order], known[order], signed[order]
    first, last = int(known.argmax()), len(known) - 1 - int(known[::-1].argmax())
    return int(stated[first]) - int(signed[: first + 1].sum()), int(stated[last]) + int(signed[last + 1 :].sum())


def closing_proof(opening: int, movements: int, closing: int, where: str) -> Proof:
    """The proof `opening and closing`: amounts in units of 0.00001."""
    expected = opening + movements
    status = ProofStatus.HOLDS if expected == closing else ProofStatus.BROKEN
    sign_en = (
        f"opening {shown(opening)} + movements {shown(movements)} = {shown(expected)}, stated closing {shown(closing)}"
    )
    sign_zh = f"期初 {shown(opening)} + 发生额 {shown(movements)} = {shown(expected)}，所载期末 {shown(closing)}"
    if status is ProofStatus.BROKEN:
        sign_en += f", difference {shown(closing - expected)}"
        sign_zh += f"，相差 {shown(closing - expected)}"
    return Proof(CLOSING, status, where, Text(sign_en, sign_zh))


def plain(value: int) -> str:
    """An amount as plain decimal text."""
    return format(amount(value), "f")
