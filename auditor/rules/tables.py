"""The tables that rules read, made empty: one for each record type, and those of the audit itself."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.engine import Engine
from auditor.records.model import RecordType

# Tables beside those of the record types that a view or query may read.
AUDIT_TABLES: dict[str, dict[str, str]] = {
    "document": {"number": "INTEGER", "path": "VARCHAR", "sha256": "VARCHAR", "status": "VARCHAR", "layout": "VARCHAR"},
    # rows of tables that were not read, and cells of records, where the column is named; known: JSON, field -> texts
    "unread_row": {
        "of": "VARCHAR",
        "document": "INTEGER",
        "page": "INTEGER",
        "first_row": "INTEGER",
        "last_row": "INTEGER",
        "rows": "INTEGER",
        "column": "VARCHAR",
        "known": "VARCHAR",
    },
    "calendar_day": {"day": "DATE", "working": "BOOLEAN", "working_number": "BIGINT"},
    "master_name": {"of": "VARCHAR", "key": "VARCHAR", "id": "VARCHAR", "relation": "VARCHAR"},
    "master_value": {"of": "VARCHAR", "value": "VARCHAR", "id": "VARCHAR"},
    "master_edge": {"of": "VARCHAR", "id": "VARCHAR", "relation": "VARCHAR", "to_of": "VARCHAR", "to_id": "VARCHAR"},
}


def create_empty_tables(engine: Engine, types: Mapping[str, RecordType]) -> None:
    """All tables that a rule may read, without rows."""
    tables = {**{name: each.columns() for name, each in types.items()}, **AUDIT_TABLES}
    for name, columns in tables.items():
        listed = ", ".join(f'"{column}" {sql_type}' for column, sql_type in columns.items())
        engine.execute(f'CREATE OR REPLACE TABLE "{name}" ({listed})')
