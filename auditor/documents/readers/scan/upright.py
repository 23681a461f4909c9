"""A picture set upright: quarter turns by the shape of what is written, upside down by reading it both ways, skew by
the slope of the lines of writing, perspective by frames and by slopes that differ.

Nothing is asked of a picture that is read well as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from auditor.documents.pages import Step
from auditor.documents.readers.scan.perspective import set_level
from auditor.documents.readers.scan.recogniser import Corners, Line, Recogniser
from auditor.documents.scans import Pixels

_SURE = 0.9  # mean certainty from which a reading is taken to be the right way up
_TRIED = 8  # of the widest lines: so many are read both ways
_TALL = 1.5  # times as high as wide: a line of writing that stands on its end
_SLOPE = 3.0  # times as wide as high: long enough for its slope to be believed
_LEVEL = 0.1  # degrees: a smaller skew is none
_MOST_SKEW = 20.0  # degrees: what slopes more is not the page


@dataclass(frozen=True, eq=False, slots=True)
class Upright:
    """A picture that stands upright, with what is written on it, and what was done to it for that."""

    pixels: Pixels
    lines: list[Line]
    steps: tuple[Step, ...] = ()


def upright(pixels: Pixels, recogniser: Recogniser) -> Upright:
    """The picture turned and levelled, and what is written on it in pixels of the turned picture."""
    places = recogniser.places(pixels)
    if not places:
        return Upright(pixels, [])
    on_end = _stands_on_end(places)
    quarters = int(on_end)
    if on_end:
        pixels = _turned(pixels, 1)
        places = recogniser.places(pixels)
    lines = None if on_end else recogniser.lines(pixels, places)
    if lines is None or _mean(lines) < _SURE:
        if _is_upside_down(pixels, places, recogniser):
            pixels, lines = _turned(pixels, 2), None
            quarters += 2
            places = _upside_down(places, pixels)
        if lines is None:
            lines = recogniser.lines(pixels, places)
    level = set_level(pixels, lines)
    turned: tuple[Step, ...] = (("turn", (float(quarters),)),) if quarters else ()
    done = _levelled(level.pixels, level.lines)
    return Upright(done.pixels, done.lines, (*turned, *level.steps, *done.steps))


def _mean(lines: Sequence[Line]) -> float:
    """The mean certainty of a reading, each line by its length."""
    scores = [each.score for line in lines for each in line.characters]
    return sum(scores) / len(scores) if scores else 0.0


def _sides(place: Corners) -> tuple[float, float]:
    """Width and height of a line of writing."""
    sides = np.linalg.norm(place - np.roll(place, -1, axis=0), axis=1)
    return float(max(sides[0], sides[2])), float(max(sides[1], sides[3]))


def _stands_on_end(places: Sequence[Corners]) -> bool:
    """Whether most of what is written, by its length, runs up or down the picture."""
    level = on_end = 0.0
    for width, height in map(_sides, places):
        level += width if width >= _TALL * height else 0.0
        on_end += height if height >= _TALL * width else 0.0
    return on_end > level


def _turned(pixels: Pixels, quarters: int) -> Pixels:
    """Turned clockwise by quarters."""
    return np.ascontiguousarray(np.rot90(pixels, -quarters))


def _upside_down(places: Sequence[Corners], pixels: Pixels) -> list[Corners]:
    """The same places on the picture turned by 180 degrees, from its top."""
    height, width = pixels.shape[:2]
    far = np.array([width, height], np.float32)
    return [np.roll(far - place, 2, axis=0) for place in reversed(places)]


def _is_upside_down(pixels: Pixels, places: Sequence[Corners], recogniser: Recogniser) -> bool:
    """Whether the widest lines are read better the other way up."""
    widest = sorted(places, key=lambda place: (-_sides(place)[0], float(place[0, 1]), float(place[0, 0])))[:_TRIED]
    other = [np.roll(place, 2, axis=0) for place in widest]
    return _mean(recogniser.lines(pixels, other)) > _mean(recogniser.lines(pixels, widest))


def _levelled(pixels: Pixels, lines: list[Line]) -> Upright:
    """The picture turned by the slope of its lines, if they have one together."""
    slope = _slope(lines)
    if abs(slope) < _LEVEL or abs(slope) > _MOST_SKEW:
        return Upright(pixels, lines)
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), slope, 1.0)
    turn = math.radians(abs(slope))
    wide, high = (
        math.ceil(width * math.cos(turn) + height * math.sin(turn)),
        math.ceil(width * math.sin(turn) + height * math.cos(turn)),
    )
    matrix[:, 2] += ((wide - width) / 2, (high - height) / 2)
    level: Pixels = cv2.warpAffine(pixels, matrix, (wide, high), borderValue=(255, 255, 255))
    step = ("affine", (*matrix.ravel().tolist(), float(wide), float(high)))
    return Upright(level, [Line(_moved(line.corners, matrix), line.characters) for line in lines], (step,))


def _moved(corners: Corners, matrix: np.typing.NDArray[np.float64]) -> Corners:
    return (corners @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)


def _slope(lines: Sequence[Line]) -> float:
    """Degrees by which lines of writing fall to the right: the median, each by its length."""
    slopes: list[tuple[float, float]] = []
    for line in lines:
        width, height = _sides(line.corners)
        if width >= _SLOPE * height and line.characters:
            across = line.corners[1] + line.corners[2] - line.corners[0] - line.corners[3]
            slopes.append((math.degrees(math.atan2(float(across[1]), float(across[0]))), width))
    if not slopes:
        return 0.0
    slopes.sort()
    half, sum_ = sum(width for _, width in slopes) / 2, 0.0
    for slope, width in slopes:
        sum_ += width
        if sum_ >= half:
            return slope
    return 0.0
