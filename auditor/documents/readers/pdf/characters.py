"""The characters of a PDF page with their places, through pdfium's plain C interface.

Loose boxes are taken (from one origin to the next, from ascent to descent): tight ones would put commas and full stops
on a line of their own. One call a character is what the reading of a page costs, so nothing else is asked of
every character.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from auditor.documents.readers.pdf.ideographs import folded

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_ANGLE_SAMPLES = 64
_MAP_SAMPLES = 100
_FLAT = 0.2  # of the width: no character is as flat as that
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # what pdfium gives for a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page's frame in PDF units and how far it is turned to stand upright (0 to 3 quarters, clockwise)."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def upright(self, x: Any, y: Any) -> tuple[Any, Any]:
        """PDF coordinates as points from the top left corner of the upright page; arrays or numbers."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


@dataclass(frozen=True, slots=True)
class Characters:
    """The visible characters in the order of the content stream.

    `boxes` is n × 4 (x0, top, x1, bottom) in points of the upright page; `index` is pdfium's number of each;
    `after_blank` says that a blank stands before it: 2 one of the document, 1 one that pdfium made up, 0 none.
    """

    texts: list[str]
    boxes: Floats
    index: Integers
    after_blank: Integers

    def __len__(self) -> int:
        return len(self.texts)

    def only(self, chosen: NDArray[np.bool_]) -> Characters:
        """The characters that are chosen (n flags). Where others are left out between two, a blank parts them."""
        if chosen.all():
            return self
        kept = np.flatnonzero(chosen)
        blanks = self.after_blank[kept]
        blanks[1:][np.diff(kept) > 1] = 2
        return Characters([self.texts[i] for i in kept], self.boxes[kept], self.index[kept], blanks)


def frame(page: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the page in PDF units."""
    box = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, box) and box.right > box.left and box.top > box.bottom:
        return box.left, box.bottom, box.right, box.top
    return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)


def text_turn(textpage: Any, count: int, page_turn: int) -> int:
    """The quarter turn that makes most text upright: that of the text itself, whatever the page says."""
    step = max(1, count // _ANGLE_SAMPLES)
    angles = Counter(angle_of(textpage, i) for i in range(0, count, step) if not _is_blank(textpage, i))
    if not angles:
        return page_turn
    angle, votes = min(angles.items(), key=lambda each: (-each[1], each[0]))
    if angle % 90 == 0 and votes * 10 >= sum(angles.values()) * 6:
        return (angle // 90) % 4
    return page_turn


def angle_of(textpage: Any, index: int) -> int:
    """Degrees by which a character is turned counter-clockwise, 0 to 359."""
    angle: float = pdfium.FPDFText_GetCharAngle(textpage, index)
    return -round(math.degrees(angle)) % 360 if angle >= 0 else 0


def _is_blank(textpage: Any, index: int) -> bool:
    code = pdfium.FPDFText_GetUnicode(textpage, index)
    return code <= 0x20 or chr(code).isspace()


def characters(textpage: Any, count: int, sheet: Sheet) -> Characters:
    """All visible characters of the page."""
    codes = _codes(textpage, count)
    texts = [folded(chr(code)) if code not in _HYPHENS else "-" for code in codes]
    visible = [i for i, text in enumerate(texts) if text > " " and not text.isspace()]
    index = np.array(visible, dtype=np.int64)
    boxes = _boxes(textpage, visible, sheet)
    return Characters([texts[i] for i in visible], boxes, index, _blanks(textpage, texts, index))


def _blanks(textpage: Any, texts: list[str], index: Integers) -> Integers:
    """For each visible character which kind of blank stands before it (see `Characters`)."""
    real, made_up = np.zeros(len(texts) + 1, dtype=np.int64), np.zeros(len(texts) + 1, dtype=np.int64)
    generated = pdfium.FPDFText_IsGenerated
    for i, text in enumerate(texts):
        if text <= " " or text.isspace():
            (made_up if generated(textpage, i) == 1 else real)[i + 1] = 1
    kinds = np.zeros(len(index), dtype=np.int64)
    if len(index) > 1:
        before, here = index[:-1], index[1:]
        for kind, marks in ((1, np.cumsum(made_up)), (2, np.cumsum(real))):
            kinds[1:][marks[here] > marks[before]] = kind
    return kinds


def _codes(textpage: Any, count: int) -> list[int]:
    unicode_of = pdfium.FPDFText_GetUnicode
    codes: list[int] = [unicode_of(textpage, i) for i in range(count)]
    return _joined_surrogates(codes) if any(0xD800 <= code < 0xE000 for code in codes) else codes


def _joined_surrogates(codes: list[int]) -> list[int]:
    """Where wide characters come in two halves, the first takes the whole and the second becomes nothing."""
    for i in range(len(codes) - 1):
        high, low = codes[i], codes[i + 1]
        if 0xD800 <= high < 0xDC00 and 0xDC00 <= low < 0xE000:
            codes[i], codes[i + 1] = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 0
    return [code if not 0xD800 <= code < 0xE000 else 0xFFFD for code in codes]


def _boxes(textpage: Any, visible: list[int], sheet: Sheet) -> Floats:
    held = (pdfium.FS_RECTF * max(1, len(visible)))()
    loose = pdfium.FPDFText_GetLooseCharBox
    for box, i in zip(held, visible, strict=False):  # a box of the array is a view: pdfium writes into the array
        loose(textpage, i, box)
    raw = np.frombuffer(held, dtype=np.float32).reshape(-1, 4)[: len(visible)].astype(np.float64)
    x, y = sheet.upright(raw[:, [0, 2]], raw[:, [1, 3]])  # left, right and top, bottom
    boxes = np.stack([x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)], axis=1)
    return _with_height(textpage, visible, boxes)


def _with_height(textpage: Any, visible: list[int], boxes: Floats) -> Floats:
    """Fonts that state no ascent and descent give flat boxes: their height is taken from the font's size."""
    matrix = pdfium.FS_MATRIX()
    height, width = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    for flat in np.flatnonzero((height < 1.0) & (height < _FLAT * width)):
        pdfium.FPDFText_GetMatrix(textpage, visible[flat], matrix)
        size = pdfium.FPDFText_GetFontSize(textpage, visible[flat]) * math.hypot(matrix.c, matrix.d)
        if size > height[flat]:
            boxes[flat, 1] = boxes[flat, 3] - size
    return boxes


def unmapped_share(textpage: Any, found: Characters) -> float:
    """Share, of a sample, of the characters whose font does not say which character they are (0 to 1)."""
    step = max(1, len(found) // _MAP_SAMPLES)
    sample = range(0, len(found), step)
    wrong = sum(
        found.texts[i] == "\ufffd" or pdfium.FPDFText_HasUnicodeMapError(textpage, int(found.index[i])) == 1
        for i in sample
    )
    return wrong / len(sample) if len(sample) else 0.0
