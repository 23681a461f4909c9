"""The hypothesis that a table is of one record type: its best columns, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.documents.recognition.column_proofs import with_proofs
from auditor.documents.recognition.column_roles import assigned_columns
from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis
from auditor.documents.recognition.owners import (
    assumed_fields,
    obtained_fields,
    points_of_owner,
)
from auditor.documents.recognition.reasons import reasons
from auditor.documents.recognition.table_evidence import DAY, LEAST_FIT, TableEvidence, kind_fit
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT, RANGE
from auditor.records.model import RecordType

_BY_LABEL = 1500  # points for a field that a label or a name around the table states


def _points(
    table: TableEvidence,
    record_type: RecordType,
    columns: Mapping[str, ColumnReading],
    missing: Sequence[str],
    proved: Sequence[str],
    failed: Sequence[str],
) -> int:
    points = 0
    used = {each.index for each in columns.values()}
    for each in columns.values():
        offers = table.offers[each.index]
        mine = next((o for o in offers if o.record == record_type.name and o.role == each.role), None)
        if mine is not None:
            information = table.knowledge.words.information(offers, mine)
            points += mine.likeness * (2000 + 7 * information // 10) // 1000
        points += 12 * (kind_fit(table.kinds[each.index], record_type, each.role) - LEAST_FIT) // 10
        if each.ground is Ground.ARITHMETIC:
            points += 3000
    unexplained = [at for at, kind in enumerate(table.kinds) if at not in used and not table.is_idle(at, kind)]
    points -= 1200 * len(unexplained)
    points += 4 * table.names[record_type.name].fit if record_type.name in table.names else 0
    points += 2000 * len(proved) - 5000 * len(failed)
    points -= sum(9000 if name in record_type.identity else 4500 for name in missing)
    return points + points_of_owner(table, record_type, columns)


def hypothesis_of(table: TableEvidence, record: str) -> Hypothesis:
    """The best columns for a record type, with all that speaks for and against it."""
    record_type = table.knowledge.types[record]
    columns = assigned_columns(table, record_type)
    columns, proved, failed = with_proofs(table, record_type, columns)
    columns = _without_needless(record_type, columns)
    fields = obtained_fields(table, record_type, columns)
    missing = _missing(record_type, columns, fields)
    points = _points(table, record_type, columns, missing, proved, failed) + _BY_LABEL * len(fields)
    because, against = reasons(table, record_type, columns, fields, missing, proved, failed)
    ordered = tuple(sorted(columns.values(), key=lambda each: each.index))
    assumed = assumed_fields(table, record_type, fields)
    named = record in table.names
    return Hypothesis(
        record, ordered, points, fields, missing, because, against, assumed=assumed, proved=proved, named=named
    )


def _without_needless(record_type: RecordType, columns: dict[str, ColumnReading]) -> dict[str, ColumnReading]:
    """With a column for each side an amount and a flag add nothing; a type whose one column of amounts needs a flag
    takes neither alone."""
    if MONEY_IN in columns and MONEY_OUT in columns:
        return {role: each for role, each in columns.items() if role not in ("amount", FLAG)}
    if record_type.flow and record_type.flow.flagged and not {FLAG, "amount"} <= set(columns):
        return {role: each for role, each in columns.items() if role not in ("amount", FLAG)}
    return columns


def _missing(
    record_type: RecordType, columns: Mapping[str, ColumnReading], fields: Mapping[str, str]
) -> tuple[str, ...]:
    """The required fields that neither a column nor anything around the table states."""
    missing = []
    for name, each in record_type.fields.items():
        if not each.required or name in columns or name in fields or each.default is not None:
            continue
        if name == "amount" and record_type.flow and (MONEY_IN in columns or MONEY_OUT in columns):
            continue
        if (name == "date" and DAY in columns) or record_type.is_computed(name, columns):
            continue
        if record_type.range and RANGE in columns and name in (record_type.range.first, record_type.range.last):
            continue
        missing.append(name)
    return tuple(missing)
