"""Which texts of a table are labels of totals or balances, one by one and in bulk.

What every label must hold is derived from the same words that make it one (`rules/words`), so that no word can be known
to one way of looking and not to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.headers import header_key
from auditor.documents.labels import LONGEST, balance_label, total_label
from auditor.documents.words import balance_words, total_words
from auditor.values.text import folded

Codes = npt.NDArray[np.int8]
KNOWN, LIKELY = 1, 2
_MOST_BYTES = 4  # of a character
_FEW = 1_000  # texts that are looked at one by one in less time than a regular expression takes to be made
_BLANK = "[\\s\\x{a0}\\x{1680}\\x{2000}-\\x{200d}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{2060}\\x{3000}\\x{feff}]"
_COMPATIBLE = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))


def names_no_record(text: str) -> bool:
    """Whether a text is the known label of a total or balance, so that no row that holds it is a record."""
    if len(text) > LONGEST or _core().search(header_key(text)) is None:
        return False
    return balance_label(text) is not None or total_label(text, groups=False) is not None


def _core_words() -> tuple[list[str], list[str]]:
    """The words of which every label holds one, and those of which it may hold one with a figure behind it."""
    totals, balances = total_words(), balance_words()
    words = {*totals.sum, *totals.part_sum, *totals.to_date, *balances.balance}
    words |= {*balances.opening.alone, *balances.closing.alone, *balances.opening.balance, *balances.closing.balance}
    counted = {*totals.count, *(word for scope in totals.scopes.values() for word in scope)}
    return sorted(words, key=lambda word: (-len(word), word)), sorted(counted)


@lru_cache(maxsize=1)
def _core() -> re.Pattern[str]:
    """What the normal form of every label holds."""
    words, counted = (map(re.escape, each) for each in _core_words())
    return re.compile(f"{'|'.join(words)}|(?:{'|'.join(counted)})[:#/()-]*共?\\d")


@lru_cache(maxsize=1)
def _core_in_bulk() -> str:
    """What every label holds as it is written, in any case and width and with blanks inside, for RE2."""
    words, counted = (list(map(_spaced, each)) for each in _core_words())
    figure = f"(?:{'|'.join(counted)})(?:{_BLANK}|[:：#/()（）-])*(?:共{_BLANK}*)?[0-9０-９]"
    return "(?i)" + "|".join((*words, figure))


def _spaced(word: str) -> str:
    """A word in RE2 with blanks allowed between its letters."""
    return f"{_BLANK}*".join(_letter(letter) for letter in word)


def _letter(letter: str) -> str:
    like = _compatible().get(letter, "")
    return f"[{re.escape(letter)}{like}]" if like else re.escape(letter)


@lru_cache(maxsize=1)
def _compatible() -> Mapping[str, str]:
    """For each character those that `folded` makes it of: full width, radicals, compatibility ideographs."""
    found: dict[str, str] = {}
    for code in (code for first, last in _COMPATIBLE for code in range(first, last + 1)):
        plain = folded(chr(code)).casefold()
        if len(plain) == 1 and plain != chr(code):
            found[plain] = found.get(plain, "") + chr(code)
    return found


def maybe_labels(texts: Sequence[pa.Array]) -> list[Codes]:
    """For some arrays of distinct texts which of them are labels (KNOWN, LIKELY: it ends like a total): the rows that
    hold these are looked at one by one. Of many texts a regular expression leaves few over to be looked at."""
    count = sum(map(len, texts))
    together = pa.concat_arrays(texts) if texts else pa.array([], pa.string())
    asked: Iterable[int] = range(count)
    if count > _FEW:
        short = pc.less_equal(pc.binary_length(together), LONGEST * _MOST_BYTES)
        hits = pc.and_(short, pc.match_substring_regex(together, _core_in_bulk()))
        asked = pc.indices_nonzero(pc.fill_null(hits, False)).to_pylist()
        few = together.take(pa.array(asked, pa.int64())).to_pylist()
    else:
        few = together.to_pylist()
    found = np.zeros(count, dtype=np.int8)
    for at, text in zip(asked, few, strict=True):
        if text and names_no_record(text):
            found[at] = KNOWN
        elif text and total_label(text) is not None:
            found[at] = LIKELY
    return np.split(found, np.cumsum([len(each) for each in texts])[:-1]) if texts else []
