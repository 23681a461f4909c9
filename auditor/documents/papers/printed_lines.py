"""Pages of words to lines of text, with what shows where one thing on the page ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from auditor.documents.grids.lines import around, cells, line_text, lines
from auditor.documents.pages import Box, Word, WordPage

_UNDERLINE = re.compile(r"[-=_*~—–─═＝－]{2,}")
_WIDER = 1.45  # of the usual distance between two lines: a blank line
_FOOT = 0.93  # of the page's height
_PAGE_NUMBER = re.compile(
    r"(page|页码?|第)?\s*\d{1,4}\s*(页)?\s*((of|/|共)\s*\d{1,4}\s*页?)?|[-–—]\s*\d{1,4}\s*[-–—]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page. `underline`: `=` or `-` if a line of such marks stands below it; `gap`: a blank line stands
    above it; `first`: nothing stands above it on its page; `full`: it ends at the right edge of the text."""

    text: str
    words: tuple[Word, ...]
    box: Box
    underline: str = ""
    gap: bool = False
    first: bool = False
    full: bool = False

    @property
    def height(self) -> float:
        return max(word.box.bottom - word.box.top for word in self.words)

    @property
    def cells(self) -> list[str]:
        """Its texts that stand apart."""
        return [each.text for each in cells(self.words)]


def printed_lines(pages: Sequence[WordPage]) -> list[PrintedLine]:
    """The lines of some pages, in order, without page numbers and without the marks that underline headings."""
    return [line for page in pages for line in _of_page(page)]


def _of_page(page: WordPage) -> list[PrintedLine]:
    made = [line for line in lines(page.without_overlays().words) if line]
    texts = [line_text([word.text for word in line]) for line in made]
    boxes = [around(line) for line in made]
    usual = _usual_distance(boxes)
    right = max((box.x1 for box in boxes), default=0.0)
    longest = max((box.x1 - box.x0 for box in boxes), default=0.0)
    found: list[PrintedLine] = []
    for at, (line, text, box) in enumerate(zip(made, texts, boxes, strict=True)):
        bare = text.replace(" ", "")
        if _UNDERLINE.fullmatch(bare) or _is_page_number(text, box, page):
            continue
        below = texts[at + 1].replace(" ", "") if at + 1 < len(texts) else ""
        mark = "=" if below[:1] in "=═＝" else "-"
        underline = mark if _UNDERLINE.fullmatch(below) else ""
        gap = at > 0 and usual > 0 and box.top - boxes[at - 1].top > _WIDER * usual
        full = box.x1 >= right - 0.2 * longest
        found.append(PrintedLine(text, tuple(line), box, underline, gap, not found, full))
    return found


def _usual_distance(boxes: Sequence[Box]) -> float:
    """The distance from one line to the next that is usual on a page: the smaller half of what there is."""
    distances = sorted(after.top - before.top for before, after in pairwise(boxes))
    return float(median(distances[: max(1, (len(distances) + 1) // 2)])) if distances else 0.0


def _is_page_number(text: str, box: Box, page: WordPage) -> bool:
    at_edge = box.top > _FOOT * page.height or box.bottom < (1 - _FOOT) * page.height
    return at_edge and bool(_PAGE_NUMBER.fullmatch(text.strip()))
