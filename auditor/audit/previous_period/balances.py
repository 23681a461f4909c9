"""Opening balances against the closing ones of the period before, of every kind of record that has them.

Records with a running balance have one value that no row ends on, their opening, and one that no row starts from,
their closing; the order of rows does not matter. Records that state an opening and a closing figure are taken by their
party or account. What stands twice with two values is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditor.engine import DuckEngine, Engine, EngineError
from auditor.findings.carried_over import CarriedBalance
from auditor.records.model import RecordType

Key = tuple[str, str, str]  # record type, account or party, currency


@dataclass(frozen=True, slots=True)
class _Ends:
    name: str  # as people call it
    opening: Decimal | None
    closing: Decimal | None


def carried_balances(
    earlier: DuckEngine,
    engine: Engine,
    types: Mapping[str, RecordType],
    before: tuple[date, date],
    period: tuple[date, date],
) -> tuple[CarriedBalance, ...]:
    """What closed the period `before` by the database of its audit, against what opens this `period`; in the order of
    record types and keys."""
    known = {name: each for name, each in types.items() if _chained(each) or _stating(each)}
    closings = {key: ends for key, ends in _ends(earlier, known, before) if ends.closing is not None}
    openings = dict(_ends(engine, known, period))
    return tuple(
        CarriedBalance(
            of=types[key[0]].title,
            key=key[1],
            name=openings[key].name if key in openings else ends.name,
            currency=key[2] or None,
            closing=ends.closing,
            opening=openings[key].opening if key in openings else None,
        )
        for key, ends in sorted(closings.items())
        if ends.closing is not None
    )


def _chained(record: RecordType) -> bool:
    """Whether its records are movements with a running balance."""
    return record.flow is not None and {"direction", "amount", "balance"} <= set(record.fields) and bool(record.dated)


def _stating(record: RecordType) -> bool:
    """Whether its records state an opening and a closing figure of a party or an account."""
    has_opening = bool({"opening", "opening_arrears"} & set(record.fields))
    return "closing" in record.fields and has_opening and _holder(record) is not None


def _holder(record: RecordType) -> str | None:
    """The field that says whose balance it is."""
    return next((each.name for each in record.fields.values() if each.master), None)


def _ends(engine: Engine, types: Mapping[str, RecordType], period: tuple[date, date]) -> Iterator[tuple[Key, _Ends]]:
    for name, record in sorted(types.items()):
        select = _chain_select(record) if _chained(record) else _stated_select(record)
        try:
            rows = engine.rows(select, list(period) if _chained(record) else None)
        except EngineError:
            continue  # the earlier audit did not know this kind of record, or not these fields of it
        for key, currency, called, opening, closing in rows:
            yield (name, str(key or ""), str(currency or "")), _Ends(str(called or key or ""), opening, closing)


def _columns(record: RecordType) -> tuple[str, str, str]:
    """SQL of whose balance it is, of what that is called, and of its currency."""
    holder = _holder(record)
    own = holder is not None and _is_own(record, holder)
    key = f"coalesce(\"{holder}__id\", \"{holder}\", '')" if own else "''"
    called = f'min("{holder}")' if own else "''"
    return key, called, "coalesce(currency, '')" if "currency" in record.fields else "''"


def _is_own(record: RecordType, holder: str) -> bool:
    """Whether the field says whose records they are, not with whom a movement was."""
    return not _chained(record) or record.fields[holder].master != "party"


def _chain_select(record: RecordType) -> str:
    key, _, currency = _columns(record)
    return f"""
        WITH moves AS (
          SELECT _id, {key} AS key, {currency} AS currency, "{record.dated}" AS day, balance AS after,
                 balance - CASE direction WHEN 'out' THEN 0 - amount ELSE amount END AS before
          FROM "{record.name}"
          WHERE balance IS NOT NULL AND amount IS NOT NULL AND direction IN ('in', 'out')
            AND "{record.dated}" BETWEEN $1 AND $2),
        turns AS (
          SELECT key, currency, day, value, sum(turn) OVER (PARTITION BY key, currency, value) AS turns, turn
          FROM (SELECT key, currency, day, after AS value, 1 AS turn FROM moves
                UNION ALL SELECT key, currency, day, before, -1 FROM moves))
        SELECT key, currency, key AS called,
               coalesce(list(value ORDER BY day, value) FILTER (WHERE turns < 0)[1],
                        list(value ORDER BY day, value) FILTER (WHERE turn < 0)[1]),
               coalesce(list(value ORDER BY day DESC, value) FILTER (WHERE turns > 0)[1],
                        list(value ORDER BY day DESC, value) FILTER (WHERE turn > 0)[1])
        FROM turns t GROUP BY key, currency ORDER BY key, currency"""


def _stated_select(record: RecordType) -> str:
    key, called, currency = _columns(record)
    opening = "opening" if "opening" in record.fields else "opening_arrears"
    less = " - coalesce(opening_credit, 0)" if "opening_credit" in record.fields else ""
    return f"""
        SELECT {key} AS key, {currency} AS currency, {called}, min({opening}{less}), min(closing)
        FROM "{record.name}" WHERE {opening} IS NOT NULL AND closing IS NOT NULL
        GROUP BY ALL HAVING count(DISTINCT ({opening}{less}, closing)) = 1 ORDER BY key, currency"""
