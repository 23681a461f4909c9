"""Ruled lines, rectangle edges and images among the objects of a PDF page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from auditor.documents.pages import Rule
from auditor.documents.readers.pdf.characters import Sheet
from auditor.documents.readers.pdf.paint_order import IDENTITY, Matrix, PaintOrder

Point = tuple[float, float]
Stroke = tuple[float, float, float, float]  # x0, top, x1, bottom in points of the upright page

MOST_OBJECTS = 60_000  # a page of a drawing programme must not hold up a statement
_MOST_SEGMENTS = 400  # of one path: what has more is a drawing, not a line
_DEPTH = 6
_THIN = 3.0  # points: a filled rectangle this thin is a line
_STRAIGHT = 0.7  # points by which a line may be off level
_SHORTEST = 3.0  # points: what is shorter is a dash or a dot
_WHOLE_PAGE = 0.9  # a filled rectangle over so much of both sides is the page's background


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page: ruled lines, numbers of images and of outlines, and what covers what."""

    rules: list[Rule] = field(default_factory=list)
    strokes: set[Stroke] = field(default_factory=set)  # what the rules are made of, before it is rounded
    images: int = 0
    outlines: int = 0
    cut_short: bool = False
    painted: PaintOrder = field(default_factory=PaintOrder)


def drawing(page: Any, sheet: Sheet) -> Drawing:
    """The ruled lines of a page in points of the upright page, sorted, each once, and a count of the rest."""
    drawn = Drawing()
    for number, (item, kind, matrix) in enumerate(_objects(page, IDENTITY, 0)):
        if number >= MOST_OBJECTS:
            drawn.cut_short = True
            break
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawn.painted.add_text(number, item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(drawn, number, item, matrix, sheet)
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            drawn.painted.add_shading(number, item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.painted.add_image(number, item, matrix)
            drawn.images += 1
    unique = {(round(top, 2), round(x0, 2), round(bottom, 2), round(x1, 2)) for x0, top, x1, bottom in drawn.strokes}
    drawn.rules = [Rule(x0, top, x1, bottom) for top, x0, bottom, x1 in sorted(unique)]
    return drawn


def objects_of(page: Any) -> Iterator[tuple[Any, int]]:
    """All objects of a page with their kinds, those inside forms among them."""
    for item, kind, _ in _objects(page, IDENTITY, 0):
        yield item, kind


def _objects(holder: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    """All page objects, those inside forms with the form's matrix applied."""
    if depth:
        count, get = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
    else:
        count, get = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
    for i in range(max(0, count(holder))):
        item = get(holder, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            yield from _objects(item, _product(_matrix(item), matrix), depth + 1)
        else:
            yield item, kind, matrix


def _matrix(item: Any) -> Matrix:
    held = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, held):
        return IDENTITY
    return held.a, held.b, held.c, held.d, held.e, held.f


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _add_path(drawn: Drawing, number: int, item: Any, matrix: Matrix, sheet: Sheet) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return  # a clipping path: nothing to see
    drawn.painted.add_path(number, item, matrix, filled=bool(fill.value))
    count = pdfium.FPDFPath_CountSegments(item)
    if count > _MOST_SEGMENTS:
        drawn.outlines += 1
        return
    full = _product(_matrix(item), matrix)
    curves = 0
    for outline, curved in _outlines(item, count):
        points = [sheet.upright(*_placed(point, full)) for point in outline]
        if stroke.value:
            drawn.strokes.update(_strokes(points, curved))
        if fill.value and not any(curved):
            drawn.strokes.update(_filled(points, sheet))
        curves += any(curved)
    drawn.outlines += curves > 0


def _placed(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _outlines(item: Any, count: int) -> Iterator[tuple[list[Point], list[bool]]]:
    """Each sub-path as its points, closed ones ending where they began, and which points a curve leads to."""
    points: list[Point] = []
    curved: list[bool] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], []
        points.append((x.value, y.value))
        curved.append(kind == pdfium.FPDF_SEGMENT_BEZIERTO)
        if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
            curved.append(False)
    if len(points) > 1:
        yield points, curved


def _strokes(points: list[Point], curved: list[bool]) -> Iterator[Stroke]:
    for ((x0, y0), (x1, y1)), bent in zip(pairwise(points), curved[1:], strict=True):
        if bent:
            continue
        across, down = abs(x0 - x1), abs(y0 - y1)
        if down <= _STRAIGHT and across >= _SHORTEST:
            middle = (y0 + y1) / 2
            yield min(x0, x1), middle, max(x0, x1), middle
        elif across <= _STRAIGHT and down >= _SHORTEST:
            middle = (x0 + x1) / 2
            yield middle, min(y0, y1), middle, max(y0, y1)


def _filled(points: list[Point], sheet: Sheet) -> Iterator[Stroke]:
    """A thin filled rectangle is a line along its middle; of any other rectangle the four edges are lines."""
    if len(points) not in (4, 5) or not _is_rectangle(points):
        return
    x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width, height = x1 - x0, bottom - top
    page_width, page_height = sheet.size
    if width > _WHOLE_PAGE * page_width and height > _WHOLE_PAGE * page_height:
        return
    if height <= _THIN or width <= _THIN:
        if max(width, height) >= _SHORTEST:
            level = width >= height
            middle = (top + bottom) / 2 if level else (x0 + x1) / 2
            yield (x0, middle, x1, middle) if level else (middle, top, middle, bottom)
        return
    yield x0, top, x1, top
    yield x0, bottom, x1, bottom
    yield x0, top, x0, bottom
    yield x1, top, x1, bottom


def _is_rectangle(points: list[Point]) -> bool:
    return all(
        abs(x0 - x1) <= _STRAIGHT or abs(y0 - y1) <= _STRAIGHT
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=False)
    )
