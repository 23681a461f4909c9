"""Arithmetic inside a row: quantity × price, net + tax, words = figures, check digits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.model import Proof, ProofStatus
from auditor.documents.proofs.exact import TYPE
from auditor.languages import Text
from auditor.values.check_digits import awb_holds

PRODUCT = "quantity × price"
NET_TAX = "net + tax"
WORDS = "words and figures"
CHECK_DIGIT = "check digit"

_WIDE = pa.decimal128(37, 10)  # a product of two DECIMAL(18,5), exactly
_HUNDRED = pa.scalar(Decimal(100), pa.decimal128(3, 0))
Equation = Callable[[Mapping[str, pa.Array]], pa.Array]


def _product(columns: Mapping[str, pa.Array], one: str, other: str, decimals: int = 2) -> pa.Array:
    """A product, rounded half up as the price check of the bills does."""
    exact = pc.multiply(columns[one], columns[other]).cast(_WIDE)
    return pc.round(exact, ndigits=decimals, round_mode="half_towards_infinity")


def _wide(column: pa.Array) -> pa.Array:
    return column.cast(_WIDE)


def _equals(stated: str, expected: Equation) -> Equation:
    return lambda columns: pc.equal(_wide(columns[stated]), _wide(expected(columns)))


def _sum(columns: Mapping[str, pa.Array], *names: str) -> pa.Array:
    """The sum of columns; one that is not there or empty counts as 0."""
    zero = pa.scalar(Decimal(0), TYPE)
    total = columns[names[0]]
    for name in names[1:]:
        if name in columns:
            total = pc.add(total, pc.fill_null(columns[name], zero))
    return total


# Each: the proof's name, the fields it needs, the fields of which it takes one at least, the stated field, equation.
# Nothing is divided, so that everything stays exact.
_EQUATIONS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str, Equation], ...] = (
    (
        PRODUCT,
        ("charge_weight", "rate", "freight"),
        (),
        "freight",
        _equals("freight", lambda columns: _product(columns, "charge_weight", "rate")),
    ),
    (
        PRODUCT,
        ("freight", "fuel_rate", "fuel"),
        (),
        "fuel",
        lambda columns: pc.equal(
            pc.multiply(columns["fuel"], _HUNDRED).cast(_WIDE), _product(columns, "freight", "fuel_rate", 0)
        ),
    ),
    (
        PRODUCT,
        ("freight", "amount"),
        ("fuel", "other"),
        "amount",
        _equals("amount", lambda columns: _sum(columns, "freight", "fuel", "other")),
    ),
    (
        PRODUCT,
        ("quantity", "price", "amount"),
        (),
        "amount",
        _equals("amount", lambda columns: _product(columns, "quantity", "price")),
    ),
    (
        PRODUCT,
        ("denomination", "sheets", "amount"),
        (),
        "amount",
        _equals("amount", lambda columns: _product(columns, "denomination", "sheets")),
    ),
    (NET_TAX, ("net", "tax", "total"), (), "total", _equals("total", lambda columns: _sum(columns, "net", "tax"))),
    (WORDS, ("words", "amount"), (), "amount", _equals("amount", lambda columns: columns["words"])),
    (WORDS, ("words", "total"), (), "total", _equals("total", lambda columns: columns["words"])),
)
_COLLECT = ("freight", "amount")  # a shipment that the receiver pays is billed 0.00 whatever it costs


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proof over rows: its name, and for each row 1 holds, -1 broken, 0 not possible."""

    name: str
    states: np.ndarray
    stated: str
    proves_amount: bool


def row_proofs(table: pa.Table) -> list[Outcome]:
    """All equations that the columns of a record table allow, row by row over whole columns."""
    present = {name for name in table.column_names if table.column(name).null_count < table.num_rows}
    outcomes: list[Outcome] = []
    for name, needed, one_of, stated, equation in _EQUATIONS:
        if not set(needed) <= present or (one_of and not present & set(one_of)):
            continue
        columns = {each: _money(table.column(each)) for each in (*needed, *one_of) if each in table.column_names}
        possible = _all_there(columns, needed)
        if needed == _COLLECT and "pay_mode" in present:
            collect = pc.and_(pc.equal(table.column("pay_mode"), "collect"), pc.equal(columns["amount"], Decimal(0)))
            possible &= ~_mask(collect)
        holds = _mask(equation(columns))
        states = np.where(possible, np.where(holds, 1, -1), 0).astype(np.int8)
        outcomes.append(Outcome(name, states, stated, stated in ("amount", "total")))
    return outcomes + _check_digits(table, present)


def _money(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers, such as of sheets, as amounts."""
    return column if column.type == TYPE else column.cast(pa.decimal128(38, 5)).cast(TYPE)


def _all_there(columns: Mapping[str, pa.Array], names: Sequence[str]) -> np.ndarray:
    there = np.ones(len(columns[names[0]]), dtype=bool)
    for name in names:
        there &= _mask(pc.is_valid(columns[name]))
    return there


def _mask(flags: pa.Array | pa.ChunkedArray) -> np.ndarray:
    return np.asarray(
        pc.fill_null(flags, False).to_numpy(zero_copy_only=False)
        if isinstance(flags, pa.Array)
        else pc.fill_null(flags, False).to_numpy(),
        dtype=bool,
    )


def _check_digits(table: pa.Table, present: set[str]) -> list[Outcome]:
    """Air waybill numbers: the eighth digit is the first seven modulo 7."""
    if "waybill_no" not in present:
        return []
    encoded = table.column("waybill_no").combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = pa.concat_arrays(encoded.chunks)
    maybe = pc.fill_null(pc.match_substring_regex(encoded, r"^\d{3}-?\d{8}$"), False)
    if not pc.any(maybe).as_py():
        return []
    held = [
        awb_holds(text) if flag else None for text, flag in zip(encoded.to_pylist(), maybe.to_pylist(), strict=True)
    ]
    states = np.array([0 if each is None else 1 if each else -1 for each in held], dtype=np.int8)
    return [Outcome(CHECK_DIGIT, states, "waybill_no", proves_amount=False)]


def proofs(
    outcomes: Sequence[Outcome], rows: Sequence[int | None], where: str, counted: tuple[str, str] = ("row", "行")
) -> list[Proof]:
    """One proof a name. `rows` gives each record's number in the document, and `counted` says of what."""
    found: list[Proof] = []
    for name in dict.fromkeys(outcome.name for outcome in outcomes):
        mine = [outcome for outcome in outcomes if outcome.name == name]
        tested = sum(int(np.count_nonzero(outcome.states)) for outcome in mine)
        broken = [(int(row), outcome.stated) for outcome in mine for row in np.flatnonzero(outcome.states < 0)]
        if not tested:
            continue
        if not broken:
            found.append(Proof(name, ProofStatus.HOLDS, where, Text(f"{tested} hold", f"{tested} 项成立")))
            continue
        first = ", ".join(f"{rows[row]} ({stated})" for row, stated in sorted(broken)[:5])
        detail = Text(
            f"{len(broken)} of {tested} do not hold: {counted[0]} {first}",
            f"{tested} 项中 {len(broken)} 项不成立：第 {first} {counted[1]}",
        )
        found.append(Proof(name, ProofStatus.BROKEN, where, detail))
    return found


def combined(outcomes: Sequence[Outcome], count: int) -> tuple[np.ndarray, np.ndarray]:
    """Over all outcomes: where an amount is proved, and where something is broken."""
    proved, broken = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    for outcome in outcomes:
        broken |= outcome.states < 0
        if outcome.proves_amount:
            proved |= outcome.states > 0
    return proved, broken
