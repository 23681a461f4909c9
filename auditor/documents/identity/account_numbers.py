"""Account numbers inside texts: with blanks and dashes between their digits, masked, or the last digits alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from auditor.documents.words import identity_words
from auditor.values.text import clean_cell, folded

LEAST = 8  # digits of a number that is an account's by its looks
TAIL = 4  # digits by which people tell accounts apart
_MOST_GROUPS = 9
_UNGROUPED = 10  # digits in one piece: who writes so puts no blank before the last ones
_SERIAL = 2  # digits
_MASK = r"[*xX•●…]|\.{2,}"
_GROUPS = re.compile(r"[0-9]+")
# digits in groups, with one blank or dash between two; no part of a longer word, of an amount or of a decimal
_NUMBER = re.compile(r"(?<![0-9A-Za-z.,])[0-9]+(?:(?: ?- ?| )[0-9]+)*(?![0-9A-Za-z]|[.,][0-9])")
_ALONE, _ENDED = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
_IBAN = re.compile(rf"{_ALONE}[A-Za-z]{{2}}[0-9]{{2}}(?: ?[0-9A-Za-z]{{4}}){{2,7}}(?: ?[0-9A-Za-z]{{1,3}})?{_ENDED}")
_LETTERED = re.compile(rf"{_ALONE}[A-Z]{{2,4}}[0-9]{{8,}}{_ENDED}")
_BEGIN, _END = r"(?P<begin>[0-9][0-9 -]{0,24}[0-9])", r"(?P<end>[0-9]{3,})"
_MASKED = re.compile(rf"{_ALONE}{_BEGIN}?[ -]?(?:(?:{_MASK})[ -]?){{1,30}}{_END}{_ENDED}")
_DAY = r"(?:19|20)[0-9]{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:19|20)[0-9]{2}[ -]?(?:0[1-9]|1[0-2])"
_TIMES = re.compile(rf"(?:{_DAY}|{_MONTH})(?: ?- ?| )*(?:{_DAY}|{_MONTH}|[0-9]{{1,6}})?")
_TELEPHONE = re.compile(r"0[0-9]{2,3} ?- ?[0-9]{7,8}")
_ANYTHING = re.compile(r".*", re.DOTALL)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number as a text shows it. Of a masked one `begin` and `end` are known; of a whole one `whole`."""

    whole: str = ""
    begin: str = ""
    end: str = ""
    start: int = 0
    stop: int = 0

    def fits(self, number: str) -> bool:
        """Whether a whole number may be the one that is shown."""
        if self.whole:
            return number == self.whole
        longer = len(number) > len(self.begin) + len(self.end)
        return longer and number.endswith(self.end) and number.startswith(self.begin)


def account_number(text: str) -> str:
    """A number without blanks and dashes, in capitals: the form in which numbers of accounts are compared."""
    return re.sub(r"[\s\-]+", "", folded(clean_cell(text))).upper()


@lru_cache(maxsize=20_000)
def shown_numbers(text: str) -> tuple[ShownNumber, ...]:
    """The numbers in a text that by their looks are accounts': eight digits and more, grouped or not, an IBAN, or
    masked with its last digits. Days, months and extents of them are none, nor are amounts."""
    plain = folded(text)
    found = [_whole(match) for pattern in (_IBAN, _LETTERED) for match in pattern.finditer(plain)]
    for match in _NUMBER.finditer(plain):
        found += [_whole(each) for each in _own_numbers(plain, match.start(), match.end())]
    found += [
        ShownNumber("", account_number(match["begin"] or ""), match["end"], match.start(), match.end())
        for match in _MASKED.finditer(plain)
    ]
    taken: list[ShownNumber] = []
    for each in sorted(found, key=lambda each: (each.start - each.stop, each.start)):
        if all(each.stop <= other.start or each.start >= other.stop for other in taken):
            taken.append(each)
    return tuple(sorted(taken, key=lambda each: each.start))


def _whole(match: re.Match[str]) -> ShownNumber:
    return ShownNumber(account_number(match[0]), start=match.start(), stop=match.end())


def _own_numbers(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """A run of groups of digits as a number: the groups that are days and months at its ends are none of it."""
    groups = list(_GROUPS.finditer(text, start, stop))
    while groups and _TIMES.fullmatch(text, groups[0].start(), groups[-1].end()) is None:
        if len(groups) > 1 and _TIMES.fullmatch(groups[-1][0]):
            groups.pop()
        elif len(groups) > 1 and _TIMES.fullmatch(groups[0][0]):
            groups.pop(0)
        else:
            break
    if len(groups) == 2 and len(groups[0][0]) >= _UNGROUPED and len(groups[1][0]) <= _SERIAL:
        groups.pop()  # a whole number and the number of its file
    if not groups or _TIMES.fullmatch(text, groups[0].start(), groups[-1].end()):
        return
    whole = _ANYTHING.fullmatch(text, groups[0].start(), groups[-1].end())
    if whole is None or _TELEPHONE.fullmatch(whole[0]):
        return
    if sum(each.isdigit() for each in whole[0]) >= LEAST:
        yield whole


@lru_cache(maxsize=20_000)
def joined_groups(text: str) -> tuple[str, ...]:
    """Every number that neighbouring groups of digits of a text make, for comparison with numbers that are known."""
    plain = folded(text)
    found: dict[str, None] = {}
    for match in _IBAN.finditer(plain):
        found[account_number(match[0])] = None
    for match in _LETTERED.finditer(plain):
        found[account_number(match[0])] = None
    for run in re.finditer(r"(?<![0-9A-Za-z])[0-9]+(?:[ -][0-9]+)*(?![0-9A-Za-z])", plain):
        groups = _GROUPS.findall(run[0])
        for first in range(len(groups)):
            for last in range(first + 1, min(len(groups), first + _MOST_GROUPS) + 1):
                found["".join(groups[first:last])] = None
    return tuple(found)


@lru_cache(maxsize=20_000)
def stated_tail(text: str, *, cell: bool = False) -> str | None:
    """The last digits by which a text names an account: `尾号4471`, `A/C ending 4471`, `工行5678`, `CCB (5678)`.

    Behind a name four digits count that are no year; in a `cell` of accounts the digits alone do as well.
    """
    plain = folded(text).casefold()
    match = _tail_word().search(plain) or _behind_bank().search(plain)
    if match and not (match.re is _behind_bank() and _YEAR.fullmatch(match["tail"]) and not cell):
        return match["tail"]
    alone = plain.strip(" ()#.-_/")
    return alone if cell and alone.isdigit() and TAIL <= len(alone) < LEAST else None


@lru_cache(maxsize=1)
def _tail_word() -> re.Pattern[str]:
    words = "|".join(r"\s*".join(map(re.escape, word)) for word in identity_words().tail)
    between = r"\s*(?:digits|四位)?\s*[:：是为#.(（-]*\s*(?:in|with)?\s*"
    return re.compile(rf"(?:{words}){between}(?P<tail>[0-9]{{3,6}})(?![0-9])")


@lru_cache(maxsize=1)
def _behind_bank() -> re.Pattern[str]:
    words = identity_words()
    banks = {word for names in words.banks.values() for word in names} | set(words.bank) | set(words.branch)
    kinds = {word for names in words.account_kinds.values() for word in names} | set(words.account)
    listed = "|".join(map(re.escape, sorted(banks | kinds, key=lambda word: (-len(word), word))))
    return re.compile(rf"(?:{listed})\s*[-_#(（]?\s*(?P<tail>[0-9]{{4}})(?![0-9年月/.]|-[0-9])")
