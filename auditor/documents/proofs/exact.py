"""Amounts as whole numbers of 0.00001, for arithmetic over whole columns without a rounding anywhere."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ticks = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

DECIMALS = 5
TYPE = pa.decimal128(18, DECIMALS)


def ticks(column: pa.Array | pa.ChunkedArray) -> tuple[Ticks, Mask]:
    """A DECIMAL(18,5) column as 64-bit whole numbers (0 where null), and where it has a value."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    if array.type != TYPE:
        array = array.cast(TYPE)
    valid = np.asarray(array.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    if not len(array):
        return np.zeros(0, dtype=np.int64), valid
    words = np.frombuffer(array.buffers()[1], dtype=np.int64)
    values = words[2 * array.offset : 2 * (array.offset + len(array)) : 2]
    return (np.ascontiguousarray(values) if valid.all() else np.where(valid, values, 0)), valid


def from_ticks(values: Ticks, valid: Mask | None = None) -> pa.Array:
    """The DECIMAL(18,5) column of whole numbers of 0.00001; null where `valid` is false."""
    words = np.empty(2 * len(values), dtype=np.int64)
    words[0::2] = values
    words[1::2] = values >> 63
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
