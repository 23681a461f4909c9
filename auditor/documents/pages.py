"""Pages: text with its place, as cells (`Grid`) or as words with boxes (`WordPage`).

Readers make pages from bytes; layouts turn pages into records. Nothing here says what a text means, and nothing says
where words come from: a text layer and a recogniser of scans give the same `WordPage`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

import pyarrow as pa


class NoteKind(StrEnum):
    """What a reader noticed about a cell, a row or a column that its text alone does not say."""

    HIDDEN_ROW = "hidden row"
    HIDDEN_COLUMN = "hidden column"
    FORMULA_OVERWRITTEN = "formula overwritten"
    NUMBER_AS_TEXT = "number stored as text"
    LOST_DIGITS = "long number lost digits"
    CELL_ERROR = "cell holds an error"
    HIDDEN_SHEET = "hidden sheet"
    NOT_EXAMINED = "formulas and hidden rows not looked for"
    HIDDEN_TEXT = "text that nobody sees"
    OVERLAY = "text printed over the page"
    ILLEGIBLE = "writing that could not be read"
    LAYER_REPLACED = "text layer that is not what the page shows"


class CellKind(IntEnum):
    """What a cell of a spreadsheet was before it was written as text."""

    TEXT = 0
    NUMBER = 1
    DATE = 2  # a date, a time, or both


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a place in a grid or on a page. Rows and columns count from 1; 0 means the whole column or row."""

    kind: NoteKind
    row: int
    column: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text of a row whose column cannot be told: it stands in no cell. `row` is the number of the row as in
    `Grid.row_numbers`, `columns` those to which it may belong, from 1."""

    row: int
    columns: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or a CSV file: columns of text.

    `table` has string columns `c0`, `c1`, ... of equal length; an empty cell is null. Values are as the document
    has them, except that typed cells of a spreadsheet are written in one way: dates as ISO 8601 (`2026-10-08` or
    `2026-10-08 18:53:19`), times as `18:53:19`, numbers in the shortest plain decimal form of at most 15 significant
    digits (never an exponent), booleans as `TRUE` and `FALSE`. `row_numbers` gives for each table row its number in the
    document, counted from 1 (for CSV the line on which the row starts). `kinds` has, for each column that holds other
    cells than text, a `CellKind` (int8) for each table row. `merges` are (first row, first column, last
    row, last column), hidden rows and columns single numbers: rows as in `row_numbers`, columns from 1 for `c0`.
    """

    number: int
    name: str
    table: pa.Table
    row_numbers: pa.Array
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: tuple[Note, ...] = ()
    boxes: tuple[tuple[Box, ...], ...] | None = None
    delimited: bool = False  # cells stand where delimiters place them: one too many shifts all behind it
    widths: tuple[int, ...] = ()  # of delimited rows: how many cells each has, empty ones too; () if all are alike
    kinds: Mapping[str, pa.Array] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    groups: int = 0  # the last columns of the table, which hold what lines inside it say of the rows below them
    group_rows: frozenset[int] = frozenset()  # the positions of these lines

    @property
    def rows(self) -> int:
        return int(self.table.num_rows)

    @property
    def via(self) -> str:
        """How its texts came here: as cells, from a text layer, or by a recogniser of scans, in part at least."""
        if self.boxes is None:
            return "cell"
        return "ocr" if any(box.score is not None for row in self.boxes for box in row) else "text"

    def read_at(self, row: int, column: int) -> tuple[str, int | None]:
        """How the cell at a position came here, and how sure its recogniser is of it."""
        if self.boxes is None:
            return "cell", None
        score = self.boxes[row][column].score if column < len(self.boxes[row]) else None
        return "text" if score is None else "ocr", score

    def head(self, count: int, start: int = 0) -> list[list[str | None]]:
        """Rows `start` to `start + count` as lists of cells."""
        piece = self.table.slice(start, count)
        columns = [column.to_pylist() for column in piece.columns]
        return [list(row) for row in zip(*columns, strict=True)] if columns else []


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in points (1/72 inch) from the top left corner of the upright page. Geometry, never money.

    `score`: how sure, in per cent, the recogniser is of what stands there; None where nothing had to be recognised.
    """

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    score: int | None = field(default=None, compare=False)

    def as_text(self) -> str:
        """`x0,top,x1,bottom` rounded to a tenth of a point, as findings.json shows it."""
        return ",".join(f"{value:.1f}" for value in (self.x0, self.top, self.x1, self.bottom))


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a gap, and how it was read (`text` layer or `ocr` with its score in per cent).

    `overlay`: it is a stamp or a watermark, printed over the page and no part of its tables. `others`: what else its
    doubtful characters may be, the likeliest first; all as long as the text. `as_amount`: what it
    says if it is an amount in words, for a word that looks like one.
    """

    text: str
    box: Box
    via: str = "text"
    score: int | None = None
    overlay: bool = False
    others: tuple[str, ...] = ()
    as_amount: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line or the edge of a filled rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float


Step = tuple[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class WordPage:
    """A PDF page or an image: words and ruled lines, upright. `recogniser`: what recognised its words, if they were;
    `steps`: how its picture was set upright and level for that."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    notes: tuple[Note, ...] = ()
    recogniser: str | None = None
    steps: tuple[Step, ...] = ()

    def without_overlays(self) -> WordPage:
        """The page without what is printed over it: what its tables are made of."""
        if not any(word.overlay for word in self.words):
            return self
        return replace(self, words=tuple(word for word in self.words if not word.overlay))


@dataclass(frozen=True, slots=True)
class StatedPage:
    """A paper that is data: its title, the record type that it is, what it states by label, the labels of its lines,
    and of what is charged or taken off `besides`. Its texts have a point before the decimals, days are ISO 8601."""

    number: int
    title: str
    record: str
    stated: tuple[tuple[str, str], ...]
    lines: tuple[tuple[tuple[str, str], ...], ...] = ()
    besides: tuple[tuple[tuple[str, str], ...], ...] = ()


Page = Grid | WordPage | StatedPage


@dataclass(frozen=True, slots=True)
class ReadPages:
    """What a reader gives: the pages, in order, what it could not read (each an `AuditorError`), the files inside."""

    format: str
    pages: Sequence[Page]
    problems: tuple[Exception, ...] = field(default=())
    attachments: tuple[bytes, ...] = ()  # XML files inside the document
