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
from auditor.documents.recognition.arithmetic import figure
from auditor.documents.recognition.sum_rows import sum_rows
from auditor.documents.tables.reading import Reading
from auditor.documents.tables.rows import Kind, Row
from auditor.documents.tables.stated import body_of
from auditor.documents.typed_columns import mask
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.languages import Text
from auditor.records.model import FieldType, RecordType

_FEWEST = 2  # rows that make a sum
_MOST = 200  # such rows in one table; more of them are a way of writing
_MOST_ROWS = 5_000  # of a table whose records are named by words
_AMOUNTS = (FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER)


def with_proved_totals(reading: Reading) -> Reading:
    """The reading with such rows as totals: they are neither records nor problems."""
    candidates = _unnamed(reading)
    if candidates is None:
        return _without_sums(reading)
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


def _without_sums(reading: Reading) -> Reading:
    """The reading of a table whose records are named by words alone, without those rows that are the sums of rows above
    them in all columns of figures, and without lines of parts; both are told."""
    positions = list(map(int, np.flatnonzero(reading.records)))
    if reading.flow is not None or not 0 < len(positions) <= _MOST_ROWS:
        return reading
    totals = [row.position for row in reading.rows if row.kind is Kind.TOTAL]
    cells = {at: _cells(reading, at) for at in {*positions, *totals}}
    columns = [at for at in range(len(reading.sheet.headers)) if _are_figures([cells[row] for row in positions], at)]
    rows = [(at, "" if at in totals else _first_text(cells[at]), _figures(cells[at], columns)) for at in sorted(cells)]
    found = sum_rows(rows)
    if not found.sums and not found.parts:
        return reading
    records, more = reading.records.copy(), list(reading.rows)
    for at in (*(each.at for each in found.sums), *found.parts):
        records[at] = False
    for each in found.sums:
        text = _first_text(cells[each.at])
        label = total_label(text) or TotalLabel(text, group=text, subtotal=True)
        more.append(Row(each.at, Kind.TOTAL, cells[each.at], total=label, label_column=cells[each.at].index(text)))
    more += [Row(at, Kind.NOTE, cells[at]) for at in found.parts]
    sums = [_first_text(cells[each.at]) for each in found.sums if each.told]
    remarks = (*reading.remarks, *said_of_sums(reading.type, sums, [_first_text(cells[at]) for at in found.parts]))
    ordered = tuple(sorted(more, key=lambda row: row.position))
    return replace(reading, records=records, rows=ordered, remarks=remarks)


def said_of_sums(record: RecordType, sums: Sequence[str], parts: Sequence[str]) -> list[Text]:
    """What is said of lines that may be taken for records: sums that no word calls so, and parts of the line above."""
    told, name = [], record.title
    if sums:
        en = f"read as subtotals and not as records ({name.en}), since they are the sums of the lines above"
        zh = f"等于上方各行之和，按小计读取，不作为{name.zh}"
        told.append(Text(f"{en}: {', '.join(sums)}", f"{zh}：{'、'.join(sums)}"))
    if parts:
        en, zh = "not read, since they are parts of the lines above", "为上一行的其中数，未读取"
        told.append(Text(f"{en}: {', '.join(parts)}", f"{zh}：{'、'.join(parts)}"))
    return told


def _are_figures(rows: Sequence[Sequence[str]], at: int) -> bool:
    filled = [row[at] for row in rows if at < len(row) and row[at]]
    return bool(filled) and all(figure(text) is not None for text in filled)


def _figures(cells: Sequence[str], columns: Sequence[int]) -> list[int] | None:
    found = [figure(cells[at]) if at < len(cells) and cells[at] else 0 for at in columns]
    return [each for each in found if each is not None] if None not in found else None


def _first_text(cells: Sequence[str]) -> str:
    return next((cell for cell in cells if any(letter.isalpha() for letter in cell)), "")


def _unnamed(reading: Reading) -> list[int] | None:
    """Rows that name no record: without a day where the table has days, and without a number, which has digits, under
    what names it. None if the table has neither, or no record of it."""
    columns = reading.typed.columns
    dates = columns.get("date")
    named = [name for name in reading.type.identity if name != "date" and name in columns]
    numbers = [columns[name] for name in named if not _adds_up(reading, name)]  # an amount names no record alone
    if dates is None and not numbers:
        return None
    bare = np.ones(reading.sheet.rows, dtype=bool)
    if dates is not None:
        bare &= ~mask(pc.is_valid(dates))
    for column in numbers:
        if pa.types.is_string(column.type):
            bare &= ~mask(pc.fill_null(pc.match_substring_regex(column, r"\d"), False))
        else:
            bare &= ~mask(pc.is_valid(column))
    if bare[reading.records].all():
        return None
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
