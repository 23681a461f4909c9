"""Amounts in English words, from the Chinese capitals of the facts."""

from __future__ import annotations

import re

_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def fen_of(capitals: str) -> int:
    """The amount that Chinese capitals state, in 分.

    Raises ValueError where they are none.
    """
    match = re.fullmatch(r"(?:(.*)元)?零?(?:(.)角)?零?(?:(.)分)?整?", capitals)
    if match is None:
        raise ValueError(f"no amount in words: {capitals!r}")
    whole, tenths, hundredths = match.groups()
    return _whole(whole or "") * 100 + _figure(tenths) * 10 + _figure(hundredths)


def _figure(letter: str | None) -> int:
    return _FIGURES.index(letter) if letter else 0


def _whole(text: str) -> int:
    total, section, figure = 0, 0, 0
    for letter in text:
        if letter == "万":
            total, section, figure = (total + section + figure) * 10_000, 0, 0
        elif letter in _PLACES:
            section, figure = section + figure * _PLACES[letter], 0
        else:
            figure = _FIGURES.index(letter)
    return total + section + figure


def english_words(fen: int) -> str:
    """`RMB ONE THOUSAND TWO HUNDRED AND CENTS FIVE ONLY`"""
    whole, cents = divmod(fen, 100)
    text = f"RMB {_number(whole)}"
    if cents:
        text += f" AND CENTS {_number(cents)}"
    return f"{text} ONLY".upper()


def _number(value: int) -> str:
    if value < 20:
        return _SMALL[value]
    if value < 100:
        tens, rest = divmod(value, 10)
        return _TENS[tens] + (f"-{_SMALL[rest]}" if rest else "")
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            count, rest = divmod(value, size)
            return f"{_number(count)} {name}" + (f" {_number(rest)}" if rest else "")
    raise ValueError(f"not a number of money: {value}")
