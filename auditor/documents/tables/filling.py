"""What a cell leaves to its neighbours: ditto marks, dates written once a day, prefixes written inside of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.labels import balance_label, total_label
from auditor.documents.tables.number_ranges import parts_of, range_of
from auditor.documents.tables.recognise import Claim
from auditor.documents.vocabulary import RANGE
from auditor.documents.words import mark_words
from auditor.records.model import NumberRange, RecordType
from auditor.values.text import clean_cell

_LEAST = 2  # blank dates that make a habit,
_SHARE = 5  # and of so many rows one
_MOST_ROWS = 20_000  # what somebody typed; longer tables come from programs, which leave nothing to be understood


def filled_down(
    texts: pa.Table, claim: Claim, record_type: RecordType, headers: frozenset[int], *, exact: bool
) -> tuple[pa.Table, int]:
    """The table with ditto marks resolved and, where a table names each date once, its blank dates filled; and how
    many. `headers` are rows that repeat the header. `exact`: a program wrote the table, a blank date is one."""
    if exact or texts.num_rows > _MOST_ROWS:
        return texts, 0
    for column in claim.columns:
        cells = texts.column(column.index).to_pylist()
        if any(cell is not None and cell.strip() in mark_words().ditto for cell in cells):
            texts = texts.set_column(column.index, texts.column_names[column.index], _repeated(cells))
    date = claim.column("date")
    if date is None or not record_type.fields["date"].required:
        return texts, 0
    if not pc.any(pc.fill_null(pc.equal(pc.utf8_trim_whitespace(texts.column(date.index)), ""), True)).as_py():
        return texts, 0
    dates = texts.column(date.index).to_pylist()
    filled = dates_filled(dates, texts, claim, record_type, headers)
    column = pa.array(dates, pa.string())
    return (texts.set_column(date.index, texts.column_names[date.index], column), filled) if filled else (texts, 0)


def dates_filled(
    dates: list[str | None],
    texts: pa.Table,
    claim: Claim,
    record_type: RecordType,
    headers: frozenset[int],
    least: int = _LEAST,
) -> int:
    """Fill the blank dates of a table that names each date once, and say how many; 0 if that is not its habit."""
    wanted = [at for at in _data_rows(texts, claim, record_type) if at < len(dates) and at not in headers]
    blank = [at for at in wanted if not clean_cell(dates[at] or "")]
    named = [at for at in wanted if clean_cell(dates[at] or "")]
    mine = {*wanted, *headers}
    # below a subtotal or the line of a group a day may be named anew
    once = all(dates[one] != dates[other] or not mine.issuperset(range(one, other)) for one, other in pairwise(named))
    if len(blank) < least or len(blank) * _SHARE < len(wanted) or not once or wanted[0] in blank:
        return 0
    last: str | None = None
    empty = set(blank)
    for at in wanted:
        last = last if at in empty else dates[at]
        dates[at] = last
    return len(blank)


def _repeated(cells: Sequence[str | None]) -> pa.Array:
    found: list[str | None] = []
    for cell in cells:
        above = found[-1] if found else None
        found.append(above if cell and cell.strip() in mark_words().ditto else cell)
    return pa.array(found, pa.string())


def _data_rows(texts: pa.Table, claim: Claim, record_type: RecordType) -> list[int]:
    """The rows that hold every other required field and no label of a total or balance."""
    needed = [
        column.index
        for column in claim.columns
        if column.role != "date" and column.role in record_type.fields and record_type.fields[column.role].required
    ]
    if not needed:
        return []
    columns = [texts.column(name).to_pylist() for name in texts.column_names]
    found = []
    for at in range(texts.num_rows):
        row = [column[at] for column in columns]
        whole = all(clean_cell(row[index] or "") for index in needed)
        if whole and not any(cell and (total_label(cell) or balance_label(cell)) for cell in row):
            found.append(at)
    return found


def split_numbers(texts: pa.Table, claim: Claim, record_type: RecordType) -> pa.Table:
    """The table with columns for first and last number, prefix and width (`_` before the names of these fields), where
    its numbers must be taken apart: one column names the range, or a prefix or leading zeros stand in the numbers."""
    names = record_type.range
    if names is None:
        return texts
    columns = {
        role: texts.column(column.index).to_pylist()
        for role in (names.first, names.last, names.prefix, names.width, RANGE)
        if (column := claim.column(role)) is not None
    }
    rows = [
        _taken_apart({role: cells[at] or "" for role, cells in columns.items()}, names) for at in range(texts.num_rows)
    ]
    if RANGE not in columns and not any(row[2] or row[3] for row in rows):
        return texts
    for name, cells in zip((names.first, names.last, names.prefix, names.width), zip(*rows, strict=True), strict=True):
        texts = texts.append_column(f"_{name}", pa.array(cells, pa.string()))
    return texts


def _taken_apart(row: dict[str, str], names: NumberRange) -> tuple[str | None, ...]:
    """First and last number, prefix and width of one row, as texts."""
    first, last = row.get(names.first), row.get(names.last)
    own_prefix, own_width = row.get(names.prefix) or None, row.get(names.width) or None
    text = row.get(RANGE, "")
    if text and not first and not last:
        found = range_of(text, declared=True)
        if found is None:
            return text, text, own_prefix, own_width
        width = str(found.width) if found.width else None
        return found.first, found.last, own_prefix or found.prefix or None, own_width or width
    begin, end = parts_of(first or ""), parts_of(last or "")
    if begin is None or end is None or begin[0] != end[0]:
        return first, last, own_prefix, own_width
    printed = len(begin[1]) == len(end[1]) and (bool(begin[0]) or begin[1].startswith("0"))
    width = str(len(begin[1])) if printed else None
    return begin[1], end[1], own_prefix or begin[0] or None, own_width or width
