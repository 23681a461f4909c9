"""The picture of a scanned page as it was read: set upright and level once more, without looking for writing; and parts
of it as small pictures."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from auditor.documents.cutouts import MOST_BYTES, Cutout, part_around
from auditor.documents.pages import Step
from auditor.documents.readers.scan.perspective import bent_back, warped
from auditor.documents.scans import Pixels

_QUALITIES = (70, 50, 35, 25)  # of JPEG
_SMALLER = (1.0, 0.75, 0.55, 0.4, 0.28)  # times as wide
_WIDEST = 900  # pixels


def shown_page(pixels: Pixels, steps: Sequence[Step]) -> Pixels:
    """The picture as its page was read. `steps`: those of the page."""
    for name, values in steps:
        if name == "turn":
            pixels = np.ascontiguousarray(np.rot90(pixels, -int(values[0])))
        elif name == "warp":
            matrix = np.array(values[:9], np.float64).reshape(3, 3)
            pixels = warped(pixels, matrix, (int(values[9]), int(values[10])))
        elif name == "bend":
            pixels = bent_back(pixels, (values[0], values[1], values[2]))
        elif name == "affine":
            matrix = np.array(values[:6], np.float64).reshape(2, 3)
            pixels = cv2.warpAffine(pixels, matrix, (int(values[6]), int(values[7])), borderValue=(255, 255, 255))
    return pixels


def cut_out(pixels: Pixels, width: float, box: tuple[float, float, float, float]) -> Cutout | None:
    """The part of an upright page around a box, as JPEG. `width`: of the page in points, as is the box."""
    scale = pixels.shape[1] / width
    part = part_around(box, pixels.shape[1] / scale, pixels.shape[0] / scale)
    left, top, right, bottom = (round(each * scale) for each in part)
    piece = pixels[top:bottom, left:right]
    if min(piece.shape[:2]) < 2:
        return None
    first = min(1.0, _WIDEST / piece.shape[1])
    for smaller in _SMALLER:
        times = first * smaller
        size = max(1, round(piece.shape[1] * times)), max(1, round(piece.shape[0] * times))
        shown = cv2.resize(piece, size, interpolation=cv2.INTER_AREA) if times < 1 else piece
        for quality in _QUALITIES:
            data = bytes(cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])
            if len(data) <= MOST_BYTES:
                ends = tuple(
                    (each - edge) * scale * times for each, edge in zip(box, (*part[:2], *part[:2]), strict=True)
                )
                return Cutout("image/jpeg", data, size, (ends[0], ends[1], ends[2], ends[3]))
    return None
