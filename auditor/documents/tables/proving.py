"""All proofs of one table, and what they say of each field of its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.decisions.sides import IN, OUT
from auditor.documents.model import Proof, ProofStatus
from auditor.documents.proofs import arithmetic, balance, totals
from auditor.documents.proofs.exact import TYPE, Mask
from auditor.documents.proofs.fields import FieldStates, States, with_proofs
from auditor.documents.proofs.totals import Stated
from auditor.documents.tables.reading import Reading, TableResult, unread_rows
from auditor.documents.tables.totals import exact_sum, to_ticks
from auditor.documents.typed_columns import whole
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.languages import Text

Positions = npt.NDArray[np.int64]
_SIDES = {"amount_in": IN, "amount_out": OUT}


def prove(reading: Reading, result: TableResult, kept: Positions, table: pa.Table) -> tuple[list[Proof], pa.Table]:
    """All proofs of a table, and its records with what the proofs say of their fields.

    `result` gives the totals and balances that the document states, `kept` the positions of the records in the table's
    body, `table` the records.
    """
    where = f"{reading.context.path}[{reading.sheet.name}]" if reading.sheet.name else reading.context.path
    found: list[Proof] = []
    touched: list[FieldStates] = []
    if reading.flow is not None and "balance" in reading.type.fields:
        chained, states = _chains(reading, result, kept, where)
        found += chained
        touched += states
    if result.stated:
        found += totals.proofs(result.stated, where)
        touched += _by_totals(reading, result.stated, kept, table)
    outcomes = arithmetic.row_proofs(reading.type, table, _claimed(reading, table))
    rows = reading.sheet.number[kept].tolist() if outcomes else []
    found += arithmetic.proofs(outcomes, rows, where, reading.type.fields)
    touched += arithmetic.field_states(outcomes)
    return found, with_proofs(reading.type, table, touched)


def _claimed(reading: Reading, table: pa.Table) -> set[str]:
    """The fields for which the table has a column, filled or not, and those that its heading fills."""
    columns = {"amount" if role in (MONEY_IN, MONEY_OUT) else role for role in reading.specs}
    return (columns | arithmetic.filled_fields(table)) & reading.type.fields.keys()


# --- balances ---------------------------------------------------------------------------------------------------------


def _chains(
    reading: Reading, result: TableResult, kept: Positions, where: str
) -> tuple[list[Proof], list[FieldStates]]:
    """The running balance, and opening + movements = closing, account by account."""
    assert reading.flow is not None
    column = reading.typed.columns.get("balance")
    everything = len(kept) == reading.sheet.rows
    numbers = pa.array(reading.sheet.number if everything else reading.sheet.number[kept])
    if column is None and len(kept) and not reading.reasons and not reading.left_out:
        column = pa.nulls(reading.sheet.rows, TYPE)  # opening and closing may stand around the table all the same
    if column is None or not len(kept):
        return [balance.proof(None, numbers, where)], []
    found: list[Proof] = []
    amounts, balances = np.zeros(len(kept), dtype=np.int8), np.zeros(len(kept), dtype=np.int8)
    signed = reading.flow.signed() if everything else reading.flow.signed()[kept]
    stated = column if everything else column.take(pa.array(kept))
    days = _days(reading, kept)
    unread = unread_rows(reading)
    for name, mine in _accounts(reading, kept):
        opening = _first(result.balances, "opening", name)
        moved, own, rows, own_days = signed, stated, numbers, days
        if len(mine) < len(kept):
            moved, own, rows = signed[mine], stated.take(pa.array(mine)), numbers.take(pa.array(mine))
            own_days = days[mine] if days is not None else None
        chain = balance.follow(moved, own, opening, own_days, _apart(kept[mine], unread))
        label = f"{where} {name}" if name else where
        found.append(balance.proof(chain, rows, label, _no_balance(reading)))
        if chain is not None:
            amounts[mine], balances[mine] = chain.states, chain.balances
        closing = _first(_latest_first(reading, result.balances, kept), "closing", name)
        if opening is not None and closing is not None:
            closed = balance.closing_proof(opening, exact_sum(moved), closing, label, unread=len(unread))
            found.append(closed)
            if closed.status is ProofStatus.HOLDS:  # another amount of any row would break it
                amounts[mine] = np.where(amounts[mine] == 0, 1, amounts[mine])
    sides = np.where(signed != 0, amounts, np.minimum(amounts, 0)).astype(np.int8)  # nothing has no side
    return found, [FieldStates("amount", amounts), FieldStates("direction", sides), FieldStates("balance", balances)]


def _apart(kept: Positions, unread: Positions) -> Mask | None:
    """For each record, and for the end, whether unread rows stand between it and the record before it."""
    if not len(unread):
        return None
    before = np.append(np.searchsorted(unread, kept), len(unread))
    return np.diff(before, prepend=0) > 0


def _days(reading: Reading, kept: Positions) -> npt.NDArray[np.int32] | None:
    """The day of each record since 1970; None unless all have one."""
    column = reading.typed.columns.get("date")
    if column is None:
        return None
    dates = whole(column if len(kept) == reading.sheet.rows else column.take(pa.array(kept)))
    return None if dates.null_count else np.asarray(dates.view(pa.int32()).to_numpy(zero_copy_only=False))


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


# --- totals -----------------------------------------------------------------------------------------------------------


def _by_totals(reading: Reading, stated: Sequence[Stated], kept: Positions, table: pa.Table) -> list[FieldStates]:
    """A printed sum that agrees proves its field in every row that it covers; one of a side, the side as well. One that
    does not is wrong itself, for all that is known: no row is broken by it."""
    found: list[FieldStates] = []
    for each in stated:
        side = _SIDES.get(each.field)
        name = each.field if side is None else "amount"
        covered = _covered(each, kept)
        if not each.holds or each.kind != "sum" or covered is None or name not in reading.type.fields:
            continue
        there = np.asarray(pc.is_valid(table.column(name)).to_numpy(), dtype=bool)
        if side is None:
            found.append(FieldStates(name, _states(covered & there)))
        elif reading.flow is not None:
            mine = reading.flow.direction[kept] == side
            found.append(FieldStates(name, _states(covered & there & mine)))
            found.append(FieldStates("direction", _states(covered & there & (reading.flow.amount[kept] != 0))))
    return found


def _covered(total: Stated, kept: Positions) -> Mask | None:
    """Which records a total covers; None if that is not certain."""
    if total.covers is not None:
        return (kept >= total.covers[0]) & (kept < total.covers[1])
    return np.ones(len(kept), dtype=bool) if total.field in _SIDES or total.rows == len(kept) else None


def _states(proved: Mask) -> States:
    return proved.astype(np.int8)
