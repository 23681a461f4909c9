"""The order of day and month: by values with one order, a stated extent, the period; never by a default."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.documents.decisions import date_order
from auditor.documents.decisions.decision import Basis

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2026", "25/04/2026"], "dmy"), (["03/04/2026", "04/25/2026"], "mdy"),
        (["03-04-26", "25-04-26"], None),  # 25-04-26 may be 2025-04-26
        (["03/04", "25/04"], "dmy"), (["2026-10-03", "2026-10-04"], None),
    ],
)  # fmt: skip
def test_values_that_have_one_order_decide_for_all(texts: list[str], order: str | None) -> None:
    assert date_order.decide(texts).full.value == order


def test_values_of_both_orders_leave_it_open() -> None:
    found = date_order.decide(["03/04/2026", "25/04/2026", "04/25/2026"])
    assert found.full.value is None and found.full.open


def test_the_extent_that_the_document_states_decides() -> None:
    texts = ["01/10/2026", "02/10/2026", "10/10/2026"]
    found = date_order.decide(texts, stated=OCTOBER)
    assert (found.full.value, found.full.basis) == ("dmy", Basis.STATED)
    assert date_order.decide(texts, period=OCTOBER).full.basis is Basis.PERIOD
    assert date_order.decide(texts).full.open


def test_an_extent_in_which_both_orders_lie_decides_nothing() -> None:
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert date_order.decide(["03/04/2026", "04/05/2026"], stated=year).full.open


def test_a_chinese_document_without_years_puts_the_month_first() -> None:
    found = date_order.decide(["03-04", "04-05"], chinese=True)
    assert found.short.value == "mdy" and not found.full.open
    assert date_order.decide(["03-04", "04-05"]).short.open


def test_a_day_that_is_written_in_full_shows_that_figures_are_texts() -> None:
    assert date_order.decide(["10.1", "10.3", "10.30"], chinese=True).full_days
    assert not date_order.decide(["10.1", "10.3", "10.8"], chinese=True).full_days


@pytest.mark.parametrize(
    ("texts", "extent", "order"),
    [
        (["10-01", "10-02", "10-09"], OCTOBER, "mdy"),
        (["01/10", "02/10", "09/10"], OCTOBER, "dmy"),
        (["12-11", "01-02"], (date(2026, 12, 5), date(2027, 1, 8)), "mdy"),  # over New Year: of either year
        (["10-10"], OCTOBER, None),  # the same day both ways: nothing to decide
        (["03-04", "04-05"], OCTOBER, None),
        (["01-02", "02-01"], (date(2026, 1, 1), date(2026, 12, 31)), None),  # a whole year leaves both
    ],
)
def test_days_without_a_year_lie_within_what_is_covered(
    texts: list[str], extent: tuple[date, date], order: str | None
) -> None:
    assert date_order.decide(texts, stated=extent).short.value == order
    assert date_order.decide(texts, period=extent).short.value == order


@pytest.mark.parametrize(
    ("texts", "typed", "order"),
    [(["11.2"], True, "mdy"), (["11.2", "11.3"], True, "mdy"), (["9.1", "9.2"], True, "mdy"), (["10.30"], False, "mdy")],
)
def test_days_typed_as_text_have_lost_no_zero(texts: list[str], typed: bool, order: str) -> None:
    found = date_order.decide(texts, chinese=True, typed=typed)
    assert (found.short.value, found.full_days) == (order, True)
    assert not date_order.decide(["11.2"], chinese=True).full_days
