"""The links between the balances of rows in one order: which hold, which break, and what they say of each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from auditor.documents.proofs.exact import Mask, Ticks, blocks

Order: TypeAlias = "slice | npt.NDArray[np.int64]"  # rows of the document, from the oldest to the newest
States = npt.NDArray[np.int8]  # of each row: 1 proved, 0 unproved, -1 broken
FORWARD, BACKWARD = slice(None), slice(None, None, -1)


@dataclass(frozen=True, slots=True)
class Links:
    """The rows in one order, oldest first: which balances are there, what each adds to the one before, the breaks."""

    order: Order
    rows: int
    at: npt.NDArray[np.int64] | None  # the places of the rows that state a balance; None: all do
    steps: Ticks
    balances: Ticks
    breaks: Mask
    opening: int | None
    loose: Mask | None = None  # links that neither hold nor break: rows that were not read stand between

    @property
    def broken(self) -> int:
        return int(np.count_nonzero(self.breaks))

    def gap(self, link: int) -> int:
        """By how much a balance is off."""
        before = int(self.balances[link - 1]) if link else self.opening or 0
        return int(self.balances[link]) - before - int(self.steps[link])

    @property
    def one_figure(self) -> bool:
        """Whether one wrong amount or one wrong balance explains all breaks."""
        broken = self.broken
        return broken == 1 or (broken == 2 and self._misprint() is not None)

    def _misprint(self) -> int | None:
        """The balance that is off alone, where two breaks follow upon each other and cancel out."""
        first, second = map(int, np.flatnonzero(self.breaks)[:2])
        return first if second == first + 1 and self.gap(first) + self.gap(second) == 0 else None

    def place(self, link: int) -> int:
        """Where the row of a balance stands in this order."""
        return link if self.at is None else int(self.at[link])

    def in_document(self, states: States) -> States:
        """States in this order as the document has the rows."""
        if isinstance(self.order, slice):
            return states[self.order].copy()
        found = np.empty_like(states)
        found[self.order] = states
        return found

    def row(self, place: int) -> int:
        """The row of the document at a place of this order."""
        if isinstance(self.order, slice):
            return self.rows - 1 - place if self.order.step == -1 else place
        return int(self.order[place])

    def amounts(self) -> States:
        """What the links say of the amounts, in this order."""
        if self.at is None:
            states = np.ones(self.rows, dtype=np.int8)
            states[self.breaks] = -1
        else:
            # a row without a balance is proved by the next row that has one and agrees
            states = np.zeros(self.rows, dtype=np.int8)
            holder = np.searchsorted(self.at, np.arange(self.rows))
            covered = holder < len(self.at)
            states[covered] = np.where(self.breaks[holder[covered]], 0, 1)
            states[self.at[self.breaks]] = -1
        if self.loose is not None:
            holders = np.arange(self.rows) if self.at is None else np.searchsorted(self.at, np.arange(self.rows))
            states[np.append(self.loose, False)[holders]] = 0
        if self.opening is None:
            states[: 1 if self.at is None else self.at[0] + 1] = 0  # nothing stands before the first balance
        return states

    def tied(self) -> States:
        """What the links say of the balances, in this order: each stands in its own link and in the next one."""
        holds = ~self.breaks if self.loose is None else ~self.breaks & ~self.loose
        if self.opening is None:
            holds[:1] = False
        touched = holds.copy()
        touched[:-1] |= holds[1:]
        states = np.where(self.breaks, -1, touched).astype(np.int8)
        if self.at is None:
            return states
        spread = np.zeros(self.rows, dtype=np.int8)
        spread[self.at] = states
        return spread


def linked(
    signed: Ticks, stated: Ticks, known: Mask, opening: int | None, order: Order, apart: Mask | None = None
) -> Links:
    """The links of the rows in an order. `signed` is what each row adds, `stated` its balance where it is `known`, both
    in units of 0.00001; `opening` is the balance before the oldest row, if stated. `apart` tells for each row, and for
    the end, whether rows that were not read stand before it in the document: there nothing breaks."""
    count = len(signed)
    signed, stated, known = signed[order], stated[order], known[order]
    at = None if known.all() else np.flatnonzero(known)
    # what each balance should add to the one before it: the rows without a balance count with the next that has one
    steps, balances = (signed, stated) if at is None else (np.diff(np.cumsum(signed)[at], prepend=0), stated[at])
    breaks, loose = _breaks_of(steps, balances, opening), None
    if apart is not None and isinstance(order, slice) and breaks.any():
        before = np.cumsum((apart if order is FORWARD else apart[::-1])[:count])
        before = np.diff(before if at is None else before[at], prepend=0)
        loose = breaks & (before > 0)
        breaks = breaks & ~loose
    return Links(order, count, at, steps, balances, breaks, opening, loose)


def _breaks_of(steps: Ticks, balances: Ticks, opening: int | None) -> Mask:
    """Where a balance is not the one before it and its step together; the first breaks only with an opening."""
    broken = np.zeros(len(balances), dtype=bool)
    broken[:1] = opening is not None and int(balances[0]) != opening + int(steps[0])
    for rows in blocks(1, len(balances)):
        before = balances[rows.start - 1 : rows.stop - 1]
        np.not_equal(before + steps[rows], balances[rows], out=broken[rows])
    return broken
