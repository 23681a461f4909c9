"""Statements for machines: lines, fields above and tables, figures as strings, days as ISO 8601."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from auditor.findings.model import Cell, Statement, StatementLine, StatementPart
from auditor.findings.text import amount_text, plain_number
from auditor.languages import Text


def statement_data(statement: Statement) -> dict[str, Any]:
    """A statement as plain data; figures are strings."""
    return {
        "kind": statement.kind,
        "title": statement.title.as_dict(),
        "subject": statement.subject,
        "currency": statement.currency,
        "ties": statement.ties,
        "state": statement.state,
        "corrections": _money(statement.corrections, statement.currency),
        "heading": [
            {
                "name": each.name,
                "label": each.label.as_dict(),
                "value": _cell(each.value, each.kind, statement.currency),
            }
            for each in statement.heading
        ],
        "lines": [_line(each, statement.currency) for each in statement.lines],
        "parts": [_part(each, statement.currency) for each in statement.parts],
    }


def _part(part: StatementPart, currency: str | None) -> dict[str, Any]:
    """A table of a statement: its rows by the names of its columns, amounts in the currency of their row."""

    def row(cells: Sequence[Cell]) -> dict[str, Any]:
        own = str(cells[part.currency_at]) if part.currency_at is not None else currency
        return {
            column.name: _cell(cell, column.kind, own) for column, cell in zip(part.columns, cells, strict=True)
        }

    return {
        "name": part.name,
        "title": part.title.as_dict() if part.title else None,
        "columns": [{"name": each.name, "label": each.label.as_dict(), "kind": each.kind} for each in part.columns],
        "rows": [row(each) for each in part.rows],
        "totals": [row(each) for each in part.totals],
    }


def _cell(cell: Cell, kind: str, currency: str | None) -> Any:
    """A cell as the JSON has it: an amount with its currency's decimals, other figures plain, days as ISO 8601."""
    if isinstance(cell, Text):
        return cell.as_dict()
    if isinstance(cell, Decimal):
        return _money(cell, currency) if kind == "money" else f"{plain_number(cell):f}"
    return cell.isoformat() if isinstance(cell, date) else cell


def _line(line: StatementLine, currency: str | None) -> dict[str, Any]:
    return {
        "label": line.label.as_dict(),
        "role": line.role,
        "amount": _money(line.amount, currency),
        "text": line.text,
        "items": [{"label": label, "amount": _money(amount, currency)} for label, amount in line.items],
    }


def _money(value: Decimal | None, currency: str | None) -> str | None:
    return None if value is None else amount_text(value, currency)
