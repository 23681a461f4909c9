"""Columns of text to typed columns, in bulk; what is left goes through Python, each distinct value once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents import column_reading as cells
from auditor.documents.plain_columns import cast_plain, encoded, not_plain
from auditor.engine.duck import DuckEngine
from auditor.errors import AuditorError
from auditor.records.model import FieldType
from auditor.values.parsers import NOTHING_DECLARED, Declared
from auditor.values.sql import bulk

ARROW: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DATE": pa.date32(),
    "TIME": pa.time64("us"),
    "BOOLEAN": pa.bool_(),
    "DECIMAL(18,5)": pa.decimal128(18, 5),
}

Column: TypeAlias = Any  # pa.Array or pa.ChunkedArray

_WORTH_A_QUERY = 1000  # rows; fewer are read one by one in less time than a query takes to plan
_FEW = 5000  # texts of a column that may be read one by one where all others are plain
_OWN_VALUE = (FieldType.TEXT, FieldType.NUMBER_TEXT)


@dataclass(frozen=True, slots=True)
class Spec:
    """How one column of text is read. Values are multiplied by `numerator / denominator`, their unit."""

    name: str
    type: FieldType
    source: str  # the column of text
    declared: Declared = NOTHING_DECLARED
    numerator: int = 1
    denominator: int = 1
    header: str = ""


@dataclass(slots=True)
class TypedColumns:
    """Typed columns by name, and for each the positions whose text could not be read, with the problem.

    `raw` is the text of each row as it stands, its cells separated by tabs. `distinct` has, by the name of a column of
    text, its chunks by their distinct texts, where these are few.
    """

    columns: dict[str, Column] = field(default_factory=dict)
    unread: dict[str, dict[int, AuditorError]] = field(default_factory=dict)
    raw: Column | None = None
    distinct: dict[str, list[pa.DictionaryArray]] = field(default_factory=dict)


def type_columns(engine: DuckEngine, texts: pa.Table, specs: Sequence[Spec]) -> TypedColumns:
    """Type the columns of `texts` as `specs` say. All results have the length and order of `texts`."""
    result = TypedColumns()
    odd: dict[str, pa.Array] = {}
    if texts.num_rows >= _WORTH_A_QUERY:
        _in_bulk(engine, texts, specs, result, odd)
    else:
        result.raw = _joined(texts)
    for spec in specs:
        source = texts.column(spec.source)
        if spec.name not in result.columns:
            result.columns[spec.name] = pa.nulls(len(source), ARROW[spec.type.sql])
        _patch(result, spec, source, odd.get(spec.name))
        if spec.numerator != 1 or spec.denominator != 1:
            result.columns[spec.name] = _scaled(result.columns[spec.name], spec)
    return result


def _in_bulk(
    engine: DuckEngine, texts: pa.Table, specs: Sequence[Spec], result: TypedColumns, odd: dict[str, pa.Array]
) -> None:
    """Type all columns: those that are plain as they stand are their own values or cast as a whole, the others are
    typed in one query. `odd` gets the few positions of a plain column that are not plain."""
    with ThreadPoolExecutor(2) as pool:
        raw = [pool.submit(_joined_batch, batch) for batch in _cells(texts).to_batches()]
        found = list(pool.map(lambda spec: _as_it_stands(texts.column(spec.source), spec, result.distinct), specs))
        rest = [spec for spec, (column, _) in zip(specs, found, strict=True) if column is None]
        for spec, (column, strange) in zip(specs, found, strict=True):
            if column is not None:
                result.columns[spec.name] = column
            if strange is not None:
                odd[spec.name] = strange
        if rest:
            chosen = [f'{bulk(spec.type.value, _quoted(spec.source), spec.declared)} AS "{spec.name}"' for spec in rest]
            with engine.registered(_texts=texts.select(sorted({spec.source for spec in rest}))):
                typed = engine.arrow(f"SELECT {', '.join(chosen)} FROM _texts")
            result.columns.update({spec.name: typed.column(spec.name) for spec in rest})
        result.raw = pa.chunked_array([piece.result() for piece in raw], pa.string())


def _as_it_stands(
    source: pa.ChunkedArray, spec: Spec, distinct: dict[str, list[pa.DictionaryArray]]
) -> tuple[Column | None, pa.Array | None]:
    """The typed column, if its texts are plain, and the positions of the few that are not."""
    if spec.declared.decimal != "," and not spec.declared.roc:
        cast = cast_plain(source, spec.type)
        if cast is not None:
            return cast, None
    repeated = encoded(source) if spec.type is FieldType.TEXT else None
    if repeated is not None:
        distinct[spec.source] = repeated
    strange = not_plain(source, spec.type, repeated)
    if strange is None or len(strange) > _FEW:
        return None, None
    return source, pa.array(strange) if len(strange) else None


def _joined(texts: pa.Table) -> Column:
    """The cells of each row, separated by tabs."""
    return pa.chunked_array([_joined_batch(batch) for batch in _cells(texts).to_batches()], pa.string())


def _cells(texts: pa.Table) -> pa.Table:
    """The columns of the document, without those that were made from them."""
    return texts.select([name for name in texts.column_names if not name.startswith("_")])


def _joined_batch(batch: pa.RecordBatch) -> pa.Array:
    if not batch.num_columns:
        return pa.nulls(batch.num_rows, pa.string())
    return pc.binary_join_element_wise(*batch.columns, "\t", null_handling="replace", null_replacement="")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def whole(column: Column) -> pa.Array:
    """One array out of a column's chunks."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    return column


def mask(flags: Column) -> npt.NDArray[np.bool_]:
    """A column of yes and no as an array; empty is no."""
    return np.asarray(whole(pc.fill_null(flags, False)).to_numpy(zero_copy_only=False), dtype=bool)


def _patch(result: TypedColumns, spec: Spec, source: pa.ChunkedArray, positions: pa.Array | None) -> None:
    """Read in Python what the bulk path left null although there is text, each distinct text once.

    `positions`: of a column that is its own value, the texts that are not plain.
    """
    typed = result.columns[spec.name]
    if positions is None:
        if spec.type in _OWN_VALUE and typed is source:
            return
        left = pc.and_(pc.is_null(typed), pc.is_valid(source))
        if not pc.any(left).as_py():
            return
        positions = pc.indices_nonzero(left)
    else:
        places = np.zeros(len(source), dtype=bool)
        places[positions.to_numpy()] = True
        left = pa.array(places)
    texts = whole(source.take(positions)).dictionary_encode()
    read = cells.reader(spec.type, spec.declared, lambda: _distinct(source))
    readings = [read(text) for text in texts.dictionary.to_pylist()]
    patched = pa.array([value for value, _ in readings], typed.type).take(texts.indices)
    result.columns[spec.name] = pc.replace_with_mask(whole(typed), whole(left), patched)
    problems = {at: problem for at, (_, problem) in enumerate(readings) if problem is not None}
    if problems:
        pairs = zip(positions.to_pylist(), texts.indices.to_pylist(), strict=True)
        result.unread[spec.name] = {place: problems[at] for place, at in pairs if at in problems}


def _distinct(source: pa.ChunkedArray) -> list[str]:
    return [text for text in pc.unique(source).to_pylist() if text]


def _scaled(column: Column, spec: Spec) -> pa.Array:
    """The column in its base unit, such as 万元 in 元, exactly."""
    values = [None if value is None else value * spec.numerator / spec.denominator for value in column.to_pylist()]
    return pa.array(values, column.type)


def constant(value: Any, kind: FieldType, length: int) -> pa.Array:
    """A column that holds one value throughout."""
    arrow = ARROW[kind.sql]
    return pa.repeat(pa.scalar(value, arrow), length) if length else pa.array([], arrow)


def read_one(text: str, spec: Spec) -> tuple[Any, AuditorError | None]:
    """One value, as a heading or a form has it, or the problem with it."""
    value, problem = cells.reader(spec.type, spec.declared, lambda: [text])(text)
    if isinstance(value, Decimal) and (spec.numerator, spec.denominator) != (1, 1):
        value = value * spec.numerator / spec.denominator
    return value, problem
