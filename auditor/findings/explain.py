"""Why it is a finding, in a sentence of each language: the rule's own, else that of the outcome."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from auditor.findings.text import grouped, plain_number
from auditor.languages import LANGUAGES, Text
from auditor.records.model import RecordType
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Outcome, Unit
from auditor.rules.words import key_words, outcome_words
from auditor.strict_yaml import Bilingual

_AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2,5}")
_NOTHING = Text("(none)", "（无）")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What a sentence is filled from: an outcome row, its field's title and its currency."""

    row: Mapping[str, Any]
    field: str
    title: Text
    currency: str
    unit: Unit  # what its figures are


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

    def explain(
        self,
        row: Mapping[str, Any],
        report: Outcome,
        rule: BoundRule,
        field: Text | None,
        currency: str,
        unit: Unit = "money",
    ) -> Text:
        """The explanation of an outcome row (a dict of the outcome table's columns), whose figures are `unit`."""
        name = (row["field"] or "").removesuffix("__id")
        title = outcome_words("fields").get(name) or field or rule.field_titles.get(name) or Text(name, name)
        sentence = _Sentence(row, name, title, row["currency"] or currency, unit)
        template = report.explanation or _template(row)
        return Text(*(self._fill(template, sentence, rule, language) for language in reversed(LANGUAGES)))

    def _fill(self, template: Bilingual | Text, sentence: _Sentence, rule: BoundRule, language: str) -> str:
        words = {
            name: self._word(sentence, name, language)
            for name in ("key", "party", "expected", "actual", "difference", "amount", "date")
        }
        words["currency"] = sentence.currency
        words |= _said(sentence.row)
        words["field"] = sentence.title.in_(language)
        words["left"], words["right"] = (self._title(name, language) for name in rule.options.sides())
        return string.Formatter().vformat(template.zh if language == "zh" else template.en, (), words)

    def _word(self, sentence: _Sentence, name: str, language: str) -> str:
        value = sentence.row[name]
        if value is None:
            return _NOTHING.in_(language)
        if isinstance(value, Decimal):
            return self._figure(value, sentence)
        text = str(value)
        if name == "key":
            worded = key_words(text)
            return worded.in_(language) if worded else text
        if name in ("expected", "actual"):
            choice = self._choices.get(sentence.field, {}).get(text)
            if choice is not None:
                return choice if language == "zh" else text.replace("_", " ")
            if _AMOUNT.fullmatch(text):
                return self._figure(Decimal(text), sentence)
        return text

    @staticmethod
    def _figure(value: Decimal, sentence: _Sentence) -> str:
        return grouped(value, sentence.currency) if sentence.unit == "money" else f"{plain_number(value):,f}"

    def _title(self, name: str, language: str) -> str:
        title = self._titles.get(name)
        return title.in_(language) if title else name


def _said(row: Mapping[str, Any]) -> dict[str, str]:
    """Further words that a check has for its outcome: `says` of its criterion."""
    criterion = json.loads(row["criterion"]) if row.get("criterion") else {}
    return {name: str(value) for name, value in criterion.get("says", {}).items()}


def _template(row: Mapping[str, Any]) -> Text:
    templates = outcome_words("outcomes")
    words = json.loads(row["criterion"]).get("words") if row.get("criterion") else None
    if words in templates:  # what the check calls this form of its outcome
        return templates[words]
    if row["outcome"] == "differs" and row["difference"] is None:
        return templates["differs_text"]
    return templates.get(row["outcome"]) or templates["wrong"]
