"""Values of records that follow from what a cell says beside or instead of the value of its own field.

A word that a choice does not know is kept, and the choice gets the value that the record type names for such words;
never its default. The whole of `2/3` goes to the field that the record type names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.tables.reading import Reading
from auditor.documents.typed_columns import ARROW, TypedColumns, mask, whole
from auditor.documents.word_parts import choice_of
from auditor.records.model import Field
from auditor.values.errors import UnknownChoice
from auditor.values.text import readable


def with_other_choices(reading: Reading) -> Reading:
    """The reading in which records with an unknown word have the value that their choice names for it (`other`), and
    the word in a text field (`word`) where that one is empty. Such words are no problems any more."""
    for name, each in reading.type.fields.items():
        if each.choices and name in reading.typed.columns:
            reading = replace(reading, typed=_with_meant(reading, each))
        if each.other and name in reading.typed.columns:
            reading = replace(reading, typed=_with_other(reading, each))
    return reading


def _with_meant(reading: Reading, each: Field) -> TypedColumns:
    """The column of a choice in which a word that its list does not have is what the parts of the word mean (寄付现结),
    where they mean one choice alone."""
    typed = reading.typed
    unread = dict(typed.unread.get(each.name, {}))
    meant = {
        at: choice
        for at, problem in unread.items()
        if isinstance(problem, UnknownChoice) and (choice := choice_of(problem.found or "", each.choices)) is not None
    }
    if not meant:
        return typed
    choices = whole(typed.columns[each.name]).to_pylist()
    for at, choice in meant.items():
        choices[at] = choice
        del unread[at]
    columns = {**typed.columns, each.name: pa.array(choices, pa.string())}
    return replace(typed, columns=columns, unread={**typed.unread, each.name: unread})


def _with_other(reading: Reading, each: Field) -> TypedColumns:
    typed = reading.typed
    unread = dict(typed.unread.get(each.name, {}))
    rows = [at for at, problem in sorted(unread.items()) if isinstance(problem, UnknownChoice) and reading.records[at]]
    columns = dict(typed.columns)
    choices = whole(columns[each.name]).to_pylist()
    kept: dict[int, str] = {}
    for at in rows:
        value = next((value for value, needed in each.other.items() if _are_filled(reading, needed)[at]), None)
        if value is not None:
            choices[at] = value
            kept[at] = readable(unread.pop(at).found or "")
    columns[each.name] = pa.array(choices, pa.string())
    if each.word is not None and kept:
        words = pa.array([kept.get(at) for at in range(reading.sheet.rows)], pa.string())
        own = columns.get(each.word)
        columns[each.word] = words if own is None else pc.coalesce(whole(own), words)
    return replace(typed, columns=columns, unread={**typed.unread, each.name: unread})


def _are_filled(reading: Reading, names: Sequence[str]) -> npt.NDArray[np.bool_]:
    """The rows in which all of the fields have a value."""
    filled = np.ones(reading.sheet.rows, dtype=bool)
    for name in names:
        column = reading.typed.columns.get(name)
        filled &= mask(pc.is_valid(column)) if column is not None else name in reading.constants
    return filled


def with_wholes(reading: Reading) -> Reading:
    """The reading with the 3 of `2/3` in the field that takes it, where that has no value of its own."""
    columns = dict(reading.typed.columns)
    for name, each in reading.type.fields.items():
        beside = reading.typed.beside("whole", name)
        if each.whole is None or beside is None:
            continue
        kind = ARROW[reading.type.fields[each.whole].type.sql]
        found = whole(beside).cast(kind)
        own = columns.get(each.whole)
        columns[each.whole] = found if own is None else pc.coalesce(whole(own), found)
    return replace(reading, typed=replace(reading.typed, columns=columns))
