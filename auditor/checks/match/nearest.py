"""The nearest miss of what found no partner."""

from __future__ import annotations

from auditor.checks.match.plan import Plan
from auditor.checks.templates import quoted
from auditor.engine import Engine


def find_nearest(plan: Plan, engine: Engine) -> list[tuple[str, str]]:
    """The tables `nearest_left` and `nearest_right`."""
    for side in ("left", "right"):
        engine.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(plan.table(f'nearest_{side}'))} (_id BIGINT, nearest VARCHAR)")
    return []
