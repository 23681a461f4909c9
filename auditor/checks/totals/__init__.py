"""Do counts and sums per group agree between two populations, or with a stated figure?

*What it checks.* The records of both sides are put into groups by the fields of `by` (a party by its entry in the
master, so that a name and its alias are one group), and each measure is added up on either side of each group.

*Why it matters.* A count or sum that disagrees shows what a record by record match can hide: two errors that offset
each other, a cover sheet that says eight where seven lie, a day that never reached the bill.

*Example.* The cover sheet of station A for 10-21 says 8 slips, 7 lie behind it: `count_differs` A/10-21, +1.

*Clean example.* Station 宝安, 10-08: cover sheet 7, slips 7.

*Options.* `left` is the evidence and `right` the audited side; `by` names the fields of the groups, none makes the
whole one group; each of `measures` is an aggregate on either side, of kind `count` or `sum`, that may differ by
`within`. `missing: zero` counts a group that one side lacks as zero there, `report` reports it as missing; a missing
group of which all measures are zero anyway is nothing to report. Put `currency` into `by` where a side may hold
several: it forms groups, and stays out of the key.

*Rows that were not read.* A difference that rows of the documents may explain which could not be read is not possible
to judge: counted and told with the rule. A row belongs to no group that what was read of it contradicts, and adds one
to a count of rows at most.

*Outcomes.* `count_differs` and `sum_differs`, with the measure's name as their field; `group_missing`, with the side
that lacks the group as its field (`left` or `right`) and the first sum (else the first count) as its difference. The
difference is right - left. In expressions `l` and `r` are the groups: their fields of `by` and their measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from auditor.checks.base import CheckResult, Part, Population, Tolerated, Untested
from auditor.checks.currencies import CURRENCY, columns_in, is_money
from auditor.checks.decided import take_decided
from auditor.checks.outcomes import create_outcomes, outcome_select
from auditor.checks.sources import Records, divided, joined_key, key_part, records, same
from auditor.checks.templates import literal, quoted, render
from auditor.checks.totals.options import Measure, Totals
from auditor.checks.unread import Unread, names_field, not_judged, unread_of
from auditor.checks.untested import field_words, not_compared, throughout
from auditor.engine import Engine
from auditor.rules.bound import BoundRule

OPTIONS = Totals


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two tables of groups, and the options."""

    options: Totals
    left: Records
    right: Records
    left_table: str
    right_table: str
    unsure_table: str  # the groups of each measure that differ as rows that were not read may explain

    @property
    def source(self) -> str:
        by = [quoted(f"_by_{name}") for name in self.options.by]
        on = same([f"l.{name}" for name in by], [f"r.{name}" for name in by])
        return f"{quoted(self.left_table)} l FULL JOIN {quoted(self.right_table)} r ON {on}"

    def off(self, name: str, measure: Measure) -> str:
        """A condition: the measure differs by more than it may, and no row that was not read may explain it."""
        sure = (
            f"NOT EXISTS (FROM {quoted(self.unsure_table)} u WHERE u.measure = {literal(name)} AND u._key = {self.key})"
        )
        return f"({_off(name, measure)} AND {sure})"

    @property
    def key(self) -> str:
        """What names a group, on whichever side it is."""
        parts = [f"coalesce(CAST(l.{each} AS VARCHAR), CAST(r.{each} AS VARCHAR), '')" for each in self._columns]
        return f"concat_ws(chr(31), {', '.join(parts)})" if parts else "''"

    @property
    def _columns(self) -> list[str]:
        return [quoted(f"_by_{name}") for name in self.options.by]


def run(rule: BoundRule, engine: Engine) -> CheckResult:
    """Compare the totals of two populations, group by group."""
    options = rule.options
    assert isinstance(options, Totals)
    table = f"outcome_{rule.id.replace('-', '_')}"
    left = records(engine, options.left.records, options.left.where)
    right = records(engine, options.right.records, options.right.where)
    found = {side: _values(engine, given, options, side) for given, side in ((left, "left"), (right, "right"))}
    options, remarks = _without_empty(rule, options, (left, right), found)
    options = _in_currency(rule, options, left, right)
    sides = _Sides(
        options,
        left,
        right,
        f"{table}_left",
        f"{table}_right",
        f"{table}_unsure",
    )
    _group(engine, options, sides.left, sides.left_table, {name: each.left for name, each in options.measures.items()})
    _group(
        engine, options, sides.right, sides.right_table, {name: each.right for name, each in options.measures.items()}
    )
    unread = _find_unsure(engine, rule, sides)
    selects = [_differing(rule, sides, name, measure) for name, measure in options.measures.items()]
    if options.missing == "report":
        selects += [_missing(rule, sides, side) for side in ("left", "right")]
    create_outcomes(engine, table, selects)
    populations = (_population(engine, sides, "left"), _population(engine, sides, "right"))
    count = int(engine.value(f"SELECT count(*) FROM {quoted(sides.unsure_table)}"))
    passed = _tolerated(engine, sides)
    for each in (sides.left_table, sides.right_table, sides.unsure_table):
        engine.execute(f"DROP TABLE {quoted(each)}")
    not_possible = not_judged(count, unread) if count else None
    parts = tuple(_part(rule, sides, side, found[side]) for side in ("left", "right"))
    return CheckResult(table, populations, parts, remarks=remarks, not_possible=not_possible, tolerated=passed)


@dataclass(frozen=True, slots=True)
class _Values:
    """How many records a side has, and what each measure makes of them."""

    count: int
    by_measure: Mapping[str, Any]

    def lacks(self, name: str) -> bool:
        """Whether no record has a value of a measure: a sum of nothing is no nought."""
        return bool(self.count) and self.by_measure[name] is None


def _values(engine: Engine, given: Records, options: Totals, side: str) -> _Values:
    measures = [getattr(each, side) for each in options.measures.values()]
    total, *values = engine.rows(f"SELECT count(*), {', '.join(measures)} FROM {given.sql} s")[0]
    return _Values(total, dict(zip(options.measures, values, strict=True)))


def _part(rule: BoundRule, sides: _Sides, side: str, found: _Values) -> Part:
    """What a side is. Where all its measures are empty throughout, nothing was compared."""
    given, names = sides.left if side == "left" else sides.right, list(sides.options.measures)
    amount = next((getattr(each, side) for each in sides.options.measures.values() if each.kind == "sum"), "0")
    untested = None
    if all(map(found.lacks, names)):
        untested = Untested("", field_words(rule, names), throughout(rule, given, names, found.count))
    alone = sides.options.missing == "zero" or any(rule.reports("group_missing", each) for each in ("left", "right"))
    return Part(given.name, given.where, f"unnest({side}_ids)", amount, untested, alone=alone)


def _without_empty(
    rule: BoundRule, options: Totals, sides: Sequence[Records], found: Mapping[str, _Values]
) -> tuple[Totals, tuple[tuple[str, str], ...]]:
    """The options without the measures for which a whole side has no value, and remarks that say so; whole where that
    is all of them."""
    remarks: list[tuple[str, str]] = []
    kept = dict(options.measures)
    for given, values in zip(sides, found.values(), strict=True):
        for name in values.by_measure:
            if name in kept and values.lacks(name):
                del kept[name]
                remarks.append(not_compared(rule, name, given.name))
    return (options.model_copy(update={"measures": kept}), tuple(remarks)) if kept else (options, ())


def _tolerated(engine: Engine, sides: _Sides) -> tuple[Tolerated, ...]:
    """The differences of groups that are within the tolerance, by measure."""
    found = []
    for name, measure in sides.options.measures.items():
        if Decimal(measure.within):
            gap = f"abs(coalesce(r.{quoted(name)}, 0) - coalesce(l.{quoted(name)}, 0))"
            count, total = engine.rows(
                f"SELECT count(*), CAST(coalesce(sum({gap}), 0) AS DECIMAL(38,5)) FROM {sides.source} "
                f"WHERE {gap} > 0 AND NOT {_off(name, measure)}"
            )[0]
            if count:
                found.append(Tolerated(name, int(count), Decimal(total)))
    return tuple(found)


def _in_currency(rule: BoundRule, options: Totals, left: Records, right: Records) -> Totals:
    """The totals with a group for each currency, where money is added up and both sides know its currency."""
    summed = {name for each in options.measures.values() if each.kind == "sum" for name in columns_in(each.left)}
    both = left.has(CURRENCY) and right.has(CURRENCY)
    if not both or CURRENCY in options.by or not is_money(rule, left, summed):
        return options
    return options.model_copy(update={"by": [*options.by, CURRENCY]})


def _group(engine: Engine, options: Totals, given: Records, table: str, measures: dict[str, str]) -> None:
    groups = [
        {"name": name, "value": given.master(name, "s"), "master": given.has(f"{name}__id")} for name in options.by
    ]
    currency = "CASE WHEN count(DISTINCT currency) = 1 THEN min(currency) END" if given.has("currency") else "NULL"
    engine.execute(
        render(
            "totals_side",
            table=table,
            groups=groups,
            source=given.sql,
            currency=currency,
            ids=given.gathered_ids("s"),
            measures=[{"name": name, "value": value} for name, value in measures.items()],
        )
    )


def _defaults(sides: _Sides, left: str, right: str, kind: str) -> dict[str, str]:
    """What the outcomes of one measure have in common."""
    by = sides.options.by
    types = sides.left.columns
    values = {name: f"coalesce(l.{quoted(f'_by_{name}')}, r.{quoted(f'_by_{name}')})" for name in by}
    parties = [name for name in by if sides.left.has(f"{name}__id") or sides.right.has(f"{name}__id")]
    dates = [name for name in by if types.get(name) == "DATE"]
    number = "BIGINT" if kind == "count" else "DECIMAL(18,5)"
    return {
        "left_ids": "coalesce(l._ids, [])",
        "right_ids": "coalesce(r._ids, [])",
        "key": joined_key([key_part(types[name], values[name]) for name in by if name != "currency"]),
        "party": values[parties[0]] if parties else "NULL",
        "expected": f"CAST({left} AS {number})",
        "actual": f"CAST({right} AS {number})",
        "difference": f"{right} - {left}",
        "amount": f"{right} - {left}",
        "currency": "coalesce(l._currency, r._currency)" if kind == "sum" else "NULL",
        "date": values[dates[0]] if dates else "NULL",
    }


def _differing(rule: BoundRule, sides: _Sides, name: str, measure: Measure) -> str:
    left, right = (f"coalesce({side}.{quoted(name)}, 0)" for side in "lr")
    both = "l._rows IS NOT NULL AND r._rows IS NOT NULL AND " if sides.options.missing == "report" else ""
    return outcome_select(
        rule,
        f"{measure.kind}_differs",
        field=name,
        defaults=_defaults(sides, left, right, measure.kind),
        source=f"{sides.source} WHERE {both}{sides.off(name, measure)}",
    )


def _off(name: str, measure: Measure) -> str:
    """A condition: the measure differs by more than it may. A side without the group counts as zero."""
    column = quoted(name)
    return f"abs(coalesce(r.{column}, 0) - coalesce(l.{column}, 0)) > CAST({literal(measure.within)} AS DECIMAL(18,5))"


def _find_unsure(engine: Engine, rule: BoundRule, sides: _Sides) -> list[str]:
    """Make the table `unsure`: measure, _key. The places of the rows not read that may explain a difference."""
    options = sides.options
    left, right = rule.types_behind(sides.left.name), rule.types_behind(sides.right.name)
    unread = unread_of(engine, left | right)
    named = _named(engine, sides) if unread else {}
    found: list[tuple[str, str]] = []
    places: list[str] = []
    for name, measure in options.measures.items() if unread else ():
        for key, difference, texts in _differing_groups(engine, sides, name, measure):
            may = [each for each in unread if each.may_be_of(texts, named)]
            of_left = _lacking(measure.left, measure.kind, sides.left, [each for each in may if each.of in left], sides)
            of_right = _lacking(
                measure.right, measure.kind, sides.right, [each for each in may if each.of in right], sides
            )
            if may and _explains(difference, of_left, of_right, Decimal(measure.within)):
                found.append((name, key))
                places += [each.place for each in may]
    columns = {"measure": [name for name, _ in found], "_key": [key for _, key in found]}
    arrays = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    take_decided(engine, sides.unsure_table, pa.table(arrays))
    return places


def _differing_groups(
    engine: Engine, sides: _Sides, name: str, measure: Measure
) -> Iterator[tuple[str, Decimal, dict[str, set[str]]]]:
    """The groups in which a measure differs: key, right - left, and by field of `by` the texts of their records."""
    by = sides.options.by
    texts = [f"list_concat(l.{each}, r.{each})" for each in (quoted(f"_texts_{name}") for name in by)]
    difference = f"coalesce(r.{quoted(name)}, 0) - coalesce(l.{quoted(name)}, 0)"
    rows = engine.rows(
        f"SELECT {', '.join([sides.key, difference, *texts])} FROM {sides.source} WHERE {_off(name, measure)}"
    )
    for key, off, *listed in rows:
        yield key, off, {field: {text for text in each or () if text} for field, each in zip(by, listed, strict=True)}


def _named(engine: Engine, sides: _Sides) -> dict[str, set[str]]:
    """By field of `by` that names something of a master the texts that the records of either side have."""
    fields = [name for name in sides.options.by if sides.left.has(f"{name}__id") or sides.right.has(f"{name}__id")]
    found: dict[str, set[str]] = {}
    for name in fields:
        texts = " UNION ".join(
            f"SELECT unnest({quoted(f'_texts_{name}')}) FROM {quoted(table)}"
            for table in (sides.left_table, sides.right_table)
        )
        found[name] = {text for (text,) in engine.rows(texts) if text}
    return found


def _lacking(expression: str, kind: str, given: Records, unread: Sequence[Unread], sides: _Sides) -> int | None:
    """By how much rows that were not read may add to a measure of one side; None: by any amount."""
    rows = 0
    by = {*sides.options.by, *(each.column for each in unread if each.column and not given.has(each.column))}
    for each in unread:
        if each.column is None and kind == "count" and expression.replace(" ", "").lower() == "count(*)":
            rows += each.rows
        elif each.column is None or each.column in by or names_field(expression, each.column):
            return None
    return rows


def _explains(difference: Decimal, left: int | None, right: int | None, within: Decimal) -> bool:
    """Whether the sides may agree, each with what it lacks; `difference` is right - left."""
    if left == 0 and right == 0:
        return False
    return (left is None or difference - left <= within) and (right is None or difference + right >= -within)


def _any_off(sides: _Sides) -> str:
    return "(" + " OR ".join(sides.off(name, measure) for name, measure in sides.options.measures.items()) + ")"


def _any_unsure(sides: _Sides) -> str:
    return f"EXISTS (FROM {quoted(sides.unsure_table)} u WHERE u._key = {sides.key})"


def _missing(rule: BoundRule, sides: _Sides, side: str) -> str:
    """The groups that `side` lacks."""
    measures = list(sides.options.measures.items())
    name, measure = next((each for each in measures if each[1].kind == "sum"), measures[0])
    left, right = (f"coalesce({alias}.{quoted(name)}, 0)" for alias in "lr")
    defaults = _defaults(sides, left, right, measure.kind)
    there = "r" if side == "left" else "l"
    entries = ", ".join(
        f"{quoted(each)} := text_of(CAST({there}.{quoted(each)} AS "
        f"{'BIGINT' if about.kind == 'count' else 'DECIMAL(18,5)'}))"
        for each, about in measures
    )
    defaults["criterion"] = f"CAST(to_json(struct_pack(lacking := {literal(side)}, {entries})) AS VARCHAR)"
    defaults["expected" if side == "left" else "actual"] = "NULL"
    source = f"{sides.source} WHERE {'l' if side == 'left' else 'r'}._rows IS NULL AND {_any_off(sides)}"
    return outcome_select(rule, "group_missing", field=side, defaults=defaults, source=source)


def _population(engine: Engine, sides: _Sides, side: str) -> Population:
    """The records of one side: matched in groups that agree in every measure, open in the others, explained where rows
    that were not read may explain the difference.

    Their amount is that of the first sum among the measures.
    """
    measures = list(sides.options.measures.items())
    summed = next((name for name, each in measures if each.kind == "sum"), None)
    alias = side[0]
    amount = f"sum({alias}.{quoted(summed)})" if summed else "0"
    rows = engine.rows(f"""
        SELECT CASE WHEN {_any_off(sides)} THEN 'open' WHEN {_any_unsure(sides)} THEN 'explained'
                    ELSE 'matched' END AS state,
               CAST(sum({alias}._rows) AS BIGINT), CAST(coalesce({amount}, 0) AS DECIMAL(38,5))
        FROM {sides.source} WHERE {alias}._rows IS NOT NULL GROUP BY state""")
    given = sides.left if side == "left" else sides.right
    return divided(
        side, given.name, {state: (count, Decimal(total)) for state, count, total in rows}, summed is not None
    )
