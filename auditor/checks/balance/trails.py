"""In which order rows of the same date and time belong, told by their running balances alone.

Each row is an edge from the balance before it to the balance it states. An order in which every row begins where the
one before it ended is a trail over all edges (Euler), found in a time that grows with the number of rows. Where rows
are missing or misprinted there are several trails, and these are put into the order with the fewest breaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, permutations

MOST_TRIED = 6  # trails of which every order is tried; above it the nearest next one is taken


@dataclass(frozen=True, slots=True)
class Step:
    """One row: the balance before it and the balance it states."""

    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class _Trail:
    """Rows that follow upon each other without a break, as positions in the list of steps."""

    rows: tuple[int, ...]
    before: Decimal
    after: Decimal


def in_order(steps: Sequence[Step], entry: Decimal | None, leave: Decimal | None) -> list[int]:
    """The positions of `steps` in the order in which the balances chain with the fewest breaks.

    `entry` is the balance before the first row, `leave` the balance before the row that follows the last one, where
    known. The answer depends on the values and, among rows of equal value, on the order given: give them ordered by
    content.
    """
    trails = [trail for part in _components(steps) for trail in _trails(steps, part, entry)]
    return [row for trail in _joined(trails, entry, leave) for row in trail.rows]


def _components(steps: Sequence[Step]) -> list[list[int]]:
    """Rows that hang together by their balances, each part in the order given."""
    parent: dict[Decimal, Decimal] = {}

    def root(node: Decimal) -> Decimal:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for step in steps:
        a, b = root(step.before), root(step.after)
        parent[max(a, b)] = min(a, b)
    parts: dict[Decimal, list[int]] = defaultdict(list)
    for index, step in enumerate(steps):
        parts[root(step.before)].append(index)
    return [parts[node] for node in sorted(parts)]


def _trails(steps: Sequence[Step], part: Sequence[int], entry: Decimal | None) -> list[_Trail]:
    """The fewest trails that hold every row of one part once (Hierholzer, cut where a bridge had to be put in)."""
    surplus: dict[Decimal, int] = defaultdict(int)
    for index in part:
        surplus[steps[index].before] += 1
        surplus[steps[index].after] -= 1
    starts = [node for node in sorted(surplus) for _ in range(max(surplus[node], 0))]
    ends = [node for node in sorted(surplus) for _ in range(max(-surplus[node], 0))]
    if entry in starts:
        starts.remove(entry)
        starts.insert(0, entry)
    edges: dict[Decimal, list[tuple[Decimal, int | None]]] = defaultdict(list)
    for index in reversed(part):
        edges[steps[index].before].append((steps[index].after, index))
    for start, end in zip(starts[1:], ends, strict=False):  # bridges: taken up last, since they lie at the bottom
        edges[end].insert(0, (start, None))
    nodes = {steps[index].before for index in part}
    first = starts[0] if starts else entry if entry is not None and entry in nodes else min(nodes)
    return _cut(steps, _circuit(edges, first))


def _circuit(edges: dict[Decimal, list[tuple[Decimal, int | None]]], first: Decimal) -> list[int | None]:
    """The rows of one trail over all edges from `first`, a bridge as None."""
    stack: list[tuple[Decimal, int | None]] = [(first, None)]
    walked: list[int | None] = []
    while stack:
        node, by = stack[-1]
        if edges.get(node):
            stack.append(edges[node].pop())
        else:
            stack.pop()
            walked.append(by)
    walked.reverse()
    return walked[1:]  # the first has no edge that leads to it


def _cut(steps: Sequence[Step], walked: Sequence[int | None]) -> list[_Trail]:
    trails: list[_Trail] = []
    rows: list[int] = []
    for each in [*walked, None]:
        if each is not None:
            rows.append(each)
        elif rows:
            trails.append(_Trail(tuple(rows), steps[rows[0]].before, steps[rows[-1]].after))
            rows = []
    return trails


def _joined(trails: Sequence[_Trail], entry: Decimal | None, leave: Decimal | None) -> Sequence[_Trail]:
    """The trails in the order with the fewest breaks, then the smallest, then by their values."""
    by_value = sorted(trails, key=lambda trail: (trail.before, trail.after, trail.rows))
    if len(by_value) < 2:
        return by_value
    if len(by_value) <= MOST_TRIED:
        return min(permutations(by_value), key=lambda order: _cost(order, entry, leave))
    order: list[_Trail] = []
    position = entry if entry is not None else by_value[0].before
    while by_value:
        nearest = min(by_value, key=lambda trail: (abs(trail.before - position), trail.before, trail.after, trail.rows))
        by_value.remove(nearest)
        order.append(nearest)
        position = nearest.after
    return order


def _cost(order: Sequence[_Trail], entry: Decimal | None, leave: Decimal | None) -> tuple[int, Decimal]:
    """How many breaks an order has, a single misprinted row being one and not two, and how large they are."""
    position = entry if entry is not None else order[0].before
    levels = [(Decimal(0), 2)]
    for trail in order:
        levels.append((trail.before - position, len(trail.rows)))
        position += trail.after - trail.before
    if leave is not None:
        levels.append((leave - position, 2))
    changes = [b - a for (a, _), (b, _) in pairwise(levels)]
    count = sum(1 for each in changes if each)
    blips = 0
    skip = False
    for before, here, after in zip(levels, levels[1:], levels[2:], strict=False):
        blip = not skip and here[1] == 1 and here[0] != before[0] and after[0] == before[0]
        blips += blip
        skip = blip
    return count - blips, sum((abs(each) for each in changes), Decimal(0))
