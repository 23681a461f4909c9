"""What the values of a column are like, without a word of its header, and how well that fits a field.

A kind is evidence only against most fields (a date over texts is none) and guards what words propose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.records.model import Field, FieldType
from auditor.values.currency import parse_currency
from auditor.values.english_amounts import english_amount
from auditor.values.text import clean_cell, folded

SAMPLE = 60  # values of a column that are looked at
_NEARLY_ALL = 900  # thousandths of them
_MOST_CHOICES = 12  # different words of a choice
_LONGEST_CHOICE = 24  # letters of one, on average; half as many ideographs

_DATE = re.compile(
    r"(?:19|20)?\d\d\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}日?)?(?:[ t]\d{1,2}:\d\d.*)?"
    r"|\d{1,2}\s?[-/.月]\s?\d{1,2}(?:\s?[-/.]\s?(?:19|20)?\d\d|日|号)?(?: \d{1,2}:\d\d.*)?|(?:19|20)\d{2}[01]\d[0-3]\d"
    r"|\d{1,2}(?:st|nd|rd|th)?[-/ ]?[a-z]{3,9}[-/ ,]*(?:\d{2,4})?|[a-z]{3,9}\.? ?\d{1,2},? ?\d{2,4}"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:时]\d\d(?:[:分]\d\d(?:\.\d+)?秒?)?")
_FIGURE = re.compile(
    r"[-+−(（]*\s?[¥￥$€£]?\s?(?:rmb|cny|usd|hkd|eur)?\s?[-+−]?\d[\d,，' ]*(?:[.]\d+)?"
    r"\s?(?:[)）-]|元|cr|dr|kg|件|票|张|%)?"
)
_WHOLE = re.compile(r"[-+]?\d{1,3}(?:,\d{3})*|[-+]?\d{1,7}(?:\.0+)?")
_PERCENT = re.compile(r"[-+]?\d+(?:\.\d+)?\s?[%％]|0?\.\d+")
_WORDS_AMOUNT = re.compile(r"[人民币￥：:\s]*[零壹贰叁肆伍陆柒捌玖拾佰仟万亿〇一二三四五六七八九十百千]+[元圆].*")
_PAPER_NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\-_/.#（）()\u4e00-\u9fff]*")
_IS_NUMBER = re.compile(r"(?=.*[A-Za-z\u4e00-\u9fff]).*|0\d+|\d{4,}|.*\d[-/#]\d.*")  # no count of pieces, no amount
_IS_PLAIN = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_SHARE = re.compile(r"\d{1,2}\s?/\s?\d{1,2}")
_ZERO_LED = re.compile(r"0\d+")  # names something: an amount has no zeros before it
_CODE = re.compile(r"\d{4}(?:\.\d{2,4})+")  # of an account below another: 1002.01
_LONG_DIGITS = re.compile(r"[\d*x ]{10,30}")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[A-Z][a-z]+(?: [A-Z][a-z.]+){0,2}")


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """Shares of a column's filled values (0 to 1000) that look like something; `filled` of all rows. `distinct`: how
    many different values there are; `constant`: all are alike; `texts`: the first values, in order."""

    filled: int
    count: int
    distinct: int
    date: int
    clock: int
    figure: int
    whole: int
    percent: int
    words_amount: int
    paper_number: int
    long_digits: int
    person: int
    currency: int
    share: int
    length: int  # of its texts, on average
    texts: tuple[str, ...]

    @property
    def constant(self) -> bool:
        return self.distinct == 1 and self.count >= 2

    @property
    def is_of_days(self) -> bool:
        """Whether nearly all of its values are days, with or without a time."""
        if not self.count or self.date < _NEARLY_ALL or self.clock >= _NEARLY_ALL:
            return False
        told = sum(not _IS_PLAIN.fullmatch(text.strip()) for text in self.texts)  # 10.12 may be an amount
        return told * 1000 >= _NEARLY_ALL * len(self.texts)

    @property
    def is_of_numbers(self) -> bool:
        """Whether its values may each name a paper: letters and digits or whole digits, seldom one twice."""
        numbered = self.paper_number >= _NEARLY_ALL and not self.is_of_days and self.share < _NEARLY_ALL
        seldom_twice = self.count >= 2 and self.distinct * 20 >= self.count * 19
        return numbered and seldom_twice and all(map(_IS_NUMBER.fullmatch, self.texts))

    @property
    def empty(self) -> bool:
        return self.count == 0


@lru_cache(maxsize=50_000)
def _marks(text: str) -> tuple[bool, ...]:
    plain = folded(clean_cell(text)).strip().casefold()
    day = bool(_DATE.fullmatch(plain)) and (not any(c.isalpha() and c.isascii() for c in plain) or _month(plain))
    clock = bool(_CLOCK.fullmatch(plain))
    figure = bool(_FIGURE.fullmatch(plain))
    digits = sum(c.isdigit() for c in plain)
    return (
        day,
        clock,
        figure and digits <= 13,
        bool(_WHOLE.fullmatch(plain)),
        bool(_PERCENT.fullmatch(plain)),
        bool(_WORDS_AMOUNT.fullmatch(plain)) or (" " in plain and english_amount(plain) is not None),
        bool(_PAPER_NUMBER.fullmatch(folded(clean_cell(text)).strip())),
        bool(_LONG_DIGITS.fullmatch(plain)) and digits >= 8,
        bool(_PERSON.fullmatch(clean_cell(text))),
        len(plain) <= 12 and parse_currency(plain).value is not None and not plain.isdigit(),
        bool(_SHARE.fullmatch(plain)),
    )


_SHARES = (
    "date", "clock", "figure", "whole", "percent", "words_amount", "paper_number", "long_digits", "person", "currency",
    "share",
)  # fmt: skip


def _month(plain: str) -> bool:
    letters = "".join(c for c in plain if c.isalpha() and c.isascii())
    return letters[:3] in _MONTHS or letters[-3:] in _MONTHS or any(m in letters for m in _MONTHS)


def kind_of(values: Sequence[str], rows: int) -> ColumnKind:
    """The kind of a column by its filled values (of many the first `SAMPLE`); `rows`: how many rows there are."""
    texts = [value for value in values if value.strip()]
    sample = texts[:SAMPLE]
    marks = [_marks(text) for text in sample]
    length = sum(map(len, sample)) // len(sample) if sample else 0
    count = max(len(marks), 1)
    named = {name: sum(mark[at] for mark in marks) * 1000 // count for at, name in enumerate(_SHARES)}
    return ColumnKind(
        filled=len(texts) * 1000 // max(rows, 1),
        count=len(texts),
        distinct=len(set(texts)),
        length=length,
        texts=tuple(sample),
        **named,
    )


def fit(kind: ColumnKind, each: Field | None) -> int:
    """How well a column's values fit a field, 0 to 1000; an empty column fits anything by half. Below 500 it is none.

    `each`: None for an amount of a flow.
    """
    if kind.empty:
        return 500
    kind_of_field = each.type if each is not None else FieldType.MONEY
    found = _FITS[kind_of_field](kind)
    if each is not None and each.whole is not None:  # 3 of 2/3
        found = max(found, kind.share)
    if each is not None and each.master is not None:  # known by a number or by a name
        found = max(found, _text_fit(kind))
    return found


def _date_fit(kind: ColumnKind) -> int:
    return kind.date


def _figure_fit(kind: ColumnKind) -> int:
    if kind.date > 800 and kind.whole < 500 and any(c in "-/年月" for c in kind.texts[0]):
        return 0
    return kind.figure


def _whole_fit(kind: ColumnKind) -> int:
    return max(kind.whole, _figure_fit(kind) // 3)


def _number_fit(kind: ColumnKind) -> int:
    """A number of a paper: letters and digits, seldom twice, no date, no amount with decimals."""
    if kind.date > 800 and any(c in "-/年月" for c in kind.texts[0]):
        return 200
    decimals = sum("." in text and text.replace(".", "").replace(",", "").isdigit() for text in kind.texts)
    if decimals * 2 > len(kind.texts):
        return 0
    return max(kind.paper_number, 300)


def _text_fit(kind: ColumnKind) -> int:
    if kind.date > 800 and kind.whole < 500:
        return 100
    figures = kind.figure > 800 and kind.whole < 300
    if figures and not any(map(_ZERO_LED.fullmatch, kind.texts)) and not all(map(_CODE.fullmatch, kind.texts)):
        return 100
    return 900 - kind.figure // 4


def _choice_fit(kind: ColumnKind) -> int:
    longest = _LONGEST_CHOICE if any(map(str.isascii, kind.texts)) else _LONGEST_CHOICE // 2
    if kind.distinct > _MOST_CHOICES or kind.length > longest:
        return 200
    return 800 if kind.figure < 500 else 400


_FITS: dict[FieldType, Callable[[ColumnKind], int]] = {
    FieldType.DATE: _date_fit,
    FieldType.TIME: lambda kind: max(kind.clock, kind.date // 2),
    FieldType.MONEY: _figure_fit,
    FieldType.QUANTITY: _figure_fit,
    FieldType.INTEGER: _whole_fit,
    FieldType.PERCENT: lambda kind: max(kind.percent, kind.figure * 6 // 10),
    FieldType.CHOICE: _choice_fit,
    FieldType.FLAG: _choice_fit,
    FieldType.WORDS_AMOUNT: lambda kind: kind.words_amount,
    FieldType.CURRENCY: lambda kind: kind.currency,
    FieldType.NUMBER_TEXT: _number_fit,
    FieldType.TEXT: _text_fit,
}
