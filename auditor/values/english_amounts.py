"""Amounts in English words: `RMB Two Thousand Three Hundred and Four and 50/100 Only`, read strictly.

    Say US Dollars one hundred twenty and cents fifty only     opening words, currency, whole, coins, closing word

A number is read only if it is one number in the way that amounts are written: `twenty hundred` and `three four` are
none, and of `one hundred and fifty cents` nobody knows whether the hundred are cents, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

_BELOW_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = (
    {word: value for value, word in enumerate(_BELOW_TWENTY)}
    | {word: value * 10 for value, word in enumerate(_TENS, 2)}
    | {"nil": 0, "no": 0, "fourty": 40, "ninty": 90}
)
_SCALES = {
    f"{word}{ending}": 1000**power
    for power, word in enumerate(("thousand", "million", "billion", "trillion"), 1)
    for ending in ("", "s")
}
_HUNDREDS = ("hundred", "hundreds")

# Units with the code of the currency that they name; dollars are of many countries.
_UNITS = {
    "yuan": "CNY", "rmb": "CNY", "renminbi": "CNY", "cny": "CNY", "usd": "USD", "hkd": "HKD", "sgd": "SGD",
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "pounds": "GBP", "pound": "GBP", "gbp": "GBP", "yen": "JPY",
    "jpy": "JPY", "dollars": "", "dollar": "",
}  # fmt: skip
_COUNTRIES = {
    "us": "USD", "american": "USD", "united states": "USD", "hk": "HKD", "hong kong": "HKD", "singapore": "SGD",
    "australian": "AUD", "canadian": "CAD", "new zealand": "NZD", "nt": "TWD", "japanese": "JPY", "chinese": "CNY",
}  # fmt: skip
_STERLING = "sterling"
_OF_DOLLARS = frozenset(("", "USD", "HKD", "SGD", "AUD", "CAD", "NZD", "TWD"))
_COINS = ("cents", "cent", "fen", "pence", "penny")
_JIAO = "jiao"
_OPENING = frozenset(("say", "total", "sum", "amount", "in", "words", "of", "the", "being"))
_CLOSING = frozenset(("only", "exactly", "net", "even"))
_FRACTION = re.compile(r"(\d\d?|no|nil|xx|00)/100")
_WORD = re.compile(r"[a-z]+")
_BETWEEN = re.compile(r"[\s,.:;()\-–—*_¥￥€£]+")
_SIGN = re.compile(r"\b(us|hk|nt)\$")
_HERE = "|"  # where a unit stood
_LARGEST = 10**13

Tokens = Sequence[str]


class EnglishAmount(NamedTuple):
    """An amount in words, and the currency that they name."""

    value: Decimal
    currency: str | None


def english_amount(text: str) -> EnglishAmount | None:
    """The amount that English words state; None if they state none, or may state two. `text` is in half width."""
    tokens = _tokens(text.casefold())
    while tokens and tokens[0] in _OPENING:
        tokens = tokens[1:]
    minus = tokens[:1] in (["minus"], ["negative"])
    tokens, units = _without_units(tokens[1:] if minus else tokens)
    currencies = units - {""}
    if len(currencies) > 1 or ("" in units and not units <= _OF_DOLLARS):
        return None
    value = _value(tokens)
    if value is None or value >= _LARGEST:
        return None
    return EnglishAmount(-value if minus else value, next(iter(currencies), None))


def _tokens(text: str) -> list[str]:
    """The words, fractions whole; none at all where anything else stands between them."""
    plain = _SIGN.sub(r" \1 dollars ", text.replace("u.s.", "us ").replace("&", " and ")).replace("'s ", " ")
    found = [each for each in _BETWEEN.split(plain) if each]
    return found if all(_WORD.fullmatch(each) or _FRACTION.fullmatch(each) for each in found) else []


def _without_units(tokens: list[str]) -> tuple[list[str], set[str]]:
    """The words without the ones that close them, a mark in the place of each unit; and what the units name."""
    kept: list[str] = []
    named: set[str] = set()
    at = 0
    while at < len(tokens):
        length = next((size for size in (2, 1) if " ".join(tokens[at : at + size]) in _COUNTRIES), 0)
        unit = tokens[at + length] if at + length < len(tokens) else ""
        if tokens[at] == _STERLING and length == 0:
            named.add("GBP")
        elif unit in _UNITS:
            named.add(_COUNTRIES[" ".join(tokens[at : at + length])] if length else _UNITS[unit])
            kept += [] if kept[-1:] == [_HERE] else [_HERE]
            at += length
        else:
            kept.append(tokens[at])
        at += 1
    while kept and (kept[-1] in _CLOSING or (kept[-1] == _HERE and kept[-2:-1] and kept[-2] in _CLOSING)):
        kept.pop()
    return kept, named


def _value(tokens: list[str]) -> Decimal | None:
    """Whole and coins: told apart by the unit between them, else in the one way in which both are numbers."""
    text = " ".join(tokens)
    parts = [part.split() for part in text.split(_HERE) if part.strip()]
    if len(parts) == 2:
        whole, coins = _whole_number(parts[0]), _coins(_after_and(parts[1]))
        return None if whole is None or coins is None else _joined(whole, coins)
    found = _readings(parts[0]) if len(parts) == 1 else set()
    return found.pop() if len(found) == 1 else None


def _readings(tokens: list[str]) -> set[Decimal]:
    """What words without a unit between them may state."""
    found = set()
    for at in range(len(tokens) + 1):
        head, tail = tokens[:at], tokens[at:]
        if head and tail and not (tail[0] in ("and", "point", *_COINS) or _FRACTION.fullmatch(tail[0])):
            continue
        whole = _whole_number(head) if head else 0
        coins = _coins(_after_and(tail) if head else tail) if tail else 0
        if whole is not None and coins is not None:
            found.add(_joined(whole, coins))
    if len(tokens) > 1 and tokens[-1] in _COINS and (cents := _whole_number(tokens[:-1])) is not None:
        found.add(_joined(0, cents))  # of a hundred and fifty cents nobody says 1.50, but who knows
    return found


def _joined(whole: int, coins: int) -> Decimal:
    return Decimal(whole) + Decimal(coins).scaleb(-2)


def _after_and(tokens: list[str]) -> list[str]:
    return tokens[1:] if tokens[:1] == ["and"] else tokens


def _coins(tokens: list[str]) -> int | None:
    """Hundredths: `fifty cents`, `cents fifty`, `50/100`, `cents 50/100`, `five jiao three fen`, `point five zero`."""
    if tokens[:1] == ["point"]:
        return _decimals(tokens[1:])
    if _JIAO in tokens:
        return _jiao_and_fen(tokens)
    bare = [each for each in tokens if each not in _COINS]
    marks = len(tokens) - len(bare)
    if marks > 1 or (marks and not (tokens[0] in _COINS or tokens[-1] in _COINS)):
        return None
    fraction = _FRACTION.fullmatch(bare[0]) if len(bare) == 1 else None
    if fraction is not None:
        return int(fraction[1]) if fraction[1].isdecimal() else 0
    value = _whole_number(bare) if marks else None
    return value if value is not None and value < 100 else None


def _decimals(tokens: Tokens) -> int | None:
    digits = [_SMALL.get(each, 10) for each in tokens]
    if not 1 <= len(digits) <= 2 or max(digits) > 9:
        return None
    return int("".join(map(str, digits)).ljust(2, "0"))


def _jiao_and_fen(tokens: list[str]) -> int | None:
    at = tokens.index(_JIAO)
    jiao, rest = _whole_number(tokens[:at]), _after_and(tokens[at + 1 :])
    fen = _coins(rest) if rest else 0
    if jiao is None or jiao > 9 or fen is None or fen > 9:
        return None
    return jiao * 10 + fen


def _whole_number(tokens: Tokens) -> int | None:
    """The value of words such as `two thousand three hundred and four`; None if they are not one number."""
    if not tokens or "and" in (tokens[0], tokens[-1]) or any(one == other == "and" for one, other in pairwise(tokens)):
        return None
    total, last = 0, 1000**5
    group: list[str] = []
    for token in tokens:
        scale = _SCALES.get(token)
        if scale is None:
            group.append(token)
            continue
        value = _group(group)
        if not value or value >= 1000 or scale >= last:
            return None
        total, last, group = total + value * scale, scale, []
    if not group:
        return total
    value = _group(group)
    if value is None or (total and not 0 < value < 1000):
        return None
    return total + value


def _group(tokens: Tokens) -> int | None:
    """What stands before or between scales: `three hundred and four`, `twelve hundred`, `a hundred`, `and five`."""
    words = _after_and(list(tokens))
    at = next((index for index, each in enumerate(words) if each in _HUNDREDS), None)
    if at is None:
        return 1 if words in (["a"], ["an"]) else _below_hundred(words)
    hundreds = 1 if words[:at] == ["a"] else _below_hundred(words[:at])
    rest = words[at + 1 :]
    below = _below_hundred(_after_and(rest)) if rest else 0
    if not hundreds or below is None or (rest and not below) or (hundreds > 9 and hundreds % 10 == 0):
        return None
    return hundreds * 100 + below


def _below_hundred(words: Tokens) -> int | None:
    match [_SMALL.get(each) for each in words]:
        case [int(one)]:
            return one
        case [int(tens), int(one)] if tens >= 20 and 0 < one < 10:
            return tens + one
    return None
