"""The labels of a form that nobody knows, told by how they are printed: a colon follows them, or they stand in every
other box of a row or in every other row of boxes; and the value of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from auditor.documents.forms.label_places import Label, TextLine, text_of
from auditor.documents.forms.page_boxes import Cell, FormPage
from auditor.documents.forms.reading import value_parts
from auditor.documents.forms.records import FormValue, made_value
from auditor.documents.forms.regions import Region
from auditor.documents.forms.value_texts import chosen_option, cleaned
from auditor.documents.grids.lines import cells as texts_apart
from auditor.documents.grids.lines import wrapped_text
from auditor.documents.pages import Box, Word, WordPage
from auditor.values.text import folded

_APART = 1.1  # of the height: a wider gap ends a text
_BLANK = 0.15  # of the height: a smaller gap parts no words
_LONGEST = 30  # characters of a label without blanks
FEWEST_LABELS = 3  # labels of a form
MOST_WORDS = 300  # of a form without colons
_FIRST_WORDS = 4  # of a line, in which its first label ends
_LINE = 8.0  # points: words whose tops are nearer may stand on one line
_FEWEST_PAIRS = 2  # rows of labels over rows of values; one is a table
_SAME_ROW = 3.0  # points
_COLON = re.compile(r"(?<!\d):(?!//)|:(?!\d|//)")
_TOKEN = re.compile(r"\S+")
_IDEOGRAPHS = re.compile("[\u3400-\u9fff()]{1,8}")
_LETTER = re.compile(r"[^\W\d_]")
_VALUE = re.compile(r"\W*\d|.*\d{3}")  # a figure, a date or the number of a paper


Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Printed:
    """A label with its value, None where nothing is filled in. `box`: where the label stands."""

    label: str
    value: FormValue | None
    box: Box


@dataclass(frozen=True, slots=True)
class Loose:
    """A line of text that is no label and no value."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The labels and the other lines of a page, from the top and then the left. `by_boxes`: the labels have no colons
    and stand below one another, so that the page may as well be a table of texts and figures."""

    number: int
    labels: tuple[Printed, ...]
    others: tuple[Loose, ...]
    by_boxes: bool = False


def printed_page(page: WordPage, known: Known) -> PrintedPage:
    """The labels of a page with their values, and what stands there beside them; nothing of a page that is surely no
    page of forms. `known`: whether a text is a header word of any record type."""
    if not _may_hold_forms(page):
        return PrintedPage(page.number, (), ())
    whole = Box(page.number, 0.0, 0.0, page.width, page.height)
    ways: list[str] = []
    form = FormPage(Region(whole, page.without_overlays().words, page.rules), partial(_find, ways, known))
    found: list[Printed] = []
    valued: set[int] = set()
    for spot in form.spots:
        words = spot.cell.lines[spot.line].piece(spot.label.start, spot.label.end)
        parts = next((parts for way in ways for parts in value_parts(form, spot, way)), [])
        value = [word for part in parts for word in part]
        valued |= {id(word) for word in value}
        text = chosen_option(cleaned(wrapped_text([text_of(part) for part in parts]))) if parts else ""
        label = text_of(words).rstrip(" :：")
        found.append(Printed(label, made_value(value, text) if text else None, spot.box))
    others = [
        Loose(each.text, each.box)
        for cell in form.cells
        for line, labels in zip(cell.lines, cell.labels, strict=True)
        if not labels and not any(id(word) in valued for word in line.words)
        for each in texts_apart(line.words)
    ]
    others.sort(key=lambda each: (each.box.top, each.box.x0))
    tops = {round(spot.box.top / _SAME_ROW) for spot in form.spots}
    by_boxes = len(tops) == len(form.spots) and not any(spot.label.colon for spot in form.spots)
    return PrintedPage(page.number, tuple(found), tuple(others), by_boxes)


def _may_hold_forms(page: WordPage) -> bool:
    """What is seen at once: a page of forms has colons near the beginning of half of its lines, or fewer of them than a
    form has labels, which then stand inside of values, and few words."""
    found: dict[int, list[tuple[float, str]]] = {}
    for word in page.words:
        found.setdefault(round(word.box.top / _LINE), []).append((word.box.x0, word.text))
    firsts = [sorted(line)[:_FIRST_WORDS] for line in found.values()]
    begun = sum(any(_COLON.search(folded(text)) for _, text in line) for line in firsts)
    return 2 * begun >= len(found) or (begun < FEWEST_LABELS and len(page.words) <= MOST_WORDS)


def labels_in(text: str, known: Known) -> list[tuple[str, str]]:
    """The labels in a text with the values behind them: `户名：老农   账户：9017`; none if none begins it."""
    if ":" not in text and "：" not in text:
        return []
    words = [
        Word(match[0], Box(0, float(match.start()), 0.0, float(match.end()), 1.0)) for match in _TOKEN.finditer(text)
    ]
    line = TextLine.of(words)
    labels = _with_colons(line, known)
    if not labels or labels[0].start > 0:
        return []
    ends = [*(label.start for label in labels[1:]), len(line.text)]
    return [
        (_said(line, label.start, label.end).rstrip(" :："), cleaned(_said(line, label.end, end)))
        for label, end in zip(labels, ends, strict=True)
    ]


def _said(line: TextLine, start: int, end: int) -> str:
    words = line.piece(start, end) if end > start else []
    return text_of(words)


def _find(ways: list[str], known: Known, cells: Sequence[Cell]) -> None:
    """Sets the labels of the cells of a form: those with a colon, and where these are fewer than a form has the boxes
    that go before others or stand over them. `ways` takes where the values stand."""
    ways[:] = ["box", "right"]
    for cell in cells:
        cell.labels = [_with_colons(line, known) for line in cell.lines]
    if sum(len(labels) for cell in cells for labels in cell.labels) >= FEWEST_LABELS:
        return
    rows = _rows(cells)
    found = [(_before_others(rows), ["box", "right"]), (_over_others(rows), ["below"])]
    for labels, way in found:
        if labels:
            ways[:] = way
            for cell in cells:
                cell.labels = [[_whole(line)] for line in cell.lines] if cell in labels else [[] for _ in cell.lines]
            return


def _with_colons(line: TextLine, known: Known) -> list[Label]:
    """The labels of a line: before each colon the text from the gap before it."""
    found: list[Label] = []
    for match in _COLON.finditer(line.text):
        after = found[-1].end if found else 0
        start = _start(line, after, match.start(), known)
        word = line.text[start : match.start()] if start is not None else ""
        if start is not None and 0 < len(word) <= _LONGEST and _LETTER.search(word) and not _VALUE.match(word):
            found.append(Label(word, start, match.end(), True))
    return found


def _start(line: TextLine, after: int, colon: int, known: Known) -> int | None:
    """Where the label before a colon starts: behind the last wide gap, or with the line. Behind another label and its
    value a small gap does for a word that is known, and for one in ideographs, which has no blanks inside; else the
    colon is part of the value."""
    starts = [at for at in range(after, colon) if line.starts_word(at)]
    wide = [at for at in starts if line.gap_before(at) > _APART]
    if wide:
        return wide[-1]
    if after == 0:
        return 0
    apart = [at for at in starts if line.gap_before(at) >= _BLANK]
    whole = [at for at in apart if known(text_of(line.piece(at, colon)))]
    if whole:
        return whole[0]
    return apart[-1] if apart and _IDEOGRAPHS.fullmatch(line.text[apart[-1] : colon]) else None


def _whole(line: TextLine) -> Label:
    return Label(line.text, 0, len(line.text), False)


def _rows(cells: Sequence[Cell]) -> list[list[Cell]]:
    """The boxes by rows from the top, each row from the left; of a title in a box of its own none."""
    rows: dict[int, list[tuple[float, Cell]]] = {}
    for cell in cells:
        if cell.box is not None:
            rows.setdefault(round(cell.box.top / _SAME_ROW), []).append((cell.box.x0, cell))
    ordered = [sorted(rows[top], key=lambda each: each[0]) for top in sorted(rows)]
    return [[cell for _, cell in row] for row in ordered if len(row) > 1]


def _before_others(rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The boxes that label the ones right of them: in each row every other one, from the first; none if any of them
    looks like a value, or none of the others does."""
    pairs = [(row[at], row[at + 1 : at + 2]) for row in rows for at in range(0, len(row), 2)]
    filled = [(one, other) for one, other in pairs if one.lines or any(each.lines for each in other)]
    return _labels_of([one for one, _ in filled], [each for _, other in filled for each in other])


def _over_others(rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The boxes that label the ones below them: every other row, from the first, of two or more such pairs of rows with
    the same boxes."""
    pairs = list(zip(rows[::2], rows[1::2], strict=False))
    alike = all([cell.box.x0 for cell in one if cell.box] == [c.box.x0 for c in other if c.box] for one, other in pairs)
    if len(pairs) < _FEWEST_PAIRS or len(rows) % 2 or not alike:
        return []
    filled = [(a, b) for one, other in pairs for a, b in zip(one, other, strict=True) if a.lines or b.lines]
    return _labels_of([one for one, _ in filled], [other for _, other in filled])


def _labels_of(labels: list[Cell], values: Sequence[Cell]) -> list[Cell]:
    """The boxes that may be labels, if all may be and at least one of the others holds a figure, a date or a number."""
    plain = all(cell.lines and may_be_label("".join(line.text for line in cell.lines)) for cell in labels)
    valued = any(_VALUE.match(line.text) for cell in values for line in cell.lines)
    return labels if plain and valued and len(labels) >= FEWEST_LABELS else []


def may_be_label(text: str) -> bool:
    """Whether a text in plain form is short, has letters and looks like no figure, date or number."""
    return len(text) <= _LONGEST and bool(_LETTER.search(text)) and not _VALUE.match(text)
