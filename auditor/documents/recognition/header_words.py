"""What a column's header offers: the roles of record types that its words name, whole or in part, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log2

from auditor.documents.headers import Unit, header_variants, unit_named, unit_of
from auditor.documents.recognition.hypotheses import Ground
from auditor.documents.vocabulary import LAST, Vocabulary
from auditor.documents.word_parts import DATE, LikenessIndex, LikenessKind, parts_of

EXACT, EQUAL = 1000, 900
_LEAST = 400  # per mille: what is less alike is no offer
_LATER = 15  # per mille that each farther text of a column is worth less


@dataclass(frozen=True, slots=True)
class Offer:
    """A column's header as a word of a role: `likeness` in thousandths, the text that says it, the unit taken off."""

    record: str
    role: str
    likeness: int
    ground: Ground
    text: str
    unit: Unit | None = None
    rank: int = 0

    def is_of(self, record: str, role: str) -> bool:
        return (self.record, self.role) == (record, role)


@dataclass(frozen=True, eq=False)
class HeaderWords:
    """The words of all roles, and what was found of each text: most tables of a folder have the same headers."""

    vocabulary: Vocabulary
    _known: dict[tuple[tuple[str, ...], str], tuple[Offer, ...]] = field(default_factory=dict)

    def offers(self, texts: Sequence[str], kind: str = "") -> tuple[Offer, ...]:
        """The roles that a column may have by the texts by which it may be known, best first; of a role the best.
        `kind`: what its values are (`DATE`, `AMOUNT`), so that `Received` over days says the day of receipt."""
        key = tuple(texts), kind
        if key not in self._known:
            self._known[key] = self._found(*key)
        return self._known[key]

    def may_mean(self, texts: Sequence[str], record: str, role: str) -> bool:
        """Whether none of the texts says the opposite of a role, or anything that its words do not say: the day of a
        claim for that of an invoice, the number of a file for that of a receipt."""
        own = self._index.concepts((record, role))
        return not self.denies(texts, record, role) and all(
            not parts.rest and parts.objects <= own and (parts.qualifiers <= own or DATE not in own)
            for parts in map(parts_of, texts)
        )

    def may_be(self, texts: Sequence[str], record: str, role: str) -> bool:
        """Whether what is known of the texts may be a role; words that nobody knows say nothing against it."""
        own = self._index.concepts((record, role))
        return not self.denies(texts, record, role) and all(
            parts.objects | parts.qualifiers <= own for parts in map(parts_of, texts)
        )

    def denies(self, texts: Sequence[str], record: str, role: str) -> bool:
        """Whether one of the texts says the opposite of a role."""
        found = (self._index.alike(text).get((record, role)) for text in texts)
        return any(each is not None and each.kind is LikenessKind.CONFLICT for each in found)

    def information(self, offers: Sequence[Offer], offer: Offer) -> int:
        """How much a header tells of the record type, in thousandths of a bit: few types know the word, or many."""
        knowing = {each.record for each in offers if each.likeness >= min(offer.likeness, EQUAL)}
        return int(1000 * log2(max(len(self.vocabulary.types), 1) / max(len(knowing), 1)))

    def _found(self, texts: tuple[str, ...], kind: str) -> tuple[Offer, ...]:
        best: dict[tuple[str, str], Offer] = {}
        for order, text in enumerate(texts):
            for each in self._of_text(text, order, kind):
                place = (each.record, each.role)
                if place not in best or best[place].likeness < each.likeness:
                    best[place] = each
        return tuple(sorted(best.values(), key=lambda each: (-each.likeness, each.record, each.role)))

    def _of_text(self, text: str, order: int, kind: str) -> list[Offer]:
        found = []
        for key, unit, quality in header_variants(text):
            for record, role, rank in self.vocabulary.words.get(key, ()):
                likeness = EXACT - quality * 10 - order * _LATER - (rank if rank < LAST else 300) // 10
                found.append(Offer(record, role, likeness, Ground.WORD, text, unit or unit_of(key), rank))
        known = {(each.record, each.role) for each in found}
        unit = unit_named(text)
        for (record, role), alike in self._index.alike(text, kind).items():
            if alike.value >= _LEAST and (record, role) not in known and record in self.vocabulary.types:
                ground = Ground.EQUAL_PARTS if alike.kind is not LikenessKind.PART else Ground.PART
                found.append(Offer(record, role, alike.value - order * _LATER, ground, text, unit))
        return found

    @cached_property
    def _index(self) -> LikenessIndex[tuple[str, str]]:
        return LikenessIndex.of_types(self.vocabulary.types)
