"""Rows of void papers: a number, the word 作废 in whatever cell, and often nothing else."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.layouts.reading import Reading
from auditor.documents.layouts.typing import whole
from auditor.documents.proofs.exact import Mask

STATUS, VOID = "status", "void"


def mark_void(reading: Reading, complete: Mask) -> None:
    """Make records with status `void` of the rows that have a number and the word for void alone in some cell.

    Such a row needs no date and no amount; `complete` is changed in place. What stands in the status column itself is
    read as everywhere.
    """
    status = reading.type.fields.get(STATUS)
    number = reading.type.identity[0] if reading.type.identity else ""
    if status is None or VOID not in status.choices or number not in reading.typed.columns:
        return
    words = pa.array(sorted(status.choices[VOID]), pa.string())
    texts = reading.sheet.texts
    numbered = np.asarray(whole(pc.is_valid(reading.typed.columns[number])))
    for name in texts.column_names:
        if name.startswith("_"):
            continue
        trimmed = pc.utf8_trim_whitespace(texts.column(name))
        hits = np.asarray(whole(pc.fill_null(pc.is_in(trimmed, words), False))) & numbered
        for position in map(int, np.flatnonzero(hits)):
            reading.void.setdefault(position, str(trimmed[position]))
    if not reading.void:
        return
    positions = list(reading.void)
    complete[positions] = True
    flags = np.zeros(reading.sheet.rows, dtype=bool)
    flags[positions] = True
    column = reading.typed.columns.get(STATUS, pa.nulls(reading.sheet.rows, pa.string()))
    reading.typed.columns[STATUS] = pc.if_else(pa.array(flags), VOID, whole(column))
