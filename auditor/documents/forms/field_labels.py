"""The labels by which the fields of a form are found: those of its layout and the header words of its record type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.documents.forms.regions import plain
from auditor.documents.layouts.form_layouts import FieldRule, FormLayout
from auditor.records.model import Field, RecordType
from auditor.values.text import header_key


@dataclass(frozen=True, slots=True)
class FieldLabels:
    """A field to read with its rule, and its labels in plain form with their rank."""

    field: Field
    rule: FieldRule
    labels: Mapping[str, int]


def labels_of_fields(layout: FormLayout, record_type: RecordType) -> list[FieldLabels]:
    """The fields to read, in the order of the record type, each with its rule and its labels."""
    return [
        FieldLabels(each, rule, _labels(rule, each))
        for name, each in record_type.fields.items()
        if name not in layout.skip and (each.headers or name in layout.fields)
        for rule in [layout.fields.get(name, FieldRule())]
    ]


def _labels(rule: FieldRule, each: Field) -> dict[str, int]:
    """A field's labels in plain form with their rank: the layout's own, the header words, its others."""
    ranks: dict[str, int] = {}
    for rank, word in enumerate(rule.label):
        ranks.setdefault(_label_key(word), rank)
    for word in each.headers if rule.headers else ():
        ranks.setdefault(_label_key(word), len(rule.label))
    for word in rule.otherwise:
        ranks.setdefault(_label_key(word), len(rule.label) + 1)
    return ranks


def _label_key(word: str) -> str:
    return plain(word).rstrip(":") or header_key(word)
