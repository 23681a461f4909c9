"""What stands where on the pages of a document, before any cell is filled: ruled tables, tables under header lines, the
lines at the head of a page that may go on with the table of the page before, and loose lines.

A table without lines is planned over all of its pages, so that its columns are decided from all of its values.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from auditor.documents.grids.lines import Piece, around, lines
from auditor.documents.grids.ruled_tables import RuledTable, ruled_tables, words_by_cell
from auditor.documents.grids.value_patterns import is_value
from auditor.documents.grids.word_tables import Header, HeaderBand, Known, header_band, header_lines, header_of
from auditor.documents.pages import Word, WordPage

_TABLE_IN_CELL = 9  # words of one ruled cell from which a table without lines is looked for in it
_LAID_OVER = 2.0  # times the usual height of a word: what stands so tall over a table is a watermark or a stamp
_STAMP = 4  # characters of a stamp that says something of one row (作废); longer ones are of the whole page

Line = list[Word]


@dataclass(slots=True)
class WordTable:
    """A table without lines on all of its pages: its first header, the lines below its headers, and those at the head
    of other pages that may be its own."""

    band: HeaderBand
    body: list[Line] = field(default_factory=list)
    further: list[Line] = field(default_factory=list)
    _header: Header | None = None

    def header(self, known: Known) -> Header:
        """The header with its columns; to be asked for when all pages are planned."""
        if self._header is None:
            self._header = header_of(self.band, [*self.body, *self.further], known)
        return self._header

    def value_columns(self, known: Known) -> set[int]:
        """The columns in which dates or amounts stand."""
        columns = self.header(known).columns
        return {columns.of(word) for line in self.body for word in line if is_value(word.text)}


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table without lines on one page, under its header there."""

    table: WordTable
    band: HeaderBand
    body: list[Line]


@dataclass(slots=True)
class PagePlan:
    """One page: its ruled tables with their words, its tables without lines, and its other lines."""

    page: WordPage
    ruled: list[tuple[RuledTable, list[Word]]]
    parts: list[TablePart] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    goes_on: WordTable | None = None
    loose: list[Line] = field(default_factory=list)
    stamps: list[Word] = field(default_factory=list)
    laid_over: list[Word] = field(default_factory=list)


def planned(pages: Sequence[WordPage], known: Known) -> list[PagePlan]:
    """The plans of all pages, in order."""
    plans: list[PagePlan] = []
    tables: list[WordTable] = []
    going_on: WordTable | None = None
    for page in pages:
        before = [table for table, _ in plans[-1].ruled] if plans else []
        plan, rest = _with_ruled_tables(page, before, known)
        going_on = _plan_rest(plan, rest, going_on, tables, known)
        plans.append(plan)
    return plans


def _with_ruled_tables(page: WordPage, before: Sequence[RuledTable], known: Known) -> tuple[PagePlan, list[Word]]:
    """A plan with the page's ruled tables, and the words outside of them."""
    ruled = []
    for table in ruled_tables(page, before):
        words = _own_words(table, [word for word in page.words if table.holds(word)], known)
        if words:
            ruled.append((table, words))
    taken = {id(word) for _, words in ruled for word in words}
    return PagePlan(page, ruled), [word for word in page.words if id(word) not in taken]


def _tall_words(page: WordPage) -> set[int]:
    heights = [word.box.bottom - word.box.top for word in page.words]
    most = _LAID_OVER * median(heights) if heights else 0.0
    return {id(word) for word, height in zip(page.words, heights, strict=True) if height > most}


def _own_words(table: RuledTable, words: Sequence[Word], known: Known) -> list[Word]:
    """The words of a ruled table, without those of a cell that itself holds a table without lines."""
    return [
        word
        for held in words_by_cell(table, words).values()
        if len(held) < _TABLE_IN_CELL or not header_lines(lines(held), known)
        for word in held
    ]


def _plan_rest(
    plan: PagePlan, words: Sequence[Word], going_on: WordTable | None, tables: list[WordTable], known: Known
) -> WordTable | None:
    """Plans what stands outside of ruled tables; the table that may go on over the next page."""
    page_lines, headers = _without_laid_over(plan, words, known)
    starts = [around(line).top for line, _ in headers]
    tops = sorted(starts + [table.box.top for table, _ in plan.ruled])
    first = tops[0] if tops else float("inf")
    plan.head = [line for line in page_lines if _middle(line) < first]
    plan.goes_on = going_on
    if going_on is not None:
        going_on.further += [line for line in plan.head if len(line) >= 2 and any(is_value(w.text) for w in line)]
    for line, found in headers:
        top = around(line).top
        limit = next((each for each in tops if each > top), float("inf"))
        body = [other for other in page_lines if other is not line and top <= _middle(other) < limit]
        band = header_band(line, found, page_lines)
        going_on = _table_like(band, tables)
        of_header = {id(word) for other in band.below for word in other}
        going_on.body += [other for other in body if id(other[0]) not in of_header]
        plan.parts.append(TablePart(going_on, band, body))
    claimed = [(top, next((each for each in tops if each > top), float("inf"))) for top in starts]
    for line in page_lines:
        y = _middle(line)
        if y >= first and not any(low <= y < high for low, high in claimed):
            plan.loose.append(line)
    # a ruled table at the top of a page ends the table of the page before
    return None if plan.ruled and not plan.parts and not plan.head else going_on


def _without_laid_over(
    plan: PagePlan, words: Sequence[Word], known: Known
) -> tuple[list[Line], list[tuple[Line, list[Piece]]]]:
    """The lines and the header lines of a page without what is laid over its tables; a title above them stays."""
    tall = _tall_words(plan.page)
    page_lines = lines(word for word in words if id(word) not in tall)
    headers = header_lines(page_lines, known)
    first = min((around(line).bottom for line, _ in headers), default=float("inf"))
    level = sorted((word.box.top + word.box.bottom) / 2 for word in words if id(word) not in tall)
    over = [w for w in words if id(w) in tall and w.box.bottom > first and _stands_among(w, level)]
    for word in over:
        (plan.stamps if len(word.text) <= _STAMP else plan.laid_over).append(word)
    if len(over) < sum(id(word) in tall for word in words):
        laid = {id(word) for word in over}
        page_lines = lines(word for word in words if id(word) not in laid)
        headers = header_lines(page_lines, known)
    return page_lines, headers


def _stands_among(word: Word, middles: Sequence[float]) -> bool:
    """Whether other words stand at the height of a word; a heading between two tables is alone there."""
    at = bisect_left(middles, word.box.top)
    return at < len(middles) and middles[at] <= word.box.bottom


def _table_like(band: HeaderBand, tables: list[WordTable]) -> WordTable:
    """The table that has the same header in the same places, or a new one."""
    for table in tables:
        if table.band.like(band):
            return table
    tables.append(WordTable(band))
    return tables[-1]


def _middle(line: Sequence[Word]) -> float:
    box = around(line)
    return (box.top + box.bottom) / 2
