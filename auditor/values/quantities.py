"""Quantities: a number and, perhaps, a unit."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.values.errors import NotAnAmount, UnitDiffers
from auditor.values.money import exact, parse_number
from auditor.values.reading import QuantityReading
from auditor.values.text import clean_cell, folded

_UNITS = {
    "kg": ("kg", "kgs", "kg.", "公斤", "千克", "kilo", "kilos", "kilogram", "kilograms", "k"),
    "g": ("g", "克", "gram", "grams", "gr"),
    "t": ("t", "吨", "公吨", "ton", "tons", "tonne", "tonnes", "mt"),
    "lb": ("lb", "lbs", "磅"),
    "jin": ("斤", "市斤"),
    "cbm": ("cbm", "m3", "m³", "立方", "立方米", "方"),
    "cm": ("cm", "厘米", "公分"),
    "m": ("m", "米"),
    "piece": ("件", "pcs", "pc", "pcs.", "piece", "pieces", "个", "只", "支", "ea", "套"),
    "carton": ("箱", "ctn", "ctns", "carton", "cartons", "纸箱"),
    "ticket": ("票", "单", "笔"),
    "pallet": ("托", "板", "卡板", "托盘", "plt", "plts", "pallet", "pallets"),
    "bag": ("袋", "包", "bag", "bags"),
    "roll": ("卷", "roll", "rolls"),
    "sheet": ("张", "页", "份", "联", "本"),
    "day": ("天", "日", "day", "days"),
}
_BY_NAME = {name: unit for unit, names in _UNITS.items() for name in names}
_GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "t": Decimal(1_000_000)}
_NAMES = "|".join(re.escape(name) for name in sorted(_BY_NAME, key=lambda name: (-len(name), name)))
_WITH_UNIT = re.compile(rf"(?P<number>.*?[\d.)])\s*\(?(?P<unit>{_NAMES})\)?")
_PLAIN = re.compile(r"[+-]?\d{1,13}(\.\d{1,5})?", re.ASCII)


def unit_of(word: str) -> str | None:
    """The unit that a word means: `KGS`, `公斤` and `千克` are `kg`."""
    return _BY_NAME.get(folded(word).strip().casefold())


def parse_quantity(text: str, unit: str | None = None, decimal: str | None = None) -> QuantityReading:
    """The quantity that a cell states, in `unit` (the field's) if the cell names no other.

    g, kg and t are converted into each other, exactly. Any other unit than the field's is a problem.
    """
    if decimal is None and _PLAIN.fullmatch(text):
        return QuantityReading(Decimal(text), None, unit)
    cleaned = clean_cell(text)
    if not cleaned:
        return QuantityReading()
    match = _WITH_UNIT.fullmatch(folded(cleaned).casefold())
    reading = parse_number(match["number"] if match else cleaned, decimal)
    if reading.problem:
        return QuantityReading(None, reading.problem.about(text))
    if reading.value is None:
        return QuantityReading(None, NotAnAmount(None, text) if match else None)
    found = _BY_NAME[match["unit"]] if match else None
    wanted = (unit_of(unit) or unit) if unit else None
    if found is None or wanted is None or found == wanted:
        return QuantityReading(reading.value, None, found or wanted)
    if found in _GRAMS and wanted in _GRAMS:
        return _converted(reading.value, found, wanted, text)
    return QuantityReading(None, UnitDiffers(None, text, unit=found, expected=wanted))


def _converted(value: Decimal, found: str, wanted: str, text: str) -> QuantityReading:
    power = (_GRAMS[found] / _GRAMS[wanted]).adjusted()  # a power of ten, so nothing is rounded
    converted, problem = exact(f"{value.scaleb(power):f}", 0, text)
    return QuantityReading(converted, problem, None if problem else wanted)
