"""The totals of a matrix against its cells. What a line of totals covers is what its figures show: the lines since the
one before it, all of the matrix, or with it what stands on other sheets of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import cached_property

from auditor.documents.recognition.matrix_shape import MatrixShape, TotalLine


class Cover(IntEnum):
    """What a line of totals covers."""

    SINCE = 0  # the lines since the one of totals before it
    ALL = 1
    WITH_EARLIER = 2  # and the sheets before
    EARLIER = 3
    WITH_OTHERS = 4  # and all other sheets


@dataclass(frozen=True, eq=False)
class MatrixFigures:
    """A matrix with its figures, by row and column, in units of 0.00001."""

    shape: MatrixShape
    figures: Mapping[tuple[int, int], int]

    @staticmethod
    def of(shape: MatrixShape) -> MatrixFigures:
        """The figures as they are written."""
        rows = [*shape.named, *(each.at for each in shape.total_rows)]
        columns = [*shape.axis.places, *(each.at for each in shape.total_columns)]
        found = {(row, at): value for row in rows for at in columns if (value := shape.figure(row, at)) is not None}
        return MatrixFigures(shape, found)

    @cached_property
    def days(self) -> Mapping[int, date]:
        return self.shape.axis.days

    def rows_of(self, name: str) -> list[int]:
        return [row for row in self.shape.named if self.shape.name(row) == name]

    def columns_of(self, day: date) -> list[int]:
        return [at for at, each in self.days.items() if each == day]

    def sum(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[int, int]:
        """The sum of some cells, and how many of them are filled."""
        values = [value for row in rows for at in columns if (value := self.figures.get((row, at))) is not None]
        return sum(values), len(values)


@dataclass(frozen=True, slots=True)
class CheckedTotal:
    """A stated total and what the cells that it covers make. `axis`: row, column or table; `cells`: how many there are;
    `own`: the cells of its own matrix that it covers. `told`: whether most totals of its line hold."""

    line: TotalLine
    axis: str
    row: int
    column: int
    stated: int
    computed: int
    cells: int
    own: tuple[tuple[int, int], ...] = ()
    told: bool = True

    @property
    def holds(self) -> bool:
        return self.stated == self.computed


def checked_totals(
    matrix: MatrixFigures, earlier: Sequence[MatrixFigures] = (), later: Sequence[MatrixFigures] = ()
) -> list[CheckedTotal]:
    """All totals of a matrix, rows first, then row by row the columns and the table; `earlier` and `later` are those on
    the sheets before and behind. Totals to a date that nothing of the document makes are left out."""
    check = _Check(matrix, tuple(earlier), tuple(later))
    return list(check.totals())


_Part = tuple[MatrixFigures, Sequence[int], Sequence[int]]


@dataclass(frozen=True, eq=False)
class _Check:
    matrix: MatrixFigures
    earlier: tuple[MatrixFigures, ...]
    later: tuple[MatrixFigures, ...]

    def totals(self) -> Iterator[CheckedTotal]:
        shape = self.matrix.shape
        columns = {line: self._best(line, self._of_column) for line in shape.total_columns}
        rows = {line: self._best(line, self._of_row) for line in shape.total_rows}
        for row in shape.named:
            for line in shape.total_columns:
                yield from (each for each in columns[line][1] if each.row == row)
        for line in shape.total_rows:
            yield from rows[line][1]
            for other in shape.total_columns:
                yield from self._of_table(line, other, rows[line][0], columns[other][0])

    def _best(
        self, line: TotalLine, of: Callable[[TotalLine, Cover], list[CheckedTotal]]
    ) -> tuple[Cover, list[CheckedTotal]]:
        """What a line of totals covers: what its label says, unless something else makes most of its figures."""
        natural = Cover.SINCE if line.subtotal else Cover.ALL
        tried = {cover: of(line, cover) for cover in self._covers()}
        right = {cover: sum(each.holds for each in totals) for cover, totals in tried.items()}
        best = max(right, key=lambda cover: (right[cover], cover is natural, -cover))
        count = len(tried[natural])
        if best is not natural and (right[best] * 2 <= count or right[best] < min(count, 2)):
            best = natural
        most = right[best] * 2 > count
        if line.to_date and not most:
            return best, []
        return best, [replace(each, told=most) for each in tried[best]]

    def _covers(self) -> list[Cover]:
        covers = [Cover.ALL, Cover.SINCE]
        covers += [Cover.WITH_EARLIER, Cover.EARLIER] if self.earlier else []
        return [*covers, *([Cover.WITH_OTHERS] if self.later else [])]

    def _others(self, cover: Cover) -> tuple[MatrixFigures, ...]:
        if cover in (Cover.WITH_EARLIER, Cover.EARLIER):
            return self.earlier
        return (*self.earlier, *self.later) if cover is Cover.WITH_OTHERS else ()

    def _of_column(self, line: TotalLine, cover: Cover) -> list[CheckedTotal]:
        """The totals of the rows, in one column."""
        shape, found = self.matrix.shape, []
        columns = _own(line, cover, shape.axis.places, shape.total_columns)
        for row in shape.named:
            parts: list[_Part] = [(self.matrix, [row], columns)]
            parts += [(each, each.rows_of(shape.name(row)), each.shape.axis.places) for each in self._others(cover)]
            found += self._total(line, "row", row, line.at, parts)
        return found

    def _of_row(self, line: TotalLine, cover: Cover) -> list[CheckedTotal]:
        """The totals of the days, in one row."""
        shape, found = self.matrix.shape, []
        rows = _own(line, cover, shape.named, shape.total_rows)
        for column in shape.axis.places:
            day = self.matrix.days.get(column)
            parts: list[_Part] = [(self.matrix, rows, [column])]
            parts += [(each, each.shape.named, each.columns_of(day)) for each in self._others(cover) if day]
            found += self._total(line, "column", line.at, column, parts)
        return found

    def _of_table(self, line: TotalLine, other: TotalLine, down: Cover, across: Cover) -> list[CheckedTotal]:
        """The total where a row and a column of totals cross; of all sheets, if only they make it."""
        shape = self.matrix.shape
        rows = _own(line, down, shape.named, shape.total_rows)
        columns = _own(other, across, shape.axis.places, shape.total_columns)
        elsewhere = self._others(max(down, across))
        options: list[list[_Part]] = [[(self.matrix, rows, columns), *_whole(elsewhere)]]
        mine: _Part = (self.matrix, shape.named, shape.axis.places)
        options += [[mine, *_whole(self.earlier)], [mine, *_whole((*self.earlier, *self.later))], [mine]]
        found = [self._total(line, "table", line.at, other.at, parts) for parts in options]
        return next((each for each in found if each and each[0].holds), found[0])

    def _total(self, line: TotalLine, axis: str, row: int, column: int, parts: Sequence[_Part]) -> list[CheckedTotal]:
        stated = self.matrix.figures.get((row, column))
        if stated is None:
            return []
        sums = [matrix.sum(rows, columns) for matrix, rows, columns in parts]
        own = tuple((r, c) for matrix, rows, columns in parts if matrix is self.matrix for r in rows for c in columns)
        computed, cells = sum(each for each, _ in sums), sum(count for _, count in sums)
        return [CheckedTotal(line, axis, row, column, stated, computed, cells, own)]


def _whole(matrices: Sequence[MatrixFigures]) -> list[_Part]:
    return [(each, each.shape.named, each.shape.axis.places) for each in matrices]


def _own(line: TotalLine, cover: Cover, places: Sequence[int], totals: Sequence[TotalLine]) -> list[int]:
    """The rows or columns of its own matrix that a line of totals covers."""
    if cover is Cover.EARLIER:
        return []
    if cover is not Cover.SINCE:
        return list(places)
    before = max((each.at for each in totals if each.at < line.at), default=-1)
    before = before if line.first is None else line.first - 1
    return [at for at in places if before < at < line.at]
