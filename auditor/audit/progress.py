"""What a run tells while it runs. The command line shows it; in Python nobody need listen."""

from __future__ import annotations

from typing import Protocol

STAGES = ("audit", "collect", "read", "store", "check", "find", "write")


class Progress(Protocol):
    """Told of each stage as it begins, and of each step in it."""

    def stage(self, name: str, steps: int | None) -> None:
        """A stage of STAGES begins, with so many steps if that is known."""

    def step(self, what: str) -> None:
        """A step of the stage is done: a document, a rule."""


class Silent:
    """Tells nobody."""

    def stage(self, name: str, steps: int | None) -> None:
        """Nothing."""

    def step(self, what: str) -> None:
        """Nothing."""
