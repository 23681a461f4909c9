"""Dates and times in the forms of exports, statements, vouchers and receipts."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.values.dates import Order, parse_date
from auditor.values.errors import AmbiguousDate, ImpossibleDate, IncompleteDate, NotADate, NotATime, ValueProblem
from auditor.values.times import parse_time

OCTOBER_8 = date(2026, 10, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-08", "2026-10-8", "2026/10/8", "2026/10/08", "2026.10.08", "20261008", "2026 10 08", "2026–10–08",
        "2026年10月8日", "2026年10月08日", "2026 年 10 月 8 日", "2026年10月8号", "26年10月8日", "2026-10-8日",
        "２０２６－１０－０８", "２０２６年１０月８日", "`2026-10-08`", '="2026-10-08"', "2026-10-08\t",
        "\u30002026-10-08",
        "日期：2026-10-08", "2026-10-08 星期四", "2026年10月8日 星期四", "2026年10月8日（周四）", "2026-10-08 Thu",
        "民國115年10月8日", "中華民國115年10月8日", "民国115/10/08", "民国115.10.8", "民國一一五年十月八日",
        "二〇二六年十月八日", "二零二六年十月八日", "二○二六年十月八日", "贰零贰陆年壹拾月零捌日",
        "8 Oct 2026", "08-Oct-2026", "08-OCT-26", "8th October 2026", "8 October, 2026", "Oct 8, 2026",
        "October 8 2026",
        "Oct-08-2026", "Oct. 8, 2026", "Thu, 8 Oct 2026", "2026-Oct-08", "8. Oktober 2026", "8 oktober 2026",
        "8 octobre 2026",
        "08.10.2026", "46303",
    ],
)  # fmt: skip
def test_one_day_in_many_forms(text: str) -> None:
    reading = parse_date(text)
    assert reading[:3] == (OCTOBER_8, None, None), text


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("20261008 10:11:12", "10:11:12"), ("20261008101112", "10:11:12"), ("2026-10-08T10:11:12+08:00", "10:11:12"),
        ("2026-10-08T10:11:12.123Z", "10:11:12"), ("2026-10-0810:11:12", "10:11:12"), ("2026-10-08 10:11", "10:11:00"),
        ("2026-10-08-10.11.12.123456", "10:11:12"), ("2026/10/8 下午3:05", "15:05:00"),
        ("2026-10-08 3:05 PM", "15:05:00"),
        ("2026-10-08 12:05 am", "00:05:00"), ("2026年10月8日 10时11分12秒", "10:11:12"),
        ("2026年10月8日 星期四 10:11", "10:11:00"),
        ("46303.5", "12:00:00"), ("46303.00001", "00:00:01"), ("2026-10-08 00:00:00", "00:00:00"),
        ("Oct 8 2026 10:11:12", "10:11:12"), ("２０２６－１０－０８　１０：１１：１２", "10:11:12"),
    ],
)  # fmt: skip
def test_a_time_after_the_date(text: str, at: str) -> None:
    assert parse_date(text)[:3] == (OCTOBER_8, None, time.fromisoformat(at)), text


@pytest.mark.parametrize("text", ["10-08", "10/8", "10月8日", "10.8", "10.08", "Oct 8", "8 Oct", "26-10-08", "261008",
"26/10/8"])
def test_the_year_of_the_period_completes(text: str) -> None:
    assert parse_date(text, default_year=2026, short_order="mdy").value == OCTOBER_8
    assert parse_date(text).value is None


@pytest.mark.parametrize("text", ["10-08", "10/8", "10.08"])
def test_without_a_year_day_and_month_may_be_exchanged(text: str) -> None:
    assert type(parse_date(text, default_year=2026).problem) is AmbiguousDate
    assert parse_date(text, default_year=2026, order="dmy").value == date(2026, 8, 10)


@pytest.mark.parametrize("text", ["10月8日", "Oct 8", "8 Oct", "10-08"])
def test_a_date_without_a_year_keeps_month_and_day(text: str) -> None:
    bare = parse_date(text, short_order="mdy")
    assert (type(bare.problem), bare.day) == (IncompleteDate, (10, 8))
    assert parse_date(text, default_year=2026, short_order="mdy").day == (10, 8)


@pytest.mark.parametrize(
    ("text", "zone"),
    [("2026-10-08T10:11:12Z", "+00:00"), ("2026-10-08 10:11:12+0800", "+08:00"), ("2026-10-08 10:11 GMT+8", "+08:00"),
     ("2026-10-08 10:11:12 CST", "CST"), ("2026-10-08T10:11:12-05:00", "-05:00"), ("2026-10-08 10:11", None)],
)  # fmt: skip
def test_the_distance_from_utc_is_kept(text: str, zone: str | None) -> None:
    assert parse_date(text).zone == zone


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("08/10/2026", "dmy", "2026-10-08"), ("10/08/2026", "mdy", "2026-10-08"), ("08/10/26", "dmy", "2026-10-08"),
        ("26/10/08", "ymd", "2026-10-08"), ("13/10/2026", None, "2026-10-13"), ("10/13/2026", None, "2026-10-13"),
        ("08/08/2026", None, "2026-08-08"), ("12/25/15", None, "2015-12-25"), ("99-10-08", None, "1999-10-08"),
        ("2026-10-08", "dmy", "2026-10-08"),
    ],
)  # fmt: skip
def test_orders(text: str, order: Order | None, value: str) -> None:
    assert parse_date(text, order=order).value == date.fromisoformat(value)


def test_declared_years_of_the_republic() -> None:
    for text in ("115/10/08", "115-10-8", "1151008", "115年10月8日", "115.10.08"):
        assert parse_date(text, roc=True).value == OCTOBER_8
    assert parse_date("2026-10-08", roc=True).value == OCTOBER_8
    assert parse_date("115/10/08").value is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2026-02-30", ImpossibleDate), ("2026-13-01", ImpossibleDate), ("20260229", ImpossibleDate),
        ("2026年2月30日", ImpossibleDate), ("1026-10-08", ImpossibleDate), ("31.06.2026", ImpossibleDate),
        ("08/10/2026", AmbiguousDate), ("03/04/2026", AmbiguousDate), ("26-10-08", AmbiguousDate),
        ("10-08", AmbiguousDate), ("10-28", IncompleteDate), ("10月8日", IncompleteDate), ("2026年10月", IncompleteDate),
        ("202610", IncompleteDate),
        ("2026", IncompleteDate), ("2026-10", IncompleteDate),
        ("合计", NotADate), ("abc", NotADate), ("12345", NotADate), ("2026-10-08 25:00", NotADate),
        ("100.00", NotADate),
        ("2026-10-08 2026-10-09", NotADate), ("2026-10-08至2026-10-31", NotADate), ("2026-10/08", NotADate),
    ],
)  # fmt: skip
def test_what_is_a_problem(text: str, kind: type[ValueProblem]) -> None:
    reading = parse_date(text)
    assert reading.value is None
    assert type(reading.problem) is kind
    for language in ("zh", "en"):
        assert "?" not in reading.problem.message(language)


def test_a_number_that_may_be_a_day() -> None:
    problem = parse_date("10.1", default_year=2026, short_order="mdy").problem
    assert problem is not None
    assert (problem.values["one"], problem.values["other"]) == ("10-01", "10-10")
    assert parse_date("10.1", default_year=2026, short_order="mdy", full_days=True).value == date(2026, 10, 1)


@pytest.mark.parametrize("text", ["", "-", "—", "00000000", "0000-00-00", "/"])
def test_what_is_empty(text: str) -> None:
    assert parse_date(text)[:3] == (None, None, None)


def test_for_ever() -> None:
    assert parse_date("9999-12-31").value == date.max


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31)))
def test_what_is_printed_is_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    day = moment.date()
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日", "%d %b %Y", "%B %d, %Y", "%d.%m.%Y"):
        assert parse_date(day.strftime(form)).value == day
    for form in ("%Y-%m-%d %H:%M:%S", "%Y%m%d %H:%M:%S", "%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S"):
        assert parse_date(moment.strftime(form))[:3] == (day, None, moment.time())
    assert parse_date(str((day - date(1899, 12, 30)).days)).value == day


@pytest.mark.parametrize(
    ("text", "value"),
    [("10:11", "10:11"), ("10:11:12", "10:11:12"), ("9:05", "09:05"), ("101112", "10:11:12"), ("下午3:05", "15:05"),
     ("3:05 pm", "15:05"), ("10时11分12秒", "10:11:12"), ("0.5", "12:00"), ("2026-10-08 10:11:12", "10:11:12"),
     ("20261008 10:11:12", "10:11:12"), ("１０：１１", "10:11"), ("00:00:00", "00:00")],
)  # fmt: skip
def test_times(text: str, value: str) -> None:
    assert parse_time(text) == (time.fromisoformat(value), None)


@pytest.mark.parametrize("text", ["25:00", "10:61", "abc", "10", "上午"])
def test_what_is_no_time(text: str) -> None:
    assert type(parse_time(text).problem) is NotATime


@pytest.mark.parametrize("text", ["", "-", "2026-10-08"])
def test_no_time_given(text: str) -> None:
    assert parse_time(text) == (None, None)
