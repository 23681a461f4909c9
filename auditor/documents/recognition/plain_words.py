"""Small lists of plain words: a rota, a menu, a list of members have a date, a name, a kind and an amount, too.

Words that stand on papers of many kinds tell no record type, however many of them there are. One that few types know
does, and so does one that names a paper or a side of its own (收据号, Station). Where a column should hold days,
amounts or one of a few known words, what it holds may tell that it is something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.documents.recognition.header_words import EQUAL
from auditor.documents.recognition.table_evidence import TableEvidence
from auditor.documents.word_parts import choice_of, parts_of
from auditor.languages import Text
from auditor.records.model import MEASURED, FieldType, RecordType

PLAIN = Text("its words stand on papers of many kinds", "各栏用词过于普通，多种表格都有")
BARE = Text("its number is called a number and nothing more", "编号一栏未写明是何种单据的编号")
_FEW = 3  # record types that know a word
_FEWEST_TELLING = 3  # columns of words of its own, for records that nothing but a bare number names
_NUMBERS = frozenset(("number", "code", "line"))  # what parts of words call a number
_FIGURES = MEASURED | {FieldType.DATE}
_FEWEST = 2  # values that say something


def tells(table: TableEvidence, record: RecordType, used: Iterable[int]) -> bool:
    """Whether one of the columns that a hypothesis takes has a word that stands on papers of few kinds, or a label
    around the table numbers the paper that its records stand on (账单编号)."""
    return any(_tells(table, record.name, at) for at in used) or _is_numbered_around(table, record)


def _is_numbered_around(table: TableEvidence, record: RecordType) -> bool:
    """Whether a label states the number of the paper that rows of its lines take it from, and says what paper it is."""
    numbers = {
        name
        for name in record.identity
        if record.fields[name].inherit and record.fields[name].type is FieldType.NUMBER_TEXT
    }
    return any(
        bool(value) and bool(parts_of(label).objects) and each.record == record.name and each.role in numbers
        for label, value in table.shape.labels
        for each in table.knowledge.words.offers((label,))
        if each.likeness >= EQUAL
    )


def _tells(table: TableEvidence, record: str, at: int) -> bool:
    offers = [each for each in table.offers[at] if each.likeness >= EQUAL]
    mine = next((each for each in offers if each.record == record), None)
    if mine is None or _is_bare_number(mine.text):
        return False
    return len({each.record for each in offers}) <= _FEW or bool(parts_of(mine.text).objects)


def _is_bare_number(text: str) -> bool:
    """Whether a header calls its column a number and nothing more: `No.`, `编号`. Lists of any kind are numbered."""
    parts = parts_of(text)
    return bool(parts.attributes) and parts.attributes <= _NUMBERS and not (parts.objects or parts.rest)


def named_by_bare_number(table: TableEvidence, record: RecordType, columns: Iterable[tuple[str, int]]) -> bool:
    """Whether what names the records is a bare number, hardly another column has a word of such papers, and nothing
    around calls them so, or calls them a list of something else. `columns`: role and place of those that a hypothesis
    takes."""
    if table.shape.is_form:
        return False
    if record.name in table.names and not table.knowledge.names.calls_another(table.shape.names, record.name):
        return False
    taken = list(columns)
    own = [at for role, at in taken if role in record.identity]
    if len(record.identity) != 1 or not own or not _is_bare_number(table.shape.headers[own[0]]):
        return False
    return sum(_tells(table, record.name, at) for _, at in taken) < _FEWEST_TELLING


def other_values(table: TableEvidence, record: RecordType, columns: Iterable[tuple[str, int]]) -> Iterator[Text]:
    """Why the values of columns (role and place) are not those of a record type: none of a required field's is of its
    kind, or none is one of the words of a list's choices."""
    for role, at in columns:
        each, kind = record.fields.get(role), table.kinds[at]
        if each is None or kind.count < _FEWEST:
            continue
        if each.type is FieldType.CHOICE and (each.required or record.master is not None):
            if not any(choice_of(text, each.choices) for text in kind.texts):
                yield Text(f"none of its words is known as {each.title.en}", f"{each.title.zh}一栏的词均不认识")
        elif each.required and each.type in _FIGURES and not any(c.isdigit() for text in kind.texts for c in text):
            yield Text(f"what stands under {each.title.en} is something else", f"{each.title.zh}一栏的内容不符")
