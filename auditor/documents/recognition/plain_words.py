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
_FEW = 3  # record types that know a word
_FIGURES = MEASURED | {FieldType.DATE}
_FEWEST = 2  # values that say something


def tells(table: TableEvidence, record: str, used: Iterable[int]) -> bool:
    """Whether one of the columns that a hypothesis takes has a word that stands on papers of few kinds."""
    for at in used:
        offers = [each for each in table.offers[at] if each.likeness >= EQUAL]
        types = {each.record for each in offers}
        mine = next((each for each in offers if each.record == record), None)
        if mine is not None and (len(types) <= _FEW or parts_of(mine.text).objects):
            return True
    return False


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
