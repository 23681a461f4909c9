"""The side of each movement as the running balances prove it, account by account."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.documents.decisions.sides import (
    UNKNOWN,
    sides_by_balances,
)
from auditor.documents.proofs.exact import ticks
from auditor.documents.tables.figures_outside import read_figure
from auditor.documents.tables.flows import FlowColumns
from auditor.documents.tables.labels import balance_label
from auditor.documents.tables.reading import Reading
from auditor.documents.tables.totals import to_ticks
from auditor.documents.typed_columns import whole


def proved_sides(reading: Reading, found: FlowColumns) -> npt.NDArray[np.int8]:
    """The side of each row by the balances, account by account; UNKNOWN where they do not tell."""
    balance = reading.typed.columns.get("balance")
    result = np.full(reading.sheet.rows, UNKNOWN, dtype=np.int8)
    if balance is None:
        return result
    stated, known = ticks(balance)
    accounts = rows_of_accounts(reading)
    opening = _opening(reading) if len(accounts) == 1 else None
    for mine in accounts:
        sides = sides_by_balances(found.amount, stated, known & mine, opening=opening, back=runs_back(reading))
        result = np.where(mine, sides, result).astype(np.int8)
    return result


def _opening(reading: Reading) -> int | None:
    """The opening balance that the heading states. One in a row of the table is a link of the chain by itself."""
    spec = reading.specs.get("balance")
    for pair in reading.heading.pairs:
        if spec is not None and balance_label(pair.key) == "opening":
            value = read_figure(pair.value, spec).value
            return None if value is None else to_ticks(value)
    return None


def rows_of_accounts(reading: Reading) -> list[npt.NDArray[np.bool_]]:
    """The rows of each account that a column names; all rows, where there is no such column."""
    column = reading.typed.columns.get("account")
    if column is None:
        return [np.ones(reading.sheet.rows, dtype=bool)]
    encoded = whole(column).fill_null("").dictionary_encode()
    indices = encoded.indices.to_numpy()
    return [indices == at for at in range(len(encoded.dictionary))]


def runs_back(reading: Reading) -> bool | None:
    """Whether the dates of the list go back in time; None if they run neither way throughout."""
    column = reading.typed.columns.get("date")
    if column is None:
        return None
    days = np.asarray(whole(column).drop_null().cast(pa.int32()))
    if not len(days) or (days == days[0]).all():
        return None
    if (np.diff(days) >= 0).all():
        return False
    return True if (np.diff(days) <= 0).all() else None
