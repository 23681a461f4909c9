"""Both populations, conserved: matched + explained + open = all, in number and in amount."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from auditor.checks.base import Population
from auditor.checks.match.errors import PopulationNotConserved
from auditor.checks.match.passes import State
from auditor.checks.match.plan import Plan
from auditor.checks.match.sides import Total
from auditor.checks.templates import quoted
from auditor.engine import Engine


def populations(plan: Plan, engine: Engine, state: State, totals: Mapping[str, Total]) -> tuple[Population, Population]:
    """The two sides. Raises PopulationNotConserved if a record was lost or counted twice.

    Matched are the records of accepted pairs and groups; pairs of a pass that does not accept count as open.
    """
    return _population(plan, engine, state, totals["left"], "left"), _population(
        plan, engine, state, totals["right"], "right"
    )


def _population(plan: Plan, engine: Engine, state: State, total: Total, side: str) -> Population:
    counts = {"matched": 0, "explained": 0, "open": 0}
    sums = dict.fromkeys(counts, Decimal("0.00000"))
    parts: list[tuple[str, int, Decimal | None]] = []
    measure = "lm" if side == "left" else "rm"
    own = "lid" if side == "left" else "rid"
    for stage, step in state.steps:
        count, amount = engine.rows(
            f"SELECT count({own}), sum({measure}) FROM {quoted(step)} WHERE lid IS NOT NULL AND rid IS NOT NULL"
        )[0]
        parts.append(("matched" if stage.options.accept else "open", count, amount))
    for stage, table in state.groups:
        count, amount = engine.rows(
            f"SELECT count(*), sum(s._measure) FROM (SELECT unnest({side}_rows) AS id FROM {quoted(table)}) g "
            f"JOIN {quoted(plan.table(side))} s ON s._id = g.id"
        )[0]
        parts.append(("matched" if stage.options.accept else "open", count, amount))
    parts += [
        ("explained" if name == "explained" else "open", count, amount)
        for name, count, amount in engine.rows(
            f"SELECT state, count(*), sum(_measure) FROM {quoted(plan.table(f'open_{side}'))} GROUP BY state"
        )
    ]
    for name, count, amount in parts:
        counts[name] += count
        sums[name] += amount if amount is not None else 0
    if sum(counts.values()) != total.count or (total.amount is not None and sum(sums.values()) != total.amount):
        raise PopulationNotConserved(
            None,
            None,
            rule=plan.rule.id,
            side=side,
            count=total.count,
            amount=total.amount,
            found_count=sum(counts.values()),
            found_amount=sum(sums.values()),
        )
    known = total.amount is not None
    return Population(
        side,
        plan.given(side).name,
        total.count,
        counts["matched"],
        counts["explained"],
        counts["open"],
        total.amount,
        sums["matched"] if known else None,
        sums["explained"] if known else None,
        sums["open"] if known else None,
    )


def matched_in_passes(plan: Plan, engine: Engine, state: State) -> dict[str, int]:
    """How many pairs or groups each pass made, by its name."""
    made = {stage.name: 0 for stage in plan.stages}
    for stage, step in state.steps:
        made[stage.name] += engine.value(
            f"SELECT count(*) FROM {quoted(step)} WHERE lid IS NOT NULL AND rid IS NOT NULL"
        )
    for stage, table in state.groups:
        made[stage.name] += engine.value(f"SELECT count(*) FROM {quoted(table)}")
    return made
