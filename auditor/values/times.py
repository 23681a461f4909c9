"""Times of day, alone or after a date."""

from __future__ import annotations

import re
from datetime import time

from auditor.values.errors import NotATime
from auditor.values.reading import Reading
from auditor.values.text import clean_cell, folded

WEEKDAY = (
    r"\s*\(?(?:星期|周|礼拜|週)[一二三四五六日天]\)?"
    r"|\s*\(?(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\)?"
)
# What may follow a date: 10:11, T10:11:12.5+08:00, 101112, -10.11.12.123456 (of DB2), 10时11分, 下午3:05, 3:05 pm.
TAIL = (
    r"(?:[\s,]*(?:t|-(?=\d\d\.\d\d\.\d\d))?\s*(?P<half>上午|下午|晚上|凌晨|中午|am|pm)?\s*"
    r"(?:(?P<hour>\d{1,2})\s*[:.时時点點]\s*(?P<minute>\d{1,2})\s*(?:[:.分]\s*(?P<second>\d{1,2})?秒?)?"
    r"|(?P<compact>\d{6}|\d{4}))"
    r"(?:[.,]\d+)?\s*(?P<half2>[ap]\.?m\.?)?\s*"
    r"(?P<zone>z|(?:utc|gmt)?\s*[+-]\d{2}:?\d{2}|(?:utc|gmt|cst)(?:[+-]\d{1,2})?)?)?"
)
_NAMED_ZONES = {"z": "+00:00", "utc": "+00:00", "gmt": "+00:00", "cst": "CST"}  # CST is China's or America's
_OFFSET = re.compile(r"(?:utc|gmt|cst)?\s*([+-])(\d{1,2}):?(\d{2})?")

_PLAIN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_ALONE = re.compile(rf"{TAIL}", re.ASCII)
_AFTER_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{8}|(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?=\D|\d{6}$|$)", re.ASCII
)
_FRACTION = re.compile(r"0?\.(\d+)", re.ASCII)


def parse_time(text: str) -> Reading[time]:
    """The time of day that a cell states: `10:11`, `10:11:12`, `101112`, `下午3:05`, `0.5`, or that after a date."""
    match = _PLAIN.fullmatch(text)
    if match:
        return Reading(time(int(match[1]), int(match[2]), int(match[3] or 0)))
    cleaned = clean_cell(text)
    if not cleaned:
        return Reading()
    plain = folded(cleaned).casefold()
    fraction = _FRACTION.fullmatch(plain)
    if fraction:
        scale = 10 ** len(fraction[1])
        seconds = (2 * int(fraction[1]) * 86_400 + scale) // (2 * scale) % 86_400
        return Reading(time(seconds // 3600, seconds // 60 % 60, seconds % 60))
    dated = _AFTER_DATE.match(plain)
    tail = _ALONE.fullmatch(plain, dated.end() if dated else 0)
    at, wrong = tail_time(tail) if tail else (None, True)
    if wrong or (at is None and not dated):
        return Reading(None, NotATime(None, text))
    return Reading(at)


def tail_time(match: re.Match[str]) -> tuple[time | None, bool]:
    """The time in a match of a pattern that ends in TAIL, and whether there is one that is impossible."""
    if match["compact"]:
        digits = match["compact"].ljust(6, "0")
        parts = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    elif match["hour"]:
        parts = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    else:
        return None, bool(match["half"])
    hour, minute, second = parts
    half = (match["half"] or match["half2"] or "").replace(".", "")
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    elif half in ("上午", "凌晨", "am") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None, True
    return time(hour, minute, second), False


def tail_zone(match: re.Match[str]) -> str | None:
    """The distance from UTC in a match of a pattern that ends in TAIL, as `+08:00` or, since it has two, `CST`; None
    where none is stated."""
    text = match["zone"]
    if not text:
        return None
    if text in _NAMED_ZONES:
        return _NAMED_ZONES[text]
    offset = _OFFSET.fullmatch(text)
    assert offset is not None, text
    return f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"
