"""One of several known words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from auditor.values.errors import UnknownChoice
from auditor.values.reading import Reading
from auditor.values.text import header_key, unwrapped

_BRACKETED = re.compile(r"\([^()]*\)")


def choice_index(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each word in its normal form the choice that it means. The choice's own key is a word, too, where no other
    choice has it among its words."""
    index: dict[str, str] = {}
    for key, words in choices.items():
        for word in words:
            index.setdefault(_key(word), key)
    for key in choices:
        index.setdefault(header_key(key), key)
    return index


def parse_choice(
    text: str, choices: Mapping[str, Sequence[str]], index: Mapping[str, str] | None = None
) -> Reading[str]:
    """The choice that a cell names by one of its words; a bracketed note beside the word is ignored.

    `index` is `choice_index(choices)`, to be given where many cells are read.
    """
    key = _key(text)
    known = choice_index(choices) if index is None else index
    found = known.get(key) or known.get(_BRACKETED.sub("", key))
    if found is not None:
        return Reading(found)
    if not key or not key.strip("-/—"):
        return Reading()
    words = [word for name, given in choices.items() for word in (given or [name])]
    near = difflib.get_close_matches(key, words, n=1, cutoff=0.5)
    return Reading(None, UnknownChoice(None, text, words=", ".join(words), nearest=near[0] if near else "-"))


def _key(word: str) -> str:
    """`header_key`, but a sign that is all of the word (`-`, `+`, `*`) stays."""
    return header_key(word) or unwrapped(word)
