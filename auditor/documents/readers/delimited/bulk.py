"""Large delimited files: the body is read in bulk, and an independent count proves that no row was lost.

Arrow reads what has no quotes, the engine all else. The count goes over the raw bytes: line feeds outside quotes, empty
lines apart. If a reader refuses the file, gives another number of rows, or reads the first or last rows otherwise than
the reader for small files, its answer is dropped and the next one is asked; the last reads record by record.
"""

from __future__ import annotations

import mmap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.cells import empty_as_null, text_table
from auditor.documents.readers.delimited.plain import filled_lines, read_plain
from auditor.documents.readers.delimited.records import MOST_LINES, records, split_lines
from auditor.engine.duck import read_delimited

_WINDOW = 8 << 20
_PROBE = 64 * 1024
_MOST_COLUMNS = 4096
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Physical:
    """The physical records of a file: the line on which each starts (from 1), and whether any spans lines."""

    starts: Positions
    spanning: bool


def physical_records(data: mmap.mmap | bytes) -> Physical | None:
    """Count the records of UTF-8 text; None where quotes do not close within `MOST_LINES` lines."""
    quoted = data.find(b'"') >= 0
    filled_only = None if quoted else filled_lines(data)
    if filled_only is not None:
        return Physical(np.arange(1, filled_only + 1, dtype=np.int64), False)
    feeds = _positions(data, 10)
    ends = feeds if len(feeds) and feeds[-1] == len(data) - 1 else np.append(feeds, len(data))
    spanning = False
    lines = np.arange(1, len(ends) + 1, dtype=np.int64)
    begins = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1)) if len(ends) else ends
    if quoted:
        quotes = _positions(data, 34)
        if len(quotes) % 2:
            return None
        outside = np.searchsorted(quotes, ends) % 2 == 0
        spanning = not bool(outside.all())
        if spanning:
            first = np.concatenate((np.ones(1, bool), outside[:-1]))
            lines, begins, ends = lines[first], begins[first], ends[outside]
            if len(lines) and int(np.diff(np.append(lines, len(outside) + 1)).max()) > MOST_LINES:
                return None
    filled = ends > begins
    single = np.flatnonzero(ends - begins == 1)  # an empty line may still hold its carriage return
    if len(single):
        filled[[row for row in single.tolist() if data[int(begins[row])] == 13]] = False
    return Physical(lines if bool(filled.all()) else lines[filled], spanning)


def _positions(data: mmap.mmap | bytes, byte: int) -> Positions:
    pieces = []
    for start in range(0, len(data), _WINDOW):
        window = np.frombuffer(data, np.uint8, min(_WINDOW, len(data) - start), start)
        pieces.append(np.flatnonzero(window == byte) + start)
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)


def read_bulk(path: Path, data: mmap.mmap, delimiter: str, width: int) -> tuple[pa.Table, pa.Array] | None:
    """Columns and starting lines of a UTF-8 file with the bytes `data`, or None where record by record is the safe way.

    `width` is the largest number of cells seen at the head; a wider row further down makes every reader refuse.
    """
    if data.find(b"\n") < 0 or width > _MOST_COLUMNS:
        return None
    with ThreadPoolExecutor(1) as pool:
        counting = pool.submit(physical_records, data)
        table = read_plain(data, delimiter, width)
        physical = counting.result()
    if physical is None:
        return None
    if table is None or not _agrees(table, physical, data, delimiter):
        table = _by_engine(path, delimiter, width, physical)
        if table is None or not _agrees(table, physical, data, delimiter):
            return None
    return table, pa.array(physical.starts, pa.int64())


def _by_engine(path: Path, delimiter: str, width: int, physical: Physical) -> pa.Table | None:
    try:
        table = read_delimited(path, delimiter=delimiter, width=width, parallel=not physical.spanning)
    except ValueError:
        return None  # a shape that the engine's strict reader refuses is read record by record, nothing is lost
    columns = [empty_as_null(column.cast(pa.string())) for column in table.columns]
    if physical.spanning:
        columns = [pc.replace_substring(column, "\r\n", "\n") for column in columns]
    return text_table(columns)


def _agrees(table: pa.Table, physical: Physical, data: mmap.mmap, delimiter: str) -> bool:
    """Whether no row was lost or added, and the rows at both ends are those of the reader for small files."""
    return table.num_rows == len(physical.starts) and _same_ends(table, data, delimiter)


def _same_ends(table: pa.Table, data: mmap.mmap, delimiter: str) -> bool:
    """Whether the first and last rows are those that the reader for small files finds."""
    head = data[:_PROBE].decode("utf-8", "ignore").removeprefix("\ufeff")
    tail = data[-_PROBE:].decode("utf-8", "ignore")
    first = [cells for _, cells, _ in records(split_lines(head)[:-1], delimiter)][:100]
    # The tail begins somewhere inside a record, maybe inside quotes: only its last rows are sure.
    last = [cells for _, cells, _ in records(split_lines(tail)[1:], delimiter)][-20:]
    if '"' in tail:
        last = []
    return _equal(table.slice(0, len(first)), first) and _equal(table.slice(table.num_rows - len(last)), last)


def _equal(table: pa.Table, rows: list[list[str]]) -> bool:
    columns = [column.to_pylist() for column in table.columns]
    found = [[(cell or "").replace("\r\n", "\n") for cell in row] for row in zip(*columns, strict=True)]
    width = len(columns)
    return found == [row + [""] * (width - len(row)) for row in rows]
