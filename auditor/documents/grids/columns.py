"""The columns of a table without lines, from all that stands under its header on all of its pages.

A column holds its label and its values. So values with one right edge belong to the last label that ends before that
edge, values with one left edge to the first label that starts behind it, and values that overlap one label alone
belong to it. An amount for which that leaves two columns belongs to none: it is doubtful, with both of them named.
Where values stand under no label in most rows, or beside the values of a column in the same rows, is a column without
a label, or with one that stands on another line of the header.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from auditor.documents.grids.column_decision import OVER, ColumnDecision, Slot
from auditor.documents.grids.lines import Piece
from auditor.documents.grids.tracks import Chunk, chunks_of, tracks_of
from auditor.documents.grids.value_patterns import is_value
from auditor.documents.pages import Word


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns part (x in points, one fewer than columns), and what is known better of single words.

    `places` gives the column of a word by its `id`, `doubts` the columns to which a doubtful word may belong.
    """

    bounds: tuple[float, ...]
    places: Mapping[int, int] = field(default_factory=dict)
    doubts: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.bounds) + 1

    def of(self, word: Word) -> int:
        """The column of a word: the one known for it, or the one in which most of it stands."""
        known = self.places.get(id(word))
        if known is not None:
            return known
        box = word.box
        first, last = bisect_right(self.bounds, box.x0), bisect_right(self.bounds, box.x1)
        if first == last:
            return first
        edges = [box.x0, *self.bounds[first:last], box.x1]
        widths = [right - left for left, right in pairwise(edges)]
        return first + max(range(len(widths)), key=lambda i: (widths[i], -i))


def decided_columns(
    labels: Sequence[Piece], band: Sequence[Piece], body: Sequence[Sequence[Word]]
) -> tuple[tuple[Piece | None, ...], Columns]:
    """The columns under a header, with the label of each (None where it has none).

    `labels` are the cells of the header line from the left, `band` further texts of the header's other lines, `body`
    the lines of the table's body on all of its pages, each from the left.
    """
    lines = _chunked(labels, body)
    chunks = [chunk for line in lines for chunk in line if chunk.number or len(line) > 1]
    rows = sum(len(line) > 1 and any(is_value(chunk.text) for chunk in line) for line in lines)
    tracks = tracks_of(chunks)
    decision = ColumnDecision(labels, tracks, rows)
    decision.assign()
    more = _more_labels(labels, band) if decision.open else []
    if (
        more
    ):  # labels of another line are columns only where that leaves fewer values without one: 发生额 stands over two
        other = ColumnDecision(sorted([*labels, *more], key=_start), tracks, rows)
        other.assign()
        decision = other if other.open < decision.open else decision
    decision.add_columns(band)
    slots = decision.slots
    bounds = _bounds(slots, [word for line in body for word in line])
    places = {
        id(word): at
        for at, slot in enumerate(slots)
        for track in slot.tracks
        for chunk in track.chunks
        for word in chunk.words
    }
    return tuple(slot.label for slot in slots), Columns(bounds, places, decision.doubts())


def _start(label: Piece) -> float:
    return label.box.x0


def _more_labels(labels: Sequence[Piece], band: Sequence[Piece]) -> list[Piece]:
    """The texts of the header's other lines that stand over or under no label, nor one another."""
    made: list[Piece] = []
    for text in band:
        if all(min(text.box.x1, o.box.x1) - max(text.box.x0, o.box.x0) < OVER for o in (*labels, *made)):
            made.append(text)
    return made


def _chunked(labels: Sequence[Piece], body: Sequence[Sequence[Word]]) -> list[list[Chunk]]:
    """The texts of each line, parted also where a text of another line starts, or the second label under which it
    stands."""
    lines = [line for line in body if line]
    starts = sorted(c.x0 for number, line in enumerate(lines) for c in chunks_of(line, number, ())[1:])
    made = []
    for number, line in enumerate(lines):
        found: list[Chunk] = []
        for chunk in chunks_of(line, number, starts):
            over = [label.box.x0 for label in labels if min(chunk.x1, label.box.x1) - max(chunk.x0, label.box.x0) > 0]
            found += chunks_of(chunk.words, number, sorted(over)[1:]) if len(over) > 1 else [chunk]
        made.append(found)
    return made


def _bounds(slots: Sequence[Slot], words: Sequence[Word]) -> tuple[float, ...]:
    """Where the columns part: between what is known to stand in either, where the fewest other words cross."""
    x0 = np.array([word.box.x0 for word in words] + [slot.x0 for slot in slots])
    x1 = np.array([word.box.x1 for word in words] + [slot.x1 for slot in slots])
    bounds: list[float] = []
    for left, right in pairwise(slots):
        low = max([left.x1, *(track.x1 for track in left.tracks if track.number)])
        high = min([right.x0, *(track.x0 for track in right.tracks)])
        if low >= high:
            low, high = left.middle, right.middle
        place = _parting(low, high, x0, x1)
        bounds.append(max(place, bounds[-1]) if bounds else place)
    return tuple(bounds)


def _parting(low: float, high: float, x0: np.ndarray, x1: np.ndarray) -> float:
    """The middle of the widest stretch between `low` and `high` that the fewest words cross."""
    places = np.arange(low, high, 0.5)
    if not len(places):
        return (low + high) / 2
    near = (x1 > low) & (x0 < high)
    crossing = ((x0[near][:, None] < places) & (x1[near][:, None] > places)).sum(axis=0)
    best = crossing == crossing.min()
    edges = np.flatnonzero(np.diff(np.concatenate(([False], best, [False])).astype(np.int8)))
    runs = sorted(zip(edges[::2], edges[1::2], strict=True), key=lambda run: (run[0] - run[1], run[0]))
    first, after = runs[0]
    return float(places[first] + places[after - 1]) / 2
