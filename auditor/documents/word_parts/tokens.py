"""A text as the smallest pieces that words of the lexicon are made of: single Chinese characters and Latin words."""

from __future__ import annotations

import re
from functools import lru_cache

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|[\u3400-\u9fff\U00020000-\U0003ffff]|[#¥]|(?<!\d)%")
_POSSESSIVE = re.compile(r"['’](?:s\b)?", re.IGNORECASE)
_SIBILANTS = ("sses", "xes", "ches", "shes", "zes")

Tokens = tuple[str, ...]


def cased_tokens(text: str) -> Tokens:
    """The tokens of a text in plain characters, with their capitals; figures and marks fall away."""
    return tuple(_POSSESSIVE.sub("", token) for token in _TOKEN.findall(text))


@lru_cache(maxsize=20_000)
def tokens_of(text: str) -> Tokens:
    """The tokens of a word of the lexicon."""
    return tuple(token.casefold() for token in cased_tokens(text))


def humps_of(token: str) -> Tokens:
    """A token in the words that its capitals set off: `invNo` is `inv` and `No`, `PONumber` is `PO` and `Number`."""
    return tuple(_HUMP.sub(" ", token).split())


def singular(token: str) -> str:
    """A Latin word without the ending of a plural; the same for every form of it, if not always the dictionary's."""
    if len(token) > 4 and token.endswith("ies"):
        return f"{token[:-3]}y"
    if token.endswith(_SIBILANTS):
        return token[:-2]
    if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")):
        return token[:-1]
    return token


def is_latin(token: str) -> bool:
    """Whether a token is a Latin word, not a Chinese character or a mark."""
    return token[0].isascii() and token[0].isalpha()
