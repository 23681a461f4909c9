"""What a cell of a statement says to people, and which side of it figures stand on."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from auditor.findings.model import Cell, Statement, StatementPart
from auditor.languages import Text
from auditor.reports.figures import count, money

FIGURES = ("money", "count", "quantity", "percent")
_CENTS = Decimal("0.01")


def is_figure(kind: str) -> bool:
    """Whether a column of this kind holds figures, which stand on the right."""
    return kind in FIGURES


def cell_text(cell: Cell, kind: str, currency: str | None) -> Text | str:
    """A cell as people read it: amounts with their currency's decimals, shares to two decimals, days as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        if kind == "percent":
            return f"{cell.quantize(_CENTS, ROUND_HALF_UP):,f}"
        return money(cell, currency) if kind == "money" else count(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


def row_currency(part: StatementPart, row: tuple[Cell, ...], statement: Statement) -> str | None:
    """In which currency the amounts of a row are: as its column says, else that of the statement."""
    return str(row[part.currency_at]) if part.currency_at is not None else statement.currency
