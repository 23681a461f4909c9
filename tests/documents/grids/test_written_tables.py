"""Whatever table is written, each cell is read where it was written, or is doubtful: never in another column."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from written_tables import Written, broken, misplaced, read_back, written

COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@COMMON
@given(written())
def test_tables_without_lines(table: Written) -> None:
    assert misplaced(table, read_back(table.pdf())) == []


@COMMON
@given(written(ruled=True))
def test_ruled_tables(table: Written) -> None:
    grid = read_back(table.pdf())
    assert misplaced(table, grid) == [] and grid.doubts == ()


@COMMON
@given(broken())
def test_rows_of_several_lines(table: Written) -> None:
    assert misplaced(table, read_back(table.pdf())) == []
