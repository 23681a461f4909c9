"""Records of one side that cancel one another: an entry and its red reversal, neither of them on the other side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from auditor.checks.criteria.agreement import agreement
from auditor.checks.decided import take_decided
from auditor.checks.match.options import Explained
from auditor.checks.match.plan import Plan
from auditor.checks.match.state import State
from auditor.checks.sources import days_apart
from auditor.checks.templates import quoted
from auditor.engine import Engine

MOST_EDGES = 200_000  # more possible pairs are not looked at: their records stay open


@dataclass(frozen=True, slots=True)
class Edge:
    """Two records that may cancel one another, and how many days lie between them."""

    one: int
    other: int
    days: int


def find_cancelled(plan: Plan, engine: Engine, state: State, side: str) -> None:
    """The table `cancelled_SIDE`: id and reason of each free record that another free one of its side cancels."""
    reasons: dict[int, int] = {}
    for number, reason in enumerate(plan.options.explained):
        if reason.side == side and reason.cancels:
            edges, twins = _edges(plan, engine, state, side, reason, reasons)
            for pair in cancelling(edges, twins):
                reasons.update(dict.fromkeys(pair, number))
    ids = sorted(reasons)
    table = pa.table({"id": pa.array(ids, pa.int64()), "reason": pa.array([reasons[i] for i in ids], pa.int32())})
    take_decided(engine, plan.table(f"cancelled_{side}"), table)


def _edges(
    plan: Plan, engine: Engine, state: State, side: str, reason: Explained, gone: Iterable[int]
) -> tuple[list[Edge], dict[int, int]]:
    """The possible pairs among the free records, and for each record of them the number of its content."""
    given = plan.given(side)
    free = plan.table(f"cancelling_{side}")
    content = ", ".join(given.content("s")[:-1])
    done = ", ".join(map(str, sorted(gone))) or "-1"
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted(free)} AS "
        f"SELECT s.*, f._measure, dense_rank() OVER (ORDER BY {content}) AS _twin FROM {quoted(state.free(side))} f "
        f"JOIN {quoted(plan.table(f'shown_{side}'))} s ON s._id = f._id "
        f"WHERE f._measure <> 0 AND s._id NOT IN ({done})"
    )
    wanted = agreement(reason.cancels, given, given).condition
    days = days_apart(given, given) or "0"
    rows = engine.rows(
        f"SELECT least(l._id, r._id), greatest(l._id, r._id), coalesce(min({days}), 0), "
        "any_value(CASE WHEN l._id < r._id THEN l._twin ELSE r._twin END), "
        "any_value(CASE WHEN l._id < r._id THEN r._twin ELSE l._twin END) "
        f"FROM {quoted(free)} l JOIN {quoted(free)} r ON l._measure = -r._measure AND {wanted} "
        f"WHERE {reason.when or 'TRUE'} GROUP BY ALL LIMIT {MOST_EDGES + 1}"
    )
    if len(rows) > MOST_EDGES:
        name = plan.rule.record_title(given.name)
        state.remarks.append(
            (
                f"{name.en}: too many open records may cancel one another; none was taken to",
                f"{name.zh}：可能互相冲销的未匹配记录过多，均未认定",
            )
        )
        return [], {}
    twins = {int(row[place]): int(row[place + 3]) for row in rows for place in (0, 1)}
    return [Edge(int(one), int(other), int(apart)) for one, other, apart, _, _ in rows], twins


def cancelling(edges: Sequence[Edge], twins: Mapping[int, int]) -> list[tuple[int, int]]:
    """The pairs in which each is the nearest of the other, and no record of another content is as near.

    `twins` gives records of equal content the same number: of them it does not matter which is taken.
    """
    pairs: list[tuple[int, int]] = []
    left = list(edges)
    while True:
        nearest: dict[int, int] = {}
        for edge in left:
            for node in (edge.one, edge.other):
                nearest[node] = min(edge.days, nearest.get(node, edge.days))
        best = [edge for edge in left if edge.days == nearest[edge.one] == nearest[edge.other]]
        choices: dict[int, set[int]] = defaultdict(set)
        for edge in left:
            for node, partner in ((edge.one, edge.other), (edge.other, edge.one)):
                if edge.days == nearest[node]:
                    choices[twins[node]].add(twins[partner])
        taken: set[int] = set()
        for edge in sorted(best, key=lambda each: (each.one, each.other)):
            sure = len(choices[twins[edge.one]]) == len(choices[twins[edge.other]]) == 1
            if sure and edge.one not in taken and edge.other not in taken:
                taken |= {edge.one, edge.other}
                pairs.append((edge.one, edge.other))
        if not taken:
            return pairs
        left = [edge for edge in left if edge.one not in taken and edge.other not in taken]
