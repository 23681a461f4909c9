"""The document that is made of what its pages gave: its status, and what is said of what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from auditor.documents.collect import SourceDocument
from auditor.documents.collect import Status as Collected
from auditor.documents.cutouts import View
from auditor.documents.errors import (
    AmbiguousTable,
    HiddenTextOnly,
    NoTableFound,
    NothingKnown,
    RecogniserMissing,
    ScanWithoutText,
    TooFewHeaders,
    TooManyScans,
)
from auditor.documents.gathering import Gathered, are_left_out
from auditor.documents.model import Ignored, ReadDocument, Remark, Status
from auditor.documents.pages import Grid, ReadPages, StatedPage, WordPage
from auditor.documents.record_tables import rows_as_table
from auditor.documents.tables.bands import first_words, looks_like_table
from auditor.documents.tables.surroundings import GridResult
from auditor.documents.tables.unread_tables import missing_headers, not_read
from auditor.documents.texts import texts_of
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.records.model import RecordType

_LOOKED_AT = 200  # rows of a sheet that nothing knows
_FROM_COLLECTING = {
    Collected.DUPLICATE: Status.DUPLICATE,
    Collected.IGNORED: Status.IGNORED,
    Collected.UNPACKED: Status.IGNORED,
    Collected.PARTLY: Status.WITH_PROBLEMS,
    Collected.NOT_RECOGNISED: Status.NOT_RECOGNISED,
    Collected.UNREADABLE: Status.UNREADABLE,
}
_UNSEEN = (RecogniserMissing, ScanWithoutText, TooManyScans, HiddenTextOnly)  # pages that show nothing to read
_UNPACKED = Text("archive: its members are read", "压缩包，其成员已分别读取")


def unread_document(source: SourceDocument) -> ReadDocument:
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


def made_document(source: SourceDocument, pages: ReadPages, found: Gathered) -> ReadDocument:
    """The document of all that its pages gave, with its status and what is said of what was not read."""
    types = record_types()
    records = {name: pa.concat_tables(tables) for name, tables in found.records.items()}
    for name, rows in found.rows.items():
        if rows:
            table = rows_as_table(types[name], rows)
            records[name] = pa.concat_tables([records[name], table]) if name in records else table
    recognised = bool(records) or bool(found.layouts)
    left_out = not recognised and not found.nearest and are_left_out(found.readings)
    left_out = left_out or (found.running and not recognised)
    told = (AmbiguousTable, *(_UNSEEN if not found.rows_seen else ()))
    if not recognised and not left_out and not any(isinstance(problem, told) for problem in found.problems):
        found.problems.append(_nothing_found(source, found, types))
    if recognised:
        for grid, result in found.nearest:
            _tell_of_sheet(source, grid, result, types, found)
    status = Status.WITH_PROBLEMS if found.problems else Status.READ
    if not recognised:
        status = Status.IGNORED if left_out and not found.problems else Status.NOT_RECOGNISED
        if any(isinstance(problem, RecogniserMissing) for problem in found.problems):
            status = Status.UNREADABLE
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
        days=found.days,
        strange=tuple(found.strange),
        recogniser=_recogniser(pages),
        views=_views(pages),
        texts=_unread_texts(pages, found, recognised=recognised or (left_out and not found.running)),
    )


def _views(pages: ReadPages) -> dict[int, View]:
    """How the pages that were recognised were set upright, by number."""
    seen = (page for page in pages.pages if isinstance(page, WordPage) and page.recogniser)
    return {page.number: View(page.width, page.height, page.steps) for page in seen}


def _recogniser(pages: ReadPages) -> str | None:
    found = (page.recogniser for page in pages.pages if isinstance(page, WordPage))
    return next((name for name in found if name), None)


def _unread_texts(pages: ReadPages, found: Gathered, *, recognised: bool) -> frozenset[str] | None:
    """The texts of what was read and not recognised: of the whole document, or of the sheets and tables of one of which
    others are records. None if there is no such part, or if nothing may be concluded from it."""
    if not recognised:
        return None if pages.problems else texts_of([page for page in pages.pages if not isinstance(page, StatedPage)])
    return texts_of(found.unread) if found.unread else None


_ONLY_TEXT = Text("this sheet holds text and no table: not read", "该工作表只有文字，没有表格，未读取")


def _tell_of_sheet(
    source: SourceDocument, grid: Grid, result: GridResult, types: Mapping[str, RecordType], found: Gathered
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


def _nothing_found(source: SourceDocument, found: Gathered, types: Mapping[str, RecordType]) -> AuditorError:
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
