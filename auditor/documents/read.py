"""One document: bytes → pages → records, proofs and problems. This is the function that runs in a worker process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath

from auditor.documents.collect import SourceDocument
from auditor.documents.collect import Status as Collected
from auditor.documents.context import Context
from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.errors import (
    AmbiguousTable,
    DocumentError,
    HiddenTextOnly,
    UnknownLayout,
)
from auditor.documents.forms.page_forms import PageForms, read_page_forms, read_sheet_forms
from auditor.documents.forms.typed import FormResult
from auditor.documents.gathering import (
    Gathered,
    gather,
    gather_forms,
    gather_notes,
    gather_papers,
    gather_running_text,
    gather_unknown_papers,
    remark_of,
)
from auditor.documents.grids import page_tables
from auditor.documents.identity.graph import NOBODY, Identities
from auditor.documents.layouts.form_layouts import form_layouts
from auditor.documents.layouts.layout import Layout
from auditor.documents.layouts.loader import layouts_of
from auditor.documents.model import ReadDocument, Status
from auditor.documents.pages import Grid, NoteKind, ReadPages, StatedPage, WordPage
from auditor.documents.papers.reading import PapersRead, read_papers
from auditor.documents.papers.stated_pages import read_stated
from auditor.documents.questions import Question
from auditor.documents.read_result import made_document, unread_document
from auditor.documents.readers import read_document as read_pages
from auditor.documents.readings.choice_words import with_words
from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings
from auditor.documents.readings.taught import with_words_of
from auditor.documents.recognition.hypotheses import Decided
from auditor.documents.recognition.table_evidence import Knowledge
from auditor.documents.sale_papers.reading import INVOICE, RECEIPT, SalePaper, read_sale_papers
from auditor.documents.tables.layout_claims import matching
from auditor.documents.tables.matrix_totals import with_totals
from auditor.documents.tables.sheets import read_grid
from auditor.documents.tables.surroundings import GridResult
from auditor.documents.tables.unread_tables import not_read
from auditor.documents.vocabulary import Vocabulary
from auditor.engine.duck import DuckEngine
from auditor.errors import AuditorError, Place
from auditor.records.loader import record_types
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


def read_document(source: SourceDocument, *, options: ReadOptions = ReadOptions()) -> ReadDocument:
    """Read one document. Whatever is wrong with it becomes a status and problems; nothing is raised for its content."""
    source = source.as_it_is_now()
    if source.status is not Collected.DOCUMENT:
        return unread_document(source)
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
    found = Gathered()
    found.problems += [*source.problems, *(each for each in pages.problems if isinstance(each, AuditorError))]
    try:
        _read_pages(_context(source.path, options), pages, options, found)
    except DocumentError as error:
        found.problems.append(error)
    return made_document(source, pages, found)


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
    types = {name: each for name, each in record_types().items() if not each.paper}  # no table is one
    learned = with_words_of(types, kept.readings)
    printed = Vocabulary.of(types)
    return Knowledge(printed if learned is types else Vocabulary.of(learned), printed)


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


def _read_pages(context: Context, pages: ReadPages, options: ReadOptions, found: Gathered) -> None:
    grids = [page for page in pages.pages if isinstance(page, Grid)]
    papers = [page for page in pages.pages if isinstance(page, WordPage)]
    told = {each.values["page"] for each in found.problems if isinstance(each, HiddenTextOnly)}
    found.remarks += [
        remark_of(context, note, f"page {page.number}")
        for page in papers
        for note in page.notes
        if note.kind is not NoteKind.HIDDEN_TEXT or page.number not in told
    ]
    stated = [page for page in pages.pages if isinstance(page, StatedPage)]
    if stated:
        labelled = read_stated(context, stated, papers)
    else:
        labelled = _papers(context, papers) if options.layout is None else PapersRead(rest=papers)
    gather_papers(labelled, found)
    forms = read_page_forms(context, labelled.rest, options.layout)
    rest = [page.without_overlays() for page in forms.rest]
    printed = page_tables.tables(rest, set(context.vocabulary.words)) if rest else []
    sales: list[SalePaper] = []
    if options.layout is None and not labelled.forms and not forms.results:
        sales = _sale_papers(context, labelled.rest, printed)
    if not rest and not all(sale.is_proved and sale.is_named for sale in sales):
        sales = []  # it is a form that is asked about
    if sales:
        forms, printed = PageForms(), []
    gather_forms(forms, found)
    grids += printed
    results = list(_statements(context, labelled, options, found))
    for each in grids:
        grid = _named(each, context)
        gather_notes(context, grid, found)
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
        gather_forms(forms, found, counted=whole)
    for grid, result in _with_totals(results):
        if labelled.named and any(context.types[table.record].flow is not None for table in result.tables):
            found.problems.append(not_read(context.types, Place(context.path), None, [labelled.named]))
            continue
        gather(context, result, found, grid)
    gather_forms(PageForms(results=[(sale.record, sale.result) for sale in sales]), found)
    nothing_else = not (found.records or found.readings or any(found.rows.values()))
    if labelled.unknown and nothing_else:
        gather_unknown_papers(labelled, found)
    elif labelled.running and nothing_else and not found.problems:
        gather_running_text(context, labelled, found)


def _sale_papers(context: Context, pages: Sequence[WordPage], grids: Sequence[Grid]) -> list[SalePaper]:
    """The receipts or the invoice that some pages are, if arithmetic or a title claims them and no table is read of
    them."""
    sales = read_sale_papers(context, [page.without_overlays() for page in pages])
    if not sales or any(read_grid(context, grid, None).tables for grid in grids):
        return []
    return sales


def _papers(context: Context, pages: Sequence[WordPage]) -> PapersRead:
    """The labelled papers of a document, but for receipts and invoices that lack what they must state, or of which the
    paper's own sums say another total: the pages of those are left."""
    labelled = read_papers(context, pages)
    if not labelled.forms or {name for name, _ in labelled.forms} - {RECEIPT, INVOICE}:
        return labelled
    sales = read_sale_papers(context, pages)
    if not sales:
        return labelled
    typed = [each for _, each in labelled.forms]
    empty = any(not each.tables for each in typed)
    proved = all(sale.is_proved and sale.result.tables for sale in sales)
    # what is only asked, such as the order of day and month, the folder or its user may answer
    wrong = [problem for each in typed for problem in each.problems if not isinstance(problem, Question)]
    if not empty and not wrong:
        # a paper whose sums bear out nothing contradicts itself: that is for the rules to say
        several = any(sale.has_rivals for sale in sales) and len(typed) == len(sales)
        alike = _totals(typed) == _totals([sale.result for sale in sales]) or not (proved or several)
        return labelled if alike or any(map(_bears_out, typed)) else PapersRead(rest=list(pages))
    better = proved and (empty or sum(len(sale.result.problems) for sale in sales) <= len(wrong))
    return PapersRead(rest=list(pages)) if better else labelled


def _totals(results: Sequence[FormResult]) -> list[object]:
    """The totals of the receipts and invoices that were read."""
    tables = (each.tables.get(name) for each in results for name in (RECEIPT, INVOICE))
    return [value for table in tables if table is not None for value in table.column("total").to_pylist()]


def _bears_out(result: FormResult) -> bool:
    """Whether the totals of what was read are proved."""
    tables = [table for name in (RECEIPT, INVOICE) if (table := result.tables.get(name)) is not None]
    return all("total" in (proved or "").split(",") for each in tables for proved in each.column("_proved").to_pylist())


def _statements(
    context: Context, labelled: PapersRead, options: ReadOptions, found: Gathered
) -> Iterator[tuple[Grid, GridResult]]:
    """The tables that the rows of labelled statements make; one that is none is a problem."""
    order = context.declared.date_order or (labelled.days.order if labelled.days is not None else None)
    own = replace(context, declared=replace(context.declared, date_order=order))
    for record, grid in labelled.tables:
        result = read_grid(_for_record(own, replace(options, layout=record), None), grid, None)
        if not result.tables and not result.problems:
            place = Place(context.path, None, None, f"page {grid.number}")
            title = [each for each in grid.head(1)[0] if each]
            found.problems.append(not_read(context.types, place, result.nearest, title))
        yield grid, result


def _with_totals(results: Sequence[tuple[Grid, GridResult]]) -> list[tuple[Grid, GridResult]]:
    """The results of all sheets with the totals of their matrices, which may cover several sheets."""
    readings = [reading for _, result in results for reading in result.readings]
    asked = [each for each in readings if not each.is_read]
    unread = sum(each.shape.rows for each in asked if each.hypotheses and each.hypotheses[0].matrix is not None)
    tables = iter(with_totals([table for _, result in results for table in result.tables], unread))
    return [(grid, replace(result, tables=[next(tables) for _ in result.tables])) for grid, result in results]


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


def _layout_for(context: Context, grid: Grid, options: ReadOptions, found: Gathered) -> Layout | None:
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
