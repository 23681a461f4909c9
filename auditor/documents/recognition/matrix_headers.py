"""The headers of a matrix that are the same in the next month, none of its days nor of the names that stand across; and
whether a table that has them is a matrix."""

from __future__ import annotations

from auditor.documents.labels import total_label
from auditor.documents.recognition.day_axis import FEWEST_DAYS, form_of
from auditor.documents.recognition.hypotheses import MatrixReading
from auditor.documents.recognition.matrices import words_of_names
from auditor.documents.recognition.matrix_shape import matrix_shape
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import Knowledge


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


def may_be_matrix_of(shape: TableShape, record: str, at: MatrixReading, knowledge: Knowledge) -> bool:
    """Whether a table, with its totals (`shape_of` of the whole), has days where a matrix of `at` has them, and beside
    them figures under names that are not, most of them, words of tables."""
    record_type = knowledge.types[record]
    matrix = record_type.matrix
    if matrix is None:
        return False
    words = words_of_names(record_type.fields[matrix.names], knowledge.types)
    cells = [*(shape.lines or (shape.headers,)), *shape.values]
    found = matrix_shape(cells, at.down == matrix.date, shape.month, names_at=at.names_at, names_words=words)
    if found is None:
        return False
    names = [found.name(row) for row in found.named]
    return 2 * sum(bool(knowledge.words.offers((name,))) for name in names) <= len(names)
