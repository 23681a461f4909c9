"""Words to lines, and the text of words that stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.documents.pages import Box, Word

_SAME_LINE = 0.5  # of the lower height: words of one line share at least so much of it
_CELL_GAP = 1.1  # of the height: a wider gap parts two cells of a line outside of tables
_LETTER_SPACED = 5.0  # of the height: how far the ideographs of one label (户　　名) may stand apart
_IDEOGRAPH = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = re.compile(f"[{_IDEOGRAPH}\u3000-\u303f\uff00-\uffef]")
_ONE_IDEOGRAPH = re.compile(f"[{_IDEOGRAPH}]")
_LABEL_REST = re.compile(f"[{_IDEOGRAPH}]{{1,2}}(?=$|[:：])")
_DATE = re.compile(r"\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$")
_TIME = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands in one place, with the words it is made of."""

    text: str
    box: Box
    words: tuple[Word, ...] = ()


def around(words: Sequence[Word]) -> Box:
    """The smallest box around words of one page."""
    boxes = [word.box for word in words]
    if len(boxes) == 1:
        return boxes[0]
    scores = [box.score for box in boxes if box.score is not None]
    return Box(
        boxes[0].page,
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
        min(scores) if scores else None,
    )


def lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words of one page as lines from the top, each from the left."""
    words = list(words)
    if len(words) < 2:
        return [words] if words else []
    ordered = sorted(words, key=lambda word: (word.box.top + word.box.bottom, word.box.x0))
    made: list[list[Word]] = []
    top = bottom = 0.0
    for word in ordered:
        box = word.box
        shared = min(bottom, box.bottom) - max(top, box.top)
        if made and shared >= _SAME_LINE * min(bottom - top, box.bottom - box.top):
            made[-1].append(word)
            count = len(made[-1])
            top += (box.top - top) / count
            bottom += (box.bottom - bottom) / count
        else:
            made.append([word])
            top, bottom = box.top, box.bottom
    for line in made:
        if len(line) > 1:
            line.sort(key=lambda word: (word.box.x0, word.box.top))
    return made


def piece(words: Sequence[Word]) -> Piece:
    """Words of one line as one text, with a blank between them except inside a label set with blanks (`日 志 号`)."""
    if len(words) == 1:
        return Piece(words[0].text, words[0].box, (words[0],))
    return Piece(line_text([word.text for word in words]), around(words), tuple(words))


def line_text(texts: Sequence[str]) -> str:
    """Words of one line joined by blanks; single ideographs in a row are one word."""
    text = texts[0]
    for before, after in pairwise(texts):
        spaced = len(before) == 1 and _ONE_IDEOGRAPH.match(before) and _LABEL_REST.match(after)
        text += after if spaced else " " + after
    return text


def wrapped_text(parts: Sequence[str]) -> str:
    """The lines of one cell as one text.

    Ideographs and digits run on; between two Latin words, and between a date and a time, stands a blank.
    """
    text = parts[0]
    for part in parts[1:]:
        text += part if _runs_on(text, part) else " " + part
    return text


def _runs_on(before: str, after: str) -> bool:
    last, first = before[-1], after[0]
    if _WIDE.match(last) or _WIDE.match(first) or last == "-":
        return True
    if _DATE.search(before) and _TIME.match(after):
        return False
    token = re.split(r"\s", before)[-1]
    return (any(character.isdigit() for character in token) and first.isdigit()) or first in ".,;:)%"


def cells(line: Sequence[Word]) -> list[Piece]:
    """A line outside of tables as pieces that stand apart: `户　名：老招` and, far to the right, `账号：6125`."""
    groups: list[list[Word]] = []
    for word in line:
        if groups and not _apart(groups[-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [piece(group) for group in groups]


def _apart(group: Sequence[Word], word: Word) -> bool:
    last = group[-1]
    size = min(last.box.bottom - last.box.top, word.box.bottom - word.box.top)
    gap = word.box.x0 - last.box.x1
    if gap <= _CELL_GAP * size:
        return False
    label = all(len(each.text) == 1 and _ONE_IDEOGRAPH.match(each.text) for each in group)
    rest = _LABEL_REST.match(word.text)
    return not (label and rest and gap <= _LETTER_SPACED * size)
