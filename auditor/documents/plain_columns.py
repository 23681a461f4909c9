"""Columns that are plain as they stand: told from the bytes of the whole column at once.

A plain text is its own value; only the others need a parser. A column of nothing but plain amounts or ISO dates is cast
as it is. The tests are careful rather than exact: what they call plain is what the parser would give, and what they do
not call plain may still be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.records.model import FieldType

Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Ranges = tuple[tuple[int, int], ...]

_WINDOW = 1 << 16  # bytes looked at together, so that they stay in the processor's cache
_REPEATED = 4  # how often each text of a column stands in it on average, for it to be taken by distinct texts

# Bytes that a plain text does not hold: controls, " \' = `, and those outside of ASCII that do not belong to characters
# from U+4000 to U+9FFF. Kangxi radicals, punctuation in full width and wide blanks have such bytes.
_ODD_IN_TEXT: Ranges = ((0x00, 0x1F), (0x22, 0x22), (0x27, 0x27), (0x3D, 0x3D), (0x60, 0x60), (0x7F, 0x7F),
                        (0xC0, 0xE3), (0xEA, 0xFF))  # fmt: skip
# A plain number of a document holds figures, capitals and . _ / : # - but no E, which may be an exponent's.
_ODD_IN_NUMBER: Ranges = ((0x00, 0x22), (0x24, 0x2C), (0x3B, 0x40), (0x45, 0x45), (0x5B, 0x5E), (0x60, 0xFF))
_LAST_FIGURE = 0x39  # signs and figures come before it


def _table(ranges: Ranges) -> npt.NDArray[np.bool_]:
    odd = np.zeros(256, dtype=bool)
    for low, high in ranges:
        odd[low : high + 1] = True
    return odd


# A text may not begin with a sign, which could make it a placeholder, nor end with a blank.
_ODD_FIRST = _table(((0x00, 0x27), (0x29, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0xE3), (0xEA, 0xFF)))
_BLANK = 0x20
# n/a, N/A, null, NULL, (null): short texts that begin with these letters are left to the parser
_PLACEHOLDER_FIRST = _table(((0x28, 0x28), (0x4E, 0x4E), (0x6E, 0x6E)))
_PLACEHOLDER_LONGEST = 6
_TESTED = {FieldType.TEXT: _ODD_IN_TEXT, FieldType.NUMBER_TEXT: _ODD_IN_NUMBER}


def encoded(column: pa.ChunkedArray) -> list[pa.DictionaryArray] | None:
    """The chunks of a column by their distinct texts, if its first one holds few: summaries, customers, kinds of goods.
    What depends on the text alone is then found once for each."""
    if column.type != pa.string() or not column.num_chunks:
        return None
    first = column.chunks[0].dictionary_encode()
    if len(first.dictionary) * _REPEATED > len(first):
        return None
    return [first, *(chunk.dictionary_encode() for chunk in column.chunks[1:])]


def where(chunk: pa.DictionaryArray, wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Where a chunk holds one of the texts of its dictionary that are wanted."""
    if not wanted.any():
        return np.zeros(len(chunk), dtype=bool)
    found: npt.NDArray[np.bool_] = np.append(wanted, False)[chunk.indices.fill_null(len(wanted)).to_numpy()]
    return found


def not_plain(
    column: pa.ChunkedArray, kind: FieldType, distinct: Sequence[pa.DictionaryArray] | None = None
) -> Positions | None:
    """The positions of the texts that are not plain; None for a type of which texts are never their own value.

    `distinct`: the chunks of the column by their distinct texts, where they are known.
    """
    if kind not in _TESTED or column.type != pa.string():
        return None
    found: list[Positions] = []
    start = 0
    for at, chunk in enumerate(column.chunks):
        if distinct is None:
            odd = _odd_positions(chunk, _TESTED[kind])
        else:
            strange = np.zeros(len(distinct[at].dictionary), dtype=bool)
            strange[_odd_positions(distinct[at].dictionary, _TESTED[kind])] = True
            odd = np.flatnonzero(where(distinct[at], strange))
        found.append(odd + start)
        start += len(chunk)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def cast_plain(column: pa.ChunkedArray, kind: FieldType) -> pa.ChunkedArray | None:
    """The column cast as a whole, if it holds nothing but plain numbers or dates like 2026-10-08; else None."""
    if column.type != pa.string() or kind not in _CAST:
        return None
    if any(len(data) and data.max() > _LAST_FIGURE for data, _ in map(_contents, column.chunks)):
        return None
    try:
        cast = pc.cast(column, _CAST[kind])
    except pa.ArrowInvalid:
        return None  # some cell is no number or date, or has too many digits: the slower ways say which
    if kind is FieldType.DATE and not _within_centuries(cast):
        return None
    return cast


_CAST: Mapping[FieldType, pa.DataType] = {
    FieldType.MONEY: pa.decimal128(18, 5),
    FieldType.QUANTITY: pa.decimal128(18, 5),
    FieldType.DATE: pa.date32(),
}


def _contents(chunk: pa.Array) -> tuple[Bytes, npt.NDArray[np.int32]]:
    """The bytes of all texts of a chunk one after another, and where each begins; the last number is the end."""
    _, offsets_buffer, data_buffer = chunk.buffers()
    if not len(chunk) or data_buffer is None:
        return np.zeros(0, dtype=np.uint8), np.zeros(len(chunk) + 1, dtype=np.int32)
    offsets = np.frombuffer(offsets_buffer, dtype=np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
    begin = int(offsets[0])
    return np.frombuffer(data_buffer, dtype=np.uint8)[begin : int(offsets[-1])], offsets - begin


def _within_centuries(dates: pa.ChunkedArray) -> bool:
    """Between 1900 and 2199, as the parser wants dates to be."""
    found = pc.min_max(dates).as_py()
    return found["min"] is None or (found["min"].year >= 1900 and found["max"].year < 2200)


def _odd_positions(chunk: pa.Array, ranges: Ranges) -> Positions:
    """The positions in a chunk of the texts that are not plain."""
    data, offsets = _contents(chunk)
    if not len(data):
        return np.zeros(0, dtype=np.int64)
    starts, ends = offsets[:-1], offsets[1:]
    flagged = np.zeros(len(chunk), dtype=bool)
    if _holds_any(data, ranges):
        flagged[np.searchsorted(ends, np.flatnonzero(_table(ranges)[data]), side="right")] = True
    lengths = ends - starts
    filled = np.flatnonzero(lengths) if not lengths.all() else np.arange(len(chunk))
    first, last = data[starts[filled]], data[ends[filled] - 1]
    odd = _ODD_FIRST[first] | (last == _BLANK)
    odd |= (lengths[filled] <= _PLACEHOLDER_LONGEST) & _PLACEHOLDER_FIRST[first]
    flagged[filled[odd]] = True
    return np.flatnonzero(flagged)


def _holds_any(data: Bytes, ranges: Ranges) -> bool:
    """Whether any byte lies in one of the ranges."""
    for start in range(0, len(data), _WINDOW):
        window = data[start : start + _WINDOW]
        for low, high in ranges:
            if ((window - np.uint8(low)) <= np.uint8(high - low)).any():
                return True
    return False
