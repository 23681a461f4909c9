"""`rules/words/parts.yaml` as a file: what it may say, and what no single value of it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from auditor.documents.errors import WordTwice
from auditor.documents.word_parts.tokens import Tokens, tokens_of
from auditor.documents.words import read_words
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.strict_yaml import Marked, StrictModel, mapping_at, text_at, texts_at, unknown_word_at, value_at

CLASSES = ("attributes", "objects", "qualifiers")
_CONCEPT = Text("concept", "概念")
Loc = tuple[str | int, ...]
Character = Annotated[str, Field(min_length=1, max_length=1)]


class ConceptKind(StrictModel):
    """Concepts of one kind: name -> words. `any` stands for each of them, `alone` are the attributes that a header
    means which has none, the likeliest first, `may` those that it may mean; `light` concepts weigh little."""

    any: str | None = None
    alone: list[str] = Field(default_factory=list)
    may: list[str] = Field(default_factory=list)
    light: bool = False
    concepts: dict[str, list[str]]


class Reversible(StrictModel):
    """Opposites that exclude nothing where the header and the field both say one of `beside`."""

    concepts: list[str]
    beside: list[str]


class PartsFile(StrictModel):
    """The file's keys: see its first lines."""

    words: Literal["parts"]
    joints: list[str]
    attributes: dict[str, ConceptKind]
    objects: dict[str, ConceptKind]
    qualifiers: dict[str, ConceptKind]
    compounds: dict[str, list[str]] = Field(default_factory=dict)
    opposites: list[list[str]] = Field(default_factory=list)
    reversible: list[Reversible] = Field(default_factory=list)
    denials: list[str] = Field(default_factory=list)
    traditional: dict[Character, Character] = Field(default_factory=dict)

    def kinds(self, of_class: str) -> list[ConceptKind]:
        """The kinds of one of `CLASSES`, in the order of the file."""
        found: dict[str, ConceptKind] = getattr(self, of_class)
        return list(found.values())


def read_parts(path: Path) -> PartsFile:
    """The file. Raises `WordsFileError`: unknown keys and concepts, a word or a concept in two places of a class."""
    return read_words(path, PartsFile, _checked)


def _checked(marked: Marked) -> Iterator[AuditorError]:
    concepts: dict[str, Loc] = {}
    spoken: dict[Tokens, str] = {}
    for of_class in CLASSES:
        yield from _checked_class(marked, of_class, concepts, spoken)
    data = marked.data
    for names in mapping_at(data, "compounds"):
        yield from _words_twice(marked, ("compounds", names), names, spoken)
        yield from _unknown(marked, ("compounds", names), names.split(), concepts)
    lists: list[Loc] = [("opposites", at) for at in range(_size(data, "opposites"))]
    lists += [("reversible", at, key) for at in range(_size(data, "reversible")) for key in ("concepts", "beside")]
    for loc in (*lists, ("denials",)):
        yield from _unknown(marked, loc, texts_at(data, *loc), concepts)
    attributes = [name for name, loc in concepts.items() if loc[0] == "attributes"]
    for of_class in CLASSES:
        for kind in mapping_at(data, of_class):
            stands = text_at(data, of_class, kind, "any")
            of_kind = mapping_at(data, of_class, kind, "concepts")
            yield from _unknown(marked, (of_class, kind, "any"), (stands,) if stands else (), of_kind)
            for key in ("alone", "may"):
                loc = (of_class, kind, key)
                yield from _unknown(marked, loc, texts_at(data, *loc), attributes)


def _checked_class(
    marked: Marked, of_class: str, concepts: dict[str, Loc], spoken: dict[Tokens, str]
) -> Iterator[AuditorError]:
    """Concepts of the names that others have, words that another concept of the class has; both are taken down."""
    own: dict[Tokens, str] = {}
    for kind in mapping_at(marked.data, of_class):
        for name in mapping_at(marked.data, of_class, kind, "concepts"):
            loc = (of_class, kind, "concepts", name)
            first = concepts.setdefault(name, loc)
            if first != loc:
                place = marked.place(loc, key=True)
                yield WordTwice(place, marked.text(loc), word=name, concept=kind, other=first[1])
            yield from _words_twice(marked, loc, name, own)
    spoken |= own


def _size(data: object, key: str) -> int:
    found = value_at(data, key)
    return len(found) if isinstance(found, list) else 0


def _unknown(marked: Marked, loc: Loc, names: Iterable[str], known: Iterable[str]) -> Iterator[AuditorError]:
    yield from (unknown_word_at(marked, loc, name, known, _CONCEPT) for name in names if name not in known)


def _words_twice(marked: Marked, loc: Loc, concept: str, spoken: dict[Tokens, str]) -> Iterator[AuditorError]:
    for at, word in enumerate(texts_at(marked.data, *loc)):
        other = spoken.setdefault(tokens_of(word), concept)
        if other != concept:
            place = (*loc, at)
            yield WordTwice(marked.place(place), marked.text(place), word=word, concept=concept, other=other)
