"""The relations that a record type declares between its figures, over whole columns of whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.proofs.exact import DECIMALS, Mask, Ticks, shown, ticks
from auditor.records.model import MEASURED, FieldType, RecordType, Relation, RelationKind

_ONE = 10**DECIMALS
_SAFE = 2**62  # above it 64-bit numbers are not multiplied
_CHARGES = 10  # up to this part of an amount a bank may have taken off before it arrived
_FEWEST_ROWS = 3  # from which on it is the columns that are doubted and not the rows
_MOST_DECIMALS = 2  # of a column's last printed decimal; a figure with more has its own
States = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a record table in units of 0.00001, with where they are there."""

    types: Mapping[str, FieldType]
    values: Mapping[str, Ticks]
    there: Mapping[str, Mask]

    def exchanged(self, one: str, other: str) -> Figures:
        """The same with two columns exchanged."""
        swap = {one: other, other: one}
        return replace(
            self,
            values={name: self.values[swap.get(name, name)] for name in self.values},
            there={name: self.there[swap.get(name, name)] for name in self.there},
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a relation, or a check digit, says of the rows: for each 1 holds, -1 broken, 0 not possible.

    `fields` are the states of each field that it touches; `doubt` names two columns that must be exchanged for it to
    hold, in which case it breaks no row. `sentence` says of a row what does not hold.
    """

    name: str
    states: States
    stated: str
    fields: Mapping[str, States]
    sentence: Callable[[int], str] | None = None
    doubt: tuple[str, str] | None = None


def figures_of(record: RecordType, table: pa.Table, claimed: Collection[str]) -> Figures:
    """The figures of a table. `claimed` names the fields that the document has a place for, filled or not."""
    values, there, types = {}, {}, {}
    wanted = {name for relation in record.relations for name in relation.fields}
    for name, each in record.fields.items():
        if name in claimed and (name in wanted or each.type in MEASURED):
            column = table.column(name)
            whole = column if pa.types.is_decimal(column.type) else column.cast(pa.decimal128(38, DECIMALS))
            values[name], there[name] = ticks(whole)
            types[name] = each.type
    return Figures(types, values, there)


def outcomes(record: RecordType, table: pa.Table, claimed: Collection[str]) -> list[Outcome]:
    """What each relation of the record type says of the rows; those that no row can be held against are left out."""
    if not record.relations:
        return []
    figures = figures_of(record, table, claimed)
    found = []
    for relation in record.relations:
        possible = _possible(relation, figures, table)
        if possible is None or not possible.any():
            continue
        holds = _holds(relation, figures)
        states = np.where(possible, np.where(holds, 1, -1), 0).astype(np.int8)
        doubt = _doubt(relation, figures, possible, states)
        found.append(
            Outcome(
                relation.proof,
                states,
                relation.result,
                {} if doubt else _touched(relation, figures, states),
                lambda row, relation=relation: _sentence(relation, figures, row),  # type: ignore[misc]
                doubt,
            )
        )
    return found


def _possible(relation: Relation, figures: Figures, table: pa.Table) -> Mask | None:
    """Where all that the relation needs is there; None if a column is not there at all."""
    needed = [name for name in relation.fields if name not in relation.optional]
    if not all(name in figures.values for name in needed):
        return None
    if relation.optional and not relation.optional & figures.values.keys():
        return None
    possible = np.ones(table.num_rows, dtype=bool)
    for name in needed:
        possible &= figures.there[name]
    if relation.kind is RelationKind.PRODUCT and relation.optional:
        possible &= ~_less_charges(relation, figures)
    if relation.unless and all(name in table.column_names for name in relation.unless):
        excepted = np.ones(table.num_rows, dtype=bool)
        for name, value in relation.unless.items():
            column = table.column(name)
            if pa.types.is_decimal(column.type) or pa.types.is_integer(column.type):
                same = pc.equal(column, pa.scalar(value).cast(column.type))
            else:
                same = pc.equal(column, value)
            excepted &= np.asarray(pc.fill_null(same, False).to_numpy(), dtype=bool)
        possible &= ~excepted
    return possible


def _less_charges(relation: Relation, figures: Figures) -> Mask:
    """Where nothing says by what a part was multiplied, and it falls short of the result by no more than charges do."""
    stated = figures.values[relation.result]
    found = np.ones(len(stated), dtype=bool)
    for name in relation.parts:
        if name in relation.optional:
            found &= ~figures.there[name]
        else:
            gap = stated - figures.values[name]
            found &= (gap > 0) & (gap <= stated // _CHARGES)
    return found


def _part(relation: Relation, figures: Figures, name: str) -> Ticks | None:
    """A part's figures, the neutral number where it may be left out; None if it is not in the document."""
    if name not in figures.values:
        return None
    if name not in relation.optional:
        return figures.values[name]
    neutral = _ONE if relation.kind is RelationKind.PRODUCT else 0
    return np.where(figures.there[name], figures.values[name], neutral)


def _holds(relation: Relation, figures: Figures) -> Mask:
    parts = [part for name in relation.parts if (part := _part(relation, figures, name)) is not None]
    stated = figures.values[relation.result]
    if relation.kind is RelationKind.PRODUCT:
        if len(parts) < 2:
            return np.equal(parts[0], stated)
        unit = printed_unit(stated, figures.there[relation.result])
        divisor = _ONE * 100 ** sum(figures.types.get(name) is FieldType.PERCENT for name in relation.parts)
        return np.equal(_rounded(parts[0], parts[1], divisor, unit), stated)
    sign = -1 if relation.kind is RelationKind.DIFFERENCE else 1
    total = parts[0].copy()
    for part in parts[1:]:
        total += sign * part
    return np.equal(total, stated)


def printed_unit(values: Ticks, there: Mask) -> Ticks:
    """The unit of the last printed decimal of each figure: that of its column, which nine rows of ten keep to, or its
    own if that is finer."""
    own = np.full(len(values), _ONE, dtype=np.int64)
    for decimals in range(DECIMALS):
        own[values % 10 ** (DECIMALS - decimals) != 0] = 10 ** (DECIMALS - decimals - 1)
    count = int(there.sum())
    for decimals in range(_MOST_DECIMALS + 1):
        unit = 10 ** (DECIMALS - decimals)
        if int(np.count_nonzero(there & (own < unit))) <= count // 10:
            break
    finest: Ticks = np.minimum(own, unit)
    return finest


def _rounded(one: Ticks, other: Ticks, divisor: int, unit: Ticks) -> Ticks:
    """The product, divided and rounded half away from zero to a unit, all as whole numbers."""
    largest = int(np.abs(one).max(initial=0)) * int(np.abs(other).max(initial=0))
    if largest < _SAFE and divisor * _ONE < _SAFE:
        exact, steps = one * other, divisor * unit
        away = (2 * np.abs(exact) + steps) // (2 * steps)
        rounded: Ticks = np.sign(exact) * away * unit
        return rounded
    found = np.zeros(len(one), dtype=np.int64)
    for row, (a, b, each) in enumerate(zip(one.tolist(), other.tolist(), unit.tolist(), strict=True)):
        steps = divisor * each
        away = (2 * abs(a * b) + steps) // (2 * steps) * each
        found[row] = min(away, 2**63 - 1) * (1 if a * b >= 0 else -1)
    return found


def _touched(relation: Relation, figures: Figures, states: States) -> dict[str, States]:
    """The state of each field. A factor is proved where the least other figure of it would make another product: not
    beside a factor of nothing, nor where the rounding is wider."""
    broken = np.where(states < 0, -1, 0).astype(np.int8)
    found = {}
    for name in relation.fields:
        if name not in figures.values:
            continue
        pinned = (states > 0) & figures.there[name]
        if relation.kind is RelationKind.PRODUCT and name != relation.result:
            pinned &= _pinned(relation, figures, name)
        left_out = ~figures.there[name] & (relation.kind is not RelationKind.PRODUCT)
        found[name] = np.where(pinned, 1, np.where(left_out, 0, broken)).astype(np.int8)
    return found


def _pinned(relation: Relation, figures: Figures, name: str) -> Mask:
    other = next(each for each in relation.parts if each != name)
    factor = _part(relation, figures, other)
    if factor is None:
        return np.ones(len(figures.values[name]), dtype=bool)
    divisor = _ONE * 100 ** sum(figures.types.get(each) is FieldType.PERCENT for each in relation.parts)
    finest = printed_unit(figures.values[name], figures.there[name])
    unit = printed_unit(figures.values[relation.result], figures.there[relation.result])
    # in whole numbers: least change × other factor ≥ a unit of the result
    needed = -(-unit * divisor // finest)
    pinned: Mask = np.abs(factor) >= needed
    return pinned


def _doubt(relation: Relation, figures: Figures, possible: Mask, states: States) -> tuple[str, str] | None:
    """Two columns that make the relation hold if they are exchanged, where it fails on most rows as they stand."""
    tested = int(possible.sum())
    if tested < _FEWEST_ROWS or 2 * int(np.count_nonzero(states < 0)) <= tested:
        return None
    pairs = [pair for pair in combinations(figures.values, 2) if set(pair) & set(relation.fields)]
    for one, other in pairs:
        if relation.kind is not RelationKind.DIFFERENCE and {one, other} <= set(relation.parts):
            continue  # of no effect
        swapped = figures.exchanged(one, other)
        there = possible & swapped.there[one] & swapped.there[other]
        holds = int(np.count_nonzero(_holds(relation, swapped) & there))
        if holds >= tested - tested // 10:
            return one, other
    return None


_SIGNS = {RelationKind.PRODUCT: "×", RelationKind.SUM: "+", RelationKind.DIFFERENCE: "−"}


def _sentence(relation: Relation, figures: Figures, row: int) -> str:
    """What does not hold in a row, in figures: `4,200.00 × 0 ≠ 30,240.00`."""
    parts = [_figure(figures, name, row) for name in relation.parts if name in figures.values]
    left: Sequence[str] = [part for part in parts if part]
    return f"{f' {_SIGNS[relation.kind]} '.join(left)} ≠ {_figure(figures, relation.result, row)}"


def _figure(figures: Figures, name: str, row: int) -> str:
    if not figures.there[name][row]:
        return ""
    value, kind = int(figures.values[name][row]), figures.types[name]
    if kind in (FieldType.MONEY, FieldType.WORDS_AMOUNT):
        return shown(value)
    text = shown(value)
    return (text.rstrip("0").rstrip(".") if "." in text else text) + ("%" if kind is FieldType.PERCENT else "")
