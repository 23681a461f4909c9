"""Forms that no layout claims, recognised by evidence: each kind of form is judged as a table of which the labels are
the headers and each form is a row, and is read, asked, or left for the tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from auditor.documents.context import Context
from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.forms.label_blocks import Block, blocks_of, kinds_of
from auditor.documents.forms.printed_labels import FEWEST_LABELS, MOST_WORDS, printed_page
from auditor.documents.forms.reading import stamped
from auditor.documents.forms.records import FormRecord, FormValue
from auditor.documents.forms.recurring_labels import recurring_labels
from auditor.documents.forms.regions import Region
from auditor.documents.forms.sheet_labels import is_whole, label_runs
from auditor.documents.layouts.form_layouts import FormLayout, form_layouts
from auditor.documents.pages import Grid, Word, WordPage
from auditor.documents.readings.answered import answered
from auditor.documents.readings.confirmed import ConfirmedReading
from auditor.documents.readings.errors import AnswersRival
from auditor.documents.recognition.hypotheses import Ground, Hypothesis, State, TableReading
from auditor.documents.recognition.judging import judge
from auditor.documents.recognition.shapes import TableShape
from auditor.errors import Place

_EXPLAINED = 600  # thousandths of the labels above a table that must be fields, for a question about them


@dataclass(frozen=True)
class FormKind:
    """Forms of one kind: what they are taken as, what a user declared of them, and a question if answers are rivals."""

    forms: tuple[Block, ...]
    reading: TableReading
    declared: Declarations = NOTHING_DECLARED
    rival: AnswersRival | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is a question what these forms are."""
        return not self.reading.is_read

    @property
    def is_read(self) -> bool:
        """Whether the forms become records; those that an answer leaves out do not."""
        return self.reading.is_read and bool(self.reading.hypotheses)


@dataclass(frozen=True)
class FoundForms:
    """The kinds of forms on some pages, and the pages on which there are none."""

    kinds: tuple[FormKind, ...] = ()
    rest: tuple[WordPage, ...] = field(default=())


@dataclass(frozen=True)
class SheetForms:
    """The kinds of forms made of cells on a sheet; `whole`: nothing else stands there."""

    kinds: tuple[FormKind, ...] = ()
    whole: bool = False


def found_forms(context: Context, pages: Sequence[WordPage]) -> FoundForms:
    """The forms on pages that no layout claims. A page is one of forms only if all on it may be records."""
    printed = [printed_page(page, context.vocabulary.knows) for page in pages]
    few = {page.number for page in printed if len(page.labels) < FEWEST_LABELS}
    without = [page for page in pages if page.number in few and len(page.words) <= MOST_WORDS]
    bare = recurring_labels(without, context.vocabulary.knows)
    printed = [bare.get(page.number, page) for page in printed]
    by_page = {page.number: blocks_of(page) for page in printed}
    by_boxes = {page.number for page in printed if page.by_boxes}
    kinds = [_judged(context, forms) for forms in kinds_of([each for found in by_page.values() for each in found])]
    none = [kind for kind in kinds if kind.reading.state is State.NONE or _may_be_table(context, kind, by_boxes)]
    unknown = {each.page for kind in none for each in kind.forms}
    rest = tuple(page for page in pages if not by_page[page.number] or page.number in unknown)
    left = {page.number for page in rest}
    kept = [replace(kind, forms=tuple(each for each in kind.forms if each.page not in left)) for kind in kinds]
    return FoundForms(tuple(kind for kind in kept if kind.forms), rest)


def _may_be_table(context: Context, kind: FormKind, by_boxes: Collection[int]) -> bool:
    """Whether it is a question what boxes without colons are, of which there is one page, and no title calls it a paper
    of its type."""
    alone = len(kind.forms) == 1 and kind.forms[0].page in by_boxes
    if not alone or not kind.is_open or not kind.reading.hypotheses:
        return False
    return kind.reading.hypotheses[0].record not in context.knowledge.names.fits(kind.reading.shape.names[:1])


def sheet_forms(context: Context, grid: Grid) -> SheetForms:
    """The forms made of cells on a grid: alone on their sheet, or above and below tables. What known labels state above
    a table is read with the table."""
    runs = label_runs(grid, context.vocabulary.knows)
    blocks = [block for run in runs for block in blocks_of(run.page)]
    if not blocks:
        return SheetForms()
    whole = is_whole(grid, runs)
    found = [forms for forms in kinds_of(blocks) if whole or not _is_known(context, forms)]
    judged = [_judged(context, forms, grid) for forms in found]
    kinds = tuple(kind for kind in judged if _counts(context, kind, whole=whole))
    return SheetForms(kinds, whole and len(kinds) == len(judged))


def _is_known(context: Context, forms: Sequence[Block]) -> bool:
    """Whether all labels of one form are header words: what they state above a table is read with it."""
    if len(forms) > 1 or context.readings.entries:
        return False
    return all(map(context.vocabulary.knows, forms[0].labels))


def _counts(context: Context, kind: FormKind, *, whole: bool) -> bool:
    """Whether what stands in cells as forms do is one: known or worth a question, and not read in another way."""
    reading = kind.reading
    if reading.state in (State.NONE, State.CONFIRMED) or reading.accepted or kind.rival is not None:
        return reading.state is not State.NONE
    if not reading.hypotheses:
        return False
    best = reading.hypotheses[0]
    record_type = context.types[best.record]
    by_words = {each.role for each in best.columns if each.ground is Ground.WORD}
    required = {name for name, each in record_type.fields.items() if each.required and each.default is None}
    if len(kind.forms) == 1 and required <= by_words:
        return False
    if whole or best.record in _heads(context):
        return True
    explained = 1000 * len(best.columns) >= _EXPLAINED * len(reading.shape.headers)
    named = best.record in context.knowledge.names.fits(reading.shape.names[:2])
    return (explained or named) and any(each.record == best.record for each in form_layouts())


def _heads(context: Context) -> frozenset[str]:
    """The types of forms from which the lines of a table below take values, as those of a bill do."""
    fields = (each for record in context.types.values() for each in record.fields.values())
    return frozenset(each.inherit for each in fields if each.inherit)


def is_answered(context: Context, page: WordPage) -> bool:
    """Whether an answer is about the forms on a page."""
    if not any(each.is_of_forms for each in context.readings.entries):
        return False
    blocks = blocks_of(printed_page(page, context.vocabulary.knows))
    shapes = (_shape(context, forms, None) for forms in kinds_of(blocks))
    return any(
        each.is_of_forms
        for shape in shapes
        for each in context.readings.entries_for(shape.headers, shape.names, context.path, "", False, True)
    )


def records_of(kind: FormKind, pages: Sequence[WordPage], layouts: Sequence[FormLayout]) -> list[FormRecord]:
    """The records of forms that are read, in order. A stamp says of them what it says of forms of their type that a
    layout knows."""
    best = kind.reading.hypotheses[0]
    layout = next((each for each in layouts if each.record == best.record), None)
    by_number = {page.number: page for page in pages}
    made = []
    for form in kind.forms:
        record = _record(best, form)
        if layout is not None:
            region = _region(form, by_number[form.page])
            stamps = [(settings, words) for settings, words in stamped(layout, region)]
            said = {name: FormValue(text, words[0].box) for found, words in stamps for name, text in found.items()}
            record = replace(record, values={**record.values, **said})
        made.append(record)
    return made


def cell_records_of(kind: FormKind, grid: Grid) -> list[FormRecord]:
    """The records of forms made of cells that are read, in order, with the rows at which they begin."""
    best, made = kind.reading.hypotheses[0], []
    for form in kind.forms:
        row = int(form.box.top)
        record = _record(best, form)
        if grid.boxes is None:
            record = replace(record, row=grid.row_numbers[row].as_py(), sheet=grid.name)
        else:
            record = replace(record, page=grid.boxes[row][0].page, box=grid.boxes[row][0])
        made.append(record)
    return made


def _record(best: Hypothesis, form: Block) -> FormRecord:
    known = {each.header: each.role for each in best.columns}
    values = {known[label]: value for label, value in form.labels.items() if label in known and value is not None}
    around = {role: FormValue(text, form.box) for role, text in best.fields.items() if role not in values}
    assumed = best.assumed & set(around)
    raw = "\n".join((*reversed(form.titles), form.raw))
    return FormRecord(best.record, best.record, form.page, form.box, {**values, **around}, raw, assumed=assumed)


def _region(form: Block, page: WordPage) -> Region:
    """The part of the page around a form, with what is printed over it."""
    height = max(12.0, (form.box.bottom - form.box.top) / max(1, len(form.labels)))
    top, bottom = form.box.top - 3 * height, form.box.bottom + height
    inside: list[Word] = []
    for word in page.words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        if form.box.x0 - height <= x <= form.box.x1 + height and top <= y <= bottom:
            inside.append(word)
    return Region(form.box, tuple(inside), ())


def _judged(context: Context, forms: Sequence[Block], grid: Grid | None = None) -> FormKind:
    shape = _shape(context, forms, grid)
    found = context.readings.entries_for(shape.headers, shape.names, context.path, shape.sheet, False, True)
    if len(found) > 1:
        place = Place(context.path, None, None, shape.sheet or f"page {shape.page}")
        lines = ", ".join(str(each.line) for each in found)
        rival = AnswersRival(place, ", ".join(shape.headers), file=context.readings.shown, lines=lines)
        return FormKind(tuple(forms), TableReading(shape, State.ASKED), rival=rival)
    decided = context.decided.get(shape.place)
    if found:
        reading = _answered(context, shape, found[0], decided)
        return FormKind(tuple(forms), reading, found[0].declared)
    if decided is not None:
        return FormKind(tuple(forms), TableReading(shape, State.SURE, (decided,), judged_again=True))
    judgement = judge(shape, context.knowledge)
    sure = judgement.state is State.SURE and shape.place not in context.decided
    state = State.ASKED if judgement.state is State.SURE and not sure else judgement.state
    return FormKind(tuple(forms), TableReading(shape, state, judgement.hypotheses, alone=sure))


def _answered(context: Context, shape: TableShape, entry: ConfirmedReading, decided: Hypothesis | None) -> TableReading:
    """The forms as they were answered; asked all the same where the answer makes lines or movements of them."""
    if entry.record is None:
        return TableReading(shape, State.CONFIRMED)
    if context.types[entry.record].is_line:
        return TableReading(shape, State.ASKED, judge(shape, context.knowledge).hypotheses)
    hypothesis = decided if decided is not None else answered(entry, shape, context.knowledge)
    state = State.LIKELY if entry.likely else State.CONFIRMED
    return TableReading(shape, state, (hypothesis,), accepted=entry.likely, judged_again=decided is not None)


def _shape(context: Context, forms: Sequence[Block], grid: Grid | None) -> TableShape:
    labels = tuple(dict.fromkeys(label for form in forms for label in form.labels))
    rows = tuple(
        tuple(value.text if (value := form.labels.get(label)) is not None else "" for label in labels) for form in forms
    )
    on_pages = grid is None or grid.boxes is not None
    sheet = "" if grid is None else grid.name
    title = " ".join(reversed(forms[0].titles))
    names = (title, sheet, *context.names[:1], "/".join(context.names[1:]))
    top = forms[0].box.top
    first = round(top) if grid is None else grid.row_numbers[int(top)].as_py()
    texts = tuple((label,) for label in labels)
    shape = TableShape(sheet, forms[0].page, first, labels, texts, rows, len(forms), names, is_form=True)
    return replace(shape, on_pages=on_pages)
