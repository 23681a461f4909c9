"""The shape of a table on a grid: its header of one to three lines, and its rows, without vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.documents.pages import Grid
from auditor.documents.recognition.shapes import MOST_ROWS, TableShape
from auditor.documents.tables.bands import is_value
from auditor.documents.tables.grid_rows import Rows
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.recognise import header_texts
from auditor.values.text import clean_cell

_LONGEST = 30  # characters of a header
_MOST_BLANK = 3  # blank rows in a table

Cells = Sequence[str | None]


def header_lines(rows: Rows, band: int, above: int) -> tuple[int, int]:
    """The first and the last line of the header of which the row `band` is a part; it does not reach beyond `above`.

    A line below belongs to it if it holds words over values where the band leaves columns open or names groups; a line
    above, if it holds groups: words, of which each stands over a column that the band names.
    """
    first = last = band
    if _words_only(rows[band + 1]) and _fills(rows[band], rows[band + 1]) and any(map(is_value, rows[band + 2])):
        last = band + 1
    if band > above and _groups(rows[band - 1], rows[band]):
        first = band - 1
    return first, last


def shape_of(
    grid: Grid, rows: Rows, first: int, start: int, end: int, names: Sequence[str], heading: Heading,
    month: tuple[int, int] | None = None,
) -> TableShape:  # fmt: skip
    """The shape of the table whose header is rows `first` to `start` of a grid and whose body goes to `end` (excluded).

    `names` are the names around it, nearest first; `month` is the one that anything around states.
    """
    texts = header_texts([rows[row] for row in range(first, start)])
    width = len(texts)
    values: list[tuple[str, ...]] = []
    count = 0
    for row in _body(rows, start, end):
        cells = [clean_cell(cell) if cell else "" for cell in rows[row][:width]]
        if any(cells):
            count += 1
            if len(values) < MOST_ROWS:
                values.append(tuple(cells))
    sheet = "" if grid.boxes is not None else grid.name
    return TableShape(
        sheet,
        grid.number,
        int(grid.row_numbers[first].as_py()),
        tuple(each[0] if each else "" for each in texts),
        texts,
        tuple(values),
        max(count, end - start) if end - start > count + MOST_ROWS else count,
        tuple(names),
        tuple((pair.label, pair.value) for pair in heading.pairs if pair.value),
        tuple(tuple(clean_cell(cell) if cell else "" for cell in rows[row]) for row in range(first, start)),
        month,
    )


def _body(rows: Rows, start: int, end: int) -> Iterator[int]:
    yield from range(start, min(end, start + 2 * MOST_ROWS))


def _words_only(cells: Cells) -> bool:
    filled = [clean_cell(cell) for cell in cells if cell and clean_cell(cell)]
    return bool(filled) and all(len(text) <= _LONGEST and not is_value(text) and ":" not in text for text in filled)


def _fills(above: Cells, below: Cells) -> bool:
    """Whether the lower line names columns that the upper leaves open, and no column that stands alone above."""
    for at, cell in enumerate(below):
        if cell and clean_cell(cell):
            upper = above[at] if at < len(above) else None
            if not (upper and clean_cell(upper)):
                return True
    return False


def _groups(above: Cells, below: Cells) -> bool:
    """Whether a line holds groups of the columns below: two texts and more, none a value, over columns with a name, of
    which at least one names several."""
    filled = [at for at, cell in enumerate(above) if cell and clean_cell(cell)]
    if len(filled) < 2 or not _words_only(above):
        return False
    named = [at for at, cell in enumerate(below) if cell and clean_cell(cell)]
    if not all(at in named or not any(below[at : at + 1]) for at in filled):
        return False
    return any(after - before > 1 and after - 1 in named for before, after in zip(filled, filled[1:], strict=False))


def bands_of(rows: Rows, since: int, until: int) -> Iterator[tuple[int, int, int]]:
    """The header bands between two rows of a grid by shape alone: first line, first row of the body, end (excluded).

    A band is a line of short and mostly distinct words over values: in two columns and more, or in one of two.
    """
    starts: list[tuple[int, int]] = []
    at = since
    while at < until:
        lines = _band_at(rows, at, starts[-1][1] if starts else since, until)
        if lines is None:
            at += 1
            continue
        starts.append(lines)
        at = lines[1]
    for position, (first, start) in enumerate(starts):
        end = starts[position + 1][0] if position + 1 < len(starts) else until
        yield first, start, end


def _band_at(rows: Rows, at: int, above: int, until: int) -> tuple[int, int] | None:
    if not _words_only(rows[at]) or sum(bool(cell and clean_cell(cell)) for cell in rows[at]) < 2:
        return None
    first, last = header_lines(rows, at, above)
    if last + 1 >= until:
        return None
    texts = [each[0] if each else "" for each in header_texts([rows[row] for row in range(first, last + 1)])]
    named = [text for text in texts if text]
    if len(set(named)) * 10 < len(named) * 7:
        return None
    body = [rows[row] for row in range(last + 1, min(last + 4, until))]
    body = [row for row in body if any(cell and clean_cell(cell) for cell in row)]
    if not body:
        return None
    under = {column for row in body[:2] for column, cell in enumerate(row) if is_value(cell) and column < len(texts)}
    if len({column for column in under if texts[column]}) < min(2, len(named) - 1):
        return None
    return first, last + 1
