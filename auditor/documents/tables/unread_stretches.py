"""Where rows and cells of a table were not read, as rules are told of it: places, and what was read all the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from auditor.documents.model import UnreadRows
from auditor.documents.tables.reading import Reading, unread_rows
from auditor.documents.typed_columns import whole
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.records.model import FieldType

_TELLING = (
    FieldType.TEXT,
    FieldType.NUMBER_TEXT,
    FieldType.DATE,
    FieldType.CHOICE,
    FieldType.CURRENCY,
    FieldType.MONEY,
)
_MOST_VALUES = 50  # of a field in one stretch; a stretch with more may be of any


def unread_stretches(reading: Reading) -> tuple[UnreadRows, ...]:
    """The rows that were not read, each stretch between two records as one, and the cells of records likewise."""
    records = np.flatnonzero(reading.records)
    found = [_stretch(reading, part, None) for part in _parted(reading, unread_rows(reading).tolist(), records)]
    for role, cells in reading.typed.unread.items():
        mine = sorted(at for at in cells if reading.records[at])
        column = "amount" if role in (MONEY_IN, MONEY_OUT) else role
        found += [_stretch(reading, [at], column) for at in mine[:_MOST_VALUES]]
        rest = _parted(reading, mine[_MOST_VALUES:], np.zeros(0, dtype=np.int64))
        found += [_stretch(reading, part, column) for part in rest]
    return tuple(found)


def _parted(reading: Reading, positions: Sequence[int], records: np.ndarray) -> Iterable[list[int]]:
    """The positions in stretches: a record or the end of a page ends one."""
    if not positions:
        return
    part = [positions[0]]
    for before, here in pairwise(positions):
        between = np.searchsorted(records, before) != np.searchsorted(records, here)
        if between or reading.sheet.page[before] != reading.sheet.page[here]:
            yield part
            part = []
        part.append(here)
    yield part


def _stretch(reading: Reading, positions: Sequence[int], column: str | None) -> UnreadRows:
    first, last = positions[0], positions[-1]
    return UnreadRows(
        reading.type.name,
        int(reading.sheet.page[first]),
        int(reading.sheet.number[first]),
        int(reading.sheet.number[last]),
        len(positions),
        column,
        _known(reading, positions),
    )


def _known(reading: Reading, positions: Sequence[int]) -> dict[str, tuple[str, ...]]:
    """By field what the rows say, where each of them says it: to tell of what group or chain they may be."""
    found: dict[str, tuple[str, ...]] = {}
    for name, field in reading.type.fields.items():
        if field.type not in _TELLING or (name == "direction" and reading.flow is not None):
            continue
        column, constant = reading.typed.columns.get(name), reading.constants.get(name)
        values = {constant} if column is None else set(whole(column).take(positions).to_pylist())
        if column is not None and constant is not None:
            values = {constant if value is None else value for value in values}
        if name == "amount" and column is None and reading.flow is not None:
            values = _moved(reading, positions)
        if None not in values and len(values) <= _MOST_VALUES:
            found[name] = tuple(sorted(map(str, values)))
    return found


def _moved(reading: Reading, positions: Sequence[int]) -> set[Any]:
    """What the columns for money in and out say of the rows, None for one in which neither or both say something."""
    columns = [reading.typed.columns[role] for role in (MONEY_IN, MONEY_OUT) if role in reading.typed.columns]
    sides = [whole(each).take(positions).to_pylist() for each in columns]
    said = [[each for each in row if each] for row in zip(*sides, strict=True)]
    return {row[0] if len(row) == 1 else None for row in said} or {None}
