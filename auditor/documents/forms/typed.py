"""Forms to records: the raw texts of a form's fields are typed with the same readers as the cells of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from auditor.documents.context import Context
from auditor.documents.errors import FormIncomplete
from auditor.documents.fields import LeftOver, Spec, read_one
from auditor.documents.forms.recognised import TypedForm, amount_in_words, corrected, with_doubts
from auditor.documents.forms.records import FormRecord
from auditor.documents.headers import amount_unit
from auditor.documents.model import Proof, ProofStatus, StrangeWords
from auditor.documents.proofs import arithmetic
from auditor.documents.proofs.fields import FieldStates, with_proofs
from auditor.documents.questions import NoteBesideAmount, SideBesideAmount
from auditor.documents.record_tables import rows_as_table
from auditor.documents.single_values import decided_together, question_of
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import MEASURED, Field, FieldType, RecordType
from auditor.values.errors import CurrenciesDiffer, UnknownChoice
from auditor.values.parsers import Declared
from auditor.values.text import is_chinese, readable


@dataclass(slots=True)
class FormResult:
    """Records of forms by type, with proofs and problems; each form and each of its lines counts as a row."""

    tables: dict[str, pa.Table] = field(default_factory=dict)
    proofs: list[Proof] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)
    rows_seen: int = 0
    row_records: int = 0
    problem_rows: int = 0
    strange: list[StrangeWords] = field(default_factory=list)  # words of choices that nobody knows


def type_forms(context: Context, forms: Sequence[FormRecord]) -> FormResult:
    """The records of forms and of the lines inside them. A form without a required field is a problem."""
    result = FormResult()
    rows: dict[str, list[TypedForm]] = {}
    for form in forms:
        decided = _decided(context, form)
        typed = _typed(context, form, result, {}, decided)
        if typed is None:
            continue
        rows.setdefault(form.record, []).append(typed)
        for line in form.lines:
            below = _typed(context, line, result, {form.record: typed.values}, decided)
            if below is not None:
                rows.setdefault(line.record, []).append(below)
    for name in sorted(rows):
        result.tables[name] = _proved(context, name, rows[name], result)
        result.row_records += len(rows[name])
    return result


def _typed(
    context: Context, form: FormRecord, result: FormResult, above: Mapping[str, Mapping[str, Any]], decided: Declared
) -> TypedForm | None:
    """One form's fields, typed; None if a required one is missing or cannot be read."""
    record_type = context.types[form.record]
    result.rows_seen += 1
    place = form.place(context.path)
    reading = _Typing(context, form, record_type, place, decided)
    for name, each in record_type.fields.items():
        if name in form.values:
            reading.read(name, each)
    reading.take_left_over()
    values = reading.values
    for name, each in record_type.fields.items():
        if values.get(name) is None and each.inherit in above:
            values[name] = above[each.inherit or ""].get(each.inherit_from or name)
        if values.get(name) is None and each.default is not None and name not in reading.unread:
            values[name] = each.default
    result.problems += reading.problems
    result.strange += [StrangeWords(form.record, name, {word: 1}) for name, word in reading.strange.items()]
    missing = [name for name, each in record_type.fields.items() if each.required and values.get(name) is None]
    if missing:
        result.problem_rows += 1
        if not set(missing) <= reading.asked:
            fields = [record_type.fields[name] for name in missing]
            result.problems.append(_incomplete(place, form, record_type, fields))
        return None
    return TypedForm(form, {**values, **_source(form, reading.problems)}, reading.others)


@dataclass(slots=True)
class _Typing:
    """The fields of one form on their way from texts to values. `unread`: fields whose text gave no value; `asked`:
    those of them whose text can be read in two ways; `strange`: words of choices that nobody knows."""

    context: Context
    form: FormRecord
    type: RecordType
    place: Place
    decided: Declared
    values: dict[str, Any] = field(default_factory=dict)
    left: dict[str, LeftOver] = field(default_factory=dict)
    problems: list[AuditorError] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    strange: dict[str, str] = field(default_factory=dict)
    others: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)

    def read(self, name: str, each: Field) -> None:
        """One field's value, with what stands beside it."""
        value = self.form.values[name]
        recognised = each.type is FieldType.WORDS_AMOUNT and value.via == "ocr"
        text = amount_in_words(value) if recognised else value.text
        declared = replace(self.decided, unit=each.unit, choices=dict(each.choices), share=bool(each.whole))
        unit = self._unit(name, each)
        spec = Spec(name, each.type, "", declared, unit[0], unit[1])
        found = read_one(text, spec)
        self.values[name], self.left[name] = found.value, found.left
        if value.others and each.type in MEASURED:
            read = [(other, read_one(other, spec)) for other in value.others]
            self.others[name] = [(other, each.value) for other, each in read if each.problem is None]
        if found.problem is None:
            return
        if isinstance(found.problem, UnknownChoice) and self._other(each, text):
            return
        self.unread.add(name)
        if isinstance(found.problem, UnknownChoice) and each.choices:
            self.strange[name] = " ".join(text.split())
        figures = [value.text for value in self.form.values.values()]
        question = question_of(found.problem, self.place, each.title.zh, figures, self.context.path)
        if question is not None:
            self.asked.add(name)
        self.problems.append(question or self._told(each, found.problem))

    def _unit(self, name: str, each: Field) -> tuple[int, int]:
        declared = self.context.declared.unit
        unit = amount_unit(declared) if declared and each.type is FieldType.MONEY and not each.price else None
        return (unit.numerator, unit.denominator) if unit else (1, 1)

    def _other(self, each: Field, text: str) -> bool:
        """Whether the choice has a value for words that it does not know; it is taken, and the word is kept."""
        for value, needed in each.other.items():
            if all(name in self.form.values for name in needed):
                self.values[each.name] = value
                if each.word and each.word not in self.form.values:
                    self.values[each.word] = readable(text)
                return True
        return False

    def take_left_over(self) -> None:
        """What stands beside values: currencies and wholes go to their fields, notes and sides are told."""
        stated = dict.fromkeys(left.currency for left in self.left.values() if left.currency)
        own = self.values.get("currency")
        codes = list(dict.fromkeys([*([own] if own else []), *stated]))
        if "currency" in self.type.fields:
            if len(codes) > 1:
                self.problems.append(CurrenciesDiffer(self.place, " / ".join(codes), one=codes[0], other=codes[1]))
                self.values["currency"] = None
                self.unread.add("currency")
            elif codes or self.context.declared.currency:
                self.values["currency"] = codes[0] if codes else self.context.declared.currency
        for name, left in self.left.items():
            each, text = self.type.fields[name], self.form.values[name].text
            if each.whole and left.whole and self.values.get(each.whole) is None:
                self.values[each.whole] = int(left.whole)
            if left.note:
                self.problems.append(NoteBesideAmount(self.place, f"{each.title.zh}: {text}", note=left.note))
            if left.side:
                self.problems.append(SideBesideAmount(self.place, f"{each.title.zh}: {text}", side=left.side))
        for name, each in self.type.fields.items():
            if each.master == "bank_account" and self.values.get(name) is None and self.context.declared.account:
                self.values[name] = read_one(self.context.declared.account, Spec(name, each.type)).value

    def _told(self, each: Field, problem: AuditorError) -> AuditorError:
        return type(problem)(self.place, f"{each.title.zh}: {self.form.values[each.name].text}", **problem.values)


def _borne_out(record: RecordType, forms: Sequence[TypedForm], result: FormResult, path: str) -> list[FieldStates]:
    """What the papers' other figures bear out, by field, as proofs that hold."""
    proofs: dict[str, int] = {}
    found = []
    for name in record.fields:
        states = np.array([name in each.form.borne_out for each in forms], dtype=np.int8)
        if states.any():
            found.append(FieldStates(name, states))
        for each in forms:
            if name in each.form.borne_out:
                proofs[each.form.borne_out[name]] = proofs.get(each.form.borne_out[name], 0) + 1
    for name, count in sorted(proofs.items()):
        result.proofs.append(Proof(name, ProofStatus.HOLDS, path, Text(f"{count} hold", f"{count} 项成立")))
    return found


def _decided(context: Context, form: FormRecord) -> Declared:
    """How the dates and figures of a form and its lines are read, from all of them together."""
    texts = [
        (context.types[each.record].fields[name].type, value.text)
        for each in (form, *form.lines)
        for name, value in each.values.items()
    ]
    return decided_together(texts, context, chinese=is_chinese(form.raw), lines=[form.raw])


def _incomplete(place: Place, form: FormRecord, record_type: RecordType, missing: Sequence[Any]) -> FormIncomplete:
    first = form.raw.partition("\n")[0]
    return FormIncomplete(
        place,
        first,
        record_en=record_type.title.en,
        record_zh=record_type.title.zh,
        fields_en=", ".join(each.title.en for each in missing),
        fields_zh="、".join(each.title.zh for each in missing),
    )


def _source(form: FormRecord, problems: Sequence[AuditorError]) -> dict[str, Any]:
    scores = [value.score for value in form.values.values() if value.score is not None]
    ways = {value.via for value in form.values.values()}
    via = next((way for way in ("ocr", "cell") if way in ways), "text")
    codes = ",".join(dict.fromkeys(problem.code for problem in problems)) or None
    return {
        "_page": form.page,
        "_row": form.row,
        "_box": form.box.as_text() if form.row is None else None,
        "_raw": form.raw,
        "_via": via,
        "_score": min(scores, default=None),
        "_problems": codes,
        "_assumed": ",".join(sorted(form.assumed)) or None,
    }


def _proved(context: Context, name: str, read: Sequence[TypedForm], result: FormResult) -> pa.Table:
    """The records' table with what arithmetic says of each."""
    record = context.types[name]
    forms, told = corrected(record, read, context.path)
    result.problems += told
    table = rows_as_table(record, [each.values for each in forms])
    outcomes = arithmetic.row_proofs(record, table, arithmetic.filled_fields(table))
    lines = table.column("_row").to_pylist()
    if any(lines):
        result.proofs += arithmetic.proofs(outcomes, lines, context.path, record.fields)
    else:
        pages = table.column("_page").to_pylist()
        result.proofs += arithmetic.proofs(outcomes, pages, context.path, record.fields, ("page", "页"))
    touched = [*arithmetic.field_states(outcomes), *_borne_out(record, forms, result, context.path)]
    table, told = with_doubts(record, with_proofs(record, table, touched), forms, context.path)
    result.problems += told
    return table
