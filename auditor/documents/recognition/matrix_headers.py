"""The headers of a matrix that are the same in the next month: none of its days, nor of the names that stand across."""

from __future__ import annotations

from auditor.documents.labels import total_label
from auditor.documents.recognition.day_axis import FEWEST_DAYS, form_of
from auditor.documents.recognition.shapes import TableShape


def lasting_columns(shape: TableShape) -> tuple[int, ...]:
    """The columns of a matrix, from 0, whose header is the same in the next month.

    With days across these are all columns under no day; with days down the column of days and those of totals, since
    the others may be names.
    """
    lines = shape.lines or (shape.headers,)
    across = {at for line in lines for at, text in enumerate(line) if form_of(text)}
    named = [at for at, header in enumerate(shape.headers) if header]
    if len(across) >= FEWEST_DAYS:
        return tuple(at for at in named if at not in across)
    down = [at for at in named if sum(form_of(text) is not None for text in shape.column(at)) >= FEWEST_DAYS][:1]
    return tuple(at for at in named if at in down or total_label(shape.headers[at]))
