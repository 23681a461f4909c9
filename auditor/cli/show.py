"""What a run shows: progress while it goes, a table at its end. Plain lines where nobody watches a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from auditor.cli.speech import LANGUAGE, say
from auditor.errors import AuditorError
from auditor.findings.model import AuditResult, Finding
from auditor.findings.text import amount_text

STAGES = {
    "collect": ("Collecting", "收集资料"),
    "read": ("Reading", "读取资料"),
    "store": ("Storing", "整理记录"),
    "check": ("Checking", "执行规则"),
    "find": ("Finding", "汇总例外"),
    "write": ("Writing", "生成报告"),
}
SEVERITIES = {"high": ("high", "高"), "medium": ("medium", "中"), "low": ("low", "低"), "info": ("info", "提示")}
MOST_ROWS = 100

out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err = Console(stderr=True, highlight=False, soft_wrap=True)


class Shown:
    """Progress of a run: a bar for each stage on a terminal, else a line for each stage."""

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._task: TaskID | None = None
        self._words = ""

    def __enter__(self) -> Shown:
        if err.is_terminal:
            self._bars = Progress(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                                  TimeElapsedColumn(), TextColumn("[dim]{task.fields[what]}"), console=err)
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars:
            self._finish()
            self._bars.stop()

    def _finish(self) -> None:
        if self._bars and self._task is not None:
            task = self._bars.tasks[self._task]
            self._bars.update(self._task, total=task.total or 1, completed=task.total or 1, what="")

    def stage(self, name: str, steps: int | None) -> None:
        """A stage begins."""
        self._words = say(*STAGES[name])
        if self._bars:
            self._finish()
            self._task = self._bars.add_task(self._words, total=steps, what="")
        else:
            err.print(self._words + (f" ({steps})" if steps else ""))

    def step(self, what: str) -> None:
        """A step is done."""
        if self._bars and self._task is not None:
            self._bars.update(self._task, advance=1, what=what[-48:])


def show_error(error: AuditorError) -> None:
    """An error, whole, on standard error."""
    err.print(error.message(LANGUAGE), markup=False)


def show_result(result: AuditResult, output: Path | None) -> None:
    """The exceptions, what was not read or not run, and where the report is."""
    findings = [f for f in result.findings if f.status in ("open", "carried") and f.severity != "info"]
    _unread(result)
    if findings:
        _table(findings[:MOST_ROWS])
    if len(findings) > MOST_ROWS:
        out.print(say(f"… and {len(findings) - MOST_ROWS} more: see the report", f"…… 另有 {len(findings) - MOST_ROWS} 项，见报告"))
    out.print(_verdict(result, findings))
    if output is not None:
        for name in ("report.html", "report.xlsx", "findings.json"):
            out.print(f"  {output / name}", markup=False)


def _table(findings: Sequence[Finding]) -> None:
    heads = (say("Code", "代码"), say("Severity", "级别"), say("Document", "单据"), say("Exception", "例外"),
             say("Difference", "差异"), say("Amount", "金额"))
    rows = [_row(finding) for finding in findings]
    if not out.is_terminal:
        for row in (heads, *rows):
            out.print("\t".join(row), markup=False)
        return
    table = Table(*heads[:4], box=None, pad_edge=False)
    for head in heads[4:]:
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(*row)
    out.print(table)


def _row(finding: Finding) -> tuple[str, ...]:
    difference = _signed(finding) if finding.difference is not None else ""
    amount = amount_text(finding.amount, finding.currency) if finding.amount is not None else ""
    if finding.currency not in (None, "CNY") and amount:
        amount += f" {finding.currency}"
    return (finding.code, say(*SEVERITIES[finding.severity]), finding.key, finding.title.in_(LANGUAGE), difference, amount)


def _signed(finding: Finding) -> str:
    assert finding.difference is not None
    text = amount_text(finding.difference, finding.currency)
    return text if text.startswith("-") else f"+{text}"


def _unread(result: AuditResult) -> None:
    for document in result.documents:
        if document.status in ("unreadable", "not recognised", "read with problems"):
            for problem in document.problems[:3]:
                err.print(str(problem[LANGUAGE]), markup=False)
            if len(document.problems) > 3:
                more = len(document.problems) - 3
                err.print(say(f"{document.path}: {more} more problems", f"{document.path}：另有 {more} 个问题"), markup=False)
    for problem in result.problems:
        err.print(str(problem[LANGUAGE]), markup=False)
    for rule in result.rules:
        if rule.status == "not run" and rule.reason:
            err.print(say("not run: ", "未执行：") + f"{rule.duty} {rule.title.in_(LANGUAGE)} ({rule.reason.in_(LANGUAGE)})", markup=False)


def _verdict(result: AuditResult, findings: Sequence[Finding]) -> str:
    high = sum(1 for finding in findings if finding.severity == "high")
    read = sum(1 for document in result.documents if document.status in ("read", "read with problems"))
    ran = sum(1 for rule in result.rules if rule.status in ("clean", "findings"))
    counts = {"n": len(findings), "high": high, "read": read, "all": len(result.documents), "ran": ran, "rules": len(result.rules)}
    return say("{n} exceptions, {high} of them high; {read} of {all} files read, {ran} of {rules} rules run",
               "例外 {n} 项，其中高 {high} 项；读取资料 {read}/{all} 份，执行规则 {ran}/{rules} 条").format(**counts)
