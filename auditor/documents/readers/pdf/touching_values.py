"""Where a full cell touches the next one: two values without a gap between them are two words.

One word is often drawn in several pieces (each character by itself, digits and ideographs in fonts of their own), so a
new piece alone says nothing. It does where what stands before it and what follows are complete values, and the whole
is none: `1,250,000.50` and `111,095,678.40`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_AMOUNT = r"[¥￥$€£]?[-+(]?(?:\d{1,3}(?:,\d{3})+(?:\.\d{2})?|\d{1,3}(?:\.\d{3})+,\d{2}|\d+[.,]\d{2})[)-]?"
_DATE = r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([/.])\d{1,2}\2\d{4}|\d{4}年\d{1,2}月\d{1,2}日"
_TIME = r"\d{2}:\d{2}(?::\d{2})?"
_VALUE = re.compile("|".join(f"(?:{each})" for each in (_AMOUNT, _DATE, _TIME)))
_CANDIDATE = re.compile(r"\d[.,:/\-年]\d")
SHORTEST = 5  # characters: `1.00` after a letter


def is_value(text: str) -> bool:
    """Whether the text is one complete amount, date or time of day."""
    return _VALUE.fullmatch(text) is not None


def may_be_cut(text: str) -> bool:
    """Whether the text has the signs of a value and is not one."""
    return _CANDIDATE.search(text) is not None and not is_value(text)


def cuts(text: str, edges: Sequence[int]) -> tuple[int, ...]:
    """Where the text is to be cut into words: nowhere, unless there is exactly one way to cut it into values.

    `edges` are the places at which a new piece of drawing begins, in order. Words may stand before the first value, and
    after a date, if they have no part in it (`运费1,000.00`, `2026-10-08货款`).
    """
    if len(text) < SHORTEST or not may_be_cut(text):
        return ()
    places = [place for place in edges if 0 < place < len(text)]
    ways = [way for way in _ways(text, places) if len(_decimal_marks(text, way)) < 2]
    return ways[0] if len(ways) == 1 else ()


def _ways(text: str, places: Sequence[int]) -> list[tuple[int, ...]]:
    found = _into_values(text, 0, places) if not text[0].isalpha() else []
    for place in places:
        if text[place - 1].isalpha():
            rest = text[place:]
            found += [(place,)] if is_value(rest) else []
            found += [(place, *way) for way in _into_values(text, place, places)]
    return found


def _into_values(text: str, start: int, places: Sequence[int]) -> list[tuple[int, ...]]:
    """All ways to cut the text from `start` on into two values or more, or a date and words."""
    found: list[tuple[int, ...]] = []
    for place in places:
        if place <= start or not is_value(text[start:place]):
            continue
        rest = text[place:]
        if is_value(rest) or (rest[0].isalpha() and rest.isalpha() and not _is_amount(text[start:place])):
            found.append((place,))
        found += [(place, *way) for way in _into_values(text, place, places)]
    return found


def _decimal_marks(text: str, way: Sequence[int]) -> set[str]:
    """The decimal marks of the amounts into which a text is cut: a document has one."""
    parts = [text[start:end] for start, end in pairwise((0, *way, len(text)))]
    amounts = [re.sub(r"[^\d.,]", "", part) for part in parts if _is_amount(part)]
    return {amount[-3] if amount[-3] in ",." else "." if "," in amount else "," for amount in amounts}


def _is_amount(text: str) -> bool:
    return re.fullmatch(_AMOUNT, text) is not None
