"""Forms to records: what stands beside a value, what one value tells of the others, and what is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from csv_samples import records
from pdf_samples import grid, pdf, title

from auditor.documents.collect import document_of
from auditor.documents.declarations import Declarations
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document


def receipt(day: str, amount: str, *more: str, **options: Any) -> ReadDocument:
    """A receipt with this date and amount, and further lines."""

    def draw(canvas: Any) -> None:
        title(canvas, "收款收据", 790)
        canvas.drawString(420, 770, "NO. 0004101")
        canvas.drawString(60, 750, f"日期：{day}")
        canvas.drawString(60, 730, "今收到：晨光纸业")
        canvas.drawString(60, 710, f"金额：{amount}")
        for at, line in enumerate(more):
            canvas.drawString(60, 690 - 20 * at, line)

    return read_document(document_of(pdf(draw), "收据.pdf"), options=ReadOptions(**options))


def codes(document: ReadDocument) -> list[str]:
    return [problem.code for problem in document.problems]


PERIOD = (date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.parametrize(
    ("day", "more", "options", "read"),
    [
        ("08/04/2026", ("备注：补开 26/04/2026 的收据",), {}, "2026-04-08"),  # another date of the paper tells
        ("08/04/2026", ("备注：补开 04/26/2026 的收据",), {}, "2026-08-04"),
        ("08/04/2026", (), {"period": PERIOD}, "2026-04-08"),  # the period tells
        ("08/04/2026", (), {"declared": Declarations(date_order="mdy")}, "2026-08-04"),  # the user tells
        ("2026年4月8日", (), {}, "2026-04-08"),
    ],
)
def test_what_tells_the_order_of_day_and_month(
    day: str, more: tuple[str, ...], options: dict[str, Any], read: str
) -> None:
    document = receipt(day, "120.00", *more, **options)
    assert records(document, "receipt", "date") == [(read,)] and codes(document) == []


@pytest.mark.parametrize("more", [(), ("备注：另见 05/06/2026",), ("备注：26/04/2026 与 04/26/2026",)])
def test_where_nothing_tells_the_paper_is_known_and_the_date_is_asked(more: tuple[str, ...]) -> None:
    document = receipt("08/04/2026", "120.00", *more)
    assert document.layout == "forms/receipt" and codes(document) == ["DateOrderUndecided"]
    assert "date_order" in document.problems[0].message("en") and "第" not in document.problems[0].message("en")
    assert records(document, "receipt", "date") == []


@pytest.mark.parametrize(
    ("amount", "currency", "told"),
    [
        ("USD 120.00", "USD", []),
        ("HK$120.00", "HKD", []),
        ("120.00", None, []),
        ("120.00（含税）", None, ["NoteBesideAmount"]),
        ("120.00 CR", None, ["SideBesideAmount"]),
    ],
)
def test_what_stands_beside_an_amount(amount: str, currency: str | None, told: list[str]) -> None:
    document = receipt("2026-04-08", amount)
    assert records(document, "receipt", "amount", "currency") == [("120.00", currency)]
    assert codes(document) == told


def test_two_currencies_on_one_form_contradict_each_other() -> None:
    document = receipt("2026-04-08", "USD 120.00", "币种：HKD")
    assert records(document, "receipt", "currency") == [(None,)] and codes(document) == ["CurrenciesDiffer"]


def test_what_audit_yaml_declares_holds_for_forms() -> None:
    document = receipt("2026-04-08", "1.200,50", declared=Declarations(decimal=",", currency="EUR"))
    assert records(document, "receipt", "amount", "currency") == [("1200.50", "EUR")]


@pytest.mark.parametrize(("copies", "read"), [("2/3", (2, 3)), ("三联", (3, None)), ("共四联第三联", (3, 4))])
def test_copies_of_a_form(copies: str, read: tuple[int, int | None]) -> None:
    document = receipt("2026-04-08", "120.00", f"联次：{copies}")
    assert records(document, "receipt", "copies", "copies_printed") == [read] and codes(document) == []


# --- invoices ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["叁佰叁拾玖圆整 （小写）¥339.00", "叁佰叁拾玖圆整　　小写：¥339.00", "叁佰叁拾玖圆整 (小写)￥339.00"]
)
def test_in_a_box_a_value_ends_at_the_next_label(line: str) -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "电子发票（普通发票）", 800)
        canvas.drawString(400, 780, "发票号码：26442000000098765432")
        canvas.drawString(400, 765, "开票日期：2026年10月20日")
        grid(canvas, [["价税合计（大写）", line]], 40, 600, [120, 380])
        canvas.drawString(60, 640, "合        计")
        canvas.drawString(365, 640, "¥300.00")
        canvas.drawString(505, 640, "¥39.00")

    document = read_document(document_of(pdf(draw), "发票.pdf"))
    assert records(document, "invoice", "words", "total") == [("339.00", "339.00")] and codes(document) == []


def vat_invoice(canvas: Any) -> None:
    canvas.drawString(400, 760, "发票号码:66778899")
    canvas.drawString(400, 745, "开票日期:2026年10月06日")
    for y, name, number in ((720, "晨光纸业有限公司", "91440300MA5DEMO011"), (480, "路通物流有限公司", "91440300MA5DEMO022")):
        canvas.drawString(45, y, f"名    称:{name}")
        canvas.drawString(45, y - 14, f"纳税人识别号:{number}")
    for y, cells in (
        (660, ("货物或应税劳务、服务名称", "数量", "金额", "税率", "税额")),
        (645, ("*运输服务*运费", "1", "300.00", "13%", "39.00")),
    ):
        for x, text in zip((30, 240, 330, 420, 500), cells, strict=True):
            canvas.drawString(x, y, text)
    canvas.drawString(60, 540, "合    计")
    canvas.drawString(330, 540, "¥300.00")
    canvas.drawString(500, 540, "¥39.00")
    canvas.drawString(60, 515, "价税合计(大写)")
    canvas.drawString(180, 515, "叁佰叁拾玖圆整")
    canvas.drawString(430, 515, "(小写)¥339.00")


@pytest.mark.parametrize(
    ("seal", "x", "size"),
    [
        ("", 0, 10),
        ("统", 400, 8),  # a letter of the seal in the title's line
        ("监制", 300, 8),  # over the title
        ("国", 180, 8),  # before it
        ("发票监制", 385, 16),  # as large as the title and joined on
    ],
)
def test_a_seal_hides_no_title_and_the_seller_stands_at_the_foot(seal: str, x: float, size: float) -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "深圳增值税电子普通发票", 790)
        canvas.setFont("STSong-Light", size)
        canvas.drawString(x, 791, seal)
        canvas.setFont("STSong-Light", 10)
        vat_invoice(canvas)

    document = read_document(document_of(pdf(draw), "发票.pdf"))
    assert document.layout == "forms/vat-invoice" and codes(document) == []
    assert records(document, "invoice", "seller", "buyer", "item", "total", "words") == [
        ("路通物流有限公司", "晨光纸业有限公司", "*运输服务*运费", "339.00", "339.00")
    ]


@pytest.mark.parametrize("text", ["增值税电子普通发票3张", "附：增值税专用发票", "增值税专用发票领用登记"])
def test_a_title_in_passing_is_none_even_with_seals(text: str) -> None:
    def draw(canvas: Any) -> None:
        title(canvas, text, 790)
        vat_invoice(canvas)

    assert "forms/vat-invoice" not in str(read_document(document_of(pdf(draw), "纸.pdf")).layout)
