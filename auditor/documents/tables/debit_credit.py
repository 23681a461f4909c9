"""Balances that are debits less credits: from two columns in their stead, or from the word for a side beside them.

    借方 | 贷方            two columns, of which one is filled: 借方 − 贷方
    方向 | 余额            a column of words (借, 贷, 平; Dr, Cr) next to the balances
    1,234.00 Cr           a mark in the cell

A record type names such balances under `debit_credit`, each with its two fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from auditor.documents.proofs.exact import from_ticks, ticks
from auditor.documents.tables.balance_sides import column_beside, with_negatives
from auditor.documents.tables.reading import Reading
from auditor.documents.typed_columns import mask, whole
from auditor.languages import Text
from auditor.values.money import CREDIT_SIDE, side_named


def with_debits_less_credits(reading: Reading) -> Reading:
    """The balances of the record type that are debits less credits, negative where they are credits."""
    for name, (debit, credit) in reading.type.debit_credit.items():
        if name in reading.typed.columns:
            reading = _with_sides(reading, name)
        elif {debit, credit} & reading.typed.columns.keys():
            reading = _from_two_columns(reading, name, debit, credit)
    return reading


def _from_two_columns(reading: Reading, name: str, debit: str, credit: str) -> Reading:
    """Debit less credit, 0 where both are empty; none where a text of either cannot be read."""
    columns, unread = reading.typed.columns, reading.typed.unread
    nothing = np.zeros(reading.sheet.rows, dtype=np.int64)
    debits, credits = (ticks(columns[each])[0] if each in columns else nothing for each in (debit, credit))
    problems = {**unread.get(credit, {}), **unread.get(debit, {})}
    valid = np.ones(reading.sheet.rows, dtype=bool)
    valid[list(problems)] = False
    balance = from_ticks(debits - credits, valid)
    spec = reading.specs.get(debit) or reading.specs[credit]
    typed = replace(reading.typed, columns={**columns, name: balance}, unread={**unread, name: problems})
    return replace(reading, typed=typed, specs={**reading.specs, name: replace(spec, name=name, source=f"_{name}")})


def _with_sides(reading: Reading, name: str) -> Reading:
    """A balance that is marked as a credit is negative: in its cell, or in the column of sides next to it."""
    beside = reading.typed.beside("side", name)
    if beside is not None:
        return with_negatives(reading, name, mask(pc.fill_null(pc.equal(whole(beside), CREDIT_SIDE), False)))
    at = column_beside(reading, name, reading.more_columns, _are_sides)
    if at is None:
        return reading
    texts = reading.sheet.texts.column(at).to_pylist()
    turned = np.array([side_named(text or "") == CREDIT_SIDE for text in texts], dtype=bool)
    header, title = reading.sheet.headers[at], reading.type.fields[name].title
    remark = Text(
        f"“{header}” tells on which side each “{title.en}” is: credits are negative",
        f"“{header}”列为“{title.zh}”的借贷方向：贷方为负数",
    )
    reading = with_negatives(reading, name, turned)
    return replace(reading, more_columns=reading.more_columns | {at}, remarks=(*reading.remarks, remark))


def _are_sides(texts: Sequence[str]) -> bool:
    return all(side_named(text) is not None for text in texts)
