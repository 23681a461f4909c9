"""What the pages of one document give, gathered until the document is made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from auditor.documents.context import Context
from auditor.documents.forms.page_forms import PageForms
from auditor.documents.model import AccountSpan, Ignored, Proof, Remark, StrangeWords, UnreadRows
from auditor.documents.pages import Grid, Note, NoteKind
from auditor.documents.paper_days import PaperDays
from auditor.documents.papers.reading import PapersRead
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.documents.spans import spans_of
from auditor.documents.tables.reading import TableResult
from auditor.documents.tables.results import stated_rows
from auditor.documents.tables.surroundings import GridResult
from auditor.errors import AuditorError, Place
from auditor.languages import Text


@dataclass(slots=True)
class Gathered:
    """Everything that the pages of one document gave."""

    records: dict[str, list[pa.Table]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    proofs: list[Proof] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)
    rows_seen: int = 0
    row_records: int = 0
    problem_rows: int = 0
    nearest: list[tuple[Grid, GridResult]] = field(default_factory=list)
    unread: list[Grid] = field(default_factory=list)  # what of the pages was not read though it holds text
    spans: list[AccountSpan] = field(default_factory=list)
    titles: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    readings: list[TableReading] = field(default_factory=list)
    unread_rows: list[UnreadRows] = field(default_factory=list)
    strange: list[StrangeWords] = field(default_factory=list)
    days: PaperDays | None = None
    running: bool = False  # nothing but running text, which is left alone


def gather_forms(forms: PageForms, found: Gathered, *, counted: bool = True) -> None:
    """What the forms of a document gave. Each form and each of its lines counts as a row; those above a table stand in
    rows that are `counted` with the table's."""
    for name, done in forms.results:
        found.layouts.append(name)
        for record, table in done.tables.items():
            found.records[record].append(table)
        found.proofs += done.proofs
        found.problems += done.problems
        if counted:
            found.rows_seen += done.rows_seen
            found.row_records += done.row_records
            found.problem_rows += done.problem_rows
        found.strange += done.strange
    found.rows_seen += sum(each.count for each in forms.ignored)
    found.ignored += forms.ignored
    found.readings += forms.readings
    found.problems += forms.problems


def gather_papers(papers: PapersRead, found: Gathered) -> None:
    """What the labelled papers of a document gave. A paper that no record type reads is one row that is left out."""
    gather_forms(PageForms(results=papers.forms, ignored=papers.ignored), found)
    found.rows["stated_figure"] += papers.figures
    found.rows["stated_balance"] += papers.balances
    found.remarks += papers.remarks
    found.proofs += papers.proofs
    found.problems += papers.problems
    found.days = papers.days
    if papers.figures or papers.ignored:
        found.layouts.append("stated_figure")


def gather_unknown_papers(papers: PapersRead, found: Gathered) -> None:
    """The figures of labelled papers whose title nobody knows, and that nobody knows what they are."""
    found.rows["stated_figure"] += papers.unknown
    found.problems += papers.unknown_problems


def gather_running_text(context: Context, papers: PapersRead, found: Gathered) -> None:
    """Running text is named by its first line and left alone."""
    found.running = True
    found.remarks.append(
        Remark(
            context.path,
            Text(f"running text, not read: {papers.running}", f"成段文字，未读取：{papers.running}"),
            papers.running,
        )
    )


def gather(context: Context, result: GridResult, found: Gathered, grid: Grid) -> None:
    """What the tables and headings of a grid gave."""
    sheet = "" if grid.boxes is not None else grid.name
    found.rows_seen += result.rows_seen
    found.ignored += result.ignored
    found.problems += result.problems
    found.remarks += result.remarks
    found.unread += result.unread
    found.readings += result.readings
    if result.layout is not None and result.tables:
        found.layouts.append(result.layout.name)
    for name, values in result.heading_records:
        found.rows[name].append({**values, "_proof": "unproved"})
        found.layouts.append(name)
    found.layouts += result.asked
    for table in result.tables:
        if table.table.num_rows:
            found.records[table.record].append(table.table)
        if result.layout is None:
            found.layouts.append(table.record)
        found.rows["stated_total"] += stated_rows(table.stated)
        found.rows["stated_balance"] += [{**each, "_proof": "unproved"} for each in table.balances]
        found.rows["export_extent"] += [{**each, "_proof": "unproved"} for each in table.extents]
        found.unread_rows += table.unread
        found.strange += table.strange
        found.proofs += table.proofs
        found.spans += spans_of(table, context.types, sheet)
        found.titles.setdefault((table.record, grid.number), table.titles)
        found.problems += table.problems
        found.ignored += table.ignored
        found.remarks += table.remarks
        if table.unclaimed:
            found.remarks.append(_unclaimed(context, table))
        found.row_records += table.table.num_rows if table.record_rows is None else table.record_rows
        found.problem_rows += table.problem_rows
    if not result.tables and not result.heading_records and not result.asked and result.has_text:
        if are_left_out(result.readings):
            place = Place(context.path, None, None, grid.name or None)
            found.remarks.append(Remark(str(place), _LEFT_OUT))
        else:
            found.nearest.append((grid, result))


_LEFT_OUT = Text("left out, as the company has answered", "按公司已作的回答不读取")


def are_left_out(readings: Sequence[TableReading]) -> bool:
    """Whether there are tables, and the company has said of each that it is none of the audit's."""
    return bool(readings) and all(each.state is State.CONFIRMED and not each.hypotheses for each in readings)


def _unclaimed(context: Context, table: TableResult) -> Remark:
    en, zh = ", ".join(table.unclaimed), "、".join(table.unclaimed)
    return Remark(context.path, Text(f"columns that no field takes: {en}", f"未对应任何字段的列：{zh}"))


_NOTE_TEXTS = {
    NoteKind.HIDDEN_ROW: Text("hidden row, read like the others", "隐藏行，已照常读取"),
    NoteKind.HIDDEN_COLUMN: Text("hidden column, read like the others", "隐藏列，已照常读取"),
    NoteKind.FORMULA_OVERWRITTEN: Text("a value stands where the column has formulas", "该列为公式，此处被数值覆盖"),
    NoteKind.NUMBER_AS_TEXT: Text("number stored as text", "以文本形式存储的数字"),
    NoteKind.HIDDEN_SHEET: Text("hidden sheet, read like the others", "隐藏工作表，已照常读取"),
    NoteKind.NOT_EXAMINED: Text("formulas and hidden rows were not looked for", "未检查公式和隐藏行"),
    NoteKind.CELL_ERROR: Text("the cell holds an error", "单元格为错误值"),
    NoteKind.LOST_DIGITS: Text("a long number has lost its last digits", "长数字丢失末位"),
    NoteKind.OVERLAY: Text("a stamp or a watermark, no part of a table", "印章或水印，不属于表格"),
    NoteKind.HIDDEN_TEXT: Text("text that nobody sees, not read", "隐藏的文字，未读取"),
    NoteKind.ILLEGIBLE: Text("places where the writing could not be read", "文字无法辨认的位置"),
    NoteKind.LAYER_REPLACED: Text(
        "the text that lies beneath the picture is not what the picture shows: the picture was read",
        "图像下的文字与图像不符，已按图像读取",
    ),
}


def gather_notes(context: Context, grid: Grid, found: Gathered) -> None:
    """What the reader noticed, as remarks on their places."""
    found.remarks += [remark_of(context, note, grid.name) for note in grid.notes]
    for row in sorted(grid.hidden_rows):
        found.remarks.append(
            Remark(str(Place(context.path, row, None, grid.name or None)), _NOTE_TEXTS[NoteKind.HIDDEN_ROW])
        )


def remark_of(context: Context, note: Note, member: str) -> Remark:
    """A note of a reader as a remark on its place; `member` is the sheet or page."""
    place = Place(context.path, note.row or None, note.column or None, member or None)
    text = _NOTE_TEXTS[note.kind]
    if note.kind is NoteKind.NUMBER_AS_TEXT and not note.row:
        text = Text(f"column {note.column}: numbers stored as text", f"第 {note.column} 列：以文本形式存储的数字")
        return Remark(str(place), Text(f"{text.en}, {note.text} in all", f"{text.zh}，共 {note.text} 个"))
    return Remark(str(place), Text(f"{text.en}: {note.text}", f"{text.zh}：{note.text}") if note.text else text)
