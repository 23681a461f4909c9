"""One document: bytes → pages → records, proofs and problems. This is the function that runs in a worker process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from auditor.documents.collect import SourceDocument
from auditor.documents.collect import Status as Collected
from auditor.documents.context import Context
from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.errors import (
    AmbiguousTable,
    DocumentError,
    HiddenTextOnly,
    NoTableFound,
    NothingKnown,
    ScanWithoutText,
    TooFewHeaders,
    UnknownLayout,
)
from auditor.documents.forms.page_forms import PageForms, read_page_forms, read_sheet_forms
from auditor.documents.grids import page_tables
from auditor.documents.identity.graph import NOBODY, Identities
from auditor.documents.layouts.form_layouts import form_layouts
from auditor.documents.layouts.layout import Layout
from auditor.documents.layouts.loader import layouts_of
from auditor.documents.model import AccountSpan, Ignored, Proof, ReadDocument, Remark, Status, StrangeWords, UnreadRows
from auditor.documents.pages import Grid, Note, NoteKind, Page, ReadPages, WordPage
from auditor.documents.readers import read_document as read_pages
from auditor.documents.readings.choice_words import with_words
from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings
from auditor.documents.readings.taught import with_words_of
from auditor.documents.recognition.hypotheses import Decided, State, TableReading
from auditor.documents.recognition.table_evidence import Knowledge
from auditor.documents.record_tables import rows_as_table
from auditor.documents.spans import spans_of
from auditor.documents.tables.bands import first_words, looks_like_table
from auditor.documents.tables.layout_claims import matching
from auditor.documents.tables.matrix_totals import with_totals
from auditor.documents.tables.reading import TableResult
from auditor.documents.tables.results import stated_rows
from auditor.documents.tables.sheets import read_grid
from auditor.documents.tables.surroundings import GridResult
from auditor.documents.tables.unread_tables import missing_headers, not_read
from auditor.documents.texts import texts_of
from auditor.documents.vocabulary import Vocabulary
from auditor.engine.duck import DuckEngine
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.records.model import RecordType
from auditor.resources import OwnFiles, own_files


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the audit says of a document. `layout` is the name of a layout or record type that it must be read as,
    `declared` what is said of what the document leaves open, `decided` what tables at a place (sheet, page, first row)
    are by what the rest of the folder tells, `readings` what the company has confirmed."""

    layout: str | None = None
    passwords: tuple[str, ...] = ()
    period: tuple[date, date] | None = None
    declared: Declarations = NOTHING_DECLARED
    identities: Identities = NOBODY  # the names that are known before: at least the company's own
    decided: Decided = field(default_factory=dict)
    memory_limit: str = "700MB"
    threads: int | None = None
    readings: CompanyReadings = NO_READINGS


@dataclass(slots=True)
class _Gathered:
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


def read_document(source: SourceDocument, *, options: ReadOptions = ReadOptions()) -> ReadDocument:
    """Read one document. Whatever is wrong with it becomes a status and problems; nothing is raised for its content."""
    source = source.as_it_is_now()
    if source.status is not Collected.DOCUMENT:
        return _not_read(source)
    try:
        pages = read_pages(source, passwords=options.passwords)
        source.check_unchanged()
    except DocumentError as error:
        unknown = error.code in ("NotRecognised",)
        return ReadDocument(
            source.path,
            source.sha256,
            Status.NOT_RECOGNISED if unknown else Status.UNREADABLE,
            problems=(*source.problems, error),
        )
    found = _Gathered()
    found.problems += [*source.problems, *(each for each in pages.problems if isinstance(each, AuditorError))]
    try:
        _read_pages(_context(source.path, options), pages, options, found)
    except DocumentError as error:
        found.problems.append(error)
    return _document(source, pages, found)


_FROM_COLLECTING = {
    Collected.DUPLICATE: Status.DUPLICATE,
    Collected.IGNORED: Status.IGNORED,
    Collected.UNPACKED: Status.IGNORED,
    Collected.PARTLY: Status.WITH_PROBLEMS,
    Collected.NOT_RECOGNISED: Status.NOT_RECOGNISED,
    Collected.UNREADABLE: Status.UNREADABLE,
}
_UNPACKED = Text("archive: its members are read", "压缩包，其成员已分别读取")


def _not_read(source: SourceDocument) -> ReadDocument:
    """A file of which collecting already said what it is."""
    reason = source.reason
    if source.status is Collected.UNPACKED and reason is None:
        reason = _UNPACKED
    if source.duplicate_of:
        reason = Text(f"the same file as {source.duplicate_of}", f"与 {source.duplicate_of} 相同的文件")
    ignored = (Ignored(source.path, reason, 0),) if reason else ()
    return ReadDocument(
        source.path,
        source.sha256,
        _FROM_COLLECTING[source.status],
        problems=tuple(source.problems),
        ignored=ignored,
        may_hold_any=bool(source.problems) and source.is_container,
    )


def knowledge_of(own: OwnFiles, readings: CompanyReadings) -> Knowledge:
    """What recognition knows by the record types that hold now, with the header words that the company's own answers
    teach."""
    answers = [each for each in readings.entries if each.record is not None and not each.likely]
    taught = tuple((each.record, *each.columns.items(), *each.labels.items()) for each in answers)
    words = tuple((each.field, *each.words.items()) for each in readings.choices)
    return _knowledge(own, (taught, words), _Kept(readings))


class _Kept:
    """Answers beside the key by which what they teach is remembered: alike for all."""

    def __init__(self, readings: CompanyReadings) -> None:
        self.readings = readings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _knowledge(own: OwnFiles, taught: tuple[object, ...], kept: _Kept) -> Knowledge:
    del own, taught  # they are the key: the record types that hold now, and what answers add to them
    return Knowledge(Vocabulary.of(with_words_of(record_types(), kept.readings)))


@lru_cache(maxsize=2)
def _engine(memory_limit: str, threads: int | None) -> DuckEngine:
    """One engine a process: opening one takes longer than reading a slip."""
    return DuckEngine(memory_limit=memory_limit, threads=threads)


def _context(path: str, options: ReadOptions) -> Context:
    first = options.period[0] if options.period else None
    knowledge = knowledge_of(own_files(), options.readings)
    return Context(
        path,
        with_words(record_types(), options.readings.choices),
        knowledge.vocabulary,
        _engine(options.memory_limit, options.threads),
        year=first.year if first else None,
        month=(first.year, first.month) if first else None,
        declared=options.declared,
        period=options.period,
        identities=options.identities,
        readings=options.readings,
        knowledge=knowledge,
        decided=options.decided,
    )


def _read_pages(context: Context, pages: ReadPages, options: ReadOptions, found: _Gathered) -> None:
    grids = [page for page in pages.pages if isinstance(page, Grid)]
    papers = [page for page in pages.pages if isinstance(page, WordPage)]
    told = {each.values["page"] for each in found.problems if isinstance(each, HiddenTextOnly)}
    found.remarks += [
        _remark(context, note, f"page {page.number}")
        for page in papers
        for note in page.notes
        if note.kind is not NoteKind.HIDDEN_TEXT or page.number not in told
    ]
    forms = read_page_forms(context, papers, options.layout)
    _gather_forms(forms, found)
    if forms.rest:
        rest = [page.without_overlays() for page in forms.rest]
        grids += page_tables.tables(rest, set(context.vocabulary.words))
    results: list[tuple[Grid, GridResult]] = []
    for each in grids:
        grid = _named(each, context)
        _notes(context, grid, found)
        layout = _layout_for(context, grid, options, found)
        if options.layout is not None or layout is not None:
            results.append((grid, read_grid(_for_record(context, options, layout), grid, layout)))
            continue
        forms, whole = read_sheet_forms(context, grid)
        if not whole:
            result = read_grid(context, grid, None)
            result.heading_records = [each for each in result.heading_records if each[0] not in forms.records]
            forms.without_open({record for record, _ in result.heading_records})
            results.append((grid, result))
        _gather_forms(forms, found, counted=whole)
    for grid, result in _with_totals(results):
        _gather(context, result, found, grid)


def _with_totals(results: Sequence[tuple[Grid, GridResult]]) -> list[tuple[Grid, GridResult]]:
    """The results of all sheets with the totals of their matrices, which may cover several sheets."""
    readings = [reading for _, result in results for reading in result.readings]
    asked = [each for each in readings if not each.is_read]
    unread = sum(each.shape.rows for each in asked if each.hypotheses and each.hypotheses[0].matrix is not None)
    tables = iter(with_totals([table for _, result in results for table in result.tables], unread))
    return [(grid, replace(result, tables=[next(tables) for _ in result.tables])) for grid, result in results]


def _gather_forms(forms: PageForms, found: _Gathered, *, counted: bool = True) -> None:
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


def _named(grid: Grid, context: Context) -> Grid:
    """A file of one grid is named once: `icbc.csv:12`, not `icbc.csv[icbc.csv]:12`."""
    return replace(grid, name="") if grid.name == PurePosixPath(context.path).name else grid


def _for_record(context: Context, options: ReadOptions, layout: Layout | None) -> Context:
    """A record type named in audit.yaml is the only one looked for."""
    if layout is not None or options.layout is None or options.layout not in context.types:
        return context
    named = context.types[options.layout]
    # what the audit names needs no header that only tells it from others
    fields = {name: replace(each, required_header=False) for name, each in named.fields.items()}
    only = {options.layout: replace(named, fields=fields)}
    knowledge = Knowledge(Vocabulary.of(only))
    return replace(context, vocabulary=knowledge.vocabulary, knowledge=knowledge)


def _layout_for(context: Context, grid: Grid, options: ReadOptions, found: _Gathered) -> Layout | None:
    """The one layout that claims a grid, or the one that the audit names."""
    layouts = layouts_of()
    if options.layout is not None:
        if options.layout in layouts:
            return layouts[options.layout]
        if options.layout not in context.types and options.layout not in {each.layout for each in form_layouts()}:
            raise UnknownLayout(Place(context.path), layout=options.layout, near=", ".join(sorted(layouts)[:3]))
        return None
    claiming = matching(layouts, grid, context)
    if len(claiming) > 1:
        names = sorted(layout.name for layout in claiming)
        raise AmbiguousTable(
            Place(context.path, None, None, grid.name or None),
            candidates=", ".join(names),
            first=names[0],
            path=context.path,
        )
    return claiming[0] if claiming else None


# --- gathering --------------------------------------------------------------------------------------------------------


def _gather(context: Context, result: GridResult, found: _Gathered, grid: Grid) -> None:
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
        if _left_out(result.readings):
            place = Place(context.path, None, None, grid.name or None)
            found.remarks.append(Remark(str(place), _LEFT_OUT))
        else:
            found.nearest.append((grid, result))


_LEFT_OUT = Text("left out, as the company has answered", "按公司已作的回答不读取")


def _left_out(readings: Sequence[TableReading]) -> bool:
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
}


def _notes(context: Context, grid: Grid, found: _Gathered) -> None:
    """What the reader noticed, as remarks on their places."""
    found.remarks += [_remark(context, note, grid.name) for note in grid.notes]
    for row in sorted(grid.hidden_rows):
        found.remarks.append(
            Remark(str(Place(context.path, row, None, grid.name or None)), _NOTE_TEXTS[NoteKind.HIDDEN_ROW])
        )


def _remark(context: Context, note: Note, member: str) -> Remark:
    place = Place(context.path, note.row or None, note.column or None, member or None)
    text = _NOTE_TEXTS[note.kind]
    if note.kind is NoteKind.NUMBER_AS_TEXT and not note.row:
        text = Text(f"column {note.column}: numbers stored as text", f"第 {note.column} 列：以文本形式存储的数字")
        return Remark(str(place), Text(f"{text.en}, {note.text} in all", f"{text.zh}，共 {note.text} 个"))
    return Remark(str(place), Text(f"{text.en}: {note.text}", f"{text.zh}：{note.text}") if note.text else text)


def _document(source: SourceDocument, pages: ReadPages, found: _Gathered) -> ReadDocument:
    types = record_types()
    records = {name: pa.concat_tables(tables) for name, tables in found.records.items()}
    for name, rows in found.rows.items():
        if rows:
            table = rows_as_table(types[name], rows)
            records[name] = pa.concat_tables([records[name], table]) if name in records else table
    recognised = bool(records) or bool(found.layouts)
    left_out = not recognised and not found.nearest and _left_out(found.readings)
    told = (AmbiguousTable, *((ScanWithoutText, HiddenTextOnly) if not found.rows_seen else ()))
    if not recognised and not left_out and not any(isinstance(problem, told) for problem in found.problems):
        found.problems.append(_nothing_found(source, found, types))
    if recognised:
        for grid, result in found.nearest:
            _tell_of_sheet(source, grid, result, types, found)
    status = Status.WITH_PROBLEMS if found.problems else Status.READ
    if not recognised:
        status = Status.IGNORED if left_out and not found.problems else Status.NOT_RECOGNISED
    layout = ", ".join(dict.fromkeys(found.layouts)) or None
    return ReadDocument(
        source.path,
        source.sha256,
        status,
        layout,
        dict(sorted(records.items())),
        tuple(found.proofs),
        tuple(found.problems),
        tuple(found.ignored),
        tuple(found.remarks),
        found.rows_seen,
        found.row_records,
        found.problem_rows,
        spans=tuple(found.spans),
        sheets={page.number: page.name for page in pages.pages if isinstance(page, Grid) and page.name != source.name},
        titles=found.titles,
        tables=tuple(found.readings),
        unread=tuple(found.unread_rows),
        strange=tuple(found.strange),
        texts=_unread_texts(pages, found, recognised=recognised or left_out),
    )


def _unread_texts(pages: ReadPages, found: _Gathered, *, recognised: bool) -> frozenset[str] | None:
    """The texts of what was read and not recognised: of the whole document, or of the sheets and tables of one of which
    others are records. None if there is no such part, or if nothing may be concluded from it."""
    if not recognised:
        return None if pages.problems else texts_of(pages.pages)
    return texts_of(found.unread) if found.unread else None


_ONLY_TEXT = Text("this sheet holds text and no table: not read", "该工作表只有文字，没有表格，未读取")


def _tell_of_sheet(
    source: SourceDocument, grid: Grid, result: GridResult, types: Mapping[str, RecordType], found: _Gathered
) -> None:
    """A sheet of which nothing was read, beside others: a problem if it looks like a table, else a remark. The pages of
    a PDF are one grid: what of it is not read was told table by table."""
    if grid.boxes is not None:
        return
    rows = grid.head(_LOOKED_AT)
    place = Place(source.path, None, None, grid.name or None)
    if not looks_like_table(rows):
        found.remarks.append(Remark(str(place), _ONLY_TEXT))
        return
    found.unread.append(grid)
    if not result.problems:
        row = result.nearest_row
        line = grid.row_numbers[row].as_py() if row is not None else None
        found.problems.append(not_read(types, replace(place, line=line), result.nearest, first_words(rows)))


def _nothing_found(source: SourceDocument, found: _Gathered, types: Mapping[str, RecordType]) -> AuditorError:
    """DQ-02: what the document is nearest to, and the header words that it lacks."""
    best = max(
        (result for _, result in found.nearest if result.nearest is not None),
        key=lambda result: len(result.nearest.columns) if result.nearest else 0,
        default=None,
    )
    if best is None or best.nearest is None:
        return NothingKnown(Place(source.path))
    claim = best.nearest
    title = types[claim.record].title
    place = Place(source.path, (best.nearest_row or 0) + 1)
    if not claim.missing:
        known = [column.header for column in claim.columns]
        return TooFewHeaders(
            place, nearest_en=title.en, nearest_zh=title.zh, known=", ".join(known), known_zh="、".join(known)
        )
    lacks = missing_headers(types[claim.record], claim.missing)
    return NoTableFound(place, nearest_en=title.en, nearest_zh=title.zh, missing_en=lacks.en, missing_zh=lacks.zh)


_LOOKED_AT = 200  # rows of a sheet that nothing knows
Pages = Sequence[Page]
