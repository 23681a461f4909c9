"""Words of closed choices that no list has are read by their parts, where that is beyond doubt."""

from __future__ import annotations

import pytest

from auditor.documents.word_parts import choice_of

SIDES = {"in": ("贷", "收入", "Credit"), "out": ("借", "支出", "Debit")}
LEDGER = {"in": ("借", "收入", "Debit"), "out": ("贷", "支出", "Credit")}
STATES = {"live": ("正常", "有效"), "void": ("作废",)}
TERMS = {"monthly": ("月结",), "cash": ("现付", "寄付"), "collect": ("到付",)}
MEANS = {"cash": ("现金",), "wechat": ("微信",), "alipay": ("支付宝",), "bank": ("银行转账",), "cheque": ("支票",)}
PARTIES = {"customer": ("客户",), "provider": ("承运商",), "supplier": ("供应商",), "own": ("本公司",)}


@pytest.mark.parametrize(
    ("text", "choices", "key"),
    [
        ("出账", SIDES, "out"), ("来账", SIDES, "in"), ("往账", SIDES, "out"), ("转出", SIDES, "out"),
        ("转入", SIDES, "in"), ("Paid out", SIDES, "out"), ("Paid In", SIDES, "in"), ("DEPOSITS", SIDES, "in"),
        ("Withdrawal", SIDES, "out"), ("贷记", SIDES, "in"), ("Dr", SIDES, "out"), ("Dr", LEDGER, "in"),
        ("贷记", LEDGER, "out"), ("已收", SIDES, "in"), ("手续费支出", SIDES, "out"),
        ("作废", STATES, "void"), ("已作废", STATES, "void"), ("Void", STATES, "void"), ("Cancelled", STATES, "void"),
        ("报废", STATES, "void"), ("Normal", STATES, "live"), ("Valid", STATES, "live"),
        ("Monthly", TERMS, "monthly"), ("按月结算", TERMS, "monthly"), ("月结客户", TERMS, "monthly"),
        ("Freight collect", TERMS, "collect"), ("Prepaid", TERMS, "cash"), ("现结", TERMS, "cash"),
        ("Cash", MEANS, "cash"), ("WeChat Pay", MEANS, "wechat"), ("AliPay", MEANS, "alipay"),
        ("电汇", MEANS, "bank"), ("Wire transfer", MEANS, "bank"), ("Chq", MEANS, "cheque"),
        ("Vendor", PARTIES, "supplier"), ("货代", PARTIES, "provider"), ("我司", PARTIES, "own"),
        ("Clients", PARTIES, "customer"),
    ],
)  # fmt: skip
def test_a_word_that_is_beyond_doubt(text: str, choices: dict[str, tuple[str, ...]], key: str) -> None:
    assert choice_of(text, choices) == key


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("收支", SIDES), ("Credit/Debit", SIDES), ("转账", SIDES), ("冲正", SIDES), ("其他", SIDES), ("", SIDES),
        ("未付", SIDES), ("金额", SIDES), ("Hold", SIDES), ("贷款", SIDES), ("收回", SIDES),
        ("未作废", STATES), ("not void", STATES), ("空白", STATES), ("作废/正常", STATES), ("无效", STATES),
        ("非月结", TERMS), ("月结/到付", TERMS), ("现金", TERMS), ("季付", TERMS),
        ("支付宝转账", MEANS), ("代金券", MEANS), ("Loyalty points", MEANS),
        ("客户", {"cash": ("现金客户",), "own": ("本公司",)}),  # says less than 现金客户
        ("现付客户", {"customer": ("客户",), "cash": ("现金客户",)}),  # a finer one may be meant
        ("银行已收企业未收", {"one": ("企业已收银行未收",), "two": ("企业已付银行未付",)}),  # parts do not tell who
        ("客户兼供应商", PARTIES), ("Supplier/Carrier", PARTIES), ("员工", PARTIES),
    ],
)  # fmt: skip
def test_a_doubt_or_a_denial_is_no_choice(text: str, choices: dict[str, tuple[str, ...]]) -> None:
    assert choice_of(text, choices) is None


def test_the_words_of_the_list_go_first() -> None:
    assert choice_of("已收", {"done": ("已收",), "in": ("收入",)}) == "done"
    assert choice_of("收", {"one": ("收",), "two": ("收",)}) is None
