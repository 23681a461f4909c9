"""A title that stands beside a label on one line, as a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.documents.grids.lines import around, cells, line_text
from auditor.documents.papers.fields import PaperLabels
from auditor.documents.papers.outline import labels_of
from auditor.documents.papers.printed_lines import PrintedLine
from auditor.documents.papers.titles import PaperTitles

_HEAD = 8  # lines of a document among which its title stands


def titled_lines(lines: Sequence[PrintedLine], titles: PaperTitles, labels: PaperLabels) -> list[PrintedLine]:
    """The lines of a document; of the first that has a title beside a label the title as a line of its own, if no line
    is a title by itself."""
    head = lines[:_HEAD]
    if any(titles.kind(line.text) and not labels_of(line, labels.knows) for line in head):
        return list(lines)
    for at, line in enumerate(head):
        pieces = cells(line.words)
        named = [
            each
            for each in pieces
            if (kind := titles.kind(each.text)) is not None and kind.whole and ":" not in each.text
        ]
        rest = [word for each in pieces if each not in named for word in each.words]
        if len(named) == 1 and rest:
            title = replace(line, text=named[0].text, words=named[0].words, box=named[0].box, full=False)
            below = replace(line, text=line_text([word.text for word in rest]), words=tuple(rest), box=around(rest))
            return [title, *lines[:at], replace(below, first=False, gap=False), *lines[at + 1 :]]
    return list(lines)
