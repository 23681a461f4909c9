"""Forms: pages of words with boxes to the raw texts of a record's fields.

Nothing here knows where the words come from: a text layer and a recogniser of scans are read alike. The texts are
typed afterwards, with the same readers as the cells of tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from auditor.documents.forms.field_labels import FieldLabels, labels_of_fields
from auditor.documents.forms.label_places import Label, Labels, TextLine, text_of
from auditor.documents.forms.line_tables import form_lines
from auditor.documents.forms.page_boxes import Cell, FormPage, Spot, known_labels
from auditor.documents.forms.records import FormRecord, FormValue, made_value
from auditor.documents.forms.regions import Region, claiming, claims, page_pieces, regions, stamps
from auditor.documents.forms.value_texts import chosen_option, cleaned, plausible
from auditor.documents.grids.lines import around, wrapped_text
from auditor.documents.layouts.form_layouts import FieldRule, FormLayout
from auditor.documents.pages import Box, Word, WordPage
from auditor.records.model import Field, RecordType
from auditor.values.text import folded

_APART = 1.5  # of the height: so far from a value in a box the next label stands

__all__ = ["FormRecord", "FormValue", "claiming", "read_form"]


def read_form(layout: FormLayout, pages: Sequence[WordPage], types: Mapping[str, RecordType]) -> list[FormRecord]:
    """The forms on those of the pages that the layout claims, in order; pages that it does not claim are passed over.

    With `spans_pages` a page without the form's title goes on with the form of the page before.
    """
    groups: list[list[Region]] = []
    for page in pages:
        pieces = page_pieces(page)
        if claims(layout, pieces):
            groups += [[region] for region in regions(layout, page, pieces)]
        elif layout.spans_pages and groups and groups[-1][-1].box.page == page.number - 1:
            groups[-1].append(Region(Box(page.number, 0.0, 0.0, page.width, page.height), page.words, page.rules))
    fields = labels_of_fields(layout, types[layout.record])
    return [_record(layout, fields, group, types) for group in groups]


def _record(
    layout: FormLayout, fields: Sequence[FieldLabels], group: Sequence[Region], types: Mapping[str, RecordType]
) -> FormRecord:
    known = known_labels(Labels({word: each.rule.anywhere for each in fields for word in each.labels}))
    stamped_at = {at: stamped(layout, region) for at, region in enumerate(group)}
    pages = [
        FormPage(region, known, [word for _, words in stamped_at[at] for word in words])
        for at, region in enumerate(group)
    ]
    values: dict[str, FormValue] = {}
    for each in fields:
        for page in pages:
            found = _value(page, each)
            if found is not None:
                values[each.field.name] = found
                break
    for found_stamps in stamped_at.values():
        for settings, words in found_stamps:
            values |= {name: made_value(words, text) for name, text in settings.items()}
    raw = "\n".join(text_of(line) for region in group for line in region.lines)
    number, extent = group[0].box.page, _extent(group[0])
    below = form_lines(layout, group, types[layout.lines]) if layout.lines else ()
    return FormRecord(layout.layout, layout.record, number, extent, values, raw, below)


def _extent(region: Region) -> Box:
    return around(region.words) if region.words else region.box


def stamped(layout: FormLayout, region: Region) -> list[tuple[dict[str, str], list[Word]]]:
    found = [(condition.set, stamps(region, condition.words)) for condition in layout.when]
    return [(settings, words) for settings, words in found if words]


def _value(page: FormPage, sought: FieldLabels) -> FormValue | None:
    """The first value that can be one of the field's type; else one found by its look; else what stands at a label."""
    rule, each, labels = sought.rule, sought.field, sought.labels
    spots = [spot for spot in page.spots if spot.label.word in labels]
    spots.sort(key=lambda spot: labels[spot.label.word])
    spare: FormValue | None = None
    if rule.first == "find" and (looked := _by_look(page, rule)):
        return looked
    for spot in spots:
        own = labels[spot.label.word] != len(rule.label)  # a label that the layout gives, not a header word
        if own and not _is_within(spot.box, page.frame, rule):
            continue
        for way in rule.ways:
            for parts in value_parts(page, spot, way):
                found = _read(parts, rule, each)
                if found is None:
                    continue
                if plausible(each, found.text):
                    return found
                if spare is None and way in ("box", "right"):
                    spare = found
    return _by_look(page, rule) or spare


def _is_within(box: Box, frame: Box, rule: FieldRule) -> bool:
    within = rule.within
    x = 100 * ((box.x0 + box.x1) / 2 - frame.x0) / max(1.0, frame.x1 - frame.x0)
    y = 100 * ((box.top + box.bottom) / 2 - frame.top) / max(1.0, frame.bottom - frame.top)
    return within.left <= x <= within.right and within.top <= y <= within.bottom


def value_parts(page: FormPage, spot: Spot, way: str) -> list[list[list[Word]]]:
    """What may be the label's value in one way, each as lines of words."""
    if way == "box":
        return [parts for parts in (page.behind(spot), page.in_box(spot)) if parts]
    if way == "row":
        return [parts for cell in page.row(spot) if (parts := _content(cell))]
    beside = page.right(spot) if way == "right" else page.below(spot)
    if beside is None and way == "right":
        behind = page.behind(spot)
        return [behind] if behind else []
    if isinstance(beside, Cell):
        if way == "below" and beside.labels and any(label.start == 0 for label in beside.labels[0]):
            return []  # a box that begins with a label of its own
        parts = _content(beside) or (_label_as_value(page, spot, beside) if way == "right" else [])
        return [parts] if parts else []
    return [beside] if beside else []


def _label_as_value(page: FormPage, spot: Spot, beside: Cell) -> list[list[Word]]:
    """A label may itself be a value: `更改项目 | 金额 | 原值 | 100.00`. Then nothing but labels stands right of it."""
    below, further = page.below(spot), page.beside(beside)
    taken = isinstance(below, Cell) and bool(_content(below))
    if taken or further is None or not (beside.only_labels and further.only_labels):
        return []
    return [list(line.words) for line in beside.lines]


def _content(cell: Cell) -> list[list[Word]]:
    """The words of a box that is a value: up to the next label in it; none if it is all labels."""
    if not cell.lines or cell.only_labels:
        return []
    made: list[list[Word]] = []
    for line, labels in zip(cell.lines, cell.labels, strict=True):
        stop = next((label for label in labels if _ends_value(line, label)), None)
        words = line.piece(0, stop.start) if stop else list(line.words)
        if words:
            made.append(words)
        if stop:
            break
    return made


def _ends_value(line: TextLine, label: Label) -> bool:
    """Whether a label in a box begins something else: it has a colon, stands in brackets or apart from what is before
    it. A word of the value may be a label elsewhere on the form."""
    bracketed = label.word.startswith("(")
    apart = line.starts_word(label.start) and line.gap_before(label.start) >= _APART
    return label.colon or (label.start > 0 and (bracketed or apart))


def _read(parts: Sequence[Sequence[Word]], rule: FieldRule, each: Field) -> FormValue | None:
    words = [word for part in parts for word in part]
    text = cleaned(wrapped_text([text_of(part) for part in parts if part]))
    if each.choices:
        text = chosen_option(text)
    if rule.pattern:
        match = re.search(rule.pattern, text)
        if not match:
            return None
        text = match[1] if match.re.groups else match[0]
    return made_value(words, text) if text else None


def _by_look(page: FormPage, rule: FieldRule) -> FormValue | None:
    """What the rule's `find` finds first in a line of the form."""
    if rule.find is None:
        return None
    pattern = re.compile(rule.find)
    for line in page.region.lines:
        match = pattern.search(folded(text_of(line))) or pattern.search(TextLine.of(line).text)
        if match and _is_within(around(line), page.frame, rule):
            text = (match[1] if match.re.groups else match[0]) or ""
            if text.strip():
                return made_value(line, text.strip())
    return None
