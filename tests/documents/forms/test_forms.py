"""Forms of a freight forwarder, drawn in the ways that they are really laid out, read field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pdf_samples import FONT, grid, stamp, title, word_pages
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from auditor.documents.errors import LayoutFileError
from auditor.documents.forms.reading import claiming, read_form
from auditor.documents.forms.records import FormRecord
from auditor.documents.layouts.form_layouts import FormLayout, form_layouts, load_form
from auditor.documents.pages import Box, Word, WordPage
from auditor.records.loader import record_types
from auditor.records.model import RecordType

TYPES: Mapping[str, RecordType] = record_types()
LAYOUTS = form_layouts()


def forms_of(*draw: Any) -> list[FormRecord]:
    """What is read from the pages by the one layout that claims each."""
    made: list[FormRecord] = []
    for page in word_pages(*draw):
        claimed = claiming(LAYOUTS, page)
        assert len(claimed) == 1, [layout.layout for layout in claimed]
        made += read_form(claimed[0], [page], TYPES)
    return made


def texts(record: FormRecord) -> dict[str, str]:
    return {name: value.text for name, value in record.values.items()}


def test_a_slip_in_boxes() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "捷远国际货运代理有限公司", 790)
        title(canvas, "收 货 清 单", 768)
        canvas.drawString(420, 768, "NO. SH26-004151")
        rows = [
            ["日期", "2026-10-08", "站点", "B 龙岗"],
            ["客户", "深圳市恒昌电子有限公司", "服务商", "顺途速运"],
            ["运单号", "ST2610000001", "转单号", ""],
            ["件 数", "2", "实重(kg)", "7.4"],
            ["体积重（kg）", "8.0", "计费重(kg)", "8.0"],
            ["单价", "￥6.80", "运费", "54.40"],
            ["燃油费率", "12%", "燃油费", "6.53"],
            ["杂费", "0.00", "合计", "￥60.93"],
            ["付款方式", "□月结 ☑现付 □到付", "代收货款", ""],
            ["备注", "", "经办人", "李强"],
        ]
        grid(canvas, rows, 50, 520, [80, 160, 80, 160])

    (slip,) = forms_of(draw)
    assert (slip.layout, slip.record, slip.page) == ("forms/receiving-slip", "receiving_slip", 1)
    assert texts(slip) == {
        "slip_no": "SH26-004151", "date": "2026-10-08", "station": "B 龙岗", "clerk": "李强",
        "customer": "深圳市恒昌电子有限公司", "provider": "顺途速运", "waybill_no": "ST2610000001", "pieces": "2",
        "actual_weight": "7.4", "volume_weight": "8.0", "charge_weight": "8.0", "rate": "￥6.80", "freight": "54.40",
        "fuel_rate": "12%", "fuel": "6.53", "other": "0.00", "amount": "￥60.93", "pay_mode": "现付",
    }  # fmt: skip
    box = slip.values["customer"].box
    assert box.page == 1
    assert 130 < box.x0 < 140


def test_a_slip_with_columns_labels_in_running_lines_and_a_stamp() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "收货清单（第一联 存根）", 768)
        canvas.drawString(60, 740, "清单号：SH26-004152   日期：2026年10月08日    站点：B")
        canvas.drawString(60, 720, "客户名称：东莞市百利塑胶制品有限公司")
        head = ["运单号", "件数", "实重", "体积重", "计费重", "单价", "运费", "燃油费", "杂费", "合计"]
        grid(canvas, [head, ["998-61000001", "3", "9.9", "10.1", "10.5", "18.50", "194.25", "15.54", "30.00", "239.79"]],
             30, 650, 53, size=8)  # fmt: skip
        canvas.drawString(60, 620, "付款方式：月结   经办人：李强   备注：易碎，轻放")
        stamp(canvas, "作 废", 300, 600, 25)

    (slip,) = forms_of(draw)
    assert texts(slip) == {
        "slip_no": "SH26-004152", "date": "2026年10月08日", "station": "B", "clerk": "李强",
        "customer": "东莞市百利塑胶制品有限公司", "waybill_no": "998-61000001", "pieces": "3", "actual_weight": "9.9",
        "volume_weight": "10.1", "charge_weight": "10.5", "rate": "18.50", "freight": "194.25", "fuel": "15.54",
        "other": "30.00", "amount": "239.79", "pay_mode": "月结", "remark": "易碎，轻放", "status": "作废",
    }  # fmt: skip


def receipt(canvas: Any, y: float, number: int, *, void: bool = False) -> None:
    title(canvas, "收 款 收 据", y + 230, 14)
    canvas.drawString(430, y + 230, f"NO.{number:07d}")
    canvas.drawString(60, y + 205, "2026 年 10 月 08 日")
    canvas.drawString(60, y + 180, "今收到陈记批发" if number % 2 else "今收到  陈记批发")
    canvas.drawString(60, y + 155, f"交 来 运费（清单 SH26-00{number}）")
    canvas.drawString(60, y + 130, f"人民币（大写）壹仟贰佰叁拾肆元伍角整     ￥1,234.{number % 10}0")
    canvas.drawString(60, y + 100, "收款方式：□现金 ☑支付宝    收款人：林晓    经手人：王敏")
    if void:
        stamp(canvas, "作废", 250, y + 110, 30)


def test_three_receipts_on_a_page_one_of_them_void() -> None:
    def draw(canvas: Any) -> None:
        for y, number in ((560, 3101), (290, 3102), (20, 3103)):
            receipt(canvas, y, number, void=number == 3102)

    found = forms_of(draw)
    assert [texts(each)["receipt_no"] for each in found] == ["0003101", "0003102", "0003103"]
    assert [each.values.get("status") is not None for each in found] == [False, True, False]
    for number, each in zip((3101, 3102, 3103), found, strict=True):
        values = texts(each)
        assert values.pop("status", "作废") == "作废"
        assert values == {
            "receipt_no": f"{number:07d}", "date": "2026 年 10 月 08 日", "payer": "陈记批发",
            "purpose": f"运费（清单 SH26-00{number}）", "amount": f"1,234.{number % 10}0",
            "words": "壹仟贰佰叁拾肆元伍角整", "mode": "支付宝", "cashier": "林晓", "handler": "王敏",
        }  # fmt: skip


def test_two_receipts_side_by_side() -> None:
    def draw(canvas: Any) -> None:
        for x, number in ((20, 3101), (310, 3102)):
            title(canvas, "收款收据", 760, 12, x + 110)
            canvas.drawString(x, 740, f"NO.{number:07d}  日期：2026-10-08")
            canvas.drawString(x, 720, f"今收到：客户{number}  ￥{number}.00")

    found = [texts(each) for each in forms_of(draw)]
    assert [(each["receipt_no"], each["payer"], each["amount"]) for each in found] == [
        ("0003101", "客户3101", "3101.00"),
        ("0003102", "客户3102", "3102.00"),
    ]


@pytest.mark.parametrize("text", ["作废原因：填错", "涂改作废无效", "本收据撕下作废"])
def test_the_word_of_a_stamp_inside_other_text_is_no_stamp(text: str) -> None:
    def draw(canvas: Any) -> None:
        receipt(canvas, 400, 3101)
        canvas.drawString(60, 400, text)

    (found,) = forms_of(draw)
    assert "status" not in found.values


def test_a_memo_whose_value_is_itself_a_label_and_whose_reason_wraps() -> None:
    reason = "客户现场复点，实际交货八件，与清单所列九件不符，请客服更正登记并重新计费，原单收回作废处理后另开新单。"

    def draw(canvas: Any) -> None:
        title(canvas, "内部联络单", 768)
        style = ParagraphStyle("cell", fontName=FONT, fontSize=9, wordWrap="CJK")
        rows = [
            ["联络单号", "LL2610-003", "日期", "2026-10-10"],
            ["类型", "金额更正", "清单号", "SH26-004021"],
            ["客户", "佛山市顺锦家居有限公司", "金额", ""],
            ["更改项目", "金额", "原值", "100.00"],
            ["新值", "80.00", "申请人", "王敏"],
            ["事由", Paragraph(reason, style), "", ""],
            ["审批人", "陈立", "签收人", "赵敏"],
        ]
        grid(canvas, rows, 50, 560, [70, 170, 70, 170], ("SPAN", (1, 5), (3, 5)), height=None)

    (memo,) = forms_of(draw)
    assert texts(memo) == {
        "memo_no": "LL2610-003", "date": "2026-10-10", "type": "金额更正", "slip_no": "SH26-004021",
        "customer": "佛山市顺锦家居有限公司", "field": "金额", "old_value": "100.00", "new_value": "80.00",
        "reason": reason, "applicant": "王敏", "approver": "陈立", "signed_by": "赵敏",
    }  # fmt: skip


def test_a_memo_in_running_lines() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "工作联络单", 768)
        canvas.drawString(60, 740, "联络单号：LL2610-001        日期：2026-10-08")
        canvas.drawString(60, 720, "类型：提货费   清单号：SH26-004003   金额：￥80.00")
        canvas.drawString(60, 700, "更改项目：金额   原值：0   新值：80.00")
        canvas.drawString(60, 680, "申请人：王敏        审批人：        签收人：")

    (memo,) = forms_of(draw)
    assert texts(memo) == {
        "memo_no": "LL2610-001", "date": "2026-10-08", "type": "提货费", "slip_no": "SH26-004003", "amount": "￥80.00",
        "field": "金额", "old_value": "0", "new_value": "80.00", "applicant": "王敏",
    }  # fmt: skip


def test_a_cover_sheet() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "收货清单封面", 768)
        for at, text in enumerate(["站点：B 龙岗", "日期：2026-10-08", "票数：7 张", "件数：35", "金额：￥5,123.40", "交单人：李强"]):
            canvas.drawString(80, 720 - 24 * at, text)

    (cover,) = forms_of(draw)
    assert cover.record == "bundle_cover"
    assert texts(cover) == {
        "date": "2026-10-08", "station": "B 龙岗", "tickets": "7 张", "pieces": "35", "amount": "￥5,123.40", "clerk": "李强",
    }  # fmt: skip


def test_a_claim_with_items_takes_the_total() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "费用报销单", 790)
        canvas.drawString(60, 760, "报销单号：BX2610-001    日期：2026-10-08    报销人：张伟    附件张数：3")
        rows = [["费用项目", "金额", "备注"], ["过路费", "86.00", ""], ["停车费", "100.00", ""], ["合计", "￥186.00", ""]]
        grid(canvas, rows, 60, 660, 120)
        canvas.drawString(60, 640, "收款人：张伟    付款方式：现金    费用类别：内部    审批人：陈立")

    (claim,) = forms_of(draw)
    assert texts(claim) == {
        "claim_no": "BX2610-001", "date": "2026-10-08", "claimant": "张伟", "payee": "张伟", "class": "内部",
        "item": "过路费", "amount": "￥186.00", "pay_mode": "现金", "attachments": "3", "approver": "陈立",
    }  # fmt: skip


def test_an_electronic_invoice_with_both_parties_under_the_same_labels() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "电子发票（增值税专用发票）", 790, 18)
        canvas.setFont(FONT, 9)
        canvas.drawString(420, 790, "发票号码：26442000000012345678")
        canvas.drawString(420, 774, "开票日期：2026年10月21日")
        canvas.rect(30, 450, 535, 310)
        for x in (48, 297, 315):
            canvas.line(x, 690, x, 760)
        for y in (690, 520, 490):
            canvas.line(30, y, 565, y)
        for at in range(5):
            canvas.drawString(34, 745 - 12 * at, "购买方信息"[at])
            canvas.drawString(301, 745 - 12 * at, "销售方信息"[at])
        for x, name, number in (
            (52, "捷远国际货运代理有限公司", "91440300MA5EXAMPL1"),
            (319, "东莞兴发包装有限公司", "91441900MA4EXAMPL2"),
        ):
            canvas.drawString(x, 740, f"名称：{name}")
            canvas.drawString(x, 705, f"统一社会信用代码/纳税人识别号：{number}")
        places = (40, 130, 200, 250, 300, 370, 430, 510)
        for y, cells in (
            (675, ("项目名称", "规格型号", "单 位", "数 量", "单 价", "金 额", "税率/征收率", "税 额")),
            (658, ("*纸制品*纸箱", "", "个", "1000", "2.6991", "2699.12", "13%", "350.88")),
            (641, ("*纸制品*衬板", "", "张", "100", "1.0000", "100.00", "13%", "13.00")),
        ):
            for x, text in zip(places, cells, strict=True):
                canvas.drawString(x, y, text)
        canvas.drawString(60, 528, "合        计")
        canvas.drawString(365, 528, "¥2799.12")
        canvas.drawString(505, 528, "¥363.88")
        canvas.drawString(60, 500, "价税合计（大写）")
        canvas.drawString(180, 500, "⊗叁仟壹佰陆拾叁圆整")
        canvas.drawString(390, 500, "（小写）¥3163.00")
        canvas.drawString(52, 470, "备注：PO2610-01")
        canvas.drawString(60, 430, "开票人：李四")

    (invoice,) = forms_of(draw)
    assert texts(invoice) == {
        "invoice_no": "26442000000012345678", "date": "2026年10月21日", "seller": "东莞兴发包装有限公司",
        "seller_tax_id": "91441900MA4EXAMPL2", "buyer": "捷远国际货运代理有限公司", "buyer_tax_id": "91440300MA5EXAMPL1",
        "item": "*纸制品*纸箱", "net": "2799.12", "tax_rate": "13%", "tax": "363.88", "total": "¥3163.00",
        "words": "叁仟壹佰陆拾叁圆整", "kind": "增值税专用发票", "issuer": "李四", "remark": "PO2610-01",
    }  # fmt: skip


def test_a_cash_count_with_its_denominations() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "库存现金盘点表", 790)
        canvas.drawString(60, 760, "盘点日期：2026-10-31    盘点地点：财务部保险柜")
        rows = [["面额", "张数", "金额"], ["100", "45", "4,500.00"], ["0.5", "19", "9.50"], ["合计", "", "4,509.50"]]
        grid(canvas, rows, 60, 660, 100)
        canvas.drawString(60, 630, "实存金额：4,509.50   账面余额：4,519.50   长款/短款：-10.00")
        canvas.drawString(60, 610, "盘点人：林晓   监盘人：赵敏   签字日期：2026-11-02")

    (count,) = forms_of(draw)
    assert texts(count) == {
        "date": "2026-10-31", "counted": "4,509.50", "book": "4,519.50", "difference": "-10.00", "till": "财务部保险柜",
        "counter": "林晓", "witness": "赵敏", "signed_on": "2026-11-02",
    }  # fmt: skip
    assert [texts(line) for line in count.lines] == [
        {"denomination": "100", "sheets": "45", "amount": "4,500.00"},
        {"denomination": "0.5", "sheets": "19", "amount": "9.50"},
    ]
    assert {line.record for line in count.lines} == {"cash_count_line"}


def test_a_deposit_slip_and_an_adjustment() -> None:
    def deposit(canvas: Any) -> None:
        title(canvas, "现金缴款单", 768)
        rows = [["缴款单号", "JK20261010001", "缴款日期", "2026-10-10"], ["收款账号", "4000 0212 0920 0123 456", "币种", "人民币"],
                ["金额（大写）", "玖仟捌佰元整", "（小写）", "￥9,800.00"], ["缴款人", "林晓", "", ""]]  # fmt: skip
        grid(canvas, rows, 50, 640, [80, 170, 70, 140])

    def adjustment(canvas: Any) -> None:
        title(canvas, "内部调账单", 768)
        canvas.drawString(60, 740, "调账单号：TZ2610-001   日期：2026-10-12   清单号：SH26-004038")
        canvas.drawString(60, 720, "原金额：474.40   现金额：426.96   调整金额：-47.44")
        canvas.drawString(60, 700, "调整原因：客户协议价执行错误   申请人：王敏   审批人：陈立   审批人职务：财务主管")

    slip, memo = (texts(each) for each in forms_of(deposit, adjustment))
    assert slip == {
        "slip_no": "JK20261010001", "date": "2026-10-10", "account": "4000 0212 0920 0123 456", "amount": "￥9,800.00",
        "currency": "人民币", "depositor": "林晓",
    }  # fmt: skip
    assert memo == {
        "adjustment_no": "TZ2610-001", "date": "2026-10-12", "slip_no": "SH26-004038", "old_amount": "474.40",
        "new_amount": "426.96", "amount": "-47.44", "reason": "客户协议价执行错误", "applicant": "王敏", "approver": "陈立",
        "approver_role": "财务主管",
    }  # fmt: skip


def test_words_of_a_recogniser_are_read_alike_and_keep_their_scores() -> None:
    def word(text: str, x: float, y: float, score: int) -> Word:
        return Word(text, Box(1, x, y, x + 10 * len(text), y + 12), "ocr", score)

    words = (word("收货清单", 200, 40, 99), word("清单号：SH26-004401", 60, 80, 97), word("日期", 60, 100, 95),
             word("2026-10-19", 100, 100, 88), word("合计：￥60.93", 60, 120, 91))  # fmt: skip
    page = WordPage(1, 595, 842, words)
    (layout,) = claiming(LAYOUTS, page)
    (slip,) = read_form(layout, [page], TYPES)
    assert {name: (value.text, value.via, value.score) for name, value in slip.values.items()} == {
        "slip_no": ("SH26-004401", "ocr", 97),
        "date": ("2026-10-19", "ocr", 88),
        "amount": ("￥60.93", "ocr", 91),
    }


def test_a_form_over_two_pages_where_the_layout_says_so() -> None:
    def first(canvas: Any) -> None:
        title(canvas, "内部联络单", 768)
        canvas.drawString(60, 740, "联络单号：LL2610-009   日期：2026-10-17")

    def second(canvas: Any) -> None:
        canvas.drawString(60, 740, "审批人：陈立   签收人：赵敏")

    text = 'layout: forms/x\nrecord: liaison_memo\ntitle: {en: x, zh: x}\nclaims: {any: [联络单]}\nspans_pages: true\n'
    layout = load_form(text, TYPES)
    (memo,) = read_form(layout, word_pages(first, second), TYPES)
    assert texts(memo) == {"memo_no": "LL2610-009", "date": "2026-10-17", "approver": "陈立", "signed_by": "赵敏"}
    assert memo.values["approver"].box.page == 2


@pytest.mark.parametrize("text", ["附件：收货清单", "收货清单7张", "请附收货清单原件", "收货清单统计报表"])
def test_a_word_in_passing_claims_nothing(text: str) -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(60, 740, text)

    (page,) = word_pages(draw)
    assert claiming(LAYOUTS, page) == []


def broken(change: str) -> LayoutFileError:
    text = "layout: forms/x\nrecord: receipt\ntitle: {en: x, zh: 收据}\nclaims: {any: [收据]}\n" + change
    with pytest.raises(LayoutFileError) as caught:
        load_form(text, TYPES, "forms/x.yaml")
    return caught.value


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ("fields:\n  amuont: {label: [金额]}\n", "forms/x.yaml:6:3", ["amuont", "amount"]),
        ("fields:\n  amount: {lable: [金额]}\n", "forms/x.yaml:6:12", ["lable", "label"]),
        ("fields:\n  amount: {value: left}\n", "forms/x.yaml:6:19", ["value"]),
        ("fields:\n  amount: {pattern: '('}\n", "forms/x.yaml:6:21", ["pattern"]),
        ("skip: [colour]\n", "forms/x.yaml:5:8", ["colour"]),
        ("stamps: []\n", "forms/x.yaml:5:1", ["stamps"]),
        ("when: [{words: [作废], set: {state: 作废}}]\n", "forms/x.yaml:5:28", ["state"]),
        ("lines: no_such_type\n", "forms/x.yaml:5:8", ["no_such_type"]),
    ],
)
def test_a_wrong_layout_is_an_error_at_its_place(change: str, place: str, words: list[str]) -> None:
    error = broken(change)
    assert str(error.place) == place
    for language in ("en", "zh"):
        assert all(word in error.message(language) for word in words)


def test_every_layout_of_the_project_loads_under_the_name_of_its_file() -> None:
    assert [layout.layout for layout in LAYOUTS] == sorted(layout.layout for layout in LAYOUTS)
    assert {layout.record for layout in LAYOUTS} >= {
        "receiving_slip", "bundle_cover", "receipt", "liaison_memo", "expense_claim", "invoice", "deposit_slip",
        "cash_count", "adjustment",
    }  # fmt: skip
    assert all(isinstance(layout, FormLayout) for layout in LAYOUTS)
