"""What kind of paper a title names: a record type by its `titles`, or a known paper that no record type reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from auditor.documents.headers import header_key
from auditor.documents.words import labelled_paper_words
from auditor.records.made_once import MadeOnce
from auditor.records.model import RecordType

COPY = "document_copy"
_PARTS = re.compile(r"\s*[/／|｜—–:：()（）\[\]【】]\s*|\s+-\s+")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[a-z]+|[^\W\d_a-z]|\d+")
_TOLD = 2  # words or ideographs of a name that tells inside a title
_BESIDE = 4  # words or ideographs that may stand around it


@dataclass(frozen=True, slots=True)
class PaperKind:
    """What a title names: `record`, a record type, or nothing for a known paper that no type reads; by which name.
    `whole`: the title says nothing else."""

    record: str
    name: str
    whole: bool


@dataclass(frozen=True)
class PaperTitles:
    """The names of papers by their words, longest first."""

    names: tuple[tuple[tuple[str, ...], str], ...]

    @staticmethod
    def of(types: Mapping[str, RecordType]) -> PaperTitles:
        """The titles that record types list, and the papers that are known and read by none."""
        found = {_words(title): each.name for each in types.values() for title in each.titles}
        for name in labelled_paper_words().known:
            found.setdefault(_words(name), "")
        ordered = sorted(found.items(), key=lambda item: (-sum(map(len, item[0])), item[0]))
        return PaperTitles(tuple(ordered))

    def kind(self, title: str) -> PaperKind | None:
        """The kind of paper that a title names, whole or in part: of `CUSTOMER INVOICE / REFERENCE COPY` its first
        part. A copy is what a title names if it names nothing else."""
        found = [each for part in _PARTS.split(title) if part and (each := self._of_part(part))]
        found.sort(key=lambda each: each.record == COPY)
        return found[0] if found else None

    def _of_part(self, part: str) -> PaperKind | None:
        words = _words(part)
        if words in self._places:
            return PaperKind(self.names[self._places[words]][1], part, True)
        if len("".join(words)) > 60:
            return None
        # what a paper is, its last word says: `purchase order invoice` is an invoice, `invoice register` is none
        found = self._first(words[at:] for at in range(1, len(words)))
        if found is None:
            found = self._first(
                words[at : at + length]
                for length in range(max(_TOLD, len(words) - _BESIDE), len(words) + 1)
                for at in range(len(words) - length + 1)
            )
        return None if found is None else PaperKind(self.names[found][1], part, False)

    def _first(self, parts: Iterable[tuple[str, ...]]) -> int | None:
        """The place of the first name that is one of some parts of a title."""
        return min((self._places[each] for each in parts if each in self._places), default=None)

    @cached_property
    def _places(self) -> dict[tuple[str, ...], int]:
        return {name: at for at, (name, _) in enumerate(self.names)}


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    """A title's words in normal form; header keys have no blanks, so these part words first."""
    keys = [header_key(each) for each in _BLANKS.split(text.replace("-", " ").strip())]
    return tuple(word for key in keys for word in _WORD.findall(key))


paper_titles = MadeOnce(PaperTitles.of)
