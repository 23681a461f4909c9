"""Both populations, conserved: matched + explained + open = all, in number and in amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from auditor.checks.base import Population
from auditor.checks.match.errors import PopulationNotConserved
from auditor.checks.match.plan import Plan
from auditor.checks.match.sides import SIDES, Total
from auditor.checks.templates import quoted
from auditor.engine import Engine


@dataclass(frozen=True, slots=True)
class Made:
    """What one pass made: pairs or groups, and the records and sums they hold on either side."""

    stage: int
    number: int
    records: Mapping[str, int]
    sums: Mapping[str, Decimal | None]


def made_in_passes(plan: Plan, engine: Engine) -> list[Made]:
    """What the passes made, 1:1 and in groups. Records are counted where they stand in pairs and groups, so that one
    that was used twice counts twice."""
    pairs = engine.rows(
        "SELECT stage, count(*), count(lid), sum(lm), count(rid), sum(rm) "
        f"FROM {quoted(plan.table('pair'))} GROUP BY stage"
    )
    groups = engine.rows(
        "SELECT stage, count(*), sum(len(left_rows)), sum(lm), sum(len(right_rows)), sum(rm) "
        f"FROM {quoted(plan.table('grouping'))} GROUP BY stage"
    )
    return [
        Made(stage, number, {"left": int(lefts), "right": int(rights)}, {"left": left_sum, "right": right_sum})
        for stage, number, lefts, left_sum, rights, right_sum in (*pairs, *groups)
    ]


def populations(plan: Plan, engine: Engine, made: list[Made], totals: Mapping[str, Total]) -> tuple[Population, ...]:
    """The two sides. Raises PopulationNotConserved if a record was lost or counted twice.

    Matched are the records of accepted pairs and groups; those of a pass that does not accept count as open.
    """
    return tuple(_population(plan, engine, made, totals[side], side) for side in SIDES)


def _population(plan: Plan, engine: Engine, made: list[Made], total: Total, side: str) -> Population:
    counts = {"matched": 0, "explained": 0, "open": 0}
    sums = dict.fromkeys(counts, Decimal("0.00000"))
    accepted = {stage.number for stage in plan.stages if stage.options.accept}
    parts = [("matched" if each.stage in accepted else "open", each.records[side], each.sums[side]) for each in made]
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


def numbers_by_pass(plan: Plan, made: list[Made]) -> dict[str, int]:
    """How many pairs or groups each pass made, by its name."""
    found = {stage.name: 0 for stage in plan.stages}
    for each in made:
        found[plan.stages[each.stage - 1].name] += each.number
    return found
