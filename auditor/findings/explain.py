"""Why it is a finding, in a sentence of each language: the rule's own, else that of the outcome."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from auditor.findings.text import grouped
from auditor.languages import LANGUAGES, Text
from auditor.records.model import FieldType, RecordType
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Bilingual, Outcome
from auditor.rules.words import outcome_words

_AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2,5}")
_NOTHING = Text("(none)", "（无）")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What a sentence is filled from: an outcome row, its field's title and its currency."""

    row: Mapping[str, Any]
    field: str
    title: Text
    currency: str
    counts: bool  # its figures are numbers of things, not money


class Explainer:
    """Makes explanations. `titles` are those of records and views by name; `types` give the words of choices."""

    def __init__(self, titles: Mapping[str, Text], types: Mapping[str, RecordType]) -> None:
        self._titles = titles
        self._choices = {
            name: {key: words[0] for key, words in field.choices.items() if words}
            for record in types.values()
            for name, field in record.fields.items()
            if field.choices
        }
        kinds = ((name, field.type) for record in types.values() for name, field in record.fields.items())
        self._integers = {name for name, kind in kinds if kind is FieldType.INTEGER}

    def explain(
        self, row: Mapping[str, Any], report: Outcome, rule: BoundRule, field: Text | None, currency: str
    ) -> Text:
        """The explanation of an outcome row (a dict of the outcome table's columns)."""
        name = (row["field"] or "").removesuffix("__id")
        title = outcome_words("fields").get(name) or field or rule.field_titles.get(name) or Text(name, name)
        counts = row["outcome"] == "count_differs" or name in self._integers
        sentence = _Sentence(row, name, title, row["currency"] or currency, counts)
        template = report.explanation or _template(row)
        return Text(*(self._fill(template, sentence, rule, language) for language in reversed(LANGUAGES)))

    def _fill(self, template: Bilingual | Text, sentence: _Sentence, rule: BoundRule, language: str) -> str:
        words = {
            name: self._word(sentence, name, language)
            for name in ("key", "party", "expected", "actual", "difference", "amount", "date")
        }
        words["currency"] = sentence.currency
        words["field"] = sentence.title.in_(language)
        words["left"], words["right"] = (self._title(name, language) for name in _populations(rule))
        return string.Formatter().vformat(template.zh if language == "zh" else template.en, (), words)

    def _word(self, sentence: _Sentence, name: str, language: str) -> str:
        value = sentence.row[name]
        if value is None:
            return _NOTHING.in_(language)
        if isinstance(value, Decimal):
            return f"{value:,.0f}" if sentence.counts else grouped(value, sentence.currency)
        text = str(value)
        if name in ("expected", "actual"):
            choice = self._choices.get(sentence.field, {}).get(text)
            if choice is not None:
                return choice if language == "zh" else text.replace("_", " ")
            if _AMOUNT.fullmatch(text):
                return grouped(Decimal(text), sentence.currency)
        return text

    def _title(self, name: str, language: str) -> str:
        title = self._titles.get(name)
        return title.in_(language) if title else name


def _populations(rule: BoundRule) -> tuple[str, str]:
    options = rule.options
    if options.check in ("match", "totals"):
        return options.left.records, options.right.records
    if options.check in ("require", "duplicate", "balance"):
        return options.records, options.records
    return "", ""


def _template(row: Mapping[str, Any]) -> Text:
    templates = outcome_words("outcomes")
    if row["outcome"] == "differs" and row["difference"] is None:
        return templates["differs_text"]
    return templates.get(row["outcome"]) or templates["wrong"]
