"""The parser of each type of field, with what a document declares about its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from auditor.values.choices import choice_index, parse_choice
from auditor.values.currency import parse_currency
from auditor.values.dates import Order, parse_date
from auditor.values.errors import ValueProblem
from auditor.values.flags import parse_flag
from auditor.values.integers import parse_integer
from auditor.values.money import parse_money
from auditor.values.percents import parse_percent
from auditor.values.quantities import parse_quantity
from auditor.values.text import parse_number_text, parse_text
from auditor.values.times import parse_time
from auditor.values.words_amount import parse_words_amount


class AnyReading(Protocol):
    """What every parser gives back: a value, or a problem, or neither for an empty text."""

    @property
    def value(self) -> Any: ...
    @property
    def problem(self) -> ValueProblem | None: ...


@dataclass(frozen=True)
class Declared:
    """What a document or field declares about its values; the defaults declare nothing."""

    decimal: str | None = None                  # the decimal sign, "." or ","
    order: Order | None = None                  # of day, month and year
    short_order: Order | None = None            # of dates without a year
    full_days: bool = False                     # 10.3 is no number that was 10.30
    default_year: int | None = None             # for dates without one
    roc: bool = False                           # years of the Republic of China
    fraction: bool | None = None                # whether bare percentages are fractions
    unit: str | None = None                     # of quantities
    share: bool = False                         # 2/3 is 2, of 3
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


NOTHING_DECLARED = Declared()


def parser(kind: str, declared: Declared = NOTHING_DECLARED) -> Callable[[str], AnyReading]:
    """The parser for fields of type `kind` (a `FieldType`). KeyError if there is no such type."""
    makers: dict[str, Callable[[], Callable[[str], AnyReading]]] = {
        "text": lambda: parse_text,
        "number_text": lambda: parse_number_text,
        "date": lambda: partial(
            parse_date, default_year=declared.default_year, order=declared.order, roc=declared.roc,
            short_order=declared.short_order, full_days=declared.full_days,
        ),
        "time": lambda: parse_time,
        "money": lambda: partial(parse_money, decimal=declared.decimal),
        "quantity": lambda: partial(parse_quantity, unit=declared.unit, decimal=declared.decimal),
        "integer": lambda: parse_integer,
        "percent": lambda: partial(parse_percent, fraction=declared.fraction),
        "choice": lambda: partial(parse_choice, choices=declared.choices, index=choice_index(declared.choices)),
        "flag": lambda: parse_flag,
        "words_amount": lambda: parse_words_amount,
        "currency": lambda: parse_currency,
    }
    return makers[kind]()
