"""Rows of typed cells, as calamine gives them, to columns of canonical text: in bulk, a type at a time.

Numbers come as the binary values that the workbook stores. They become the decimal text that the spreadsheet shows, of
at most 15 significant digits, and nothing is ever computed with the binary value.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.cells import DIGITS, MOST_NOTES, SCIENTIFIC, bounded, empty_as_null, text_table
from auditor.documents.pages import CellKind, Note, NoteKind

_ROWS = 16_384  # rows turned into columns at a time
# A figure that a person would call a number: no leading zeros (those are document numbers), at most 15 digits.
_FIGURE = r"^\s*[-+]?(0|[1-9]\d{0,14}|[1-9]\d{0,2}(,\d{3}){1,4})(\.\d+)?\s*$"
_LONG = 10**DIGITS
_INFINITE = Decimal("Infinity")


@dataclass(slots=True)
class _Column:
    """One column while its pieces come in: text, and what was noticed (bounded lists of row and text, with totals)."""

    pieces: list[pa.Array] = field(default_factory=list)
    kinds: list[pa.Array] = field(default_factory=list)
    numbers: int = 0
    lost: list[tuple[int, str]] = field(default_factory=list)
    lost_total: int = 0
    figures: list[tuple[int, str]] = field(default_factory=list)
    figures_total: int = 0


def text_columns(
    rows: Iterable[list[Any]], first_column: int, first_row: int
) -> tuple[pa.Table, dict[str, pa.Array], list[Note]]:
    """The Grid's table, kinds and notes. `first_column` empty columns come before; the first row is `first_row`."""
    columns: list[_Column] = []
    iterator = iter(rows)
    number = first_row
    while piece := list(itertools.islice(iterator, _ROWS)):
        parts = list(zip(*piece, strict=True))
        columns = columns or [_Column() for _ in parts]
        for column, cells in zip(columns, parts, strict=True):
            column.pieces.append(_piece(column, cells, number))
            column.kinds.append(_kinds(cells))
        number += len(piece)
    height = number - first_row
    texts = [pa.nulls(height, pa.string()) for _ in range(first_column)]
    texts += [empty_as_null(pa.chunked_array(column.pieces, pa.string())) for column in columns]
    notes = [note for index, column in enumerate(columns, first_column + 1) for note in _notes(column, index)]
    kinds = {
        f"c{index}": pa.concat_arrays(column.kinds)
        for index, column in enumerate(columns, first_column)
        if any(pc.any(pc.not_equal(piece, CellKind.TEXT)).as_py() for piece in column.kinds)
    }
    return text_table(texts), kinds, notes


def _kinds(cells: tuple[Any, ...]) -> pa.Array:
    """The `CellKind` of each cell of a piece of a column."""
    codes = [_KIND.get(kind, CellKind.TEXT) for kind in map(type, cells)]
    return pa.array(codes, pa.int8())


def _piece(column: _Column, cells: tuple[Any, ...], first_row: int) -> pa.Array:
    """One column of one piece as text: each type as a whole, and the parts laid over each other."""
    kinds = sorted(set(map(type, cells)), key=lambda kind: kind.__name__)
    result: pa.Array | None = None
    for kind in kinds:
        own = cells if len(kinds) == 1 else [cell if type(cell) is kind else None for cell in cells]
        text = _CONVERT[kind](column, own, first_row)
        result = text if result is None else pc.coalesce(result, text)
    return result


def _strings(column: _Column, cells: Sequence[Any], first_row: int) -> pa.Array:
    text = pa.array(cells, pa.string())
    column.figures_total += _remember(column.figures, pc.match_substring_regex(text, _FIGURE), text, first_row)
    column.lost_total += _remember(column.lost, pc.match_substring_regex(text, SCIENTIFIC), text, first_row)
    return text


def _numbers(column: _Column, cells: Sequence[Any], first_row: int) -> pa.Array:
    """Shortest decimal text; what has more than 15 digits or an exponent is written anew, each distinct value once."""
    values = pa.array(cells)
    column.numbers += len(values) - values.null_count
    text = values.cast(pa.string())
    odd = pc.or_(pc.greater(pc.utf8_length(text), DIGITS), pc.or_(pc.match_substring(text, "e"), pc.equal(text, "-0")))
    if not pc.any(odd).as_py():
        return text
    places = pc.indices_nonzero(pc.fill_null(odd, False))
    distinct = values.take(places).dictionary_encode()
    written = pa.array([canonical_number(value) for value in distinct.dictionary.to_pylist()], pa.string())
    text = pc.replace_with_mask(text, pc.fill_null(odd, False), written.take(distinct.indices))
    long = pc.and_(odd, pc.greater_equal(pc.abs(values), pa.scalar(_LONG).cast(values.type)))
    column.lost_total += _remember(column.lost, long, text, first_row)
    return text


def canonical_number(value: Any) -> str:
    """A stored number as plain decimal text of at most 15 significant digits."""
    if value != value or value in (_INFINITE, -_INFINITE):
        return str(value)
    plain = format(Decimal(format(value, f".{DIGITS}g")), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain


def _dates(column: _Column, cells: Sequence[Any], first_row: int) -> pa.Array:
    return pa.array(cells, pa.date32()).cast(pa.string())


def _moments(column: _Column, cells: Sequence[Any], first_row: int) -> pa.Array:
    """Date and time to the full second: the stored fraction of a day is seldom exact."""
    rounded = pc.round_temporal(pa.array(cells, pa.timestamp("us")), unit="second")
    return rounded.cast(pa.timestamp("s")).cast(pa.string())


def _each(write: Callable[[Any], str]) -> Callable[[_Column, Sequence[Any], int], pa.Array]:
    def convert(column: _Column, cells: Sequence[Any], first_row: int) -> pa.Array:
        return pa.array([None if cell is None else write(cell) for cell in cells], pa.string())

    return convert


def _clock(value: datetime.time) -> str:
    """A time of day to the full second."""
    if value.microsecond < 500_000:
        return value.strftime("%H:%M:%S")
    return _duration(datetime.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second + 1))


def _duration(value: datetime.timedelta) -> str:
    """Hours beyond 24 stay hours: `36:00:00`."""
    seconds = round(value / datetime.timedelta(seconds=1))
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_CONVERT: Mapping[type, Callable[[_Column, Sequence[Any], int], pa.Array]] = {
    str: _strings,
    float: _numbers,
    int: _numbers,
    bool: _each(lambda value: "TRUE" if value else "FALSE"),
    datetime.date: _dates,
    datetime.datetime: _moments,
    datetime.time: _each(_clock),
    datetime.timedelta: _each(_duration),
}


_KIND: Mapping[type, CellKind] = {
    float: CellKind.NUMBER,
    int: CellKind.NUMBER,
    datetime.date: CellKind.DATE,
    datetime.datetime: CellKind.DATE,
    datetime.time: CellKind.DATE,
    datetime.timedelta: CellKind.DATE,
}


def _remember(places: list[tuple[int, str]], mask: pa.Array, text: pa.Array, first_row: int) -> int:
    """Keep the first few places where the mask holds; how many there are in all."""
    found = pc.indices_nonzero(pc.fill_null(mask, False))
    if len(places) < MOST_NOTES and len(found):
        first = found.slice(0, MOST_NOTES - len(places))
        rows = [first_row + index for index in first.to_pylist()]
        places += zip(rows, text.take(first).to_pylist(), strict=True)
    return len(found)


def _notes(column: _Column, index: int) -> Iterator[Note]:
    """Lost digits cell by cell; figures kept as text cell by cell among numbers, else once for the whole column."""
    yield from bounded(NoteKind.LOST_DIGITS, index, column.lost, column.lost_total)
    if column.figures_total and column.numbers:
        yield from bounded(NoteKind.NUMBER_AS_TEXT, index, column.figures, column.figures_total)
    elif column.figures_total:
        yield Note(NoteKind.NUMBER_AS_TEXT, 0, index, str(column.figures_total))
