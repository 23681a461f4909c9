"""Pages of a PDF that are pictures, in whole or in part: painted, handed to what reads scans, and put together with
what text there is.

A text layer that a scanner's own program laid beneath a picture is kept where the picture bears it out. Where it does
not (it is garbage, or of another page) the picture is what counts: that is what people see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from auditor.documents.pages import Box, Note, NoteKind, Word, WordPage
from auditor.documents.readers.pdf.characters import Sheet
from auditor.documents.readers.pdf.paint_order import PaintOrder
from auditor.documents.scans import Picture, Pixels, ReadScan, ScannedPage
from auditor.values.text import folded

_DOTS = 200 / 72  # pixels a point
_MOST_PIXELS = 12_000_000  # of a painted page
_PART = 0.2  # of the page: a picture that takes so much of it may hold what is to be read
_LITTLE_TEXT = 0.01  # of a picture's area: text that covers no more is laid over it, and does not say what it shows
_BORNE_OUT = 0.6  # of the words of a layer: so many found in the picture, and the layer is of this page
_FEWEST = 4  # characters of a word by which layers are compared


def painted_page(page: Any, number: int) -> Picture:
    """The page as it is shown, in colours."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(_DOTS, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    pixels = np.full((high, wide, 4), 255, np.uint8)
    bitmap = pdfium.FPDFBitmap_CreateEx(
        wide, high, pdfium.FPDFBitmap_BGRx, pixels.ctypes.data_as(pdfium.c_void_p), 4 * wide
    )
    try:
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, pdfium.FPDF_ANNOT)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    shown: Pixels = np.ascontiguousarray(pixels[:, :, :3])
    return Picture(number, shown, (width, height))


def picture_parts(painted: PaintOrder, sheet: Sheet, words: Sequence[Word]) -> list[Box]:
    """The pictures on a page with text that are large and hardly written over, in points of the upright page."""
    width, height = sheet.size
    parts = []
    for area in painted.areas:
        if not area.image:
            continue
        left, bottom, right, top = area.box
        xs, ys = sheet.upright(np.array([left, right]), np.array([bottom, top]))
        x0, x1 = np.clip([xs.min(), xs.max()], 0, width).tolist()
        y0, y1 = np.clip([ys.min(), ys.max()], 0, height).tolist()
        part = Box(0, x0, y0, x1, y1)
        size = (x1 - x0) * (y1 - y0)
        written = sum(_area(word.box) for word in words if _stands_in(word.box, part))
        if size >= _PART * width * height and written <= _LITTLE_TEXT * size:
            parts.append(part)
    return parts


def with_pictures(page: WordPage, parts: Sequence[Box], scan: ScannedPage) -> WordPage:
    """A page of text with what is written in its pictures; what the text says already is not said twice."""
    if scan.page is None or not _alike(page, scan.page):
        return page
    added = [
        word
        for word in scan.page.words
        if any(_stands_in(word.box, part) for part in parts)
        and not any(_overlap(word.box, other.box) for other in page.words)
    ]
    rules = [rule for rule in scan.page.rules if any(_stands_in(Box(0, *_ends(rule)), part) for part in parts)]
    made = sorted((*page.words, *added), key=lambda word: (round(word.box.top), word.box.x0))
    if not added:
        return page
    return replace(page, words=tuple(made), rules=(*page.rules, *rules), recogniser=scan.page.recogniser)


def instead_of_layer(page: WordPage, picture: Picture, read_scan: ReadScan) -> ScannedPage:
    """A page whose text is a recogniser's, or cannot be trusted: the picture where the text is not of it."""
    scan = read_scan(picture)
    if scan.page is None:
        return ScannedPage(page)  # nothing speaks against the layer
    if _is_borne_out(page, scan.page):
        return ScannedPage(page)
    note = Note(NoteKind.LAYER_REPLACED, 0, 0)
    return ScannedPage(replace(scan.page, notes=(*page.notes, *scan.page.notes, note)), scan.problems)


def _is_borne_out(page: WordPage, shown: WordPage) -> bool:
    """Whether what a layer says is written on the picture."""
    there = folded("".join(word.text for word in shown.words)).upper()
    said = [word.text for word in page.words if len(word.text) >= _FEWEST] or [word.text for word in page.words]
    found = sum(folded(text).upper() in there for text in said)
    return found >= _BORNE_OUT * len(said)


def _alike(page: WordPage, other: WordPage) -> bool:
    """Whether two readings of a page stand the same way up."""
    return abs(page.width - other.width) < 0.1 * page.width and abs(page.height - other.height) < 0.1 * page.height


def _ends(rule: Any) -> tuple[float, float, float, float]:
    return rule.x0, rule.top, rule.x1, rule.bottom


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _stands_in(box: Box, part: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return part.x0 <= x <= part.x1 and part.top <= y <= part.bottom


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0 and high > 0.3 * min(one.bottom - one.top, other.bottom - other.top)
