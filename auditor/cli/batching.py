"""What `auditor batch` prints: a line a month, and where the overview is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from auditor.audit.batch.batches import Batch, BatchOptions, run_batch
from auditor.cli.show import Shown, err, near, out
from auditor.cli.speech import LANGUAGE, say
from auditor.reports.figures import money
from auditor.reports.overview import OVERVIEW_FILES
from auditor.reports.overview.model import COUNTED, Month
from auditor.reports.words import words

_TEXTS = 3  # columns before those of figures


def batch_folders(folder: Path, output: Path, **options: Any) -> int:
    """Audit the months below a folder, print what became of them, and give the exit code."""
    with Shown() as progress:
        batch = run_batch(folder, output, BatchOptions(lang=LANGUAGE, **options), progress)
    _show(batch)
    for name in OVERVIEW_FILES:
        out.print(f"  {near(output) / name}", markup=False)
    return batch.overview.exit_code


def _show(batch: Batch) -> None:
    overview, known = batch.overview, words()
    for problem in overview.problems:
        err.print(str(problem[LANGUAGE]), markup=False)
    for remark in overview.remarks:
        err.print(remark.in_(LANGUAGE), markup=False)
    names = ("entity", "period", "can_we_close")
    heads = [known[name].in_(LANGUAGE) for name in names]
    heads += [known.of("severities", word).in_(LANGUAGE) for word in COUNTED]
    more = ("money_at_stake", "not_read_n", "questions_n", "not_run_n")
    heads += [known[name].in_(LANGUAGE) for name in more]
    _table(heads, [_line(each) for each in overview.months])
    for month in overview.months:
        if month.error is not None:
            err.print(f"{month.folder}: {month.error[LANGUAGE]}", markup=False)
    failed = sum(not each.summary for each in overview.months)
    counts = {"n": len(overview.months), "now": batch.audited, "failed": failed}
    counts["clear"] = sum(each.state == "clear" for each in overview.months)
    out.print(
        say(
            "{n} months: {clear} can be closed; {now} audited now, {failed} could not be audited",
            "共 {n} 个月份：可以关账 {clear} 个；本次审核 {now} 个，未能审核 {failed} 个",
        ).format(**counts)
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not out.is_terminal:
        for row in (heads, *rows):
            out.print("\t".join(row), markup=False)
        return
    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place < _TEXTS else "right", overflow="fold")
    for row in rows:
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    out.print(table)


def _line(month: Month) -> list[str]:
    summary, state = month.summary, words().of("overview_states", month.state).in_(LANGUAGE)
    if summary is None:
        return [month.entity, month.label, state]
    stakes = "; ".join(f"{row.currency} {money(row.gross, row.currency)}" for row in summary.money)
    counts = [str(summary.open[word]) for word in COUNTED]
    rest = [len(summary.unread), summary.questions, len(summary.not_run)]
    return [month.entity, month.label, state, *counts, stakes, *map(str, rest)]
