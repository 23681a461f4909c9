"""What a text on a paper states as an amount or a percentage."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.documents.decisions import decimal_mark
from auditor.values.money import parse_money
from auditor.values.percents import parse_percent
from auditor.values.reading import MoneyReading
from auditor.values.words_amount import parse_words_amount

_CODE = re.compile(r"[A-Za-z][\s-]?\d+")  # of a unit, a room, a place: no side of an account before an amount


def amount_in(text: str, mark: str | None = None) -> MoneyReading:
    """The amount that a text states by its own decimal mark, else by `mark`, that of the paper."""
    if _CODE.fullmatch(text.strip()):
        return MoneyReading()
    return parse_money(text, decimal_mark.mark_of(text) or mark)


def amount_in_words(text: str) -> Decimal | None:
    """The amount that Chinese or English words state; None if they state none, or a figure stands among them."""
    if any(map(str.isdigit, text)) or not text.strip():
        return None
    reading = parse_words_amount(text)
    return None if reading.problem is not None else reading.value


def percent_of(text: str) -> Decimal | None:
    """A percentage with either decimal mark; None if it is none."""
    plain = text.replace(".", "").replace(",", ".") if decimal_mark.mark_of(text) == "," else text
    return parse_percent(plain).value
