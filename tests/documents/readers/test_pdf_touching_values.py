"""Two values that touch are two words; one word drawn in pieces stays one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from test_pdf import FONT, page_of, texts

from auditor.documents.readers.pdf.touching_values import cuts


def in_pieces(*pieces: str, overlap: float = 0.0, backwards: bool = False, y: float = 700) -> Any:
    """Pieces of text, each drawn by itself, without a gap between them."""

    def draw(canvas: Any) -> None:
        places, x = [], 60.0
        for piece in pieces:
            places.append((x, piece))
            x += stringWidth(piece, FONT, 12) - overlap
        for x, piece in reversed(places) if backwards else places:
            canvas.drawString(x, y, piece)

    return draw


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("overlap", [0.0, 2.0])
@pytest.mark.parametrize(
    "values",
    [
        ["2,400,000.75", "98,310,442.20"],
        ["2026-11-04", "7,310.00"],
        ["2026-11-04", "2026-11-05"],
        ["1.250,00", "98.310,20"],
        ["-350.00", "12,000.00"],
        ["90000.00", "120000.00"],
        ["4,000,000", "98,310,442"],
        ["08:30:15", "640.00"],
        ["640.00", "1,280.00", "98,310,442.20"],
    ],
)
def test_values_that_touch_are_words_of_their_own(values: list[str], overlap: float, backwards: bool) -> None:
    if backwards and overlap:
        pytest.skip("drawn backwards and over each other nothing tells the order")
    assert texts(page_of(in_pieces(*values, overlap=overlap, backwards=backwards))) == values


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (["远东货运有限公司", "1,250.00"], ["远东货运有限公司", "1,250.00"]),
        (["2026-11-04", "代收货款"], ["2026-11-04", "代收货款"]),
        (["Freight", "88.00", "1,338.00"], ["Freight", "88.00", "1,338.00"]),
    ],
)
def test_a_long_name_that_touches_a_value_is_a_word_of_its_own(pieces: list[str], words: list[str]) -> None:
    assert texts(page_of(in_pieces(*pieces))) == words


@pytest.mark.parametrize(
    "pieces",
    [
        ["1,2", "34.", "50"],
        ["2026", "年", "11", "月"],
        ["1,250.00", "元"],
        ["￥", "1,250.00"],
        ["SH26-", "004348"],
        ["合计：", "88.00"],
        ["2026-11-", "04"],
        ["运单号：", "ST26", "10000001"],
        ["12.5", "0"],
        list("98,310,442.20"),
    ],
)
def test_one_word_drawn_in_pieces_stays_one(pieces: list[str]) -> None:
    assert texts(page_of(in_pieces(*pieces))) == ["".join(pieces)]


def test_values_drawn_character_by_character_are_parted_where_only_one_way_leads() -> None:
    assert texts(page_of(in_pieces(*"2,400,000.7598,310,442.20"))) == ["2,400,000.75", "98,310,442.20"]


@pytest.mark.parametrize("text", ["2,400,000.7598,310,442.20", "1.234.567.890", "3.14159"])
def test_one_piece_is_never_cut(text: str) -> None:
    assert texts(page_of(in_pieces(text))) == [text]


@pytest.mark.parametrize(
    ("text", "edges", "expected"),
    [
        ("1.002.00", [4], (4,)),
        ("1.002.00", [], ()),
        ("1.002.00", [3], ()),
        ("11.0022.00", [1, 5], (5,)),
        ("2026.11.04", [4, 7], ()),  # a date in pieces
        ("10.0020.0030.00", [5, 10], (5, 10)),
        ("第3期90.00", [1, 2, 3], (3,)),
    ],
)
def test_where_a_text_is_cut(text: str, edges: Sequence[int], expected: tuple[int, ...]) -> None:
    assert cuts(text, edges) == expected
