"""A form's words in its boxes: which labels stand where, and what stands beside, behind and below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from auditor.documents.forms.label_places import Label, Labels, TextLine, find_labels
from auditor.documents.forms.regions import Region
from auditor.documents.grids.lines import around, lines
from auditor.documents.grids.ruled_cells import Rectangle, cells_between
from auditor.documents.grids.ruled_tables import merged_rules
from auditor.documents.pages import Box, Rule, Word

_VALUE_GAP = 5.0  # of the height: words of one value outside of boxes stand no further apart
_FIRST_GAP = 30.0  # of the height: nor does its first word from the label
_WRAP = 1.9  # of the height: a value's next line is at most so far below, top to top
_BELOW = 3.5  # of the height: a value below its label, outside of boxes
_BELOW_GAP = 1.0  # of the height: words of one value below a label
_TOUCH = 4.0  # points: boxes with edges this near are neighbours


@dataclass(slots=True)
class Cell:
    """A box of the form, or all that stands outside of boxes (`box` is None)."""

    box: Box | None
    lines: list[TextLine] = field(default_factory=list)
    labels: list[list[Label]] = field(default_factory=list)

    @property
    def only_labels(self) -> bool:
        """Whether nothing but labels stands in the box."""
        return bool(self.lines) and all(
            sum(label.end - label.start for label in labels) == len(line.text)
            for line, labels in zip(self.lines, self.labels, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A label at its place: in which cell, line and column of labels."""

    cell: Cell
    line: int
    number: int
    label: Label
    box: Box


Finding = Callable[[Sequence[Cell]], None]  # sets the labels of cells


def known_labels(known: Labels) -> Finding:
    """Finds the labels that are known by their words."""

    def find(cells: Sequence[Cell]) -> None:
        for cell in cells:
            cell.labels = [find_labels(line, known) for line in cell.lines]

    return find


class FormPage:
    """The cells of one form with the labels in them."""

    def __init__(self, region: Region, find: Finding, without: Sequence[Word] = ()) -> None:
        self.region = region
        self.cells = _cells(region, without)
        find(self.cells)
        self.spots = _spots(self.cells)
        # places are told within what is printed: an invoice may be printed on half of a page
        self.frame = around(region.words) if region.words else region.box

    def behind(self, spot: Spot) -> list[list[Word]]:
        """What stands behind the label in its own line, up to the next label, with the lines it wraps to."""
        line = spot.cell.lines[spot.line]
        labels = spot.cell.labels[spot.line]
        following = labels[spot.number + 1 :]
        if spot.label.colon and following and not following[0].colon and following[0].start == spot.label.end:
            following = following[1:]  # 更改项目：金额 — a word that is a label elsewhere is the value here
        end = following[0].start if following else len(line.text)
        words = line.piece(spot.label.end, end) if end > spot.label.end else []
        if spot.cell.box is None:
            words = _near(spot.box, words)
        if not words:
            return []
        return [words, *(self._wrapped(spot, words) if not following else [])]

    def _wrapped(self, spot: Spot, words: Sequence[Word]) -> list[list[Word]]:
        """Further lines of a value: without labels, close below; outside of boxes they start where the value does."""
        made: list[list[Word]] = []
        first = around(words)
        height = first.bottom - first.top
        above = first
        for line, labels in zip(spot.cell.lines[spot.line + 1 :], spot.cell.labels[spot.line + 1 :], strict=True):
            box = around(line.words)
            if labels or box.top - above.top > _WRAP * height:
                break
            if spot.cell.box is None and abs(box.x0 - first.x0) > height:
                break
            made.append(list(line.words))
            above = box
        return made

    def in_box(self, spot: Spot) -> list[list[Word]]:
        """What stands in the label's own box, in the lines after it up to the next label."""
        made: list[list[Word]] = []
        if spot.cell.box is None or spot.number + 1 < len(spot.cell.labels[spot.line]):
            return made
        for line, labels in zip(spot.cell.lines[spot.line + 1 :], spot.cell.labels[spot.line + 1 :], strict=True):
            if labels:
                break
            made.append(list(line.words))
        return made

    def right(self, spot: Spot) -> Cell | None:
        """The box beside the label's box, if that holds nothing but labels and this is the last of them."""
        if not spot.cell.only_labels or len(spot.cell.labels[spot.line]) > spot.number + 1:
            return None
        return self.beside(spot.cell)

    def beside(self, cell: Cell) -> Cell | None:
        """The box right of a box."""
        own = cell.box
        if own is None:
            return None
        middle = (own.top + own.bottom) / 2
        for other in self.cells:
            box = other.box
            if box and abs(box.x0 - own.x1) <= _TOUCH and box.top - 1 <= middle <= box.bottom + 1:
                return other
        return None

    def row(self, spot: Spot) -> list[Cell]:
        """All boxes right of the label's box on its height, from the left."""
        own = spot.cell.box
        if own is None:
            return []
        middle = (own.top + own.bottom) / 2
        beside = [
            (cell.box.x0, cell)
            for cell in self.cells
            if cell.box and cell.box.x0 >= own.x1 - _TOUCH and cell.box.top <= middle <= cell.box.bottom
        ]
        return [cell for _, cell in sorted(beside, key=lambda each: each[0])]

    def below(self, spot: Spot) -> Cell | list[list[Word]] | None:
        """The box under the label's box, or outside of boxes the words of the next line under the label."""
        own = spot.cell.box
        if own is None or not spot.cell.only_labels:
            return _under(spot)
        middle = (own.x0 + own.x1) / 2
        for cell in self.cells:
            box = cell.box
            if box and abs(box.top - own.bottom) <= _TOUCH and box.x0 - 1 <= middle <= box.x1 + 1:
                return None if self._is_labelled(cell) else cell
        return None

    def _is_labelled(self, cell: Cell) -> bool:
        """Whether a box has its own label in the box left of it."""
        own = cell.box
        if own is None:
            return False
        middle = (own.top + own.bottom) / 2
        return any(
            other.only_labels
            for other in self.cells
            if other.box and abs(other.box.x1 - own.x0) <= _TOUCH and other.box.top <= middle <= other.box.bottom
        )


def _spots(cells: Sequence[Cell]) -> list[Spot]:
    """All labels, by line from the top and then from the left."""
    found = [
        Spot(cell, at, number, label, around(line.piece(label.start, label.end)))
        for cell in cells
        for at, (line, labels) in enumerate(zip(cell.lines, cell.labels, strict=True))
        for number, label in enumerate(labels)
    ]
    return sorted(found, key=lambda spot: (round(spot.box.top / 4), spot.box.x0))


def _cells(region: Region, without: Sequence[Word]) -> list[Cell]:
    boxes = [Box(region.box.page, *edges) for edges in _boxes_between(tuple(_unframed(region.rules, without)))]
    boxes.sort(key=lambda box: ((box.x1 - box.x0) * (box.bottom - box.top), box))
    held: dict[int, list[Word]] = {}
    dropped = {id(word) for word in without}
    for word in region.words:
        if id(word) not in dropped:
            held.setdefault(_box_of(word, boxes), []).append(word)
    made = [Cell(None, [TextLine.of(line) for line in lines(held.get(-1, []))])]
    for at, box in enumerate(boxes):
        made.append(Cell(box, [TextLine.of(line) for line in lines(held.get(at, []))]))
    return made


@lru_cache(maxsize=256)
def _boxes_between(rules: tuple[Rule, ...]) -> list[Rectangle]:
    """The boxes that the lines of a form make; the pages of a pad of forms have the same ones."""
    level, upright = merged_rules(rules)
    return cells_between([*level, *upright]) if level and upright else []


def _unframed(rules: Sequence[Rule], stamped: Sequence[Word]) -> list[Rule]:
    """The lines of a form without those that frame a stamp, which would cut the boxes that it is set over."""
    kept = list(rules)
    for word in stamped:
        box, size = word.box, word.box.bottom - word.box.top
        around_it = [
            rule
            for rule in kept
            if abs(rule.top - rule.bottom) <= 1
            and box.x0 - size <= rule.x0 <= box.x0 + 1
            and box.x1 - 1 <= rule.x1 <= box.x1 + size
            and box.top - size <= rule.top <= box.bottom + size
        ]
        if len(around_it) >= 2:
            first, last = around_it[0], around_it[-1]
            frame = (first.x0 - 1, min(first.top, last.top) - 1, first.x1 + 1, max(first.top, last.top) + 1)
            kept = [rule for rule in kept if not _is_frame(rule, frame)]
    return kept


def _is_frame(rule: Rule, frame: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = frame
    inside = x0 <= rule.x0 and rule.x1 <= x1 and top <= rule.top and rule.bottom <= bottom
    edge = rule.top == rule.bottom or rule.x0 - x0 <= 2 or x1 - rule.x1 <= 2
    return inside and edge


def _box_of(word: Word, boxes: Sequence[Box]) -> int:
    """The smallest box that holds the word's middle; -1 if none does."""
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return next((i for i, box in enumerate(boxes) if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom), -1)


def _near(label: Box, words: Sequence[Word]) -> list[Word]:
    """The words behind a label that are near enough to be its value."""
    kept: list[Word] = []
    edge, most = label.x1, _FIRST_GAP
    for word in words:
        if word.box.x0 - edge > most * (word.box.bottom - word.box.top):
            break
        kept.append(word)
        edge, most = word.box.x1, _VALUE_GAP
    return kept


def _under(spot: Spot) -> list[list[Word]] | None:
    """The words under a label in the next line with any there: from the one that overlaps it up to the next gap."""
    label = spot.box
    height = label.bottom - label.top
    for line, found in zip(spot.cell.lines[spot.line + 1 :], spot.cell.labels[spot.line + 1 :], strict=True):
        if around(line.words).top - label.top > _BELOW * height:
            return None
        first = next((at for at, word in enumerate(line.words) if _overlaps(word.box, label, height)), None)
        if first is None:
            continue
        words = [line.words[first]]
        for word in line.words[first + 1 :]:
            if word.box.x0 - words[-1].box.x1 > _BELOW_GAP * height:
                break
            words.append(word)
        return None if found else [words]
    return None


def _overlaps(box: Box, label: Box, height: float) -> bool:
    return box.x1 > label.x0 - height and box.x0 < label.x1 + height
