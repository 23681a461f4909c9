"""Forms that were read from pictures: what is doubtful, and what a proof corrects.

A recogniser's certainty does not tell errors from right readings. So an amount or a number of which it is unsure is a
problem unless a proof bears it out; and where a proof fails, and exactly one other reading of the doubtful digits makes
it hold, that reading is taken, and both are told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from auditor.documents.errors import CorrectedByProof
from auditor.documents.forms.records import FormRecord, FormValue
from auditor.documents.model import RowProof
from auditor.documents.proofs import arithmetic
from auditor.documents.proofs.doubts import doubt, unlike_others
from auditor.documents.proofs.relations import Outcome
from auditor.documents.record_tables import rows_as_table
from auditor.documents.words import recognition_words
from auditor.errors import AuditorError
from auditor.records.model import FieldType, RecordType

_CURRENCY = re.compile(r"人民币\s*(?:[(（]大写[)）])?\s*[:：]?")  # before an amount in words
_MOST_TRIED = 64  # other readings of one form


@dataclass(frozen=True, slots=True)
class TypedForm:
    """The values of one form by field, with what was read, and the values of what else its digits may be."""

    form: FormRecord
    values: dict[str, Any]
    others: Mapping[str, Sequence[tuple[str, Any]]] = field(default_factory=dict)  # by field: text and value


def amount_in_words(value: FormValue) -> str:
    """An amount in words as it stood there, before a recogniser took its characters for others: for those that are
    known, what they stand for; for the rest, what of such characters the recogniser holds likeliest."""
    confused = {wrong: right for right, made in recognition_words().amounts.items() for wrong in made}
    likeliest = value.as_amount if len(value.as_amount) == len(value.text) else value.text
    before = match.end() if (match := _CURRENCY.match(value.text)) else 0
    own = zip(value.text[before:], likeliest[before:], strict=True)
    return value.text[:before] + "".join(confused.get(each, other) for each, other in own)


def corrected(record: RecordType, made: Sequence[TypedForm], path: str) -> tuple[list[TypedForm], list[AuditorError]]:
    """The forms, those that a proof breaks with the one other reading with which all their proofs hold."""
    if not any(each.others for each in made):
        return list(made), []
    outcomes = _outcomes(record, [each.values for each in made])
    found: list[TypedForm] = []
    told: list[AuditorError] = []
    for at, each in enumerate(made):
        broken = [outcome for outcome in outcomes if outcome.states[at] < 0]
        other = _only_other(record, each, broken) if broken and each.others else None
        if other is None:
            found.append(each)
            continue
        name, text, value = other
        problem = CorrectedByProof(
            each.form.place(path),
            f"{record.fields[name].title.zh}: {each.form.values[name].text}",
            taken=text,
        )
        told.append(problem)
        codes = ",".join(filter(None, (each.values.get("_problems"), problem.code)))
        found.append(
            TypedForm(each.form, {**each.values, name: value, "_problems": codes, "_corrected": name}, each.others)
        )
    return found, told


def _outcomes(record: RecordType, rows: Sequence[Mapping[str, Any]]) -> list[Outcome]:
    table = rows_as_table(record, rows)
    return arithmetic.row_proofs(record, table, arithmetic.filled_fields(table))


def _only_other(record: RecordType, form: TypedForm, broken: Sequence[Outcome]) -> tuple[str, str, Any] | None:
    """The field, text and value of the one other reading with which nothing is broken; None if there are several."""
    touched = {name for outcome in broken for name in outcome.fields}
    tried = [(name, text, value) for name, others in form.others.items() if name in touched for text, value in others][
        :_MOST_TRIED
    ]
    if not tried:
        return None
    outcomes = _outcomes(record, [{**form.values, name: value} for name, _, value in tried])
    states = np.array([outcome.states for outcome in outcomes])
    held = np.flatnonzero((states >= 0).all(axis=0) & (states > 0).any(axis=0))
    values = {(tried[at][0], tried[at][2]): tried[at] for at in held}
    return next(iter(values.values())) if len(values) == 1 else None


def with_doubts(
    record: RecordType, table: pa.Table, made: Sequence[TypedForm], path: str
) -> tuple[pa.Table, list[AuditorError]]:
    """The table of the forms, what a proof corrected said to be so, and the doubtful figures as problems."""
    if not any(value.score is not None for each in made for value in each.form.values.values()):
        return table, []
    states, proved = table.column("_proof").to_pylist(), table.column("_proved").to_pylist()
    codes = table.column("_problems").to_pylist()
    told: list[AuditorError] = []
    unlike = _unlike(record, made, path)
    for at, each in enumerate(made):
        borne_out = set(filter(None, (proved[at] or "").split(",")))
        if name := each.values.get("_corrected"):
            states[at] = RowProof.CORRECTED.value
            borne_out.discard(name)
            proved[at] = ",".join(other for other in record.fields if other in borne_out) or None
            borne_out.add(name)
        mine = [*_doubts(record, each, borne_out, path), *unlike.get(at, ())]
        told += mine
        if mine:
            known = filter(None, (codes[at] or "").split(","))
            codes[at] = ",".join(dict.fromkeys([*known, *(problem.code for problem in mine)]))
    for name, column in (("_proof", states), ("_proved", proved), ("_problems", codes)):
        table = table.set_column(table.column_names.index(name), name, pa.array(column, pa.string()))
    return table, told


def _unlike(record: RecordType, made: Sequence[TypedForm], path: str) -> dict[int, list[AuditorError]]:
    """By form the numbers that are unlike those of the other forms of the document."""
    found: dict[int, list[AuditorError]] = {}
    places = [each.form.place(path) for each in made]
    for each in record.fields.values():
        if each.type is FieldType.NUMBER_TEXT:
            read = [form.form.values.get(each.name) for form in made]
            texts = [value.text if value is not None and value.score is not None else None for value in read]
            for at, problem in unlike_others(each, texts, places).items():
                found.setdefault(at, []).append(problem)
    return found


def _doubts(record: RecordType, form: TypedForm, borne_out: set[str], path: str) -> list[AuditorError]:
    place = form.form.place(path)
    read = [(name, value) for name, value in form.form.values.items() if form.values.get(name) is not None]
    found = (doubt(record.fields[name], value.text, value.score, borne_out, place) for name, value in read)
    return [each for each in found if each is not None]
