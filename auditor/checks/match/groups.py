"""Passes that match groups: one against several, several against one, several against several.

What is found is accepted only where it is the one way to explain its records; else the ways are listed, or it is said
that the search stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from auditor.checks.criteria.model import Criterion, Pair
from auditor.checks.criteria.sql import pair_test
from auditor.checks.decided import take_decided
from auditor.checks.match.choice_sums import Item
from auditor.checks.match.group_search import (
    ClassesOfSide,
    Rows,
    SumTolerance,
    one_against_several,
    several_against_several,
)
from auditor.checks.match.passes import keys_of, make_classes, remove_dense, run_pass, shrink
from auditor.checks.match.plan import Plan, Stage
from auditor.checks.match.sides import SIDES
from auditor.checks.match.state import State
from auditor.checks.templates import quoted, render
from auditor.engine import Engine


def run_groups(plan: Plan, engine: Engine, state: State, stage: Stage) -> None:
    """One pass over the free records: single pairs whose amounts agree first, then groups."""
    options, sums = stage.options.groups, stage.options.sum or {plan.options.measure: Criterion(within="0")}
    assert options is not None
    run_pass(plan, engine, state, _singles(plan, stage, sums))
    if engine.recorded:
        keep_groups(plan, engine, state, stage, [])
        return
    take_decided(engine, plan.table(f"found{stage.number}"), found_groups([]))
    if not (state.counts["left"] and state.counts["right"]):
        return
    shrink(plan, engine, state)
    left, right, fits = _candidates(plan, engine, state, stage, next(iter(sums)))
    tolerance = SumTolerance(next(iter(sums.values())))
    rows = one_against_several(state, stage, options, left, right, fits, tolerance)
    if options.both:
        rows += several_against_several(state, stage, options, left, right, fits, tolerance)
    if rows:
        keep_groups(plan, engine, state, stage, rows)


def _singles(plan: Plan, stage: Stage, sums: Mapping[str, Criterion]) -> Stage:
    pairs = [Pair(left=name, right=name, criterion=criterion) for name, criterion in sums.items()]
    tests = tuple(pair_test(each, plan.operands) for each in pairs)
    gaps = tuple(f"coalesce({each.gap}, 1000000)" for each in tests if each.gap)
    return replace(stage, tests=stage.tests + tests, order=stage.order + gaps)


def _candidates(
    plan: Plan, engine: Engine, state: State, stage: Stage, summed: str
) -> tuple[ClassesOfSide, ClassesOfSide, set[tuple[int, int]]]:
    """The classes of both sides that have a candidate at all, and who fits whom but for the amount."""
    make_classes(plan, engine, state, None)
    remove_dense(plan, engine, state, stage, keys_of(stage))
    edges = plan.table("edges")
    tables = {side: plan.table(f"class_{side}") for side in ("left", "right")}
    engine.execute(
        render(
            "match_edges",
            table=edges,
            left=tables["left"],
            right=tables["right"],
            mask="0",
            order=[],
            conditions=stage.conditions,
        )
    )
    value = "_measure" if summed == plan.options.measure else quoted(summed)
    sides = {}
    for side, column in (("left", "lc"), ("right", "rc")):
        sides[side] = made = ClassesOfSide()
        for number, amount, ids in engine.rows(
            f"SELECT c, hundred_thousandths({value}), ids FROM {quoted(tables[side])} "
            f"WHERE {value} IS NOT NULL AND c IN (SELECT {column} FROM {quoted(edges)}) ORDER BY c"
        ):
            made.items[number] = Item(number, int(amount), len(ids))
            made.ids[number] = list(ids)
    fits = {
        (lc, rc)
        for lc, rc in engine.rows(f"SELECT lc, rc FROM {quoted(edges)}")
        if lc in sides["left"].items and rc in sides["right"].items
    }
    return sides["left"], sides["right"], fits


def keep_groups(plan: Plan, engine: Engine, state: State, stage: Stage, rows: Rows) -> None:
    """The table of accepted groups of a pass, with their sums; their records are free no more."""
    table = plan.table(f"group{stage.number}")
    shrink(plan, engine, state)
    found = plan.table(f"found{stage.number}")
    take_decided(engine, found, found_groups(rows))
    engine.execute(
        render("match_group", table=table, found=quoted(found), left=plan.table("left"), right=plan.table("right"))
    )
    state.groups.append((stage, table))
    state.alone = {
        side: f"SELECT _id FROM {quoted(state.free(side))} EXCEPT SELECT unnest({side}_rows) FROM {quoted(table)}"
        for side in SIDES
    }
    shrink(plan, engine, state)


def found_groups(rows: Rows) -> pa.Table:
    """Groups as they are decided: the rows of either side, a list a group."""
    kind = pa.list_(pa.int64())
    return pa.table(
        {"left_rows": pa.array([r[0] for r in rows], kind), "right_rows": pa.array([r[1] for r in rows], kind)}
    )
