"""What the outcomes of a match have in common: the records that they name, key, party and date, the pass of a pair."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.checks.match.plan import Plan, Stage
from auditor.checks.match.sides import measure_of
from auditor.checks.sources import key_part
from auditor.checks.templates import literal, quoted


def common(plan: Plan) -> dict[str, str]:
    """What all outcomes say of key, party, currency and date: of the left record, else of the right one."""
    first = plan.stages[0].tests[0]

    def either(left: str, right: str) -> str:
        return f"coalesce({left}, {right})"

    left, right = plan.left, plan.right
    return {
        "key": either(
            key_part(left.columns[first.left], f"l.{quoted(first.left)}"),
            key_part(right.columns[first.right], f"r.{quoted(first.right)}"),
        ),
        "party": either(left.party("l"), right.party("r")),
        "currency": either(left.currency("l"), right.currency("r")),
        "date": either(left.date("l"), right.date("r")),
    }


def shown(plan: Plan, side: str) -> str:
    """The table of the records of one side that outcomes name."""
    return quoted(plan.table(f"shown_{side}"))


def as_json(**values: str) -> str:
    """A JSON text of SQL values."""
    fields = ", ".join(f"{quoted(name)} := {value}" for name, value in values.items())
    return f"CAST(to_json(struct_pack({fields})) AS VARCHAR)"


def ids(plan: Plan, side: str, *aliases: str) -> str:
    """The list of the ids of the records under `aliases`, of those that are there."""
    given = plan.given(side)
    if len(aliases) == 1 and not given.has("_ids"):
        return f"CASE WHEN {aliases[0]}._id IS NULL THEN [] ELSE [{aliases[0]}._id] END"
    return (
        "list_sort(list_distinct("
        + " || ".join(f"(CASE WHEN {alias}._id IS NULL THEN [] ELSE {given.ids(alias)} END)" for alias in aliases)
        + "))"
    )


def pair_source(plan: Plan, rows: str) -> str:
    """What follows FROM for pairs: `rows` as `p`, with their records as `l` and `r`."""
    return f"{rows} p JOIN {shown(plan, 'left')} l ON l._id = p.lid JOIN {shown(plan, 'right')} r ON r._id = p.rid"


def gap(plan: Plan) -> str:
    """By how much the measure of the right record exceeds that of the left one, both with their sign."""
    return f"coalesce({measure_of(plan, 'right', 'r')}, 0) - coalesce({measure_of(plan, 'left', 'l')}, 0)"


def tier(plan: Plan, outcome: str, extra: Mapping[str, str] | None = None) -> str:
    """JSON: which pass made the pair, and how far apart its windows were."""
    distances = " ".join(f"WHEN {stage.number} THEN {_distance(stage)}" for stage in plan.stages if stage.windows)
    values = {"outcome": literal(outcome), "pass": "p.stage"}
    if distances:
        values["distance"] = f"CASE p.stage {distances} END"
    return as_json(**values, **(extra or {}))


def _distance(stage: Stage) -> str:
    days = ", ".join(
        f"{literal(each.field)}, r.{quoted(each.right)} - l.{quoted(each.left)}" for each in stage.windows
    )
    return f"json_object({days})"
