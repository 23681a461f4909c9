"""The reading of a folder's documents: collected, read in worker processes, in the order of their paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc

from auditor.audit.asked import with_questions
from auditor.audit.progress import Progress, Silent
from auditor.audit.reading_task import Task, read_task
from auditor.audit.settings import DocumentEntry, Settings, period_of
from auditor.audit.setup import RuleNames, settled_folder, setup_for
from auditor.documents.collect import SourceDocument, collect, collect_file, is_folder
from auditor.documents.collect import Status as Collected
from auditor.documents.continuity import with_continuity
from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.identity import Identities
from auditor.documents.identity.around import folder_identities, with_names_around
from auditor.documents.model import Ignored, ReadDocument, Remark, Status
from auditor.documents.papers.day_orders import orders_by_folder
from auditor.documents.read import ReadOptions, knowledge_of, read_document
from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings
from auditor.documents.recognition.hypotheses import Decided
from auditor.documents.recognition.passes import settled
from auditor.documents.workers import Result, kept_workers, map_documents
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.resources import own_files

_DAY_FIRST = Text(
    "days are read day first, as other papers of the folder show", "日期按“日在前”读取，依据为文件夹内其他单据"
)
_MONTH_FIRST = Text(
    "days are read month first, as other papers of the folder show", "日期按“月在前”读取，依据为文件夹内其他单据"
)
SETTINGS_FILE = Text("settings of this audit", "本次审计的设置文件")


def read_folder(
    folder: Path,
    settings: Settings,
    progress: Progress,
    workers: int | None,
    output: Path | None,
    period: tuple[date, date] | None = None,
    readings: CompanyReadings = NO_READINGS,
) -> list[ReadDocument]:
    """Every file of the folder as a `ReadDocument`, also those that are not read, with their status and reason.

    `period` is what is asked for, else that of the settings: it gives its year to dates that have none; `readings` is
    what the company has confirmed. The workers use the layouts and record types that hold here.
    """
    documents = read_tables(folder, settings, progress, workers, output, period, readings)
    return _held_together(with_questions(documents, readings, record_types()), own_names(settings))


def read_tables(
    folder: Path,
    settings: Settings,
    progress: Progress,
    workers: int | None,
    output: Path | None,
    period: tuple[date, date] | None = None,
    readings: CompanyReadings = NO_READINGS,
    kept: Sequence[ReadDocument] = (),
) -> list[ReadDocument]:
    """The documents as `read_folder` gives them, but for what one statement says of another; those in `kept` have been
    read before and are taken as they are."""
    with kept_workers():  # what the folder tells is read in turns
        return _read_tables(folder, settings, progress, workers, output, period, readings, kept)


def _read_tables(
    folder: Path,
    settings: Settings,
    progress: Progress,
    workers: int | None,
    output: Path | None,
    period: tuple[date, date] | None,
    readings: CompanyReadings,
    kept: Sequence[ReadDocument],
) -> list[ReadDocument]:
    progress.stage("collect", None)
    sources = collect(folder, passwords=settings.passwords, output=output)
    left_out = {source.path: why for source in sources if (why := _left_out(source, settings, folder)) is not None}
    own = own_files()
    tasks = [
        Task(each, options_of(each, settings, period, readings), own)
        for each in sources
        if each.status is Collected.DOCUMENT and each.path not in left_out
    ]
    read = {each.path: each for each in kept}
    first = [each for each in tasks if each.source.path not in read]
    progress.stage("read", len(first))
    read |= {document.path: document for document in _read_all(first, workers, progress)}
    tasks = _with_days(tasks, read, workers)
    documents = [read.get(each.path) or _not_read(each, left_out.get(each.path)) for each in sources]
    again = partial(_read_again, tasks, workers)
    known = {each.path for each in kept}
    return settled(documents, knowledge_of(own_files(), readings), own_names(settings), again, known)


def _with_days(tasks: Sequence[Task], read: dict[str, ReadDocument], workers: int | None) -> list[Task]:
    """The tasks, those of papers that leave the order of day and month open with the one that other papers of the same
    issuer show. They are read again so, which is told; `read` takes them."""
    days = {path: each.days for path, each in read.items() if each.days is not None}
    orders = orders_by_folder(days)
    changed = {
        task.source.path: replace(
            task,
            options=replace(task.options, declared=replace(task.options.declared, date_order=orders[task.source.path])),
        )
        for task in tasks
        if task.source.path in orders and task.options.declared.date_order is None
    }
    for document in _read_all(list(changed.values()), workers, Silent()):
        remark = Remark(document.path, _DAY_FIRST if orders[document.path] == "dmy" else _MONTH_FIRST)
        read[document.path] = replace(document, remarks=(*document.remarks, remark))
    return [changed.get(task.source.path, task) for task in tasks]


def own_names(settings: Settings) -> tuple[str, ...]:
    """The names by which the settings call the company itself."""
    return (settings.file.entity,) if settings.file.entity else ()


def _held_together(documents: list[ReadDocument], own: Sequence[str] = ()) -> list[ReadDocument]:
    """What is known only when all documents are there: who is named around them, and which statement follows which."""
    types = record_types()
    known = folder_identities(documents, types, own)
    return with_continuity(with_names_around(documents, types, known), types, known)


def _read_again(
    tasks: Sequence[Task], workers: int | None, decided: Mapping[str, Decided]
) -> dict[str, ReadDocument]:
    """The documents of some paths with what the rest of the folder says that their tables are."""
    again = [
        replace(task, options=replace(task.options, decided=decided[task.source.path]))
        for task in tasks
        if task.source.path in decided
    ]
    return {document.path: document for document in _read_all(again, workers, Silent())}


def read_paths(
    files: Sequence[Path],
    passwords: Sequence[str],
    rules: RuleNames = None,
    layouts: str | None = None,
    workers: int | None = None,
) -> list[ReadDocument]:
    """Single files, read within the bounds of an audit as the audit.yaml of their folder or of one above it says
    (`settled_folder`): with its period, its layouts, its `documents:`, and its currency where a record names none.
    `rules` and `layouts` go before what it says; a file that it leaves out is read, with a remark. An archive or a
    folder gives all that is in it."""
    tasks: list[Task] = []
    settled: list[tuple[SourceDocument, Settings]] = []
    for path in files:
        folder = settled_folder(path)
        setup = setup_for(path, rules, layouts)
        given = (*passwords, *setup.settings.passwords)
        whole = is_folder(path)
        sources = collect(path, passwords=given) if whole else collect_file(path, passwords=given)
        above = path if whole else path.parent
        within = above.resolve().relative_to(folder) if folder else PurePosixPath()
        readings = replace(setup.reading.readings, within=within.as_posix() if within.parts else "")
        for each in sources:
            placed = replace(each, path=(within / each.path).as_posix())
            options = options_of(placed, setup.settings, readings=readings)
            tasks.append(Task(each, replace(options, passwords=given), setup.own))
            settled.append((placed, setup.settings))
    # two files may have one path, since each path begins at what was named: they are told apart by their places
    places = [place for place, task in enumerate(tasks) if task.source.status is Collected.DOCUMENT]
    read = dict(zip(places, _read_all([tasks[place] for place in places], workers, Silent()), strict=True))
    documents = [
        _as_settled(read.get(place) or read_document(task.source), *settled[place]) for place, task in enumerate(tasks)
    ]
    asked = [
        with_questions([each], task.options.readings, record_types())[0]
        for each, task in zip(documents, tasks, strict=True)
    ]
    return _held_together(asked)


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


def _as_settled(document: ReadDocument, source: SourceDocument, settings: Settings) -> ReadDocument:
    """A document with what audit.yaml says of it besides how it is read: the currency, and that it is left out; and
    with its path within the folder of audit.yaml, where a question is answered by it."""
    reason = _verdict(_entries(source, settings))[1]
    remarks = [Remark(document.path, _ignored(reason))] if reason is not None else []
    stated = "currency" in settings.file.model_fields_set
    records = {
        name: _in_currency(table, settings.file.currency) if stated else table
        for name, table in document.records.items()
    }
    problems = tuple(_placed(each, source.path) for each in document.problems)
    return replace(document, records=records, problems=problems, remarks=(*document.remarks, *remarks))


def _placed(problem: AuditorError, path: str) -> AuditorError:
    """A question with the path by which audit.yaml must name the document, wherever the file was named from."""
    if "path" not in problem.values:
        return problem
    return type(problem)(problem.place, problem.found, **{**problem.values, "path": path})


def _in_currency(table: pa.Table, currency: str) -> pa.Table:
    """Records with the currency of the audit where they name none, as an audit stores them."""
    if "currency" not in table.column_names:
        return table
    place = table.column_names.index("currency")
    return table.set_column(place, table.field(place), pc.fill_null(table.column(place), currency))


def _document(result: Result[Task, ReadDocument]) -> ReadDocument:
    if result.value is not None:
        return result.value
    source = result.item.source
    problems = (result.problem,) if result.problem else ()
    return ReadDocument(source.path, source.sha256, Status.UNREADABLE, problems=problems)


def _left_out(source: SourceDocument, settings: Settings, folder: Path) -> Text | None:
    """Why a file is no document of this audit: audit.yaml leaves it out, or names it as a part of the settings."""
    ignore = _verdict(_entries(source, settings))[1]
    if ignore is not None:
        return _ignored(ignore)
    named = (*settings.rule_sets, settings.file.layouts, settings.file.calendar, settings.file.reading)
    if source.path.casefold().endswith((".yaml", ".yml")) and any(named):
        place = (folder / source.path).resolve()
        if {place, *place.parents} & {(folder / name).resolve() for name in named if name}:
            return SETTINGS_FILE
    return None


def _ignored(reason: str) -> Text:
    return Text(f"left out by audit.yaml: {reason}", f"audit.yaml 指定忽略：{reason}")


def _not_read(source: SourceDocument, reason: Text | None) -> ReadDocument:
    if reason is not None:
        return ReadDocument(source.path, source.sha256, Status.IGNORED, ignored=(Ignored(source.path, reason, 0),))
    return read_document(source)


def _entries(source: SourceDocument, settings: Settings) -> list[DocumentEntry]:
    """The entries of `documents:` in audit.yaml whose pattern fits the path, in their order."""
    return [each for each in settings.file.documents if fnmatchcase(source.path, each.path)]


def _verdict(entries: Sequence[DocumentEntry]) -> tuple[str | None, str | None]:
    """The layout that a file must be read by, and why it is left out: of the first entry that says either of both."""
    said = next((each for each in entries if each.layout is not None or each.ignore is not None), None)
    return (said.layout, said.ignore) if said else (None, None)


def _declared(entries: Sequence[DocumentEntry]) -> Declarations:
    """What the entries declare of a document: each key as the first entry states it that states it at all."""
    declared = NOTHING_DECLARED
    for entry in entries:
        stated = {each.name: getattr(entry, each.name) for each in fields(Declarations)}
        declared = declared.or_else(Declarations(**stated))
    return declared


def options_of(
    source: SourceDocument,
    settings: Settings,
    period: tuple[date, date] | None = None,
    readings: CompanyReadings = NO_READINGS,
) -> ReadOptions:
    """How a document is to be read by what audit.yaml says of its path. `period` goes before that of the settings."""
    entries = _entries(source, settings)
    if period is None and settings.file.period:
        period = period_of(settings.file.period, settings.place("period"))
    return ReadOptions(
        layout=_verdict(entries)[0],
        passwords=settings.passwords,
        period=period,
        declared=_declared(entries),
        identities=Identities(own=own_names(settings)),
        readings=readings,
    )
