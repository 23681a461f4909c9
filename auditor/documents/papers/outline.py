"""Lines to papers: where each begins, its blocks, its labels with their values, its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from auditor.documents.headers import header_key
from auditor.documents.labels import total_label
from auditor.documents.pages import Word
from auditor.documents.papers.entries import entry_of, label_rows
from auditor.documents.papers.labelled_rows import (
    SEPARATORS,
    GoesOn,
    Known,
    ends_in_figure,
    has_labels,
    label_begun,
    row_parts,
)
from auditor.documents.papers.line_tables import LineTable, header_of, is_valued_pair
from auditor.documents.papers.model import Block, Paper, PaperRow
from auditor.documents.papers.printed_lines import PrintedLine
from auditor.documents.papers.titles import PaperKind
from auditor.documents.words import labelled_paper_words

_LABEL = re.compile(r"\s*(?P<label>[^:：|｜;；]{1,48}?)\s*(?<!\d)[:：](?!//)\s*(?P<value>.*)")
_BULLET = re.compile(r"\s*(?:[-•*·‣▪●◦–—]|\d{1,3}[.)、])\s+(?=\S)")
_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile(r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")
_ENDS_SENTENCE = re.compile(r"[.。!！?？,，;；]\s*$")
_MOST_WORDS = 6  # of a label
_MOST_TITLES = 8  # lines above the first label among which the title stands
_LONGEST_HEADING = 48  # characters
_SAME_SIZE = 0.93  # of a title's letters

KindOf = Callable[[str], PaperKind | None]


def labels_of(line: PrintedLine, known: Known) -> list[tuple[str, str]]:
    """The labels of a line with what stands behind each; none if it does not begin with one. A known label needs no
    colon before a value that stands apart."""
    texts = line.cells
    if is_valued_pair(texts, known):
        return list(zip(texts[::2], texts[1::2], strict=True))
    found: list[tuple[str, str]] = []
    for at, cell in enumerate(texts):
        match = _LABEL.fullmatch(cell)
        if match is None or not _LETTER.search(match["label"]) or len(match["label"].split()) > _MOST_WORDS:
            if found and at == 1 and not found[0][1]:
                return [(found[0][0], " ".join(texts[1:]))]
            if not found and any(_is_known_label(each, known) for each in texts[at + 1 :]):
                continue  # what stands left of a column of labels
            return found
        found.append((match["label"].strip(), match["value"].strip()))
    return found


def _is_known_label(text: str, known: Known) -> bool:
    match = _LABEL.fullmatch(text)
    return match is not None and known(match["label"].strip())


def is_bullet(line: PrintedLine) -> bool:
    return bool(_BULLET.match(line.text))


def joined(before: str, after: str) -> str:
    """Two lines of one text: ideographs run on, other words are parted by a blank."""
    if not before or not after:
        return before + after
    return before + ("" if _WIDE.match(before[-1]) and _WIDE.match(after[0]) else " ") + after


@dataclass(slots=True)
class _Open:
    """The row or the label to which the next line may belong, with its words."""

    text: str = ""
    words: list[Word] = field(default_factory=list)
    label: str = ""
    is_row: bool = False
    full: bool = False


def papers_of(
    lines: Sequence[PrintedLine], kind_of: KindOf, known: Known, goes_on: GoesOn = lambda label, rest: False
) -> list[Paper]:
    """The papers on the lines of a document, in order; none if no line at its beginning is a title. `known`: whether a
    text is a label of any record type; `goes_on`: whether one goes on into the text behind it. In rows also what the
    document prints as a label elsewhere is known."""
    outline = _Outline(lines, kind_of, known)
    for at in range(len(lines)):
        outline.add(at)
    outline.close()
    own = {header_key(each.label) for paper in outline.papers for each in paper.entries}
    for paper in outline.papers:
        for block in paper.blocks:
            label_rows(block, lambda text: known(text) or header_key(text) in own, goes_on)
    return [paper for paper in outline.papers if paper.blocks]


class _Outline:
    """The papers of a document on the way through its lines."""

    def __init__(self, lines: Sequence[PrintedLine], kind_of: KindOf, known: Known) -> None:
        self.lines = lines
        self.kind_of = kind_of
        self.known = known
        self.table: LineTable | None = None
        self._labels: dict[int, list[tuple[str, str]]] = {}
        self.papers: list[Paper] = []
        self.open = _Open()
        self.title_line: PrintedLine | None = None
        self._smallest = min((each.height for each in lines), default=0.0)

    def labels(self, line: PrintedLine) -> list[tuple[str, str]]:
        """The labels of a line, looked for once."""
        if id(line) not in self._labels:
            self._labels[id(line)] = labels_of(line, self.known)
        return self._labels[id(line)]

    def add(self, at: int) -> None:
        line = self.lines[at]
        if self._begins_paper(at):
            self.close()
            self.papers.append(Paper(line.text, line.box, pages={line.box.page}, lines=[line.text]))
            self.title_line = line
            return
        if not self.papers:
            return
        paper = self.papers[-1]
        if line.first and line.text == paper.title and self.title_line is not None and line.box != paper.box:
            return  # printed again at the head of each page
        paper.lines.append(line.text)
        paper.pages.add(line.box.page)
        self._place(paper, at)

    def _begins_paper(self, at: int) -> bool:
        line = self.lines[at]
        kind = None if self.labels(line) or is_bullet(line) else self.kind_of(line.text)
        if kind is None or len(line.text) > 90:
            return False
        if not self.papers:
            return at < _MOST_TITLES and not any(self.labels(each) for each in self.lines[:at])
        assert self.title_line is not None
        if self.lines[at - 1].text and not any(block.entries for block in self.papers[-1].blocks):
            return False  # a second line of the title
        same_size = line.height >= _SAME_SIZE * self.title_line.height
        larger = self.title_line.height * _SAME_SIZE > self._smallest
        alike = line.underline == self.title_line.underline
        printed_alike = line.underline == "=" or line.text == self.papers[-1].title or (same_size and larger and alike)
        on_new_page = line.first and kind.whole and line.text.isupper() == self.title_line.text.isupper()
        if not printed_alike and not on_new_page:
            return False
        return line.text != self.papers[-1].title or self._labels_differ(at)

    def _labels_differ(self, at: int) -> bool:
        """Whether below a title that is printed again labels of the paper stand with other values."""
        before = {header_key(each.label): each.value.text for each in self.papers[-1].entries if each.value}
        for line in self.lines[at + 1 : at + 30]:
            for label, value in self.labels(line):
                known = before.get(header_key(label))
                if known is not None and value and known != value:
                    return True
        return False

    def _place(self, paper: Paper, at: int) -> None:
        line = self.lines[at]
        if self._in_table(paper, at):
            return
        if self._is_heading(at):
            self.close()
            paper.blocks.append(_block(line.text))
        elif is_bullet(line) or self._begins_row(line):
            self.close()
            text = _BULLET.sub("", line.text, count=1)
            if has_labels(text) or (self._next_goes_on(at) and has_labels(joined(text, self.lines[at + 1].text))):
                self.open = _Open(text, list(line.words), is_row=True, full=line.full)
            else:
                _last(paper).texts.append(text)
        elif self._goes_on(line):
            self.open.text = joined(self.open.text, line.text.strip())
            self.open.words += line.words
            self.open.full = line.full
        elif labels := self.labels(line):
            self.close()
            for label, value in labels[:-1]:
                _last(paper).entries.append(entry_of(label, value, line.words))
            label, value = labels[-1]
            self.open = _Open(value, list(line.words), label=label, full=line.full)
        else:
            self.close()
            _last(paper).texts.append(line.text)

    def _in_table(self, paper: Paper, at: int) -> bool:
        """Take a line as the header or a row of a table inside the paper, if it is one."""
        line = self.lines[at]
        if self.table is not None:
            if self.table.is_header(line):
                return True
            row = None if self._labels_with_colon(line) or line.underline else self.table.row(line)
            if row is not None:
                _last(paper).rows.append(row)
                return True
            if not line.gap and len(line.cells) == 1 and not self.labels(line) and not self._is_heading(at):
                _last(paper).texts.append(line.text)
                return True
            self.table = None
            return False
        below = self.lines[at + 1] if at + 1 < len(self.lines) else None
        self.table = header_of(line, below, self.known)
        if self.table is not None:
            self.close()
        return self.table is not None

    def _labels_with_colon(self, line: PrintedLine) -> bool:
        return bool(_LABEL.fullmatch(line.cells[0])) or (
            bool(self.labels(line)) and total_label(line.cells[0]) is not None
        )

    def _begins_row(self, line: PrintedLine) -> bool:
        """Whether a line without a mark before it begins a row: several labels with signs between them, the first of
        which is that of the row before."""
        parts = row_parts(line.text)
        if len(parts) < 2:
            return False
        if self.open.is_row:
            return label_begun(row_parts(self.open.text)[0]) == label_begun(parts[0])
        return has_labels(line.text) and ("|" in line.text or "｜" in line.text or all(map(_LABEL.fullmatch, parts)))

    def _next_goes_on(self, at: int) -> bool:
        return at + 1 < len(self.lines) and not is_bullet(self.lines[at + 1]) and not self._is_heading(at + 1)

    def _goes_on(self, line: PrintedLine) -> bool:
        """Whether a line belongs to the row or the value before it."""
        if line.gap or not (self.open.is_row or self.open.label):
            return False
        labelled = bool(self.labels(line))
        if self.open.is_row:
            if not set(line.text) & set(SEPARATORS) and ends_in_figure(self.open.text):
                return False
            parts = len(row_parts(line.text)) > 1 or self.open.text.rstrip().endswith(SEPARATORS)
            colons = all(_LABEL.fullmatch(part) for part in row_parts(self.open.text))
            return not labelled or parts or (colons and self.open.full)
        return not labelled and (not self.open.text or self.open.full)

    def _is_heading(self, at: int) -> bool:
        """Whether a line is the heading of a block: a line is drawn below it, or it stands alone over labels."""
        line = self.lines[at]
        if line.underline:
            return True
        text = line.text.strip()
        if self.labels(line) or is_bullet(line) or len(text) > _LONGEST_HEADING or _ENDS_SENTENCE.search(text):
            return False
        if len(row_parts(text)) > 1 or not _LETTER.search(text) or at + 1 >= len(self.lines):
            return False
        below = self.lines[at + 1]
        over = bool(self.labels(below)) or is_bullet(below) or self._begins_row(below)
        figures = any(map(str.isdigit, text))
        if line.gap:
            return over or not (self.open.is_row or below.gap or line.full or figures)
        goes_on = self.open.full or self.open.is_row or (self.open.label and not self.open.text)
        return over and not (below.gap or goes_on or figures) and bool(self.open.label)

    def close(self) -> None:
        """End the row or the value that is open."""
        done, self.open = self.open, _Open()
        if not self.papers:
            return
        block = _last(self.papers[-1])
        if done.is_row:
            block.rows.append(PaperRow((), done.words[0].box, done.text, tuple(done.words)))
        elif done.label:
            block.entries.append(entry_of(done.label, done.text, done.words))


def _block(heading: str) -> Block:
    text = heading.strip().rstrip(":：")
    return Block(text, aside=header_key(text) in labelled_paper_words().aside)


def _last(paper: Paper) -> Block:
    if not paper.blocks:
        paper.blocks.append(_block(""))
    return paper.blocks[-1]
