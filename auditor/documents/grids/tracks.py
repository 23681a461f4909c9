"""Texts of a table's body that share an edge over its rows: the tracks that its columns are made of.

Numbers are printed to one right edge, texts to one left edge, some to one middle. Which edge it is follows from texts
of different widths; where all are equally wide, every kind stays possible.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.documents.grids.value_patterns import is_number, is_value
from auditor.documents.pages import Word

EDGE = 1.5  # points within which edges are one edge
_BLANKS = 1.4  # characters: words of one text stand no further apart
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")


class Edge(StrEnum):
    """By which edge texts stand one below another."""

    LEFT = "left"
    RIGHT = "right"
    MIDDLE = "middle"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one line that are one text; x in points. `line` numbers the lines of all pages of the table."""

    words: tuple[Word, ...]
    line: int
    number: bool

    @property
    def x0(self) -> float:
        return self.words[0].box.x0

    @property
    def x1(self) -> float:
        return self.words[-1].box.x1

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def at(self, edge: Edge) -> float:
        """The place of an edge, in points from the left."""
        return {Edge.LEFT: self.x0, Edge.RIGHT: self.x1, Edge.MIDDLE: (self.x0 + self.x1) / 2}[edge]


@dataclass(slots=True)
class Track:
    """Chunks that share an edge, and the edges that they may be said to share."""

    chunks: list[Chunk]
    edges: frozenset[Edge]
    lines: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = frozenset(chunk.line for chunk in self.chunks)

    @property
    def number(self) -> bool:
        return self.chunks[0].number

    @property
    def x0(self) -> float:
        return min(chunk.x0 for chunk in self.chunks)

    @property
    def x1(self) -> float:
        return max(chunk.x1 for chunk in self.chunks)

    def place(self, edge: Edge) -> float:
        """The place of a shared edge, in points from the left."""
        return sum(chunk.at(edge) for chunk in self.chunks) / len(self.chunks)


def chunks_of(line: Sequence[Word], number: int, starts: Sequence[float]) -> list[Chunk]:
    """The texts of a line: words near each other, parted at values and where others start (`starts`, ordered x)."""
    groups: list[list[Word]] = []
    for word in line:
        if groups and _belongs(groups[-1], word, starts):
            groups[-1].append(word)
        else:
            groups.append([word])
    made = []
    for group in groups:
        text = " ".join(word.text for word in group)
        made.append(Chunk(tuple(group), number, is_number(text)))
    return made


def _belongs(group: Sequence[Word], word: Word, starts: Sequence[float]) -> bool:
    size = max(_character_width(group[-1]), _character_width(word))
    if word.box.x0 - group[-1].box.x1 > _BLANKS * size or _is_at(word.box.x0, starts):
        return False
    text = " ".join(each.text for each in group)
    if is_value(text) or is_value(word.text):
        return is_value(f"{text} {word.text}") or bool(is_value(text) and _CLOCK.fullmatch(word.text))
    return True


def _character_width(word: Word) -> float:
    """The mean width of a character in points; an ideograph counts as two."""
    wide = sum(character > "\u2e80" for character in word.text)
    return (word.box.x1 - word.box.x0) / (len(word.text) + wide)


def _is_at(x: float, starts: Sequence[float]) -> bool:
    at = bisect_left(starts, x - EDGE)
    return at < len(starts) and starts[at] <= x + EDGE


def tracks_of(chunks: Iterable[Chunk]) -> list[Track]:
    """All chunks as tracks, numbers apart from texts; a chunk that shares no edge is a track of its own."""
    made: list[Track] = []
    held = list(chunks)
    for kind in (True, False):
        made += _of_one_kind([chunk for chunk in held if chunk.number is kind], kind)
    return made


def _of_one_kind(chunks: list[Chunk], numbers: bool) -> list[Track]:
    order = (Edge.RIGHT, Edge.LEFT, Edge.MIDDLE) if numbers else (Edge.LEFT, Edge.RIGHT, Edge.MIDDLE)
    groups = {edge: _clusters(chunks, edge) for edge in order}
    sizes = {edge: _sizes(found) for edge, found in groups.items()}
    best: dict[tuple[Edge, int], list[Chunk]] = {}
    for at, chunk in enumerate(chunks):
        edge = max(order, key=lambda each: (sizes[each][groups[each][at]], -order.index(each)))
        best.setdefault((edge, groups[edge][at]), []).append(chunk)
    return [Track(members, _shared(members, edge)) for (edge, _), members in best.items()]


def _clusters(chunks: Sequence[Chunk], edge: Edge) -> list[int]:
    """For each chunk the number of its group of one place; no group is wider than an edge may be off."""
    found = [0] * len(chunks)
    start, number = float("-inf"), 0
    for at in sorted(range(len(chunks)), key=lambda i: chunks[i].at(edge)):
        place = chunks[at].at(edge)
        if place - start > EDGE:
            start, number = place, number + 1
        found[at] = number
    return found


def _sizes(numbers: Sequence[int]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for number in numbers:
        sizes[number] = sizes.get(number, 0) + 1
    return sizes


def _shared(members: Sequence[Chunk], chosen: Edge) -> frozenset[Edge]:
    shared = {chosen}
    for edge in Edge:
        places = [chunk.at(edge) for chunk in members]
        if max(places) - min(places) <= EDGE:
            shared.add(edge)
    return frozenset(shared)
