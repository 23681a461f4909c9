"""What a question proposes for the columns that nothing tells: fields that are left over, where only one fits.

Nothing is read by such a guess. It is made when a table is a question already, so that the answer is mostly yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis
from auditor.documents.recognition.kinds import ColumnKind
from auditor.documents.recognition.reasons import left_over, not_stated
from auditor.documents.recognition.table_evidence import DAY, LEAST_FIT, TableEvidence, kind_fit
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.documents.word_parts import choice_of
from auditor.records.model import Field, FieldType, RecordType

_NEARLY_ALL = 900  # thousandths of a column's values
_CHOSEN = 800  # thousandths of its different values that are words of a choice


def with_leftovers(table: TableEvidence, hypothesis: Hypothesis) -> Hypothesis:
    """A hypothesis that is no more than a question, with a guess for columns that are left over, and without the
    sentences against it that these answer."""
    record_type = table.knowledge.types.get(hypothesis.record)
    if record_type is None or hypothesis.matrix is not None:
        return hypothesis
    kept = _without_wrong_first(table, record_type, hypothesis)
    found = _Guess(table, record_type, kept).columns()
    if not found:
        return hypothesis
    columns = tuple(sorted((*kept.columns, *found), key=lambda each: each.index))
    told = {each.role for each in found}
    answered = {not_stated(record_type, role) for role in told} | {left_over(table, hypothesis.columns)}
    rest = left_over(table, columns)
    against = (*(text for text in hypothesis.against if text not in answered), *([rest] if rest is not None else []))
    missing = tuple(role for role in hypothesis.missing if role not in told)
    return replace(hypothesis, columns=columns, missing=missing, against=against)


def lacking_fields(record_type: RecordType, hypothesis: Hypothesis) -> list[Field]:
    """The fields of a record type that neither a column nor anything around the table states."""
    taken = {each.role for each in hypothesis.columns} | set(hypothesis.fields)
    if DAY in taken:
        taken.add("date")
    if taken & {MONEY_IN, MONEY_OUT}:
        taken.add("amount")
    return [each for name, each in record_type.fields.items() if name not in taken]


def _without_wrong_first(table: TableEvidence, record_type: RecordType, hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis with its first column free for the number that names a record, which nothing else surely has: it
    is one of numbers that no two rows share, and no field that a record needs."""
    first = next((at for at, kind in enumerate(table.kinds) if not kind.empty), None)
    if first is None or len(record_type.identity) != 1 or not table.kinds[first].is_of_numbers:
        return hypothesis
    name = record_type.identity[0]
    named = next((each for each in hypothesis.columns if each.role == name), None)
    mine = next((each for each in hypothesis.columns if each.index == first), None)
    needed = mine is not None and mine.role in record_type.fields and record_type.fields[mine.role].required
    if (named is not None and (named.sure or named.index == first)) or (needed and mine is not None and mine.sure):
        return hypothesis
    kept = tuple(each for each in hypothesis.columns if each not in (named, mine))
    missing = tuple(dict.fromkeys((*hypothesis.missing, name, *([mine.role] if mine is not None and needed else []))))
    return replace(hypothesis, columns=kept, missing=missing)


@dataclass(frozen=True, eq=False)
class _Guess:
    """The columns of a table that no field has, and the fields of a record type that no column has."""

    table: TableEvidence
    record: RecordType
    hypothesis: Hypothesis

    def columns(self) -> list[ColumnReading]:
        """One column for one field at a time, the surest way first; what one takes, the next has not."""
        found: dict[int, ColumnReading] = {}
        for way in (self._chosen, self._naming, self._of_days, self._of_persons, self._of_money, self._required):
            free = [at for at in self._free if at not in found]
            lacking = [each for each in self._lacking if each.name not in {one.role for one in found.values()}]
            for at, each in way(free, lacking):
                found[at] = ColumnReading(at, self.table.shape.headers[at], each.name, Ground.LEFT)
        return list(found.values())

    @cached_property
    def _free(self) -> list[int]:
        used = {each.index for each in self.hypothesis.columns} | self.table.shape.groups
        kinds = enumerate(self.table.kinds)
        return [at for at, kind in kinds if at not in used and not self.table.is_idle(at, kind)]

    @cached_property
    def _lacking(self) -> list[Field]:
        return lacking_fields(self.record, self.hypothesis)

    def _fits(self, at: int, each: Field) -> bool:
        denied = self.table.knowledge.words.denies(self.table.words_of(at), self.record.name, each.name)
        return not denied and kind_fit(self.table.kinds[at], self.record, each.name) >= LEAST_FIT

    def _chosen(self, free: Sequence[int], lacking: Sequence[Field]) -> Iterator[tuple[int, Field]]:
        """A column of words of one closed choice."""
        choices = [each for each in lacking if each.choices]
        fitting = {at: [each for each in choices if self._fits(at, each) and self._says(at, each)] for at in free}
        for at, fields in fitting.items():
            offered = {each.role for each in self.table.offers[at] if each.record == self.record.name}
            told = [each for each in fields if each.name in offered] or fields
            if len(told) == 1 and sum(told[0] in others for others in fitting.values()) == 1:
                yield at, told[0]

    def _says(self, at: int, each: Field) -> bool:
        texts = list(dict.fromkeys(self.table.kinds[at].texts))
        known = sum(choice_of(text, each.choices) is not None for text in texts)
        return bool(texts) and known * 1000 >= _CHOSEN * len(texts)

    def _naming(self, free: Sequence[int], lacking: Sequence[Field]) -> Iterator[tuple[int, Field]]:
        """The number that names a record stands before all others."""
        first = next((at for at, kind in enumerate(self.table.kinds) if not kind.empty), None)
        each = next((each for each in lacking if self.record.identity == (each.name,)), None)
        if first is not None and first in free and each is not None and self._fits(first, each):
            kind = self.table.kinds[first]
            if kind.is_of_numbers or (self.table.shape.is_form and kind.paper_number >= _NEARLY_ALL):
                yield first, each

    def _of_days(self, free: Sequence[int], lacking: Sequence[Field]) -> Iterator[tuple[int, Field]]:
        words, name = self.table.knowledge.words, self.record.name
        days = [each for each in lacking if each.type is FieldType.DATE]
        free = [at for at in free if all(words.may_be(self.table.words_of(at), name, each.name) for each in days)]
        return self._one_for_one(free, [each for each in days if each.required] or days, lambda kind: kind.is_of_days)

    def _of_persons(self, free: Sequence[int], lacking: Sequence[Field]) -> Iterator[tuple[int, Field]]:
        persons = [each for each in lacking if each.master == "employee"]
        return self._one_for_one(free, persons, lambda kind: kind.person >= _NEARLY_ALL)

    def _of_money(self, free: Sequence[int], lacking: Sequence[Field]) -> Iterator[tuple[int, Field]]:
        money = [each for each in lacking if each.type is FieldType.MONEY]
        wanted = [each for each in money if each.required] or money
        return self._one_for_one(free, wanted, lambda kind: kind.figure >= _NEARLY_ALL and not kind.is_of_days)

    def _required(self, free: Sequence[int], lacking: Sequence[Field]) -> Iterator[tuple[int, Field]]:
        """The only field that a record cannot be without, and the only column left for it."""
        wanted = [each for each in lacking if each.required and each.name in self.hypothesis.missing]
        if len(wanted) == 1 and wanted[0].type in (FieldType.TEXT, FieldType.NUMBER_TEXT):
            fitting = [at for at in free if self._fits(at, wanted[0]) and not _is_of_values(self.table.kinds[at])]
            if wanted[0].name in self.record.identity:
                fitting = [at for at in fitting if self.table.kinds[at].is_of_numbers]
            if len(fitting) == 1:
                yield fitting[0], wanted[0]

    def _one_for_one(
        self, free: Sequence[int], lacking: Iterable[Field], is_of_kind: Callable[[ColumnKind], bool]
    ) -> Iterator[tuple[int, Field]]:
        """The only column of a kind for the only field of it."""
        fields = list(lacking)
        of_kind = [at for at in free if is_of_kind(self.table.kinds[at])]
        if len(fields) == 1 and len(of_kind) == 1 and self._fits(of_kind[0], fields[0]):
            yield of_kind[0], fields[0]


def _is_of_values(kind: ColumnKind) -> bool:
    """Whether a column holds days, times or amounts, which name nobody."""
    return kind.is_of_days or kind.clock >= _NEARLY_ALL or (kind.figure >= _NEARLY_ALL and not kind.is_of_numbers)
