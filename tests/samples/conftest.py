"""The sample month in memory: as planted, and clean."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "samples"))

from month.build import build_month  # noqa: E402
from month.plants import choose  # noqa: E402
from month.records import Month  # noqa: E402
from month.settings import Settings  # noqa: E402

Row = tuple[str, str, str, str, str]


@pytest.fixture(scope="session")
def planted() -> Month:
    """The month with all that is planted."""
    return build_month(Settings(plants=choose(["all"])))


@pytest.fixture(scope="session")
def clean() -> Month:
    """The month in which nothing is wrong."""
    return build_month(Settings())


@pytest.fixture(scope="session")
def expected() -> list[Row]:
    """The exceptions that the planted month must lead to: code, key, difference, amount, currency."""
    with (Path(__file__).parent / "expected.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["code"], row["key"], row["difference"], row["amount"], row["currency"]) for row in csv.DictReader(file)
        ]
