"""A hypothesis of what a table is: a record type, columns assigned to its fields, the evidence for and against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from auditor.documents.recognition.shapes import TableShape, letter
from auditor.languages import Text


class State(StrEnum):
    """How far a reading may be trusted: `SURE` is read by itself, `CONFIRMED` was answered by the user, `LIKELY` is
    read where the user accepts likely ones, `ASKED` is a question, `NONE` is far from any record type."""

    SURE = "sure"
    CONFIRMED = "confirmed"
    LIKELY = "likely"
    ASKED = "asked"
    NONE = "none"


class Ground(StrEnum):
    """What tells a column: its header word as it stands, equal or shared parts of words, arithmetic, keys of the
    folder, the kind of its values, which no other column has, or the user. `LEFT`: a guess for a question, since column
    and field are what is left over."""

    WORD = "word"
    EQUAL_PARTS = "equal parts"
    PART = "part"
    ARITHMETIC = "arithmetic"
    KEYS = "keys"
    KIND = "kind"
    LEFT = "left"
    USER = "user"


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """A column as a hypothesis takes it. `role` is a field of the record type or one of the roles of its flow and range
    (`<in>`, `<out>`, `<flag>`, `<range>`, `<year>`, `<month>`, `<day>`)."""

    index: int
    header: str
    role: str
    ground: Ground

    @property
    def sure(self) -> bool:
        return self.ground not in (Ground.PART, Ground.LEFT)


@dataclass(frozen=True, slots=True)
class MatrixReading:
    """A table taken as a matrix: the fields of its first column (`down`), its header row (`across`) and its cells.

    `names_at`: where the names stand, if that is known: the column of names, or, where they stand across, how many
    lines below the first of the header (both from 0). `partners`: names that the folder knows, of rows that are the
    sums of those above them and no subtotals all the same.
    """

    down: str
    across: str
    cell: str
    names_at: int | None = None
    partners: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, str]:
        """As reading.yaml states it."""
        return {"down": self.down, "across": self.across, "cell": self.cell}


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What a table may be. `points` in thousandths, for comparison within one table only. `fields`: values that no
    column states (role → text) and that were had from a name or a label; `assumed`: those of them that a name alone
    states. `missing`: required fields that cannot be had. `because` and `against`: sentences for people. `matrix`: of a
    table with a record in each cell, without columns."""

    record: str
    columns: tuple[ColumnReading, ...]
    points: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    because: tuple[Text, ...] = ()
    against: tuple[Text, ...] = ()
    matrix: MatrixReading | None = None
    assumed: frozenset[str] = frozenset()
    proved: tuple[str, ...] = ()  # fields that follow from the other columns
    named: bool = False  # a name around the table calls it so

    def doubted(self, doubts: Iterable[Text]) -> Hypothesis:
        """The same with more that speaks against it."""
        return replace(self, against=tuple(dict.fromkeys((*self.against, *doubts))))


# Of tables of one document, by their places, what the rest of its folder says: what they are, or None if not that of
# which their document alone is sure.
Decided = Mapping[tuple[str, int, int], Hypothesis | None]


@dataclass(frozen=True, slots=True)
class TableReading:
    """One table of a document and what it is read as: `hypotheses[0]`, if the state says that it is read; else a
    question with the best two."""

    shape: TableShape
    state: State
    hypotheses: tuple[Hypothesis, ...] = ()
    accepted: bool = False  # a likely reading that the user takes over
    alone: bool = False  # sure by evidence of its own document, which the rest of the folder may contradict
    judged_again: bool = False  # by what the rest of the folder tells
    open_columns: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # of a table that is read: what nobody
    # knows, by index, with the fields that it may be
    completed: Hypothesis | None = None  # what is read, with guesses for columns that nobody knows

    @property
    def is_read(self) -> bool:
        """Whether its rows are read: it is sure or confirmed, or a likely reading that the user takes over."""
        return self.state in (State.SURE, State.CONFIRMED) or self.accepted

    def may_lack(self, fields: Collection[str]) -> bool:
        """Whether some of the fields may be columns that nobody knows."""
        return any(set(roles) & set(fields) for roles in self.open_columns.values())

    @property
    def matrix(self) -> MatrixReading | None:
        """What its axes and cells are, if the best hypothesis takes it as a matrix."""
        return self.hypotheses[0].matrix if self.hypotheses else None

    def as_dict(self) -> dict[str, Any]:
        """As findings.json and `read --json` show it."""
        best = self.hypotheses[0] if self.hypotheses else None
        roles = {each.index: each for each in best.columns} if best else {}
        return {
            "page": self.shape.sheet or self.shape.page,
            "row": self.shape.row,
            "rows": self.shape.rows,
            "record": best.record if best else None,
            "state": self.state.value,
            "evidence": [each.as_dict() for each in (*best.because, *best.against)] if best else [],
            **({"matrix": best.matrix.as_dict()} if best and best.matrix else {}),
            "columns": [
                {
                    "at": letter(index),
                    "header": header,
                    "field": roles[index].role if index in roles else None,
                    "state": roles[index].ground.value if index in roles else None,
                }
                for index, header in enumerate(self.shape.headers)
            ],
        }
