"""Rows of void papers: a number, the word 作废 in whatever cell, and often nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.proofs.exact import Mask
from auditor.documents.tables.reading import Reading
from auditor.documents.typed_columns import whole
from auditor.documents.words import mark_words

STATUS, VOID = "status", "void"


@lru_cache(maxsize=1)
def _this_is_void() -> re.Pattern[str]:
    """作废（客户取消）, 已作废，重开004021: the cell is about its row's paper; 替代作废的004020 about another."""
    words = mark_words()
    before, void, after = ("|".join(map(re.escape, each)) for each in (words.void_before, words.void, words.void_after))
    return re.compile(rf"(?:{before})*(?:{void})(?:$|[\s,，、;；:：。.!！()（）\[【/-].*|(?:{after}).*)")


def with_void_rows(reading: Reading, complete: Mask) -> tuple[Reading, Mask]:
    """Records with status `void` of the rows that have a number and a cell that calls their paper void; and `complete`,
    the rows that are records, with them.

    Such a row needs no date and no amount. What stands in the status column itself is read as everywhere.
    """
    status = reading.type.fields.get(STATUS)
    number = reading.type.identity[0] if reading.type.identity else ""
    if status is None or VOID not in status.choices or number not in reading.typed.columns:
        return reading, complete
    words = set(status.choices[VOID])
    texts = reading.sheet.texts
    numbered = np.asarray(whole(pc.is_valid(reading.typed.columns[number])))
    void: dict[int, str] = {}
    for name in texts.column_names:
        if name.startswith("_"):
            continue
        column = texts.column(name)
        hits = np.asarray(whole(pc.fill_null(_may_say_void(column, words), False))) & numbered
        for position in map(int, np.flatnonzero(hits)):
            text = str(column[position]).strip()
            if text in words or _this_is_void().fullmatch(text):
                void.setdefault(position, text)
    if not void:
        return reading, complete
    flags = np.zeros(reading.sheet.rows, dtype=bool)
    flags[list(void)] = True
    column = reading.typed.columns.get(STATUS, pa.nulls(reading.sheet.rows, pa.string()))
    marked = pc.if_else(pa.array(flags), VOID, whole(column))
    typed = replace(reading.typed, columns={**reading.typed.columns, STATUS: marked})
    return replace(reading, typed=typed, void=void), complete | flags


def _may_say_void(column: pa.ChunkedArray, words: set[str]) -> pa.ChunkedArray:
    """Where a cell holds the word for void or is a word that says so, in bulk."""
    said = mark_words().void
    whole_cells = [word for word in sorted(words) if not any(each in word for each in said)]
    pattern = "|".join(map(re.escape, said))
    if whole_cells:
        pattern += f"|^(?:{'|'.join(map(re.escape, whole_cells))})$"
    return pc.match_substring_regex(column, pattern)
