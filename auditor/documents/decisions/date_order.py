"""The order of day and month in a column of dates such as 03/04/2026.

Decided by values that have one order only (25/04/2026), else by the extent that the document states or the period under
audit, if they leave one order for all values; a Chinese document that writes no year puts the month first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.documents.decisions.decision import Basis, Decision
from auditor.values.dates import Order, parse_date
from auditor.values.errors import AmbiguousDate

Extent = tuple[date, date]
# 03/04, 03.04.2026, 26-04-03, 030426: what begins with a year of four digits leaves nothing open
_MAY_BE_DOUBTFUL = re.compile(
    r"(?<!\d)\d{1,2}\s*[^\w\s]\s*\d{1,2}(?!\d)|(?<!\d)\d{6}(?!\d)|(?<!\d)\d{1,2} \d{1,2}(?!\d)"
)
_ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")


@dataclass(frozen=True, slots=True)
class DateOrders:
    """The order of full dates, that of dates without a year, and whether a last figure can have lost a zero."""

    full: Decision[Order]
    short: Decision[Order]
    full_days: bool = False


def decide(
    texts: Sequence[str],
    *,
    declared: Order | None = None,
    stated: Extent | None = None,
    period: Extent | None = None,
    chinese: bool = False,
    typed: bool = False,
) -> DateOrders:
    """The orders of a column. `texts`: its distinct texts. `stated`: the days that the document says it covers.

    `chinese`: the column's header, or the table, is in Chinese. `typed`: its cells are texts, so that `10.3` is no
    number that has lost a zero.
    """
    full_days = typed or any(_ends_in_zero(text) for text in texts)
    texts = [text for text in texts if _MAY_BE_DOUBTFUL.search(text)]
    if declared is not None:
        return DateOrders(Decision(declared, Basis.DECLARED), Decision(declared, Basis.DECLARED), full_days)
    doubtful = [text for text in texts if isinstance(parse_date(text, full_days=full_days).problem, AmbiguousDate)]
    if not doubtful:
        return DateOrders(Decision(None), Decision("mdy", Basis.STATED) if chinese else Decision(None), full_days)
    full = [text for text in doubtful if _dates_of(text)]
    short = [text for text in doubtful if not _dates_of(text)]
    possible = _possible_orders(texts, full_days)
    if len(possible) == 1:
        return DateOrders(Decision(possible[0], Basis.VALUES), Decision(possible[0], Basis.VALUES), full_days)
    nothing: Decision[Order] = Decision(None, open=bool(full))
    found = _within(full or short, stated, period) if possible else nothing
    decided: Decision[Order] = found if full else Decision(found.value, found.basis)
    if chinese and possible:
        return DateOrders(decided, Decision("mdy", Basis.STATED), full_days)
    return DateOrders(decided, Decision(decided.value, decided.basis, open=bool(short)), full_days)


def _ends_in_zero(text: str) -> bool:
    """`10.30` cannot be a number, which would have lost its zero."""
    parts = text.strip().split(".")
    return len(parts) == 2 and parts[0].isdigit() and parts[1] in ("10", "20", "30")


def _possible_orders(texts: Iterable[str], full_days: bool) -> list[Order]:
    """The orders in which every text is a day that the calendar has; texts that are none in any order do not count.

    Orders that read all texts alike are one.
    """
    read = [
        [parse_date(text, order=order, default_year=2000, full_days=full_days).value for order in _ORDERS]
        for text in texts
    ]
    read = [days for days in read if any(days)]
    found: list[tuple[Order, list[date | None]]] = []
    for at, order in enumerate(_ORDERS):
        days = [each[at] for each in read]
        if all(days) and all(days != others for _, others in found):
            found.append((order, days))
    return [order for order, _ in found]


def _dates_of(text: str) -> list[tuple[Order, date]]:
    """The full dates that a doubtful text can be, with the order of each; none if it lacks the year."""
    found: list[tuple[Order, date]] = []
    for order in _ORDERS:
        read = parse_date(text, order=order)
        if read.value is not None and all(read.value != other for _, other in found):
            found.append((order, read.value))
    return found


def _day_in(text: str, order: Order, extent: Extent) -> date | None:
    """The day of a text in an order; of one without a year that of the extent's years in which it lies inside."""
    days = [parse_date(text, order=order, default_year=each.year).value for each in extent]
    return next((day for day in days if day is not None and extent[0] <= day <= extent[1]), days[0])


def _within(texts: Sequence[str], *extents: Extent | None) -> Decision[Order]:
    """The one order in which all dates lie within an extent, if there is just one."""
    if not texts:
        return Decision(None)
    for extent, basis in zip(extents, (Basis.STATED, Basis.PERIOD), strict=True):
        if extent is None:
            continue
        fitting: list[tuple[Order, list[date | None]]] = []
        for order in _ORDERS:
            days = [_day_in(text, order, extent) for text in texts]
            inside = all(day is not None and extent[0] <= day <= extent[1] for day in days)
            if inside and all(days != others for _, others in fitting):
                fitting.append((order, days))
        if len(fitting) == 1:
            return Decision(fitting[0][0], basis)
    return Decision(None, open=True)
