"""Small PDFs for the tests of tables and forms, drawn with reportlab and always the same."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from auditor.documents.pages import Grid, WordPage
from auditor.documents.readers.pdf import read

FONT = "STSong-Light"
Draw = Callable[[Any], None]


def pdf(*pages: Draw) -> bytes:
    """A PDF with a page for each drawing function."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for draw in pages:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def word_pages(*pages: Draw) -> list[WordPage]:
    """The pages as the reader gives them, which must have no problems."""
    found = read(pdf(*pages))
    assert found.problems == ()
    return [page for page in found.pages if isinstance(page, WordPage)]


def title(canvas: Any, text: str, y: float, size: float = 16, x: float = 297) -> None:
    """A title in the middle of the page."""
    canvas.setFont(FONT, size)
    canvas.drawCentredString(x, y, text)
    canvas.setFont(FONT, 10)


def grid(
    canvas: Any,
    rows: Sequence[Sequence[Any]],
    x: float,
    y: float,
    widths: Sequence[float] | float,
    *extra: tuple[Any, ...],
    lines: bool = True,
    size: float = 9,
    height: float | None = 20,
) -> None:
    """A table with its lower left corner at (x, y); `extra` are further reportlab style commands."""
    style = [("FONT", (0, 0), (-1, -1), FONT, size), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *extra]
    if lines:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    count = len(rows[0])
    columns = [widths] * count if isinstance(widths, (int, float)) else list(widths)
    table = Table(rows, colWidths=columns, rowHeights=height, style=TableStyle(style))
    table.wrapOn(canvas, 0, 0)
    table.drawOn(canvas, x, y)


def stamp(canvas: Any, text: str, x: float, y: float, angle: float, size: float = 28) -> None:
    """A word set at an angle over the form."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(angle)
    canvas.setFont(FONT, size)
    canvas.setFillColorRGB(0.8, 0, 0)
    canvas.drawString(0, 0, text)
    canvas.restoreState()


def rows_of(grids: Sequence[Grid]) -> list[list[str | None]]:
    """The rows of the one grid, without the empty cells at their ends."""
    assert len(grids) == 1
    found = grids[0].head(grids[0].rows)
    return [row[: max((i + 1 for i, cell in enumerate(row) if cell), default=0)] for row in found]
