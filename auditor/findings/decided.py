"""What people wrote about exceptions, as data: decisions, which of them stand, and what stands in no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """What a person has written about an exception, in his own words; a mere note has no `state`."""

    finding: str  # its id; empty where the workbook does not tell it
    code: str
    key: str  # as the workbook shows it
    state: str = ""  # open, corrected, explained, accepted, false alarm, or what stands where one of these should
    reason: str = ""
    by: str = ""
    on: str = ""
    reviewer: str = ""
    seen: str = ""  # the fingerprint of the exception that was decided; empty where nothing tells it
    place: tuple[str, int, str] | None = field(default=None, compare=False)  # file, row, sheet

    @property
    def content(self) -> tuple[str, ...]:
        """What was written, without what it is about."""
        return (self.state, self.reason, self.by, self.on, self.reviewer)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision is worth: settled, waiting (for a review), noted, still found (though marked as corrected),
    incomplete, own reviewer, unknown, lapsed (the exception has changed) or conflict (two decisions, none taken)."""

    word: str
    decision: Decision | None


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """What stands in no cell of an exception any more, and why: lapsed, unseen, conflict; or unplaced, a `text` that
    a person wrote at a `place` of the workbook that is nobody's."""

    why: str
    decision: Decision
    text: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """All that people wrote."""

    standings: Mapping[str, Standing] = field(default_factory=dict)  # by the id of the finding
    gone: tuple[Decision, ...] = ()  # about exceptions that this audit does not have
    kept: tuple[Kept, ...] = ()
    problems: tuple[Mapping[str, Any], ...] = ()  # as AuditorError.as_dict()

    @property
    def decisions(self) -> Mapping[str, Decision]:
        """What stands in the cells of each exception, by its id."""
        found = {name: each.decision for name, each in self.standings.items() if each.word != "lapsed"}
        return {name: decision for name, decision in found.items() if decision is not None}


NOTHING_DECIDED = Decided()
