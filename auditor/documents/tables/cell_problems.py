"""What is wrong with the cells of records: those that could not be read, and what stands beside a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from auditor.documents.questions import (
    NoteBesideAmount,
    Question,
    SideBesideAmount,
)
from auditor.documents.tables.reading import Reading, column_number
from auditor.documents.typed_columns import mask
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.errors import AuditorError


def with_cell_problems(reading: Reading) -> Reading:
    """Cells of records that could not be read, or beside whose value something stands that was not taken."""
    found: dict[int, list[tuple[str, AuditorError]]] = {}
    for role, unread in reading.typed.unread.items():
        spec = reading.specs.get(role)
        for position, problem in unread.items():
            if position in reading.void and (problem.found or "").strip() == reading.void[position]:
                continue
            if not reading.records[position] or (role == "time" and spec and spec.source == _source(reading, "date")):
                continue
            if isinstance(problem, Question):
                continue
            placed = type(problem)(reading.place(position, column_number(spec)), problem.found, **problem.values)
            found.setdefault(position, []).append((role, placed))
    for role, position, problem in _left_over(reading):
        found.setdefault(position, []).append((role, problem))
    return replace(reading, cell_problems={at: tuple(found[at]) for at in sorted(found)})


def _left_over(reading: Reading) -> Iterable[tuple[str, int, AuditorError]]:
    """Notes behind amounts, and sides beside amounts that have none."""
    of_side = {"amount", MONEY_IN, MONEY_OUT, "balance"} if reading.type.flow is not None else set[str]()
    of_side |= reading.type.debit_credit.keys()
    for what in ("note", "side"):
        for role, column in reading.typed.left.get(what, {}).items():
            if what == "side" and role in of_side:
                continue
            for position in map(int, np.flatnonzero(mask(pc.is_valid(column)) & reading.records)):
                text = column[position].as_py()
                place = reading.place(position, column_number(reading.specs.get(role)))
                cell = reading.sheet.texts.column(reading.specs[role].source)[position].as_py()
                if what == "note":
                    yield role, position, NoteBesideAmount(place, cell, note=text)
                else:
                    yield role, position, SideBesideAmount(place, cell, side=text)


def _source(reading: Reading, role: str) -> str | None:
    spec = reading.specs.get(role)
    return spec.source if spec else None
