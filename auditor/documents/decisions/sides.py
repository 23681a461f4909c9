"""Which amounts are money in and which are money out, by the balances beside them.

All amounts and balances are whole numbers of 0.00001 (see `proofs.exact`). A list may run forwards or backwards through
time; the way that more rows follow is taken, and none where both are followed alike and differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from auditor.documents.decisions.decision import Basis, Decision
from auditor.documents.declarations import Sign

Ticks = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]

IN, OUT, NONE, UNKNOWN = 0, 1, 2, 3


def sign_by_balances(
    amounts: Ticks, balances: Ticks, chains: Sequence[npt.NDArray[np.bool_]], *, back: bool | None = None
) -> Decision[Sign]:
    """What a positive amount of one signed column means.

    `chains`: for each account the rows that have amount and balance; `back`: whether the dates show that the list goes
    back in time. Decided where most balances follow from the amounts with one sign and hardly any with the other; open
    where none tells.
    """
    hits: dict[Sign, int] = {"in_positive": 0, "out_positive": 0}
    steps = 0
    for order in _ways(back):
        pairs = [(amounts[kept][::order], np.diff(balances[kept][::order])) for kept in map(np.flatnonzero, chains)]
        telling = sum(int(np.count_nonzero(moved[1:])) for moved, _ in pairs)
        with_amount = sum(_followed(moved[1:], step) for moved, step in pairs)
        against = sum(_followed(-moved[1:], step) for moved, step in pairs)
        hits["in_positive"] = max(hits["in_positive"], with_amount)
        hits["out_positive"] = max(hits["out_positive"], against)
        steps = max(steps, telling)
    best: Sign = "in_positive" if hits["in_positive"] >= hits["out_positive"] else "out_positive"
    other: Sign = "out_positive" if best == "in_positive" else "in_positive"
    if hits[best] * 2 > steps and hits[best] > 2 * hits[other]:
        return Decision(best, Basis.PROVED)
    return Decision(None, open=True)


def _followed(moved: Ticks, step: Ticks) -> int:
    return int(np.count_nonzero((moved != 0) & (step == moved)))


def sides_by_balances(
    amounts: Ticks,
    balances: Ticks,
    known: npt.NDArray[np.bool_],
    *,
    opening: int | None = None,
    back: bool | None = None,
) -> Codes:
    """The side of each row by its balance and that of the row before; UNKNOWN where they do not tell.

    The row before all others is told by `opening` alone; `back` as in `sign_by_balances`.
    """
    kept = np.flatnonzero(known)
    result = np.full(len(amounts), UNKNOWN, dtype=np.int8)
    if not len(kept):
        return result
    ways = _ways(back)
    found = [_sides(np.abs(amounts[kept][::way]), balances[kept][::way], opening)[::way] for way in ways]
    told = [int(np.count_nonzero(each != UNKNOWN)) for each in found]
    best = found[int(np.argmax(told))]
    if len(found) == 2 and told[0] == told[1]:
        best = np.where(found[0] == found[1], found[0], np.int8(UNKNOWN))
    result[kept] = best
    return result


def _ways(back: bool | None) -> list[int]:
    return [order for order in (1, -1) if back is None or (order == -1) == back]


def _sides(amounts: Ticks, balances: Ticks, opening: int | None) -> Codes:
    before = np.concatenate(([opening if opening is not None else 0], balances[:-1]))
    step = balances - before
    codes = np.select(
        [amounts == 0, step == amounts, step == -amounts],
        [np.int8(NONE), np.int8(IN), np.int8(OUT)],
        np.int8(UNKNOWN),
    ).astype(np.int8)
    if opening is None:
        codes[0] = UNKNOWN if amounts[0] else NONE
    return codes


def sides_of_words(words: Sequence[str], proved: Codes) -> Mapping[str, int]:
    """The side of each word of a column, where rows with it are proved to be on one side and on no other.

    `words` and `proved` are of the same rows.
    """
    sides: dict[str, set[int]] = {}
    for word, side in zip(words, proved.tolist(), strict=True):
        if side in (IN, OUT):
            sides.setdefault(word, set()).add(side)
    return {word: found.pop() for word, found in sorted(sides.items()) if len(found) == 1}
