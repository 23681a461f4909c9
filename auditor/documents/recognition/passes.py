"""Passes over a folder: what is sure gives its keys to what is not yet, until nothing changes.

Every pass gathers the keys anew and judges anew what is still open. The result does not depend on the order of files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from auditor.documents.model import ReadDocument
from auditor.documents.recognition.hypotheses import Hypothesis, State, TableReading
from auditor.documents.recognition.judging import judge
from auditor.documents.recognition.keys import FolderKeys, domain_of, keys_of
from auditor.documents.recognition.owners import assumed_fields, obtained_fields
from auditor.documents.recognition.table_evidence import Knowledge, TableEvidence

Decided = Mapping[tuple[str, int, int], Hypothesis]
_MOST = 6  # passes; each needs a table that the one before made sure
_OPEN = (State.LIKELY, State.ASKED)


def settled(
    documents: Sequence[ReadDocument],
    knowledge: Knowledge,
    own: Iterable[str],
    again: Callable[[Mapping[str, Decided]], Mapping[str, ReadDocument]],
) -> list[ReadDocument]:
    """The documents, read again where the rest of the folder tells what their tables are.

    `own`: names of the audited company. `again` reads the documents of the given paths with what their tables are.
    """
    kept = list(documents)
    decided: dict[str, dict[tuple[str, int, int], Hypothesis]] = {}
    names = tuple(own)
    for _ in range(_MOST):
        if not any(document.tables for document in kept):
            break
        keys = keys_of(_sure_records(kept), knowledge.types, names)
        kept = [_judged(document, knowledge, keys) for document in kept]
        sure = {
            document.path: {table.shape.place: table.hypotheses[0] for table in document.tables if _newly(table)}
            for document in kept
        }
        changed = {path: tables for path, tables in sure.items() if tables and tables != decided.get(path, {})}
        if not changed:
            break
        for path, tables in changed.items():
            decided[path] = {**decided.get(path, {}), **tables}
        read = again({path: decided[path] for path in changed})
        kept = [read.get(document.path, document) for document in kept]
    return kept


def _newly(table: TableReading) -> bool:
    """Whether a table is sure by what the folder tells, and its records are not there yet."""
    return table.judged_again and (table.state in (State.SURE, State.CONFIRMED) or bool(table.records))


def _judged(document: ReadDocument, knowledge: Knowledge, keys: FolderKeys) -> ReadDocument:
    """A document with its open tables judged by what the folder tells, and what it tells of those that are read."""
    tables = []
    for table in document.tables:
        if table.state not in _OPEN or table.records:
            table = _completed(table, knowledge, keys)
        else:
            judgement = judge(table.shape, knowledge, keys=keys)
            state = State.ASKED if judgement.state is State.NONE else judgement.state
            table = TableReading(table.shape, state, judgement.hypotheses, judgement.doubts, judged_again=True)
        tables.append(table)
    return replace(document, tables=tuple(tables))


def _completed(table: TableReading, knowledge: Knowledge, keys: FolderKeys) -> TableReading:
    """A table that is read, with fields that no column states and that the folder finds in the names around it."""
    if not table.hypotheses or table.hypotheses[0].record not in knowledge.types:
        return table
    best = table.hypotheses[0]
    if best.matrix is not None:
        return table
    taken = {each.role: each for each in best.columns}
    record_type = knowledge.types[best.record]
    lacking = [each for each in record_type.fields.values() if each.name not in taken and each.name not in best.fields]
    if not any((each.required or each.in_names) and domain_of(each, knowledge.types) for each in lacking):
        return table
    evidence = TableEvidence(table.shape, knowledge, keys)
    found = obtained_fields(evidence, record_type, taken)
    more = {name: value for name, value in found.items() if name not in best.fields}
    if not more:
        return table
    assumed = best.assumed | assumed_fields(evidence, record_type, more)
    best = replace(best, fields={**best.fields, **more}, assumed=assumed)
    return replace(table, hypotheses=(best,), judged_again=True)


def _sure_records(documents: Sequence[ReadDocument]) -> list[tuple[str, pa.Table]]:
    """The records of all readings that may give keys: none that was only likely."""
    found: dict[str, list[pa.Table]] = {}
    for document in documents:
        if any(table.state is State.LIKELY and table.records for table in document.tables):
            continue
        for record, table in document.records.items():
            found.setdefault(record, []).append(table)
    return [(record, pa.concat_tables(tables)) for record, tables in sorted(found.items())]
