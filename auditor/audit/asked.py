"""What documents say of their open tables: a status of their own, and a problem that is a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from auditor.documents.errors import (
    AmbiguousTable,
    NoTableFound,
    NothingKnown,
    TableNotRead,
    TableUnknown,
    TooFewHeaders,
)
from auditor.documents.headers import header_key
from auditor.documents.model import ReadDocument, Status
from auditor.documents.readings.confirmed import CompanyReadings
from auditor.documents.readings.errors import TableAsked
from auditor.documents.readings.families import OPEN, PlacedTable, is_open
from auditor.documents.recognition.hypotheses import Hypothesis
from auditor.documents.recognition.shapes import TableShape
from auditor.errors import AuditorError, Place
from auditor.records.model import RecordType

_OF_DOCUMENT = (NoTableFound, TooFewHeaders, NothingKnown)  # said where nothing of a document was recognised
_OF_TABLE = (TableNotRead, TableUnknown, AmbiguousTable)
_NEAR = 2  # lines between the place of a table and that of what was told of it
_FEW = 6  # headers that a question names


def with_questions(
    documents: Iterable[ReadDocument], readings: CompanyReadings, types: Mapping[str, RecordType]
) -> list[ReadDocument]:
    """The documents, each open table told as a question in the place of what was told of it; one of which nothing was
    read but questions are open is `asked`."""
    return [_with_questions(each, readings, types) for each in documents]


def is_read_whole(document: ReadDocument) -> bool:
    """Whether no table of a document, and nothing that may be one, was left unread since nobody knows what it is."""
    return not _unread(document) and not any(each.state in OPEN for each in document.tables)


def may_concern(document: ReadDocument, headers: Collection[str]) -> bool:
    """Whether an answer about tables with some headers (in normal form) may tell more of a document: it has an open
    table with one of them, or something that is not read and was unlike any type. Its other open tables need not be
    read again to be judged again."""
    tables = [each.shape for each in document.tables if each.state in OPEN]
    printed = {header_key(text) for shape in tables for texts in shape.texts for text in texts}
    if printed & set(headers):
        return True
    unread = _unread(document)
    if any(isinstance(each, _OF_DOCUMENT) for each in unread):
        return not tables
    return any(not any(_is_of(each, shape) for shape in tables) for each in unread)


def _unread(document: ReadDocument) -> list[AuditorError]:
    """What is told of a document, or of what may be tables of it, that was not read since nobody knows what it is."""
    return [each for each in document.problems if isinstance(each, (*_OF_DOCUMENT, *_OF_TABLE))]


def _with_questions(
    document: ReadDocument, readings: CompanyReadings, types: Mapping[str, RecordType]
) -> ReadDocument:
    shapes = [each for each in document.tables if is_open(PlacedTable(document.path, each), readings)]
    if not shapes:
        return document
    nothing_read = document.status is Status.NOT_RECOGNISED
    kept = [
        each
        for each in document.problems
        if not (nothing_read and isinstance(each, _OF_DOCUMENT))
        and not any(_is_of(each, table.shape) for table in shapes)
    ]
    asked = [_question(document.path, each.shape, each.hypotheses, types) for each in shapes]
    return replace(
        document, status=Status.ASKED if nothing_read else Status.WITH_PROBLEMS, problems=(*kept, *asked)
    )


def _is_of(problem: AuditorError, shape: TableShape) -> bool:
    """Whether a problem says of a table that it was not read."""
    if not isinstance(problem, _OF_TABLE) or problem.place is None:
        return False
    if shape.sheet and problem.place.member not in (None, shape.sheet):
        return False
    return problem.place.line is None or abs(problem.place.line - shape.first) <= _NEAR


def _place(path: str, shape: TableShape) -> Place:
    if shape.on_pages:
        return Place(path, None, None, f"page {shape.page}")
    return Place(path, shape.first, None, shape.sheet or None)


def _question(
    path: str, shape: TableShape, hypotheses: Sequence[Hypothesis], types: Mapping[str, RecordType]
) -> TableAsked:
    titles = [types[each.record].title for each in hypotheses if each.record in types][:2]
    headers = [each for each in shape.headers if each]
    found = ", ".join(headers[:_FEW]) + (" …" if len(headers) > _FEW else "")
    return TableAsked(
        _place(path, shape),
        found or None,
        rows=shape.rows,
        probably_en=" or ".join(f"“{each.en}”" for each in titles) or "nothing known",
        probably_zh="或".join(f"“{each.zh}”" for each in titles) or "未知的表",
    )
