"""Two columns that state one change, what was and what is now: told by their headers as a pair, never one alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from auditor.documents.headers import header_key
from auditor.documents.recognition.header_words import EQUAL, Offer
from auditor.documents.recognition.hypotheses import Ground
from auditor.documents.words import change_words
from auditor.languages import Text
from auditor.records.model import RecordType

_FEWEST = 2  # columns that nobody knows, which may be the pair that a table of changes lacks
_SPLIT = re.compile(r"[A-Za-z]+|[^\sA-Za-z]+")


def paired_columns(headers: Sequence[str]) -> list[tuple[int, int]]:
    """The columns whose headers are a pair: (before, after), each column in the first pair that it makes."""
    found: list[tuple[int, int]] = []
    used: set[int] = set()
    for before, after in change_words().pairs:
        for at, header in enumerate(headers):
            rest = _without(header, before)
            if at in used or rest is None:
                continue
            free = (to for to in range(len(headers)) if to != at and to not in used)
            other = next((to for to in free if _without(headers[to], after) == rest), None)
            if other is not None:
                found.append((at, other))
                used |= {at, other}
    return found


def _without(header: str, word: str) -> str | None:
    """What a header says besides a word that stands at its beginning or end; None if it does not."""
    if word.isascii():
        words = [each.casefold() for each in _SPLIT.findall(header)]
        for at in (0, -1):
            if words and words[at] == word:
                return "".join(words[1:] if at == 0 else words[:-1])
        return None
    key = header_key(header)
    if key.startswith(word):
        return key.removeprefix(word)
    return key.removesuffix(word) if key.endswith(word) else None


def offers_of_change(record_type: RecordType, headers: Sequence[str]) -> Iterator[tuple[int, Offer]]:
    """What a table's pair of headers offers to a type whose records are changes: nothing where there are several."""
    change, pairs = record_type.change, paired_columns(headers)
    if change is None or len(pairs) != 1:
        return
    for at, role in zip(pairs[0], (change.before, change.after), strict=True):
        yield at, Offer(record_type.name, role, EQUAL, Ground.WORD, headers[at])


def doubts_of_change(record_type: RecordType, roles: Collection[str], unknown: int) -> list[Text]:
    """Why a table of changes is not sure: it has what was without what is now, or the other way round, or says what is
    changed and has neither, while `unknown` columns are left over."""
    change = record_type.change
    if change is None:
        return []
    ends = {change.before, change.after} & set(roles)
    lacking = [each for each in (change.before, change.after) if each not in ends]
    if len(lacking) == 1 or (lacking and change.of in roles and unknown >= _FEWEST):
        titles = [record_type.fields[each].title for each in lacking]
        en, zh = " and ".join(each.en.casefold() for each in titles), "、".join(each.zh for each in titles)
        return [Text(f"no column is known to be its {en}", f"未见{zh}一栏")]
    return []
