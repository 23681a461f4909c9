"""Direction and amount from two columns, one of money in and one of money out, of which a header may not be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.decisions.sides import (
    IN,
    NONE,
    OUT,
    UNKNOWN,
)
from auditor.documents.fields import Spec, read_one
from auditor.documents.proofs.exact import TYPE, ticks
from auditor.documents.questions import OneSideOnly
from auditor.documents.tables import flows
from auditor.documents.tables.figures_outside import figure_spec
from auditor.documents.tables.flows import FlowColumns, Movements
from auditor.documents.tables.proved_sides import proved_sides
from auditor.documents.tables.reading import Reading, place_of_column
from auditor.documents.typed_columns import distinct_texts, mask, whole
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT
from auditor.languages import Text
from auditor.records.model import FieldType, Flow


def two_columns(reading: Reading, flow: Flow, money_in: pa.Array, money_out: pa.Array) -> FlowColumns:
    named = reading.sheet.claim.column(MONEY_OUT)
    out, _ = ticks(money_out)
    filled = (out != 0) & dated_rows(reading)  # a total below may have another sign
    count = int(np.count_nonzero(filled))
    negative, doubtful = False, False
    if not flow.red_signed and count and (out[filled] < 0).all():
        said = named is not None and "-" in named.header + (named.unit.text if named.unit else "")
        sides = _sides_of_two(reading, money_in, money_out)[filled]
        taken_back, paid = int(np.count_nonzero(sides == IN)), int(np.count_nonzero(sides == OUT))
        negative = said or paid > taken_back or (paid == taken_back and count > 1)
        doubtful = not said and paid == taken_back and count == 1
    found = flows.two_columns(money_in, money_out, red_signed=flow.red_signed, out_negative=negative)
    if doubtful:
        found = without(found, np.flatnonzero(filled), flows.MINUS_OR_BACK)
    unread = {*reading.typed.unread.get(MONEY_IN, {}), *reading.typed.unread.get(MONEY_OUT, {})}
    return without(found, [at for at in sorted(unread) if found.direction[at] == NONE], flows.NO_AMOUNT)


def _sides_of_two(reading: Reading, money_in: pa.Array, money_out: pa.Array) -> npt.NDArray[np.int8]:
    """The side of each row by the balances, whatever the sign and the column of its amount."""
    (into, in_valid), (out, out_valid) = ticks(money_in), ticks(money_out)
    return proved_sides(reading, without_sides(np.where(into != 0, into, out), in_valid | out_valid))


def without_sides(amounts: npt.NDArray[np.int64], valid: npt.NDArray[np.bool_]) -> FlowColumns:
    return FlowColumns(np.full(len(amounts), UNKNOWN, dtype=np.int8), np.abs(amounts), valid)


def without(found: FlowColumns, rows: Iterable[int], reason: Text) -> FlowColumns:
    """Without the direction of some rows: a cell of theirs cannot be read, or can be read in two ways."""
    positions = list(map(int, rows))
    if not positions:
        return found
    direction = found.direction.copy()
    direction[positions] = UNKNOWN
    unclear = {**found.unclear, **dict.fromkeys(positions, reason)}
    return replace(found, direction=direction, valid=direction != UNKNOWN, unclear=unclear)


def one_of_two(reading: Reading, flow: Flow) -> Movements:
    """One of the two columns is known. It is enough if each row has an amount in it (a list of receipts); else the
    other is the one column of amounts that is filled exactly where this one is not."""
    columns = reading.typed.columns
    role, other = (MONEY_IN, MONEY_OUT) if MONEY_IN in columns else (MONEY_OUT, MONEY_IN)
    amounts, _ = ticks(columns[role])
    dated = dated_rows(reading)
    lacking = dated & (amounts == 0)
    nothing = pa.nulls(reading.sheet.rows, TYPE)
    one_sided = two_columns(reading, flow, columns.get(MONEY_IN, nothing), columns.get(MONEY_OUT, nothing))
    if not lacking.any():
        return Movements(one_sided)
    candidates = _columns_of_amounts(reading)
    fitting = [
        (at, column) for at, column in candidates.items() if _complements(amounts, ticks(column)[0], dated)
    ]
    if len(fitting) == 1:
        at, column = fitting[0]
        found = {role: columns[role], other: column}
        known, header = reading.specs[role].header, reading.sheet.headers[at]
        return Movements(
            two_columns(reading, flow, found[MONEY_IN], found[MONEY_OUT]),
            column=at,
            remark=Text(
                f"“{header}” is the other side of “{known}”: each row has an amount in one of the two",
                f"“{header}”按“{known}”的另一方向读取：每行只在其中一列有金额",
            ),
        )
    headers = [reading.sheet.headers[at] for at in candidates]
    side = Text("money in", "收入") if role == MONEY_IN else Text("money out", "支出")
    question = OneSideOnly(
        place_of_column(reading, role),
        header=reading.specs[role].header,
        rows=int(np.count_nonzero(lacking)),
        side_en=side.en,
        side_zh=side.zh,
        others_en="perhaps " + ", ".join(headers) if headers else "no other column has amounts",
        others_zh="可能是 " + "、".join(headers) if headers else "没有其他金额列",
        path=reading.context.path,
    )
    return Movements(one_sided, question)


def _complements(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], dated: npt.NDArray[np.bool_]) -> bool:
    """Whether each dated row has an amount in just one of two columns, and each column has one somewhere."""
    here, there = one[dated] != 0, other[dated] != 0
    return bool(len(here)) and bool((here ^ there).all()) and bool(here.any()) and bool(there.any())


def _columns_of_amounts(reading: Reading) -> dict[int, pa.Array]:
    """The columns that no role claims and that hold nothing but amounts, by their number."""
    claim = reading.sheet.claim
    taken = {column.index for column in claim.columns} | set(claim.day_columns)
    spec = figure_spec(reading.specs.values(), "amount") or Spec("amount", FieldType.MONEY)
    found: dict[int, pa.Array] = {}
    for at, header in enumerate(reading.sheet.headers):
        if at in taken or not header or at >= reading.sheet.texts.num_columns:
            continue
        column = whole(reading.sheet.texts.column(at)).filter(pa.array(dated_rows(reading)))
        values = {text: read_one(text, spec) for text in distinct_texts(column)}
        if values and all(each.problem is None for each in values.values()):
            texts = reading.sheet.texts.column(at).to_pylist()
            amounts = [values[text].value if text in values else None for text in texts]
            found[at] = pa.array(amounts, TYPE)
    return found


def dated_rows(reading: Reading) -> npt.NDArray[np.bool_]:
    column = reading.typed.columns.get("date")
    if column is None:
        return np.ones(reading.sheet.rows, dtype=bool)
    return mask(pc.is_valid(column))
