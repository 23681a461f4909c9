"""Percentages, in per cent: 18.5 means 18.5 %."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from auditor.values.chinese_numerals import whole_number
from auditor.values.errors import AmbiguousPercent, NotAnAmount
from auditor.values.money import exact, parse_number
from auditor.values.reading import Reading
from auditor.values.text import clean_cell, folded, without_blanks

_SIGNED = re.compile(r"(?P<number>.+?)(?P<sign>%|‰|percent|pct|个百分点|个点)")
_OF = re.compile(r"(?P<whole>[百千万])分之(?P<number>.+)")
_POWER_OF_SIGN = {"‰": -1}
_POWER_OF_WHOLE = {"百": 0, "千": -1, "万": -2}
# What stands in the place of a tax rate when no tax is due.
_NO_TAX = ("免税", "不征税", "零税率", "出口零税率", "普通零税率")


def parse_percent(text: str, fraction: bool | None = None) -> Reading[Decimal]:
    """The percentage that a cell states: `18.5%`, `18.5 ％`, `千分之五`, `免税` (0), a bare `18.5`.

    `fraction` declares that bare numbers are fractions (0.185 = 18.5 %), False that they are per cent. Undeclared, a
    bare number between 0 and 1 may be either and is a problem; `are_fractions` decides for a whole column.
    """
    cleaned = clean_cell(text)
    if not cleaned:
        return Reading()
    plain = without_blanks(folded(cleaned)).casefold()
    if plain in _NO_TAX:
        return Reading(Decimal(0))
    signed = _SIGNED.fullmatch(plain)
    if signed:
        return _number(signed["number"], _POWER_OF_SIGN.get(signed["sign"], 0), text)
    of = _OF.fullmatch(plain)
    if of:
        return _number(of["number"], _POWER_OF_WHOLE[of["whole"]], text)
    reading = _number(plain, 2 if fraction else 0, text)
    if fraction is None and reading.value is not None and 0 < abs(reading.value) < 1:
        return Reading(None, AmbiguousPercent(None, text, one=reading.value, other=reading.value.scaleb(2)))
    return reading


def are_fractions(texts: Iterable[str]) -> bool:
    """Whether a column's bare numbers are fractions: there are some, and all of them lie between -1 and 1."""
    values = [parse_number(text).value for text in texts]
    numbers = [value for value in values if value is not None]
    return any(numbers) and all(abs(value) < 1 for value in numbers)


def _number(number: str, power: int, text: str) -> Reading[Decimal]:
    chinese = whole_number(number) if not number[:1].isdigit() else None
    reading = parse_number(str(chinese) if chinese is not None else number)
    if reading.problem or reading.value is None:
        return Reading(None, (reading.problem or NotAnAmount()).about(text))
    value, problem = exact(f"{reading.value.scaleb(power):f}", 0, text)
    return Reading(value, problem)
