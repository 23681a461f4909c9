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

    `choices` are the words of each key. A word of the list itself goes first; else one of which all concepts are in the
    text. Attributes do not count: every word of a choice may have one (月结 and 月结方式). A text that says opposites,
    such as 银行已收企业未收, is never read by its parts: they do not tell who did what.
    """
    return _choice_of(text, tuple((key, tuple(words)) for key, words in choices.items()))


@lru_cache(maxsize=20_000)
def _choice_of(text: str, choices: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    named = {key for key, words in choices if header_key(text) in map(header_key, words)}
    if named:
        return named.pop() if len(named) == 1 else None
    lex, parts = lexicon(), parts_of(text)
    mine = parts.bits & ~lex.attributes
    if not mine or parts.rest or _opposed(lex, mine, mine):
        return None
    said = {key: _concepts(lex, words) for key, words in choices}
    nearness = {key: max((_share(each, mine) for each in of_key), default=0) for key, of_key in said.items()}
    best = max(nearness.values(), default=0)
    nearest = [key for key, value in nearness.items() if value == best]
    if best < _ENOUGH or len(nearest) > 1:
        return None
    found = nearest[0]
    return None if _spoken_against(lex, mine, said, found) else found


def _concepts(words: Lexicon, of_key: Iterable[str]) -> list[int]:
    """What each word of a key says, without attributes."""
    each = map(parts_of, of_key)
    return [parts.bits & ~words.attributes for parts in each if not parts.rest and parts.bits & ~words.attributes]


def _share(of_word: int, mine: int) -> int:
    """How much of the text a word makes up that is all in it, per mille."""
    return 1000 * of_word.bit_count() // mine.bit_count() if of_word & mine == of_word else 0


def _spoken_against(words: Lexicon, mine: int, said: Mapping[str, list[int]], key: str) -> bool:
    """Whether the text holds what the key's words exclude or deny, or says more than they do where another key is a
    finer one: beside 客户 and 现金客户, 大客户 may be either."""
    own = 0
    for each in said[key]:
        own |= each
    more = mine & ~own
    if more & words.denials or _opposed(words, more, own):
        return True
    finer = (each for other, of_other in said.items() if other != key for each in of_other)
    return more != 0 and any(each & mine & own and each & ~own for each in finer)


def _opposed(words: Lexicon, some: int, others: int) -> bool:
    return any(words.opposites.get(1 << at, 0) & others for at in bits_of(some))
