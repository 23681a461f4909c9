"""Red stamps over writing, and pages photographed from aslant: what is done to the picture, without a recogniser."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

pytest.importorskip("cv2", reason="reading pictures takes the extra `ocr`")

import cv2

from auditor.documents.readers.scan.perspective import set_level
from auditor.documents.readers.scan.recogniser import Character, Corners, Line
from auditor.documents.readers.scan.shown_pages import shown_page
from auditor.documents.readers.scan.stamps import read_beneath
from auditor.documents.readers.scan.words import _is_mixed
from auditor.documents.scans import Pixels

HEIGHT = 30.0


def box(left: float, top: float, width: float, height: float = HEIGHT) -> Corners:
    right, bottom = left + width, top + height
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def line(corners: Corners, text: str, score: float) -> Line:
    return Line(corners, tuple(Character(each, 0.0, 1.0, score, "", 0.0) for each in text))


class Beneath:
    """Finds one line wherever the picture has no red, and none where it has."""

    name = "a recogniser"

    def __init__(self, text: str, corners: Corners, score: float = 0.99) -> None:
        self.found = line(corners, text, score)
        self.asked: list[Pixels] = []

    def places(self, pixels: Pixels) -> list[Corners]:
        self.asked.append(pixels)
        return [self.found.corners]

    def lines(self, pixels: Pixels, places: Sequence[Corners], stretched: float = 1.0) -> list[Line]:
        return [self.found for _ in places]


def stamped_page() -> Pixels:
    page = np.full((600, 800, 3), 255, np.uint8)
    cv2.rectangle(page, (100, 300), (400, 326), (20, 20, 20), -1)  # writing
    cv2.circle(page, (300, 310), 90, (40, 30, 210), 6)
    cv2.line(page, (220, 300), (380, 320), (40, 30, 210), 8)
    return page


def test_writing_under_a_stamp_is_read_without_the_red() -> None:
    page, place = stamped_page(), box(100, 298, 300)
    reader = Beneath("12,345.67", place)
    lines, plain = read_beneath(page, [line(place, "1?,3", 0.6)], reader, HEIGHT)
    assert [each.text for each in lines] == ["12,345.67"]
    assert int(plain[310 - 90, 300].min()) > 200  # the ring is gone
    assert int(plain[310, 150].max()) < 60  # black ink stays
    assert (page == stamped_page()).all()


def test_a_reading_that_is_surer_stays_and_a_line_that_was_not_found_is_added() -> None:
    page, place = stamped_page(), box(100, 298, 300)
    lines, _ = read_beneath(page, [line(place, "12,345.67", 0.99)], Beneath("1", place, 0.5), HEIGHT)
    assert [each.text for each in lines] == ["12,345.67"]
    elsewhere = line(box(100, 60, 300), "title", 0.99)
    lines, _ = read_beneath(page, [elsewhere], Beneath("12,345.67", place), HEIGHT)
    assert [each.text for each in lines] == ["title", "12,345.67"]


def test_a_page_without_a_stamp_is_not_looked_at_again() -> None:
    page = np.full((600, 800, 3), 255, np.uint8)
    cv2.putText(page, "red words are no stamp", (40, 100), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (40, 30, 210), 2)
    reader = Beneath("", box(0, 0, 10))
    lines, plain = read_beneath(page, [line(box(40, 80, 300), "red words", 0.9)], reader, HEIGHT)
    assert (len(lines), reader.asked) == (1, [])
    assert plain is page


def test_a_ruled_page_seen_from_aslant_is_set_level() -> None:
    page = np.full((900, 1200, 3), 255, np.uint8)
    cv2.rectangle(page, (150, 150), (1050, 750), (0, 0, 0), 3)
    rows = [box(200, 200 + 60 * at, 600) for at in range(8)]
    seen = np.array([[150, 150], [1050, 150], [1050, 750], [150, 750]], np.float32)
    slanted = np.array([[180, 210], [1010, 120], [1080, 790], [120, 720]], np.float32)
    matrix = cv2.getPerspectiveTransform(seen, slanted)
    photo = cv2.warpPerspective(page, matrix, (1200, 900), borderValue=(255, 255, 255))
    moved = [cv2.perspectiveTransform(each.reshape(-1, 1, 2), matrix)[:, 0, :] for each in rows]
    found = set_level(photo, [line(each, "writing of a line", 0.99) for each in moved])
    slopes = [float(each.corners[1, 1] - each.corners[0, 1]) for each in found.lines]
    assert max(map(abs, slopes)) < 6.0
    assert [name for name, _ in found.steps] == ["warp"]
    assert (shown_page(photo, found.steps) == found.pixels).all()


def test_a_level_page_stays_as_it_is() -> None:
    page = np.full((900, 1200, 3), 255, np.uint8)
    cv2.rectangle(page, (150, 150), (1050, 750), (0, 0, 0), 3)
    lines = [line(box(200, 200 + 60 * at, 600), "writing of a line", 0.99) for at in range(8)]
    found = set_level(page, lines)
    assert found.pixels is page
    assert (found.lines, found.steps) == (lines, ())


@pytest.mark.parametrize(
    ("text", "is_mixed"),
    [
        ("0R18052202", True),
        ("INV2O180", True),
        ("TD01167104", False),
        ("SJ31-004127", False),
        ("20260918", False),
        ("O", False),
    ],
)
def test_letters_for_digits_in_numbers_of_papers(text: str, is_mixed: bool) -> None:
    assert _is_mixed(text) is is_mixed
