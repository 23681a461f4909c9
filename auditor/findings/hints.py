"""What a difference looks like: reversed digits, a slipped decimal point, a wrong sign, a missing or doubled entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from auditor.findings.model import RecordRef
from auditor.languages import Text

REVERSED = Text("digits probably reversed (the difference divides by 9)", "疑似数字颠倒（差异可被 9 整除）")
POINT = Text("decimal point probably slipped", "疑似小数点错位")
DIRECTION = Text("direction probably wrong (the difference is twice the amount)", "疑似方向记反（差异为金额的两倍）")
SEVERAL = Text("an entry of just this amount is missing or doubled", "差异等于某笔金额：疑似漏记或重复")


def hint_for(row: Mapping[str, Any], records: Sequence[RecordRef]) -> Text | None:
    """A hint for a difference between two stated amounts, or None where it looks like nothing in particular."""
    difference = row["difference"]
    expected, actual = _number(row["expected"]), _number(row["actual"])
    if not difference or expected is None or actual is None or not expected or not actual:
        return None
    if actual == -expected:
        return DIRECTION
    if _slipped(expected, actual):
        return POINT
    if row["field"] and _same_digits(expected, actual) and (difference * 100) % 9 == 0:
        return REVERSED
    return None


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if text else None
    except InvalidOperation:
        return None  # the two sides are texts, and a text has no such hint


def _slipped(expected: Decimal, actual: Decimal) -> bool:
    return any(expected == actual * f or actual == expected * f for f in (Decimal(10), Decimal(100)))


def _same_digits(expected: Decimal, actual: Decimal) -> bool:
    digits = [sorted(f"{abs(value):.5f}".replace(".", "").strip("0")) for value in (expected, actual)]
    return digits[0] == digits[1]
