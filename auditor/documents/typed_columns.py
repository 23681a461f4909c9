"""Columns of text to typed columns, in bulk; what is not plain goes through Python, each distinct text once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.fields import EMPTY, FieldValue, Spec, reader_of
from auditor.documents.pages import CellKind
from auditor.documents.plain_columns import cast_plain, encoded, not_plain
from auditor.engine.duck import DuckEngine
from auditor.errors import AuditorError
from auditor.records.model import FieldType
from auditor.values.errors import LostDigits
from auditor.values.parsers import Declared
from auditor.values.percents import are_fractions
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
Kinds: TypeAlias = Mapping[str, pa.Array]  # by the name of a column of text: a `CellKind` for each row

_WORTH_A_QUERY = 1000  # rows; fewer are read one by one in less time than a query takes to plan
_FEW = 5000  # texts of a column that may be read one by one where all others are plain
_OWN_VALUE = (FieldType.TEXT, FieldType.NUMBER_TEXT)
_LEFT_OVER = ("currency", "side", "note", "zone", "whole")  # of `LeftOver`
_MOST_DIGITS = 15  # of a number in a spreadsheet
_CURRENCY_SIGN = "^[¥￥] ?"


@dataclass(frozen=True, slots=True)
class TypedColumns:
    """Typed columns by name, and for each the positions whose text could not be read, with the problem.

    `left`: what stood beside the values, by what it is (`currency`, `side`, `note`, `zone`, `whole`) and by the name of
    the column, a text or null for each row; absent where nothing did. `days`: of columns of dates, month and day of the
    rows that state no year. `raw` is the text of each row as it stands, its cells separated by tabs. `distinct` has, by
    the name of a column of text, its chunks by their distinct texts, where these are few.
    """

    columns: dict[str, Column] = field(default_factory=dict)
    unread: dict[str, dict[int, AuditorError]] = field(default_factory=dict)
    left: dict[str, dict[str, Column]] = field(default_factory=dict)
    days: dict[str, dict[int, tuple[int, int]]] = field(default_factory=dict)
    raw: Column | None = None
    distinct: dict[str, list[pa.DictionaryArray]] = field(default_factory=dict)

    def beside(self, what: str, name: str) -> Column | None:
        """What stood beside the values of a column, for each row; None if nothing did."""
        return self.left.get(what, {}).get(name)


def type_columns(
    engine: DuckEngine, texts: pa.Table, specs: Sequence[Spec], kinds: Kinds | None = None
) -> TypedColumns:
    """Type the columns of `texts` as `specs` say. All results have the length and order of `texts`.

    `kinds` tells which cells were numbers or dates of a spreadsheet rather than texts.
    """
    kinds = kinds or {}
    result = TypedColumns(raw=_joined(texts))
    odd: dict[str, pa.Array] = {}
    texts = _readable(texts, specs, kinds, result)
    if texts.num_rows >= _WORTH_A_QUERY:
        _in_bulk(engine, texts, specs, result, odd)
    for spec in specs:
        source = texts.column(_own(texts, spec))
        if spec.name in result.columns:
            _patch(result, spec, source, odd.get(spec.name))
        else:
            _read_few(result, spec, source)
        if spec.type is FieldType.NUMBER_TEXT and spec.source in kinds:
            _without_cut_numbers(result, spec, source, kinds[spec.source])
        if spec.numerator != 1 or spec.denominator != 1:
            result.columns[spec.name] = _scaled(result.columns[spec.name], spec)
    return result


# --- texts made ready -------------------------------------------------------------------------------------------------


def _own(texts: pa.Table, spec: Spec) -> str:
    """The column that a spec reads: its source, or what was made of it."""
    made = _made(spec)
    return made if made in texts.column_names else spec.source


def _made(spec: Spec) -> str:
    return f"_{spec.name}_of_{spec.source}"


def _readable(texts: pa.Table, specs: Sequence[Spec], kinds: Kinds, result: TypedColumns) -> pa.Table:
    """The texts, with further columns where something must be taken off before a column is read in bulk: the signs of
    the yuan, which are kept as currencies, and the points of numbers among texts that have commas."""
    for spec in specs:
        if spec.type not in (FieldType.MONEY, FieldType.QUANTITY):
            continue
        source = texts.column(spec.source)
        if spec.declared.decimal == "," and spec.source in kinds:
            numbers = pc.equal(kinds[spec.source], CellKind.NUMBER)
            source = pc.if_else(numbers, pc.replace_substring(source, ".", ","), source)
            texts = texts.append_column(_made(spec), source)
        elif spec.type is FieldType.MONEY and texts.num_rows >= _WORTH_A_QUERY:
            signed = pc.fill_null(pc.match_substring_regex(source, _CURRENCY_SIGN), False)
            if pc.any(signed).as_py():
                texts = texts.append_column(_made(spec), pc.replace_substring_regex(source, _CURRENCY_SIGN, ""))
                currency = pc.if_else(signed, pa.scalar("CNY"), pa.scalar(None, pa.string()))
                result.left.setdefault("currency", {})[spec.name] = whole(currency)
    return texts


def _without_cut_numbers(result: TypedColumns, spec: Spec, source: Column, kinds: pa.Array) -> None:
    """A number of more digits than a spreadsheet keeps is a problem: what stands there is not the number, and two that
    were cut to the same digits are not the same."""
    long = pc.and_(pc.equal(kinds, CellKind.NUMBER), pc.greater(pc.utf8_length(source), _MOST_DIGITS))
    long = pc.fill_null(long, False)
    if not pc.any(long).as_py():
        return
    column = whole(result.columns[spec.name])
    result.columns[spec.name] = pc.if_else(whole(long), pa.scalar(None, column.type), column)
    unread = result.unread.setdefault(spec.name, {})
    for at in pc.indices_nonzero(long).to_pylist():
        unread[at] = LostDigits(None, source[at].as_py())


# --- bulk -------------------------------------------------------------------------------------------------------------


def _in_bulk(
    engine: DuckEngine, texts: pa.Table, specs: Sequence[Spec], result: TypedColumns, odd: dict[str, pa.Array]
) -> None:
    """Type all columns: those that are plain as they stand are their own values or cast as a whole, the others are
    typed in one query. `odd` gets the few positions of a plain column that are not plain."""
    with ThreadPoolExecutor(2) as pool:
        sources = {spec.name: _own(texts, spec) for spec in specs}
        found = list(
            pool.map(lambda spec: _as_it_stands(texts.column(sources[spec.name]), spec, result.distinct), specs)
        )
    rest = [spec for spec, (column, _) in zip(specs, found, strict=True) if column is None]
    for spec, (column, strange) in zip(specs, found, strict=True):
        if column is not None:
            result.columns[spec.name] = column
        if strange is not None:
            odd[spec.name] = strange
    if rest:
        chosen = [
            f'{bulk(spec.type.value, _quoted(sources[spec.name]), spec.declared)} AS "{spec.name}"' for spec in rest
        ]
        with engine.registered(_texts=texts.select(sorted({sources[spec.name] for spec in rest}))):
            typed = engine.arrow(f"SELECT {', '.join(chosen)} FROM _texts")
        result.columns.update({spec.name: typed.column(spec.name) for spec in rest})


def _as_it_stands(
    source: pa.ChunkedArray, spec: Spec, distinct: dict[str, list[pa.DictionaryArray]]
) -> tuple[Column | None, pa.Array | None]:
    """The typed column, if its texts are plain, and the positions of the few that are not."""
    if spec.declared.decimal in (None, ".") and not spec.declared.roc:
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
    """The cells of each row, separated by tabs, without those columns that were made from others."""
    cells = texts.select([name for name in texts.column_names if not name.startswith("_")])
    batches = cells.to_batches()
    if len(batches) < 2:
        return pa.chunked_array(list(map(_joined_batch, batches)), pa.string())
    with ThreadPoolExecutor(2) as pool:
        return pa.chunked_array(list(pool.map(_joined_batch, batches)), pa.string())


def _joined_batch(batch: pa.RecordBatch) -> pa.Array:
    if not batch.num_columns:
        return pa.nulls(batch.num_rows, pa.string())
    return pc.binary_join_element_wise(*batch.columns, "\t", null_handling="replace", null_replacement="")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


# --- what is not plain ------------------------------------------------------------------------------------------------


def _read_few(result: TypedColumns, spec: Spec, source: pa.ChunkedArray) -> None:
    """Read a short column in Python, each distinct text once: each step of Arrow costs more than a few texts do."""
    cells = source.to_pylist()
    read = reader_of(spec.type, _with_fractions(spec, source))
    known: dict[str | None, FieldValue] = {text: read(text) for text in dict.fromkeys(cells) if text is not None}
    found = [known.get(cell, EMPTY) for cell in cells]
    result.columns[spec.name] = pa.array([each.value for each in found], ARROW[spec.type.sql])
    if problems := {at: each.problem for at, each in enumerate(found) if each.problem is not None}:
        result.unread[spec.name] = problems
    if days := {at: each.day for at, each in enumerate(found) if each.day is not None}:
        result.days[spec.name] = days
    for what in _LEFT_OVER:
        words = [getattr(each.left, what) for each in found]
        if any(words):
            result.left.setdefault(what, {})[spec.name] = pa.array(words, pa.string())


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
    read = reader_of(spec.type, _with_fractions(spec, source))
    readings = [read(text) for text in texts.dictionary.to_pylist()]
    patched = pa.array([each.value for each in readings], typed.type).take(texts.indices)
    result.columns[spec.name] = pc.replace_with_mask(whole(typed), whole(left), patched)
    pairs = list(zip(positions.to_pylist(), texts.indices.to_pylist(), strict=True))
    problems = {at: each.problem for at, each in enumerate(readings) if each.problem is not None}
    if problems:
        result.unread[spec.name] = {place: problems[at] for place, at in pairs if at in problems}
    days = {at: each.day for at, each in enumerate(readings) if each.day is not None}
    if days:
        result.days[spec.name] = {place: days[at] for place, at in pairs if at in days}
    _keep_left_over(result, spec.name, readings, whole(left), texts.indices)


def _keep_left_over(
    result: TypedColumns, name: str, readings: Sequence[FieldValue], mask_of_read: pa.Array, indices: pa.Array
) -> None:
    for what in _LEFT_OVER:
        words = [getattr(each.left, what) for each in readings]
        if any(words):
            column = result.left.setdefault(what, {}).get(name, pa.nulls(len(mask_of_read), pa.string()))
            found = pa.array(words, pa.string()).take(indices)
            result.left[what][name] = pc.coalesce(
                column, pc.replace_with_mask(pa.nulls(len(mask_of_read), pa.string()), mask_of_read, found)
            )


def _with_fractions(spec: Spec, source: pa.ChunkedArray) -> Declared:
    """What is declared of the column, and of percentages whether 0.185 is 18.5 %, as all of them together show."""
    if spec.type is not FieldType.PERCENT or spec.declared.fraction is not None:
        return spec.declared
    return replace(spec.declared, fraction=are_fractions(distinct_texts(source)) or None)


def distinct_texts(source: Column) -> list[str]:
    """The distinct texts of a column that are not empty, in the order in which they first stand."""
    return [text for text in pc.unique(source).to_pylist() if text]


def _scaled(column: Column, spec: Spec) -> pa.Array:
    """The column in its base unit, such as 万元 in 元, exactly."""
    values = [None if value is None else value * spec.numerator / spec.denominator for value in column.to_pylist()]
    return pa.array(values, column.type)


# --- arrays -----------------------------------------------------------------------------------------------------------


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


def constant(value: Any, kind: FieldType, length: int) -> pa.Array:
    """A column that holds one value throughout."""
    arrow = ARROW[kind.sql]
    return pa.repeat(pa.scalar(value, arrow), length) if length else pa.array([], arrow)
