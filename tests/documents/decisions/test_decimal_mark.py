"""Which mark stands before the decimals: shown by figures that can be read one way, else open."""

from __future__ import annotations

import pytest

from auditor.documents.decisions import decimal_mark
from auditor.documents.decisions.decision import Basis


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("12.5", "."), ("1,234.50", "."), ("1,234,567", "."), ("0.125", "."), ("1234.567", "."), ("￥1,234.5", "."),
        ("12,5", ","), ("1.234,50", ","), ("1.234.567", ","), ("0,125", ","), ("1234,567", ","), ("-€ 7,00 DR", ","),
        ("1,234", None), ("1.234", None), ("1234", None), ("", None), ("合计", None), ("1.2.3", None),
        ("１２．５", "."),
    ],
)  # fmt: skip
def test_what_a_figure_shows(text: str, mark: str | None) -> None:
    assert decimal_mark.mark_of(text) == mark


@pytest.mark.parametrize(
    ("texts", "value", "is_open"),
    [
        (["1,234", "12.50"], ".", False), (["1.234", "12,50"], ",", False), (["1.234,00", "1.234"], ",", False),
        (["1,234", "500"], None, False),  # no amount of money is printed with three decimals
        (["1.234", "500"], None, True), (["12.50", "12,50"], None, True), (["1,234.00", "1.234,00", "5"], None, True),
        (["100", "200"], None, False), ([], None, False),
    ],
)  # fmt: skip
def test_what_a_table_shows(texts: list[str], value: str | None, is_open: bool) -> None:
    found = decimal_mark.decide(texts)
    assert (found.value, found.open) == (value, is_open)


def test_what_is_declared_goes_before_what_is_shown() -> None:
    assert decimal_mark.decide(["12.50"], declared=",").basis is Basis.DECLARED
