"""A table as evidence: what its columns offer and hold, what stands around it, and what the folder knows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from auditor.documents.identity.holders import is_holder
from auditor.documents.identity.keys import ACCOUNT
from auditor.documents.recognition.arithmetic import Figures
from auditor.documents.recognition.changes import offers_of_change
from auditor.documents.recognition.header_words import EQUAL, HeaderWords, Offer
from auditor.documents.recognition.keys import NO_KEYS, OWN, FolderKeys, domain_of, identifying_fields
from auditor.documents.recognition.kinds import ColumnKind, fit, kind_of
from auditor.documents.recognition.names import PAPER, NameFit, NamesOfTypes
from auditor.documents.recognition.shapes import GROUP, TableShape
from auditor.documents.vocabulary import FLAG, RANGE, Vocabulary
from auditor.documents.word_parts import AMOUNT, DATE
from auditor.records.model import Field, RecordType

YEAR, MONTH, DAY = "<year>", "<month>", "<day>"
_FEWEST_HEADERS = 3  # that make a family
LEAST_FIT = 500  # of a kind: less forbids
_MOST_FLAGS = 12  # different words for the sides of money
_SHAPES = 1_000  # tables of which kinds and figures are kept between passes
_CANDIDATES = 12  # record types that are looked at closely,
_WORTH = 400  # thousandths of what words and names say of the first of them that they must say of the others


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What recognition knows before it sees a document: the words of all roles, those that answers taught among them,
    and the names of record types. `printed`: the words of the types alone."""

    vocabulary: Vocabulary
    printed: Vocabulary | None = None

    @property
    def deciding(self) -> Vocabulary:
        """The words that may tell a table by themselves. What an answer said of one table is evidence for others."""
        return self.printed if self.printed is not None else self.vocabulary

    @cached_property
    def words(self) -> HeaderWords:
        return HeaderWords(self.vocabulary)

    @cached_property
    def printed_words(self) -> HeaderWords:
        """Those of the types alone."""
        return HeaderWords(self.printed) if self.printed is not None else self.words

    @cached_property
    def names(self) -> NamesOfTypes:
        return NamesOfTypes.of(self.vocabulary.types)

    @property
    def types(self) -> Mapping[str, RecordType]:
        return self.vocabulary.types

    @cached_property
    def identifying(self) -> frozenset[str]:
        """The names of the fields that name the records of some type."""
        return identifying_fields(self.types)

    def domain_of(self, each: Field) -> str | None:
        """Which names of the folder may fill a field."""
        return domain_of(each, self.identifying)


@dataclass(frozen=True, eq=False)
class TableEvidence:
    """A table with what its columns offer and hold. `keys`: what sure readings of the folder tell."""

    shape: TableShape
    knowledge: Knowledge
    keys: FolderKeys = NO_KEYS
    _shares: dict[tuple[str, int], int] = field(default_factory=dict)

    @cached_property
    def kinds(self) -> tuple[ColumnKind, ...]:
        return _kinds_of(self.shape)

    @cached_property
    def offers(self) -> list[tuple[Offer, ...]]:
        words = self.knowledge.words
        found = [
            words.offers(texts, DATE if kind.is_of_days else AMOUNT if kind.figure >= LEAST_FIT else "")
            for texts, kind in zip(self.shape.texts, self.kinds, strict=True)
        ]
        for record in self.knowledge.types.values():
            if record.change is not None and self._is_called_or_numbered(record, found):
                for at, offer in offers_of_change(record, self.shape.headers):
                    found[at] = (offer, *(each for each in found[at] if not each.is_of(offer.record, offer.role)))
        return found

    def _is_called_or_numbered(self, record: RecordType, offers: Sequence[Sequence[Offer]]) -> bool:
        """Whether the names around a table, or a header of what names its records, speak for a type."""
        known = (each for found in offers for each in found if each.likeness >= EQUAL)
        numbered = any(each.is_of(record.name, name) for each in known for name in record.identity)
        return numbered or record.name in self.names

    @cached_property
    def names(self) -> dict[str, NameFit]:
        return self.knowledge.names.fits(self.shape.names)

    @cached_property
    def figures(self) -> Figures:
        return _figures_of(self.shape)

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """The fields that labels around the table state: (record, role) → value. An account's holder is not the
        account, whatever the label says."""
        found: dict[tuple[str, str], str] = {}
        for label, value in self.shape.labels:
            for each in self.knowledge.words.offers((label,)):
                if each.likeness >= EQUAL - 100 and value and not self._is_holder(each, value):
                    found.setdefault((each.record, each.role), value)
        return found

    def _is_holder(self, offer: Offer, text: str) -> bool:
        about = self.knowledge.types[offer.record].fields.get(offer.role)
        if about is None or about.master != ACCOUNT:
            return False
        return is_holder(text, self.keys.identities) or (OWN in self.keys.sides(text))

    @property
    def family(self) -> str | None:
        """The one record type as which tables with the same headers, three of them or more, are read in the folder."""
        types = self.keys.families.get(self.shape.headers, {})
        named = sum(map(bool, self.shape.headers))
        return next(iter(types)) if len(types) == 1 and named >= _FEWEST_HEADERS else None

    def words_of(self, at: int) -> tuple[str, ...]:
        """The texts by which a column may be known; none of what lines inside the table say without a label."""
        return () if self.shape.headers[at].startswith(GROUP) else self.shape.texts[at]

    def numbers_known(self, field: str, at: int) -> int:
        """The share of a column's different values that the folder knows as numbers of a field, in thousandths."""
        if field not in self.keys.numbers:
            return 0
        return self._share(f"number {field}", at, lambda text: self.keys.has_number(field, text))

    def names_known(self, side: str, at: int) -> int:
        """The share of a column's different values that the folder knows as names of a side, in thousandths."""
        return self._share(f"name {side}", at, lambda text: self.keys.may_fill(text, side))

    def _share(self, of: str, at: int, known: Callable[[str], bool]) -> int:
        if (of, at) not in self._shares:
            texts = dict.fromkeys(self.kinds[at].texts)
            self._shares[of, at] = sum(map(known, texts)) * 1000 // max(len(texts), 1)
        return self._shares[of, at]

    def candidates(self) -> list[str]:
        """The record types that words and names speak for, the likeliest of them."""
        points: dict[str, int] = {}
        for offers in self.offers:
            best: dict[str, int] = {}
            for each in offers:
                best[each.record] = max(best.get(each.record, 0), each.likeness)
            for record, likeness in best.items():
                points[record] = points.get(record, 0) + likeness
        for record, name in self.names.items():
            if record == PAPER:
                continue
            points[record] = points.get(record, 0) + 2 * name.fit
        ordered = sorted(points, key=lambda record: (-points[record], record))
        least = _WORTH * points[ordered[0]] // 1000 if ordered else 0
        return [record for record in ordered[:_CANDIDATES] if points[record] >= least]

    def is_idle(self, at: int, kind: ColumnKind) -> bool:
        """A column that says nothing: empty, the numbers of the rows, or what lines inside the table say."""
        if kind.empty or at in self.shape.groups:
            return True
        return kind.whole == 1000 and list(kind.texts[:10]) == [str(n + 1) for n in range(min(10, len(kind.texts)))]


@lru_cache(maxsize=_SHAPES)
def _kinds_of(shape: TableShape) -> tuple[ColumnKind, ...]:
    """What the columns of a table hold: the same for all types and in all passes."""
    return tuple(kind_of(shape.column(at), len(shape.values)) for at in range(len(shape.headers)))


@lru_cache(maxsize=_SHAPES)
def _figures_of(shape: TableShape) -> Figures:
    """Its columns of figures, with the products and sums among them once they have been looked for."""
    return Figures.of(shape, [at for at, kind in enumerate(_kinds_of(shape)) if kind.figure >= LEAST_FIT])


def kind_fit(kind: ColumnKind, record_type: RecordType, role: str) -> int:
    """How well a column's values fit a role, in thousandths. First and last number of a range may have letters."""
    if role == FLAG and kind.distinct > _MOST_FLAGS:
        return 0
    if role in (FLAG, RANGE, YEAR, MONTH, DAY):
        return 700
    span = record_type.range
    if span is not None and role in (span.first, span.last) and kind.figure < LEAST_FIT:
        return kind.paper_number
    return fit(kind, record_type.fields.get(role))
