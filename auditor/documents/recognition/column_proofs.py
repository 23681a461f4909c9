"""What arithmetic says of a hypothesis: relations and balances that hold or fail, and columns that only they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.documents.recognition.found_relations import with_relations
from auditor.documents.recognition.hypotheses import ColumnReading, Ground
from auditor.documents.recognition.table_evidence import LEAST_FIT, TableEvidence, kind_fit
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT
from auditor.documents.word_parts import choice_of
from auditor.records.model import Flow, RecordType, Relation

_MOST_SIDES = 4  # words of a column that tells the sides of money


def with_proofs(
    table: TableEvidence, record_type: RecordType, columns: dict[str, ColumnReading]
) -> tuple[dict[str, ColumnReading], tuple[str, ...], tuple[str, ...]]:
    """Columns that only a relation tells, and the relations that hold and fail: by their results."""
    columns = with_relations(table, record_type, columns)
    proved: list[str] = []
    failed: list[str] = []
    for relation in record_type.relations:
        at = {name: columns[name].index for name in relation.fields if name in columns}
        holds = table.figures.holds(relation, {n: i for n, i in at.items() if i in table.figures.columns})
        lacking = [name for name in relation.fields if name not in at and name not in relation.optional]
        readable = all(index in table.figures.columns for index in at.values())
        if holds is None and len(lacking) == 1 and readable:
            named = _by_relation(table, record_type, relation, at, lacking[0], columns)
            if named is not None:
                columns[lacking[0]] = named
                holds = True
        if holds is not None:
            (proved if holds else failed).append(relation.result)
        if holds:
            columns = _borne_out(columns, relation.fields)
    if record_type.flow is not None and "balance" in columns:
        columns, holds = _with_balance(table, record_type.flow, columns)
        if holds:
            columns = _borne_out(columns, ("balance", "amount", FLAG, MONEY_IN, MONEY_OUT))
        if holds is not None:
            (proved if holds else failed).append("balance")
    return columns, tuple(dict.fromkeys(proved)), tuple(dict.fromkeys(failed))


def _by_relation(
    table: TableEvidence, record_type: RecordType, relation: Relation, at: Mapping[str, int], name: str,
    columns: Mapping[str, ColumnReading],
) -> ColumnReading | None:
    used = {each.index for each in columns.values()}
    found = []
    for index in table.figures.columns:
        if index in used or kind_fit(table.kinds[index], record_type, name) < LEAST_FIT:
            continue
        if table.figures.holds(relation, {**at, name: index}):
            found.append(index)
    if len(found) != 1:
        return None
    return ColumnReading(found[0], table.shape.headers[found[0]], name, Ground.ARITHMETIC)


def _with_balance(
    table: TableEvidence, flow: Flow, columns: dict[str, ColumnReading]
) -> tuple[dict[str, ColumnReading], bool | None]:
    """The sides of money proved by the balance, or found by it where words name none or one."""
    balance = columns["balance"].index
    if balance not in table.figures.columns:
        return columns, None
    sides = [columns[role].index if role in columns else None for role in (MONEY_IN, MONEY_OUT, "amount")]
    if any(each is not None and each not in table.figures.columns for each in sides):
        return columns, None
    into, out, signed = sides
    if into is not None and out is not None:
        return columns, table.figures.balance(balance, into, out, None)
    used = {each.index for role, each in columns.items() if role not in (MONEY_IN, MONEY_OUT)}
    free = [at for at in table.figures.columns if at not in used]
    found = table.figures.sides_of(balance, free) if len(free) <= 8 else None
    if found is not None:
        named = dict(columns)
        for role, at in zip((MONEY_IN, MONEY_OUT), found, strict=True):
            if role not in named:
                named[role] = ColumnReading(at, table.shape.headers[at], role, Ground.ARITHMETIC)
        return named, True
    if signed is None:
        return columns, None
    if FLAG not in columns and table.figures.balance(balance, None, None, signed):
        return columns, True
    return _with_flag(table, flow, columns, balance, signed)


def _with_flag(
    table: TableEvidence, flow: Flow, columns: dict[str, ColumnReading], balance: int, amount: int
) -> tuple[dict[str, ColumnReading], bool | None]:
    """The column of a few words for the sides that the balances bear out, whatever its header says."""
    kept = [columns[FLAG].index] if FLAG in columns else []
    others = [at for at, kind in enumerate(table.kinds) if 2 <= kind.distinct <= _MOST_SIDES and at not in kept]
    sides = {"in": flow.flag_in, "out": flow.flag_out}
    for at in (*kept, *others):
        said = [choice_of(row[at], sides) if at < len(row) and row[at] else None for row in table.shape.values]
        if None in said[: len(table.figures.columns[amount])] or len(set(said)) < 2:
            continue
        if table.figures.with_sides(balance, amount, said):
            named = {role: each for role, each in columns.items() if each.index != at}
            named[FLAG] = ColumnReading(at, table.shape.headers[at], FLAG, Ground.ARITHMETIC)
            return named, True
    return columns, None


def _borne_out(columns: dict[str, ColumnReading], roles: Sequence[str]) -> dict[str, ColumnReading]:
    """Columns of which a proof bears out what a part of their words says."""
    return {
        role: replace(each, ground=Ground.ARITHMETIC) if role in roles and not each.sure else each
        for role, each in columns.items()
    }
