"""Lines of a recogniser to words: runs of characters without a gap, as a text layer gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from auditor.documents.pages import Box, Rule, Word
from auditor.documents.readers.scan.recogniser import Character, Line

_GAP = 0.45  # of the height of a line: a wider gap parts words
_LEVEL = 0.3  # of the height: middles of words of one line
_LETTERS = str.isalnum
_CERTAIN = 0.995  # a digit that is less sure may be the second guess
_MOST_DOUBTFUL = 3  # digits of a word


def words(lines: Sequence[Line], number: int, scale: float, rules: Sequence[Rule]) -> tuple[Word, ...]:
    """The words of upright lines in the order of their places, from the top left.

    `scale`: points a pixel; `rules`: ruled lines in points, which part the words on their two sides.
    """
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    made = [word for line in lines for word in _words(line, number, scale, upright)]
    return tuple(word for row in _rows(made) for word in row)


def _words(line: Line, number: int, scale: float, upright: Sequence[Rule]) -> Iterator[Word]:
    (x0, top), (x1, bottom) = (line.corners.min(axis=0) * scale).tolist(), (line.corners.max(axis=0) * scale).tolist()
    width, height = x1 - x0, bottom - top
    middle = (top + bottom) / 2
    crossing = sorted(rule.x0 for rule in upright if rule.top <= middle <= rule.bottom and x0 < rule.x0 < x1)
    run: list[Character] = []
    for each in line.characters:
        if run and (each.text.isspace() or _parted(run[-1], each, x0, width, height, crossing)):
            yield _word(run, number, (x0, top, width, bottom))
            run = []
        if not each.text.isspace():
            run.append(each)
    if run:
        yield _word(run, number, (x0, top, width, bottom))


def _parted(
    left: Character, right: Character, x0: float, width: float, height: float, crossing: Sequence[float]
) -> bool:
    """Whether a gap or a ruled line stands between two characters of one line."""
    if (right.start - left.end) * width > _GAP * height:
        return True
    from_, to = (x0 + width * (each.start + each.end) / 2 for each in (left, right))
    return any(from_ < x < to for x in crossing)


def _word(run: Sequence[Character], number: int, place: tuple[float, float, float, float]) -> Word:
    x0, top, width, bottom = place
    start, end = x0 + width * run[0].start, x0 + width * run[-1].end
    # a full stop or a sign of currency that is unsure makes no amount wrong
    score = int(100 * min([each.score for each in run if _LETTERS(each.text)] or [each.score for each in run]))
    box = Box(number, round(start, 2), round(top, 2), round(end, 2), round(bottom, 2), score)
    return Word("".join(each.text for each in run), box, "ocr", score, others=_others(run))


def _others(run: Sequence[Character]) -> tuple[str, ...]:
    """The word with each of its doubtful digits, and with several of them, by the recogniser's second guess."""
    doubtful = [
        at
        for at, each in enumerate(run)
        if each.score < _CERTAIN and each.text.isdigit() and each.other.isdigit() and each.other != each.text
    ]
    doubtful.sort(key=lambda at: (-run[at].other_score, at))
    chosen = doubtful[:_MOST_DOUBTFUL]
    sets = [each for size in range(1, len(chosen) + 1) for each in combinations(chosen, size)]
    return tuple("".join(c.other if at in each else c.text for at, c in enumerate(run)) for each in sets)


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
