"""The period of an audit: as asked for, else the month in which most dated records lie."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date

from auditor.audit.errors import PeriodEmpty, PeriodUnknown
from auditor.engine import Engine
from auditor.languages import Text
from auditor.records.model import FieldType, RecordType


def settled_period(
    engine: Engine, types: Mapping[str, RecordType], asked: tuple[date, date] | None, *, whole: bool = True
) -> tuple[tuple[date, date], tuple[Text, ...]]:
    """The period, and a remark if nobody stated it. Raises PeriodEmpty or PeriodUnknown.

    `whole`: all documents were read. Where one was not, what is asked for may stand in it: the report that names it is
    worth more than an error about dates.
    """
    months = engine.rows(
        "SELECT date_trunc('month', day)::DATE AS month, count(*) AS records, min(day), max(day) "
        f"FROM ({_days(types)}) GROUP BY month ORDER BY records DESC, month DESC"
    )
    if asked is not None:
        if (months or whole) and not any(first <= asked[1] and last >= asked[0] for _, _, first, last in months):
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


def _days(types: Mapping[str, RecordType]) -> str:
    """The dates of all records that tell the period: of movements, not of masters and registers kept for years."""
    tables = [
        name
        for name, each in sorted(types.items())
        if each.master is None
        and "date" in each.fields
        and each.fields["date"].type is FieldType.DATE
        and each.fields["date"].required
    ]
    return " UNION ALL ".join(f'SELECT date AS day FROM "{name}" WHERE date IS NOT NULL' for name in tables)
