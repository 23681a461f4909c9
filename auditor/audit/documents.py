"""The reading of a folder's documents: collected, read in worker processes, in the order of their paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from auditor.audit.progress import Progress, Silent
from auditor.audit.reading_task import Task, read_task
from auditor.audit.settings import DocumentOverride, Settings, period_of
from auditor.audit.setup import set_up, settled_folder
from auditor.documents.collect import SourceDocument, collect, collect_file, is_folder
from auditor.documents.collect import Status as Collected
from auditor.documents.continuity import with_continuity
from auditor.documents.model import Ignored, ReadDocument, Status
from auditor.documents.read import ReadOptions, read_document
from auditor.documents.workers import Result, map_documents
from auditor.errors import Place
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.resources import own_files

SETTINGS_FILE = Text("settings of this audit", "本次审计的设置文件")


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
    read = {document.path: document for document in _read_all(tasks, workers, progress)}
    documents = [read.get(each.path) or _not_read(each, left_out.get(each.path)) for each in sources]
    return with_continuity(documents, record_types())


def read_paths(
    files: Sequence[Path],
    passwords: Sequence[str],
    rules: str | None = None,
    layouts: str | None = None,
    workers: int | None = None,
) -> list[ReadDocument]:
    """Single files, read as the audit.yaml of a folder above them says and within the bounds of an audit; `rules` and
    `layouts` go before what it says. An archive or a folder gives all that is in it."""
    tasks: list[Task] = []
    for path in files:
        folder = settled_folder(path)
        setup = set_up(folder, rules, layouts)
        given = (*passwords, *setup.settings.passwords)
        whole = is_folder(path)
        sources = collect(path, passwords=given) if whole else collect_file(path, passwords=given)
        above = path if whole else path.parent
        within = above.resolve().relative_to(folder) if folder else PurePosixPath()
        for each in sources:
            placed = replace(each, path=(within / each.path).as_posix())
            tasks.append(Task(each, replace(_options(placed, setup.settings), passwords=given), setup.own))
    # two files may have one path, since each path begins at what was named: they are told apart by their places
    asked = [place for place, task in enumerate(tasks) if task.source.status is Collected.DOCUMENT]
    read = dict(zip(asked, _read_all([tasks[place] for place in asked], workers, Silent()), strict=True))
    documents = [read.get(place) or read_document(task.source) for place, task in enumerate(tasks)]
    return with_continuity(documents, record_types())


def _read_all(tasks: Sequence[Task], workers: int | None, progress: Progress) -> Iterator[ReadDocument]:
    """The one door to the readers: worker processes, each document within its bounds of time and memory."""
    results = map_documents(
        read_task,
        tasks,
        workers=workers,
        progress=lambda _, task: progress.step(task.source.path),
        weight=lambda task: task.source.size,
    )
    return map(_document, results)


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
