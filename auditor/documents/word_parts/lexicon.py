"""The lexicon of parts of words: `rules/words/parts.yaml` as numbers that compare fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from auditor.documents.word_parts.parts_file import CLASSES, PartsFile, read_parts
from auditor.documents.word_parts.tokens import Tokens, is_latin, singular, tokens_of
from auditor.languages import Text
from auditor.resources import rules_folder

_ATTRIBUTE, _OBJECT, _QUALIFIER, _LIGHT = 4, 3, 2, 1  # what a concept of each class weighs


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word says, as bits of concepts; `either` if it is an attribute or something else (or nothing), not
    both."""

    bits: int
    either: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Concepts as bits of whole numbers, `names` in the order of the bits, and the words that say them.

    `attributes`, `objects`, `qualifiers` are the bits of each class, `denials` those that turn a meaning round;
    `weights` are what the concepts of each mask weigh. `specific` gives for the bit of an `any` the bits that it stands
    for, `broad` are all these; `alone` and `may` give for a bit the attributes that it means or may mean, `opposites`
    what it excludes, `reversible` beside what it does not.
    """

    names: tuple[str, ...]
    titles: tuple[Text, ...]
    attributes: int
    objects: int
    qualifiers: int
    denials: int
    broad: int
    weights: tuple[tuple[int, int], ...]
    specific: Mapping[int, int]
    alone: Mapping[int, tuple[int, ...]]
    may: Mapping[int, int]
    opposites: Mapping[int, int]
    reversible: Mapping[int, int]
    words: Mapping[Tokens, Meaning]
    singulars: Mapping[Tokens, Meaning]
    lengths: Mapping[str, int]
    simplified: Mapping[str, str]

    def longest(self, token: str) -> int:
        """How many tokens the longest word has that begins with this one; 0 if none does."""
        return max(self.lengths.get(token, 0), self.lengths.get(singular(token), 0))

    def meaning(self, tokens: Tokens) -> Meaning | None:
        """What a word says, as it stands or in the singular; None for one that is not known."""
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
    return _lexicon(read_parts(path))


# --- the file as numbers ----------------------------------------------------------------------------------------------


def _lexicon(file: PartsFile) -> Lexicon:
    kinds = [kind for of_class in CLASSES for kind in file.kinds(of_class)]
    spoken = {name: words for kind in kinds for name, words in kind.concepts.items()}
    bit = {name: 1 << at for at, name in enumerate(spoken)}
    attributes, objects, qualifiers = (
        _bits(bit, (name for kind in file.kinds(of_class) for name in kind.concepts)) for of_class in CLASSES
    )
    light = _bits(bit, (name for kind in kinds if kind.light for name in kind.concepts))
    words = _words(file, bit, attributes)
    specific = {bit[kind.any]: _bits(bit, kind.concepts) ^ bit[kind.any] for kind in kinds if kind.any}
    weights = ((_ATTRIBUTE, attributes & ~light), (_OBJECT, objects & ~light), (_QUALIFIER, qualifiers & ~light),
               (_LIGHT, light))  # fmt: skip
    return Lexicon(
        names=tuple(spoken),
        titles=tuple(_title(name, each) for name, each in spoken.items()),
        attributes=attributes,
        objects=objects,
        qualifiers=qualifiers,
        denials=_bits(bit, file.denials),
        broad=sum(specific),
        weights=weights,
        specific=specific,
        alone={
            bit[name]: tuple(bit[each] for each in kind.alone) for kind in kinds if kind.alone for name in kind.concepts
        },
        may={bit[name]: _bits(bit, kind.may) for kind in kinds if kind.may for name in kind.concepts},
        opposites=_opposites(bit, file.opposites),
        reversible={bit[name]: _bits(bit, each.beside) for each in file.reversible for name in each.concepts},
        words=words,
        singulars=_singulars(words),
        lengths=_lengths(words),
        simplified=file.traditional,
    )


def _bits(bit: Mapping[str, int], names: Iterable[str]) -> int:
    return sum(bit[name] for name in names)


def _opposites(bit: Mapping[str, int], groups: Iterable[Sequence[str]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for group in groups:
        for one, other in combinations(group, 2):
            found[bit[one]] = found.get(bit[one], 0) | bit[other]
            found[bit[other]] = found.get(bit[other], 0) | bit[one]
    return found


def _words(file: PartsFile, bit: Mapping[str, int], attributes: int) -> dict[Tokens, Meaning]:
    found = {tokens_of(word): Meaning(0) for word in file.joints}
    for of_class in CLASSES:
        for kind in file.kinds(of_class):
            for name, words in kind.concepts.items():
                for tokens in map(tokens_of, words):
                    before = found.get(tokens)
                    said = before.bits if before else 0
                    # an attribute and, of another class or as a joint, something else
                    either = before is not None and bool(said & attributes) != bool(bit[name] & attributes)
                    found[tokens] = Meaning(said | bit[name], either)
    for names, words in file.compounds.items():
        found.update((tokens_of(word), Meaning(_bits(bit, names.split()))) for word in words)
    return found


def _singulars(words: Mapping[Tokens, Meaning]) -> dict[Tokens, Meaning]:
    """The words in the singular; one that stands so goes before a plural that is a word of its own."""
    found = {tokens: meaning for tokens, meaning in words.items() if tokens == tuple(map(singular, tokens))}
    for tokens, meaning in words.items():
        found.setdefault(tuple(map(singular, tokens)), meaning)
    return found


def _lengths(words: Mapping[Tokens, Meaning]) -> dict[str, int]:
    found: dict[str, int] = {}
    for tokens in words:
        for first in (tokens[0], singular(tokens[0])):
            found[first] = max(found.get(first, 0), len(tokens))
    return found


def _title(name: str, words: list[str]) -> Text:
    chinese = next((word for word in words if not word.isascii()), name)
    return Text(next((word for word in words if word.isascii() and word[0].isalpha()), name), chinese)
