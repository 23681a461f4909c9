"""The labelled papers of a document: their records, their figures, and the pages that are left for other readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.documents.context import Context
from auditor.documents.errors import PaperUnknown
from auditor.documents.forms.reading import claiming, read_form
from auditor.documents.forms.typed import FormResult, type_forms
from auditor.documents.forms.unknown_forms import found_forms, is_answered
from auditor.documents.grids import page_tables
from auditor.documents.headers import header_key
from auditor.documents.layouts.form_layouts import FormLayout, form_layouts
from auditor.documents.model import Ignored, Proof, Remark
from auditor.documents.pages import Grid, WordPage
from auditor.documents.paper_days import PaperDays
from auditor.documents.papers.amounts import mark_of_paper, with_plain_amounts
from auditor.documents.papers.day_orders import days_of_papers
from auditor.documents.papers.fields import PaperFields, paper_fields, paper_labels, paper_record
from auditor.documents.papers.figures import currency_of, stated_figures
from auditor.documents.papers.model import Paper
from auditor.documents.papers.outline import labels_of, papers_of
from auditor.documents.papers.printed_lines import PrintedLine, printed_lines
from auditor.documents.papers.running_text import is_running_text
from auditor.documents.papers.statement_rows import stated_ends, statement_grid
from auditor.documents.papers.title_lines import titled_lines
from auditor.documents.papers.titles import PaperKind, paper_titles
from auditor.documents.recognition.hypotheses import TableReading
from auditor.documents.recognition.names import PAPER
from auditor.documents.tables.sheets import read_grid
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import FieldType, RecordType

_FEWEST = 2  # labels of a paper
_COVERED = 400  # thousandths of the lines that labels, rows and headings are
_FEWEST_UNKNOWN, _ALL_COVERED = 3, 600  # of a paper whose title nobody knows
_EXPLAINED = 600  # thousandths of the labels of a form that must be fields of its type
_TITLE_LINES = 3  # of a page, among which the title of a paper without labels stands
_LONGEST_TITLE = 60  # characters

_FIGURES_ONLY = Text(
    "a paper of a known kind that no record type reads: its figures are kept, nothing else",
    "已知种类的单据，无对应记录类型：仅保留其所载数字",
)
_NO_ROWS = Text("a statement without movements: its balances are kept", "无发生额的对账单：仅保留余额")


@dataclass(slots=True)
class PapersRead:
    """What the labelled papers of a document gave, and the pages that hold none."""

    forms: list[tuple[str, FormResult]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    tables: list[tuple[str, Grid]] = field(default_factory=list)  # rows that are read as a table, by record type
    days: PaperDays | None = None
    balances: list[dict[str, Any]] = field(default_factory=list)
    rest: list[WordPage] = field(default_factory=list)
    named: str = ""  # the title of a paper that is not made of labels: nothing on it is a movement on an account
    unknown: list[dict[str, Any]] = field(default_factory=list)  # figures of papers whose title nobody knows
    unknown_problems: list[AuditorError] = field(default_factory=list)
    running: str = ""  # the first line of running text, of which no table and no label is read
    count: int = 0  # of its lines
    proofs: list[Proof] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)


def read_papers(context: Context, pages: Sequence[WordPage]) -> PapersRead:
    """Read the labelled papers of a document. Its pages are left to other readers if no title names a paper, if a form
    layout claims them and finds there what it requires, or if most of what stands there is something else."""
    found = PapersRead()
    taken = any(is_answered(context, page) for page in pages)
    head = printed_lines(pages[:1])
    lines = [] if taken else [*head, *printed_lines(pages[1:])]
    papers = _papers(context, lines)
    if any(_is_form(context, layout, pages, papers) for layout in _layouts(pages)):
        papers, lines = [], []
    if not papers:
        found.rest = list(pages)
        found.named = _named_paper(context, head)
        if lines and is_running_text(lines):
            found.running, found.count = head[0].text[:_LONGEST_TITLE], len(lines)
        _read_unknown(context, lines, found)
        return found
    found.days = days_of_papers([paper for paper, _ in papers])
    if _rather_forms(context, pages, papers) or _rather_tables(context, pages, papers):
        found.rest, found.days = list(pages), None
        return found
    for paper, kind in papers:
        read_one(context, paper, kind, found)
    return found


def _papers(context: Context, lines: Sequence[PrintedLine]) -> list[tuple[Paper, PaperKind]]:
    titles, labels = paper_titles(context.types), paper_labels(context.types)
    lines = titled_lines(lines, titles, labels)
    if not any(titles.kind(line.text) for line in lines[:8] if len(line.text) <= 90):
        return []
    papers = papers_of(lines, titles.kind, labels.knows, labels.goes_on)
    kinds = [titles.kind(paper.title) for paper in papers]
    if not all(map(_is_labelled, papers)):
        return []
    return [(paper, kind) for paper, kind in zip(papers, kinds, strict=True) if kind is not None]


def _rather_forms(context: Context, pages: Sequence[WordPage], papers: Sequence[tuple[Paper, PaperKind]]) -> bool:
    """Whether papers that no type of papers reads are forms of a type that tables have, too (a delivery note): their
    title names it, and they are read as such or most of their labels are its fields."""
    names = context.knowledge.names
    if any(kind.record or not set(names.fits((paper.title,))) - {PAPER} for paper, kind in papers):
        return False
    readings = [kind.reading for kind in found_forms(context, pages).kinds]
    return any(each.is_read or _is_explained(each, context.types) for each in readings)


def _rather_tables(context: Context, pages: Sequence[WordPage], papers: Sequence[tuple[Paper, PaperKind]]) -> bool:
    """Whether papers are called as a type of tables is, too (a customer's statement is a paper, and the name of a bill
    with its lines), or lack what such a paper must state, and lines of another type are a table there."""
    types, fits = context.knowledge.types, context.knowledge.names.fits
    own = [(paper, kind) for paper, kind in papers if kind.record and context.types[kind.record].paper]
    called = {name for paper, _ in own for name in fits((paper.title,)) if name in types and types[name].is_line}
    incomplete = [paper for paper, kind in own if not _is_whole(context, paper, kind)]
    if not called and not incomplete:
        return False
    results = [read_grid(context, grid, None) for grid in page_tables.tables(pages, set(context.vocabulary.words))]
    if any(table.record in called for result in results for table in result.tables):
        return True
    shapes = [each.shape for result in results for each in result.readings if each.hypotheses]
    return bool(incomplete) and any(each.rows > sum(1 for _ in incomplete[0].entries) for each in shapes)


def _is_whole(context: Context, paper: Paper, kind: PaperKind) -> bool:
    """Whether a paper states all that its type requires."""
    labels = paper_labels(context.types)
    currency = currency_of(paper, labels, kind.record, context.declared.currency)
    mark = mark_of_paper(paper, currency, context.declared.decimal)
    fields = paper_fields(labels, paper, kind.record, _line_types(context, kind.record), mark)
    return kind.record in _typed(context, paper, kind, currency, mark, fields)[0].tables


def _is_explained(reading: TableReading, types: Mapping[str, RecordType]) -> bool:
    """Whether most labels of a form are fields of the type that it probably is, all required ones among them."""
    best = next(iter(reading.hypotheses), None)
    if best is None:
        return False
    required = {name for name, each in types[best.record].fields.items() if each.required and each.default is None}
    found = {each.role for each in best.columns} | set(best.fields)
    return required <= found and 1000 * len(best.columns) >= _EXPLAINED * len(reading.shape.headers)


def _named_paper(context: Context, head: Sequence[PrintedLine]) -> str:
    """The title that names a paper which no table is, and nothing else; empty if none of the first page does."""
    titles = paper_titles(context.types)
    for line in head[:_TITLE_LINES]:
        kind = titles.kind(line.text)
        if kind is not None and kind.whole and kind.record and context.types[kind.record].paper:
            return "" if context.knowledge.names.fits((line.text,)) else line.text
    return ""


def _layouts(pages: Sequence[WordPage]) -> list[FormLayout]:
    """The form layouts that claim a page by its title."""
    return list({each.layout: each for page in pages for each in claiming(form_layouts(), page)}.values())


def _is_form(
    context: Context, layout: FormLayout, pages: Sequence[WordPage], papers: Sequence[tuple[Paper, PaperKind]]
) -> bool:
    """Whether the forms that a layout claims state all that their record type requires, or more than the papers do as
    which they could be read besides."""
    fields = context.types[layout.record].fields
    required = {name for name, each in fields.items() if each.required and each.default is None}
    forms = read_form(layout, pages, context.types)
    if any(required <= set(form.values) for form in forms):
        return True
    labels = paper_labels(context.types)
    named = [len(labels.roles(list(paper.entries), kind.record)) if kind.record else 0 for paper, kind in papers]
    whole = papers and all(kind.record and _is_whole(context, paper, kind) for paper, kind in papers)
    return not whole or max((len(form.values) for form in forms), default=0) >= max(named, default=0)


def _read_unknown(context: Context, lines: Sequence[PrintedLine], found: PapersRead) -> None:
    """Keep the figures of a document that is made of labels below a title that nobody knows."""
    labels = paper_labels(context.types)
    if not lines or labels_of(lines[0], labels.knows) or len(lines[0].text) > _LONGEST_TITLE:
        return
    first = lines[0].text
    unknown = PaperKind("", first, True)
    papers = papers_of(lines, lambda text: unknown if text == first else None, labels.knows, labels.goes_on)
    if len(papers) != 1 or not _is_labelled(papers[0], _ALL_COVERED, _FEWEST_UNKNOWN):
        return
    currency = currency_of(papers[0], labels, "", context.declared.currency)
    mark = mark_of_paper(papers[0], currency, context.declared.decimal)
    found.unknown = stated_figures(papers[0], "", None, mark, currency)
    found.unknown_problems.append(PaperUnknown(_place(context, papers[0]), title=first))


def _place(context: Context, paper: Paper) -> Place:
    return Place(context.path, None, None, f"page {paper.box.page}")


def _is_labelled(paper: Paper, covered: int = _COVERED, fewest: int = _FEWEST) -> bool:
    """Whether a paper is made of labels: most of its lines are labels, rows and headings."""
    entries = sum(len(block.entries) for block in paper.blocks)
    rows = sum(len(block.rows) for block in paper.blocks)
    loose = sum(len(block.texts) for block in paper.blocks)
    return entries >= fewest and 1000 * (entries + rows) >= covered * (entries + rows + loose)


def read_one(context: Context, paper: Paper, kind: PaperKind, found: PapersRead) -> None:
    """Read one paper of a known kind into what was `found`."""
    labels = paper_labels(context.types)
    currency = currency_of(paper, labels, kind.record, context.declared.currency)
    mark = mark_of_paper(paper, currency, context.declared.decimal)
    number, fields = None, PaperFields({}, {}, {})
    if kind.record and context.types[kind.record].flow is not None:
        grid = statement_grid(paper, labels, kind.record, mark)
        if grid is not None:
            found.tables.append((kind.record, grid))
        else:
            found.balances += stated_ends(paper, labels, kind.record, mark, currency)
            found.ignored.append(Ignored(str(_place(context, paper)), _NO_ROWS, 1))
    elif kind.record:
        fields = paper_fields(labels, paper, kind.record, _line_types(context, kind.record), mark)
        typed, number = _typed(context, paper, kind, currency, mark, fields)
        found.remarks += [_deduced(context, paper, kind, label, name) for label, name in fields.deduced.items()]
        found.forms.append((kind.record, typed))
    else:
        place = str(_place(context, paper))
        found.ignored.append(Ignored(place, _FIGURES_ONLY, 1))
        found.remarks.append(Remark(place, _with_title(paper.title), paper.title))
    if kind.record and kind.record not in dict(found.tables):
        found.remarks += _without_day(context, paper, kind)
    found.figures += stated_figures(paper, kind.record, number, mark, currency, fields.by_entry(paper))


def _line_types(context: Context, record: str) -> list[str]:
    """The record types of the rows of a paper."""
    return [name for name, each in context.types.items() if record in each.lines_of]


def _deduced(context: Context, paper: Paper, kind: PaperKind, label: str, name: str) -> Remark:
    """That a label was taken for a field that none of its words names."""
    types = [context.types[each] for each in (kind.record, *_line_types(context, kind.record))]
    title = next(each.fields[name].title for each in types if name in each.fields)
    told = Text(
        f"{paper.title}: “{label}” is taken for {title.en}, as its figures show; no word of the label says so",
        f"{paper.title}：根据数字将“{label}”视为{title.zh}，名称本身无法识别",
    )
    return Remark(str(_place(context, paper)), told)


def _without_day(context: Context, paper: Paper, kind: PaperKind) -> list[Remark]:
    """That no day of the paper was found, so that nothing places it in time."""
    record_type, entries = context.types[kind.record], list(paper.entries)
    if (
        record_type.dated is None
        or record_type.dated in paper_labels(context.types).roles(entries, kind.record).values()
    ):
        return []
    told = Text(f"{paper.title}: no day stands on it", f"{paper.title}：未载明日期")
    return [Remark(str(_place(context, paper)), told)]


def _with_title(title: str) -> Text:
    return Text(f"{title}: {_FIGURES_ONLY.en}", f"{title}：{_FIGURES_ONLY.zh}")


def _typed(
    context: Context, paper: Paper, kind: PaperKind, currency: str | None, mark: str | None, fields: PaperFields
) -> tuple[FormResult, str | None]:
    """The records of a paper, and its number. A field of which a text is there but cannot be read is a problem and no
    reason to lose the paper."""
    record = paper_record(
        paper_labels(context.types),
        paper,
        kind.record,
        _stated_by_title(context.types[kind.record], paper.title),
        fields,
    )
    lines = _line_types(context, kind.record)
    types = dict(context.types)
    record = with_plain_amounts(record, types, mark)
    for each in (record, *record.lines):
        types[each.record] = _without_days_required(types[each.record])
    for name in lines:
        types[name] = _inheriting(types[name], kind.record, types[kind.record].identity[-1])
    decimal = "." if mark not in (None, "?") else context.declared.decimal
    declared = replace(context.declared, currency=currency or context.declared.currency, decimal=decimal)
    result = type_forms(replace(context, types=types, declared=declared), [record])
    identity = context.types[kind.record].identity
    table = result.tables.get(kind.record)
    return result, table.column(identity[-1])[0].as_py() if table is not None and identity else None


def _without_days_required(record_type: RecordType) -> RecordType:
    """A record type that asks for no day: one that can be read in two ways is the problem and not the paper, and
    a paper without a day is one all the same."""
    fields = {
        name: replace(each, required=each.required and each.type is not FieldType.DATE)
        for name, each in record_type.fields.items()
    }
    return replace(record_type, fields=fields)


def _inheriting(record_type: RecordType, paper: str, number: str) -> RecordType:
    """Lines of a paper take its number and its currency."""
    fields = {
        name: replace(each, inherit=paper, inherit_from="currency" if name == "currency" else number)
        if name == "currency" or each.inherit
        else each
        for name, each in record_type.fields.items()
    }
    return replace(record_type, fields=fields)


def _stated_by_title(record_type: RecordType, title: str) -> dict[str, str]:
    """What the words of a title say of a paper: which way an invoice goes."""
    key = header_key(title)
    found: dict[str, tuple[int, str]] = {}
    for name, each in record_type.fields.items():
        if each.labels or each.headers:
            continue
        for words in each.choices.values():
            for word in words:
                if header_key(word) in key and len(word) > found.get(name, (0, ""))[0]:
                    found[name] = (len(word), word)
    return {name: word for name, (_, word) in found.items()}
