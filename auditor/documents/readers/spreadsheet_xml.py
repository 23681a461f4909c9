"""Workbooks of 2003 in XML (`.xls` or `.xml`), as many web systems export them: one grid a sheet.

No DTD, no entities, no network: a DOCTYPE is refused.
"""

from __future__ import annotations

import io
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa
from lxml import etree

from auditor.documents.cells import DIGITS, scientific_notes, table_of_rows
from auditor.documents.errors import ForbiddenMarkup, TruncatedFile
from auditor.documents.pages import CellKind, Grid, Note, NoteKind, ReadPages

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576


def read(data: bytes) -> ReadPages:
    """All sheets, hidden ones too. Raises TruncatedFile, ForbiddenMarkup."""
    grids: list[Grid] = []
    sheet = _Sheet()
    try:
        context = etree.iterparse(
            io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
            tag=tuple(_SS + name for name in ("Workbook", "Worksheet", "Column", "Row")),
        )  # fmt: skip
        for event, node in context:
            name = node.tag.removeprefix(_SS)
            if name == "Workbook" and event == "start" and node.getroottree().docinfo.doctype:
                raise ForbiddenMarkup(part="Workbook")
            if name == "Worksheet" and event == "start":
                sheet = _Sheet()
            elif name == "Worksheet":
                grids.append(sheet.grid(len(grids) + 1, node))
            elif name == "Column" and event == "end":
                sheet.column(node)
            elif name == "Row" and event == "end":
                sheet.row(node)
                node.clear()
    except etree.XMLSyntaxError as error:
        raise TruncatedFile(format="spreadsheet xml", reason=str(error)) from error
    return ReadPages("spreadsheet xml", grids)


class _Sheet:
    """One worksheet while its rows come in."""

    def __init__(self) -> None:
        self.rows: list[tuple[str | None, ...]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.notes: list[Note] = []
        self.next_column = 1
        self.kinds: dict[int, dict[int, CellKind]] = {}

    def column(self, node: Any) -> None:
        first = _whole(node, "Index") or self.next_column
        last = min(first + _whole(node, "Span"), MOST_COLUMNS)
        self.next_column = last + 1
        if node.get(_SS + "Hidden") == "1":
            self.hidden_columns.update(range(first, last + 1))

    def row(self, node: Any) -> None:
        """Rows that `Index` skips are empty; so are those that `Span` repeats."""
        number = min(_whole(node, "Index") or len(self.rows) + 1, MOST_ROWS)
        self.rows += [()] * (number - 1 - len(self.rows))
        cells: list[str | None] = []
        for cell in node.iter(_SS + "Cell"):
            column = _whole(cell, "Index") or len(cells) + 1
            if column > MOST_COLUMNS:
                break
            cells += [None] * (column - 1 - len(cells))
            cells.append(self._text(cell.find(_SS + "Data"), number, column))
            across, down = _whole(cell, "MergeAcross"), _whole(cell, "MergeDown")
            if across or down:
                self.merges.append((number, column, number + down, column + across))
                cells += [None] * min(across, MOST_COLUMNS - len(cells))
        last = number + min(_whole(node, "Span"), MOST_ROWS - number)
        if node.get(_SS + "Hidden") == "1":
            self.hidden_rows.update(range(number, last + 1))
        self.rows.append(tuple(cells))
        self.rows += [()] * (last - number)

    def _text(self, node: Any, row: int, column: int) -> str | None:
        if node is None:
            return None
        text = "".join(node.itertext())
        kind = node.get(_SS + "Type")
        if kind in _KINDS:
            self.kinds.setdefault(column - 1, {})[row - 1] = _KINDS[kind]
        if kind == "Number":
            return self._number(text, row, column)
        if kind == "DateTime":
            return _moment(text)
        if kind == "Boolean":
            return "TRUE" if text.strip() == "1" else "FALSE"
        if kind == "Error":
            self.notes.append(Note(NoteKind.CELL_ERROR, row, column, text))
        return text or None

    def _number(self, text: str, row: int, column: int) -> str:
        try:
            value = Decimal(text.strip())
        except InvalidOperation:
            return text  # what calls itself a number and is none is shown as written
        if not value.is_finite() or abs(value.adjusted()) > 300:
            return text
        plain = format(Decimal(format(value, f".{DIGITS}g")), "f")
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        if value.adjusted() >= DIGITS:
            self.notes.append(Note(NoteKind.LOST_DIGITS, row, column, plain))
        return "0" if plain == "-0" else plain

    def grid(self, number: int, node: Any) -> Grid:
        table = table_of_rows(self.rows)
        numbers = pa.array(range(1, table.num_rows + 1), pa.int64())
        notes = [Note(NoteKind.HIDDEN_ROW, row, 0) for row in sorted(self.hidden_rows)]
        notes += [*self.notes, *scientific_notes(table, numbers)]
        options = "{urn:schemas-microsoft-com:office:excel}"
        if node.find(f"{options}WorksheetOptions/{options}Visible") is not None:
            notes.append(Note(NoteKind.HIDDEN_SHEET, 0, 0))
        return Grid(
            number,
            node.get(_SS + "Name", ""),
            table,
            numbers,
            merges=tuple(sorted(self.merges)),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(column for column in self.hidden_columns if column <= table.num_columns),
            notes=tuple(notes),
            kinds={
                f"c{column}": pa.array([kinds.get(row, CellKind.TEXT) for row in range(table.num_rows)], pa.int8())
                for column, kinds in sorted(self.kinds.items())
            },
        )


_KINDS = {"Number": CellKind.NUMBER, "DateTime": CellKind.DATE}


def _whole(node: Any, name: str) -> int:
    text = node.get(_SS + name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _moment(text: str) -> str:
    """`2026-10-08T18:53:19.000` to date and time, without midnight; a time alone has the day zero of 1899."""
    day, _, clock = text.strip().partition("T")
    clock = clock.partition(".")[0]
    if day == "1899-12-31":
        return clock
    return day if clock in ("", "00:00:00") else f"{day} {clock}"
