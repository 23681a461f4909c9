"""Cases of checks as data: every `tests/checks/CHECK/*.yaml` is a rule with the records it is tried on.

    title: receipts whose words differ from their figures       # optional
    rule:                          # as in a rule file; title, why, duty, outcomes and examples may be left out
      check: require
      records: receipt
      require: words = amount
    parameters: {fee_limit: "50.00 CNY"}                        # optional; named in the rule as :fee_limit
    views: {live_slip: "SELECT * FROM receiving_slip"}          # optional
    cases:
      - name: the words say 1,768.48
        period: 2026-10                                         # optional
        given: {receipt: [{id: a, receipt_no: "0003160", amount: "1786.48", words: "1768.48"}]}
        expect: [{outcome: fails, left: [a], key: "0003160"}]
        populations: {left: {count: 1, open: 1}}                # optional
        passes: {1: 1}                                          # optional
      - name: words and figures agree
        given: ...
        expect: []

`id` names a record of the case; without it, the values of its identity joined by `/` do. `expect` lists every row of
the outcome table, also what a rule would count without reporting it, unless `reported: true` asks for reported rows
alone. What is not stated of a row may be anything. Outcomes that the rule does not name are there, but unreported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from auditor.checks.base import CheckResult
from auditor.checks.examples import compared, month_of
from auditor.checks.given import clear_records, empty_engine, put_records
from auditor.checks.registry import run_check
from auditor.engine import Engine
from auditor.marked_yaml import Marked, load
from auditor.records.loader import record_types
from auditor.records.model import RecordType
from auditor.rules.binding import bound_rule
from auditor.rules.checking import check_rule
from auditor.rules.loader import rule_from_data
from auditor.rules.model import LoadedRule
from auditor.rules.parameters import built_in_values, parse_value
from auditor.rules.tokens import with_parameters
from auditor.rules.workbench import Workbench

HERE = Path(__file__).parent
TEXT = {"en": "a case", "zh": "用例"}
HEAD = {"title": TEXT, "why": TEXT, "duty": "D01", "outcomes": {}}


@dataclass(frozen=True)
class Case:
    """One case of a file: a rule, records, and the rows that its outcome table must hold."""

    file: str
    name: str
    data: Mapping[str, Any]
    case: Mapping[str, Any]
    marked: Marked = field(repr=False)

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def cases() -> Iterator[Case]:
    """All cases of all checks, in the order of files."""
    for path in sorted(HERE.glob("*/*.yaml")):
        marked = load(path, file=path.relative_to(HERE).as_posix())
        for case in marked.data["cases"]:
            yield Case(marked.file, case["name"], marked.data, case, marked)


@cache
def engine() -> Engine:
    """One engine for all cases, emptied after each."""
    return empty_engine(record_types())


def run_case(case: Case, *, reverse: bool) -> tuple[list[dict[str, Any]], CheckResult]:
    """The rows of the outcome table, with the names of records for their ids, and the check's result."""
    types, given = record_types(), _plain(case.case.get("given", {}), record_types())
    names = _names(case.case.get("given", {}), types, reverse)
    period = month_of(str(case.case.get("period", "2026-10")))
    values = {name: parse_value(text) for name, text in case.data.get("parameters", {}).items()}
    sql = {**{name: each.sql for name, each in values.items()}, **built_in_values(period, "CNY", None)}
    rule = _rule(case)
    for name, select in case.data.get("views", {}).items():
        engine().execute(f'CREATE OR REPLACE VIEW "{name}" AS {with_parameters(select, sql)}')
    try:
        put_records(engine(), types, given, reverse=reverse)
        result = run_check(bound_rule(rule, values, sql, period), engine())
        rows = engine().dicts(f'SELECT * FROM "{result.table}"')
        engine().execute(f'DROP TABLE "{result.table}"')
    finally:
        clear_records(engine(), given)
    for row in rows:
        for side in ("left", "right"):
            row[side] = sorted(names[number] for number in row.pop(f"{side}_ids") or [])
    return rows, result


def differences(case: Case, rows: list[dict[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The expected rows that are missing, and the rows that were not expected."""
    looked_at = [row for row in rows if row["rank"] is not None] if case.case.get("reported") else rows
    expected = []
    for each in case.case.get("expect", []):
        lists = {side: sorted(map(str, each[side])) for side in ("left", "right") if side in each}
        expected.append({**each, **lists})
    shown = [{**row, **{side: row[side] for side in ("left", "right")}} for row in looked_at]
    return compared(expected, shown)


def conserved(result: CheckResult) -> bool:
    """Whether matched + explained + open = population on every side, in count and amount."""
    for each in result.populations:
        if each.matched + each.explained + each.open != each.count:
            return False
        amounts = (each.matched_amount, each.explained_amount, each.open_amount)
        if each.amount is not None and sum((a for a in amounts if a is not None), Decimal(0)) != each.amount:
            return False
    return True


@cache
def _bench(file: str) -> Workbench:
    data = load(HERE / file, file=file).data
    bench = Workbench(record_types(), {name: parse_value(text) for name, text in data.get("parameters", {}).items()})
    for name, select in data.get("views", {}).items():
        fault = bench.view(name, select)
        assert fault is None, fault
    return bench


def _rule(case: Case) -> LoadedRule:
    stated = {**HEAD, **case.data["rule"]}
    stated["outcomes"] = {name: _reports(each) for name, each in stated["outcomes"].items()}
    codes = [
        report["code"]
        for each in stated["outcomes"].values()
        for report in (each if isinstance(each, list) else [each])
    ]
    firing = [{"code": codes[0]}] if codes else [{}]
    stated["examples"] = [
        {"name": "fires", "given": {}, "expect": firing},
        {"name": "silent", "given": {}, "expect": []},
    ]
    marked = Marked(case.file, stated, {(): (1, 1)}, {}, frozenset(), case.marked.lines)
    rule, errors = rule_from_data(stated, marked, Path(case.file).stem.replace("_", "-"))
    assert rule is not None and not errors, [each.message("en") for each in errors]
    checked, errors = check_rule(rule, record_types(), _bench(case.file), frozenset(case.data.get("views", {})))
    errors = [each for each in errors if codes or each.code != "UnknownCode"]
    assert not errors, [each.message("en") for each in errors]
    return checked


def _reports(report: Any) -> Any:
    if isinstance(report, list):
        return [_reports(each) for each in report]
    return {"code": "TST-01", "severity": "high", "title": TEXT, **report}


def _plain(given: Mapping[str, Any], types: Mapping[str, RecordType]) -> dict[str, list[dict[str, Any]]]:
    """The records without their names."""
    return {
        name: [
            {key: value for key, value in record.items() if key != "id" or "id" in types[name].fields}
            for record in records
        ]
        for name, records in given.items()
    }


def _names(given: Mapping[str, Any], types: Mapping[str, RecordType], reverse: bool) -> dict[int, str]:
    """The names of records by the ids that `put_records` gives them."""
    ordered = [
        (name, record)
        for name in sorted(given, reverse=reverse)
        for record in (reversed(given[name]) if reverse else given[name])
    ]
    return {
        number: str(record.get("id") or "/".join(str(record.get(each)) for each in types[name].identity))
        for number, (name, record) in enumerate(ordered, start=1)
    }
