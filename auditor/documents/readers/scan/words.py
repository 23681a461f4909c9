"""Lines of a recogniser to words: runs of characters without a gap, as a text layer gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from auditor.documents.pages import Box, Rule, Word
from auditor.documents.readers.scan.ink import InkLine, ink_line
from auditor.documents.readers.scan.recogniser import Character, Line
from auditor.documents.scans import Pixels
from auditor.documents.words import recognition_words
from auditor.values.words_amount import AMOUNT_CHARACTERS

_LEVEL = 0.3  # of the height: middles of words of one line
_CERTAIN = 0.995  # a character that is less sure may be the second guess
_MOST_DOUBTFUL = 3  # characters of a word
_SHORTEST_AMOUNT = 3  # characters of an amount in words
_LOST_DIGITS = 50  # per cent: how sure a number is of which a digit seems to be lost, at most
_ALIKE = str.maketrans("0OIl1", "O0111")  # a letter and a digit that look alike, whoever reads them
_RUNS = re.compile(r"[A-Za-z]+|\d+")
_LONG = 5  # characters of a number of papers


def words(lines: Sequence[Line], pixels: Pixels, number: int, scale: float, rules: Sequence[Rule]) -> tuple[Word, ...]:
    """The words of upright lines in the order of their places, from the top left.

    `pixels`: the picture on which the lines stand; `scale`: points a pixel; `rules`: ruled lines in points, which part
    the words on their two sides.
    """
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    made = [word for line in lines for word in _words(ink_line(line, pixels), number, scale, upright)]
    return tuple(word for row in _rows(made) for word in row)


def _words(ink: InkLine, number: int, scale: float, upright: Sequence[Rule]) -> Iterator[Word]:
    characters = ink.line.characters
    top, bottom = (float(each) * scale for each in (ink.line.corners[:, 1].min(), ink.line.corners[:, 1].max()))
    middle = (top + bottom) / 2
    crossing = [
        x
        for rule in upright
        if rule.top <= middle <= rule.bottom and 0 < (x := rule.x0 / scale - ink.left) < ink.inked.size
    ]
    first = 0
    for at, each in enumerate(characters):
        if each.text.isspace():
            first = at + 1
        elif at + 1 == len(characters) or characters[at + 1].text.isspace() or ink.parts(at, crossing):
            yield _word(ink, first, at, number, scale, (top, bottom))
            first = at + 1


def _word(ink: InkLine, first: int, last: int, number: int, scale: float, level: tuple[float, float]) -> Word:
    run = ink.line.characters[first : last + 1]
    start, end = (each * scale for each in ink.extent(first, last))
    # a full stop or a sign of currency that is unsure makes no amount wrong
    score = int(100 * min([each.score for each in run if each.text.isalnum()] or [each.score for each in run]))
    if ink.has_lost_digits(first, last) or _is_mixed("".join(each.text for each in run)):
        score = min(score, _LOST_DIGITS)
    box = Box(number, round(start, 2), round(level[0], 2), round(end, 2), round(level[1], 2), score)
    return Word("".join(map(_plain, run)), box, "ocr", score, others=_others(run), as_amount=_as_amount(run))


def _is_mixed(text: str) -> bool:
    """Whether a number of papers is likelier written with the letter for the digit that looks like it, or the other way
    round: `0R1805` may be `OR1805`, `SJ31-0O4127` has a nought. Nobody can tell it by looking at its characters."""
    if len(text) < _LONG or not text.isascii() or not any(map(str.isdigit, text)):
        return False
    runs = len(_RUNS.findall(text))
    changed = (
        text[:at] + text[at].translate(_ALIKE) + text[at + 1 :] for at in range(len(text)) if text[at] in "0OIl1"
    )
    return any(len(_RUNS.findall(each)) < runs for each in changed)


def _plain(each: Character) -> str:
    """A character in the form that is printed today: recognisers take one form for the other."""
    return recognition_words().forms.get(each.text, each.text)


def _as_amount(run: Sequence[Character]) -> str:
    """The word as an amount in words, if at least half of it is written in the characters of such amounts."""
    formal = sum(each.text in AMOUNT_CHARACTERS for each in run)
    if formal < _SHORTEST_AMOUNT or 2 * formal < len(run):
        return ""
    return "".join(each.text if each.text in AMOUNT_CHARACTERS else each.of_amount for each in run)


def _others(run: Sequence[Character]) -> tuple[str, ...]:
    """The word with each of its doubtful characters, and with several of them, by the recogniser's second guess."""
    doubtful = [
        at for at, each in enumerate(run) if each.score < _CERTAIN and each.other.isalnum() and each.text.isalnum()
    ]
    doubtful.sort(key=lambda at: (-run[at].other_score, at))
    chosen = doubtful[:_MOST_DOUBTFUL]
    sets = [each for size in range(1, len(chosen) + 1) for each in combinations(chosen, size)]
    return tuple("".join(c.other if at in each else _plain(c) for at, c in enumerate(run)) for each in sets)


def _rows(made: Sequence[Word]) -> list[list[Word]]:
    """Words by lines from the top, each from the left."""
    rows: list[list[Word]] = []
    for word in sorted(made, key=lambda each: (each.box.top + each.box.bottom, each.box.x0, each.text)):
        if rows:
            first = rows[-1][0].box
            middle = (word.box.top + word.box.bottom - first.top - first.bottom) / 2
            if middle <= _LEVEL * (first.bottom - first.top):
                rows[-1].append(word)
                continue
        rows.append([word])
    return [sorted(row, key=lambda each: (each.box.x0, each.box.top)) for row in rows]
