"""The columns of a table without lines, from all that stands under its header on all of its pages.

A column holds its label and its values. So values with one right edge belong to the last label that ends before that
edge, values with one left edge to the first label that starts behind it, and values that overlap one label alone
belong to it. An amount for which that leaves two columns belongs to none: it is doubtful, with both of them named.
Where values stand under no label in most rows, or beside the values of a column in the same rows, is a column without
a label, or with one that stands on another line of the header.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from auditor.documents.grids.lines import Piece
from auditor.documents.grids.tracks import EDGE, Chunk, Edge, Track, chunks_of, tracks_of
from auditor.documents.grids.value_patterns import is_money, is_value
from auditor.documents.pages import Word

_MOST_ROWS = 0.5  # of the rows: values in so many of them are a column even without a label
_OVER = 1.0  # points by which a value and a label overlap at least


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


@dataclass(slots=True)
class _Slot:
    """A column to be: its label, if it has one, and the tracks that belong to it."""

    label: Piece | None
    tracks: list[Track] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return self.label.box.x0 if self.label else min(track.x0 for track in self.tracks)

    @property
    def x1(self) -> float:
        return self.label.box.x1 if self.label else max(track.x1 for track in self.tracks)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


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
    decision = _Decision([_Slot(label) for label in labels], tracks, rows)
    decision.assign()
    more = _more_labels(labels, band) if decision.open else []
    if (
        more
    ):  # labels of another line are columns only where that leaves fewer values without one: 发生额 stands over two
        other = _Decision([_Slot(label) for label in sorted([*labels, *more], key=_start)], tracks, rows)
        other.assign()
        decision = other if other.open < decision.open else decision
    decision.add_columns(band)
    slots = decision.slots
    bounds = _bounds(slots, [word for line in body for word in line])
    places = {
        id(word): at
        for at, slot in enumerate(slots)
        for track in slot.tracks
        if track.number or len(track.chunks) > 1
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
        if all(min(text.box.x1, o.box.x1) - max(text.box.x0, o.box.x0) < _OVER for o in (*labels, *made)):
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


class _Decision:
    """Which track belongs to which column, decided for all of them together."""

    def __init__(self, slots: list[_Slot], tracks: Sequence[Track], rows: int) -> None:
        self.slots = slots
        self.rows = rows
        self.tracks = sorted(tracks, key=lambda track: (-len(track.chunks), track.x0, track.x1))
        self.free: list[Track] = []  # under no label
        self.torn: list[Track] = []  # numbers with several labels that fit alike
        self.styles = self._styles()

    def _styles(self) -> frozenset[Edge]:
        """The edges by which numbers surely stand in this table: shared by different widths, or alone possible."""
        found: set[Edge] = set()
        for track in self.tracks:
            if track.number and len(track.chunks) > 1:
                possible = track.edges
                if len(possible) > 1 and not self._over(track):
                    possible = frozenset(edge for edge in possible if self._rule(track, edge) is not None)
                found |= possible if len(possible) == 1 else set()
        return frozenset(found)

    @property
    def open(self) -> int:
        """How many texts have no column yet."""
        return sum(len(track.chunks) for track in (*self.free, *self.torn))

    def assign(self) -> None:
        """Gives the tracks to the labels: first those that overlap one, then the others by their edges."""
        rest = []
        for track in self.tracks:
            under = self._under(track)
            if under is None:
                rest.append(track)
            else:
                self.slots[under].tracks.append(track)
        for track in rest:
            told = self._by_edges(track)
            fitting = [at for at in told if not self._beside_others(track, self.slots[at])]
            if len(fitting) == 1:
                self.slots[fitting[0]].tracks.append(track)
            elif track.number and not told:  # set to no edge of any label: any column without a value there may have it
                beside = [self._beside_others(track, self.slots[at]) for at in self._neighbours(track.chunks[0])]
                (self.free if all(beside) else self.torn).append(track)
            else:
                (self.torn if fitting else self.free).append(track)

    def _over(self, track: Track) -> Counter[int]:
        """How many of a track's texts overlap each label."""
        return Counter(
            at
            for chunk in track.chunks
            for at, slot in enumerate(self.slots)
            if min(chunk.x1, slot.x1) - max(chunk.x0, slot.x0) >= _OVER
        )

    def _under(self, track: Track) -> int | None:
        """The label that the track overlaps; of several the one that its edge says, or that all of it overlaps."""
        over = self._over(track)
        if len(over) <= 1:
            return next(iter(over), None)
        told = {at for edge in self._edges(track) if (at := self._rule(track, edge)) is not None} & set(over)
        if len(told) == 1:
            return told.pop()
        whole = [at for at, count in sorted(over.items()) if count == len(track.chunks)]
        if track.number:
            return whole[0] if len(whole) == 1 else None
        return whole[0] if whole else None

    def _edges(self, track: Track) -> frozenset[Edge]:
        """The edges that count: where all texts are equally wide, those by which the other numbers stand."""
        if not track.number:
            return track.edges & {Edge.LEFT} or track.edges
        return track.edges & self.styles or track.edges

    def _rule(self, track: Track, edge: Edge) -> int | None:
        """The column whose label fits a track with this edge."""
        place = track.place(edge)
        if edge is Edge.RIGHT:
            ended = [at for at, slot in enumerate(self.slots) if slot.x1 <= place + EDGE]
            return ended[-1] if ended else None
        if edge is Edge.LEFT:
            return next((at for at, slot in enumerate(self.slots) if slot.x0 >= place - EDGE), None)
        return next((at for at, slot in enumerate(self.slots) if abs(slot.middle - place) <= 2 * EDGE), None)

    def _by_edges(self, track: Track) -> list[int]:
        """The columns that a track beside all labels may belong to."""
        found = {at for edge in self._edges(track) if (at := self._rule(track, edge)) is not None}
        if track.number:
            found |= {at for at, slot in enumerate(self.slots) if self._within_texts(track, slot)}
        return sorted(found)

    @staticmethod
    def _within_texts(track: Track, slot: _Slot) -> bool:
        """Whether numbers stand where a column has texts, and not beside these in their rows."""
        return any(
            min(track.x1, other.x1) - max(track.x0, other.x0) >= _OVER and not track.lines & other.lines
            for other in slot.tracks
            if not other.number and len(other.chunks) > 1
        )

    @staticmethod
    def _beside_others(track: Track, slot: _Slot) -> bool:
        """Whether a column has other texts in the same lines: then the track is another column."""
        return any(track.lines & other.lines for other in slot.tracks)

    def add_columns(self, band: Sequence[Piece]) -> None:
        """Columns for tracks under no label of the header line: under one of another line, or in most of the rows."""
        rest = []
        for track in self.free:
            label = _label_over(track, band, self.slots)
            if label is None and (len(track.lines) < 2 or len(track.lines) < _MOST_ROWS * self.rows):
                rest.append(track)
                continue
            new = next((slot for slot in self.slots if label and slot.label is label), None)
            if new is None:
                new = _Slot(label)
                new.tracks.append(track)
                at = sum(slot.middle < new.middle for slot in self.slots)
                self.slots.insert(at, new)
            else:
                new.tracks.append(track)
        self.free = rest

    def doubts(self) -> dict[int, tuple[int, ...]]:
        """The amounts that may belong to either of two columns, by the `id` of their words."""
        made: dict[int, tuple[int, ...]] = {}
        for track in (*self.free, *self.torn):
            if not track.number:
                continue
            for chunk in track.chunks:
                if is_money(chunk.text):
                    made.update({id(word): self._neighbours(chunk) for word in chunk.words})
        return made

    def _neighbours(self, chunk: Chunk) -> tuple[int, ...]:
        over = [at for at, s in enumerate(self.slots) if min(chunk.x1, s.x1) - max(chunk.x0, s.x0) >= _OVER]
        if len(over) > 1:
            return tuple(over)
        middle = (chunk.x0 + chunk.x1) / 2
        right = sum(slot.middle < middle for slot in self.slots)
        return tuple(at for at in (right - 1, right) if 0 <= at < len(self.slots))


def _label_over(track: Track, band: Sequence[Piece], slots: Sequence[_Slot]) -> Piece | None:
    """A text of the header's other lines over a track and over no column that is there already."""
    for label in band:
        apart = all(slot.label is label or min(label.box.x1, s1) - max(label.box.x0, s0) < _OVER
                    for slot in slots for s0, s1 in ((slot.x0, slot.x1),))  # fmt: skip
        if apart and _fits(track, label):
            return label
    return None


def _fits(track: Track, label: Piece) -> bool:
    if min(track.x1, label.box.x1) - max(track.x0, label.box.x0) >= _OVER:
        return True
    return any(abs(track.place(edge) - x) <= EDGE for edge, x in (
        (Edge.LEFT, label.box.x0), (Edge.RIGHT, label.box.x1), (Edge.MIDDLE, (label.box.x0 + label.box.x1) / 2)
    ) if edge in track.edges)  # fmt: skip


def _bounds(slots: Sequence[_Slot], words: Sequence[Word]) -> tuple[float, ...]:
    """Where the columns part: between what is known to stand in either, where the fewest other words cross."""
    x0 = np.array([word.box.x0 for word in words] + [slot.x0 for slot in slots])
    x1 = np.array([word.box.x1 for word in words] + [slot.x1 for slot in slots])
    bounds: list[float] = []
    for left, right in pairwise(slots):
        low = max([left.x1, *(track.x1 for track in left.tracks if track.number)])
        high = min([right.x0, *(track.x0 for track in right.tracks if len(track.chunks) > 1 or track.number)])
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
