"""What was recognised on pictures and is doubtful: the recogniser is unsure of a figure and nothing bears it out, or a
number is a character shorter or longer than its kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from auditor.documents.errors import DoubtfulReading, NumberUnlikeOthers
from auditor.errors import Place
from auditor.records.model import MEASURED, Field, FieldType

LEAST_SURE = 90  # per cent, of the least sure letter or digit
_FEWEST_ALIKE = 3  # numbers of one shape, from which it is one
_DOUBTED = MEASURED | {FieldType.NUMBER_TEXT, FieldType.DATE, FieldType.WORDS_AMOUNT}


def doubt(
    each: Field, text: str | None, score: int | None, borne_out: Collection[str], place: Place
) -> DoubtfulReading | None:
    """The problem of a field that was read as `text` with this certainty (per cent; None if it was not recognised);
    `borne_out` are the fields that a proof bears out. None if there is nothing to be said."""
    if score is None or score >= LEAST_SURE or each.type not in _DOUBTED or each.name in borne_out:
        return None
    title = each.title
    return DoubtfulReading(place, f"{title.zh}: {text or ''}", field_en=title.en, field_zh=title.zh, score=score)


def unlike_others(each: Field, texts: Sequence[str | None], place: Sequence[Place]) -> dict[int, NumberUnlikeOthers]:
    """By position the problems of recognised numbers whose shape no other has and that are one character longer or
    shorter than the shape of three others and more: a recogniser is as sure of what it left out as of the rest."""
    shapes = [_shape(text) if text else None for text in texts]
    counts = Counter(filter(None, shapes))
    usual = [shape for shape, count in counts.items() if count >= _FEWEST_ALIKE]
    title = each.title
    return {
        at: NumberUnlikeOthers(place[at], texts[at], field_en=title.en, field_zh=title.zh, length=len(near))
        for at, shape in enumerate(shapes)
        if shape and counts[shape] == 1 and (near := next((each for each in usual if _one_off(shape, each)), None))
    }


def _shape(text: str) -> str:
    """The form of a number: 9 for a digit, A for another letter, marks as they are."""
    return re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", "".join(text.split())))


def _one_off(one: str, other: str) -> bool:
    """Whether one is the other without one of its characters, or with one more."""
    if abs(len(one) - len(other)) != 1:
        return False
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
