"""Arithmetic inside a row: quantity × price, net + tax, words = figures, check digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.model import Proof, ProofStatus
from auditor.engine.duck import DuckEngine
from auditor.languages import Text
from auditor.values.check_digits import awb_holds

PRODUCT = "quantity × price"
NET_TAX = "net + tax"
WORDS = "words and figures"
CHECK_DIGIT = "check digit"

# Each: the proof's name, the fields it needs, the fields it takes as 0 if empty, the stated field, and what it should be.
# Products are rounded half up to the cent, as the price check of the bills does.
_EQUATIONS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str, str], ...] = (
    (PRODUCT, ("charge_weight", "rate", "freight"), (), "freight", "round(charge_weight * rate, 2)"),
    (PRODUCT, ("freight", "fuel_rate", "fuel"), (), "fuel", "round(freight * fuel_rate / 100, 2)"),
    (PRODUCT, ("freight", "amount"), ("fuel", "other"), "amount", "freight + coalesce(fuel, 0) + coalesce(other, 0)"),
    (PRODUCT, ("quantity", "price", "amount"), (), "amount", "round(quantity * price, 2)"),
    (PRODUCT, ("denomination", "sheets", "amount"), (), "amount", "denomination * sheets"),
    (NET_TAX, ("net", "tax", "total"), (), "total", "net + tax"),
    (WORDS, ("words", "amount"), (), "amount", "words"),
    (WORDS, ("words", "total"), (), "total", "words"),
)  # fmt: skip
_COLLECT = ("freight", "amount")   # a shipment that the receiver pays is billed 0.00 whatever it costs


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proof over rows: its name, and for each row 1 holds, -1 broken, 0 not possible."""

    name: str
    states: np.ndarray
    stated: str
    proves_amount: bool


def row_proofs(engine: DuckEngine, table: pa.Table) -> list[Outcome]:
    """All equations that the columns of a record table allow, row by row, in the engine."""
    present = {name for name in table.column_names if table.column(name).null_count < table.num_rows}
    wanted = [
        equation for equation in _EQUATIONS
        if set(equation[1]) <= present and (not equation[2] or present & set(equation[2]))
    ]  # fmt: skip
    outcomes: list[Outcome] = []
    if wanted and table.num_rows:
        names = sorted({name for equation in wanted for name in (*equation[1], *equation[2])} - {"_"})
        missing = ", ".join(f"NULL::DECIMAL(18,5) AS {name}" for name in names if name not in table.column_names)
        parts = ", ".join(f"{_state(equation, present)} AS s{at}" for at, equation in enumerate(wanted))
        inner = f"SELECT *{', ' + missing if missing else ''} FROM _rows"
        kept = [name for name in (*names, "pay_mode") if name in table.column_names]
        with engine.registered(_rows=table.select(list(dict.fromkeys(kept)))):
            found = engine.arrow(f"SELECT {parts} FROM ({inner})")
        for at, equation in enumerate(wanted):
            states = found.column(f"s{at}").to_numpy().astype(np.int8)
            outcomes.append(Outcome(equation[0], states, equation[3], equation[3] in ("amount", "total")))
    outcomes += _check_digits(table, present)
    return outcomes


def _state(equation: tuple[str, tuple[str, ...], tuple[str, ...], str, str], present: set[str]) -> str:
    _, needed, _, stated, expected = equation
    nothing = " OR ".join(f"{name} IS NULL" for name in needed)
    if needed == _COLLECT and "pay_mode" in present:
        nothing += " OR (pay_mode = 'collect' AND amount = 0)"
    return f"CASE WHEN {nothing} THEN 0 WHEN {stated} = {expected} THEN 1 ELSE -1 END::TINYINT"


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
    held = [awb_holds(text) if flag else None for text, flag in zip(encoded.to_pylist(), maybe.to_pylist(), strict=True)]
    states = np.array([0 if each is None else 1 if each else -1 for each in held], dtype=np.int8)
    return [Outcome(CHECK_DIGIT, states, "waybill_no", proves_amount=False)]


def proofs(
    outcomes: Sequence[Outcome], rows: Sequence[int | None], where: str, counted: tuple[str, str] = ("row", "行")
) -> list[Proof]:
    """One proof a name. `rows` gives each record's number in the document, and `counted` says of what in both languages."""
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
