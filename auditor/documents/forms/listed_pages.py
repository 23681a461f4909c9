"""Which pages with a form's title are a list: what is a label of the form stands there as the header of a column.

A list of slips has the title of a slip. What tells them apart is their shape: the fields that identify the record and
several others stand side by side in one header, and two records or more below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.documents.forms.field_labels import labels_of_fields
from auditor.documents.forms.label_places import Labels, TextLine, find_labels
from auditor.documents.forms.regions import plain
from auditor.documents.forms.value_texts import plausible
from auditor.documents.grids.lines import around, cells, lines, piece
from auditor.documents.layouts.form_layouts import FormLayout
from auditor.documents.pages import Box, Word, WordPage
from auditor.records.model import RecordType

_FEWEST_OTHERS = 3  # labels beside those that identify the record
_FEWEST_VALUES = 2  # values beside those that identify the record, in each row
_BAND = 3  # lines of one header
_BAND_GAP = 2.2  # of the height: lines of one header stand no further apart, top to top
_UNIT = re.compile(r"\([^()]{1,8}\)$")
_FIGURE = re.compile(r"\W*\d")
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[a-z]+")
_PHRASE_GAP = 0.5  # of the height: words of one text in a header stand no further apart

Line = Sequence[Word]


@dataclass(frozen=True)
class _Sought:
    """The labels of a form's fields: by their text the names of the fields that have them."""

    record_type: RecordType
    fields: Mapping[str, frozenset[str]]
    known: Labels

    @staticmethod
    def of(layout: FormLayout, record_type: RecordType) -> _Sought:
        found: dict[str, set[str]] = {}
        for each in labels_of_fields(layout, record_type):
            for label in each.labels:
                found.setdefault(label, set()).add(each.field.name)
        return _Sought(
            record_type,
            {label: frozenset(names) for label, names in found.items()},
            Labels(dict.fromkeys(found, False)),
        )

    def named(self, text: str) -> frozenset[str]:
        """The fields that have a text as their label, with or without a unit in brackets."""
        key = plain(text)
        return self.fields.get(key) or self.fields.get(_UNIT.sub("", key)) or frozenset()


@dataclass(frozen=True)
class _Header:
    """A header on a page: its columns from the left, each with its field if it is one's; its lines on the page."""

    columns: tuple[tuple[str | None, Box], ...]
    first: int
    end: int

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns if name)

    def under(self, line: Line) -> dict[str, str]:
        """By field the text of a line under its label: of the words that overlap it, or stand nearest to it."""
        found: dict[str, str] = {}
        for word in line:
            name = max(self.columns, key=lambda column: _shared(word.box, column[1]))[0]
            if name:
                found[name] = found.get(name, "") + word.text
        return found


def listed_pages(layout: FormLayout, pages: Sequence[WordPage], record_type: RecordType) -> frozenset[int]:
    """The numbers of those of the pages claimed by a form layout, in order, that are a list of such records.

    A page with the same header as one of them is of the list though it holds one row, and so is a page that follows
    one of them without any label of what identifies the record.
    """
    sought = _Sought.of(layout, record_type)
    found = [_Page(sought, page) for page in pages]
    headers = {header.names for page in found for header in page.headers if page.is_list}
    if not headers:
        return frozenset()
    listed: list[int] = []
    for page in found:
        alike = any(header.names in headers for header in page.headers)
        goes_on = bool(listed) and page.number == listed[-1] + 1 and not page.headers and not page.identifies
        if page.is_list or alike or goes_on:
            listed.append(page.number)
    return frozenset(listed)


class _Page:
    """A page with the headers on it."""

    def __init__(self, sought: _Sought, page: WordPage) -> None:
        self.number = page.number
        self._sought = sought
        self._page = page
        self._lines: list[list[Word]] = lines(page.words)
        self.headers = list(self._headers())
        self.is_list = any(self._rows_below(header) >= 2 for header in self.headers) and not self._is_stated()

    @property
    def identifies(self) -> bool:
        """Whether a label of what identifies the record stands anywhere on the page."""
        return any(set(self._sought.record_type.identity) & names for names, _ in self._labels())

    def _labels(self) -> Iterator[tuple[frozenset[str], bool]]:
        """The fields of all labels on the page outside of its headers, each with whether a colon follows it."""
        inside = {at for header in self.headers for at in range(header.first, header.end)}
        for at, line in enumerate(self._lines):
            if at not in inside:
                for label in find_labels(TextLine.of(line), self._sought.known):
                    yield self._sought.fields[label.word], label.colon

    def _is_stated(self) -> bool:
        """Whether all that identifies the record also stands behind labels with colons: the columns are of something
        inside the form."""
        stated = {name for names, colon in self._labels() if colon for name in names}
        return set(self._sought.record_type.identity) <= stated

    def _headers(self) -> Iterator[_Header]:
        at = 0
        while at < len(self._lines):
            header = self._header(at)
            if header is not None:
                yield header
            at = header.end if header else at + 1

    def _header(self, first: int) -> _Header | None:
        """The header that begins at a line: of one line or of more, whichever names most fields."""
        if not _may_be_header(self._lines[first]):
            return None
        best: _Header | None = None
        for end in range(first + 1, min(first + _BAND, len(self._lines)) + 1):
            if end > first + 1 and not self._goes_on(end - 1):
                break
            header = self._band(first, end)
            if header is not None and (best is None or len(header.columns) > len(best.columns)):
                best = header
        return best

    def _goes_on(self, at: int) -> bool:
        """Whether a line may belong to one header with the line before."""
        before, own = around(self._lines[at - 1]), around(self._lines[at])
        height = min(word.box.bottom - word.box.top for word in self._lines[at])
        return own.top - before.top <= _BAND_GAP * height and not _has_colon(self._lines[at])

    def _band(self, first: int, end: int) -> _Header | None:
        columns = self._columns(self._lines[first:end])
        identity = self._sought.record_type.identity
        header = _Header(tuple(sorted(columns, key=lambda each: each[1].x0)), first, end)
        known = header.names
        if not identity or not set(identity) <= set(known) or len(known) < len(identity) + _FEWEST_OTHERS:
            return None
        return header if 2 * len(known) >= len(columns) else None

    def _columns(self, band: Sequence[Line]) -> list[tuple[str | None, Box]]:
        """The columns of a header, each with the first of the fields that its text names and that no other has."""
        found: list[tuple[str | None, Box]] = []
        taken: set[str] = set()
        for text, box in _single(band[0], self._sought.known) if len(band) == 1 else _stacked(band):
            name = next((each for each in sorted(self._sought.named(text)) if each not in taken), None)
            if name is not None:
                taken.add(name)
            found.append((name, box))
        return found

    def _rows_below(self, header: _Header) -> int:
        """How many records stand below a header, up to the next: rows whose identifying values are of one look. A value
        that is wrapped to a second line is one: its second part looks different."""
        identity, fields = self._sought.record_type.identity, self._sought.record_type.fields
        rows: dict[str, set[tuple[str, ...]]] = {}
        ends = [each.first for each in self.headers if each.first > header.first]
        for line in self._lines[header.end : min(ends, default=len(self._lines))]:
            under = header.under(line)
            values = tuple(under.get(name, "") for name in identity)
            can_be = all(text and plausible(fields[name], text) for name, text in zip(identity, values, strict=True))
            if can_be and len(under) >= len(identity) + _FEWEST_VALUES:
                rows.setdefault("|".join(map(_look, values)), set()).add(values)
        return max(map(len, rows.values()), default=0)


def _may_be_header(line: Line) -> bool:
    """Whether a line has words enough, and neither a colon nor a figure, which stand in a form between its labels."""
    return len(line) >= _FEWEST_OTHERS and not _has_colon(line) and not any(_FIGURE.match(word.text) for word in line)


def _has_colon(line: Line) -> bool:
    return any(word.text.endswith((":", "：")) or "：" in word.text for word in line)


def _single(line: Line, known: Labels) -> Iterator[tuple[str, Box]]:
    """The columns of a header of one line: its labels, and the texts between them."""
    text = TextLine.of(line)
    at = 0
    for label in find_labels(text, known):
        yield from ((each.text, each.box) for each in cells(text.piece(at, label.start)))
        yield label.word, around(text.piece(label.start, label.end))
        at = label.end
    yield from ((each.text, each.box) for each in cells(text.piece(at, len(text.text))))


def _stacked(band: Sequence[Line]) -> Iterator[tuple[str, Box]]:
    """The columns of a header of several lines: the texts that stand above each other."""
    phrases = sorted((phrase for line in band for phrase in _phrases(line)), key=lambda each: around(each).x0)
    groups: list[list[Word]] = []
    edge = float("-inf")
    for phrase in phrases:
        box = around(phrase)
        if groups and box.x0 < edge:
            groups[-1] += phrase
        else:
            groups.append(list(phrase))
        edge = max(edge, box.x1)
    for group in groups:
        yield "".join(piece(line).text for line in lines(group)), around(group)


def _phrases(line: Line) -> list[list[Word]]:
    """The words of a line, those together that stand no farther apart than the words of one text."""
    found: list[list[Word]] = [[line[0]]]
    for before, word in pairwise(line):
        if word.box.x0 - before.box.x1 <= _PHRASE_GAP * (word.box.bottom - word.box.top):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _shared(word: Box, label: Box) -> float:
    """How wide a word and a label overlap; less than nothing for the gap between them."""
    return min(word.x1, label.x1) - max(word.x0, label.x0)


def _look(text: str) -> str:
    """A value with all letters and all digits alike, however many: `SH26-0041` is `A9-9`."""
    return _DIGITS.sub("9", _LETTERS.sub("A", plain(text)))
