"""Delimited text: CSV, TSV and their kin, whatever the encoding, the delimiter and the lines before the header.

Cells are kept as written, with their padding, tabs and backticks: cleaning is the layouts' work.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from auditor.documents.cells import TableBuilder, scientific_notes
from auditor.documents.encodings import decode, detect, transcode
from auditor.documents.errors import DocumentError, StrayQuote, TruncatedFile
from auditor.documents.pages import Grid, Note, ReadPages
from auditor.documents.readers.delimited.bulk import read_bulk
from auditor.documents.readers.delimited.pieces import put_together
from auditor.documents.readers.delimited.records import find_delimiter, records, split_lines
from auditor.engine.duck import is_text

LARGE = 4 << 20
HEAD_LINES = 300
_HEAD_BYTES = 256 * 1024
_LOST_TAIL = b"\0" * 8


def read(data: bytes, *, name: str = "") -> ReadPages:
    """One grid from bytes in memory. Raises UnknownEncoding."""
    if len(data) > LARGE:
        with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
            path = Path(folder) / "text"
            path.write_bytes(data)
            return read_file(path, name=name)
    return _read_small(data, name)


def read_file(path: Path, *, name: str = "") -> ReadPages:
    """One grid from a file: a large one in bulk through the engine. Raises UnknownEncoding."""
    if path.stat().st_size <= LARGE or _lost_tail(path):
        return _read_small(path.read_bytes(), name)
    with _as_utf8(path) as (utf8, data, problems):
        delimiter, width = _shape(data)
        bulk = read_bulk(utf8, data, delimiter, width)
        if bulk is None:
            again = _read_small(utf8.read_bytes(), name, delimiter)
            return ReadPages(again.format, again.pages, tuple(problems) + tuple(again.problems))
        table, lines = bulk
        return _pages(_whole(table, delimiter), lines, name, problems, _scientific(data))


def _read_small(data: bytes, name: str, delimiter: str | None = None) -> ReadPages:
    problems: list[DocumentError] = []
    if data.endswith(_LOST_TAIL):
        # An even number goes: the last letter of UTF-16 may end with a zero of its own.
        zeros = (len(data) - len(data.rstrip(b"\0"))) // 2 * 2
        data = data[:-zeros]
        problems.append(TruncatedFile(format="text", reason=f"{zeros} zero bytes at its end"))
    decoded = decode(data.removesuffix(b"\x1a"))
    problems += decoded.problems
    lines = split_lines(decoded.text)
    delimiter = delimiter or find_delimiter(lines[:HEAD_LINES])
    rows = TableBuilder()
    starts: list[int] = []
    strays: list[int] = []
    widths: list[int] = []
    for start, cells, stray in records(lines, delimiter):
        starts.append(start)
        rows.add(cells)
        widths.append(len(cells))
        if stray:
            strays.append(start)
    if strays:
        problems.append(StrayQuote(lines=", ".join(map(str, strays[:5])) + (" ..." if len(strays) > 5 else "")))
    return _pages(_whole(rows.table(), delimiter), pa.array(starts, pa.int64()), name, problems, True, widths)


def _whole(table: pa.Table, delimiter: str) -> pa.Table:
    return put_together(table) if delimiter == "," else table


def _pages(
    table: pa.Table,
    lines: pa.Array,
    name: str,
    problems: Sequence[DocumentError],
    scientific: bool,
    widths: Sequence[int] = (),
) -> ReadPages:
    notes: tuple[Note, ...] = tuple(scientific_notes(table, lines)) if scientific else ()
    return ReadPages(
        "delimited text",
        [Grid(1, name, table, lines, notes=notes, delimited=True, widths=tuple(widths))],
        tuple(problems),
    )


@contextlib.contextmanager
def _as_utf8(path: Path) -> Iterator[tuple[Path, mmap.mmap, list[DocumentError]]]:
    """The file itself where it is plain UTF-8 under a name that is text without wildcards, else a temporary copy; its
    bytes, and what was wrong with them."""
    data = _mapped(path)
    encoding = detect(data)
    if encoding == "utf-8" and data.find(b"\0") < 0 and not set("*?[]{}") & set(str(path)) and is_text(path):
        yield path, data, []
        return
    with tempfile.TemporaryDirectory(prefix="auditor-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "text.csv"
        with path.open("rb") as source, copy.open("wb") as target:
            problem = transcode(source, encoding, target)
        yield copy, _mapped(copy), [problem] if problem else []


def _mapped(path: Path) -> mmap.mmap:
    """The bytes of a file. The map closes by itself when nothing looks into it any longer: readers' threads let go of
    it a little after they have given their answer."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _shape(data: mmap.mmap) -> tuple[str, int]:
    """Delimiter and largest number of cells among the first lines of UTF-8 text."""
    head = data[:_HEAD_BYTES].decode("utf-8", "ignore").removeprefix("\ufeff")
    lines = split_lines(head)[:-1][:HEAD_LINES]
    delimiter = find_delimiter(lines)
    return delimiter, max((len(cells) for _, cells, _ in records(lines, delimiter)), default=1)


def _lost_tail(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-len(_LOST_TAIL), os.SEEK_END)
        return file.read() == _LOST_TAIL


def _scientific(data: mmap.mmap) -> bool:
    """Whether any number may be written with an exponent: a look at the bytes spares a look at every cell."""
    return data.find(b"+") >= 0 and (data.find(b"E+") >= 0 or data.find(b"e+") >= 0)
