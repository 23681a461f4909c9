"""Running the rules of a set: each alone, so that one that fails costs only itself."""

from __future__ import annotations

import contextvars
import threading
import traceback
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditor import interrupts
from auditor.audit.errors import RuleCrashed, TooManyFindings
from auditor.audit.progress import Progress
from auditor.checks.base import NothingToCheck
from auditor.checks.coverage import with_coverage, with_folded
from auditor.checks.registry import check_named
from auditor.engine import Engine, EngineError
from auditor.errors import AuditorError, Place
from auditor.findings.build import RanRule, reported_count
from auditor.findings.model import MOST_FINDINGS, Finding, RuleResult, Tier
from auditor.findings.text import plain
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.rules.binding import FailedRule, keep_views, lacking
from auditor.rules.bound import BoundRule
from auditor.rules.model import LoadedRule, RuleSet
from auditor.rules.units import unit_of_populations

_TICK = 0.05  # seconds between two attempts to end the other thread's statement


@dataclass
class RuleRun:
    """What became of each rule."""

    rules: Mapping[str, LoadedRule]
    types: Mapping[str, RecordType]
    ran: list[RanRule] = field(default_factory=list)
    untested: dict[str, RanRule] = field(default_factory=dict)  # those that tested nothing: not run
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failed: dict[str, tuple[AuditorError, ...]] = field(default_factory=dict)
    shortened: dict[str, AuditorError] = field(default_factory=dict)

    def add(self, other: RuleRun) -> None:
        """What became of further rules."""
        self.ran += other.ran
        self.untested |= other.untested
        self.absent |= other.absent
        self.failed |= other.failed
        self.shortened |= other.shortened

    @property
    def errors(self) -> list[AuditorError]:
        failed = [each for name in sorted(self.failed) for each in self.failed[name]]
        return failed + [self.shortened[name] for name in sorted(self.shortened)]

    def results(self, findings: Sequence[Finding], engine: Engine) -> tuple[RuleResult, ...]:
        """The rules in the order of duty and name, with their status; what follows from other exceptions is explained
        in their populations."""
        ran = {each.bound.id: each for each in self.ran} | self.untested
        found: dict[str, list[Finding]] = defaultdict(list)
        for each in findings:
            if each.severity != "info":
                found[each.rule].append(each)
        order = sorted(self.rules.values(), key=lambda rule: (rule.head.duty, rule.id))
        unloaded = [_unloaded(name, self.failed[name][0]) for name in sorted(self.failed) if name not in self.rules]
        return tuple(unloaded) + tuple(
            self._result(rule, _with_folded(ran.get(rule.id), found[rule.id], engine), found[rule.id])
            for rule in order
            if rule.id in ran or rule.id in self.absent or rule.id in self.failed
        )

    def _result(self, rule: LoadedRule, ran: RanRule | None, found: Sequence[Finding]) -> RuleResult:
        status, reason = self._status(rule, found)
        result = ran.result if ran else None
        told = [each for each in (result.not_possible, result.partly) if each] if result else []
        passed = _let_pass(ran) if ran else []
        if reason is None and told:
            reason = Text("; ".join(en for en, _ in told), "；".join(zh for _, zh in told))
        return RuleResult(
            id=rule.id,
            version=rule.head.version,
            duty=rule.head.duty,
            check=rule.options.check,
            title=Text(rule.head.title.en, rule.head.title.zh),
            why=Text(rule.head.why.en, rule.head.why.zh),
            status=status,
            reason=reason,
            populations=result.populations if result else (),
            passes=_tiers(ran) if ran else (),
            remarks=tuple(Text(en, zh) for en, zh in (*result.remarks, *passed, *told)) if result else (),
            codes={
                report.code: Text(report.title.en, report.title.zh)
                for reports in rule.outcomes.values()
                for report in reports
            },
            unit=unit_of_populations(ran.bound) if ran else "money",
            tolerated=result.tolerated if result else (),
        )

    def _status(self, rule: LoadedRule, found: Sequence[Finding]) -> tuple[str, Text | None]:
        """The status of a rule, and why it is no other. Clean is one that tested something and found nothing at all:
        what it found and was folded under another cause counts until that is settled."""
        if rule.id in self.failed:
            error = self.failed[rule.id][0]
            return "failed", Text(error.summary("en"), error.summary("zh"))
        if rule.id in self.absent:
            return "not run", self._missing(self.absent[rule.id])
        if rule.id in self.untested:
            en, zh = self.untested[rule.id].result.untested or ("", "")
            return "not run", Text(en, zh)
        if not found:
            return "clean", None
        folded = [each for each in found if each.status == "derived"]
        if len(folded) < len(found):
            return "findings", None
        return "findings", Text(
            f"{len(folded)} found, all of them folded under other exceptions or unread documents",
            f"发现 {len(folded)} 项，均归属其他例外或未读取的资料",
        )

    def _missing(self, names: Sequence[str]) -> Text:
        titles = [self.types[name].title if name in self.types else Text(name, name) for name in names]
        return Text(
            "no documents: " + ", ".join(each.en for each in titles),
            "缺少资料：" + "、".join(each.zh for each in titles),
        )


def _let_pass(ran: RanRule) -> list[tuple[str, str]]:
    """What the tolerances of a rule let pass, as remarks."""
    said = []
    for each in ran.result.tolerated:
        title, total = ran.bound.field_title(each.field), plain(each.total)
        said.append(
            (
                f"{title.en}: {each.count} differences within the tolerance, {total} in all, count as agreeing",
                f"{title.zh}：容差内的差异 {each.count} 处，合计 {total}，按相符计",
            )
        )
    return said


def _with_folded(ran: RanRule | None, found: Sequence[Finding], engine: Engine) -> RanRule | None:
    folded = [each.place for each in found if each.status == "derived" and each.place is not None]
    return replace(ran, result=with_folded(ran.bound, engine, ran.result, folded)) if ran and folded else ran


def _tiers(ran: RanRule) -> tuple[Tier, ...]:
    """The passes of a match by their names, or the states of numbers."""
    titles = ran.bound.options.tier_titles()
    return tuple(Tier(key, titles.get(key), count) for key, count in ran.result.passes.items())


def _unloaded(name: str, error: AuditorError) -> RuleResult:
    """A rule whose file cannot be loaded: of its duty and check nothing is known."""
    reason = Text(error.summary("en"), error.summary("zh"))
    return RuleResult(
        id=name,
        version=0,
        duty="",
        check="",
        title=Text(name, name),
        why=Text("", ""),
        status="failed",
        reason=reason,
    )


def run_rules(
    rule_set: RuleSet,
    bound: Sequence[BoundRule | FailedRule],
    present: Set[str],
    engine: Engine,
    types: Mapping[str, RecordType],
    only: Sequence[str],
    progress: Progress,
    few: bool = False,
) -> RuleRun:
    """Run all rules, or those named in `only`. `present` are the record types that some document gave. `few`: whether
    the records are so few that what views select is better kept than selected again.

    A rule whose documents are absent is not run, and says which; one that fails costs only itself.
    """
    chosen = [each for each in bound if not only or each.id in only]
    progress.stage("check", len(chosen))
    lock, waiting = threading.Lock(), iter(chosen)
    parts: dict[str, RuleRun] = {}

    def work(own: Engine) -> None:
        kept: set[str] = set()
        while True:
            with lock:
                each = next(waiting, None)
            if each is None:
                return
            part = RuleRun(rule_set.rules, types)
            _run_one(rule_set, each, present, own, part, kept if few else None)
            interrupts.check()  # else what a signal broke would count as a fault of the rule
            with lock:
                parts[each.id] = part
                progress.step(each.id)

    _in_two_threads(work, engine)
    run = RuleRun(rule_set.rules, types)
    for each in chosen:
        run.add(parts[each.id])
    return run


def _in_two_threads(work: Callable[[Engine], None], engine: Engine) -> None:
    """Do the work here and in a second thread with a connection of its own: the rules do not know of one another, and
    while a statement of one runs, the other core has nothing to do. What ends one thread ends both."""
    if engine.within_transaction:
        work(engine)
        return
    sibling = engine.sibling()
    ended: list[BaseException] = []
    done = threading.Event()  # `join` takes a thread for dead where a signal interrupts the waiting

    def beside() -> None:
        try:
            work(sibling)
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
            ended.append(error)
        finally:
            done.set()

    second = threading.Thread(target=contextvars.copy_context().run, args=(beside,), name="auditor-rules")
    second.start()
    try:
        work(engine)
        done.wait()
    except BaseException:  # a signal, as a rule: it may come while this thread only waits
        while not done.wait(_TICK):
            sibling.interrupt()
        raise
    finally:
        second.join()
        sibling.close()
    if ended:
        raise ended[0]


def _run_one(
    rule_set: RuleSet,
    bound: BoundRule | FailedRule,
    present: Set[str],
    engine: Engine,
    run: RuleRun,
    kept: set[str] | None,
) -> None:
    """Run one rule into `run`. `kept`: the views that the engine keeps; None where it is to keep none."""
    if isinstance(bound, FailedRule):
        run.failed[bound.id] = bound.errors
        return
    missing = lacking(rule_set, rule_set.rules[bound.id], present)
    if missing:
        run.absent[bound.id] = missing
        return
    if kept is not None:
        kept |= keep_views(rule_set, rule_set.rules[bound.id], engine, kept)
    try:
        with engine.transaction():
            result = with_coverage(bound, engine, check_named(bound.options.check)(bound, engine))
    except NothingToCheck as error:
        run.absent[bound.id] = (error.record,)
    except EngineError as error:
        run.failed[bound.id] = (RuleCrashed(f"{bound.id}.yaml", rule=bound.id, reason=error.values["said"]),)
    except AuditorError as error:
        run.failed[bound.id] = (error,)
    except Exception as error:  # noqa: BLE001 - a fault of one check must not end the run; it is reported as its rule's
        words = " ".join(f"{type(error).__name__}: {error}".split())
        run.failed[bound.id] = (RuleCrashed(f"{bound.id}.yaml", _trace(error), rule=bound.id, reason=words),)
    else:
        ran = RanRule(bound, run.rules[bound.id].head, result)
        if result.untested is not None:
            run.untested[bound.id] = ran
            return
        run.ran.append(ran)
        count = reported_count(engine, result.table)
        if count > MOST_FINDINGS:
            place = Place(f"{bound.id}.yaml")
            shown = TooManyFindings(place, rule=bound.id, count=count, most=MOST_FINDINGS, table=result.table)
            run.shortened[bound.id] = shown


def _trace(error: Exception) -> str:
    """The last calls without absolute paths, which must not get into a report."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
