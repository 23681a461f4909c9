"""From pairs, groups and leftovers to the outcome table."""

from __future__ import annotations

from auditor.checks.criteria.model import Criterion
from auditor.checks.criteria.sql import tolerance
from auditor.checks.match.compare import compared_groups
from auditor.checks.match.differences import difference_selects
from auditor.checks.match.named import as_json, common, gap, ids, pair_source, shown, tier
from auditor.checks.match.plan import Plan, Stage
from auditor.checks.match.settled import PARTLY, SMALL, settles_partly, small_differences
from auditor.checks.match.sides import SIDES, measure_of
from auditor.checks.match.state import State
from auditor.checks.outcomes import create_outcomes, outcome_select
from auditor.checks.templates import literal, quoted
from auditor.engine import Engine


def report(plan: Plan, engine: Engine, state: State, table: str) -> None:
    """Make the outcome table."""
    there = _there(plan, engine)
    selects = [_only(plan, side) for side in SIDES if f"{side} only" in there]
    selects += [_duplicate(plan, side) for side in SIDES if f"{side} duplicate" in there]
    selects += difference_selects(plan, there)
    selects += small_differences(plan)
    selects += [_of_pass(plan, stage) for stage in plan.stages if stage.options.outcome or not stage.options.accept]
    if "undecided" in there:
        selects.append(_ambiguous(plan))
    if state.groups:
        selects += _groups(plan, state)
    selects += _explained(plan, there)
    create_outcomes(engine, table, selects)


def _there(plan: Plan, engine: Engine) -> set[str]:
    """What there is to report, so that no SELECT is planned that has nothing to give."""
    if engine.recorded:
        states = {f"{side} {state}" for side in SIDES for state in ("only", "duplicate", "explained")}
        return states | {f"shown {each.bit}" for each in plan.comparisons} | {"excused", "undecided"}
    found = {
        f"{side} {state}"
        for side in SIDES
        for (state,) in engine.rows(f"SELECT DISTINCT state FROM {quoted(plan.table(f'open_{side}'))}")
    }
    differing, excused = engine.rows(f"SELECT bit_or(shown), bit_or(excused) FROM {quoted(plan.table('differing'))}")[0]
    found |= {f"shown {each.bit}" for each in plan.comparisons if (differing or 0) & 1 << each.bit}
    found |= {"excused"} if excused else set()
    return found | ({"undecided"} if engine.value(f"SELECT count(*) FROM {quoted(plan.table('undecided'))}") else set())


def _only(plan: Plan, side: str) -> str:
    own, other = side[0], "r" if side == "left" else "l"
    away = "right" if side == "left" else "left"
    sign = "-" if side == "left" else ""
    of_twins = as_json(
        outcome=literal(f"{side}_only"), one_of="t.members", spare="t.spare", open=plan.given(side).ids(own)
    )
    alone = f"coalesce(o.criterion, {as_json(outcome=literal(f'{side}_only'))})"
    defaults = common(plan) | {
        f"{side}_ids": f"coalesce(t.members, {ids(plan, side, own)})",
        "right_ids" if side == "left" else "left_ids": "[]",
        "difference": f"{sign}o._measure",
        "amount": "o._measure",
        "criterion": f"CASE WHEN t._id IS NOT NULL THEN {of_twins} ELSE {alone} END",
        "nearest": "n.nearest",
    }
    source = (
        f"{quoted(plan.table(f'open_{side}'))} o JOIN {shown(plan, side)} {own} ON {own}._id = o._id "
        f"LEFT JOIN {shown(plan, away)} {other} ON FALSE "
        f"LEFT JOIN {quoted(plan.table(f'twins_{side}'))} t ON t._id = o._id "
        f"LEFT JOIN {quoted(plan.table(f'nearest_{side}'))} n ON n._id = o._id WHERE o.state = 'only'"
    )
    return outcome_select(plan.rule, f"{side}_only", defaults=defaults, source=source)


def _duplicate(plan: Plan, side: str) -> str:
    own, other = side[0], "r" if side == "left" else "l"
    away_side = "right" if side == "left" else "left"
    sign = "-" if side == "left" else ""
    defaults = common(plan) | {
        f"{side}_ids": ids(plan, side, own, "t"),
        f"{away_side}_ids": ids(plan, away_side, other),
        "difference": f"{sign}o._measure",
        "amount": "o._measure",
        "criterion": as_json(
            outcome=literal(f"{side}_duplicate"),
            duplicate=plan.given(side).ids(own),
            fields="[" + ", ".join(literal(each) for each in plan.options.duplicates) + "]",
        ),
    }
    source = (
        f"{quoted(plan.table(f'open_{side}'))} o JOIN {shown(plan, side)} {own} ON {own}._id = o._id "
        f"LEFT JOIN {shown(plan, side)} t ON t._id = o.twin "
        f"LEFT JOIN {shown(plan, away_side)} {other} ON {other}._id = o.other WHERE o.state = 'duplicate'"
    )
    return outcome_select(plan.rule, f"{side}_duplicate", defaults=defaults, source=source)


def _of_pass(plan: Plan, stage: Stage) -> str:
    outcome = stage.options.outcome or "not_accepted"
    left, right = measure_of(plan, "left", "l"), measure_of(plan, "right", "r")
    defaults = common(plan) | {
        "left_ids": ids(plan, "left", "l"),
        "right_ids": ids(plan, "right", "r"),
        "expected": left,
        "actual": right,
        "difference": f"nullif({gap(plan)}, 0)",
        "amount": f"coalesce({left}, {right})",
        "criterion": tier(plan, outcome),
    }
    source = f"{pair_source(plan, quoted(plan.table('pair')))} WHERE p.stage = {stage.number}"
    return outcome_select(plan.rule, outcome, defaults=defaults, source=source)


def _sets_source(plan: Plan, table: str) -> str:
    """Rows that stand for several records: `l` and `r` are the first of each side, `left_ids` all of them."""
    return (
        f"(SELECT g.*, {_all_ids(plan, 'left')} AS left_ids, {_all_ids(plan, 'right')} AS right_ids "
        f"FROM {quoted(table)} g) p "
        f"LEFT JOIN {shown(plan, 'left')} l ON l._id = p.left_rows[1] "
        f"LEFT JOIN {shown(plan, 'right')} r ON r._id = p.right_rows[1]"
    )


def _all_ids(plan: Plan, side: str) -> str:
    given = plan.given(side)
    if not given.has("_ids"):
        return f"g.{side}_rows"
    return (
        f"(SELECT list_sort(list_distinct(flatten(list(x._ids)))) FROM {shown(plan, side)} x "
        f"WHERE list_contains(g.{side}_rows, x._id))"
    )


def _sum(plan: Plan, side: str) -> str:
    values = quoted(plan.table(f"shown_values_{side}"))
    return f"(SELECT coalesce(sum(x._measure), 0) FROM {values} x WHERE list_contains(p.{side}_rows, x._id))"


def _ambiguous(plan: Plan) -> str:
    left, right = _sum(plan, "left"), _sum(plan, "right")
    defaults = common(plan) | {
        "left_ids": "p.left_ids",
        "right_ids": "p.right_ids",
        "expected": left,
        "actual": right,
        "difference": f"{right} - {left}",
        "amount": f"greatest(abs({left}), abs({right}))",
        "criterion": "p.criterion",
    }
    return outcome_select(plan.rule, "ambiguous", defaults=defaults, source=_sets_source(plan, plan.table("undecided")))


def _groups(plan: Plan, state: State) -> list[str]:
    """Groups whose sums differ, and groups of passes that have an outcome of their own."""

    def select(outcome: str, where: str, field: str | None = None) -> str:
        criterion = as_json(
            outcome=literal(outcome),
            **{"pass": "p.stage"},
            members="[len(p.left_rows), len(p.right_rows)]",
        )
        defaults = common(plan) | {
            "left_ids": "p.left_ids",
            "right_ids": "p.right_ids",
            "expected": "p.lm",
            "actual": "p.rm",
            "difference": "p.rm - p.lm" if field else "nullif(p.rm - p.lm, 0)",
            "amount": "p.rm - p.lm" if field or outcome == PARTLY else "p.lm",
            "criterion": criterion,
        }
        source = f"{_sets_source(plan, plan.table('grouping'))} WHERE {where}"
        return outcome_select(plan.rule, outcome, field=field, defaults=defaults, source=source)

    selects = [
        select(stage.options.outcome or "not_accepted", f"p.stage = {stage.number}")
        for stage, _ in state.groups
        if stage.options.outcome or not stage.options.accept
    ]
    accepted = [str(stage.number) for stage, _ in state.groups if stage.options.accept]
    measure = compared_groups(plan)
    if measure and accepted:
        how = plan.options.compare[measure.field]
        criterion = how if isinstance(how, Criterion) else Criterion(within="0")
        off = f"p.stage IN ({', '.join(accepted)}) AND abs(p.rm - p.lm) > {tolerance(criterion, 'p.lm', 'p.rm')}"
        partly = settles_partly(plan, "p.lm", "p.rm")
        if partly:
            selects.append(select(PARTLY, f"{off} AND {partly}", None))
            off = f"{off} AND NOT {partly}"
        selects.append(select("group_differs", off, measure.field))
    if accepted and plan.rule.reports(SMALL, plan.options.measure):
        let_pass = f"p.stage IN ({', '.join(accepted)}) AND p.rm <> p.lm"
        if measure:
            let_pass += f" AND abs(p.rm - p.lm) <= {tolerance(criterion, 'p.lm', 'p.rm')}"
        selects.append(select(SMALL, let_pass, plan.options.measure))
    return selects


def _explained(plan: Plan, there: set[str]) -> list[str]:
    """What is open or differs for a good reason: counted, never reported."""
    titles = list(plan.options.explained)
    if not titles:
        return []

    def reason(column: str, was: str) -> str:
        branches = " ".join(
            f"WHEN {n} THEN json_object('en', {literal(e.title.en)}, 'zh', {literal(e.title.zh)})"
            for n, e in enumerate(titles)
        )
        return as_json(outcome=literal("explained"), was=was, reason=f"CASE {column} {branches} END")

    selects = []
    for side, sign in (("left", "-"), ("right", "")):
        if f"{side} explained" not in there:
            continue
        own, other = side[0], "r" if side == "left" else "l"
        away = "right" if side == "left" else "left"
        defaults = common(plan) | {
            f"{side}_ids": ids(plan, side, own),
            f"{away}_ids": "[]",
            "difference": f"{sign}o._measure",
            "amount": "o._measure",
            "criterion": reason("o.reason", literal(f"{side}_only")),
        }
        selects.append(
            outcome_select(
                plan.rule,
                "explained",
                defaults=defaults,
                source=(
                    f"{quoted(plan.table(f'open_{side}'))} o JOIN {shown(plan, side)} {own} ON {own}._id = o._id "
                    f"LEFT JOIN {shown(plan, away)} {other} ON FALSE WHERE o.state = 'explained'"
                ),
            )
        )
    fields = ", ".join(
        f"CASE WHEN p.excused & {1 << each.bit} <> 0 THEN {literal(each.field)} END" for each in plan.comparisons
    )
    if "excused" in there:
        defaults = common(plan) | {
            "left_ids": ids(plan, "left", "l"),
            "right_ids": ids(plan, "right", "r"),
            "criterion": reason("p.reason", f"list_sort(list_distinct([{fields}]))"),
        }
        selects.append(
            outcome_select(
                plan.rule,
                "explained",
                defaults=defaults,
                source=(f"{pair_source(plan, quoted(plan.table('differing')))} WHERE p.excused <> 0"),
            )
        )
    return selects
