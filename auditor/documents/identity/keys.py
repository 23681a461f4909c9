"""The keys by which a name is compared and found, and where in a text a name counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.documents.identity.account_numbers import account_number
from auditor.documents.identity.names import bare_key, full_key, station_key
from auditor.documents.identity.texts import LookedThrough, Span
from auditor.documents.words import identity_words

ACCOUNT, PARTY, PERSON, STATION, BOOK = "bank_account", "party", "employee", "station", "number_book"
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_LONG = 4  # Chinese characters of a name that cannot be a part of a longer word by chance
_LEAST_LATIN = 3
_LEAST_FIGURES = 7


def keys_of(text: str, kind: str) -> tuple[str, ...]:
    """The keys by which a name is compared, the fullest first."""
    keys = [full_key(text), bare_key(text)]
    if kind == STATION:
        keys.append(station_key(text))
    if kind == ACCOUNT:
        keys.append(account_number(text).casefold())
    return tuple(dict.fromkeys(key for key in keys if key))


def keys_inside(text: str, kind: str) -> tuple[str, ...]:
    """The keys by which a name is found in the midst of a text: of a station also with the word for one, which tells a
    name of one letter from any other letter (`A站`, `Station A`)."""
    keys = keys_of(text, kind)
    if kind != STATION:
        return keys
    words = identity_words().station
    return (*keys, *(f"{word}{keys[-1]}" if word.isascii() else f"{keys[-1]}{word}" for word in words))


def may_be_inside(key: str) -> bool:
    """Whether a name is long enough to be found in the midst of a text: C1 and 12 stand for too many other things."""
    if _IDEOGRAPH.search(key):
        return len(key) > 1
    return len(key) >= (_LEAST_FIGURES if key.isdigit() else _LEAST_LATIN)


def is_long(key: str) -> bool:
    """Whether a name is found wherever it stands. In Latin letters words are divided by themselves."""
    return len(key) >= _LONG or not _IDEOGRAPH.search(key)


def stands_apart(looked: LookedThrough, span: Span, firm: Sequence[Span]) -> bool:
    """Whether a short name stands between marks, figures, letters of another script, other names or words that may
    stand beside one: 宝安A站 names the station A."""
    before, after = looked.text[: span.start], looked.text[span.end :]
    first, last = looked.text[span.start], looked.text[span.end - 1]
    words = identity_words().beside
    left = (
        not before or not _IDEOGRAPH.match(before[-1]) or not _IDEOGRAPH.match(first) or span.start in looked.blanks
        or any(other.end == span.start for other in firm) or before.endswith(tuple(words))
    )  # fmt: skip
    right = (
        not after or not _IDEOGRAPH.match(after[0]) or not _IDEOGRAPH.match(last) or span.end in looked.blanks
        or any(other.start == span.end for other in firm) or after.startswith(tuple(words))
    )  # fmt: skip
    return left and right


