"""Dates in every form that documents have, read without guessing.

`08/10/2026` is 8 October or 10 August: without a declared order it is a problem, unless one part is above 12 or both
are equal; so is `08/10` without a year (`short_order`, since a Chinese document that writes no year puts the month
first). Years of two digits, and dates without a year, need help of the same kind: a declared order, or the year of the
period (`default_year`), when only one reading lies within a year of it. A date without a year says so (`day`), whatever
year it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Literal

from auditor.values.chinese_numerals import positional, whole_number
from auditor.values.errors import AmbiguousDate, ImpossibleDate, IncompleteDate, NotADate, ValueProblem
from auditor.values.reading import DateReading
from auditor.values.text import clean_cell, folded
from auditor.values.times import TAIL, WEEKDAY, tail_time, tail_zone

Order = Literal["ymd", "dmy", "mdy"]

_MONTH_NAMES = (
    ("jan", "january", "januar", "januari", "janvier", "jänner"),
    ("feb", "february", "februar", "februari", "février", "fevrier"),
    ("mar", "march", "märz", "maerz", "maart", "mrt", "mars", "mär"), ("apr", "april", "avril"),
    ("may", "mai", "mei"), ("jun", "june", "juni", "juin"), ("jul", "july", "juli", "juillet"),
    ("aug", "august", "augustus", "août", "aout"), ("sep", "sept", "september", "septembre"),
    ("oct", "october", "oktober", "okt", "octobre"), ("nov", "november", "novembre"),
    ("dec", "december", "dezember", "dez", "décembre"),
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name))) + r")\.?"

_ISO = re.compile(r"((?:19|20|21)\d\d)([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)", re.ASCII)
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-", "。": ".", "·": ".", "、": "."})
_TODAY = rf"(?:{WEEKDAY})?{TAIL}"
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s*([-/.\s])\s*(\d{{1,2}})\s*\2\s*(\d{{1,2}})[日号]?{_TODAY}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})\s*([-/.\s])\s*(\d{{1,2}})\s*\2\s*(\d{{4}}){_TODAY}", re.ASCII)
_THREE_SHORT = re.compile(rf"(\d{{1,2}})\s*([-/.])\s*(\d{{1,2}})\s*\2\s*(\d{{1,2}}){_TODAY}", re.ASCII)
_DIGITS = re.compile(rf"(\d{{4}})(\d\d)(\d\d){_TODAY}", re.ASCII)
_SIX = re.compile(rf"(\d\d)(\d\d)(\d\d){_TODAY}", re.ASCII)
_CHINESE = re.compile(rf"(?:(\d{{4}}|\d{{2}})年)?(\d{{1,2}})月(\d{{1,2}})[日号號]?{_TODAY}", re.ASCII)
_SHORT = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}}){_TODAY}", re.ASCII)
_ROC = re.compile(
    rf"(?:中[华華])?民[国國]\s*(元|\d{{1,3}})[年\-/.]\s*(\d{{1,2}})[月\-/.]\s*(\d{{1,2}})[日号號]?{_TODAY}", re.ASCII
)
_ROC_BARE = re.compile(rf"(\d{{2,3}})[年\-/.](\d{{1,2}})[月\-/.](\d{{1,2}})日?{_TODAY}|(\d{{3}})(\d\d)(\d\d)", re.ASCII)
_DAY = r"(?P<day>\d{1,2})"
_MAYBE_YEAR = r",?[\s\-./]*(?P<year>\d{4}|'?\d\d)?"
_MONTH_DAY = re.compile(
    rf"(?:{WEEKDAY},?\s*)?{_MONTH}[\s\-./]*{_DAY}(?:st|nd|rd|th)?{_MAYBE_YEAR}{_TODAY}", re.ASCII
)
_DAY_MONTH = re.compile(
    rf"(?:{WEEKDAY},?\s*)?{_DAY}(?:st|nd|rd|th|\.)?[\s\-./]*(?:of\s+)?{_MONTH}{_MAYBE_YEAR}{_TODAY}", re.ASCII
)
_YEAR_MONTH_DAY = re.compile(rf"(?P<year>\d{{4}})[\s\-./]*{_MONTH}[\s\-./]*(?P<day>\d{{1,2}}){_TODAY}", re.ASCII)
_NO_DAY = re.compile(r"(?:19|20|21)\d\d(?:[-/.年]?(?:0?[1-9]|1[0-2])月?|年)?", re.ASCII)
_NO_DATE = re.compile(r"0+([-/.:\s]0+)*", re.ASCII)
_SERIAL = re.compile(r"([2-7]\d{4})(\.\d+)?", re.ASCII)
_NUMERALS = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_NUMERAL_DATE = re.compile(
    rf"([{_NUMERALS}]{{2,4}})年([元十拾{_NUMERALS}]{{1,3}})月([初十拾廿卅{_NUMERALS}]{{1,3}})[日号]?"
)
_EPOCH = date(1899, 12, 30)


def parse_date(
    text: str,
    *,
    default_year: int | None = None,
    order: Order | None = None,
    roc: bool = False,
    short_order: Order | None = None,
    full_days: bool = False,
) -> DateReading:
    """The date that a cell states, and the time of day if one follows.

    `default_year` completes dates without a year. `order` is the document's declared order of day, month and year,
    `short_order` that of its dates without a year; `roc` declares years of the Republic of China (115 = 2026);
    `full_days` says that 10.3 is no number that was 10.30. Empty cells and `00000000` give nothing.
    """
    match = _ISO.fullmatch(text)
    if match:
        return _made(text, int(match[1]), int(match[3]), int(match[4]))
    match = _COMPACT.fullmatch(text)
    if match:
        return _made(text, int(match[1]), int(match[2]), int(match[3]))
    cleaned = clean_cell(text)
    if not cleaned or _NO_DATE.fullmatch(cleaned):
        return DateReading()
    plain = re.sub(r"\s+", " ", folded(cleaned).translate(_DASHES)).casefold()
    plain = re.sub(r"(?<=[年月日号]) (?=\d)|(?<=\d) (?=[年月日号])|^(?:日期|date):? ?", "", plain)
    for form in _FORMS:
        if form is _no_year_form:
            reading = form(plain, text, default_year, order or short_order, full_days)
        else:
            reading = form(plain, text, default_year, order, roc)
        if reading is not None:
            return reading
    return DateReading(None, NotADate(None, text))


def _made(text: str, year: int, month: int, day: int, at: time | None = None) -> DateReading:
    try:
        value = date(year, month, day)
    except ValueError:
        return DateReading(None, ImpossibleDate(None, text))
    if not (1900 <= year < 2200 or value == date.max):
        return DateReading(None, ImpossibleDate(None, text))
    return DateReading(value, None, at)


def _with_tail(match: re.Match[str], text: str, year: int, month: int, day: int) -> DateReading:
    at, wrong = tail_time(match)
    if wrong:
        return DateReading(None, NotADate(None, text))
    return _made(text, year, month, day, at)._replace(zone=tail_zone(match))


_Form = Callable[[str, str, int | None, Order | None, bool], DateReading | None]


def _year_first(plain: str, text: str, year_given: int | None, order: Order | None, roc: bool) -> DateReading | None:
    match = _YEAR_FIRST.fullmatch(plain)
    if match:
        return _with_tail(match, text, int(match[1]), int(match[3]), int(match[4]))
    match = _DIGITS.fullmatch(plain)
    if match:
        return _with_tail(match, text, int(match[1]), int(match[2]), int(match[3]))
    return None


def _chinese(plain: str, text: str, year_given: int | None, order: Order | None, roc: bool) -> DateReading | None:
    match = _CHINESE.fullmatch(plain)
    if match is None or (roc and match[1]):
        return None
    if not match[1]:
        return _yearless(match, text, year_given, int(match[2]), int(match[3]))
    return _with_tail(match, text, _full_year(int(match[1])), int(match[2]), int(match[3]))


def _republic(plain: str, text: str, year_given: int | None, order: Order | None, roc: bool) -> DateReading | None:
    match = _ROC.fullmatch(plain)
    if match:
        year = 1 if match[1] == "元" else int(match[1])
        return _with_tail(match, text, 1911 + year, int(match[2]), int(match[3]))
    bare = _ROC_BARE.fullmatch(plain) if roc else None
    if bare:
        parts = bare.group(1, 2, 3) if bare[1] else bare.groups()[-3:]
        year, month, day = (int(part) for part in parts)
        return _with_tail(bare, text, 1911 + year, month, day)
    return None


def _year_last(plain: str, text: str, year_given: int | None, order: Order | None, roc: bool) -> DateReading | None:
    match = _YEAR_LAST.fullmatch(plain)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if order == "mdy":
        return _with_tail(match, text, year, first, second)
    # nobody writes a month first before full stops
    if order == "dmy" or match[2] == "." or first > 12 or first == second:
        return _with_tail(match, text, year, second, first)
    if second > 12:
        return _with_tail(match, text, year, first, second)
    return DateReading(None, AmbiguousDate(None, text, one=date(year, second, first), other=date(year, first, second)))


def _short_year(plain: str, text: str, year_given: int | None, order: Order | None, roc: bool) -> DateReading | None:
    match = _THREE_SHORT.fullmatch(plain)
    parts = match.group(1, 3, 4) if match else ()
    if match is None:
        match = _SIX.fullmatch(plain)
        if match is None:
            return None
        parts = match.group(1, 2, 3)
    a, b, c = (int(part) for part in parts)
    readings = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}
    if order is not None:
        year, month, day = readings[order]
        return _with_tail(match, text, _full_year(year), month, day)
    made = (_made("", _full_year(year), month, day).value for year, month, day in readings.values())
    dates = sorted({each for each in made if each})
    if not dates:
        return DateReading(None, _no_day(text) if _NO_DAY.fullmatch(plain) else ImpossibleDate(None, text))
    near = [each for each in dates if year_given is not None and abs(each.year - year_given) <= 1]
    chosen = near if near and len(dates) > 1 else dates
    if len(chosen) == 1:
        return _with_tail(match, text, chosen[0].year, chosen[0].month, chosen[0].day)
    return DateReading(None, AmbiguousDate(None, text, one=chosen[0], other=chosen[1]))


def _no_year_form(
    plain: str, text: str, year_given: int | None, order: Order | None, full_days: bool
) -> DateReading | None:
    match = _SHORT.fullmatch(plain)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if order is None and first <= 12 and second <= 12 and first != second:
        one, other = f"{first:02d}-{second:02d}", f"{second:02d}-{first:02d}"
        return DateReading(None, AmbiguousDate(None, text, one=one, other=other))
    month, day = (second, first) if order == "dmy" or (order is None and first > 12) else (first, second)
    # 10.1 may be a number that was 10.10
    if match[2] == "." and len(match[3]) == 1 and match[3] in "123" and not full_days:
        return DateReading(None, AmbiguousDate(None, text, one=f"{month:02d}-{day:02d}", other=f"{month:02d}-{day}0"))
    return _yearless(match, text, year_given, month, day)


def _yearless(match: re.Match[str], text: str, year: int | None, month: int, day: int) -> DateReading:
    """A date that lacks its year: complete with the year that is given, else a problem that still has month and day."""
    if year is not None:
        return _with_tail(match, text, year, month, day)._replace(day=(month, day))
    leap = _made(text, 2000, month, day)  # any day that some year has
    if leap.problem is not None:
        return leap
    at, wrong = tail_time(match)
    if wrong:
        return DateReading(None, NotADate(None, text))
    return DateReading(None, _no_year(text), at, tail_zone(match), (month, day))


def _named_month(plain: str, text: str, year_given: int | None, order: Order | None, roc: bool) -> DateReading | None:
    match = _MONTH_DAY.fullmatch(plain) or _DAY_MONTH.fullmatch(plain) or _YEAR_MONTH_DAY.fullmatch(plain)
    if match is None:
        return None
    month, day = _MONTHS[match["name"]], int(match["day"])
    if not match["year"]:
        return _yearless(match, text, year_given, month, day)
    return _with_tail(match, text, _full_year(int(match["year"].lstrip("'"))), month, day)


def _numerals(plain: str, text: str, year_given: int | None, order: Order | None, roc: bool) -> DateReading | None:
    republic = re.match("(?:中[华華])?民[国國]", plain)
    match = _NUMERAL_DATE.fullmatch(re.sub(rf"\s|{WEEKDAY}", "", plain[republic.end() :] if republic else plain))
    if match is None:
        return None
    year = positional(match[1]) or str(whole_number(match[1]) or 0)
    month = 1 if match[2] == "元" else whole_number(match[2].lstrip("零〇○"))
    day = whole_number(match[3].lstrip("零〇○初"))
    if not month or not day:
        return DateReading(None, ImpossibleDate(None, text))
    return _made(text, int(year) + 1911 if republic or roc else _full_year(int(year)), month, day)


def _serial(plain: str, text: str, year_given: int | None, order: Order | None, roc: bool) -> DateReading | None:
    match = _SERIAL.fullmatch(plain)
    if match is None:
        return DateReading(None, _no_day(text)) if _NO_DAY.fullmatch(plain) else None
    found = _EPOCH + timedelta(days=int(match[1]))
    seconds = day_seconds(match[2] or "")
    if seconds == 86_400:
        found, seconds = found + timedelta(days=1), 0
    at = time(seconds // 3600, seconds // 60 % 60, seconds % 60) if match[2] else None
    return DateReading(found, None, at)


def day_seconds(fraction: str) -> int:
    """A fraction of a day such as `.5` in whole seconds, rounded half up; exact, on whole numbers."""
    digits = fraction.lstrip("0").lstrip(".")
    if not digits:
        return 0
    scale: int = 10 ** len(digits)
    return (2 * int(digits) * 86_400 + scale) // (2 * scale)


def _full_year(year: int) -> int:
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _no_year(text: str) -> ValueProblem:
    return IncompleteDate(None, text, part_en="year", part_zh="年份")


def _no_day(text: str) -> ValueProblem:
    return IncompleteDate(None, text, part_en="day", part_zh="日")


_FORMS: tuple[_Form, ...] = (
    _republic, _year_first, _chinese, _year_last, _short_year, _no_year_form, _named_month, _numerals, _serial,
)  # fmt: skip
