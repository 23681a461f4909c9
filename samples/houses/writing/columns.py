"""Columns of a house's table: its own header above a field of the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from houses.facts import Row
from houses.writing.style import EMPTY, Cell, Style


@dataclass(frozen=True, slots=True)
class Column:
    """A header, the key of the rows that it shows, and what the truth calls the column."""

    header: str
    key: str
    truth: str

    def cell(self, style: Style, row: Row, place: int) -> Cell:
        """What a row shows in this column; `place` counts the rows from 1."""
        if self.key == "-#":
            return (place, "0") if style.whole.startswith("excel:") else (str(place), "")
        if self.key.startswith("-"):
            return EMPTY
        if self.key in ("<m>", "<d>") and self.key not in row:
            day = row.get("date")
            if not isinstance(day, date):
                return EMPTY
            number = day.month if self.key == "<m>" else day.day
            return (number, "0") if style.whole.startswith("excel:") else (str(number), "")
        return style.cell(self.key, row.get(self.key))


def columns(spec: str) -> list[Column]:
    """Columns from `header = key | header = key`.

    `-` shows nothing and `-#` counts the rows; `key@truth` says that the truth has another name than the facts.
    """
    found = []
    for part in spec.split("|"):
        header, _, key = part.rpartition("=")
        name, _, truth = key.strip().partition("@")
        if not name:
            raise ValueError(f"no field for {part.strip()!r}")
        found.append(Column(header.strip(), name, truth or _truth(name)))
    return found


_TRUTH = {
    "<signed>": "amount",
    "<size>": "amount",
    "<moment>": "date",
    "<payer>": "payer.counterparty",
    "<payee>": "payee.counterparty",
    "<payer_no>": "payer.counterparty_account",
    "<payee_no>": "payee.counterparty_account",
}


def _truth(name: str) -> str:
    return "-" if name.startswith("-") else _TRUTH.get(name, name)
