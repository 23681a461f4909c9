"""The period of an audit: as asked for, else the month in which most dated records lie."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date

from auditor.audit.errors import PeriodEmpty, PeriodUnknown
from auditor.engine import Engine
from auditor.languages import Text
from auditor.records.model import RecordType


def settled_period(
    engine: Engine, types: Mapping[str, RecordType], asked: tuple[date, date] | None
) -> tuple[tuple[date, date], tuple[Text, ...]]:
    """The period, and a remark if nobody stated it. Raises PeriodEmpty or PeriodUnknown."""
    months = _months(engine, types, required=True) or _months(engine, types, required=False)
    if asked is not None:
        every = _months(engine, types, required=False)
        if every and not any(first <= asked[1] and last >= asked[0] for _, _, first, last in every):
            known = [each for row in months for each in row[2:]]
            raise PeriodEmpty(
                None,
                f"{asked[0]} … {asked[1]}",
                first=asked[0],
                last=asked[1],
                from_=min(known, default="-"),
                to=max(known, default="-"),
            )
        return asked, ()
    if not months:
        raise PeriodUnknown(None)
    first: date = months[0][0]
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    text = f"{first:%Y-%m}"
    return (first, last), (
        Text(
            f"the period {text} was not stated; it is the month in which most records lie",
            f"未注明期间，取记录最多的月份 {text}",
        ),
    )


def _months(engine: Engine, types: Mapping[str, RecordType], *, required: bool) -> list[tuple[date, int, date, date]]:
    """The months of all records but masters, those with most records first: month, records, first and last day.

    With `required` only records that always have a date: of movements, not of registers kept for years.
    """
    dated = [each for _, each in sorted(types.items()) if each.master is None and each.dated and not each.carried_from]
    chosen = [each for each in dated if each.fields[str(each.dated)].required or not required]
    if not chosen:
        return []
    days = " UNION ALL ".join(f'SELECT "{each.dated}" AS day FROM "{each.name}"' for each in chosen)
    return engine.rows(
        "SELECT date_trunc('month', day)::DATE AS month, count(*) AS records, min(day), max(day) "
        f"FROM ({days}) WHERE day IS NOT NULL GROUP BY month ORDER BY records DESC, month DESC"
    )
