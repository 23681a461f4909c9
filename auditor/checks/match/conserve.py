"""Both populations, conserved: matched + explained + open = all, in number and in amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.checks.base import Population
from auditor.checks.match.errors import PopulationNotConserved
from auditor.checks.match.plan import Plan
from auditor.checks.match.sides import SIDES, Total
from auditor.checks.templates import quoted
from auditor.engine import Engine

_NOTHING = Decimal("0.00000")


@dataclass(frozen=True, slots=True)
class Made:
    """What one pass made: pairs or groups, the records they hold on either side and the sum of those records' numbers.

    Records are counted where they stand in pairs and groups, so that one that was used twice counts twice.
    """

    stage: int
    number: int
    records: Mapping[str, int]
    checksums: Mapping[str, int]


def made_in_passes(plan: Plan, engine: Engine) -> list[Made]:
    """What the passes made, 1:1 and in groups."""
    pairs = engine.rows(
        "SELECT stage, count(*), count(lid), count(rid), sum(lid), sum(rid) "
        f"FROM {quoted(plan.table('pair'))} GROUP BY stage"
    )
    groups = engine.rows(
        "SELECT stage, count(*), sum(len(left_rows)), sum(len(right_rows)), sum(list_sum(left_rows)), "
        f"sum(list_sum(right_rows)) FROM {quoted(plan.table('grouping'))} GROUP BY stage"
    )
    return [
        Made(stage, number, {"left": int(left), "right": int(right)}, {"left": int(lefts), "right": int(rights)})
        for stage, number, left, right, lefts, rights in (*pairs, *groups)
    ]


def populations(
    plan: Plan, engine: Engine, made: Sequence[Made], totals: Mapping[str, Total]
) -> tuple[Population, ...]:
    """The two sides. Raises PopulationNotConserved if a record was lost or counted twice.

    Matched are the records of accepted pairs and groups; those of a pass that does not accept count as open.
    """
    return tuple(_population(plan, engine, made, totals[side], side) for side in SIDES)


def _population(plan: Plan, engine: Engine, made: Sequence[Made], total: Total, side: str) -> Population:
    left_over = engine.rows(
        "SELECT state = 'explained', count(*), sum(_id), sum(_measure) "
        f"FROM {quoted(plan.table(f'open_{side}'))} GROUP BY 1"
    )
    count = sum(each.records[side] for each in made) + sum(row[1] for row in left_over)
    checksum = sum(each.checksums[side] for each in made) + int(sum(row[2] for row in left_over))
    if (count, checksum) != (total.count, total.checksum):
        raise PopulationNotConserved(
            None,
            None,
            rule=plan.rule.id,
            side=side,
            count=total.count,
            checksum=total.checksum,
            found_count=count,
            found_checksum=checksum,
        )
    refused = {stage.number for stage in plan.stages if not stage.options.accept}
    explained = sum(row[1] for row in left_over if row[0])
    still_open = count - explained - sum(each.records[side] for each in made if each.stage not in refused)
    if total.amount is None:
        return Population(side, plan.given(side).name, count, count - explained - still_open, explained, still_open)
    # every record stands in exactly one place by now, so what is neither explained nor open is the amount matched
    explained_amount = sum((row[3] or _NOTHING for row in left_over if row[0]), _NOTHING)
    open_amount = sum((row[3] or _NOTHING for row in left_over if not row[0]), _NOTHING)
    open_amount += _refused_amount(plan, engine, side, sorted(refused))
    return Population(
        side,
        plan.given(side).name,
        count,
        count - explained - still_open,
        explained,
        still_open,
        total.amount,
        total.amount - explained_amount - open_amount,
        explained_amount,
        open_amount,
    )


def _refused_amount(plan: Plan, engine: Engine, side: str, stages: Sequence[int]) -> Decimal:
    """The sum of the records that passes found and did not accept."""
    if not stages:
        return _NOTHING
    own, among = "lid" if side == "left" else "rid", ", ".join(map(str, stages))
    amount = engine.value(
        f"SELECT sum(_measure) FROM {quoted(plan.table(side))} WHERE _id IN ("
        f"SELECT {own} FROM {quoted(plan.table('pair'))} WHERE stage IN ({among}) UNION ALL "
        f"SELECT unnest({side}_rows) FROM {quoted(plan.table('grouping'))} WHERE stage IN ({among}))"
    )
    return amount if amount is not None else _NOTHING


def numbers_by_pass(plan: Plan, made: Sequence[Made]) -> dict[str, int]:
    """How many pairs or groups each pass made, by its number from 1."""
    found = {str(stage.number): 0 for stage in plan.stages}
    for each in made:
        found[str(each.stage)] += each.number
    return found
