"""The words of the reports, in both languages, from `reports/words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditor.languages import Text
from auditor.marked_yaml import load
from auditor.resources import reports_folder


@dataclass(frozen=True, slots=True)
class Words:
    """All words. A family (`severities`, `changes`, ...) maps the engine's words to people's."""

    words: Mapping[str, Text]
    families: Mapping[str, Mapping[str, Text]]
    marks: Mapping[str, str]

    def __getitem__(self, name: str) -> Text:
        return self.words[name]

    def fill(self, name: str, /, **values: Any) -> Text:
        """The words with their {names} filled in; a Text speaks its language, a whole number is grouped."""
        text = self.words[name]

        def said(value: object, language: str) -> object:
            if isinstance(value, Text):
                return value.in_(language)
            return f"{value:,}" if isinstance(value, int) else value

        def filled(language: str) -> str:
            return text.in_(language).format(**{key: said(value, language) for key, value in values.items()})

        return Text(en=filled("en"), zh=filled("zh"))

    def of(self, family: str, word: str | None) -> Text:
        """A word of a family; one that the family does not know speaks for itself."""
        return self.families[family].get(word or "") or Text(word or "", word or "")


FAMILIES = (
    "severities",
    "finding_statuses",
    "decisions",
    "standings",
    "kept_reasons",
    "changes",
    "carried_states",
    "overview_states",
    "rule_statuses",
    "document_statuses",
    "proof_statuses",
    "row_proofs",
    "vias",
    "proof_names",
    "sides",
    "checks",
    "passes",
    "choices",
    "units",
    "figures",
)


@cache
def words() -> Words:
    """The words as the data folder has them."""
    data = load(reports_folder() / "words.yaml", file="words.yaml").data
    return Words(
        words=_texts(data["words"]),
        families={family: _texts(data[family]) for family in FAMILIES},
        marks={name: each["mark"] for name, each in data["severities"].items()},
    )


def _texts(data: Mapping[str, Any]) -> dict[str, Text]:
    return {name: _text(each) for name, each in data.items()}


def _text(data: Mapping[str, str]) -> Text:
    return Text(en=data["en"], zh=data["zh"])
