"""How far a match has come."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.checks.match.plan import Stage
from auditor.checks.match.sides import SIDES, Total
from auditor.checks.match.undecided import Alternatives
from auditor.checks.templates import quoted


@dataclass
class State:
    """How far the match has come: the free records of both sides, the steps done, what stayed undecided."""

    left: str
    right: str
    counts: dict[str, int]
    totals: dict[str, Total]
    steps: list[tuple[Stage, str]] = field(default_factory=list)  # tables of one to one passes
    groups: list[tuple[Stage, str]] = field(default_factory=list)  # tables of group passes
    undecided: list[Alternatives] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    aside: dict[str, list[str]] = field(default_factory=lambda: {side: [] for side in SIDES})  # tables of their ids
    alone: dict[str, str] | None = None  # SELECTs of those of the free records that the last pass left; None: all
    shrunk: int = 0

    def free(self, side: str) -> str:
        """The table of free records, of which `alone` names those that are free still."""
        return self.left if side == "left" else self.right

    def made(self, stage: Stage, step: str, pairs: int) -> None:
        """Let `step` hold the pairs of a pass, and what it left alone."""
        self.steps.append((stage, step))
        if pairs:
            self.alone = {
                "left": f"SELECT lid FROM {quoted(step)} WHERE rid IS NULL",
                "right": f"SELECT rid FROM {quoted(step)} WHERE lid IS NULL",
            }
            self.counts = {side: count - pairs for side, count in self.counts.items()}

    def put(self, side: str, table: str, count: int) -> None:
        """Let `table` hold the free records of a side."""
        self.counts[side] = count
        if side == "left":
            self.left = table
        else:
            self.right = table
