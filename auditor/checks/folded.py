"""Records of which all that a rule found follows from other exceptions: explained, since nothing of its own is open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from auditor.checks.base import CheckResult, Population
from auditor.checks.coverage import explained, sources_of
from auditor.checks.sources import Records, records
from auditor.checks.templates import literal, quoted
from auditor.engine import Engine
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Balance, Duplicate, Match, Query, Require, Totals
from auditor.rules.schema import Sequence as NumberSequence

_OF_BOOKS = ("skipped_book", "book_not_returned", "book_issued_early")


def with_folded(rule: BoundRule, engine: Engine, result: CheckResult, folded: Collection[int]) -> CheckResult:
    """The result with the open records explained that only folded outcomes name. `folded`: their rows in the outcome
    table."""
    if not folded:
        return result
    sides = [
        _settled(rule, engine, result.table, each, records(engine, source.records, source.where), at, folded)
        for at, (each, source) in enumerate(zip(result.populations, sources_of(rule), strict=True))
    ]
    return replace(result, populations=tuple(sides))


def _settled(
    rule: BoundRule, engine: Engine, table: str, side: Population, given: Records, at: int, folded: Collection[int]
) -> Population:
    if not side.open:
        return side
    rows = ", ".join(map(str, sorted(folded)))
    naming = _naming(rule, side.side, at)
    of_folded = f"SELECT {naming} FROM {quoted(table)} WHERE rowid IN ({rows})"
    of_others = f"SELECT {naming} FROM {quoted(table)} WHERE rank IS NOT NULL AND rowid NOT IN ({rows})"
    if isinstance(rule.options, NumberSequence) and at == 0:  # the population is one of numbers
        count = int(engine.value(f"SELECT count(*) FROM ({of_folded} EXCEPT {of_others}) WHERE 1 = 1"))
        return explained(side, min(count, side.open), None)
    own = "s._ids[1]" if given.has("_ids") else "s._id"
    only = f"{own} IN ({of_folded}) AND {own} NOT IN (SELECT id FROM ({of_others}) t(id) WHERE id IS NOT NULL)"
    amount = _amount(rule, engine, given, side.side)
    count, total = engine.rows(f"SELECT count(*), coalesce({amount}, 0) FROM {given.sql} s WHERE {only}")[0]
    if count >= side.open:
        return explained(side, side.open, side.open_amount)
    return explained(side, count, Decimal(total) if side.amount is not None else None)


def _naming(rule: BoundRule, side: str, at: int) -> str:
    """SQL over a row of the outcome table: the records of one side that count as open for it."""
    options = rule.options
    if isinstance(options, Query):
        return "unnest(list_concat(left_ids, right_ids))"
    if isinstance(options, Require):
        return "unnest(left_ids)"
    if isinstance(options, Duplicate):
        return "unnest(right_ids)"
    if isinstance(options, Balance):
        return (
            "unnest(CASE outcome WHEN 'break' THEN right_ids WHEN 'negative' THEN left_ids "
            "WHEN 'above_limit' THEN left_ids ELSE [] END)"
        )
    if isinstance(options, NumberSequence):
        books = ", ".join(map(literal, _OF_BOOKS))
        return f"unnest(CASE WHEN outcome IN ({books}) THEN [] ELSE {'[key]' if at == 0 else 'right_ids'} END)"
    if isinstance(options, Match):
        refused = {each.outcome or "not_accepted" for each in options.passes if not each.accept}
        whole = ", ".join(map(literal, sorted({f"{side}_only", "ambiguous"} | refused)))
        copies = "CAST(json_extract(criterion, '$.duplicate') AS BIGINT[])"
        return (
            f"unnest(CASE WHEN outcome IN ({whole}) THEN {side}_ids "
            f"WHEN outcome = {literal(f'{side}_duplicate')} THEN {copies} ELSE [] END)"
        )
    return f"unnest({side}_ids)"


def _amount(rule: BoundRule, engine: Engine, given: Records, side: str) -> str:
    """SQL: the sum of what the population of a side adds up, over its records `s`."""
    options = rule.options
    if isinstance(options, Match):
        from auditor.checks.match.plan import make_plan
        from auditor.checks.match.sides import measure_of

        return f"sum({measure_of(make_plan(rule, engine), side, 's')})"
    if isinstance(options, Totals):
        sums = (each for each in options.measures.values() if each.kind == "sum")
        measure = next(sums, None)
        return "0" if measure is None else measure.left if side == "left" else measure.right
    if isinstance(options, Balance):
        return f"sum({options.movement})"
    return "sum(s.amount)" if given.has("amount") else "0"
