"""The tables of an audit beside those of its record types: what documents fill and rules may read."""

from __future__ import annotations

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
    # tables of which it is asked what they are, with the rows that they take; sheet: whether its page is a sheet
    "open_table": {
        "document": "INTEGER",
        "page": "INTEGER",
        "first_row": "INTEGER",
        "last_row": "INTEGER",
        "rows": "INTEGER",
        "sheet": "BOOLEAN",
    },
    "calendar_day": {"day": "DATE", "working": "BOOLEAN", "working_number": "BIGINT"},
    "master_name": {"of": "VARCHAR", "key": "VARCHAR", "id": "VARCHAR", "relation": "VARCHAR"},
    "master_value": {"of": "VARCHAR", "value": "VARCHAR", "id": "VARCHAR"},
    "master_edge": {"of": "VARCHAR", "id": "VARCHAR", "relation": "VARCHAR", "to_of": "VARCHAR", "to_id": "VARCHAR"},
}
