"""The parts of pages on which the records of findings stand, cut out of the documents for the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from auditor.documents.collect import document_at
from auditor.documents.cutouts import Cutout, Rectangle, View
from auditor.documents.readers import cut_outs
from auditor.errors import AuditorError
from auditor.findings.model import DocumentSummary, Finding, RecordRef

_MOST = 120  # cut-outs of a report
_MOST_COLUMNS = 3  # records of a finding that are shown side by side
_SHOWN = ("open", "carried")
_PLACED = ("ocr", "text")  # how records are read that stand at a place of a page
Place = tuple[str, int, str]  # document, page, box as text


def cutouts_of(folder: Path, findings: Sequence[Finding], documents: Sequence[DocumentSummary]) -> dict[Place, Cutout]:
    """The cut-outs of the records that open findings rest on, the gravest findings first; those read from pictures
    before those of print. A document in an archive, or one that has changed since, shows none."""
    places: dict[Place, None] = {}
    for via in _PLACED:
        for finding in findings:
            if finding.status in _SHOWN and len(finding.records) <= _MOST_COLUMNS:
                near = finding.nearest[0].records[:1] if finding.nearest else ()
                places |= dict.fromkeys(p for each in (*finding.records, *near) if (p := _place(each, via)) is not None)
    by_document: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for document, page, box in list(places)[:_MOST]:
        by_document[document].append((page, box))
    views = {each.path: each.views for each in documents}
    found: dict[Place, Cutout] = {}
    for path, wanted in by_document.items():
        boxes = {(page, rectangle(box)): box for page, box in wanted}
        for (page, place), cut in _cut(folder, path, boxes, views.get(path, {})).items():
            found[path, page, boxes[page, place]] = cut
    return found


def rectangle(box: str) -> Rectangle:
    """The box of a record, as it is written, in points."""
    x0, top, x1, bottom = (float(each) for each in box.split(","))
    return x0, top, x1, bottom


def _place(record: RecordRef, via: str) -> Place | None:
    if record.via != via or record.page is None or record.box is None:
        return None
    return record.document, record.page, record.box


def _cut(
    folder: Path, path: str, boxes: Mapping[tuple[int, Rectangle], str], views: Mapping[int, View]
) -> Mapping[tuple[int, Rectangle], Cutout]:
    file = folder / path
    if not file.is_file():
        return {}
    try:
        return cut_outs(document_at(file), list(boxes), views)
    except AuditorError:
        return {}  # it was read before: what is wrong with it now, the next run tells
