"""The reading of one table: a frozen value that each step hands on with what it has found, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.documents.context import Context
from auditor.documents.declarations import Declarations
from auditor.documents.fields import Spec
from auditor.documents.layouts.layout import Layout
from auditor.documents.model import Ignored, Proof, Remark, StrangeWords, UnreadRows
from auditor.documents.proofs.exact import Mask
from auditor.documents.proofs.totals import Stated
from auditor.documents.recognition.matrix_totals import MatrixFigures
from auditor.documents.tables.flows import FlowColumns
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.recognise import Claim
from auditor.documents.tables.rows import Kind, Row
from auditor.documents.typed_columns import TypedColumns
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import RecordType

Numbers = npt.NDArray[np.int32]
NOT_READ = Text("not read, see the problem", "未读取，见问题说明")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one logical table, which may go on over several pages."""

    texts: pa.Table
    page: Numbers
    number: Numbers
    names: Mapping[int, str]
    headers: tuple[str, ...]
    claim: Claim
    repeated: frozenset[int] = frozenset()
    boxes: tuple[str | None, ...] | None = None
    merges: tuple[tuple[int, int, int], ...] = ()  # (column, first, last position) of vertical merges
    via: str = "cell"
    delimited: bool = False  # its cells are placed by delimiters: one too many shifts all behind it
    widths: tuple[int, ...] = ()  # of delimited rows: that of the header, then of each row; () where all are as wide
    shifts: tuple[int, ...] = ()  # of each row: by how many columns its cells stand farther right on the sheet
    kinds: Mapping[str, pa.Array] = field(default_factory=dict)  # of columns that hold more than text, see `Grid`
    group_lines: frozenset[int] = frozenset()  # positions of lines whose text is a column of the rows below them
    scores: tuple[tuple[int | None, ...], ...] = ()  # of recognised rows: how sure each cell is; () where none is

    @property
    def rows(self) -> int:
        return int(self.texts.num_rows)

    @property
    def name(self) -> str:
        """The sheet's name; a page of a PDF has none."""
        return self.names[min(self.names)] if self.names and self.boxes is None else ""


@dataclass(frozen=True, eq=False, slots=True)
class ReadMatrix:
    """A matrix that was read, until its totals are known: its figures, and the cells that gave records, in their order.
    `lines`: of each cell with a figure the number and text of its row; `where` and `page`: where it stands. `missed`:
    cells that hold something and were not read, also those without a name or a day."""

    figures: MatrixFigures
    cells: tuple[tuple[int, int], ...]
    type: RecordType
    cell: str
    currency: str | None
    where: str
    page: int
    lines: Mapping[tuple[int, int], tuple[int, str]]
    missed: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class TableResult:
    """What one table gave."""

    record: str
    table: pa.Table
    stated: list[Stated] = field(default_factory=list)
    balances: list[dict[str, Any]] = field(default_factory=list)
    extents: list[dict[str, Any]] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    rows_seen: int = 0
    problem_rows: int = 0
    remarks: list[Remark] = field(default_factory=list)
    unclaimed: tuple[str, ...] = ()  # headers of columns that no field claims; their texts are kept as raw text only
    unread: tuple[UnreadRows, ...] = ()
    strange: tuple[StrangeWords, ...] = ()  # words of choices that nobody knows
    titles: tuple[str, ...] = ()  # the lines of text above it
    record_rows: int | None = None  # rows that gave records, where that is not the number of records
    matrix: ReadMatrix | None = None  # of a matrix, until its totals are computed


@dataclass(frozen=True, slots=True)
class TablesAbove:
    """The rows and sums of the tables above of the same kind, by role: totals of a statement may cover all of them."""

    sums: Mapping[str, int] = field(default_factory=dict)
    rows: int = 0


NOTHING_ABOVE = TablesAbove()


@dataclass(frozen=True, slots=True)
class Reading:
    """One table on its way from cells to records. Each step returns it anew with what it has found.

    Given: `context`, `sheet`, `heading`, `type`, `layout`, `above`. Of the columns: `specs` how each is read, `typed`
    their values, `constants` what holds for all rows, `assumed` which of these rest on a name alone, `flow` direction
    and amount. Of the rows: `records` which are records, `rows` what the others are, `reasons` why rows are problems,
    `left_out` why rows are left out, `void` rows whose paper is void and the cell that says so, `cell_problems` what is
    wrong with cells of records. `refused`: questions and problems of the table as a whole. `filled`: dates taken from
    the row above. `more_columns`: columns that no role claims and that say something all the same. `remarks`: what is
    worth knowing of how the columns were read. `side_of_balance`: the column of words for the side of each balance.
    `sides`: of a list of payers and payees, for each row the side that its own account or name shows.
    """

    context: Context
    sheet: Sheet
    heading: Heading
    type: RecordType
    layout: Layout | None
    above: TablesAbove = NOTHING_ABOVE
    specs: Mapping[str, Spec] = field(default_factory=dict)
    typed: TypedColumns = field(default_factory=TypedColumns)
    constants: Mapping[str, Any] = field(default_factory=dict)
    assumed: Mapping[str, Text] = field(default_factory=dict)
    flow: FlowColumns | None = None
    rows: tuple[Row, ...] = ()
    records: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    reasons: Mapping[int, AuditorError] = field(default_factory=dict)
    left_out: Mapping[int, Text] = field(default_factory=dict)
    void: Mapping[int, str] = field(default_factory=dict)
    refused: tuple[AuditorError, ...] = ()
    cell_problems: Mapping[int, tuple[tuple[str, AuditorError], ...]] = field(default_factory=dict)
    filled: int = 0
    more_columns: frozenset[int] = frozenset()
    remarks: tuple[Text, ...] = ()
    side_of_balance: int | None = None
    sides: npt.NDArray[np.int8] | None = None

    @property
    def declared(self) -> Declarations:
        """What the user declares of the document, then of tables like this, then what its layout does."""
        declared = self.context.declared.or_else(self.sheet.claim.declared)
        return declared.or_else(self.layout.declared) if self.layout else declared

    def place(self, position: int, column: int | None = None) -> Place:
        """Where a row of the table, or a cell of it (columns from 1), stands in the document."""
        page = int(self.sheet.page[position])
        line = int(self.sheet.number[position]) if self.sheet.boxes is None else None
        if column is not None and self.sheet.shifts:
            column += self.sheet.shifts[position]
        return Place(self.context.path, line, column, self.sheet.names.get(page) or None)

    def raw(self, position: int) -> str:
        """The text of a row as it stands, its cells separated by tabs."""
        row = self.sheet.texts.slice(position, 1).to_pylist()[0]
        cells = [cell for name, cell in row.items() if not name.startswith("_")]
        return "\t".join(cell or "" for cell in cells).strip()


def unread_rows(reading: Reading) -> npt.NDArray[np.int64]:
    """The positions of rows that may hold figures and were not read, in order."""
    asked = [position for position, reason in reading.left_out.items() if reason is NOT_READ]
    problems = [row.position for row in reading.rows if row.kind is Kind.PROBLEM]
    return np.array(sorted({*asked, *problems}), dtype=np.int64)


def column_number(spec: Spec | None) -> int | None:
    """The number of the column, from 1, that a spec reads; None if it reads none of the document's own."""
    return int(spec.source[1:]) + 1 if spec is not None and spec.source[1:].isdigit() else None


def place_of_column(reading: Reading, name: str) -> Place:
    """The place of a column: its first row, as questions about the whole column name it."""
    if not reading.sheet.rows:
        return Place(reading.context.path, None, None, reading.sheet.name or None)
    return reading.place(0, column_number(reading.specs.get(name)))
