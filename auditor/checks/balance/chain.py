"""The rows of a chain in the order in which they happened, told by date, time and running balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import groupby
from typing import Any

import pyarrow as pa

from auditor.checks.balance.options import Balance, Extent
from auditor.checks.balance.trails import Step, in_order
from auditor.checks.currencies import CURRENCY
from auditor.checks.decided import take_decided
from auditor.checks.sources import Records, key_part
from auditor.checks.templates import quoted, render
from auditor.engine import Engine


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a tie. Its balance is None where it states none."""

    id: int
    movement: Decimal
    balance: Decimal | None


MARK = "chr(31)"  # between the parts of what names a chain: no document holds it


@dataclass(frozen=True, slots=True)
class Tables:
    """The names of the tables that a balance check works with; all are dropped at its end."""

    rows: str  # the rows in order
    turned: str  # the same, ties read from the last row to the first
    printed: str  # the rows as their documents are printed
    every: str  # all chains
    backward: str  # the chains that hold better in another order: newest first, or as printed
    ties: str  # ties of several rows that do not chain as they stand
    places: str  # new places of rows in ties
    laid: str  # tie and place of each row before its balances were looked at
    moved: str  # those of the rows that were given others
    opening: str  # the stated balances of each chain
    closing: str
    prior: str
    levels: str  # the chains: opening, movements, closing
    breaks: str
    remainders: str  # how far the stated balances lie off at the end of each chain
    days: str
    unsure: str  # the chains over rows that were not read
    unjudged: str  # rows at which the balances change over such rows
    untested: str  # the chains that state nothing to hold their rows against

    @classmethod
    def named(cls, prefix: str) -> Tables:
        return cls(*(f"{prefix}_{each.name}" for each in fields(cls)))


def chain_of(by: Sequence[str], given: Records, alias: str, separator: str = MARK) -> str:
    """What names the chain of a record: its values of `by`, a master's entry by its id."""
    return f"concat_ws({separator}, {', '.join(_part(each, given, alias) for each in by)})" if by else "''"


def shown_parts(options: Balance) -> list[str]:
    """The fields of `by` that stand in a key: an amount shows its currency anyway."""
    return [each for each in options.by if each != CURRENCY]


def _part(field: str, given: Records, alias: str) -> str:
    return f"coalesce({key_part(given.columns[field], given.master(field, alias))}, '')"


def day_of(options: Balance, given: Records, alias: str) -> str:
    """The day of a row: the first field of `order`, without a time of day."""
    column = f"{alias}.{quoted(options.order[0])}"
    return (
        f"CAST({column} AS DATE)" if given.columns[options.order[0]] in ("DATE", "TIMESTAMP") else "CAST(NULL AS DATE)"
    )


def put_in_order(engine: Engine, options: Balance, given: Records, tables: Tables, opening: Records | None) -> None:
    """Make the table `rows`: each row with its chain and its place in it.

    Rows of the same date and time stand as the document has them, newest first where that chains better. Where they do
    not chain that way they are put into the order of their balances, whatever the order in which they were written. A
    clock proves no order: where the rows of one date do not chain by it and do so whole in the order of their balances,
    they are taken in that order. Nor does a date: a chain that breaks less as its documents are printed is taken so.
    """
    _lay(engine, options, given, tables.rows)
    state_balance(engine, options, options.opening, opening, tables.opening, tables.rows, first=True)
    if options.balance is None:
        return
    laid = f"SELECT _id, tie, pos FROM {quoted(tables.rows)}"
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(tables.laid)} AS {laid}")
    _follow_balances(engine, options, given, tables)
    moved = engine.arrow(f"{laid} EXCEPT FROM {quoted(tables.laid)} ORDER BY _id")
    take_decided(engine, tables.moved, moved)
    engine.execute(f"""CREATE OR REPLACE TEMP TABLE {quoted(tables.rows)} AS
        SELECT r.* REPLACE (coalesce(m.tie, r.tie) AS tie, coalesce(m.pos, r.pos) AS pos)
        FROM {quoted(tables.rows)} r LEFT JOIN {quoted(tables.moved)} m USING (_id)""")


def _follow_balances(engine: Engine, options: Balance, given: Records, tables: Tables) -> None:
    """Put rows that do not chain as they are laid into the order of their balances."""
    if _breaks(engine, tables.rows, tables):
        _turn_round(engine, options, given, tables)
        _reconstruct(engine, given, tables)
        dated = given.columns[options.order[0]] in ("DATE", "TIMESTAMP")
        if dated and len(options.order) > 1 and _breaks(engine, tables.rows, tables):
            _against_the_clock(engine, given, tables)
        if given.has("_document") and _breaks(engine, tables.rows, tables):
            _as_printed(engine, given, tables)


def state_balance(
    engine: Engine,
    options: Balance,
    extent: Extent | None,
    given: Records | None,
    table: str,
    rows: str,
    *,
    first: bool,
) -> None:
    """Make a table of one stated balance for each chain: _id, chain, amount, day. Empty where no extent is asked
    for.
    """
    if extent is None or given is None:
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(table)} (_id BIGINT, chain VARCHAR, amount DECIMAL(38,5), day DATE)"
        )
        return
    engine.execute(
        render(
            "balance_opening",
            table=table,
            rows=rows,
            first=first,
            source=given.sql,
            chain=chain_of(options.by, given, "e"),
            amount=f"e.{quoted(extent.amount)}",
            date=given.date("e") if given.dated else "CAST(NULL AS DATE)",
        )
    )


def _lay(engine: Engine, options: Balance, given: Records, table: str, **turned: str) -> None:
    way = " DESC" if turned else ""
    engine.execute(
        render(
            "balance_rows",
            table=table,
            source=given.sql,
            chain=chain_of(options.by, given, "s"),
            key=chain_of(shown_parts(options), given, "s", "'/'"),
            day=day_of(options, given, "s"),
            movement=options.movement,
            balance=f"s.{quoted(options.balance)}" if options.balance else "NULL",
            order=[f"s.{quoted(each)} NULLS LAST" for each in options.order],
            hints=[f"s.{each}{way} NULLS LAST" for each in ("_document", "_page", "_row", "_id") if given.has(each)],
            **{"forward": "", "backward": "", **turned},
        )
    )


def _shifts(tables: Tables, rows: str) -> str:
    return render("balance_shifts", table=rows, openings=tables.opening)


def _breaks(engine: Engine, rows: str, tables: Tables) -> bool:
    return bool(engine.value(f"SELECT bool_or(off) FROM ({_shifts(tables, rows)})"))


def _turn_round(engine: Engine, options: Balance, given: Records, tables: Tables) -> None:
    """Chains that break less when their ties are read from the last row to the first are turned round."""
    everywhere = f"SELECT DISTINCT chain FROM {quoted(tables.rows)}"
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(tables.every)} AS {everywhere}")
    _lay(engine, options, given, tables.turned, forward=tables.rows, backward=tables.every)
    _take_what_breaks_less(engine, tables, tables.turned)


def _as_printed(engine: Engine, given: Records, tables: Tables) -> None:
    """Take the chains that break less as their documents are printed in that order."""
    engine.execute(render("balance_printed", table=tables.printed, rows=tables.rows, source=given.sql))
    _take_what_breaks_less(engine, tables, tables.printed)


def _take_what_breaks_less(engine: Engine, tables: Tables, other: str) -> None:
    """Take from `other`, the same rows in another order, the chains that break less there."""
    engine.execute(f"""CREATE OR REPLACE TEMP TABLE {quoted(tables.backward)} AS
        SELECT chain
        FROM (SELECT chain, count(*) FILTER (off) AS breaks FROM ({_shifts(tables, tables.rows)}) GROUP BY chain) f
        JOIN (SELECT chain, count(*) FILTER (off) AS breaks FROM ({_shifts(tables, other)}) GROUP BY chain) b
        USING (chain) WHERE b.breaks < f.breaks""")
    engine.execute(f"""CREATE OR REPLACE TEMP TABLE {quoted(tables.rows)} AS
        SELECT * FROM {quoted(other)} SEMI JOIN {quoted(tables.backward)} USING (chain)
        UNION ALL SELECT * FROM {quoted(tables.rows)} ANTI JOIN {quoted(tables.backward)} USING (chain)""")


def _against_the_clock(engine: Engine, given: Records, tables: Tables) -> None:
    """Take all rows of one date for a tie, and put those into the order of their balances that then chain whole: a day
    from which a row is missing stays as the clock has it."""
    engine.execute(f"""CREATE OR REPLACE TEMP TABLE {quoted(tables.rows)} AS
        SELECT * REPLACE (dense_rank() OVER (PARTITION BY chain ORDER BY day NULLS LAST) AS tie)
        FROM {quoted(tables.rows)}""")
    _reconstruct(engine, given, tables, whole=True)


def _reconstruct(engine: Engine, given: Records, tables: Tables, *, whole: bool = False) -> None:
    """Give the rows of ties that do not chain the places that their balances ask for; with `whole` only where no break
    is left inside the tie."""
    engine.execute(render("balance_ties", table=tables.rows, ties=tables.ties, shifts=_shifts(tables, tables.rows)))
    ties = {(tie["chain"], tie["tie"]): tie for tie in engine.dicts(f"FROM {quoted(tables.ties)}")}
    content = ", ".join(given.content("s")[:-1])
    rows = engine.rows(f"""
        SELECT r.chain, r.tie, r._id, r.movement, r.balance
        FROM {quoted(tables.rows)} r JOIN {quoted(tables.ties)} USING (chain, tie) JOIN {given.sql} s ON s._id = r._id
        ORDER BY r.chain, r.tie, r.movement, r.balance, hash({content}), r._id""")
    last: dict[tuple[str, int], Decimal] = {}
    ids: list[int] = []
    places: list[int] = []
    for where, group in groupby(rows, key=lambda row: (row[0], row[1])):
        placed = _placed([_Row(*row[2:]) for row in group], where, ties, last, whole=whole)
        ids += placed
        places += range(ties[where]["first_pos"], ties[where]["first_pos"] + len(placed))
    if not ids:
        return
    engine.create(
        tables.places,
        pa.table({"_id": pa.array(ids, pa.int64()), "place": pa.array(places, pa.int64())}),
        temporary=True,
    )
    engine.execute(f"""CREATE OR REPLACE TEMP TABLE {quoted(tables.rows)} AS
        SELECT r.* REPLACE (coalesce(p.place, r.pos) AS pos)
        FROM {quoted(tables.rows)} r LEFT JOIN {quoted(tables.places)} p USING (_id)""")


def _placed(
    rows: Sequence[_Row],
    where: tuple[str, int],
    ties: Mapping[tuple[str, int], Mapping[str, Any]],
    last: dict[tuple[str, int], Decimal],
    *,
    whole: bool,
) -> list[int]:
    """The ids of the rows of one tie in order, none if `whole` is asked for and cannot be had. `last` keeps the shift
    with which each tie that was put in order ends.
    """
    tie, chain = ties[where], where[0]
    silent = [row for row in rows if row.balance is None]
    stated = [row for row in rows if row.balance is not None]
    moved = tie["moved_before"] + sum((row.movement for row in silent), Decimal(0))
    through = moved + sum((row.movement for row in stated), Decimal(0))
    shift = last.get((chain, tie["tie_before"]), tie["shift_before"])
    after = None if (chain, tie["tie_after"]) in ties else tie["shift_after"]
    order = in_order(
        [Step(row.balance - row.movement, row.balance) for row in stated if row.balance is not None],
        None if shift is None else shift + moved,
        None if after is None else after + through,
    )
    if whole and not _chains(stated, order, None if shift is None else shift + moved):
        return []
    last[where] = (stated[order[-1]].balance or Decimal(0)) - through
    return [row.id for row in silent] + [stated[index].id for index in order]


def _chains(rows: Sequence[_Row], order: Sequence[int], entry: Decimal | None) -> bool:
    """Whether each row begins where the one before it ended, the first with the balance `entry`, if that is known."""
    here = entry
    for index in order:
        row = rows[index]
        if row.balance is None or (here is not None and row.balance - row.movement != here):
            return False
        here = row.balance
    return True
