"""Words in labels: a count, a name of something, a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.documents.headers import header_key
from auditor.documents.words import labelled_paper_words

_LATIN = re.compile(r"[a-z]")
_WORDS = re.compile(r"[^\W\d_]+")


def names(label: str, words: Sequence[str]) -> bool:
    """Whether a label has one of some words: in Latin letters as a word of its own, in ideographs anywhere."""
    own = {header_key(each) for each in _WORDS.findall(label)}
    key = header_key(label)
    return any(word in own if _LATIN.search(word) else word in key for word in words)


def says_no_amount(label: str) -> bool:
    """Whether a label states a count, or names a thing or a place."""
    words = labelled_paper_words()
    return names(label, (*words.counted, *words.naming, *words.places))


def first_word(text: str) -> str:
    """The word with which a text begins; empty if it begins with something else."""
    match = _WORDS.match(text)
    return match[0] if match else ""
