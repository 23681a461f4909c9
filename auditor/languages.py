"""The languages that the program speaks, and a text that exists in each of them."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or title in English and in Chinese."""

    en: str
    zh: str

    def in_(self, language: str) -> str:
        """The text in `language`, one of LANGUAGES."""
        return self.zh if language == "zh" else self.en

    def as_dict(self) -> dict[str, str]:
        return {"en": self.en, "zh": self.zh}


def chosen_language(asked: str | None = None) -> str:
    """The language to speak: the one asked for, else the locale's, else English."""
    if asked:
        return asked
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
