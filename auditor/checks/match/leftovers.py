"""What becomes of the records that found no partner: explained, a duplicate, ambiguous, or only on one side."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pyarrow as pa

from auditor.checks.decided import take_decided
from auditor.checks.match.cancel import find_cancelled
from auditor.checks.match.plan import Plan
from auditor.checks.match.sides import SIDES
from auditor.checks.match.state import State
from auditor.checks.match.undecided import Alternatives, OpenSet, open_sets
from auditor.checks.templates import quoted, render
from auditor.engine import Engine

SHOWN = 20  # alternatives that a finding lists
_BARE = "regexp_replace(upper(coalesce(CAST({0} AS VARCHAR), '')), '\\s', '', 'g')"  # case and blanks do not count

_UNDECIDED = pa.schema(
    [
        ("n", pa.int64()),
        ("left_rows", pa.list_(pa.int64())),
        ("right_rows", pa.list_(pa.int64())),
        ("criterion", pa.string()),
    ]
)


def make_pairs(plan: Plan, engine: Engine, state: State) -> None:
    """The view `pair` of all pairs, and the table `grouping` of all groups."""
    pairs = [
        f"SELECT lid, rid, mask, {stage.number} AS stage FROM {quoted(step)} WHERE lid IS NOT NULL AND rid IS NOT NULL"
        for stage, step in state.steps
    ]
    nothing = "SELECT NULL::BIGINT AS lid, NULL::BIGINT AS rid, 0 AS mask, 0 AS stage WHERE FALSE"
    engine.execute(
        f"CREATE OR REPLACE TEMP VIEW {quoted(plan.table('pair'))} AS\n" + "\nUNION ALL\n".join(pairs or [nothing])
    )
    groups = [f"SELECT *, {stage.number} AS stage FROM {quoted(table)}" for stage, table in state.groups]
    none = (
        "SELECT NULL::BIGINT[] AS left_rows, NULL::BIGINT[] AS right_rows, NULL::DECIMAL(38,5) AS lm, "
        "NULL::DECIMAL(38,5) AS rm, 0 AS stage WHERE FALSE"
    )
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted(plan.table('grouping'))} AS\n" + "\nUNION ALL\n".join(groups or [none])
    )


def classify(plan: Plan, engine: Engine, state: State) -> None:
    """The tables `open_left` and `open_right`: each free record and its state.

    `state` is `explained`, `duplicate`, `ambiguous` or `only`; `reason` the number of the explanation; `twin` what a
    duplicate repeats and `other` what that is matched to. What a rule does not name as an outcome of its own stays
    `only`, so that an open record is never dropped for want of a name.
    """
    for side in SIDES:
        _open(plan, engine, state, side)
    _undecided(plan, engine, state)


def _open(plan: Plan, engine: Engine, state: State, side: str) -> None:
    other = "right" if side == "left" else "left"
    cancels = any(each.side == side and each.cancels for each in plan.options.explained)
    if cancels:
        find_cancelled(plan, engine, state, side)
    reasons = [
        (number, each.when)
        for number, each in enumerate(plan.options.explained)
        if each.side == side and not each.cancels
    ]
    named = bool(plan.rule.reports(f"{side}_duplicate"))
    given = plan.given(side)
    engine.execute(
        render(
            "match_open",
            table=plan.table(f"open_{side}"),
            free=state.free(side),
            side=plan.table(side),
            given=given.sql,
            other_given=plan.given(other).sql,
            alias=side[0],
            other_alias=other[0],
            reasons=reasons,
            cancelled=plan.table(f"cancelled_{side}") if cancels else None,
            duplicates=[each for each in plan.options.duplicates if given.has(each)] if named else [],
            apart=[_BARE.format(f"g.{quoted(each)}") for each in plan.options.apart if given.has(each)],
            content=given.content("g"),
            pair=plan.table("pair"),
            grouping=plan.table("grouping"),
            own="lid" if side == "left" else "rid",
            its="rid" if side == "left" else "lid",
            own_rows=f"{side}_rows",
            its_rows=f"{other}_rows",
        )
    )


def _undecided(plan: Plan, engine: Engine, state: State) -> None:
    """The table `undecided`: a row for each set of records between which nothing decides, with its alternatives."""
    table = quoted(plan.table("undecided"))
    free = {side: _still_open(plan, engine, side, state.undecided) for side in SIDES}
    rows = [(each.left, each.right, criterion_of(each)) for each in open_sets(state.undecided, free)]
    take_decided(
        engine,
        plan.table("undecided"),
        pa.Table.from_pylist(
            [
                {"n": n, "left_rows": left, "right_rows": right, "criterion": criterion}
                for n, (left, right, criterion) in enumerate(rows)
            ],
            schema=_UNDECIDED,
        ),
    )
    named = bool(plan.rule.reports("ambiguous"))
    for side in SIDES if rows or engine.recorded else ():
        engine.execute(
            f"UPDATE {quoted(plan.table(f'open_{side}'))} SET criterion = u.criterion"
            + (", state = 'ambiguous'" if named else "")
            + f" FROM (SELECT unnest({side}_rows) AS id, criterion FROM {table}) u WHERE u.id = _id"
        )
    # only now: what may belong to a partner is no copy of anything
    for side in SIDES if plan.options.duplicates else ():
        engine.execute(f"UPDATE {quoted(plan.table(f'open_{side}'))} SET state = 'duplicate' WHERE state = 'copy'")
    if (rows or engine.recorded) and not named:
        engine.execute(f"DELETE FROM {table}")


def _still_open(plan: Plan, engine: Engine, side: str, undecided: Iterable[Alternatives]) -> set[int]:
    wanted = sorted({i for each in undecided for twins in each.classes(side) for i in twins})
    if not wanted:
        return set()
    with engine.registered(_wanted=pa.table({"id": pa.array(wanted, pa.int64())})):
        return {
            row[0]
            for row in engine.rows(
                f"SELECT _id FROM {quoted(plan.table(f'open_{side}'))} "
                "WHERE state IN ('only', 'copy') AND _id IN (SELECT id FROM _wanted)"
            )
        }


def criterion_of(open_set: OpenSet) -> str:
    """JSON: the pass that could not decide, and the ways that would fit."""
    first = min(open_set.stages)
    found: dict[str, object] = {
        "outcome": "ambiguous",
        "pass": first,
        "search": "one of k" if open_set.complete else "search stopped",
        "k": len(open_set.options),
        "alternatives": [{"left": list(left), "right": list(right)} for left, right in open_set.options[:SHOWN]],
    }
    return json.dumps(found, ensure_ascii=False)
