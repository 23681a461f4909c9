"""The labels of a paper to the fields of a record type: by the words of the type, whole or in part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from auditor.documents.forms.records import FormRecord, FormValue
from auditor.documents.forms.value_texts import plausible
from auditor.documents.headers import header_key
from auditor.documents.papers.amount_texts import amount_in_words
from auditor.documents.papers.deduced import deduced_column, deduced_roles
from auditor.documents.papers.label_words import first_word
from auditor.documents.papers.model import Entry, Paper
from auditor.documents.recognition.header_words import EQUAL, HeaderWords
from auditor.documents.vocabulary import Vocabulary
from auditor.documents.words import labelled_paper_words
from auditor.records.made_once import MadeOnce
from auditor.records.model import Field, FieldType, RecordType
from auditor.values.dates import parse_date
from auditor.values.text import folded

_ANY_YEAR = 2000
_LEAST = EQUAL - 100  # of the likeness of a label: what is less alike names no field


class PaperLabels:
    """The labels of all record types as papers print them."""

    def __init__(self, types: Mapping[str, RecordType]) -> None:
        self.types = types
        self._by_type: dict[str, HeaderWords] = {}

    def of(self, record: str) -> HeaderWords:
        """The words of one record type."""
        if record not in self._by_type:
            self._by_type[record] = HeaderWords(Vocabulary.of({record: as_on_papers(self.types[record])}))
        return self._by_type[record]

    def knows(self, text: str) -> bool:
        """Whether a text is a label of a paper of any type."""
        return header_key(text) in self._known

    def goes_on(self, label: str, rest: str) -> bool:
        """Whether a label goes on into the text behind it: that begins with a word that ends labels (`Type`), or can be
        no value of any field that the label names. Before a free text nothing tells."""
        fields = self._known.get(header_key(label), ())
        if any(each.free_text for each in fields) or not rest:
            return False
        ends = header_key(first_word(rest)) in labelled_paper_words().ends
        return ends or (bool(fields) and not any(fits(each, rest) for each in fields))

    @cached_property
    def _known(self) -> dict[str, tuple[Field, ...]]:
        found: dict[str, tuple[Field, ...]] = {}
        for each in self.types.values():
            if each.paper or each.titles:
                for one in each.fields.values():
                    for word in (*one.headers, *one.labels, *one.also):
                        key = header_key(word)
                        found[key] = (*found.get(key, ()), one)
        return found

    def roles(self, entries: Sequence[Entry], record: str) -> dict[int, str]:
        """The field that each of some labels names, by its place: of two labels for one field the better, then the
        first with a value that may be one."""
        words, fields = self.of(record), self.types[record].fields
        offers = [
            (offer.likeness, at, offer.role)
            for at, each in enumerate(entries)
            if each.value is not None
            for offer in words.offers((each.label,))
            if offer.role in fields and offer.likeness >= _LEAST and fits(fields[offer.role], each.value.text)
        ]
        found: dict[int, str] = {}
        for _, at, role in sorted(offers, key=lambda each: (-each[0], each[1])):
            if at not in found and role not in found.values():
                found[at] = role
        return found

    def values(self, entries: Sequence[Entry], record: str) -> dict[str, FormValue]:
        """What some labels state, by field."""
        roles = self.roles(entries, record)
        return {role: value for at, role in roles.items() if (value := entries[at].value) is not None}


paper_labels = MadeOnce(PaperLabels)


def as_on_papers(record: RecordType) -> RecordType:
    """A record type whose fields go by the labels of papers, too."""
    fields = {
        name: replace(each, headers=tuple(dict.fromkeys((*each.headers, *each.labels))))
        for name, each in record.fields.items()
    }
    return replace(record, fields=fields, flow=None, range=None)


def fits(each: Field, text: str) -> bool:
    """Whether what stands behind a label can be a value of a field. A code of letters is a number of a paper, too;
    words without a digit are none."""
    if each.type is FieldType.NUMBER_TEXT:
        return bool(text.strip()) and (any(map(str.isdigit, text)) or len(text.split()) == 1)
    if each.type is FieldType.PERCENT:
        return any(map(str.isdigit, text))
    if each.type in (FieldType.CURRENCY, FieldType.CHOICE):
        return True
    if each.type is FieldType.MONEY:
        return plausible(each, _without_code(text)) or amount_in_words(text) is not None
    if each.type is FieldType.QUANTITY:
        return plausible(each, _without_code(text))
    if each.type is FieldType.DATE and parse_date(text, order="dmy", default_year=_ANY_YEAR).value is not None:
        return True
    return plausible(each, text)


def _without_code(text: str) -> str:
    return folded(text).replace(" ", "")


@dataclass(frozen=True)
class PaperFields:
    """The fields that a paper's labels state: `own` of the paper itself by place of the entry, `lines` of its rows by
    the label, `deduced` of those that no word names."""

    own: Mapping[int, str]
    lines: Mapping[tuple[str, int], Mapping[str, str]]  # by record type and number of the block
    deduced: Mapping[str, str]  # label -> field

    def by_entry(self, paper: Paper) -> dict[int, str]:
        """The field of each entry that has one, by its `id`."""
        entries = list(paper.entries)
        found = {id(entries[at]): role for at, role in self.own.items()}
        for (_, number), roles in self.lines.items():
            for row in paper.blocks[number].rows:
                found |= {id(each): roles[each.label] for each in row.entries if each.label in roles}
        return found


def paper_fields(
    labels: PaperLabels, paper: Paper, record: str, lines: Iterable[str] = (), mark: str | None = None
) -> PaperFields:
    """What the labels of a paper state. `lines`: the record types of its rows; `mark`: the decimal mark of figures."""
    entries = list(paper.entries)
    roles = labels.roles(entries, record)
    own = entries[: sum(len(block.entries) for block in paper.blocks if not block.aside)]
    named = {at: role for at, role in roles.items() if at < len(own)}
    more = deduced_roles(labels.types[record], own, named, mark, paper.title)
    kept = {role for at, role in named.items() if at not in more}
    more = {at: role for at, role in more.items() if role not in kept}
    roles = {at: role for at, role in roles.items() if at in named or role not in more.values()}  # those set aside last
    deduced = {entries[at].label: role for at, role in more.items()}
    found: dict[tuple[str, int], Mapping[str, str]] = {}
    for name in lines:
        for number, block in enumerate(paper.blocks):
            rows = [row.entries for row in block.rows]
            if rows and not block.aside and not block.besides:
                by_label = _named_in_rows(labels, rows, name)
                column = deduced_column(labels.types[name], rows, by_label, mark)
                deduced |= column
                found[name, number] = by_label | column
    return PaperFields(roles | more, found, deduced)


def _named_in_rows(labels: PaperLabels, rows: Sequence[Sequence[Entry]], record: str) -> dict[str, str]:
    """The fields that the labels of some rows name, by the label."""
    found: dict[str, str] = {}
    for entries in rows:
        for at, role in labels.roles(entries, record).items():
            found.setdefault(entries[at].label, role)
    return found


def paper_record(
    labels: PaperLabels, paper: Paper, record: str, more: Mapping[str, str], fields: PaperFields
) -> FormRecord:
    """A paper as a form with its raw values by field, and its rows as lines. `more`: what the title states."""
    entries = list(paper.entries)
    values = {role: value for at, role in fields.own.items() if (value := entries[at].value) is not None}
    stated = {name: FormValue(text, paper.box) for name, text in more.items() if name not in values}
    values |= stated | _of_parties(labels.types[record], paper, values)
    rows = [
        line for name in dict.fromkeys(name for name, _ in fields.lines) for line in _lines(labels, paper, name, fields)
    ]
    return FormRecord(record, record, paper.box.page, paper.box, values, paper.raw, tuple(rows))


def _of_parties(record: RecordType, paper: Paper, known: Mapping[str, FormValue]) -> dict[str, FormValue]:
    """Whom the blocks *From* and *To* name is the other party, if no label says it."""
    if "party" not in record.fields or "party" in known:
        return {}
    words = labelled_paper_words()
    to = next((block for block in paper.blocks if header_key(block.heading) in words.receiver and block.texts), None)
    return {"party": FormValue(to.texts[0], paper.box)} if to is not None else {}


def _lines(labels: PaperLabels, paper: Paper, record: str, fields: PaperFields) -> list[FormRecord]:
    """The rows of a paper that are records of a type: those of a block in which a row has all required fields. A row
    there that lacks one is a problem and not passed over."""
    made: list[FormRecord] = []
    required = {name for name, each in labels.types[record].fields.items() if each.required}
    for number, block in enumerate(paper.blocks):
        column = fields.lines.get((record, number), {})
        own = block.rows if (record, number) in fields.lines else []
        rows = [(row, _row_values(labels, row.entries, record, column)) for row in own]
        if any(required <= set(values) for _, values in rows):
            made += [
                FormRecord(record, record, row.box.page, row.box, values, row.raw) for row, values in rows if values
            ]
    return made


def _row_values(
    labels: PaperLabels, entries: Sequence[Entry], record: str, column: Mapping[str, str]
) -> dict[str, FormValue]:
    found = labels.values(entries, record)
    for each in entries:
        role = column.get(each.label)
        if role is not None and role not in found and each.value is not None:
            found[role] = each.value
    return found
