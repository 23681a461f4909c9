"""One folder audited under two rule sets, maybe two versions of one: which findings come, go and change.

A finding is known by what it is about, never by its text: its code, key, field, party and reference. Where a rule has
got another code for the same thing, that is a change of the finding, not another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.audit.audits import run
from auditor.audit.progress import Progress
from auditor.findings.model import SEVERITIES, AuditResult, Finding, RuleResult
from auditor.findings.text import figure_text
from auditor.reports.findings_json import as_data
from auditor.rules.folders import find_rule_set

# what may change of a finding; its title and explanation are but words
COMPARED = ("code", "severity", "status", "rule", "expected", "actual", "difference", "amount", "unit", "currency")


@dataclass(frozen=True, slots=True)
class Change:
    """A finding of both audits in which something differs: `what`, of COMPARED."""

    a: Finding
    b: Finding
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that both sets have, of another version or with another outcome as a whole (clean, not run, ...)."""

    a: RuleResult
    b: RuleResult


@dataclass(frozen=True, slots=True)
class RuleSetDiff:
    """What the second rule set says otherwise than the first."""

    a: AuditResult
    b: AuditResult
    come: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    changed: tuple[Change, ...]
    same: int
    rules_come: tuple[RuleResult, ...] = ()
    rules_gone: tuple[RuleResult, ...] = ()
    rules_changed: tuple[RuleChange, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 if no finding differs, 1 if one does, 2 if one of the sets could not be carried out wholly."""
        for each in (self.a, self.b):
            if each.problems or any(rule.status == "failed" for rule in each.rules):
                return 2
        return 1 if self.come or self.gone or self.changed else 0


@dataclass(frozen=True, slots=True)
class DiffOptions:
    """How the folder is audited, both times."""

    period: str | None = None
    layouts: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    workers: int | None = None


def diff_rule_sets(
    folder: Path, a: str, b: str, options: DiffOptions, progress: Progress | None = None
) -> RuleSetDiff:
    """Audit `folder` under the rule sets `a` and `b`, names or folders, and compare. Nothing is written.

    Raises what `auditor.run` raises: NoFolder, NoSuchRuleSet, RuleSetErrors, PeriodUnknown, ...
    """
    for each in (a, b):
        find_rule_set(each)  # before the first audit is done for nothing
    results = [
        run(
            folder,
            rules=each,
            layouts=options.layouts,
            period=options.period,
            parameters=options.parameters,
            workers=options.workers,
            at="-",
            progress=progress,
        ).result
        for each in (a, b)
    ]
    return compared(*results)


def compared(a: AuditResult, b: AuditResult) -> RuleSetDiff:
    """What differs between two audits of the same documents."""
    pairs, gone, come = _paired(a.findings, b.findings)
    changes = [Change(one, other, what) for one, other in pairs if (what := _differing(one, other))]
    rules_a, rules_b = ({rule.id: rule for rule in each.rules} for each in (a, b))
    both = [RuleChange(rules_a[name], rules_b[name]) for name in sorted(rules_a.keys() & rules_b.keys())]
    return RuleSetDiff(
        a,
        b,
        come=tuple(sorted(come, key=_order)),
        gone=tuple(sorted(gone, key=_order)),
        changed=tuple(sorted(changes, key=lambda each: _order(each.b))),
        same=len(pairs) - len(changes),
        rules_come=tuple(rules_b[name] for name in sorted(rules_b.keys() - rules_a.keys())),
        rules_gone=tuple(rules_a[name] for name in sorted(rules_a.keys() - rules_b.keys())),
        rules_changed=tuple(
            each for each in both if (each.a.version, each.a.status) != (each.b.version, each.b.status)
        ),
    )


def diff_data(diff: RuleSetDiff) -> dict[str, Any]:
    """The comparison as plain data, as `--json` prints it; findings as in findings.json, without their records."""
    told = [{each["id"]: each for each in as_data(result)["findings"]} for result in (diff.a, diff.b)]

    def brief(finding: Finding, side: int) -> dict[str, Any]:
        return {name: told[side][finding.id][name] for name in _TOLD}

    return {
        "a": _set(diff.a),
        "b": _set(diff.b),
        "findings": {
            "come": [brief(each, 1) for each in diff.come],
            "gone": [brief(each, 0) for each in diff.gone],
            "changed": [
                {"what": list(each.what), "a": brief(each.a, 0), "b": brief(each.b, 1)} for each in diff.changed
            ],
            "same": diff.same,
        },
        "rules": {
            "come": [_rule(each) for each in diff.rules_come],
            "gone": [_rule(each) for each in diff.rules_gone],
            "changed": [{"a": _rule(each.a), "b": _rule(each.b)} for each in diff.rules_changed],
        },
    }


_TOLD = ("id", "duty", "title", "key", "reference", "field", "party", "date", *COMPARED)


def value_of(finding: Finding, name: str) -> str | None:
    """A compared value as text; figures with the decimals that they have."""
    value = getattr(finding, name)
    if value is not None and name in ("difference", "amount"):
        return figure_text(value, finding.unit, finding.currency)
    return None if value is None else str(value)


def _set(result: AuditResult) -> dict[str, Any]:
    audit = result.audit
    return {
        "rules": audit.rules,
        "title": audit.rules_title.as_dict(),
        "version": audit.rules_version,
        "sha256": audit.rules_sha256,
        "problems": [dict(each) for each in result.problems],
    }


def _rule(rule: RuleResult) -> dict[str, Any]:
    reason = rule.reason.as_dict() if rule.reason else None
    return {"id": rule.id, "version": rule.version, "duty": rule.duty, "status": rule.status, "reason": reason}


def _differing(a: Finding, b: Finding) -> tuple[str, ...]:
    return tuple(name for name in COMPARED if getattr(a, name) != getattr(b, name))


def _order(finding: Finding) -> tuple[object, ...]:
    return SEVERITIES.index(finding.severity), finding.duty, finding.code, finding.key, finding.rule, finding.id


# --- which finding of the one audit is which of the other -------------------------------------------------------------

_Known = Callable[[Finding], Hashable]
_ALIKE: tuple[_Known, ...] = (
    lambda each: each.id,
    lambda each: (each.rule, each.code, each.key, each.field, each.party, each.reference),
    lambda each: (each.code, each.key, each.field, each.party, each.reference),
    lambda each: (each.code, each.key),
    lambda each: (each.rule, each.outcome, each.key, each.field, each.party),
)


def _paired(
    a: Sequence[Finding], b: Sequence[Finding]
) -> tuple[list[tuple[Finding, Finding]], list[Finding], list[Finding]]:
    """The pairs, and what is left of either side. Each step pairs only what it names once on both sides."""
    pairs: list[tuple[Finding, Finding]] = []
    left, right = list(a), list(b)
    for known in _ALIKE:
        of_right = _once(right, known)
        found = [(each, of_right[key]) for key, each in _once(left, known).items() if key in of_right]
        taken_left, taken_right = ({id(pair[side]) for pair in found} for side in (0, 1))
        left = [each for each in left if id(each) not in taken_left]
        right = [each for each in right if id(each) not in taken_right]
        pairs += found
    return pairs, left, right


def _once(findings: Iterable[Finding], known: _Known) -> dict[Hashable, Finding]:
    groups: dict[Hashable, list[Finding]] = defaultdict(list)
    for each in findings:
        groups[known(each)].append(each)
    return {key: found[0] for key, found in groups.items() if len(found) == 1}

