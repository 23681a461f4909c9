"""A text in which names are looked for, and an index of names that finds all of them in it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from auditor.values.text import clean_cell, folded

_BRACKETS = str.maketrans("[]【】〔〕《》{}", "()()()()()")
_BLANK = re.compile(r"\s")


class Span(NamedTuple):
    """Where a key stands in the characters of a text, the end excluded."""

    start: int
    end: int
    key: str

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """A text in normal form (half width, small letters, without blanks), and before which characters a blank stood."""

    text: str
    blanks: frozenset[int]

    def divides(self, at: int) -> bool:
        """Whether a word in Latin letters or figures may begin or end here: never inside another such word."""
        if at in (0, len(self.text)) or at in self.blanks:
            return True
        before, after = self.text[at - 1], self.text[at]
        if not (_latin(before) and _latin(after)):
            return True
        return before.isdigit() != after.isdigit()

    def holds(self, span: Span) -> bool:
        """Whether the key stands here as words of its own. Chinese has no blanks: its characters divide themselves."""
        return self.divides(span.start) and self.divides(span.end)


@lru_cache(maxsize=20_000)
def looked_through(text: str) -> LookedThrough:
    """The normal form of a text."""
    kept: list[str] = []
    blanks: set[int] = set()
    for each in folded(clean_cell(text)).casefold().translate(_BRACKETS):
        if _BLANK.match(each):
            blanks.add(len(kept))
        else:
            kept.append(each)
    return LookedThrough("".join(kept), frozenset(blanks))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


class NameIndex:
    """Keys by their first two characters: one walk through a text finds each that it holds."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for key in sorted({key for key in keys if key}, key=lambda key: (-len(key), key)):
            self._by_start.setdefault(key[:2], []).append(key)

    def spans(self, looked: LookedThrough) -> Iterator[Span]:
        """Every key that stands in the text as words of its own, also inside of longer ones."""
        text = looked.text
        for start in range(len(text)):
            for key in (*self._by_start.get(text[start : start + 2], ()), *self._by_start.get(text[start], ())):
                span = Span(start, start + len(key), key)
                if text.startswith(key, start) and looked.holds(span):
                    yield span


def longest(spans: Iterable[Span]) -> list[Span]:
    """Of spans that overlap the longest, of two as long the first; in the order of the text."""
    taken: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (-span.length, span.start)):
        if all(span.end <= other.start or span.start >= other.end for other in taken):
            taken.append(span)
    return sorted(taken)


def without(text: str, spans: Iterable[Span]) -> str:
    """What of a text (in normal form) stands outside of the spans, these replaced by a blank."""
    rest = list(text)
    for span in spans:
        rest[span.start : span.end] = [" "] * span.length
    return "".join(rest)
