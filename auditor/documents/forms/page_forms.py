"""All forms on the pages of a document: those that a layout claims by their title, and those that evidence or an answer
tells; and the pages that are left for the tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor.documents.context import Context
from auditor.documents.errors import AmbiguousTable
from auditor.documents.forms.field_labels import labels_of_fields
from auditor.documents.forms.listed_pages import listed_pages
from auditor.documents.forms.printed_labels import printed_page
from auditor.documents.forms.reading import claiming, read_form
from auditor.documents.forms.records import FormRecord
from auditor.documents.forms.regions import plain
from auditor.documents.forms.typed import FormResult, type_forms
from auditor.documents.forms.unknown_forms import (
    FormKind,
    cell_records_of,
    found_forms,
    is_answered,
    records_of,
    sheet_forms,
)
from auditor.documents.layouts.form_layouts import FormLayout, form_layouts
from auditor.documents.model import Ignored
from auditor.documents.pages import Grid, WordPage
from auditor.documents.recognition.hypotheses import TableReading
from auditor.errors import AuditorError, Place
from auditor.languages import Text

_OPEN = Text("forms that are not read before it is answered what they are", "单据种类未确认，未读取")
_LEFT_OUT = Text("forms that reading.yaml leaves out", "按 reading.yaml 不审核的单据")


@dataclass(slots=True)
class PageForms:
    """What the forms of a document gave: their records by the layout or record type by which they are read, what forms
    without a layout are taken as, what was not read and why, problems, and the pages without forms."""

    results: list[tuple[str, FormResult]] = field(default_factory=list)
    readings: list[TableReading] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)
    rest: list[WordPage] = field(default_factory=list)

    def without_open(self, records: Collection[str]) -> None:
        """Leave out questions about forms of record types that were read in another way."""
        best = {id(each): each.hypotheses[0].record for each in self.readings if each.hypotheses and not each.is_read}
        self.readings = [each for each in self.readings if best.get(id(each)) not in records]

    @property
    def records(self) -> frozenset[str]:
        """The record types of which forms were read."""
        return frozenset(record for _, typed in self.results for record in typed.tables)

    def take(self, context: Context, kind: FormKind, records: Sequence[FormRecord]) -> FormResult:
        """Type the records of forms of one kind and keep what that gives."""
        own = replace(context, declared=kind.declared.or_else(context.declared))
        typed = type_forms(own, records)
        self.results.append((kind.reading.hypotheses[0].record, typed))
        return typed


def read_page_forms(context: Context, pages: Sequence[WordPage], named: str | None = None) -> PageForms:
    """Read the forms on some pages. `named`: the one layout or record type that the audit says the document is."""
    layouts = [each for each in form_layouts() if named in (None, each.layout)]
    result = PageForms()
    claimed, rest = _claimed(context, layouts, pages, result, compete=named is None)
    forms = {name: read_form(layout, own, context.types) for name, (layout, own) in claimed.items()}
    if named is None:
        strange = {
            name
            for name, own in forms.items()
            if _labels_are_strange(context, *claimed[name], own) or is_answered(context, claimed[name][1][0])
        }
        unknown = [*rest, *(page for name in strange for page in claimed[name][1])]
        told = _read_unknown(context, sorted(unknown, key=lambda page: page.number), result)
        forms = {
            name: [each for each in own if name not in strange or each.page not in told] for name, own in forms.items()
        }
        rest = [page for page in rest if page.number not in told]
    read = [(name, type_forms(context, own)) for name, own in forms.items() if own]
    result.results = [*read, *result.results]
    result.rest = rest
    return result


def _claimed(
    context: Context, layouts: Sequence[FormLayout], pages: Sequence[WordPage], result: PageForms, *, compete: bool
) -> tuple[dict[str, tuple[FormLayout, list[WordPage]]], list[WordPage]]:
    """The pages that layouts claim by their titles, by layout, and the other pages. Of pages with such a title those
    that are a list of such records are left for the tables, if forms and tables `compete`."""
    claims = {page.number: claiming(layouts, page) for page in pages}
    listed = _listed(context, pages, claims) if compete else frozenset()
    mine: dict[str, tuple[FormLayout, list[WordPage]]] = {}
    rest: list[WordPage] = []
    last: FormLayout | None = None
    for page in pages:
        claimed = claims[page.number] if page.number not in listed else []
        if len(claimed) > 1:
            names = sorted(layout.layout for layout in claimed)
            place = Place(context.path, None, None, f"page {page.number}")
            candidates = ", ".join(names)
            result.problems.append(AmbiguousTable(place, candidates=candidates, first=names[0], path=context.path))
            last = None
        elif claimed:
            last = claimed[0]
            mine.setdefault(last.layout, (last, []))[1].append(page)
        elif last is not None and last.spans_pages and page.number not in listed:
            mine[last.layout][1].append(page)
        else:
            rest.append(page)
            last = None
    return mine, rest


def _listed(context: Context, pages: Sequence[WordPage], claims: Mapping[int, Sequence[FormLayout]]) -> frozenset[int]:
    """The numbers of the pages that one form layout claims and that are a list of its records."""
    claimed: dict[str, tuple[FormLayout, list[WordPage]]] = {}
    for page in pages:
        if len(claims[page.number]) == 1:
            layout = claims[page.number][0]
            claimed.setdefault(layout.layout, (layout, []))[1].append(page)
    found = (listed_pages(layout, own, context.types[layout.record]) for layout, own in claimed.values())
    return frozenset(number for numbers in found for number in numbers)


def _labels_are_strange(
    context: Context, layout: FormLayout, pages: Sequence[WordPage], forms: Sequence[FormRecord]
) -> bool:
    """Whether most of the forms that a title claims lack a required field because their labels are words which the
    record type does not know. A form with a known label and nothing behind it is only incomplete."""
    record_type = context.types[layout.record]
    required = {name for name, each in record_type.fields.items() if each.required and each.default is None}
    lacking = [required - set(form.values) for form in forms]
    if 2 * sum(map(bool, lacking)) <= len(lacking):
        return False
    labels = {each.field.name: set(each.labels) for each in labels_of_fields(layout, record_type)}
    known = {label for words in labels.values() for label in words}
    printed = {plain(each.label) for page in pages for each in printed_page(page, context.vocabulary.knows).labels}
    return bool(printed - known) and any(not labels.get(name, set()) & printed for names in lacking for name in names)


def _read_unknown(context: Context, pages: Sequence[WordPage], result: PageForms) -> frozenset[int]:
    """Read the forms of pages by evidence or an answer, or keep what is a question; the numbers of their pages."""
    found = found_forms(context, pages)
    for kind in found.kinds:
        result.readings.append(kind.reading)
        result.problems += [kind.rival] if kind.rival is not None else []
        if kind.is_read:
            result.take(context, kind, records_of(kind, pages, form_layouts()))
        else:
            place = Place(context.path, None, None, f"page {kind.forms[0].page}")
            result.ignored.append(Ignored(str(place), _reason(kind), len(kind.forms)))
    return frozenset(page.number for page in pages) - {page.number for page in found.rest}


def read_sheet_forms(context: Context, grid: Grid) -> tuple[PageForms, bool]:
    """Read the forms made of cells on a grid, and whether nothing else stands there. What a form above a table states
    is known for the lines of the table."""
    found, result = sheet_forms(context, grid), PageForms()
    for kind in found.kinds:
        result.readings.append(kind.reading)
        result.problems += [kind.rival] if kind.rival is not None else []
        if kind.is_read:
            typed = result.take(context, kind, cell_records_of(kind, grid))
            for record, table in typed.tables.items():
                fields = context.types[record].fields
                context.headings[record] = {name: table.column(name)[-1].as_py() for name in fields}
        elif found.whole:
            place = Place(context.path, grid.row_numbers[0].as_py(), None, grid.name or None)
            result.ignored.append(Ignored(str(place), _reason(kind), len(kind.forms)))
    return result, found.whole


def _reason(kind: FormKind) -> Text:
    return _OPEN if kind.is_open else _LEFT_OUT
