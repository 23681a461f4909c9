"""Chains that state no balance to hold their rows against: nothing of them was tested."""

from __future__ import annotations

import pyarrow as pa

from auditor.checks.balance.chain import Tables
from auditor.checks.balance.options import Balance
from auditor.checks.decided import take_decided
from auditor.checks.sources import Records
from auditor.checks.templates import quoted
from auditor.checks.untested import Words, throughout
from auditor.engine import Engine
from auditor.rules.bound import BoundRule


def untested_chains(
    engine: Engine, rule: BoundRule, options: Balance, given: Records, tables: Tables
) -> tuple[tuple[Words, ...], Words | None]:
    """Make the table `untested` (chain), where the rule asks whether chains hold. Returns remarks on them, and why the
    rule is not run, if they are all."""
    chains = engine.rows(f"""
        SELECT l.chain, l.chain_key, l.opening IS NOT NULL AS opened, coalesce(r.rows, 0), coalesce(r.stated, 0),
               -- the first balance tells the opening where none is stated, and proves nothing of itself
               coalesce(r.stated, 0) + CAST(l.closing IS NOT NULL AS INTEGER) >
                   CASE WHEN l.opening_id IS NULL AND l.prior_id IS NULL THEN 1 ELSE 0 END AS held
        FROM {quoted(tables.levels)} l
        LEFT JOIN (SELECT chain, count(*) AS rows, count(balance) AS stated FROM {quoted(tables.rows)} GROUP BY chain) r
        USING (chain) ORDER BY l.chain_key""")
    asks_chain = any(rule.reports(each) for each in ("break", "closing_differs", "opening_differs"))
    untested = [row for row in chains if not (row[5] if asks_chain else row[2])]
    names = pa.array([row[0] for row in untested], pa.string())
    take_decided(engine, tables.untested, pa.table({"chain": names}))
    remarks = tuple(_told(row[1], row[4]) for row in untested if row[3])
    if not chains or len(untested) < len(chains):
        return remarks, None
    return remarks, _nothing(rule, options, given, sum(row[4] for row in untested), sum(row[3] for row in untested))


def _told(name: str, stated: int) -> Words:
    said = ("a single balance", "仅有一个余额") if stated else ("no balance", "没有余额")
    return (
        f"{name or 'the chain'} states {said[0]} to hold its rows against: not tested",
        f"{name or '该账'}{said[1]}，无从核对，未检查",
    )


def _nothing(rule: BoundRule, options: Balance, given: Records, stated: int, rows: int) -> Words:
    title = rule.record_title(given.name)
    field = rule.field_title(options.balance or "balance")
    if not stated:
        return throughout(rule, given, [options.balance or "balance"], rows)
    return (
        f"nothing to hold the one {field.en} of {title.en} against",
        f"{title.zh}仅有一个{field.zh}，无从核对",
    )
