"""Small tables matched by a rule written as data, for tests that need more freedom than cases have."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from auditor.checks.base import CheckResult
from auditor.checks.match import run
from auditor.checks.match.options import Match
from auditor.engine import DuckEngine
from auditor.rules.bound import BoundRule
from auditor.rules.macros import create_macros
from auditor.rules.schema import Outcome

COLUMNS = {
    "no": "VARCHAR",
    "date": "DATE",
    "party": "VARCHAR",
    "party__id": "VARCHAR",
    "direction": "VARCHAR",
    "amount": "DECIMAL(18,5)",
    "remark": "VARCHAR",
}
ALL = (
    "left_only",
    "right_only",
    "differs",
    "left_duplicate",
    "right_duplicate",
    "ambiguous",
    "group_differs",
    "timing",
)
Row = tuple[Any, ...]


@cache
def engine() -> DuckEngine:
    """One engine for all tests, with a calendar of October and November 2026 whose Sundays do not work."""
    made = DuckEngine(threads=1)
    made.execute("CREATE TABLE calendar_day (day DATE, working BOOLEAN, working_number BIGINT)")
    made.execute(
        "INSERT INTO calendar_day SELECT day, works, sum(CAST(works AS INTEGER)) OVER (ORDER BY day) FROM ("
        "SELECT CAST(d AS DATE) AS day, isodow(d) < 7 AS works "
        "FROM range(DATE '2026-10-01', DATE '2026-12-01', INTERVAL 1 DAY) t(d))"
    )
    create_macros(made)
    return made


def bound(outcomes: Sequence[str] = ALL, **options: Any) -> BoundRule:
    """A rule over the tables `evidence` and `ledger` that reports the outcomes of these names."""
    match = Match.model_validate(
        {"check": "match", "left": {"records": "evidence"}, "right": {"records": "ledger"}, **options}
    )
    title = {"en": "a test", "zh": "测试"}
    reports = {
        name: (Outcome.model_validate({"code": f"TST-{n:02d}", "severity": "high", "title": title}),)
        for n, name in enumerate(outcomes)
    }
    return BoundRule("a-test", match, reports, (date(2026, 10, 1), date(2026, 10, 31)))


def fill(table: str, rows: Sequence[tuple[int, Row]], columns: Mapping[str, str] = COLUMNS) -> None:
    """The table with these rows, each with its `_id`."""
    described = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    engine().execute(f"CREATE OR REPLACE TABLE {table} (_id BIGINT, {described})")
    for number, row in rows:
        marks = ", ".join("?" for _ in range(len(columns) + 1))
        engine().execute(f"INSERT INTO {table} VALUES ({marks})", [number, *row])


def matched(
    rule: BoundRule, left: Sequence[tuple[int, Row]], right: Sequence[tuple[int, Row]]
) -> tuple[CheckResult, list[dict[str, Any]]]:
    """The result, and the outcome rows with `left` and `right`: the contents of their records, in order."""
    fill("evidence", left)
    fill("ledger", right)
    result = run(rule, engine())
    rows = engine().dicts(f'SELECT * FROM "{result.table}"')
    content = {"left": dict(left), "right": dict(right)}
    for row in rows:
        for side in ("left", "right"):
            row[side] = sorted((content[side][i] for i in row.pop(f"{side}_ids")), key=repr)
        row["criterion"] = json.loads(row["criterion"] or "{}")
        row["nearest"] = json.loads(row["nearest"] or "[]")
    return result, rows
