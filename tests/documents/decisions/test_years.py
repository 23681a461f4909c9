"""The years of dates without one, over New Year too; what nothing tells has none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.documents.decisions.decision import Basis
from auditor.documents.decisions.years import Day, YearEvidence, Years, complete, runs_over_new_year

TURN: list[Day | None] = [(12, 28), (12, 31), (1, 3), (1, 15)]


def years(days: list[Day | None], **evidence: object) -> Years:
    return complete(days, [None] * len(days), YearEvidence(**evidence))  # type: ignore[arg-type]


@pytest.mark.parametrize("days", [TURN, TURN[::-1]])
def test_the_stated_extent_gives_each_day_its_year(days: list[Day | None]) -> None:
    found = years(days, extent=(date(2026, 12, 20), date(2027, 1, 19)))
    assert dict(zip(days, found.years, strict=True)) == {(12, 28): 2026, (12, 31): 2026, (1, 3): 2027, (1, 15): 2027}


def test_a_day_outside_of_the_extent_has_no_year() -> None:
    found = years([(12, 28), (3, 1)], extent=(date(2026, 12, 20), date(2027, 1, 19)))
    assert (found.years, found.outside) == ((2026, None), (1,))


@pytest.mark.parametrize(
    ("month", "expected"),
    [((2027, 1), (2026, 2026, 2027, 2027)), ((2026, 12), (2026, 2026, 2027, 2027))],
)
def test_a_stated_month_takes_the_nearest_year(month: tuple[int, int], expected: tuple[int, ...]) -> None:
    assert years(TURN, months=((*month, Basis.STATED),)).years == expected


def test_one_year_is_not_enough_for_a_list_over_new_year() -> None:
    assert years(TURN, years=((2026, Basis.STATED),)).years == (None,) * 4
    assert years([(3, 1), (11, 30)], years=((2026, Basis.STATED),)).years == (2026, 2026)


def test_the_period_goes_before_the_name_of_a_file() -> None:
    found = years(
        [(10, 8)],
        period=(date(2026, 10, 1), date(2026, 10, 31)),
        months=((2024, 10, Basis.NAME),),
    )
    assert (found.years, found.basis) == ((2026,), Basis.PERIOD)
    assert years([(10, 8)], months=((2024, 10, Basis.NAME),)).basis is Basis.NAME


def test_nothing_gives_no_year() -> None:
    assert years([(10, 8), None]).years == (None, None)


def test_full_dates_of_the_column_give_the_years_of_the_rows_below() -> None:
    days: list[Day | None] = [None, (12, 30), (1, 2), None]
    full = [date(2026, 12, 28), None, None, date(2027, 1, 4)]
    assert complete(days, full, YearEvidence()).years == (None, 2026, 2027, None)


def test_thirteen_months_are_told_apart_by_the_order_of_the_rows() -> None:
    extent = (date(2026, 1, 1), date(2027, 1, 31))
    days: list[Day | None] = [(1, 5), (1, 20), (6, 1), (12, 31), (1, 5), (1, 20)]
    assert years(days, extent=extent).years == (2026, 2026, 2026, 2026, 2027, 2027)
    assert years([(1, 5), (1, 20)], extent=extent).years == (None, None)


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    steps=st.lists(st.integers(0, 40), min_size=1, max_size=12),
    back=st.booleans(),
)
def test_a_stated_extent_never_gives_a_wrong_year(first: date, steps: list[int], back: bool) -> None:
    dates = [first]
    for step in steps:
        dates.append(dates[-1] + timedelta(days=step))
    extent = (dates[0], dates[-1])
    if extent[0] == extent[1]:
        return
    shown = dates[::-1] if back else dates
    found = complete([(each.month, each.day) for each in shown], [None] * len(shown), YearEvidence(extent=extent))
    assert all(year in (None, each.year) for year, each in zip(found.years, shown, strict=True))


def test_runs_over_new_year() -> None:
    assert runs_over_new_year(TURN) and runs_over_new_year(TURN[::-1])
    assert not runs_over_new_year([(1, 3), (6, 1), (12, 31)]) and not runs_over_new_year([(10, 8), (10, 3)])
