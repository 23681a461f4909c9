"""The graph of names in the engine: whom the names of parties, accounts, stations and persons in all records mean.

A name that belongs to two entries resolves nobody, and that is told where records use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from auditor.documents.identity.building import EngineRows, ListedName, identities_in, listed_names, owner_index
from auditor.documents.identity.graph import Identities
from auditor.documents.identity.implied import Implied, imply_entries
from auditor.documents.identity.names import full_key
from auditor.engine import Engine
from auditor.errors import AuditorError, Place
from auditor.records.audit_tables import AUDIT_TABLES
from auditor.records.errors import AliasOfNobody, AmbiguousName
from auditor.records.figures import FIGURE_UNIT
from auditor.records.model import RecordType


@dataclass(frozen=True, slots=True)
class Masters:
    """What came of building them: aliases of nobody and names that two entries share, what was implied, the graph."""

    problems: tuple[AuditorError, ...]
    implied: Implied
    identities: Identities = field(default_factory=Identities)


def build_masters(engine: Engine, types: Mapping[str, RecordType], own: Iterable[str] = ()) -> Masters:
    """Makes the tables `master_name(of, key, id, relation)`, `master_value(of, value, id)`, the map of every text that
    a record has in a field that names something of a master, and `master_edge(of, id, relation, to_of, to_id)`, what
    belongs to what. Entries that the records imply are added to their tables first. `own`: the company's own names.
    """
    own = tuple(own)
    implied = imply_entries(engine, types, identities_in(engine, types, own))
    identities = identities_in(engine, types, own)
    problems: list[AuditorError] = list(_aliases_of_nobody(engine, types))
    names = [(node_kind, key, *owner) for node_kind, key, owner in identities.single_names()]
    engine.create("master_name", _table("master_name", names))
    values: list[tuple[str, str, str]] = []
    for of, value, used in _distinct_values(engine, types):
        found = identities.resolve(value, of)
        if found.node is not None:
            values.append((of, value, found.node.id))
        elif found.ambiguous and used:
            ids = sorted(node.id for node in found.nodes)
            problems.append(AmbiguousName(None, value, name=value, ids=", ".join(ids), used=used))
    engine.create("master_value", _table("master_value", values))
    edges = [(edge.of.kind, edge.of.id, edge.relation, edge.to.kind, edge.to.id) for edge in identities.edges]
    engine.create("master_edge", _table("master_edge", edges))
    return Masters(tuple(problems), implied, identities)


def resolve_masters(engine: Engine, types: Mapping[str, RecordType], currency: str = "CNY") -> None:
    """Fills `FIELD__id` of every table from `master_value`, and null currencies: the account's, else `currency`.

    To be called after `build_masters`.
    """
    for record in types.values():
        if not engine.value(f'SELECT count(*) FROM "{record.name}"'):
            continue
        for each in record.fields.values():
            if each.master:
                engine.execute(
                    f'UPDATE "{record.name}" AS r SET "{each.name}__id" = m.id FROM master_value AS m'
                    f' WHERE m."of" = \'{each.master}\' AND m.value = r."{each.name}"'
                )
    _fill_currencies(engine, types, currency)


def _aliases_of_nobody(engine: Engine, types: Mapping[str, RecordType]) -> Iterator[AliasOfNobody]:
    listed = [name for record in types.values() for name in listed_names(EngineRows(engine), record)]
    owners = owner_index(listed)
    for name in listed:
        if (name.of, full_key(name.id)) not in owners:
            yield AliasOfNobody(_place(engine, name), None, alias=name.text, id=name.id)


def _distinct_values(engine: Engine, types: Mapping[str, RecordType]) -> list[tuple[str, str, int]]:
    """(master, text, in how many records it must mean one entry) for every text in a field that names something of a
    master, in the order of masters and texts. A field that may name this or that (`names`) must not."""
    fields = [(record.name, each) for record in types.values() for each in record.fields.values()]
    uses = [(name, each.name, each.master, "count(*)") for name, each in fields if each.master]
    uses += [(name, each.name, of, "0") for name, each in fields for of in each.names]
    parts = [
        f"SELECT '{of}' AS \"of\", \"{field}\" AS value, {used} AS used FROM \"{record}\""
        f' WHERE "{field}" IS NOT NULL GROUP BY "{field}"'
        for record, field, of, used in uses
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
        # what a record says to count things or weigh them has no currency
        money = f"coalesce({FIGURE_UNIT}, 'money') = 'money'" if FIGURE_UNIT in record.fields else "TRUE"
        engine.execute(f'UPDATE "{record.name}" SET currency = ? WHERE currency IS NULL AND {money}', [currency])


def _place(engine: Engine, name: ListedName) -> Place | None:
    if name.document is None or not engine.exists("document"):
        return None
    paths = engine.rows("SELECT path FROM document WHERE number = ?", [name.document])
    return Place(paths[0][0], name.row) if paths else None


def _table(name: str, rows: Sequence[tuple[str, ...]]) -> pa.Table:
    """The rows of one of the audit's own tables, all of whose columns are texts."""
    names = AUDIT_TABLES[name]
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table({each: pa.array(column, pa.string()) for each, column in zip(names, columns, strict=True)})
