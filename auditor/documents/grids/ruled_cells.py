"""The cells between ruled lines, where the grid is not plain: pdfplumber's table finder on lines alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.documents.pages import Rule

_MEET = 3.0  # points within which two lines meet
_MOST_LINES = 600  # the finder compares every line with every other

Rectangle = tuple[float, float, float, float]


def cells_between(rules: Sequence[Rule]) -> list[Rectangle]:
    """The smallest rectangles (x0, top, x1, bottom) that the lines enclose, from the top left."""
    from pdfplumber import table  # loaded only here: the import takes longer than most documents

    if len(rules) > _MOST_LINES:
        return []
    edges: list[dict[str, Any]] = [_edge(rule) for rule in rules]
    crossings = table.edges_to_intersections(edges, _MEET, _MEET)
    found = table.intersections_to_cells(crossings)
    return sorted(
        {(float(x0), float(top), float(x1), float(bottom)) for x0, top, x1, bottom in found},
        key=lambda cell: (cell[1], cell[0]),
    )


def _edge(rule: Rule) -> dict[str, Any]:
    return {
        "object_type": "line",
        "orientation": "h" if rule.top == rule.bottom else "v",
        "x0": rule.x0,
        "x1": rule.x1,
        "top": rule.top,
        "bottom": rule.bottom,
        "width": rule.x1 - rule.x0,
        "height": rule.bottom - rule.top,
    }
