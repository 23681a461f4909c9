"""Whole numbers: pieces, copies, sheets, first and last numbers of books."""

from __future__ import annotations

import re

from auditor.values.chinese_numerals import whole_number
from auditor.values.errors import NotWhole
from auditor.values.quantities import parse_quantity
from auditor.values.reading import Reading, ShareReading
from auditor.values.text import clean_cell, folded

_PLAIN = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_SHARE = re.compile(r"(\d{1,3})\s*(?:/|of|OF)\s*(\d{1,3})\s*[联份张件]?", re.ASCII)
_WHOLE_FIRST = re.compile(r"(?:共|一式)([^第共]+?)[联份张件][,，、;；\s]*(?:第|存|余|收|见)?([^第共]+?)[联份张件]")
_WHOLE_LAST = re.compile(r"(?:第|存|余|收|见)?([^第共]+?)[联份张件][,，、;；/\s]*(?:共|一式)([^第共]+?)[联份张件]")
_CHINESE = re.compile(
    "(?:[共第]|一式)?([〇零一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟两]+)[件张联份本票箱个]?"
)


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


def parse_share(text: str) -> ShareReading:
    """The number that a cell states, and of how many where it says that: `2/3`, `2 of 3`, `共3联第2联`, `3联`.

    What names more than the whole (`5/3`) is a problem.
    """
    cleaned = folded(clean_cell(text))
    first, last, plain = (each.fullmatch(cleaned) for each in (_WHOLE_FIRST, _WHOLE_LAST, _SHARE))
    found = plain or last
    pair = (first[2], first[1]) if first and not plain else (found[1], found[2]) if found else None
    if pair is None:
        reading = parse_integer(text)
        return ShareReading(reading.value, reading.problem)
    part, whole = (parse_integer(each).value for each in pair)
    if part is None or whole is None or not 0 <= part <= whole:
        return ShareReading(None, NotWhole(None, text))
    return ShareReading(part, None, whole)
