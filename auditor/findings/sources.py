"""The records that findings rest on, fetched from the engine by their numbers, all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from auditor.engine import Engine
from auditor.findings.model import Members, RecordRef
from auditor.findings.text import plain
from auditor.records.model import RecordType


class RecordSources:
    """The wanted records of all types, by number."""

    def __init__(self, engine: Engine, record_types: Mapping[str, RecordType], wanted: Collection[int]) -> None:
        self._rows: dict[int, tuple[RecordType, dict[str, Any]]] = {}
        ids = pa.table({"id": pa.array(sorted(wanted), pa.int64())})
        with engine.registered(_wanted=ids):
            for name, record_type in sorted(record_types.items()):
                found = engine.dicts(
                    f'SELECT t.*, d.path AS "_path" FROM "{name}" t JOIN _wanted w ON w.id = t._id '
                    "LEFT JOIN document d ON d.number = t._document ORDER BY t._id"
                )
                for row in found:
                    self._rows[row["_id"]] = (record_type, row)

    def refs(self, ids: Iterable[int], side: str) -> tuple[RecordRef, ...]:
        """The records with these numbers; a number that is no record (a made-up row of a view) gives none."""
        return tuple(self._ref(each, side) for each in ids if each in self._rows)

    def _ref(self, identity: int, side: str) -> RecordRef:
        record_type, row = self._rows[identity]
        values = {name: plain(row[name]) for name in record_type.fields if row[name] is not None}
        masters = {f"{n}__id": row[f"{n}__id"] for n, f in record_type.fields.items() if f.master}
        values.update({name: value for name, value in masters.items() if value is not None})
        return RecordRef(
            id=identity,
            type=record_type.name,
            side=side,
            key=" ".join(values[name] for name in record_type.identity if name in values),
            document=row["_path"] or "",
            page=row["_page"],
            sheet=None,
            row=row["_row"],
            box=row["_box"],
            raw=row["_raw"],
            via=row["_via"],
            proof=row["_proof"],
            values=values,
            proved=_names(row["_proved"]),
            broken=_names(row["_broken"]),
            figures=tuple(each.name for each in record_type.figures),
            score=row["_score"],
        )


def _names(listed: str | None) -> tuple[str, ...]:
    return tuple(listed.split(",")) if listed else ()


def distinct_values(
    engine: Engine, record_types: Mapping[str, RecordType], ids: Members, fields: Sequence[str]
) -> set[tuple[str, ...]]:
    """The different values that `fields` have together in the records with these numbers, as text. None is null. What a
    master names is its id there, where it is known."""
    found: set[tuple[str, ...]] = set()
    with engine.registered(_wanted=pa.table({"id": ids})):
        for name, record_type in sorted(record_types.items()):
            if set(fields) <= set(record_type.columns()):
                columns = ", ".join(_value(field, record_type) for field in fields)
                rows = engine.rows(f'SELECT DISTINCT {columns} FROM "{name}" t JOIN _wanted w ON w.id = t._id')
                found.update(tuple(plain(value) for value in row) for row in rows if None not in row)
    return found


def without_types(engine: Engine, ids: Members, types: Collection[str]) -> Members:
    """The numbers that are not of records of these types, in the same order."""
    with engine.registered(_wanted=pa.table({"id": ids})):
        found = [
            engine.arrow(f'SELECT t._id FROM "{name}" t JOIN _wanted w ON w.id = t._id').column(0).to_numpy()
            for name in sorted(types)
        ]
    return ids[~np.isin(ids, np.concatenate(found))] if found else ids


def _value(field: str, record_type: RecordType) -> str:
    plain_field = record_type.fields.get(field)
    if plain_field is None or plain_field.master is None:
        return f't."{field}"'
    return f'coalesce(t."{field}__id", t."{field}")'
