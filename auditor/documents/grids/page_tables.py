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
from auditor.documents.grids.page_numbers import numbering
from auditor.documents.grids.page_plans import PagePlan, TablePart, planned
from auditor.documents.grids.pages_beside import with_pages_beside
from auditor.documents.grids.ruled_tables import table_rows
from auditor.documents.grids.table_rows import Row
from auditor.documents.grids.value_patterns import is_value
from auditor.documents.grids.word_tables import Known, body_rows, header_here, header_row, known_headers
from auditor.documents.pages import Box, Doubt, Grid, Word, WordPage

_PAGE_NUMBER = re.compile(
    r"(页码?[:：]?)?(第?\d{1,4}页?[,，/、]?(共|of|/)?\d{1,4}页?|第\d{1,4}页|共\d{1,4}页|[-–—]+\d{1,4}[-–—]+|page\d{1,4}((of|/)\d{1,4})?|\d{1,3})"
)
Placed = list[tuple[float, list[Row]]]  # rows with the top at which they stand on their page

_MARGIN = 0.1  # of the page's height, at its head and foot, where a bare number is the page's


def tables(pages: Sequence[WordPage], header_words: Collection[str]) -> list[Grid]:
    """One grid of all that stands on the pages, in order; none if there are no words.

    `header_words` are the known headers in their normal form (`auditor.values.text.header_key`). A row's place is in
    `Grid.boxes`: the box of each of its cells, with its page. Rows are numbered from 1 through all pages. Texts whose
    column cannot be told stand in no cell but in `Grid.doubts`.
    """
    known = known_headers(header_words)
    joined = with_pages_beside(pages, known)
    plans = planned(joined, known)
    numbers = numbering([(plan.page, [*plan.head, *plan.loose]) for plan in plans])
    assembly = _Assembly(known)
    for plan, number in zip(plans, numbers, strict=True):
        assembly.add(plan, number)
    rows = [*assembly.rows, *assembly.furniture]
    return [_grid(rows, pages)] if rows else []


@dataclass(slots=True)
class _Assembly:
    """The rows so far, and the loose lines that were seen."""

    known: Known
    rows: list[Row] = field(default_factory=list)
    furniture: list[Row] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, plan: PagePlan, number: Sequence[Word]) -> None:
        """The rows of a page; `number` are the words that number it in a line with something else."""
        found: Placed = []
        if number:
            plan.head, plan.loose = (_without(lines, number) for lines in (plan.head, plan.loose))
        for table, words in plan.ruled:
            found.append((table.box.top, [_with_notes(row, self.known) for row in table_rows(table, words)]))
        of_headers: set[int] = set()
        for part in plan.parts:
            rows, used = self._table_rows(part)
            found.append((around(part.band.line).top, rows))
            of_headers |= used
        plan.head = [line for line in plan.head if not _is_used(line, of_headers)]
        found += self._continued(plan)
        found += [(around(line).top, [_loose(line)]) for line in plan.loose if not _is_used(line, of_headers)]
        ordered = [row for _, rows in sorted(found, key=lambda each: each[0]) for row in rows]
        for word in plan.stamps:
            _set_stamp(ordered, word)
        inside = [at for at, row in enumerate(ordered) if row.in_table]
        first, last = (inside[0], inside[-1]) if inside else (len(ordered), -1)
        before = frozenset(self.seen)
        for at, row in enumerate(ordered):
            self._place(row, plan.page, before if not first < at < last else frozenset())
        self.furniture += [_loose([word]) for word in plan.laid_over]
        if number:
            self.furniture.append(_loose(number))

    def _continued(self, plan: PagePlan) -> Placed:
        """The lines at the head of a page: rows of the table of the page before, if they fit it, or loose."""
        loose = [(around(line).top, [_loose(line)]) for line in plan.head]
        if plan.goes_on is None or not plan.head:
            return loose
        columns = plan.goes_on.header(self.known).columns
        rows = _loosened(body_rows([word for line in plan.head for word in line], columns))
        valued = plan.goes_on.value_columns(self.known)
        fits = any(row.in_table and _is_like(row, valued) for row in rows)
        return [(around(plan.head[0]).top, rows)] if fits else loose

    def _table_rows(self, part: TablePart) -> tuple[list[Row], set[int]]:
        """The rows of a table on its page, and the words (by `id`) that its header took from the lines around it."""
        header = header_here(part.table.header(self.known), part.table.band, part.band, self.known)
        first, used = header_row(header, part.band, self.known)
        body = [word for line in part.body for word in line if id(word) not in used]
        return [first, *_loosened(body_rows(body, header.columns))], used

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


def _loose(line: Sequence[Word]) -> Row:
    box = around(line)
    return Row(tuple(cells(line)), box.top, box.bottom, in_table=False)


def _without(found: Sequence[Sequence[Word]], words: Sequence[Word]) -> list[list[Word]]:
    """Lines without some of their words, of which no line is all."""
    without = {id(word) for word in words}
    return [[word for word in line if id(word) not in without] for line in found]


def _is_used(line: Sequence[Word], used: Collection[int]) -> bool:
    return all(id(word) in used for word in line)


def _is_like(row: Row, valued: Collection[int]) -> bool:
    """Whether a row has two cells or more, one of them a date or an amount where the table has such."""
    values = {at for at, cell in enumerate(row.cells) if cell and is_value(cell.text)}
    return bool(values & set(valued)) and sum(cell is not None for cell in row.cells) >= 2


def _set_stamp(rows: list[Row], word: Word) -> None:
    """A short stamp into an empty cell of the row over which it stands, else as a line of its own."""
    y = (word.box.top + word.box.bottom) / 2
    beside = [at for at, row in enumerate(rows) if row.in_table and row.top <= y <= row.bottom]
    free = [column for column, cell in enumerate(rows[beside[0]].cells) if cell is None] if beside else []
    if not free:
        rows.insert(sum(row.top < y for row in rows), _loose([word]))
        return
    row = rows[beside[0]]
    found = list(row.cells)
    found[free[-1]] = Piece(word.text, word.box, (word,))
    rows[beside[0]] = replace(row, cells=tuple(found))


def _loosened(rows: Sequence[Row]) -> list[Row]:
    return [row if row.in_table else _loose(sorted(row.words, key=lambda word: word.box.x0)) for row in rows]


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
    doubts: list[Doubt] = []
    for at, row in enumerate(rows):
        doubts += [Doubt(at + 1, tuple(c + 1 for c in each.columns), each.piece.text) for each in row.doubts]
        merges += [(at + 1, first + 1, at + 1 + down, last + 1) for first, last, down in row.merged]
        for column, cell in enumerate(row.cells):
            if cell:
                columns[column][at] = cell.text
        boxes.append(_boxes(row, width))
    table = pa.table({f"c{i}": pa.array(column, pa.string()) for i, column in enumerate(columns)})
    numbers = pa.array(range(1, len(rows) + 1), pa.int64())
    return Grid(
        pages[0].number,
        "",
        table,
        numbers,
        merges=tuple(sorted(merges)),
        boxes=tuple(boxes),
        doubts=tuple(doubts),
    )


def _boxes(row: Row, width: int) -> tuple[Box, ...]:
    """A box for each column; where nothing stands, or it stands on a page beside this one, one without width beside its
    neighbour."""
    made: list[Box] = []
    first = next((cell.box for cell in row.cells if cell), None) or row.doubts[0].piece.box
    edge = first.x0
    for cell in row.cells:
        box = cell.box if cell and cell.box.page == first.page else Box(first.page, edge, first.top, edge, first.bottom)
        made.append(box)
        edge = box.x1
    made += [Box(first.page, edge, first.top, edge, first.bottom)] * (width - len(made))
    return tuple(made)
