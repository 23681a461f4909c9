"""The same movements in two places, read once: one statement in two forms, exports that overlap, copies of a sheet.

Two tables of one account are held against each other on the days that both cover, row by row, by day, side and amount.
What the two state beside that (number, balance) must not contradict; where both state it, it proves that two rows are
one. Rows of one table are never folded: two equal payments on one day are two payments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pyarrow as pa

from auditor.documents.model import ReadDocument
from auditor.engine import Engine
from auditor.errors import Place
from auditor.languages import Text
from auditor.records.model import RecordType

_LEAST = 2  # rows that must agree where neither number nor balance proves it,
_MOST_OTHERS = 5  # and of so many rows of the shorter table at most one may not
_NUMBERS = ("serial", "reference", "voucher_no", "document_no")


class _Row(NamedTuple):
    id: int
    day: date
    side: str
    amount: Decimal
    number: str | None
    balance: Decimal | None

    @property
    def key(self) -> tuple[date, str, Decimal]:
        return self.day, self.side, self.amount


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of one account on one page of a document."""

    document: int
    page: int
    account: str | None
    currency: str | None
    first: date
    last: date
    count: int
    stated: int  # numbers and balances in it: of two forms the one that says more is kept

    @property
    def rank(self) -> tuple[int, int, int, int]:
        return -self.stated, -self.count, self.document, self.page


@dataclass(frozen=True, slots=True)
class Repeated:
    """Movements of a document that stand in another, too, and were taken out; or days on which two tables differ."""

    document: int
    place: str
    text: Text


def read_once(
    engine: Engine, types: Mapping[str, RecordType], documents: Sequence[ReadDocument]
) -> list[Repeated]:
    """Takes out of the tables of movements the rows that another table of the same account states, and says of which
    documents. `documents` are as they are stored, numbered from 1. To be called when accounts are resolved."""
    found: list[Repeated] = []
    for record in types.values():
        if record.flow is not None:
            found += _Movements(engine, record, documents).folded()
    return found


class _Movements:
    def __init__(self, engine: Engine, record: RecordType, documents: Sequence[ReadDocument]) -> None:
        self.engine, self.record, self.documents = engine, record, documents
        names = record.fields
        accounts = [f'"{each.name}__id", "{each.name}"' for each in names.values() if each.master == "bank_account"]
        self.account = f"coalesce({accounts[0]})" if accounts else "NULL::VARCHAR"
        numbers = [f'"{name}"' for name in _NUMBERS if name in names]
        self.number = f"coalesce({', '.join(numbers)})" if numbers else "NULL::VARCHAR"
        self.balance = '"balance"' if "balance" in names else "NULL::DECIMAL(18,5)"
        self.currency = '"currency"' if "currency" in names else "NULL::VARCHAR"
        self.rows: dict[tuple[int, int, str | None, str | None], list[_Row]] = {}

    def folded(self) -> list[Repeated]:
        """What was taken out of the table of this record type."""
        kept: list[_Part] = []
        told: list[Repeated] = []
        for part in sorted(self._parts(), key=lambda each: each.rank):
            for other in kept:
                if _may_be_the_same(part, other):
                    told += self._held_against(part, other)
            kept.append(part)
        return told

    def _parts(self) -> Iterator[_Part]:
        rows = self.engine.rows(
            f"SELECT _document, coalesce(_page, 0), {self.account}, {self.currency}, min(date), max(date), count(*),"
            f" count({self.number}) + count({self.balance})"
            f' FROM "{self.record.name}" WHERE date IS NOT NULL AND amount IS NOT NULL GROUP BY ALL ORDER BY ALL'
        )
        yield from (_Part(*row) for row in rows)

    def _held_against(self, part: _Part, other: _Part) -> Iterator[Repeated]:
        first, last = max(part.first, other.first), min(part.last, other.last)
        mine = [row for row in self._rows(part) if first <= row.day <= last]
        theirs = [row for row in self._rows(other) if first <= row.day <= last]
        same = _same(mine, theirs)
        if not same:
            return
        self._take_out(part, same)
        places = self._place(part), self._place(other)
        left = len(mine) - len(same), len(theirs) - len(same)
        yield Repeated(part.document, places[0], _sentence(len(same), places, first, last, left))

    def _rows(self, part: _Part) -> list[_Row]:
        key = (part.document, part.page, part.account, part.currency)
        if key not in self.rows:
            found = self.engine.rows(
                f'SELECT _id, date, direction, amount, {self.number}, {self.balance} FROM "{self.record.name}"'
                f" WHERE _document = ? AND coalesce(_page, 0) = ? AND {self.account} IS NOT DISTINCT FROM ?"
                f" AND {self.currency} IS NOT DISTINCT FROM ? AND date IS NOT NULL AND amount IS NOT NULL ORDER BY _id",
                list(key),
            )
            self.rows[key] = [_Row(*row) for row in found]
        return self.rows[key]

    def _take_out(self, part: _Part, ids: set[int]) -> None:
        gone = pa.table({"_id": pa.array(sorted(ids), pa.int64())})
        with self.engine.registered(_gone=gone):
            self.engine.execute(f'DELETE FROM "{self.record.name}" WHERE _id IN (SELECT _id FROM _gone)')
        key = (part.document, part.page, part.account, part.currency)
        self.rows[key] = [row for row in self.rows[key] if row.id not in ids]

    def _place(self, part: _Part) -> str:
        document = self.documents[part.document - 1]
        return str(Place(document.path, None, None, document.sheets.get(part.page) or None))


def _may_be_the_same(part: _Part, other: _Part) -> bool:
    """Whether two tables may be of one account and share days; one of them may name no account."""
    if (part.document, part.page) == (other.document, other.page):
        return False
    alike = part.account == other.account or part.account is None or other.account is None
    of_one = part.currency == other.currency or part.currency is None or other.currency is None
    return alike and of_one and part.first <= other.last and other.first <= part.last


# --- which rows are one -----------------------------------------------------------------------------------------------




def _same(mine: Sequence[_Row], theirs: Sequence[_Row]) -> set[int]:
    """The rows of the first table that stand in the second; none, if the two are no copies of each other."""
    numbers = _comparable({row.number for row in mine}, {row.number for row in theirs})
    balances = _comparable({(row.key, row.balance) for row in mine if row.balance is not None},
                           {(row.key, row.balance) for row in theirs if row.balance is not None})  # fmt: skip
    pairs = _paired(mine, theirs, by_number=numbers, by_balance=balances)
    if numbers or balances:
        return {one.id for one, _ in pairs}
    shorter = min(len(mine), len(theirs))
    if len(pairs) < _LEAST or (shorter - len(pairs)) * _MOST_OTHERS > shorter:
        return set()
    return {one.id for one, _ in pairs}


def _comparable(mine: Iterable[Any], theirs: Iterable[Any]) -> bool:
    """Whether two tables state one kind of thing: at least one value of the one is a value of the other."""
    return bool((set(mine) & set(theirs)) - {None})


def _paired(
    mine: Sequence[_Row], theirs: Sequence[_Row], *, by_number: bool, by_balance: bool
) -> list[tuple[_Row, _Row]]:
    """Each row of the first with one of the second of the same day, side and amount, the surest first."""
    waiting: dict[tuple[date, str, Decimal], list[_Row]] = {}
    for row in theirs:
        waiting.setdefault(row.key, []).append(row)
    pairs: list[tuple[_Row, _Row]] = []
    left = list(mine)
    for sure in (True, False):
        rest: list[_Row] = []
        for row in left:
            others = waiting.get(row.key, [])
            found = next((each for each in others if _agree(row, each, by_number, by_balance, sure)), None)
            if found is None:
                rest.append(row)
            else:
                others.remove(found)
                pairs.append((row, found))
        left = rest
    return pairs


def _agree(one: _Row, other: _Row, by_number: bool, by_balance: bool, sure: bool) -> bool:
    """Whether what two rows state beside day and amount says that they are one (`sure`), or does not deny it."""
    told = []
    if by_number and one.number is not None and other.number is not None:
        told.append(one.number == other.number)
    if by_balance and one.balance is not None and other.balance is not None:
        told.append(one.balance == other.balance)
    return all(told) and (bool(told) or not sure)


def _sentence(count: int, places: tuple[str, str], first: date, last: date, left: tuple[int, int]) -> Text:
    here, there = places
    days = f"{first}" if first == last else f"{first} – {last}"
    en = f"{count} movements ({days}) stand in {there}, too, and are read once, from there"
    zh = f"{count} 笔收支（{days}）与 {there} 相同，只按后者读取一次"
    if left[0] and left[1]:
        en += f"; of the other rows of these days {left[0]} stand here alone and {left[1]} there alone"
        zh += f"；这些日期中另有 {left[0]} 笔仅见于 {here}，{left[1]} 笔仅见于 {there}"
    return Text(en, zh)
