"""One table in blocks, each under a line of its own that names its account: two accounts of one document stay two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.tables.reading import Reading
from auditor.documents.tables.stated_account import number_in_line
from auditor.documents.typed_columns import mask
from auditor.values.text import number_text

_MOST_LINES = 2_000  # rows without a date; a table with more of them is no list of blocks


def with_accounts_of_blocks(reading: Reading) -> Reading:
    """The reading with a column of accounts where lines between its rows name other accounts than the heading does."""
    fields = [each.name for each in reading.type.fields.values() if each.master == "bank_account"]
    if not fields or fields[0] in reading.typed.columns or reading.context.declared.account:
        return reading
    lines = _lines(reading)
    numbers = {at: number for at, line in lines.items() if (number := number_in_line(line)) is not None}
    above = reading.constants.get(fields[0])
    found = {number_text(number) for number in numbers.values()}
    if not found or found == {above}:
        return reading
    accounts: list[str | None] = []
    now = above
    for at in range(reading.sheet.rows):
        now = number_text(numbers[at]) if at in numbers else now
        accounts.append(now)
    columns = {**reading.typed.columns, fields[0]: pa.array(accounts, pa.string())}
    constants = {name: value for name, value in reading.constants.items() if name != fields[0]}
    assumed = {name: why for name, why in reading.assumed.items() if name != fields[0]}
    return replace(reading, typed=replace(reading.typed, columns=columns), constants=constants, assumed=assumed)


def _lines(reading: Reading) -> dict[int, str]:
    """The texts of the rows without a date, their cells put together."""
    dates = reading.typed.columns.get("date")
    if dates is None:
        return {}
    positions = np.flatnonzero(mask(pc.is_null(dates)))
    if not 0 < len(positions) <= _MOST_LINES:
        return {}
    width = len(reading.sheet.headers)
    names = [name for name in reading.sheet.texts.column_names if not name.startswith("_")][: max(width, 1)]
    rows = reading.sheet.texts.select(names).take(pa.array(positions)).to_pylist()
    return {
        int(at): " ".join(cell for cell in row.values() if cell) for at, row in zip(positions, rows, strict=True)
    }
