"""The days of an axis: read together, where none of them alone says enough."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.documents.recognition.day_axis import day_axis, form_of

SEPTEMBER = (2026, 9)
FIRST_THREE = [date(2026, 9, 3), date(2026, 9, 4), date(2026, 9, 5)]


@pytest.mark.parametrize(
    "texts",
    [
        ["9/3", "9/4", "9/5"], ["3/9", "4/9", "5/9"], ["9.3", "9.4", "9.5"], ["3", "4", "5"], ["03", "04", "05"],
        ["3日", "4号", "5"], ["3-Sep", "4-Sep", "5-Sep"], ["Sep 3", "Sep 4", "Sep 5"], ["Thu 3", "Fri 4", "Sat 5"],
        ["3rd", "4th", "5th"], ["9月3日\n周四", "9月4日（周五）", "9月5日"], ["星期四 3日", "4日", "5日"], ["46268", "46269", "46270"],
        ["2026-09-03 00:00:00", "4", "9-5"], ["Day 3", "Day 4", "Day 5"], ["２０２６年９月３日", "９月４日", "５"],
    ],
    ids=lambda texts: texts[0],
)  # fmt: skip
def test_forms_of_days(texts: list[str]) -> None:
    axis = day_axis(dict(enumerate(texts)), SEPTEMBER)
    assert axis is not None and list(axis.days.values()) == FIRST_THREE


def test_the_order_of_full_dates_follows_from_their_sequence() -> None:
    axis = day_axis(dict(enumerate(["03/09/2026", "04/09/2026", "05/09/2026"])), None)
    assert axis is not None and list(axis.days.values()) == FIRST_THREE


def test_a_tenth_that_lost_its_nought() -> None:
    axis = day_axis(dict(enumerate(["9.9", "9.1", "9.11"])), SEPTEMBER)
    assert axis is not None and [day.day for day in axis.days.values()] == [9, 10, 11]


def test_over_the_end_of_a_year_and_of_a_month_that_is_named() -> None:
    axis = day_axis(dict(enumerate(["12/30", "12/31", "1/1"])), (2026, 12))
    assert axis is not None and axis.days[2] == date(2027, 1, 1)
    named = {0: (None, 9), 1: (None, 9), 2: (None, 10)}
    axis = day_axis(dict(enumerate(["29", "30", "1"])), (2026, 0), months=named)
    assert axis is not None and axis.days[2] == date(2026, 10, 1)


@pytest.mark.parametrize("texts", [["1", "2", "3"], ["9/3", "9/4", "9/5"], ["30", "31", "1"]])
def test_days_of_no_month(texts: list[str]) -> None:
    axis = day_axis(dict(enumerate(texts)), None)
    assert axis is not None and axis.lacks_month and not axis.days and len(axis.places) == 3


def test_thirty_one_days_of_a_shorter_month() -> None:
    axis = day_axis({day: str(day) for day in range(1, 32)}, SEPTEMBER)
    assert axis is not None and len(axis.days) == 30 and 31 in axis.places


@pytest.mark.parametrize("texts", [["10.50", "11.20", "12.30"], ["3", "3", "4"], ["5", "4", "3"], ["1", "2"], ["a", "b", "c"]])
def test_no_axis(texts: list[str]) -> None:
    assert day_axis(dict(enumerate(texts)), SEPTEMBER) is None


@pytest.mark.parametrize("text", ["", "1234.50", "20.00", "SH26-000001", "合计", "32", "客户", "0", "1,234"])
def test_no_day(text: str) -> None:
    assert form_of(text) is None
