"""The nearest miss of what found no partner: the closest record of the other side, and what fails by how much."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import pyarrow as pa

from auditor.checks.criteria.sql import Test, is_number
from auditor.checks.decided import take_decided
from auditor.checks.match.plan import Plan
from auditor.checks.match.sides import SIDES
from auditor.checks.match.state import State
from auditor.checks.sources import days_apart
from auditor.checks.templates import quoted, render
from auditor.engine import Engine

ALL_PAIRS = 2_000_000  # up to so many, every candidate is looked at
MOST_OPEN = 20_000  # with more open records on a side nothing is sought: a document is missing, not a record
FAN_OUT = 50  # a value shared by more records leads nowhere


@dataclass(frozen=True, slots=True)
class Search:
    """A side whose open records seek their nearest miss on the other side; `candidates` None means among all."""

    side: str
    away: str
    seeking: str
    candidates: str | None


_NEAREST = pa.schema([("_id", pa.int64()), ("nearest", pa.string())])


def find_candidates(plan: Plan, engine: Engine, state: State) -> list[Search]:
    """The sides for which nearest misses are sought, with the tables `seeking_SIDE` of their open records.

    Where looking at every pair would be too much, the table `candidates_SIDE` names the pairs that are looked at:
    those that share a telling value.
    """
    found = []
    for side in SIDES:
        away = "right" if side == "left" else "left"
        search = Search(side, away, plan.table(f"seeking_{side}"), None)
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(search.seeking)} AS "
            f"SELECT * FROM {quoted(state.free(side))} WHERE _id IN "
            f"(SELECT _id FROM {quoted(plan.table(f'open_{side}'))} WHERE state = 'only')"
        )
        count, all_away = engine.value(f"SELECT count(*) FROM {quoted(search.seeking)}"), state.totals[away].count
        if count > MOST_OPEN:
            name = plan.rule.record_title(plan.given(side).name)
            en, zh = "open records of {}: nearest misses were not sought", "条未匹配记录，未查找最接近的记录"
            state.remarks.append((f"{count} {en.format(name.en)}", f"{name.zh}有 {count} {zh}"))
        elif count * all_away > ALL_PAIRS:
            found += _by_drivers(plan, engine, search)
        elif count and all_away:
            found.append(search)
    return found


def _by_drivers(plan: Plan, engine: Engine, search: Search) -> list[Search]:
    drivers = _drivers(plan, engine, search.seeking, search.side)
    if not drivers:
        return []
    table = plan.table(f"candidates_{search.side}")
    engine.execute(
        render(
            "match_candidates",
            table=table,
            source=plan.table(search.away),
            seeking=search.seeking,
            drivers=drivers,
            own=search.side[0],
            away=search.away[0],
            fan_out=FAN_OUT,
        )
    )
    return [replace(search, candidates=table)] if _any(engine, table) else []


def _any(engine: Engine, table: str) -> bool:
    """Whether a table has rows: planning a query over none takes as long as over many."""
    return bool(engine.value(f"SELECT count(*) FROM {quoted(table)}"))


def find_nearest(plan: Plan, engine: Engine, searches: Sequence[Search]) -> None:
    """The tables `nearest_left` and `nearest_right`: JSON for each record that is open on one side only."""
    rows: dict[str, list[tuple[int, str]]] = {side: [] for side in SIDES}
    for search in searches:
        near, away = plan.table(f"near_{search.side}"), search.away[0]
        engine.execute(
            render(
                "match_near",
                table=near,
                seeking=search.seeking,
                candidates=search.candidates,
                pool=plan.table(f"shown_values_{search.away}" if search.candidates else search.away),
                own=search.side[0],
                away=away,
                tests=[each.holds for each in plan.nearest],
                telling=_telling(plan),
                date_gap=_date_gap(plan),
                content=[f"{away}.{quoted(each)}" for each in plan.columns(search.away)],
            )
        )
        if _any(engine, near):
            rows[search.side] = _described(plan, engine, near, search)
    for side, found in rows.items():
        made = pa.Table.from_pylist([{"_id": i, "nearest": text} for i, text in found], schema=_NEAREST)
        take_decided(engine, plan.table(f"nearest_{side}"), made)


def _drivers(plan: Plan, engine: Engine, open_rows: str, side: str) -> list[dict[str, list[str]]]:
    """Keys, single or in twos, that tell the open records apart: only by those are candidates looked up."""
    own = 0 if side == "left" else 1
    keys = [each.key for each in plan.nearest if each.key]
    combined = [[key] for key in keys] + [list(pair) for pair in combinations(keys, 2)]
    if not combined:
        return []
    counts = ", ".join(f"count(DISTINCT hash({', '.join(k[own] for k in each)}))" for each in combined)
    count, *distinct = engine.rows(f"SELECT count(*), {counts} FROM {quoted(open_rows)} {side[0]}")[0]
    telling = [each for each, n in zip(combined, distinct, strict=True) if 5 * n >= count]
    single = {each[0] for each in telling if len(each) == 1}
    return [
        {"own": [k[own] for k in each], "away": [k[1 - own] for k in each]}
        for each in telling
        if len(each) == 1 or not single.intersection(each)
    ]


def _telling(plan: Plan) -> list[str]:
    """Criteria of which one must hold: to lie near in time alone makes no candidate."""
    return [each.holds for each in plan.nearest if not each.window] or ["TRUE"]


def _date_gap(plan: Plan) -> str:
    dates = [(each.left, each.right) for each in plan.nearest if each.window]
    if not dates:
        return days_apart(plan.left, plan.right) or "0"
    return f"abs(r.{quoted(dates[0][1])} - l.{quoted(dates[0][0])})"


def _described(plan: Plan, engine: Engine, near: str, search: Search) -> list[tuple[int, str]]:
    side, away, given = search.side, search.away, plan.given(search.away)
    values = ", ".join(
        f"({each.holds}) IS TRUE, text_of(l.{quoted(each.left)}), text_of(r.{quoted(each.right)}), {_by(plan, each)}"
        for each in plan.nearest
    )
    ids, members = "[n.away]", ""
    if given.has("_ids"):
        ids, members = "g._ids", f"JOIN {given.sql} g ON g._id = n.away"
    pool = plan.table(f"shown_values_{away}" if search.candidates else away)
    rows = engine.rows(
        f"SELECT {side[0]}._id, {ids}, "
        f"{away[0]}._id NOT IN (SELECT _id FROM {quoted(plan.table(f'open_{away}'))}), {values}\n"
        f"FROM {quoted(near)} n JOIN {quoted(search.seeking)} {side[0]} ON {side[0]}._id = n.own "
        f"JOIN {quoted(pool)} {away[0]} ON {away[0]}._id = n.away {members} ORDER BY 1"
    )
    return [(row[0], _text(plan.nearest, row[1], row[2], row[3:])) for row in rows]


def _by(plan: Plan, each: Test) -> str:
    """How far the right value lies from the left one: an amount or days, as text."""
    kinds = plan.left.columns[each.left], plan.right.columns[each.right]
    difference = f"r.{quoted(each.right)} - l.{quoted(each.left)}"
    if all(is_number(kind) for kind in kinds):
        return f"text_of({difference})"
    return f"CAST({difference} AS VARCHAR)" if kinds == ("DATE", "DATE") else "NULL"


def _text(tests: Sequence[Test], ids: Sequence[int], used: bool, values: Sequence[Any]) -> str:
    agrees, failed = [], []
    for place, each in enumerate(tests):
        holds, left, right, by = values[4 * place : 4 * place + 4]
        if holds:
            agrees.append(each.field)
        else:
            failed.append({"field": each.field, "left": left, "right": right, "by": by})
    return json.dumps([{"ids": list(ids), "used": used, "agrees": agrees, "failed": failed}], ensure_ascii=False)
