"""Passes that match whole groups: all entries of one voucher against one line, all that is open of one party.

No subset is sought. What is open and equal in the fields of `whole` belongs together, and makes a match if its sum is
that of the other side; of a side without the fields each record stands alone.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pyarrow as pa

from auditor.checks.criteria.model import Criterion
from auditor.checks.criteria.sql import tolerance
from auditor.checks.decided import take_decided
from auditor.checks.match.groups import found_groups, keep_groups
from auditor.checks.match.passes import keys_of, shrink
from auditor.checks.match.plan import Plan, Stage
from auditor.checks.match.sides import SIDES
from auditor.checks.match.state import State
from auditor.checks.match.undecided import Alternatives
from auditor.checks.templates import quoted, render, statements
from auditor.engine import Engine

Rows = list[tuple[list[int], list[int]]]


def run_wholes(plan: Plan, engine: Engine, state: State, stage: Stage) -> None:
    """One pass over the free records. A group of which a record stands in another one as well is not taken."""
    if engine.recorded:
        keep_groups(plan, engine, state, stage, [])
        return
    take_decided(engine, plan.table(f"found{stage.number}"), found_groups([]))
    if not (state.counts["left"] and state.counts["right"]):
        return
    shrink(plan, engine, state)
    found = _found(plan, engine, state, stage)
    uses = Counter((side, i) for row in found for side, ids in zip(SIDES, row, strict=True) for i in ids)
    sure = [row for row in found if all(uses[side, i] == 1 for side, ids in zip(SIDES, row, strict=True) for i in ids)]
    state.undecided += [_alternative(stage, *row) for row in found if row not in sure]
    if sure:
        keep_groups(plan, engine, state, stage, sure)


def _found(plan: Plan, engine: Engine, state: State, stage: Stage) -> Rows:
    options = stage.options.groups
    assert options is not None
    keys = keys_of(stage)
    for side, expressions in (("left", keys.left), ("right", keys.right)):
        given = plan.given(side)
        engine.execute(
            render(
                "match_whole",
                table=plan.table(f"whole_{side}"),
                free=state.free(side),
                given=given.sql,
                alias=side[0],
                keys=expressions or ["1"],
                fields=options.whole if all(given.has(each) for each in options.whole) else [],
            )
        )
    ((_, criterion),) = (stage.options.sum or {plan.options.measure: Criterion(within="0")}).items()
    within = tolerance(criterion, "a.total", "b.total")
    exact = criterion.within is not None and not Decimal(str(criterion.within))  # joined by hash
    both = all(plan.given(side).has(each) for side in SIDES for each in options.whole)
    rows = statements(
        "match_whole_pairs",
        table=plan.table("whole_pair"),
        left=plan.table("whole_left"),
        right=plan.table("whole_right"),
        free_left=state.left,
        free_right=state.right,
        keys=range(len(keys.left or ["1"])),
        fields=range(len(options.whole)) if both else [],
        sums="a.total = b.total" if exact else f"abs(a.total - b.total) <= {within}",
        short=options.short,
        conditions=stage.conditions,
    )
    for each in rows:
        engine.execute(each)
    pairs = engine.rows(f"SELECT left_rows, right_rows FROM {quoted(plan.table('whole_pair'))} ORDER BY ALL")
    return [(list(lefts), list(rights)) for lefts, rights in pairs]


def _alternative(stage: Stage, left: list[int], right: list[int]) -> Alternatives:
    option = tuple((place, 1) for place in range(len(left))), tuple((place, 1) for place in range(len(right)))
    return Alternatives(stage.number, tuple((i,) for i in left), tuple((i,) for i in right), (option,), True)


def set_aside(plan: Plan, engine: Engine, state: State, stage: Stage, since: int) -> None:
    """Take records that were found in several groups of a pass, all of them looked at, out of the passes that follow: a
    looser pass knows no better. `since`: how much was undecided before it."""
    ways = [each for each in state.undecided[since:] if each.complete and each.options]
    ids = {side: {i for each in ways for twins in each.classes(side) for i in twins} for side in SIDES}
    for side in SIDES:
        aside = plan.table(f"aside{stage.number}_{side}")
        take_decided(engine, aside, pa.table({"id": pa.array(sorted(ids[side]), pa.int64())}))
        state.aside[side].append(aside)
    if not ways and not engine.recorded:
        return
    shrink(plan, engine, state)
    for side in SIDES:
        table, aside = plan.table(f"kept{stage.number}_{side}"), state.aside[side][-1]
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(table)} AS\n"
            f"SELECT * FROM {quoted(state.free(side))} WHERE _id NOT IN (SELECT id FROM {quoted(aside)})"
        )
        state.put(side, table, engine.value(f"SELECT count(*) FROM {quoted(table)}"))


def put_back(plan: Plan, engine: Engine, state: State) -> None:
    """Count what was set aside among the free records again, when all passes have run."""
    if not state.aside["left"]:
        return
    shrink(plan, engine, state)
    for side in SIDES:
        table = plan.table(f"rest_{side}")
        aside = " UNION ".join(f"SELECT id FROM {quoted(each)}" for each in state.aside[side])
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(table)} AS\n"
            f"SELECT * FROM {quoted(state.free(side))} UNION ALL\n"
            f"SELECT * FROM {quoted(plan.table(side))} WHERE _id IN ({aside})"
        )
        state.put(side, table, engine.value(f"SELECT count(*) FROM {quoted(table)}"))
