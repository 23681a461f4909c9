"""The reading of a folder's documents: collected, read in worker processes, in the order of their paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from auditor.audit.progress import Progress
from auditor.audit.settings import DocumentOverride, Settings, period_of
from auditor.documents.collect import SourceDocument, collect, collect_file
from auditor.documents.collect import Status as Collected
from auditor.documents.model import Ignored, ReadDocument, Status
from auditor.documents.read import ReadOptions, read_document
from auditor.documents.workers import Result, map_documents
from auditor.errors import Place
from auditor.languages import Text


@dataclass(frozen=True, slots=True)
class Task:
    """A document and how it is to be read: what a worker is given."""

    source: SourceDocument
    options: ReadOptions


def read_folder(
    folder: Path, settings: Settings, progress: Progress, workers: int | None, output: Path | None
) -> list[ReadDocument]:
    """Every file of the folder as a `ReadDocument`, also those that are not read, with their status and reason."""
    progress.stage("collect", None)
    sources = collect(folder, passwords=settings.passwords, output=output)
    left_out = {source.path: over for source in sources if (over := _override(source, settings)) and over.ignore}
    tasks = [
        Task(each, _options(each, settings))
        for each in sources
        if each.status is Collected.DOCUMENT and each.path not in left_out
    ]
    progress.stage("read", len(tasks))
    results = map_documents(
        read_task,
        tasks,
        workers=workers,
        progress=lambda _, task: progress.step(task.source.path),
        weight=lambda task: task.source.size,
    )
    read = {result.item.source.path: _document(result) for result in results}
    return [read.get(each.path) or _not_read(each, left_out.get(each.path)) for each in sources]


def read_paths(files: Sequence[Path], passwords: Sequence[str]) -> list[ReadDocument]:
    """Single files, read in this process. An archive or a folder gives all that is in it."""
    options = ReadOptions(passwords=tuple(passwords))
    sources: list[SourceDocument] = []
    for path in files:
        sources += collect(path, passwords=passwords) if path.is_dir() else collect_file(path, passwords=passwords)
    return [read_document(each, options=options) for each in sources]


def read_task(task: Task) -> ReadDocument:
    """Read one document in a worker."""
    return read_document(task.source, options=task.options)


def _document(result: Result[Task, ReadDocument]) -> ReadDocument:
    if result.value is not None:
        return result.value
    source = result.item.source
    problems = (result.problem,) if result.problem else ()
    return ReadDocument(source.path, source.sha256, Status.UNREADABLE, problems=problems)


def _not_read(source: SourceDocument, override: DocumentOverride | None) -> ReadDocument:
    if override and override.ignore:
        reason = Text(f"left out by audit.yaml: {override.ignore}", f"audit.yaml 指定忽略：{override.ignore}")
        return ReadDocument(source.path, source.sha256, Status.IGNORED, ignored=(Ignored(source.path, reason, 0),))
    return read_document(source)


def _override(source: SourceDocument, settings: Settings) -> DocumentOverride | None:
    """The first entry of `documents:` in audit.yaml whose pattern fits the path."""
    return next((each for each in settings.file.documents if fnmatchcase(source.path, each.path)), None)


def _options(source: SourceDocument, settings: Settings) -> ReadOptions:
    override = _override(source, settings)
    period = period_of(settings.file.period, Place("audit.yaml")) if settings.file.period else None
    return ReadOptions(layout=override.layout if override else None, passwords=settings.passwords, period=period)
