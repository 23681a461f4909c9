"""What to make: company, month, numbers, volume, order of rows, and which errors are planted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

Item = TypeVar("Item")


class Order(StrEnum):
    """The order of rows in tables without running balances, and of files and pages."""

    NATURAL = "natural"
    REVERSED = "reversed"
    STRIDED = "strided"

    def of(self, items: Sequence[Item]) -> list[Item]:
        """The items in this order; a permutation without chance."""
        if self is Order.REVERSED:
            return list(reversed(items))
        if self is Order.STRIDED and len(items) > 2:
            count = len(items)
            step = _coprime(max(2, count * 5 // 8), count)
            return [items[(7 + position * step) % count] for position in range(count)]
        return list(items)


def _coprime(step: int, count: int) -> int:
    while _common(step, count) != 1:
        step += 1
    return step


def _common(one: int, other: int) -> int:
    while other:
        one, other = other, one % other
    return one


@dataclass(frozen=True)
class Settings:
    """All that can be set. `plants` are the names of the plants to make; `closed` and `make_up` days of the month."""

    company: str = "捷远国际货运代理有限公司"
    tax_id: str = "91440300MA5G0JY26X"
    year: int = 2026
    month: int = 10
    closed: frozenset[int] = frozenset(range(1, 8))
    make_up: frozenset[int] = frozenset({10})
    slip_letters: str = "SH"
    slip_width: int = 6
    receipt_width: int = 7
    volume: int = 1
    order: Order = Order.NATURAL
    plants: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.volume < 1:
            raise ValueError(f"volume must be 1 or more, not {self.volume}")
        date(self.year, self.month, 1)

    @property
    def yy(self) -> str:
        """The year in two figures."""
        return f"{self.year % 100:02d}"

    @property
    def yymm(self) -> str:
        """Year and month in four figures, as document numbers carry them."""
        return f"{self.yy}{self.month:02d}"

    @property
    def period(self) -> str:
        """The month as `2026-10`."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def title(self) -> str:
        """The month as it stands in titles, `2026年10月`."""
        return f"{self.year}年{self.month}月"

    @property
    def slip_prefix(self) -> str:
        """The prefix of this year's receiving slips."""
        return f"{self.slip_letters}{self.yy}-"

    @property
    def old_slip_prefix(self) -> str:
        """The prefix of last year's receiving slips, of which one book is still in use."""
        return f"{self.slip_letters}{self.year % 100 - 1:02d}-"

    def slip_no(self, number: int) -> str:
        """A slip number of this year, with leading zeros."""
        return f"{self.slip_prefix}{number:0{self.slip_width}d}"

    def receipt_no(self, number: int) -> str:
        """A receipt number, with leading zeros."""
        return f"{number:0{self.receipt_width}d}"

    def document_no(self, letters: str, number: int) -> str:
        """A document number of the month, such as `LL2610-001`."""
        return f"{letters}{self.yymm}-{number:03d}"
