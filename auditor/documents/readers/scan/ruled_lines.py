"""Ruled lines on a level picture, by morphology: long dark runs, broken ones joined."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from auditor.documents.pages import Rule
from auditor.documents.readers.scan.recogniser import Line
from auditor.documents.scans import Pixels

_SHORTEST = 1.2  # heights of a line of writing: what is shorter may be part of a character
_FREE = 2.0  # heights: a line that is shorter must join two others, else it may be a stroke of a large character
_JOINED = 0.4  # heights: how near it must come to them
_BREAK = 0.6  # heights of writing: a longer gap ends a line
_THICKEST = 0.5  # heights of writing: what is thicker is a filled area or a picture
_WINDOW = 2.5  # heights of writing: the surroundings that a pixel must be darker than
_DARKER = 12  # steps of brightness
Run = tuple[float, int, int]  # where across, and from where to where along
_THROUGH = 0.22  # of the height of a line of writing: what lies deeper in it runs through it
_STROKE = 0.6  # of a ruled line: so much of it in writing, and it is none
_MOST = 4_000  # lines of a page: more are a photograph or a hatching


def ruled_lines(pixels: Pixels, height: float, scale: float) -> tuple[Rule, ...]:
    """The level and upright lines of a picture in points. `height`: of a line of writing, in pixels; `scale`: points a
    pixel. Lines of one direction lie on one coordinate."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    window = max(3, int(_WINDOW * height) | 1)
    dark: NDArray[np.uint8] = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, _DARKER
    )
    level, upright = _runs(dark, height), _runs(np.ascontiguousarray(dark.T), height)
    level, upright = _joining(level, upright, height), _joining(upright, level, height)
    if len(level) + len(upright) > _MOST:
        return ()
    made = {
        *(Rule(*_scaled((x0, y, x1, y), scale)) for y, x0, x1 in level),
        *(Rule(*_scaled((x, y0, x, y1), scale)) for x, y0, y1 in upright),
    }
    return tuple(sorted(made, key=lambda rule: (rule.top, rule.x0, rule.bottom, rule.x1)))


def without_writing(rules: Sequence[Rule], lines: Sequence[Line], scale: float) -> tuple[Rule, ...]:
    """The ruled lines without those that are strokes of writing: level ones that run through the middle of words, as
    small print does that is blurred."""
    if not lines or not rules:
        return tuple(rules)
    boxes = np.array([[*line.corners.min(axis=0), *line.corners.max(axis=0)] for line in lines]) * scale
    inner = _THROUGH * (boxes[:, 3] - boxes[:, 1])
    top, bottom = boxes[:, 1] + inner, boxes[:, 3] - inner

    def is_stroke(rule: Rule) -> bool:
        if rule.top != rule.bottom:
            return False
        own = (top <= rule.top) & (rule.top <= bottom)
        covered = np.minimum(boxes[own, 2], rule.x1) - np.maximum(boxes[own, 0], rule.x0)
        return float(np.maximum(covered, 0).sum()) >= _STROKE * (rule.x1 - rule.x0)

    return tuple(rule for rule in rules if not is_stroke(rule))


def _joining(lines: Sequence[Run], across: Sequence[Run], height: float) -> list[Run]:
    """The lines that are long, and of the short ones those that join two long lines across."""
    near = _JOINED * height
    long = [each for each in across if each[2] - each[1] >= _FREE * height]

    def ends(at: float, x: float) -> bool:
        return any(abs(y - x) <= near and start - near <= at <= end + near for y, start, end in long)

    return [(y, x0, x1) for y, x0, x1 in lines if x1 - x0 >= _FREE * height or (ends(y, x0) and ends(y, x1))]


def _scaled(place: Sequence[float], scale: float) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (round(float(each) * scale, 2) for each in place)
    return x0, top, x1, bottom


def _runs(dark: NDArray[np.uint8], height: float) -> list[Run]:
    """Level lines as (y, x from, x to), pieces of one line joined."""
    least = max(8, int(_SHORTEST * height))
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    # a line that is not quite level is a stair of short runs: what is one pixel above or below is the same line
    joined = cv2.dilate(opened, np.ones((3, 1), np.uint8))
    closed = cv2.morphologyEx(joined, cv2.MORPH_CLOSE, np.ones((1, max(3, int(_BREAK * height))), np.uint8))
    _, _, stats, centres = cv2.connectedComponentsWithStats(closed, connectivity=8)
    found = []
    for (x, _, width, high, area), (_, y) in zip(stats[1:].tolist(), centres[1:].tolist(), strict=True):
        if width >= least and area / max(1, width) <= max(5.0, _THICKEST * height) and high < width / 2:
            found.append((y, x, x + width))
    return sorted(found)
