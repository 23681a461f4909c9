"""The ways in which this company writes values; each file takes the one that its writer happened to like."""

from __future__ import annotations

from dataclasses import dataclass

from houses.facts import PROVIDER_NAMES, Facts
from houses.writing import Style

_CUSTOMERS = frozenset({"customer", "filed_under", "payer"})


@dataclass(frozen=True)
class Styles:
    """Numbers in cells; plain text for CSV and PDF; text with units; dates in full."""

    cells: Style
    text: Style
    units: Style
    full: Style


def styles(facts: Facts) -> Styles:
    """The styles of a month: customers go by their short names, providers by their numbers in the list of names."""
    short = {each.name: each.names[0] for each in facts.month.customers if each.names}
    numbers = {name: number for number, name in PROVIDER_NAMES.items()}

    def say(field: str, text: str) -> str:
        if field in _CUSTOMERS:
            return short.get(text, text)
        if field == "provider":
            return numbers.get(text, text)
        return "" if field == "status" and text == "正常" else text

    cells = Style(date="{m}.{d}", money="excel:0.00", weight="excel:0.0#", colon=":", say=say)
    text = cells.but(date="{m}/{d}", money="{:.2f}", weight="{}", whole="{}")
    units = cells.but(date="{m}-{d}", money="￥{:,.2f}", weight="{}kg", whole="{}", pieces="{}件")
    return Styles(cells, text, units, text.but(date="{y}.{m}.{d}", money="{:.2f}元"))
