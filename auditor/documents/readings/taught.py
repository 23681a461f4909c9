"""What answers teach: the company's own header words, as if its record types knew them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from auditor.documents.headers import header_key
from auditor.documents.readings.choice_words import with_words
from auditor.documents.readings.confirmed import CompanyReadings
from auditor.documents.recognition.shapes import GROUP
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT, RANGE, roles
from auditor.records.model import FieldType, RecordType

Words = Mapping[str, tuple[str, ...]]  # by role


def with_words_of(types: Mapping[str, RecordType], readings: CompanyReadings) -> Mapping[str, RecordType]:
    """The record types with the company's words for choices, and with the header words of confirmed answers, behind
    their own. A word that a type knows already stays what it is there, one that two answers take for different fields
    it teaches nothing, and what was only likely teaches nothing either. Types that call a field alike learn together: a
    word that only one of them knew would make it of tables that are the other's. One that two answers take for
    different things is taught to no other type."""
    types = with_words(types, readings.choices)
    taught = _words(types, readings)
    if not taught:
        return types
    found = {name: _with(each, taught[name]) if name in taught else each for name, each in types.items()}
    return MappingProxyType(found)


def _words(types: Mapping[str, RecordType], readings: CompanyReadings) -> dict[str, Words]:
    meant: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)  # type and word → role → the word as printed
    anywhere: dict[str, set[str]] = defaultdict(set)  # word → what it names by all answers
    for entry in readings.entries:
        if entry.record is None or entry.record not in types or entry.likely:
            continue
        for _, header, role in entry.roles(entry.headers or tuple(entry.labels)):
            if (key := header_key(header)) and not header.startswith(GROUP):
                meant[entry.record, key].setdefault(role, header)
                anywhere[key].add(_named(types[entry.record], role) or role)
    told: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)  # the same, of types that no answer is about
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(lambda: defaultdict(tuple))
    for (record, key), by_role in meant.items():
        if len(by_role) > 1 or key in _keys(types[record]):
            continue
        ((role, header),) = by_role.items()
        found[record][role] += (header,)
        for other in types if len(anywhere[key]) == 1 else ():
            known = other == record or key in _keys(types[other]) or (other, key) in meant
            if not known and _call_alike(types[record], types[other], role):
                told[other, key].setdefault(role, header)
    for (other, _), by_role in told.items():
        for role, header in by_role.items() if len(by_role) == 1 else ():
            found[other][role] += (header,)
    return {record: dict(words) for record, words in found.items()}


def _named(record: RecordType, role: str) -> str | None:
    """What a field names, the same on every paper: papers of one number, partners, the entries of a list; None for
    what hangs on the paper. A customer's code and a customer are both of the list of partners."""
    each = record.fields.get(role)
    if each is None:
        return None
    if record.master is not None and role == record.master.id:
        return record.master.of
    return each.master or each.party or (role if each.type is FieldType.NUMBER_TEXT else None)


def _keys(record: RecordType) -> set[str]:
    return {header_key(word) for words in roles(record).values() for word in words}


def _call_alike(one: RecordType, other: RecordType, role: str) -> bool:
    """Whether two types have a field of one name and type with a header word in common."""
    mine, theirs = one.fields.get(role), other.fields.get(role)
    if mine is None or theirs is None or mine.type is not theirs.type:
        return False
    return bool({header_key(word) for word in mine.headers} & {header_key(word) for word in theirs.headers})


def _with(record: RecordType, words: Words) -> RecordType:
    fields = {name: replace(each, headers=_more(each.headers, words, name)) for name, each in record.fields.items()}
    flow, span = record.flow, record.range
    if flow is not None:
        flow = replace(
            flow,
            money_in=_more(flow.money_in, words, MONEY_IN),
            money_out=_more(flow.money_out, words, MONEY_OUT),
            flag_headers=_more(flow.flag_headers, words, FLAG),
        )
    if span is not None:
        span = replace(span, headers=_more(span.headers, words, RANGE))
    return replace(record, fields=MappingProxyType(fields), flow=flow, range=span)


def _more(own: Iterable[str], words: Words, role: str) -> tuple[str, ...]:
    return (*own, *words.get(role, ()))
