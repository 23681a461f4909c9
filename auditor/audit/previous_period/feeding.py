"""Records of the period before that this audit tests against: invoices that were claimed then, say.

A record type says of which tables and views of the earlier audit its records come (`carried_from:`); columns of the
same name are taken. They stand in a document of their own, which says where they are from.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.audit.previous_period.reading import PreviousAudit
from auditor.documents.model import ReadDocument, Status
from auditor.documents.record_tables import rows_as_table
from auditor.engine import DuckEngine, EngineError
from auditor.records.model import RecordType


def document_of(previous: PreviousAudit, engine: DuckEngine, types: Mapping[str, RecordType]) -> ReadDocument | None:
    """What the earlier audit gives to this one, as a document; None if it gives nothing."""
    records = {}
    for name, record in sorted(types.items()):
        rows = [row for source in dict.fromkeys((name, *record.carried_from)) for row in _rows(engine, source, record)]
        unique = {tuple(row.get(field) for field in record.identity): row for row in reversed(rows)}
        if record.carried_from and unique:
            ordered = [unique[key] for key in sorted(unique, key=repr)]
            records[name] = rows_as_table(record, [{**row, "_page": 1, "_row": n} for n, row in enumerate(ordered, 1)])
    count = sum(table.num_rows for table in records.values())
    if not count:
        return None
    path = f"previous audit {previous.first.isoformat()}..{previous.last.isoformat()}"
    return ReadDocument(path, previous.sha256, Status.READ, records=records, rows_seen=count, row_records=count)


def _rows(engine: DuckEngine, source: str, record: RecordType) -> list[dict[str, object]]:
    """The rows of a table of the earlier audit that have all that a record must have."""
    if not record.carried_from:
        return []
    fields = list(record.fields)
    needed = [each.name for each in record.fields.values() if each.required]
    try:
        has = {str(name) for (name, *_) in engine.rows(f'DESCRIBE "{source}"')}
        if not set(needed) <= has:
            return []
        columns = ", ".join(f'"{name}"' for name in fields if name in has)
        filled = " AND ".join(f'"{name}" IS NOT NULL' for name in needed) or "TRUE"
        rows = engine.dicts(f'SELECT DISTINCT {columns} FROM "{source}" WHERE {filled} ORDER BY ALL')
    except EngineError:
        return []  # the earlier audit had no such table: none of its rule sets, or none of its documents
    return [{**row, "_via": "data", "_proof": "unproved"} for row in rows]
