"""The tables that rules read, made empty: one for each record type, and those of the audit itself."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.engine import Engine
from auditor.records.audit_tables import AUDIT_TABLES
from auditor.records.model import RecordType


def create_empty_tables(engine: Engine, types: Mapping[str, RecordType]) -> None:
    """All tables that a rule may read, without rows."""
    tables = {**{name: each.columns() for name, each in types.items()}, **AUDIT_TABLES}
    for name, columns in tables.items():
        listed = ", ".join(f'"{column}" {sql_type}' for column, sql_type in columns.items())
        engine.execute(f'CREATE OR REPLACE TABLE "{name}" ({listed})')
