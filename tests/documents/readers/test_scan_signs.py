"""Signs of amounts, and strokes of print that look like ruled lines: without a recogniser."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

pytest.importorskip("cv2", reason="reading pictures takes the extra `ocr`")

from auditor.documents.pages import Rule
from auditor.documents.readers.scan.recogniser import Character, Corners, Line
from auditor.documents.readers.scan.ruled_lines import without_writing
from auditor.documents.readers.scan.signs import with_signs
from auditor.documents.scans import Pixels

PAGE: Pixels = np.full((400, 400, 3), 255, np.uint8)


def line(text: str, left: float, top: float, width: float = 80.0) -> Line:
    right, bottom = left + width, top + 20.0
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return Line(corners, tuple(Character(each, 0.0, 1.0, 0.99, "", 0.0) for each in text))


class Again:
    """Reads at each place what it is told to."""

    name = "a recogniser"

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.places_read: list[Corners] = []

    def places(self, pixels: Pixels) -> list[Corners]:
        return []

    def lines(self, pixels: Pixels, places: Sequence[Corners], stretched: float = 1.0) -> list[Line]:
        self.places_read += places
        return [line(text, 0, 0) for text in self.texts[: len(places)]]


def test_a_minus_that_was_not_read_is_found_again() -> None:
    reader = Again("-1953.25", "9.71")
    found = with_signs([line("-8.22", 100, 40), line("1953.25", 100, 80), line("19.71", 100, 120)], PAGE, reader)
    assert [each.text for each in found] == ["-8.22", "-1953.25", "19.71"]
    assert all(float(each[0, 0]) < 100 for each in reader.places_read)


@pytest.mark.parametrize("texts", [("8.22", "1953.25"), ("-8.22", "2024-03-01")])
def test_pages_without_signs_and_other_words_are_not_looked_at_again(texts: tuple[str, str]) -> None:
    reader = Again("-1")
    lines = [line(text, 100, 40 * at) for at, text in enumerate(texts)]
    assert [each.text for each in with_signs(lines, PAGE, reader)] == list(texts)
    assert reader.places_read == []


def test_what_stands_right_behind_other_writing_is_not_looked_at_again() -> None:
    reader = Again("-1953.25")
    lines = [line("-8.22", 100, 40), line("No", 20, 80, 75.0), line("1953.25", 100, 80)]
    assert [each.text for each in with_signs(lines, PAGE, reader)] == ["-8.22", "No", "1953.25"]


def test_level_strokes_through_words_are_no_ruled_lines() -> None:
    words = [line("blurred print", 100, 40, 200.0)]
    through, under, beside = Rule(110, 50, 290, 50), Rule(100, 61, 300, 61), Rule(0, 50, 90, 50)
    upright = Rule(200, 30, 200, 90)
    assert without_writing([through, under, beside, upright], words, 1.0) == (under, beside, upright)
