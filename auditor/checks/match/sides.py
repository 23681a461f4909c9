"""The two sides of a match as working tables: what decides, the measure with its sign, parties, working days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from auditor.checks.criteria.model import Pair
from auditor.checks.criteria.sql import is_number, party_of
from auditor.checks.match.plan import Plan, party_column, working_column
from auditor.checks.templates import quoted, render
from auditor.engine import Engine

SIDES = ("left", "right")
_NOTHING = Decimal("0.00000")


@dataclass(frozen=True, slots=True)
class Total:
    """A number of records, the sum of their numbers (by which a record lost or used twice shows), the sum of their
    measure (null if the side has none), and the fields that all leave empty."""

    count: int
    checksum: int
    amount: Decimal | None
    empty: tuple[str, ...] = ()


def make_sides(plan: Plan, engine: Engine) -> dict[str, Total]:
    """Make the tables `left` and `right`. Returns the population of each.

    A plain table without a condition is read in place, through a view: a million rows are not copied.
    """
    totals = {}
    names = [plan.left.name, plan.right.name]
    plain = {row[0] for row in engine.rows("SELECT table_name FROM duckdb_tables() WHERE table_name IN (?, ?)", names)}
    for side in SIDES:
        given = plan.given(side)
        fields = plan.fields(side)
        computed = given.where is not None or fields.dates or fields.parties or plan.red
        in_place = given.name in plain and not computed
        engine.execute(values_sql(plan, side, given.sql, plan.table(side), "VIEW" if in_place else "TABLE"))
        compared = list(dict.fromkeys(getattr(each.test, side) for each in plan.comparisons))
        counts = "".join(f", count({quoted(each)})" for each in compared)
        count, amount, checksum, *filled = engine.rows(
            f"SELECT count(*), sum(_measure), coalesce(sum(_id), 0){counts} FROM {quoted(plan.table(side))}"
        )[0]
        totals[side] = Total(
            count,
            int(checksum),
            (amount if amount is not None else _NOTHING) if has_measure(plan, side) else None,
            tuple(name for name, values in zip(compared, filled, strict=True) if not values) if count else (),
        )
    return totals


def values_sql(plan: Plan, side: str, source: str, table: str, kind: str = "TABLE") -> str:
    """The statement that makes a table of the values by which the records of `source` are matched."""
    fields = plan.fields(side)
    return render(
        "match_side",
        kind=kind,
        table=table,
        source=source,
        fields=[{"name": each, "value": value_of(plan, side, each, "s")} for each in fields.used],
        measure=measure_of(plan, side, "s"),
        parties=[{"name": party_column(each), "value": _party(plan, side, each)} for each in fields.parties],
        working=[{"name": working_column(each), "field": each} for each in fields.dates],
    )


def off_calendar(plan: Plan, engine: Engine) -> tuple[tuple[str, str], ...]:
    """Remarks on dates that the calendar does not cover: no window in working days reaches them."""
    remarks = []
    for side in SIDES:
        for each in plan.fields(side).dates:
            missing = engine.value(
                f"SELECT count(*) FROM {quoted(plan.table(side))} "
                f"WHERE {quoted(each)} IS NOT NULL AND {quoted(working_column(each))} IS NULL"
            )
            if missing:
                name, field = plan.rule.record_title(plan.given(side).name), plan.rule.field_title(each)
                remarks.append(
                    (
                        f"{missing} dates in {field.en} of {name.en} lie outside the working calendar",
                        f"{name.zh}的{field.zh}有 {missing} 个日期超出工作日历范围",
                    )
                )
    return tuple(remarks)


def has_measure(plan: Plan, side: str) -> bool:
    given = plan.given(side)
    return given.has(plan.options.measure) and is_number(given.columns[plan.options.measure])


def _is_flow(plan: Plan, side: str) -> bool:
    """Whether the sign of an amount stands beside it, in `direction`."""
    return plan.options.measure == "amount" and plan.given(side).has("direction") and has_measure(plan, side)


def measure_of(plan: Plan, side: str, alias: str) -> str:
    """The measure with its sign: money in +, money out -. DECIMAL(18,5), null where the side has none."""
    given = plan.given(side)
    if not has_measure(plan, side):
        return "CAST(NULL AS DECIMAL(18,5))"
    column = f"{alias}.{quoted(plan.options.measure)}"
    if _is_flow(plan, side):
        return f"CAST(CASE {alias}.direction WHEN 'out' THEN -{column} ELSE {column} END AS DECIMAL(18,5))"
    return column if given.columns[plan.options.measure] == "DECIMAL(18,5)" else f"CAST({column} AS DECIMAL(18,5))"


def value_of(plan: Plan, side: str, name: str, alias: str) -> str:
    """A field as it is matched. A red entry (a negative amount) counts as money the other way, on both sides alike."""
    if plan.red and _is_flow(plan, side) and name in ("direction", "amount"):
        if name == "amount":
            return f"CASE WHEN {alias}.direction IN ('in', 'out') THEN abs({alias}.amount) ELSE {alias}.amount END"
        return (
            f"CASE WHEN {alias}.amount < 0 AND {alias}.direction = 'in' THEN 'out' "
            f"WHEN {alias}.amount < 0 AND {alias}.direction = 'out' THEN 'in' ELSE {alias}.direction END"
        )
    return f"{alias}.{quoted(name)}"


def _party(plan: Plan, side: str, pair: Pair) -> str:
    """Who is meant: the number in the master if both sides could know it, else the name in normal form."""
    known = plan.left.has(f"{pair.left}__id") and plan.right.has(f"{pair.right}__id")
    return party_of(plan.given(side), getattr(pair, side), "s", known=known)
