"""All proofs of one table, and what they say of each of its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.fields import whole
from auditor.documents.model import RowProof
from auditor.documents.proofs import arithmetic, balance, totals
from auditor.documents.proofs.totals import Stated
from auditor.documents.tables.reading import Reading, TableResult
from auditor.documents.tables.totals import exact_sum, to_ticks
from auditor.languages import Text

States = npt.NDArray[np.int8]  # of each record: 1 proved, 0 unproved, -1 broken
Positions = npt.NDArray[np.int64]


def prove(reading: Reading, result: TableResult, kept: Positions, table: pa.Table) -> States:
    """All proofs of a table, and for each record 1 proved, 0 unproved, -1 broken."""
    where = f"{reading.context.path}[{reading.sheet.name}]" if reading.sheet.name else reading.context.path
    states = np.zeros(len(kept), dtype=np.int8)
    broken = np.zeros(len(kept), dtype=bool)
    if reading.flow is not None and "balance" in reading.type.fields:
        chained = _chain(reading, result, kept, where)
        states = np.maximum(states, chained)
        broken |= chained < 0
    if result.stated:
        result.proofs += totals.proofs(result.stated, where)
        states = np.maximum(states, _proved_by_totals(reading, result.stated, kept))
    outcomes = arithmetic.row_proofs(table)
    result.proofs += arithmetic.proofs(outcomes, reading.sheet.number[kept].tolist() if outcomes else [], where)
    proved, wrong = arithmetic.combined(outcomes, len(kept))
    states = np.where(broken | wrong, -1, np.where(proved, 1, np.maximum(states, 0)))
    return states.astype(np.int8)


def _chain(reading: Reading, result: TableResult, kept: Positions, where: str) -> States:
    """The running balance, account by account."""
    assert reading.flow is not None
    states = np.zeros(len(kept), dtype=np.int8)
    column = reading.typed.columns.get("balance")
    everything = len(kept) == reading.sheet.rows
    numbers = pa.array(reading.sheet.number if everything else reading.sheet.number[kept])
    if column is None or not len(kept):
        result.proofs.append(balance.proof(None, numbers, where))
        return states
    signed = reading.flow.signed() if everything else reading.flow.signed()[kept]
    stated = column if everything else column.take(pa.array(kept))
    for name, mine in _accounts(reading, kept):
        opening = _first(result.balances, "opening", name)
        moved, balances, rows = signed, stated, numbers
        if len(mine) < len(kept):
            moved, balances, rows = signed[mine], stated.take(pa.array(mine)), numbers.take(pa.array(mine))
        chain = balance.follow(moved, balances, opening)
        label = f"{where} {name}" if name else where
        result.proofs.append(balance.proof(chain, rows, label, _no_balance(reading)))
        if chain is not None:
            states[mine] = chain.states
        closing = _first(_latest_first(reading, result.balances, kept), "closing", name)
        if opening is not None and closing is not None:
            result.proofs.append(balance.closing_proof(opening, exact_sum(moved), closing, label))
    return states


def _no_balance(reading: Reading) -> Text | None:
    unread = len(reading.typed.unread.get("balance", {}))
    if not unread:
        return None
    return Text(f"{unread} balances could not be read", f"{unread} 个余额无法读取")


def _accounts(reading: Reading, kept: Positions) -> list[tuple[str | None, Positions]]:
    """The positions (in `kept`) of the rows of each account and currency; one entry if there is one of them."""
    everything = np.arange(len(kept))
    keys: pa.Array | None = None
    for field in ("account", "currency"):
        column = reading.typed.columns.get(field)
        if column is None:
            continue
        texts = whole(column if len(kept) == reading.sheet.rows else column.take(pa.array(kept))).fill_null("")
        encoded = texts.dictionary_encode()
        if len(encoded.dictionary) > 1:
            keys = texts if keys is None else pc.binary_join_element_wise(keys, texts, " ")
    if keys is None:
        return [(None, everything)]
    encoded = keys.dictionary_encode()
    indices = encoded.indices.to_numpy()
    return [(name, np.flatnonzero(indices == at)) for at, name in enumerate(encoded.dictionary.to_pylist())]


def _latest_first(reading: Reading, balances: Sequence[Mapping[str, Any]], kept: Positions) -> list[Mapping[str, Any]]:
    """The balances below the last entry before all others: a ledger of several months closes each of them."""
    last = int(kept[-1])
    end = (int(reading.sheet.page[last]), int(reading.sheet.number[last]))
    return sorted(balances, key=lambda each: (each["_page"], each["_row"] or 0) < end)


def _first(balances: Sequence[Mapping[str, Any]], kind: str, account: str | None) -> int | None:
    for each in balances:
        if each["kind"] == kind and (account is None or each["account"] == account):
            return to_ticks(each["amount"])
    return None


def _proved_by_totals(reading: Reading, stated: Sequence[Stated], kept: Positions) -> States:
    """A printed sum of amounts that agrees proves every row that it covers."""
    proved = any(
        each.holds and each.kind == "sum" and each.field.startswith("amount") and each.rows == len(kept)
        for each in stated
    )
    sides = {
        each.field for each in stated if each.holds and each.kind == "sum" and each.field in ("amount_in", "amount_out")
    }
    return np.full(len(kept), 1 if proved or len(sides) == 2 else 0, dtype=np.int8)


def proof_names(states: States) -> pa.Array:
    names = pa.array([RowProof.BROKEN.value, RowProof.UNPROVED.value, RowProof.PROVED.value], pa.string())
    if len(states) and (states == states[0]).all():
        return pa.repeat(names[int(states[0]) + 1], len(states))
    return names.take(pa.array(states + np.int8(1)))
