"""Working days: which days are, how many lie between two, and calendars as data (`rules/calendars/*.yaml`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.marked_yaml import Marked, load, nearest
from auditor.resources import rules_folder

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TOP_KEYS = ("calendar", "title", "weekend", "years")
_YEAR_KEYS = ("published", "source", "remark", "holidays", "working")
_HOLIDAY_KEYS = ("name", "from", "to")


class CalendarError(AuditorError):
    """The base of all errors of calendars."""


class UnknownCalendar(CalendarError):
    """No calendar of this name. Values: `name`, `names`, `nearest`."""

    what = Text("there is no calendar `{name}`", "没有名为 `{name}` 的工作日历")
    allowed = Text("{names}, or the path of a .yaml file", "{names}，或 .yaml 文件路径")
    do = Text("use one of these (nearest: {nearest})", "请使用其中之一（最接近：{nearest}）")


class BadCalendar(CalendarError):
    """A calendar's file says something that cannot be. Values: `reason_en`, `reason_zh`."""

    what = Text("the calendar is wrong here: {reason_en}", "工作日历此处有误：{reason_zh}")
    do = Text("write it in the form of rules/calendars/cn.yaml", "请按 rules/calendars/cn.yaml 的格式书写")


class OutsideCalendar(CalendarError):
    """A day of a year that the calendar does not cover. Values: `day`, `calendar`, `first`, `last`."""

    what = Text("{day} lies outside the calendar `{calendar}`", "{day} 不在工作日历 `{calendar}` 的范围内")
    allowed = Text("{first} to {last}", "{first} 至 {last}")
    do = Text("name a calendar with this year in audit.yaml: `calendar: my-calendar.yaml`",
              "请在 audit.yaml 中指定包含该年份的日历：`calendar: my-calendar.yaml`")


class _Tables(Protocol):
    def execute(self, sql: str, parameters: Any = None) -> None: ...


class WorkingCalendar:
    """Every day of the years it covers, working or not.

    `working_number` counts the working days up to and including a day, so that the distance of two days in working
    days is the difference of their numbers.
    """

    def __init__(self, days: Mapping[date, bool], name: str = "calendar", unpublished: Mapping[int, Text] | None = None,
                 title: Text | None = None) -> None:
        self.name = name
        self.title = title or Text(name, name)
        self.unpublished = dict(unpublished or {})
        self._days = sorted(days)
        self._working = dict(days)
        self._numbers: dict[date, int] = {}
        self._working_days: list[date] = []
        for day in self._days:
            if days[day]:
                self._working_days.append(day)
            self._numbers[day] = len(self._working_days)

    def is_working(self, day: date) -> bool:
        """Whether people work on `day`. Raises OutsideCalendar."""
        self.working_number(day)
        return self._working[day]

    def working_number(self, day: date) -> int:
        """The number of working days up to and including `day`. Raises OutsideCalendar."""
        try:
            return self._numbers[day]
        except KeyError:
            raise self._outside(day) from None

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative if `last` is the earlier."""
        return self.working_number(last) - self.working_number(first)

    def add_working_days(self, day: date, number: int) -> date:
        """The `number`-th working day after `day` (before it, if negative). Raises OutsideCalendar."""
        place = self.working_number(day) + number
        if number < 0 and not self._working[day]:
            place += 1
        if not 1 <= place <= len(self._working_days):
            raise self._outside(day + timedelta(days=number))
        return self._working_days[place - 1]

    def rows(self) -> Iterator[tuple[date, bool, int]]:
        """(day, working, working_number) for every day, in order."""
        for day in self._days:
            yield day, self._working[day], self._numbers[day]

    def store(self, engine: _Tables) -> None:
        """Makes the engine's table `calendar_day(day DATE, working BOOLEAN, working_number BIGINT)`."""
        engine.execute("CREATE OR REPLACE TABLE calendar_day (day DATE, working BOOLEAN, working_number BIGINT)")
        rows = ", ".join(f"(DATE '{day}', {working}, {number})" for day, working, number in self.rows())
        if rows:
            engine.execute(f"INSERT INTO calendar_day VALUES {rows}")

    def remarks(self, first: date, last: date) -> list[Text]:
        """What a reader must know about the days from `first` to a month after `last`: years not yet published."""
        until = last + timedelta(days=31)
        return [text for year, text in sorted(self.unpublished.items()) if first.year <= year <= until.year]

    def _outside(self, day: date) -> OutsideCalendar:
        known = self._days or [day]
        return OutsideCalendar(None, None, day=day.isoformat(), calendar=self.name, first=known[0], last=known[-1])


def load_calendar(name: str = "cn", folder: Path | None = None) -> WorkingCalendar:
    """The calendar `name` of `rules/calendars/`, or that of a `.yaml` file (relative to `folder`).

    Raises a CalendarError or YamlError with its place.
    """
    if name.endswith((".yaml", ".yml")):
        path = Path(name) if folder is None else folder / name
        return _read(load(path, file=name))
    path = rules_folder() / "calendars" / f"{name}.yaml"
    names = sorted(each.stem for each in path.parent.glob("*.yaml"))
    if name not in names:
        raise UnknownCalendar(None, name, name=name, names=", ".join(names), nearest=nearest(name, names) or "-")
    return _read(load(path, file=f"calendars/{name}.yaml"))


def _read(marked: Marked) -> WorkingCalendar:
    top = _mapping(marked, marked.data, (), _TOP_KEYS)
    weekend = top.get("weekend", ["saturday", "sunday"])
    if not isinstance(weekend, list) or any(day not in _WEEKDAYS for day in weekend):
        raise _bad(marked, ("weekend",), "`weekend` is a list of days such as saturday",
                   "`weekend` 应为 saturday 等星期名列表")
    free = {_WEEKDAYS.index(day) for day in weekend}
    years = _mapping(marked, top.get("years"), ("years",), None)
    days: dict[date, bool] = {}
    unpublished: dict[int, Text] = {}
    for key, value in years.items():
        loc = ("years", key)
        if not (key.isdigit() and len(key) == 4):
            raise _bad(marked, loc, "a year has four digits", "年份应为四位数字")
        year = _mapping(marked, value, loc, _YEAR_KEYS)
        if year.get("published", True) is not True:
            unpublished[int(key)] = _text(marked, year.get("remark"), (*loc, "remark"))
        days.update(_year(marked, int(key), year, free))
    return WorkingCalendar(days, str(top.get("calendar", marked.file)), unpublished,
                           _text(marked, top.get("title"), ("title",)) if top.get("title") else None)


def _year(marked: Marked, number: int, year: Mapping[str, Any], weekend: set[int]) -> dict[date, bool]:
    first, loc = date(number, 1, 1), ("years", str(number))
    count = (date(number + 1, 1, 1) - first).days
    days = {day: day.weekday() not in weekend for day in (first + timedelta(days=n) for n in range(count))}
    for place, holiday in enumerate(year.get("holidays") or []):
        here = (*loc, "holidays", place)
        given = _mapping(marked, holiday, here, _HOLIDAY_KEYS)
        start = _day(marked, given.get("from"), (*here, "from"), number)
        end = _day(marked, given.get("to", given.get("from")), (*here, "to"), number)
        if end < start:
            raise _bad(marked, (*here, "to"), "the holiday ends before it begins", "假期结束早于开始")
        for n in range((end - start).days + 1):
            days[start + timedelta(days=n)] = False
    for place, text in enumerate(year.get("working") or []):
        here = (*loc, "working", place)
        day = _day(marked, text, here, number)
        if days[day]:
            raise _bad(marked, here, f"{day} is a working day anyway", f"{day} 本来就是工作日")
        days[day] = True
    return days


def _day(marked: Marked, text: Any, loc: tuple[str | int, ...], year: int) -> date:
    try:
        day = date.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        raise _bad(marked, loc, "a day is written 2026-10-08", "日期应写作 2026-10-08") from None
    if day.year != year:
        raise _bad(marked, loc, f"{day} is not of the year {year}", f"{day} 不属于 {year} 年")
    return day


def _text(marked: Marked, value: Any, loc: tuple[str | int, ...]) -> Text:
    given = _mapping(marked, value, loc, ("en", "zh"))
    return Text(str(given.get("en", "")), str(given.get("zh", "")))


def _mapping(marked: Marked, value: Any, loc: tuple[str | int, ...], keys: tuple[str, ...] | None) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        name = loc[-1] if loc else "calendar"
        raise _bad(marked, loc, f"`{name}` must be a mapping", f"`{name}` 必须是映射（键: 值）")
    for key in value if keys is not None else ():
        if key not in (keys or ()):
            near = nearest(key, keys or ()) or "-"
            raise _bad(marked, (*loc, key), f"unknown key `{key}` (nearest: {near})",
                       f"未知的键 `{key}`（最接近：{near}）")
    return value


def _bad(marked: Marked, loc: tuple[str | int, ...], reason_en: str, reason_zh: str) -> BadCalendar:
    place: Place = marked.place(loc)
    return BadCalendar(place, marked.text(loc), reason_en=reason_en, reason_zh=reason_zh)
