"""Values as plain text: the one place that formats an amount without a language."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

DECIMALS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3, "JOD": 3}


def amount_text(value: Decimal, currency: str | None = None) -> str:
    """An amount with its currency's decimals, and with more only where the value has more: `-1544.29`, `0.005`."""
    places = DECIMALS.get(currency or "", 2)
    exponent = value.normalize().as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"{value:.{max(places, digits)}f}"


def figure_text(value: Decimal, unit: str, currency: str | None = None) -> str:
    """A figure with the decimals it has, money with those of its currency: `-3`, `2.5`, `-1544.29`."""
    return amount_text(value, currency) if unit == "money" else f"{plain_number(value):f}"


def plain_number(value: Decimal) -> Decimal:
    """The number without decimals that say nothing: 3.00000 is 3, 2.50000 is 2.5."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def grouped(value: Decimal, currency: str | None = None) -> str:
    """An amount for a person: `-1,544.29`."""
    whole, point, decimals = amount_text(value, currency).partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole != "-0" else f"{whole}{point}{decimals}"


def plain(value: Any) -> str:
    """A field's value as text: decimals without trailing zeros beyond two, dates ISO 8601."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)
