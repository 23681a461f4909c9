"""Ruled tables: plain grids, merged cells, rows without lines, two languages, tables over pages."""

from __future__ import annotations

from typing import Any

from pdf_samples import FONT, grid, rows_of, word_pages

from auditor.documents.grids.page_tables import tables
from auditor.documents.grids.ruled_tables import merged_rules, ruled_tables
from auditor.documents.pages import Rule
from auditor.values.text import header_key

HEADER = ["日期", "清单号", "客户", "件数", "合计"]
KNOWN = {header_key(word) for word in [*HEADER, "借方金额", "贷方金额", "余额", "摘要", "记账日期", "交易金额"]}


def test_a_plain_grid_is_read_cell_by_cell() -> None:
    rows = [
        HEADER,
        ["2026-10-08", "SH26-004001", "深圳市恒昌电子有限公司", "2", "1,054.40"],
        ["2026-10-09", "", "陈记批发", "", "8.00"],
    ]

    def draw(canvas: Any) -> None:
        canvas.drawString(40, 800, "站点：A 宝安")
        grid(canvas, rows, 40, 600, [70, 80, 150, 40, 70], ("ALIGN", (3, 1), (-1, -1), "RIGHT"))
        canvas.drawString(40, 580, "制表人：林晓")

    made = tables(word_pages(draw), KNOWN)
    assert rows_of(made) == [
        ["站点：A 宝安"],
        HEADER,
        ["2026-10-08", "SH26-004001", "深圳市恒昌电子有限公司", "2", "1,054.40"],
        ["2026-10-09", None, "陈记批发", None, "8.00"],
        ["制表人：林晓"],
    ]


def test_a_table_over_two_pages_is_one_grid_and_each_row_knows_its_page() -> None:
    def page(numbers: range) -> Any:
        def draw(canvas: Any) -> None:
            grid(
                canvas,
                [HEADER] + [["2026-10-08", f"SH26-{n:06d}", "陈记批发", "1", "9.00"] for n in numbers],
                40,
                600,
                90,
            )
            canvas.drawString(280, 30, f"第 {1 if numbers[0] == 4001 else 2} 页 / 共 2 页")

        return draw

    made = tables(word_pages(page(range(4001, 4004)), page(range(4004, 4006))), KNOWN)
    assert [row[1] for row in rows_of(made) if len(row) == 5] == [
        "清单号", "SH26-004001", "SH26-004002", "SH26-004003", "清单号", "SH26-004004", "SH26-004005",
    ]  # fmt: skip
    assert rows_of(made)[-2:] == [["第 1 页 / 共 2 页"], ["第 2 页 / 共 2 页"]]
    assert made[0].boxes is not None
    assert [boxes[0].page for boxes in made[0].boxes] == [1, 1, 1, 1, 2, 2, 2, 1, 2]


def test_cells_next_to_each_other_without_a_gap_are_two_cells() -> None:
    def draw(canvas: Any) -> None:
        rows = [["清单号", "合计"], ["SH26-004001", "1234567.89"]]
        grid(
            canvas,
            rows,
            40,
            600,
            [52, 46],
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("ALIGN", (0, 0), (0, -1), "RIGHT"),
        )

    assert rows_of(tables(word_pages(draw), KNOWN))[1] == ["SH26-004001", "1234567.89"]


def test_a_cell_of_several_lines_is_one_text() -> None:
    def draw(canvas: Any) -> None:
        grid(
            canvas,
            [HEADER, ["2026-10-08", "SH26-004001", "深圳市恒昌电子\n有限公司", "2", "54.40"]],
            40,
            600,
            90,
            height=None,
        )

    assert rows_of(tables(word_pages(draw), KNOWN))[1][2] == "深圳市恒昌电子有限公司"


def test_merged_cells_stand_in_their_first_place_and_say_how_far_they_reach() -> None:
    def draw(canvas: Any) -> None:
        rows = [["日期", "发生额", "", "余额"], ["", "借方金额", "贷方金额", ""], ["2026-10-08", "10.00", "", "90.00"]]
        grid(canvas, rows, 40, 600, 80, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1)))

    made = tables(word_pages(draw), KNOWN)
    assert rows_of(made) == [
        ["日期", "发生额", None, "余额"],
        [None, "借方金额", "贷方金额"],
        ["2026-10-08", "10.00", None, "90.00"],
    ]
    assert made[0].merges == ((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4))


def test_rows_without_lines_between_them_inside_a_ruled_box() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont(FONT, 9)
        for x, head in zip((50, 150, 250, 400), ("日期", "摘要", "交易金额", "余额"), strict=True):
            canvas.drawString(x, 702, head)
        for at in range(4):
            y = 680 - 16 * at
            canvas.drawString(50, y, f"2026-10-1{at}")
            canvas.drawString(150, y, f"运费{at}")
            canvas.drawRightString(340, y, f"{100 + at}.00")
            canvas.drawRightString(480, y, f"{900 - at}.00")
        for y in (715, 695, 620):
            canvas.line(40, y, 500, y)
        for x in (40, 140, 240, 380, 500):
            canvas.line(x, 620, x, 715)

    found = rows_of(tables(word_pages(draw), KNOWN))
    assert found[0] == ["日期", "摘要", "交易金额", "余额"]
    assert found[1:] == [[f"2026-10-1{at}", f"运费{at}", f"{100 + at}.00", f"{900 - at}.00"] for at in range(4)]


def test_a_second_language_in_the_header_becomes_a_note() -> None:
    def draw(canvas: Any) -> None:
        rows = [["记账日期\nDate", "交易金额\nAmount", "余额\nBalance"], ["2026-10-08", "10.00", "90.00"]]
        grid(canvas, rows, 40, 600, 90, height=None)

    assert rows_of(tables(word_pages(draw), KNOWN))[0] == ["记账日期[Date]", "交易金额[Amount]", "余额[Balance]"]


def test_filled_rectangles_and_double_borders_are_lines() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont(FONT, 9)
        for y in (700, 680, 660):
            canvas.rect(40, y, 300, 0.8, stroke=0, fill=1)
        for x in (40, 42, 190, 340):
            canvas.rect(x, 660, 0.8, 40, stroke=0, fill=1)
        for x, y, text in ((50, 686, "清单号"), (200, 686, "合计"), (50, 666, "SH26-004001"), (200, 666, "8.00")):
            canvas.drawString(x, y, text)

    assert rows_of(tables(word_pages(draw), KNOWN)) == [["清单号", "合计"], ["SH26-004001", "8.00"]]


def test_a_frame_around_the_page_is_no_table() -> None:
    def draw(canvas: Any) -> None:
        canvas.rect(20, 20, 555, 800)
        canvas.drawString(60, 700, "收款收据")

    pages = word_pages(draw)
    assert ruled_tables(pages[0]) == []
    assert rows_of(tables(pages, KNOWN)) == [["收款收据"]]


def test_pieces_of_a_line_are_joined_and_near_lines_are_one() -> None:
    level, upright = merged_rules(
        [Rule(0, 10, 50, 10), Rule(50, 10.4, 100, 10.4), Rule(0, 0, 0, 20), Rule(1, 20, 1, 40)]
    )
    assert [(rule.x0, rule.x1) for rule in level] == [(0, 100)]
    assert [(rule.top, rule.bottom) for rule in upright] == [(0, 40)]


def plain_statement(canvas: Any) -> None:
    canvas.setFont(FONT, 9)
    for x, head in zip((50, 150, 250, 400), ("日期", "摘要", "交易金额", "余额"), strict=True):
        canvas.drawString(x, 690, head)
    for at in range(3):
        for x, text in zip((50, 150, 250, 400), (f"2026-10-1{at}", "运费", f"{at}1.00", f"9{at}.00"), strict=True):
            canvas.drawString(x, 660 - 24 * at, text)


PLAIN = [
    ["日期", "摘要", "交易金额", "余额"],
    *([f"2026-10-1{at}", "运费", f"{at}1.00", f"9{at}.00"] for at in range(3)),
]


def test_level_lines_alone_make_no_columns_but_the_header_does() -> None:
    def draw(canvas: Any) -> None:
        plain_statement(canvas)
        for y in (705, 680, 656, 632, 600):
            canvas.line(40, y, 500, y)
        canvas.line(40, 600, 40, 705)
        canvas.line(500, 600, 500, 705)

    assert rows_of(tables(word_pages(draw), KNOWN)) == PLAIN


def test_a_table_without_lines_inside_a_box_of_a_ruled_frame_is_found() -> None:
    def draw(canvas: Any) -> None:
        plain_statement(canvas)
        canvas.rect(40, 560, 480, 200)
        canvas.line(40, 720, 520, 720)
        canvas.line(200, 720, 200, 760)
        canvas.drawString(50, 735, "工商银行")
        canvas.drawString(220, 735, "账户明细")

    assert rows_of(tables(word_pages(draw), KNOWN)) == [["工商银行", "账户明细"], *PLAIN]
