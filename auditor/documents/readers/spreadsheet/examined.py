"""What a workbook says of a sheet beside the values of its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.documents.cells import MOST_NOTES, bounded
from auditor.documents.errors import FormulasNotCalculated
from auditor.documents.pages import Note, NoteKind


@dataclass(slots=True)
class Examined:
    """What was found in one sheet. Rows and columns count from 1; `errors` is (row, column) to the error's text."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    overwritten: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    uncalculated: int = 0
    skipped: bool = False

    def notes(self) -> Iterator[Note]:
        hidden = sorted(self.hidden_rows)
        for row in hidden[:MOST_NOTES]:
            yield Note(NoteKind.HIDDEN_ROW, row, 0)
        if len(hidden) > MOST_NOTES:
            yield Note(NoteKind.HIDDEN_ROW, 0, 0, str(len(hidden)))
        for column in sorted(self.hidden_columns)[:MOST_NOTES]:
            yield Note(NoteKind.HIDDEN_COLUMN, 0, column)
        for column, places in sorted(self.overwritten.items()):
            yield from bounded(NoteKind.FORMULA_OVERWRITTEN, column, places, len(places))
        for (row, column), text in sorted(self.errors.items())[:MOST_NOTES]:
            yield Note(NoteKind.CELL_ERROR, row, column, text)
        if len(self.errors) > MOST_NOTES:
            yield Note(NoteKind.CELL_ERROR, 0, 0, str(len(self.errors)))
        if self.skipped:
            yield Note(NoteKind.NOT_EXAMINED, 0, 0)

    def problem(self, sheet: str) -> FormulasNotCalculated | None:
        """Formulas whose result was never stored read as empty: that must not pass for an empty cell."""
        return FormulasNotCalculated(sheet=sheet, count=self.uncalculated) if self.uncalculated else None
