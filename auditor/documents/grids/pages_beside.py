"""Pages that go on with a table sideways, as a wide sheet is printed: put beside the pages whose rows they hold.

Such a page has labels at the height of the other page's header and one text at the height of each of its rows. Only
where heights and counts agree exactly, on all pages of the table, are the pages put together; else they stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.documents.grids.lines import around, cells, lines
from auditor.documents.grids.value_patterns import is_number, is_value
from auditor.documents.grids.word_tables import Known, header_lines
from auditor.documents.pages import Box, Rule, Word, WordPage

_SAME_HEIGHT = 1.5  # points within which heights of two pages are one
_FEWEST_ROWS = 2
_FEWER = 0.8  # of the words of a page before it: a page that continues a table sideways has no more


@dataclass(frozen=True, slots=True)
class _Heights:
    """What of a page tells whether another continues it: its header and the heights (in points) of its rows."""

    page: WordPage
    header: float | None
    labels: frozenset[str]
    rows: tuple[float, ...]


def with_pages_beside(pages: Sequence[WordPage], known: Known) -> list[WordPage]:
    """The pages with those that continue a table sideways moved beside the pages that they continue.

    Words that were moved keep the number of their page; what else stands on their page stays there. `known` says
    whether a text is a header.
    """
    made = list(pages)
    counts = [len(page.words) for page in pages]
    fewer = [page for at, page in enumerate(pages) if at and counts[at] < _FEWER * max(counts[:at])]
    if all(_heights(page, known).header is not None for page in fewer):  # as good as all documents
        return made
    heights = [_heights(page, known) for page in pages]
    at = 0
    while at < len(pages):
        at += _joined_from(at, heights, made, known)
    return made


def _joined_from(start: int, heights: Sequence[_Heights], made: list[WordPage], known: Known) -> int:
    """Joins the pages that continue the table starting at a page; how many pages that concerns, at least one."""
    base = heights[start]
    if base.header is None or len(base.rows) < _FEWEST_ROWS:
        return 1
    for count in range(1, len(heights) - start):
        if count > 1 and heights[start + count - 1].header is not None and not _again(base, heights[start + count - 1]):
            break
        beside = start + count
        done = count
        while beside + count <= len(heights) and _fits(heights, start, beside, count, known):
            for offset in range(count):
                shift = (done // count) * base.page.width
                _join(made, start + offset, beside + offset, heights[start + offset], base.header, shift)
            beside, done = beside + count, done + count
        if done > count:
            return done
    return 1


def _again(base: _Heights, other: _Heights) -> bool:
    """Whether a page repeats the header of the page on which the table starts."""
    return other.labels == base.labels


def _fits(heights: Sequence[_Heights], start: int, beside: int, count: int, known: Known) -> bool:
    """Whether `count` pages continue sideways those from `start`: the first one with further labels."""
    base, first = heights[start], heights[beside]
    assert base.header is not None
    labels = _at(first.page.words, base.header)
    texts = {piece.text for line in lines(labels) for piece in cells(line)}
    if first.header is not None or not any(known(text) for text in texts) or texts & base.labels:
        return False
    return all(_same_rows(heights[start + offset], heights[beside + offset]) for offset in range(count))


def _same_rows(one: _Heights, other: _Heights) -> bool:
    """Whether a page has a value at the height of every row of another, and no other value."""
    return 0 < len(one.rows) == len(other.rows) and all(
        abs(a - b) <= _SAME_HEIGHT for a, b in zip(one.rows, other.rows, strict=True)
    )


def _join(made: list[WordPage], left: int, right: int, heights: _Heights, header: float, shift: float) -> None:
    """Moves what stands at the heights of the left page's rows, and of its header, from the right page to it, by
    `shift` points or to where the lines of a ruled table go on."""
    one, other = made[left], made[right]
    places = (*heights.rows, header) if heights.header is not None else heights.rows
    moved = {id(word) for place in places for word in _at(other.words, place)}
    if one.rules and other.rules:
        shift = max(rule.x1 for rule in one.rules) - min(rule.x0 for rule in other.rules)
    words = tuple(_shifted(word, shift) for word in other.words if id(word) in moved)
    rules = tuple(Rule(rule.x0 + shift, rule.top, rule.x1 + shift, rule.bottom) for rule in other.rules)
    made[left] = replace(one, words=one.words + words, rules=one.rules + rules)
    made[right] = replace(other, words=tuple(word for word in other.words if id(word) not in moved), rules=())


def _shifted(word: Word, shift: float) -> Word:
    box = word.box
    return replace(word, box=replace(box, x0=box.x0 + shift, x1=box.x1 + shift))


def _heights(page: WordPage, known: Known) -> _Heights:
    found = header_lines(lines(page.words), known)
    header = _middle(around(found[0][0])) if found else None
    labels = frozenset(piece.text for piece in found[0][1]) if found else frozenset()
    rows: list[float] = []
    dated = [word for word in page.words if is_value(word.text)]
    values = dated or [word for word in page.words if is_number(word.text)]
    for place in sorted(_middle(word.box) for word in values):
        if (header is None or place > header) and (not rows or place - rows[-1] > _SAME_HEIGHT):
            rows.append(place)
    return _Heights(page, header, labels, tuple(rows))


def _at(words: Sequence[Word], place: float) -> list[Word]:
    return [word for word in words if abs(_middle(word.box) - place) <= _SAME_HEIGHT]


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2
