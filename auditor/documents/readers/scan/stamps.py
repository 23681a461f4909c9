"""Red stamps over writing: what stands beneath them is read without the red, which black ink shows through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from auditor.documents.readers.scan.recogniser import Corners, Line, Recogniser
from auditor.documents.scans import Pixels

_REDDER = 40  # steps by which red exceeds green and blue
_BRIGHT = 80  # steps of red: what is darker is black ink, red or not
_LIGHTER = 1.25  # times: red ink to the brightness of paper
_SMALLEST = 2.0  # heights of a line: a smaller patch of red is writing
_LARGEST = 0.45  # of the picture's sides: what is larger is a form printed in red
_JOINED = 0.6  # heights: strokes of one stamp stand so near each other
_TOUCHED = 0.15  # of a line's box that a stamp covers
_OVER = 0.5  # of a line's box that another covers: it is the same writing
_MOST = 8  # stamps of a page
_OWN = 0.7  # of the ink of a line that is red: it is the stamp's own writing
_WORSE = 0.03  # of certainty: so much worse a reading without the red may be
Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels


@dataclass(frozen=True, eq=False, slots=True)
class _Stamped:
    """A picture with the places where it is red."""

    pixels: Pixels
    red: NDArray[np.bool_]


def read_beneath(pixels: Pixels, lines: list[Line], recogniser: Recogniser, height: float) -> tuple[list[Line], Pixels]:
    """The lines of a level picture; those that a stamp covers as they are read without it, and the stamp's own
    writing beside them; and the picture without the stamps. `height`: of most lines, in pixels."""
    picture = _Stamped(pixels, _red(pixels))
    stamps = _stamps(picture.red, height)
    if not stamps:
        return lines, pixels
    plain = _without_red(picture, stamps)
    found = [place for place in recogniser.places(plain) if any(_covered(_box(place), stamp) for stamp in stamps)]
    again = [line for line in recogniser.lines(plain, found) if line.characters]
    beneath = [
        line
        for line in lines
        if any(_covered(_box(line.corners), stamp) >= _TOUCHED for stamp in stamps)
        and _share_of_red(line, picture) < _OWN
    ]
    for each in again:
        same = [line for line in beneath if _are_one(line, each)]
        if not same and any(_are_one(line, each) for line in lines):
            continue
        if same and max(line.score for line in same) > each.score + _WORSE:
            continue
        dropped = {id(line) for line in same}
        lines = [*(line for line in lines if id(line) not in dropped), each]
        beneath = [line for line in beneath if id(line) not in dropped]
    return lines, plain


def _are_one(one: Line, other: Line) -> bool:
    """Whether two lines stand in one place."""
    return (
        max(_covered(_box(one.corners), _box(other.corners)), _covered(_box(other.corners), _box(one.corners))) >= _OVER
    )


def _red(pixels: Pixels) -> NDArray[np.bool_]:
    blue, green, red = (pixels[:, :, at].astype(np.int16) for at in range(3))
    found: NDArray[np.bool_] = (red - np.maximum(blue, green) >= _REDDER) & (red >= _BRIGHT)
    return found


def _stamps(red: NDArray[np.bool_], height: float) -> list[Box]:
    """Patches of red of the size of a stamp, from the top."""
    if int(np.count_nonzero(red)) < height * height:
        return []
    reach = max(3, int(_JOINED * height)) | 1
    joined = cv2.morphologyEx(red.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    high, wide = red.shape
    found = [
        (x, y, x + width, y + tall)
        for x, y, width, tall, _ in stats[1:].tolist()
        if min(width, tall) >= _SMALLEST * height and width <= _LARGEST * wide and tall <= _LARGEST * high
    ]
    return sorted(found, key=lambda box: (box[1], box[0]))[:_MOST]


def _without_red(picture: _Stamped, stamps: Sequence[Box]) -> Pixels:
    """The picture with the red of its stamps as light as paper: black ink stays dark there."""
    plain = picture.pixels.copy()
    for left, top, right, bottom in stamps:
        red = cv2.dilate(picture.red[top:bottom, left:right].astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
        piece = plain[top:bottom, left:right]
        light = np.clip(piece[:, :, 2].astype(np.float32) * _LIGHTER, 0, 255).astype(np.uint8)
        piece[red] = light[red][:, None]
    return plain


def _share_of_red(line: Line, picture: _Stamped) -> float:
    """Which part of the ink of a line is red."""
    left, top, right, bottom = _box(line.corners)
    grey = picture.pixels[top:bottom, left:right, 1].astype(np.int16)
    if not grey.size:
        return 0.0
    paper, darkest = float(np.quantile(grey, 0.8)), float(grey.min())
    ink = grey < paper - 0.4 * (paper - darkest)
    count = int(np.count_nonzero(ink))
    return float(np.count_nonzero(ink & picture.red[top:bottom, left:right])) / count if count else 0.0


def _box(corners: Corners) -> Box:
    low, high = corners.min(axis=0), corners.max(axis=0)
    return max(0, int(low[0])), max(0, int(low[1])), max(0, int(high[0]) + 1), max(0, int(high[1]) + 1)


def _covered(one: Box, other: Box) -> float:
    """Which part of the first box the other covers."""
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    area = (one[2] - one[0]) * (one[3] - one[1])
    return wide * high / area if wide > 0 and high > 0 and area else 0.0
