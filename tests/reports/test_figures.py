"""Figures as people read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from fixture import finding

from auditor.reports.figures import count, difference, figure_text, money


@pytest.mark.parametrize(
    ("value", "currency", "signed", "shown"),
    [
        ("1544.29", "CNY", False, "1,544.29"),
        ("1544.29000", "CNY", True, "+1,544.29"),
        ("-1544.2", "CNY", True, "-1,544.20"),
        ("0", "CNY", True, "0.00"),
        ("1234567", "JPY", False, "1,234,567"),
        ("0.00500", "CNY", False, "0.005"),
        ("1.5", "KWD", False, "1.500"),
        ("123456789012345678.91", "CNY", False, "123,456,789,012,345,678.91"),
    ],
)
def test_money(value: str, currency: str, signed: bool, shown: str) -> None:
    assert money(Decimal(value), currency, signed=signed) == shown


def test_counts() -> None:
    assert [
        count(Decimal("2100.00000")),
        count(Decimal("-3"), signed=True),
        count(7, signed=True),
        count(Decimal("1.5")),
    ] == [
        "2,100",
        "-3",
        "+7",
        "1.5",
    ]


def test_text_that_is_no_amount_stays() -> None:
    assert [
        figure_text("4868.81"),
        figure_text("0003142"),
        figure_text("998-61000365"),
        figure_text("9"),
        figure_text(None),
    ] == [
        "4,868.81",
        "0003142",
        "998-61000365",
        "9",
        "",
    ]


def test_a_difference_in_pieces_has_no_decimals() -> None:
    assert difference(finding("BIL-03", "SH26-004116", difference="-2.00000", unit="count")) == "-2"
    assert difference(finding("REG-03", "SH26-004116/计费重", difference="1.50000", unit="weight")) == "+1.5"
    assert difference(finding("BIL-01", "SH26-004116", difference="-2.00000")) == "-2.00"
