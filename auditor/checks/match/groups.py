"""Passes that match groups."""

from __future__ import annotations

from auditor.checks.match.passes import State
from auditor.checks.match.plan import Plan, Stage
from auditor.engine import Engine


def run_groups(plan: Plan, engine: Engine, state: State, stage: Stage) -> None:
    """The groups of one pass."""
