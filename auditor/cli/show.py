"""What a run shows: progress while it goes, a table at its end. Plain lines where nobody watches a terminal."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

import auditor
from auditor.cli.errors import ProgramFault
from auditor.cli.findings_table import amount_of, key_of, print_findings
from auditor.cli.speech import LANGUAGE, say
from auditor.errors import AuditorError

if TYPE_CHECKING:  # help and usage errors need none of the engine, and come at once without it
    from auditor.findings.carried_over import CarriedOver
    from auditor.findings.decided import Decided
    from auditor.findings.model import AuditResult, Changes, Finding, RuleResult

STAGES = {
    "audit": ("Auditing", "审核各文件夹"),
    "collect": ("Collecting", "收集资料"),
    "read": ("Reading", "读取资料"),
    "store": ("Storing", "整理记录"),
    "check": ("Checking", "执行规则"),
    "find": ("Finding", "汇总例外"),
    "write": ("Writing", "生成报告"),
}
ITEM_STATES = ("found", "carried", "settled", "decided")
MOST_FIXED = 20
MOST_NOT_RUN = 8
MOST_KINDS = 6  # of untested papers
MOST_PROBLEMS = 3  # of a document; the report has them all


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """The reader of the output has gone: `main` ends the program without a word."""
        raise BrokenPipeError


out = _Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err = _Console(stderr=True, highlight=False, soft_wrap=True)


class Shown:
    """Progress of a run: a bar for each stage on a terminal, else a line for each stage."""

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Shown:
        if err.is_terminal:
            self._bars = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("[dim]{task.fields[what]}"),
                console=err,
            )
            self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._bars:
            if kind is None:
                self._finish()
            self._bars.stop()

    def _finish(self) -> None:
        if self._bars and self._task is not None:
            task = self._bars.tasks[self._task]
            self._bars.update(self._task, total=task.total or 1, completed=task.total or 1, what="")

    def stage(self, name: str, steps: int | None) -> None:
        """A stage begins."""
        words = say(*STAGES[name])
        if self._bars:
            self._finish()
            self._task = self._bars.add_task(words, total=steps, what="")
        else:
            err.print(words + (f" ({steps})" if steps else ""))

    def step(self, what: str) -> None:
        """A step is done."""
        if self._bars and self._task is not None:
            self._bars.update(self._task, advance=1, what=what[-48:].replace("[", r"\["))


# --- what went wrong ---


def show_error(error: AuditorError) -> None:
    """An error, whole, on standard error."""
    err.print(error.message(LANGUAGE), markup=False)


def show_fault(error: Exception) -> None:
    """The last resort: what nobody thought of, without a traceback."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    where = " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    show_error(ProgramFault("auditor", where, reason=reason, version=auditor.__version__))


# --- the end of a run ---


def show_result(result: AuditResult, output: Path | None, packaged: bool = False) -> None:
    """The exceptions, what was not read or not run, what has changed, and where the report is."""
    from auditor.reports.sets import sets_in_words

    findings = result.open_findings
    out.print(say("rule set: ", "规则集：") + sets_in_words(result.audit).in_(LANGUAGE), markup=False)
    _unread(result)
    new = frozenset(result.changes.new) if result.changes else frozenset()
    if findings:
        print_findings(out, findings, new, marked=result.changes is not None)
    out.print(_verdict(result, findings))
    if result.untested:
        _untested(result)
    if result.questions:
        count = len(result.questions)
        words = say(
            "1 question is open: `auditor map FOLDER` asks what a table is" if count == 1
            else f"{count} questions are open: `auditor map FOLDER` asks what tables are",
            f"有 {count} 个问题未回答：用 `auditor map 文件夹` 说明各表是什么",
        )  # fmt: skip
        out.print(words, markup=False)
    if result.decided.standings or result.decided.kept:
        _decided(result.decided)
    if result.carried is not None:
        _carried(result.carried)
    if result.changes is not None:
        _changes(result.changes)
    if output is not None:
        for name in ("report.html", "report.xlsx", "findings.json", *(["package.zip"] if packaged else [])):
            out.print(f"  {near(output) / name}", markup=False)


def near(path: Path) -> Path:
    """The path as seen from here, if it lies below here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _unread(result: AuditResult) -> None:
    for document in result.documents:
        if document.not_whole:
            for problem in document.problems[:MOST_PROBLEMS]:
                err.print(str(problem[LANGUAGE]), markup=False)
            more = len(document.problems) - MOST_PROBLEMS
            if more > 0:
                words = say(f"{document.path}: {more} more problems", f"{document.path}：另有 {more} 个问题")
                err.print(words, markup=False)
    for problem in (*result.problems, *result.decided.problems):
        err.print(str(problem[LANGUAGE]), markup=False)
    _not_run([rule for rule in result.rules if rule.status == "not run" and rule.reason])


def _not_run(rules: Sequence[RuleResult]) -> None:
    """Each rule that was not run with its reason; of many only how many: a small folder lacks the documents of most."""
    if len(rules) > MOST_NOT_RUN:
        words = say(
            f"not run: {len(rules)} rules whose documents are not here; the report names them",
            f"未执行：{len(rules)} 条规则缺少资料，详见报告",
        )
        err.print(words, markup=False)
        return
    for rule in rules:
        assert rule.reason is not None
        words = f"{rule.duty} {rule.title.in_(LANGUAGE)} ({rule.reason.in_(LANGUAGE)})"
        err.print(say("not run: ", "未执行：") + words, markup=False)


def _verdict(result: AuditResult, findings: Sequence[Finding]) -> str:
    from auditor.reports.proof_ranks import READ, broken_proofs

    states = [document.status for document in result.documents]
    counts = {
        "n": len(findings),
        "high": sum(1 for finding in findings if finding.severity == "high"),
        "read": sum(state in READ for state in states),
        "all": sum(state not in ("duplicate", "ignored") for state in states),
        "ran": sum(1 for rule in result.rules if rule.status in ("clean", "findings")),
        "rules": len(result.rules),
        "broken": sum(1 for document in result.documents if broken_proofs(document)),
        "duplicate": states.count("duplicate"),
        "ignored": states.count("ignored"),
    }
    words = [
        say(
            "exceptions: {n}, {high} of them high; {read} of {all} files read, {ran} of {rules} rules run",
            "例外 {n} 项，其中高 {high} 项；读取资料 {read}/{all} 份，执行规则 {ran}/{rules} 条",
        )
    ]
    if counts["broken"]:
        words.append(say("{broken} files with a proof that does not hold", "{broken} 份资料验证不符"))
    if counts["duplicate"]:
        words.append(say("{duplicate} duplicates besides", "另有重复 {duplicate} 份"))
    if counts["ignored"]:
        words.append(say("{ignored} ignored", "忽略 {ignored} 份"))
    return say("; ", "；").join(words).format(**counts)


def _untested(result: AuditResult) -> None:
    """The papers that no rule tested, by kind, so that no exceptions are not taken for their being right."""
    kinds = [f"{each.kind.in_(LANGUAGE)} {each.count}" for each in result.untested]
    shown, more = kinds[:MOST_KINDS], len(kinds) - MOST_KINDS
    listed = say(", ", "、").join(shown) + (say(f" and {more} more kinds", f" 等 {len(kinds)} 种") if more > 0 else "")
    count = sum(each.count for each in result.untested)
    told = say(f"papers that no rule tested: {count} ({listed})", f"没有规则检查的单据：{count} 份（{listed}）")
    if result.nothing_tested:
        told += say("; nothing was tested", "；未检查任何内容")
    out.print(told, markup=False)


def _decided(decided: Decided) -> None:
    """What people decided, and what of it has no place any more."""
    words = [each.word for each in decided.standings.values()]
    counts = {"settled": words.count("settled"), "waiting": words.count("waiting"), "lapsed": words.count("lapsed")}
    counts |= {"rest": len(words) - sum(counts.values()), "kept": len(decided.kept)}
    out.print(
        say(
            "decisions: {settled} settled, {waiting} waiting for review, {lapsed} lapsed, {rest} without effect",
            "处理结论：已结 {settled} 项，待复核 {waiting} 项，已失效 {lapsed} 项，未生效 {rest} 项",
        ).format(**counts)
    )
    if decided.kept:
        words_kept = say(
            "{kept} texts have no place any more: they are kept on the sheet Kept of report.xlsx",
            "有 {kept} 处填写无处安放，保留在 report.xlsx 的“保留的填写”表",
        )
        out.print(words_kept.format(**counts), markup=False)


def _carried(carried: CarriedOver) -> None:
    """What has become of what the period before left, and the balances that do not continue."""
    from auditor.reports.figures import money

    counts = {state: carried.count(state) for state in ITEM_STATES}
    first, last = carried.period
    words = say(
        "from {first}..{last}: {settled} settled since, {found} found again, {carried} carried on, {decided} decided",
        "上期（{first} 至 {last}）遗留：已解决 {settled} 项，本期仍发现 {found} 项，结转 {carried} 项，"
        "已有结论 {decided} 项",
    )
    out.print(words.format(first=first, last=last, **counts), markup=False)
    states = [each.state for each in carried.balances]
    words = say(
        "balances: {n} continue, {broken} do not, {absent} have no opening here",
        "余额：衔接 {n} 个，不衔接 {broken} 个，本期无期初 {absent} 个",
    )
    told = {"n": states.count("continues"), "broken": states.count("differs"), "absent": states.count("absent")}
    if carried.database:
        out.print(words.format(**told), markup=False)
    for each in carried.broken:
        figures = [money(value, each.currency) for value in (each.closing, each.opening)]
        name = f"{each.of.in_(LANGUAGE)} {each.name or each.key}".strip()
        out.print(f"  {name} {each.currency or ''}: {figures[0]} → {figures[1]}", markup=False)


def _changes(changes: Changes) -> None:
    """What has become of the exceptions of the earlier run."""
    counts = {
        "since": changes.since,
        "new": len(changes.new),
        "open": len(changes.open),
        "fixed": len(changes.fixed),
        "unchecked": len(changes.unchecked),
    }
    words = say(
        "since {since}: {new} new, {open} still open, {fixed} fixed",
        "与 {since} 相比：新增 {new} 项，仍未解决 {open} 项，已解决 {fixed} 项",
    )
    if changes.unchecked:
        words += say(", {unchecked} not checked this time", "，本次未核查 {unchecked} 项")
    out.print(words.format(**counts), markup=False)
    for finding in changes.fixed[:MOST_FIXED]:
        parts = (say("fixed", "已解决"), finding.code, key_of(finding), finding.title.in_(LANGUAGE), amount_of(finding))
        out.print("  " + "  ".join(part for part in parts if part), markup=False)
    if len(changes.fixed) > MOST_FIXED:
        more = len(changes.fixed) - MOST_FIXED
        out.print(say(f"  … and {more} more: see findings.json", f"  …… 另有 {more} 项，见 findings.json"))
