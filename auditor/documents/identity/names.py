"""Names of companies, persons and stations in normal form, and the further names that a name states of itself."""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.documents.words import identity_words
from auditor.values.text import clean_cell, folded, party_full_key

_LAST_LATIN = re.compile(r"(?P<rest>.+?)(?:[\s.,;]+|(?<=[^a-z0-9\s.,;]))(?P<word>[a-z]+)[\s.,;]*", re.DOTALL)
_DOTTED = re.compile(r"(?<![a-z])(?:[a-z]\.){2,}")
_LONGEST = 200  # characters of a name; a longer text is none, and has no legal form
_LETTER = re.compile(r"[^\W\d_]")
_AROUND = "()（）:：-—_,，.·"


def full_key(text: str) -> str:
    """A name as it stands: half width, small letters, without blanks and the marks around it."""
    return party_full_key(text)


@lru_cache(maxsize=50_000)
def bare_key(text: str) -> str:
    """A company's name without its legal form: `恒昌电子有限公司` and `恒昌电子`, `HC Trading Co., Ltd.` and
    `HC Trading` are alike; `恒昌电子` and `恒昌电器` never are. A name that is nothing but a legal form stays."""
    if len(text) > _LONGEST:
        return full_key(text)
    key = full_key(_without_latin_form(folded(clean_cell(text)).casefold()))
    again = key not in identity_words().legal_forms
    while again:
        again = False
        for word in identity_words().legal_forms:
            if not word.isascii() and key.endswith(word) and _LETTER.search(key.removesuffix(word)):
                key, again = key.removesuffix(word), True
                break
    return key or full_key(text)


def has_legal_form(text: str) -> bool:
    """Whether a text ends as the name of a company does: with 有限公司, Ltd or the like."""
    return bare_key(text) != full_key(text)


def _without_latin_form(text: str) -> str:
    forms = set(identity_words().legal_forms)
    text = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", text).strip()
    while (match := _LAST_LATIN.fullmatch(text)) and match["word"] in forms and _LETTER.search(match["rest"]):
        text = match["rest"].strip()
    return text


@lru_cache(maxsize=20_000)
def station_key(text: str) -> str:
    """A station's name without the word for a station: `城阳站`, `收货点：城阳` and `城阳` are alike."""
    key = full_key(text)
    for word in identity_words().station:
        for short in (key.removesuffix(word), key.removeprefix(word)):
            short = short.strip(_AROUND)
            if short != key and (len(short) > 1 or (short.isascii() and short.isalnum())):
                return short
    return key


_AROUND = "()（）:：-—_,，.·"


_MARKS = " \t\u3000,，;；、:：-—\"“”'‘’"


@lru_cache(maxsize=20_000)
def stated_names(text: str) -> tuple[str, ...]:
    """The names that one text gives of one company: `甲公司（原：乙厂）` both, any other text itself alone.

    The first is the name that holds the others; words for another name stand in `rules/words/identity.yaml`.
    """
    plain = folded(text)
    match = _other_name().search(plain)
    if match is None:
        return (text,)
    outside, inside = plain[: match.start()], match["within"] or match["after"]
    behind = plain[match.end() :]
    found = [name.strip(_MARKS) for name in (outside + behind, inside)]
    return tuple(name for name in found if name) if found[0] else (text,)


@lru_cache(maxsize=1)
def _other_name() -> re.Pattern[str]:
    """A word for another name with the name behind it: in brackets, or to the end of the text behind a comma, a dash or
    a blank. A word of one character counts in brackets alone."""
    words = identity_words().other_names
    spelt = {word: r"\s*".join(map(re.escape, word)) for word in words}
    any_word = "|".join(spelt[word] + (r"(?![a-z])" if word.isascii() else "") for word in words)
    long = "|".join(spelt[word] + (r"(?![a-z])" if word.isascii() else "") for word in words if len(word) > 2)
    within = rf"[(（\[【]\s*(?:{any_word})\s*[:：]?\s*(?P<within>[^()（）\[\]【】]+?)\s*[)）\]】]"
    after = rf"(?:[,，;；\-—]\s*|\s+)(?:{long})\s*[:：]?\s*(?P<after>[^()（）]+)$"
    return re.compile(f"{within}|{after}", re.IGNORECASE)
