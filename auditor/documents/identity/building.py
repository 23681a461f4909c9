"""The graph of names, built from the records of lists and from what other records state of themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from auditor.documents.identity.account_words import account_words
from auditor.documents.identity.graph import Edge, Identities, Name, Node
from auditor.documents.identity.keys import ACCOUNT, PARTY, PERSON
from auditor.documents.identity.names import bare_key, full_key, stated_names
from auditor.engine import Engine
from auditor.records.model import Belonging, Field, Master, RecordType

Types = Mapping[str, RecordType]
BANK, ROLE = "bank", "kind"
_SINGLE_NAMES = ("name",)  # a company's registered name is never a list
_SHARE = 10  # of a person's records one in so many may name another station


class Rows(Protocol):
    """Where the records come from."""

    def each(self, record: str, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        """The rows of a record type, in their order."""

    def counted(self, record: str, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        """The distinct rows, in the order of their values, each with how many there are."""


class ListedName(NamedTuple):
    """One name of one entry of a master, with the record that gives it. `of`: the master; `id`: as the list writes
    it."""

    of: str
    text: str
    id: str
    relation: str
    document: int | None
    row: int | None


def identities_of(tables: Mapping[str, Sequence[pa.Table]], types: Types, own: Iterable[str] = ()) -> Identities:
    """The graph of the records of some documents, by record type; `own` are names of the company itself."""
    return _built(TableRows(tables), types, own)


def identities_in(engine: Engine, types: Types, own: Iterable[str] = ()) -> Identities:
    """The graph of the records in an engine's tables."""
    return _built(EngineRows(engine), types, own)


class EngineRows:
    """The records in an engine's tables."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def each(self, record: str, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        return self._engine.rows(f'SELECT {_listed(columns)} FROM "{record}" ORDER BY _id')

    def counted(self, record: str, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        listed = _listed(columns)
        return self._engine.rows(f'SELECT {listed}, count(*) FROM "{record}" GROUP BY {listed} ORDER BY {listed}')


class TableRows:
    """The records of documents that are read, by record type."""

    def __init__(self, tables: Mapping[str, Sequence[pa.Table]]) -> None:
        self._tables = tables

    def each(self, record: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        for table in self._tables.get(record, ()):
            yield from zip(*(column.to_pylist() for column in _columns(table, columns)), strict=True)

    def counted(self, record: str, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        counts: Counter[tuple[Any, ...]] = Counter()
        for table in self._tables.get(record, ()):
            grouped = pa.table(dict(zip(columns, _columns(table, columns), strict=True))).group_by(list(columns))
            for row in grouped.aggregate([([], "count_all")]).to_pylist():
                counts[tuple(row[name] for name in columns)] += row["count_all"]
        ordered = sorted(counts.items(), key=lambda each: [(value is None, str(value)) for value in each[0]])
        return [(*row, count) for row, count in ordered]


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _columns(table: pa.Table, names: Sequence[str]) -> list[pa.ChunkedArray | pa.Array]:
    """The columns of a table, those that it lacks without values (`_document` is known only when all are stored)."""
    nothing = pa.nulls(table.num_rows, pa.string())
    return [table.column(name) if name in table.column_names else nothing for name in names]


# --- names ------------------------------------------------------------------------------------------------------------


def listed_names(rows: Rows, record: RecordType) -> Iterator[ListedName]:
    """All names that the records of a list give to its own master and to others."""
    if record.master is not None:
        yield from _names_of(rows, record, record.master)
    for master in record.feeds:
        yield from _names_of(rows, record, master)


def _names_of(rows: Rows, record: RecordType, master: Master) -> Iterator[ListedName]:
    fields = [master.id, *(name for name in master.names if name != master.id)]
    more = [*(["relation"] if "relation" in record.fields else []), "_document", "_row"]
    own_list = master in record.feeds or master.of == record.name
    for row in rows.each(record.name, [*fields, *more]):
        texts, (*stated, document, at) = row[: len(fields)], row[len(fields) :]
        if texts[0] is None:
            continue
        for field, text in zip(fields, texts, strict=True):
            own_id = field == master.id and own_list
            if text is None or (field == master.id and not own_id):
                continue
            kind = "id" if own_id else next(filter(None, stated), None) or ("name" if own_list else "alias")
            for part in _parts(master, field, text):
                yield ListedName(master.of, part, texts[0], kind, document, at)


def _parts(master: Master, field: str, text: str) -> list[str]:
    """All names that one cell of a list gives: itself, its parts where it may hold several, and those in brackets."""
    parts = re.split(master.separator, text) if master.separator and field not in _SINGLE_NAMES else []
    names = [each for given in (text, *parts) for each in (given, *stated_names(given))]
    return [name for name in dict.fromkeys(names) if name.strip()]


def owner_index(names: Iterable[ListedName]) -> Mapping[tuple[str, str], str]:
    """(master, key) -> the id that an entry has in its own list, by the id and by the name that an alias list may give
    in its place; a name of two entries stands for neither."""
    ids: dict[tuple[str, str], str] = {}
    named: dict[tuple[str, str], set[str]] = {}
    for name in names:
        if name.relation == "id":
            ids.setdefault((name.of, full_key(name.id)), name.id)
        elif name.relation == "name":
            for key in {full_key(name.text), bare_key(name.text)}:
                named.setdefault((name.of, key), set()).add(name.id)
    single = {key: next(iter(found)) for key, found in named.items() if len(found) == 1}
    return {**single, **ids}


# --- the graph --------------------------------------------------------------------------------------------------------


def _built(rows: Rows, types: Types, own: Iterable[str]) -> Identities:
    listed = [name for record in types.values() for name in listed_names(rows, record)]
    owners = owner_index(listed)
    names = [
        Name(Node(name.of, owner), name.text, name.relation)
        for name in listed
        if (owner := owners.get((name.of, full_key(name.id)))) is not None
    ]
    found = Identities(tuple(dict.fromkeys(names)), own=tuple(dict.fromkeys([*own, *_own_names(rows, types)])))
    found = replace(found, names=(*found.names, *_named_by_records(rows, types, found)))
    found = _with_facts_of_accounts(rows, types, found)
    found = replace(found, roles=tuple(dict.fromkeys(_roles(rows, types))))
    return replace(found, edges=tuple(dict.fromkeys(_edges(rows, types, found))))


def _own_names(rows: Rows, types: Types) -> Iterator[str]:
    """The names of the company itself: of entries that a list marks so, and of whoever holds the accounts."""
    for record in types.values():
        master = record.master
        for field, value in master.own.items() if master else ():
            assert master is not None
            names = [name for name in master.names if name != master.id]
            for mark, *texts in rows.each(record.name, [field, *names]):
                for name, text in zip(names, texts, strict=True):
                    if mark == value and text:
                        yield from _parts(master, name, text)
    if ACCOUNT in types:
        for text, count in rows.counted(ACCOUNT, ["name"]):
            if text and bare_key(text) != full_key(text) and (count > 1 or not account_words(text).tell):
                yield text


def _named_by_records(rows: Rows, types: Types, found: Identities) -> Iterator[Name]:
    """What records name that no list does, where their name is all that need be known of them."""
    seen: dict[tuple[str, str], None] = {}
    for record in types.values():
        for field in record.fields.values():
            if field.entry == "named" and field.master:
                texts = [text for text, _ in rows.counted(record.name, [field.name]) if text]
                seen |= {(field.master, text): None for text in texts}
    for kind, text in seen:
        if not found.resolve(text, kind).nodes:
            found = replace(found, names=(*found.names, Name(Node(kind, text), text, "named")))
            yield found.names[-1]


def _with_facts_of_accounts(rows: Rows, types: Types, found: Identities) -> Identities:
    record = types.get(ACCOUNT)
    if record is None or record.master is None:
        return found
    columns = [record.master.id, *(name for name in (BANK, "currency") if name in record.fields)]
    banks: dict[Node, str] = {}
    currencies: dict[Node, str] = {}
    for own, *facts in rows.each(ACCOUNT, columns):
        stated = dict(zip(columns[1:], facts, strict=True))
        if own is not None and stated.get(BANK):
            banks.setdefault(Node(ACCOUNT, own), stated[BANK])
        if own is not None and stated.get("currency"):
            currencies.setdefault(Node(ACCOUNT, own), stated["currency"])
    return replace(found, banks=tuple(banks.items()), currencies=tuple(currencies.items()))


def _roles(rows: Rows, types: Types) -> Iterator[tuple[Node, str]]:
    record = types.get(PARTY)
    if record is None or record.master is None or ROLE not in record.fields:
        return
    for own, role in rows.each(PARTY, [record.master.id, ROLE]):
        if own is not None and role is not None:
            yield Node(PARTY, own), role


# --- what belongs to what ---------------------------------------------------------------------------------------------


def _edges(rows: Rows, types: Types, found: Identities) -> Iterator[Edge]:
    for account, text in found.banks:
        for bank in sorted(account_words(text).banks):
            yield Edge(account, BANK, Node(BANK, bank))
    known: set[Node] = set()
    for record in sorted(types.values(), key=lambda each: (each.master is None, each.name)):  # lists before papers
        for belonging in record.belongs:
            counts = _belonging(rows, record, belonging, found)
            listed = record.master is not None or belonging.of in record.identity
            edges = list(counts) if listed else [edge for edge in _usual(counts) if edge.of not in known]
            yield from edges
            known |= {edge.of for edge in edges}


def _belonging(rows: Rows, record: RecordType, belonging: Belonging, found: Identities) -> Counter[Edge]:
    counts: Counter[Edge] = Counter()
    numbered = [name for name in record.identity if name != belonging.of] if belonging.of in record.identity else []
    of, to = record.fields[belonging.of], record.fields[belonging.to]
    columns = list(dict.fromkeys([of.name, to.name, *belonging.inside, *numbered]))
    for *values, count in rows.counted(record.name, columns):
        text, holder, *others = values
        insides, identity = others[: len(belonging.inside)], others[len(belonging.inside) :]
        if not text:
            continue
        kinds = _kinds(record, of)
        mine = _node(found, kinds, text) if kinds else Node(record.name, "/".join(filter(None, (*identity, text))))
        theirs = _node(found, _kinds(record, to), holder) if holder else None
        theirs = theirs or found.node_in(filter(None, insides), _kinds(record, to)[0])
        if mine is None and PERSON in kinds:
            mine = Node(PERSON, text)
        if mine is not None and theirs is not None:
            counts[Edge(mine, to.name, theirs)] += count
    return counts


def _kinds(record: RecordType, field: Field) -> tuple[str, ...]:
    """The masters of which a field may name something."""
    if record.master is not None and field.name == record.master.id:
        return (record.master.of,)
    return (field.master,) if field.master else field.names


def _node(found: Identities, kinds: Iterable[str], text: str) -> Node | None:
    return next((node for kind in kinds if (node := found.resolve(text, kind).node) is not None), None)


def _usual(counts: Counter[Edge]) -> Iterator[Edge]:
    """Of what records say together the usual: to each the one to which it belongs in nearly all of them."""
    totals: Counter[tuple[Node, str]] = Counter()
    for edge, count in counts.items():
        totals[edge.of, edge.relation] += count
    for edge, count in counts.items():
        total = totals[edge.of, edge.relation]
        if (total - count) * _SHARE <= total:
            yield edge
