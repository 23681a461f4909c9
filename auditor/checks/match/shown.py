"""The records that the outcomes name, fetched from their populations once, however large these are."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.checks.match.nearest import Search
from auditor.checks.match.plan import Plan
from auditor.checks.match.sides import SIDES, values_sql
from auditor.checks.match.state import State
from auditor.checks.templates import quoted, render
from auditor.engine import Engine


def fetch_named(plan: Plan, engine: Engine, state: State) -> None:
    """The tables `shown_SIDE`: the records that are free after the last pass and those of pairs and groups that will be
    reported. The tables of free records are made from them."""
    named = [str(stage.number) for stage in plan.stages if stage.options.outcome or not stage.options.accept]
    for side in SIDES:
        shown = plan.table(f"shown_{side}")
        alone = state.alone[side] if state.alone else f"SELECT _id FROM {quoted(state.free(side))}"
        engine.execute(
            render(
                "match_shown",
                shown=shown,
                given=plan.given(side).sql,
                alone=alone,
                own="lid" if side == "left" else "rid",
                rows=f"{side}_rows",
                differing=plan.table("differing"),
                pair=plan.table("pair"),
                stages=named,
                grouping=plan.table("grouping"),
            )
        )
        if state.alone:
            free = plan.table(f"free_{side}")
            source = f"(SELECT * FROM {quoted(shown)} WHERE _id IN ({alone}))"
            engine.execute(values_sql(plan, side, source, free))
            state.put(side, free, state.counts[side])
    state.alone = None


def fetch_others(plan: Plan, engine: Engine, searches: Sequence[Search]) -> None:
    """Add to `shown_SIDE` what duplicates repeat and the candidates for nearest misses; and make `shown_values_SIDE`,
    the values by which all these records were matched."""
    candidates = {each.away: each.candidates for each in searches}
    for side, away in zip(SIDES, reversed(SIDES), strict=True):
        shown = plan.table(f"shown_{side}")
        wanted = (
            f"SELECT twin AS id FROM {quoted(plan.table(f'open_{side}'))} WHERE twin IS NOT NULL "
            f"UNION SELECT other FROM {quoted(plan.table(f'open_{away}'))} WHERE other IS NOT NULL"
        )
        if table := candidates.get(side):
            wanted += f" UNION SELECT away FROM {quoted(table)}"
        others = f"SELECT id FROM ({wanted}) WHERE id NOT IN (SELECT _id FROM {quoted(shown)})"
        if engine.recorded or engine.value(f"SELECT count(*) FROM ({others})"):
            engine.execute(f"INSERT INTO {quoted(shown)} SELECT * FROM {plan.given(side).sql} WHERE _id IN ({others})")
        engine.execute(values_sql(plan, side, quoted(shown), plan.table(f"shown_values_{side}")))
