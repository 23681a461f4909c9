"""Tables without lines: columns from the header's words and from the white space between the columns of data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from auditor.documents.grids.lines import Piece, around, lines, piece
from auditor.documents.grids.table_rows import Row, is_value, rows
from auditor.documents.pages import Word
from auditor.values.text import header_key, header_key_without_unit

_LONGEST_PHRASE = 4  # words of one header
_FEWEST = 3  # known headers that make a line a header line
_PHRASE_GAP = 0.7  # of the height: unknown header words nearer than this are one header

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Header:
    """A header line: its cells from the left and where the columns part (x in points, one fewer than cells)."""

    cells: tuple[Piece, ...]
    bounds: tuple[float, ...]
    top: float
    bottom: float


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
    return known("".join(word.text for word in words)) or (len(words) > 1 and known(" ".join(w.text for w in words)))


def _grouped(words: Sequence[Word]) -> list[list[Word]]:
    groups: list[list[Word]] = []
    for word in words:
        size = word.box.bottom - word.box.top
        if groups and word.box.x0 - groups[-1][-1].box.x1 <= _PHRASE_GAP * size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def header_of(cells: Sequence[Piece], body: Sequence[Word]) -> Header:
    """The header with its columns parted where the fewest words of the body cross."""
    bounds = []
    x0 = np.array([word.box.x0 for word in body] + [cell.box.x0 for cell in cells])
    x1 = np.array([word.box.x1 for word in body] + [cell.box.x1 for cell in cells])
    for left, right in pairwise(cells):
        low = (left.box.x0 + left.box.x1) / 2
        high = (right.box.x0 + right.box.x1) / 2
        bounds.append(_parting(low, high, x0, x1))
    return Header(tuple(cells), tuple(bounds), min(c.box.top for c in cells), max(c.box.bottom for c in cells))


def _parting(low: float, high: float, x0: np.ndarray, x1: np.ndarray) -> float:
    """The middle of the widest stretch between `low` and `high` that the fewest words cross."""
    places = np.arange(low, high, 0.5)
    if not len(places):
        return (low + high) / 2
    crossing = ((x0[:, None] < places) & (x1[:, None] > places)).sum(axis=0)
    best = crossing == crossing.min()
    edges = np.flatnonzero(np.diff(np.concatenate(([False], best, [False])).astype(np.int8)))
    runs = sorted(zip(edges[::2], edges[1::2], strict=True), key=lambda run: (run[0] - run[1], run[0]))
    first, after = runs[0]
    return float(places[first] + places[after - 1]) / 2


def header_row(header: Header, below: Sequence[Row], known: Known) -> tuple[Row, int]:
    """The header as one row, and how many of the rows `below` are its further lines.

    A further line completes a header (`交易` over `金额`) or repeats it in another language, and then stands in
    brackets as a note: `记账日期[Date]`.
    """
    cells: list[Piece | None] = list(header.cells)
    taken = 0
    for row in below:
        if taken == 2 or not row.in_table or not _continues(cells, row, known):
            break
        cells = [_with_note(cell, added, known) for cell, added in zip(cells, row.cells, strict=True)]
        taken += 1
    words = [word for cell in cells if cell for word in cell.words]
    box = around(words)
    return Row(tuple(cells), box.top, box.bottom), taken


def _continues(cells: Sequence[Piece | None], row: Row, known: Known) -> bool:
    """A row is part of the header if it has no digits and says again or completes what stands above it."""
    texts = [cell.text for cell in row.cells if cell]
    if any(character.isdigit() for text in texts for character in text):
        return False
    pairs = [(above, below) for above, below in zip(cells, row.cells, strict=True) if below]
    said = [below for above, below in pairs if known(below.text) or (above and known(above.text + below.text))]
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


def is_prose(line: Sequence[Word], bounds: Sequence[float]) -> bool:
    """Whether a line runs across columns: a note or a footer, not a row."""
    crossed = [sum(word.box.x0 + 1 < x < word.box.x1 - 1 for x in bounds) for word in line]
    return max(crossed) >= 2 or sum(crossed) >= max(2, len(line) / 2) or (len(line) == 1 and crossed[0] >= 1)


def body_rows(words: Sequence[Word], bounds: Sequence[float]) -> list[Row]:
    """The rows of a table's body, and the lines in and below it that are not of it (`in_table` false)."""
    inside: list[Word] = []
    outside: list[Row] = []
    for line in lines(words):
        if is_prose(line, bounds):
            box = around(line)
            empty: list[Piece | None] = [None] * len(bounds)
            outside.append(Row((piece(line), *empty), box.top, box.bottom, in_table=False))
        else:
            inside += line
    return sorted([*rows(inside, bounds), *outside], key=lambda row: (row.top + row.bottom, row.top))
