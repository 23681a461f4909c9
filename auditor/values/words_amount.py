"""Amounts in words: 大写 such as `壹万陆仟肆佰零玖元零贰分`, read with everything that is seen on paper, and written;
English ones are read by `english_amounts`.

The rules of writing are those of 正确填写票据和结算凭证的基本规定: 整 (正) after 元, optional after 角, none after 分;
零 between figures that are apart, needed where 角 is nought and 分 is not.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from auditor.languages import Text
from auditor.values.chinese_numerals import DIGITS, TENS, whole_number
from auditor.values.currency import BESIDE_AMOUNT
from auditor.values.english_amounts import english_amount
from auditor.values.errors import UnreadableWords, ValueProblem
from auditor.values.text import clean_cell, folded, is_chinese, without_blanks


class WordsRemark(Enum):
    """How a readable amount departs from the rules of writing."""

    ZERO_MISSING = Text("a 零 is missing", "缺少“零”字")
    ZHENG_MISSING = Text("整 is missing after 元", "“元”后缺“整”字")
    ZHENG_AFTER_FEN = Text("整 stands after 分", "“分”后不应写“整”")
    ONE_MISSING = Text("壹 is missing before 拾", "“拾”前缺“壹”字")
    YUAN_MISSING = Text("元 is missing", "缺少“元”字")
    PLAIN_NUMERALS = Text("plain numerals instead of formal ones", "使用了小写中文数字")


class WordsReading(NamedTuple):
    """The value of an amount in words, the currency named before it, and how it departs from the rules."""

    value: Decimal | None = None
    problem: ValueProblem | None = None
    currency: str | None = None
    remarks: tuple[WordsRemark, ...] = ()


_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_PREFIX = re.compile(
    r"(?:合计|共计|总计|金额)?(?:\(?大写\)?)?:?"
    r"(?P<currency>[a-z$€£¥]{1,4}|人民币|美元|美金|港币|港元|欧元|日元|英镑)?(?:\(?大写\)?)?:?"
)
# What stands in the place of nought on preprinted forms; a leading one before a figure only closes the gap.
_NAUGHT = re.compile("[⊗×✕✖¤〇○]|(?<![a-z])x(?![a-z])")
_CLOSING = re.compile("^零+(?=[壹贰叁肆伍陆柒捌玖一二三四五六七八九])")
_SAME = str.maketrans({"圆": "元", "圓": "元", "圎": "元", "毛": "角", "正": "整", "萬": "万", "億": "亿"})
_PARTS = re.compile(r"(?P<minus>[负負])?(?:(?P<whole>[^元角分整]+)(?P<yuan>元))?(?:零?(?P<jiao>[^元角分整零万亿]?)角)?"
                    r"(?:零?(?P<fen>[^元角分整零万亿]?)分)?(?P<zheng>整)?")  # fmt: skip
_NO_YUAN = re.compile(r"(?P<minus>[负負])?(?P<whole>[^元角分整]+)(?P<zheng>整)?")
_PLAIN = re.compile("[一二三四五六七八九十百千两]")
_FIGURE = re.compile(f"[{''.join(DIGITS)}十拾{''.join(TENS)}]")
_BARE_TEN = re.compile("(^|[佰仟万亿元])拾")


AMOUNT_CHARACTERS = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正"  # of which formal amounts are written


def parse_words_amount(text: str) -> WordsReading:
    """The amount that Chinese or English words state, with the currency before them and remarks on how Chinese ones are
    written."""
    cleaned = clean_cell(text)
    if not cleaned:
        return WordsReading()
    if not is_chinese(cleaned):
        english = english_amount(folded(cleaned))
        if english is not None:
            return WordsReading(english.value, None, english.currency)
    plain = without_blanks(folded(cleaned)).replace("_", "").casefold()
    prefix = _PREFIX.match(_CLOSING.sub("", _NAUGHT.sub("零", plain)))
    assert prefix is not None  # every part of it is optional
    currency = BESIDE_AMOUNT.get(prefix["currency"]) if prefix["currency"] else None
    body = _CLOSING.sub("", prefix.string[prefix.end() :].strip(":()。,.")).translate(_SAME)
    value = _value(body)
    if value is None or (prefix["currency"] and currency is None):
        return WordsReading(None, UnreadableWords(None, text))
    remarks = _remarks(body, value)
    if WordsRemark.YUAN_MISSING in remarks and WordsRemark.ZERO_MISSING in remarks:
        return WordsReading(None, UnreadableWords(None, text))  # 二万三 is 23,000 when spoken
    return WordsReading(value, None, currency, remarks)


def _value(body: str) -> Decimal | None:
    match = _PARTS.fullmatch(body)
    if not _FIGURE.search(body):
        return None
    if match and re.search("[元角分]", body):
        jiao, fen = _coin(match["jiao"]), _coin(match["fen"])
        whole = whole_number(match["whole"]) if match["whole"] else 0
    else:
        match = _NO_YUAN.fullmatch(body)
        if match is None or len(match["whole"]) < 2:
            return None
        jiao, fen, whole = 0, 0, whole_number(match["whole"])
    if whole is None or jiao is None or fen is None or whole >= 10**13:
        return None
    value = Decimal(f"{whole}.{jiao}{fen}")
    return -value if match["minus"] else value


def _coin(character: str | None) -> int | None:
    return DIGITS.get(character) if character else 0


def _remarks(body: str, value: Decimal) -> tuple[WordsRemark, ...]:
    remarks = []
    if _PLAIN.search(body):
        remarks.append(WordsRemark.PLAIN_NUMERALS)
    if _BARE_TEN.search(body):
        remarks.append(WordsRemark.ONE_MISSING)
    if "元" not in body and abs(value) >= 1:
        remarks.append(WordsRemark.YUAN_MISSING)
    if body.endswith("元"):
        remarks.append(WordsRemark.ZHENG_MISSING)
    if body.endswith("分整"):
        remarks.append(WordsRemark.ZHENG_AFTER_FEN)
    if value and not _needed_zeros(to_words(abs(value))) <= _needed_zeros(_formal(body)):
        remarks.append(WordsRemark.ZERO_MISSING)
    return tuple(remarks)


def _formal(body: str) -> str:
    """The words with formal numerals, each 拾 with its figure."""
    formal = "".join(_FORMAL[DIGITS[each]] if each in DIGITS else each for each in body).replace("十", "拾")
    for character, value in TENS.items():
        formal = formal.replace(character, _FORMAL[value // 10] + "拾")
    return _BARE_TEN.sub(r"\1壹拾", formal)


def _needed_zeros(words: str) -> set[int]:
    """After how many figures a 零 stands."""
    figures, zeros = 0, set()
    for character in words:
        if character == "零":
            zeros.add(figures)
        elif character in _FORMAL:
            figures += 1
    return zeros - {0}


def to_words(value: Decimal) -> str:
    """The amount in words as the rules want it, for -10¹³ < value < 10¹³; at most two decimals.

    Raises ValueError beyond that.
    """
    cents = abs(value).scaleb(2)
    if cents != cents.to_integral_value() or cents >= 10**15:
        raise ValueError(f"no amount in words for {value}")
    whole, coins = divmod(int(cents), 100)
    jiao, fen = divmod(coins, 10)
    words = _whole_words(whole) + "元" if whole or not coins else ""
    if not coins:
        words += "整"
    elif not fen:
        words += _FORMAL[jiao] + "角整"
    else:
        words += (_FORMAL[jiao] + "角" if jiao else "零" if whole else "") + _FORMAL[fen] + "分"
    return ("负" if value < 0 else "") + words


def _whole_words(number: int) -> str:
    if number == 0:
        return "零"
    words = ""
    for power, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, power)
        if not section:
            continue
        inner = _whole_words(section) if section >= 10**4 else _section_words(section)
        words += ("零" if words and (section < 1000 or _gap(words, name)) else "") + inner + name
    return words


def _gap(words: str, name: str) -> bool:
    """Whether the section of 万 was nought between 亿 and what follows."""
    return name == "" and words.endswith("亿")


def _section_words(section: int) -> str:
    words = ""
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, section = divmod(section, unit)
        if digit:
            words += _FORMAL[digit] + name
        elif words and section and not words.endswith("零"):
            words += "零"
    return words
