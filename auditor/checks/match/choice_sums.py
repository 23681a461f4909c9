"""The sums of all choices of records, fast enough to look at hundreds of thousands of them.

Items are classes of twins, so a choice is how many of each are taken. Sums are whole numbers: as machine integers
where they fit, else as Python's own; never a float.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = tuple[tuple[int, int], ...]  # (class, how many), ascending
_MACHINE = 2**62  # sums below it are machine integers


@dataclass(frozen=True, slots=True)
class Item:
    """A class of twins: its number, the value of each record, how many there are."""

    number: int
    value: int
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceSums:
    """Choices by ascending sum. Each is made of another one (`base`, a place before sorting) and some of an item."""

    items: tuple[Item, ...]
    totals: NDArray[Any]
    sizes: NDArray[np.int16]
    order: NDArray[np.int64]
    base: NDArray[np.int32]
    item: NDArray[np.int32]
    taken: NDArray[np.int16]

    def choice(self, place: int) -> Counts:
        """What the choice at a place of `totals` takes."""
        made = int(self.order[place])
        parts = []
        while made:  # the first of all takes nothing
            parts.append((self.items[self.item[made]].number, int(self.taken[made])))
            made = int(self.base[made])
        return tuple(sorted(parts))

    def between(self, low: NDArray[Any], high: NDArray[Any]) -> Iterator[tuple[int, range]]:
        """For each pair of bounds that some sum lies in, the number of the pair and the places of the sums."""
        first = np.searchsorted(self.totals, low, side="left")
        last = np.searchsorted(self.totals, high, side="right")
        for number in np.flatnonzero(last > first):
            yield int(number), range(int(first[number]), int(last[number]))


def around(totals: NDArray[Any], offset: int) -> NDArray[Any]:
    """All totals, more by `offset`: as machine integers where these hold it."""
    if totals.dtype.hasobject or abs(offset) >= _MACHINE:
        return np.array([int(each) + offset for each in totals], dtype=object)
    return totals + offset


@lru_cache(maxsize=64)  # records of one block have the same candidates
def choice_sums(items: tuple[Item, ...], most: int) -> ChoiceSums:
    """Every choice of at most `most` records. The empty one is among them."""
    fits = sum(abs(each.value) for each in items) * most < _MACHINE
    totals = np.zeros(1, dtype=np.int64 if fits else object)
    sizes, taken = np.zeros(1, np.int16), np.zeros(1, np.int16)
    base, item = np.zeros(1, np.int32), np.zeros(1, np.int32)
    for place, each in enumerate(items):
        parts = [(totals, sizes, base, item, taken)]
        for count in range(1, min(each.count, most) + 1):
            room = np.flatnonzero(sizes <= most - count)
            new = totals[room] + each.value * count
            more = sizes[room] + np.int16(count)
            filled = np.full(len(room), place, np.int32), np.full(len(room), count, np.int16)
            parts.append((new, more, room.astype(np.int32), *filled))
        totals, sizes, base, item, taken = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(totals, kind="stable")
    return ChoiceSums(items, totals[order], sizes[order], order, base, item, taken)


def how_many(items: Sequence[Item], most: int) -> int:
    """The number of choices of at most `most` records."""
    return _how_many(tuple(each.count for each in items), most)


def all_within(parts: Sequence[Sequence[Item]], most: int, budget: int) -> bool:
    """Whether the choices of all parts together are no more than `budget`."""
    if sum(comb(len(each), min(most, len(each))) for each in parts) > budget:  # as many there are at the least
        return False
    return sum(how_many(each, most) for each in parts) <= budget


@lru_cache(maxsize=4096)
def _how_many(counts: tuple[int, ...], most: int) -> int:
    by_size = [1] + [0] * most
    for count in counts:
        by_size = [sum(by_size[size - n] for n in range(min(count, size) + 1)) for size in range(most + 1)]
    return sum(by_size)
