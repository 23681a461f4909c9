"""Every figure of a labelled paper, known label or not, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from auditor.documents.fields import Spec, read_one
from auditor.documents.forms.records import FormValue
from auditor.documents.papers.amount_texts import amount_in, percent_of
from auditor.documents.papers.fields import PaperLabels
from auditor.documents.papers.label_words import names
from auditor.documents.papers.model import Entry, Paper
from auditor.documents.words import labelled_paper_words
from auditor.records.model import FieldType

FOREIGN = "source_amount"  # the field that holds an amount in another currency than the paper's
_PERCENT = re.compile(r"[%％‰]\s*$")
_DECIMALS = re.compile(r"[.,]\d{2}\)?$")


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """A label with its value, the heading of its block, and the number of the row in which it stands."""

    block: str
    row: int | None
    entry: Entry


def entries_in_order(paper: Paper) -> Iterator[PlacedEntry]:
    """The labels of a paper with their values, in the order in which they stand, those of blocks set aside left out."""
    number = 0
    for block in paper.blocks:
        if block.aside:
            continue
        placed = [(each.box, [each], False) for each in block.entries]
        placed += [(row.box, list(row.entries), True) for row in block.rows]
        for _, entries, is_row in sorted(placed, key=lambda each: (each[0].page, each[0].top, each[0].x0)):
            number += is_row
            for entry in entries:
                yield PlacedEntry(block.heading, number if is_row else None, entry)


def currency_of(paper: Paper, labels: PaperLabels, record: str, declared: str | None) -> str | None:
    """The currency of amounts that state none: of the label, else the only one that stands beside amounts."""
    stated_values = labels.values(list(paper.entries), record) if record else {}
    label = stated_values.get("currency")
    if label is not None:
        stated: str | None = read_one(label.text, Spec("currency", FieldType.CURRENCY)).value
        return stated
    foreign = stated_values.get(FOREIGN)
    beside = [amount_in(each.text).currency for each in _values(paper) if each is not foreign]
    codes = list(dict.fromkeys(code for code in beside if code))
    return codes[0] if len(codes) == 1 else declared if not codes else None


def _values(paper: Paper) -> Iterator[FormValue]:
    for each in entries_in_order(paper):
        if each.entry.value is not None:
            yield each.entry.value


def stated_figures(
    paper: Paper,
    record: str,
    number: str | None,
    mark: str | None,
    currency: str | None,
    fields: Mapping[int, str] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """The figures of a paper as rows of `stated_figure`. `fields`: the fields of its entries, by `id` of the entry."""
    rows: list[dict[str, Any]] = []
    of_money = _labels_of_money(paper)
    for placed in entries_in_order(paper):
        value = placed.entry.value
        figure = None if value is None else _figure(placed.entry.label, value.text, mark, currency, of_money)
        if value is None or figure is None:
            continue
        amount, rate, code = figure
        rows.append(
            {
                "paper": paper.title,
                "kind": record or None,
                "number": number,
                "block": placed.block or None,
                "row": placed.row,
                "at": len(rows) + 1,
                "label": placed.entry.label,
                "field": fields.get(id(placed.entry)),
                "amount": amount,
                "rate": rate,
                "currency": code,
                "_page": value.box.page,
                "_box": value.box.as_text(),
                "_raw": f"{placed.entry.label}: {value.text}",
                "_via": value.via,
                "_score": value.score,
                "_proof": "unproved",
            }
        )
    return rows


def _labels_of_money(paper: Paper) -> frozenset[str]:
    """The labels behind which an amount stands somewhere that can be nothing else: with a currency, with cents."""
    return frozenset(
        each.entry.label
        for each in entries_in_order(paper)
        if (value := each.entry.value) is not None
        and (reading := amount_in(value.text)).value is not None
        and (reading.currency or _DECIMALS.search(value.text.strip()))
    )


def _figure(
    label: str, text: str, mark: str | None, currency: str | None, of_money: Collection[str]
) -> tuple[Decimal | None, Decimal | None, str | None] | None:
    """The amount, the rate and the currency that a text states; None if it is no figure."""
    if _PERCENT.search(text):
        share = percent_of(text)
        return None if share is None else (None, share, None)
    reading = amount_in(text, mark)
    if reading.value is None or reading.note:
        return None
    words = labelled_paper_words()
    if reading.currency:
        return reading.value, None, reading.currency
    if names(label, words.counted):
        return reading.value, None, None
    if label not in of_money and names(label, (*words.naming, *words.places)):
        return None
    return reading.value, None, currency
