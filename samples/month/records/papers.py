"""Slips, covers, number books, filing and registers of the stations. Amounts in 分, weights in tenths of a kilogram."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction


@dataclass(slots=True)
class Slip:
    """A receiving slip. `half` is the chargeable weight in half kilograms, `fuel_rate` in tenths of a per cent."""

    i: int
    day: int  # place of the day among the operating days, from 0
    date: datetime.date
    station: str
    clerk: str
    customer: str
    customer_name: str
    provider: str
    number: str
    waybill: str
    destination: str
    pieces: int
    dims: tuple[int, int, int]
    actual: int
    half: int
    volume: Fraction
    rate: int
    freight: int
    fuel_rate: int
    fuel: int
    other: int
    amount: int
    pay_mode: str
    cost_rate: int
    cost_freight: int
    cost_fuel: int
    cod: int = 0
    outbound_no: str = ""
    outbound_date: datetime.date | None = None

    @property
    def charge(self) -> int:
        """The chargeable weight in tenths of a kilogram."""
        return self.half * 5

    @property
    def cost(self) -> int:
        """What the provider charges."""
        return self.cost_freight + self.cost_fuel


@dataclass(slots=True)
class VoidPaper:
    """A spoilt form that is kept: a slip or a receipt stamped 作废."""

    kind: str
    number: str
    date: datetime.date
    holder: str
    clerk: str
    copies: int = 3


@dataclass(slots=True)
class Book:
    """A book of numbers in the issue register."""

    kind: str
    book_no: str
    prefix: str
    first: int
    last: int
    width: int
    holder: str
    issued: datetime.date
    returned: datetime.date | None = None
    signed: str = ""


@dataclass(slots=True)
class VoidEntry:
    """A line of the void register."""

    kind: str
    number: str
    date: datetime.date
    reason: str
    copies: int
    missing: str
    reported_to: str
    approver: str
    replaced_by: str = ""


@dataclass(slots=True)
class Blanks:
    """Blank forms counted at the end of the month."""

    kind: str
    book_no: str
    holder: str
    date: datetime.date
    first: int
    last: int


@dataclass(slots=True)
class Cover:
    """The cover sheet of a station's slips of a day."""

    station: str
    date: datetime.date
    tickets: int
    pieces: int
    amount: int
    clerk: str


@dataclass(slots=True)
class Registered:
    """A row of the statistics register: what the slip says, as it was typed."""

    slip: Slip
    memo_no: str = ""
    typed_no: str = ""


@dataclass(slots=True)
class Outbound:
    """A line of an outbound slip."""

    number: str
    date: datetime.date
    provider: str
    waybill: str
    slip_no: str
    customer_name: str
    pieces: int
    charge: int
    remark: str = ""


@dataclass(slots=True)
class Filed:
    """Where a slip was filed."""

    customer: str
    slip_no: str
    waybill: str
    date: datetime.date
