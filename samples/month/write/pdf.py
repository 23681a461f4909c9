"""Forms as PDF pages with a text layer: ruled grids of labels and values, and forms without lines.

Chinese text is set in STSong-Light, which PDF readers bring along: nothing is embedded, and the text layer is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

_FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(_FONT))

A4_SIZE, A5_SIZE = A4, landscape(A5)
Pair = tuple[str, str]


class Paper:
    """A PDF document in memory, drawn from the top of each page."""

    def __init__(self, size: tuple[float, float] = A4_SIZE, title: str = "") -> None:
        self._stream = BytesIO()
        self._canvas: Any = canvas.Canvas(self._stream, pagesize=size, invariant=1, pageCompression=1)
        self._canvas.setTitle(title)
        self.width, self.height = size
        self.top = 0.0
        self._pages = 0

    def page(self) -> None:
        """Starts a page."""
        if self._pages:
            self._canvas.showPage()
        self._pages += 1
        self.top = 40.0

    def data(self) -> bytes:
        """The finished document."""
        self._canvas.showPage()
        self._canvas.save()
        return self._stream.getvalue()

    def text(self, x: float, text: str, size: float = 10, colour: str = "black", down: float = 0) -> None:
        """Text from x on, on the current line or below it; the line stays."""
        self._canvas.setFont(_FONT, size)
        self._canvas.setFillColor(colour)
        self._canvas.drawString(x, self.height - self.top - down, text)
        self._canvas.setFillColor("black")

    def centred(self, text: str, size: float = 15) -> None:
        """A centred line; the next line stands below it."""
        self._canvas.setFont(_FONT, size)
        self._canvas.drawCentredString(self.width / 2, self.height - self.top, text)
        self.down(size * 1.6)

    def down(self, distance: float) -> None:
        """Goes down the page."""
        self.top += distance

    def width_of(self, text: str, size: float = 10) -> float:
        """How wide a text is."""
        return float(pdfmetrics.stringWidth(text, _FONT, size))

    def stamp(self, text: str, x: float, down: float = 0) -> None:
        """A red stamp in a frame."""
        self.text(x, text, 24, "red", down)
        self._canvas.setStrokeColor("red")
        self._canvas.rect(x - 4, self.height - self.top - down - 6, 24 * len(text) + 8, 32)
        self._canvas.setStrokeColor("black")

    def rule(self, x0: float, x1: float) -> None:
        """A dashed line across, to cut along."""
        self._canvas.setDash(3, 3)
        self._canvas.line(x0, self.height - self.top, x1, self.height - self.top)
        self._canvas.setDash()

    def grid(self, rows: Sequence[Sequence[Pair]], left: float = 45, label: float = 76, line: float = 22) -> None:
        """A ruled grid: in each row label cells and value cells by turns; a row of one pair has one wide value cell."""
        right = self.width - left
        for row in rows:
            share = (right - left) / len(row)
            for place, (name, value) in enumerate(row):
                x = left + place * share
                self._cell(x, label, line, name)
                self._cell(x + label, share - label, line, value)
            self.down(line)

    def table(self, widths: Sequence[float], rows: Sequence[Sequence[str]], left: float = 45, line: float = 20) -> None:
        """A ruled table, its first row the header."""
        for row in rows:
            x = left
            for width, text in zip(widths, row, strict=True):
                self._cell(x, width, line, text)
                x += width
            self.down(line)

    def _cell(self, x: float, width: float, height: float, text: str) -> None:
        bottom = self.height - self.top - height
        self._canvas.rect(x, bottom, width, height)
        size = 10.0
        while size > 6 and pdfmetrics.stringWidth(text, _FONT, size) > width - 6:
            size -= 0.5
        self._canvas.setFont(_FONT, size)
        self._canvas.drawString(x + 3, bottom + height / 2 - size * 0.35, text)

    def fields(self, rows: Sequence[Sequence[Pair]], left: float = 60, line: float = 26) -> None:
        """Labels and values without lines, each `label：` followed by its value."""
        for row in rows:
            share = (self.width - 2 * left) / len(row)
            for place, (name, value) in enumerate(row):
                x = left + place * share
                self.text(x, f"{name}：")
                self.text(x + pdfmetrics.stringWidth(f"{name}：", _FONT, 10) + 4, value)
            self.down(line)
