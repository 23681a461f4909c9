"""In which language the command line speaks, known before click has parsed anything, since help is spoken too."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from auditor.languages import LANGUAGES, Text, chosen_language


def spoken(arguments: Sequence[str] | None = None) -> str:
    """The language that `--lang` names among the arguments, else that of the locale."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for position, word in enumerate(given):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if word == "--lang" and position + 1 < len(given):
            value = given[position + 1]
        if value in LANGUAGES:
            return value
    return chosen_language()


LANGUAGE = spoken()


def say(en: str, zh: str) -> str:
    """The one of both that is spoken."""
    return Text(en, zh).in_(LANGUAGE)
