"""Entries whose text is, or ends like, the label of a total: 部门合计 with the sum of the rows above is a total, and a
payment to Total is an entry if its own balance follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from auditor.documents.decisions.sides import IN, OUT
from auditor.documents.proofs.exact import Mask, ticks
from auditor.documents.tables.labels import balance_label, total_label
from auditor.documents.tables.proved_sides import runs_back
from auditor.documents.tables.reading import Reading
from auditor.documents.tables.rows import Kind, Row
from auditor.languages import Text

_FEWEST = 2  # rows that make a sum nobody takes for an entry
_MOST = 200  # such entries in one table; more of them are a way of writing


def with_likely_totals(reading: Reading, likely: Mask, labelled: Sequence[int]) -> Reading:
    """The reading with those entries as totals whose amounts are the sums of the rows above, since the last total or
    altogether. The others stay entries, and a remark names them where no balance of their own shows that they are."""
    positions = [int(at) for at in np.flatnonzero(likely & reading.records)]
    if reading.flow is None or not positions or len(positions) > _MOST:
        return reading
    records, rows = reading.records.copy(), list(reading.rows)
    told: list[str] = []
    balances = reading.typed.columns.get("balance")
    records[positions] = False
    for at in positions:
        cells = _cells(reading, at)
        column = next((each for each in labelled if each < len(cells) and total_label(cells[each])), 0)
        own_balance = balances is not None and _moves_its_balance(reading, records, at)
        if not own_balance and _is_sum(reading, records, at, [row.position for row in rows if row.kind is Kind.TOTAL]):
            rows.append(Row(at, Kind.TOTAL, cells, total=total_label(cells[column]), label_column=column))
            continue
        records[at] = True
        if balances is None or not balances[at].is_valid:
            told.append(cells[column])
    remarks = (*reading.remarks, _told(told)) if told else reading.remarks
    ordered = tuple(sorted(rows, key=lambda row: row.position))
    return replace(reading, records=records, rows=ordered, remarks=remarks)


def paid_under_a_total_s_name(reading: Reading, complete: Mask, known: Mask, labelled: Sequence[int]) -> Mask:
    """Of the rows with all values of a record and the label of a total those that are entries all the same: the balance
    moves by their amount, while that of a total is the balance of the entry above."""
    found = np.zeros(len(complete), dtype=bool)
    positions = np.flatnonzero(complete & known)
    if reading.flow is None or "balance" not in reading.typed.columns or not 0 < len(positions) <= _MOST:
        return found
    entries = complete & ~known
    for at in map(int, positions):
        cells = _cells(reading, at)
        carried = any(balance_label(cells[each]) for each in labelled if each < len(cells))
        found[at] = not carried and _moves_its_balance(reading, entries, at)
        entries[at] = found[at]
    return found


def _moves_its_balance(reading: Reading, entries: Mask, position: int) -> bool:
    """Whether the balance of a row is that of the entry before it and its own movement together."""
    assert reading.flow is not None
    stated, known = ticks(reading.typed.columns["balance"])
    moved = int(reading.flow.signed()[position])
    if not moved or not known[position]:
        return False
    others = np.flatnonzero(entries)
    before = others[others > position][:1] if runs_back(reading) else others[others < position][-1:]
    return bool(len(before)) and bool(known[before[0]]) and int(stated[position]) == int(stated[before[0]]) + moved


def _told(labels: Sequence[str]) -> Text:
    shown = list(dict.fromkeys(labels))[:5]
    en, zh = ", ".join(shown), "、".join(shown)
    return Text(f"read as entries though they may be totals: {en}", f"可能是合计，但按明细读取：{zh}")


def _cells(reading: Reading, position: int) -> tuple[str, ...]:
    names = [name for name in reading.sheet.texts.column_names if not name.startswith("_")]
    return tuple((reading.sheet.texts.column(name)[position].as_py() or "").strip() for name in names)


def _is_sum(reading: Reading, records: Mask, position: int, totals: Sequence[int]) -> bool:
    """Whether the amount of a row is the sum of its side over the records above it, since the last total or all."""
    assert reading.flow is not None
    side, own = int(reading.flow.direction[position]), int(reading.flow.amount[position])
    if side not in (IN, OUT) or own == 0:
        return False
    for start in (max((at for at in totals if at < position), default=0), 0):
        inside = records[start:position] & (reading.flow.direction[start:position] == side)
        if int(inside.sum()) >= _FEWEST and int(reading.flow.amount[start:position][inside].sum()) == own:
            return True
    return False
