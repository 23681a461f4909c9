"""Columns that arithmetic alone tells: weight × rate = freight, freight + fuel = amount, whatever their headers say.

All products and sums among the columns of figures of a table are found once; a relation of a record type of which
several columns are not known is one of them, if it can be only one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from auditor.documents.recognition.arithmetic import Combination
from auditor.documents.recognition.hypotheses import ColumnReading, Ground
from auditor.documents.recognition.table_evidence import LEAST_FIT, TableEvidence, kind_fit
from auditor.records.model import RecordType, Relation, RelationKind

_MOST_FREE = 3  # roles of a relation that it may tell at once
_TOLD_APART = 3  # halves by which one factor must have more different values than a price


def with_relations(
    table: TableEvidence, record_type: RecordType, columns: Mapping[str, ColumnReading]
) -> dict[str, ColumnReading]:
    """The columns, with those that a relation of the type tells where two of its columns and more are not known."""
    found = dict(columns)
    for relation in record_type.relations:
        told = _told_by(table, record_type, relation, found)
        # words that say the same as a role's may say it of something else: `Charged` of an amount, not of a weight
        doubtful = [name for name in relation.fields if name in found and found[name].ground is Ground.EQUAL_PARTS]
        borne_out = bool(told) or table.figures.holds(relation, _indices(found))
        for name in () if borne_out else doubtful:
            told = told or _told_by(table, record_type, relation, {r: c for r, c in found.items() if r != name})
        if told and _contradicted(table, record_type, {**_indices(found), **told}):
            continue
        for role, at in told.items():
            found = {name: each for name, each in found.items() if each.index != at}
            found[role] = ColumnReading(at, table.shape.headers[at], role, Ground.ARITHMETIC)
    return found


def _indices(columns: Mapping[str, ColumnReading]) -> dict[str, int]:
    return {name: each.index for name, each in columns.items()}


def _contradicted(table: TableEvidence, record_type: RecordType, at: Mapping[str, int]) -> bool:
    """Whether another relation fails with the columns that one has told: freight that is not part of the sum."""
    known = {name: index for name, index in at.items() if index in table.figures.columns}
    return any(table.figures.holds(each, known) is False for each in record_type.relations)


def _told_by(
    table: TableEvidence, record_type: RecordType, relation: Relation, columns: Mapping[str, ColumnReading]
) -> dict[str, int]:
    """The columns that a relation adds, by role; none unless only one choice of columns bears it out."""
    known = {name: columns[name].index for name in relation.fields if name in columns and columns[name].sure}
    lacking = [name for name in relation.fields if name not in known and name not in relation.optional]
    if not lacking or any(index not in table.figures.columns for index in known.values()):
        return {}
    taken = {each.index for name, each in columns.items() if each.sure and name not in known}
    choices = [
        {role: at for role, at in choice.items() if role not in known}
        for choice in _choices(table, relation, known)
        if not taken & set(choice.values()) and _may_be(table, record_type, choice, known)
    ]
    choices = [each for each in choices if 2 <= len(each) <= _MOST_FREE]
    if relation.kind is RelationKind.PRODUCT and len(choices) == 2:
        choices = _by_price(table, record_type, relation, choices)
    elif relation.kind is RelationKind.PRODUCT and len(choices) == 1:
        # a price has few different values, whatever its header says in part
        choices = _by_price(table, record_type, relation, [_turned(relation, each) for each in choices]) or choices
    return choices[0] if len(choices) == 1 else {}


def _choices(table: TableEvidence, relation: Relation, known: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """All ways in which a relation may stand between columns of figures, with the known roles where they are."""
    if relation.kind is RelationKind.PRODUCT:
        for found in table.figures.products:
            for parts in (found.parts, found.parts[::-1]):
                yield from _fitting(relation, relation.parts, parts, found, known)
    elif relation.kind is RelationKind.SUM:
        must = [name for name in relation.parts if name not in relation.optional or name in known]
        may = [name for name in relation.parts if name not in must]
        for found in table.figures.sums:
            count = len(found.parts) - len(must)
            if count < 0:
                continue
            for more in combinations(may, count):
                names = [name for name in relation.parts if name in must or name in more]
                # the columns of a sum stand in the order of its parts where nothing else tells them apart
                yield from _fitting(relation, names, found.parts, found, known)


def _fitting(
    relation: Relation, names: Sequence[str], parts: Sequence[int], found: Combination, known: Mapping[str, int]
) -> Iterator[dict[str, int]]:
    choice = {**dict(zip(names, parts, strict=True)), relation.result: found.result}
    if all(choice.get(name) == at for name, at in known.items()):
        yield choice


def _may_be(
    table: TableEvidence, record_type: RecordType, choice: Mapping[str, int], known: Mapping[str, int]
) -> bool:
    words = table.knowledge.words
    return all(
        kind_fit(table.kinds[at], record_type, role) >= LEAST_FIT
        and words.may_be(table.shape.texts[at], record_type.name, role)
        for role, at in choice.items()
        if role not in known
    )


def _turned(relation: Relation, choice: dict[str, int]) -> dict[str, int]:
    """A choice with its two factors exchanged."""
    one, other = relation.parts
    return {**choice, **({one: choice[other], other: choice[one]} if {one, other} <= set(choice) else {})}


def _by_price(
    table: TableEvidence, record_type: RecordType, relation: Relation, choices: Sequence[dict[str, int]]
) -> list[dict[str, int]]:
    """Of the two orders of a product the one in which the price has the fewer different values; neither if they have
    about as many."""
    price = next((name for name in relation.parts if record_type.fields[name].price), None)
    other = next((name for name in relation.parts if name != price), None)
    if price is None or other is None:
        return []
    return [
        each
        for each in choices
        if price in each
        and other in each
        and 2 * table.kinds[each[other]].distinct >= _TOLD_APART * table.kinds[each[price]].distinct
    ]
