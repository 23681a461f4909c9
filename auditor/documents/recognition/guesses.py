"""What a question proposes beyond what is known: a required field that nothing states, as the one column left over that
holds values of its kind. A guess is shown and never read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis
from auditor.documents.recognition.kinds import ColumnKind, kind_of
from auditor.documents.recognition.reasons import left_over, not_stated
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import is_idle
from auditor.languages import Text
from auditor.records.model import Field, FieldType, RecordType

_NEARLY_ALL = 900  # thousandths of the values


def with_guesses(best: Hypothesis, shape: TableShape, record_type: RecordType) -> Hypothesis:
    """A hypothesis with a column for each required field of days, amounts or numbers of papers that it lacks, where one
    column alone that it does not take holds such values; why stands in its `because`."""
    used = {each.index for each in best.columns}
    unused = [at for at in range(len(shape.headers)) if at not in used]
    kinds = {at: kind_of(shape.column(at), len(shape.values)) for at in unused}
    guessed = _guesses(best, shape, record_type, kinds) if best.matrix is None else []
    if not guessed:
        return best
    taken = {each.index for each in guessed}
    free = [at for at in unused if shape.headers[at] and not is_idle(shape, at, kinds[at])]
    missing = tuple(name for name in best.missing if name not in {each.role for each in guessed})
    stale = [_lacking(record_type, best.missing), *(_lacking(record_type, [each.role]) for each in guessed)]
    stale += left_over([shape.headers[at] for at in free])
    against = [text for text in best.against if text not in stale]
    against += left_over([shape.headers[at] for at in free if at not in taken])
    return replace(
        best,
        columns=tuple(sorted((*best.columns, *guessed), key=lambda each: each.index)),
        missing=missing,
        because=(*best.because, *(_reason(record_type.fields[each.role].title, each.header) for each in guessed)),
        against=(*([_lacking(record_type, missing)] if missing else []), *against),
    )


def _guesses(
    best: Hypothesis, shape: TableShape, record_type: RecordType, kinds: Mapping[int, ColumnKind]
) -> list[ColumnReading]:
    guessed = []
    for name in best.missing:
        each = record_type.fields[name]
        is_such = _HOLDS.get(each.type)
        fitting = [at for at, kind in kinds.items() if is_such is not None and is_such(kind)]
        if len(fitting) == 1 and not _shares_kind(each, best, record_type):
            guessed.append(ColumnReading(fitting[0], shape.headers[fitting[0]], name, Ground.GUESS))
    return guessed


def _lacking(record_type: RecordType, names: Sequence[str]) -> Text:
    return not_stated([record_type.fields[name].title for name in names])


def _reason(title: Text, header: str) -> Text:
    return Text(
        f"{title.en} may be “{header}”: no other column left over holds such values",
        f"{title.zh}可能是“{header}”：未用到的栏中只有它是这类值",
    )


def _shares_kind(each: Field, best: Hypothesis, record_type: RecordType) -> bool:
    """Whether another required field that is lacking has the same kind, so that neither can be told."""
    others = (record_type.fields[name] for name in best.missing if name != each.name)
    return any(other.type is each.type for other in others)


_HOLDS: dict[FieldType, Callable[[ColumnKind], bool]] = {
    FieldType.DATE: lambda kind: kind.is_of_days,
    FieldType.MONEY: lambda kind: kind.count > 0 and kind.figure >= _NEARLY_ALL and not kind.is_of_days,
    FieldType.NUMBER_TEXT: lambda kind: kind.is_of_numbers,
}
