"""What a table says of each account in it: the days it covers, and the balances at its ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.model import AccountSpan
from auditor.documents.proofs import balance
from auditor.documents.proofs.exact import Ticks, ticks
from auditor.documents.proofs.links import BACKWARD, FORWARD, Order
from auditor.documents.tables.reading import TableResult
from auditor.documents.tables.totals import to_ticks
from auditor.records.model import RecordType

_COLUMNS = ["date", "direction", "amount", "balance"]
_EPOCH = date(1970, 1, 1)
_Stated = Sequence[Mapping[str, Any]]
_Rows = npt.NDArray[np.int64]
_Days = npt.NDArray[np.int32]  # since 1970


def spans_of(table: TableResult, types: Mapping[str, RecordType], sheet: str) -> list[AccountSpan]:
    """A span for each account and currency of a table of entries; none for other tables.

    The opening is what the table states, else the first balance less its movement; the closing is the last balance,
    else what is stated, else opening + movements. All is done by whole columns: a table may have a million rows.
    """
    record = types[table.record]
    if record.flow is None or "balance" not in record.fields:
        return []
    groups = list(_groups(table.table))
    found = []
    for account, currency, rows in groups:
        alone = len(groups) == 1
        balances = [each for each in table.balances if alone or each["account"] == account]
        extents = [each for each in table.extents if alone or each["account"] == account]
        found.append(_span(table, rows, account, currency, sheet, balances, extents))
    return found


def _groups(table: pa.Table) -> Iterator[tuple[str | None, str | None, _Rows | None]]:
    """Account, currency and rows of each; rows None: all of them."""
    if not table.num_rows:
        yield None, None, None
        return
    names = [name for name in ("account", "currency") if name in table.column_names]
    several = [name for name in names if not _is_one(table.column(name))]
    if not several:
        values = {name: table.column(name)[0].as_py() for name in names}
        yield values.get("account"), values.get("currency"), None
        return
    columns = [table.column(name).combine_chunks().dictionary_encode(null_encoding="encode") for name in several]
    codes = np.zeros(table.num_rows, dtype=np.int64)
    for column in columns:
        codes = codes * (len(column.dictionary) + 1) + column.indices.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=codes[order[0]] - 1))
    for rows in np.split(order, starts[1:]):
        values = {name: table.column(name)[int(rows[0])].as_py() for name in names}
        yield values.get("account"), values.get("currency"), rows if len(rows) < table.num_rows else None


def _is_one(column: pa.ChunkedArray) -> bool:
    """Whether a column holds one value, or none at all."""
    if column.null_count:
        return bool(column.null_count == len(column))
    return bool(pc.all(pc.equal(column, column[0])).as_py())


def _span(
    result: TableResult,
    rows: _Rows | None,
    account: str | None,
    currency: str | None,
    sheet: str,
    balances: _Stated,
    extents: _Stated,
) -> AccountSpan:
    table = result.table.select(_COLUMNS)
    table = table if rows is None else table.take(pa.array(rows))
    days = _day_numbers(table)
    moved = _movements(table)
    stated = sorted(balances, key=lambda each: (each["_page"], each["_row"] or 0))
    openings = [each for each in stated if each["kind"] == "opening"]
    closings = [each for each in stated if each["kind"] == "closing"]
    opening = to_ticks(openings[0]["amount"]) if openings else None
    closing = to_ticks(closings[-1]["amount"]) if closings else None
    ends = _Ends.of(table, moved, days)
    if ends is not None:
        opening = ends.opening if opening is None else opening
        closing = ends.closing
    elif closing is None and opening is not None and not result.problem_rows:
        closing = opening + int(moved.sum())
    first, last = _covered(extents, [*openings[:1], *closings[-1:]], days)
    starts = [each["first_date"] for each in extents if each["first_date"]]
    stops = [each["last_date"] for each in extents if each["last_date"]]
    return AccountSpan(
        result.record,
        account or next((each["account"] for each in (*stated, *extents) if each["account"]), None),
        currency,
        sheet,
        first,
        last,
        opening,
        closing,
        first_stated=bool(starts) and first == min(starts),
        last_stated=bool(stops) and last == max(stops),
        chained=ends is not None and ends.chained,
        unread=result.problem_rows > 0,
        days=ends.days if ends is not None else (),
    )


def _covered(extents: _Stated, balances: _Stated, days: _Days) -> tuple[date | None, date | None]:
    """The first and last day: of the entries and of what is stated, whichever is wider."""
    firsts = [each["first_date"] for each in extents if each["first_date"]]
    lasts = [each["last_date"] for each in extents if each["last_date"]]
    if len(days):
        firsts.append(_day(days.min()))
        lasts.append(_day(days.max()))
    if not len(days) and not extents:  # a month without entries, between two balances
        dates = [each["date"] for each in balances if each["date"]]
        firsts += dates
        lasts += dates
    return min(firsts, default=None), max(lasts, default=None)


class _Ends:
    """The balances before the oldest entry and after the newest, and at the end of each day."""

    def __init__(self, opening: int, closing: int, chained: bool, days: tuple[tuple[date, int], ...]) -> None:
        self.opening, self.closing, self.chained, self.days = opening, closing, chained, days

    @classmethod
    def of(cls, table: pa.Table, moved: Ticks, days: _Days) -> _Ends | None:
        """None if no entry has a balance, or if it cannot be told which entry is the oldest."""
        column = table.column("balance")
        stated, known = ticks(column)
        if not known.any() or len(days) != len(moved):
            return None
        chain = balance.follow(moved, column, days=days)
        chained = chain is not None and not chain.broken
        rising, falling = bool((days[1:] >= days[:-1]).all()), bool((days[1:] <= days[:-1]).all())
        order: Order = FORWARD
        if chain is not None and chain.chains > 1:
            return None  # of several accounts
        if chain is not None and chained:
            order = chain.order
        elif not (rising or falling):
            return None
        elif not rising or (falling and chain is not None and chain.order is BACKWARD):
            order = BACKWARD
        opening, closing = balance.ends(moved, column, order)
        in_time = days[order]
        at_ends = _by_day(in_time, stated[order], known[order]) if (in_time[1:] >= in_time[:-1]).all() else ()
        return cls(opening, closing, chained, at_ends)


def _by_day(days: _Days, stated: Ticks, known: Any) -> tuple[tuple[date, int], ...]:
    """The last balance of each day that has one. The rows are in the order of time."""
    if not known.all():
        days, stated = days[known], stated[known]
    last = np.flatnonzero(np.append(days[1:] != days[:-1], True))
    return tuple((_day(days[at]), int(stated[at])) for at in map(int, last))


def _movements(table: pa.Table) -> Ticks:
    amounts, _ = ticks(table.column("amount"))
    directions = table.column("direction").combine_chunks()
    out = np.asarray(pc.fill_null(pc.equal(directions, "out"), False).to_numpy(zero_copy_only=False), dtype=bool)
    into = np.asarray(pc.fill_null(pc.equal(directions, "in"), False).to_numpy(zero_copy_only=False), dtype=bool)
    np.negative(amounts, out=amounts, where=out)
    neither = ~(out | into)
    if neither.any():
        amounts[neither] = 0
    return amounts


def _day_numbers(table: pa.Table) -> _Days:
    """Days since 1970 of the entries; fewer than entries where one has no date."""
    dates = table.column("date").combine_chunks()
    numbers = (dates.drop_null() if dates.null_count else dates).view(pa.int32())
    return np.asarray(numbers.to_numpy(zero_copy_only=False))


def _day(number: Any) -> date:
    return _EPOCH + timedelta(days=int(number))
