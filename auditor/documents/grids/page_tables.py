"""Pages of words to grids, so that what is read from a PDF or a scan goes through the same table layouts as a sheet.

All pages of a document become one grid: tables that go on over pages stay together, the lines between tables stand in
their place, one cell for each piece of text. Page numbers and lines repeated on each page come behind the last row.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from auditor.documents.grids.lines import Piece, around, cells, lines, piece
from auditor.documents.grids.ruled_tables import RuledTable, ruled_tables, table_rows, words_by_cell
from auditor.documents.grids.table_rows import Row, has_value
from auditor.documents.grids.word_tables import (
    Header,
    Known,
    body_rows,
    header_lines,
    header_of,
    header_row,
    known_headers,
)
from auditor.documents.pages import Box, Grid, Word, WordPage

_PAGE_NUMBER = re.compile(
    r"(页码?[:：]?)?(第?\d{1,4}页?[,，/、]?(共|of|/)?\d{1,4}页?|第\d{1,4}页|共\d{1,4}页|[-–—]+\d{1,4}[-–—]+|page\d{1,4}((of|/)\d{1,4})?|\d{1,3})"
)
Placed = list[tuple[float, list[Row]]]  # rows with the top at which they stand on their page

_TABLE_IN_CELL = 9  # words of one ruled cell from which a table without lines is looked for in it
_MARGIN = 0.1  # of the page's height, at its head and foot, where a bare number is the page's


def tables(pages: Sequence[WordPage], header_words: Collection[str]) -> list[Grid]:
    """One grid of all that stands on the pages, in order; none if there are no words.

    `header_words` are the known headers in their normal form (`auditor.values.text.header_key`). A row's place is in
    `Grid.boxes`: the box of each of its cells, with its page. Rows are numbered from 1 through all pages.
    """
    known = known_headers(header_words)
    assembly = _Assembly()
    for page in pages:
        assembly.add(page, known)
    rows = [*assembly.rows, *assembly.furniture]
    return [_grid(rows, pages)] if rows else []


@dataclass(slots=True)
class _Assembly:
    """The rows so far, and the header of the table that may go on over the next page."""

    rows: list[Row] = field(default_factory=list)
    furniture: list[Row] = field(default_factory=list)
    going_on: Header | None = None
    seen: set[str] = field(default_factory=set)

    def add(self, page: WordPage, known: Known) -> None:
        ruled = [(table, _own_words(table, page, known)) for table in ruled_tables(page)]
        ruled = [(table, words) for table, words in ruled if words]
        taken = {id(word) for _, words in ruled for word in words}
        rest = [word for word in page.words if id(word) not in taken]
        found: list[tuple[float, list[Row]]] = []
        for table, words in ruled:
            found.append((table.box.top, [_with_notes(row, known) for row in table_rows(table, words)]))
        found += self._unruled(rest, [table for table, _ in ruled], known)
        ordered = [row for _, rows in sorted(found, key=lambda each: each[0]) for row in rows]
        inside = [at for at, row in enumerate(ordered) if row.in_table]
        first, last = (inside[0], inside[-1]) if inside else (len(ordered), -1)
        before = frozenset(self.seen)
        for at, row in enumerate(ordered):
            self._place(row, page, before if not first < at < last else frozenset())

    def _unruled(self, words: Sequence[Word], ruled: Sequence[RuledTable], known: Known) -> Placed:
        """What stands outside of ruled tables: tables under header lines, and loose lines."""
        page_lines = lines(words)
        headers = header_lines(page_lines, known)
        tops = sorted([around(line).top for line, _ in headers] + [table.box.top for table in ruled])
        made: list[tuple[float, list[Row]]] = []
        first = tops[0] if tops else float("inf")
        head = [line for line in page_lines if _middle(line) < first]
        made += self._continued(head)
        for line, found in headers:
            top = around(line).top
            limit = next((each for each in tops if each > top), float("inf"))
            body = [w for other in page_lines if other is not line and top <= _middle(other) < limit for w in other]
            self.going_on = header_of(found, body)
            made.append((top, _table_rows(self.going_on, body, known)))
        for table in ruled:
            if not any(top < table.box.top for top, _ in made):
                self.going_on = None
        starts = [around(line).top for line, _ in headers]
        claimed = [(top, next((each for each in tops if each > top), float("inf"))) for top in starts]
        for line in page_lines:
            y = _middle(line)
            if y >= first and not any(low <= y < high for low, high in claimed):
                made.append((around(line).top, [_loose(line)]))
        return made

    def _continued(self, head: Sequence[Sequence[Word]]) -> Placed:
        """The lines at the head of a page: rows of the table of the page before, if they fit it, or loose."""
        loose = [(around(line).top, [_loose(line)]) for line in head]
        if self.going_on is None or not head:
            return loose
        rows = _loosened(body_rows([word for line in head for word in line], self.going_on.bounds))
        fits = any(row.in_table and has_value(row) and sum(c is not None for c in row.cells) >= 3 for row in rows)
        return [(around(head[0]).top, rows)] if fits else loose

    def _place(self, row: Row, page: WordPage, before: frozenset[str]) -> None:
        texts = [cell.text for cell in row.cells if cell]
        key = "\t".join(texts)
        loose = not row.in_table
        number = loose and len(texts) == 1 and _is_page_number(texts[0], row, page)
        if number or (loose and key in before):
            self.furniture.append(row)
        else:
            self.rows.append(row)
        if loose:
            self.seen.add(key)


def _own_words(table: RuledTable, page: WordPage, known: Known) -> list[Word]:
    """The words of a ruled table, without those of a cell that itself holds a table without lines."""
    held = words_by_cell(table, [word for word in page.words if table.holds(word)])
    return [
        word
        for words in held.values()
        if len(words) < _TABLE_IN_CELL or not header_lines(lines(words), known)
        for word in words
    ]


def _middle(line: Sequence[Word]) -> float:
    box = around(line)
    return (box.top + box.bottom) / 2


def _loose(line: Sequence[Word]) -> Row:
    box = around(line)
    return Row(tuple(cells(line)), box.top, box.bottom, in_table=False)


def _loosened(rows: Sequence[Row]) -> list[Row]:
    return [row if row.in_table else _loose(sorted(row.words, key=lambda word: word.box.x0)) for row in rows]


def _table_rows(header: Header, body: Sequence[Word], known: Known) -> list[Row]:
    below = _loosened(body_rows(body, header.bounds))
    first, taken = header_row(header, below, known)
    return [first, *below[taken:]]


def _with_notes(row: Row, known: Known) -> Row:
    """A header row of a ruled table in two languages: the second language as a note, `记账日期[Date]`."""
    split = [lines(cell.words) if cell and len(cell.words) > 1 else [] for cell in row.cells]
    if not any(len(parts) > 1 for parts in split):
        return row
    made: list[Piece | None] = []
    noted = 0
    for cell, parts in zip(row.cells, split, strict=True):
        above = piece(parts[0]).text if len(parts) > 1 else ""
        if cell and above and known(above) and not known(cell.text):
            note = " ".join(piece(part).text for part in parts[1:])
            made.append(Piece(f"{above}[{note}]", cell.box, cell.words))
            noted += 1
        else:
            made.append(cell)
    return replace(row, cells=tuple(made)) if noted >= 2 else row


def _is_page_number(text: str, row: Row, page: WordPage) -> bool:
    plain = "".join(text.split()).lower()
    if not _PAGE_NUMBER.fullmatch(plain):
        return False
    return not plain.isdigit() or row.top < _MARGIN * page.height or row.bottom > (1 - _MARGIN) * page.height


def _grid(rows: Sequence[Row], pages: Sequence[WordPage]) -> Grid:
    width = max(len(row.cells) for row in rows)
    columns: list[list[str | None]] = [[None] * len(rows) for _ in range(width)]
    boxes = []
    merges = []
    for at, row in enumerate(rows):
        merges += [(at + 1, first + 1, at + 1 + down, last + 1) for first, last, down in row.merged]
        for column, cell in enumerate(row.cells):
            if cell:
                columns[column][at] = cell.text
        boxes.append(_boxes(row, width))
    table = pa.table({f"c{i}": pa.array(column, pa.string()) for i, column in enumerate(columns)})
    numbers = pa.array(range(1, len(rows) + 1), pa.int64())
    return Grid(pages[0].number, "", table, numbers, merges=tuple(sorted(merges)), boxes=tuple(boxes))


def _boxes(row: Row, width: int) -> tuple[Box, ...]:
    """A box for each column; where nothing stands, one without width beside its neighbour."""
    made: list[Box] = []
    first = next(cell.box for cell in row.cells if cell)
    edge = first.x0
    for cell in row.cells:
        box = cell.box if cell else Box(first.page, edge, first.top, edge, first.bottom)
        made.append(box)
        edge = box.x1
    made += [Box(first.page, edge, first.top, edge, first.bottom)] * (width - len(made))
    return tuple(made)
