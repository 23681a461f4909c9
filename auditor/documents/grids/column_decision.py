"""Which of the tracks under a header belongs to which of its labels, decided for all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.documents.grids.lines import Piece
from auditor.documents.grids.tracks import EDGE, Chunk, Edge, Track
from auditor.documents.grids.value_patterns import is_money

OVER = 1.0  # points by which a value and a label overlap at least
_MOST_ROWS = 0.5  # of the rows: values in so many of them are a column even without a label


@dataclass(slots=True)
class Slot:
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


class ColumnDecision:
    """Which track belongs to which column, decided for all of them together."""

    def __init__(self, labels: Sequence[Piece], tracks: Sequence[Track], rows: int) -> None:
        slots = [Slot(label) for label in labels]
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
        while rest:  # a column that has its values in a line rules itself out for the others of that line
            self.torn = []
            for track in rest:
                self._give(track)
            if len(self.torn) == len(rest):
                break
            rest = self.torn

    def _give(self, track: Track) -> None:
        told = self._by_edges(track)
        fitting = [at for at in told if not self._beside_others(track, self.slots[at])]
        if not track.number and len(track.chunks) == 1 and self._may_be_left_of(track, fitting):
            fitting = []  # one text shares no edge: the white space decides
        if len(fitting) == 1:
            self.slots[fitting[0]].tracks.append(track)
        elif track.number and not told:  # set to no edge of any label: any column without a value there may have it
            beside = [self._beside_others(track, self.slots[at]) for at in self._neighbours(track.chunks[0])]
            (self.free if all(beside) else self.torn).append(track)
        else:
            (self.torn if fitting else self.free).append(track)

    def _may_be_left_of(self, track: Track, fitting: Sequence[int]) -> bool:
        """Whether the column left of the ones that fit has nothing in the same line."""
        return any(at > 0 and not self._beside_others(track, self.slots[at - 1]) for at in fitting)

    def _over(self, track: Track) -> Counter[int]:
        """How many of a track's texts overlap each label."""
        return Counter(
            at
            for chunk in track.chunks
            for at, slot in enumerate(self.slots)
            if min(chunk.x1, slot.x1) - max(chunk.x0, slot.x0) >= OVER
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
    def _within_texts(track: Track, slot: Slot) -> bool:
        """Whether numbers stand where a column has texts, and not beside these in their rows."""
        return any(
            min(track.x1, other.x1) - max(track.x0, other.x0) >= OVER and not track.lines & other.lines
            for other in slot.tracks
            if not other.number and len(other.chunks) > 1
        )

    @staticmethod
    def _beside_others(track: Track, slot: Slot) -> bool:
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
                new = Slot(label)
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
        over = [at for at, s in enumerate(self.slots) if min(chunk.x1, s.x1) - max(chunk.x0, s.x0) >= OVER]
        if len(over) > 1:
            return tuple(over)
        middle = (chunk.x0 + chunk.x1) / 2
        right = sum(slot.middle < middle for slot in self.slots)
        return tuple(at for at in (right - 1, right) if 0 <= at < len(self.slots))


def _label_over(track: Track, band: Sequence[Piece], slots: Sequence[Slot]) -> Piece | None:
    """A text of the header's other lines over a track and over no column that is there already."""
    for label in band:
        apart = all(slot.label is label or min(label.box.x1, s1) - max(label.box.x0, s0) < OVER
                    for slot in slots for s0, s1 in ((slot.x0, slot.x1),))  # fmt: skip
        if apart and _fits(track, label):
            return label
    return None


def _fits(track: Track, label: Piece) -> bool:
    if min(track.x1, label.box.x1) - max(track.x0, label.box.x0) >= OVER:
        return True
    return any(abs(track.place(edge) - x) <= EDGE for edge, x in (
        (Edge.LEFT, label.box.x0), (Edge.RIGHT, label.box.x1), (Edge.MIDDLE, (label.box.x0 + label.box.x1) / 2)
    ) if edge in track.edges)  # fmt: skip
