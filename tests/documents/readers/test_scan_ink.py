"""What the ink of a line says beside its recogniser: where words part, where they end, and which digits were lost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

pytest.importorskip("cv2", reason="reading pictures takes the extra `ocr`")

from auditor.documents.readers.scan.ink import InkLine, ink_line
from auditor.documents.readers.scan.recogniser import Character, Line
from auditor.documents.readers.scan.ruled_lines import ruled_lines

HIGH = 40  # pixels of the line
WIDE = 800


def line_of(text: str, ink: Sequence[tuple[int, int]], read_at: Sequence[float] | None = None) -> InkLine:
    """A line on which ink stands from, to; its characters are read in the middles of the ink, or at `read_at`."""
    pixels = np.full((HIGH + 20, WIDE, 3), 240, np.uint8)
    for start, end in ink:
        pixels[16 : HIGH + 4, start:end] = 20
    middles = read_at or [(start + end) / 2 for start, end in ink]
    characters = tuple(
        Character(each, (at - 2) / WIDE, (at + 2) / WIDE, 0.99) for each, at in zip(text, middles, strict=True)
    )
    corners = np.array([[0, 10], [WIDE, 10], [WIDE, HIGH + 10], [0, HIGH + 10]], np.float32)
    return ink_line(Line(corners, characters), pixels)


def boxes(*starts: int, wide: int = 12) -> list[tuple[int, int]]:
    return [(start, start + wide) for start in starts]


@pytest.mark.parametrize(
    ("text", "starts", "parted"),
    [("704", (100, 118, 136), [False, False]), ("39", (100, 140), [True]), ("额：1", (100, 118, 148), [False, False])],
    ids=["digits of one number", "two numbers glued into one", "a colon that is half blank"],
)
def test_a_wide_gap_without_ink_parts_words(text: str, starts: Sequence[int], parted: list[bool]) -> None:
    line = line_of(text, boxes(*starts))
    assert [line.parts(at, []) for at in range(len(text) - 1)] == parted


def test_a_ruled_line_parts_cells_but_not_a_text_that_runs_over_it() -> None:
    over, cells = line_of("7T", boxes(100, 116)), line_of("7T", boxes(100, 124))
    assert (over.parts(0, [114.0]), cells.parts(0, [118.0])) == (False, True)


def test_the_columns_of_a_form_hold_a_character_each() -> None:
    line = line_of("百十元角", boxes(100, 115, 130, 145))
    crossing = [113.0, 128.0, 143.0]
    assert [line.parts(at, crossing) for at in range(3)] == [True] * 3


def test_a_word_reaches_as_far_as_its_ink() -> None:
    line = line_of("120", boxes(101, 119, 137), read_at=[104, 126, 140])
    assert line.extent(0, 2) == (101, 149)


@pytest.mark.parametrize(
    ("text", "read_at", "lost"),
    [
        ("10007", (106, 124, 142, 160, 178), False),
        ("107", (106, 142, 178), True),  # two of three noughts: as far apart, but there is more ink than was read
        ("1007", (106, 124, 160, 178), True),
        ("17", (106, 178), False),  # so few say nothing
        ("1007", (106, 124, 142, 178), True),
    ],
)
def test_noughts_that_a_recogniser_takes_for_one_are_missed(text: str, read_at: Sequence[float], lost: bool) -> None:
    line = line_of(text, boxes(100, 118, 136, 154, 172), read_at)
    assert line.has_lost_digits(0, len(text) - 1) is lost
    assert line.lost_digits() is lost


def test_points_and_commas_are_no_lost_digits() -> None:
    ink = [*boxes(100), (116, 119), *boxes(124, 142, 160), (176, 179), *boxes(184, 202)]
    assert not line_of("1,234.50", ink).lost_digits()


def page(*drawn: tuple[int, int, int, int]) -> tuple[np.ndarray, float]:
    pixels = np.full((400, 600, 3), 235, np.uint8)
    for x0, top, x1, bottom in drawn:
        pixels[top:bottom, x0:x1] = 30
    return pixels, 20.0


def test_short_lines_count_where_they_join_long_ones() -> None:
    frame = [(50, 50, 550, 53), (50, 80, 550, 83), (50, 50, 53, 83), (547, 50, 550, 83)]
    joined, stroke = (300, 50, 303, 83), (300, 200, 303, 232)
    pixels, height = page(*frame, joined, stroke)
    upright = sorted((round(rule.x0), round(rule.top)) for rule in ruled_lines(pixels, height, 1.0) if rule.x0 == rule.x1)
    assert [x for x, _ in upright] == pytest.approx([51, 301, 548], abs=2)


def test_a_broken_line_is_one() -> None:
    pixels, height = page((50, 100, 200, 102), (208, 100, 400, 102), (50, 200, 400, 202))
    assert len(ruled_lines(pixels, height, 1.0)) == 2
