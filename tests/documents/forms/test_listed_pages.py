"""Forms and tables compete for a page: a list of slips has the title of a slip, and is read row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from csv_samples import records
from pdf_samples import Draw, grid, pdf, title

from auditor.documents.collect import document_of
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document

CHINESE = ["清单号", "日期", "客户", "运单号", "件数", "计费重", "单价", "运费", "合计"]
ENGLISH = ["Slip No", "Date", "Customer", "Waybill No", "Pieces", "Chargeable weight", "Rate", "Freight", "Total"]
WIDTHS = [75, 65, 100, 75, 35, 45, 40, 50, 50]


def read(*pages: Draw, name: str = "南站.pdf", **options: Any) -> ReadDocument:
    return read_document(document_of(pdf(*pages), name), options=ReadOptions(**options))


def slip(number: int) -> list[str]:
    day, weight = 1 + number % 28, 10 + number
    return [
        f"LX-{number:05d}", f"2026-03-{day:02d}", ("晨光纸业", "蓝海陶瓷", "金穗农具")[number % 3], f"WB77{number:04d}",
        str(number % 7 + 1), f"{weight}.0", "4.00", f"{4 * weight}.00", f"{4 * weight}.00",
    ]  # fmt: skip


def numbers(document: ReadDocument) -> list[str]:
    return [str(each) for (each,) in records(document, "receiving_slip", "slip_no")]


def listed(rows: Sequence[int], header: Sequence[str] = CHINESE, *, lines: bool = True, head: str = "") -> Draw:
    def draw(canvas: Any) -> None:
        title(canvas, "南站收货清单", 800)
        canvas.drawString(40, 780, head or "站点：南站   经办人：何苗")
        found = [list(header), *(slip(number) for number in rows)]
        grid(canvas, found, 30, 760 - 20 * len(found), WIDTHS, lines=lines, size=8)

    return draw


@pytest.mark.parametrize("header", [CHINESE, ENGLISH])
@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("pages", [((3, 4, 5, 6), (7, 8)), ((3, 4, 5), (6, 7), (8,)), ((3, 4, 5, 6, 7, 8),)])
def test_a_list_of_slips_is_no_slip(header: list[str], lines: bool, pages: tuple[tuple[int, ...], ...]) -> None:
    document = read(*(listed(each, header, lines=lines) for each in pages))
    assert numbers(document) == [f"LX-{number:05d}" for number in range(3, 9)]
    assert [problem.code for problem in document.problems] == []
    assert document.rows_seen == 6 + sum(ignored.count for ignored in document.ignored)


@pytest.mark.parametrize(
    "upper",
    [
        ["清单", "收货", "客户", "运单", "件数", "计费", "单价", "运费", "合计"],
        ["Slip", "Date", "Customer", "Waybill", "Pieces", "Chargeable", "Rate", "Freight", "Total"],
    ],
)
@pytest.mark.parametrize("lines", [True, False])
def test_the_header_of_a_list_may_have_two_lines(upper: list[str], lines: bool) -> None:
    lower = (
        ["号", "日期", "", "号", "", "重", "", "", ""]
        if upper[0] == "清单"
        else ["No", "", "", "No", "", "weight", "", "", ""]
    )

    def draw(canvas: Any) -> None:
        title(canvas, "收货清单", 800)
        header = [f"{above}\n{below}".strip() for above, below in zip(upper, lower, strict=True)]
        grid(canvas, [header, slip(3), slip(4), slip(5)], 30, 600, WIDTHS, lines=lines, size=8, height=None)

    assert numbers(read(draw)) == ["LX-00003", "LX-00004", "LX-00005"]


def test_a_list_whose_later_pages_have_the_title_and_no_header() -> None:
    def later(canvas: Any) -> None:
        title(canvas, "南站收货清单", 800)
        grid(canvas, [slip(6), slip(7)], 30, 740, WIDTHS, size=8)

    assert numbers(read(listed((3, 4, 5)), later)) == [f"LX-{number:05d}" for number in range(3, 8)]


def test_a_slip_with_its_weights_in_a_row_stays_a_form() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "收货清单", 768)
        canvas.drawString(60, 740, "清单号：LX-00031   日期：2026-03-08   客户：晨光纸业")
        head = ["运单号", "件数", "计费重", "单价", "运费", "合计"]
        grid(canvas, [head, ["WB770031", "3", "10.0", "4.00", "40.00", "40.00"]], 40, 680, 80)

    document = read(draw)
    assert document.layout == "forms/receiving-slip" and numbers(document) == ["LX-00031"]


@pytest.mark.parametrize("lines", [True, False])
def test_a_slip_in_one_row_stays_a_form(lines: bool) -> None:
    document = read(listed((5,), lines=lines))
    assert document.layout == "forms/receiving-slip" and numbers(document) == ["LX-00005"]


def test_slips_with_a_row_each_on_one_page_stay_forms() -> None:
    def draw(canvas: Any) -> None:
        for number, y in ((3, 800), (4, 540), (5, 280)):
            title(canvas, "收货清单", y)
            grid(canvas, [CHINESE, slip(number)], 30, y - 80, WIDTHS, size=8)

    document = read(draw)
    assert document.layout == "forms/receiving-slip" and numbers(document) == ["LX-00003", "LX-00004", "LX-00005"]


def test_a_claim_with_its_items_stays_a_form() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "费用报销单", 790)
        canvas.drawString(60, 760, "报销单号：BX-0071    日期：2026-03-08    报销人：何苗")
        rows = [
            ["日期", "费用项目", "金额", "报销人"],
            ["2026-03-01", "过路费", "86.00", "何苗"],
            ["2026-03-02", "停车费", "14.00", "何苗"],
        ]
        grid(canvas, rows, 60, 660, 110)
        canvas.drawString(60, 640, "合计：100.00   付款方式：现金")

    document = read(draw)
    assert document.layout == "forms/expense-claim"
    assert records(document, "expense_claim", "claim_no", "amount") == [("BX-0071", "100.00")]


def test_a_cover_sheet_with_the_slips_that_it_covers_stays_a_form() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "收货清单封面", 790)
        canvas.drawString(60, 760, "站点：南站   日期：2026-03-08   票数：2   件数：9   金额：104.00")
        header = ["站点", "日期", "客户", "件数", "金额", "经办人"]
        rows = [
            ["南站", "2026-03-08", "晨光纸业", "4", "52.00", "何苗"],
            ["南站", "2026-03-08", "蓝海陶瓷", "5", "52.00", "何苗"],
        ]
        grid(canvas, [header, *rows], 60, 660, 80)

    document = read(draw)
    assert document.layout == "forms/bundle-cover"
    assert records(document, "bundle_cover", "date", "tickets") == [("2026-03-08", 2)]


def test_a_list_that_the_audit_names_as_a_form_is_read_as_it_says() -> None:
    assert read(listed((3, 4)), layout="forms/receiving-slip").layout == "forms/receiving-slip"


@pytest.mark.parametrize(
    "number",
    [
        "第 {page} 页 共 2 页", "第{page}页/共2页", "（第 {page} 页，共 2 页）", "Page {page} of 2", "page {page}/2", "{page}/2",
        "Page {page}", "第 {page} 页",
    ],
)  # fmt: skip
def test_the_number_of_the_page_is_no_part_of_what_stands_in_its_line(number: str) -> None:
    pages = [
        listed(rows, head=f"站点：南站   经办人：何苗   {number.format(page=page)}")
        for page, rows in ((1, (3, 4)), (2, (5, 6)))
    ]
    assert records(read(*pages), "receiving_slip", "station", "clerk") == [("南站", "何苗")] * 4


@pytest.mark.parametrize("value", ["何苗 3/3", "合同第 2 页", "何苗 page"])
def test_what_does_not_count_the_pages_stays(value: str) -> None:
    document = read(listed((3, 4), head=f"经办人：{value}"), listed((5, 6), head=f"经办人：{value}"))
    assert {clerk for (clerk,) in records(document, "receiving_slip", "clerk")} == {value}
