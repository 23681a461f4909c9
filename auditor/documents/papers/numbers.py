"""Numbers of papers behind labels that no field's words name: the paper's own, and those of other papers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from auditor.documents.headers import header_key
from auditor.documents.papers.label_words import names
from auditor.documents.papers.model import Entry
from auditor.documents.words import labelled_paper_words
from auditor.records.model import Field, FieldType, RecordType

_NUMBER = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]+(?:[-/_.]?[A-Za-z0-9]+)*")  # of a paper: letters and digits
_WORDS = re.compile(r"[^\W\d_]+")

Roles = dict[int, str]


def is_number(text: str) -> bool:
    """Whether a text looks like the number of a paper: letters and digits."""
    return _NUMBER.fullmatch(text) is not None


def own_number(record: RecordType, entries: Sequence[Entry], roles: Mapping[int, str], title: str) -> Roles:
    """The paper's own number: the only one behind a label that says a number, else the only one behind a label that has
    a word of the title (`Copy mark` of a copy). A number that a field says in part is not it."""
    name = record.identity[-1] if record.identity else ""
    if name in roles.values() or name not in record.fields or record.fields[name].type is not FieldType.NUMBER_TEXT:
        return {}
    numbers = _numbers(entries)
    naming = labelled_paper_words().naming
    told = {at for at, role in numbers_in_part(record, entries, roles).items() if role != name}
    found = [at for at in numbers if at not in roles and at not in told and names(entries[at].label, naming)]
    if not found:
        words = tuple(header_key(each) for each in _WORDS.findall(title))
        found = [
            at
            for at in numbers
            if names(entries[at].label, words) and (at not in roles or _less_sure(record, roles[at]))
        ]
    return {found[0]: name} if len({_text(entries[at]) for at in found}) == 1 else {}


def numbers_in_part(record: RecordType, entries: Sequence[Entry], roles: Mapping[int, str]) -> Roles:
    """The numbers whose label says what a field's labels say, and nothing else beside that it is a number
    (`Exemption no.` of an exemption certificate), where one field alone says it."""
    said = {
        name: {word for label in (*each.headers, *each.labels) for word in _telling(label)}
        for name, each in record.fields.items()
        if each.type is FieldType.NUMBER_TEXT and name not in roles.values()
    }
    found: Roles = {}
    for at in _numbers(entries):
        own = _telling(entries[at].label)
        if at in roles or not own or not names(entries[at].label, labelled_paper_words().naming):
            continue
        fitting = [name for name, words in said.items() if own <= words]
        if len(fitting) == 1 and fitting[0] not in found.values():
            found[at] = fitting[0]
    return found


def _telling(label: str) -> frozenset[str]:
    """The words of a label but for those that say that it is a number."""
    naming = labelled_paper_words().naming
    return frozenset(key for each in _WORDS.findall(label) if (key := header_key(each)) not in naming)


def is_reference(each: Field) -> bool:
    """Whether a field names another paper: most of its labels say a reference."""
    if each.type not in (FieldType.NUMBER_TEXT, FieldType.TEXT):
        return False
    saying = sum(names(label, labelled_paper_words().reference) for label in each.labels)
    return 2 * saying > len(each.labels)


def _numbers(entries: Sequence[Entry]) -> list[int]:
    return [at for at, each in enumerate(entries) if is_number(_text(each))]


def _text(entry: Entry) -> str:
    return entry.value.text if entry.value is not None else ""


def _less_sure(record: RecordType, role: str) -> bool:
    return record.fields[role].type is FieldType.NUMBER_TEXT and not record.fields[role].required
