"""The story's tables: bank movements, expenses, liaison memos. Days are those of October 2026."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the story."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fen(text: str) -> int:
    """An amount of the story's tables in 分."""
    return int(Decimal(text).scaleb(2))
