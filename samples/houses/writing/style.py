"""How a house writes a value: dates, money, weights, counts, and the words of the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from houses.facts import Value

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EXCEL = "excel:"
_WEIGHTS = frozenset({"actual_weight", "volume_weight", "charge_weight"})
_PIECES = frozenset({"pieces", "pieces_shipped", "prepared", "signed"})
Cell = tuple[str | int | Decimal | date, str]  # a value and the spreadsheet's format for it; texts have none
EMPTY: Cell = ("", "")


def day_text(day: date, pattern: str) -> str:
    """A date by a pattern of `{y} {yy} {m} {mm} {mon} {d} {dd}`: `{d}-{mon}-{yy}` is `3-Oct-26`."""
    return pattern.format(
        y=day.year,
        yy=f"{day.year % 100:02d}",
        m=day.month,
        mm=f"{day.month:02d}",
        mon=_MONTHS[day.month - 1],
        d=day.day,
        dd=f"{day.day:02d}",
    )


def _same(field: str, text: str) -> str:
    return text


@dataclass(frozen=True)
class Style:
    """A way of writing. Formats that begin with `excel:` make cells of numbers and dates, the others make text.

    `pieces` and `signed` are how pieces of goods and amounts with a sign are written, if not as other numbers.
    `say` gives the house's words for a text of the facts, by the field in which it stands; `none` is written where a
    number or a date is missing.
    """

    date: str = "excel:yyyy-mm-dd"
    money: str = "excel:#,##0.00"
    weight: str = "excel:0.0"
    whole: str = "excel:0"
    pieces: str = ""
    time: str = "{}"
    colon: str = "："
    signed: str = ""
    none: str = ""
    say: Callable[[str, str], str] = _same

    def but(self, **changes: Any) -> Style:
        """The same style with some things written otherwise."""
        return replace(self, **changes)

    def cell(self, field: str, value: Value) -> Cell:
        """A value of a field as a cell."""
        if value is None:
            return (self.none, "")
        if isinstance(value, str):
            return (self.say(field, value), "") if value else EMPTY
        if isinstance(value, date):
            if self.date.startswith(_EXCEL):
                return value, self.date.removeprefix(_EXCEL)
            return day_text(value, self.date), ""
        pattern = self._pattern(field, value)
        if pattern.startswith(_EXCEL):
            return value, pattern.removeprefix(_EXCEL)
        if pattern == "()":
            return (f"({-value:,.2f})" if value < 0 else f"{value:,.2f}"), ""
        return pattern.format(value), ""

    def text(self, field: str, value: Value) -> str:
        """A value of a field as text, as pages and CSV need it."""
        shown, pattern = self.cell(field, value)
        if isinstance(shown, str):
            return shown
        if isinstance(shown, date):
            return day_text(shown, "{y}-{mm}-{dd}")
        return f"{shown:,.2f}" if "," in pattern else str(shown)

    def _pattern(self, field: str, value: int | Decimal) -> str:
        if isinstance(value, int):
            return self.pieces if self.pieces and field in _PIECES else self.whole
        if value.as_tuple().exponent == -4:
            return "excel:0.0000" if self.money.startswith(_EXCEL) else "{:.4f}"
        if field in _WEIGHTS:
            places = -int(value.as_tuple().exponent)
            return f"excel:0.{'0' * places}" if self.weight.startswith(_EXCEL) else self.weight
        if value.as_tuple().exponent == 0:
            return self.whole
        if field == "<signed>" and self.signed:
            return self.signed
        return self.money
