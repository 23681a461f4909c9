"""Headers come apart into what is told, the thing, and which of several."""

from __future__ import annotations

import pytest

from auditor.documents.word_parts import parts_of

APART = [
    # Chinese: the fewest words, then the longest
    ("收货清单编号", "number | slip |"),
    ("出货清单编号", "number | outbound |"),
    ("清单票数", "tickets | slip |"),
    ("票号", "number | document |"),
    ("票", "tickets | |"),
    ("上月结余", "balance | | opening"),
    ("期末结存金额", "balance | | closing"),
    ("收费重量", "weight | | charged"),
    ("材积重", "weight | | volumetric"),
    ("缴销日期", "date | returned |"),
    ("收支类型", "kind | | either_side"),
    ("借/贷", "flag | | either_side"),
    ("应付未付金额", "amount | | expected out unfulfilled"),
    ("已开票金额", "amount | invoice | actual"),
    ("对方开户行名", "name | bank counterparty |"),
    ("实际付款日期", "date | | actual out"),
    ("燃油附加费率", "rate | fuel |"),
    ("领用单位", "name | issued party |"),
    ("计量单位", "unit | |"),
    ("本月发生", "turnover | | this_period"),
    ("发生日期", "date | transaction |"),
    ("价税合计(大写)", "in_words | | gross total"),
    ("发票单据号", "number | invoice |"),
    # the attribute that goes without saying
    ("客户", "name | customer |"),
    ("运费", "amount | freight |"),
    ("审核", "person | review |"),
    ("期初", "balance | | opening"),
    ("支出", "amount | | out"),
    # traditional characters
    ("收貨清單編號", "number | slip |"),
    ("應付未付金額", "amount | | expected out unfulfilled"),
    ("客戶帳號", "number | account customer |"),
    # English: words, capitals, abbreviations, plurals, the possessive
    ("Receiving slip no.", "number | slip |"),
    ("Slip #", "number | slip |"),
    ("SlipNO", "number | slip |"),
    ("PONumber", "number | order purchase |"),
    ("InvoiceDate", "date | invoice |"),
    ("invoice_date", "date | invoice |"),
    ("custname", "name | customer |"),
    ("Customer's name", "name | customer |"),
    ("customers’ names", "name | customer |"),
    ("A/C No.", "number | account |"),
    ("Balance b/f", "balance | | opening"),
    ("Bal. C/F", "balance | | closing"),
    ("Amt rec'd", "amount | | actual in"),
    ("Chg. Wt (kg)", "weight | | charged"),
    ("No. of pieces", "pieces | |"),
    ("Receipts", "amount | | in"),
    ("Receipt No", "number | receipt |"),
    ("Amount in words", "in_words | |"),
    ("Cash on delivery", "amount | cod |"),
    # both, and what stands around and means nothing
    ("客户名称 Customer", "name | customer |"),
    ("金额Amount(CNY)", "amount | |"),
    ("*清单号", "number | slip |"),
    ("1. 件数", "pieces | |"),
    ("(2)票数（票）", "tickets | |"),
    ("帐户名称[必填]", "name | account |"),
    ("单价（元/kg）", "price | |"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), APART)
def test_a_header_comes_apart(text: str, expected: str) -> None:
    found = parts_of(text)
    wanted = [set(part.split()) for part in expected.split("|")]
    assert [found.attributes, found.objects, found.qualifiers] == wanted
    assert found.rest == ()


@pytest.mark.parametrize("text", [text for text, _ in APART])
def test_width_and_blanks_make_no_difference(text: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
    assert parts_of(wide) == parts_of(f"\u3000{text}\n ") == parts_of(text)


@pytest.mark.parametrize(
    ("text", "rest", "attributes"),
    [
        ("现场名称", ("现场",), {"name"}),  # 现 is no “new” here
        ("生日", ("生日",), set()),  # no date
        ("作者", ("作者",), set()),
        ("病历号", ("病历",), {"number"}),
        ("Author", ("author",), set()),  # no “auth” and “or”
        ("车间温度", ("车间温度",), set()),
        ("血压", ("血压",), set()),
        ("Latitude", ("latitude",), set()),
        ("Blood group", ("blood", "group"), set()),
        ("Sort code", ("sort",), {"code"}),
        ("语文成绩", ("语文成绩",), set()),
    ],
)
def test_what_the_lexicon_does_not_have_is_left(text: str, rest: tuple[str, ...], attributes: set[str]) -> None:
    found = parts_of(text)
    assert (found.rest, set(found.attributes)) == (rest, attributes)


def test_no_text_has_no_parts() -> None:
    for text in ("", " ", "—", "12", "[note]", "：", "2026-10-31"):
        assert not parts_of(text).bits
        assert parts_of(text).rest == ()


def test_prose_is_no_header() -> None:
    found = parts_of("请各位客户收到账单后核对金额" * 8)
    assert not found.bits
    assert len(found.rest) == 1
