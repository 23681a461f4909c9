"""Tables of lines inside a paper: a header of labels over cells that stand below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.documents.forms.records import made_value
from auditor.documents.grids.lines import Piece, around, cells
from auditor.documents.labels import total_label
from auditor.documents.pages import Box
from auditor.documents.papers.model import Entry, PaperRow
from auditor.documents.papers.printed_lines import PrintedLine

_FEWEST = 2  # columns


@dataclass(frozen=True, slots=True)
class LineTable:
    """The header of a table inside a paper: its labels with their places."""

    columns: tuple[Piece, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(each.text for each in self.columns)

    def row(self, line: PrintedLine) -> PaperRow | None:
        """A line as a row of the table: two cells or more, one of them with a figure; None if it is something else."""
        found = cells(line.words)
        if len(found) < _FEWEST or not any(map(_has_digit, found)):
            return None
        if total_label(found[0].text) is not None and len(found) < len(self.columns):
            return None
        placed: dict[int, list[Piece]] = {}
        for each in found:
            placed.setdefault(self._column(each.box), []).append(each)
        entries = tuple(
            Entry(self.columns[at].text, made_value(words, " ".join(each.text for each in pieces)), pieces[0].box)
            for at, pieces in sorted(placed.items())
            for words in [[word for each in pieces for word in each.words]]
        )
        return PaperRow(entries, around(line.words), line.text, line.words)

    def is_header(self, line: PrintedLine) -> bool:
        """Whether a line prints the header again."""
        return tuple(line.cells) == self.labels

    def _column(self, box: Box) -> int:
        """The column below whose label a text stands: the nearest."""

        def distance(at: int) -> tuple[float, float]:
            label = self.columns[at].box
            apart = max(0.0, label.x0 - box.x1, box.x0 - label.x1)
            return apart, abs((label.x0 + label.x1) - (box.x0 + box.x1))

        return min(range(len(self.columns)), key=distance)


def header_of(line: PrintedLine, below: PrintedLine | None, known: Callable[[str], bool]) -> LineTable | None:
    """A line as the header of a table: texts apart without figures, most of them known labels, over figures."""
    found = cells(line.words)
    if below is None or len(found) < _FEWEST or any(map(_has_digit, found)) or any(":" in each.text for each in found):
        return None
    labels = sum(known(each.text) for each in found)
    figures = sum(map(_has_digit, cells(below.words)))
    if labels < _FEWEST or 2 * labels < len(found) or not figures or len(cells(below.words)) < _FEWEST:
        return None
    return LineTable(tuple(found))


def is_valued_pair(pieces: Sequence[str], known: Callable[[str], bool]) -> bool:
    """Whether the texts of a line are known labels, each with a value beside it and no colon."""
    if not pieces or len(pieces) % 2:
        return False
    pairs = list(zip(pieces[::2], pieces[1::2], strict=True))
    return all(known(label) and not known(value) for label, value in pairs)


def _has_digit(each: Piece) -> bool:
    return any(map(str.isdigit, each.text))
