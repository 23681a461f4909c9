"""The lexicon of parts of words: `rules/words/parts.yaml`, loaded strictly, as numbers that compare fast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from auditor.documents.errors import WordTwice
from auditor.documents.word_parts.tokens import Tokens, is_latin, singular, tokens_of
from auditor.documents.words import read_words
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.resources import rules_folder
from auditor.strict_yaml import Marked, StrictModel, mapping_at, text_at, texts_at, unknown_word_at, value_at

_CLASSES = ("attributes", "objects", "qualifiers")
_CONCEPT = Text("concept", "概念")


class ConceptKind(StrictModel):
    """Concepts of one kind: name -> words. `any` stands for each of them, `alone` are the attributes that a header may
    mean which has none, `light` concepts weigh little."""

    any: str | None = None
    alone: list[str] = Field(default_factory=list)
    light: bool = False
    concepts: dict[str, list[str]]


class PartsFile(StrictModel):
    """`rules/words/parts.yaml`: see its first lines."""

    words: Literal["parts"]
    joints: list[str]
    attributes: dict[str, ConceptKind]
    objects: dict[str, ConceptKind]
    qualifiers: dict[str, ConceptKind]
    compounds: dict[str, list[str]] = Field(default_factory=dict)
    opposites: list[list[str]] = Field(default_factory=list)
    denials: list[str] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word says, as bits of concepts; `either` if it is an attribute or something else, not both."""

    bits: int
    either: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Concepts as bits of whole numbers, `names` in the order of the bits, and the words that say them.

    `attributes`, `objects`, `qualifiers` are the bits of each class, `light` those that weigh little, `denials` those
    that turn a meaning round; `specific` gives for the bit of an `any` the bits
    that it stands for; `alone` and `opposites` give for a bit the attribute that it means and what it excludes.
    """

    names: tuple[str, ...]
    titles: tuple[Text, ...]
    attributes: int
    objects: int
    qualifiers: int
    light: int
    denials: int
    specific: Mapping[int, int]
    alone: Mapping[int, tuple[int, ...]]
    opposites: Mapping[int, int]
    words: Mapping[Tokens, Meaning]
    singulars: Mapping[Tokens, Meaning]
    longest: int

    def meaning(self, tokens: Tokens) -> Meaning | None:
        """What a word says, as it stands or in the singular; None for one that is not known."""
        if len(tokens) > self.longest:
            return None
        found = self.words.get(tokens)
        if found is None and is_latin(tokens[-1]):
            return self.singulars.get(tuple(map(singular, tokens)))
        return found

    def named(self, bits: int) -> frozenset[str]:
        """The names of concepts."""
        return frozenset(self.names[at] for at in bits_of(bits))


def bits_of(bits: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that the program brings. Raises `WordsFileError`, all mistakes of the file."""
    return read_lexicon(rules_folder() / "words" / "parts.yaml")


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in a file. Raises `WordsFileError`: unknown keys and concepts, a word in two concepts of a class."""
    return _lexicon(read_words(path, PartsFile, _checked))


# --- the file as numbers ----------------------------------------------------------------------------------------------


def _lexicon(file: PartsFile) -> Lexicon:
    kinds = [kind for name in _CLASSES for kind in getattr(file, name).values()]
    spoken = {name: words for kind in kinds for name, words in kind.concepts.items()}
    bit = {name: 1 << at for at, name in enumerate(spoken)}
    opposites: dict[int, int] = {}
    for group in file.opposites:
        for one, other in combinations(group, 2):
            opposites[bit[one]] = opposites.get(bit[one], 0) | bit[other]
            opposites[bit[other]] = opposites.get(bit[other], 0) | bit[one]
    classes = [_bits(bit, (name for kind in getattr(file, each).values() for name in kind.concepts))
               for each in _CLASSES]  # fmt: skip
    words = _words(file, bit, classes[0])
    return Lexicon(
        names=tuple(spoken),
        titles=tuple(_title(name, each) for name, each in spoken.items()),
        attributes=classes[0],
        objects=classes[1],
        qualifiers=classes[2],
        light=_bits(bit, (name for kind in kinds if kind.light for name in kind.concepts)),
        denials=_bits(bit, file.denials),
        specific={bit[kind.any]: _bits(bit, kind.concepts) ^ bit[kind.any] for kind in kinds if kind.any},
        alone={
            bit[name]: tuple(bit[each] for each in kind.alone) for kind in kinds if kind.alone for name in kind.concepts
        },
        opposites=opposites,
        words=words,
        singulars=_singulars(words),
        longest=max(map(len, words)),
    )


def _bits(bit: Mapping[str, int], names: Any) -> int:
    return sum(bit[name] for name in names)


def _words(file: PartsFile, bit: Mapping[str, int], attributes: int) -> dict[Tokens, Meaning]:
    found = {tokens_of(word): Meaning(0) for word in file.joints}
    for each in _CLASSES:
        for kind in getattr(file, each).values():
            for name, words in kind.concepts.items():
                for tokens in map(tokens_of, words):
                    before = found.get(tokens)
                    either = before is not None and bool(before.bits & attributes) and not bit[name] & attributes
                    found[tokens] = Meaning(bit[name] | (before.bits if before else 0), either)
    for names, words in file.compounds.items():
        found.update((tokens_of(word), Meaning(_bits(bit, names.split()))) for word in words)
    return found


def _singulars(words: Mapping[Tokens, Meaning]) -> dict[Tokens, Meaning]:
    """The words in the singular; one that stands so goes before a plural that is a word of its own."""
    found = {tokens: meaning for tokens, meaning in words.items() if tokens == tuple(map(singular, tokens))}
    for tokens, meaning in words.items():
        found.setdefault(tuple(map(singular, tokens)), meaning)
    return found


def _title(name: str, words: list[str]) -> Text:
    chinese = next((word for word in words if not word.isascii()), name)
    return Text(next((word for word in words if word.isascii() and word[0].isalpha()), name), chinese)


# --- what no single value shows ---------------------------------------------------------------------------------------


def _checked(marked: Marked) -> Iterator[AuditorError]:
    data = marked.data
    concepts: dict[str, tuple[str | int, ...]] = {}
    of_classes: dict[Tokens, str] = {}
    for each in _CLASSES:
        spoken: dict[Tokens, str] = {}
        for kind in mapping_at(data, each):
            for name in mapping_at(data, each, kind, "concepts"):
                loc = (each, kind, "concepts", name)
                if name in concepts:
                    yield WordTwice(marked.place(loc, key=True), marked.text(loc), word=name, concept=loc[1],
                                    other=concepts[name][1])  # fmt: skip
                concepts.setdefault(name, loc)
                yield from _words_twice(marked, loc, name, spoken)
        of_classes |= spoken
    for names in mapping_at(data, "compounds"):
        yield from _words_twice(marked, ("compounds", names), names, of_classes)
        yield from _unknown(marked, ("compounds", names), names.split(), concepts)
    for at, group in enumerate(_listed(value_at(data, "opposites"))):
        yield from _unknown(marked, ("opposites", at), texts_at(group), concepts)
    yield from _unknown(marked, ("denials",), texts_at(data, "denials"), concepts)
    for each in _CLASSES:
        for kind in mapping_at(data, each):
            of_kind = mapping_at(data, each, kind, "concepts")
            yield from _unknown(marked, (each, kind, "any"), _given(data, each, kind, "any"), of_kind)
            attributes = [name for name, loc in concepts.items() if loc[0] == "attributes"]
            yield from _unknown(marked, (each, kind, "alone"), texts_at(data, each, kind, "alone"), attributes)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _given(data: Any, *loc: str) -> tuple[str, ...]:
    found = text_at(data, *loc)
    return () if found is None else (found,)


def _unknown(marked: Marked, loc: tuple[str | int, ...], names: Any, known: Any) -> Iterator[AuditorError]:
    yield from (unknown_word_at(marked, loc, name, known, _CONCEPT) for name in names if name not in known)


def _words_twice(
    marked: Marked, loc: tuple[str | int, ...], concept: str, spoken: dict[Tokens, str]
) -> Iterator[AuditorError]:
    for at, word in enumerate(texts_at(marked.data, *loc)):
        other = spoken.setdefault(tokens_of(word), concept)
        if other != concept:
            place = (*loc, at)
            yield WordTwice(marked.place(place), marked.text(place), word=word, concept=concept, other=other)
