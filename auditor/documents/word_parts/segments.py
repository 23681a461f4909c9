"""A text taken apart into words of the lexicon: attributes, objects and qualifiers, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.documents.headers import header_words
from auditor.documents.word_parts.lexicon import Lexicon, Meaning, bits_of, lexicon
from auditor.documents.word_parts.tokens import Tokens, cased_tokens, humps_of, is_latin

EITHER_SIDE = "either_side"
_SIDES = (("in", "out"), ("debit", "credit"))
_LONGEST_TEXT = 60  # tokens: beyond that a text is prose
_JOINED = 5  # letters from which a Latin word may be two words without a blank: custname


@dataclass(frozen=True, slots=True)
class WordParts:
    """The concepts that a text names, by class, and the words that the lexicon does not have.

    `bits` are the concepts as the lexicon numbers them. A text that says no attribute means one: the likeliest (客户 is
    the customer's name) is among them, and `meant` are all that it may mean; 0 where the text says its attribute.
    """

    attributes: frozenset[str]
    objects: frozenset[str]
    qualifiers: frozenset[str]
    rest: tuple[str, ...]
    bits: int
    meant: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    tokens: Tokens
    meaning: Meaning | None


@lru_cache(maxsize=20_000)
def parts_of(text: str) -> WordParts:
    """The parts of a header, a label or a word of a choice; units, notes in square brackets, figures and marks count
    for nothing. A text of no known word has all of it in `rest`."""
    words = lexicon()
    tokens = _separated(words, cased_tokens(header_words(text)))
    if len(tokens) > _LONGEST_TEXT:
        return WordParts(frozenset(), frozenset(), frozenset(), (text,), 0)
    pieces = _whole_words(words, _pieces(words, tokens))
    bits = _of_either_side(words, _without_any(words, _said(words, pieces)))
    meant, likeliest = _meant(words, pieces, bits)
    bits |= likeliest
    return WordParts(
        words.named(bits & words.attributes),
        words.named(bits & words.objects),
        words.named(bits & words.qualifiers),
        tuple(sorted(set(_rest(pieces)))),
        bits,
        meant,
    )


def _separated(words: Lexicon, tokens: Tokens) -> Tokens:
    """The tokens without capitals, in simplified characters; a Latin word that is not known in several if these are:
    `custName`, `custname`."""
    found: list[str] = []
    for cased in tokens:
        token = words.simplified.get(cased) or cased.casefold()
        if words.longest(token) or not is_latin(token):
            found.append(token)
        elif len(humps := humps_of(cased)) > 1:
            found += _separated(words, humps)
        else:
            found += _two_words(words, token) or (token,)
    return tuple(found)


def _two_words(words: Lexicon, token: str) -> Tokens | None:
    for cut in range(len(token) - 2, 2, -1) if len(token) >= _JOINED else ():
        parts = token[:cut], token[cut:]
        if all((meaning := words.meaning((part,))) is not None and meaning.bits for part in parts):
            return parts
    return None


def _pieces(words: Lexicon, tokens: Tokens) -> list[_Piece]:
    """The text in the fewest words that leave the fewest tokens over; of these the longest first."""
    size = len(tokens)
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (size + 1)  # (left over, words, where the first ends)
    meant: list[Meaning | None] = [None] * size
    for start in range(size - 1, -1, -1):
        left, count, _ = best[start + 1]
        best[start] = (left + 1, count + 1, start + 1)
        for end in range(min(size, start + words.longest(tokens[start])), start, -1):
            meaning = words.meaning(tokens[start:end])
            found = (best[end][0], best[end][1] + 1, end)
            if meaning is not None and found[:2] < best[start][:2]:
                best[start], meant[start] = found, meaning
    pieces, start = [], 0
    while start < size:
        end = best[start][2]
        pieces.append(_Piece(tokens[start:end], meant[start]))
        start = end
    return pieces


def _whole_words(words: Lexicon, pieces: Sequence[_Piece]) -> list[_Piece]:
    """A single Chinese character beside an unknown one is a part of that word: 现场名称 says nothing new, 生日 no date.
    Only what ends the text behind a whole word and is no qualifier stays what it is: 病历号 is a number."""
    found = list(pieces)
    for at in range(len(found) - 1, -1, -1):
        if _is_unknown(found, at + 1) and _is_single(found[at]):
            found[at] = _Piece(found[at].tokens, None)
    for at, piece in enumerate(found):
        ends = at == len(found) - 1 and piece.meaning is not None and not piece.meaning.bits & words.qualifiers
        if _is_unknown(found, at - 1) and _is_single(piece) and not (ends and _is_unknown(found, at - 2)):
            found[at] = _Piece(piece.tokens, None)
    return found


def _is_single(piece: _Piece) -> bool:
    return len(piece.tokens) == 1 and not is_latin(piece.tokens[0]) and not piece.tokens[0].isascii()


def _is_unknown(pieces: Sequence[_Piece], at: int) -> bool:
    return 0 <= at < len(pieces) and pieces[at].meaning is None and _is_single(pieces[at])


def _said(words: Lexicon, pieces: Sequence[_Piece]) -> int:
    """The concepts of the pieces; a word that is an attribute or something else is the attribute where neither an
    attribute nor an object stands beside it."""
    bits = either = 0
    for piece in pieces:
        if piece.meaning is None:
            continue
        if piece.meaning.either:
            either |= piece.meaning.bits
        else:
            bits |= piece.meaning.bits
    return bits | either & (~words.attributes if bits & (words.attributes | words.objects) else words.attributes)


def _of_either_side(words: Lexicon, bits: int) -> int:
    """Two sides that a text names together are one column of both: `Paid in / (Paid out)`."""
    for pair in _SIDES:
        both = sum(1 << words.names.index(name) for name in pair)
        if bits & both == both:
            bits = bits & ~both | 1 << words.names.index(EITHER_SIDE)
    return bits


def _without_any(words: Lexicon, bits: int) -> int:
    """Without concepts that stand for any of a kind of which one is named: 发票单据号 is an invoice's number."""
    for broad, specific in words.specific.items():
        if bits & broad and bits & specific:
            bits &= ~broad
    return bits


def _meant(words: Lexicon, pieces: Sequence[_Piece], bits: int) -> tuple[int, int]:
    """The attributes that the last word which means any may mean, where none is said, and the likeliest, if any is."""
    if bits & words.attributes:
        return 0, 0
    for piece in reversed(pieces):
        for bit in (1 << at for at in bits_of(piece.meaning.bits & bits if piece.meaning else 0)):
            if bit in words.alone:
                return sum(words.alone[bit]), words.alone[bit][0]
            if bit in words.may:
                return words.may[bit], 0
    return 0, 0


def _rest(pieces: Sequence[_Piece]) -> Iterator[str]:
    """The words that are not known, Chinese characters that stand together as one."""
    chinese = ""
    for piece in pieces:
        if piece.meaning is None and _is_single(piece):
            chinese += piece.tokens[0]
            continue
        if chinese:
            yield chinese
        chinese = ""
        if piece.meaning is None:
            yield piece.tokens[0]
    if chinese:
        yield chinese
