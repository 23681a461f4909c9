"""The state of reading one table, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.documents.context import Context
from auditor.documents.fields import Spec, TypedColumns
from auditor.documents.layouts.layout import Layout
from auditor.documents.model import Ignored, Proof, Remark
from auditor.documents.proofs.exact import Mask
from auditor.documents.proofs.totals import Stated
from auditor.documents.tables.flows import FlowColumns
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.recognise import Claim
from auditor.documents.tables.rows import Row
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import RecordType

Numbers = npt.NDArray[np.int32]


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
    shifts: tuple[int, ...] = ()  # of each row: by how many columns its cells stand farther right on the sheet

    @property
    def rows(self) -> int:
        return int(self.texts.num_rows)

    @property
    def name(self) -> str:
        """The sheet's name; a page of a PDF has none."""
        return self.names[min(self.names)] if self.names and self.boxes is None else ""


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
    record_rows: int | None = None  # rows that gave records, where that is not the number of records


@dataclass(slots=True)
class Reading:
    """The state of reading one table, handed from step to step."""

    context: Context
    sheet: Sheet
    heading: Heading
    type: RecordType
    layout: Layout | None
    specs: dict[str, Spec] = field(default_factory=dict)
    typed: TypedColumns = field(default_factory=TypedColumns)
    constants: dict[str, Any] = field(default_factory=dict)
    flow: FlowColumns | None = None
    rows: list[Row] = field(default_factory=list)
    records: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    reasons: dict[int, AuditorError] = field(default_factory=dict)
    left_out: dict[int, Text] = field(default_factory=dict)
    void: dict[int, str] = field(default_factory=dict)  # rows that say in any cell that their paper is void, and how
    refused: AuditorError | None = None  # why no row of the table is taken
    sums_before: dict[str, int] = field(default_factory=dict)  # of the tables above of the same kind, by role
    rows_before: int = 0
    filled: int = 0  # dates taken from the row above
    cell_problems: dict[int, list[tuple[str, AuditorError]]] = field(default_factory=dict)

    def place(self, position: int, column: int | None = None) -> Place:
        page = int(self.sheet.page[position])
        line = int(self.sheet.number[position]) if self.sheet.boxes is None else None
        if column is not None and self.sheet.shifts:
            column += self.sheet.shifts[position]
        return Place(self.context.path, line, column, self.sheet.names.get(page) or None)

    def raw(self, position: int) -> str:
        row = self.sheet.texts.slice(position, 1).to_pylist()[0]
        cells = [cell for name, cell in row.items() if not name.startswith("_")]
        return "\t".join(cell or "" for cell in cells).strip()
