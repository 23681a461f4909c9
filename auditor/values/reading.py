"""What a parser gives back: a value, or a problem, or neither for an empty text. Parsers never raise."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from auditor.values.errors import ValueProblem

T = TypeVar("T")


class Reading(NamedTuple, Generic[T]):
    """A value read from text. Both None: the text is empty."""

    value: T | None = None
    problem: ValueProblem | None = None


class MoneyReading(NamedTuple):
    """An amount, with the currency (ISO 4217) and the side (`debit`, `credit`, `in`, `out`) that stand beside it."""

    value: Decimal | None = None
    problem: ValueProblem | None = None
    currency: str | None = None
    flag: str | None = None


class DateReading(NamedTuple):
    """A date, with the time of day if the text has one."""

    value: date | None = None
    problem: ValueProblem | None = None
    time: time | None = None


class QuantityReading(NamedTuple):
    """A quantity with the unit that it is now in (the field's after conversion, else as written, in normal form)."""

    value: Decimal | None = None
    problem: ValueProblem | None = None
    unit: str | None = None
