"""What kind of paper a title names: a record type by its `titles`, or a known paper that no record type reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

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
        for name, record in self.names:
            if name == words:
                return PaperKind(record, part, True)
        if len("".join(words)) > 60:
            return None
        # what a paper is, its last word says: `purchase order invoice` is an invoice, `invoice register` is none
        for name, record in self.names:
            if len(name) < len(words) and words[-len(name) :] == name:
                return PaperKind(record, part, False)
        for name, record in self.names:
            if len(name) >= _TOLD and len(words) <= len(name) + _BESIDE and _holds(words, name):
                return PaperKind(record, part, False)
        return None


def _holds(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    """A title's words in normal form; header keys have no blanks, so these part words first."""
    keys = [header_key(each) for each in _BLANKS.split(text.replace("-", " ").strip())]
    return tuple(word for key in keys for word in _WORD.findall(key))


paper_titles = MadeOnce(PaperTitles.of)
