"""How alike a stranger's header is to the header words of a field, by the parts of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Generic, TypeVar

from auditor.documents.headers import header_key, header_variants
from auditor.documents.vocabulary import roles
from auditor.documents.word_parts.lexicon import Lexicon, bits_of, lexicon
from auditor.documents.word_parts.segments import EITHER_SIDE, WordParts, parts_of
from auditor.languages import Text
from auditor.records.model import RecordType

DATE, AMOUNT = "date", "amount"  # the attributes that are told by values as well as by words
EXACT, EQUAL, LEAST = 1000, 900, 200  # per mille; below LEAST two headers have nothing in common that counts
_LEAST_OPPOSED = 100  # from here on opposites are told: 收货日期 and 发货日期 have only the date in common
_MOST_IN_PART = 850
_MOST_REMEMBERED = 20_000  # headers; a folder has hundreds
_REST = 3  # the weight of a word that is not known, as much as that of an object
_OTHER_ATTRIBUTES = (1, 2)
_OTHER_OBJECTS = (1, 2)
_OBJECTS_IN_PART = (3, 4)
_QUALIFIER_MISSING = (3, 5)
_QUALIFIER_ADDED = (4, 5)

Key = TypeVar("Key", bound=Hashable)


class LikenessKind(StrEnum):
    """In what a header is like a field's words."""

    EXACT = "exact"              # it is one of them
    EQUAL_PARTS = "equal_parts"  # it says the same with other words
    PART = "part"                # it says a part of it
    CONFLICT = "conflict"        # it says the opposite: in for out, opening for closing
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike: `value` per mille, 0 for a conflict and for none; `word` is the field's word that is most alike.

    `concepts` are what both say; of a conflict, what excludes each other.
    """

    value: int
    kind: LikenessKind
    word: str = ""
    concepts: tuple[str, ...] = ()

    @property
    def why(self) -> Text:
        """A clause for people: `like “Slip No”: number, slip`."""
        titles = dict(zip(lexicon().names, lexicon().titles, strict=True))
        said = [titles[name] for name in self.concepts]
        en, zh = ", ".join(each.en for each in said), "、".join(each.zh for each in said)
        return {
            LikenessKind.EXACT: Text(f"a known header: “{self.word}”", f"已知表头“{self.word}”"),
            LikenessKind.EQUAL_PARTS: Text(f"the same as “{self.word}”: {en}", f"与“{self.word}”同义：{zh}"),
            LikenessKind.PART: Text(f"in part like “{self.word}”: {en}", f"与“{self.word}”部分相同：{zh}"),
            LikenessKind.CONFLICT: Text(f"the opposite of “{self.word}”: {en}", f"与“{self.word}”相反：{zh}"),
            LikenessKind.NONE: Text("nothing in common", "无相同之处"),
        }[self.kind]


NOTHING = Likeness(0, LikenessKind.NONE)


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say a field: concepts and words that are not known, with the first word that says it so."""

    bits: int
    rest: tuple[str, ...]
    meant: int


class LikenessIndex(Generic[Key]):
    """The header words of many fields, so arranged that a header is compared with all of them at once.

    Words that say the same are compared once. What was asked of it is remembered.
    """

    def __init__(self, fields: Mapping[Key, Iterable[str]]) -> None:
        """`fields`: the header words of each field, in either language."""
        self._lexicon = lexicon()
        self._keys: dict[str, dict[Key, str]] = defaultdict(dict)
        self._concepts: dict[Key, int] = defaultdict(int)
        users: dict[_Form, dict[Key, str]] = defaultdict(dict)
        for field, words in fields.items():
            for word in words:
                self._keys[header_key(word)].setdefault(field, word)
                parts = parts_of(word)
                self._concepts[field] |= parts.bits
                users[_Form(parts.bits, parts.rest, parts.meant)].setdefault(field, word)
        self._forms = tuple(users)
        self._users = tuple(users.values())
        self._forms_of: dict[int, list[int]] = defaultdict(list)  # bit of a concept -> places of forms
        for place, form in enumerate(self._forms):
            for bit in _related(self._lexicon, form.bits | form.meant):
                self._forms_of[bit].append(place)
        self._asked: dict[tuple[str, str], Mapping[Key, Likeness]] = {}

    @staticmethod
    def of_types(types: Mapping[str, RecordType]) -> LikenessIndex[tuple[str, str]]:
        """The index of all roles of some record types, by (record type, role); a field's titles are words as well."""
        return LikenessIndex(
            {(name, role): words for name, each in types.items() for role, words in words_of_roles(each).items()}
        )

    def concepts(self, field: Key) -> frozenset[str]:
        """All that the words of a field name."""
        return self._lexicon.named(self._concepts.get(field, 0))

    def alike(self, header: str, kind: str = "") -> Mapping[Key, Likeness]:
        """The likeness of a header to each field that it has anything to do with, conflicts among them. `kind`: the
        attribute that the values under it are (`DATE`, `AMOUNT`), which a header that says no attribute means."""
        found = self._asked.get((header, kind))
        if found is None:
            if len(self._asked) >= _MOST_REMEMBERED:
                self._asked.clear()
            found = self._asked[header, kind] = MappingProxyType(self._alike(header, kind))
        return found

    def _alike(self, header: str, kind: str) -> dict[Key, Likeness]:
        found = {
            field: Likeness(EXACT, LikenessKind.EXACT, word)
            for key, _, _ in reversed(header_variants(header))
            for field, word in self._keys.get(key, {}).items()
        }
        parts = _of_kind(self._lexicon, parts_of(header), kind)
        concepts = _related(self._lexicon, parts.bits | parts.meant)
        best: dict[Key, tuple[int, int]] = {}  # value, place of the form
        for place in sorted({each for bit in concepts for each in self._forms_of.get(bit, ())}):
            value = _value(self._lexicon, parts, self._forms[place])
            for field in self._users[place] if value >= _LEAST_OPPOSED else ():
                if field not in found and value > best.get(field, (0, 0))[0]:
                    best[field] = (value, place)
        contrary = _contrary(self._lexicon, parts.bits)
        for field, (value, place) in best.items():
            judged = self._judged(field, parts, value, place, contrary)
            if value >= LEAST or judged.kind is LikenessKind.CONFLICT:
                found[field] = judged
        return found

    def _judged(
        self, field: Key, parts: WordParts, value: int, place: int, contrary: Iterable[tuple[int, int, int]]
    ) -> Likeness:
        """The likeness to a field's nearest word; none at all if the header says what the field's words exclude."""
        word, said = self._users[place][field], self._concepts[field]
        for bit, against, excused in contrary:
            if not bit & said and not excused & said and (against & said or not against):
                return Likeness(0, LikenessKind.CONFLICT, word, self._named(bit | against & said))
        kind = LikenessKind.EQUAL_PARTS if value == EQUAL else LikenessKind.PART
        return Likeness(value, kind, word, self._named(parts.bits & self._forms[place].bits))

    def _named(self, bits: int) -> tuple[str, ...]:
        return tuple(self._lexicon.names[at] for at in bits_of(bits))


def words_of_roles(record_type: RecordType) -> dict[str, tuple[str, ...]]:
    """The header words of each role of a record type, and behind them its field's titles."""
    return {role: words + _titles(record_type, role) for role, words in roles(record_type).items()}


def likeness(header: str, words: Iterable[str]) -> Likeness:
    """How alike a header is to the header words of one field, in either language."""
    return _index_of(tuple(words)).alike(header).get(None, NOTHING)


@lru_cache(maxsize=2_000)
def _index_of(words: tuple[str, ...]) -> LikenessIndex[None]:
    return LikenessIndex({None: words})


def _of_kind(words: Lexicon, parts: WordParts, kind: str) -> WordParts:
    """The parts of a header with what the values under it are, where it says no attribute itself: `Received` over days
    is the day of receipt, `In / Out` over amounts no flag."""
    if not kind:
        return parts
    said = parts.bits & words.attributes
    bit = 1 << words.names.index(kind)
    if (said and not parts.meant) or (kind == AMOUNT and EITHER_SIDE not in parts.qualifiers):
        return parts
    return replace(parts, bits=parts.bits & ~said | bit, meant=0)


def _titles(record_type: RecordType, role: str) -> tuple[str, ...]:
    field = record_type.fields.get(role)
    return (field.title.zh, field.title.en) if field else ()


def _contrary(words: Lexicon, bits: int) -> list[tuple[int, int, int]]:
    """Concepts of a header that speak against a field which does not have them: each with its opposites, of which the
    field must have one (0 for a denial, which speaks against every field), and what the field may not have as well."""
    each = [1 << at for at in bits_of(bits)]
    return [(bit, 0, 0) for bit in each if bit & words.denials] + [
        (bit, words.opposites[bit], words.reversible.get(bit, 0) & bits) for bit in each if bit in words.opposites
    ]


def _related(words: Lexicon, bits: int) -> list[int]:
    """The bits of some concepts, those that stand for any of their kind, and those for which these stand."""
    found = bits
    for broad, specific in words.specific.items():
        if bits & broad:
            found |= specific
        if bits & specific:
            found |= broad
    return [1 << at for at in bits_of(found)]


def _value(words: Lexicon, parts: WordParts, form: _Form) -> int:
    """The weighted share of concepts that both say in those that either says, per mille of `EQUAL`.

    Two concepts of which one may be the other (单据 and 发票, the code of a 客户) count as half of one.
    """
    mine, theirs = parts.bits, form.bits
    if mine == theirs and parts.rest == form.rest:
        return EQUAL
    both, either, half = mine & theirs, mine | theirs, _half(words, parts, form)
    shared = total = 0
    for weight, mask in words.weights:
        of_half = half & mask
        pairs = min((of_half & mine).bit_count(), (of_half & theirs).bit_count())
        shared += weight * (2 * (both & mask).bit_count() + (pairs or bool(of_half)))
        total += 2 * weight * ((either & mask).bit_count() - pairs)
    total += 2 * _REST * len(set(parts.rest) ^ set(form.rest))
    value = EQUAL * shared // total if total else 0
    for of, parts_of_it in _factors(words, mine, theirs, half):
        value = value * of // parts_of_it
    return min(value, _MOST_IN_PART)


def _half(words: Lexicon, parts: WordParts, form: _Form) -> int:
    """The concepts of each side of which one may be the other, in pairs."""
    mine, theirs, found = parts.bits & ~form.bits, form.bits & ~parts.bits, 0
    for broad, specific in words.specific.items() if (mine | theirs) & words.broad else ():
        narrow = theirs & specific if mine & broad else mine & specific if theirs & broad else 0
        if narrow:
            found |= broad | narrow & -narrow
    both = parts.bits & form.bits
    if not (found | both) & words.attributes and (found | both) & ~words.attributes:
        one, other = mine & words.attributes, theirs & words.attributes
        if (parts.meant and parts.meant & other) or (form.meant and form.meant & one):
            found |= one & -one | other & -other
    return found


def _factors(words: Lexicon, mine: int, theirs: int, half: int) -> list[tuple[int, int]]:
    """What lessens the share: attributes or objects that differ, qualifiers that one has and the other lacks."""
    found = []
    both = mine & theirs | half
    weighty = words.weights[1][1]
    if mine & words.attributes and theirs & words.attributes and not both & words.attributes:
        found.append(_OTHER_ATTRIBUTES)
    if mine & weighty & ~both and theirs & weighty & ~both:
        found.append(_OBJECTS_IN_PART if both & weighty else _OTHER_OBJECTS)
    if theirs & words.qualifiers & ~mine:
        found.append(_QUALIFIER_MISSING)
    if mine & words.qualifiers & ~theirs:
        found.append(_QUALIFIER_ADDED)
    return found
