"""Records without a partner that a matched record of their side equals in all that decides.

Which of them stands as the matched one is chance: the rule has no reason to prefer either, and rows in another order
would give another. So what is told is that one of them, or so many, has no partner.
"""

from __future__ import annotations

from auditor.checks.match.plan import Plan
from auditor.checks.match.sides import SIDES
from auditor.checks.sources import same
from auditor.checks.templates import quoted
from auditor.engine import Engine

MOST = 20  # that a finding names


def find_twins(plan: Plan, engine: Engine) -> None:
    """The tables `twins_left` and `twins_right`: _id of an open record, `members`: the ids of all that equal it and of
    itself, and `spare`: how many of them have no partner."""
    for side in SIDES:
        own, given = quoted(plan.table(side)), plan.given(side)
        open_side = quoted(plan.table(f"open_{side}"))
        columns = [quoted(each) for each in plan.columns(side)]
        texts = [f"g.{quoted(name)}" for name, kind in given.columns.items() if kind == "VARCHAR" and name[0] != "_"]
        order = ", ".join([*texts, "g._id"])  # by what is written, never by running balances or the order of rows
        members = f"list(g._id ORDER BY {order})"
        if given.has("_ids"):
            members = f"flatten(list(g._ids ORDER BY {order}))"
        alike = same([f"k.{each}" for each in columns], [f"s.{each}" for each in columns])
        engine.execute(f"""
            CREATE OR REPLACE TEMP TABLE {quoted(plan.table(f"twins_{side}"))} AS
            WITH lone AS (SELECT _id FROM {open_side} WHERE state = 'only' AND criterion IS NULL),
            keys AS (
                SELECT *, row_number() OVER () AS class
                FROM (SELECT DISTINCT {", ".join(columns) or "1 AS one"} FROM {own} SEMI JOIN lone USING (_id))),
            placed AS (
                SELECT k.class, s._id, s._id IN (SELECT _id FROM lone) AS spare
                FROM {own} s JOIN keys k ON {alike}
                WHERE s._id NOT IN (SELECT _id FROM {open_side} WHERE state <> 'only')),
            classes AS (
                SELECT p.class, ({members})[:{MOST}] AS members, count(*) FILTER (p.spare) AS spare
                FROM placed p JOIN {given.sql} g ON g._id = p._id
                GROUP BY p.class HAVING count(*) > count(*) FILTER (p.spare))
            SELECT p._id, c.members, c.spare FROM placed p JOIN classes c USING (class) WHERE p.spare""")
