"""Large delimited files without a quote: nothing but delimiters and line ends, which Arrow splits fastest of all.

Anything that could be meant otherwise makes it give up: a quote, a carriage return that ends no line, a row of another
width further down. Another reader takes the file then.
"""

from __future__ import annotations

import mmap

import numpy as np
import pyarrow as pa
from pyarrow import csv

from auditor.documents.cells import empty_as_null, table_of_rows, text_table
from auditor.documents.readers.delimited.records import records, split_lines

_BLOCK = 2 << 20  # bytes that one thread takes at a time; a longer record is refused
_WINDOW = 1 << 16  # bytes looked at together, so that they stay in the processor's cache
_HEAD = 64 * 1024
_FEED, _RETURN = 10, 13


def read_plain(data: mmap.mmap | bytes, delimiter: str, width: int) -> pa.Table | None:
    """The rows of valid UTF-8 text as columns `c0` to `c{width - 1}`, empty cells null; None where it is not plain.

    The lines above the first row of full width, such as a title and an account, may be shorter.
    """
    if data.find(b'"') >= 0 or not _returns_end_lines(data):
        return None
    above, skipped = _shorter_lines(data, delimiter, width)
    try:
        table = csv.read_csv(
            pa.BufferReader(pa.py_buffer(data)),
            read_options=csv.ReadOptions(
                column_names=[f"c{index}" for index in range(width)], skip_rows=skipped, block_size=_BLOCK
            ),
            parse_options=csv.ParseOptions(delimiter=delimiter, quote_char=False, double_quote=False),
            convert_options=csv.ConvertOptions(
                column_types={f"c{index}": pa.string() for index in range(width)},
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=False,  # the whole text was tested before, and a delimiter never cuts a character
            ),
        )
    except pa.ArrowInvalid:
        return None  # a row of another width: another reader pads it
    if not above:
        return table
    padded = table_of_rows([row + [""] * (width - len(row)) for row in above])
    return text_table(
        [
            pa.chunked_array([*empty_as_null(padded.column(index)).chunks, *table.column(index).chunks], pa.string())
            for index in range(width)
        ]
    )


def _shorter_lines(data: mmap.mmap | bytes, delimiter: str, width: int) -> tuple[list[list[str]], int]:
    """The records above the first one of full width, and how many lines they take, empty ones among them."""
    above: list[list[str]] = []
    lines = split_lines(data[:_HEAD].decode("utf-8", "ignore"))[:-1]
    for line, cells, _ in records(lines, delimiter):
        if len(cells) == width:
            return above, line - 1
        above.append(cells)
    return [], 0


def _returns_end_lines(data: mmap.mmap | bytes) -> bool:
    """Whether every carriage return stands before a line feed."""
    if data.find(b"\r") < 0:
        return True
    if data[len(data) - 1] == _RETURN:
        return False
    for start in range(0, len(data), _WINDOW):
        window = np.frombuffer(data, np.uint8, min(_WINDOW + 1, len(data) - start), start)
        if ((window[:-1] == _RETURN) & (window[1:] != _FEED)).any():
            return False
    return True


def filled_lines(data: mmap.mmap | bytes) -> int | None:
    """The number of lines, counted over the raw bytes, if none of them is empty or holds a carriage return alone."""
    if not len(data) or data[0] in (_FEED, _RETURN):
        return None
    feeds, returns = 0, data.find(b"\r") >= 0
    for start in range(0, len(data), _WINDOW):
        window = np.frombuffer(data, np.uint8, min(_WINDOW + 1, len(data) - start), start)
        ends = window == _FEED
        if (ends[:-1] & ends[1:]).any() or (returns and (ends[:-1] & (window[1:] == _RETURN)).any()):
            return None
        feeds += int(np.count_nonzero(ends[:_WINDOW]))
    return feeds + (data[len(data) - 1] != _FEED)
