"""Who is meant: names of parties, accounts and employees in all records resolved through the masters.

A name is compared in normal form (blanks, width, brackets, case), first with the company's legal form and then without
it; never by likeness. A form that belongs to two entries resolves nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from auditor.documents.implied import Implied, imply_entries
from auditor.engine import Engine
from auditor.errors import AuditorError, Place
from auditor.records.errors import AliasOfNobody, AmbiguousName
from auditor.records.model import RecordType
from auditor.values.text import party_full_key, party_key

_PARTS = re.compile(r"[\s\u3000()（）\[\]【】/|,，:：-]+")
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z*])[0-9]{8,}(?![0-9A-Za-z*])")
_SINGLE_NAMES = ("name",)   # a company's registered name is never a list


class _Name(NamedTuple):
    """One name of one entry, with the record that gives it."""

    of: str
    text: str
    id: str
    relation: str
    document: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Masters:
    """What came of building them: aliases of nobody and names that two entries share, and what was implied."""

    problems: tuple[AuditorError, ...]
    implied: Implied


def build_masters(engine: Engine, types: Mapping[str, RecordType]) -> Masters:
    """Makes the tables `master_name(of, key, id, relation)` and `master_value(of, value, id)`, the map of every text
    that a record has in a field with a master. Entries that the records imply are added to their tables first.
    """
    problems: list[AuditorError] = []
    index = _lists(engine, types, problems)
    known: dict[str, set[str]] = {}
    for of, value, _ in _distinct_values(engine, types):
        if _resolve(of, value, index):
            known.setdefault(of, set()).add(value)
    implied = imply_entries(engine, types, known)
    if implied.types:  # their tables have entries that the lists did not have
        problems.clear()
        index = _lists(engine, types, problems)
    keys = sorted((of, key, *next(iter(found.items()))) for (of, key), found in index.items() if len(found) == 1)
    engine.create("master_name", _table(("of", "key", "id", "relation"), keys))
    values: list[tuple[str, str, str]] = []
    for of, value, used in _distinct_values(engine, types):
        found = _resolve(of, value, index)
        if len(found) == 1:
            values.append((of, value, found[0]))
        elif found:
            problems.append(AmbiguousName(None, value, name=value, ids=", ".join(sorted(found)), used=used))
    engine.create("master_value", _table(("of", "value", "id"), values))
    return Masters(tuple(problems), implied)


def _lists(
    engine: Engine, types: Mapping[str, RecordType], problems: list[AuditorError]
) -> dict[tuple[str, str], dict[str, str]]:
    """(master, key) -> the ids that the key names, from all lists."""
    names = [name for record in types.values() if record.master for name in _names(engine, record)]
    ids = {(name.of, party_full_key(name.id)): name.id for name in names if name.relation == "id"}
    return _index(names, ids, engine, problems)


def resolve_masters(engine: Engine, types: Mapping[str, RecordType], currency: str = "CNY") -> None:
    """Fills `FIELD__id` of every table from `master_value`, and null currencies: the account's, else `currency`.

    To be called after `build_masters`.
    """
    for record in types.values():
        if not engine.value(f'SELECT count(*) FROM "{record.name}"'):
            continue
        for field in record.fields.values():
            if field.master:
                engine.execute(
                    f'UPDATE "{record.name}" AS r SET "{field.name}__id" = m.id FROM master_value AS m'
                    f' WHERE m."of" = \'{field.master}\' AND m.value = r."{field.name}"'
                )
    _fill_currencies(engine, types, currency)


def _names(engine: Engine, record: RecordType) -> Iterator[_Name]:
    """All names that the records of a master give."""
    master = record.master
    assert master is not None
    fields = [master.id, *(name for name in master.names if name != master.id)]
    relation = "relation" if "relation" in record.fields else "NULL"
    columns = ", ".join(f'"{field}"' for field in fields)
    rows = engine.rows(f'SELECT {columns}, {relation}, _document, _row FROM "{record.name}" ORDER BY _id')
    for *texts, stated, document, row in rows:
        if texts[0] is None:
            continue
        for field, text in zip(fields, texts, strict=True):
            own_id = field == master.id and master.of == record.name
            if text is None or (field == master.id and not own_id):
                continue
            kind = "id" if own_id else stated or ("name" if master.of == record.name else "alias")
            parts = re.split(master.separator, text) if master.separator and field not in _SINGLE_NAMES else []
            for part in dict.fromkeys([text, *parts]):
                if part.strip():
                    yield _Name(master.of, part, texts[0], kind, document, row)


def _index(
    names: Iterable[_Name], ids: Mapping[tuple[str, str], str], engine: Engine, problems: list[AuditorError]
) -> dict[tuple[str, str], dict[str, str]]:
    """(master, key) -> the ids that the key names, each with the relation."""
    named = {(name.of, key): name.id for name in names if name.relation == "name"
             for key in (party_full_key(name.text), party_key(name.text))}
    index: dict[tuple[str, str], dict[str, str]] = {}
    for name in names:
        owner = ids.get((name.of, party_full_key(name.id))) or named.get((name.of, party_full_key(name.id)))
        if owner is None:
            problems.append(AliasOfNobody(_place(engine, name), None, alias=name.text, id=name.id))
            continue
        for key in (party_full_key(name.text), party_key(name.text)):
            if key:
                index.setdefault((name.of, key), {}).setdefault(owner, name.relation)
    return index


def _resolve(of: str, value: str, index: Mapping[tuple[str, str], Mapping[str, str]]) -> list[str]:
    """The ids that a text may mean. `C05 天域照明` is known if each of its parts names the same entry."""
    for key in (party_full_key(value), party_key(value)):
        found = index.get((of, key))
        if found:
            return list(found)
    with_number = _by_number_inside(of, value, index)
    if with_number:
        return with_number
    parts = [part for part in _PARTS.split(value) if part]
    found_parts = [index.get((of, party_full_key(part))) or index.get((of, party_key(part))) or {} for part in parts]
    if len(parts) > 1 and all(len(found) == 1 for found in found_parts):
        together = {each for found in found_parts for each in found}
        return list(together) if len(together) == 1 else []
    return []


def _by_number_inside(of: str, value: str, index: Mapping[tuple[str, str], Mapping[str, str]]) -> list[str]:
    """The ids that a long number inside a text names (`建行户4370100520026`); with the one that the name before it has,
    if that is another."""
    numbers = _LONG_NUMBER.findall(value)
    if len(numbers) != 1 or len(numbers[0]) == len(value):
        return []
    found = index.get((of, party_full_key(numbers[0])), {})
    before = value.partition(numbers[0])[0]
    named = index.get((of, party_full_key(before)), {}) if before and found else {}
    return list(dict.fromkeys([*found, *named]))


def _distinct_values(engine: Engine, types: Mapping[str, RecordType]) -> list[tuple[str, str, int]]:
    """(master, text, how many records) for every text in a field with a master, in the order of masters and texts."""
    parts = [
        f"SELECT '{field.master}' AS \"of\", \"{field.name}\" AS value, count(*) AS used FROM \"{record.name}\""
        f' WHERE "{field.name}" IS NOT NULL GROUP BY "{field.name}"'
        for record in types.values() for field in record.fields.values() if field.master
    ]
    if not parts:
        return []
    every = " UNION ALL ".join(parts)
    return [
        (of, value, int(used))
        for of, value, used in engine.rows(f'SELECT "of", value, sum(used) FROM ({every}) GROUP BY 1, 2 ORDER BY 1, 2')
    ]


def _fill_currencies(engine: Engine, types: Mapping[str, RecordType], currency: str) -> None:
    for record in types.values():
        if "currency" not in record.fields:
            continue
        account = next((field.name for field in record.fields.values() if field.master == "bank_account"), None)
        if account and "bank_account" in types:
            engine.execute(
                f'UPDATE "{record.name}" AS r SET currency = b.currency'
                " FROM (SELECT account_id, min(currency) AS currency FROM bank_account WHERE currency IS NOT NULL"
                " GROUP BY account_id) AS b"
                f' WHERE r.currency IS NULL AND b.account_id = r."{account}__id"'
            )
        engine.execute(f'UPDATE "{record.name}" SET currency = ? WHERE currency IS NULL', [currency])


def _place(engine: Engine, name: _Name) -> Place | None:
    if name.document is None or not engine.exists("document"):
        return None
    paths = engine.rows("SELECT path FROM document WHERE number = ?", [name.document])
    return Place(paths[0][0], name.row) if paths else None


def _table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})
