"""Forms that nobody knows: where on a page each stands, and which of them are of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from auditor.documents.forms.printed_labels import FEWEST_LABELS, Loose, Printed, PrintedPage
from auditor.documents.forms.records import FormValue
from auditor.documents.headers import header_key
from auditor.documents.pages import Box

_TITLES = 4  # lines above a form that may name it
_SAME_LINE = 0.7  # of the height
_COVERED = 600  # thousandths of a page's lines below its titles that have labels
_ALIKE = 800  # thousandths of the labels of two forms of one kind that both have


@dataclass(frozen=True, slots=True)
class Block:
    """One form: its labels from the top with their values, `label#2` for the second of two alike, and the lines above
    it, nearest first."""

    page: int
    box: Box
    labels: dict[str, FormValue | None]
    titles: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(map(header_key, self.labels))

    @property
    def raw(self) -> str:
        """Its text, a line for each label."""
        return "\n".join(f"{label}: {value.text if value else ''}".rstrip() for label, value in self.labels.items())


def blocks_of(page: PrintedPage) -> list[Block]:
    """The forms on a page, from the top and then the left; none if it is not a page of forms."""
    if len(page.labels) < FEWEST_LABELS:
        return []
    columns = _columns(page.labels)
    made: list[Block] = []
    for left, right in columns:
        inside = [each for each in page.labels if left <= each.box.x0 < right]
        texts = [each for each in page.others if left <= (each.box.x0 + each.box.x1) / 2 < right]
        made += _down(page.number, inside, texts)
    if not made or not _is_covered(page, made):
        return []
    return sorted(made, key=lambda each: (round(each.box.top), each.box.x0))


def _count(labels: Iterable[Printed]) -> int:
    """How many forms some labels are of: most labels stand so often."""
    counts = Counter(header_key(each.label) for each in labels)
    return median_low(counts.values()) if counts else 0


def _anchor(labels: Sequence[Printed]) -> list[Printed]:
    """The places of the first label that stands on each of the forms."""
    count = _count(labels)
    counts = Counter(header_key(each.label) for each in labels)
    first = next(header_key(each.label) for each in labels if counts[header_key(each.label)] == count)
    return [each for each in labels if header_key(each.label) == first]


def _columns(labels: Sequence[Printed]) -> list[tuple[float, float]]:
    """The parts of a page from left to right on which forms stand side by side."""
    places = _anchor(labels)
    beside = [each for each in places if _on_line(each, places[0])]
    starts = sorted(each.box.x0 for each in beside)[1:]
    edges = [float("-inf"), *(_middle_of_gap(labels, start) for start in starts), float("inf")]
    return list(pairwise(edges))


def _middle_of_gap(labels: Sequence[Printed], start: float) -> float:
    """Between what ends before a place and that place: other labels may stand a little left of the first of a form."""
    ends = [each.value.box.x1 if each.value else each.box.x1 for each in labels]
    return (max((end for end in ends if end <= start), default=start) + start) / 2


def _on_line(one: Printed, other: Printed) -> bool:
    return abs(one.box.top - other.box.top) <= _SAME_LINE * (other.box.bottom - other.box.top)


def _down(page: int, labels: Sequence[Printed], texts: Sequence[Loose]) -> list[Block]:
    """The forms that stand below each other in one part of a page."""
    if len(labels) < FEWEST_LABELS:
        return []
    tops = [each.box.top for each in _anchor(labels)] if _count(labels) > 1 else [labels[0].box.top]
    tops[0] = min(each.box.top for each in labels)
    bounds = [*tops[1:], float("inf")]
    made = []
    end = float("-inf")
    for top, bottom in zip(tops, bounds, strict=True):
        own = [each for each in labels if top - _slack(each) <= each.box.top < bottom - _slack(each)]
        above = [text for text in texts if end <= text.box.top < top - _slack(text)]
        end = max((each.box.bottom for each in own), default=end)
        if len(own) >= FEWEST_LABELS:
            made.append(_block(page, own, above))
    return made


def _slack(each: Printed | Loose) -> float:
    return _SAME_LINE * (each.box.bottom - each.box.top)


def _block(page: int, labels: Sequence[Printed], above: Sequence[Loose]) -> Block:
    named: dict[str, FormValue | None] = {}
    seen: Counter[str] = Counter()
    for each in labels:
        seen[header_key(each.label)] += 1
        number = seen[header_key(each.label)]
        named[each.label if number == 1 else f"{each.label}#{number}"] = each.value
    boxes = [each.box for each in labels] + [each.value.box for each in labels if each.value]
    box = Box(
        page,
        min(each.x0 for each in boxes),
        min(each.top for each in boxes),
        max(each.x1 for each in boxes),
        max(each.bottom for each in boxes),
    )
    titles = tuple(each.text for each in reversed(above))[:_TITLES]
    return Block(page, box, named, titles)


def _is_covered(page: PrintedPage, blocks: Sequence[Block]) -> bool:
    """Whether hardly anything but labels and values stands on a page below its titles."""
    titles = {text for block in blocks for text in block.titles}
    others = [each for each in page.others if each.text not in titles]
    lines = {round(each.box.top) for each in page.labels}
    return 1000 * len(lines) >= _COVERED * (len(lines) + len({round(each.box.top) for each in others}))


def kinds_of(blocks: Sequence[Block]) -> list[list[Block]]:
    """The forms of a document by their kind, in order: under one title, or alike in nearly all of their labels."""
    kinds: list[list[Block]] = []
    for block in blocks:
        kind = next((each for each in kinds if _alike(each[0], block)), None)
        if kind is None:
            kinds.append([block])
        else:
            kind.append(block)
    return kinds


def _alike(one: Block, other: Block) -> bool:
    shared = len(one.keys & other.keys)
    return 1000 * shared >= _ALIKE * max(len(one.keys), len(other.keys))
