"""What the sure readings of a folder tell of its other documents: numbers of papers, and who is who on which side.

Only readings that are sure or confirmed give keys, and every pass gathers them anew, so that an error does not confirm
the next one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pyarrow as pa

from auditor.documents.identity.building import identities_of
from auditor.documents.identity.graph import NOBODY, Identities
from auditor.documents.identity.keys import ACCOUNT, PARTY, PERSON, STATION
from auditor.documents.identity.names import bare_key, full_key
from auditor.documents.recognition.hypotheses import ColumnReading, TableReading
from auditor.records.model import Field, FieldType, RecordType
from auditor.values.text import folded

OWN = "own"
PARTNERS = frozenset(("customer", "provider", "supplier"))
Families = Mapping[tuple[str, ...], Mapping[str, tuple[ColumnReading, ...]]]
_MOST = 50_000  # values of one field that are kept
_SIDES = {"customer": "customer", "cash_customer": "customer", "provider": "provider", "broker": "provider",
          "supplier": "supplier", "own": OWN}  # fmt: skip
_SHORTEST = 2  # characters of a name that is looked for inside a text
OF_GRAPH = (STATION, ACCOUNT, PERSON)  # whose names the graph of identities finds; partners have sides besides


@dataclass(frozen=True, eq=False)
class FolderKeys:
    """`numbers`: of each field of document numbers its values. `names`: of each known name, in normal form, the fields
    that it may fill: customer, provider, supplier, own, station, account, employee, ... `identities`: who is who.
    `families`: of the headers of each table that is read, its columns by record type. `listed`: the names that other
    records give than papers of one partner each."""

    numbers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    records: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by type: numbers that name its records
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    identities: Identities = NOBODY
    families: Families = field(default_factory=dict)
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _sides: dict[str, frozenset[str]] = field(default_factory=dict, init=False)  # what was looked up before
    _inside: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, init=False)

    @cached_property
    def _by_length(self) -> list[tuple[str, frozenset[str]]]:
        return sorted(
            ((name, sides) for name, sides in self.names.items() if len(name) >= _SHORTEST),
            key=lambda item: (-len(item[0]), item[0]),
        )

    @cached_property
    def of_names(self) -> FolderKeys:
        """The names alone: numbers and columns would let a table confirm itself."""
        return replace(self, numbers={}, records={}, families={})

    def has_number(self, name: str, text: str) -> bool:
        return number_key(text) in self.numbers.get(name, ())

    def is_record(self, record: str, text: str) -> bool:
        """Whether a number names a record of a type that stands elsewhere in the folder."""
        return number_key(text) in self.records.get(record, ())

    def sides(self, text: str) -> frozenset[str]:
        """What a text that is a name may fill; empty for one that nobody has."""
        if text not in self._sides:
            keys = (full_key(text), bare_key(text))
            self._sides[text] = next((self.names[key] for key in keys if key in self.names), frozenset())
        return self._sides[text]

    def may_fill(self, text: str, side: str) -> bool:
        """Whether a text is a known name of a side; a field for partners of any side takes them all."""
        return _is_of(side, self.sides(text))

    def is_listed(self, text: str, side: str) -> bool:
        """Whether a text is a name of a side by more than the papers that state it as their partner's."""
        return any(side in self.listed.get(key, ()) for key in (full_key(text), bare_key(text)))

    def names_in(self, text: str, side: str) -> tuple[str, ...]:
        """Who of one side is named inside a text: partners by the longest of the names that hold one another, whoever
        the graph of identities has by the id there."""
        if (text, side) not in self._inside:
            self._inside[text, side] = self._names_in(text, side)
        return self._inside[text, side]

    def _names_in(self, text: str, side: str) -> tuple[str, ...]:
        if side in OF_GRAPH:
            return tuple(node.id for node in self.identities.nodes_in(text, side)) if text else ()
        plain = full_key(text)
        found: list[str] = []
        for name, sides in self._by_length:
            if _is_of(side, sides) and name in plain and not any(name in other for other in found):
                found.append(name)
        return tuple(found)


NO_KEYS = FolderKeys()


def identifying_fields(types: Mapping[str, RecordType]) -> frozenset[str]:
    """The names of the fields that name the records of some type."""
    return frozenset(name for record in types.values() for name in record.identity)


def domain_of(each: Field, identifying: Collection[str]) -> str | None:
    """Of what a field's texts are names: a side of partners, a master, or what names records of some type (station).
    `identifying`: the fields that do (`identifying_fields`)."""
    if each.type not in (FieldType.TEXT, FieldType.NUMBER_TEXT):
        return None
    if each.party is not None or each.master is not None:
        return each.party or each.master
    if each.type is FieldType.TEXT and each.name in identifying:
        return each.name
    return None


def number_key(text: str) -> str:
    """A number of a paper as it is compared: half width, capitals, without blanks."""
    return folded(text).upper().replace(" ", "").strip("`'")


def keys_of(
    tables: Iterable[tuple[str, pa.Table]], types: Mapping[str, RecordType], own: Iterable[str] = ()
) -> FolderKeys:
    """The keys of sure readings: (record type, records) of each. `own`: names of the audited company."""
    numbers: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    listed: dict[str, set[str]] = {}
    kept = list(tables)
    owners = tuple(own)
    for name in owners:
        _add(names, name, OWN)
    kinds, identifying = dict(_kinds(kept)), identifying_fields(types)
    for record, table in kept:
        record_type = types.get(record)
        if record_type is None:
            continue
        for each in record_type.fields.values():
            if each.name not in table.column_names or table.num_rows == 0:
                continue
            if each.type is FieldType.NUMBER_TEXT and each.master is None:
                values = numbers.setdefault(each.name, set())
                if len(values) < _MOST:
                    values.update(number_key(text) for text in _texts(table, each.name))
            elif (side := domain_of(each, identifying)) is not None:
                for text in _texts(table, each.name):
                    _add(names, text, side)
                    if each.name != record_type.owner:
                        _add(listed, text, side)
        if record_type.master is not None:
            _add_entries(names, record_type, table, kinds)
            _add_entries(listed, record_type, table, kinds)
    return FolderKeys(
        {name: frozenset(values) for name, values in sorted(numbers.items())},
        {record: frozenset(_own_numbers(table, types[record])) for record, table in kept if record in types},
        {name: frozenset(sides) for name, sides in sorted(names.items())},
        identities_of({record: [table] for record, table in kept}, types, owners),
        listed={name: frozenset(sides) for name, sides in sorted(listed.items())},
    )


def families_of(tables: Iterable[TableReading]) -> Families:
    """The columns of the tables that are read, by their headers and record types: what any of them tells of a column,
    unless another tells something else of it."""
    found: dict[tuple[str, ...], dict[str, dict[int, dict[str, ColumnReading]]]] = {}
    for each in tables:
        best = each.hypotheses[0] if each.hypotheses else None
        if best is not None and each.is_read and not each.accepted and best.matrix is None:
            of_type = found.setdefault(each.shape.headers, {}).setdefault(best.record, {})
            for column in best.columns:
                of_type.setdefault(column.index, {}).setdefault(column.role, column)
    return {
        headers: {
            record: tuple(next(iter(told.values())) for _, told in sorted(columns.items()) if len(told) == 1)
            for record, columns in of_type.items()
        }
        for headers, of_type in found.items()
    }


def _is_of(side: str, sides: frozenset[str]) -> bool:
    return side in sides or (side == PARTY and bool(sides & PARTNERS))


def _own_numbers(table: pa.Table, record_type: RecordType) -> Iterable[str]:
    """The numbers that name the records of a type, where one number does."""
    if len(record_type.identity) != 1:
        return ()
    each = record_type.fields[record_type.identity[0]]
    if each.type is not FieldType.NUMBER_TEXT or each.name not in table.column_names:
        return ()
    return map(number_key, _texts(table, each.name))


def _kinds(tables: Iterable[tuple[str, pa.Table]]) -> Iterable[tuple[str, str]]:
    """The side of each entry of the list of parties by its id."""
    for record, table in tables:
        if record == "party" and {"party_id", "kind"} <= set(table.column_names):
            pairs = zip(table.column("party_id").to_pylist(), table.column("kind").to_pylist(), strict=True)
            yield from ((id_, _SIDES[kind]) for id_, kind in pairs if id_ and kind in _SIDES)


def _add_entries(
    names: dict[str, set[str]], record_type: RecordType, table: pa.Table, kinds: Mapping[str, str]
) -> None:
    """The names of the entries of a master: those of parties by their side, others by what the master is of."""
    master = record_type.master
    if master is None or master.id not in table.column_names:
        return
    ids = table.column(master.id).to_pylist()
    for name in master.names:
        if name in table.column_names:
            for id_, text in zip(ids, table.column(name).to_pylist(), strict=True):
                if text:
                    _add(names, str(text), kinds.get(id_ or "", master.of))


def _texts(table: pa.Table, name: str) -> list[str]:
    return [str(text) for text in table.column(name).unique().to_pylist() if text is not None][:_MOST]


def _add(names: dict[str, set[str]], text: str, side: str) -> None:
    for key in {full_key(text), bare_key(text)}:
        if len(key) >= _SHORTEST:
            names.setdefault(key, set()).add(side)
