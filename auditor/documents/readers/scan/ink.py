"""Where a line of writing has ink, along it: what parts words, where they begin and end, and whether a digit was lost.

A recogniser says which characters it read and roughly where. What is seen in the picture says the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.documents.readers.scan.recogniser import Character, Line
from auditor.documents.scans import Pixels

_GAP = 0.4  # of the height of a line: a wider gap without ink parts words
_BLANK_BEHIND, _BLANK_BEFORE = "：；，。、）】》:)", "（【《("  # marks that are half blank, whatever width is read
_HALF = 0.35  # of the height: that blank
_BESIDE_RULE = 0.2  # of the height: so much free room around a ruled line parts what stands on its two sides
_CELLS = 3  # ruled lines that cross one line of writing: the columns of a form, one character in each
_INK = 0.4  # of the way from paper to the darkest of a line: what is darker is ink
_PAPER = 0.8  # of the pixels of a line, from the darkest, are no lighter than its paper
_MARGIN = 6  # a part of so many of the height, above and below, that other lines may reach into
_FEWEST_DIGITS = 3  # of a number that is looked at so: ink beside one or two says nothing
_LOST = 1.7  # times the usual distance of digits: one between them was not read


@dataclass(frozen=True, eq=False, slots=True)
class InkLine:
    """One line on its picture: `inked` says for each column of pixels from `left` whether there is ink, `height` is
    that of the line in pixels."""

    line: Line
    left: int
    inked: NDArray[np.bool_]
    height: float

    def middle(self, at: int) -> float:
        """Where a character stands, in columns of `inked`."""
        each = self.line.characters[at]
        return (each.start + each.end) / 2 * self.inked.size

    def parts(self, at: int, crossing: Sequence[float]) -> bool:
        """Whether a wide gap, or a ruled line, stands between a character and the next. `crossing`: where ruled lines
        cross the line, in columns of `inked`."""
        start, end = self.middle(at), self.middle(at + 1)
        free = ~self.inked[int(start) : int(end) + 1]
        left, right = self.line.characters[at].text, self.line.characters[at + 1].text
        own = _HALF * ((left in _BLANK_BEHIND) + (right in _BLANK_BEFORE))
        if _longest(free) > (_GAP + own) * self.height:
            return True
        if not any(start < x < end for x in crossing):
            return False
        return len(crossing) >= _CELLS or int(free.sum()) > _BESIDE_RULE * self.height

    def extent(self, first: int, last: int) -> tuple[float, float]:
        """From where to where the ink of characters `first` to `last` reaches, in pixels of the picture."""
        characters = self.line.characters
        low = (self.middle(first - 1) + self.middle(first)) / 2 if first else 0.0
        high = (self.middle(last) + self.middle(last + 1)) / 2 if last + 1 < len(characters) else float(self.inked.size)
        found = np.flatnonzero(self.inked[int(low) : int(np.ceil(high))])
        if not len(found):
            return self.left + characters[first].start * self.inked.size, self.left + characters[
                last
            ].end * self.inked.size
        return self.left + int(low) + float(found[0]), self.left + int(low) + float(found[-1]) + 1

    def lost_digits(self) -> bool:
        """Whether a digit seems to be lost anywhere in the line."""
        marks = [each.text.isdigit() or each.text in ".," for each in self.line.characters]
        first = 0
        for at in range(len(marks) + 1):
            if at == len(marks) or not marks[at]:
                if at > first and self.has_lost_digits(first, at - 1):
                    return True
                first = at + 1
        return False

    def has_lost_digits(self, first: int, last: int) -> bool:
        """Whether digits stand so far apart here and there that one between them was not read: a recogniser takes
        several noughts in a row for one."""
        if last - first + 1 < _FEWEST_DIGITS:
            return False
        digits = [at for at in range(first, last) if _are_digits(self.line.characters[at : at + 2])]
        apart = [self.middle(at + 1) - self.middle(at) for at in digits]
        if len(apart) >= 2 and max(apart) > _LOST * float(np.median(apart)):
            return True
        low, high = (int(each) - self.left for each in self.extent(first, last))
        numeric = all(each.text.isdigit() or each.text in ".," for each in self.line.characters[first : last + 1])
        return numeric and _runs(self.inked[low : high + 1]) > last - first + 1


def ink_line(line: Line, pixels: Pixels) -> InkLine:
    """The ink of a line on the picture where it stands level."""
    height, width = pixels.shape[:2]
    (x0, top), (x1, bottom) = line.corners.min(axis=0).tolist(), line.corners.max(axis=0).tolist()
    left, right = min(max(0, int(x0)), width - 1), max(1, min(width, int(x1) + 1))
    high, low = min(max(0, int(top)), height - 1), max(1, min(height, int(bottom) + 1))
    margin = (low - high) // _MARGIN
    piece = pixels[high + margin : max(high + margin + 1, low - margin), left : max(left + 1, right), 1]
    paper, darkest = float(np.quantile(piece, _PAPER)), float(piece.min())
    inked = np.asarray((piece < paper - _INK * (paper - darkest)).any(axis=0), dtype=bool)
    return InkLine(line, left, inked, float(low - high))


def _are_digits(pair: Sequence[Character]) -> bool:
    return len(pair) == 2 and all(each.text.isdigit() for each in pair)


def _longest(free: NDArray[np.bool_]) -> int:
    """The longest run of true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0


def _runs(inked: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(np.diff(np.concatenate(([False], inked)).astype(np.int8)) > 0))
