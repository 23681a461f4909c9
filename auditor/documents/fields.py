"""The one way from a field's text to its value, for the cells of a column, the lines of a heading and boxes of a form.

A `FieldValue` is the value, what was left over beside it (a currency, DR or 借, a note, a distance from UTC), what it
lacks (a year) and what is wrong with it. What a single text leaves open (the decimal mark, the order of day and month,
the year, the side) is decided before, once for the whole column (`auditor.documents.decisions`), and comes in the
`Spec`. Whole columns are read by `auditor.documents.typed_columns`, with the reader that is made here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from auditor.errors import AuditorError
from auditor.records.model import FieldType
from auditor.values.dates import parse_date
from auditor.values.integers import parse_share
from auditor.values.money import parse_money
from auditor.values.parsers import NOTHING_DECLARED, Declared, parser
from auditor.values.times import parse_time

# In a column of amounts or dates these words say that there is none; as a text they may be an answer.
_NOTHING = frozenset(("无", "空", "没有", "不适用"))
_WORDS = (FieldType.TEXT, FieldType.NUMBER_TEXT, FieldType.CHOICE, FieldType.FLAG)


@dataclass(frozen=True, slots=True)
class Spec:
    """How the texts of one field are read. Values are multiplied by `numerator / denominator`, their unit.

    `source` is the column of text, `header` what stands over it.
    """

    name: str
    type: FieldType
    source: str = ""
    declared: Declared = NOTHING_DECLARED
    numerator: int = 1
    denominator: int = 1
    header: str = ""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What stands beside a value in its text: `currency` (ISO 4217), `side` (借, 贷, 收, 付 or 平), `note` (in brackets
    behind an amount), `zone` (the distance from UTC of a time, such as `+08:00`), `whole` (the 3 of 2/3)."""

    currency: str | None = None
    side: str | None = None
    note: str | None = None
    zone: str | None = None
    whole: str | None = None


NOTHING_LEFT = LeftOver()


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The reading of one text: a value, or a problem, or neither where the text is empty.

    `day`: month and day of a date that states no year; the value is there only if the `Spec` gave a year.
    """

    value: Any = None
    problem: AuditorError | None = None
    left: LeftOver = NOTHING_LEFT
    day: tuple[int, int] | None = None


EMPTY = FieldValue()
FieldReader = Callable[[str], FieldValue]


def reader_of(kind: FieldType, declared: Declared = NOTHING_DECLARED) -> FieldReader:
    """The function that reads one text as a field of type `kind`, with what was decided of its column."""
    if kind is FieldType.TIME:
        return _time
    if kind is FieldType.MONEY:
        return lambda text: EMPTY if text.strip() in _NOTHING else _money(text, declared.decimal)
    if kind is FieldType.DATE:
        return lambda text: EMPTY if text.strip() in _NOTHING else _date(text, declared)
    if kind is FieldType.INTEGER and declared.share:
        return lambda text: EMPTY if text.strip() in _NOTHING else _share(text)
    parse = parser(kind.value, declared)

    def read(text: str) -> FieldValue:
        found = parse(text)
        return FieldValue(found.value, found.problem)

    return read if kind in _WORDS else lambda text: EMPTY if text.strip() in _NOTHING else read(text)


def read_one(text: str, spec: Spec) -> FieldValue:
    """One text, as a heading or a form has it, in the unit of its `spec`."""
    found = reader_of(spec.type, spec.declared)(text)
    if not isinstance(found.value, Decimal) or (spec.numerator, spec.denominator) == (1, 1):
        return found
    scaled = found.value * spec.numerator / spec.denominator
    return FieldValue(scaled, found.problem, found.left, found.day)


def _money(text: str, decimal: str | None) -> FieldValue:
    found = parse_money(text, decimal)
    if not (found.currency or found.flag or found.note):
        return FieldValue(found.value, found.problem)
    return FieldValue(found.value, found.problem, LeftOver(found.currency, found.flag, found.note))


def _share(text: str) -> FieldValue:
    found = parse_share(text)
    left = NOTHING_LEFT if found.whole is None else LeftOver(whole=str(found.whole))
    return FieldValue(found.value, found.problem, left)


def _date(text: str, declared: Declared) -> FieldValue:
    found = parse_date(
        text,
        default_year=declared.default_year,
        order=declared.order,
        roc=declared.roc,
        short_order=declared.short_order,
        full_days=declared.full_days,
    )
    return FieldValue(found.value, found.problem, _zone(found.zone), found.day)


def _zone(zone: str | None) -> LeftOver:
    return LeftOver(zone=zone) if zone else NOTHING_LEFT


def _time(text: str) -> FieldValue:
    """The time of day; of a date with a time its second part, of a date alone nothing."""
    found = parse_time(text)
    if found.value is not None:
        return FieldValue(found.value)
    stamp = parse_date(text, default_year=2000, short_order="mdy")
    known = stamp.value is not None or stamp.day is not None
    return FieldValue(stamp.time, None if known else found.problem, _zone(stamp.zone))
