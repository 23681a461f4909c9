"""An answer before it is written: what a hypothesis proposes, or what the user has named, with his corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from auditor.documents.declarations import Declarations
from auditor.documents.headers import header_key
from auditor.documents.readings.confirmed import column_key, column_keys
from auditor.documents.readings.families import Family, Naming, shown_columns
from auditor.documents.readings.roles import roles_of, written
from auditor.documents.recognition.header_words import HeaderWords
from auditor.documents.recognition.hypotheses import Hypothesis
from auditor.documents.recognition.matrix_headers import lasting_columns
from auditor.documents.vocabulary import Vocabulary
from auditor.records.model import Field, FieldType, RecordType

_SAME_IN_ALL = (FieldType.CHOICE, FieldType.CURRENCY, FieldType.FLAG)  # what a family is, not what each file is about
_NO_FIELD = ("~", "-", "")


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry would say of its tables; roles as they are written. `ignore`: the reason for leaving them out."""

    record: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    matrix: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, Any] = field(default_factory=dict)
    ignore: str | None = None


def proposed(family: Family, hypothesis: Hypothesis) -> Draft:
    """What a hypothesis says of a family. Of the values that stand around the tables only those that make the family
    what it is are taken over; a customer or a day is that of each file, and is looked for in each."""
    if hypothesis.matrix is not None:
        return Draft(hypothesis.record, matrix=hypothesis.matrix.as_dict())
    roles = {each.index: written(each.role) for each in hypothesis.columns}
    labels = {header_key(value): label for label, value in family.shape.labels}
    around = [(written(role), value, labels.get(header_key(value))) for role, value in hypothesis.fields.items()]
    return Draft(
        hypothesis.record,
        _columns(family, roles),
        {role: value for role, value, label in around if label is None},
        {label: role for role, _, label in around if label is not None},
    )


def lasting(draft: Draft, record_type: RecordType) -> Draft:
    """The draft with only those values of all rows that will hold for the next month's table, too."""
    kept = {
        role: value
        for role, value in draft.fields.items()
        if (each := record_type.fields.get(role)) is not None and each.type in _SAME_IN_ALL
    }
    return replace(draft, fields=kept)


def named(family: Family, record_type: RecordType) -> Draft:
    """The draft of a record type that the user names: the hypothesis of it, if there is one, else the columns whose
    headers are words of the type."""
    for each in family.hypotheses:
        if each.record == record_type.name:
            return lasting(proposed(family, each), record_type)
    words = HeaderWords(Vocabulary.of({record_type.name: record_type}))
    texts = family.shape.texts or tuple((each,) if each else () for each in family.shape.headers)
    offers = [(offer, at) for at, each in enumerate(texts) for offer in words.offers(each)]
    roles: dict[int, str] = {}
    for offer, at in sorted(offers, key=lambda each: (-each[0].likeness, each[1], each[0].role)):
        if at not in roles and written(offer.role) not in roles.values():
            roles[at] = written(offer.role)
    return Draft(record_type.name, _columns(family, roles))


def ignored(reason: str) -> Draft:
    """The draft of an answer that leaves the tables out."""
    return Draft(ignore=reason)


def corrected(draft: Draft, family: Family, key: str, value: str, record_type: RecordType) -> Draft:
    """The draft with one correction: `header=field` (`~` for no field), `sign=out_positive` and the like, or
    `field=value` for all rows. Whether it can stand is judged when the entry is loaded."""
    key, value = key.strip(), value.strip()
    names = [each.name for each in shown_columns(family.shape)]
    keys = dict(zip(column_keys(family.shape.headers), names, strict=True))
    name = keys.get(column_key(key, keys)) or (key if key.startswith("@") else None)
    if name is None and key in {each.name for each in fields(Declarations)}:
        said = int(value) if key == "year" and value.isdecimal() else value
        return replace(draft, declared={**draft.declared, key: said})
    if name is None and key in roles_of(record_type):
        return replace(draft, fields={**draft.fields, key: value})
    role = None if value in _NO_FIELD else _role(value, record_type)
    return replace(draft, columns={**_without(draft.columns, role), name or key: role})


def _role(value: str, record_type: RecordType) -> str:
    """A role by its name or by what the field is called in either language."""
    if value in roles_of(record_type):
        return value
    titles = {
        header_key(title): name for name, each in record_type.fields.items() for title in (each.title.zh, each.title.en)
    }
    return titles.get(header_key(value), value)


def _without(columns: Mapping[str, str | None], role: str | None) -> dict[str, str | None]:
    """The columns, the one that has had the role so far without it: a field is moved, not doubled."""
    return {name: None if role is not None and each == role else each for name, each in columns.items()}


def _columns(family: Family, roles: Mapping[int, str]) -> dict[str, str | None]:
    """Every column with a header or a role, in their order."""
    columns = shown_columns(family.shape)
    shown = [at for at, each in enumerate(columns) if at in roles or (each.filled and family.shape.headers[at])]
    return {columns[at].name: roles.get(at) for at in shown}


def entry_of(draft: Draft, family: Family, *, likely: bool = False, confirmed: str | None = None) -> dict[str, Any]:
    """The entry of `reading.yaml` that the draft is, as plain data in the order of its keys."""
    headers, naming = _naming(draft, family)
    columns: dict[str, str | None] = dict(draft.columns)
    labels: dict[str, str | None] = dict(draft.labels)
    if family.shape.is_form and columns:
        headers, columns, labels = None, {}, columns
    stated: dict[str, Any] = {
        "headers": headers,
        "title": naming.title,
        "file": naming.file,
        "sheet": naming.sheet,
        "record": draft.record,
        "ignore": draft.ignore,
        "columns": columns,
        "fields": dict(draft.fields),
        "labels": labels,
        "matrix": dict(draft.matrix),
        **draft.declared,
        "state": "likely" if likely else None,
        "confirmed": confirmed,
    }
    return {key: value for key, value in stated.items() if value not in (None, {}, "")}


def _naming(draft: Draft, family: Family) -> tuple[list[Any] | None, Naming]:
    """By what the entry names its tables: their headers, and what tells them from others. Of a matrix only the headers
    that last; what is said of it as no matrix holds for its file, since days and names are others each month."""
    if family.tables[0].reading.matrix is not None and not draft.matrix:
        return None, family.by_place
    wanted = set(lasting_columns(family.shape)) if draft.matrix else None
    columns = enumerate(shown_columns(family.shape))
    shown = [each for at, each in columns if each.filled and (wanted is None or at in wanted)]
    headers = [{"at": each.name[1:]} if each.lettered else each.name for each in shown]
    return headers if family.signature else None, family.naming


def lacking(draft: Draft, record_type: RecordType) -> tuple[Field, ...]:
    """The required fields that neither a column nor a value of all rows gives; they are looked for around the table,
    and rows without them are not read."""
    roles = (*draft.columns.values(), *draft.fields, *draft.labels.values(), *draft.matrix.values())
    given = {role for role in roles if role is not None}
    span = record_type.range
    made = {
        "amount": bool(given & {"in", "out"}),
        "date": "day" in given,
        **({span.first: "range" in given, span.last: "range" in given} if span is not None else {}),
    }
    return tuple(
        each
        for name, each in record_type.fields.items()
        if each.required and each.default is None and name not in given and not made.get(name, False)
    )
