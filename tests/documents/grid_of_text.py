"""A grid from lines of comma separated cells, for tests of tables."""

from __future__ import annotations

import pyarrow as pa

from auditor.documents.pages import Grid


def grid(text: str) -> Grid:
    """The sheet S of such lines; an empty cell is none."""
    rows = [[cell.strip() or None for cell in line.split(",")] for line in text.strip().splitlines()]
    width = max(map(len, rows))
    cells = [[row[at] if at < len(row) else None for row in rows] for at in range(width)]
    table = pa.table({f"c{at}": pa.array(column, pa.string()) for at, column in enumerate(cells)})
    return Grid(1, "S", table, pa.array(range(1, len(rows) + 1)))
