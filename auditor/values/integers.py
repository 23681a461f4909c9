"""Whole numbers: pieces, copies, sheets, first and last numbers of books."""

from __future__ import annotations

import re

from auditor.values.chinese_numerals import whole_number
from auditor.values.errors import NotWhole
from auditor.values.quantities import parse_quantity
from auditor.values.reading import Reading
from auditor.values.text import clean_cell, folded

_PLAIN = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_CHINESE = re.compile("[共第]?([〇零一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟两]+)[件张联份本票箱个]?")


def parse_integer(text: str) -> Reading[int]:
    """The whole number that a cell states: `12`, `1,234`, `12件`, `12.0`, `三联`. A fraction is a problem."""
    if _PLAIN.fullmatch(text):
        return Reading(int(text))
    cleaned = folded(clean_cell(text))
    if not cleaned:
        return Reading()
    if _PLAIN.fullmatch(cleaned):
        return Reading(int(cleaned))
    chinese = _CHINESE.fullmatch(cleaned)
    number = whole_number(chinese[1]) if chinese else None
    if number is not None:
        return Reading(number)
    reading = parse_quantity(cleaned)
    if reading.problem or reading.value is None:
        return Reading(None, reading.problem.about(text) if reading.problem else None)
    if reading.value != reading.value.to_integral_value():
        return Reading(None, NotWhole(None, text))
    return Reading(int(reading.value))
