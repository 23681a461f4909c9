"""The gallery of errors: one broken input for each error class, and how to provoke it.

A case is a folder named as the class. Its `case.yaml` says what is broken (`about`), which files are made on the spot
(`make: {file: maker}`, see makers.py), whether it `recognises` a picture, and how they are read: by one of the keys of `PROVOKERS`. `en.txt` and `zh.txt`
are what a user is told. `docs/errors.md` is generated from the same folders.
"""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import click
import makers
import openpyxl

import auditor
from auditor.audit.audits import run_at
from auditor.audit.batch.batches import BatchOptions, run_batch
from auditor.audit.batch.errors import AuditEnded
from auditor.audit.batch.folders import find_months
from auditor.audit.documents import read_paths
from auditor.audit.initial import write_settings
from auditor.audit.outputs import whole_or_not_at_all
from auditor.audit.settings import load_settings, period_of
from auditor.cli.commands import group
from auditor.cli.usage import told
from auditor.documents.collect import collect as collect_folder
from auditor.documents.collect import document_at
from auditor.documents.layouts.form_layouts import load_form
from auditor.documents.layouts.loader import load_layout
from auditor.documents.read import ReadOptions, read_document
from auditor.documents.readings.answering import answer_for
from auditor.documents.readings.loader import load_readings
from auditor.documents.readings.writing import append
from auditor.documents.recognition.matrices import matrix_of
from auditor.documents.storage import Limits
from auditor.documents.word_parts.lexicon import read_lexicon
from auditor.documents.words import ExtentWords, read_words
from auditor.documents.workers import map_documents
from auditor.engine import DuckEngine
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.marked_yaml import load
from auditor.records.loader import record_types
from auditor.rules.copying import copy_rule_set
from auditor.rules.loader import find_rule_set, load_rule_set
from auditor.rules.parameters import resolve_parameters
from auditor.strict_yaml import Mistakes
from auditor.values.calendar import load_calendar
from auditor.values.check_digits import invoice_number
from auditor.values.parsers import Declared, parser

GALLERY = Path(__file__).resolve().parent
OWN = ("case.yaml", "en.txt", "zh.txt")


@dataclass(frozen=True)
class Case:
    """One folder of the gallery."""

    name: str
    about: Text
    data: Mapping[str, Any]
    recognises: bool = False  # it reads a picture, which takes the extra `ocr`

    def golden(self, language: str) -> Path:
        return GALLERY / self.name / f"{language}.txt"


def cases() -> list[Case]:
    """All cases in the order of their names."""
    found = []
    for path in sorted(GALLERY.glob("*/case.yaml")):
        data = dict(load(path).data)
        about = data.pop("about")
        recognises = data.pop("recognises", False)
        found.append(Case(path.parent.name, Text(about["en"], about["zh"]), data, recognises))
    return found


def error_classes() -> dict[str, list[type[AuditorError]]]:
    """Every class that says something, by name. Bases say nothing: they have no `what`."""
    for path in sorted(Path(auditor.__file__).parent.rglob("*.py")):
        if path.stem == "errors" or path.name in ("calendar.py", "marked_yaml.py", "questions.py"):
            module = ".".join(path.relative_to(Path(auditor.__file__).parent).with_suffix("").parts)
            importlib.import_module(f"auditor.{module}")
    found: dict[str, list[type[AuditorError]]] = {}
    waiting: list[type[AuditorError]] = [AuditorError]
    seen: set[type[AuditorError]] = set()
    while waiting:
        kind = waiting.pop()
        if kind in seen:  # of several bases
            continue
        seen.add(kind)
        waiting += kind.__subclasses__()
        if hasattr(kind, "what") and kind.__module__.startswith("auditor."):
            found.setdefault(kind.__name__, []).append(kind)
    return dict(sorted(found.items()))


def provoke(case: Case) -> AuditorError:
    """The error that the broken input gives. AssertionError if it gives another, or none."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "input"
        shutil.copytree(GALLERY / case.name, folder, ignore=shutil.ignore_patterns(*OWN))
        data = dict(case.data)
        for name, maker in (data.pop("make", None) or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            getattr(makers, maker)(folder / name)
        (how,) = [key for key in data if key in PROVOKERS]
        with _inside(folder), _bounds(data.pop("bounds", {})):
            found = list(_flat(_provoked(PROVOKERS[how], data)))
    mine = [each for each in found if each.code == case.name]
    assert mine, f"{case.name} was not raised, but {[each.message('en') for each in found]}"
    return mine[0]


def _provoked(function: Callable[..., Iterator[AuditorError]], data: Mapping[str, Any]) -> list[AuditorError]:
    found: list[AuditorError] = []
    try:
        for each in function(**data):
            found.append(each)  # noqa: PERF402 - what was given before an error is raised is kept
    except AuditorError as error:
        found.append(error)
    return found


def _flat(errors: list[AuditorError]) -> Iterator[AuditorError]:
    for each in errors:
        yield each
        if isinstance(each, Mistakes):
            yield from _flat(list(each.errors))


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _bounds(bounds: Mapping[str, int | str | list[str]]) -> Iterator[None]:
    """Limits lowered, so that a small file goes beyond them, or places bent: `module:NAME: value`."""
    patches = [mock.patch.object(importlib.import_module(name.split(":")[0]), name.split(":")[1], value)
               for name, value in bounds.items()]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


# --- how a case is provoked -------------------------------------------------------------------------------------------


def _read(read: str, layout: str | None = None, passwords: tuple[str, ...] = ()) -> Iterator[AuditorError]:
    """One file, as `auditor read` does, or as audit.yaml says."""
    yield from read_document(document_at(Path(read)), options=ReadOptions(layout, tuple(passwords))).problems


def _matrix(matrix: str, record: str, down: str, across: str) -> Iterator[AuditorError]:
    """A file of which a table, whose header is its second line, is said to be a matrix."""
    decided = {("", 1, 2): matrix_of(record_types()[record], down, across)}
    yield from read_document(document_at(Path(matrix)), options=ReadOptions(decided=decided)).problems


def _asked(asked: str) -> Iterator[AuditorError]:
    """One file, of which a table is a question."""
    (document,) = read_paths([Path(asked)], (), workers=0)
    yield from document.problems


def _collect(collect: str, limits: Mapping[str, int] | None = None) -> Iterator[AuditorError]:
    """A folder with archives and links."""
    for each in collect_folder(Path(collect), limits=Limits(**(limits or {}))):
        yield from each.problems


def _value(value: str, kind: str, declared: Mapping[str, Any] | None = None) -> Iterator[AuditorError]:
    """One text of a cell, read as a field of some type."""
    problem = parser(kind, Declared(**(declared or {})))(value).problem
    if problem is not None:
        yield problem


def _invoice(invoice: str, issued: str) -> Iterator[AuditorError]:
    found = invoice_number(invoice, issued=date.fromisoformat(issued))
    if found is not None and found.problem is not None:
        yield found.problem


def _rules(rules: str, parameters: Mapping[str, str] | None = None) -> Iterator[AuditorError]:
    """A rule set, and parameters given for it."""
    rule_set = load_rule_set(find_rule_set(rules))
    yield from rule_set.errors
    yield from resolve_parameters(rule_set.manifest.parameters, parameters or {})[1]


def _copy(copy: str, into: str) -> Iterator[AuditorError]:
    """A rule set that is copied to begin another."""
    copy_rule_set(find_rule_set(copy), Path(into))
    yield from ()


def _audit(
    audit: str, in_period: str | None = None, with_rules: str | None = None, **options: Any
) -> Iterator[AuditorError]:
    """A whole audit. What it carries as problems is text by then: only what it raises is an error here."""
    auditor.run(audit, period=in_period, rules=with_rules, workers=0, at="2026-11-02T09:00:00+08:00", **options)
    yield from ()


def _busy(busy: str) -> Iterator[AuditorError]:
    """An output folder into which another audit is writing."""
    with whole_or_not_at_all(Path(busy)):
        try:
            with whole_or_not_at_all(Path(busy)):
                pass
        except AuditorError as error:
            yield error


def _batch(batch: str) -> Iterator[AuditorError]:
    """A batch of months: what it raises, what is wrong with its folders, and with each of its months."""
    yield from find_months(Path(batch)).problems
    options = BatchOptions(at="2026-11-02T09:00:00+08:00", jobs=1)
    done = run_batch(Path(batch), Path("out"), options)
    for month in done.overview.months:
        if month.error is not None and month.error["code"] == "AuditEnded":
            yield AuditEnded(month.error["place"], code=7)


def _init(init: str) -> Iterator[AuditorError]:

    write_settings(Path(init))
    yield from ()


def _problems(problems: str, with_rules: str | Path | None, output: Path | None = None) -> Iterator[AuditorError]:
    """An audit whose problem is named in its result, told by class, place and values again."""
    seen: list[AuditorError] = []
    original = AuditorError.as_dict

    def kept(self: AuditorError) -> Mapping[str, Any]:
        seen.append(self)
        return original(self)

    with mock.patch.object(AuditorError, "as_dict", kept):
        auditor.run(problems, rules=with_rules, output=output, workers=0, at="2026-11-02T09:00:00+08:00")
    yield from seen


def _decided(decided: str, written: Mapping[str, str], then: str | None = None) -> Iterator[AuditorError]:
    """What a person writes into the workbook of an audit beside its first exception, told by the next audit into the
    same folder, of `then` if that is another one."""
    rules = GALLERY.parent / "cli" / "inputs" / "rules"
    auditor.run(decided, rules=rules, output="out", lang="zh", workers=0, at="2026-11-02T09:00:00+08:00")
    book = openpyxl.load_workbook("out/report.xlsx")
    titles = {str(cell.value): int(cell.column) for cell in book["例外"][2]}
    for title, text in written.items():
        book["例外"].cell(3, titles[title]).value = text
    book.save("out/report.xlsx")
    yield from _problems(then or decided, rules, Path("out"))


def _command(command: list[str]) -> Iterator[AuditorError]:
    """A command line that is wrong, as `auditor` would tell it."""
    try:
        click.Group.main(group, command, prog_name="auditor", standalone_mode=False)
    except click.UsageError as error:
        yield told(error)


def _records(record_types_in: str) -> Iterator[AuditorError]:
    record_types(Path(record_types_in))
    yield from ()


def _layout(layout_file: str) -> Iterator[AuditorError]:
    source = Path(layout_file)
    (load_form if source.parent.name == "forms" else load_layout)(source, record_types())
    yield from ()


def _readings(reading_file: str, table: Mapping[str, Any] | None = None) -> Iterator[AuditorError]:
    """A file of answers, and a table that is looked up in it."""
    found = load_readings(Path(reading_file), record_types())
    yield from found.mistakes
    if table is not None:
        place = Place(table["path"], 1)
        problem = answer_for(found.readings, place, table["headers"], table["names"])[1]
        if problem is not None:
            yield problem


def _answer(answer_into: str, entry: Mapping[str, Any]) -> Iterator[AuditorError]:
    append(Path(answer_into), entry, answer_into)
    yield from ()


def _words(words_file: str) -> Iterator[AuditorError]:
    path = Path(words_file)
    read_lexicon(path) if path.stem == "parts" else read_words(path, ExtentWords)
    yield from ()


def _settings(settings_in: str) -> Iterator[AuditorError]:
    load_settings(Path(settings_in))
    yield from ()


def _yaml(yaml_file: str) -> Iterator[AuditorError]:
    load(Path(yaml_file))
    yield from ()


def _calendar(calendar: str, day: str | None = None) -> Iterator[AuditorError]:
    found = load_calendar(calendar, Path())
    if day is not None:
        found.working_number(date.fromisoformat(day))
    yield from ()


def _period(period: str) -> Iterator[AuditorError]:
    period_of(period, Place("--period"))
    yield from ()


def _engine(engine: str) -> Iterator[AuditorError]:
    with_engine = DuckEngine()
    try:
        with_engine.execute(engine)
    finally:
        with_engine.close()
    yield from ()


def _epoch(epoch: str) -> Iterator[AuditorError]:
    """The time of a run from the environment."""
    with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=epoch):
        run_at()
    yield from ()


def _changed(changed: str, to: str) -> Iterator[AuditorError]:
    """A file that somebody writes to between its hash and the end of its reading."""
    document = document_at(Path(changed))
    Path(changed).write_text(to, encoding="utf-8")
    document.check_unchanged()
    yield from ()


def _worker(worker: str, item: int, seconds: int) -> Iterator[AuditorError]:
    """A document whose reading ends the process, or does not end."""
    module, name = worker.split(":")
    for each in map_documents(getattr(importlib.import_module(module), name), [item], workers=1, seconds=seconds):
        if each.problem is not None:
            yield each.problem


PROVOKERS: Mapping[str, Callable[..., Iterator[AuditorError]]] = {
    "read": _read, "matrix": _matrix, "collect": _collect, "value": _value, "invoice": _invoice, "rules": _rules, "audit": _audit,
    "changed": _changed, "epoch": _epoch, "busy": _busy, "init": _init, "batch": _batch, "decided": _decided, "problems": _problems,
    "record_types_in": _records, "layout_file": _layout, "words_file": _words, "settings_in": _settings,
    "reading_file": _readings, "answer_into": _answer, "asked": _asked,
    "yaml_file": _yaml, "calendar": _calendar, "period": _period, "engine": _engine, "worker": _worker,
    "command": _command, "copy": _copy,
}  # fmt: skip
