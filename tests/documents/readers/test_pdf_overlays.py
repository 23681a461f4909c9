"""Stamps and watermarks are words of the page and no part of its tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_pdf import FONT, made, page_of

from auditor.documents.collect import collect
from auditor.documents.model import ReadDocument
from auditor.documents.pages import NoteKind
from auditor.documents.read import read_document

Draw = Callable[[Any], None]
HEADER = ("交易日期", "摘要", "对方户名", "收入金额", "支出金额", "余额")
ROWS = (
    ("2026-11-03", "运费", "甲电子有限公司", "900.00", "", "5,900.00"),
    ("2026-11-05", "付款", "乙速运有限公司", "", "120.50", "5,779.50"),
    ("2026-11-09", "手续费", "", "", "10.00", "5,769.50"),
    ("2026-11-12", "运费", "丙货代有限公司", "400.00", "", "6,169.50"),
)
EDGES = (40, 115, 190, 330, 410, 490, 560)


def statement(canvas: Any, ruled: bool = False) -> None:
    canvas.setFont(FONT, 9)
    for number, row in enumerate((HEADER, *ROWS)):
        y = 700 - 18 * number
        for column, text in enumerate(row):
            if column > 2 and number:
                canvas.drawRightString(EDGES[column + 1] - 4, y, text)
            else:
                canvas.drawString(EDGES[column] + 4, y, text)
    if ruled:
        for line in range(6):
            canvas.line(EDGES[0], 713 - 18 * line, EDGES[-1], 713 - 18 * line)
        for edge in EDGES:
            canvas.line(edge, 713, edge, 623)


def stamp(*lines: tuple[float, float, str], colour: tuple[float, float, float] = (0.9, 0, 0), size: float = 9) -> Draw:
    def draw(canvas: Any) -> None:
        canvas.saveState()
        canvas.setFillColorRGB(*colour)
        canvas.setFont(FONT, size)
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        canvas.restoreState()

    return draw


def watermark(text: str, angle: float, grey: float = 0.8, size: float = 40) -> Draw:
    def draw(canvas: Any) -> None:
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.setFont(FONT, size)
        canvas.translate(110, 640)
        canvas.rotate(angle)
        canvas.drawString(0, 0, text)
        canvas.restoreState()

    return draw


OVER = {
    "red stamp between the rows": (stamp((430, 671, "财务专用章"), (436, 656, "2026.12.01")), "after"),
    "blue stamp over an amount": (stamp((505, 690, "已核对 2,000.00"), colour=(0, 0, 0.8)), "after"),
    "stamp of one line under the dates": (stamp((45, 636, "收讫"), colour=(0.8, 0, 0.3)), "after"),
    "large level watermark": (watermark("内部资料 请勿外传", 0), "before"),
    "large watermark at an angle": (watermark("SAMPLE ONLY", 35), "before"),
    "small text at an angle": (watermark("2026-12-01 09:30 500.00", 20, size=10), "before"),
    "watermark of ink like the text's": (watermark("COPY 副本", 0, grey=0), "after"),
}


def document_of(page: Draw, folder: Path) -> ReadDocument:
    folder.mkdir()
    (folder / "网银.pdf").write_bytes(made(page))
    (source,) = collect(folder)
    return read_document(source)


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("way", OVER)
def test_what_is_printed_over_a_statement_takes_no_part_in_its_table(way: str, ruled: bool, tmp_path: Path) -> None:
    over, when = OVER[way]

    def page(canvas: Any) -> None:
        if when == "before":
            over(canvas)
        statement(canvas, ruled)
        if when == "after":
            over(canvas)

    plain = document_of(lambda canvas: statement(canvas, ruled), tmp_path / "plain")
    stamped = document_of(page, tmp_path / "stamped")
    assert stamped.records["bank_transaction"] == plain.records["bank_transaction"]
    assert [problem.as_dict() for problem in stamped.problems] == [problem.as_dict() for problem in plain.problems]
    assert stamped.counts["bank_transaction"] == 4 or not ruled
    (remark,) = stamped.remarks
    assert remark.place == "网银.pdf[page 1]"
    assert remark.text.en.startswith("a stamp or a watermark")


def test_what_is_told_is_what_is_printed_over() -> None:
    def page(canvas: Any) -> None:
        statement(canvas)
        stamp((430, 671, "财务专用章"), (436, 656, "2026.12.01"))(canvas)

    found = page_of(page)
    assert [(note.kind, note.text) for note in found.notes] == [(NoteKind.OVERLAY, "财务专用章 / 2026.12.01")]
    assert [word.text for word in found.words if word.overlay] == ["财务专用章", "2026.12.01"]
    assert len(found.without_overlays().words) == len(found.words) - 2


def red_amounts(canvas: Any) -> None:
    statement(canvas)
    for number, text in enumerate(("-900.00", "-120.50", "-10.00")):
        stamp((570, 682 - 18 * number, text))(canvas)


def red_amount_in_its_row(canvas: Any) -> None:
    statement(canvas)
    stamp((345, 664, "-77.00"))(canvas)


def coloured_title(canvas: Any) -> None:
    statement(canvas)
    stamp((200, 760, "银行对账单"), colour=(0, 0.2, 0.7), size=18)(canvas)


def title_beside_an_address(canvas: Any) -> None:
    stamp((45, 764, "RECHNUNG"), colour=(0.8, 0.3, 0), size=18)(canvas)
    canvas.setFont(FONT, 9)
    for line in range(4):
        canvas.drawString(400, 781 - 12 * line, "远东货运有限公司")


def red_total_row(canvas: Any) -> None:
    statement(canvas)
    stamp((45, 600, "合计"), (455, 600, "130.50"))(canvas)


def large_title(canvas: Any) -> None:
    statement(canvas)
    stamp((200, 740, "交易明细"), colour=(0, 0, 0), size=24)(canvas)


def white_header(canvas: Any) -> None:
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(40, 730, 520, 20, stroke=0, fill=1)
    stamp((45, 736, "账户明细"), (300, 736, "币种：人民币"), colour=(1, 1, 1))(canvas)
    canvas.setFillColorRGB(0, 0, 0)
    statement(canvas)


@pytest.mark.parametrize(
    "page",
    [
        red_amounts, red_amount_in_its_row, coloured_title, title_beside_an_address, red_total_row, large_title,
        white_header,
    ],
)  # fmt: skip
def test_colour_and_size_alone_make_no_stamp(page: Draw) -> None:
    found = page_of(page)
    assert found.notes == ()
    assert not any(word.overlay for word in found.words)


def test_pieces_of_two_colours_that_touch_are_two_words() -> None:
    def page(canvas: Any) -> None:
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(60, 700, "余额")
        canvas.setFillColorRGB(0.9, 0, 0)
        canvas.drawString(84, 700, "核讫")

    assert [word.text for word in page_of(page).words] == ["余额", "核讫"]


def test_a_page_that_is_set_at_an_angle_is_no_watermark() -> None:
    def page(canvas: Any) -> None:
        canvas.rotate(3)
        statement(canvas)

    assert not any(word.overlay for word in page_of(page).words)
