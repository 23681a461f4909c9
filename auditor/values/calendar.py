"""Working days: which days are, how many lie between two, and calendars as data (`rules/calendars/*.yaml`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

from pydantic import AfterValidator, Field

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.resources import rules_folder
from auditor.strict_yaml import (
    Bilingual,
    Marked,
    Mistakes,
    StrictModel,
    load_strictly,
    mapping_at,
    missing_key,
    nearest,
    not_allowed,
    shaped,
    texts_at,
    value_at,
    wrong_value,
)

Loc = tuple[str | int, ...]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class CalendarError(AuditorError):
    """The base of all errors of calendars."""


class UnknownCalendar(CalendarError):
    """No calendar of this name. Values: `name`, `names`, `nearest`."""

    what = Text("there is no calendar `{name}`", "没有名为 `{name}` 的工作日历")
    allowed = Text("{names}, or the path of a .yaml file", "{names}，或 .yaml 文件路径")
    do = Text("use one of these (nearest: {nearest})", "请使用其中之一（最接近：{nearest}）")


class BadCalendar(Mistakes, CalendarError):
    """What is wrong with a calendar's file, all of it. Values: `count`."""

    what = Text("the calendar has {count} mistakes", "工作日历有 {count} 处错误")
    do = Text(
        "mend the places named below; rules/calendars/cn.yaml shows the form",
        "请修正下列各处，格式见 rules/calendars/cn.yaml",
    )


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
        columns = [list(column) for column in zip(*self.rows(), strict=True)]
        if columns:
            engine.execute(
                "INSERT INTO calendar_day SELECT unnest($1::DATE[]), unnest($2::BOOLEAN[]), unnest($3::BIGINT[])",
                columns,
            )

    def remarks(self, first: date, last: date) -> list[Text]:
        """What a reader must know about the days from `first` to a month after `last`: years not yet published."""
        until = last + timedelta(days=31)
        return [text for year, text in sorted(self.unpublished.items()) if first.year <= year <= until.year]

    def _outside(self, day: date) -> OutsideCalendar:
        known = self._days or [day]
        return OutsideCalendar(None, None, day=day.isoformat(), calendar=self.name, first=known[0], last=known[-1])


# --- the file of a calendar -------------------------------------------------------------------------------------------


def _a_day(text: str) -> str:
    if _day_of(text) is None:
        raise not_allowed("a day such as 2026-10-08", "日期，如 2026-10-08")
    return text


def _day_of(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None  # no day: told as such by the file's model


Day = Annotated[str, AfterValidator(_a_day)]
Year = Annotated[str, shaped(r"^[1-9][0-9]{3}$", Text("a year of four digits", "四位数字的年份"))]


class HolidayPart(StrictModel):
    """Days off in a row; one day without `to`."""

    name: str | Bilingual | None = None
    first: Day = Field(alias="from")
    last: Day | None = Field(default=None, alias="to")


class YearPart(StrictModel):
    """A year: its holidays, and the days of its weekends on which people work."""

    published: bool = True
    source: str | Bilingual | None = None
    remark: Bilingual | None = None
    holidays: list[HolidayPart] | None = None
    working: list[Day] | None = None


class CalendarFile(StrictModel):
    """A file of `rules/calendars/`, or one that audit.yaml names."""

    calendar: str | None = None
    title: Bilingual | None = None
    weekend: list[Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]] = [
        "saturday",
        "sunday",
    ]
    years: dict[Year, YearPart]


def load_calendar(name: str = "cn", folder: Path | None = None) -> WorkingCalendar:
    """The calendar `name` of `rules/calendars/`, or that of a `.yaml` file (relative to `folder`).

    Raises UnknownCalendar, or BadCalendar: all that is wrong with the file.
    """
    if name.endswith((".yaml", ".yml")):
        return _read(Path(name) if folder is None else folder / name, name)
    path = rules_folder() / "calendars" / f"{name}.yaml"
    names = sorted(each.stem for each in path.parent.glob("*.yaml"))
    if name not in names:
        raise UnknownCalendar(None, name, name=name, names=", ".join(names), nearest=nearest(name, names) or "-")
    return _read(path, f"calendars/{name}.yaml")


def _read(path: Path, shown: str) -> WorkingCalendar:
    loaded = load_strictly(path, CalendarFile, file=shown, checks=_checked)
    file = loaded.value
    if file is None:
        raise BadCalendar(errors=loaded.mistakes)
    free = {_WEEKDAYS.index(day) for day in file.weekend}
    days: dict[date, bool] = {}
    unpublished: dict[int, Text] = {}
    for year, part in file.years.items():
        if not part.published and part.remark:
            unpublished[int(year)] = part.remark.text
        days.update(_year(int(year), part, free))
    return WorkingCalendar(days, file.calendar or shown, unpublished, file.title.text if file.title else None)


def _year(number: int, year: YearPart, weekend: Set[int]) -> dict[date, bool]:
    first = date(number, 1, 1)
    count = (date(number + 1, 1, 1) - first).days
    days = {day: day.weekday() not in weekend for day in (first + timedelta(days=n) for n in range(count))}
    for holiday in year.holidays or []:
        start = date.fromisoformat(holiday.first)
        end = date.fromisoformat(holiday.last or holiday.first)
        days.update({start + timedelta(days=n): False for n in range((end - start).days + 1)})
    days.update({date.fromisoformat(text): True for text in year.working or []})
    return days


def _checked(marked: Marked) -> Iterator[AuditorError]:
    """Days of other years, holidays that end before they begin, and working days that are working days anyway."""
    given = texts_at(marked.data, "weekend") if "weekend" in mapping_at(marked.data) else ("saturday", "sunday")
    weekend = {_WEEKDAYS.index(day) for day in given if day in _WEEKDAYS}
    for year in mapping_at(marked.data, "years"):
        loc: Loc = ("years", year)
        free: set[date] = set()
        if value_at(marked.data, *loc, "published") is False and not value_at(marked.data, *loc, "remark"):
            yield missing_key(marked, loc, "remark")
        for place in range(len(_list_at(marked, *loc, "holidays"))):
            yield from _checked_holiday(marked, (*loc, "holidays", place), year, free)
        for place, text in enumerate(_list_at(marked, *loc, "working")):
            at, day = (*loc, "working", place), _day_of(text)
            if day is None:
                continue
            if str(day.year) != year:
                yield wrong_value(marked, at, _of_year(year))
            elif day not in free and day.weekday() not in weekend:
                yield wrong_value(
                    marked, at, Text(f"a day off; {day} is a working day anyway", f"休息日；{day} 本来就是工作日")
                )


def _checked_holiday(marked: Marked, loc: Loc, year: str, free: set[date]) -> Iterator[AuditorError]:
    """What is wrong with a holiday; its days are put into `free`."""
    start = _day_of(value_at(marked.data, *loc, "from"))
    end = _day_of(value_at(marked.data, *loc, "to")) or start
    for key, day in (("from", start), ("to", end)):
        if day is not None and str(day.year) != year and key in mapping_at(marked.data, *loc):
            yield wrong_value(marked, (*loc, key), _of_year(year))
    if start is None or end is None:
        return
    if end < start:
        allowed = Text(f"a day not before {start}, when the holiday begins", f"不早于假期开始日 {start} 的日期")
        yield wrong_value(marked, (*loc, "to"), allowed)
    free.update(start + timedelta(days=n) for n in range(min((end - start).days + 1, 366)))


def _list_at(marked: Marked, *loc: str | int) -> list[Any]:
    found = value_at(marked.data, *loc)
    return found if isinstance(found, list) else []


def _of_year(year: str) -> Text:
    return Text(f"a day of {year}", f"{year} 年的日期")
