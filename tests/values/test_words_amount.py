"""大写 amounts: every way of writing, the rules of writing, and printing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.values.errors import UnreadableWords
from auditor.values.words_amount import WordsRemark, parse_words_amount, to_words

R = WordsRemark


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("壹万陆仟肆佰零玖元零贰分", "16409.02"), ("人民币壹佰万元整", "1000000"), ("RMB 壹仟元正", "1000"),
        ("（大写）人民币：壹仟贰佰元整", "1200"), ("大写：壹仟贰佰元整", "1200"), ("伍角整", "0.50"), ("伍角", "0.50"),
        ("捌分", "0.08"), ("肆元零捌分", "4.08"), ("零元整", "0"), ("壹萬貳仟參佰肆拾伍圓陸角柒分", "12345.67"),
        ("壹万贰仟叁佰肆拾伍圆陆角柒分", "12345.67"), ("負壹佰元整", "-100"), ("负壹佰元整", "-100"),
        ("陆 仟 元 整", "6000"),
        ("壹佰元伍角", "100.50"), ("壹佰元零伍角", "100.50"), ("壹仟零壹拾元整", "1010"), ("壹亿零壹元整", "100000001"),
        ("壹拾万零柒仟元零伍角叁分", "107000.53"), ("壹拾万柒仟元伍角叁分", "107000.53"),
        ("壹万亿元整", "1000000000000"),
        ("⊗壹佰万元整", "1000000"), ("⊗仟⊗佰伍拾元整", "50"), ("零万壹仟零佰贰拾元零角零分", "1020"), ("廿元整", "20"),
        ("弍拾兩元整", "22"), ("壹佰元整。", "100"), ("壹拾元零伍分", "10.05"),
    ],
)  # fmt: skip
def test_rightly_written(words: str, value: str) -> None:
    reading = parse_words_amount(words)
    assert (reading.value, reading.problem, reading.remarks) == (Decimal(value), None, ())


@pytest.mark.parametrize(
    ("words", "value", "remarks"),
    [
        ("壹万陆仟肆佰零玖元贰分", "16409.02", [R.ZERO_MISSING]), ("壹仟壹拾元整", "1010", [R.ZERO_MISSING]),
        ("壹万贰元整", "10002", [R.ZERO_MISSING]), ("壹佰元", "100", [R.ZHENG_MISSING]),
        ("壹佰元伍分整", "100.05", None),
        ("拾元整", "10", [R.ONE_MISSING]), ("壹佰", "100", [R.YUAN_MISSING]),
        ("一百二十三元整", "123", [R.PLAIN_NUMERALS]),
        ("壹元贰角叁分整", "1.23", [R.ZHENG_AFTER_FEN]), ("拾元零伍分", "10.05", [R.ONE_MISSING]),
    ],
)  # fmt: skip
def test_readable_but_against_the_rules(words: str, value: str, remarks: list[WordsRemark] | None) -> None:
    reading = parse_words_amount(words)
    assert reading.value == Decimal(value)
    assert list(reading.remarks) == (remarks if remarks is not None else [R.ZHENG_AFTER_FEN, R.ZERO_MISSING])
    assert all(remark.value.zh and remark.value.en for remark in reading.remarks)


@pytest.mark.parametrize("words", ["元整", "壹", "佰元", "二万三", "壹贰叁元", "壹元整整", "壹佰分", "角", "整",
"壹佰佰元", "abc",
                                   "壹拾贰百元", "壹万贰万元", "万元整", "壹佰元伍", "1000", "壹二三"])  # fmt: skip
def test_unreadable(words: str) -> None:
    assert type(parse_words_amount(words).problem) is UnreadableWords


def test_currencies_before_the_words() -> None:
    assert parse_words_amount("美元壹仟元整").currency == "USD"
    assert parse_words_amount("HK$壹仟元整").currency == "HKD"
    assert parse_words_amount("人民币壹仟元整").currency == "CNY"


def test_nothing_is_nothing() -> None:
    assert parse_words_amount("") == (None, None, None, ())
    assert parse_words_amount("—").value is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"), ("0", "零元整"), ("0.05", "伍分"), ("0.50", "伍角整"),
        ("10.05", "壹拾元零伍分"),
        ("100000001", "壹亿零壹元整"), ("10050000", "壹仟零伍万元整"), ("100001000", "壹亿零壹仟元整"),
        ("101000", "壹拾万壹仟元整"),
        ("1000000", "壹佰万元整"), ("-4.08", "负肆元零捌分"), ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)  # fmt: skip
def test_printing(value: str, words: str) -> None:
    assert to_words(Decimal(value)) == words


@pytest.mark.parametrize("value", ["0.001", "10000000000000"])
def test_what_has_no_words(value: str) -> None:
    with pytest.raises(ValueError, match="no amount in words"):
        to_words(Decimal(value))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.one_of(st.integers(1, 99_999_999_999_999), st.integers(1, 10**7), st.builds(
    lambda figure, power: figure * 10**power, st.integers(1, 9_999), st.integers(0, 10))))  # fmt: skip
def test_what_is_printed_is_read(cents: int) -> None:
    value = Decimal(cents).scaleb(-2)
    reading = parse_words_amount(to_words(value))
    assert (reading.value, reading.remarks) == (value, ())
