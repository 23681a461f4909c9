"""The fields in which matched pairs differ: what is shown, what follows from another field, what is explained."""

from __future__ import annotations

import pyarrow as pa

from auditor.checks.decided import take_decided
from auditor.checks.match.plan import Comparison, Plan
from auditor.checks.templates import render
from auditor.engine import Engine


def make_differing(plan: Plan, engine: Engine) -> None:
    """The table `differing`: the accepted pairs that differ, with `shown`, the mask of what is reported, and
    `reason`, the number of the explanation that took something away."""
    bits = sum(1 << each.bit for each in plan.comparisons)
    take_decided(engine, plan.table("compared"), pa.table({"bits": pa.array([bits], pa.uint64())}))
    accepted = [stage.number for stage in plan.stages if stage.options.accept]
    bit_of = {each.field: 1 << each.bit for each in plan.comparisons}
    reasons = [
        (number, sum(bit_of.get(name, 0) for name in each.fields) if each.fields else bits, each.when)
        for number, each in enumerate(plan.options.explained)
        if each.side == "pair"
    ]
    engine.execute(
        render(
            "match_differing",
            table=plan.table("differing"),
            pair=plan.table("pair"),
            compared=plan.table("compared"),
            accepted=accepted or [0],
            left=plan.left.sql,
            right=plan.right.sql,
            reasons=reasons,
            hidden=[(1 << each.bit, hides) for each in plan.comparisons if (hides := hidden_by(plan, each))],
        )
    )


def hidden_by(plan: Plan, comparison: Comparison) -> int:
    """The mask of the fields whose differences follow from one in `comparison`. Of two that hide each other the first
    one stays."""
    mask = 0
    for each in plan.comparisons:
        mutual = comparison.field in each.hides and each.bit < comparison.bit
        if each.field in comparison.hides and each.bit != comparison.bit and not mutual:
            mask |= 1 << each.bit
    return mask


def compared_groups(plan: Plan) -> Comparison | None:
    """How the sums of a group are compared: as the measure is in a pair."""
    return next((each for each in plan.comparisons if each.field == plan.options.measure), None)
