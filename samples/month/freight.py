"""Receiving slips by formula: goods, weights, prices, waybills and numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from month.amounts import half_up
from month.days import Days
from month.parties import CUSTOMERS, DESTINATIONS, Party, more_customers
from month.records import Slip
from month.settings import Settings

PER_DAY = 20
BASE = (680, 1850, 420, 260, 3600)  # 分 a kilogram, P1 to P5
FUEL = (120, 80, 0, 0, 185)  # tenths of a per cent
DIVISOR = (6000, 6000, 6000, 6000, 5000)
COST_SHARE = Fraction(78, 100)
COLLECT = frozenset({83, 188})
COD = {6: 188_000, 39: 246_000, 111: 125_000, 183: 364_000, 216: 98_000}
FIRST_NUMBER = {"A": 4001, "B": 4151, "C": 4301}
VOIDS = {"A": (4037, 4090, 4112), "B": (4166, 4203, 4259), "C": (4320, 4350, 4377)}
CLERKS = {"A": "王敏", "B": "李强", "C": "周婷"}
LATE_PROVIDER = "P4"  # what it takes over on the last day leaves on the next working day


@dataclass
class Scheme:
    """How the slips are numbered. In a clean month each station counts on; the plants change that here."""

    stray: dict[tuple[str, int], int] = field(default_factory=dict)  # (station, how many before): number
    early: dict[tuple[str, int], int] = field(default_factory=dict)  # numbers of a later book, taken too soon
    printed_twice: dict[int, int] = field(default_factory=dict)  # number: what is printed in its place, once


def stations(layer: int) -> tuple[str, str, str]:
    """The three stations of a layer of volume: A, B, C for the first."""
    if layer == 0:
        return "A", "B", "C"
    return tuple(f"{letter}{layer + 1}" for letter in "ABC")  # type: ignore[return-value]


def first_number(station: str) -> int:
    """The first number of a station's books."""
    if station in FIRST_NUMBER:
        return FIRST_NUMBER[station]
    layer = int(station[1:]) - 1
    return 10_001 + ((layer - 1) * 3 + "ABC".index(station[0])) * 200


def build_customers(settings: Settings) -> list[Party]:
    """All customers: twelve, and twelve more for each further measure of volume."""
    return [*CUSTOMERS, *(party for layer in range(1, settings.volume) for party in more_customers(layer))]


def build_slips(settings: Settings, days: Days, scheme: Scheme) -> list[Slip]:
    """All receiving slips in the order in which they were written, 420 for each measure of volume."""
    customers = build_customers(settings)
    slips = [
        _slip(settings, days, customers, layer, place)
        for layer in range(settings.volume)
        for place in range(PER_DAY * len(days.operating))
    ]
    _number(settings, slips, scheme)
    _waybills(settings, slips)
    return slips


def _slip(settings: Settings, days: Days, customers: list[Party], layer: int, place: int) -> Slip:
    day, shift = divmod(place, PER_DAY)
    station = stations(layer)[0 if shift < 7 else 1 if shift < 14 else 2]
    customer = customers[(5 * place + 3 * day) % 12 + 12 * layer]
    provider = (3 * place + day) % 5
    pieces = 1 + 7 * place % 9
    dims = (40 + 5 * (place % 5), 30 + 5 * (place % 3), 20 + 5 * (place % 4))
    actual = pieces * (30 + 7 * (place % 11))
    volume = Fraction(pieces * dims[0] * dims[1] * dims[2], DIVISOR[provider])
    half = max(-(-actual // 5), -(-volume.numerator * 2 // volume.denominator))
    rate = BASE[provider] + 20 * ((5 * place + 3 * day) % 12 % 3)
    freight, fuel = price(half, rate, FUEL[provider])
    other = 3000 if place % 20 == 0 else 0
    cost_rate = half_up(BASE[provider] * COST_SHARE)
    cost_freight, cost_fuel = price(half, cost_rate, FUEL[provider])
    name = f"P{provider + 1}"
    written = customer.written or (customer.name,)
    goods = DESTINATIONS[name]
    return Slip(
        i=len(days.operating) * PER_DAY * layer + place,
        day=day,
        date=days.operating[day],
        station=station,
        clerk=CLERKS[station[0]],
        customer=customer.id,
        customer_name=written[place % len(written)],
        provider=name,
        number="",
        waybill="",
        destination=goods[place % len(goods)],
        pieces=pieces,
        dims=dims,
        actual=actual,
        half=half,
        volume=volume,
        rate=rate,
        freight=freight,
        fuel_rate=FUEL[provider],
        fuel=fuel,
        other=other,
        amount=freight + fuel + other,
        pay_mode=_pay_mode(customer, layer, place),
        cost_rate=cost_rate,
        cost_freight=cost_freight,
        cost_fuel=cost_fuel,
        cod=COD.get(place, 0) if layer == 0 else 0,
        outbound_no=f"CH{settings.yy}-{2000 + 5 * day + provider + 1:06d}",
        outbound_date=_leaves(days, day, name),
    )


def price(half: int, rate: int, fuel_rate: int) -> tuple[int, int]:
    """Freight and fuel surcharge of a weight in half kilograms, each rounded to the 分."""
    freight = half_up(Fraction(half * rate, 2))
    return freight, half_up(Fraction(freight * fuel_rate, 1000))


def _pay_mode(customer: Party, layer: int, place: int) -> str:
    return "到付" if layer == 0 and place in COLLECT else customer.settlement


def _leaves(days: Days, day: int, provider: str) -> date:
    last = day == len(days.operating) - 1 and provider == LATE_PROVIDER
    return days.after(1) if last else days.operating[day]


def _number(settings: Settings, slips: list[Slip], scheme: Scheme) -> None:
    counts: dict[str, int] = defaultdict(int)
    counters = {slip.station: _count_on(slip.station, scheme) for slip in slips}
    for slip in slips:
        place = counts[slip.station]
        counts[slip.station] += 1
        if slip.station == "A" and place < 2:
            slip.number = f"{settings.old_slip_prefix}{9999 + place:0{settings.slip_width}d}"
            continue
        taken = scheme.stray.get((slip.station, place)) or scheme.early.get((slip.station, place))
        slip.number = settings.slip_no(taken or next(counters[slip.station]))


def _count_on(station: str, scheme: Scheme) -> Iterator[int]:
    left_out = {*VOIDS.get(station, ()), *scheme.early.values()}
    number = first_number(station)
    while True:
        if number not in left_out:
            if number in scheme.printed_twice:
                yield scheme.printed_twice[number]
            yield number
        number += 1


def _waybills(settings: Settings, slips: list[Slip]) -> None:
    counts: dict[str, int] = defaultdict(int)
    for slip in slips:
        counts[slip.provider] += 1
        slip.waybill = waybill_no(settings, slip.provider, counts[slip.provider])


def waybill_no(settings: Settings, provider: str, count: int) -> str:
    """The provider's waybill number of its count-th consignment of the month; air waybills carry a check digit."""
    if provider == "P1":
        return f"ST{settings.yymm}{count:06d}"
    if provider == "P2":
        return f"998-{6_100_000 + count:07d}{(6_100_000 + count) % 7}"
    if provider == "P3":
        return f"HHSZ{settings.yymm}{count:04d}"
    if provider == "P4":
        return f"YT{settings.yymm}{count:05d}"
    return f"{settings.yy}{51_000_000 + count:08d}"
