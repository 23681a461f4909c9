"""The reading of a folder's documents: collected, read in worker processes, in the order of their paths."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from auditor.audit.progress import Progress
from auditor.audit.settings import DocumentOverride, Settings
from auditor.documents.collect import SourceDocument, collect
from auditor.documents.collect import Status as Collected
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document, unread
from auditor.documents.workers import map_documents
from auditor.languages import Text
from auditor.records.model import RecordType


def read_folder(
    folder: Path,
    settings: Settings,
    types: Mapping[str, RecordType],
    progress: Progress,
    workers: int | None,
    output: Path | None,
) -> list[ReadDocument]:
    """Every file of the folder as a `ReadDocument`, also those that are not read, with their status and reason."""
    progress.stage("collect", None)
    sources = collect(folder, passwords=settings.passwords, output=output)
    to_read = [each for each in sources if _is_read(each, settings)]
    progress.stage("read", len(to_read))
    items = [(each, _options(each, settings)) for each in to_read]
    read = {
        result.item[0].path: result.value if result.value is not None else unread(result.item[0], result.problem)
        for result in map_documents(_read, items, workers=workers, progress=progress.step)
    }
    return [read.get(each.path) or _not_read(each, settings) for each in sources]


def _read(item: tuple[SourceDocument, ReadOptions]) -> ReadDocument:
    return read_document(*item)
