"""Columns that are plain as they stand: told from the bytes of the whole column at once.

A plain text is its own value; only the others need a parser. A column of nothing but plain amounts or ISO dates is cast
as it is. The tests are careful rather than exact: what they call plain is what the parser would give, and what they do
not call plain may still be.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.records.model import FieldType

Positions = npt.NDArray[np.int64]

_DIGITS_AND_CAPITALS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _table(allowed: bytes) -> npt.NDArray[np.bool_]:
    odd = np.ones(256, dtype=bool)
    odd[list(allowed)] = False
    return odd


# Printable ASCII but ` " ' =, and the bytes of characters from U+4000 to U+9FFF: Chinese characters have these.
# Kangxi radicals, punctuation in full width and wide blanks have others.
_ODD_IN_TEXT = _table(
    bytes(set(range(0x20, 0x7F)) - set(b"`\"'=")) + bytes(range(0x80, 0xC0)) + bytes(range(0xE4, 0xEA))
)
_ODD_IN_NUMBER = _table(_DIGITS_AND_CAPITALS + b"._/:#-")
# A text may not begin with a sign of its own, which could make it a placeholder, nor end with a blank.
_ODD_FIRST = _table(_DIGITS_AND_CAPITALS + b"abcdefghijklmnopqrstuvwxyz(" + bytes(range(0xE4, 0xEA)))
_ODD_LAST = np.zeros(256, dtype=bool)
_ODD_LAST[0x20] = True
# n/a, N/A, null, NULL, (null): short texts that begin with these letters are left to the parser
_PLACEHOLDER_FIRST = _table(bytes(set(range(256)) - set(b"nN(")))
_PLACEHOLDER_LONGEST = 6
_TESTED = (FieldType.TEXT, FieldType.NUMBER_TEXT)


def not_plain(column: pa.ChunkedArray, kind: FieldType) -> Positions | None:
    """The positions of the texts that are not plain; None for a type of which texts are never their own value."""
    if kind not in _TESTED or column.type != pa.string():
        return None
    odd = _ODD_IN_TEXT if kind is FieldType.TEXT else _ODD_IN_NUMBER
    found: list[Positions] = []
    start = 0
    for chunk in column.chunks:
        found.append(_odd_positions(chunk, odd) + start)
        start += len(chunk)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def cast_plain(column: pa.ChunkedArray, kind: FieldType) -> pa.ChunkedArray | None:
    """The column cast as a whole, if it holds nothing but plain numbers or dates like 2026-10-08; else None."""
    if column.type != pa.string() or kind not in _CAST:
        return None
    allowed, target = _CAST[kind]
    if any(_holds_other_bytes(chunk, allowed) for chunk in column.chunks):
        return None
    if kind is FieldType.DATE and not pc.all(pc.equal(pc.binary_length(column), 10)).as_py():
        return None
    try:
        cast = pc.cast(column, target)
    except pa.ArrowInvalid:
        return None  # some cell is no number or date, or has too many digits: the slower ways say which
    if kind is FieldType.DATE and not _within_centuries(cast):
        return None
    return cast


_NUMBER_BYTES = _table(b"0123456789.-")
_CAST: Mapping[FieldType, tuple[npt.NDArray[np.bool_], pa.DataType]] = {
    FieldType.MONEY: (_NUMBER_BYTES, pa.decimal128(18, 5)),
    FieldType.QUANTITY: (_NUMBER_BYTES, pa.decimal128(18, 5)),
    FieldType.DATE: (_table(b"0123456789-"), pa.date32()),
}


def _holds_other_bytes(chunk: pa.Array, odd: npt.NDArray[np.bool_]) -> bool:
    _, offsets_buffer, data_buffer = chunk.buffers()
    if not len(chunk) or data_buffer is None:
        return False
    offsets = np.frombuffer(offsets_buffer, dtype=np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
    return bool(odd[np.frombuffer(data_buffer, dtype=np.uint8)[int(offsets[0]) : int(offsets[-1])]].any())


def _within_centuries(dates: pa.ChunkedArray) -> bool:
    """Between 1900 and 2199, as the parser wants dates to be."""
    found = pc.min_max(dates).as_py()
    return found["min"] is None or (found["min"].year >= 1900 and found["max"].year < 2200)


def _odd_positions(chunk: pa.Array, odd: npt.NDArray[np.bool_]) -> Positions:
    _, offsets_buffer, data_buffer = chunk.buffers()
    if not len(chunk) or data_buffer is None:
        return np.zeros(0, dtype=np.int64)
    offsets = np.frombuffer(offsets_buffer, dtype=np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
    begin = int(offsets[0])
    data = np.frombuffer(data_buffer, dtype=np.uint8)[begin : int(offsets[-1])]
    starts, ends = offsets[:-1] - begin, offsets[1:] - begin
    flagged = np.zeros(len(chunk), dtype=bool)
    bad = np.flatnonzero(odd[data])
    if len(bad):
        flagged[np.searchsorted(ends, bad, side="right")] = True
    filled = np.flatnonzero(ends > starts)
    first, last = data[starts[filled]], data[ends[filled] - 1]
    short = (ends - starts)[filled] <= _PLACEHOLDER_LONGEST
    flagged[filled[_ODD_FIRST[first] | _ODD_LAST[last] | (short & ~_PLACEHOLDER_FIRST[first])]] = True
    if odd is _ODD_IN_NUMBER:
        flagged |= _exponents(data, ends)
    return np.flatnonzero(flagged)


def _exponents(data: npt.NDArray[np.uint8], ends: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Numbers with an E, such as 4E18, which a spreadsheet may have made of longer ones."""
    flagged = np.zeros(len(ends), dtype=bool)
    letters = np.flatnonzero(data == ord("E"))
    if len(letters):
        flagged[np.searchsorted(ends, letters, side="right")] = True
    return flagged
