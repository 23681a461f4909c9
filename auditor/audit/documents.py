"""The reading of a folder's documents: collected, read in worker processes, in the order of their paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from auditor.audit.progress import Progress
from auditor.audit.settings import DocumentOverride, Settings, period_of
from auditor.audit.setup import set_up, settled_folder
from auditor.documents.collect import SourceDocument, collect, collect_file
from auditor.documents.collect import Status as Collected
from auditor.documents.continuity import with_continuity
from auditor.documents.model import Ignored, ReadDocument, Status
from auditor.documents.read import ReadOptions, read_document
from auditor.documents.workers import Result, map_documents
from auditor.errors import Place
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.resources import OwnFiles, own_files, using

SETTINGS_FILE = Text("settings of this audit", "本次审计的设置文件")


@dataclass(frozen=True, slots=True)
class Task:
    """A document and how it is to be read: what a worker is given."""

    source: SourceDocument
    options: ReadOptions
    own: OwnFiles


def read_folder(
    folder: Path,
    settings: Settings,
    progress: Progress,
    workers: int | None,
    output: Path | None,
    period: tuple[date, date] | None = None,
) -> list[ReadDocument]:
    """Every file of the folder as a `ReadDocument`, also those that are not read, with their status and reason.

    `period` is what is asked for, else that of the settings: it gives its year to dates that have none. The workers
    use the layouts and record types that hold here.
    """
    progress.stage("collect", None)
    sources = collect(folder, passwords=settings.passwords, output=output)
    left_out = {source.path: why for source in sources if (why := _left_out(source, settings, folder)) is not None}
    own = own_files()
    tasks = [
        Task(each, _options(each, settings, period), own)
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
    documents = [read.get(each.path) or _not_read(each, left_out.get(each.path)) for each in sources]
    return with_continuity(documents, record_types())


def read_paths(
    files: Sequence[Path], passwords: Sequence[str], rules: str | None = None, layouts: str | None = None
) -> list[ReadDocument]:
    """Single files, read in this process as the audit.yaml of a folder above them says; `rules` and `layouts` go before
    what it says. An archive or a folder gives all that is in it."""
    read: list[ReadDocument] = []
    for path in files:
        folder = settled_folder(path)
        setup = set_up(folder, rules, layouts)
        settings = setup.settings
        given = (*passwords, *settings.passwords)
        sources = collect(path, passwords=given) if path.is_dir() else collect_file(path, passwords=given)
        above = path if path.is_dir() else path.parent
        within = above.resolve().relative_to(folder) if folder else PurePosixPath()
        for each in sources:
            placed = replace(each, path=(within / each.path).as_posix())
            options = replace(_options(placed, settings), passwords=tuple(given))
            with using(setup.own):
                read.append(read_document(each, options=options))
    return with_continuity(read, record_types())


def read_task(task: Task) -> ReadDocument:
    """Read one document in a worker."""
    with using(task.own):
        return read_document(task.source, options=task.options)


def _document(result: Result[Task, ReadDocument]) -> ReadDocument:
    if result.value is not None:
        return result.value
    source = result.item.source
    problems = (result.problem,) if result.problem else ()
    return ReadDocument(source.path, source.sha256, Status.UNREADABLE, problems=problems)


def _left_out(source: SourceDocument, settings: Settings, folder: Path) -> Text | None:
    """Why a file is no document of this audit: audit.yaml leaves it out, or names it as a part of the settings."""
    override = _override(source, settings)
    if override and override.ignore:
        return Text(f"left out by audit.yaml: {override.ignore}", f"audit.yaml 指定忽略：{override.ignore}")
    named = (settings.file.rules, settings.file.layouts, settings.file.calendar)
    if source.path.casefold().endswith((".yaml", ".yml")) and any(named):
        place = (folder / source.path).resolve()
        if {place, *place.parents} & {(folder / name).resolve() for name in named if name}:
            return SETTINGS_FILE
    return None


def _not_read(source: SourceDocument, reason: Text | None) -> ReadDocument:
    if reason is not None:
        return ReadDocument(source.path, source.sha256, Status.IGNORED, ignored=(Ignored(source.path, reason, 0),))
    return read_document(source)


def _override(source: SourceDocument, settings: Settings) -> DocumentOverride | None:
    """The first entry of `documents:` in audit.yaml whose pattern fits the path."""
    return next((each for each in settings.file.documents if fnmatchcase(source.path, each.path)), None)


def _options(source: SourceDocument, settings: Settings, period: tuple[date, date] | None = None) -> ReadOptions:
    override = _override(source, settings)
    if period is None and settings.file.period:
        period = period_of(settings.file.period, Place("audit.yaml"))
    return ReadOptions(layout=override.layout if override else None, passwords=settings.passwords, period=period)
