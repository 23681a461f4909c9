"""An answer of the user as a hypothesis: its columns, and what names and labels around the table state of the rest."""

from __future__ import annotations

from auditor.documents.readings.confirmed import ConfirmedReading
from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis
from auditor.documents.recognition.keys import NO_KEYS, FolderKeys
from auditor.documents.recognition.matrices import matrix_of
from auditor.documents.recognition.owners import assumed_fields, obtained_fields
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import Knowledge, TableEvidence
from auditor.documents.recognition.type_hypotheses import hypothesis_of


def answered(
    entry: ConfirmedReading, shape: TableShape, knowledge: Knowledge, keys: FolderKeys = NO_KEYS
) -> Hypothesis:
    """What an answer says that a table is. Where it names no columns, they are those that evidence is sure of; a field
    that neither a column nor the answer states is had from the names and labels around. Raises ValueError for an answer
    that leaves the table out."""
    if entry.record is None:
        raise ValueError(f"the entry on line {entry.line} reads no table")
    if entry.matrix is not None:
        return matrix_of(knowledge.types[entry.record], entry.matrix.down, entry.matrix.across, entry.matrix.cell)
    table = TableEvidence(shape, knowledge, keys)
    own = {index: role for index, _, role in entry.roles(shape.headers)}
    columns = {role: ColumnReading(at, shape.headers[at], role, Ground.USER) for at, role in own.items()}
    if not entry.columns and not entry.is_of_forms:
        columns = {each.role: each for each in hypothesis_of(table, entry.record).columns if each.sure}
    record_type = knowledge.types[entry.record]
    found = obtained_fields(table, record_type, columns)
    assumed = assumed_fields(table, record_type, found) - set(entry.fields)
    ordered = tuple(sorted(columns.values(), key=lambda each: each.index))
    return Hypothesis(entry.record, ordered, fields={**found, **entry.fields}, assumed=assumed)
