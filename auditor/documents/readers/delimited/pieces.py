"""Lines of text beside a comma table whose amounts the delimiter has cut: `Opening balance: 76,500.00`.

In a row of a table nobody can tell `1,000.00` from two cells; such a row is left as it is, wider than its header. A
line outside of it is a text: its first cell is a label with a colon, or a comment, or all of it is one text. There a
comma between figures and three figures more is a separator of thousands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

_HEAD, _FOOT = 300, 100  # rows at both ends of a table in which such lines are looked for
_BEFORE = re.compile(r"(?:^|.*[\s:：￥¥$(（+-])\d{1,3}(?:,\d{3})*")  # a text that may go on: `balance: 76`
_BEHIND = re.compile(r"\d{3}(?!\d).*", re.DOTALL)
_ALONE = re.compile(r"[-+￥¥$]*\d{1,3}(?:,\d{3})*")
_COLON = (":", "：")

Cells = Sequence[str | None]


def put_together(table: pa.Table) -> pa.Table:
    """The table with the pieces of such lines joined in one cell each; all others are as they were."""
    rows = table.num_rows
    ends = [(0, rows)] if rows <= _HEAD + _FOOT else [(0, _HEAD), (rows - _FOOT, _FOOT)]
    pieces: list[pa.Table] = []
    at, changed = 0, False
    for start, count in ends:
        pieces.append(table.slice(at, start - at))
        part = table.slice(start, count)
        cells = [list(row) for row in zip(*(column.to_pylist() for column in part.columns), strict=True)]
        joined = [_joined(row) for row in cells]
        changed = changed or joined != cells
        columns = [pa.array([row[index] for row in joined], pa.string()) for index in range(table.num_columns)]
        pieces.append(pa.table(columns, names=table.column_names))
        at = start + count
    return pa.concat_tables(pieces) if changed else table


def _joined(row: list[str | None]) -> list[str | None]:
    """The cells of a line with its cut amounts whole again, and as many empty cells behind them."""
    filled = [cell for cell in row if cell and cell.strip()]
    if len(filled) < 2 or row[0] is None or not _may_be_text(row[0]):
        return row
    cells: list[str | None] = [row[0]]
    for cell in row[1:]:
        last, before = cells[-1] or "", cells[-2] if len(cells) > 1 else None
        labelled = _ALONE.fullmatch(last) is None or (before or "").rstrip().endswith(_COLON)
        if cell and labelled and _BEHIND.fullmatch(cell) and _BEFORE.fullmatch(last):
            cells[-1] = f"{last},{cell}"
        else:
            cells.append(cell)
    texts = [cell for cell in cells if cell and cell.strip()]
    if len(cells) == len(row) or not (len(texts) == 1 or _says_labels(texts)):
        return row
    return [*cells, *[None] * (len(row) - len(cells))]


def _may_be_text(first: str) -> bool:
    """Whether a line that begins with this cell may be a line of text: no row of a table begins so."""
    bare = first.strip()
    return bool(bare) and not bare[0].isdigit() and len(bare) > 1


def _says_labels(texts: Sequence[str]) -> bool:
    """Whether each cell is a text with a label, a label, or the value behind one."""
    return all(
        any(mark in text for mark in _COLON) or (at > 0 and texts[at - 1].rstrip().endswith(_COLON))
        for at, text in enumerate(texts)
    )
