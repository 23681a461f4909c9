"""What one table may be: the hypotheses of all record types that something speaks for, best first, as a table of
columns or as a matrix, and the state of the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.documents.recognition.form_doubts import is_named_form, of_forms
from auditor.documents.recognition.hypotheses import Hypothesis, State
from auditor.documents.recognition.keys import NO_KEYS, FolderKeys
from auditor.documents.recognition.leftovers import with_leftovers
from auditor.documents.recognition.matrices import MatrixJudgement, MatrixWords, judge_matrix
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import Knowledge, TableEvidence
from auditor.documents.recognition.trust import (
    another_worth_a_question,
    called_by_name,
    doubts_of,
    is_likely,
    is_worth_a_question,
    share_explained,
)
from auditor.documents.recognition.type_hypotheses import hypothesis_of
from auditor.languages import Text

BESIDE = 3  # columns of a matrix that may have words of a table: its first, its total, a remark
_MOST_COLUMNS = 120
_WIDEST = 500  # columns of a matrix
_FEWEST_TO_LEAD = 2  # known columns of a type that goes before the one of which a name speaks


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a table may be: the hypotheses, best first, and the state of the best. Why it is not sure stands in its
    `against`."""

    state: State
    hypotheses: tuple[Hypothesis, ...] = ()


def judge(shape: TableShape, knowledge: Knowledge, only: str | None = None, keys: FolderKeys = NO_KEYS) -> Judgement:
    """The hypotheses of a table, best first. `only`: the one record type that it may be. `keys`: what sure readings of
    the folder tell.

    A table of more columns than any record type has by far is none, or a matrix.
    """
    if len(shape.headers) > _WIDEST or not any(shape.headers):
        return Judgement(State.NONE)
    table = TableEvidence(shape, knowledge, keys)
    as_columns = _as_columns(table, only) if len(shape.headers) <= _MOST_COLUMNS else Judgement(State.NONE)
    if only is not None or shape.is_form:
        return as_columns
    matrix = as_matrix(table)
    if matrix is None or (as_columns.state is State.SURE and len(as_columns.hypotheses[0].columns) > BESIDE):
        return as_columns
    trust = _TRUST.index(as_columns.state) - _TRUST.index(matrix.state)
    named = matrix.hypothesis.record in table.names
    if as_columns.state is not State.NONE and (trust < 0 or (trust == 0 and not named)):
        return replace(as_columns, hypotheses=(*as_columns.hypotheses, matrix.hypothesis)[:2])
    return Judgement(matrix.state, (matrix.hypothesis, *as_columns.hypotheses[:1]))


_QUESTIONS = (State.LIKELY, State.ASKED)
_TRUST = (State.SURE, State.LIKELY, State.ASKED, State.NONE)


def may_be_matrix(shape: TableShape, knowledge: Knowledge) -> bool:
    """Whether a table has the shape of a matrix and something speaks for a record type."""
    return len(shape.headers) <= _WIDEST and as_matrix(TableEvidence(shape, knowledge)) is not None


def as_matrix(table: TableEvidence) -> MatrixJudgement | None:
    """The best reading of a table as a matrix; None if it has not the shape of one or nothing speaks for any type."""
    known = table.knowledge
    return judge_matrix(table.shape, MatrixWords(known.types, known.words, table.names, table.keys))


def _as_columns(table: TableEvidence, only: str | None) -> Judgement:
    """The hypotheses of a table of columns: each row a record."""
    found = [hypothesis_of(table, name) for name in ([only] if only else table.candidates())]
    ranked = sorted(found, key=lambda each: (-each.points, each.record))
    if table.shape.is_form:
        ranked, against = of_forms(table, ranked)
        return _judged(table, ranked, against) if ranked else Judgement(State.NONE)
    if not ranked:
        return Judgement(State.NONE)
    family = table.family
    of_family = [each for each in ranked if each.record == family]
    if of_family and not of_family[0].missing:
        return _judged(table, [*of_family, *(each for each in ranked if each.record != family)])
    return _judged(table, _named_first(table, ranked))


def _named_first(table: TableEvidence, ranked: Sequence[Hypothesis]) -> Sequence[Hypothesis]:
    """The hypotheses, that first which the nearest name means, if the best one knows next to nothing of the columns."""
    named = max((each for each in ranked if each.named), key=lambda each: table.names[each.record].fit, default=None)
    if named is None or not named.columns or sum(each.sure for each in ranked[0].columns) >= _FEWEST_TO_LEAD:
        return ranked
    return [named, *(each for each in ranked if each is not named)]


def _judged(table: TableEvidence, ranked: Sequence[Hypothesis], against: Sequence[Text] = ()) -> Judgement:
    best = ranked[0]
    doubts = [*against, *doubts_of(table, ranked)]
    explained = share_explained(table, best)
    if not doubts:
        state = State.SURE
        best = replace(best, columns=tuple(each for each in best.columns if each.sure))
    elif is_likely(table, ranked, explained):
        state = State.LIKELY
    elif is_named_form(table, best) or is_worth_a_question(table, best, explained):
        state = State.ASKED
    elif (other := called_by_name(table, ranked) or another_worth_a_question(table, ranked)) is not None:
        state, best, ranked = State.ASKED, other, [other, *(each for each in ranked if each.record != other.record)]
        doubts = []
    else:
        state = State.NONE
    found = (best.doubted(doubts), *ranked[1:2])
    return Judgement(state, tuple(with_leftovers(table, each) for each in found) if state in _QUESTIONS else found)
