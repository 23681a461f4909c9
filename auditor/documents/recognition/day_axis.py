"""The days of an axis: the dates that a row or a column of headers names, decided for all of them together.

A single `9/3` may be 9 March or 3 September, `10.1` the 10th of October, and `8` the 8th of any month. Days in their
order show which it is: they follow each other. What neither they nor the month that is stated around the table show is
no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from auditor.values.dates import Order, parse_date
from auditor.values.text import clean_cell, folded
from auditor.values.times import WEEKDAY

FEWEST_DAYS = 3
_FULL, _SHORT, _ALONE = "full", "short", "alone"
_DAY = re.compile(r"(?:day ?)?(0?[1-9]|[12]\d|3[01])(?:日|号|號|st|nd|rd|th)?(?:\.0)?")
_WEEKDAY = re.compile(rf"(?:{WEEKDAY})\s*|(?:[一二三四五六日天])")
_BEFORE = re.compile(rf"^(?:{WEEKDAY})[\s,.，、/-]*(?=.*\d)")
_AFTER = re.compile(rf"[\s,.，、/-]*(?:{WEEKDAY}|\([一二三四五六日天]\))\s*$")
_MONTH = re.compile(r"(?:((?:19|20)\d\d)[年\-/.])?(0?[1-9]|1[0-2])月(?:份)?")
_MAYBE = re.compile(  # most texts of a sheet are no days, and this is quicker to say
    r"\d{1,2}(?:\D.*)?|(?:19|20|21)\d\d\D.*|\d{8}|\d{5}(?:\.\d+)?|.*[年月].*"
    r"|(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|oct|okt|nov|dec|dez|day).*\d.*"
)
_MOST_APART = 7  # days between neighbours of an axis whose dates lack their year
_LONGEST = 24
_SHORTEST_MONTH = 28
_ANY_MONTH = (2024, 1)

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DayAxis:
    """The days of an axis by their places. `lacks_month`: the places name days and nothing names their month; then
    `days` is empty."""

    days: Mapping[int, date]
    places: tuple[int, ...] = ()
    lacks_month: bool = False


def is_weekday(text: str) -> bool:
    """Whether a text names a day of the week and nothing else."""
    return bool(_WEEKDAY.fullmatch(folded(clean_cell(text)).casefold()))


def month_named(text: str, bare: bool = False) -> tuple[int | None, int] | None:
    """The month, with its year if that is stated, that a text such as `10月` or `2026年10月` names; with `bare` also
    `10`, under a header that says that months stand there."""
    plain = folded(clean_cell(text)).strip()
    match = _MONTH.fullmatch(plain)
    if match:
        return (int(match[1]) if match[1] else None), int(match[2])
    alone = re.fullmatch(r"0?[1-9]|1[0-2]", plain) if bare else None
    return (None, int(alone[0])) if alone else None


@lru_cache(maxsize=50_000)
def form_of(text: str) -> str | None:
    """In which form a text names a day: with its year, with its month, alone; None if it names none."""
    plain = _plain(text)
    if len(plain) > _LONGEST or not _MAYBE.fullmatch(plain):
        return None
    if _DAY.fullmatch(plain):
        return _ALONE
    found = [parse_date(plain, default_year=2024, order=order, full_days=True) for order in ("mdy", "dmy")]
    if any(each.value is not None and each.day is not None for each in found):
        return _SHORT
    if any(each.value is not None for each in found):
        # a number of five digits, as which spreadsheets keep dates, is more often an amount
        return _SHORT if re.fullmatch(r"\d{5}(\.\d+)?", plain) else _FULL
    return None


def _plain(text: str) -> str:
    plain = re.sub(r"\s+", " ", folded(clean_cell(text))).strip().casefold()
    return _AFTER.sub("", _BEFORE.sub("", plain)).strip(" ()")


def day_axis(
    texts: Mapping[int, str], month: Month | None, order: Order | None = None,
    months: Mapping[int, tuple[int | None, int]] | None = None,
) -> DayAxis | None:  # fmt: skip
    """The days that texts name, by their places in order; None if fewer than three do, or if they are no axis.

    `month`: the month that is stated around, (year, 0) if only its year is; `order`: that of day, month and year if it
    is declared; `months`: of days alone the month that a line above them names.
    """
    forms = {place: form for place, text in texts.items() if (form := form_of(text))}
    if len(forms) < FEWEST_DAYS:
        return None
    places = tuple(sorted(forms))
    named = {place: texts[place] for place in places}
    found = [axis for each in _orders(order) if (axis := _in_order(named, forms, month, each, months or {}))]
    if found:
        return _best(found, places, month)
    if any(form is _FULL for form in forms.values()):
        return None
    return DayAxis({}, places, lacks_month=True) if _follow(named, forms, order) else None


def _orders(order: Order | None) -> tuple[Order, ...]:
    return (order,) if order else ("mdy", "dmy")


def _follow(texts: Mapping[int, str], forms: Mapping[int, str], order: Order | None) -> bool:
    """Whether days without a year follow each other in some month: in any, or over the end of one."""
    if any(_in_order(texts, forms, _ANY_MONTH, each, {}) for each in _orders(order)):
        return True
    days = [int(match[1]) for text in texts.values() if (match := _DAY.fullmatch(_plain(text)))]
    return len(days) == len(texts) and sum(a >= b for a, b in pairwise(days)) == 1 and days[0] > 20


def _best(found: Sequence[dict[int, date]], places: tuple[int, ...], month: Month | None) -> DayAxis | None:
    """Of the readings in either order the one whose days stand closer together; None if they are alike."""
    if len(found) > 1 and found[0] != found[1]:
        spans = [max(days.values()) - min(days.values()) for days in found]
        inside = [_all_in(days.values(), month) for days in found]
        if inside[0] != inside[1]:
            return DayAxis(found[inside.index(True)], places)
        if spans[0] == spans[1]:
            return None
        return DayAxis(found[spans.index(min(spans))], places)
    return DayAxis(found[0], places)


def _all_in(days: Iterable[date], month: Month | None) -> bool:
    return month is not None and all((day.year, day.month) == month for day in days)


def _in_order(
    texts: Mapping[int, str], forms: Mapping[int, str], month: Month | None, order: Order,
    months: Mapping[int, tuple[int | None, int]],
) -> dict[int, date] | None:  # fmt: skip
    """The days if each can be read in one order of its parts, and those without a year follow each other."""
    days: dict[int, date] = {}
    before: date | None = None
    for place in sorted(texts):
        options = _readings(_plain(texts[place]), forms[place], month, order, months.get(place))
        if not options and forms[place] is _ALONE and int(re.sub(r"\D.*", "", _plain(texts[place]))) > _SHORTEST_MONTH:
            continue  # a form with 31 days serves every month
        later = [day for day in options if before is None or day > before]
        if not options or (not later and forms[place] is not _FULL):
            return None
        days[place] = before = (later or options)[0]
    if len(set(days.values())) < len(days) or len(days) < FEWEST_DAYS:
        return None
    if any(form is not _FULL and place not in months for place, form in forms.items()):
        steps = [after - earlier for earlier, after in pairwise(days.values())]
        far = sum(not timedelta(0) < step <= timedelta(_MOST_APART) for step in steps)
        if far * 2 > len(steps):
            return None
    return days


def _readings(
    plain: str, form: str, month: Month | None, order: Order, named: tuple[int | None, int] | None
) -> list[date]:
    """The days that a text may be, the likeliest first."""
    if form is _ALONE:
        if named is not None:
            year = named[0] or (_year_of(named[1], month) if month else None)
            month = (year, named[1]) if year else None
        match = _DAY.fullmatch(plain)
        day = _made(month, int(match[1])) if match and month else None
        return [day] if day else []
    found = parse_date(plain, order=order, full_days=True, default_year=month[0] if month else None)
    if found.day is None:
        return [found.value] if found.value else []
    if month is None:
        return []
    year = _year_of(found.day[0], month)
    options = [_made((year, found.day[0]), found.day[1])]
    # 10.1 may be a number that was 10.10
    if re.fullmatch(r"\d{1,2}\.[123]", plain) and found.day[1] < 4:
        options.append(_made((year, found.day[0]), found.day[1] * 10))
    return [day for day in options if day]


def _year_of(number: int, month: Month) -> int:
    """The year of a month next to the stated one: January after December is of the next year."""
    year, stated = month
    if not stated:
        return year
    return year + (1 if number - stated < -6 else -1 if number - stated > 6 else 0)


def _made(month: Month | None, day: int) -> date | None:
    try:
        return date(month[0], month[1], day) if month else None
    except ValueError:
        return None
