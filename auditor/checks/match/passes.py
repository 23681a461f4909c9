"""The passes of a match, one after another: what one pairs is gone for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from auditor.checks.decided import take_decided
from auditor.checks.match.assign import Edge, assign
from auditor.checks.match.plan import Plan, Stage, working_column
from auditor.checks.match.sides import SIDES
from auditor.checks.match.state import State
from auditor.checks.match.undecided import Alternatives
from auditor.checks.templates import quoted, render, statements
from auditor.engine import Engine

PAIRS_PER_RECORD = 2  # with more pairs than this, and some to spare, crowded keys are taken out of the join
SPARE_PAIRS = 100_000
FEW = 100_000  # as many pairs may be looked at without asking how many there will be
SMALL = 5_000  # so few edges need no rounds in SQL
ROUNDS = 16
DENSE = 2_000_000  # more pairs of classes in one block are not searched


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys by whose hash a pass joins, as SQL over l and over r."""

    left: list[str]
    right: list[str]

    @property
    def values(self) -> dict[str, Any]:
        """What the templates need: both sides' keys, and where they are known. No key at all joins everything."""
        return {
            "left_keys": self.left or ["1"],
            "right_keys": self.right or ["1"],
            "left_known": " AND ".join(f"{each} IS NOT NULL" for each in self.left) or "TRUE",
            "right_known": " AND ".join(f"{each} IS NOT NULL" for each in self.right) or "TRUE",
        }


def keys_of(stage: Stage) -> Keys:
    """The keys of a pass."""
    return Keys([key[0] for key in stage.keys], [key[1] for key in stage.keys])


def run_pass(plan: Plan, engine: Engine, state: State, stage: Stage) -> None:
    """One 1:1 pass over the free records; leaves its pairs in a table of its own, with the records that stay alone."""
    step, chosen = plan.table(f"step{stage.number}"), plan.table(f"chosen{stage.number}")
    if not engine.recorded:
        take_decided(engine, chosen, _pairs([]))
    if not (state.counts["left"] and state.counts["right"]) and not engine.recorded:
        return
    shrink(plan, engine, state)
    keys = keys_of(stage)
    if engine.recorded:
        _write_down(plan, engine, state, stage, step, keys)
        return
    crowded, (rows, lefts, rights) = _join(plan, engine, state, stage, step, keys)
    if crowded or lefts != state.counts["left"] or rights != state.counts["right"]:
        _contest(plan, engine, state, stage, step, crowded, keys)
        rows, lefts, rights = _counts(engine, step)
    pairs = lefts + rights - rows
    state.made(stage, step, pairs)


def _write_down(plan: Plan, engine: Engine, state: State, stage: Stage, step: str, keys: Keys) -> None:
    """The statements of a pass for any records: all that fit one another, then for those with several candidates what
    was decided of them."""
    contested, chosen = plan.table("contested"), plan.table(f"chosen{stage.number}")
    sides: dict[str, Any] = {"left": state.left, "right": state.right, "crowded": None, **keys.values}
    engine.execute(
        render("match_pass", table=step, mask=plan.mask, conditions=stage.conditions, limit=None, **sides)
    )
    for each in statements("match_contested", table=contested, pairs=step, **sides):
        engine.execute(each)
    take_decided(engine, chosen, _pairs([]))
    _settle(plan, engine, state, step, contested, chosen)
    state.made(stage, step, 1)


def _settle(plan: Plan, engine: Engine, state: State, step: str, contested: str, chosen: str) -> None:
    """Put the chosen pairs of the contested records into the table `step`."""
    settled = plan.table("settled")
    values = {"pairs": step, "contested": contested, "chosen": chosen, "left": state.left, "right": state.right}
    engine.execute(render("match_settle", table=settled, mask=plan.mask, **values))
    engine.execute(f"DROP TABLE {quoted(step)}")
    engine.execute(f"ALTER TABLE {quoted(settled)} RENAME TO {quoted(step)}")


def _pairs(pairs: Sequence[tuple[int, int]]) -> pa.Table:
    lefts, rights = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return pa.table({"lid": pa.array(lefts, pa.int64()), "rid": pa.array(rights, pa.int64())})


def _join(
    plan: Plan, engine: Engine, state: State, stage: Stage, step: str, keys: Keys
) -> tuple[str | None, tuple[int, int, int]]:
    """Join the free records into table `step`; the table of crowded keys, if there are any, and the rows of `step`.

    Where keys alone decide, the join is simply tried and stopped when it makes too many pairs. Further conditions
    would be looked at for every pair of equal keys before that shows, so then their number is estimated first.
    """
    by_keys_alone = len(keys.left) == len(stage.conditions)
    enough = PAIRS_PER_RECORD * min(state.counts.values()) + SPARE_PAIRS
    crowded = None
    if not by_keys_alone and state.counts["left"] * state.counts["right"] > FEW:
        pairs = engine.value(render("match_estimate", left=state.left, right=state.right, **keys.values))
        crowded = _crowded(plan, engine, state, keys) if pairs > enough else None
    limit = sum(state.counts.values()) + enough if by_keys_alone else None
    for _ in range(2):
        engine.execute(
            render(
                "match_pass",
                table=step,
                left=state.left,
                right=state.right,
                mask=plan.mask,
                crowded=crowded,
                conditions=stage.conditions,
                limit=limit,
                **keys.values,
            )
        )
        counts = _counts(engine, step)
        if crowded or limit is None or counts[0] < limit:
            break
        crowded, limit = _crowded(plan, engine, state, keys), None
    return crowded, counts


def _counts(engine: Engine, step: str) -> tuple[int, int, int]:
    """Rows, and how many of them have a left and a right record."""
    rows, lefts, rights = engine.rows(f"SELECT count(*), count(lid), count(rid) FROM {quoted(step)}")[0]
    return rows, lefts, rights


def shrink(plan: Plan, engine: Engine, state: State) -> None:
    """Make tables of the records that the last pass left alone; until then the free records are only named."""
    if state.alone is None:
        return
    state.shrunk += 1
    for side in SIDES:
        table = plan.table(f"free{state.shrunk}_{side}")
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(table)} AS\n"
            f"SELECT * FROM {quoted(state.free(side))} WHERE _id IN ({state.alone[side]})"
        )
        state.put(side, table, engine.value(f"SELECT count(*) FROM {quoted(table)}"))
    state.alone = None


def _crowded(plan: Plan, engine: Engine, state: State, keys: Keys) -> str:
    """The table of keys that several records have on both sides."""
    table = plan.table("crowded")
    engine.execute(render("match_crowded", table=table, left=state.left, right=state.right, **keys.values))
    return table


def _contest(
    plan: Plan, engine: Engine, state: State, stage: Stage, step: str, crowded: str | None, keys: Keys
) -> None:
    """Decide about the records with several candidates, as classes of twins."""
    contested = plan.table("contested")
    for each in statements(
        "match_contested",
        table=contested,
        pairs=step,
        left=state.left,
        right=state.right,
        crowded=crowded,
        **keys.values,
    ):
        engine.execute(each)
    make_classes(plan, engine, state, contested)
    remove_dense(plan, engine, state, stage, keys)
    edges, chosen, taken = plan.table("edges"), plan.table("chosen"), plan.table("taken")
    left, right = plan.table("class_left"), plan.table("class_right")
    engine.execute(
        render(
            "match_edges",
            table=edges,
            left=left,
            right=right,
            mask=plan.mask,
            order=stage.order,
            conditions=stage.conditions,
        )
    )
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(chosen)} (lid BIGINT, rid BIGINT)")
    for _ in range(ROUNDS):
        if engine.value(f"SELECT count(*) FROM {quoted(edges)}") <= SMALL:
            break
        for each in statements("match_mutual", taken=taken, edges=edges, chosen=chosen, left=left, right=right):
            engine.execute(each)
        if not engine.value(f"SELECT count(*) FROM {quoted(taken)}"):
            break
    _assign_rest(plan, engine, state, stage, edges, chosen)
    taken_pairs = plan.table(f"chosen{stage.number}")
    take_decided(engine, taken_pairs, engine.arrow(f"SELECT lid, rid FROM {quoted(chosen)} ORDER BY ALL"))
    _settle(plan, engine, state, step, contested, taken_pairs)


def make_classes(plan: Plan, engine: Engine, state: State, only: str | None) -> None:
    """The tables `class_left` and `class_right` of twins among the free records (those of the tables `only_SIDE`)."""
    for side in ("left", "right"):
        given = plan.given(side)
        columns = plan.columns(side)
        engine.execute(
            render(
                "match_class",
                table=plan.table(f"class_{side}"),
                columns=columns,
                given=given.sql,
                working=[working_column(each) for each in plan.fields(side).dates],
                content=given.content("g"),
                source=state.free(side),
                only=f"{only}_{side}" if only else None,
            )
        )


def remove_dense(plan: Plan, engine: Engine, state: State, stage: Stage, keys: Keys) -> None:
    """Take blocks out that hold too many pairs to look at. Said in a remark, and their records stay undecided."""
    if state.counts["left"] * state.counts["right"] <= DENSE:
        return
    left, right, dense = plan.table("class_left"), plan.table("class_right"), plan.table("dense")
    engine.execute(render("match_dense", table=dense, left=left, right=right, limit=DENSE, **keys.values))
    for h, lefts, rights in engine.rows(f"SELECT h, lefts, rights FROM {quoted(dense)} ORDER BY lefts, rights"):
        en = f"pass “{stage.title.en}”: {lefts} against {rights} records of equal keys are too many; search stopped"
        zh = f"“{stage.title.zh}”一层：关键字段相同的记录有 {lefts} 对 {rights} 条，超出搜索范围，已停止搜索"
        state.remarks.append((en, zh))
        for table, side in ((left, "left"), (right, "right")):
            key = ", ".join(keys.values[f"{side}_keys"])
            engine.execute(f"DELETE FROM {quoted(table)} {side[0]} WHERE hash({key}) = {h}")


def _assign_rest(plan: Plan, engine: Engine, state: State, stage: Stage, edges: str, chosen: str) -> None:
    """The edges that the rounds in SQL left: few, and tied."""
    shown = bool(stage.options.outcome) or not stage.options.accept
    rest = [
        Edge(left, right, score, shown or mask != 0)
        for left, right, mask, score in engine.rows(f"SELECT lc, rc, mask, score FROM {quoted(edges)}")
    ]
    if not rest:
        return
    ids = {side: ids_of_classes(plan, engine, side, edges) for side in ("left", "right")}
    counts = {side: {c: len(each) for c, each in ids[side].items()} for side in SIDES}
    alike = {side: _alike(plan, engine, side, edges) for side in SIDES}
    result = assign(rest, counts["left"], counts["right"], alike)
    pairs: list[tuple[int, int]] = []
    for left, right, count in result.taken:
        pairs += zip(ids["left"][left][:count], ids["right"][right][:count], strict=True)
        del ids["left"][left][:count], ids["right"][right][:count]
    if pairs:
        with engine.registered(_chosen=_pairs(pairs)):
            engine.execute(f"INSERT INTO {quoted(chosen)} SELECT lid, rid FROM _chosen")
    for tie in result.ties:
        places = {side: {c: place for place, c in enumerate(classes)} for side, classes in tie.classes().items()}
        state.undecided.append(
            Alternatives(
                stage.number,
                tuple(tuple(ids["left"][c]) for c in tie.left),
                tuple(tuple(ids["right"][c]) for c in tie.right),
                tuple((((places["left"][a], 1),), ((places["right"][b], 1),)) for a, b in tie.edges),
                tie.complete,
            )
        )


def _alike(plan: Plan, engine: Engine, side: str, edges: str) -> dict[int, int]:
    """For each class of the edges the first one that is equal in the fields of `duplicates`, the measure, the day and
    the party: where a leftover of either is reported alike, it does not matter which was paired."""
    given, column = plan.given(side), "lc" if side == "left" else "rc"
    fields = [f"g.{quoted(each)}" for each in plan.options.duplicates if given.has(each)]
    if not fields or len(fields) < len(plan.options.duplicates):
        return {}
    shown = ", ".join([*fields, "k._measure", given.date("g"), given.party("g")])
    rows = engine.rows(
        f"SELECT k.c, min(k.c) OVER (PARTITION BY {shown}) "
        f"FROM {quoted(plan.table(f'class_{side}'))} k JOIN {given.sql} g ON g._id = k.ids[1] "
        f"WHERE k.c IN (SELECT {column} FROM {quoted(edges)})"
    )
    return {int(c): int(first) for c, first in rows}


def ids_of_classes(plan: Plan, engine: Engine, side: str, edges: str) -> dict[int, list[int]]:
    """The records of the classes that the edges name, in the order of their content."""
    column = "lc" if side == "left" else "rc"
    rows = engine.rows(
        f"SELECT c, ids FROM {quoted(plan.table(f'class_{side}'))} WHERE c IN (SELECT {column} FROM {quoted(edges)})"
    )
    return {c: list(ids) for c, ids in rows}
