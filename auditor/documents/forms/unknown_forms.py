"""Forms that no layout claims, recognised by evidence: each kind of form is judged as a table of which the labels are
the headers and each form is a row, and is read, asked, or left for the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from auditor.documents.context import Context
from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.forms.label_blocks import Block, blocks_of, kinds_of
from auditor.documents.forms.printed_labels import printed_page
from auditor.documents.forms.reading import stamped
from auditor.documents.forms.records import FormRecord, FormValue
from auditor.documents.forms.regions import Region
from auditor.documents.layouts.form_layouts import FormLayout
from auditor.documents.pages import Rule, Word, WordPage
from auditor.documents.readings.answered import answered
from auditor.documents.readings.confirmed import ConfirmedReading
from auditor.documents.readings.errors import AnswersRival
from auditor.documents.recognition.hypotheses import Hypothesis, State, TableReading
from auditor.documents.recognition.judging import judge
from auditor.documents.recognition.shapes import TableShape
from auditor.errors import Place


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
        return not self.reading.is_read and self.reading.state is not State.CONFIRMED


@dataclass(frozen=True)
class FoundForms:
    """The kinds of forms on some pages, and the pages on which there are none."""

    kinds: tuple[FormKind, ...] = ()
    rest: tuple[WordPage, ...] = field(default=())


def found_forms(context: Context, pages: Sequence[WordPage]) -> FoundForms:
    """The forms on pages that no layout claims. A page is one of forms only if all on it may be records."""
    by_page = {page.number: blocks_of(printed_page(page)) for page in pages}
    kinds = [_judged(context, forms) for forms in kinds_of([each for found in by_page.values() for each in found])]
    unknown = {each.page for kind in kinds if kind.reading.state is State.NONE for each in kind.forms}
    rest = tuple(page for page in pages if not by_page[page.number] or page.number in unknown)
    left = {page.number for page in rest}
    kept = [replace(kind, forms=tuple(each for each in kind.forms if each.page not in left)) for kind in kinds]
    return FoundForms(tuple(kind for kind in kept if kind.forms), rest)


def records_of(
    kind: FormKind, pages: Sequence[WordPage], layouts: Sequence[FormLayout]
) -> list[FormRecord]:
    """The records of forms that are read, in order. A stamp says of them what it says of forms of their type that a
    layout knows."""
    best = kind.reading.hypotheses[0]
    layout = next((each for each in layouts if each.record == best.record), None)
    by_number = {page.number: page for page in pages}
    return [_record(best, form, by_number[form.page], layout) for form in kind.forms]


def _record(best: Hypothesis, form: Block, page: WordPage, layout: FormLayout | None) -> FormRecord:
    labels = list(form.labels)
    known = {each.header: each.role for each in best.columns}
    values = {known[label]: form.labels[label] for label in labels if label in known}
    found = {role: value for role, value in values.items() if value is not None}
    found |= {role: FormValue(text, form.box) for role, text in best.fields.items() if role not in found}
    if layout is not None:
        for settings, words in stamped(layout, _region(form, page)):
            found |= {name: FormValue(text, words[0].box) for name, text in settings.items()}
    return FormRecord(best.record, best.record, form.page, form.box, found, "\n".join((*form.titles, form.raw)))


def _region(form: Block, page: WordPage) -> Region:
    """The part of the page around a form, with what is printed over it."""
    height = max(12.0, (form.box.bottom - form.box.top) / max(1, len(form.labels)))
    top, bottom = form.box.top - 3 * height, form.box.bottom + height
    inside: list[Word] = []
    for word in page.words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        if form.box.x0 - height <= x <= form.box.x1 + height and top <= y <= bottom:
            inside.append(word)
    rules: tuple[Rule, ...] = ()
    return Region(form.box, tuple(inside), rules)


def _judged(context: Context, forms: Sequence[Block]) -> FormKind:
    shape = _shape(context, forms)
    found = context.readings.entries_for(shape.headers, shape.names, context.path, "", False, True)
    if len(found) > 1:
        place = Place(context.path, None, None, f"page {shape.page}")
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


def _answered(
    context: Context, shape: TableShape, entry: ConfirmedReading, decided: Hypothesis | None
) -> TableReading:
    """The forms as they were answered; asked all the same where the answer makes lines or movements of them."""
    if entry.record is None:
        return TableReading(shape, State.CONFIRMED)
    if context.types[entry.record].is_line:
        return TableReading(shape, State.ASKED, judge(shape, context.knowledge).hypotheses)
    hypothesis = decided if decided is not None else answered(entry, shape, context.knowledge)
    state = State.LIKELY if entry.likely else State.CONFIRMED
    return TableReading(shape, state, (hypothesis,), accepted=entry.likely, judged_again=decided is not None)


def _shape(context: Context, forms: Sequence[Block]) -> TableShape:
    labels = tuple(dict.fromkeys(label for form in forms for label in form.labels))
    rows = tuple(
        tuple(value.text if (value := form.labels.get(label)) is not None else "" for label in labels)
        for form in forms
    )
    title = " ".join(reversed(forms[0].titles))
    names = (title, "", *context.names[:1], "/".join(context.names[1:]))
    first = round(forms[0].box.top)
    texts = tuple((label,) for label in labels)
    return TableShape("", forms[0].page, first, labels, texts, rows, len(forms), names, is_form=True, on_pages=True)
