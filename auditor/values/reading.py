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
    """An amount, with what stands beside it: the currency (ISO 4217), the side (借, 贷, 收, 付 or 平, whatever word or
    language it is written in) and a note in brackets."""

    value: Decimal | None = None
    problem: ValueProblem | None = None
    currency: str | None = None
    flag: str | None = None
    note: str | None = None


class DateReading(NamedTuple):
    """A date, with the time of day and its distance from UTC (`+08:00`) if the text has them.

    `day`: month and day of a text that lacks the year, which its column may know.
    """

    value: date | None = None
    problem: ValueProblem | None = None
    time: time | None = None
    zone: str | None = None
    day: tuple[int, int] | None = None


class QuantityReading(NamedTuple):
    """A quantity with the unit that it is now in (the field's after conversion, else as written, in normal form)."""

    value: Decimal | None = None
    problem: ValueProblem | None = None
    unit: str | None = None


class ShareReading(NamedTuple):
    """A number and, where the text says it, the whole that it is part of: `2/3` is 2 of 3."""

    value: int | None = None
    problem: ValueProblem | None = None
    whole: int | None = None
