"""Tables that header words alone do not tell, judged by evidence; and more columns of those that they do.

Takes what the header words found on a grid (`finder`) and gives it back with the tables and matrices that evidence is
sure of, and for every table a `TableReading`: what it was read as, or the question that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.pages import Grid
from auditor.documents.readings.choice_words import WordsByField
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.documents.recognition.judging import BESIDE, Judgement, judge, may_be_matrix
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import Knowledge
from auditor.documents.tables.answers import Answers, Region
from auditor.documents.tables.bands import UnreadTable, unread_table
from auditor.documents.tables.finder import Found, FoundMatrix, FoundTable
from auditor.documents.tables.grid_rows import Rows
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.judged_claims import (
    NO_CLAIM,
    claim_of,
    contradicted,
    hypothesis_of_claim,
    nearest_claim,
    with_more_columns,
)
from auditor.documents.tables.matrix_bands import matrix_bands
from auditor.documents.tables.shaping import Band, bands_of, shape_of
from auditor.errors import AuditorError
from auditor.languages import Text

_LARGEST = 200_000  # rows of a grid that is searched for more tables
_FEWEST_COLUMNS = 3  # that words tell of a table on which the rest of the folder may throw light
_MOST = 60  # tables of one grid that are judged


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What stands around the tables of a grid: names around a header row, nearest first, the heading above it, whether
    a heading stands between a table's first row and a row, and the month that is stated for days without one."""

    names: Callable[[int], Sequence[str]]
    heading: Callable[[int], Heading]
    between: Callable[[int, int], bool]
    month: Callable[[int], tuple[int, int] | None]

    def shape(self, grid: Grid, rows: Rows, first: int, start: int, end: int, whole: bool = False) -> TableShape:
        """The shape of a table with all that stands around it; `whole` as `shape_of` has it."""
        names, heading, month = self.names(first), self.heading(first), self.month(first)
        return shape_of(grid, rows, first, start, end, names, heading, month, whole)


def with_evidence(
    found: Found,
    grid: Grid,
    knowledge: Knowledge,
    around: Surrounding,
    company: Answers,
) -> Found:
    """What was found on a grid, with the tables that evidence is sure of and the readings of all tables.

    `company`: what the user has answered of its tables, and what the rest of the folder says of those of this document.
    """
    judged = _Judged(grid, Rows(grid), knowledge, around, company)
    kept = judged.with_matrices(found.tables)
    for table in kept:
        judged.take_table(table)
    taken = [(table.first, table.end) for table in kept] + judged.bands
    for band in _left_over(sorted(taken), grid, judged.rows, around):
        judged.take_left_over(band)
    return judged.all_of(found)


@dataclass(frozen=True, eq=False)
class _Judged:
    """The tables of a grid as they are judged: `bands` are the rows, from and to before, of what may be a matrix."""

    grid: Grid
    rows: Rows
    knowledge: Knowledge
    around: Surrounding
    company: Answers
    tables: list[FoundTable] = field(default_factory=list)
    matrices: list[FoundMatrix] = field(default_factory=list)
    readings: list[TableReading] = field(default_factory=list)
    unread: list[UnreadTable] = field(default_factory=list)
    bands: list[tuple[int, int]] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)

    def with_matrices(self, tables: Sequence[FoundTable]) -> list[FoundTable]:
        """Take the matrices of the grid; the tables without those that are one in truth. What may be a matrix is a
        reading, too; a table that header words tell goes before it."""
        kept = list(tables)
        for first, start, end in matrix_bands(self.rows, self.grid.rows):
            if any(first < band[1] and band[0] < end for band in self.bands):
                continue
            over = [table for table in kept if first < table.end and table.first < end]
            if not all(map(_is_edge, over)):
                continue
            shape = self.around.shape(self.grid, self.rows, first, start, end, whole=True)
            whole = FoundTable(self.grid, first, start, end, shape.headers, NO_CLAIM)
            answer = self.company.about(shape, self.knowledge, Region.MATRIX)
            if answer is not None:
                as_columns = bool(answer.hypotheses) and answer.hypotheses[0].matrix is None
                if as_columns and (over or self._is_band(first) or not may_be_matrix(shape, self.knowledge)):
                    continue
                self._take_answer(whole, answer, Region.MATRIX)
            elif not self._is_judged_matrix(whole, shape, bool(over)):
                continue
            kept = [table for table in kept if table not in over]
            self.bands.append((first, end))
        return kept

    def _is_band(self, first: int) -> bool:
        """Whether a table begins at a row by its shape alone, which then says where it ends: a matrix has no lines that
        are shorter than its others, a table may."""
        return any(band.first == first for band in _left_over([], self.grid, self.rows, self.around))

    def _is_judged_matrix(self, whole: FoundTable, shape: TableShape, words_tell: bool) -> bool:
        if not may_be_matrix(shape, self.knowledge):
            return False
        judgement = judge(shape, self.knowledge)
        best = judgement.hypotheses[0] if judgement.hypotheses else None
        if best is None or best.matrix is None or (words_tell and judgement.state is not State.SURE):
            return False
        self._take_judged(whole, shape, judgement)
        return True

    def take_table(self, table: FoundTable) -> None:
        """Take a table that header words tell, as it was answered if it was, else by its words unless they are too
        few."""
        shape = self.around.shape(self.grid, self.rows, table.first, table.start, table.end)
        answer = self.company.about(shape, self.knowledge, Region.TABLE)
        if answer is not None:
            self._take_answer(table, answer, Region.TABLE)
            return
        doubts = contradicted(table.claim, shape, self.knowledge)
        if not doubts and self.company.withdrawn(shape):
            doubts = (Text("the rest of the folder says otherwise", "与文件夹中其他资料矛盾"),)
        if doubts:
            judgement = judge(shape, self.knowledge)
            doubted = [each.doubted(doubts) for each in judgement.hypotheses[:1]]
            self.readings.append(TableReading(shape, State.ASKED, (*doubted, *judgement.hypotheses[1:])))
            body = self.rows.between(table.first, table.end)
            self.unread.append(unread_table(body, table.first, table.end, None))
            return
        claim = with_more_columns(table.claim, shape, self.knowledge)
        self.tables.append(replace(table, claim=claim))
        self.readings.append(TableReading(shape, State.SURE, (hypothesis_of_claim(claim),)))

    def take_left_over(self, band: Band) -> None:
        """Take a table that header words do not tell, as it was answered if it was, else by evidence."""
        shape = self.around.shape(self.grid, self.rows, band.first, band.start, band.end)
        whole = FoundTable(self.grid, band.first, band.start, band.end, shape.headers, NO_CLAIM, band.repeated)
        answer = self.company.about(shape, self.knowledge, Region.UNKNOWN)
        if answer is not None:
            self._take_answer(whole, answer, Region.UNKNOWN)
        else:
            self._take_judged(whole, shape, judge(shape, self.knowledge))

    def _take_answer(self, table: FoundTable, answer: TableReading, region: Region) -> None:
        """A table as its answer says; none where the answer leaves it out."""
        self.readings.append(answer)
        rival = self.company.rival(answer.shape, region)
        if rival is not None:
            self.problems.append(rival)
        if answer.hypotheses:
            said = self.company.declared(answer.shape, region), self.company.choices(answer.shape, region)
            self._take(table, answer, *said)

    def _take_judged(self, table: FoundTable, shape: TableShape, judgement: Judgement) -> None:
        if judgement.state is State.NONE:
            if judgement.hypotheses and len(judgement.hypotheses[0].columns) >= _FEWEST_COLUMNS:
                self.readings.append(TableReading(shape, State.NONE, judgement.hypotheses))
            return
        sure = judgement.state is State.SURE and not self.company.withdrawn(shape)
        state = State.ASKED if judgement.state is State.SURE and not sure else judgement.state
        reading = TableReading(shape, state, judgement.hypotheses, alone=sure)
        self.readings.append(reading)
        if sure:
            self._take(table, reading)
        else:
            nearest = nearest_claim(judgement.hypotheses[0], self.knowledge)
            body = self.rows.between(table.first, table.end)
            self.unread.append(unread_table(body, table.first, table.end, nearest))

    def _take(
        self,
        table: FoundTable,
        reading: TableReading,
        declared: Declarations = NOTHING_DECLARED,
        choices: WordsByField | None = None,
    ) -> None:
        best = reading.hypotheses[0]
        if best.matrix is not None:
            found = FoundMatrix(self.grid, table.first, table.end, best.record, best.matrix)
            self.matrices.append(replace(found, declared=declared))
            return
        answered = choices is not None
        claim = replace(claim_of(best), declared=declared, choices=choices or {}, answered=answered)
        self.tables.append(replace(table, claim=claim))

    def all_of(self, found: Found) -> Found:
        """What was found, with all that was taken, in the order of the grid."""
        tables = tuple(sorted(self.tables, key=lambda table: table.first))
        matrices = tuple(sorted(self.matrices, key=lambda matrix: matrix.first))
        read = [(each.first, each.end) for each in tables] + [(each.first, each.end) for each in matrices]
        first_of = {each.first: each for each in (*reversed(self.unread), *reversed(found.unread))}
        asked = [(first, end) for first, end in self.bands if first in first_of]
        left = [
            each
            for at, each in sorted(first_of.items())
            if not _inside(at, read) and not any(first < at < end for first, end in asked)
        ]
        return replace(
            found,
            tables=tables,
            unread=tuple(left),
            rivals=tuple(each for each in found.rivals if not _inside(each.row, read)),
            readings=tuple(sorted(self.readings, key=lambda reading: reading.shape.first)),
            matrices=matrices,
            problems=tuple(self.problems),
        )


def _inside(row: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= row < end for first, end in spans)


def _is_edge(table: FoundTable) -> bool:
    """Whether a table that header words tell is the edge of a matrix: its first column, its total and a remark."""
    return len(table.claim.columns) <= BESIDE


def _left_over(edges: Sequence[tuple[int, int]], grid: Grid, rows: Rows, around: Surrounding) -> list[Band]:
    """The header bands outside of what was found, from `edges[i][0]` to before `edges[i][1]`."""
    if grid.rows > _LARGEST:
        return []
    bands: list[Band] = []
    at = 0
    for first, end in (*edges, (grid.rows, grid.rows)):
        bands += bands_of(rows, at, first, around.between)
        at = max(at, end)
    return bands[:_MOST]
