"""Which account a text means: by its number, masked or last digits, its names, or the words for bank and kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from auditor.documents.identity.account_numbers import LEAST, account_number, joined_groups, shown_numbers, stated_tail
from auditor.documents.identity.account_words import FOREIGN, HOME, AccountWords, account_words
from auditor.documents.identity.names import bare_key, full_key, stated_names
from auditor.documents.identity.texts import NameIndex, Span, longest, looked_through
from auditor.documents.words import identity_words

Account = TypeVar("Account", bound=Hashable)
_NUMBER = re.compile(r"[A-Z]{0,4}[0-9][0-9A-Z]{5,33}")
_LONG = 4  # characters of a name of an account that is found in the midst of a text that should be one
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass
class _Facts:
    """What is known of one account."""

    numbers: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    banks: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    currency: str | None = None
    bank_text: str = ""


class AccountIndex(Generic[Account]):
    """The accounts that are known, by everything that may name one."""

    def __init__(
        self,
        names: Iterable[tuple[Account, str]],
        banks: Mapping[Account, str],
        currencies: Mapping[Account, str],
    ) -> None:
        self._facts: dict[Account, _Facts] = {}
        for account, text in names:
            facts = self._facts.setdefault(account, _Facts())
            for each in stated_names(text):
                _learn(facts, each)
        for account, text in banks.items():
            if account in self._facts:
                self._facts[account].bank_text = text
                self._facts[account].banks |= account_words(text).banks
        for account, code in currencies.items():
            if account in self._facts:
                self._facts[account].currency = code
        self._numbers: dict[str, dict[Account, None]] = {}
        self._names: dict[str, dict[Account, None]] = {}
        for account, facts in self._facts.items():
            for number in facts.numbers:
                self._numbers.setdefault(number, {})[account] = None
            for name in facts.names:
                self._names.setdefault(name, {})[account] = None
        self._index = NameIndex(name for name in self._names if len(name) > 1)

    def named(self, text: str) -> tuple[Account, ...]:
        """The accounts that a cell of accounts means. Words count only where the text says nothing else."""
        by_number = self._by_number(text, cell=True)
        if by_number is not None:
            return by_number
        looked = looked_through(text)
        spans = [span for span in longest(self._index.spans(looked)) if span.length >= _LONG]
        words = self._with_banks(account_words(text))
        found = {account: None for span in spans for account in self._agreeing(span, words)}
        return tuple(found) or self._by_words(words, bare=True)

    def inside(self, text: str) -> tuple[Account, ...]:
        """The accounts that a title, or the name of a sheet or file, names in whatever stands around."""
        by_number = self._by_number(text, cell=False)
        if by_number is not None:
            return by_number
        looked = looked_through(text)
        words = self._with_banks(account_words(text))
        found: dict[Account, None] = {}
        for span in longest(self._index.spans(looked)):
            found |= self._agreeing(span, words)
        return tuple(found) or self._by_words(words, bare=False)

    def _agreeing(self, span: Span, words: AccountWords) -> dict[Account, None]:
        """The accounts of a name that stands in a text of these words, without those which another word there denies:
        the margin account of a bank is not meant by the name of the bank."""
        return {account: None for account in self._names[span.key] if not _is_denied(self._facts[account], words)}

    def _by_number(self, text: str, *, cell: bool) -> tuple[Account, ...] | None:
        """The accounts whose numbers, or the ends of them, a text shows; () if it shows a number of none; None if it
        shows no number."""
        found: dict[Account, None] = {}
        for number in joined_groups(text):
            found |= self._numbers.get(number, {})
        if found:
            return tuple(found | self._named_otherwise(text, found)) if cell else tuple(found)
        shown = shown_numbers(text)
        if shown:
            masked = [each for each in shown if not each.whole]
            return self._with_numbers(lambda number: any(each.fits(number) for each in masked))
        tail = stated_tail(text, cell=cell)
        if tail is None:
            return None
        ending = self._with_numbers(lambda number: number.endswith(tail))
        said = self._fitting(account_words(text))
        return tuple(account for account in ending if account in said) or ending

    def _with_numbers(self, fits: Callable[[str], bool]) -> tuple[Account, ...]:
        return tuple(dict.fromkeys(each for number, owners in self._numbers.items() if fits(number) for each in owners))

    def _named_otherwise(self, text: str, found: Mapping[Account, None]) -> dict[Account, None]:
        """The other account of which the letters of a text are the name, whatever number stands beside them."""
        letters = "".join(_LETTERS.findall(text))
        others = self._names.get(full_key(letters), {})
        return dict(others) if len(others) == 1 and not set(others) & set(found) else {}

    def _with_banks(self, words: AccountWords) -> AccountWords:
        """The words with the names of banks that only these accounts have: `Elmwood`, if a list knows Elmwood Bank."""
        banks = {bank for facts in self._facts.values() for bank in facts.banks}
        mine = [word for word in words.rest.split() if word in banks]
        rest = " ".join(word for word in words.rest.split() if word not in banks)
        return replace(words, banks=words.banks | set(mine), rest=rest) if mine else words

    def _by_words(self, words: AccountWords, *, bare: bool) -> tuple[Account, ...]:
        tell = words.tell or (bare and bool(words.currencies))
        if not tell or (bare and words.rest):
            return ()
        return tuple(self._fitting(words))

    def _fitting(self, words: AccountWords) -> dict[Account, None]:
        """The accounts that words for bank, kind, currency and branch fit, and that none of them contradicts."""
        fitting = dict(self._facts)
        if words.banks:
            fitting = {account: facts for account, facts in fitting.items() if facts.banks & words.banks}
        if words.kinds:
            said = {account: facts for account, facts in fitting.items() if _is_of_kind(facts, words.kinds)}
            silent = {account: facts for account, facts in fitting.items() if not facts.kinds}
            fitting = said or (silent if words.banks and not words.unusual else {})
        elif len(fitting) > 1:  # the bank alone means no account of a kind of its own
            fitting = {account: facts for account, facts in fitting.items() if not _is_special(facts)} or fitting
        fitting = {account: facts for account, facts in fitting.items() if not _is_denied(facts, words)}
        if words.branches and len(fitting) > 1:
            there = {
                account: facts for account, facts in fitting.items()
                if any(branch in full_key(facts.bank_text) for branch in words.branches)
            }  # fmt: skip
            fitting = there or fitting
        fitting = {account: facts for account, facts in fitting.items() if not _elsewhere(facts, words)}
        return dict.fromkeys(fitting)


def _learn(facts: _Facts, text: str) -> None:
    """What one name of an account says of it."""
    number = account_number(text)
    if _NUMBER.fullmatch(number):
        facts.numbers[number] = None
        return
    for shown in shown_numbers(text):
        if shown.whole and len(shown.whole) >= LEAST:
            facts.numbers[shown.whole] = None
    for key in (full_key(text), bare_key(text)):
        facts.names[key] = None
    words = account_words(text)
    facts.banks |= words.banks
    facts.kinds |= words.kinds
    if facts.currency is None and len(words.currencies) == 1:
        facts.currency = next(iter(words.currencies))


def _is_denied(facts: _Facts, words: AccountWords) -> bool:
    """Whether words say a bank, a kind or a currency that an account is not of. One of which nothing else is known is
    an ordinary one in the currency of the country; a text that names two banks means the account of neither."""
    if words.banks and facts.banks and not words.banks <= facts.banks:
        return True
    currency = facts.currency or (None if FOREIGN in facts.kinds else HOME)
    if words.currencies and currency is not None and currency not in words.currencies:
        return True
    unusual = words.unusual
    return bool(unusual) and not _is_of_kind(facts, unusual)


def _is_special(facts: _Facts) -> bool:
    """Whether an account is of a kind of its own, or known by words alone that say a foreign currency."""
    unusual = bool(frozenset(facts.kinds).difference(identity_words().usual_kinds))
    return unusual or (not facts.numbers and facts.currency not in (None, HOME))


def _elsewhere(facts: _Facts, words: AccountWords) -> bool:
    """Whether a text names a branch in another place than the list does: no two characters of the two are alike."""
    theirs, mine = account_words(facts.bank_text).branches, words.branches
    if not theirs or not mine:
        return False
    pairs = [{place[at : at + 2] for at in range(len(place) - 2)} for place in ("".join(theirs), "".join(mine))]
    return all(pairs) and not pairs[0] & pairs[1]


def _is_of_kind(facts: _Facts, kinds: frozenset[str]) -> bool:
    foreign = FOREIGN in kinds and facts.currency not in (None, HOME)
    return bool(facts.kinds & kinds) or foreign


