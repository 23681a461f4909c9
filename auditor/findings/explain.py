"""Why it is a finding, in a sentence of each language: the rule's own, else that of the outcome."""

from __future__ import annotations

import string
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from auditor.findings.text import amount_text
from auditor.languages import LANGUAGES, Text
from auditor.marked_yaml import load
from auditor.resources import rules_folder
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Bilingual, Outcome


class Explainer:
    """Makes explanations; `titles` are those of records and views by name."""

    def __init__(self, titles: Mapping[str, Text]) -> None:
        self._titles = titles

    def explain(
        self, row: Mapping[str, Any], report: Outcome, rule: BoundRule, field: Text | None, currency: str
    ) -> Text:
        """The explanation of an outcome row (a dict of the outcome table's columns)."""
        template = report.explanation or _defaults().get(row["outcome"]) or _defaults()["wrong"]
        return Text(*(self._fill(template, row, rule, field, currency, language) for language in reversed(LANGUAGES)))

    def _fill(
        self,
        template: Bilingual | Text,
        row: Mapping[str, Any],
        rule: BoundRule,
        field: Text | None,
        currency: str,
        language: str,
    ) -> str:
        words: dict[str, str] = {
            name: _word(row[name], row["currency"] or currency, _wanted_blank(language))
            for name in ("key", "party", "expected", "actual", "difference", "amount", "date")
        }
        words["currency"] = row["currency"] or currency
        words["field"] = field.in_(language) if field else (row["field"] or "")
        words["left"], words["right"] = (self._title(name, language) for name in _populations(rule))
        return string.Formatter().vformat(template.zh if language == "zh" else template.en, (), words)

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


def _wanted_blank(language: str) -> str:
    return "（无）" if language == "zh" else "(none)"


def _word(value: Any, currency: str, blank: str) -> str:
    if value is None:
        return blank
    if isinstance(value, Decimal):
        return amount_text(value, currency)
    return str(value)


@cache
def _defaults() -> dict[str, Text]:
    document = load(rules_folder() / "outcomes.yaml", file="outcomes.yaml").data
    return {name: Text(words["en"], words["zh"]) for name, words in document.items()}
