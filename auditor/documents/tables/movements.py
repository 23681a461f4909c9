"""Direction and amount of each row of a table, by what its document shows of them, or the question that is left.

Two columns for the two sides say it; so does a flag in a column or beside the amount. A column is taken for one of
flags by its words, even if its header is unknown. What none of these tells, the balances may prove. A signed column
does not say which sign is money in: a bank's statement and a card's write it the opposite way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.decisions.sides import (
    IN,
    NONE,
    OUT,
    UNKNOWN,
    sides_by_balances,
    sides_of_words,
    sign_by_balances,
)
from auditor.documents.fields import read_one, reader_of
from auditor.documents.headers import header_key
from auditor.documents.proofs.exact import TYPE, ticks
from auditor.documents.questions import OneSideOnly, Question, SideUndecided
from auditor.documents.tables import flows
from auditor.documents.tables.flows import FlowColumns
from auditor.documents.tables.labels import balance_label
from auditor.documents.tables.reading import Reading, place_of_column
from auditor.documents.tables.totals import to_ticks
from auditor.documents.typed_columns import distinct_texts, mask, whole
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT
from auditor.languages import Text
from auditor.records.model import FieldType, Flow

DIRECTIONS = {"in": IN, "out": OUT, "none": NONE}
_MOST_WORDS = 6  # distinct words of a column of flags


@dataclass(frozen=True, slots=True)
class Movements:
    """Direction and amount of each row, or why they cannot be told; `column` is one that no header word claims and that
    tells them all the same, `remark` says how."""

    flow: FlowColumns | None = None
    question: Question | None = None
    column: int | None = None
    remark: Text | None = None


def with_movements(reading: Reading) -> Reading:
    """The reading with direction and amount; where they must be asked, the question, and no row is a record."""
    flow = reading.type.flow
    if flow is None:
        return reading
    found = _movements(reading, flow)
    refused = () if found.question is None else (found.question,)
    return replace(
        reading,
        flow=found.flow,
        refused=(*reading.refused, *refused),
        more_columns=reading.more_columns | ({found.column} if found.column is not None else set()),
        remarks=(*reading.remarks, *((found.remark,) if found.remark is not None else ())),
    )


def with_told_directions(reading: Reading) -> Reading:
    """The reading with the directions that, as the layout says, other columns tell better than the one for them: a
    wallet counts a refund as neither income nor expense, and its money comes in all the same."""
    rules = reading.layout.directions if reading.layout else ()
    if reading.flow is None or not rules:
        return reading
    direction = reading.flow.direction.copy()
    for rule in rules:
        hits = reading.flow.direction == DIRECTIONS[rule.said]
        for name, words in rule.where.items():
            column = reading.typed.columns.get(name)
            hits &= mask(pc.is_in(column, pa.array(words, pa.string()))) if column is not None else False
        direction[hits] = DIRECTIONS[rule.direction]
    return replace(reading, flow=replace(reading.flow, direction=direction, said=reading.flow.direction))


def _movements(reading: Reading, flow: Flow) -> Movements:
    columns = reading.typed.columns
    if MONEY_IN in columns and MONEY_OUT in columns:
        return Movements(_two_columns(reading, flow, columns[MONEY_IN], columns[MONEY_OUT]))
    if MONEY_IN in columns or MONEY_OUT in columns:
        return _one_of_two(reading, flow)
    if "amount" not in columns:
        return Movements()
    claimed = reading.sheet.claim.column(FLAG)
    if claimed is not None:
        return _flagged(reading, flow, whole(reading.sheet.texts.column(claimed.index)))
    beside = reading.typed.beside("side", "amount")
    if beside is not None:
        return _flagged(reading, flow, whole(beside))
    column = _column_of_flags(reading, flow)
    if column is not None:
        header = reading.sheet.headers[column]
        return replace(
            _flagged(reading, flow, whole(reading.sheet.texts.column(column))),
            column=column,
            remark=Text(
                f"the words of “{header}” tell money in from money out", f"收支方向按“{header}”列的文字判断"
            ),
        )
    return _signed(reading)


# --- two columns ------------------------------------------------------------------------------------------------------


def _two_columns(reading: Reading, flow: Flow, money_in: pa.Array, money_out: pa.Array) -> FlowColumns:
    named = reading.sheet.claim.column(MONEY_OUT)
    out, _ = ticks(money_out)
    filled = (out != 0) & _dated(reading)  # a total below may have another sign
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
        found = _without(found, np.flatnonzero(filled), flows.MINUS_OR_BACK)
    unread = {*reading.typed.unread.get(MONEY_IN, {}), *reading.typed.unread.get(MONEY_OUT, {})}
    return _without(found, [at for at in sorted(unread) if found.direction[at] == NONE], flows.NO_AMOUNT)


def _sides_of_two(reading: Reading, money_in: pa.Array, money_out: pa.Array) -> npt.NDArray[np.int8]:
    """The side of each row by the balances, whatever the sign and the column of its amount."""
    (into, in_valid), (out, out_valid) = ticks(money_in), ticks(money_out)
    return _proved_sides(reading, _without_sides(np.where(into != 0, into, out), in_valid | out_valid))


def _without_sides(amounts: npt.NDArray[np.int64], valid: npt.NDArray[np.bool_]) -> FlowColumns:
    return FlowColumns(np.full(len(amounts), UNKNOWN, dtype=np.int8), np.abs(amounts), valid)


def _without(found: FlowColumns, rows: Iterable[int], reason: Text) -> FlowColumns:
    """Without the direction of some rows: a cell of theirs cannot be read, or can be read in two ways."""
    positions = list(map(int, rows))
    if not positions:
        return found
    direction = found.direction.copy()
    direction[positions] = UNKNOWN
    unclear = {**found.unclear, **dict.fromkeys(positions, reason)}
    return replace(found, direction=direction, valid=direction != UNKNOWN, unclear=unclear)


def _one_of_two(reading: Reading, flow: Flow) -> Movements:
    """One of the two columns is known. It is enough if each row has an amount in it (a list of receipts); else the
    other is the one column of amounts that is filled exactly where this one is not."""
    columns = reading.typed.columns
    role, other = (MONEY_IN, MONEY_OUT) if MONEY_IN in columns else (MONEY_OUT, MONEY_IN)
    amounts, _ = ticks(columns[role])
    dated = _dated(reading)
    lacking = dated & (amounts == 0)
    nothing = pa.nulls(reading.sheet.rows, TYPE)
    one_sided = _two_columns(reading, flow, columns.get(MONEY_IN, nothing), columns.get(MONEY_OUT, nothing))
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
            _two_columns(reading, flow, found[MONEY_IN], found[MONEY_OUT]),
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
    read = reader_of(FieldType.MONEY)
    found: dict[int, pa.Array] = {}
    for at, header in enumerate(reading.sheet.headers):
        if at in taken or not header or at >= reading.sheet.texts.num_columns:
            continue
        column = whole(reading.sheet.texts.column(at)).filter(pa.array(_dated(reading)))
        values = {text: read(text) for text in distinct_texts(column)}
        if values and all(each.problem is None for each in values.values()):
            texts = reading.sheet.texts.column(at).to_pylist()
            amounts = [values[text].value if text in values else None for text in texts]
            found[at] = pa.array(amounts, TYPE)
    return found


def _dated(reading: Reading) -> npt.NDArray[np.bool_]:
    column = reading.typed.columns.get("date")
    if column is None:
        return np.ones(reading.sheet.rows, dtype=bool)
    return mask(pc.is_valid(column))


# --- flags ------------------------------------------------------------------------------------------------------------


def _flagged(reading: Reading, flow: Flow, words: pa.Array) -> Movements:
    """Amounts with a word for their side. Words that are unknown, and rows without one, are told by the balances."""
    column = reading.typed.columns["amount"]
    amounts, valid = ticks(column)
    told = None
    if (amounts < 0).any():
        told = _proved_sides(reading, _without_sides(amounts, valid))
    found = flows.with_flag(column, words, flow, told)
    unknown = found.direction == UNKNOWN
    if not unknown.any():
        return Movements(found)
    proved = _proved_sides(reading, found)
    texts = [header_key(text or "") for text in words.to_pylist()]
    by_word = sides_of_words(texts, proved)
    direction = found.direction.copy()
    unclear = dict(found.unclear)
    for row in map(int, np.flatnonzero(unknown)):
        side = int(proved[row])
        if side == UNKNOWN and texts[row]:
            side = by_word.get(texts[row], UNKNOWN)
        if side in (IN, OUT) and found.amount[row] != 0:
            direction[row] = side
            unclear.pop(row, None)
    valid = valid & (direction != UNKNOWN)
    return Movements(replace(found, direction=direction, valid=valid, unclear=unclear))


def _column_of_flags(reading: Reading, flow: Flow) -> int | None:
    """The column that no role claims and whose every word beside an amount is one for a side, whatever its header; None
    if there is not just one.

    A single word throughout tells as well: all of a list of payments may be 支.
    """
    words = set(flows.flag_words(flow))
    found: list[int] = []
    amounts, _ = ticks(reading.typed.columns["amount"])
    moved = pa.array((amounts != 0) & _filled(reading))
    taken = {column.index for column in reading.sheet.claim.columns} | set(reading.sheet.claim.day_columns)
    for at in range(min(len(reading.sheet.headers), reading.sheet.texts.num_columns)):
        if at in taken:
            continue
        column = whole(reading.sheet.texts.column(at)).filter(moved)
        texts = distinct_texts(column.slice(0, 1000))
        if not 0 < len(texts) <= _MOST_WORDS or not all(_is_word(text, words) for text in texts):
            continue
        rest = distinct_texts(column)
        if column.null_count == 0 and all(_is_word(text, words) for text in rest):
            found.append(at)
    return found[0] if len(found) == 1 else None


def _filled(reading: Reading) -> npt.NDArray[np.bool_]:
    """The rows with anything in their column of dates: no total rows, but dates that cannot be read."""
    spec = reading.specs.get("date")
    if spec is None:
        return np.ones(reading.sheet.rows, dtype=bool)
    return mask(pc.is_valid(reading.sheet.texts.column(spec.source)))


def _is_word(text: str, words: set[str]) -> bool:
    key = header_key(text)
    return key in words and any(character.isalpha() for character in key)


# --- one column of amounts --------------------------------------------------------------------------------------------


def _signed(reading: Reading) -> Movements:
    """Amounts without any word for their side: what their sign means is declared, or proved by the balances."""
    column = reading.typed.columns["amount"]
    declared = reading.declared.sign
    if declared is not None:
        return Movements(flows.one_signed(column, in_is_positive=declared == "in_positive"))
    found = flows.one_signed(column)
    if not (found.amount[_dated(reading)] != 0).any():
        return Movements(found)
    amounts, valid = ticks(column)
    moved = amounts[_dated(reading) & valid]
    if not (moved < 0).any():
        return _unsigned(reading, found, moved)
    balance = reading.typed.columns.get("balance")
    if balance is not None:
        stated, known = ticks(balance)
        chains = [known & mine for mine in _accounts(reading)]
        sign = sign_by_balances(amounts, stated, chains, back=runs_back(reading))
        if sign.value is not None:
            return Movements(flows.one_signed(column, in_is_positive=sign.value == "in_positive"))
    by_side = _sign_by_own_sides(reading, amounts)
    if by_side is not None:
        return Movements(flows.one_signed(column, in_is_positive=by_side))
    return Movements(found, _side_question(reading, moved))


def _unsigned(reading: Reading, found: FlowColumns, moved: npt.NDArray[np.int64]) -> Movements:
    """Amounts without a sign, each on the side that the balances prove; rows that they do not tell are problems."""
    proved = _with_own_sides(reading, _proved_sides(reading, found))
    if not ((proved == IN) | (proved == OUT)).any():
        return Movements(found, _side_question(reading, moved))
    direction = np.where(found.valid, proved, np.int8(UNKNOWN)).astype(np.int8)
    direction = np.where(found.valid & (found.amount == 0), np.int8(NONE), direction).astype(np.int8)
    unclear = dict(found.unclear)
    for row in map(int, np.flatnonzero(found.valid & (direction == UNKNOWN))):
        unclear[row] = flows.NOT_TOLD_BY_BALANCE
    return Movements(FlowColumns(direction, found.amount, direction != UNKNOWN, unclear))


def _proved_sides(reading: Reading, found: FlowColumns) -> npt.NDArray[np.int8]:
    """The side of each row by the balances, account by account; UNKNOWN where they do not tell."""
    balance = reading.typed.columns.get("balance")
    result = np.full(reading.sheet.rows, UNKNOWN, dtype=np.int8)
    if balance is None:
        return result
    stated, known = ticks(balance)
    accounts = _accounts(reading)
    opening = _opening(reading) if len(accounts) == 1 else None
    for mine in accounts:
        sides = sides_by_balances(found.amount, stated, known & mine, opening=opening, back=runs_back(reading))
        result = np.where(mine, sides, result).astype(np.int8)
    return result


def _with_own_sides(reading: Reading, proved: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """The sides that the balances prove, and where they do not tell those of payer and payee; not where the two
    disagree in any row, since then the columns are not what they are taken for."""
    if reading.sides is None:
        return proved
    both = ((proved == IN) | (proved == OUT)) & (reading.sides != UNKNOWN)
    if (proved[both] != reading.sides[both]).any():
        return proved
    return np.where(proved == UNKNOWN, reading.sides, proved).astype(np.int8)


def _sign_by_own_sides(reading: Reading, amounts: npt.NDArray[np.int64]) -> bool | None:
    """Whether a positive amount is money in, by payer and payee: one and the same in every row that tells."""
    if reading.sides is None:
        return None
    told = (reading.sides != UNKNOWN) & (amounts != 0)
    positive = (amounts[told] > 0) == (reading.sides[told] == IN)
    if not len(positive):
        return None
    return True if positive.all() else False if not positive.any() else None


def _opening(reading: Reading) -> int | None:
    """The opening balance that the heading states. One in a row of the table is a link of the chain by itself."""
    spec = reading.specs.get("balance")
    for pair in reading.heading.pairs:
        if spec is not None and balance_label(pair.key) == "opening":
            value = read_one(pair.value, spec).value
            return None if value is None else to_ticks(value)
    return None


def _accounts(reading: Reading) -> list[npt.NDArray[np.bool_]]:
    """The rows of each account that a column names; all rows, where there is no such column."""
    column = reading.typed.columns.get("account")
    if column is None:
        return [np.ones(reading.sheet.rows, dtype=bool)]
    encoded = whole(column).fill_null("").dictionary_encode()
    indices = encoded.indices.to_numpy()
    return [indices == at for at in range(len(encoded.dictionary))]


def runs_back(reading: Reading) -> bool | None:
    """Whether the dates of the list go back in time; None if they run neither way throughout."""
    column = reading.typed.columns.get("date")
    if column is None:
        return None
    days = np.asarray(whole(column).drop_null().cast(pa.int32()))
    if not len(days) or (days == days[0]).all():
        return None
    if (np.diff(days) >= 0).all():
        return False
    return True if (np.diff(days) <= 0).all() else None


def _side_question(reading: Reading, amounts: npt.NDArray[np.int64]) -> Question:
    if (amounts < 0).any() and (amounts > 0).any():
        signs = Text("have a plus or a minus", "有正有负")
    elif (amounts < 0).any():
        signs = Text("are all negative", "全为负数")
    else:
        signs = Text("have no sign", "没有正负号")
    spec = reading.specs["amount"]
    return SideUndecided(
        place_of_column(reading, "amount"), header=spec.header, rows=int(np.count_nonzero(amounts)), signs_en=signs.en,
        signs_zh=signs.zh, path=reading.context.path,
    )  # fmt: skip
