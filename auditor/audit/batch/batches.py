"""A batch: finds the months, audits those that are not done yet, and writes the overview of them all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import auditor
from auditor import interrupts
from auditor.audit.audits import run_at
from auditor.audit.batch.fingerprints import fingerprint
from auditor.audit.batch.folders import FoundFolders, MonthFolder, find_months, shown_root
from auditor.audit.batch.processes import Processes, processes
from auditor.audit.batch.state import remember, remembered, summary_in
from auditor.audit.outputs import whole_or_not_at_all
from auditor.audit.progress import Progress, Silent
from auditor.audit.settings import period_of
from auditor.audit.setup import Setup, set_up
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.reports.overview import OVERVIEW_FILES, write_overview
from auditor.reports.overview.model import Month, MonthSummary, Overview
from auditor.rules.folders import find_rule_set


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What a batch is asked for, of each of its months. What is empty comes from the months' `audit.yaml`."""

    rules: tuple[str, ...] = ()
    layouts: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    lang: str = "en"
    at: str = ""
    jobs: int | None = None  # audits at a time; None: one for each core
    again: bool = False  # audit also what is done


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch came to: the overview, and how many months were audited now (the others had been done before)."""

    overview: Overview
    audited: int


def run_batch(root: Path, output: Path, options: BatchOptions, progress: Progress | None = None) -> Batch:
    """Audit all months below `root`, each into its own folder of `output`, and write the overview into `output`.

    A month that cannot be audited is told in the overview, and the others go on. One whose inputs, rule set and program
    are those of an earlier batch is not audited again. Raises NoFolder, NoMonths, NoSuchRuleSet, OutputNotWritable and
    OutputBusy, if nothing can be done at all.
    """
    progress = progress or Silent()
    found = find_months(root, output)
    for name in options.rules:
        find_rule_set(name)  # a slip of the pen should not become an error of each month
    with whole_or_not_at_all(output, OVERVIEW_FILES) as scratch:
        months, audited = _audited(found, output, options, progress)
        overview = Overview(
            title=shown_root(root.resolve()),
            auditor=auditor.__version__,
            run_at=options.at or run_at(),
            months=tuple(sorted(months, key=lambda each: (each.entity, each.label, each.folder))),
            problems=tuple(dict(each.as_dict()) for each in found.problems),
            remarks=found.remarks,
        )
        progress.stage("write", None)
        write_overview(overview, scratch, options.lang)
    return Batch(overview, audited)


def _audited(
    found: FoundFolders, output: Path, options: BatchOptions, progress: Progress
) -> tuple[list[Month], int]:
    """The months with what became of them, and how many were audited now."""
    progress.stage("audit", len(found.months))
    done: list[Month] = []
    waiting: dict[Future[dict[str, Any]], _Waiting] = {}
    with processes(options.jobs or os.cpu_count() or 1) as running:
        for each in found.months:
            interrupts.check()
            month = _begun(each, output, options, running, waiting)
            if month is not None:
                done.append(month)
                progress.step(each.shown)
        audited = 0
        for future in as_completed(waiting):
            interrupts.check()
            done.append(waiting[future].finished(future.result()))
            audited += done[-1].summary is not None
            progress.step(waiting[future].folder.shown)
    return done, audited


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A month that is being audited."""

    folder: MonthFolder
    output: Path
    fingerprint: str
    remarks: tuple[Text, ...]

    def finished(self, answer: Mapping[str, Any]) -> Month:
        if "summary" not in answer:
            return _failed(self.folder, answer["error"])
        summary = summary_in(answer["summary"])
        remember(self.output, self.fingerprint, summary)
        interrupts.now_partly_written()
        return _month(self.folder, summary, self.remarks)


def _begun(
    folder: MonthFolder,
    output: Path,
    options: BatchOptions,
    running: Processes,
    waiting: dict[Future[dict[str, Any]], _Waiting],
) -> Month | None:
    """The month if it is done already or cannot be audited; else None, and it is among those `waiting`."""
    target = output / folder.shown
    try:
        setup = set_up(folder.path, options.rules, options.layouts)
        asked = _asked(folder, setup, options)
        known = fingerprint(folder.path, setup, asked, target)
    except AuditorError as error:
        return _failed(folder, error.as_dict())
    remarks = _remarks(folder, setup)
    summary = None if options.again else remembered(target, known)
    if summary is not None:
        return _month(folder, summary, remarks)
    job = {**asked, "folder": str(folder.path), "output": str(target), "at": options.at or run_at()}
    waiting[running.start(folder.shown, job)] = _Waiting(folder, target, known, remarks)
    return None


def _asked(folder: MonthFolder, setup: Setup, options: BatchOptions) -> dict[str, Any]:
    """What the audit of a month is asked for; the period of its folder's name where its audit.yaml states none."""
    return {
        "rules": list(options.rules),
        "layouts": options.layouts,
        "parameters": dict(options.parameters),
        "lang": options.lang,
        "period": None if setup.settings.file.period else folder.period,
    }


def _remarks(folder: MonthFolder, setup: Setup) -> tuple[Text, ...]:
    """That the name of a folder and its audit.yaml state different periods."""
    stated = setup.settings.file.period
    if not stated or not folder.period or period_of(stated, Place("period")) == period_of(folder.period, Place("name")):
        return ()
    return (
        Text(
            f"the folder's name says {folder.period}, its audit.yaml {stated}; audited was {stated}",
            f"文件夹名称为 {folder.period}，audit.yaml 写明 {stated}；按 {stated} 审核",
        ),
    )


def _month(folder: MonthFolder, summary: MonthSummary, remarks: tuple[Text, ...]) -> Month:
    return Month(folder.shown, folder.company, folder.period, summary, None, remarks)


def _failed(folder: MonthFolder, error: Mapping[str, Any]) -> Month:
    return Month(folder.shown, folder.company, folder.period, None, dict(error))
