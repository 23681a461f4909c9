"""Amounts as cashiers, banks and spreadsheets write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.values.errors import (
    AmbiguousAmount,
    AmountTooLarge,
    CurrenciesDiffer,
    LostDigits,
    NotAnAmount,
    TooManyDecimals,
    ValueProblem,
)
from auditor.values.money import parse_money, parse_number


@pytest.mark.parametrize(
    ("text", "value", "currency", "flag"),
    [
        ("38415.60", "38415.60", None, None), ("-38415.60", "-38415.60", None, None),
        ("+10000.00", "10000.00", None, None),
        ("1,234.56", "1234.56", None, None), ("91,007,497.02", "91007497.02", None, None),
        ("1，234.56", "1234.56", None, None), ("￥１，２３４．５６", "1234.56", "CNY", None),
        ("1234。56", "1234.56", None, None),
        ("¥28.16", "28.16", "CNY", None), ("￥ 28.16", "28.16", "CNY", None),
        ("人民币￥100.00元整", "100.00", "CNY", None),
        ("US$1,234", "1234", "USD", None), ("HK$5", "5", "HKD", None), ("$-5.00", "-5.00", "USD", None),
        ("EUR 12.50", "12.50", "EUR", None), ("1,234.50 USD", "1234.50", "USD", None),
        ("12.5美元", "12.5", "USD", None),
        ("CNY1", "1", "CNY", None), ("RMB 2", "2", "CNY", None), ("36.00元/kg", "36.00", "CNY", None),
        ("1.234,56", "1234.56", None, None), ("€1.234.567,8", "1234567.8", "EUR", None),
        ("1 234,56", "1234.56", None, None),
        ("1'234.56", "1234.56", None, None), ("1’234.56", "1234.56", None, None), ("1.234", "1.234", None, None),
        ("1.234.567", "1234567", None, None), ("1,234", "1234", None, None), ("1, 234.56", "1234.56", None, None),
        ("1,234.56-", "-1234.56", None, None), ("−5", "-5", None, None), ("－5", "-5", None, None),
        ("–5", "-5", None, None),
        ("(1,234.56)", "-1234.56", None, None), ("（￥1,234.56）", "-1234.56", "CNY", None),
        ("￥(5)", "-5", "CNY", None),
        ("负5元", "-5", "CNY", None), ("-￥5.00", "-5.00", "CNY", None), ("￥-5", "-5", "CNY", None),
        ("借 500.00", "500.00", None, "借"), ("500.00 Cr", "500.00", None, "贷"),
        ("贷500", "500", None, "贷"),
        ("DR 12.00", "12.00", None, "借"), ("收5", "5", None, "收"), ("支 5.00", "5.00", None, "付"),
        ("平 0.00", "0.00", None, "平"),
        ("3.5万", "35000", None, None), ("12.5万元", "125000", "CNY", None), ("1.2亿", "120000000", None, None),
        ("5千元", "5000", "CNY", None), ("3万5千元", "35000", "CNY", None), ("1亿2000万", "120000000", None, None),
        ("5万美元", "50000", "USD", None), ("12元5角", "12.50", "CNY", None), ("12元5角3分", "12.53", "CNY", None),
        ("5角", "0.50", "CNY", None), ("8分", "0.08", "CNY", None),
        ("`12.50`", "12.50", None, None), ("`¥12.50", "12.50", "CNY", None), ('="12.5"', "12.5", None, None),
        ("'12.5", "12.5", None, None), ("\t12.5\t", "12.5", None, None), ("\u300012.5\u00a0", "12.5", None, None),
        ("\ufeff5", "5", None, None), (".5", "0.5", None, None), ("5.", "5", None, None), ("0.00", "0.00", None, None),
        ("1.2300000", "1.23", None, None), ("9999999999999.99999", "9999999999999.99999", None, None),
        ("000123.45", "123.45", None, None), ("1.00001万", "10000.1", None, None),
    ],
)  # fmt: skip
def test_what_is_read(text: str, value: str, currency: str | None, flag: str | None) -> None:
    reading = parse_money(text)
    assert reading.problem is None
    assert (reading.value, reading.currency, reading.flag) == (Decimal(value), currency, flag)


@pytest.mark.parametrize("text", ["", " ", "-", "--", "-----", "—", "/", "\t", "N/A", "(null)", "　"])
def test_what_is_empty(text: str) -> None:
    assert parse_money(text) == (None,) * 5


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1.234567", TooManyDecimals), ("0.30000000000000004", TooManyDecimals), ("1.0000000001万", TooManyDecimals),
        ("99999999999999", AmountTooLarge), ("6222021234567890123", AmountTooLarge), ("999999999999万", AmountTooLarge),
        ("4.00002E+18", LostDigits), ("1E5", LostDigits), ("1.5e-7", LostDigits),
        ("1,23", AmbiguousAmount), ("12,5", AmbiguousAmount), ("1,2345", AmbiguousAmount), ("5 280", AmbiguousAmount),
        ("1 234.56", AmbiguousAmount), ("100元 USD", CurrenciesDiffer), ("￥5 HKD", CurrenciesDiffer),
        ("--5", NotAnAmount), ("-(5)", NotAnAmount), ("(5", NotAnAmount), ("5)", NotAnAmount), ("-5-", NotAnAmount),
        ("1..2", NotAnAmount), ("12,34,567.89", NotAnAmount), ("1.2.3", NotAnAmount), ("合计", NotAnAmount),
        ("约500", NotAnAmount), ("1,234.56¹", NotAnAmount), ("①5", NotAnAmount), ("٣", NotAnAmount),
        ("千元", NotAnAmount),
        ("12.50 13.50", NotAnAmount), ("借贷5", NotAnAmount), ("借5贷", NotAnAmount), ("5%", NotAnAmount),
    ],
)  # fmt: skip
def test_what_is_a_problem(text: str, kind: type[ValueProblem]) -> None:
    reading = parse_money(text)
    assert reading.value is None
    assert type(reading.problem) is kind
    assert reading.problem.found == text
    for language in ("zh", "en"):
        assert "?" not in reading.problem.message(language)


def test_ambiguous_amounts_name_both_readings() -> None:
    problem = parse_money("1,23").problem
    assert problem is not None
    assert (problem.values["one"], problem.values["other"]) == ("1.23", "123")


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234", "1234"), ("1,23", "1.23"), ("1.234,5", "1234.5"), ("1.234.567,89", "1234567.89"), ("12,5", "12.5"),
     ("1 234,5", "1234.5"), ("-1.234,50 €", "-1234.50"), ("1234", "1234"), ("1,234", "1.234")],
)  # fmt: skip
def test_a_declared_decimal_comma(text: str, value: str) -> None:
    assert parse_money(text, ",").value == Decimal(value)


@pytest.mark.parametrize("text", ["1234.56", "1.23", "1,2,3"])
def test_against_the_declaration(text: str) -> None:
    assert type(parse_money(text, ",").problem) is NotAnAmount


def test_a_number_has_no_currency() -> None:
    assert parse_number("12.5").value == Decimal("12.5")
    assert type(parse_number("￥12.5").problem) is NotAnAmount


AMOUNTS = st.decimals(min_value="-9999999999999.99999", max_value="9999999999999.99999", places=5)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(AMOUNTS)
def test_what_is_printed_is_read(amount: Decimal) -> None:
    signed = f"{abs(amount)}-" if amount < 0 else f"+{amount}"
    for text in (f"{amount}", f"{amount:,}", f"￥{amount:,}", f"{amount:,}元", signed):
        assert parse_money(text).value == amount


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789.,-+()' ¥元万角分借", max_size=9))
def test_any_text_gives_a_value_or_a_problem_or_is_empty(text: str) -> None:
    reading = parse_money(text)
    assert reading.value is None or reading.problem is None
    if reading.value is not None:
        assert reading.value == reading.value.quantize(Decimal("0.00001"))
        assert abs(reading.value) < 10**13
