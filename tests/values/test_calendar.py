"""The calendar of mainland China, and calendars that people give."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.engine import DuckEngine
from auditor.values.calendar import BadCalendar, OutsideCalendar, UnknownCalendar, WorkingCalendar, load_calendar


@pytest.fixture(scope="module")
def cn() -> WorkingCalendar:
    return load_calendar("cn")


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2025-01-01", False), ("2025-01-02", True), ("2025-01-26", True), ("2025-02-04", False), ("2025-02-08", True),
        ("2025-04-27", True), ("2025-05-05", False), ("2025-06-02", False), ("2025-09-28", True), ("2025-10-08", False),
        ("2025-10-11", True), ("2026-01-02", False), ("2026-01-04", True), ("2026-02-14", True), ("2026-02-23", False),
        ("2026-02-24", True), ("2026-02-28", True), ("2026-04-06", False), ("2026-05-09", True), ("2026-06-19", False),
        ("2026-09-20", True), ("2026-09-25", False), ("2026-10-01", False), ("2026-10-07", False), ("2026-10-08", True),
        ("2026-10-10", True), ("2026-10-11", False), ("2026-10-17", False), ("2027-01-01", True), ("2027-01-02", False),
    ],
)  # fmt: skip
def test_days_of_the_notices(cn: WorkingCalendar, day: str, working: bool) -> None:
    assert cn.is_working(date.fromisoformat(day)) is working


def test_working_days_of_each_year(cn: WorkingCalendar) -> None:
    counts = {year: sum(working for day, working, _ in cn.rows() if day.year == year) for year in (2025, 2026)}
    assert counts == {2025: 248, 2026: 248}


def test_distances(cn: WorkingCalendar) -> None:
    assert cn.working_days_between(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert cn.working_days_between(date(2026, 10, 9), date(2026, 10, 12)) == 2  # over the working Saturday
    assert cn.working_days_between(date(2026, 10, 12), date(2026, 10, 9)) == -2
    assert cn.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert cn.add_working_days(date(2026, 10, 4), 1) == date(2026, 10, 8)
    assert cn.add_working_days(date(2026, 10, 9), 1) == date(2026, 10, 10)
    assert cn.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert cn.add_working_days(date(2026, 10, 4), -1) == date(2026, 9, 30)


def test_rows_number_the_working_days(cn: WorkingCalendar) -> None:
    rows = {day: (working, number) for day, working, number in cn.rows()}
    assert rows[date(2025, 1, 1)] == (False, 0)
    assert rows[date(2025, 1, 2)] == (True, 1)
    assert rows[date(2025, 1, 4)] == (False, 2)
    assert len(rows) == 3 * 365


def test_the_table_of_the_engine(cn: WorkingCalendar) -> None:
    engine = DuckEngine(threads=1)
    cn.store(engine)
    assert engine.columns("calendar_day") == {"day": "DATE", "working": "BOOLEAN", "working_number": "BIGINT"}
    assert engine.rows("SELECT working FROM calendar_day WHERE day = DATE '2026-10-10'") == [(True,)]
    assert engine.rows("SELECT * FROM calendar_day ORDER BY day") == list(cn.rows())
    engine.close()


def test_an_unknown_year_asks_for_another_calendar(cn: WorkingCalendar) -> None:
    with pytest.raises(OutsideCalendar) as caught:
        cn.is_working(date(2028, 1, 3))
    assert "my-calendar.yaml" in caught.value.message("zh")
    with pytest.raises(OutsideCalendar):
        cn.add_working_days(date(2027, 12, 31), 1)


def test_years_not_published_are_remarked(cn: WorkingCalendar) -> None:
    assert cn.remarks(date(2026, 10, 1), date(2026, 10, 31)) == []
    (remark,) = cn.remarks(date(2026, 12, 1), date(2026, 12, 31))
    assert "2027" in remark.zh and "2027" in remark.en


def test_another_calendar(tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_text(
        "calendar: sharjah\nweekend: [friday]\nyears:\n  2026:\n    holidays:\n"
        "      - {name: {en: Rest, zh: 休}, from: 2026-10-05}\n    working: [2026-10-09]\n", encoding="utf-8")
    mine = load_calendar("my.yaml", tmp_path)
    days = [date(2026, 10, day) for day in range(2, 11)]
    assert [mine.is_working(day) for day in days] == [False, True, True, False, True, True, True, True, True]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("years:\n  2026:\n    working: [2026-10-08]\n", "3:15"),
        ("years:\n  2026:\n    working: [2027-10-09]\n", "3:15"),
        ("years:\n  2026:\n    working: [10-09]\n", "3:15"),
        ("years:\n  2026:\n    workin: [2026-10-10]\n", "3:5"),
        ("years:\n  26:\n    working: []\n", "2:3"),
        ("weekend: [samedi]\nyears: {}\n", "1:11"),
        ("years:\n  2026:\n    holidays:\n      - {name: {en: a, zh: 甲}, from: 2026-10-09, to: 2026-10-08}\n", "4:54"),
        ("years: []\n", "1:8"),
    ],
)
def test_mistakes_have_places(tmp_path: Path, text: str, place: str) -> None:
    (tmp_path / "my.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadCalendar) as caught:
        load_calendar("my.yaml", tmp_path)
    assert str(caught.value.place) == f"my.yaml:{place}"


def test_an_unknown_calendar() -> None:
    with pytest.raises(UnknownCalendar) as caught:
        load_calendar("cnn")
    assert caught.value.values["nearest"] == "cn"
