"""What proofs say of each record, field by field.

A field is *proved* where another figure of it would break a proof: it takes part in one that holds. It is *broken*
where a proof that touches it fails, whatever else holds. All others are unproved beside them: a record whose amount is
proved may have a date that nothing bears out.

A record as a whole is *broken* if one of its fields is, and *proved* if all its figures are (`RecordType.figures`): the
money or the quantities without which it would be no record, with their side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.model import RowProof
from auditor.documents.proofs.exact import Mask
from auditor.records.model import RecordType

States = npt.NDArray[np.int8]  # of each record: 1 proved, 0 unproved, -1 broken
_FEW = 16  # fields of which all combinations are counted at once
_MOST_RUNS = 100
_NAMES = pa.array([RowProof.BROKEN.value, RowProof.UNPROVED.value, RowProof.PROVED.value], pa.string())


@dataclass(frozen=True, slots=True)
class FieldStates:
    """What one proof says of one field, for each record of a table."""

    field: str
    states: States


def proof_columns(record: RecordType, table: pa.Table, touched: Sequence[FieldStates]) -> dict[str, pa.Array]:
    """The columns `_proof`, `_proved` and `_broken` of a table of records: whole columns with few different texts."""
    broken: dict[str, Mask] = {}
    proved: dict[str, Mask] = {}
    for each in touched:
        for masks, sign in ((proved, 1), (broken, -1)):
            found = each.states == sign
            masks[each.field] = masks[each.field] | found if each.field in masks else found
    for name, sides in record.debit_credit.items():
        for masks, every in ((proved, True), (broken, False)):
            if name not in masks and any(each in masks for each in sides):
                masks[name] = _of_sides(table, masks, sides, every=every)
    for name, wrong in broken.items():
        proved[name] = proved.get(name, np.zeros(table.num_rows, dtype=bool)) & ~wrong
    order = list(record.fields)
    return {
        "_proof": _taken(_NAMES, _summary(record, table, proved, broken) + np.int8(1)),
        "_proved": _listed(order, proved, table.num_rows),
        "_broken": _listed(order, broken, table.num_rows),
    }


def _of_sides(table: pa.Table, masks: Mapping[str, Mask], sides: Sequence[str], *, every: bool) -> Mask:
    """Where a balance that was worked out of two columns is marked: `every` of them that is filled is, or any."""
    filled = [_mask(pc.is_valid(table.column(each))) for each in sides]
    marked = [masks.get(each, np.zeros(table.num_rows, dtype=bool)) for each in sides]
    found = np.zeros(table.num_rows, dtype=bool)
    for mask, full in zip(marked, filled, strict=True):
        found |= mask & full
    for mask, full in zip(marked, filled, strict=True) if every else ():
        found &= mask | ~full
    return found


def with_proofs(record: RecordType, table: pa.Table, touched: Sequence[FieldStates]) -> pa.Table:
    """The table with its columns of proofs filled."""
    for name, column in proof_columns(record, table, touched).items():
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def _summary(record: RecordType, table: pa.Table, proved: Mapping[str, Mask], broken: Mapping[str, Mask]) -> States:
    """1 where all figures of a record are proved, -1 where a field is broken, else 0."""
    states = np.zeros(table.num_rows, dtype=np.int8)
    if any(mask.any() for mask in proved.values()):
        lacking, some = np.zeros(table.num_rows, dtype=bool), np.zeros(table.num_rows, dtype=bool)
        for each in record.figures:
            mine = proved.get(each.name)
            if mine is not None:
                some |= mine
            if mine is None or not mine.all():
                column = table.column(each.name)
                filled = _mask(_sided(table) if each.name == "direction" else pc.is_valid(column))
                lacking |= filled if mine is None else filled & ~mine
        states[some & ~lacking] = 1
    for mask in broken.values():
        states[mask] = -1
    return states


def _sided(table: pa.Table) -> pa.ChunkedArray:
    """Where the side matters: an amount of nothing has none."""
    sided = pc.is_in(table.column("direction"), pa.array(["in", "out"]))
    return pc.and_kleene(sided, pc.not_equal(table.column("amount"), pa.scalar(0, table.column("amount").type)))


def _mask(flags: pa.ChunkedArray) -> Mask:
    return np.asarray(pc.fill_null(flags, False).to_numpy(), dtype=bool)


def _listed(order: Sequence[str], masks: Mapping[str, Mask], count: int) -> pa.Array:
    """The names of the fields that are marked in each record, in the order of the record type; null where none is."""
    names = [name for name in order if name in masks and masks[name].any()]
    if not names:
        return pa.nulls(count, pa.string())
    codes = np.zeros(count, dtype=np.int32)
    for bit, name in enumerate(names):
        codes |= masks[name].view(np.int8).astype(np.int32) << bit
    found = np.flatnonzero(np.bincount(codes)) if len(names) <= _FEW else np.unique(codes)
    texts = [",".join(name for bit, name in enumerate(names) if code >> bit & 1) or None for code in found.tolist()]
    return _taken(pa.array(texts, pa.string()), np.searchsorted(found, codes) if len(found) > 1 else codes * 0)


def _taken(texts: pa.Array, places: npt.NDArray[np.integer]) -> pa.Array:
    """A text for each place; where long runs share one, run by run."""
    starts = np.flatnonzero(np.diff(places)) + 1
    if not len(places) or len(starts) > _MOST_RUNS:
        return texts.take(pa.array(places))
    bounds = [0, *starts.tolist(), len(places)]
    runs = [pa.repeat(texts[int(places[a])], b - a) for a, b in pairwise(bounds)]
    return runs[0] if len(runs) == 1 else pa.concat_arrays(runs)
