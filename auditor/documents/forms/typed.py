"""Forms to records: the raw texts of a form's fields are typed with the same readers as the cells of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from auditor.documents.context import Context
from auditor.documents.errors import FormIncomplete
from auditor.documents.fields import Spec, read_one
from auditor.documents.forms.records import FormRecord
from auditor.documents.model import Proof
from auditor.documents.proofs import arithmetic
from auditor.documents.proofs.fields import with_proofs
from auditor.documents.record_tables import rows_as_table
from auditor.errors import AuditorError, Place
from auditor.records.model import RecordType
from auditor.values.parsers import Declared


@dataclass(slots=True)
class FormResult:
    """Records of forms by type, with proofs and problems; each form and each of its lines counts as a row."""

    tables: dict[str, pa.Table] = field(default_factory=dict)
    proofs: list[Proof] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)
    rows_seen: int = 0
    row_records: int = 0
    problem_rows: int = 0


def type_forms(context: Context, forms: Sequence[FormRecord]) -> FormResult:
    """The records of forms and of the lines inside them. A form without a required field is a problem."""
    result = FormResult()
    rows: dict[str, list[dict[str, Any]]] = {}
    for form in forms:
        values = _typed(context, form, result, {})
        if values is None:
            continue
        rows.setdefault(form.record, []).append(values)
        for line in form.lines:
            below = _typed(context, line, result, {form.record: values})
            if below is not None:
                rows.setdefault(line.record, []).append(below)
    for name in sorted(rows):
        result.tables[name] = _proved(context, name, rows[name], result)
        result.row_records += len(rows[name])
    return result


def _typed(
    context: Context, form: FormRecord, result: FormResult, above: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any] | None:
    """One form's fields, typed; None if a required one is missing or cannot be read."""
    record_type = context.types[form.record]
    result.rows_seen += 1
    place = Place(context.path, None, None, f"page {form.page}")
    values: dict[str, Any] = {}
    problems: list[AuditorError] = []
    for name, each in record_type.fields.items():
        found = form.values.get(name)
        if found is not None:
            declared = Declared(default_year=context.year, unit=each.unit, choices=dict(each.choices))
            read = read_one(found.text, Spec(name, each.type, declared=declared))
            values[name] = read.value
            if read.problem is not None:
                problems.append(type(read.problem)(place, f"{each.title.zh}: {found.text}", **read.problem.values))
        if values.get(name) is None and each.inherit in above:
            values[name] = above[each.inherit or ""].get(each.inherit_from or name)
        if values.get(name) is None and each.default is not None:
            values[name] = each.default
    result.problems += problems
    missing = [each for name, each in record_type.fields.items() if each.required and values.get(name) is None]
    if missing:
        result.problem_rows += 1
        result.problems.append(_incomplete(place, form, record_type, missing))
        return None
    return {**values, **_source(form, problems)}


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
    via = "ocr" if any(value.via == "ocr" for value in form.values.values()) else "text"
    codes = ",".join(dict.fromkeys(problem.code for problem in problems)) or None
    return {
        "_page": form.page,
        "_row": None,
        "_box": form.box.as_text(),
        "_raw": form.raw,
        "_via": via,
        "_score": min(scores, default=None),
        "_problems": codes,
    }


def _proved(context: Context, name: str, rows: Sequence[Mapping[str, Any]], result: FormResult) -> pa.Table:
    """The records' table with what arithmetic says of each."""
    table = rows_as_table(context.types[name], rows)
    record = context.types[name]
    outcomes = arithmetic.row_proofs(record, table, arithmetic.filled_fields(table))
    pages = table.column("_page").to_pylist()
    result.proofs += arithmetic.proofs(outcomes, pages, context.path, record.fields, ("page", "页"))
    return with_proofs(record, table, arithmetic.field_states(outcomes))
