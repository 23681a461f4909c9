"""Tables of records: the columns of a record type, made from rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from auditor.documents.fields import ARROW
from auditor.records.model import RecordType


def rows_as_table(record_type: RecordType, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Records given as dicts, in the columns of their type without `_id`, `_document` and `FIELD__id`."""
    columns = {}
    for name, sql in record_type.columns().items():
        if name in ("_id", "_document") or name.endswith("__id"):
            continue
        columns[name] = pa.array([row.get(name) for row in rows], ARROW[sql])
    return pa.table(columns)
