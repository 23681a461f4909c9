"""What fields, choices and records are called, from the record types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from auditor.documents.layouts.form_layouts import form_layouts
from auditor.documents.layouts.loader import layouts_of
from auditor.findings.carried_over import CarriedItem
from auditor.findings.model import EarlierFinding, Finding, RecordRef, Tier
from auditor.languages import Text
from auditor.records.figures import FIGURE_UNIT
from auditor.records.loader import record_types
from auditor.records.model import Field, FieldType
from auditor.reports.figures import count, figure_text, money
from auditor.reports.words import words
from auditor.rules.parameters import parse_value
from auditor.rules.words import field_words, key_words

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MONEY = (FieldType.MONEY, FieldType.WORDS_AMOUNT)
_NUMBERS = (FieldType.QUANTITY, FieldType.PERCENT)


def field_title(name: str, record_type: str | None = None) -> Text:
    """A field's title: that of the record type if it has the field, else of the first that has one, else its name."""
    known = _field(name.removesuffix("__id"), record_type)
    return known.title if known is not None else field_words(name, {})


def record_title(name: str, titles: Mapping[str, Text] | None = None) -> Text:
    """What records of a type or a view are called; `titles` are those of views."""
    if titles and name in titles:
        return titles[name]
    known = record_types().get(name)
    return known.title if known else Text(name, name)


def tier_title(tier: Tier) -> Text:
    """What a pass is called, or a state of numbers."""
    return tier.name or words().of("passes", tier.key)


def key_of(finding: Finding | EarlierFinding | CarriedItem) -> Text:
    """What a finding is called: its key, and what tells it from others with the same one."""
    key = finding_key(finding.key, finding.field if isinstance(finding, Finding) else None)
    if not finding.reference:
        return key
    return Text(f"{key.en} · {finding.reference}", f"{key.zh} · {finding.reference}")


def finding_key(key: str, field: str | None = None) -> Text:
    """The key of a finding as people read it: the words and titles that rules put into keys in either language.

    The key itself, by which an exception is known from month to month, is one text in all languages.
    """
    worded = key_words(key)
    if worded is not None:
        return worded
    parts = key.split("/")
    if field and len(parts) > 1:
        title = field_title(field)
        if parts[-1] == title.zh:
            return Text("/".join([*parts[:-1], title.en]), key)
    return _same(key)


def value_text(record: RecordRef, name: str) -> Text:
    """A record's value as people read it: amounts grouped, choices in words, a party with its number."""
    value = record.values[name]
    if name == "of":  # a total or balance that a document states: of which records,
        return record_title(value)
    if name == "field" and "of" in record.values:  # and of which of their fields
        return field_title(value, record.values["of"])
    field = _field(name, record.type)
    if field is not None and field.type in _MONEY and record.values.get(FIGURE_UNIT, "money") != "money":
        return _same(count(Decimal(value)))  # a figure whose record says that it counts something else
    shown = shown_value(value, field)
    party = record.values.get(f"{name}__id")
    if party and party != value:
        return Text(f"{shown.en} ({party})", f"{shown.zh}（{party}）")
    return shown


def key_text(record: RecordRef) -> Text:
    """What names a record to a person: the fields of its identity as people read them."""
    known = record_types().get(record.type)
    names = [name for name in known.identity if name in record.values] if known else []
    if not names:
        return _same(record.key)
    shown = [value_text(record, name) for name in names]
    return Text(" ".join(each.en for each in shown), " ".join(each.zh for each in shown))


def shown_value(value: str, field: Field | None) -> Text:
    """A value of a field as people read it."""
    if field is None:
        return _same(figure_text(value))
    if field.type is FieldType.FLAG:
        return words()["yes"] if value == "true" else words()["no"]
    if field.type is FieldType.CHOICE and value in field.choices:
        return _choice(value, field.choices[value])
    return _same(_number(value, field))


def criterion_value(value: str | None, name: str, record_type: str | None) -> Text:
    """What a criterion compares, as people read it."""
    return words()["none"] if value is None else shown_value(value, _field(name, record_type))


def layout_title(names: str | None) -> Text | None:
    """What a document was read as: the titles of its layouts, or of the records that its headers are enough for."""
    if names is None:
        return None
    titles = [_layout_titles().get(name) or record_title(name) for name in names.split(", ")]
    return Text(", ".join(each.en for each in titles), "、".join(each.zh for each in titles))


def _layout_titles() -> dict[str, Text]:
    tables = {name: each.title for name, each in layouts_of().items()}
    return tables | {each.layout: each.text for each in form_layouts()}


def parameter_text(value: str) -> Text:
    """A parameter's value with its unit in words."""
    parsed = parse_value(value)
    unit = words().families["units"].get(parsed.unit)
    number = value[: value.rindex(parsed.unit)].strip() if parsed.unit and value.endswith(parsed.unit) else None
    if not number:
        return Text(value, value)
    if not unit:  # a currency
        return _same(f"{figure_text(number)} {parsed.unit}")
    return Text(f"{number} {unit.en}", f"{number} {unit.zh}")


def time_text(run_at: str) -> str:
    """The time of a run as people read it, to the minute, with its zone: `2026-11-28 08:38 UTC+08:00`."""
    try:
        when = datetime.fromisoformat(run_at)
    except ValueError:  # given by hand, in whatever form
        return run_at
    zone = f" {when.tzname()}" if when.tzinfo else ""
    return f"{when:%Y-%m-%d %H:%M}{zone}"


def _number(value: str, field: Field) -> str:
    if field.type not in (*_MONEY, *_NUMBERS, FieldType.INTEGER):
        return value
    try:
        figure = Decimal(value)
    except InvalidOperation:  # a view may put a sentence where its record has a number
        return value
    if field.type is FieldType.INTEGER:  # often a number that counts nothing: of a book, a copy, a sheet
        return f"{figure:f}"
    return money(figure) if field.type in _MONEY else count(figure)


def _choice(value: str, choices: tuple[str, ...]) -> Text:
    chinese = [word for word in choices if _CHINESE.search(word)]
    plain = value.replace("_", " ")
    return Text(plain, chinese[0]) if chinese else words().of("choices", value)


def _field(name: str, record_type: str | None) -> Field | None:
    known = record_types()
    if record_type is not None and record_type in known and name in known[record_type].fields:
        return known[record_type].fields[name]
    return next((each.fields[name] for each in known.values() if name in each.fields), None)


def _same(text: str) -> Text:
    return Text(text, text)
