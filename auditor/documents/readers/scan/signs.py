"""Minus signs before amounts that were not read: short strokes that touch the first digit, or lie outside of the place
that was looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from auditor.documents.readers.scan.recogniser import Corners, Line, Recogniser
from auditor.documents.scans import Pixels

_AMOUNT = re.compile(r"\d[\d,]*\.\d{2}(?!\d)")
_SIGNED = re.compile(r"[-+−–—]\s?\d[\d,]*\.\d{2}(?!\d)")
_BESIDE = 0.7  # heights of a line that are looked at left of it
_STRETCHED = 1.6  # times: strokes that touch come apart
_DASHES = "-−–—"


def with_signs(lines: Sequence[Line], pixels: Pixels, recogniser: Recogniser) -> list[Line]:
    """The lines of a page; of amounts without a sign, on a page where others have one, those read once more with what
    stands left of them that have a minus sign then and are else the same."""
    if not any(_SIGNED.match(line.text) for line in lines):
        return list(lines)
    bare = [at for at, line in enumerate(lines) if _AMOUNT.match(line.text) and _is_free(line, lines)]
    again = recogniser.lines(pixels, [_longer(lines[at].corners) for at in bare], _STRETCHED)
    found = list(lines)
    for at, line in zip(bare, again, strict=True):
        if line.text[:1] in _DASHES and line.text[1:].lstrip() == lines[at].text:
            found[at] = line
    return found


def _longer(corners: Corners) -> Corners:
    """The place of a line with some room left of it."""
    height = float(np.linalg.norm(corners[3] - corners[0]))
    along = (corners[1] - corners[0]) / max(1e-6, float(np.linalg.norm(corners[1] - corners[0])))
    made = corners.copy()
    made[0] -= along * _BESIDE * height
    made[3] -= along * _BESIDE * height
    return made


def _is_free(line: Line, lines: Sequence[Line]) -> bool:
    """Whether no other writing stands just left of a line."""
    low, high = line.corners.min(axis=0), line.corners.max(axis=0)
    edge = low[0] - _BESIDE * (high[1] - low[1])
    for other in lines:
        if other is line:
            continue
        start, end = other.corners.min(axis=0), other.corners.max(axis=0)
        if start[1] < high[1] and end[1] > low[1] and start[0] < low[0] and end[0] > edge:
            return False
    return True
