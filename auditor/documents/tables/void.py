"""Rows of void papers: a number, the word 作废 in whatever cell, and often nothing else."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.fields import whole
from auditor.documents.proofs.exact import Mask
from auditor.documents.tables.reading import Reading

STATUS, VOID = "status", "void"
# 作废（客户取消）, 已作废，重开004021: the cell is about this row's own paper. 替代作废的004020 is about another's.
_THIS_IS_VOID = re.compile(
    r"(?:本单|此单|该单|本票|此票|整单|全单|单据|收据|清单)?(?:已|予以|现)?作废(?:$|[\s,，、;；:：。.!！()（）\[【/-].*|重开.*|处理.*|注销.*)"
)
_SAYS_VOID = "作废"


def mark_void(reading: Reading, complete: Mask) -> None:
    """Make records with status `void` of the rows that have a number and a cell that calls their paper void.

    Such a row needs no date and no amount; `complete` is changed in place. What stands in the status column itself is
    read as everywhere.
    """
    status = reading.type.fields.get(STATUS)
    number = reading.type.identity[0] if reading.type.identity else ""
    if status is None or VOID not in status.choices or number not in reading.typed.columns:
        return
    words = set(status.choices[VOID])
    texts = reading.sheet.texts
    numbered = np.asarray(whole(pc.is_valid(reading.typed.columns[number])))
    for name in texts.column_names:
        if name.startswith("_"):
            continue
        column = texts.column(name)
        hits = np.asarray(whole(pc.fill_null(_may_say_void(column, words), False))) & numbered
        for position in map(int, np.flatnonzero(hits)):
            text = str(column[position]).strip()
            if text in words or _THIS_IS_VOID.fullmatch(text):
                reading.void.setdefault(position, text)
    if not reading.void:
        return
    positions = list(reading.void)
    complete[positions] = True
    flags = np.zeros(reading.sheet.rows, dtype=bool)
    flags[positions] = True
    column = reading.typed.columns.get(STATUS, pa.nulls(reading.sheet.rows, pa.string()))
    reading.typed.columns[STATUS] = pc.if_else(pa.array(flags), VOID, whole(column))


def _may_say_void(column: pa.ChunkedArray, words: set[str]) -> pa.ChunkedArray:
    """Where a cell holds the word for void, in bulk."""
    found = pc.match_substring(column, _SAYS_VOID)
    for word in sorted(words):
        if _SAYS_VOID not in word:
            found = pc.or_(found, pc.equal(column, word))
    return found
