"""Differences between the records of a pair, as outcomes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from auditor.checks.match.named import common, gap, ids, pair_source, tier
from auditor.checks.match.plan import Comparison, Plan
from auditor.checks.match.settled import pair_settles_partly, partly_settled
from auditor.checks.match.sides import value_of
from auditor.checks.outcomes import outcome_select
from auditor.checks.templates import literal, quoted
from auditor.rules.schema import Outcome


def difference_selects(plan: Plan, there: Collection[str]) -> list[str]:
    """The SELECTs of all differences; `there` holds `shown BIT` for each field that has any."""
    return [select for alike in _reported_alike(plan, there) for select in _differs(plan, alike)]


def _reported_alike(plan: Plan, there: Collection[str]) -> list[list[Comparison]]:
    """The comparisons that have differences to report, those with the same reports together: a SELECT takes the engine
    longer to plan than to run."""
    found: list[tuple[tuple[Outcome, ...], list[Comparison]]] = []
    for each in plan.comparisons:
        if f"shown {each.bit}" in there:
            reports = plan.rule.reports("differs", each.field)
            alike = next((alike for known, alike in found if known == reports), None)
            if alike is None:
                found.append((reports, [each]))
            else:
                alike.append(each)
    return [alike for _, alike in found]


def _differs(plan: Plan, alike: list[Comparison]) -> list[str]:
    """A SELECT for the differences in several fields; each pair comes once for each field of its own. Where one side
    pays a part of the other, another SELECT."""
    left = [value_of(plan, "left", each.test.left, "l") for each in alike]
    right = [value_of(plan, "right", each.test.right, "r") for each in alike]
    differences = [_difference(plan, each) for each in alike]
    amounts = [
        each if _is_measured(plan, field) else "NULL" for field, each in zip(alike, differences, strict=True)
    ]
    folded = [_folded(plan, each) for each in alike]
    titles = {each.field: plan.rule.field_titles.get(each.field) for each in alike}
    defaults = common(plan) | {
        "left_ids": ids(plan, "left", "l"),
        "right_ids": ids(plan, "right", "r"),
        "field": _by_field(alike, [literal(each.field) for each in alike]),
        "field_title": _by_field(alike, [literal(title.zh if title else name) for name, title in titles.items()]),
        "expected": _by_field(alike, left, "text_of({})"),
        "actual": _by_field(alike, right, "text_of({})"),
        "difference": _by_field(alike, differences, "CAST({} AS DECIMAL(18,5))"),
        "amount": _by_field(alike, amounts, "CAST({} AS DECIMAL(18,5))"),
        "criterion": _by_field(alike, [tier(plan, "differs", {"folded": each} if each else None) for each in folded]),
    }
    bits = ", ".join(f"({1 << each.bit})" for each in alike)
    rows = (
        f"(SELECT p.*, d.bit FROM {quoted(plan.table('differing'))} p, (VALUES {bits}) d(bit) "
        "WHERE p.shown & d.bit <> 0)"
    )
    source = pair_source(plan, rows)
    partly = {each.bit: condition for each in alike if (condition := pair_settles_partly(plan, each))}
    others = " AND ".join(f"NOT (p.bit = {1 << bit} AND {condition})" for bit, condition in partly.items()) or "TRUE"
    differing = f"{source} WHERE {others}"
    selects = [partly_settled(plan, each, source) for each in alike]
    selects.append(outcome_select(plan.rule, "differs", field=alike[0].field, defaults=defaults, source=differing))
    return [each for each in selects if each is not None]


def _by_field(alike: Sequence[Comparison], values: Sequence[str], typed: str = "{}") -> str:
    """The value that belongs to the field whose bit a row names; `typed` gives all of them one type."""
    if len(set(values)) == 1:
        return values[0]
    branches = " ".join(
        f"WHEN {1 << each.bit} THEN {typed.format(value)}" for each, value in zip(alike, values, strict=True)
    )
    return f"CASE p.bit {branches} END"


def _is_measured(plan: Plan, comparison: Comparison) -> bool:
    """Whether a difference is one of the measure itself, which stands in a field of one name on both sides."""
    names = {comparison.test.left, comparison.test.right}
    return names == {plan.options.measure} or (names == {"direction"} and plan.red)


def _difference(plan: Plan, comparison: Comparison) -> str:
    """By how much the right value exceeds the left one; NULL for texts."""
    test = comparison.test
    left, right = value_of(plan, "left", test.left, "l"), value_of(plan, "right", test.right, "r")
    if _is_measured(plan, comparison):
        return gap(plan)
    if comparison.numeric:
        return f"coalesce({right}, 0) - coalesce({left}, 0)"
    return f"{right} - {left}" if comparison.is_date else "NULL"


def _folded(plan: Plan, comparison: Comparison) -> str:
    """The differing fields that a difference in this one entails; nothing if it hides none."""
    fields = ", ".join(
        f"CASE WHEN p.mask & {1 << each.bit} <> 0 THEN {literal(each.field)} END"
        for each in plan.comparisons
        if each.field in comparison.hides
    )
    return f"list_sort(list_distinct([{fields}]))" if fields else ""
