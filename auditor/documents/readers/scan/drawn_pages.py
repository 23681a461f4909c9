"""The picture of a page with what was found where, for people to look at: words, ruled lines, records."""

from __future__ import annotations

from collections.abc import Iterable

import cv2

from auditor.documents.pages import WordPage
from auditor.documents.readers.scan.shown_pages import shown_page
from auditor.documents.scans import Picture

_SURE, _UNSURE, _RULE, _RECORD = (60, 150, 0), (0, 0, 220), (210, 120, 0), (0, 140, 255)  # blue, green, red
_DOUBTFUL = 90  # per cent


def drawn_page(picture: Picture, page: WordPage, records: Iterable[tuple[str, tuple[float, ...]]]) -> bytes:
    """The upright picture as PNG: words green, those that are unsure red, ruled lines blue, records orange.

    `records`: for each its type and its box on the page (x0, top, x1, bottom, in points).
    """
    pixels = shown_page(picture.pixels, page.steps).copy()
    scale = pixels.shape[1] / page.width
    for rule in page.rules:
        ends = [round(each * scale) for each in (rule.x0, rule.top, rule.x1, rule.bottom)]
        cv2.line(pixels, ends[:2], ends[2:], _RULE, 2)
    for word in page.words:
        box = word.box
        corners = [round(each * scale) for each in (box.x0, box.top, box.x1, box.bottom)]
        sure = word.score is None or word.score >= _DOUBTFUL
        cv2.rectangle(pixels, corners[:2], corners[2:], _SURE if sure else _UNSURE, 2)
    for name, place in records:
        corners = [round(each * scale) for each in place]
        cv2.rectangle(pixels, corners[:2], corners[2:], _RECORD, 3)
        cv2.putText(pixels, name, (corners[0], max(20, corners[1] - 6)), cv2.FONT_HERSHEY_SIMPLEX, 0.7, _RECORD, 2)
    return bytes(cv2.imencode(".png", pixels)[1])
