"""What is planted is what an independent audit of the records finds, all of it and nothing else."""

from __future__ import annotations

import pytest
from checker_freight import Found, freight
from checker_money import banks, cash, receipts, value_of
from month.amounts import words
from month.build import build_month
from month.days import Days
from month.plants import choose, plants
from month.records import Month
from month.settings import Settings

FAMILIES = ("REG", "MRG", "SEQ", "CNT", "BIL", "DAY", "BNK", "RCT", "CSH")
Row = tuple[str, str, str, str, str]


def audited(month: Month) -> list[Found]:
    """The findings of the independent audit, sorted."""
    days = Days(Settings())
    return sorted([*freight(month, days.last), *banks(month, days), *receipts(month, days), *cash(month)])


def of_families(rows: list[Row]) -> list[Found]:
    return sorted(row[:4] for row in rows if row[0][:3] in FAMILIES or row[0] == "GEN-06")


def test_plants_are_the_expected_rows(planted: Month, expected: list[Row]) -> None:
    made = [(each.code, each.key, each.difference, each.amount, each.currency) for each in planted.expected]
    assert sorted(made) == sorted(expected)


def test_audit_finds_the_expected_rows(planted: Month, expected: list[Row]) -> None:
    assert audited(planted) == of_families(expected)


def test_nothing_is_found_in_a_clean_month(clean: Month) -> None:
    assert audited(clean) == []
    assert clean.expected == []


@pytest.mark.parametrize("name", sorted({plant.name for plant in plants() if plant.name[:3] in FAMILIES}))
def test_each_plant_alone(name: str) -> None:
    month = build_month(Settings(plants=choose([name])))
    assert audited(month) == [(each.code, each.key, each.difference, each.amount) for each in month.expected]


def test_words_of_amounts() -> None:
    for amount in (5, 90, 100, 1_010, 10_500, 178_648, 302_000, 1_640_902, 1_002_000, 12_345_678):
        assert value_of(words(amount)) == amount
