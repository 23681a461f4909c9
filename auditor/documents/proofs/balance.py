"""Running balance, and opening + movements = closing.

What it proves: a row whose balance is the one before it and its own movement together is proved in its amount, and both
balances are. Nothing stands before the oldest row, so that its amount is proved only by a stated opening balance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.documents.model import Proof, ProofStatus
from auditor.documents.proofs import order as orders
from auditor.documents.proofs.exact import Mask, Ticks, shown, ticks
from auditor.documents.proofs.links import BACKWARD, FORWARD, Links, Order, States, linked
from auditor.languages import Text

NAME = "running balance"
CLOSING = "opening and closing"

OLDEST, NEWEST = Text("oldest first", "正序"), Text("newest first", "倒序")
BY_BALANCES = Text("in the order that the balances prove", "按余额还原的顺序")


@dataclass(frozen=True, slots=True)
class Chain:
    """How balances follow from movements, row by row as the document has them: what is proved of the amounts and of the
    balances, and the breaks. `order` gives the rows from the oldest to the newest."""

    order: Order
    states: States
    balances: States
    broken: int  # how many rows break the chain
    first: tuple[int, int, int] | None = None  # the first of them in the document: (row, expected, stated)
    words: Text = OLDEST
    chains: int = 1  # how many accounts stand interleaved
    loose: int = 0  # how many links are left out, as rows that were not read stand between
    turned: bool = False  # every row would follow if money in were money out

    @property
    def links(self) -> int:
        """How many rows are tied to the one before them, whether they agree or not."""
        return int(np.count_nonzero(self.states))


def follow(
    signed: Ticks,
    balance: pa.Array,
    opening: int | None = None,
    days: npt.NDArray[np.int32] | None = None,
    apart: Mask | None = None,
) -> Chain | None:
    """Follow the balances through the rows: oldest first, newest first, or in the order that the balances prove.

    `signed` is what each row adds, `balance` a DECIMAL(18,5) column (null: the row states none), `opening` the balance
    before the oldest row, if stated, `days` the day of each row, if all have one, `apart` as in `linked`. None: fewer
    than two balances to compare, or one without an opening.

    Rows are put in an order of their own only where one wrong figure does not explain the breaks of the order in which
    they stand, so that no altered figure is hidden by a new order.
    """
    stated, known = ticks(balance)
    if int(known.sum()) + (opening is not None) < 2:
        return None
    likely, other, against_days = _orders(signed, stated, known, opening, days, apart)
    if not likely.broken:
        return _chain(likely, None if against_days else other)
    stands = against_days and likely.one_figure
    if not other.broken and not stands:
        return _chain(other, likely)
    chosen = other if other.broken < likely.broken and not stands else likely
    if known.all() and not (likely.one_figure or other.one_figure):
        ordered = _reordered(signed, stated, opening, days, chosen.broken)
        if ordered is not None:
            return ordered
    found = _chain(chosen, None)
    if not _is_turned(signed, stated, known, opening, chosen.broken):
        return found
    # the columns are in doubt, and no row
    states, balances = np.maximum(found.states, 0), np.maximum(found.balances, 0)
    return Chain(found.order, states, balances, found.broken, found.first, found.words, turned=True)


def _orders(
    signed: Ticks,
    stated: Ticks,
    known: Mask,
    opening: int | None,
    days: npt.NDArray[np.int32] | None,
    apart: Mask | None,
) -> tuple[Links, Links, bool]:
    """The links oldest first and newest first, those before that the days speak for; whether they speak against the
    others."""
    forward = linked(signed, stated, known, opening, FORWARD, apart)
    steps = np.diff(days) if days is not None and len(days) > 1 else np.zeros(1, dtype=np.int32)
    up, down = bool((steps > 0).any()), bool((steps < 0).any())
    if up and not down and not forward.broken:
        return forward, forward, True
    backward = linked(signed, stated, known, opening, BACKWARD, apart)
    if down and not up:
        return backward, forward, True
    return forward, backward, up and not down


def _chain(links: Links, other: Links | None, words: Text | None = None) -> Chain:
    """What the links of one order prove; `other` are those of the opposite one."""
    words = words or (NEWEST if links.order is BACKWARD else OLDEST)
    states, balances = links.in_document(links.amounts()), links.in_document(links.tied())
    if other is not None:
        _loosen(states, balances, other)
    loose = 0 if links.loose is None else int(np.count_nonzero(links.loose))
    return Chain(links.order, states, balances, links.broken, _first_break(links), words, loose=loose)


def _loosen(states: States, balances: States, other: Links) -> None:
    """Leave unproved what would still chain with another figure, if the rows were read in the other order."""
    broken = other.broken
    if broken > 2:
        return
    if broken == 0:
        states[other.in_document(other.amounts()) == 0] = 0
        return
    link = int(np.argmax(other.breaks))
    place = other.place(link)
    if broken == 1:
        start = 0 if other.at is None or not link else int(other.at[link - 1]) + 1
        for each in range(start, place + 1):
            states[other.row(each)] = 0
        if link == len(other.balances) - 1:
            balances[other.row(place)] = 0
        if link == 1 and other.opening is None:
            balances[other.row(other.place(0))] = 0
    elif other.one_figure:
        balances[other.row(place)] = 0


def _first_break(links: Links) -> tuple[int, int, int] | None:
    """The break that stands first in the document."""
    found = np.flatnonzero(links.breaks)
    if not len(found):
        return None
    if isinstance(links.order, slice):
        i = int(found[-1] if links.order.step == -1 else found[0])
    else:
        i = min(map(int, found), key=lambda link: links.row(links.place(link)))
    before = int(links.balances[i - 1]) if i else links.opening or 0
    return links.row(links.place(i)), before + int(links.steps[i]), int(links.balances[i])


def _reordered(
    signed: Ticks, stated: Ticks, opening: int | None, days: npt.NDArray[np.int32] | None, most: int
) -> Chain | None:
    """The rows in the order that their balances prove, if fewer than `most` rows break it."""
    before, known = stated - signed, np.ones(len(stated), dtype=bool)
    found = orders.by_balances(before, stated, opening, days)
    links = linked(signed, stated, known, opening, found.rows) if found is not None else None
    if links is None or links.broken:
        several = _interleaved(before, stated) if opening is None else None
        if several is not None:
            return several
    if found is None or links is None or links.broken >= most:
        return None
    chain = _chain(links, None, BY_BALANCES)
    chain.states[found.loose_amounts & (chain.states > 0)] = 0
    chain.balances[found.loose_balances & (chain.balances > 0)] = 0
    return chain


def _interleaved(before: Ticks, stated: Ticks) -> Chain | None:
    """The chains of accounts that may stand interleaved, oldest first or newest first. They prove no field: with
    another figure a row might as well be of the other account."""
    for order in (FORWARD, BACKWARD):
        found = orders.interleaved(before[order], stated[order])
        if found is None:
            continue
        nothing = np.zeros(len(stated), dtype=np.int8)
        places = found.rows if order is FORWARD else len(stated) - 1 - found.rows
        return Chain(places, nothing, nothing.copy(), 0, None, BY_BALANCES, found.chains)
    return None


def _is_turned(signed: Ticks, stated: Ticks, known: Mask, opening: int | None, broken: int) -> bool:
    """Whether most rows break the chain, and none would if the two sides were exchanged."""
    if broken * 2 <= len(signed) or len(signed) < 3:
        return False
    return any(not linked(-signed, stated, known, opening, order).breaks.any() for order in (FORWARD, BACKWARD))


def proof(chain: Chain | None, rows: pa.Array, where: str, reason: Text | None = None) -> Proof:
    """The proof `running balance`. `rows` gives the number in the document of each record's row."""
    if chain is None:
        text = reason or Text("the rows state no balance that could be compared", "各行未载明可供核对的余额")
        return Proof(NAME, ProofStatus.NOT_POSSIBLE, where, text)
    order = chain.words
    if chain.first is None:
        if chain.loose and not chain.links:
            text = Text("rows that were not read stand between the balances", "余额之间有未读取的行")
            return Proof(NAME, ProofStatus.NOT_POSSIBLE, where, text)
        if chain.chains > 1:
            text = Text(
                f"the rows follow from one another only as those of {chain.chains} accounts that stand interleaved, "
                "and no column names the accounts: the balances prove nothing",
                f"各行余额只有视为 {chain.chains} 个账户交错排列才衔接，且无账号栏：余额不能证明任何一行",
            )
            return Proof(NAME, ProofStatus.NOT_POSSIBLE, where, text)
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
    if chain.turned:
        detail = Text(
            f"{detail.en}. With money in and money out exchanged every row would follow: check which column is which",
            f"{detail.zh}。若将收入与支出两栏对调，则逐行衔接：请核对两栏是否弄反",
        )
    return Proof(NAME, ProofStatus.BROKEN, where, detail)


def ends(signed: Ticks, column: pa.Array, order: Order) -> tuple[int, int]:
    """The balance before the oldest row and after the newest, in units of 0.00001; `order` is from old to new."""
    stated, known = ticks(column)
    stated, known, signed = stated[order], known[order], signed[order]
    first, last = int(known.argmax()), len(known) - 1 - int(known[::-1].argmax())
    return int(stated[first]) - int(signed[: first + 1].sum()), int(stated[last]) + int(signed[last + 1 :].sum())


def closing_proof(opening: int, movements: int, closing: int, where: str, *, unread: int = 0) -> Proof:
    """The proof `opening and closing`: amounts in units of 0.00001; `unread` rows may explain a difference."""
    expected = opening + movements
    status = ProofStatus.HOLDS if expected == closing else ProofStatus.BROKEN
    sign_en = (
        f"opening {shown(opening)} + movements {shown(movements)} = {shown(expected)}, stated closing {shown(closing)}"
    )
    sign_zh = f"期初 {shown(opening)} + 发生额 {shown(movements)} = {shown(expected)}，所载期末 {shown(closing)}"
    if status is ProofStatus.BROKEN and unread:
        status = ProofStatus.NOT_POSSIBLE
        sign_en += f"; {unread} rows were not read and may make the difference of {shown(closing - expected)}"
        sign_zh += f"；有 {unread} 行未读取，可能是相差 {shown(closing - expected)} 的原因"
    elif status is ProofStatus.BROKEN:
        sign_en += f", difference {shown(closing - expected)}"
        sign_zh += f"，相差 {shown(closing - expected)}"
    return Proof(CLOSING, status, where, Text(sign_en, sign_zh))
