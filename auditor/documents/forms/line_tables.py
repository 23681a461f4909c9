"""The table inside a form: its rows as records of the layout's second record type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.documents.forms.records import FormRecord, FormValue
from auditor.documents.forms.regions import Region
from auditor.documents.forms.value_texts import plausible
from auditor.documents.grids.page_tables import tables
from auditor.documents.layouts.form_layouts import FormLayout
from auditor.documents.pages import Box, Grid, WordPage
from auditor.records.model import RecordType
from auditor.values.text import header_key, header_key_without_unit


def form_lines(layout: FormLayout, group: Sequence[Region], record_type: RecordType) -> tuple[FormRecord, ...]:
    """The rows under a header with all required fields of the record type, in order; a total is no such row."""
    headers = {header_key(word): name for name, each in record_type.fields.items() for word in each.headers}
    pages = [
        WordPage(region.box.page, region.box.x1, region.box.bottom, region.words, region.rules) for region in group
    ]
    made: list[FormRecord] = []
    for grid in tables(pages, headers):
        made += _lines_of(layout, grid, record_type, headers)
    return tuple(made)


def _lines_of(layout: FormLayout, grid: Grid, record_type: RecordType, headers: Mapping[str, str]) -> list[FormRecord]:
    required = [name for name, each in record_type.fields.items() if each.required]
    columns: dict[str, int] = {}
    made = []
    assert grid.boxes is not None
    for row, boxes in zip(grid.head(grid.rows), grid.boxes, strict=True):
        named = _header_columns(row, headers)
        if all(name in named for name in required):
            columns = named
            continue
        texts = {name: row[at] or "" for name, at in columns.items()}
        if columns and all(plausible(record_type.fields[name], texts[name]) for name in required):
            values = {name: FormValue(text, boxes[columns[name]]) for name, text in texts.items() if text}
            raw = "\t".join(cell or "" for cell in row).rstrip("\t")
            made.append(FormRecord(layout.layout, record_type.name, boxes[0].page, _extent(boxes), values, raw))
    return made


def _header_columns(row: Sequence[str | None], headers: Mapping[str, str]) -> dict[str, int]:
    named: dict[str, int] = {}
    for at, cell in enumerate(row):
        name = (headers.get(header_key(cell)) or headers.get(header_key_without_unit(cell))) if cell else None
        if name is not None:
            named.setdefault(name, at)
    return named


def _extent(boxes: Sequence[Box]) -> Box:
    return Box(
        boxes[0].page,
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
