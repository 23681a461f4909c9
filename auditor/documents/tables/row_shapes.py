"""What the shape of a row says before anything is known of its texts: blank, or wider than the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.values.text import clean_cell

_CUT_AMOUNT = re.compile(r"\s*[-+￥¥$(]?\s*\d{1,3},\d{3}(?:\.\d+)?\)?\s*")


def beyond_header(texts: pa.Table, headers: Sequence[str], widths: Sequence[int] = ()) -> np.ndarray:
    """How many cells of each row stand beyond the header: those with text behind the last header. Empty ones count
    too if an amount of the row may have been cut at its comma. `widths`: of the header, then of the rows."""
    found = np.zeros(texts.num_rows, dtype=np.int32)
    for name in texts.column_names[width_of(headers) :]:
        column = texts.column(name)
        if not name.startswith("_") and column.null_count < texts.num_rows:
            positions = np.flatnonzero(np.asarray(column.is_valid()))
            cells = column.take(pa.array(positions)).to_pylist()
            found[[at for at, cell in zip(positions, cells, strict=True) if clean_cell(cell)]] += 1
    if len(widths) > 1:
        rows = np.array(widths[1:], dtype=np.int32)
        wider = rows - max(widths[0], int(np.bincount(rows).argmax()))
        # no amount is written 023.50: it is what a comma has left of 1,023.50
        torn = [pc.fill_null(pc.match_substring_regex(column, r"^\s*0\d\d\.\d"), False) for column in texts.columns]
        suspect = (wider > 0) | np.logical_or.reduce([np.asarray(each) for each in torn])
        for at in np.flatnonzero(suspect & (found == 0)):
            cells = [column[int(at)].as_py() or "" for column in texts.columns]
            if any(_CUT_AMOUNT.fullmatch(f"{left},{right}") for left, right in pairwise(cells)):
                found[at] = max(1, wider[at])
    return found


def width_of(headers: Sequence[str]) -> int:
    """The number of columns up to the last header."""
    return max((at + 1 for at, header in enumerate(headers) if header), default=0)


def blank_rows(texts: pa.Table) -> np.ndarray:
    """Where no cell says anything."""
    blank = np.ones(texts.num_rows, dtype=bool)
    for name in texts.column_names:
        left = np.flatnonzero(blank)
        if name.startswith("_") or not len(left):
            continue
        cells = texts.column(name).take(pa.array(left)).to_pylist()
        blank[left] = [not (cell and clean_cell(cell)) for cell in cells]
    return blank
