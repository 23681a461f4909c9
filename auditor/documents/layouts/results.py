"""The result of a table: record columns, stated totals and balances, proofs, problems, what was ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.errors import MoreOfTheSame
from auditor.documents.layouts import flows
from auditor.documents.layouts.context import dates_in
from auditor.documents.layouts.headings import Pair
from auditor.documents.layouts.labels import BOTH_KEYS, FIRST_KEYS, LAST_KEYS, balance_label
from auditor.documents.layouts.recognise import FLAG, MONEY_IN, MONEY_OUT
from auditor.documents.layouts.rows import REASONS, TO_DATE, Kind, Row
from auditor.documents.layouts.tables import MOST_PROBLEMS, Reading, TableResult
from auditor.documents.layouts.totals import Body, exact_sum, lines_as_pairs, stated_by_pairs, stated_by_rows, to_ticks
from auditor.documents.layouts.typing import ARROW, constant, read_one, whole
from auditor.documents.model import Ignored, Proof, RowProof
from auditor.documents.proofs import arithmetic, balance, totals
from auditor.documents.proofs.exact import TYPE, amount
from auditor.documents.proofs.totals import Stated
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import FieldType, RecordType
from auditor.values.dates import parse_date
from auditor.values.money import parse_money


def finish(reading: Reading) -> TableResult:
    """Make the records of a table that was read, and everything that goes with them."""
    kept = np.flatnonzero(reading.records)
    _sign_by_balances(reading, kept)
    table = record_table(reading, kept)
    result = TableResult(reading.type.name, table, rows_seen=reading.sheet.rows)
    _stated(reading, result)
    _balances(reading, result)
    _extents(reading, result)
    states = _prove(reading, result, kept, table)
    result.table = _with(table, "_proof", _proof_names(states))
    _account_for_rows(reading, result)
    return result


# --- records ----------------------------------------------------------------------------------------------------------


def record_table(reading: Reading, kept: np.ndarray) -> pa.Table:
    """The records in the columns of their type, without `_id`, `_document` and the `FIELD__id` columns."""
    everything = len(kept) == reading.sheet.rows
    positions = None if everything else pa.array(kept)
    columns: dict[str, pa.Array] = {}
    for name, each in reading.type.fields.items():
        columns[name] = _field(reading, name, positions, len(kept))
        if each.default is not None:
            columns[name] = _defaulted(columns[name], each.default, each.type)
    sheet = reading.sheet
    boxes = [sheet.boxes[row] for row in kept] if sheet.boxes else None
    system = {
        "_page": pa.array(sheet.page[kept], pa.int32()),
        "_row": pa.array(sheet.number[kept], pa.int32()),
        "_box": pa.array(boxes, pa.string()) if boxes else pa.nulls(len(kept), pa.string()),
        "_raw": _taken(reading.typed.raw, positions),
        "_via": constant(sheet.via, FieldType.TEXT, len(kept)),
        "_score": pa.nulls(len(kept), pa.int32()),
        "_proof": pa.nulls(len(kept), pa.string()),
        "_problems": _problem_codes(reading, kept),
    }
    return pa.table({**system, **columns})


def _field(reading: Reading, name: str, positions: pa.Array | None, count: int) -> pa.Array:
    each = reading.type.fields[name]
    if reading.flow is not None and name in ("direction", "amount"):
        return _taken(reading.flow.directions() if name == "direction" else reading.flow.amounts(), positions)
    column = reading.typed.columns.get(name)
    value = reading.constants.get(name)
    if column is None:
        return constant(value, each.type, count) if value is not None else pa.nulls(count, ARROW[each.type.sql])
    column = _taken(column, positions)
    return pc.fill_null(column, pa.scalar(value, column.type)) if value is not None else column


def _taken(column: Any, positions: pa.Array | None) -> Any:
    return column if positions is None else column.take(positions)


def _defaulted(column: pa.Array, default: str, kind: FieldType) -> pa.Array:
    if kind in (FieldType.TEXT, FieldType.NUMBER_TEXT, FieldType.CHOICE, FieldType.CURRENCY):
        return pc.fill_null(column, default)
    return column


def _problem_codes(reading: Reading, kept: np.ndarray) -> pa.Array:
    if not reading.cell_problems:
        return pa.nulls(len(kept), pa.string())
    codes = {
        position: ",".join(dict.fromkeys(problem.code for _, problem in problems))
        for position, problems in reading.cell_problems.items()
    }
    return pa.array([codes.get(int(position)) for position in kept], pa.string())


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def _sign_by_balances(reading: Reading, kept: np.ndarray) -> None:
    """One unsigned column of amounts: the balances say which side each row is on, if they all do."""
    claim = reading.sheet.claim
    one = reading.flow is not None and MONEY_IN not in reading.specs and MONEY_OUT not in reading.specs
    if not one or claim.column(FLAG) is not None or "balance" not in reading.typed.columns or reading.flow is None:
        return
    flow = reading.flow
    mine = flows.FlowColumns(flow.direction[kept], flow.amount[kept], flow.valid[kept])
    found = flows.chosen_by_chain(mine, whole(reading.typed.columns["balance"].take(pa.array(kept))))
    if found.signed_by_chain:
        flow.direction[kept] = found.direction
        flow.signed_by_chain = True


# --- totals, balances, extent -----------------------------------------------------------------------------------------


def body_of(reading: Reading) -> Body:
    """The table's body as totals see it."""
    sums = {
        role: _as_money(column) for role, column in reading.typed.columns.items()
        if role in reading.specs and reading.specs[role].type in (FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER)
    }  # fmt: skip
    by_column = {int(spec.source[1:]): spec for spec in reading.specs.values() if spec.source[1:].isdigit()}
    currency = reading.constants.get("currency")
    return Body(
        reading.type, by_column, sums, reading.flow.direction if reading.flow else None,
        reading.flow.amount if reading.flow else None, reading.records, reading.sheet.page, reading.sheet.number,
        currency if isinstance(currency, str) else None, len(reading.left_out),
    )  # fmt: skip


def _as_money(column: Any) -> Any:
    """Whole numbers as amounts."""
    return column if column.type == TYPE else column.cast(pa.decimal128(38, 5)).cast(TYPE)


def _pairs(reading: Reading) -> list[Pair]:
    """The pairs of the heading and of the lines inside and below the table."""
    inside = [pair for row in reading.rows if row.kind is Kind.HEADING for pair in row.pairs]
    own = reading.heading.pairs[: reading.heading.own]
    return list({(pair.page, pair.row, pair.key): pair for pair in (*own, *inside)}.values())


def _stated(reading: Reading, result: TableResult) -> None:
    body = body_of(reading)
    notes = [
        (text, int(reading.sheet.page[row.position]), int(reading.sheet.number[row.position]))
        for row in reading.rows if row.kind in (Kind.NOTE, Kind.TOTAL, Kind.PROBLEM) and len([t for t in row.cells if t]) == 1
        for text in row.cells if text
    ]  # fmt: skip
    lines = [(text, int(reading.sheet.page[0]) if reading.sheet.rows else 1, 0) for text in reading.heading.lines]
    pairs = [*_pairs(reading), *lines_as_pairs([*lines, *notes])]
    result.stated = [*stated_by_rows(body, reading.rows), *stated_by_pairs(body, pairs, lambda pair: pair.row or None)]


def _balances(reading: Reading, result: TableResult) -> None:
    """Balances brought and carried forward, from rows and from the heading."""
    if reading.type.flow is None:
        return
    account = _account(reading)
    for row in reading.rows:
        if row.kind is Kind.BALANCE and row.balance:
            value = _balance_of_row(reading, row)
            if value is not None:
                result.balances.append(_balance(reading, row.balance, value, _day_of_row(reading, row), account,
                                                row.position, "\t".join(row.cells)))  # fmt: skip
    for pair in _pairs(reading):
        kind = balance_label(pair.key)
        money = parse_money(pair.value).value if kind else None
        if kind and money is not None:
            result.balances.append(_balance(reading, kind, money, None, account, None, f"{pair.label}: {pair.value}", pair))


def _balance_of_row(reading: Reading, row: Row) -> Any:
    found: dict[str, Any] = {}
    for role in ("balance", "amount", MONEY_IN, MONEY_OUT):
        spec = reading.specs.get(role)
        text = row.cells[int(spec.source[1:])] if spec and int(spec.source[1:]) < len(row.cells) else ""
        if spec and text:
            found[role] = read_one(text, spec)[0]
    for role in ("balance", "amount"):
        if found.get(role) is not None:
            return found[role]
    if found.get(MONEY_IN) is not None or found.get(MONEY_OUT) is not None:
        return (found.get(MONEY_IN) or 0) - (found.get(MONEY_OUT) or 0)
    return None


def _day_of_row(reading: Reading, row: Row) -> date | None:
    spec = reading.specs.get("date")
    if spec is None or not spec.source[1:].isdigit() or int(spec.source[1:]) >= len(row.cells):
        return None
    return parse_date(row.cells[int(spec.source[1:])], default_year=spec.declared.default_year).value


def _balance(
    reading: Reading, kind: str, value: Any, day: date | None, account: str | None, position: int | None, raw: str,
    pair: Pair | None = None,
) -> dict[str, Any]:  # fmt: skip
    page = int(reading.sheet.page[position]) if position is not None else (pair.page if pair else 1)
    number = int(reading.sheet.number[position]) if position is not None else (pair.row if pair else None)
    return {
        "of": reading.type.name, "account": account, "kind": kind, "date": day, "amount": value,
        "currency": reading.constants.get("currency"), "_page": page, "_row": number, "_raw": raw, "_via": reading.sheet.via,
    }  # fmt: skip


def _account(reading: Reading) -> str | None:
    value = reading.constants.get("account")
    if isinstance(value, str):
        return value
    column = reading.typed.columns.get("account")
    if column is None:
        return None
    distinct = pc.unique(column.take(pa.array(np.flatnonzero(reading.records)))).drop_null()
    return distinct[0].as_py() if len(distinct) == 1 else None


def _extents(reading: Reading, result: TableResult) -> None:
    """The first and last day that an export says it covers."""
    if reading.type.flow is None:
        return
    first: date | None = None
    last: date | None = None
    source: Pair | None = None
    for pair in _pairs(reading):
        days = [parse_date(text).value for text in dates_in(pair.value)]
        if pair.key in FIRST_KEYS and days:
            first, source = first or days[0], source or pair
        elif pair.key in LAST_KEYS and days:
            last, source = last or days[0], source or pair
        elif pair.key in BOTH_KEYS and len(days) == 2:
            first, last, source = first or days[0], last or days[1], source or pair
    if source is None:
        return
    result.extents.append({
        "of": reading.type.name, "account": _account(reading), "first_date": first, "last_date": last,
        "rows": int(reading.records.sum()), "_page": source.page, "_row": source.row or None,
        "_raw": f"{source.label}: {source.value}", "_via": reading.sheet.via,
    })  # fmt: skip


# --- proofs -----------------------------------------------------------------------------------------------------------


def _prove(reading: Reading, result: TableResult, kept: np.ndarray, table: pa.Table) -> np.ndarray:
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


def _chain(reading: Reading, result: TableResult, kept: np.ndarray, where: str) -> np.ndarray:
    """The running balance, account by account."""
    assert reading.flow is not None
    states = np.zeros(len(kept), dtype=np.int8)
    column = reading.typed.columns.get("balance")
    numbers = pa.array(reading.sheet.number[kept])
    if column is None or not len(kept):
        result.proofs.append(balance.proof(None, numbers, where))
        return states
    signed = reading.flow.signed()[kept]
    stated = whole(column if len(kept) == reading.sheet.rows else column.take(pa.array(kept)))
    for name, mine in _accounts(reading, kept):
        opening = _first(result.balances, "opening", name)
        chain = balance.follow(signed[mine], stated.take(pa.array(mine)), opening)
        label = f"{where} {name}" if name else where
        result.proofs.append(balance.proof(chain, numbers.take(pa.array(mine)), label, _no_balance(reading)))
        if chain is not None:
            states[mine] = chain.states
        closing = _first(result.balances, "closing", name)
        if opening is not None and closing is not None:
            result.proofs.append(balance.closing_proof(opening, exact_sum(signed[mine]), closing, label))
    return states


def _no_balance(reading: Reading) -> Text | None:
    unread = len(reading.typed.unread.get("balance", {}))
    if not unread:
        return None
    return Text(f"{unread} balances could not be read", f"{unread} 个余额无法读取")


def _accounts(reading: Reading, kept: np.ndarray) -> list[tuple[str | None, np.ndarray]]:
    """The positions (in `kept`) of each account's rows; one entry if there is one account."""
    column = reading.typed.columns.get("account")
    everything = np.arange(len(kept))
    if column is None:
        return [(None, everything)]
    encoded = whole(column.take(pa.array(kept))).fill_null("").dictionary_encode()
    names = encoded.dictionary.to_pylist()
    if len(names) <= 1:
        return [(None, everything)]
    indices = encoded.indices.to_numpy()
    return [(name, np.flatnonzero(indices == at)) for at, name in enumerate(names)]


def _first(balances: Sequence[Mapping[str, Any]], kind: str, account: str | None) -> int | None:
    for each in balances:
        if each["kind"] == kind and (account is None or each["account"] == account):
            return to_ticks(each["amount"])
    return None


def _proved_by_totals(reading: Reading, stated: Sequence[Stated], kept: np.ndarray) -> np.ndarray:
    """A printed sum of amounts that agrees proves every row that it covers."""
    proved = any(
        each.holds and each.kind == "sum" and each.field.startswith("amount") and each.rows == len(kept) for each in stated
    )
    sides = {each.field for each in stated if each.holds and each.kind == "sum" and each.field in ("amount_in", "amount_out")}
    return np.full(len(kept), 1 if proved or len(sides) == 2 else 0, dtype=np.int8)


def _proof_names(states: np.ndarray) -> pa.Array:
    names = pa.array([RowProof.BROKEN.value, RowProof.UNPROVED.value, RowProof.PROVED.value], pa.string())
    return names.take(pa.array(states.astype(np.int32) + 1))


# --- rows accounted for -----------------------------------------------------------------------------------------------


def _account_for_rows(reading: Reading, result: TableResult) -> None:
    """Every row of the body is a record, a problem, or ignored for a reason."""
    groups: dict[tuple[str, str], list[int]] = {}
    for row in reading.rows:
        if row.kind is not Kind.PROBLEM:
            reason = TO_DATE if row.kind is Kind.TOTAL and row.total and row.total.to_date else REASONS[row.kind]
            groups.setdefault((reason.en, reason.zh), []).append(row.position)
    for position, reason in sorted(reading.left_out.items()):
        groups.setdefault((reason.en, reason.zh), []).append(position)
    for (en, zh), positions in groups.items():
        result.ignored.append(Ignored(str(reading.place(min(positions))), Text(en, zh), len(positions)))
    result.problem_rows = sum(row.kind is Kind.PROBLEM for row in reading.rows)
    result.problems += limited([reading.reasons[position] for position in sorted(reading.reasons)])
    by_role: dict[str, list[AuditorError]] = {}
    for position in sorted(reading.cell_problems):
        for role, problem in reading.cell_problems[position]:
            by_role.setdefault(role, []).append(problem)
    for problems in by_role.values():
        result.problems += limited(problems)
    counted = result.table.num_rows + result.problem_rows + sum(each.count for each in result.ignored)
    assert counted == result.rows_seen, f"rows lost: {result.rows_seen} seen, {counted} accounted for"


def limited(problems: Sequence[AuditorError]) -> list[AuditorError]:
    """The first problems of each kind, and one that counts the others."""
    found: list[AuditorError] = []
    for code in dict.fromkeys(problem.code for problem in problems):
        mine = [problem for problem in problems if problem.code == code]
        found += mine[:MOST_PROBLEMS]
        if len(mine) > MOST_PROBLEMS:
            place = mine[MOST_PROBLEMS].place
            found.append(MoreOfTheSame(place, count=len(mine) - MOST_PROBLEMS, of=code))
    return found


def rows_as_table(record_type: RecordType, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Records given as dicts, in the columns of their type without `_id`, `_document` and `FIELD__id`."""
    columns = {}
    for name, sql in record_type.columns().items():
        if name in ("_id", "_document") or name.endswith("__id"):
            continue
        columns[name] = pa.array([row.get(name) for row in rows], ARROW[sql])
    return pa.table(columns)


def stated_rows(stated: Sequence[Stated]) -> list[dict[str, Any]]:
    """Stated totals as records."""
    return [
        {
            "of": each.of, "field": each.field, "kind": each.kind, "label": each.label, "axis": each.axis,
            "group_key": each.group, "date": each.day, "stated": amount(each.stated), "computed": amount(each.computed),
            "rows": each.rows, "currency": each.currency, "_page": each.page, "_row": each.row, "_raw": each.raw,
            "_via": "cell", "_proof": (RowProof.PROVED if each.holds else RowProof.BROKEN).value,
        }
        for each in stated
    ]  # fmt: skip


def place_of(path: str, name: str, row: int | None) -> Place:
    """A place on a sheet."""
    return Place(path, row, None, name or None)
