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
    base: NDArray[np.int64]
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
    by_size = _room(items, most, np.int64 if fits else object)
    by_size[0].add(np.zeros(1, by_size[0].totals.dtype), 0, 0, 0, 0)
    for place, each in enumerate(items):
        for size in range(most, 0, -1):  # downwards: what is smaller does not hold this item yet
            for count in range(1, min(each.count, size) + 1):
                smaller = by_size[size - count]
                by_size[size].add(smaller.known + each.value * count, size - count, len(smaller.known), place, count)
    first = np.cumsum([0, *(each.filled for each in by_size)])
    totals, base, item, taken, base_size = (
        np.concatenate([getattr(each, name)[: each.filled] for each in by_size])
        for name in ("totals", "base", "item", "taken", "base_size")
    )
    sizes = np.repeat(np.arange(most + 1, dtype=np.int16), [each.filled for each in by_size])
    order = np.argsort(totals, kind="stable")
    return ChoiceSums(items, totals[order], sizes[order], order, base + first[base_size], item, taken)


class _OfSize:
    """The choices of one size, in the order in which they are made, with room for all that there will be."""

    def __init__(self, room: int, kind: Any) -> None:
        self.totals = np.zeros(room, kind)
        self.base, self.item = np.zeros(room, np.int64), np.zeros(room, np.int32)
        self.base_size, self.taken = np.zeros(room, np.int16), np.zeros(room, np.int16)
        self.filled = 0

    @property
    def known(self) -> NDArray[Any]:
        return self.totals[: self.filled]

    def add(self, totals: NDArray[Any], base_size: int, bases: int, item: int, taken: int) -> None:
        """Add choices made of the first `bases` choices of size `base_size` and `taken` records of an item."""
        end = self.filled + len(totals)
        new = slice(self.filled, end)
        self.totals[new] = totals
        self.base[new] = np.arange(bases) if bases else 0
        self.base_size[new], self.item[new], self.taken[new] = base_size, item, taken
        self.filled = end


def _room(items: Sequence[Item], most: int, kind: Any) -> list[_OfSize]:
    numbers = _numbers_by_size(tuple(each.count for each in items), most)
    return [_OfSize(number, kind) for number in numbers]


def how_many(items: Sequence[Item], most: int) -> int:
    """The number of choices of at most `most` records."""
    return sum(_numbers_by_size(tuple(each.count for each in items), most))


def all_within(parts: Sequence[Sequence[Item]], most: int, budget: int) -> bool:
    """Whether the choices of all parts together are no more than `budget`."""
    if sum(comb(len(each), min(most, len(each))) for each in parts) > budget:  # as many there are at the least
        return False
    return sum(how_many(each, most) for each in parts) <= budget


@lru_cache(maxsize=4096)
def _numbers_by_size(counts: tuple[int, ...], most: int) -> tuple[int, ...]:
    by_size = [1] + [0] * most
    for count in counts:
        by_size = [sum(by_size[size - n] for n in range(min(count, size) + 1)) for size in range(most + 1)]
    return tuple(by_size)
