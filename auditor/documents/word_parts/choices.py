"""Words of a closed choice that its list does not have, read by their parts: 出账 and Paid out are money out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from auditor.documents.headers import header_key
from auditor.documents.word_parts.lexicon import Lexicon, bits_of, lexicon
from auditor.documents.word_parts.segments import parts_of

_ENOUGH = 500  # per mille of the concepts of both


def choice_of(text: str, choices: Mapping[str, Iterable[str]]) -> str | None:
    """The key of `choices` whose words mean `text`; None where none does, where two may, or where it is denied.

    `choices` are the words of each key. A word of the list itself goes first; else the concepts decide, without the
    attributes, which every word of a choice may or may not have (月结 and 月结方式).
    """
    return _choice_of(text, tuple((key, tuple(words)) for key, words in choices.items()))


@lru_cache(maxsize=20_000)
def _choice_of(text: str, choices: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    named = {key for key, words in choices if header_key(text) in map(header_key, words)}
    if named:
        return named.pop() if len(named) == 1 else None
    lex, parts = lexicon(), parts_of(text)
    mine = parts.bits & ~lex.attributes
    if not mine or parts.rest:
        return None
    nearness = {key: _nearness(lex, mine, words) for key, words in choices}
    best = max(nearness.values(), default=0)
    nearest = [key for key, value in nearness.items() if value == best]
    if best < _ENOUGH or len(nearest) > 1:
        return None
    return None if any(_conflicts(lex, mine, words) for key, words in choices if key == nearest[0]) else nearest[0]


def _nearness(words: Lexicon, mine: int, of_key: Iterable[str]) -> int:
    """The largest share of concepts in common with a word of the key, per mille."""
    each = [parts_of(word).bits & ~words.attributes for word in of_key if not parts_of(word).rest]
    return max((1000 * (mine & bits).bit_count() // (mine | bits).bit_count() for bits in each if bits), default=0)


def _conflicts(words: Lexicon, mine: int, of_key: Iterable[str]) -> bool:
    """Whether the text holds what the key's words exclude or deny."""
    said = 0
    for word in of_key:
        said |= parts_of(word).bits
    denied = mine & ~said & words.denials
    return bool(denied) or any(words.opposites.get(1 << at, 0) & said for at in bits_of(mine & ~said))
