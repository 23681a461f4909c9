"""Lines inside a table that say something of all rows below them: the day of a ledger, the depot of a register.

    Slip        Pieces   Amount                     Slip        Pieces   Amount     @group
    8 Oct 2026                                      SH-001      3        126.00     8 Oct 2026
    SH-001      3        126.00           ->        SH-002      1         42.00     8 Oct 2026
    SH-002      1         42.00                     SH-003      2         80.00     9 Oct 2026
    9 Oct 2026
    SH-003      2         80.00

What such lines say becomes further columns of the grid: under the line's own label (`Depot: North`) or, if it has none,
under `@group`. What a column is, is told like that of any other, by its header, its values and the folder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from auditor.documents.labels import balance_label, is_extent, total_label
from auditor.documents.pages import Grid
from auditor.documents.recognition.days_of_names import day_alone
from auditor.documents.recognition.shapes import GROUP
from auditor.documents.tables.bands import is_value
from auditor.documents.tables.headings import pairs_of_row
from auditor.documents.tables.stated_account import number_in_line
from auditor.values.text import clean_cell

_LARGEST = 20_000  # rows of a grid in which such lines are looked for
_FILLED = 3  # cells of a row of a table, at least
_LONGEST = 40  # characters of one thing that such a line says
_PIECES = re.compile(r"\u3000+|\s{2,}|[;；|｜]|\s[-–—]\s|,\s(?=\d|[A-Z])")
_DAY_AND_WORD = re.compile(r"(\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}日?|\d{1,2}月\d{1,2}日?)\s*[^\W\d_]{1,2}")
_MARKS = "=*~_^•·※+"
_ORNAMENTS = ("So", "Sm", "Sk", "Pd", "Pc")  # symbols and dashes, as Unicode classes them
_BRACKETS = dict(zip("【[〔《「『<〈(（“", "】]〕》」』>〉)）”", strict=True))
_NUMBERED = re.compile(r"([^\d\s][^\d:：]{0,20}?)\s*(?:[:：]|\s)\s*((?=\S*\d)\S{2,})")  # `Manifest CH26-002003`

Cells = Sequence[str | None]
Said = tuple[str, str]  # a label, "" if there is none, and what stands behind it


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may name a group: its row, the column where it stands, all that it says, of which a day has the label
    `GROUP` if it has none of its own."""

    row: int
    column: int
    said: tuple[Said, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self.said)


def with_groups(grid: Grid, has_groups: Callable[[Sequence[str]], bool] = lambda _: False) -> Grid:
    """The grid with what lines say of groups of its rows as columns behind its others (`_group0`, …; their number is
    `groups`), and the positions of these lines as `group_rows`; as it is if there are none.

    `has_groups`: whether it is known of a table with these headers that it has such lines, so that one is enough.
    """
    if not 0 < grid.rows <= _LARGEST or not grid.table.num_columns:
        return grid
    filled = np.sum([np.asarray(column.is_valid()) for column in grid.table.columns], axis=0)
    if not np.count_nonzero((filled == 1) | (filled == 2)):
        return grid
    rows = grid.head(grid.rows)
    columns: list[list[str | None]] = []
    taken: set[int] = set()
    for header, start, end in _tables(rows):
        known = has_groups(_texts(rows[header]))
        lines = _lines_of(rows, start, end, printed=grid.boxes is not None, known=known)
        taken |= {line.row for line in lines}
        for at, label in enumerate(lines[0].labels if lines else ()):
            if at == len(columns):
                columns.append([None] * grid.rows)
            columns[at][header] = label or (GROUP if at == 0 else f"{GROUP}{at + 1}")
            for line, after in zip(lines, [*(each.row for each in lines[1:]), end], strict=True):
                for row in range(line.row + 1, after):
                    if _ends_group(rows, row):
                        break  # of what group the rows below it are, is not known
                    if _is_row(rows[row]):
                        columns[at][row] = line.said[at][1]
    table = grid.table
    for at, cells in enumerate(columns):
        table = table.append_column(f"_group{at}", pa.array(cells, pa.string()))
    return replace(grid, table=table, groups=len(columns), group_rows=frozenset(taken))


def _tables(rows: Sequence[Cells]) -> Iterator[tuple[int, int, int]]:
    """The tables of a grid by shape: the last line of a header, its first row and the row behind its last."""
    headers = [at for at, cells in enumerate(rows) if _is_header(cells)]
    # of a header of several lines the last one counts; the same again goes on with its table
    last = [at for at in headers if at + 1 not in headers]
    starts: list[int] = []
    for at in last:
        if not starts or _texts(rows[at]) != _texts(rows[starts[-1]]):
            starts.append(at)
    for at, after in zip(starts, [*starts, len(rows)][1:], strict=True):
        yield at, at + 1, after


def _lines_of(rows: Sequence[Cells], start: int, end: int, *, printed: bool, known: bool) -> list[_Line]:
    """The lines that name groups between two rows; none unless they name all of its rows, and two groups at least where
    it is not `known` that the table has such lines.

    On a printed page only days do: any other text may be the second line of a cell.
    """
    found = [line for at in range(start, end) if (line := _line_at(rows, at)) is not None]
    dated = [line for line in found if GROUP in line.labels]
    found = dated or ([] if printed else found)
    found = [line for line in found if line.column == found[0].column and line.labels == found[0].labels]
    fewest = 1 if known else 2
    if len({line.said for line in found}) < fewest or not all(_is_above_row(rows, each.row, end) for each in found):
        return []
    body = [at for at in range(start, end) if _is_row(rows[at])]
    if not body or body[0] < found[0].row or (not dated and not known and 2 * len(found) > len(body)):
        return []
    return found


def _ends_group(rows: Sequence[Cells], at: int) -> bool:
    """Whether a line of one or two texts that names no group of the kind stands above further rows."""
    texts = _texts(rows[at])
    if not 1 <= len(texts) <= 2 or any(map(is_value, texts[1:])) or _is_summary(texts[0]):
        return False
    return _is_above_row(rows, at, len(rows))


def _line_at(rows: Sequence[Cells], at: int) -> _Line | None:
    """A line of one text, or of a label and a text, right above a row of the table."""
    filled = [(column, cell) for column, cell in enumerate(rows[at]) if cell and clean_cell(cell)]
    if not 1 <= len(filled) <= 2 or not _is_above_row(rows, at, len(rows)):
        return None
    if len(filled) == 2:
        pairs, others = pairs_of_row(rows[at], at, 0, lambda _: False)
        said = [(pair.label, pair.value) for pair in pairs if not others]
    else:
        bare = _without_ornaments(filled[0][1])
        said = [_said(piece) for piece in _PIECES.split(bare) if clean_cell(piece)]
    said = list(map(_dated, said))
    plain = " ".join(clean_cell(cell) for _, cell in filled)
    if not said or number_in_line(plain) or _is_summary(plain) or not all(map(_is_short, said)):
        return None
    return _Line(at, filled[0][0], tuple(said))


def _without_ornaments(text: str) -> str:
    """What a line says without what sets it off: `—— North ——`, `【North】`, `▼ North`, `== North ==`."""
    bare = text.strip()
    while bare and _is_ornament(bare[0]):
        bare = bare[1:]
    while bare and _is_ornament(bare[-1]):
        bare = bare[:-1]
    inside = bare[1:-1]
    if len(bare) > 2 and _BRACKETS.get(bare[0]) == bare[-1] and not {bare[0], bare[-1]} & set(inside):
        return _without_ornaments(inside)
    return bare


def _is_ornament(character: str) -> bool:
    return character.isspace() or character in _MARKS or unicodedata.category(character) in _ORNAMENTS


def _said(piece: str) -> Said:
    """What a piece of a line says: `Depot: North`, `Manifest CH26-002003`, `8 Oct 2026`, `North`."""
    text = clean_cell(piece)
    pairs, _ = pairs_of_row([text], 0, 0, lambda _: False)
    if len(pairs) == 1 and pairs[0].value:
        return pairs[0].label, pairs[0].value
    numbered = _NUMBERED.fullmatch(text) if day_alone(text) is None else None
    return (numbered[1].strip(), numbered[2]) if numbered else ("", text)


def _dated(said: Said) -> Said:
    """A day as it is written, without its weekday or a word of one or two letters behind it (`2026.10.8发`), and
    without a label under `GROUP`."""
    day, behind = day_alone(said[1]), _DAY_AND_WORD.fullmatch(said[1])
    if day is None and behind:
        day = day_alone(behind[1])
    return said if day is None else (said[0] or GROUP, day)


def _is_short(said: Said) -> bool:
    label, value = said
    told = bool(label) or day_alone(value) is not None or not is_value(value)
    return told and 0 < len(value) <= _LONGEST


def _is_summary(text: str) -> bool:
    return total_label(text) is not None or balance_label(text) is not None or is_extent(text)


def _is_above_row(rows: Sequence[Cells], at: int, end: int) -> bool:
    """Whether the next row that holds anything is one of the table."""
    below = next((row for row in range(at + 1, end) if _texts(rows[row])), None)
    return below is not None and _is_row(rows[below])


def _is_row(cells: Cells) -> bool:
    """Whether a row is one of a table, and no total."""
    texts = _texts(cells)
    return len(texts) >= _FILLED and any(map(is_value, texts)) and total_label(texts[0]) is None


def _is_header(cells: Cells) -> bool:
    texts = _texts(cells)
    return len(texts) >= _FILLED and not any(is_value(text) or ":" in text or "：" in text for text in texts)


def _texts(cells: Cells) -> list[str]:
    return [text for cell in cells if cell and (text := clean_cell(cell))]
