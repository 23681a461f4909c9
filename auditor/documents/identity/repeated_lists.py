"""The same records in two lists, read once: copies of a list, lists that overlap, and picks of one (what is disputed,
unsigned, the largest twenty).

Two rows are one record if what names it (`identity` of the record type) is the same and no figure, day, number or
partner that both state differs. Rows go only where their list as a whole repeats another one: a number that was entered
in two lists by mistake stays, as does one that stands twice in one list. Movements have no number of their own; they
are held against each other by `movements`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from auditor.documents.identity.movements import Repeated
from auditor.documents.identity.names import full_key
from auditor.documents.model import ReadDocument
from auditor.engine import Engine
from auditor.errors import Place
from auditor.languages import Text
from auditor.records.model import MEASURED, Field, FieldType, RecordType

_LEAST = 2  # rows that must be the same,
_MOST_OTHERS = 5  # and of so many rows at most one may stand in the one list alone
_FIGURES = MEASURED | {FieldType.DATE, FieldType.WORDS_AMOUNT}
_PAGE = "CASE WHEN _box IS NULL THEN coalesce(_page, 0) ELSE 0 END"  # the pages of a printed list are one list


class _Row(NamedTuple):
    id: int
    day: Any
    key: tuple[Any, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _List:
    """The rows of one record type on one sheet or in one document. `stated`: how many of their values there are."""

    document: int
    page: int
    count: int
    stated: int
    tabular: bool

    @property
    def rank(self) -> tuple[int, int, int, int]:
        return -self.count, -self.stated, self.document, self.page


def lists_read_once(
    engine: Engine, types: Mapping[str, RecordType], documents: Sequence[ReadDocument]
) -> list[Repeated]:
    """Takes out of the tables of records the rows of lists that repeat another list, and says of which documents.

    `documents` are as they are stored, numbered from 1. To be called when names and numbers are settled. Movements and
    masters are left alone.
    """
    found: list[Repeated] = []
    for record in types.values():
        if record.flow is None and record.master is None and record.identity:
            found += _Lists(engine, record, documents).folded()
    return found


class _Lists:
    def __init__(self, engine: Engine, record: RecordType, documents: Sequence[ReadDocument]) -> None:
        self.engine, self.record, self.documents = engine, record, documents
        self.identity = [_value(record.fields[name]) for name in record.identity if name in record.fields]
        told = [each for each in record.fields.values() if each.name not in record.identity and _tells(each)]
        self.names = [each.name for each in told]
        self.figures = {at for at, each in enumerate(told) if each.type in _FIGURES and each.default is None}
        self.others = [_value(each) for each in told]
        date = record.fields.get("date")
        self.day = '"date"' if date is not None and date.type is FieldType.DATE else "NULL::DATE"
        self.rows: dict[tuple[int, int], list[_Row]] = {}

    def folded(self) -> list[Repeated]:
        """What was taken out of the table of this record type."""
        lists = sorted(self._lists(), key=lambda each: each.rank) if self.identity else []
        kept: list[_List] = []
        told: list[Repeated] = []
        for each in lists:
            for other in kept:
                if each.tabular and each.count >= _LEAST:
                    told += self._held_against(each, other)
            kept.append(each)
        return told

    def _lists(self) -> Iterator[_List]:
        """All lists, if there is more than one that holds a record of the others."""
        key, named = ", ".join(self.identity), " OR ".join(f"{each} IS NOT NULL" for each in self.identity)
        several = self.engine.value(
            f'SELECT count(*) FROM (SELECT 1 FROM "{self.record.name}" WHERE ({named})'
            f" GROUP BY {key} HAVING count(DISTINCT (_document, {_PAGE})) > 1)"
        )
        if int(several) < _LEAST:
            return
        stated = " + ".join(f"count({each})" for each in (*self.identity, *self.others))
        rows = self.engine.rows(
            f'SELECT _document, {_PAGE} AS page, count(*), {stated}, count(_row) = count(*) FROM "{self.record.name}"'
            " WHERE _document IS NOT NULL GROUP BY ALL ORDER BY ALL"
        )
        yield from (_List(*row) for row in rows)

    def _held_against(self, one: _List, other: _List) -> Iterator[Repeated]:
        mine, theirs = self._rows(one), self._rows(other)
        same = self._same(mine, theirs)
        if len(same) < _LEAST or not self._repeats(one, other, mine, theirs, same):
            return
        gone = pa.table({"_id": pa.array(sorted(same), pa.int64())})
        with self.engine.registered(_gone=gone):
            self.engine.execute(f'DELETE FROM "{self.record.name}" WHERE _id IN (SELECT _id FROM _gone)')
        self.rows[one.document, one.page] = [row for row in mine if row.id not in same]
        here, there = self._place(one), self._place(other)
        yield Repeated(one.document, here, _sentence(self.record, len(same), there, len(mine) - len(same)))

    def _repeats(
        self, one: _List, other: _List, mine: Sequence[_Row], theirs: Sequence[_Row], same: Mapping[int, int]
    ) -> bool:
        """Whether one list is a pick or a copy of another, or both cover some days and agree on them. A second bill of
        somebody with the lines of another one is his claim; only a copy of it is none."""
        if _nearly_all(len(same), len(mine)):
            claim = self.record.owner is not None and one.document != other.document
            return not claim or _nearly_all(len(same), len(theirs))
        days = [{row.day for row in rows if row.day is not None} for rows in (mine, theirs)]
        if self.record.owner is not None or not all(days):
            return False
        first, last = max(map(min, days)), min(map(max, days))
        paired = set(same), set(same.values())
        both = [
            [row for row in rows if row.day is not None and first <= row.day <= last] for rows in (mine, theirs)
        ]
        counts = [sum(row.id in ids for row in rows) for rows, ids in zip(both, paired, strict=True)]
        return all(
            count >= _LEAST and _nearly_all(count, len(rows)) for count, rows in zip(counts, both, strict=True)
        )

    def _same(self, mine: Sequence[_Row], theirs: Sequence[_Row]) -> dict[int, int]:
        """The rows of the first list with the row of the second that each repeats."""
        waiting: dict[tuple[Any, ...], list[_Row]] = {}
        for row in theirs:
            waiting.setdefault(row.key, []).append(row)
        pairs: dict[int, int] = {}
        for row in mine:
            others = waiting.get(row.key, ()) if any(value is not None for value in row.key) else ()
            found = next((each for each in others if self._agree(row, each)), None)
            if found is not None:
                pairs[row.id] = found.id
                waiting[row.key].remove(found)
        return pairs

    def _agree(self, one: _Row, other: _Row) -> bool:
        """Whether nothing that both rows state differs, and a figure or a day of both is the same."""
        both = [at for at, (a, b) in enumerate(zip(one.values, other.values, strict=True)) if None not in (a, b)]
        alike = all(_key(one.values[at]) == _key(other.values[at]) for at in both)
        return alike and (bool(self.figures.intersection(both)) or not self.figures)

    def _rows(self, each: _List) -> list[_Row]:
        if (each.document, each.page) not in self.rows:
            columns = ", ".join(("_id", self.day, *self.identity, *self.others))
            found = self.engine.rows(
                f'SELECT {columns} FROM "{self.record.name}" WHERE _document = ? AND {_PAGE} = ? ORDER BY _id',
                [each.document, each.page],
            )
            end = 2 + len(self.identity)
            self.rows[each.document, each.page] = [
                _Row(row[0], row[1], tuple(map(_key, row[2:end])), tuple(row[end:])) for row in found
            ]
        return self.rows[each.document, each.page]

    def _place(self, each: _List) -> str:
        document = self.documents[each.document - 1]
        return str(Place(document.path, None, None, document.sheets.get(each.page) or None))


def _nearly_all(count: int, of: int) -> bool:
    return (of - count) * _MOST_OTHERS <= of


def _tells(each: Field) -> bool:
    """Whether two records that differ in a field are two: figures, days, numbers, and who they are of."""
    return each.type in _FIGURES or each.type in (FieldType.NUMBER_TEXT, FieldType.CURRENCY) or each.party is not None


def _value(each: Field) -> str:
    """The column of a field: of names whom they mean, where that is known."""
    return f'coalesce("{each.name}__id", "{each.name}")' if each.master else f'"{each.name}"'


def _key(value: Any) -> Any:
    return full_key(value) if isinstance(value, str) else value


def _sentence(record: RecordType, count: int, there: str, left: int) -> Text:
    en = f"{record.title.en}: {count} records stand in {there}, too, and are read once, from there"
    zh = f"{record.title.zh}：{count} 条记录与 {there} 相同，只按后者读取一次"
    return Text(f"{en}; {left} stand here alone", f"{zh}；另有 {left} 条仅见于此") if left else Text(en, zh)
