"""Rows of tables that were recognised on pictures: the figures among them that are doubtful."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.documents.proofs.doubts import doubt
from auditor.documents.tables.reading import Reading
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.errors import AuditorError


def with_doubts(reading: Reading, table: pa.Table, kept: npt.NDArray[np.int64]) -> tuple[pa.Table, list[AuditorError]]:
    """The records of a table, the doubtful ones with the code of that, and a problem for each doubtful cell. `kept` are
    the positions of the records in the table's body, as many as `table` has rows."""
    scores = reading.sheet.scores
    if not scores:
        return table, []
    columns = [
        (column.index, "amount" if column.role in (MONEY_IN, MONEY_OUT) else column.role)
        for column in reading.sheet.claim.columns
    ]
    proved, codes = table.column("_proved").to_pylist(), table.column("_problems").to_pylist()
    problems: list[AuditorError] = []
    for at, position in enumerate(kept.tolist()):
        borne_out = set((proved[at] or "").split(","))
        mine: list[AuditorError] = []
        for index, name in columns:
            score = scores[position][index] if index < len(scores[position]) else None
            if score is None or name not in reading.type.fields:
                continue
            text = reading.sheet.texts.column(index)[position].as_py()
            found = doubt(reading.type.fields[name], text, score, borne_out, reading.place(position, index + 1))
            mine += [found] if found is not None else []
        if mine:
            codes[at] = ",".join(dict.fromkeys([*filter(None, (codes[at] or "").split(",")), mine[0].code]))
        problems += mine
    place = table.column_names.index("_problems")
    return table.set_column(place, "_problems", pa.array(codes, pa.string())), problems
