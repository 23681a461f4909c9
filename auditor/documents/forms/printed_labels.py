"""The labels of a form that nobody knows, told by how they are printed: a colon follows them, or they stand in every
other box of a row; and the value of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.documents.forms.label_places import Label, TextLine, text_of
from auditor.documents.forms.page_boxes import Cell, FormPage, Spot
from auditor.documents.forms.reading import value_parts
from auditor.documents.forms.records import FormValue, made_value
from auditor.documents.forms.regions import Region
from auditor.documents.forms.value_texts import chosen_option, cleaned
from auditor.documents.grids.lines import around, wrapped_text
from auditor.documents.pages import Box, Word, WordPage

_APART = 1.1  # of the height: a wider gap ends a text
_LONGEST = 30  # characters of a label without blanks
_FEWEST = 3  # labels of a form
_SAME_ROW = 3.0  # points
_COLON = re.compile(r"(?<!\d):(?!//)|:(?!\d|//)")
_TOKEN = re.compile(r"\S+")
_LETTER = re.compile(r"[^\W\d_]")
_VALUE = re.compile(r"\W*\d|.*\d{3}")  # a figure, a date or the number of a paper


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
    """The labels and the other lines of a page, from the top and then the left."""

    number: int
    labels: tuple[Printed, ...]
    others: tuple[Loose, ...]


def printed_page(page: WordPage) -> PrintedPage:
    """The labels of a page with their values, and what stands there beside them."""
    whole = Box(page.number, 0.0, 0.0, page.width, page.height)
    form = FormPage(Region(whole, page.without_overlays().words, page.rules), _find)
    found: list[Printed] = []
    valued: set[int] = set()
    for spot in form.spots:
        words = spot.cell.lines[spot.line].piece(spot.label.start, spot.label.end)
        parts = _value(form, spot)
        value = [word for part in parts for word in part]
        valued |= {id(word) for word in value}
        text = chosen_option(cleaned(wrapped_text([text_of(part) for part in parts]))) if parts else ""
        label = text_of(words).rstrip(" :：")
        found.append(Printed(label, made_value(value, text) if text else None, spot.box))
    others = [
        Loose(text_of(line.words), around(line.words))
        for cell in form.cells
        for line, labels in zip(cell.lines, cell.labels, strict=True)
        if not labels and not any(id(word) in valued for word in line.words)
    ]
    others.sort(key=lambda each: (each.box.top, each.box.x0))
    return PrintedPage(page.number, tuple(found), tuple(others))


def _value(form: FormPage, spot: Spot) -> list[list[Word]]:
    """What stands behind a label or in the box right of it."""
    return next((parts for way in ("box", "right") for parts in value_parts(form, spot, way)), [])


def labels_in(text: str) -> list[tuple[str, str]]:
    """The labels in a text with the values behind them: `户名：老农   账户：9017`; none if none begins it."""
    words = [
        Word(match[0], Box(0, float(match.start()), 0.0, float(match.end()), 1.0)) for match in _TOKEN.finditer(text)
    ]
    line = TextLine.of(words)
    labels = _with_colons(line)
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


def _find(cells: Sequence[Cell]) -> None:
    """Sets the labels of the cells of a form: those with a colon, and without any the boxes that go before others."""
    for cell in cells:
        cell.labels = [_with_colons(line) for line in cell.lines]
    if not any(labels for cell in cells for labels in cell.labels):
        for cell in _before_others([cell for cell in cells if cell.box]):
            cell.labels = [[_whole(line)] for line in cell.lines]


def _with_colons(line: TextLine) -> list[Label]:
    """The labels of a line: before each colon the text from the gap before it."""
    found: list[Label] = []
    for match in _COLON.finditer(line.text):
        after = found[-1].end if found else 0
        start = _start(line, after, match.start())
        word = line.text[start : match.start()]
        if 0 < len(word) <= _LONGEST and _LETTER.search(word) and not _VALUE.match(word):
            found.append(Label(word, start, match.end(), True))
    return found


def _start(line: TextLine, after: int, colon: int) -> int:
    """Where the label before a colon starts: behind the last wide gap, else behind the widest after another label."""
    starts = [at for at in range(after, colon) if line.starts_word(at)]
    wide = [at for at in starts if line.gap_before(at) > _APART]
    if wide:
        return wide[-1]
    if after == 0 or not starts:
        return after
    return max(starts, key=lambda at: (round(line.gap_before(at), 1), at))


def _whole(line: TextLine) -> Label:
    return Label(line.text, 0, len(line.text), False)


def _before_others(cells: Sequence[Cell]) -> list[Cell]:
    """The boxes that label the ones right of them: in each row every other one, from the first; none if any of them
    looks like a value, or none of the others does."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        assert cell.box is not None
        rows.setdefault(round(cell.box.top / _SAME_ROW), []).append(cell)
    labels: list[Cell] = []
    values: list[Cell] = []
    for row in rows.values():
        row.sort(key=lambda cell: cell.box.x0 if cell.box else 0.0)
        if len(row) > 1:
            pairs = [(row[at], row[at + 1 : at + 2]) for at in range(0, len(row), 2)]
            filled = [(one, other) for one, other in pairs if one.lines or any(each.lines for each in other)]
            labels += [one for one, _ in filled]
            values += [each for _, other in filled for each in other]
    plain = all(cell.lines and _may_be_label(cell) for cell in labels)
    valued = sum(any(_VALUE.match(line.text) for line in cell.lines) for cell in values)
    return labels if plain and valued and len(labels) >= _FEWEST else []


def _may_be_label(cell: Cell) -> bool:
    text = "".join(line.text for line in cell.lines)
    return len(text) <= _LONGEST and bool(_LETTER.search(text)) and not _VALUE.match(text)
