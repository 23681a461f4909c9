"""The results of reading, put into the engine's tables: one for each record type, `document`, `unread_row` and
`open_table`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from auditor.documents.model import ReadDocument, UnreadRows
from auditor.documents.recognition.hypotheses import TableReading
from auditor.engine.duck import DuckEngine
from auditor.records.audit_tables import AUDIT_TABLES
from auditor.records.model import RecordType

INSERT_AT = 50_000  # rows that may wait before they are inserted
_ANY_LINE = 1_000_000_000  # below every line of a page


def store(
    engine: DuckEngine,
    documents: Iterable[ReadDocument],
    record_types: Mapping[str, RecordType],
    *,
    progress: Callable[[ReadDocument], None] | None = None,
) -> list[ReadDocument]:
    """Create all record tables and fill them; gives the documents back without their records, which are in the engine.

    `documents` come in the order of their paths and are numbered from 1 in it. `_id` counts through them, in each by
    record type, page and row. One document at a time is held in memory.
    """
    for name, record_type in record_types.items():
        create_table(engine, name, record_type.columns())
    create_table(engine, "document", AUDIT_TABLES["document"])
    create_table(engine, "unread_row", AUDIT_TABLES["unread_row"])
    create_table(engine, "open_table", AUDIT_TABLES["open_table"])
    kept: list[ReadDocument] = []
    waiting = _Waiting(engine)
    taken = 0
    for number, document in enumerate(documents, 1):
        for name in sorted(document.records):
            table = in_order(document.records[name])
            ids = pa.array(np.arange(taken + 1, taken + 1 + table.num_rows, dtype=np.int64))
            waiting.add(name, table.append_column("_id", ids).append_column("_document", _same(number, table.num_rows)))
            taken += table.num_rows
        if document.unread:
            waiting.add("unread_row", _unread_rows(number, document.unread))
        if asked := [each for each in document.tables if each.hypotheses and not each.is_read]:
            waiting.add("open_table", _open_tables(number, asked))
        kept.append(document.without_records())
        if progress:
            progress(kept[-1])
    waiting.insert_all()
    _store_documents(engine, kept)
    return kept


class _Waiting:
    """Tables of small documents, put in together: an insert costs as much for one slip as for a thousand."""

    def __init__(self, engine: DuckEngine) -> None:
        self._engine = engine
        self._tables: dict[str, list[pa.Table]] = {}
        self._rows = 0

    def add(self, name: str, table: pa.Table) -> None:
        """Take a table of a record type; insert what waits when there is much of it."""
        self._tables.setdefault(name, []).append(table)
        self._rows += table.num_rows
        if self._rows >= INSERT_AT:
            self.insert_all()

    def insert_all(self) -> None:
        """Insert everything that waits, in the order in which it came."""
        for name, tables in self._tables.items():
            insert(self._engine, name, pa.concat_tables(tables, promote_options="default"))
        self._tables.clear()
        self._rows = 0


def create_table(engine: DuckEngine, name: str, columns: Mapping[str, str]) -> None:
    """An empty table in place of whatever had its name."""
    declared = ", ".join(f'"{column}" {sql}' for column, sql in columns.items())
    engine.execute(f'CREATE OR REPLACE TABLE "{name}" ({declared})')


def insert(engine: DuckEngine, name: str, table: pa.Table) -> None:
    """Append an Arrow table, column by name; columns that it lacks become null."""
    if table.num_rows:
        with engine.registered(_incoming=table):
            engine.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM _incoming')


def in_order(table: pa.Table) -> pa.Table:
    """The records by page and row, those of one row in the order in which they were read."""
    page = _numbers(table, "_page")
    row = _numbers(table, "_row")
    after = (page[1:] > page[:-1]) | ((page[1:] == page[:-1]) & (row[1:] >= row[:-1]))
    return table if bool(after.all()) else table.take(pa.array(np.lexsort((row, page))))


def _numbers(table: pa.Table, name: str) -> np.ndarray:
    column = table.column(name).combine_chunks()
    return np.asarray(column.fill_null(0).to_numpy(zero_copy_only=False), dtype=np.int64)


def _same(value: int, count: int) -> pa.Array:
    return pa.array(np.full(count, value, dtype=np.int32))


def _unread_rows(number: int, unread: Sequence[UnreadRows]) -> pa.Table:
    """What was not read of a document, in the columns of `unread_row`."""
    return pa.table(
        {
            "of": pa.array([each.of for each in unread], pa.string()),
            "document": _same(number, len(unread)),
            "page": pa.array([each.page for each in unread], pa.int32()),
            "first_row": pa.array([each.first for each in unread], pa.int32()),
            "last_row": pa.array([each.last for each in unread], pa.int32()),
            "rows": pa.array([each.rows for each in unread], pa.int32()),
            "column": pa.array([each.column for each in unread], pa.string()),
            "known": pa.array([json.dumps(each.known, ensure_ascii=False, sort_keys=True) for each in unread]),
        }
    )


def _open_tables(number: int, tables: Sequence[TableReading]) -> pa.Table:
    """The tables of a document of which it is asked what they are, in the columns of `open_table`. A form on a page of
    words may take any of its lines."""
    shapes = [each.shape for each in tables]
    whole = [each.is_form and each.on_pages for each in shapes]
    first = [0 if lines else each.first for each, lines in zip(shapes, whole, strict=True)]
    last = [_ANY_LINE if lines else each.first + each.rows for each, lines in zip(shapes, whole, strict=True)]
    return pa.table(
        {
            "document": _same(number, len(shapes)),
            "page": pa.array([each.page for each in shapes], pa.int32()),
            "first_row": pa.array(first, pa.int32()),
            "last_row": pa.array(last, pa.int32()),
            "rows": pa.array([each.rows for each in shapes], pa.int32()),
            "sheet": pa.array([bool(each.sheet) for each in shapes], pa.bool_()),
        }
    )


def _store_documents(engine: DuckEngine, documents: list[ReadDocument]) -> None:
    insert(
        engine,
        "document",
        pa.table(
            {
                "number": pa.array(range(1, len(documents) + 1), pa.int32()),
                "path": pa.array([each.path for each in documents], pa.string()),
                "sha256": pa.array([each.sha256 for each in documents], pa.string()),
                "status": pa.array([each.status.value for each in documents], pa.string()),
                "layout": pa.array([each.layout for each in documents], pa.string()),
            }
        ),
    )
