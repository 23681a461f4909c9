"""Does the chain hold: each running balance, opening + movements = closing, prior closing = opening?

*What it checks.* The rows of each account are put in order, and each stated balance is held against the opening
balance and the movements up to it. The computed balance at the end of each day is held against a floor and a
ceiling.

*Why it matters.* A row that was deleted from an export, or altered, leaves a jump in the balances that no other
document shows. Cash below zero or above its limit was not handled as the rules of the house say.

*Example.* In the export of BOC the fee of 25.00 after the payment of 10-16 was removed. The row of 10-23 states a
balance 25.00 below what its movement gives: `break` BOC/10-16, -25.00.

*Clean example.* An export that lists the newest row first, with five rows of one date: the balances tell their
order.

*Options.* `by` makes one chain for each value; `order` are the fields by which rows follow upon each other;
`movement` is the signed amount of a row; `balance` the field with its running balance, or null where there is none;
`within` how far a stated balance may lie off, where each is rounded by itself. Rows that are equal in `order` are
taken as the document has them, forwards or backwards; where they do not chain, in the order of their balances. A clock
proves no order: rows of one date that do not chain by the time of day, and do so whole in the order of their balances,
are taken in that order. Nor does a date: a chain that breaks less in the order in which its documents are printed is
taken so. `opening` and `closing` are stated balances to hold the chain against, `prior` the closing balance of the
period before. Without an opening balance the first row tells it. `floor` and `ceiling` are the limits at the end of a
day; within a day a balance may go beyond them.

*Outcomes.* `break`, with the row that states the balance on the right: of kind `misprint` if it alone is off and the
next ones return to the old chain, with its date; of kind `gap` if the change lasts, with the row before it on the
left, and the date of that row: there the gap begins. The difference is what the break adds to the stated balances. A
last row that is off is a gap, unless the stated closing balance says otherwise. `closing_differs`: what the breaks
leave unexplained of stated closing - (opening + movements). `opening_differs`: opening - prior closing. `negative`
and `above_limit`: for each day with movements, computed balance - limit, with the day's last row; a misprint does
not cause them.

*Rows that were not read.* Where rows of a document could not be read, a change of the balances from the row above them
to the row below them may be theirs: it is no break but not possible to judge, counted and told with the rule, and the
chain goes on from the balance that is stated there. So is a closing balance behind such rows, and a computed balance of
a day after them. A table of which it is asked what it is stands for such rows in its own document, and so does a
document of which balances were read and no row at all.

*Without balances.* A chain that states no balance to hold its rows against is not tested; where that is all of them the
rule is not run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, replace
from decimal import Decimal

from auditor.checks.balance.breaks import find_breaks
from auditor.checks.balance.chain import Tables, put_in_order, shown_parts, state_balance
from auditor.checks.balance.gaps import find_gaps, lay_out
from auditor.checks.balance.options import Balance, Extent
from auditor.checks.balance.untested import untested_chains
from auditor.checks.base import CheckResult, Part, Population
from auditor.checks.currencies import CURRENCY
from auditor.checks.outcomes import create_outcomes, outcome_select
from auditor.checks.sources import Records, divided, records
from auditor.checks.templates import literal, quoted, render
from auditor.checks.unread import not_judged
from auditor.engine import Engine
from auditor.rules.bound import BoundRule

OPTIONS = Balance

_OPENED = (
    "unnest(CASE outcome WHEN 'break' THEN right_ids WHEN 'negative' THEN left_ids WHEN 'above_limit' THEN left_ids "
    "ELSE [] END)"
)
_DATED = "concat_ws('/', nullif(c.chain_key, ''), strftime({0}, '%m-%d'))"


def run(rule: BoundRule, engine: Engine) -> CheckResult:
    """Follow the balances of each chain."""
    options = rule.options
    assert isinstance(options, Balance)
    table = f"outcome_{rule.id.replace('-', '_')}"
    tables = Tables.named(table)
    given = records(engine, options.records, options.where)
    if not options.order:
        options = options.model_copy(update={"order": [given.dated or "date"]})
    extents = {
        name: _extent(engine, each)
        for name, each in (("opening", options.opening), ("closing", options.closing), ("prior", options.prior))
    }
    options = _in_currency(options, given, extents)
    put_in_order(engine, options, given, tables, extents["opening"])
    state_balance(engine, options, options.closing, extents["closing"], tables.closing, tables.rows, first=False)
    state_balance(engine, options, options.prior, extents["prior"], tables.prior, tables.rows, first=False)
    names = {name: getattr(tables, name) for name in ("rows", "opening", "closing", "prior")}
    engine.execute(render("balance_levels", table=tables.levels, parts=len(shown_parts(options)), **names))
    gaps = find_gaps(engine, rule, options, given, [each for each in extents.values() if each], tables)
    lay_out(engine, gaps, tables)
    find_breaks(engine, tables, gaps, Decimal(options.within))
    engine.execute(render("balance_days", table=tables.days, rows=tables.rows, levels=tables.levels))
    selects = [
        _breaking(rule, tables, given),
        *_closing(rule, options, tables, extents["closing"]),
        *_opening(rule, options, tables, extents["prior"], extents["opening"]),
        *_limits(rule, options, tables, given),
    ]
    create_outcomes(engine, table, selects)
    skipped = _without_unsure(engine, tables, table)
    remarks, untested = untested_chains(engine, rule, options, given, tables)
    result = CheckResult(
        table,
        (_population(engine, tables, given, table),),
        (Part(given.name, given.where, _OPENED, f"sum({options.movement})"),),
        remarks=remarks,
        not_possible=not_judged(skipped, [each.place for each in gaps.unread]) if skipped else None,
        untested=untested,
    )
    for each in astuple(tables):
        engine.execute(f"DROP TABLE IF EXISTS {quoted(each)}")
    return result


def _in_currency(options: Balance, given: Records, extents: Mapping[str, Records | None]) -> Balance:
    """The chains apart by currency, where the stated balances have one too."""
    every = all(each.has(CURRENCY) for each in (given, *extents.values()) if each is not None)
    if not every or CURRENCY in options.by:
        return options
    return options.model_copy(update={"by": [*options.by, CURRENCY]})


def _without_unsure(engine: Engine, tables: Tables, table: str) -> int:
    """Take out of the outcomes what rows that were not read may explain. How many places were not judged for it."""
    unsure = f"""
        SELECT o.rowid FROM {quoted(table)} o JOIN {quoted(tables.levels)} l ON l.closing_id = o.left_ids[1]
        JOIN {quoted(tables.unsure)} u USING (chain) WHERE o.outcome = 'closing_differs' AND u.closing
        UNION ALL
        SELECT o.rowid FROM {quoted(table)} o JOIN {quoted(tables.levels)} l ON l.prior_id = o.left_ids[1]
        JOIN {quoted(tables.unsure)} u USING (chain)
        WHERE o.outcome = 'opening_differs' AND l.opening_id IS NULL AND u.opening
        UNION ALL
        SELECT o.rowid FROM {quoted(table)} o JOIN {quoted(tables.days)} d ON list_contains(o.left_ids, d._id)
        JOIN {quoted(tables.unsure)} u USING (chain)
        WHERE o.outcome IN ('negative', 'above_limit') AND d.pos >= u.first_step"""
    found = engine.value(f"SELECT count(*) FROM ({unsure})")
    if found or engine.recorded:
        engine.execute(f"DELETE FROM {quoted(table)} WHERE rowid IN ({unsure})")
    return int(found) + int(engine.value(f"SELECT count(*) FROM {quoted(tables.unjudged)}"))


def _apart(table: str) -> str:
    """A table of the check's own as one column `c`, so that a rule's bare names mean the record's fields alone."""
    return f"(SELECT t AS c FROM {quoted(table)} t)"


def _extent(engine: Engine, extent: Extent | None) -> Records | None:
    return records(engine, extent.records, extent.where) if extent else None


def _breaking(rule: BoundRule, tables: Tables, given: Records) -> str:
    source = given.sql
    begun = "coalesce(p.day, x.day)"
    return outcome_select(
        rule,
        "break",
        defaults={
            "left_ids": "CASE WHEN b.previous_id IS NULL THEN [] ELSE [b.previous_id] END",
            "right_ids": "[b.row_id]",
            "key": _DATED.format(begun),
            "expected": "CAST(b.stated - b.difference AS DECIMAL(18,5))",
            "actual": "CAST(b.stated AS DECIMAL(18,5))",
            "difference": "b.difference",
            "amount": "b.difference",
            "currency": given.currency("r"),
            "date": begun,
            "criterion": "b.criterion",
        },
        source=f"{quoted(tables.breaks)} b JOIN {quoted(tables.levels)} c USING (chain) "
        f"JOIN {quoted(tables.rows)} x ON x._id = b.row_id LEFT JOIN {quoted(tables.rows)} p ON p._id = b.previous_id "
        f"JOIN {source} r ON r._id = b.row_id LEFT JOIN {source} l ON l._id = b.previous_id",
    )


def _closing(rule: BoundRule, options: Balance, tables: Tables, extent: Records | None) -> list[str]:
    """The stated closing balance against opening + movements, less what the breaks have shown already."""
    if extent is None:
        return []
    computed = "(c.opening + c.moved + coalesce(e.remainder, 0))"
    difference = f"c.closing - {computed}"
    return [
        outcome_select(
            rule,
            "closing_differs",
            right_alias="l",
            defaults={
                "left_ids": "[c.closing_id]",
                "right_ids": "[]",
                "key": "c.chain_key",
                "expected": f"CAST({computed} AS DECIMAL(18,5))",
                "actual": "CAST(c.closing AS DECIMAL(18,5))",
                "difference": difference,
                "amount": difference,
                "currency": extent.currency("l"),
                "date": "coalesce(c.closing_day, c.last_day)",
            },
            source=f"{_apart(tables.levels)} LEFT JOIN {quoted(tables.remainders)} e ON e.chain = c.chain "
            f"JOIN {extent.sql} l ON l._id = c.closing_id WHERE {_off(options, difference)}",
        )
    ]


def _opening(
    rule: BoundRule, options: Balance, tables: Tables, prior: Records | None, opening: Records | None
) -> list[str]:
    """The opening balance against that with which the period before closed."""
    if prior is None:
        return []
    difference = "c.own_opening - c.prior"
    joined = f"LEFT JOIN {opening.sql} r ON r._id = c.opening_id" if opening else ""
    return [
        outcome_select(
            rule,
            "opening_differs",
            right_alias="r" if opening else "l",
            defaults={
                "left_ids": "[c.prior_id]",
                "right_ids": "CASE WHEN c.opening_id IS NULL THEN [] ELSE [c.opening_id] END",
                "key": "c.chain_key",
                "expected": "CAST(c.prior AS DECIMAL(18,5))",
                "actual": "CAST(c.own_opening AS DECIMAL(18,5))",
                "difference": difference,
                "amount": difference,
                "currency": prior.currency("l"),
                "date": "c.opening_day",
            },
            source=f"{_apart(tables.levels)} JOIN {prior.sql} l ON l._id = c.prior_id {joined} "
            f"WHERE {_off(options, difference)}",
        )
    ]


def _off(options: Balance, difference: str) -> str:
    """A condition: a stated balance lies further off than it may."""
    return f"abs({difference}) > CAST({literal(options.within)} AS DECIMAL(18,5))"


def _limits(rule: BoundRule, options: Balance, tables: Tables, given: Records) -> list[str]:
    """Stretches of days that end below the floor or above the ceiling, each with its worst day."""
    selects = []
    for outcome, limit, sign in (("negative", options.floor, "<"), ("above_limit", options.ceiling, ">")):
        if limit is None:
            continue
        bound = f"CAST({literal(limit)} AS DECIMAL(18,5))"
        stretches = render(
            "balance_stretches",
            days=tables.days,
            beyond=f"computed {sign} {bound}",
            worst=f"computed {'DESC' if sign == '>' else 'ASC'}",
            first=f"DATE '{rule.period[0].isoformat()}'",
            last=f"DATE '{rule.period[1].isoformat()}'",
        )
        several = f"json_object('words', '{outcome}_days', 'says', json_object('until', CAST(c.until AS VARCHAR)))"
        selects.append(
            outcome_select(
                rule,
                outcome,
                right_alias="l",
                defaults={
                    "left_ids": given.ids("l"),
                    "right_ids": "[]",
                    "key": _DATED.format("c.day"),
                    "expected": bound,
                    "actual": "CAST(c.computed AS DECIMAL(18,5))",
                    "difference": f"c.computed - {bound}",
                    "amount": f"c.computed - {bound}",
                    "currency": given.currency("l"),
                    "date": "c.day",
                    "criterion": f"CASE WHEN c.until > c.day THEN CAST({several} AS VARCHAR) END",
                },
                source=f"(SELECT t AS c FROM ({stretches}) t) JOIN {given.sql} l ON l._id = c._id",
            )
        )
    return selects


def _population(engine: Engine, tables: Tables, given: Records, table: str) -> Population:
    """The rows: open where a break, a negative balance or one above the limit shows, explained where rows that were
    not read may explain a change of the balances, empty in a chain that states no balance to hold them against. Their
    amount is the movement."""
    found = (
        f"SELECT row_id FROM {quoted(tables.breaks)} UNION ALL "
        f"SELECT unnest(left_ids) FROM {quoted(table)} WHERE outcome IN ('negative', 'above_limit')"
    )
    rows = engine.rows(f"""
        SELECT CASE WHEN _id IN ({found}) THEN 'open'
                    WHEN _id IN (SELECT row_id FROM {quoted(tables.unjudged)}) THEN 'explained'
                    WHEN chain IN (SELECT chain FROM {quoted(tables.untested)}) THEN 'empty'
                    ELSE 'matched' END AS state, count(*), sum(movement)
        FROM {quoted(tables.rows)} GROUP BY state""")
    states = {state: (count, moved) for state, count, moved in rows}
    empty = states.pop("empty", (0, None))[0]
    return replace(divided("left", given.name, states, True), empty=empty)
