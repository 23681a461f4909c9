"""The rows of a table by the white space between them, where it parts all of them alike.

Lines of one row overlap in height or follow each other closely; from row to row is clearly more. That is only trusted
where it agrees with the values: a column of dates or amounts has one value in each row, however many lines it takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditor.documents.grids.line_sharing import NEXT_LINE
from auditor.documents.grids.lines import Piece, wrapped_text
from auditor.documents.grids.value_patterns import is_value

_CLEARLY = 0.2  # of a line's height: so much wider are the gaps between rows than those within them
_MOST = 0.75  # of the rows: that many have a value in a column that tells them

Band = list[list[Piece]]  # for each column the lines of one row


def bands_of(columns: Sequence[Sequence[Piece]], sure: set[int], height: float) -> list[Band]:
    """The lines of each column by row, from the top; empty where white space does not tell the rows apart.

    `sure` are the columns whose lines are values in most rows, `height` that of a line in points.
    """
    found = [(line.box.top, line.box.bottom, number, line) for number, column in enumerate(columns) for line in column]
    found.sort(key=lambda each: (each[0], each[1], each[2]))
    groups: list[list[tuple[int, Piece]]] = []
    tops: list[tuple[float, float]] = []
    for top, bottom, number, line in found:
        if groups and top < tops[-1][1]:
            groups[-1].append((number, line))
            tops[-1] = (tops[-1][0], max(tops[-1][1], bottom))
        else:
            groups.append([(number, line)])
            tops.append((top, bottom))
    gaps = [after[0] - before[1] for before, after in pairwise(tops)]
    for most in _ways_to_part(gaps, height):
        bands = _joined(groups, gaps, most, len(columns))
        if _told_by_values(bands, columns, sure) and _apart(bands, gaps, most, height):
            return bands
    return []


def _ways_to_part(gaps: Sequence[float], height: float) -> list[float]:
    """The widest gaps within rows that may be: none at all, and one clearly smaller than every gap between rows."""
    ordered = sorted(gaps)
    jumps = [
        (after - before, before)
        for before, after in pairwise(ordered)
        if after - before >= _CLEARLY * height and before < height
    ]
    return [*([max(jumps)[1]] if jumps else []), -1.0]


def _joined(
    groups: Sequence[Sequence[tuple[int, Piece]]], gaps: Sequence[float], most: float, width: int
) -> list[Band]:
    bands: list[Band] = []
    for at, group in enumerate(groups):
        if not at or gaps[at - 1] > most:
            bands.append([[] for _ in range(width)])
        for number, line in group:
            bands[-1][number].append(line)
    return bands


def _told_by_values(bands: Sequence[Band], columns: Sequence[Sequence[Piece]], sure: set[int]) -> bool:
    """Whether some column has one value in most rows, and no column that tells rows has two in one."""
    telling = False
    for number in range(len(columns)):
        cells = [band[number] for band in bands if band[number]]
        values = sum(is_value(_text(lines)) for lines in cells)
        if number in sure and any(len(lines) > 1 and not is_value(_text(lines)) for lines in cells):
            return False
        telling = telling or values >= max(1, _MOST * len(bands))
    return telling


def _text(lines: Sequence[Piece]) -> str:
    return lines[0].text if len(lines) == 1 else wrapped_text([line.text for line in lines])


def _apart(bands: Sequence[Band], gaps: Sequence[float], most: float, height: float) -> bool:
    """Whether each band is a row: one without any value, close to the next, may be a further line of it."""
    between = [gap for gap in gaps if gap > most]
    for at, band in enumerate(bands):
        valued = any(is_value(_text(lines)) for lines in band if lines)
        near = [between[i] for i in (at - 1, at) if 0 <= i < len(between)]
        if not valued and near and min(near) < (NEXT_LINE - 1) * height:
            return False
    return True
