"""Labels on a form: where they stand in lines of text, with blanks inside, colons of both widths, values joined on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.documents.grids.lines import line_text
from auditor.documents.pages import Box, Word
from auditor.values.text import folded
from auditor.values.words_amount import AMOUNT_CHARACTERS

_BLANK = re.compile(r"\s")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_LETTERS_APART = 6.0  # of the height: how far ideographs of one label may stand apart
_WORDS_APART = 1.2  # of the height: how far Latin words of one label may stand apart
_AFTER = re.compile(r"(\([^()]{1,8}\))?:?")  # a unit in brackets and a colon belong to the label


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of words as one text without blanks (NFKC, case folded), with the place of each of its characters."""

    words: tuple[Word, ...]
    text: str
    places: tuple[tuple[int, int], ...]  # number of the word, number of the character in it

    @staticmethod
    def of(words: Sequence[Word]) -> TextLine:
        text: list[str] = []
        places: list[tuple[int, int]] = []
        for at, word in enumerate(words):
            letters, numbers = _letters(word.text)
            text.append(letters)
            places += [(at, number) for number in numbers]
        return TextLine(tuple(words), "".join(text), tuple(places))

    def starts_word(self, at: int) -> bool:
        """Whether a word starts at this place of the text (its end counts)."""
        return at >= len(self.places) or self.places[at][1] == 0

    def gap_before(self, at: int) -> float:
        """The gap before the word that starts here, in heights of a character."""
        number = self.places[at][0]
        if number == 0 or self.places[at][1] != 0:
            return 0.0
        before, word = self.words[number - 1].box, self.words[number].box
        return (word.x0 - before.x1) / max(1.0, min(before.bottom - before.top, word.bottom - word.top))

    def piece(self, start: int, end: int) -> list[Word]:
        """The words from `start` to `end` of the text; a word that is cut gets its share of the box."""
        chosen: dict[int, tuple[int, int]] = {}
        for number, place in self.places[start:end]:
            chosen[number] = (chosen.get(number, (place,))[0], place)
        made = [part_of(self.words[number], first, last + 1) for number, (first, last) in chosen.items()]
        return [word for word in made if word.text]


@lru_cache(maxsize=20_000)
def _letters(text: str) -> tuple[str, tuple[int, ...]]:
    """A text without blanks in plain form, and for each of its characters from which one of the text it comes."""
    found = [
        (each, number)
        for number, character in enumerate(text)
        for each in folded(character).casefold()
        if not _BLANK.match(each)
    ]
    return "".join(each for each, _ in found), tuple(number for _, number in found)


def part_of(word: Word, start: int, end: int) -> Word:
    """Characters `start` to `end` of a word, with the share of its box that they take."""
    text, box = word.text, word.box
    if start == 0 and end == len(text):
        return word
    width = (box.x1 - box.x0) / max(1, len(text))
    part = text[start:end].strip()
    place = Box(box.page, box.x0 + start * width, box.top, box.x0 + end * width, box.bottom, box.score)
    others = dict.fromkeys(other[start:end].strip() for other in word.others)
    others.pop(part, None)
    return Word(part, place, word.via, word.score, others=tuple(others), as_amount=word.as_amount[start:end])


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a line: what it says, from where to where in the text, and whether a colon follows it."""

    word: str
    start: int
    end: int  # after a unit in brackets and a colon
    colon: bool


class Labels:
    """The labels of a form in plain form; True for those that may stand inside running text."""

    def __init__(self, words: Mapping[str, bool]) -> None:
        self._by_first: dict[str, list[tuple[str, bool]]] = {}
        for word in sorted(words, key=lambda each: (-len(each), each)):
            self._by_first.setdefault(word[:1], []).append((word, words[word]))

    def starting(self, character: str) -> Sequence[tuple[str, bool]]:
        """The labels that start with a character, longest first, and whether they may stand anywhere."""
        return self._by_first.get(character, ())


def find_labels(line: TextLine, known: Labels) -> list[Label]:
    """The labels in a line from the left, longest first where several fit, none over another."""
    found: list[Label] = []
    at = 0
    while at < len(line.text):
        starting = known.starting(line.text[at])
        if not starting:
            at += 1
            continue
        value_before = bool(found) and line.places[found[-1].start][0] == line.places[at][0]
        offers = (_label_at(line, at, word, anywhere, value_before) for word, anywhere in starting)
        label = next((offer for offer in offers if offer), None)
        if label:
            found.append(label)
            at = label.end
        else:
            at += 1
    return found


def _label_at(line: TextLine, at: int, word: str, anywhere: bool, value_before: bool) -> Label | None:
    """The label `word` if it stands at `at`; `value_before`: the word has a label already, whose value may end here."""
    if not line.text.startswith(word, at):
        return None
    end = at + len(word)
    after = _AFTER.match(line.text, end)
    full = after.end() if after else end
    colon = full > end and line.text[full - 1] == ":"
    if not anywhere:
        if not line.starts_word(at) and not (colon and (value_before or not _IDEOGRAPH.match(line.text[at - 1]))):
            return None
        if not (colon or full > end or line.starts_word(end) or _value_may_follow(word, line.text[end])):
            return None
    if not _hangs_together(line, at, end, word):
        return None
    return Label(word, at, full, colon)


def _value_may_follow(word: str, character: str) -> bool:
    """A value in one word with its label: `NO.0003101`, `编号0003101`, `￥128.00`, `(大写)壹仟元`, not `金额合计`."""
    last = word[-1]
    if _IDEOGRAPH.match(character):
        return last == ")" and character in AMOUNT_CHARACTERS
    return not (last.isascii() and last.isalpha() and character.isalpha())


def _hangs_together(line: TextLine, start: int, end: int, word: str) -> bool:
    most = _LETTERS_APART if _IDEOGRAPH.match(word[0]) and len(word) <= 4 else _WORDS_APART
    return all(line.gap_before(at) <= most for at in range(start + 1, end))


def text_of(words: Sequence[Word]) -> str:
    """The text of words of one line as they stand."""
    return line_text([word.text for word in words]) if words else ""
