"""Amounts as whole numbers of 0.00001, for arithmetic over whole columns without a rounding anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ticks = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

DECIMALS = 5
TYPE = pa.decimal128(18, DECIMALS)
_BLOCK = 1 << 14  # rows taken together, so that what comes between stays in the processor's cache


def blocks(start: int, end: int) -> Iterator[slice]:
    """The rows from `start` to `end` in pieces: a million rows at once cost more in fresh memory than in sums."""
    for at in range(start, end, _BLOCK):
        yield slice(at, min(at + _BLOCK, end))


def ticks(column: pa.Array | pa.ChunkedArray) -> tuple[Ticks, Mask]:
    """A DECIMAL(18,5) column as 64-bit whole numbers (0 where null), and where it has a value."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    values = np.empty(len(column), dtype=np.int64)
    valid = np.ones(len(column), dtype=bool)
    start = 0
    for chunk in chunks:
        array = chunk if chunk.type == TYPE else chunk.cast(TYPE)
        mine = slice(start, start + len(array))
        start += len(array)
        if len(array):
            words = np.frombuffer(array.buffers()[1], dtype=np.int64)
            values[mine] = words[2 * array.offset : 2 * (array.offset + len(array)) : 2]
        if array.null_count:
            valid[mine] = array.is_valid().to_numpy(zero_copy_only=False)
            values[mine] *= valid[mine]
    return values, valid


def from_ticks(values: Ticks, valid: Mask | None = None) -> pa.Array:
    """The DECIMAL(18,5) column of whole numbers of 0.00001; null where `valid` is false."""
    words = np.empty(2 * len(values), dtype=np.int64)
    words[0::2] = values
    np.right_shift(values, 63, out=words[1::2])
    bits = None if valid is None or bool(valid.all()) else pa.py_buffer(np.packbits(valid, bitorder="little").tobytes())
    return pa.Array.from_buffers(TYPE, len(values), [bits, pa.py_buffer(words)])


def amount(value: int) -> Decimal:
    """One whole number of 0.00001 as an amount."""
    return Decimal(int(value)).scaleb(-DECIMALS)


def shown(value: int | Decimal) -> str:
    """An amount as a sentence shows it: at least two decimals, thousands grouped."""
    number = value if isinstance(value, Decimal) else amount(value)
    text = format(number.normalize(), ",f")
    return text if len(text.partition(".")[2]) >= 2 else format(number, ",.2f")
