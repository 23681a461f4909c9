"""What a difference looks like."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from auditor.findings.hints import DIRECTION, POINT, REVERSED, hint_for
from auditor.languages import Text


def row(expected: str | None, actual: str | None, field: str | None = "amount") -> dict[str, Any]:
    difference = Decimal(actual) - Decimal(expected) if expected and actual else None
    return {"expected": expected, "actual": actual, "difference": difference, "field": field}


@pytest.mark.parametrize(
    ("expected", "actual", "hint"),
    [
        ("9640.00", "9460.00", REVERSED),
        ("3485.91", "3845.91", REVERSED),
        ("571.11", "517.11", REVERSED),
        ("350.00", "35.00", POINT),
        ("35.00", "3500.00", POINT),
        ("15000.00", "-15000.00", DIRECTION),
        ("100.00", "109.00", None),
        ("100.00", "130.00", None),
        (None, "100.00", None),
        ("0.00", "100.00", None),
    ],
)
def test_hint(expected: str | None, actual: str | None, hint: Text | None) -> None:
    assert hint_for(row(expected, actual), ()) == hint
