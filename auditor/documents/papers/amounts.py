"""The amounts of a paper with two currencies or two ways to write decimals: one way for all that is typed from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.documents.decisions import decimal_mark
from auditor.documents.forms.records import FormRecord
from auditor.documents.papers.amount_texts import amount_in, amount_in_words, percent_of
from auditor.documents.papers.figures import FOREIGN, entries_in_order
from auditor.documents.papers.model import Paper
from auditor.records.model import FieldType, RecordType
from auditor.values.money import parse_money

_FIGURES = (FieldType.MONEY, FieldType.QUANTITY)
_CENTS = 2  # digits
_FOREIGN_CURRENCY = "source_currency"


def mark_of_paper(paper: Paper, currency: str | None, declared: str | None) -> str | None:
    """The decimal mark of the amounts in the paper's own currency; those in another currency, and rates, may have
    another. `?` if figures can be read both ways, None if none of them can."""
    if paper.mark:
        return paper.mark
    texts = [each.entry.value.text for each in entries_in_order(paper) if each.entry.value is not None]
    own = list(dict.fromkeys(text for text in texts if _is_own_amount(text, currency)))
    found = decimal_mark.decide(own, declared=declared)
    if found.value is None and not found.open:
        found = decimal_mark.decide(texts, declared=declared)
    return "?" if found.open else found.value


def _is_own_amount(text: str, currency: str | None) -> bool:
    mark = decimal_mark.mark_of(text)
    if mark is None and not decimal_mark.ambiguous(text):
        return False
    code = next((code for each in ("?", ".", ",") if (code := parse_money(text, each).currency)), None)
    if code is not None:
        return code == currency
    return len(text.rpartition(mark or ",")[2].strip(" )")) == _CENTS


def with_plain_amounts(form: FormRecord, types: Mapping[str, RecordType], mark: str | None) -> FormRecord:
    """A form with its figures and those of its lines written in one way: a point before the decimals, no groups. What
    can be read in two ways stays as it is. The currency of a foreign amount is a field of its own."""
    lines = tuple(with_plain_amounts(each, types, mark) for each in form.lines)
    fields = types[form.record].fields
    values = dict(form.values)
    for name, value in form.values.items():
        if fields[name].type is FieldType.PERCENT and (share := percent_of(value.text)) is not None:
            values[name] = replace(value, text=f"{share:f}%")
        if fields[name].type not in _FIGURES:
            continue
        found = amount_in(value.text, mark)
        if found.value is None and (spoken := amount_in_words(value.text)) is not None:
            values[name] = replace(value, text=f"{spoken:f}")
        if found.value is None or found.flag or found.note:
            continue
        code = found.currency
        if name == FOREIGN and code is not None and _FOREIGN_CURRENCY in fields:
            values.setdefault(_FOREIGN_CURRENCY, replace(value, text=code))
        foreign = name == FOREIGN or fields[name].type is FieldType.QUANTITY
        shown = "" if code is None or foreign else f"{code} "
        values[name] = replace(value, text=f"{shown}{found.value:f}")
    return replace(form, values=values, lines=lines)
