"""Which characters of a page somebody can see.

What is off the page or too small to read is found by its box. Of the texts that `paint_order` calls doubtful the page
is asked itself: it is painted once without any text and once with the doubtful texts alone. A character is seen if its
place then shows its ink. White on white, covered, switched off, transparent, clipped, without ink: for all of them that
is one question. Nothing of it depends on the machine: all fonts that are not in the PDF are our own (`system_fonts`).
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from auditor.documents.readers.pdf.characters import Characters, Floats, Sheet
from auditor.documents.readers.pdf.paint_order import PaintedText, PaintOrder, address_of
from auditor.documents.readers.pdf.words import word_starts

Mask = NDArray[np.bool_]
Pixels = NDArray[np.int16]  # rows × columns × (blue, green, red)

_SMALLEST = 2.0  # points, on a page of ordinary size: lower text is for no eye
_ORDINARY = 842.0  # points: the longer side of such a page (A4)
_SQUEEZED = 0.1  # of its longer side: a character that is narrower is a smear
_MOST_ACCENTS = 0.6  # of a word's characters: accents have no width of their own
_SCALE = 2.0  # pixels a point
_MOST_PIXELS = 16_000_000  # of the painted part of a page
_FAINT = 16.0  # steps of brightness (of 255) from which ink differs from what lies beneath
_FAINT_COLOUR = 96  # the same for one of the three colours: yellow on white is faint and seen
_WEIGHTS = np.array([0.114, 0.587, 0.299])  # of blue, green and red in brightness
_SCAN_SHARE = 0.5  # an image over so much of the page makes invisible text a recogniser's


@dataclass(frozen=True, slots=True)
class Visibility:
    """For each character whether it is seen, and whether it is what a recogniser read in an image of the page."""

    seen: Mask
    recognised: Mask


def visibility_of(page: Any, textpage: Any, found: Characters, sheet: Sheet, painted: PaintOrder) -> Visibility:
    """Which of the characters are seen. The page is painted only where one of its texts is doubtful."""
    seen = _large_enough(found.boxes, sheet) & _on_the_page(found, sheet) & ~_squeezed(found)
    recognised = np.zeros(len(found), dtype=bool)
    scan = _scan_box(painted, sheet)
    doubtful = {text.address: text for text in painted.doubtful()}
    if not doubtful or not seen.any():
        return Visibility(seen, recognised)
    objects = [address_of(pdfium.FPDFText_GetTextObject(textpage, int(i))) for i in found.index]
    asked = [i for i, address in enumerate(objects) if address in doubtful and seen[i]]
    if scan is not None:
        recognised[asked] = [doubtful[objects[i]].invisible and _inside(found.boxes[i], scan) for i in asked]
        asked = [i for i in asked if not recognised[i]]
    if not asked:
        return Visibility(seen, recognised)
    look = _Look(page, sheet, _around(found.boxes[asked], sheet), painted)
    for i in asked:
        if i and unicodedata.category(found.texts[i]) == "Cf":
            seen[i], recognised[i] = seen[i - 1], recognised[i - 1]  # a joiner or a zero-width blank has no ink anyway
        elif not look.shows_ink(found.boxes[i], doubtful[objects[i]]):
            seen[i] = recognised[i] = scan is not None and _inside(found.boxes[i], scan)
    return Visibility(seen, recognised)


def _large_enough(boxes: Floats, sheet: Sheet) -> Mask:
    limit = _SMALLEST * min(1.0, max(sheet.size) / _ORDINARY)
    large: Mask = np.maximum(boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]) >= limit
    return large


def _on_the_page(found: Characters, sheet: Sheet) -> Mask:
    """A word that sticks out over the edge is on the page with all its characters: half an amount is another amount."""
    width, height = sheet.size
    x, y = (found.boxes[:, 0] + found.boxes[:, 2]) / 2, (found.boxes[:, 1] + found.boxes[:, 3]) / 2
    inside: Mask = (x > 0) & (x < width) & (y > 0) & (y < height)
    return inside if inside.all() else _share_of_word(found, inside) > 0


def _squeezed(found: Characters) -> Mask:
    """Words that are set without width, or without height. A single character may be as narrow as an accent."""
    sides = np.stack([found.boxes[:, 2] - found.boxes[:, 0], found.boxes[:, 3] - found.boxes[:, 1]])
    narrow: Mask = sides.min(axis=0) < _SQUEEZED * sides.max(axis=0)
    return _share_of_word(found, narrow) > _MOST_ACCENTS if narrow.any() else narrow


def _share_of_word(found: Characters, chosen: Mask) -> Floats:
    """For each character the share of chosen characters in its word."""
    words = np.cumsum(word_starts(found)) - 1
    return np.asarray((np.bincount(words, weights=chosen) / np.bincount(words))[words])


def _around(boxes: Floats, sheet: Sheet) -> tuple[float, float, float, float]:
    """The part of the page to be painted: what is around the characters, in points of the upright page."""
    width, height = sheet.size
    margin = float((boxes[:, 3] - boxes[:, 1]).max())
    (x0, top), (x1, bottom) = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
    return max(0.0, x0 - margin), max(0.0, top - margin), min(width, x1 + margin), min(height, bottom + margin)


def _scan_box(painted: PaintOrder, sheet: Sheet) -> tuple[float, float, float, float] | None:
    """The image that covers the page, if one does, in points of the upright page."""
    width, height = sheet.size
    for area in painted.areas:
        left, bottom, right, top = area.box
        if area.image and (right - left) * (top - bottom) >= _SCAN_SHARE * width * height:
            xs, ys = sheet.upright(np.array([left, right]), np.array([bottom, top]))
            return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())
    return None


def _inside(box: Floats, area: tuple[float, float, float, float]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return bool(area[0] <= x <= area[2] and area[1] <= y <= area[3])


class _Look:
    """A part of the page as it is painted without text, and with the doubtful texts alone."""

    def __init__(self, page: Any, sheet: Sheet, part: tuple[float, float, float, float], painted: PaintOrder) -> None:
        self._left, self._top, right, bottom = part
        wide, high = right - self._left, bottom - self._top
        self._scale = min(_SCALE, (_MOST_PIXELS / max(1.0, wide * high)) ** 0.5)
        self._size = max(1, round(wide * self._scale)), max(1, round(high * self._scale))
        doubtful = painted.doubtful()
        with _switched([*(text.item for text in painted.texts), *painted.too_large], on=False):
            self._bare = self._pixels(page, sheet)
            with _switched([text.item for text in doubtful], on=True):
                self._inked = self._pixels(page, sheet)
        steps = np.abs(self._inked - self._bare)
        self._differs: Mask = (steps @ _WEIGHTS >= _FAINT) | (steps.max(axis=2) >= _FAINT_COLOUR)

    def shows_ink(self, box: Floats, text: PaintedText) -> bool:
        """Whether a place differs with the text, and towards the colour of the text: else it is another's ink."""
        place = self._place(box)
        differs = self._differs[place]
        if text.colour is None or not text.plain or not differs.any():
            return bool(differs.any())
        colour = np.array(text.colour[::-1])
        inked, bare = (np.abs(pixels[place] - colour).max(axis=2) for pixels in (self._inked, self._bare))
        return bool((differs & (inked < bare)).any())

    def _place(self, box: Floats) -> tuple[slice, slice]:
        x0, top, x1, bottom = box.tolist()
        across = slice(self._pixel(x0 - self._left), max(1, self._pixel(x1 - self._left)))
        down = slice(self._pixel(top - self._top), max(1, self._pixel(bottom - self._top)))
        return down, across

    def _pixel(self, points: float) -> int:
        return max(0, int(points * self._scale))

    def _pixels(self, page: Any, sheet: Sheet) -> Pixels:
        width, height = self._size
        bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
            turn = (sheet.turn - pdfium.FPDFPage_GetRotation(page)) % 4
            start = -round(self._left * self._scale), -round(self._top * self._scale)
            size = round(sheet.size[0] * self._scale), round(sheet.size[1] * self._scale)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, *start, *size, turn, pdfium.FPDF_ANNOT)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        rows = np.frombuffer(data, dtype=np.uint8).reshape(height, stride)[:, : width * 4]
        return rows.reshape(height, width, 4)[:, :, :3].astype(np.int16)


@contextmanager
def _switched(items: Sequence[Any], *, on: bool) -> Iterator[None]:
    """Objects are painted, or not, as long as the context holds."""
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item, on)
    try:
        yield
    finally:
        for item in items:
            pdfium.FPDFPageObj_SetIsActive(item, not on)
