"""Slips and receipts of the month as a scanner gives them: pictures of pages, turned, blurred, noised and stamped.

Nothing is left to chance: how a page looks follows from its place. The pages are painted with the fonts of the machine,
so that the bytes are the same on one machine, not on all.
"""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

_DOTS = 150 / 72  # pixels a point
_SLIPS, _RECEIPTS = "01收货清单/", "10收据+登记簿/收据-"
_BOOK = "10收据+登记簿/收据-第65本.pdf"


class Scans(StrEnum):
    """Which papers are scans: none; a book of receipts and a day's slips; all slips and receipts; all, and badly."""

    NONE = "none"
    SOME = "some"
    ALL = "all"
    HEAVY = "heavy"


def with_scans(files: dict[str, bytes], scans: Scans) -> dict[str, bytes]:
    """The files with the chosen PDFs as scans, under the same names."""
    if scans is Scans.NONE:
        return files
    first = sorted(path for path in files if path.startswith(_SLIPS + "东莞C/"))[:1]
    chosen = [
        path
        for path in files
        if path.endswith(".pdf")
        and (path.startswith((_SLIPS, _RECEIPTS)) if scans is not Scans.SOME else path in (_BOOK, *first))
    ]
    return files | {path: scanned(files[path], heavy=scans is Scans.HEAVY) for path in chosen}


def scanned(pdf: bytes, *, heavy: bool = False) -> bytes:
    """A PDF as one of pictures."""
    import pypdfium2

    stream = BytesIO()
    document = pypdfium2.PdfDocument(pdf)
    made: Any = canvas.Canvas(stream, invariant=1)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        picture = _worn(page.render(scale=_DOTS).to_pil(), number, 2.0 if heavy else 1.0)
        made.setPageSize((width, height))
        made.drawImage(ImageReader(picture), 0, 0, width, height)
        made.showPage()
    made.save()
    return stream.getvalue()


def _worn(page: Any, number: int, strong: float) -> BytesIO:
    """A page as JPEG, worn by its number."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFilter

    page = page.convert("RGB")
    draw = ImageDraw.Draw(page)
    x, y = page.width * (70 + number % 5 * 4) // 100, page.height * (78 + number % 3 * 5) // 100
    draw.ellipse((x, y, x + 130, y + 130), outline=(205, 40, 50), width=5)
    draw.ellipse((x + 40, y + 40, x + 90, y + 90), outline=(205, 40, 50), width=4)
    angle = (number % 9 - 4) * 0.25 * strong
    size = page.size
    page = page.rotate(angle, fillcolor=(246, 246, 244), resample=Image.Resampling.BICUBIC)
    if strong > 1:
        page = page.resize((size[0] * 7 // 10, size[1] * 7 // 10), Image.Resampling.BICUBIC)
    page = page.filter(ImageFilter.GaussianBlur(0.5 * strong))
    shades = np.asarray(page).astype(np.int32)
    down, along = np.mgrid[0 : shades.shape[0], 0 : shades.shape[1]]
    mixed = (along.astype(np.int64) * 73_856_093) ^ (down.astype(np.int64) * 19_349_663) ^ (number * 83_492_791)
    noise = (mixed * 2_654_435_761 >> 13) % int(30 * strong) - int(15 * strong)
    worn = np.clip(shades * 0.92 + 16 + noise[:, :, None], 0, 255).astype(np.uint8)
    stream = BytesIO()
    Image.fromarray(worn).save(stream, "JPEG", quality=75 if strong == 1 else 55)
    stream.seek(0)
    return stream
