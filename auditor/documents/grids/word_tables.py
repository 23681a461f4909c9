"""Tables without lines: columns from the header's words and from the white space between the columns of data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.documents.grids.columns import Columns, decided_columns
from auditor.documents.grids.lines import Piece, around, cells, lines, piece
from auditor.documents.grids.table_rows import Row, cells_by_column, rows
from auditor.documents.grids.value_patterns import is_value
from auditor.documents.pages import Word
from auditor.values.text import header_key, header_key_without_unit

_LONGEST_PHRASE = 4  # words of one header
_FEWEST = 3  # known headers that make a line a header line
_BAND_LINES = 3  # lines above and below the header line that may be of the header
_BAND_GAP = 2.0  # of the height: lines of one header stand no further apart
_SAME_PLACE = 2.0  # points: the same header on the next page
_PHRASE = 1.5  # of the height: words of one known label stand no further apart
_SPACED = 5.0  # of the height: nor do the letters of one that is set with blanks
_PHRASE_GAP = 0.7  # of the height: unknown header words nearer than this are one header

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Header:
    """A header: the label of each column from the left (None where a column has none), and where the columns part."""

    cells: tuple[Piece | None, ...]
    columns: Columns


def known_headers(header_words: Collection[str]) -> Known:
    """Whether a text is a header of some record type; `header_words` are in their normal form (`header_key`)."""
    words = frozenset(header_words)
    return lambda text: header_key(text) in words or header_key_without_unit(text) in words


def header_lines(page_lines: Sequence[list[Word]], known: Known) -> list[tuple[list[Word], list[Piece]]]:
    """The header lines among the lines of a page, each with its cells.

    Of header lines with no data between them (two languages, two levels) the one with most known headers counts.
    """
    made: list[tuple[list[Word], list[Piece]]] = []
    best = 0
    fresh = True
    for line in page_lines:
        found, matched = _header_cells(line, known)
        if found and (fresh or matched > best):
            if not fresh:
                made.pop()
            made.append((line, found))
            best, fresh = matched, False
        elif not found and any(is_value(word.text) for word in line):
            fresh = True
    return made


def _header_cells(line: Sequence[Word], known: Known) -> tuple[list[Piece], int]:
    """The cells of a header line and how many it knows; none if it is no header: three known, half of its cells."""
    made: list[list[Word]] = []
    matched: set[str] = set()
    at = 0
    loose: list[Word] = []
    while at < len(line):
        length = next(
            (n for n in range(min(_LONGEST_PHRASE, len(line) - at), 0, -1) if _is_header(line[at : at + n], known)), 0
        )
        if length:
            made += [*_grouped(loose), list(line[at : at + length])]
            loose = []
            matched.add(header_key("".join(word.text for word in line[at : at + length])))
            at += length
        else:
            loose.append(line[at])
            at += 1
    made += _grouped(loose)
    if len(matched) < _FEWEST or 2 * len(matched) < len(made):
        return [], 0
    return [piece(words) for words in made], len(matched)


def _is_header(words: Sequence[Word], known: Known) -> bool:
    if words[-1].text[-1] in ":：":  # a label with its value beside it, not a column
        return False
    if any(_far(left, right) for left, right in pairwise(words)):
        return False
    return known("".join(word.text for word in words)) or (len(words) > 1 and known(" ".join(w.text for w in words)))


def _far(left: Word, right: Word) -> bool:
    """Whether two words stand too far apart for one label; only single letters are set apart in one (`摘　要`)."""
    gap = right.box.x0 - left.box.x1
    most = _SPACED if len(left.text) == 1 or len(right.text) == 1 else _PHRASE
    return gap > most * (left.box.bottom - left.box.top)


def _grouped(words: Sequence[Word]) -> list[list[Word]]:
    groups: list[list[Word]] = []
    for word in words:
        size = word.box.bottom - word.box.top
        if groups and word.box.x0 - groups[-1][-1].box.x1 <= _PHRASE_GAP * size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


@dataclass(frozen=True, slots=True)
class HeaderBand:
    """A header where it stands on a page: its line, the cells of that line, and the lines close above and below.

    Lines below that overlap in height are one (`Transaction` over `Amount`, beside `Balance` set in the middle).
    """

    line: list[Word]
    cells: list[Piece]
    above: list[list[Word]]
    below: list[list[Word]]

    def labels(self, known: Known) -> list[Piece]:
        """The texts of the other lines that may name a column: known ones first, then by how near they stand."""
        own = around(self.line)
        height = own.bottom - own.top
        below = [line for group in self.below for line in lines(group)]
        found = [each for line in [*below, *self.above] for each in cells(line)]
        return sorted(found, key=lambda each: (not known(each.text), int(abs(each.box.top - own.top) / height)))

    def like(self, other: HeaderBand) -> bool:
        """Whether another page has the same header in the same places."""
        mine, others = self.cells, other.cells
        return len(mine) == len(others) and all(
            a.text == b.text and abs(a.box.x0 - b.box.x0) <= _SAME_PLACE for a, b in zip(mine, others, strict=True)
        )


def header_band(line: list[Word], found: list[Piece], page_lines: Sequence[list[Word]]) -> HeaderBand:
    """The header with the lines close above and below it that hold no digits."""
    at = next(i for i, each in enumerate(page_lines) if each is line)
    above = _close_lines(line, page_lines[at - 1 :: -1] if at else [])
    below: list[list[Word]] = []
    for other in _close_lines(line, page_lines[at + 1 :]):
        if below and around(other).top < around(below[-1]).bottom:
            below[-1] += other
        else:
            below.append(list(other))
    return HeaderBand(line, found, above, below[:_BAND_LINES])


def _close_lines(line: list[Word], others: Sequence[list[Word]]) -> list[list[Word]]:
    made: list[list[Word]] = []
    box = around(line)
    height = box.bottom - box.top
    for other in others[: 2 * _BAND_LINES]:
        there = around(other)
        apart = max(there.top - box.bottom, box.top - there.bottom)
        if apart > _BAND_GAP * height or any(c.isdigit() or c in ":：" for word in other for c in word.text):
            break
        made.append(other)
        box = there
    return made


def header_of(band: HeaderBand, body: Sequence[Sequence[Word]], known: Known) -> Header:
    """The header with its columns, from the lines of the table's body on all of its pages."""
    found, columns = decided_columns(band.cells, band.labels(known), body)
    return Header(found, columns)


def header_here(header: Header, first: HeaderBand, here: HeaderBand, known: Known) -> Header:
    """The header of a table's first page with the labels as they stand on another of its pages."""
    if here is first:
        return header
    own = {id(old): new for old, new in zip(first.cells, here.cells, strict=True)}
    others = {label.text: label for label in reversed(here.labels(known))}
    made = tuple(own.get(id(cell)) or others.get(cell.text) if cell else None for cell in header.cells)
    return Header(made, header.columns)


def header_row(header: Header, band: HeaderBand, known: Known) -> tuple[Row, set[int]]:
    """The header as one row, and the words of its other lines that are part of it (by `id`).

    A further line completes a header (`交易` over `金额`), names a column that has no label yet, or repeats the
    header in another language, and then stands in brackets as a note: `记账日期[Date]`.
    """
    labels: list[Piece | None] = list(header.cells)
    used = {id(word) for cell in header.cells if cell for word in cell.words}
    for line in band.above:
        row = cells_by_column([word for word in line if id(word) not in used], header.columns)
        pairs = list(zip(row, labels, strict=True))
        if not any(row) or not all(above is None or (cell and known(above.text + cell.text)) for above, cell in pairs):
            continue
        labels = [_joined(above, cell) if above and cell else cell for above, cell in pairs]
        used |= {id(word) for word in line}
    for line in band.below:
        row = cells_by_column([word for word in line if id(word) not in used], header.columns)
        if any(row) and not _continues(labels, row, known):
            break
        labels = [_with_note(cell, added, known) for cell, added in zip(labels, row, strict=True)]
        used |= {id(word) for word in line}
    box = around([word for cell in labels if cell for word in cell.words])
    return Row(tuple(labels), box.top, box.bottom), used


def _joined(above: Piece, below: Piece) -> Piece:
    words = above.words + below.words
    return Piece(above.text + below.text, around(words), words)


def _continues(cells: Sequence[Piece | None], row: Sequence[Piece | None], known: Known) -> bool:
    """A line is part of the header if it has no digits and says again or completes what stands above it."""
    texts = [cell.text for cell in row if cell]
    pairs = [(above, below) for above, below in zip(cells, row, strict=True) if below]
    said = [below for above, below in pairs if above is None or known(below.text) or known(above.text + below.text)]
    return 2 * len(said) >= len(pairs) or (
        len(said) >= 1 and all(text.isascii() for text in texts) and 2 * len(texts) >= len(cells)
    )


def _with_note(cell: Piece | None, added: Piece | None, known: Known) -> Piece | None:
    if cell is None or added is None:
        return cell or added
    joined = cell.text + added.text
    text = joined if known(joined) or not known(cell.text) else f"{cell.text}[{added.text}]"
    words = cell.words + added.words
    return Piece(text, around(words), words)


def is_prose(line: Sequence[Word], columns: Columns) -> bool:
    """Whether a line runs across columns: a note or a footer, not a row, which has two values in their columns."""
    if len({columns.of(word) for word in line if _is_placed(word, columns)}) > 1:
        return False
    crossed = [
        0 if _is_placed(word, columns) else sum(word.box.x0 + 1 < x < word.box.x1 - 1 for x in columns.bounds)
        for word in line
    ]
    return max(crossed) >= 2 or sum(crossed) >= max(2, len(line) / 2) or (len(line) == 1 and crossed[0] >= 1)


def _is_placed(word: Word, columns: Columns) -> bool:
    """Whether a word is a value whose column, or whose doubt, is decided."""
    return is_value(word.text) and (id(word) in columns.places or id(word) in columns.doubts)


def body_rows(words: Sequence[Word], columns: Columns) -> list[Row]:
    """The rows of a table's body, and the lines in and below it that are not of it (`in_table` false)."""
    inside: list[Word] = []
    outside: list[Row] = []
    for line in lines(words):
        if is_prose(line, columns):
            box = around(line)
            empty: list[Piece | None] = [None] * len(columns.bounds)
            outside.append(Row((piece(line), *empty), box.top, box.bottom, in_table=False))
        else:
            inside += line
    return sorted([*rows(inside, columns), *outside], key=lambda row: (row.top + row.bottom, row.top))
