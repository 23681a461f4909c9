"""Fields of a paper that no word of a label names: what its figures show, or what alone is left.

A label that nobody knows says nothing by itself. Its figure does where it makes a relation of the record type hold
(net + tax = total), where it is the only percentage, the only figure on either side of a known one that the relation
asks for there, or the only amount of the paper for a field that the type requires. So do the only day, the only other
number and a word of a choice. Where no word of any label is known nothing is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from auditor.documents.headers import header_key
from auditor.documents.papers.amount_texts import amount_in, percent_of
from auditor.documents.papers.label_words import says_no_amount
from auditor.documents.papers.model import Entry
from auditor.documents.papers.numbers import is_number, is_reference, numbers_in_part, own_number
from auditor.records.model import Field, FieldType, RecordType, Relation, RelationKind
from auditor.values.dates import parse_date

_CENT = Decimal("0.01")
_ANY_YEAR = 2000
_MOST = 8  # figures among which some are looked for
_NEAR = 5  # a fifth off at most

Roles = dict[int, str]


def deduced_roles(
    record: RecordType, entries: Sequence[Entry], roles: Mapping[int, str], mark: str | None, title: str = ""
) -> Roles:
    """The fields that some labels state which no word names, by the place of the entry. `roles`: what words name."""
    found = {**roles, **own_number(record, entries, roles, title)}
    if not found:
        return {}
    found |= numbers_in_part(record, entries, found)
    found |= _only_percentage(record, entries, found)
    stated = {at: amount for at, each in enumerate(entries) if (amount := _amount(each, mark)) is not None}
    figures = {at: amount for at, amount in stated.items() if at in found or not says_no_amount(entries[at].label)}
    for relation in record.relations:
        if len(relation.parts) == 2:
            found |= _moved_behind(relation, stated, found)
            found |= (
                _that_holds(record, relation, stated, found)
                or _in_order(record, relation, figures, found)
                or _near_product(relation, stated, found)
            )
    for name, each in record.fields.items():
        left = [at for at in figures if at not in found]
        if each.required and each.type is FieldType.MONEY and name not in found.values() and len(left) == 1:
            found[left[0]] = name
    found |= _only_ones(record, entries, found)
    return {at: role for at, role in found.items() if roles.get(at) != role}


def _amount(entry: Entry, mark: str | None) -> Decimal | None:
    """What an entry states as an amount; None for percentages and what is none."""
    if entry.value is None or entry.value.text.rstrip().endswith(("%", "％")):
        return None
    reading = amount_in(entry.value.text, mark)
    return None if reading.flag or reading.note else reading.value


def _only_ones(record: RecordType, entries: Sequence[Entry], roles: Mapping[int, str]) -> Roles:
    """The paper's day, another number and a choice, where one alone can be it."""
    found = dict(roles)
    for kind, is_one in _KINDS:
        missing = [name for name, each in record.fields.items() if each.type is kind and name not in found.values()]
        if kind is FieldType.NUMBER_TEXT:
            missing = [name for name in missing if record.fields[name].required] or missing
            missing = missing or [
                name for name, each in record.fields.items() if name not in found.values() and is_reference(each)
            ]
        if kind is FieldType.DATE:
            missing = [name for name in missing if name == record.dated]
        left = [
            at
            for at, each in enumerate(entries)
            if at not in found and _text(each) and any(is_one(record.fields[x], _text(each)) for x in missing)
        ]
        if len(missing) == 1 and len({_text(entries[at]) for at in left}) == 1:
            found[left[0]] = missing[0]
    return found


def _text(entry: Entry) -> str:
    return entry.value.text if entry.value is not None else ""


def _is_choice(each: Field, text: str) -> bool:
    return any(header_key(word) == header_key(text) for words in each.choices.values() for word in words)


def _is_day(each: Field, text: str) -> bool:
    del each
    return parse_date(text, order="dmy", default_year=_ANY_YEAR).value is not None


_KINDS: tuple[tuple[FieldType, Callable[[Field, str], bool]], ...] = (
    (FieldType.DATE, _is_day),
    (FieldType.NUMBER_TEXT, lambda each, text: is_number(text)),
    (FieldType.CHOICE, _is_choice),
)


def _only_percentage(record: RecordType, entries: Sequence[Entry], roles: Mapping[int, str]) -> Roles:
    names = [name for name, each in record.fields.items() if each.type is FieldType.PERCENT]
    shares = [
        at
        for at, each in enumerate(entries)
        if each.value is not None and each.value.text.rstrip().endswith("%") and percent_of(each.value.text) is not None
    ]
    if len(names) == 1 and len(shares) == 1 and names[0] not in roles.values() and shares[0] not in roles:
        return {shares[0]: names[0]}
    return {}


def _moved_behind(relation: Relation, figures: Mapping[int, Decimal], roles: Mapping[int, str]) -> Roles:
    """A sum's result that a word took for its first part: it stands behind the second part, or is the sum of that and
    another figure, and no word names a result. `合计金额` is before tax on one form and with tax on another."""
    first, second = relation.parts
    places = {role: at for at, role in roles.items()}
    if relation.kind is not RelationKind.SUM or relation.result in places or not {first, second} <= set(places):
        return {}
    taken, beside = places[first], places[second]
    if taken not in figures or beside not in figures:
        return {}
    others = [at for at in figures if at not in roles]
    parts = [at for at in others if figures[at] + figures[beside] == figures[taken]]
    before = [at for at in others if at < beside]
    if len(parts) == 1:
        return {parts[0]: first, taken: relation.result}
    if taken > beside and len(before) == 1:
        return {before[0]: first, taken: relation.result}
    return {}


def _that_holds(
    record: RecordType, relation: Relation, figures: Mapping[int, Decimal], roles: Mapping[int, str]
) -> Roles:
    """The figures that alone make a relation hold together with those that words name."""
    known, missing = _known_and_missing(relation, figures, roles)
    if len(known) + len(missing) < len(relation.fields):
        return {}
    left = [at for at in figures if at not in roles]
    if not missing or len(left) > _MOST or (relation.kind is not RelationKind.SUM and len(missing) > 1):
        return {}
    if any(record.fields[name].type not in (FieldType.MONEY, FieldType.QUANTITY) for name in relation.fields):
        return {}
    found = [
        dict(zip(places, missing, strict=True))
        for places in permutations(left, len(missing))
        if _holds(relation, {**known, **{name: figures[at] for at, name in zip(places, missing, strict=True)}})
    ]
    amounts = {tuple(sorted((role, figures[at]) for at, role in each.items())) for each in found}
    return found[0] if len(amounts) == 1 else {}


def _holds(relation: Relation, values: Mapping[str, Decimal]) -> bool:
    first, second = (values[part] for part in relation.parts)
    result = values[relation.result]
    if not (first and second and result):
        return False
    if relation.kind is RelationKind.PRODUCT:
        exponent = int(second.normalize().as_tuple().exponent)
        room = abs(first) * Decimal(5).scaleb(min(exponent, 0) - 1) if exponent else Decimal(0)
        return abs(first * second - result) <= max(_CENT, room)
    if relation.kind is RelationKind.SUM:
        return first + second == result and abs(first) > abs(second)
    return first - second == result


def _in_order(
    record: RecordType, relation: Relation, figures: Mapping[int, Decimal], roles: Mapping[int, str]
) -> Roles:
    """Of a sum whose second part a word names the first, the only amount before it, and the result, the only one behind
    it: a wrong total is one all the same."""
    first, second = relation.parts
    places = {role: at for at, role in roles.items()}
    if relation.kind is not RelationKind.SUM or second not in places or record.fields[first].type != FieldType.MONEY:
        return {}
    left = [at for at in figures if at not in roles]
    sides = [
        (first, [at for at in left if at < places[second]]),
        (relation.result, [at for at in left if at > places[second]]),
    ]
    if any(len(side) > 1 for _, side in sides):
        return {}
    return {side[0]: name for name, side in sides if side and name not in places}


def _near_product(relation: Relation, figures: Mapping[int, Decimal], roles: Mapping[int, str]) -> Roles:
    """Of a product whose factors words name the only figure left that comes near: a wrong one is one all the same."""
    known, missing = _known_and_missing(relation, figures, roles)
    if relation.kind is not RelationKind.PRODUCT or missing != [relation.result] or len(known) != len(relation.parts):
        return {}
    made = abs(known[relation.parts[0]] * known[relation.parts[1]])
    near = [at for at, each in figures.items() if at not in roles and abs(abs(each) - made) * _NEAR <= made]
    return {near[0]: relation.result} if made and len(near) == 1 else {}


def _known_and_missing(
    relation: Relation, figures: Mapping[int, Decimal], roles: Mapping[int, str]
) -> tuple[dict[str, Decimal], list[str]]:
    known = {role: figures[at] for at, role in roles.items() if role in relation.fields and at in figures}
    named = set(roles.values())
    return known, [name for name in relation.fields if name not in named]


def deduced_column(
    record: RecordType, rows: Sequence[Sequence[Entry]], named: Mapping[str, str], mark: str | None
) -> dict[str, str]:
    """The field of the one label of some rows that no word names and behind which an amount stands in every row, if the
    record type requires an amount that no word names. `named`: the fields of the labels that are known."""
    required = [
        name
        for name, each in record.fields.items()
        if each.required and each.type is FieldType.MONEY and name not in named.values()
    ]
    if len(required) != 1 or not rows:
        return {}
    columns = [label for label in _labels(rows) if label not in named]
    amounts = [
        label
        for label in columns
        if not says_no_amount(label)
        and all(any(each.label == label and _amount(each, mark) is not None for each in row) for row in rows)
    ]
    return {amounts[0]: required[0]} if len(amounts) == 1 else {}


def _labels(rows: Sequence[Sequence[Entry]]) -> Iterator[str]:
    yield from dict.fromkeys(each.label for row in rows for each in row)
