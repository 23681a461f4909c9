"""Rows that state the sums of the rows above them under whatever name: 收到共 or `All in` where a date should stand.

A row without a day and a number of its own, whose label no list of words knows, is a total if every figure of it that
can be added up is the sum of the records above, since the last total or altogether. What it is called does not matter;
that it adds up does. The figures of a single row are its sum only under a word that ends like one: 进账共, 已收计.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.labels import TotalLabel, ends_like_total, total_label
from auditor.documents.proofs.exact import Mask, ticks
from auditor.documents.tables.reading import Reading
from auditor.documents.tables.rows import Kind, Row
from auditor.documents.tables.stated import body_of
from auditor.documents.typed_columns import mask
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.records.model import FieldType

_FEWEST = 2  # rows that make a sum
_MOST = 200  # such rows in one table; more of them are a way of writing
_AMOUNTS = (FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER)


def with_proved_totals(reading: Reading) -> Reading:
    """The reading with such rows as totals: they are neither records nor problems."""
    candidates = _unnamed(reading)
    if not 0 < len(candidates) <= _MOST:
        return reading
    sums = body_of(reading).sums
    roles = [role for role in sums if _adds_up(reading, role)]
    records = reading.records.copy()
    found: dict[int, tuple[int, str]] = {}
    totals = [row.position for row in reading.rows if row.kind is Kind.TOTAL]
    records[candidates] = False
    for at in candidates:
        before = [total for total in totals if total < at]
        named = _label(reading, at)
        fewest = 1 if named is not None and ends_like_total(named[1]) else _FEWEST
        if named is not None and any(_is_sum(sums, roles, records, start, at, fewest) for start in {*before[-1:], 0}):
            found[at] = named
            totals.append(at)
        else:
            records[at] = reading.records[at]
    if not found:
        return reading
    rows = [row for row in reading.rows if row.position not in found]
    for at, (column, text) in found.items():
        label = total_label(text) or TotalLabel(text)
        rows.append(Row(at, Kind.TOTAL, _cells(reading, at), total=label, label_column=column))
    reasons = {at: reason for at, reason in reading.reasons.items() if at not in found}
    ordered = tuple(sorted(rows, key=lambda row: row.position))
    return replace(reading, records=records, rows=ordered, reasons=reasons)


def _unnamed(reading: Reading) -> list[int]:
    """Rows that name no record: without a day where the table has days, and without a number, which has digits, under
    what names it."""
    columns = reading.typed.columns
    dates = columns.get("date")
    named = [name for name in reading.type.identity if name != "date" and name in columns]
    numbers = [columns[name] for name in named if not _adds_up(reading, name)]  # an amount names no record alone
    if dates is None and not numbers:
        return []
    bare = np.ones(reading.sheet.rows, dtype=bool)
    if dates is not None:
        bare &= ~mask(pc.is_valid(dates))
    for column in numbers:
        if pa.types.is_string(column.type):
            bare &= ~mask(pc.fill_null(pc.match_substring_regex(column, r"\d"), False))
        else:
            bare &= ~mask(pc.is_valid(column))
    if bare[reading.records].all():
        return []
    asked = {row.position for row in reading.rows if row.kind is not Kind.PROBLEM}
    positions = {*map(int, np.flatnonzero(bare & reading.records)), *reading.reasons}
    return sorted(at for at in positions if bare[at] and at not in asked)


def _adds_up(reading: Reading, role: str) -> bool:
    each = reading.type.fields.get(role)
    return role in (MONEY_IN, MONEY_OUT) or (each is not None and each.summed and each.type in _AMOUNTS)


def _label(reading: Reading, position: int) -> tuple[int, str] | None:
    """The one text of the row: its column and what stands there; None where there are several, or none."""
    figures = {
        int(spec.source[1:])
        for spec in reading.specs.values()
        if spec.source[1:].isdigit() and spec.type in (*_AMOUNTS, FieldType.PERCENT)
    }
    texts = [
        (at, cell)
        for at, cell in enumerate(_cells(reading, position))
        if cell and at not in figures and any(letter.isalpha() for letter in cell)
    ]
    return texts[0] if len(texts) == 1 else None


def _is_sum(
    sums: Mapping[str, pa.Array], roles: Sequence[str], records: Mask, start: int, end: int, fewest: int
) -> bool:
    """Whether every figure of the row is the sum of the `fewest` records and more from `start` on, and one of them is
    not nought."""
    if int(records[start:end].sum()) < fewest:
        return False
    agreed = 0
    for role in roles:
        values, valid = ticks(sums[role])
        if not valid[end]:
            continue
        inside = records[start:end] & valid[start:end]
        if int(values[start:end][inside].sum()) != int(values[end]):
            return False
        agreed += int(values[end] != 0)
    return agreed > 0


def _cells(reading: Reading, position: int) -> tuple[str, ...]:
    names = [name for name in reading.sheet.texts.column_names if not name.startswith("_")]
    return tuple((reading.sheet.texts.column(name)[position].as_py() or "").strip() for name in names)
