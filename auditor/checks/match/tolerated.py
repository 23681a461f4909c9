"""What a tolerance let pass: pairs and groups that count as matched although their figures are not equal."""

from __future__ import annotations

from decimal import Decimal

from auditor.checks.base import Tolerated
from auditor.checks.criteria.model import Criterion
from auditor.checks.criteria.sql import Test, tolerance
from auditor.checks.match.compare import compared_groups
from auditor.checks.match.plan import Plan
from auditor.checks.templates import quoted
from auditor.engine import Engine

_TOLERANT = ("within", "percent")


def tolerated(plan: Plan, engine: Engine) -> tuple[Tolerated, ...]:
    """By field the differences in accepted pairs and groups that are within the rule's tolerance, in the order of
    fields."""
    accepted = [stage.number for stage in plan.stages if stage.options.accept]
    if not accepted:
        return ()
    tests = {
        each.field: (each.test, f"NOT ({each.test.differs})")
        for each in plan.comparisons
        if each.numeric and each.test.kind in _TOLERANT
    }
    for stage in plan.stages:
        for test in stage.tests:
            if test.kind in _TOLERANT and stage.number in accepted:
                tests.setdefault(test.field, (test, "TRUE"))
    found = {field: _in_pairs(plan, engine, *each, accepted) for field, each in tests.items()}
    count, total = _in_groups(plan, engine, accepted)
    if count:
        pairs = found.get(plan.options.measure, (0, Decimal(0)))
        found[plan.options.measure] = (pairs[0] + count, pairs[1] + total)
    return tuple(Tolerated(field, *found[field]) for field in sorted(found) if found[field][0])


def _in_pairs(plan: Plan, engine: Engine, test: Test, condition: str, accepted: list[int]) -> tuple[int, Decimal]:
    left, right = f"l.{quoted(test.left)}", f"r.{quoted(test.right)}"
    (count, total) = engine.rows(
        f"SELECT count(*), CAST(coalesce(sum(abs({right} - {left})), 0) AS DECIMAL(38,5)) "
        f"FROM {quoted(plan.table('pair'))} p JOIN {quoted(plan.table('left'))} l ON l._id = p.lid "
        f"JOIN {quoted(plan.table('right'))} r ON r._id = p.rid "
        f"WHERE p.stage IN ({', '.join(map(str, accepted))}) AND {left} <> {right} AND {condition}"
    )[0]
    return int(count), Decimal(total)


def _in_groups(plan: Plan, engine: Engine, accepted: list[int]) -> tuple[int, Decimal]:
    measure = compared_groups(plan)
    how = plan.options.compare[measure.field] if measure else None
    bound = tolerance(how, "p.lm", "p.rm") if isinstance(how, Criterion) and how.tolerance else "0"
    (count, total) = engine.rows(
        f"SELECT count(*), CAST(coalesce(sum(abs(p.rm - p.lm)), 0) AS DECIMAL(38,5)) "
        f"FROM {quoted(plan.table('grouping'))} p WHERE p.stage IN ({', '.join(map(str, accepted))}) "
        f"AND p.rm <> p.lm AND {f'abs(p.rm - p.lm) <= {bound}' if measure else 'TRUE'}"
    )[0]
    return int(count), Decimal(total)
