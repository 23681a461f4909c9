"""The lines of a table's columns shared out between its rows, where no white space tells the rows apart.

Cells are set at the top, in the middle or at the bottom of their row; whichever way fits the page best is taken.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from auditor.documents.grids.lines import Piece

LEVEL = 0.5  # of a line's height: a line this near to an anchor stands beside it
NEXT_LINE = 1.75  # of a line's height: continuation lines follow each other at most this far, centre to centre
_MOST_LINES = 8  # of one cell, where lines must be shared out between neighbours


def middle(found: Piece) -> float:
    """The height of a piece's middle, in points."""
    return (found.box.top + found.box.bottom) / 2


Shares = list[list[tuple[int, list[Piece]]]]  # for each column: anchor number (-1: none) and its lines


def shared_out(columns: Sequence[Sequence[Piece]], anchors: list[float], height: float, sure: set[int]) -> Shares:
    """For each column its lines by the number of their anchor. `anchors` are the heights at which rows stand, `sure`
    the columns that say so, `height` that of a line; all in points."""
    wrapping = [i for i in range(len(columns)) if i not in sure]
    best: tuple[float, Shares] | None = None
    for way in (_from_top, _from_middle, _from_bottom):
        shares: Shares = [[] for _ in columns]
        cost = 0.0
        for i in wrapping:
            shares[i], spent = way(columns[i], anchors, height)
            cost += spent
        if best is None or cost < best[0] - 0.01:
            best = (cost, shares)
    assert best is not None
    for i in sure:
        best[1][i] = _nearest(columns[i], anchors)
    return best[1]


def _nearest(found: Sequence[Piece], anchors: list[float]) -> list[tuple[int, list[Piece]]]:
    groups: dict[int, list[Piece]] = {}
    for line in found:
        y = middle(line)
        groups.setdefault(min(range(len(anchors)), key=lambda i: (abs(anchors[i] - y), i)), []).append(line)
    return sorted(groups.items())


def _from_top(
    found: Sequence[Piece], anchors: list[float], height: float
) -> tuple[list[tuple[int, list[Piece]]], float]:
    """The first line of a cell stands beside the anchor, further lines below it."""
    groups: dict[int, list[Piece]] = {}
    for line in found:
        groups.setdefault(bisect_right(anchors, middle(line) + LEVEL * height) - 1, []).append(line)
    cost = sum(abs(middle(group[0]) - anchors[i]) if i >= 0 else height * len(group) for i, group in groups.items())
    return sorted(groups.items()), cost


def _from_bottom(
    found: Sequence[Piece], anchors: list[float], height: float
) -> tuple[list[tuple[int, list[Piece]]], float]:
    """The last line of a cell stands beside the anchor, the others above it."""
    groups: dict[int, list[Piece]] = {}
    for line in found:
        at = bisect_right(anchors, middle(line) - LEVEL * height)
        groups.setdefault(at if at < len(anchors) else -1, []).append(line)
    cost = sum(abs(middle(group[-1]) - anchors[i]) if i >= 0 else height * len(group) for i, group in groups.items())
    return sorted(groups.items()), cost


def _centre(group: Sequence[Piece]) -> float:
    return (group[0].box.top + group[-1].box.bottom) / 2


def _from_middle(
    found: Sequence[Piece], anchors: list[float], height: float
) -> tuple[list[tuple[int, list[Piece]]], float]:
    """The lines of a cell stand around the anchor."""
    groups = _nearest(found, anchors)
    cost = sum(abs(_centre(group) - anchors[i]) for i, group in groups)
    if all(abs(_centre(group) - anchors[i]) <= LEVEL * height for i, group in groups):
        return groups, cost
    return _balanced(found, anchors, height)


def _balanced(
    found: Sequence[Piece], anchors: list[float], height: float
) -> tuple[list[tuple[int, list[Piece]]], float]:
    """Shares lines out in order so that the groups' centres stand as near to their anchors as they can."""
    states: dict[int, tuple[float, tuple[tuple[int, int, int], ...]]] = {0: (0.0, ())}  # lines used: cost, groups
    for number, anchor in enumerate(anchors):
        further = dict(states)
        for used, (cost, groups) in states.items():
            for end in range(used + 1, min(used + _MOST_LINES, len(found)) + 1):
                group = found[used:end]
                if end - used > 1 and middle(group[-1]) - middle(group[-2]) > NEXT_LINE * height:
                    break
                spent = cost + abs(_centre(group) - anchor)
                if end not in further or spent < further[end][0]:
                    further[end] = (spent, (*groups, (number, used, end)))
            skipped = cost + height
            if (
                used < len(found)
                and middle(found[used]) < anchor
                and (used + 1 not in further or skipped < further[used + 1][0])
            ):
                further[used + 1] = (skipped, (*groups, (-1, used, used + 1)))
        states = further
    used, (cost, groups) = min(
        states.items(), key=lambda item: (item[1][0] + height * (len(found) - item[0]), -item[0])
    )
    shares = [(number, list(found[start:end])) for number, start, end in groups]
    rest = [(-1, [line]) for line in found[used:]]
    return shares + rest, cost + height * len(rest)


def connected(group: list[Piece], anchor: float, height: float) -> list[Piece]:
    """The lines of a group that hang together around the anchor; a page number far below it does not."""
    near = min(range(len(group)), key=lambda i: (abs(middle(group[i]) - anchor), i))
    if abs(middle(group[near]) - anchor) > NEXT_LINE * height:
        return []
    first = last = near
    while first > 0 and middle(group[first]) - middle(group[first - 1]) <= NEXT_LINE * height:
        first -= 1
    while last + 1 < len(group) and middle(group[last + 1]) - middle(group[last]) <= NEXT_LINE * height:
        last += 1
    return group[first : last + 1]
