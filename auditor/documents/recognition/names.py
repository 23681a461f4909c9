"""What the names around a table call it: lines above it, its sheet, its file, folders, nearest first.

A name speaks for the record types of which it holds a name; where a longer name of another type holds that name
(承运商对账单 holds 对账单), only the longer one speaks. The nearest name that says anything weighs most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.documents.headers import header_key
from auditor.documents.words import paper_words
from auditor.records.model import RecordType

_WEIGHTS = (1000, 950, 850, 600)  # of a line above, the sheet, the file, the folders
PAPER = "<paper>"  # stands for the papers that no record type is of
_LETTERS = 3  # of a name in Latin letters, at least
_NEAR = 3  # names that are the table's own: the line above, the sheet, the file
_FIRST = 2  # letters by which a name is looked up; no name is shorter


@dataclass(frozen=True, slots=True)
class NameFit:
    """How well the names around speak for a type, 0 to 1000, and the name and text that do."""

    fit: int
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class NamesOfTypes:
    """All names of record types in normal form, longest first, with the types that go by each. `starting` finds those
    that may stand in a text: their places by their first letters."""

    names: tuple[tuple[str, tuple[str, ...]], ...]
    starting: Mapping[str, tuple[int, ...]]

    @staticmethod
    def of(types: Mapping[str, RecordType]) -> NamesOfTypes:
        """The names of some record types: those that they list, and their titles."""
        found: dict[str, list[str]] = {}
        for record in types.values():
            for name in dict.fromkeys((*record.names, record.title.zh, record.title.en)):
                key = header_key(name)
                if len(key) >= (2 if not key.isascii() else _LETTERS):
                    found.setdefault(key, []).append(record.name)
        for key in paper_words().names:
            found.setdefault(key, []).append(PAPER)
        ordered = sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
        names = tuple((key, tuple(dict.fromkeys(records))) for key, records in ordered)
        starting: dict[str, list[int]] = {}
        for at, (key, _) in enumerate(names):
            starting.setdefault(key[:_FIRST], []).append(at)
        return NamesOfTypes(names, {letters: tuple(places) for letters, places in starting.items()})

    def fits(self, names: Sequence[str]) -> dict[str, NameFit]:
        """How well the names around a table, nearest first, speak for each record type; only those that some name
        speaks for."""
        found: dict[str, NameFit] = {}
        told = 0
        for text, weight in zip(names, _WEIGHTS, strict=False):
            called = self._called(header_key(text))
            longest = max((len(name) for name in called.values()), default=0)
            for record, name in called.items():
                fit = (weight - told) * (500 + 500 * len(name) // longest) // 1000
                before = found.get(record)
                if fit > 0 and (before is None or fit > before.fit):
                    found[record] = NameFit(fit, name, text)
            if called:
                told = min(told + weight // 3, 700)
        return found

    def calls_another(self, names: Sequence[str], record: str) -> bool:
        """Whether the nearest name of a table that says what it is names other types, or calls it a list or a register
        of something that no record type is."""
        for text in names[:_NEAR]:
            called = self._called(header_key(text))
            if called:
                return record not in called
            if any(word in header_key(text) for word in paper_words().lists):
                return True
        return False

    def _called(self, text: str) -> dict[str, str]:
        """The types that a text names, each with the longest of its names that no longer name of another holds."""
        covered = [False] * len(text)
        called: dict[str, str] = {}
        pieces = {text[at : at + _FIRST] for at in range(len(text))}
        for at in sorted(at for piece in pieces for at in self.starting.get(piece, ())):
            name, records = self.names[at]
            start = text.find(name)
            while start >= 0:
                spans = covered[start : start + len(name)]
                if _whole(text, start, len(name)) and not all(spans):
                    covered[start : start + len(name)] = [True] * len(name)
                    for record in records:
                        called.setdefault(record, name)
                    break
                start = text.find(name, start + 1)
        return called


def _whole(text: str, start: int, length: int) -> bool:
    """Whether a name in Latin letters stands for itself: `pod` in `pod log`, not in `tripod`. Header keys have no
    blanks, so only the letters at its beginning and end of a short name are looked at."""
    piece = text[start : start + length]
    if not piece.isascii() or length > 5:
        return True
    before, after = text[start - 1 : start], text[start + length : start + length + 1]
    return not (before.isascii() and before.isalpha()) and not (after.isascii() and after.isalpha())
