"""What words say of an account: its bank, its kind, its currency, and the branch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.documents.identity.account_numbers import stated_tail
from auditor.documents.identity.texts import LookedThrough, NameIndex, Span, longest, looked_through, without
from auditor.documents.words import identity_words
from auditor.values.currency import BESIDE_AMOUNT

FOREIGN = "foreign"
HOME = "CNY"  # the currency of an account of which no other is stated
_WORD = re.compile(r"[^\W_]+")
_LATIN_NAME = re.compile(r"[a-z]{2,40}bank")
_LATIN_BANK = re.compile(r"(?<=[a-z])bank$")
_RUN_TOGETHER = re.compile(r"[a-z]{4,40}")
_BEFORE_BANK = re.compile(r"[\u4e00-\u9fff]{2}$")


@dataclass(frozen=True, slots=True)
class AccountWords:
    """Banks, kinds and currencies that a text names, each by its key in `rules/words/identity.yaml`; `rest` is what
    else it says: letters and figures, without the names of branches."""

    banks: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    account: bool = False
    branches: tuple[str, ...] = ()
    rest: str = ""

    @property
    def tell(self) -> bool:
        """Whether the words set an account apart from others at all."""
        return bool(self.banks or self.kinds or (self.currencies and self.account))

    @property
    def unusual(self) -> frozenset[str]:
        """The kinds among them of which an account is not unless something says so."""
        return self.kinds.difference(identity_words().usual_kinds)


@lru_cache(maxsize=20_000)
def account_words(text: str) -> AccountWords:
    """What a text says of an account."""
    looked = looked_through(text)
    spans = _spans(looked)
    named: dict[str, set[str]] = {"bank": set(), "kind": set(), "currency": set(), "account": set(), "number": set()}
    for span in spans:
        kind, value = _meaning(span)
        named[kind].add(value)
    rest = "".join(
        (" " if at in looked.blanks else "") + each for at, each in enumerate(without(looked.text, spans))
    )
    branches = tuple(match[0] for match in _branch().finditer(rest))
    return AccountWords(
        frozenset(named["bank"]),
        frozenset(named["kind"]),
        frozenset(named["currency"]),
        bool(named["account"] or named["number"]),
        branches,
        " ".join(_WORD.findall(_branch().sub(" ", rest))),
    )


@dataclass(frozen=True, slots=True)
class NamesSaying:
    """What names around a table, nearest first, say of its account together: `text`, the words put together; `at`, the
    nearest name that says anything; `several`: the nearest that names a bank names two, so that none is meant."""

    text: str
    at: int
    several: bool = False


def saying_of_names(names: Iterable[str], *, currency_tells: bool = False) -> NamesSaying | None:
    """The bank of the nearest name that tells one, with the kinds and currencies that it and the nearer ones say:
    `工商银行保证金` of 保证金10月.csv in a folder 工商银行. None if they say nothing of an account. `currency_tells`:
    a foreign currency alone is something."""
    nearer: list[tuple[int, str]] = []
    tells = False
    for at, name in enumerate(names):
        words, tail = account_words(name), stated_tail(name)
        if not (words.banks or words.kinds or words.currencies or tail):
            continue
        said = _said(name) + (f"尾号{tail}" if tail else "")
        if any(said == other for _, other in nearer):
            continue
        nearer.append((at, said))
        tells |= words.tell or tail is not None or (currency_tells and bool(words.currencies - {HOME}))
        if words.banks or tail:
            text = _together([said for _, said in reversed(nearer)])
            return NamesSaying(text, nearer[0][0], several=len(words.banks) > 1)
    if not nearer or not tells:
        return None
    return NamesSaying(_together([said for _, said in reversed(nearer)]), nearer[0][0])


def _together(texts: Sequence[str]) -> str:
    return " ".join(texts) if any(text.isascii() for text in texts) else "".join(texts)


def _said(text: str) -> str:
    """The known words of a text, put together."""
    return "".join(span.key for span in sorted(_spans(looked_through(text))) if _meaning(span)[0] != "number")


def _meaning(span: Span) -> tuple[str, str]:
    """What a word says; one that is no known word is the name of a bank."""
    return _meanings().get(span.key) or ("bank", _LATIN_BANK.sub("", span.key) or span.key)


def _spans(looked: LookedThrough) -> list[Span]:
    """The known words of a text. A text of small letters without blanks may have lost them: it is taken apart if it is
    made of known words alone."""
    if _RUN_TOGETHER.fullmatch(looked.text) and not looked.blanks:
        whole = _covering(looked.text)
        if whole is not None:
            return whole
    known = longest(_index().spans(looked))
    return [*known, *_other_banks(looked, known)]


def _covering(text: str) -> list[Span] | None:
    """The longest words, one after another, that make a text; None if they do not."""
    found: list[Span] = []
    at = 0
    while at < len(text):
        key = next((key for key in _longest_first() if text.startswith(key, at)), None)
        if key is None:
            return None
        found.append(Span(at, at + len(key), key))
        at += len(key)
    return found


@lru_cache(maxsize=1)
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_meanings(), key=lambda key: (-len(key), key)))


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[str, str]]:
    words = identity_words()
    found = {name: ("currency", code) for name, code in BESIDE_AMOUNT.items() if len(name) > 1}
    found |= {word: ("number", word) for word in words.own_number}
    found |= {word: ("account", word) for word in words.account}
    found |= {word: ("kind", kind) for kind, listed in words.account_kinds.items() for word in listed}
    found |= {word: ("bank", bank) for bank, listed in words.banks.items() for word in listed}
    return found


@lru_cache(maxsize=1)
def _index() -> NameIndex:
    return NameIndex(_meanings())


def _other_banks(looked: LookedThrough, known: Sequence[Span]) -> Iterator[Span]:
    """Banks that no list names, by the word for a bank with the two characters before it: 宁波银行, 余姚农商银行; in
    Latin letters with the word before it."""
    for match in _LATIN_NAME.finditer(looked.text):
        start = next((at for at in range(match.end() - 5, match.start(), -1) if at in looked.blanks), match.start())
        span = Span(start, match.end(), looked.text[start : match.end()])
        is_name = span.key[: -len("bank")] not in _no_names() and looked.holds(span)
        if is_name and all(span.end <= other.start or span.start >= other.end for other in known):
            yield span
    for word in identity_words().bank:
        start = -1 if word.isascii() else looked.text.find(word)
        while start >= 0:
            name = _BEFORE_BANK.search(looked.text[:start])
            span = Span(start - 2, start + len(word), (name[0] if name else "") + word)
            is_name = name is not None and name[0] not in _no_names()
            if is_name and all(span.end <= other.start or span.start >= other.end for other in known):
                yield span
                return
            start = looked.text.find(word, start + len(word))


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return frozenset(identity_words().no_bank_names)


@lru_cache(maxsize=1)
def _branch() -> re.Pattern[str]:
    chinese = "|".join(word for word in identity_words().branch if not word.isascii())
    latin = "|".join(re.escape(word) for word in identity_words().branch if word.isascii())
    return re.compile(rf"[\u4e00-\u9fff]{{0,10}}(?:{chinese})|(?:[a-z]{{1,20}} )?(?:{latin})")
