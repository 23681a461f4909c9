"""What a check knows of the records it is given: their columns, and what they say of party, amount, currency and
date.

A record type and a view look alike here. A view that stands for several records in one row carries their ids in
`_ids`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.checks.admission import admits
from auditor.checks.base import Population
from auditor.checks.templates import quoted
from auditor.engine import Engine
from auditor.records.loader import record_types
from auditor.records.model import party_fields


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a type or view that meet a condition, and the columns they have with their SQL types.

    An empty field meets no comparison: see `auditor.checks.admission`.
    """

    name: str
    where: str | None
    columns: Mapping[str, str]

    @property
    def sql(self) -> str:
        """What stands in FROM, in brackets."""
        condition = f" WHERE ({admits(self.where)})" if self.where else ""
        return f"(SELECT * FROM {quoted(self.name)}{condition})"

    def has(self, field: str) -> bool:
        return field in self.columns

    @property
    def fields(self) -> list[str]:
        """The fields in the order of the record type, without system columns and master ids."""
        return [each for each in self.columns if not each.startswith("_") and not each.endswith("__id")]

    def master(self, field: str, alias: str) -> str:
        """The value of a field: the id of the master's entry where it is known, else what is written."""
        column = f"{alias}.{quoted(field)}"
        return f"coalesce({alias}.{quoted(field + '__id')}, {column})" if self.has(f"{field}__id") else column

    def ids(self, alias: str) -> str:
        """The ids of one row's records, as a list."""
        return f"{alias}._ids" if self.has("_ids") else f"[{alias}._id]"

    def gathered_ids(self, alias: str) -> str:
        """An aggregate: the ids of the records of many rows, ascending and without repeats."""
        gathered = f"flatten(list({alias}._ids))" if self.has("_ids") else f"list({alias}._id)"
        return f"list_sort(list_distinct({gathered}))"

    def party(self, alias: str) -> str:
        """Whom a record is about: the first of the fields that record types call a party."""
        named = party_fields(record_types())
        return next((self.master(each, alias) for each in named if self.has(each)), "NULL")

    def amount(self, alias: str) -> str:
        return self._or_null("amount", alias)

    def total(self, alias: str) -> str:
        """An aggregate: the sum of amounts; nought without them."""
        return f"sum({alias}.amount)" if self.has("amount") else "0"

    def currency(self, alias: str) -> str:
        return self._or_null("currency", alias)

    @property
    def dated(self) -> str | None:
        """The field that places a record in time: the one that its type names, of a view `date`."""
        record = record_types().get(self.name)
        named = record.dated if record is not None else "date"
        return named if named is not None and self.columns.get(named) == "DATE" else None

    def date(self, alias: str) -> str:
        return self._or_null(self.dated or "date", alias)

    def key(self, alias: str) -> str:
        """The document key where the rule gives none: the first field, a date as month and day."""
        return key_part(self.columns[self.fields[0]], f"{alias}.{quoted(self.fields[0])}")

    def content(self, alias: str) -> list[str]:
        """Expressions to order by so that equal content alone leaves two records tied; the id breaks that tie."""
        names = sorted(each for each in self.columns if not each.startswith("_"))
        return [f"{alias}.{quoted(each)}" for each in names] + [f"{alias}._id"]

    def _or_null(self, field: str, alias: str) -> str:
        return f"{alias}.{quoted(field)}" if self.has(field) else "NULL"


def days_apart(left: Records, right: Records, left_alias: str = "l", right_alias: str = "r") -> str | None:
    """SQL: how many days lie between two records; None where one of them has no place in time."""
    if left.dated is None or right.dated is None:
        return None
    return f"abs({right_alias}.{quoted(right.dated)} - {left_alias}.{quoted(left.dated)})"


def records(engine: Engine, name: str, where: str | None = None) -> Records:
    return Records(name, where, engine.columns(name))


def key_part(sql_type: str, value: str) -> str:
    """A value as part of a document key: dates as month and day, anything else as its text."""
    return f"strftime({value}, '%m-%d')" if sql_type in ("DATE", "TIMESTAMP") else f"text_of({value})"


def joined_key(parts: Sequence[str]) -> str:
    """Parts of a key with / between them; a part that is null falls away."""
    return f"concat_ws('/', {', '.join(parts)})" if parts else "''"


def same(left: Sequence[str], right: Sequence[str]) -> str:
    """A condition: the values are pairwise equal, nulls being equal to each other."""
    return " AND ".join(f"{a} IS NOT DISTINCT FROM {b}" for a, b in zip(left, right, strict=True)) or "TRUE"


def population(
    engine: Engine, side: str, given: Records, open_ids: str, explained_ids: str | None = None
) -> Population:
    """The population of one side, divided by the ids of its rows: open, explained, and the rest matched.

    `open_ids` and `explained_ids` are SELECTs of one column of `_id`. Amounts are sums of `amount`, null without it.
    """
    amount = "amount" if given.has("amount") else "NULL"
    own = "_ids[1]" if given.has("_ids") else "_id"
    states = f"""
        SELECT CASE WHEN {own} IN ({open_ids}) THEN 'open'
                    WHEN {own} IN ({explained_ids or "SELECT NULL WHERE FALSE"}) THEN 'explained'
                    ELSE 'matched' END AS state, {amount} AS amount
        FROM {given.sql}"""
    rows = engine.rows(
        f"SELECT state, count(*), CAST(coalesce(sum(amount), 0) AS DECIMAL(38,5)) FROM ({states}) GROUP BY state"
    )
    return divided(side, given.name, {state: (count, total) for state, count, total in rows}, given.has("amount"))


def divided(side: str, name: str, states: Mapping[str, tuple[int, Decimal]], amounts: bool) -> Population:
    """A population from the count and sum of each of its states: matched, explained, open."""
    nothing = (0, Decimal(0))
    matched, explained, left_open = (states.get(each, nothing) for each in ("matched", "explained", "open"))
    sums = [each[1] if amounts else None for each in (matched, explained, left_open)]
    total = sum((each for each in sums if each is not None), Decimal(0)) if amounts else None
    count = matched[0] + explained[0] + left_open[0]
    return Population(side, name, count, matched[0], explained[0], left_open[0], total, sums[0], sums[1], sums[2])
