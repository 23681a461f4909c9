"""A text as the smallest pieces that words of the lexicon are made of: single Chinese characters and Latin words."""

from __future__ import annotations

import re

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|[\u3400-\u9fff\U00020000-\U0003ffff]|[#%¥]")
_SIBILANTS = ("sses", "xes", "ches", "shes", "zes")

Tokens = tuple[str, ...]


def tokens_of(text: str) -> Tokens:
    """The tokens of a text in plain characters; figures and marks fall away, `invNo` is `inv` and `no`."""
    found = _TOKEN.findall(_CAMEL.sub(" ", text).casefold())
    return tuple(token.removesuffix("'s").replace("'", "") for token in found)


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
