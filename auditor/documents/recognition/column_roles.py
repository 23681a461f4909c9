"""Which column of a table is which field of a record type: by header words, kinds of values and keys of the folder."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from auditor.documents.headers import header_key
from auditor.documents.recognition.columns_by_values import told_by_values
from auditor.documents.recognition.header_words import EQUAL, Offer
from auditor.documents.recognition.hypotheses import ColumnReading, Ground
from auditor.documents.recognition.keys import NO_KEYS
from auditor.documents.recognition.table_evidence import DAY, LEAST_FIT, MONTH, YEAR, TableEvidence, kind_fit
from auditor.documents.word_parts import choice_of
from auditor.records.model import Field, FieldType, RecordType

SIDES = ("customer", "provider", "supplier")
_FEWEST_KEYS = 3  # different values by which keys may tell a column
_KNOWN = 900  # thousandths of them that must be known
_BY_FAMILY = 6000  # and what its place in a table with the same header: more than any word
_DAYS = (YEAR, MONTH, DAY)  # told by their words
_BY_KEYS = 850  # what keys are worth, beside a header word's thousand
_MONTH_WORDS = frozenset(("月", "month", "mon"))
_DAY_WORDS = frozenset(("日", "day"))
_YEAR_WORDS = frozenset(("年", "year"))


def assigned_columns(table: TableEvidence, record_type: RecordType) -> dict[str, ColumnReading]:
    taken: dict[str, ColumnReading] = {}
    used: set[int] = set()
    offered: list[tuple[int, int, int, str, Offer]] = []
    for at, offers in enumerate(table.offers):
        for each in offers:
            if each.record != record_type.name:
                continue
            role = _role(table, record_type, each.role, at)
            kind = kind_fit(table.kinds[at], record_type, role)
            if kind < LEAST_FIT:
                continue
            if _of_another(table, record_type.fields.get(role), at):
                continue
            gain = each.likeness * 4 + kind
            offered.append((-gain, each.rank, at, role, each))
        offered += _by_keys(table, record_type, at)
        offered += _by_choices(table, record_type, at)
    offered += _by_family(table, record_type)
    for _, _, at, role, each in sorted(offered, key=lambda offer: offer[:4]):
        if role not in taken and at not in used:
            taken[role] = ColumnReading(at, table.shape.headers[at], role, each.ground)
            used.add(at)
    date = record_type.fields.get("date")
    if date is not None and not date.undivided and "date" not in taken:
        taken |= _days(table, used)
    return told_by_values(table, record_type, taken)


def _by_family(table: TableEvidence, record_type: RecordType) -> list[tuple[int, int, int, str, Offer]]:
    """The roles that the same columns have in a table of the folder that is read."""
    columns = table.keys.families.get(table.shape.headers, {}).get(record_type.name, ())
    return [
        (-_BY_FAMILY, 0, each.index, each.role, Offer(record_type.name, each.role, EQUAL, Ground.KEYS, each.header))
        for each in columns
        if kind_fit(table.kinds[each.index], record_type, each.role) >= LEAST_FIT and each.role not in _DAYS
    ]


def _by_keys(table: TableEvidence, record_type: RecordType, at: int) -> list[tuple[int, int, int, str, Offer]]:
    """The roles of a column that its values tell: nine of ten are known in the folder as such numbers or names."""
    found: list[tuple[int, int, int, str, Offer]] = []
    if table.keys is NO_KEYS or table.kinds[at].distinct < (1 if at in table.shape.groups else _FEWEST_KEYS):
        return found
    if any(each.record == record_type.name and each.likeness >= EQUAL for each in table.offers[at]):
        return found
    for name, each in record_type.fields.items():
        if _share_known(table, each, at) < _KNOWN:
            continue
        offer = Offer(record_type.name, name, _BY_KEYS, Ground.KEYS, table.shape.headers[at])
        found.append((-(_BY_KEYS * 4 + 500), 0, at, name, offer))
    return found


def _by_choices(table: TableEvidence, record_type: RecordType, at: int) -> list[tuple[int, int, int, str, Offer]]:
    """The field of what lines inside the table say, where all of them are words of its choices and of no other's."""
    texts = dict.fromkeys(table.kinds[at].texts) if at in table.shape.groups else {}
    if not texts:
        return []
    fields = [each for each in record_type.fields.values() if each.type is FieldType.CHOICE]
    told = [each.name for each in fields if all(choice_of(text, each.choices) is not None for text in texts)]
    if len(told) != 1:
        return []
    offer = Offer(record_type.name, told[0], _BY_KEYS, Ground.KEYS, table.shape.headers[at])
    return [(-(_BY_KEYS * 4 + 500), 0, at, told[0], offer)]


def known_columns(
    table: TableEvidence, record_type: RecordType, lacking: Sequence[Field], taken: Collection[int]
) -> list[ColumnReading]:
    """The columns not `taken` whose values the folder knows as those of a field that is `lacking`: names where
    words say a part of it, numbers of papers where words say nothing else; and those that a table with the same header
    tells. None that two fields may have, and none for which two columns may stand."""
    names = {each.name for each in lacking}
    family = table.keys.families.get(table.shape.headers, {}).get(record_type.name, ())
    found = {each.role: [each.index] for each in family if each.role in names and each.index not in taken}
    told = {index for columns in found.values() for index in columns}
    for at, kind in enumerate(table.kinds):
        if at in told or at in taken or kind.distinct < _FEWEST_KEYS:
            continue
        said = {each.role for each in table.offers[at] if each.record == record_type.name}
        known = [
            each.name
            for each in lacking
            if (each.name in said or (not said and each.type is FieldType.NUMBER_TEXT))
            and _share_known(table, each, at) >= _KNOWN
        ]
        for name in known if len(known) == 1 else ():
            found.setdefault(name, []).append(at)
    return [
        ColumnReading(columns[0], table.shape.headers[columns[0]], name, Ground.KEYS)
        for name, columns in found.items()
        if len(columns) == 1
    ]


def _share_known(table: TableEvidence, each: Field, at: int) -> int:
    """The share of a column's values that the folder knows as values of such a field, in thousandths."""
    if each.type is FieldType.NUMBER_TEXT and each.master is None:
        return table.numbers_known(each.name, at)
    side = table.knowledge.domain_of(each)
    return table.names_known(side, at) if side is not None else 0


def _of_another(table: TableEvidence, each: Field | None, at: int) -> bool:
    """Whether a column of partners holds nobody but the audited company itself, or only such of another side. Whoever
    pays or is paid may be of any."""
    if each is None or each.party not in SIDES or table.keys is NO_KEYS:
        return False
    sides = [table.keys.sides(text) for text in dict.fromkeys(table.kinds[at].texts)]
    return bool(sides) and all(side and each.party not in side and not _either(side) for side in sides)


def _role(table: TableEvidence, record_type: RecordType, role: str, at: int) -> str:
    """A column of times of day under a word for a date is the time, if the type has one."""
    each = record_type.fields.get(role)
    if each is not None and each.type is FieldType.DATE and table.kinds[at].clock >= 800:
        return "time" if "time" in record_type.fields else role
    return role


def _days(table: TableEvidence, used: set[int]) -> dict[str, ColumnReading]:
    """The columns 月 and 日 side by side, with one of 年 before them if there is one."""
    keys = [{header_key(text) for text in texts} for texts in table.shape.texts]
    for at in range(len(keys) - 1):
        if keys[at] & _MONTH_WORDS and keys[at + 1] & _DAY_WORDS and not {at, at + 1} & used:
            found = {MONTH: at, DAY: at + 1}
            if at and keys[at - 1] & _YEAR_WORDS and at - 1 not in used:
                found[YEAR] = at - 1
            return {role: ColumnReading(i, table.shape.headers[i], role, Ground.WORD) for role, i in found.items()}
    return {}


def _either(sides: frozenset[str]) -> bool:
    """Whether somebody stands on more than one side, so that no side is wrong for him."""
    return len(sides) > 1
