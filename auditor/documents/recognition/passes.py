"""Passes over a folder: what is sure gives its keys to what is not yet, until nothing changes.

Every pass gathers the keys anew and judges anew what is open, and what a document alone was sure of: a bill to the
audited company is no customer's. The result does not depend on the order of files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pyarrow as pa

from auditor.documents.model import ReadDocument
from auditor.documents.recognition.column_roles import known_columns
from auditor.documents.recognition.file_partners import named_after_another
from auditor.documents.recognition.hypotheses import Decided, Hypothesis, State, TableReading
from auditor.documents.recognition.judging import as_matrix, judge
from auditor.documents.recognition.keys import FolderKeys, families_of, keys_of
from auditor.documents.recognition.open_columns import open_columns, with_only_roles
from auditor.documents.recognition.owners import assumed_fields, obtained_fields, other_owner
from auditor.documents.recognition.table_evidence import Knowledge, TableEvidence
from auditor.languages import Text

_MOST = 6  # passes; each needs a table that the one before made sure


def settled(
    documents: Sequence[ReadDocument],
    knowledge: Knowledge,
    own: Iterable[str],
    again: Callable[[Mapping[str, Decided]], Mapping[str, ReadDocument]],
    known: Collection[str] = (),
) -> list[ReadDocument]:
    """The documents, read again where the rest of the folder tells what their tables are.

    `own`: names of the audited company. `again` reads the documents of the given paths with what their tables are.
    `known`: paths of documents that this function gave before: they are read already as the folder told then.
    """
    kept = list(documents)
    decided: dict[str, Decided] = {each.path: _told(each) for each in documents if each.path in known}
    names = tuple(own)
    for _ in range(_MOST):
        if not any(document.tables for document in kept):
            break
        folder = _Folder(kept, knowledge, names)
        kept = [folder.judged(document) for document in kept]
        told = {document.path: {**decided.get(document.path, {}), **_told(document)} for document in kept}
        changed = {path: tables for path, tables in told.items() if tables != decided.get(path, {})}
        if not changed:
            break
        decided |= changed
        read = again(changed)
        kept = [read.get(document.path, document) for document in kept]
    return [replace(each, tables=tuple(_with_open_columns(each, knowledge))) for each in kept]


def _with_open_columns(document: ReadDocument, knowledge: Knowledge) -> Iterator[TableReading]:
    """The tables that are anything, those that are sure with their columns that nobody knows."""
    for table in document.tables:
        if table.state is State.SURE and table.hypotheses:
            evidence, best = TableEvidence(table.shape, knowledge), table.hypotheses[0]
            columns = open_columns(evidence, best, _filled(document.records.get(best.record)))
            completed = with_only_roles(best, columns, table.shape.headers) if columns else None
            yield replace(table, open_columns=columns, completed=completed)
        elif table.state is not State.NONE:
            yield table


def _told(document: ReadDocument) -> dict[tuple[str, int, int], Hypothesis | None]:
    """What the folder tells of the tables of a document: those that are sure by it and not read so yet, and those that
    are read and must not be."""
    return {
        table.shape.place: table.hypotheses[0] if table.is_read else None
        for table in document.tables
        if table.judged_again and (table.is_read or table.alone)
    }


def _filled(records: pa.Table | None) -> frozenset[str]:
    """The fields that some record has."""
    if records is None:
        return frozenset()
    return frozenset(name for name in records.column_names if records.column(name).null_count < records.num_rows)


@dataclass(frozen=True, eq=False)
class _Folder:
    """The documents of one pass, and what those of them that are sure tell of the others."""

    documents: Sequence[ReadDocument]
    knowledge: Knowledge
    own: tuple[str, ...]

    @cached_property
    def keys(self) -> FolderKeys:
        keys = keys_of(_sure_records(self.documents), self.knowledge.types, self.own)
        return replace(keys, families=families_of(table for document in self.documents for table in document.tables))

    def judged(self, document: ReadDocument) -> ReadDocument:
        """A document with its tables judged by what the folder tells, and what it tells of those that are read."""
        return replace(document, tables=tuple(self._judged(table, document) for table in document.tables))

    def _judged(self, table: TableReading, document: ReadDocument) -> TableReading:
        if not table.is_read and not table.hypotheses:
            return table  # nothing speaks for it, or two answers do
        if not table.is_read:
            judgement = judge(table.shape, self.knowledge, keys=self.keys)
            state = table.state if judgement.state is State.NONE else judgement.state
            return TableReading(table.shape, state, judgement.hypotheses, judged_again=True)
        evidence = TableEvidence(table.shape, self.knowledge, self.keys)
        if table.state is State.SURE and not table.alone and (doubt := _of_somebody_else(table, evidence)) is not None:
            best = table.hypotheses[0].doubted([doubt])
            return replace(table, state=State.ASKED, hypotheses=(best,), alone=True, judged_again=True)
        if table.alone and not self._agrees(table, self.keys.of_names):
            others = [each for each in self.documents if each.path != document.path]
            if not self._agrees(table, keys_of(_sure_records(others), self.knowledge.types, self.own)):
                return replace(table, state=State.ASKED, judged_again=True)
        return _completed(table, evidence)

    def _agrees(self, table: TableReading, keys: FolderKeys) -> bool:
        """Whether a table that its document alone is sure of is the same by what the folder tells."""
        judgement = judge(table.shape, self.knowledge, keys=keys)
        return judgement.state is State.SURE and judgement.hypotheses[0].record == table.hypotheses[0].record


def _of_somebody_else(table: TableReading, evidence: TableEvidence) -> Text | None:
    """Why a table that its own words tell is a paper of somebody else by what the folder tells."""
    best = table.hypotheses[0] if table.hypotheses else None
    record_type = evidence.knowledge.types.get(best.record) if best is not None else None
    if best is None or record_type is None or record_type.owner is None or best.matrix is not None:
        return None
    columns = {each.role: each for each in best.columns}
    return other_owner(evidence, record_type, columns) or named_after_another(evidence, record_type)


def _completed(table: TableReading, evidence: TableEvidence) -> TableReading:
    """A table that is read, with what the folder finds of it: fields that no column states in the names around it, and
    columns of which words say a part and whose values are known."""
    knowledge = evidence.knowledge
    if not table.hypotheses or table.hypotheses[0].record not in knowledge.types:
        return table
    best = table.hypotheses[0]
    if best.matrix is not None:
        return _with_partners(table, evidence)
    taken = {each.role: each for each in best.columns}
    record_type = knowledge.types[best.record]
    lacking = [each for each in record_type.fields.values() if each.name not in taken and each.name not in best.fields]
    fields: dict[str, str] = {}
    if any((each.required or each.in_names) and knowledge.domain_of(each) for each in lacking):
        found = obtained_fields(evidence, record_type, taken)
        fields = {name: value for name, value in found.items() if name not in best.fields}
    columns = known_columns(evidence, record_type, lacking, {each.index for each in best.columns})
    if not fields and not columns:
        return table
    assumed = best.assumed | assumed_fields(evidence, record_type, fields)
    ordered = tuple(sorted((*best.columns, *columns), key=lambda each: each.index))
    best = replace(best, columns=ordered, fields={**best.fields, **fields}, assumed=assumed)
    return replace(table, hypotheses=(best,), judged_again=True)


def _with_partners(table: TableReading, evidence: TableEvidence) -> TableReading:
    """A matrix with the names of known partners among its rows that add up like subtotals."""
    best, judgement = table.hypotheses[0], as_matrix(evidence)
    found = judgement.hypothesis if judgement is not None else None
    if best.matrix is None or found is None or found.matrix is None or found.record != best.record:
        return table
    if found.matrix.down != best.matrix.down or found.matrix.partners == best.matrix.partners:
        return table
    best = replace(best, matrix=replace(best.matrix, partners=found.matrix.partners))
    return replace(table, hypotheses=(best, *table.hypotheses[1:]), judged_again=True)


def _sure_records(documents: Sequence[ReadDocument]) -> list[tuple[str, pa.Table]]:
    """The records of all readings that may give keys: none that was only likely."""
    found: dict[str, list[pa.Table]] = {}
    for document in documents:
        if any(table.accepted for table in document.tables):
            continue
        for record, table in document.records.items():
            found.setdefault(record, []).append(table)
    return [(record, pa.concat_tables(tables)) for record, tables in sorted(found.items())]
