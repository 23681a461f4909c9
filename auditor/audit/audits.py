"""An audit as Python has it: `run`, and its result as tables."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.audit.errors import BadEpoch, NoFolder
from auditor.audit.outputs import whole_or_not_at_all
from auditor.audit.pipeline import Options, audit_folder
from auditor.audit.previous import changes, earlier_run, with_decisions, written_before
from auditor.audit.previous_period.items import with_written
from auditor.audit.previous_period.reading import previous_audit
from auditor.audit.progress import Progress
from auditor.audit.setup import RuleNames, Setup, rules_in, set_up
from auditor.documents.collect import is_folder
from auditor.engine.duck import DuckEngine
from auditor.findings.model import AuditResult
from auditor.findings.statements import publish_decided
from auditor.reports import write_package, write_reports
from auditor.resources import NONE, OwnFiles, using

if TYPE_CHECKING:
    import pandas as pd


class Audit:
    """The result of an audit, as tables. Amounts are `decimal.Decimal`, dates `datetime.date`."""

    def __init__(self, result: AuditResult, output: Path | None, own: OwnFiles = NONE) -> None:
        self.result = result
        self.output = output
        self._own = own

    @cached_property
    def findings(self) -> pd.DataFrame:
        """A row an exception: code, severity, title, key, party, expected, actual, difference, amount, currency, date,
        explanation, status, derived_from, decision, reason, rule, id, and `records`, the places it rests on."""
        from auditor.reports.frames import findings_frame

        with using(self._own):
            return findings_frame(self.result)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """A row a file: path, status, layout, the number of its records, problems and broken proofs."""
        from auditor.reports.frames import documents_frame

        with using(self._own):
            return documents_frame(self.result)

    @cached_property
    def rules(self) -> pd.DataFrame:
        """A row a side of a rule: id, duty, status, reason, side, records, count, matched, explained, open, amounts."""
        from auditor.reports.frames import rules_frame

        with using(self._own):
            return rules_frame(self.result)

    @cached_property
    def statements(self) -> pd.DataFrame:
        """A row a line: statement, subject, label, role, amount, currency."""
        from auditor.reports.frames import statements_frame

        with using(self._own):
            return statements_frame(self.result)

    @cached_property
    def statement_tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables of the statements by `statement/subject/part`: a row a line, amounts as `decimal.Decimal`."""
        from auditor.reports.frames import statement_tables

        with using(self._own):
            return statement_tables(self.result)

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings, 2 the audit could not be completed."""
        return self.result.exit_code

    def __repr__(self) -> str:
        audit = self.result.audit
        first, last = audit.period
        return f"<Audit {audit.entity or ''} {first}..{last}: {len(self.result.open_findings)} open exceptions>"


def run(
    folder: str | os.PathLike[str],
    *,
    rules: RuleNames = None,
    layouts: str | os.PathLike[str] | None = None,
    period: str | None = None,
    output: str | os.PathLike[str] | None = None,
    parameters: Mapping[str, str] | None = None,
    only: Sequence[str] = (),
    lang: str = "en",
    workers: int | None = None,
    at: str | None = None,
    previous: str | os.PathLike[str] | None = None,
    package: bool = False,
    progress: Progress | None = None,
) -> Audit:
    """Audit a folder of documents.

    `rules` is a shipped rule set's name or a folder, or several of them; `layouts` a folder of layouts of one's own;
    `period` is `2026-10` or two days; all default to what `audit.yaml` in the folder says, `rules` else to those for
    which the documents speak. With `output`, findings.json, report.html,
    report.xlsx (in `lang`, zh or en) and audit.duckdb are written there, all or none. `previous` is the output folder
    of the audit of the period before, whose open items and balances are carried on (`.result.carried`), or of another
    run of this period to compare with (default: what `output` holds already; `.result.changes`). With `package` the
    period-end package is written beside the report, as a folder and a zip. `at` is the time of the run that the report
    shows (default: now). `workers` is the number of processes that read documents; 0 reads in this process.

    Raises an `auditor.errors.AuditorError` if nothing could be audited at all.
    """
    options = Options(
        rules=rules_in(rules),
        layouts=os.fspath(layouts) if layouts is not None else None,
        period=period,
        only=tuple(only),
        parameters=dict(parameters or {}),
        workers=workers,
        run_at=at or run_at(),
        output=Path(output) if output is not None else None,
    )
    before = Path(previous) if previous is not None else None
    place = Path(folder)
    if not is_folder(place):
        raise NoFolder(place.name, str(folder))  # before an output folder is made for nothing
    setup = set_up(place, options.rules, options.layouts)
    if before is not None:
        options = replace(options, previous=previous_audit(before, setup.settings.file.entity))
    with using(setup.own):
        if options.output is None:
            compared = _comparison(None, before, setup)
            return Audit(compared(audit_folder(place, setup, options, None, progress)), None, setup.own)
        with whole_or_not_at_all(options.output) as scratch:
            # first: a run that cannot keep what is there must not begin
            compared = _comparison(options.output, before, setup)
            database = scratch / "audit.duckdb"
            found = audit_folder(place, setup, options, database, progress)
            result = compared(found)
            if result.decided.standings:
                with closing(DuckEngine(database)) as engine:
                    publish_decided(engine, result.findings, found.findings)
            if progress:
                progress.stage("write", None)
            write_reports(result, scratch, lang)
            if package:
                write_package(result, place, scratch, lang)
    return Audit(result, options.output, setup.own)


def _comparison(output: Path | None, previous: Path | None, setup: Setup) -> Callable[[AuditResult], AuditResult]:
    """What puts into a result what people have decided, and what has changed since the earlier run."""
    own = earlier_run(output, None)
    earlier = earlier_run(None, previous) if previous else own
    written = written_before(output, previous, setup.settings.file.entity)
    then = written_before(previous, None, setup.settings.file.entity)

    def compared(result: AuditResult) -> AuditResult:
        decided = with_decisions(result, written)
        if decided.carried is not None:  # the named audit is of the period before: what changed is told of this one's
            items = with_written(decided.carried.items, (*then.decisions, *written.decisions))
            decided = replace(decided, carried=replace(decided.carried, items=items))
        of_this_period = own if decided.carried is not None else earlier
        return replace(decided, changes=changes(decided, of_this_period) if of_this_period else None)

    return compared


def run_at() -> str:
    """The time that a report shows: SOURCE_DATE_EPOCH if it is set, else now, as ISO 8601 to the second.

    Raises BadEpoch.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        when = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        raise BadEpoch("SOURCE_DATE_EPOCH", epoch) from error
    return (when or datetime.datetime.now().astimezone()).replace(microsecond=0).isoformat()
