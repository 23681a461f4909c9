"""What is known of the tables of one document before they are judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.readings.answered import answered
from auditor.documents.readings.answering import answer_for
from auditor.documents.readings.choice_words import WordsByField
from auditor.documents.readings.confirmed import CompanyReadings, ConfirmedReading
from auditor.documents.readings.errors import AnswersRival
from auditor.documents.recognition.hypotheses import Decided, State, TableReading
from auditor.documents.recognition.matrix_headers import may_be_matrix_of
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import Knowledge
from auditor.errors import Place


class Region(StrEnum):
    """As what a region of a grid was found: a table by its header words, days and names around figures, or neither."""

    TABLE = "table"
    MATRIX = "matrix"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of the tables of one document before they are judged: the company's confirmed readings, and what
    the rest of the folder says of some, by their places: None of one that is not what its document alone says."""

    path: str
    readings: CompanyReadings
    decided: Decided

    def about(self, shape: TableShape, knowledge: Knowledge, region: Region) -> TableReading | None:
        """The table as it was answered or decided, without a hypothesis where it is left out or where several answers
        fit alike (`rival`); None if nobody said."""
        entry, rival = self._answer(shape, region)
        if rival is not None:
            return TableReading(shape, State.ASKED)
        if region is Region.MATRIX and entry is not None and not _may_be_about(entry, shape, knowledge):
            return None
        decided = self.decided.get(shape.place)
        if entry is None:
            return TableReading(shape, State.SURE, (decided,), judged_again=True) if decided is not None else None
        state = State.LIKELY if entry.likely else State.CONFIRMED
        if entry.record is None:
            return TableReading(shape, State.CONFIRMED)
        hypothesis = decided if decided is not None else answered(entry, shape, knowledge)
        return TableReading(shape, state, (hypothesis,), accepted=entry.likely, judged_again=decided is not None)

    def rival(self, shape: TableShape, region: Region) -> AnswersRival | None:
        """The problem of a table about which several answers fit alike."""
        return self._answer(shape, region)[1]

    def withdrawn(self, shape: TableShape) -> bool:
        """Whether the rest of the folder contradicts what its own document alone was sure of."""
        return shape.place in self.decided and self.decided[shape.place] is None

    def declared(self, shape: TableShape, region: Region) -> Declarations:
        """What the answer for a table declares of it."""
        entry = self._answer(shape, region)[0]
        return entry.declared if entry is not None else NOTHING_DECLARED

    def choices(self, shape: TableShape, region: Region) -> WordsByField:
        """What the answer for a table says that words of its choices mean."""
        entry = self._answer(shape, region)[0]
        return entry.choices if entry is not None else {}

    def _answer(self, shape: TableShape, region: Region) -> tuple[ConfirmedReading | None, AnswersRival | None]:
        where = Place(self.path, shape.first, None, shape.sheet or None)
        table = (shape.headers, shape.names, shape.sheet)
        entry, rival = answer_for(self.readings, where, *table, matrix=region is Region.MATRIX)
        if entry is not None or rival is not None or region is not Region.UNKNOWN:
            return entry, rival
        entry, rival = answer_for(self.readings, where, *table)
        # few headers stay the same over a matrix, and tables of other kinds have them, too
        named = entry is not None and (entry.title or entry.file or entry.sheet)
        return (entry if named else None), rival


def _may_be_about(entry: ConfirmedReading, shape: TableShape, knowledge: Knowledge) -> bool:
    """Whether an answer for a matrix may be about a table with days. Few headers stay the same over a matrix, such as
    that of its days, and a ledger has them, too; who names a title, file or sheet knows which table is meant."""
    if entry.matrix is None or entry.record is None or entry.title or entry.file or entry.sheet:
        return True
    return may_be_matrix_of(shape, entry.record, entry.matrix, knowledge)
