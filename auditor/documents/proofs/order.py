"""The order of the rows of a chain that their running balances prove, whatever order they stand in and whatever the
clock says.

Each row is a step from the balance before it to the balance that it states. An order in which each row begins where the
one before it ended is a path over all steps. Where no balance recurs there is one such path at most, and it is found by
sorting. Where balances recur, the rows of each day are put in order for themselves, between the balance with which the
day before ended and the one with which the next begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from auditor.documents.proofs.exact import Mask, Ticks

Positions = npt.NDArray[np.int64]
MOST_CHAINS = 4  # accounts whose rows stand interleaved in one table without a column that names them
_FEWEST_LINKED = 3  # rows of a chain of its own


@dataclass(frozen=True, slots=True)
class ProvedOrder:
    """Rows from the oldest to the newest. `loose_amounts` and `loose_balances` mark the rows, as they stand in the
    document, whose figure could be another one without the order coming apart."""

    rows: Positions
    loose_amounts: Mask
    loose_balances: Mask


@dataclass(frozen=True, slots=True)
class Interleaved:
    """Rows that follow from one another as several chains: chain after chain, each as it is written."""

    rows: Positions
    chains: int


def by_balances(
    before: Ticks, after: Ticks, opening: int | None, days: npt.NDArray[np.int32] | None
) -> ProvedOrder | None:
    """The order in which each row begins where the one before it ended.

    `before` and `after` are the balances around each row in units of 0.00001, `opening` the balance before the first
    row, if stated, `days` the day of each row, if all have one. None: the balances prove no order. Where only the rows
    of some days can be put in order the others stay as they are written, so that the caller has to count the breaks.
    """
    found = _single_path(before, after, opening)
    if found is None and days is not None:
        found = _day_by_day(before, after, opening, days)
    if found is not None and opening is None:
        # two runs of rows might as well be two accounts, if the first figure of the second run were another
        for steps in (np.diff(found.rows) > 0, np.diff(found.rows) < 0):
            turns = np.flatnonzero(steps)
            if len(turns) == 1 and _FEWEST_LINKED <= turns[0] + 1 <= len(found.rows) - _FEWEST_LINKED:
                found.loose_amounts[found.rows[turns[0] + 1]] = True
    return found


def _single_path(before: Ticks, after: Ticks, opening: int | None) -> ProvedOrder | None:
    """The one path over all rows, where no balance recurs; in the time that sorting takes."""
    count = len(before)
    by_before = np.argsort(before, kind="stable")
    ordered = before[by_before]
    if (ordered[1:] == ordered[:-1]).any() or len(np.unique(after)) < count:
        return None
    at = np.minimum(np.searchsorted(ordered, after), count - 1)
    follows = np.where(ordered[at] == after, by_before[at], -1)
    begun = np.ones(count, dtype=bool)
    begun[follows[follows >= 0]] = False
    starts = np.flatnonzero(begun if opening is None else before == opening)
    if len(starts) != 1:
        return None
    links = follows.tolist()
    path = [int(starts[0])]
    while (row := links[path[-1]]) >= 0 and row != path[0]:
        path.append(row)
    if len(path) < count:
        return None
    loose_amounts, loose_balances = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    loose_amounts[path[0]] = opening is None
    loose_balances[[path[0], path[-1]]] = opening is None  # with another balance either may stand at the other end
    return ProvedOrder(np.array(path, dtype=np.int64), loose_amounts, loose_balances)


def _day_by_day(before: Ticks, after: Ticks, opening: int | None, days: npt.NDArray[np.int32]) -> ProvedOrder | None:
    """The rows of each day in an order that begins where the day before ended; None for a single day."""
    rows = np.argsort(days, kind="stable")
    groups = np.split(rows, np.flatnonzero(np.diff(days[rows])) + 1)
    if len(groups) < 2:
        return None
    loose_amounts, loose_balances = np.zeros(len(before), dtype=bool), np.zeros(len(before), dtype=bool)
    entry = opening
    found: list[Positions] = []
    for number, group in enumerate(groups):
        steps = list(zip(before[group].tolist(), after[group].tolist(), strict=True))
        start = entry if entry is not None else _only_start(steps)
        trail = None if start is None else _trail(steps, start)
        ordered = group if trail is None else group[trail]
        if entry is None:  # nothing says with what balance the first day began
            loose_amounts[group] = trail is None or before[group] == start
        if len(group) > 1:
            loose_balances[group] |= before[group] == after[group]
            recurs = len({*after[group].tolist(), start}) <= len(group)
            if number == len(groups) - 1 and recurs:  # nor with what balance the last day ends
                loose_amounts[group] = loose_balances[group] = True
        found.append(ordered)
        entry = int(after[ordered[-1]])
    if opening is None:  # where the next rows close a round, they may begin with another balance of it
        loose_balances[found[0][0]] = True
    return ProvedOrder(np.concatenate(found), loose_amounts, loose_balances)


def _only_start(steps: Sequence[tuple[int, int]]) -> int | None:
    """The balance from which more rows go out than come in; None if there is none, or several."""
    surplus: dict[int, int] = {}
    for begin, end in steps:
        surplus[begin] = surplus.get(begin, 0) + 1
        surplus[end] = surplus.get(end, 0) - 1
    starts = [node for node, count in surplus.items() if count > 0]
    return starts[0] if len(starts) == 1 and surplus[starts[0]] == 1 else None


def _trail(steps: Sequence[tuple[int, int]], start: int) -> list[int] | None:
    """The positions of all steps as one trail from `start`, None if there is none. As they stand or the other way
    round, if that is one; else as Hierholzer finds it, in a time that grows with their number."""
    for order in (range(len(steps)), range(len(steps) - 1, -1, -1)):
        here = start
        for at in order:
            if steps[at][0] != here:
                break
            here = steps[at][1]
        else:
            return list(order)
    leaving: dict[int, list[int]] = {}
    for at in range(len(steps) - 1, -1, -1):
        leaving.setdefault(steps[at][0], []).append(at)
    stack: list[tuple[int, int]] = [(start, -1)]
    walked: list[int] = []
    while stack:
        node, by = stack[-1]
        if leaving.get(node):
            step = leaving[node].pop()
            stack.append((steps[step][1], step))
        else:
            stack.pop()
            walked.append(by)
    walked.reverse()
    trail = walked[1:]
    here = start
    for at in trail:
        if steps[at][0] != here:
            return None
        here = steps[at][1]
    return trail if len(trail) == len(steps) else None


def interleaved(before: Ticks, after: Ticks) -> Interleaved | None:
    """The rows as chains of several accounts that stand interleaved, each in the order in which it is written; None if
    they do not, or if it is not certain to which chain a row belongs. Rows are given oldest first."""
    ends: dict[int, int] = {}
    chains: list[list[int]] = []
    for row, (begin, end) in enumerate(zip(before.tolist(), after.tolist(), strict=True)):
        chain = ends.pop(begin, None)
        if chain is None:
            if len(chains) == MOST_CHAINS:
                return None
            chain = len(chains)
            chains.append([])
        if end in ends:
            return None
        chains[chain].append(row)
        ends[end] = chain
    if len(chains) < 2 or min(map(len, chains)) < _FEWEST_LINKED:
        return None
    if max(chain[0] for chain in chains) >= min(chain[-1] for chain in chains):  # one after the other: a gap
        return None
    return Interleaved(np.array([row for chain in chains for row in chain], dtype=np.int64), len(chains))
