"""Records given as data, in an example or a test case, put into the tables of an engine as if documents had held
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from auditor.documents.identity.masters import build_masters, resolve_masters
from auditor.engine import Engine
from auditor.records.model import RecordType
from auditor.rules.example_values import column_type, read_value
from auditor.rules.macros import create_macros
from auditor.rules.tables import create_empty_tables
from auditor.values.calendar import load_calendar

Given = Mapping[str, Sequence[Mapping[str, Any]]]

# The document in which records stand that name none.
_EXAMPLE = {"number": 1, "path": "example", "sha256": "", "status": "read"}


def empty_engine(types: Mapping[str, RecordType], calendar: str = "cn") -> Engine:
    """An engine in memory with every table, the calendar and the functions of rules, but no records."""
    engine = Engine(threads=1)
    create_empty_tables(engine, types)
    create_macros(engine)
    load_calendar(calendar).store(engine)
    return engine


def put_records(engine: Engine, types: Mapping[str, RecordType], given: Given, *, reverse: bool = False) -> None:
    """Insert the records, ids in their order; with `reverse` all of it in the opposite order.

    What a record leaves out is filled as reading a document fills it: defaults of fields, the audit's currency, the
    master's entry by its name if the master is given, else the name itself for its id.
    """
    documents = given.get("document", [_EXAMPLE])
    given = {name: records for name, records in given.items() if name != "document"}
    masters = {master.of for name in given if (master := types[name].master)}
    number = 0
    for name in sorted(given, reverse=reverse):
        records = list(given[name])
        rows = []
        for position, record in enumerate(reversed(records) if reverse else records):
            number += 1
            rows.append(
                {
                    "_id": number,
                    "_document": 1,
                    "_page": 1,
                    "_row": position + 2,
                    "_via": "cell",
                    "_proof": "unproved",
                    **_row(types[name], record, masters),
                }
            )
        _insert(engine, name, rows)
    engine.execute("DELETE FROM document")
    _insert(engine, "document", [{**_EXAMPLE, **each} for each in documents])
    if masters:
        build_masters(engine, types)
        resolve_masters(engine, types)


def _insert(engine: Engine, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each of which may leave out columns that others have."""
    if rows:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        listed = ", ".join(f'"{column}"' for column in columns)
        marks = "(" + ", ".join("?" for _ in columns) + ")"
        engine.execute(
            f'INSERT INTO "{table}" ({listed}) VALUES {", ".join([marks] * len(rows))}',
            [row.get(column) for row in rows for column in columns],
        )


def clear_records(engine: Engine, given: Given) -> None:
    """Take the records out again."""
    for name in given.keys() - {"document"}:
        engine.execute(f'DELETE FROM "{name}"')
    for table in ("master_name", "master_value", "master_edge"):
        engine.execute(f"DELETE FROM {table}")


def _row(record_type: RecordType, record: Mapping[str, Any], masters: Set[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for field in record_type.fields.values():
        if field.name not in record:
            currency = "CNY" if field.type == "currency" and not masters else None
            row[field.name] = read_value(field.type.sql, field.default or currency, field)
    for name, value in record.items():
        kind = column_type(record_type, name)
        if kind is None:
            raise KeyError(f"{record_type.name} has no field {name}")
        row[name] = read_value(kind, value, record_type.fields.get(name))
    for field in record_type.fields.values():
        if field.master and field.master not in masters:
            row.setdefault(f"{field.name}__id", row.get(field.name))
    return row
