"""The same header below another title begins a table of its own; below a page's number it goes on with its table."""

from __future__ import annotations

import pytest
from grid_of_text import grid

from auditor.documents.tables.grid_rows import Rows
from auditor.documents.tables.own_titles import titled_anew
from auditor.documents.tables.shaping import bands_of


@pytest.mark.parametrize(
    ("one", "other", "tables"),
    [
        ("Petty cash", "Main account", 2),
        ("招行", "农行美元户", 2),
        ("2026年9月", "2026年10月", 2),
        ("Depot North", "Depot North", 1),
        ("Deliveries", "Page 2 of 3", 1),
        ("送货登记", "送货登记（续）", 1),
        ("Deliveries", "Total", 1),
        (",", "Main account", 1),
    ],
)
def test_a_header_that_comes_again(one: str, other: str, tables: int) -> None:
    body = "2026-10-08,12.00,A\n2026-10-09,7.00,B"
    rows = Rows(grid(f"{one}\n,\nDay,Amount,Who\n{body}\n,\n,\n{other}\nDay,Amount,Who\n{body}"))
    assert titled_anew(rows, 2, 8) == (tables == 2)
    assert len(bands_of(rows, 0, 11, lambda start, row: False)) == tables
