"""Running the rules of a set: each alone, so that one that fails costs only itself."""

from __future__ import annotations

import contextvars
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from auditor import interrupts
from auditor.audit.errors import RuleCrashed, TooManyFindings
from auditor.audit.progress import Progress
from auditor.checks.base import NothingToCheck
from auditor.checks.registry import check_named
from auditor.engine import Engine, EngineError
from auditor.errors import AuditorError, Place
from auditor.findings.build import RanRule, reported_count
from auditor.findings.model import MOST_FINDINGS, Finding, RuleResult, Tier
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.rules.binding import FailedRule, lacking
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
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failed: dict[str, tuple[AuditorError, ...]] = field(default_factory=dict)
    shortened: dict[str, AuditorError] = field(default_factory=dict)

    def add(self, other: RuleRun) -> None:
        """What became of further rules."""
        self.ran += other.ran
        self.absent |= other.absent
        self.failed |= other.failed
        self.shortened |= other.shortened

    @property
    def errors(self) -> list[AuditorError]:
        failed = [each for name in sorted(self.failed) for each in self.failed[name]]
        return failed + [self.shortened[name] for name in sorted(self.shortened)]

    def results(self, findings: Sequence[Finding]) -> tuple[RuleResult, ...]:
        """The rules in the order of duty and name, with their status."""
        open_rules = {each.rule for each in findings if each.status == "open" and each.severity != "info"}
        ran = {each.bound.id: each for each in self.ran}
        order = sorted(self.rules.values(), key=lambda rule: (rule.head.duty, rule.id))
        unloaded = [_unloaded(name, self.failed[name][0]) for name in sorted(self.failed) if name not in self.rules]
        return tuple(unloaded) + tuple(
            self._result(rule, ran.get(rule.id), rule.id in open_rules)
            for rule in order
            if rule.id in ran or rule.id in self.absent or rule.id in self.failed
        )

    def _result(self, rule: LoadedRule, ran: RanRule | None, found: bool) -> RuleResult:
        status, reason = "clean", None
        if rule.id in self.failed:
            error = self.failed[rule.id][0]
            status, reason = "failed", Text(error.summary("en"), error.summary("zh"))
        elif rule.id in self.absent:
            status, reason = "not run", self._missing(self.absent[rule.id])
        elif found:
            status = "findings"
        unread = ran.result.not_possible if ran else None
        if reason is None and unread is not None:
            reason = Text(*unread)
        return RuleResult(
            id=rule.id,
            version=rule.head.version,
            duty=rule.head.duty,
            check=rule.options.check,
            title=Text(rule.head.title.en, rule.head.title.zh),
            why=Text(rule.head.why.en, rule.head.why.zh),
            status=status,
            reason=reason,
            populations=ran.result.populations if ran else (),
            passes=_tiers(ran) if ran else (),
            remarks=tuple(Text(en, zh) for en, zh in (*ran.result.remarks, *((unread,) if unread else ())))
            if ran
            else (),
            codes={
                report.code: Text(report.title.en, report.title.zh)
                for reports in rule.outcomes.values()
                for report in reports
            },
            unit=unit_of_populations(ran.bound) if ran else "money",
        )

    def _missing(self, names: Sequence[str]) -> Text:
        titles = [self.types[name].title if name in self.types else Text(name, name) for name in names]
        return Text(
            "no documents: " + ", ".join(each.en for each in titles),
            "缺少资料：" + "、".join(each.zh for each in titles),
        )


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
) -> RuleRun:
    """Run all rules, or those named in `only`. `present` are the record types that some document gave.

    A rule whose documents are absent is not run, and says which; one that fails costs only itself.
    """
    chosen = [each for each in bound if not only or each.id in only]
    progress.stage("check", len(chosen))
    lock, waiting = threading.Lock(), iter(chosen)
    parts: dict[str, RuleRun] = {}

    def work(own: Engine) -> None:
        while True:
            with lock:
                each = next(waiting, None)
            if each is None:
                return
            part = RuleRun(rule_set.rules, types)
            _run_one(rule_set, each, present, own, part)
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


def _run_one(rule_set: RuleSet, bound: BoundRule | FailedRule, present: Set[str], engine: Engine, run: RuleRun) -> None:
    if isinstance(bound, FailedRule):
        run.failed[bound.id] = bound.errors
        return
    missing = lacking(rule_set, rule_set.rules[bound.id], present)
    if missing:
        run.absent[bound.id] = missing
        return
    try:
        with engine.transaction():
            result = check_named(bound.options.check)(bound, engine)
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
        run.ran.append(RanRule(bound, run.rules[bound.id].head, result))
        count = reported_count(engine, result.table)
        if count > MOST_FINDINGS:
            place = Place(f"{bound.id}.yaml")
            shown = TooManyFindings(place, rule=bound.id, count=count, most=MOST_FINDINGS, table=result.table)
            run.shortened[bound.id] = shown


def _trace(error: Exception) -> str:
    """The last calls without absolute paths, which must not get into a report."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
