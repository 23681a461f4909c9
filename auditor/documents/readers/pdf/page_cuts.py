"""Parts of the pages of a PDF as small pictures: only the part is painted, not the page.

A page that leaves a font to the machine would look another way on each: it has no picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from auditor.documents.cutouts import MOST_BYTES, Cutout, Rectangle, grey_png, part_around
from auditor.documents.readers.pdf.paths import objects_of
from auditor.documents.readers.pdf.system_fonts import use_stand_in_fonts
from auditor.documents.scans import Pixels

_DOTS = (120 / 72, 90 / 72, 65 / 72)  # pixels a point, the first of which the picture is small enough is taken
_LARGEST = 900_000  # pixels of a part


def page_cuts(data: bytes, wanted: Iterable[tuple[int, Rectangle]]) -> dict[tuple[int, Rectangle], Cutout]:
    """The parts of pages around boxes in points; those that cannot be shown are left out. A file that asks for a
    password, or cannot be opened, shows none."""
    found: dict[tuple[int, Rectangle], Cutout] = {}
    use_stand_in_fonts()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return found
    try:
        for number, places in groupby(sorted(set(wanted)), key=itemgetter(0)):
            page = pdfium.FPDF_LoadPage(document.raw, number - 1)
            if not page:
                continue
            try:
                shown = list(places) if _brings_its_fonts(page) else []
                cuts = {place: _cut(page, place[1]) for place in shown}
            finally:
                pdfium.FPDF_ClosePage(page)
            found |= {place: cut for place, cut in cuts.items() if cut is not None}
    finally:
        document.close()
    return found


def _brings_its_fonts(page: Any) -> bool:
    """Whether all texts of a page are in fonts that the file brings along."""
    texts = (item for item, kind in objects_of(page) if kind == pdfium.FPDF_PAGEOBJ_TEXT)
    return all(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item)) == 1 for item in texts)


def _cut(page: Any, box: Rectangle) -> Cutout | None:
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if box[2] > width + 1 or box[3] > height + 1:
        return None  # its text runs another way than the page: where the box is there, nobody said
    part = part_around(box, width, height)
    for scale in _DOTS:
        wide, high = round((part[2] - part[0]) * scale), round((part[3] - part[1]) * scale)
        if min(wide, high) < 2 or wide * high > _LARGEST:
            continue
        data = grey_png(_painted(page, part, scale, (wide, high), (width, height)))
        if len(data) <= MOST_BYTES:
            ends = tuple((each - edge) * scale for each, edge in zip(box, (*part[:2], *part[:2]), strict=True))
            return Cutout("image/png", data, (wide, high), (ends[0], ends[1], ends[2], ends[3]))
    return None


def _painted(page: Any, part: Rectangle, scale: float, size: tuple[int, int], whole: tuple[float, float]) -> Pixels:
    wide, high = size
    pixels = np.full((high, wide, 4), 255, np.uint8)
    bitmap = pdfium.FPDFBitmap_CreateEx(
        wide, high, pdfium.FPDFBitmap_BGRx, pixels.ctypes.data_as(pdfium.c_void_p), 4 * wide
    )
    try:
        left, top = round(-part[0] * scale), round(-part[1] * scale)
        page_size = round(whole[0] * scale), round(whole[1] * scale)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, left, top, *page_size, 0, pdfium.FPDF_ANNOT)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    shown: Pixels = np.ascontiguousarray(pixels[:, :, :3])
    return shown
