"""Tables that header words alone do not tell, judged by evidence; and more columns of those that they do.

Takes what the header words found on a grid (`finder`) and gives it back with the tables that evidence is sure of, and
for every table a `TableReading`: what it was read as, or the question that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor.documents.headers import Unit, header_variants
from auditor.documents.pages import Grid
from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis, State, TableReading
from auditor.documents.recognition.judging import BESIDE, DAY, MONTH, YEAR, Judgement, Knowledge, judge, may_be_matrix
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.tables.finder import Found, FoundMatrix, FoundTable
from auditor.documents.tables.grid_rows import Rows
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.matrix_bands import matrix_bands
from auditor.documents.tables.recognise import Claim, Column
from auditor.documents.tables.shaping import bands_of, shape_of
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT

_DAYS = (YEAR, MONTH, DAY)
_LARGEST = 200_000  # rows of a grid that is searched for more tables
_MOST = 60  # tables of one grid that are judged


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What stands around the tables of a grid: names around a header row, nearest first, the heading above it, and the
    month that is stated for days without one."""

    names: Callable[[int], Sequence[str]]
    heading: Callable[[int], Heading]
    month: Callable[[int], tuple[int, int] | None]

    def shape(self, grid: Grid, rows: Rows, first: int, start: int, end: int) -> TableShape:
        """The shape of a table with all that stands around it."""
        return shape_of(grid, rows, first, start, end, self.names(first), self.heading(first), self.month(first))


def with_evidence(
    found: Found,
    grid: Grid,
    knowledge: Knowledge,
    around: Surrounding,
    decided: Mapping[tuple[str, int, int], Hypothesis],
) -> Found:
    """What was found on a grid, with the tables that evidence is sure of and the readings of all tables.

    `decided`: what tables are, by their place, whatever they would be judged here alone.
    """
    rows = Rows(grid)
    judged = _Judged(grid, rows, knowledge, around, decided)
    matrices, tables = judged.matrices(found.tables)
    read: list[FoundTable] = []
    for table in tables:
        shape = around.shape(grid, rows, table.first, table.start, table.end)
        claim = _with_more_columns(table.claim, shape, knowledge)
        read.append(replace(table, claim=claim))
        judged.readings.append(TableReading(shape, State.SURE, (_hypothesis(claim),)))
    taken = [(table.first, table.end) for table in tables] + [(band[0], band[2]) for band in judged.bands]
    for first, start, end in _left_over(sorted(taken), grid, rows):
        judgement = judged.reading(first, start, end)
        if judgement.state is State.SURE:
            best = judgement.hypotheses[0]
            if best.matrix is not None:
                matrices.append(FoundMatrix(grid, first, end, best.record, best.matrix))
            else:
                headers = judged.readings[-1].shape.headers
                read.append(FoundTable(grid, first, start, end, headers, claim_of(best)))
    read.sort(key=lambda table: table.first)
    matrices.sort(key=lambda matrix: matrix.first)
    judged.readings.sort(key=lambda reading: reading.shape.first)
    taken = [(each.first, each.end) for each in read] + [(each.first, each.end) for each in matrices]
    unread = tuple(each for each in found.unread if not any(first <= each.first < end for first, end in taken))
    rivals = tuple(each for each in found.rivals if not any(first <= each.row < end for first, end in taken))
    return replace(
        found,
        tables=tuple(read),
        unread=unread,
        rivals=rivals,
        readings=tuple(judged.readings),
        matrices=tuple(matrices),
    )


@dataclass(frozen=True, eq=False)
class _Judged:
    """The bands of a grid as they are judged: `readings` of those that are or may be something, `bands` of matrices."""

    grid: Grid
    rows: Rows
    knowledge: Knowledge
    around: Surrounding
    decided: Mapping[tuple[str, int, int], Hypothesis]
    readings: list[TableReading] = field(default_factory=list)
    bands: list[tuple[int, int, int]] = field(default_factory=list)

    def reading(self, first: int, start: int, end: int) -> Judgement:
        """What a band is, as a reading if it is or may be anything."""
        shape = self.around.shape(self.grid, self.rows, first, start, end)
        judgement = self._judgement(shape)
        if judgement.state is not State.NONE:
            self.readings.append(TableReading(shape, judgement.state, judgement.hypotheses))
        return judgement

    def _judgement(self, shape: TableShape) -> Judgement:
        given = self.decided.get(shape.place)
        return judge(shape, self.knowledge) if given is None else Judgement(State.SURE, (given,))

    def matrices(self, tables: Sequence[FoundTable]) -> tuple[list[FoundMatrix], list[FoundTable]]:
        """The matrices of the grid, and the tables without those that are one in truth. What may be a matrix is a
        reading, too; a table that header words tell goes before it."""
        found: list[FoundMatrix] = []
        kept = list(tables)
        for first, start, end in matrix_bands(self.rows, self.grid.rows):
            if any(first < band[2] and band[0] < end for band in self.bands):
                continue
            over = [table for table in kept if first < table.end and table.first < end]
            if not all(map(_is_edge, over)):
                continue
            shape = self.around.shape(self.grid, self.rows, first, start, end)
            if shape.place not in self.decided and not may_be_matrix(shape, self.knowledge):
                continue
            judgement = self._judgement(shape)
            best = judgement.hypotheses[0] if judgement.hypotheses else None
            if best is None or best.matrix is None or (over and judgement.state is not State.SURE):
                continue
            kept = [table for table in kept if table not in over]
            self.bands.append((first, start, end))
            self.readings.append(TableReading(shape, judgement.state, judgement.hypotheses))
            if judgement.state is State.SURE:
                found.append(FoundMatrix(self.grid, first, end, best.record, best.matrix))
        return found, kept


def _is_edge(table: FoundTable) -> bool:
    """Whether a table that header words tell is the edge of a matrix: its first column, its total and a remark."""
    return len(table.claim.columns) <= BESIDE


def claim_of(hypothesis: Hypothesis) -> Claim:
    """A hypothesis that is taken, as the claim by which a table is read."""
    days = tuple(each.index for role in _DAYS for each in hypothesis.columns if each.role == role)
    columns = tuple(
        Column(each.role, each.index, each.header, _unit(each.header))
        for each in hypothesis.columns
        if each.role not in _DAYS
    )
    return Claim(hypothesis.record, columns, (), day_columns=days, fields=dict(hypothesis.fields))


def _unit(header: str) -> Unit | None:
    return next((unit for _, unit, _ in header_variants(header) if unit is not None), None)


def _hypothesis(claim: Claim) -> Hypothesis:
    columns = tuple(ColumnReading(each.index, each.header, each.role, Ground.WORD) for each in claim.columns)
    return Hypothesis(claim.record, columns)


def _with_more_columns(claim: Claim, shape: TableShape, knowledge: Knowledge) -> Claim:
    """A claim with the columns that its own header words do not name, but arithmetic or equal parts of words do."""
    used = {each.index for each in claim.columns} | set(claim.day_columns)
    free = [at for at, header in enumerate(shape.headers) if header and at not in used]
    if not free or claim.record not in knowledge.types:
        return claim
    judged = judge(shape, knowledge, claim.record)
    if not judged.hypotheses:
        return claim
    taken = {each.role for each in claim.columns}
    sided = {MONEY_IN, MONEY_OUT} & taken
    more = [
        Column(each.role, each.index, each.header, _unit(each.header))
        for each in judged.hypotheses[0].columns
        if each.index in free
        and each.role not in taken
        and each.role not in (*_DAYS, FLAG, MONEY_IN, MONEY_OUT)
        and not (sided and each.role == "amount")
        and each.ground in (Ground.WORD, Ground.EQUAL_PARTS, Ground.ARITHMETIC)
    ]
    return replace(claim, columns=tuple(sorted((*claim.columns, *more), key=lambda column: column.index)))


def _left_over(edges: Sequence[tuple[int, int]], grid: Grid, rows: Rows) -> Iterator[tuple[int, int, int]]:
    """The header bands, first line, first row and end, outside of the tables that were found, from `edges[i][0]` to
    `edges[i][1]`."""
    if grid.rows > _LARGEST:
        return
    at = 0
    count = 0
    for first, end in (*edges, (grid.rows, grid.rows)):
        for band in bands_of(rows, at, first):
            if count < _MOST:
                yield band
            count += 1
        at = max(at, end)


