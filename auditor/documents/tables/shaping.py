"""The shape of a table on a grid: its header of one to three lines, and its rows, without vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from auditor.documents.labels import is_summary_line, total_label
from auditor.documents.pages import Grid
from auditor.documents.recognition.shapes import MOST_ROWS, TableShape
from auditor.documents.tables.bands import is_value
from auditor.documents.tables.grid_rows import Rows
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.own_titles import titled_anew
from auditor.documents.tables.recognise import header_texts
from auditor.values.text import clean_cell

_LONGEST = 30  # characters of a header
_LOOKED_BELOW = 6  # rows below a header
_MOST_LABELS = 12  # lines of a block of labels
_DAYS = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|20\d\d[01]\d[0-3]\d(?!\d)")
_LONG_NUMBER = re.compile(r"[\d*xX -]{8,}")

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
    month: tuple[int, int] | None = None, whole: bool = False,
) -> TableShape:  # fmt: skip
    """The shape of the table whose header is rows `first` to `start` of a grid and whose body goes to `end` (excluded).

    `names` are the names around it, nearest first; `month` is the one that anything around states; `whole`: with the
    rows of totals and those of few cells, which belong to a matrix.
    """
    texts = header_texts([rows[row] for row in range(first, start)])
    width = len(texts)
    filled = [
        tuple(clean_cell(cell) if cell else "" for cell in rows[row][:width])
        for row in range(start, min(end, start + 2 * MOST_ROWS))
    ]
    filled = [cells for cells in filled if any(cells)]
    count = len(filled)
    values = (filled if whole else _like_most(filled))[:MOST_ROWS]
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
        _groups_of(grid, texts),
    )


def _groups_of(grid: Grid, texts: Sequence[Sequence[str]]) -> frozenset[int]:
    """The columns of a grid that hold what lines inside it say of the rows of this table."""
    count = grid.table.num_columns
    return frozenset(at for at in range(count - grid.groups, count) if at < len(texts) and texts[at])


def _like_most(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows that have half as many cells as most have, and are no totals: notes and lines of text have fewer."""
    rows = [cells for cells in rows if not total_label(next(filter(None, cells)))]
    if not rows:
        return []
    counts = sorted(sum(map(bool, cells)) for cells in rows)
    usual = counts[len(counts) // 2]
    return [cells for cells in rows if 2 * sum(map(bool, cells)) > usual or usual <= 2]


def _words_only(cells: Cells) -> bool:
    filled = [clean_cell(cell) for cell in cells if cell and clean_cell(cell)]
    return bool(filled) and all(
        len(text) <= _LONGEST and not is_value(text) and ":" not in text and "：" not in text for text in filled
    )


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
    return any(after - before > 1 and after - 1 in named for before, after in pairwise(filled))


@dataclass(frozen=True, slots=True)
class Band:
    """A header band with its body: rows `first` to `start` are the header, `start` to `end` (excluded) what is below.
    `repeated`: rows of the body that say the header again."""

    first: int
    start: int
    end: int
    texts: tuple[tuple[str, ...], ...]
    repeated: tuple[int, ...] = ()


def bands_of(rows: Rows, since: int, until: int, heading_between: Callable[[int, int], bool]) -> list[Band]:
    """The header bands between two rows of a grid by shape alone.

    A band is a line of short and mostly distinct words over values. Inside a table it stands over columns that hold
    values above it, too. The same header again goes on with its table, unless `heading_between` (last row before it,
    its first) says that a heading of its own stands above it, or it has another title.
    """
    found: list[Band] = []
    looked = sorted(row for row in rows if since <= row < until)
    at = since
    for row in looked:
        if row < at:
            continue
        current = found[-1] if found else None
        lines = _band_at(rows, row, current.start if current else since, until, current)
        if lines is None:
            continue
        first, start = lines
        texts = header_texts([rows[each] for each in range(first, start)])
        if current is not None:
            anew = heading_between(current.start, first) or titled_anew(rows, current.first, first)
            if _same(current.texts, texts) and not anew:
                found[-1] = replace(current, repeated=(*current.repeated, *range(first, start)))
                at = start
                continue
            found[-1] = replace(current, end=first)
        found.append(Band(first, start, until, texts))
        at = start
    return found


def _same(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> bool:
    return [each[0] if each else "" for each in one] == [each[0] if each else "" for each in other]


def _band_at(rows: Rows, at: int, above: int, until: int, current: Band | None) -> tuple[int, int] | None:
    """The first line of a header and the first row below it, where the row `at` is a line of one; else None."""
    if not _words_only(rows[at]) or sum(bool(cell and clean_cell(cell)) for cell in rows[at]) < 2:
        return None
    if (current is not None and not _over_values(rows, at, current)) or _is_of_labels(rows, at, until):
        return None
    if current is not None and _sums_up(rows, at):
        return None
    first, last = header_lines(rows, at, above)
    if last + 1 >= until:
        return None
    texts = [each[0] if each else "" for each in header_texts([rows[row] for row in range(first, last + 1)])]
    named = [text for text in texts if text]
    if len(set(named)) * 10 < len(named) * 7:
        return None
    body = [rows[row] for row in range(last + 1, min(last + 1 + _LOOKED_BELOW, until))]
    body = [row for row in body if any(cell and clean_cell(cell) for cell in row)]
    if not body:
        return None
    under = {column for row in body for column, cell in enumerate(row) if is_value(cell) and column < len(texts)}
    few = len({column for column in under if texts[column]}) < min(2, len(named) - 1)
    if few and not _columns_of_words(texts, body):
        return None
    return first, last + 1


def _over_values(rows: Rows, at: int, current: Band) -> bool:
    """Whether a line may begin a second table: a blank row or a line of few words stands above it, or two of its words
    and more stand over columns that hold values in the table above it."""
    if sum(bool(cell and clean_cell(cell)) for cell in rows[at - 1]) < min(3, _filled(rows[at])):
        return True
    body = [rows[row] for row in range(current.start, min(current.start + _LOOKED_BELOW, at))]
    counted = [0] * max((len(row) for row in body), default=0)
    for row in body:
        for column, cell in enumerate(row):
            counted[column] += is_value(cell)
    over = [
        column
        for column, cell in enumerate(rows[at])
        if cell and clean_cell(cell) and column < len(counted) and 2 * counted[column] >= len(body)
    ]
    return len(over) >= 2


def _sums_up(rows: Rows, at: int) -> bool:
    """Whether a line and the only line below it are the labels and the figures of what the table above comes to."""
    labels = [clean_cell(cell) for cell in rows[at] if cell and clean_cell(cell)]
    return is_summary_line(labels) and _filled(rows[at + 1]) <= len(labels) and not _filled(rows[at + 2])


def _is_of_labels(rows: Rows, at: int, until: int) -> bool:
    """Whether a line of two texts is one of labels with their values beside them, without colons: an account, a holder,
    a period. Its neighbours of two cells hold a day among other things, or a long number among words, as no column of a
    table does."""
    columns = _places(rows[at])
    if len(columns) != 2:
        return False
    first, last = at, at
    while first and _places(rows[first - 1]) == columns:
        first -= 1
    while last + 1 < until and last - first < _MOST_LABELS and _places(rows[last + 1]) == columns:
        last += 1
    values = [clean_cell(rows[row][columns[1]] or "") for row in range(first + 1, last + 1)]
    days = sum(_DAYS.match(text) is not None for text in values)
    long = sum(_LONG_NUMBER.fullmatch(text) is not None for text in values)
    words = sum(not any(each.isdigit() for each in text) for text in values)
    return last - first <= _MOST_LABELS and (0 < days < len(values) or bool(long and words))


def _places(cells: Cells) -> list[int]:
    return [at for at, cell in enumerate(cells) if cell and clean_cell(cell)]


def _filled(cells: Cells) -> int:
    return sum(bool(cell and clean_cell(cell)) for cell in cells)


def _columns_of_words(texts: Sequence[str], body: Sequence[Cells]) -> bool:
    """Whether a line of words stands over columns of words: the rows below it begin under its first and fill the same
    columns with other words, one of them most of these."""
    named = {at for at, text in enumerate(texts) if text}
    if len(named) < 2 or len(body) < 2 or len({texts[at] for at in named}) < len(named):
        return False
    if len(named) == 2 and not all(_filled(row) == 2 for row in body):
        return False
    if all(3 * _filled(row) < 2 * len(named) for row in body):
        return False
    for row in body:
        filled = {at for at, cell in enumerate(row) if cell and clean_cell(cell)}
        if filled - named or min(named) not in filled or len(filled) < 2 or not _words_only_short(row):
            return False
        if any(clean_cell(row[at] or "") == texts[at] for at in filled):
            return False
    return True


def _words_only_short(cells: Cells) -> bool:
    return not any(cell and clean_cell(cell).endswith((":", "：")) for cell in cells)
