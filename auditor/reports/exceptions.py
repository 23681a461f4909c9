"""Duties with their rules and exceptions, as the report shows them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from auditor.findings.model import SEVERITIES, AuditResult, Finding, RuleResult
from auditor.languages import Text
from auditor.reports.evidence import evidence_of, far_nears_of, nears_of
from auditor.reports.figures import amount, count, difference, figure_text, is_count
from auditor.reports.model import DutyView, Item, RuleView, Share
from auditor.reports.titles import criterion_value
from auditor.reports.words import words
from auditor.reports.workings import working_of

MOST_OF_A_RULE = 200
MOST_IN_ALL = 1000


def duties_of(result: AuditResult) -> tuple[DutyView, ...]:
    """The duties that have rules, in the order of their names, those that the rule sets do not name last.

    At most MOST_OF_A_RULE exceptions of a rule are shown and MOST_IN_ALL of the report, the gravest and largest first.
    """
    shown = _chosen(result.findings)
    folded = _folded(result.findings)
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        by_rule[finding.rule].append(finding)
    by_duty: dict[str, list[RuleResult]] = defaultdict(list)
    for rule in result.rules:
        by_duty[rule.duty].append(rule)
    order = [*result.headlines.duties]
    names = sorted(by_duty, key=lambda duty: (order.index(duty) if duty in order else len(order), duty))
    return tuple(
        _duty(
            name,
            result.headlines.duty(name),
            [_rule(rule, by_rule[rule.id], shown, folded, result.titles) for rule in by_duty[name]],
            Counter(f.severity for rule in by_duty[name] for f in by_rule[rule.id] if f.status in ("open", "carried")),
        )
        for name in names
    )


def item_of(finding: Finding, folded: Sequence[Finding], titles: Mapping[str, Text]) -> Item:
    """A finding ready to be shown."""
    return Item(
        finding=finding,
        difference=difference(finding),
        amount=amount(finding),
        is_count=is_count(finding),
        expected=_compared(finding, finding.expected),
        actual=_compared(finding, finding.actual),
        working=working_of(finding),
        evidence=evidence_of(finding, titles),
        nears=nears_of(finding),
        far=far_nears_of(finding),
        folded=tuple(folded),
    )


def weight(finding: Finding) -> tuple[int, Decimal]:
    """By what exceptions are ranked: severity, then amount, the largest first."""
    size = Decimal(0) if is_count(finding) else abs(finding.amount or finding.difference or Decimal(0))
    return SEVERITIES.index(finding.severity), -size


def _compared(finding: Finding, value: str | None) -> Text | None:
    if value is None:
        return None
    if finding.field is None:
        plain = _count_text(value) if is_count(finding) else figure_text(value)
        return Text(plain, plain)
    return criterion_value(value, finding.field, finding.records[0].type if finding.records else None)


def _count_text(value: str) -> str:
    return count(Decimal(value)) if value.lstrip("-").replace(".", "", 1).isdigit() else value


def _chosen(findings: Sequence[Finding]) -> frozenset[str]:
    """The ids of the findings that the page shows: those that stand for themselves, as far as there is room."""
    own = sorted((f for f in findings if f.status != "derived"), key=weight)
    seen: Counter[str] = Counter()
    chosen: list[str] = []
    for finding in own:
        seen[finding.rule] += 1
        if seen[finding.rule] <= MOST_OF_A_RULE and len(chosen) < MOST_IN_ALL:
            chosen.append(finding.id)
    return frozenset(chosen)


def _folded(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    folded: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.status == "derived" and finding.derived_from:
            folded[finding.derived_from].append(finding)
    return folded


def _rule(
    rule: RuleResult,
    findings: Sequence[Finding],
    shown: frozenset[str],
    folded: Mapping[str, Sequence[Finding]],
    titles: Mapping[str, Text],
) -> RuleView:
    own = [finding for finding in findings if finding.status != "derived"]
    items = tuple(item_of(each, folded.get(each.id, ()), titles) for each in own if each.id in shown)
    return RuleView(rule, items, len(own), len(own) - len(items), len(findings) - len(own))


def _duty(duty: str, title: Text, rules: Sequence[RuleView], tally: Mapping[str, int]) -> DutyView:
    known = words()
    counts = tuple(Share(each, known.of("severities", each), tally[each]) for each in SEVERITIES if tally.get(each))
    return DutyView(duty, title, tuple(rules), counts)
