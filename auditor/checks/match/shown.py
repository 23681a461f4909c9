"""The records that the outcomes name, fetched from their populations once."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.checks.match.nearest import Search
from auditor.checks.match.plan import Plan
from auditor.checks.match.sides import SIDES, values_sql
from auditor.checks.templates import quoted, render
from auditor.engine import Engine


def show(plan: Plan, engine: Engine, searches: Sequence[Search]) -> None:
    """The tables `shown_SIDE` (records) and `shown_values_SIDE` (what was matched): only what outcomes
    and nearest misses name, so that the populations are read once."""
    named = [str(stage.number) for stage in plan.stages if stage.options.outcome or not stage.options.accept]
    candidates = {each.away: each.candidates for each in searches}
    for side in SIDES:
        away = "right" if side == "left" else "left"
        shown = plan.table(f"shown_{side}")
        engine.execute(
            render(
                "match_shown",
                shown=shown,
                given=plan.given(side).sql,
                open_own=plan.table(f"open_{side}"),
                open_away=plan.table(f"open_{away}"),
                own="lid" if side == "left" else "rid",
                rows=f"{side}_rows",
                differing=plan.table("differing"),
                pair=plan.table("pair"),
                stages=named,
                candidates=candidates.get(side),
                sets=[plan.table("undecided"), plan.table("grouping")],
            )
        )
        engine.execute(values_sql(plan, side, quoted(shown), plan.table(f"shown_values_{side}")))
