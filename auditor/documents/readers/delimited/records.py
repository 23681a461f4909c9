"""Physical records of delimited text: where each begins, its cells, and the delimiter that the file uses.

A record is a line, or several where a line break stands inside quotes. Quotes that are never closed must not swallow
the rest of a file: after `MOST_LINES` lines the opening quote is taken for a plain character of its own line.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

MOST_LINES = 100
DELIMITERS = (",", "\t", ";", "|")
_CARRIAGE = "\ue00d"  # stands for a lone carriage return while the csv module looks at a record
_END = "\ue00e"  # after the last line that a record may have
csv.field_size_limit(1 << 30)


def split_lines(text: str) -> list[str]:
    """The lines without their ends. A carriage return ends a line only in a file that has no line feed at all."""
    if "\n" not in text and "\r" in text:
        lines = text.split("\r")
    else:
        lines = [line[:-1] if line.endswith("\r") else line for line in text.split("\n")]
    if lines and not lines[-1]:
        lines.pop()
    return lines


def records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str], bool]]:
    """Each record: the line on which it starts (from 1), its cells, and whether a stray quote was found in it.

    Empty lines are left out. Cells are as written, without the quotes around them; a line break in one is a line feed.
    """
    index, total = 0, len(lines)
    while index < total:
        line = lines[index]
        if not line:
            index += 1
        elif '"' not in line:
            yield index + 1, line.split(delimiter), False
            index += 1
        else:
            quoted = _quoted_record(lines, index, delimiter)
            used, cells = quoted or (1, _plain(line, delimiter))
            yield index + 1, cells, quoted is None
            index += used


def _quoted_record(lines: Sequence[str], index: int, delimiter: str) -> tuple[int, list[str]] | None:
    """The number of lines and the cells of the record from `index` on; None if its quotes never close.

    A quote opens only at the beginning of a cell (after padding blanks, too): `5" pipe` is plain text.
    """
    used = 0

    def feed() -> Iterator[str]:
        nonlocal used
        for line in itertools.islice(lines, index, index + MOST_LINES):
            used += 1
            yield line.replace("\r", _CARRIAGE) + "\n"
        yield _END

    padded = re.search(rf'(^|{re.escape(delimiter)}) +"', lines[index]) is not None
    cells = next(csv.reader(feed(), delimiter=delimiter, skipinitialspace=padded))
    if cells[-1].endswith(_END):
        return None
    return used, [cell.replace(_CARRIAGE, "\r") for cell in cells]


def _plain(line: str, delimiter: str) -> list[str]:
    """A line whose quotes mean nothing; quotes that enclose a whole cell are still taken off."""
    cells = line.split(delimiter)
    return [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in cells]


# --- the delimiter ---------------------------------------------------------------------------------------------------


def find_delimiter(lines: Sequence[str]) -> str:
    """The delimiter of the table that the lines hold, through preambles and footers of other shapes.

    The most lines agree on one number of cells under it. Tabs that only pad the cells of a comma table do not count.
    """
    named = re.fullmatch(r"sep=(.)", lines[0].strip()) if lines else None
    if named:
        return named.group(1)
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        score = _agreement(_unpadded(lines) if delimiter == "\t" else lines, delimiter)
        # Commas in amounts and texts agree now and then; clearly more cells in about as many rows win.
        if (score[0] * 5 >= best_score[0] * 4 and score[1] > best_score[1]) or score[0] * 4 > best_score[0] * 5:
            best, best_score = delimiter, score
    return best


def _agreement(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """How many records have the most common number of cells above one, and that number."""
    counts = Counter(len(cells) for _, cells, _ in records(lines, delimiter))
    del counts[1]
    if not counts:
        return 0, 0
    cells, rows = max(counts.items(), key=lambda item: (item[1], item[0]))
    return rows, cells


def _unpadded(lines: Sequence[str]) -> list[str]:
    return [re.sub(r"\t+(?=\s*(,|$))|(?<=,)\t+", "", line) for line in lines]
