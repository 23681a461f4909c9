"""Distances from UTC beside the times of a column.

One distance throughout is the document's own local time and stays as it is written. UTC itself is hardly anybody's
local time, and several distances in one column are several clocks: either must be told apart before a day is counted.
"""

from __future__ import annotations

from collections.abc import Collection

from auditor.documents.decisions.decision import Basis, Decision

UTC = "+00:00"


def decide(zones: Collection[str | None]) -> Decision[str]:
    """The distance from UTC of a column; `zones` are the distinct ones of its cells, None for a cell without.

    Open if there are several, if only some cells state one, or if it is UTC.
    """
    stated = {zone for zone in zones if zone is not None}
    if not stated:
        return Decision(None)
    if len(stated) > 1 or None in zones or UTC in stated:
        return Decision(None, open=True)
    return Decision(stated.pop(), Basis.STATED)
