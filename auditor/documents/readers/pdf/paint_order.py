"""What is painted on a page, in the order of painting, so far as it decides which text can be seen.

Most text needs no closer look: it is dark, set plainly, and nothing but light areas lies beneath it and nothing above.
What is found here is the rest: text of which the page itself must tell (see `visibility`) whether anybody sees it.
Boxes are left, bottom, right, top in PDF units of the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_LIGHT = 200  # brightness (0 to 255) from which an area is light: dark text on it is plain to see
_DARK_ENOUGH = 150  # brightness up to which text is plain to see on paper and on light areas
_SOLID = 200  # opacity (0 to 255) from which paint is as good as solid
_THIN = 3.0  # points: what is thinner is a line and covers nothing, unless it is as light as paper
_MOST_PIXELS = 100_000_000  # an image of more is not painted
_INKLESS = 0.01  # points: the box of a text of which no glyph has ink
_REACH = 0.5  # points by which areas may touch text without meaning it
_pointer = ctypes.c_void_p.from_buffer
# pdfium writes into these; one page is looked at after the other
_NUMBERS = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
_COLOURS = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
_FILLED, _FILLED_AND_STROKED = pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
# Fonts: not in the file, so that ours is used and has ink; in the file; with glyphs that are drawings (Type 3), which
# have colours of their own or no ink at all
_STAND_IN, _EMBEDDED, _DRAWN = range(3)
_MOST_PAIRS = 4_000_000  # of texts and areas compared; where there are more, every text is looked at closely


@dataclass(frozen=True, slots=True)
class PaintedArea:
    """Something that can hide text or lie beneath it: a filled path, a broad stroke, an image, a shading, a note."""

    order: int
    box: Box
    light: bool
    image: bool = False


class PaintedText(NamedTuple):
    """A text object and its colour (None: a pattern); `matrix` is that of the forms around it.

    `plain`: its ink has that colour. `unusual`: it may be hard to see. `invisible`: it is set without ink.
    """

    order: int
    item: Any
    matrix: Matrix
    colour: Colour | None
    plain: bool
    unusual: bool
    invisible: bool

    @property
    def address(self) -> int:
        return address_of(self.item)

    @property
    def box(self) -> Box:
        return bounds(self.item, self.matrix)


@dataclass(slots=True)
class PaintOrder:
    """The texts and areas of a page; `too_large` are images that are not to be painted."""

    texts: list[PaintedText] = field(default_factory=list)
    areas: list[PaintedArea] = field(default_factory=list)
    too_large: list[Any] = field(default_factory=list)
    _fonts: dict[int, int] = field(default_factory=dict)

    def add_text(self, order: int, item: Any, matrix: Matrix) -> None:
        colour, opaque = fill_colour(item)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        font = self._kind_of_font(item)
        unusual = (
            colour is None
            or not opaque
            or brightness(colour) > _DARK_ENOUGH
            or (mode != _FILLED and mode != _FILLED_AND_STROKED)
            or matrix is not IDENTITY  # a form may be a layer, transparent or clipped
            or font == _DRAWN
            or (font == _EMBEDDED and _is_without_ink(bounds(item, matrix)))
            or (pdfium.FPDFPageObj_CountMarks(item) > 0 and _is_on_a_layer(item))
            or _is_clipped(item)
        )
        plain = mode == _FILLED and font != _DRAWN
        invisible = mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        self.texts.append(PaintedText(order, item, matrix, colour, plain, unusual, invisible))

    def add_path(self, order: int, item: Any, matrix: Matrix, *, filled: bool) -> None:
        """A path that is filled or, if not, stroked."""
        if not filled and _stroke_width(item) * _scale(matrix) <= _THIN:
            return
        box = bounds(item, matrix)
        if not filled:
            self.areas.append(PaintedArea(order, box, False))
            return
        colour, _ = fill_colour(item)
        light = colour is not None and brightness(colour) >= _LIGHT
        if light or min(box[2] - box[0], box[3] - box[1]) > _THIN:
            self.areas.append(PaintedArea(order, box, light))

    def add_image(self, order: int, item: Any, matrix: Matrix) -> None:
        self.areas.append(PaintedArea(order, bounds(item, matrix), False, image=True))
        width, height = ctypes.c_uint(), ctypes.c_uint()
        if pdfium.FPDFImageObj_GetImagePixelSize(item, width, height) and width.value * height.value > _MOST_PIXELS:
            self.too_large.append(item)

    def add_shading(self, order: int, item: Any, matrix: Matrix) -> None:
        self.areas.append(PaintedArea(order, bounds(item, matrix), False))

    def add_note(self, box: Box) -> None:
        """An annotation: it lies above everything."""
        self.areas.append(PaintedArea(1 << 30, box, False))

    def doubtful(self) -> list[PaintedText]:
        """The texts of which the objects alone do not say that they are seen."""
        if len(self.texts) * len(self.areas) > _MOST_PAIRS:
            return self.texts
        crossed = self._crossed()
        return [text for text, crosses in zip(self.texts, crossed, strict=True) if text.unusual or crosses]

    def _crossed(self) -> list[bool]:
        """For each text whether an area lies over it or one that is not light beneath it."""
        if not self.areas or not self.texts:
            return [False] * len(self.texts)
        texts = np.array([text.box for text in self.texts])[:, None, :]
        areas = np.array([area.box for area in self.areas])[None, :, :]
        meet = (
            (areas[..., 0] < texts[..., 2] - _REACH)
            & (areas[..., 2] > texts[..., 0] + _REACH)
            & (areas[..., 1] < texts[..., 3] - _REACH)
            & (areas[..., 3] > texts[..., 1] + _REACH)
        )
        above = (
            np.array([area.order for area in self.areas])[None, :] > np.array([t.order for t in self.texts])[:, None]
        )
        light = np.array([area.light for area in self.areas])[None, :]
        crossed: list[bool] = (meet & (above | ~light)).any(axis=1).tolist()
        return crossed

    def _kind_of_font(self, item: Any) -> int:
        font = pdfium.FPDFTextObj_GetFont(item)
        address = address_of(font)
        kind = self._fonts.get(address)
        if kind is None:
            named = pdfium.FPDFFont_GetBaseFontName(font, None, 0) > 1
            kind = _DRAWN if not named else _EMBEDDED if pdfium.FPDFFont_GetIsEmbedded(font) == 1 else _STAND_IN
            self._fonts[address] = kind
        return kind


class TextOrigins:
    """Which text object each of pdfium's characters comes from."""

    def __init__(self, textpage: Any, painted: PaintOrder) -> None:
        self._textpage = textpage
        self._object_at = pdfium.FPDFText_GetTextObject
        self._texts = {text.address: text for text in painted.texts}
        self.several_colours = len({text.colour for text in painted.texts}) > 1

    def address(self, index: int) -> int:
        """A number that is the same for the characters of one text object only."""
        return _pointer(self._object_at(self._textpage, index)).value or 0

    def text(self, index: int) -> PaintedText | None:
        """The text object; None of a drawing so large that not all of it was looked at."""
        return self._texts.get(self.address(index))

    def colours(self, indices: Sequence[int]) -> list[Colour | None]:
        """The colours of many characters."""
        colours = {address: text.colour for address, text in self._texts.items()}
        at, textpage = self._object_at, self._textpage
        return [colours.get(_pointer(at(textpage, index)).value or 0) for index in indices]

    def colour(self, index: int) -> Colour | None:
        text = self.text(index)
        return text.colour if text is not None else None


def address_of(handle: Any) -> int:
    """The address behind one of pdfium's handles, which tells objects apart."""
    return _pointer(handle).value or 0


def brightness(colour: Colour) -> float:
    """0 (black) to 255 (white), as the eye weighs the colours."""
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def fill_colour(item: Any) -> tuple[Colour | None, bool]:
    """The colour with which an object is filled, None for a pattern, and whether it is solid."""
    red, green, blue, alpha = _COLOURS
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return None, False
    return (red.value, green.value, blue.value), alpha.value >= _SOLID


def bounds(item: Any, matrix: Matrix) -> Box:
    """The box of an object; `matrix` is that of the forms around it."""
    left, bottom, right, top = _NUMBERS
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0.0, 0.0, 0.0, 0.0
    if matrix is IDENTITY:
        return left.value, bottom.value, right.value, top.value
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs, ys = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _is_without_ink(box: Box) -> bool:
    return box[2] - box[0] < _INKLESS or box[3] - box[1] < _INKLESS


def _scale(matrix: Matrix) -> float:
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def _stroke_width(item: Any) -> float:
    width = _NUMBERS[0]
    return float(width.value) if pdfium.FPDFPageObj_GetStrokeWidth(item, width) else 0.0


def _is_on_a_layer(item: Any) -> bool:
    return any(_mark_name(item, i) == "OC" for i in range(pdfium.FPDFPageObj_CountMarks(item)))


def _mark_name(item: Any, index: int) -> str:
    buffer, written = (ctypes.c_ushort * 16)(), ctypes.c_ulong()
    mark = pdfium.FPDFPageObj_GetMark(item, index)
    if not pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), written):
        return ""
    return bytes(buffer)[: max(0, written.value - 2)].decode("utf-16-le", errors="replace")


def _is_clipped(item: Any) -> bool:
    """Whether a clipping path cuts into an object: pdfium keeps no path that lets all of it through."""
    return bool(pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(item)) > 0)
