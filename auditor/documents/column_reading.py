"""What a whole column says about the reading of its cells, and the reader that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from auditor.errors import AuditorError
from auditor.records.model import FieldType
from auditor.values.dates import Order, parse_date
from auditor.values.errors import AmbiguousDate
from auditor.values.parsers import Declared, parser
from auditor.values.percents import are_fractions
from auditor.values.times import parse_time

# In a column of amounts or dates these words say that there is none; as a text they may be an answer.
_NOTHING = frozenset(("无", "空", "没有", "不适用"))

Reading = tuple[Any, AuditorError | None]
Reader = Callable[[str], Reading]


def reader(kind: FieldType, declared: Declared, column: Callable[[], Sequence[str]]) -> Reader:
    """The function that reads one cell of a column: text → (value, problem); neither for an empty cell.

    `column` gives all texts of the column, which decide what a single text does not: the order of dates such as 03/04,
    and whether 0.185 is 18.5 %.
    """
    if kind is FieldType.TIME:
        return _time
    if kind in (FieldType.TEXT, FieldType.NUMBER_TEXT, FieldType.CHOICE, FieldType.FLAG):
        return _reading(parser(kind.value, declared))
    if kind is FieldType.DATE and declared.order is None:
        declared = replace(declared, order=date_order(column()))
    if kind is FieldType.PERCENT and declared.fraction is None:
        declared = replace(declared, fraction=are_fractions(column()) or None)
    read = _reading(parser(kind.value, declared))
    return lambda text: (None, None) if text.strip() in _NOTHING else read(text)


def _reading(parse: Callable[[str], Any]) -> Reader:
    def read(text: str) -> Reading:
        found = parse(text)
        return found.value, found.problem

    return read


def date_order(texts: Sequence[str]) -> Order | None:
    """The order of a whole column, day first or month first, where its unambiguous values show only one of them."""
    if not any(isinstance(parse_date(text).problem, AmbiguousDate) for text in texts):
        return None
    orders: set[Order] = set()
    for text in texts:
        by_day, by_month = parse_date(text, order="dmy").value, parse_date(text, order="mdy").value
        if (by_day is None) != (by_month is None):
            orders.add("dmy" if by_day else "mdy")
    return orders.pop() if len(orders) == 1 else None


def _time(text: str) -> Reading:
    """The time of day; of a date with a time its second part, of a date alone nothing."""
    found = parse_time(text)
    if found.value is not None:
        return found.value, None
    stamp = parse_date(text)
    return stamp.time, None if stamp.value is not None else found.problem
