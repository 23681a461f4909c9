"""A page that was photographed from aslant, set level: by the frame that is ruled on it or the edge of its paper, and
by the slopes of its lines of writing, which differ from place to place then.

Nothing is done that does not make the lines of writing more level than they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from auditor.documents.pages import Step
from auditor.documents.readers.scan.recogniser import Corners, Line
from auditor.documents.scans import Pixels

_SMALLEST = 0.12  # of the picture: a smaller frame says nothing of the page
_LARGEST = 0.985  # of the picture: its own edge
_STRAIGHT = 0.012  # of the length of a frame: how far from straight its sides may be
_SQUARE = 22.0  # degrees by which its corners may differ from right angles
_SKEWED = 1.2  # degrees: a frame that differs by less was seen from straight above
_NEARLY = 1.0  # degrees: lines of writing that are level but for what is set right afterwards
_LEVEL = 0.25  # degrees: lines of writing whose slopes differ by no more are level together
_FEWEST = 6  # lines from which slopes are taken
_LONG = 3.0  # times as wide as high: long enough for its slope to be believed
_WINDOW = 51  # pixels: the surroundings that a ruled line is darker than
_DARKER = 10  # steps of brightness
_GROWN = 1.6  # times: what a page may grow by being set level
_FAR = 3.0  # times the usual difference: a line that slopes so differently is none of the page
Matrix = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Level:
    """A picture seen from straight above, its lines of writing, and what was done to it for that."""

    pixels: Pixels
    lines: list[Line]
    steps: tuple[Step, ...] = ()


def set_level(pixels: Pixels, lines: list[Line]) -> Level:
    """The picture seen from straight above, and its lines of writing; as they are if that makes nothing better."""
    before = _unevenness(lines)
    steps: tuple[Step, ...] = ()
    for quad in _frames(pixels):
        matrix, size = _matrix(quad, pixels.shape)
        if matrix is None:
            continue
        moved = [Line(_moved(line.corners, matrix), line.characters) for line in lines]
        if abs(_slope(moved)) <= _NEARLY and _unevenness(moved) <= 1.1 * before + _LEVEL:
            pixels = warped(pixels, matrix, size)
            lines = moved
            steps = (("warp", (*matrix.ravel().tolist(), float(size[0]), float(size[1]))),)
            break
    done = _unbent(pixels, lines) if _unevenness(lines) > _LEVEL else Level(pixels, lines)
    return Level(done.pixels, done.lines, (*steps, *done.steps))


def warped(pixels: Pixels, matrix: Matrix, size: tuple[int, int]) -> Pixels:
    """The picture seen in another perspective, white where it shows nothing."""
    seen: Pixels = cv2.warpPerspective(
        pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255)
    )
    return seen


def _slope(lines: Sequence[Line]) -> float:
    """The slope of most lines, in degrees; a right angle where there are too few."""
    each = _slopes(lines)
    return 90.0 if len(each) < _FEWEST else float(np.degrees(np.arctan(np.median(each[:, 2]))))


def _slopes(lines: Sequence[Line]) -> NDArray[np.float64]:
    """Of each long line its middle, its slope (tangent) and its length."""
    found = []
    for line in lines:
        across = (line.corners[1] + line.corners[2] - line.corners[0] - line.corners[3]) / 2
        height = float(np.linalg.norm(line.corners[3] - line.corners[0]))
        if across[0] >= _LONG * height and line.characters:
            x, y = line.corners.mean(axis=0)
            found.append((float(x), float(y), float(across[1] / across[0]), float(across[0])))
    return np.array(found, np.float64).reshape(-1, 4)


def _unevenness(lines: Sequence[Line]) -> float:
    """By how many degrees the slopes of lines differ, on the whole; 0 where there are too few."""
    each = _slopes(lines)
    if len(each) < _FEWEST:
        return 0.0
    middle = float(np.median(each[:, 2]))
    return float(np.degrees(np.average(np.abs(each[:, 2] - middle), weights=each[:, 3])))


def _frames(pixels: Pixels) -> list[Corners]:
    """Four-sided outlines on the picture, the largest first: ruled frames, and the edge of a paper on darker ground."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    _, bright = cv2.threshold(cv2.GaussianBlur(grey, (9, 9), 0), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ruled = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _DARKER)
    ruled = cv2.dilate(ruled, np.ones((3, 3), np.uint8))
    whole = float(grey.shape[0] * grey.shape[1])
    found: list[tuple[float, Corners]] = []
    for mask in (ruled, bright):
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            hull = cv2.convexHull(contour)
            area = float(cv2.contourArea(hull))
            if not _SMALLEST * whole <= area <= _LARGEST * whole:
                continue
            quad = cv2.approxPolyDP(hull, _STRAIGHT * cv2.arcLength(hull, True), True)
            if len(quad) == 4 and _SKEWED <= _angle(quad[:, 0, :].astype(np.float32)) <= _SQUARE:
                found.append((area, _in_order(quad[:, 0, :].astype(np.float32))))
    found.sort(key=lambda each: (-each[0], each[1].tolist()))
    return [quad for _, quad in found[:4]]


def _angle(quad: Corners) -> float:
    """By how many degrees its corners differ from right angles, at most."""
    sides = np.roll(quad, -1, axis=0) - quad
    most = 0.0
    for one, other in pairwise([*sides, sides[0]]):
        cosine = abs(float(one @ other)) / max(1e-6, float(np.linalg.norm(one) * np.linalg.norm(other)))
        most = max(most, float(np.degrees(np.arcsin(min(1.0, cosine)))))
    return most


def _in_order(quad: Corners) -> Corners:
    """Four corners from the top left, clockwise."""
    total, apart = quad.sum(axis=1), quad[:, 1] - quad[:, 0]
    return np.stack([quad[total.argmin()], quad[apart.argmin()], quad[total.argmax()], quad[apart.argmax()]])


def _matrix(quad: Corners, shape: tuple[int, ...]) -> tuple[Matrix | None, tuple[int, int]]:
    """What makes the outline a level rectangle of its size, and the size of the picture then."""
    sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    width, height = float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2
    if min(width, height) < 1:
        return None, (0, 0)
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), frame)
    high, wide = shape[:2]
    edge = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    reach = _moved(edge, matrix)
    low, far = reach.min(axis=0), reach.max(axis=0)
    size = far - low
    if not np.isfinite(reach).all() or size[0] > _GROWN * wide or size[1] > _GROWN * high:
        return None, (0, 0)
    shift = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]], np.float64)
    return shift @ matrix, (max(1, int(np.ceil(size[0]))), max(1, int(np.ceil(size[1]))))


def _moved(corners: Corners, matrix: Matrix) -> Corners:
    moved: Corners = cv2.perspectiveTransform(corners.reshape(-1, 1, 2).astype(np.float32), matrix)[:, 0, :]
    return moved


def _unbent(pixels: Pixels, lines: list[Line]) -> Level:
    """The picture with its columns moved so that lines of writing run level whose slopes grow over the page."""
    each = _slopes(lines)
    if len(each) < _FEWEST:
        return Level(pixels, lines)
    height, width = pixels.shape[:2]
    cx, cy = width / 2, height / 2
    for _ in range(2):
        terms = np.stack([np.ones(len(each)), each[:, 1] - cy, each[:, 0] - cx], axis=1)
        weights = np.sqrt(each[:, 3])[:, None]
        (level, down, along), *_rest = np.linalg.lstsq(terms * weights, each[:, 2] * weights[:, 0], rcond=None)
        left = np.abs(each[:, 2] - terms @ np.array([level, down, along]))
        near = left <= max(_FAR * float(np.median(left)), 0.002)
        if near.all() or int(near.sum()) < _FEWEST:
            break
        each = each[near]
    most = max(abs(down) * cy, abs(along) * cx)
    if np.degrees(most) <= _LEVEL or abs(down) * cx >= 0.5:
        return Level(pixels, lines)
    moved = [Line(_unbent_corners(line.corners, level, down, along, (cx, cy)), line.characters) for line in lines]
    if _unevenness(moved) >= 0.8 * _unevenness(lines):
        return Level(pixels, lines)
    bend = (float(level), float(down), float(along))
    return Level(bent_back(pixels, bend), moved, (("bend", bend),))


def bent_back(pixels: Pixels, bend: tuple[float, float, float]) -> Pixels:
    """The picture with its columns moved: `bend` is the slope of writing in its middle, and by how much it grows with
    each pixel down and along the page."""
    level, down, along = bend
    height, width = pixels.shape[:2]
    cx, cy = width / 2, height / 2
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    across = x - np.float32(cx)
    source = y + np.float32(level) * across + np.float32(down) * (y - np.float32(cy)) * across
    source += np.float32(along / 2) * across * across
    flat: Pixels = cv2.remap(
        pixels, x, source, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255)
    )
    return flat


def _unbent_corners(corners: Corners, level: float, down: float, along: float, middle: tuple[float, float]) -> Corners:
    cx, cy = middle
    across = corners[:, 0] - cx
    made = corners.copy()
    made[:, 1] = (corners[:, 1] - level * across - along / 2 * across * across + down * cy * across) / (
        1 + down * across
    )
    return made
