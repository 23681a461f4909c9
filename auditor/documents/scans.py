"""What readers of pictures and of PDF pages say to each other: a picture of a page, and what reads it.

A page without text is a picture, whatever file it came in. Its reader gives the same `WordPage` as a text layer does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.documents.pages import WordPage
from auditor.errors import AuditorError

MOST_SCANS = 30  # scanned pages of one document that are read: its reader has five minutes for them
Pixels = NDArray[np.uint8]  # rows × columns × 3: blue, green, red


@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """A page as pixels. `size`: width and height of the page in points, None where nobody says how large it is."""

    number: int
    pixels: Pixels
    size: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """The page of a picture, None if it holds nothing that could be read, and what is wrong with it."""

    page: WordPage | None
    problems: tuple[AuditorError, ...] = ()


ReadScan = Callable[[Picture], ScannedPage]  # raises RecogniserMissing where the extra is not installed
