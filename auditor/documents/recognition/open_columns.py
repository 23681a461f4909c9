"""Columns of a table that is read of which nobody knows what they are, and what they may be: fields that it lacks.

Such a table is read without them. Whether one of its fields matters, the rules know; the user is asked then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.documents.recognition.header_words import EQUAL
from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis
from auditor.documents.recognition.leftovers import lacking_fields
from auditor.documents.recognition.table_evidence import LEAST_FIT, TableEvidence, kind_fit
from auditor.documents.word_parts import parts_of
from auditor.records.model import Field, RecordType


def open_columns(table: TableEvidence, best: Hypothesis, filled: Collection[str]) -> dict[int, tuple[str, ...]]:
    """The columns of a table, read as `best`, with a header of words that nobody knows: for each index the fields that
    its words and values may be. `filled`: the fields that its records have, from wherever; none of them is lacking."""
    record_type = table.knowledge.types.get(best.record)
    if record_type is None or best.matrix is not None:
        return {}
    used = {each.index for each in best.columns} | table.shape.groups
    lacking = [each for each in lacking_fields(record_type, best) if each.name not in filled]
    found = {at: tuple(_roles(table, record_type, at, lacking)) for at in range(len(table.kinds)) if at not in used}
    return {at: roles for at, roles in found.items() if roles}


def with_only_roles(best: Hypothesis, columns: Mapping[int, tuple[str, ...]], headers: Sequence[str]) -> Hypothesis:
    """A reading with the open columns that can be one field only, which no other column can be: what is proposed."""
    taken = {each.role for each in best.columns}
    counted = Counter(role for roles in columns.values() for role in roles)
    guessed = [
        ColumnReading(at, headers[at], roles[0], Ground.LEFT)
        for at, roles in columns.items()
        if len(roles) == 1 and counted[roles[0]] == 1 and roles[0] not in taken
    ]
    return replace(best, columns=tuple(sorted((*best.columns, *guessed), key=lambda each: each.index)))


def _roles(table: TableEvidence, record_type: RecordType, at: int, lacking: Collection[Field]) -> Iterator[str]:
    kind, texts, words = table.kinds[at], table.words_of(at), table.knowledge.words
    if not table.shape.headers[at] or table.is_idle(at, kind):
        return
    if any(each.likeness >= EQUAL for each in table.knowledge.printed_words.offers(texts)):
        return  # a word that is known says what it is, if no field of this type
    offered = {each.role for each in table.offers[at] if each.record == record_type.name}
    strange = all(parts_of(text).rest for text in texts)
    for each in lacking:
        may_be = each.name in offered or (strange and words.may_be(texts, record_type.name, each.name))
        if may_be and kind_fit(kind, record_type, each.name) >= LEAST_FIT:
            yield each.name
