"""Amounts in whole 分, weights in tenths of a kilogram: rounding, and how documents write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def yuan(fen: int) -> Decimal:
    """An amount as a decimal of two places."""
    return Decimal(fen).scaleb(-2)


def plain(fen: int) -> str:
    """`1316.57`"""
    return f"{yuan(fen):.2f}"


def comma(fen: int) -> str:
    """`1,316.57`"""
    return f"{yuan(fen):,.2f}"


def signed(fen: int) -> str:
    """`+1316.57`, as differences are listed."""
    return f"{yuan(fen):+.2f}"


def tenths(value: int) -> Decimal:
    """A weight or a per cent from its tenths."""
    return Decimal(value).scaleb(-1)


def hundredths(value: Fraction) -> Decimal:
    """A quantity rounded half up to two places."""
    return Decimal(half_up(value * 100)).scaleb(-2)


def words(fen: int) -> str:
    """The amount in Chinese capitals: 整 after 元 and 角, 零 before 分 without 角."""
    whole, rest = divmod(fen, 100)
    jiao, small = divmod(rest, 10)
    text = f"{_whole_words(whole)}元" if whole else ""
    if jiao:
        text += f"{_FIGURES[jiao]}角"
    elif small and whole:
        text += "零"
    if small:
        return f"{text}{_FIGURES[small]}分"
    return f"{text or '零元'}整"


def _whole_words(number: int) -> str:
    text, gap, figures = "", False, str(number)
    for position, figure in enumerate(figures):
        place = len(figures) - position - 1
        group, within = divmod(place, 4)
        if figure == "0":
            gap = True
        else:
            text += ("零" if gap and text else "") + _FIGURES[int(figure)] + _PLACES[within]
            gap = False
        if within == 0 and group and number // 10**place % 10000:
            text += _GROUPS[group]
    return text
