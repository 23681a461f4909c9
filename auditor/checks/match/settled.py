"""What becomes of an amount that a match accepts although the two sides differ: what a tolerance let pass, and what is
left of a debt that was paid in part. Both only where the rule names such an outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.checks.criteria.model import Criterion, pairs_of
from auditor.checks.match.named import common, gap, ids, tier
from auditor.checks.match.options import Compare
from auditor.checks.match.plan import Comparison, Plan
from auditor.checks.match.sides import measure_of, value_of
from auditor.checks.outcomes import outcome_select
from auditor.checks.templates import quoted

SMALL, PARTLY = "small_difference", "partly_settled"


@dataclass(frozen=True, slots=True)
class _Passed:
    """A field in which pairs may differ by an amount, and which pairs: a condition over `p`."""

    field: str
    left: str
    right: str
    where: str


def small_differences(plan: Plan) -> list[str]:
    """The SELECTs of what tolerances let pass in pairs: one for each field that may differ by an amount."""
    return [_small(plan, each) for each in _let_pass(plan) if plan.rule.reports(SMALL, each.field)]


def _let_pass(plan: Plan) -> list[_Passed]:
    accepted = [stage for stage in plan.stages if stage.options.accept and not stage.options.groups]
    numbers = ", ".join(str(stage.number) for stage in accepted) or "NULL"
    found = []
    for each in plan.comparisons:
        how = plan.options.compare[each.field]
        if isinstance(how, Compare) and how.tolerance:
            where = f"p.stage IN ({numbers}) AND p.mask & {1 << each.bit} = 0"
            found.append(_Passed(each.field, each.test.left, each.test.right, where))
    compared = {each.field for each in plan.comparisons}
    for stage in accepted:
        sums: dict[str, Criterion] = dict(stage.options.sum or {})
        pairs = [pair for entry in stage.options.on for pair in pairs_of(entry)]
        tolerant = [(each.left, each.right) for each in pairs if each.criterion and each.criterion.tolerance]
        tolerant += [(name, name) for name, criterion in sums.items() if criterion.tolerance]
        found += [
            _Passed(left, left, right, f"p.stage = {stage.number}")
            for left, right in tolerant
            if left not in compared
        ]
    return found


def _small(plan: Plan, passed: _Passed) -> str:
    left, right = value_of(plan, "left", passed.left, "l"), value_of(plan, "right", passed.right, "r")
    difference = gap(plan) if {passed.left, passed.right} == {plan.options.measure} else f"{right} - {left}"
    defaults = common(plan) | {
        "left_ids": ids(plan, "left", "l"),
        "right_ids": ids(plan, "right", "r"),
        "expected": left,
        "actual": right,
        "difference": difference,
        "amount": difference,
        "criterion": tier(plan, SMALL),
    }
    source = (
        f"{quoted(plan.table('pair'))} p JOIN {plan.left.sql} l ON l._id = p.lid "
        f"JOIN {plan.right.sql} r ON r._id = p.rid WHERE {passed.where} AND {difference} <> 0"
    )
    return outcome_select(plan.rule, SMALL, field=passed.field, defaults=defaults, source=source)


def settles_partly(plan: Plan, left: str, right: str) -> str | None:
    """The condition that one amount pays a part of the other; None where the rule does not tell such a thing apart."""
    if not plan.rule.reports(PARTLY):
        return None
    owed, paid = (left, right) if plan.options.settles == "right" else (right, left)
    return f"(coalesce(sign({paid}) = sign({owed}) AND abs({paid}) < abs({owed}), FALSE))"


def pair_settles_partly(plan: Plan, comparison: Comparison) -> str | None:
    """The same for a pair whose measure differs; None for another field."""
    names = {comparison.test.left, comparison.test.right}
    if names != {plan.options.measure}:
        return None
    return settles_partly(plan, measure_of(plan, "left", "l"), measure_of(plan, "right", "r"))


def partly_settled(plan: Plan, comparison: Comparison, source: str) -> str | None:
    """The SELECT of the pairs of `source` in which one side pays a part of the other, with what is left to pay."""
    condition = pair_settles_partly(plan, comparison)
    if condition is None:
        return None
    left, right = measure_of(plan, "left", "l"), measure_of(plan, "right", "r")
    defaults = common(plan) | {
        "left_ids": ids(plan, "left", "l"),
        "right_ids": ids(plan, "right", "r"),
        "expected": left,
        "actual": right,
        "difference": gap(plan),
        "amount": gap(plan),
        "criterion": tier(plan, PARTLY),
    }
    where = f"{source} WHERE p.bit = {1 << comparison.bit} AND {condition}"
    return outcome_select(plan.rule, PARTLY, defaults=defaults, source=where)
