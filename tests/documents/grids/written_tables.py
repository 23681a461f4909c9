"""Tables written as PDFs from random choices, so that what is read can be compared with what was written."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from auditor.documents.grids.page_tables import tables
from auditor.documents.pages import Grid, WordPage
from auditor.documents.readers.pdf import read
from auditor.values.text import header_key

PADDING = 4.0
LEADING = 11.0  # points from line to line of one cell
TOP, LEFT = 760.0, 36.0
NAMES = ("Rent", "Salary May", "Fee", "Harbour Trading Ltd", "Northwind Freight Company", "Coffee", "Refund of deposit")
LABELS = {
    "date": ("Date", "Posting Date"),
    "text": ("Description", "Details", "Payee"),
    "number": ("Money In", "Money Out", "Balance", "Amount", "Debit", "Credit", "Fee"),
}
KNOWN = {header_key(label) for labels in LABELS.values() for label in labels}


@dataclass(frozen=True)
class Column:
    """A column as it is written: its kind, label, width in points, and to which side label and values are set."""

    kind: str
    label: str
    width: float
    label_side: str
    side: str


@dataclass(frozen=True)
class Written:
    """A whole table: its columns and rows, how it is set, and on how many pages; cells have `|` where they break."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    font: str
    ruled: bool
    pages: int
    pitch: float
    repeated: bool
    within: str = "middle"  # where in its row a cell of fewer lines stands

    def pdf(self) -> bytes:
        """The table as a PDF."""
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(842, 842), invariant=1)
        share = -(-len(self.rows) // self.pages)
        for page in range(self.pages):
            part = list(self.rows[page * share : (page + 1) * share])
            with_header = page == 0 or self.repeated
            self._page(canvas, part, with_header)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def _page(self, canvas: Canvas, rows: Sequence[Sequence[str]], with_header: bool) -> None:
        canvas.setFont(self.font, 9)
        lines = [tuple(column.label for column in self.columns)] * with_header + [tuple(row) for row in rows]
        edges = [LEFT]
        for column in self.columns:
            edges.append(edges[-1] + column.width)
        for number, line in enumerate(lines):
            head = with_header and number == 0
            y = TOP - number * self.pitch
            for at, text in enumerate(line):
                side = self.columns[at].label_side if head else self.columns[at].side
                self._write(canvas, text, side, edges[at] + PADDING, edges[at + 1] - PADDING, y)
        if self.ruled:
            top, bottom = TOP + self.pitch - 5, TOP - (len(lines) - 1) * self.pitch - 5
            for number in range(len(lines) + 1):
                canvas.line(edges[0], top - number * self.pitch, edges[-1], top - number * self.pitch)
            for x in edges:
                canvas.line(x, top, x, bottom)

    def _write(self, canvas: Canvas, text: str, side: str, left: float, right: float, y: float) -> None:
        parts = text.split("|")
        drop = {"top": 0.0, "middle": LEADING * (len(parts) - 1) / 2, "bottom": LEADING * (len(parts) - 1)}[self.within]
        for number, part in enumerate(parts):
            height = y + drop - number * LEADING
            if side == "right":
                canvas.drawRightString(right, height, part)
            elif side == "middle":
                canvas.drawCentredString((left + right) / 2, height, part)
            else:
                canvas.drawString(left, height, part)


@st.composite
def written(draw: st.DrawFn, ruled: bool = False) -> Written:
    """Any table of a date, texts and numbers in any order of widths, sides, lengths and gaps."""
    font = draw(st.sampled_from(("Helvetica", "Courier")))
    kinds = ["date", *draw(st.lists(st.sampled_from(("text", "number")), min_size=0, max_size=2)), "number"]
    kinds += draw(st.lists(st.sampled_from(("text", "number", "number")), min_size=1, max_size=3))
    labels: list[str] = []
    for kind in kinds:
        free = [label for label in LABELS[kind] if label not in labels]
        labels.append(draw(st.sampled_from(free)) if free else "")
    kinds = [kind for kind, label in zip(kinds, labels, strict=True) if label]
    labels = [label for label in labels if label]
    count = draw(st.integers(2, 9))
    biggest = [draw(st.sampled_from((99, 9_999, 9_999_999))) for _ in kinds]
    rows = tuple(
        tuple(draw(_cell(kind, most, at == 0)) for at, (kind, most) in enumerate(zip(kinds, biggest, strict=True)))
        for _ in range(count)
    )
    numbers = draw(st.sampled_from(("right", "right", "right", "left", "middle")))
    label_side = draw(st.sampled_from(("left", "right", "middle")))
    columns = []
    for at, (kind, label) in enumerate(zip(kinds, labels, strict=True)):
        widest = max(stringWidth(text, font, 9) for text in (label, *(row[at] for row in rows)))
        own = numbers if kind == "number" else "left"
        side = label_side if kind == "number" else draw(st.sampled_from(("left", "middle")))
        extra = draw(st.sampled_from((0.0, 8.0, 40.0)))
        columns.append(Column(kind, label, widest + 2 * PADDING + extra, side, own))
    return Written(
        tuple(columns),
        rows,
        font,
        ruled,
        draw(st.integers(1, 2)),
        draw(st.sampled_from((12.0, 18.0, 30.0))),
        draw(st.booleans()),
    )


def _cell(kind: str, most: int, anchor: bool) -> st.SearchStrategy[str]:
    if anchor:
        return st.integers(1, 28).map(lambda day: f"2026-10-{day:02d}")
    if kind == "text":
        return st.sampled_from(NAMES)
    if kind == "date":
        return st.integers(1, 28).map(lambda day: f"2026-10-{day:02d}")
    return st.one_of(st.just(""), st.integers(1, most * 100).map(lambda cents: f"{cents / 100:,.2f}"))


BROKEN = {
    "date": ("2026-10-|{:02d}", "{:02d}.10.|2026", "2026-|10-{:02d}", "2026-10-{:02d}|10:31:05"),
    "text": ("Harbour Trading|Limited", "Northwind|Freight|Company", "Rent"),
    "number": ("1,234,|5{:02d}.00", "12,|3{:02d}.50", "7{:02d}.25"),
}


@st.composite
def broken(draw: st.DrawFn) -> Written:
    """Tables whose dates, texts and amounts stand in several lines of a row; the balance in one."""
    date = draw(st.sampled_from(BROKEN["date"]))
    count = draw(st.integers(2, 7))
    rows = tuple(
        (
            date.format(draw(st.integers(10, 28))),
            draw(st.sampled_from(BROKEN["text"])),
            draw(st.sampled_from((*BROKEN["number"], ""))).format(draw(st.integers(10, 99))),
            f"{draw(st.integers(1, 99_999))}.00",
        )
        for _ in range(count)
    )
    columns = tuple(
        Column(kind, label, width, side, side)
        for kind, label, width, side in (
            ("date", "Date", 70.0, "left"),
            ("text", "Payee", 110.0, "left"),
            ("number", "Money Out", 70.0, "right"),
            ("number", "Balance", 70.0, "right"),
        )
    )
    within = draw(st.sampled_from(("top", "middle", "bottom")))
    pitch = draw(st.sampled_from((40.0, 48.0)))
    return Written(columns, rows, draw(st.sampled_from(("Helvetica", "Courier"))), False, 1, pitch, False, within)


def joined(text: str) -> str:
    """A broken cell as it is read."""
    blank = text[:1].isalpha() or ":" in text
    return text.replace("|", " " if blank else "")


def read_back(data: bytes) -> Grid:
    """The one grid of a PDF."""
    found = read(data)
    assert found.problems == ()
    made = tables([page for page in found.pages if isinstance(page, WordPage)], KNOWN)
    assert len(made) == 1
    return made[0]


def misplaced(table: Written, grid: Grid) -> list[str]:
    """What is not read as it was written and is not doubtful either; empty if all is right."""
    rows = [[cell or "" for cell in row] for row in grid.head(grid.rows)]
    header = next((row for row in rows if [cell for cell in row if cell] == [c.label for c in table.columns]), None)
    if header is None:
        return [f"no header: {rows}"]
    at = [header.index(column.label) for column in table.columns]
    body = [(number, row) for number, row in enumerate(rows, 1) if row != header]
    doubts: dict[int, list[tuple[str, tuple[int, ...]]]] = {}
    for doubt in grid.doubts:
        doubts.setdefault(doubt.row, []).append((doubt.text, doubt.columns))
    if len(body) != len(table.rows):
        return [f"{len(body)} rows instead of {len(table.rows)}: {rows}"]
    wrong = []
    for (number, found), right in zip(body, table.rows, strict=True):
        for column, text in enumerate(right):
            text = joined(text)
            there = found[at[column]]
            told = any(each == text and at[column] + 1 in columns for each, columns in doubts.get(number, ()))
            if there != text and not (there == "" and told):
                wrong.append(f"row {number} {table.columns[column].label}: {there!r} instead of {text!r} in {found}")
    return wrong
