"""Text, numbers of documents, quantities, counts, percentages, choices, flags, currencies and check digits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from auditor.values.check_digits import awb_holds, credit_code_holds, invoice_number, luhn_holds
from auditor.values.choices import parse_choice
from auditor.values.currency import parse_currency
from auditor.values.errors import (
    AmbiguousPercent,
    LostDigits,
    NotAnAmount,
    NotWhole,
    UnitDiffers,
    UnknownChoice,
    UnknownCurrency,
    ValueProblem,
)
from auditor.values.flags import parse_flag
from auditor.values.integers import parse_integer
from auditor.values.parsers import Declared, parser
from auditor.values.percents import are_fractions, parse_percent
from auditor.values.quantities import parse_quantity
from auditor.values.text import (
    clean_cell,
    header_key,
    header_key_without_unit,
    number_text,
    parse_number_text,
    party_full_key,
)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("交易日期[ Transaction Date ]", "交易日期"), ("日 志 号", "日志号"),
        ("借方发生额（支取）", "借方发生额(支取)"),
        ("\ufeff  账号\t", "账号"), ("Account No", "accountno"), ("*金额：", "金额"),
        ("收入金额（＋元）", "收入金额(+元)"),
        ("对方\n户名", "对方户名"), ("№", "no"), ("⾦额", "金额"),
    ],
)  # fmt: skip
def test_headers(header: str, key: str) -> None:
    assert header_key(header) == key


@pytest.mark.parametrize(
    ("header", "key"),
    [("金额（元）", "金额"), ("计费重(KG)", "计费重"), ("借方发生额/元", "借方发生额"), ("金额(￥)", "金额"),
     ("金额(万元)", "金额"),
     ("借方(收入)", "借方(收入)"), ("￥", "¥")],
)  # fmt: skip
def test_headers_without_unit(header: str, key: str) -> None:
    assert header_key_without_unit(header) == key


@pytest.mark.parametrize(
    ("text", "number"),
    [("ＳＨ２６－００４１２１", "SH26-004121"), ("sh26-4120 ", "SH26-4120"),
     ("`6222021234567890123`", "6222021234567890123"),
     ("'00123456", "00123456"), ('="0003101"', "0003101"), ("4250 1000\t0340", "425010000340"), ("-", ""), ("N/A", "")],
)  # fmt: skip
def test_numbers_of_documents(text: str, number: str) -> None:
    assert number_text(text) == number
    assert parse_number_text(text).value == (number or None)


def test_a_number_that_lost_its_digits() -> None:
    assert type(parse_number_text("4.25010E+18").problem) is LostDigits
    assert parse_number_text("12E10").value == "12E10"


def test_party_names() -> None:
    assert party_full_key("捷远（深圳）有限公司") == party_full_key(" 捷远(深圳) 有限公司 ")
    assert party_full_key("恒昌电子有限公司") != party_full_key("恒昌电子股份有限公司")
    assert party_full_key("HC Electronics Co., Ltd.") == "hcelectronicsco.,ltd"



def test_cells() -> None:
    assert clean_cell('="a ""b"""') == 'a "b"'
    assert [clean_cell(text) for text in ("-", "--", "—", "/", "_", "")] == [""] * 6
    assert clean_cell("-5") == "-5"


@pytest.mark.parametrize(
    ("text", "unit", "value", "found"),
    [
        ("12.5", "kg", "12.5", "kg"), ("12.5KG", "kg", "12.5", "kg"), ("12.5 公斤", "kg", "12.5", "kg"),
        ("1.5吨", "kg", "1500", "kg"),
        ("1,250 克", "kg", "1.25", "kg"), ("800", None, "800", None), ("3件", None, "3", "piece"),
        ("0.85CBM", None, "0.85", "cbm"),
        ("12.5(kg)", "kg", "12.5", "kg"), ("１２．５ｋｇ", "kg", "12.5", "kg"), ("2 PCS", "件", "2", "piece"),
        ("0.85m³", "m3", "0.85", "cbm"),
    ],
)  # fmt: skip
def test_quantities(text: str, unit: str | None, value: str, found: str | None) -> None:
    assert parse_quantity(text, unit) == (Decimal(value), None, found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("3件", UnitDiffers), ("5斤", UnitDiffers), ("10磅", UnitDiffers), ("kg", NotAnAmount), ("￥5", NotAnAmount),
     ("重", NotAnAmount)],
)
def test_quantities_in_another_unit(text: str, kind: type[ValueProblem]) -> None:
    problem = parse_quantity(text, "kg").problem
    assert type(problem) is kind
    assert problem.found == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("1,234", 1234), ("12件", 12), ("12.0", 12), ("12.00箱", 12), ("-3", -3), ("三联", 3),
     ("0004120", 4120),
     ("１２", 12), ("十二", 12), ("3 张", 3), ("-", None), ("", None), ("999999999999999999", 999999999999999999)],
)  # fmt: skip
def test_integers(text: str, value: int | None) -> None:
    assert parse_integer(text) == (value, None)


@pytest.mark.parametrize(("text", "kind"), [("12.5", NotWhole), ("3/3", NotAnAmount), ("多", NotAnAmount),
("￥3", NotAnAmount)])
def test_what_is_no_integer(text: str, kind: type[ValueProblem]) -> None:
    assert type(parse_integer(text).problem) is kind


@pytest.mark.parametrize(
    ("text", "fraction", "value"),
    [
        ("18.5%", None, "18.5"), ("18.5 ％", None, "18.5"), ("18.5", None, "18.5"), ("0", None, "0"),
        ("0.185", True, "18.5"),
        ("0.5", False, "0.5"), ("0.5%", None, "0.5"), ("5‰", None, "0.5"), ("千分之五", None, "0.5"),
        ("百分之六", None, "6"),
        ("千分之3", None, "0.3"), ("免税", None, "0"), ("不征税", None, "0"), ("12%", True, "12"), ("1", True, "100"),
        ("-3%", None, "-3"),
    ],
)  # fmt: skip
def test_percents(text: str, fraction: bool | None, value: str) -> None:
    assert parse_percent(text, fraction) == (Decimal(value), None)


def test_a_bare_fraction_is_ambiguous_until_the_column_speaks() -> None:
    problem = parse_percent("0.06").problem
    assert type(problem) is AmbiguousPercent
    assert (problem.values["one"], problem.values["other"]) == (Decimal("0.06"), Decimal("6"))
    assert are_fractions(["0.06", "0.09", "", "0.13"])
    assert not are_fractions(["0.5", "12"])
    assert not are_fractions(["6%", ""])


CHOICES = {"monthly": ("月结",), "cash": ("现付", "寄付"), "in": ("贷", "贷 Cr", "+"), "out": ("-",)}


@pytest.mark.parametrize(
    ("text", "value"),
    [("月结", "monthly"), (" 月 结 ", "monthly"), ("现付（现金）", "cash"), ("monthly", "monthly"), ("贷 Cr", "in"),
     ("贷cr", "in"),
     ("+", "in"), ("-", "out"), ("", None), ("—", None)],
)  # fmt: skip
def test_choices(text: str, value: str | None) -> None:
    assert parse_choice(text, CHOICES) == (value, None)


def test_an_unknown_choice_names_the_nearest() -> None:
    problem = parse_choice("月结算", CHOICES).problem
    assert type(problem) is UnknownChoice
    assert problem.values["nearest"] == "月结"


@pytest.mark.parametrize(
    ("text", "value"),
    [("是", True), ("否", False), ("Y", True), ("n", False), ("√", True), ("×", False), ("TRUE", True), ("0", False),
     ("", None), ("-", None)],
)
def test_flags(text: str, value: bool | None) -> None:
    assert parse_flag(text) == (value, None)


def test_an_unknown_flag() -> None:
    assert type(parse_flag("也许").problem) is UnknownChoice


@pytest.mark.parametrize(
    ("text", "code"),
    [("人民币", "CNY"), ("RMB", "CNY"), ("￥", "CNY"), ("CNY", "CNY"), ("人民币元", "CNY"), ("美元", "USD"),
     ("US dollar", "USD"),
     ("us$", "USD"), ("usd", "USD"), ("CNY 人民币", "CNY"), ("美元(USD)", "USD"), ("港币", "HKD"), ("01", "CNY"),
     ("14", "USD"), ("欧元", "EUR")],
)  # fmt: skip
def test_currencies(text: str, code: str) -> None:
    assert parse_currency(text) == (code, None)


@pytest.mark.parametrize("text", ["豆", "XYZ", "人民币美元", "99"])
def test_unknown_currencies(text: str) -> None:
    assert type(parse_currency(text).problem) is UnknownCurrency


def test_air_waybills() -> None:
    assert awb_holds("998-61000000") is (6100000 % 7 == 0)
    assert awb_holds(f"998-6100001{6100001 % 7}") is True
    assert awb_holds(f"９９８－6100001{6100001 % 7}") is True
    assert awb_holds(f"998-6100001{(6100001 + 1) % 7}") is False
    assert awb_holds("YT261000001") is None


def test_bank_cards() -> None:
    assert luhn_holds("4111 1111 1111 1111") is True
    assert luhn_holds("4111111111111112") is False
    assert luhn_holds("SH26") is None


def test_credit_codes() -> None:
    assert credit_code_holds("91350100M000100Y43") is True
    assert credit_code_holds("91350100M000100Y44") is False
    assert credit_code_holds("91350100I000100Y43") is False
    assert credit_code_holds("440300123456789") is None


def test_invoice_numbers() -> None:
    digital = invoice_number("26442000000123456789", issued=date(2026, 10, 8))
    assert digital is not None
    assert digital == ("digital", None, 2026, "44", "2")
    for number, code, issued in (
        ("25442000000123456789", None, date(2026, 10, 8)), ("26442000000123456789", "044002000111", None),
        ("1234567", None, None), ("12345678", "12345", None),
    ):  # fmt: skip
        found = invoice_number(number, code, issued)
        assert found is not None
        assert found.problem is not None
    older = invoice_number("00123456", "044002000111")
    assert older is not None
    assert (older.kind, older.problem) == ("older", None)
    assert invoice_number("") is None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [("money", "￥5", Decimal(5)), ("quantity", "1t", Decimal(1000)), ("choice", "月结", "monthly"),
     ("flag", "是", True),
     ("currency", "美元", "USD"), ("words_amount", "伍角整", Decimal("0.5")), ("date", "10月8日", date(2026, 10, 8)),
     ("percent", "0.12", Decimal(12)), ("number_text", "sh1", "SH1"), ("integer", "5件", 5), ("text", " a ", "a")],
)  # fmt: skip
def test_the_parser_of_each_type(kind: str, text: str, value: Any) -> None:
    declared = Declared(unit="kg", choices=CHOICES, default_year=2026, fraction=True)
    assert parser(kind, declared)(text).value == value
