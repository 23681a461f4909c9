"""Characters joined into words: runs of characters without a gap.

A blank of the document parts two words, and so does a gap without one; a blank that pdfium made up counts only by its
gap. Where a ruled line stands between two pieces of text that were drawn separately, they are two words even without a
gap: a full cell beside a full cell. So are pieces of different colours, and two values that touch.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from auditor.documents.pages import Box, Rule, Word
from auditor.documents.readers.pdf.characters import Characters, Floats, Integers
from auditor.documents.readers.pdf.overlays import PrintedWord, is_large, overlays
from auditor.documents.readers.pdf.paint_order import Colour, TextOrigins
from auditor.documents.readers.pdf.touching_values import SHORTEST, cuts, may_be_cut

_GAP = 0.3  # of the height of a character: a wider gap parts words
_MADE_UP_GAP = 0.15  # of the height: enough where pdfium too sees a blank
_TOUCHING = 0.1  # of the height: closer than this, pieces of one line are one word in whatever order they were drawn
_BACK = 0.4  # of the height: kerning may move a character back by so much
_NEARLY_LEVEL = 0.3  # of the height: middles of words of one line
_LEVEL = 0.5  # of the lower height: two characters on one line share at least so much of it
_ANGLE_SAMPLES = 32  # words that tell how a page is set
_TWICE = 0.2  # of the height: the same text again within this is bold by overprinting

AngleOf = Callable[[int], int]
Piece = tuple[str, tuple[float, float, float, float], int]  # text, box, number of its first character


def words(
    found: Characters,
    number: int,
    rules: Sequence[Rule],
    angle_of: AngleOf,
    origins: TextOrigins,
    via: Callable[[int], str] = lambda index: "text",
) -> tuple[Word, ...]:
    """The words of a page in the order of their places, from the top left.

    `angle_of` gives the degrees by which pdfium's character is turned on the upright page, `origins` its text object,
    `via` how its text came into the document.
    """
    if not len(found):
        return ()
    starts = word_starts(found)
    if origins.several_colours:
        colours = origins.colours(found.index.tolist())
        starts[1:] |= [colour != before for before, colour in pairwise(colours)]
    _part_at_rules(found, starts, rules, origins)
    _part_values(found, starts, origins)
    runs, turned = _split_by_angle(found, np.flatnonzero(starts), angle_of)
    level = _joined_pieces(_once(_boxed(found, runs)), rules, lambda i: _colour(found, origins, i))
    pieces = level + [_boxed_run(found, run) for run in turned]
    over = _printed_over(found, pieces, len(level), origins, angle_of)
    made = [
        Word(
            text,
            Box(number, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)),
            via(int(found.index[first])),
            overlay=overlay,
        )
        for (text, (x0, top, x1, bottom), first), overlay in zip(pieces, over, strict=True)
    ]
    return tuple(_in_order(made))


def _colour(found: Characters, origins: TextOrigins, first: int) -> Colour | None:
    return origins.colour(int(found.index[first])) if origins.several_colours else None


def _printed_over(
    found: Characters, pieces: Sequence[Piece], level: int, origins: TextOrigins, angle_of: AngleOf
) -> list[bool]:
    """Which words are stamps and watermarks. Where all are of one colour and size nothing need be looked up."""
    if len(pieces) == level and not origins.several_colours and not is_large(np.array([p[1] for p in pieces])).any():
        return [False] * len(pieces)
    own = {angle_of(int(found.index[first])) for _, _, first in pieces[: level : max(1, level // _ANGLE_SAMPLES)]}
    printed = []
    for place, (text, box, first) in enumerate(pieces):
        origin = origins.text(int(found.index[first]))
        oblique = place >= level and (angle := angle_of(int(found.index[first]))) % 90 != 0 and angle not in own
        order, colour = (origin.order, origin.colour) if origin is not None else (0, None)
        printed.append(PrintedWord(text, box, colour, order, oblique))
    return overlays(printed)


def _in_order(made: list[Word]) -> list[Word]:
    """Words by lines from the top, each from the left; those whose middles are nearly level stand in one line."""
    return [word for line in _lines(made) for word in line]


def lines_of_text(made: Sequence[Word]) -> list[str]:
    """The words as lines of text, to be quoted."""
    return [" ".join(word.text for word in line) for line in _lines(made)]


def _lines(made: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(made, key=lambda each: (each.box.top + each.box.bottom, each.box.x0, each.text)):
        if lines:
            first = lines[-1][0].box
            middle = (word.box.top + word.box.bottom - first.top - first.bottom) / 2
            if middle <= _NEARLY_LEVEL * (first.bottom - first.top):
                lines[-1].append(word)
                continue
        lines.append([word])
    return [sorted(line, key=lambda each: (each.box.x0, each.box.top)) for line in lines]


def word_starts(found: Characters) -> NDArray[np.bool_]:
    """For each character whether a word starts with it, by blanks and gaps along the content stream."""
    boxes = found.boxes
    height = boxes[:, 3] - boxes[:, 1]
    size = np.maximum(1.0, np.minimum(height[1:], height[:-1]))
    gap = boxes[1:, 0] - boxes[:-1, 2]
    shared = np.minimum(boxes[1:, 3], boxes[:-1, 3]) - np.maximum(boxes[1:, 1], boxes[:-1, 1])
    starts = np.ones(len(found), dtype=bool)
    blank = found.after_blank[1:]
    parted = (blank == 2) | (gap > _GAP * size) | ((blank == 1) & (gap > _MADE_UP_GAP * size))
    starts[1:] = parted | (gap < -_BACK * size) | (shared < _LEVEL * size)
    return starts


def _part_at_rules(found: Characters, starts: NDArray[np.bool_], rules: Sequence[Rule], origins: TextOrigins) -> None:
    """Starts a word where an upright rule stands between characters that were drawn by different text objects."""
    upright = sorted((rule.x0, rule.top, rule.bottom) for rule in rules if rule.x0 == rule.x1)
    if not upright:
        return
    xs = np.array([rule[0] for rule in upright])
    boxes = found.boxes
    inside = np.flatnonzero(~starts[1:]) + 1
    middle = (boxes[inside, 0] + boxes[inside - 1, 2]) / 2
    reach = np.maximum(1.0, 0.2 * (boxes[inside, 3] - boxes[inside, 1]))
    low, high = np.searchsorted(xs, middle - reach), np.searchsorted(xs, middle + reach, side="right")
    for place in np.flatnonzero(high > low):
        i = int(inside[place])
        centre = (boxes[i, 1] + boxes[i, 3]) / 2
        crossing = any(top <= centre <= bottom for _, top, bottom in upright[low[place] : high[place]])
        if crossing and origins.address(int(found.index[i])) != origins.address(int(found.index[i - 1])):
            starts[i] = True


def _part_values(found: Characters, starts: NDArray[np.bool_], origins: TextOrigins) -> None:
    """Starts a word where one value ends and the next begins without a gap."""
    begins = np.flatnonzero(starts).tolist()
    for start, end in pairwise([*begins, len(found)]):
        if end - start >= SHORTEST and may_be_cut(text := "".join(found.texts[start:end])):
            owners = [origins.address(int(index)) for index in found.index[start:end]]
            edges = [place for place in range(1, end - start) if owners[place] != owners[place - 1]]
            for cut in cuts(text, edges):
                starts[start + cut] = True


def _split_by_angle(found: Characters, starts: Integers, angle_of: AngleOf) -> tuple[list[range], list[list[int]]]:
    """Level runs as ranges of characters, and turned text (a stamp, a note up the margin) as its own runs."""
    ends = [*starts[1:].tolist(), len(found)]
    level: list[range] = []
    turned: list[tuple[int, int]] = []
    for start, end in zip(starts.tolist(), ends, strict=True):
        angle = angle_of(int(found.index[start])) if end - start < 3 or start == 0 else 0
        if 1 < angle < 359:
            turned.extend((i, angle) for i in range(start, end))
        else:
            level.append(range(start, end))
    return level, list(_turned_runs(found, turned))


def _turned_runs(found: Characters, turned: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Runs of characters turned alike that follow each other along their own line."""
    run: list[int] = []
    last = 0
    for i, angle in turned:
        if run and (angle != last or found.after_blank[i] or not _follows(found.boxes, run[-1], i, angle)):
            yield run
            run = []
        run.append(i)
        last = angle
    if run:
        yield run


def _follows(boxes: Floats, before: int, after: int, angle: int) -> bool:
    across = (boxes[after] + np.roll(boxes[after], 2) - boxes[before] - np.roll(boxes[before], 2))[:2] / 2
    turn = math.radians(angle)
    along = float(across[0]) * math.cos(turn) - float(across[1]) * math.sin(turn)
    aside = float(across[0]) * math.sin(turn) + float(across[1]) * math.cos(turn)
    size = float(max(*(boxes[before, 2:] - boxes[before, :2]), *(boxes[after, 2:] - boxes[after, :2])))
    return 0 < along <= 1.5 * size and abs(aside) <= 0.4 * size


def _boxed(found: Characters, runs: Sequence[range]) -> list[Piece]:
    """Level runs with their boxes, all at once."""
    if not runs:
        return []
    chosen = np.concatenate([np.arange(run.start, run.stop) for run in runs])
    lengths = np.array([len(run) for run in runs])
    offsets = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    boxes = found.boxes[chosen]
    low = np.minimum.reduceat(boxes[:, :2], offsets).tolist()
    high = np.maximum.reduceat(boxes[:, 2:], offsets).tolist()
    texts = found.texts
    return [
        ("".join(texts[run.start : run.stop]), (x0, top, x1, bottom), run.start)
        for run, (x0, top), (x1, bottom) in zip(runs, low, high, strict=True)
    ]


def _boxed_run(found: Characters, run: Sequence[int]) -> Piece:
    chosen = found.boxes[list(run)]
    (x0, top), (x1, bottom) = chosen.min(axis=0)[:2].tolist(), chosen.max(axis=0)[2:].tolist()
    return "".join([found.texts[i] for i in run]), (x0, top, x1, bottom), run[0]


def _once(pieces: list[Piece]) -> list[Piece]:
    """Text that is printed twice at one place to look bold is there once."""
    seen: dict[str, list[tuple[float, float, float, float]]] = {}
    kept = []
    for text, box, first in pieces:
        near = _TWICE * (box[3] - box[1])
        twin = any(abs(box[0] - x0) <= near and abs(box[1] - top) <= near for x0, top, _, _ in seen.get(text, ()))
        if not twin:
            seen.setdefault(text, []).append(box)
            kept.append((text, box, first))
    return kept


def _joined_pieces(
    pieces: list[Piece], rules: Sequence[Rule], colour_of: Callable[[int], Colour | None]
) -> list[Piece]:
    """Pieces that touch on one line are one word, in whatever order they were drawn."""
    by_end = sorted(range(len(pieces)), key=lambda i: pieces[i][1][2])
    ends = [pieces[i][1][2] for i in by_end]
    order = sorted(range(len(pieces)), key=lambda i: (pieces[i][1][0], pieces[i][1][1]))
    into: dict[int, int] = {}
    for i in order:
        _, box, first = pieces[i]
        size = box[3] - box[1]
        for place in range(bisect_left(ends, box[0] - _TOUCHING * size), len(ends)):
            if ends[place] > box[0] + _TOUCHING * size:
                break
            other = by_end[place]
            if other != i and _one_line(pieces[other][1], box) and pieces[other][2] + len(pieces[other][0]) != first:
                if not _are_two(pieces[other], pieces[i], colour_of):
                    into[i] = other
                break
    return _merged(pieces, into, rules)


def _are_two(left: Piece, right: Piece, colour_of: Callable[[int], Colour | None]) -> bool:
    """Whether pieces that touch are two words all the same: two values, or of two colours."""
    return bool(cuts(left[0] + right[0], [len(left[0])])) or colour_of(left[2]) != colour_of(right[2])


def _one_line(left: tuple[float, ...], right: tuple[float, ...]) -> bool:
    low, high = left[3] - left[1], right[3] - right[1]
    shared = min(left[3], right[3]) - max(left[1], right[1])
    return shared >= 0.8 * max(low, high) and left[0] < right[0]


def _merged(pieces: list[Piece], into: dict[int, int], rules: Sequence[Rule]) -> list[Piece]:
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    follower: dict[int, int] = {}
    for i, other in sorted(into.items()):
        edge, top, bottom = pieces[i][1][0], pieces[i][1][1], pieces[i][1][3]
        parted = any(abs(rule.x0 - edge) <= 2 and rule.top < (top + bottom) / 2 < rule.bottom for rule in upright)
        if not parted and other not in follower:
            follower[other] = i
    later = set(follower.values())
    merged = []
    for i in range(len(pieces)):
        if i in later:
            continue
        text, box, first = pieces[i]
        step = i
        while step in follower:
            step = follower[step]
            added = pieces[step]
            text += added[0]
            box = (box[0], min(box[1], added[1][1]), added[1][2], max(box[3], added[1][3]))
        merged.append((text, box, first))
    return merged
