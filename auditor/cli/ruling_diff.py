"""What `auditor rules diff` prints: which findings come, go and change under another rule set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.audit.rule_set_diff import DiffOptions, RuleSetDiff, diff_data, diff_rule_sets, value_of
from auditor.cli.findings_table import SEVERITIES, amount_of, key_of
from auditor.cli.show import Shown, err, out
from auditor.cli.speech import LANGUAGE, say
from auditor.findings.model import AuditResult, Finding, RuleResult
from auditor.reports.words import words

NAMES = {
    "code": ("code", "代码"),
    "severity": ("severity", "级别"),
    "status": ("status", "状态"),
    "rule": ("rule", "规则"),
    "expected": ("expected", "应为"),
    "actual": ("actual", "实际"),
    "difference": ("difference", "差异"),
    "amount": ("amount", "金额"),
    "unit": ("unit", "计量"),
    "currency": ("currency", "币种"),
}
_NOTHING = ("nothing", "空")


def show_diff(folder: Path, a: str, b: str, options: DiffOptions, *, as_json: bool) -> int:
    """Audit a folder under two rule sets and print what differs; the exit code."""
    with Shown() as progress:
        diff = diff_rule_sets(folder, a, b, options, progress)
    if as_json:
        out.print(json.dumps(diff_data(diff), indent=1, ensure_ascii=False), markup=False, soft_wrap=True)
        return diff.exit_code
    for name, result in (("A", diff.a), ("B", diff.b)):
        for problem in result.problems:
            err.print(f"{name}: {problem[LANGUAGE]}", markup=False)
    for name, given, result in (("A", a, diff.a), ("B", b, diff.b)):
        out.print(f"{name}: {given} ({_version(result)})", markup=False)
    for line in _lines(diff):
        out.print(line, markup=False)
    counts = {"come": len(diff.come), "gone": len(diff.gone), "changed": len(diff.changed), "same": diff.same}
    out.print(
        say(
            "findings: {come} come, {gone} gone, {changed} changed, {same} the same",
            "例外：新增 {come} 项，消失 {gone} 项，变化 {changed} 项，相同 {same} 项",
        ).format(**counts)
    )
    return diff.exit_code


def _version(result: AuditResult) -> str:
    version, digest = result.audit.rules_version, result.audit.rules_sha256[:8]
    return say(f"version {version}, {digest}", f"版本 {version}，{digest}")


def _lines(diff: RuleSetDiff) -> Iterator[str]:
    for word, findings in ((("come", "新增"), diff.come), (("gone", "消失"), diff.gone)):
        for each in findings:
            yield "\t".join((say(*word), *_cells(each)))
    for change in diff.changed:
        told = [_change(name, value_of(change.a, name), value_of(change.b, name)) for name in change.what]
        yield "\t".join((say("changed", "变化"), *_cells(change.b), say("; ", "；").join(told)))
    yield from _rules(say("rules only in B", "仅 B 有的规则"), diff.rules_come)
    yield from _rules(say("rules only in A", "仅 A 有的规则"), diff.rules_gone)
    for rule in diff.rules_changed:
        parts = []
        if rule.a.version != rule.b.version:
            parts.append(_change_of(say("version", "版本"), str(rule.a.version), str(rule.b.version)))
        if rule.a.status != rule.b.status:
            parts.append(_change_of(say("outcome", "结果"), _status(rule.a), _status(rule.b)))
        yield say("rule ", "规则 ") + f"{rule.b.id}: " + say("; ", "；").join(parts)


def _cells(finding: Finding) -> tuple[str, ...]:
    severity = say(*SEVERITIES[finding.severity])
    status = words().of("finding_statuses", finding.status).in_(LANGUAGE)
    title = finding.title.in_(LANGUAGE)
    return finding.code, severity, status, key_of(finding), title, amount_of(finding)


def _change(name: str, a: str | None, b: str | None) -> str:
    if name == "severity":
        a, b = (say(*SEVERITIES[each]) if each else each for each in (a, b))
    if name == "status":
        a, b = (words().of("finding_statuses", each).in_(LANGUAGE) for each in (a, b))
    return _change_of(say(*NAMES[name]), a or say(*_NOTHING), b or say(*_NOTHING))


def _change_of(what: str, a: str, b: str) -> str:
    return f"{what} {a} → {b}"


def _status(rule: RuleResult) -> str:
    return words().of("rule_statuses", rule.status).in_(LANGUAGE)


def _rules(what: str, rules: Sequence[RuleResult]) -> Iterator[str]:
    if rules:
        yield f"{what}: " + ", ".join(each.id for each in rules)
