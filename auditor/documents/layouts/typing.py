"""Columns of text to typed columns, in bulk; what the engine cannot read goes through Python, each distinct value once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.layouts import cells
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

_WORTH_A_QUERY = 1000   # rows; fewer are read one by one in less time than a query takes to plan


@dataclass(frozen=True, slots=True)
class Spec:
    """How one column of text is read. Values are multiplied by `numerator / denominator`, their unit."""

    name: str
    type: FieldType
    source: str                     # the column of text
    declared: Declared = NOTHING_DECLARED
    numerator: int = 1
    denominator: int = 1
    header: str = ""


@dataclass(slots=True)
class TypedColumns:
    """Typed columns by name, and for each the positions whose text could not be read, with the problem."""

    columns: dict[str, pa.Array] = field(default_factory=dict)
    unread: dict[str, dict[int, AuditorError]] = field(default_factory=dict)


def type_columns(engine: DuckEngine, texts: pa.Table, specs: Sequence[Spec]) -> TypedColumns:
    """Type the columns of `texts` as `specs` say. All results have the length and order of `texts`."""
    result = TypedColumns()
    expressions = {spec.name: bulk(spec.type.value, _quoted(spec.source), spec.declared) for spec in specs}
    if specs and texts.num_rows >= _WORTH_A_QUERY:
        chosen = ", ".join(f'{expressions[spec.name]} AS "{spec.name}"' for spec in specs)
        with engine.registered(_texts=texts.select(sorted({spec.source for spec in specs}))):
            typed = engine.arrow(f"SELECT {chosen} FROM _texts")
        for spec in specs:
            result.columns[spec.name] = whole(typed.column(spec.name))
    for spec in specs:
        source = whole(texts.column(spec.source))
        if spec.name not in result.columns:
            result.columns[spec.name] = pa.nulls(len(source), ARROW[spec.type.sql])
        _patch(result, spec, source)
        if spec.numerator != 1 or spec.denominator != 1:
            result.columns[spec.name] = _scaled(result.columns[spec.name], spec)
    return result


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """One array out of a column's chunks."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _patch(result: TypedColumns, spec: Spec, source: pa.Array) -> None:
    """Read in Python what the bulk path left null although there is text, each distinct text once."""
    typed = result.columns[spec.name]
    left = pc.and_(pc.is_null(typed), pc.is_valid(source))
    positions = pc.indices_nonzero(left)
    if not len(positions):
        return
    encoded = source.take(positions).dictionary_encode()
    read = cells.reader(spec.type, spec.declared, lambda: _distinct(source))
    readings = [read(text) for text in encoded.dictionary.to_pylist()]
    patched = pa.array([value for value, _ in readings], typed.type).take(encoded.indices)
    result.columns[spec.name] = whole(pc.replace_with_mask(typed, left, patched))
    problems = {at: problem for at, (_, problem) in enumerate(readings) if problem is not None}
    if problems:
        pairs = zip(positions.to_pylist(), encoded.indices.to_pylist(), strict=True)
        result.unread[spec.name] = {place: problems[at] for place, at in pairs if at in problems}


def _distinct(source: pa.Array) -> list[str]:
    return [text for text in pc.unique(source).to_pylist() if text]


def _scaled(column: pa.Array, spec: Spec) -> pa.Array:
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
