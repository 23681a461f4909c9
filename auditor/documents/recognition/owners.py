"""What no column states and the names and labels around a table do; and whose paper it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from auditor.documents.headers import header_key
from auditor.documents.recognition.days_of_names import day_named
from auditor.documents.recognition.hypotheses import ColumnReading
from auditor.documents.recognition.keys import NO_KEYS, OF_GRAPH, OWN
from auditor.documents.recognition.table_evidence import DAY, TableEvidence
from auditor.documents.word_parts import choice_of
from auditor.documents.word_parts.lexicon import lexicon
from auditor.documents.word_parts.tokens import is_latin, singular, tokens_of
from auditor.languages import Text
from auditor.records.model import Field, FieldType, RecordType
from auditor.values.currency import parse_currency

_OF_OWNER = 3000  # points for a paper of somebody on the right side
_NAMING = (FieldType.TEXT, FieldType.NUMBER_TEXT)
_FIGURES = (FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER, FieldType.PERCENT)


def obtained_fields(
    table: TableEvidence, record_type: RecordType, columns: Mapping[str, ColumnReading]
) -> dict[str, str]:
    """Values that no column states and that a label or a name does: of closed choices, and of what labels name."""
    found: dict[str, str] = {}
    for name, each in record_type.fields.items():
        if name in columns:
            continue
        label = table.labels.get((record_type.name, name))
        if label is not None and each.type not in _FIGURES and not is_own(table, each, label):
            found[name] = label
            continue
        stated = _stated_by_names(table, record_type, each)
        if stated is not None and not (each.type is FieldType.DATE and DAY in columns):
            found[name] = stated
    return found


def assumed_fields(table: TableEvidence, record_type: RecordType, fields: Mapping[str, str]) -> frozenset[str]:
    """Those of the obtained fields, of stations and accounts, that no label states but a name alone."""
    return frozenset(
        name
        for name in fields
        if table.knowledge.domain_of(record_type.fields[name]) in OF_GRAPH
        and (record_type.name, name) not in table.labels
    )


def _stated_by_names(table: TableEvidence, record_type: RecordType, each: Field) -> str | None:
    """What the names around a table state of a field: a closed choice, a partner or a station that the folder knows,
    the day that title or sheet is of."""
    if each.type is FieldType.CHOICE:
        return _choice_named(table, each) if each.in_names else None
    if each.type is FieldType.DATE:
        return day_named(table.shape.names) if each.required and each.name == "date" else None
    side = table.knowledge.domain_of(each)
    return named_around(table, side) if side is not None and (each.required or each.in_names) else None


def is_own(table: TableEvidence, each: Field, text: str) -> bool:
    """Whether a text names the audited company where a partner should stand."""
    return each.party is not None and OWN in table.keys.sides(text)


def named_around(table: TableEvidence, side: str) -> str | None:
    """The one known name of a side that the nearest text around the table holds."""
    for text in (*(value for _, value in table.shape.labels), *table.shape.names):
        found = table.keys.names_in(text, side)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _choice_named(table: TableEvidence, each: Field) -> str | None:
    """The one choice of a field that the nearest name around speaks of."""
    for text in table.shape.names:
        lengths = {
            choice: max((len(header_key(word)) for word in words if _is_said(word, text)), default=0)
            for choice, words in each.choices.items()
        }
        longest = max(lengths.values(), default=0)
        best = [choice for choice, length in lengths.items() if length == longest]
        if longest and len(best) == 1:
            return best[0]
    return None


def _is_said(word: str, text: str) -> bool:
    """Whether a text speaks of a word: of a Latin one as a whole word before which no other thing stands (`Official
    Receipt Books` speaks of receipts, `Cargo Receipt Books` of something else, `Stationery` of no station)."""
    if not word.isascii():
        return bool(header_key(word)) and header_key(word) in header_key(text)
    said, tokens = tokens_of(word), tokens_of(text)
    plain = tuple(map(singular, said))
    for at in range(len(tokens) - len(said) + 1) if said else ():
        if tuple(map(singular, tokens[at : at + len(said)])) == plain:
            before = lexicon().meaning((tokens[at - 1],)) if at and is_latin(tokens[at - 1]) else None
            if at == 0 or not is_latin(tokens[at - 1]) or (before is not None and not before.bits & lexicon().objects):
                return True
    return False


def orphaned(table: TableEvidence, record_type: RecordType, columns: Collection[str]) -> bool:
    """Whether lines that take values from the heading of their paper have none: neither column nor label says whose
    they are or on which paper they stand (a currency says neither), and no name around calls the table so."""
    inherited = [name for name, each in record_type.fields.items() if each.inherit and each.type in _NAMING]
    return record_type.owner in inherited and not any(
        name in columns or (record_type.name, name) in table.labels for name in inherited
    ) and record_type.name not in table.names


def untold_groups(table: TableEvidence, record_type: RecordType, taken: Collection[int]) -> list[Text]:
    """Why lines inside the table that no field takes make it not sure: they say a status, a kind or a currency of the
    rows below them."""
    choices = [each.choices for each in record_type.fields.values() if each.type is FieldType.CHOICE]
    for at in sorted(table.shape.groups - set(taken)):
        for text in dict.fromkeys(table.kinds[at].texts):
            if parse_currency(text).value is not None or any(choice_of(text, each) is not None for each in choices):
                return [Text(f"a line “{text}” says something of the rows below it", f"“{text}”一行另有所指")]
    return []


def points_of_owner(table: TableEvidence, record_type: RecordType, columns: Mapping[str, ColumnReading]) -> int:
    """What the folder knows of whose paper it is: of somebody on the right side, of the wrong one, or nothing."""
    if record_type.owner is None or table.keys is NO_KEYS:
        return 0
    each = record_type.fields[record_type.owner]
    side = table.knowledge.domain_of(each) or ""
    if record_type.owner not in columns and named_around(table, side) is not None:
        return _OF_OWNER
    return -_OF_OWNER if other_owner(table, record_type, columns) is not None else 0


def other_owner(table: TableEvidence, record_type: RecordType, columns: Mapping[str, ColumnReading]) -> Text | None:
    """Why the table is a paper of somebody else: its owner would be the audited company, or stands on no right side;
    None if nothing says so."""
    if record_type.owner is None or table.keys is NO_KEYS:
        return None
    each = record_type.fields[record_type.owner]
    label = table.labels.get((record_type.name, record_type.owner), "")
    if label and is_own(table, each, label):
        return Text(f"{each.title.en} would be the audited company itself", f"{each.title.zh}会是本公司自己")
    if each.party is None or record_type.owner in columns or named_around(table, each.party) is not None:
        return None
    for side in ("customer", "provider", "supplier"):
        named = named_around(table, side) if side != each.party else None
        if named is not None:
            return Text(f"it names {named}, who is no {each.title.en.casefold()}", f"所载“{named}”并非{each.title.zh}")
    return None
