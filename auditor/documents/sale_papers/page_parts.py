"""A page cut where nothing stands: papers that were laid on the glass side by side, or one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from auditor.documents.pages import Word, WordPage

_WIDEST = 2.0  # heights of a line: a narrower gap parts columns of one paper
_HIGHEST = 2.5  # heights of a line between two papers
_MOST = 4  # cuts that are tried
_FEWEST = 12  # words of a paper


def page_parts(page: WordPage) -> Iterator[list[WordPage]]:
    """The ways to cut a page in two, the widest gaps first, cuts from top to bottom before those across."""
    if len(page.words) < 2 * _FEWEST:
        return
    height = median(word.box.bottom - word.box.top for word in page.words)
    for is_upright, least in ((True, _WIDEST), (False, _HIGHEST)):
        gaps = _gaps(page.words, is_upright)
        wide = sorted(
            (gap for gap in gaps if gap[1] - gap[0] >= least * height), key=lambda gap: (gap[0] - gap[1], gap)
        )
        for start, end in wide[:_MOST]:
            at = (start + end) / 2
            first = [word for word in page.words if (word.box.x0 if is_upright else word.box.top) < at]
            second = [word for word in page.words if (word.box.x0 if is_upright else word.box.top) >= at]
            if min(len(first), len(second)) >= _FEWEST:
                yield [replace(page, words=tuple(first)), replace(page, words=tuple(second))]


def _gaps(words: Sequence[Word], is_upright: bool) -> list[tuple[float, float]]:
    """Where no word stands, across the page or down it."""
    spans = sorted((w.box.x0, w.box.x1) if is_upright else (w.box.top, w.box.bottom) for w in words)
    found, reached = [], spans[0][1]
    for start, end in spans[1:]:
        if start > reached:
            found.append((reached, start))
        reached = max(reached, end)
    return found
