"""Direction and amount of each row of a table, by what its document shows of them, or the question that is left.

Two columns for the two sides say it; so does a flag in a column or beside the amount. A column is taken for one of
flags by its words, even if its header is unknown. What none of these tells, the balances may prove. A signed column
does not say which sign is money in: a bank's statement and a card's write it the opposite way.
"""

from __future__ import annotations

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
    sides_of_words,
    sign_by_balances,
)
from auditor.documents.headers import header_key
from auditor.documents.proofs.exact import ticks
from auditor.documents.questions import Question, SideUndecided
from auditor.documents.tables import flows
from auditor.documents.tables.flows import FlowColumns, Movements
from auditor.documents.tables.proved_sides import proved_sides, rows_of_accounts, runs_back
from auditor.documents.tables.reading import Reading, place_of_column
from auditor.documents.tables.side_columns import dated_rows, one_of_two, two_columns, without_sides
from auditor.documents.typed_columns import distinct_texts, mask, whole
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT
from auditor.languages import Text
from auditor.records.model import Flow

DIRECTIONS = {"in": IN, "out": OUT, "none": NONE}
_MOST_WORDS = 6  # distinct words of a column of flags


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
        return Movements(two_columns(reading, flow, columns[MONEY_IN], columns[MONEY_OUT]))
    if MONEY_IN in columns or MONEY_OUT in columns:
        return one_of_two(reading, flow)
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
            remark=Text(f"the words of “{header}” tell money in from money out", f"收支方向按“{header}”列的文字判断"),
        )
    return with_lost_signs(reading, _signed(reading))


# --- flags ------------------------------------------------------------------------------------------------------------


def _flagged(reading: Reading, flow: Flow, words: pa.Array) -> Movements:
    """Amounts with a word for their side. Words that are unknown, and rows without one, are told by the balances."""
    column = reading.typed.columns["amount"]
    amounts, valid = ticks(column)
    told = None
    if (amounts < 0).any():
        told = proved_sides(reading, without_sides(amounts, valid))
    found = flows.with_flag(column, words, flow, told)
    unknown = found.direction == UNKNOWN
    if not unknown.any():
        return Movements(found)
    proved = proved_sides(reading, found)
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
    if not (found.amount[dated_rows(reading)] != 0).any():
        return Movements(found)
    amounts, valid = ticks(column)
    moved = amounts[dated_rows(reading) & valid]
    if not (moved < 0).any():
        return _unsigned(reading, found, moved)
    balance = reading.typed.columns.get("balance")
    if balance is not None:
        stated, known = ticks(balance)
        chains = [known & mine for mine in rows_of_accounts(reading)]
        sign = sign_by_balances(amounts, stated, chains, back=runs_back(reading))
        if sign.value is not None:
            return Movements(flows.one_signed(column, in_is_positive=sign.value == "in_positive"))
    by_side = _sign_by_own_sides(reading, amounts)
    if by_side is not None:
        return Movements(flows.one_signed(column, in_is_positive=by_side))
    return Movements(found, _side_question(reading, moved))


def _unsigned(reading: Reading, found: FlowColumns, moved: npt.NDArray[np.int64]) -> Movements:
    """Amounts without a sign, each on the side that the balances prove; rows that they do not tell are problems."""
    proved = _with_own_sides(reading, proved_sides(reading, found))
    if not ((proved == IN) | (proved == OUT)).any():
        return Movements(found, _side_question(reading, moved))
    direction = np.where(found.valid, proved, np.int8(UNKNOWN)).astype(np.int8)
    direction = np.where(found.valid & (found.amount == 0), np.int8(NONE), direction).astype(np.int8)
    unclear = dict(found.unclear)
    for row in map(int, np.flatnonzero(found.valid & (direction == UNKNOWN))):
        unclear[row] = flows.NOT_TOLD_BY_BALANCE
    return Movements(FlowColumns(direction, found.amount, direction != UNKNOWN, unclear))


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


def with_lost_signs(reading: Reading, movements: Movements) -> Movements:
    """The movements of a recognised table in which money in has a plus: an amount without any sign has lost its own,
    and may be of either side."""
    spec, found = reading.specs.get("amount"), movements.flow
    if reading.sheet.via != "ocr" or spec is None or found is None:
        return movements
    texts = [(text or "").strip() for text in whole(reading.sheet.texts.column(spec.source)).to_pylist()]
    if not any(text.startswith("+") for text in texts):
        return movements
    bare = np.array([bool(text) and text[0].isdigit() for text in texts])
    lost = bare & found.valid & (found.amount != 0)
    if not lost.any():
        return movements
    direction = np.where(lost, np.int8(UNKNOWN), found.direction).astype(np.int8)
    unclear = {**found.unclear, **dict.fromkeys(map(int, np.flatnonzero(lost)), flows.LOST_SIGN)}
    return replace(movements, flow=replace(found, direction=direction, valid=found.valid & ~lost, unclear=unclear))


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
