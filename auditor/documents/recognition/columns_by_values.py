"""Columns that their values tell: words of a choice, the only days, the number that every row has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from auditor.documents.headers import header_key
from auditor.documents.recognition.hypotheses import ColumnReading, Ground
from auditor.documents.recognition.kinds import ColumnKind
from auditor.documents.recognition.table_evidence import DAY, LEAST_FIT, TableEvidence, kind_fit
from auditor.records.model import Field, FieldType, RecordType
from auditor.values.choices import choice_index

_NUMBERS = (FieldType.NUMBER_TEXT, FieldType.TEXT)
_FITTING = 600  # thousandths: how well values fit the only column that may be a field
_FEWEST_CHOICES = 2  # different words
_FEWEST_VALUES = 3  # by which the kind of a column is told
_KNOWN = 900  # thousandths of them that must be known


def told_by_values(
    table: TableEvidence, record_type: RecordType, columns: dict[str, ColumnReading]
) -> dict[str, ColumnReading]:
    """The columns of a record type, by role, with those that words do not tell and values do."""
    numbered = _with_first_number(table, record_type, columns)
    return _with_only_ones(table, record_type, _with_choices(table, record_type, numbered))


def _with_first_number(
    table: TableEvidence, record_type: RecordType, columns: dict[str, ColumnReading]
) -> dict[str, ColumnReading]:
    """Where two columns have words of one field and no column has those of the number that names a record, the first
    column of numbers, filled in every row, is that number, and the other the field: `Ref` and `Cheque No.` of a bank
    book are the voucher and the reference."""
    naming = [
        each
        for name in record_type.identity
        if (each := record_type.fields[name]).type is FieldType.NUMBER_TEXT and each.master is None
    ]
    first = next((at for at, kind in enumerate(table.kinds) if kind.is_of_numbers and kind.filled >= _KNOWN), None)
    taken = next((column for column in columns.values() if column.index == first), None)
    if len(naming) != 1 or naming[0].name in columns or first is None or taken is None:
        return columns
    role = (record_type.name, taken.role)
    used = {column.index for column in columns.values()}
    others = [
        at
        for at, offers in enumerate(table.offers)
        if at not in used
        and any((o.record, o.role) == role and o.ground is not Ground.PART for o in offers)
        and kind_fit(table.kinds[at], record_type, taken.role) >= LEAST_FIT
    ]
    if len(others) != 1 or table.knowledge.words.denies(table.shape.texts[first], record_type.name, naming[0].name):
        return columns
    other = ColumnReading(others[0], table.shape.headers[others[0]], taken.role, taken.ground)
    number = ColumnReading(first, table.shape.headers[first], naming[0].name, Ground.KIND)
    return {**columns, taken.role: other, naming[0].name: number}


def _with_choices(
    table: TableEvidence, record_type: RecordType, columns: dict[str, ColumnReading]
) -> dict[str, ColumnReading]:
    """With the columns whose values are words of one choice field, whatever their headers say: `Tendered` over Cash and
    Alipay is the mode of payment. None that two fields may have, and none for which two columns may stand."""
    told = {column.index for column in columns.values() if column.sure}
    free = {
        at: kind
        for at, kind in enumerate(table.kinds)
        if at not in told and kind.distinct >= _FEWEST_CHOICES and kind.count >= _FEWEST_VALUES
    }
    lacking = [
        each
        for name, each in record_type.fields.items()
        if free and each.type is FieldType.CHOICE and not (name in columns and columns[name].sure)
    ]
    words = table.knowledge.words
    indices = {each.name: choice_index(each.choices) for each in lacking}
    found: dict[int, list[str]] = {}
    for at, kind in free.items():
        may_be = (each for each in lacking if words.may_be(table.words_of(at), record_type.name, each.name))
        found[at] = [each.name for each in may_be if _share_chosen(kind, indices[each.name]) >= _KNOWN]
    named = [(names[0], at) for at, names in found.items() if len(names) == 1]
    kept = dict(columns)
    for name, at in named:
        if [other for other, _ in named].count(name) == 1:
            kept = {role: column for role, column in kept.items() if column.index != at}
            kept[name] = ColumnReading(at, table.shape.headers[at], name, Ground.KIND)
    return kept


def _share_chosen(kind: ColumnKind, index: Mapping[str, str]) -> int:
    """The share of a column's values that are words of a choice field, in thousandths."""
    return 1000 * sum(header_key(text) in index for text in kind.texts) // max(len(kind.texts), 1)


def _with_only_ones(
    table: TableEvidence, record_type: RecordType, columns: dict[str, ColumnReading]
) -> dict[str, ColumnReading]:
    """Required days and the number that names a record, where words tell no more than a part of a column and one column
    alone holds such values: `Booked` over the only days of a table is its date. A header that names another thing is
    none: `Date of claim` on a list of invoices. What names a record stands before other numbers."""
    found = dict(columns)
    lacking = [
        each
        for each in record_type.fields.values()
        if each.required and each.type is FieldType.DATE and (each.name not in found or not found[each.name].sure)
    ]
    if len(lacking) == 1 and DAY not in found:
        _take_only_one(table, record_type, lacking[0], found, lambda kind: kind.is_of_days)
    named = record_type.fields[record_type.identity[0]] if len(record_type.identity) == 1 else None
    numbered = named is not None and named.type in _NUMBERS and named.master is None and named.name in found
    first = next((at for at, kind in enumerate(table.kinds) if kind.is_of_numbers), None)
    if named is not None and numbered and not found[named.name].sure and found[named.name].index == first:
        _take_only_one(table, record_type, named, found, lambda kind: kind.is_of_numbers)
    return _with_only_offers(table, record_type, found) if record_type.name in table.names else found


def _with_only_offers(
    table: TableEvidence, record_type: RecordType, columns: dict[str, ColumnReading]
) -> dict[str, ColumnReading]:
    """Of a table that is called by a name of the type, required fields of whose words one column alone says a part, and
    nothing else beside: `Code` in a trial balance is that of the account."""
    told = {column.index for column in columns.values() if column.sure}
    found = dict(columns)
    for name, column in columns.items():
        each, role = record_type.fields.get(name), (record_type.name, name)
        of_flow = record_type.flow is not None and name == "amount"  # which the sides of money tell
        if each is None or not each.required or column.sure or of_flow:
            continue
        offering = [
            at
            for at, offers in enumerate(table.offers)
            if at not in told and any((o.record, o.role) == role for o in offers)
        ]
        fits = kind_fit(table.kinds[column.index], record_type, name) >= _FITTING
        means = table.knowledge.words.may_mean(table.shape.texts[column.index], *role)
        if offering == [column.index] and fits and means and _means_most(table, column.index, *role):
            found[name] = replace(column, ground=Ground.KIND)
    return found


def _take_only_one(
    table: TableEvidence,
    record_type: RecordType,
    each: Field,
    columns: dict[str, ColumnReading],
    is_of_kind: Callable[[ColumnKind], bool],
) -> None:
    """The one column of a kind that no words tell, as a field, unless its header says the opposite."""
    told = {column.index for column in columns.values() if column.sure}
    role, words = (record_type.name, each.name), table.knowledge.words
    free = [
        at
        for at, kind in enumerate(table.kinds)
        if at not in told and is_of_kind(kind) and words.may_mean(table.words_of(at), *role)
    ]
    free = [at for at in free if any((o.record, o.role) == role for o in table.offers[at])] or free
    if len(free) != 1 or table.kinds[free[0]].count < _FEWEST_VALUES or table.kinds[free[0]].constant:
        return
    if not _means_most(table, free[0], *role):
        return
    at = free[0]
    for taken in [name for name, column in columns.items() if column.index == at]:
        del columns[taken]
    columns[each.name] = ColumnReading(at, table.shape.headers[at], each.name, Ground.KIND)


def _means_most(table: TableEvidence, at: int, record: str, role: str) -> bool:
    """Whether the words of a column say no other field as well as this one, of those that its values fit."""
    of_type = table.knowledge.types[record]
    said = {
        each.role: each.likeness
        for each in table.offers[at]
        if each.record == record and (each.role == role or kind_fit(table.kinds[at], of_type, each.role) >= _FITTING)
    }
    mine = said.pop(role, 0)
    return max(said.values(), default=0) < max(mine, 1)
