"""A criterion means one thing: what a match pairs, a record refers to by it, and a copy is a copy by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from auditor.checks.given import clear_records, empty_engine, put_records
from auditor.checks.registry import run_check
from auditor.engine import Engine
from auditor.records.loader import record_types
from auditor.rules.bound import BoundRule
from auditor.rules.check_kinds import check_kinds

BANK, BOOK = "bank_transaction", "bank_ledger_entry"
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
FAR = {"date": "2031-10-08"}  # no calendar reaches it

# entry of `on`, what the left record says, what the right one says, whether they agree
CASES: list[tuple[Any, Mapping[str, Any], Mapping[str, Any], bool]] = [
    ({"amount": {"percent": "0.5"}}, {"amount": "1.50"}, {"amount": "1.51"}, False),
    ({"amount": {"percent": "1"}}, {"amount": "0.30000"}, {"amount": "0.30200"}, True),
    ({"amount": {"percent": "1"}}, {"amount": "0.50"}, {"amount": "0.51"}, False),
    ({"amount": {"percent": "1"}}, {"amount": "-200.00"}, {"amount": "-202.00"}, True),
    ({"amount": {"percent": "1"}}, {"amount": "990.00"}, {"amount": "1000.00"}, False),
    ({"amount": {"percent": "1", "of": "right"}}, {"amount": "990.00"}, {"amount": "1000.00"}, True),
    ({"amount": {"percent": "1", "of": "larger"}}, {"amount": "1000.00"}, {"amount": "990.00"}, True),
    ({"amount": {"percent": "1", "of": "larger"}}, {"amount": "990.00"}, {"amount": "1000.00"}, True),
    ({"amount": {"percent": "1", "of": "right"}}, {"amount": "1000.00"}, {"amount": "990.00"}, False),
    ({"amount": {"within": "0.05"}}, {"amount": "10.00"}, {"amount": "10.05"}, True),
    ({"amount": {"within": "0.05"}}, {"amount": "10.00"}, {"amount": "10.06"}, False),
    ({"amount": {"within": "0"}}, {"amount": "10.00"}, {"amount": "10.00"}, True),
    ({"amount": {"digits": "reordered"}}, {"amount": "120.00"}, {"amount": "210.00"}, True),
    ({"amount": {"digits": "reordered"}}, {"amount": "120.00"}, {"amount": "220.00"}, False),
    ({"summary": {"digits": "reordered"}}, {"summary": "A12"}, {"summary": "B21"}, True),
    ({"summary": {"digits": "reordered"}}, {"summary": "甲"}, {"summary": "乙"}, False),
    ({"date": {"working_days": 0}}, FAR, FAR, True),
    ({"date": {"working_days": 1}}, {"date": "2026-10-09"}, {"date": "2026-10-10"}, True),  # a working Saturday
    ({"date": {"working_days": 1}}, {"date": "2026-10-10"}, {"date": "2026-10-12"}, True),
    ({"date": {"working_days": 1}}, {"date": "2026-10-09"}, {"date": "2026-10-12"}, False),
    ({"date": {"days": {"before": 1, "after": 0}}}, {"date": "2026-10-09"}, {"date": "2026-10-08"}, True),
    ({"date": {"days": {"before": 1, "after": 0}}}, {"date": "2026-10-08"}, {"date": "2026-10-09"}, False),
    ({"summary": {"fold": ["case"]}}, {"summary": "Ocean Freight"}, {"summary": "OCEAN FREIGHT"}, True),
    ({"summary": {"fold": ["case"]}}, {"summary": "Ocean Freight"}, {"summary": "OCEANFREIGHT"}, False),
    ({"summary": {"fold": ["case", "blanks"]}}, {"summary": "Ocean Freight"}, {"summary": "OCEANFREIGHT"}, True),
    ({"summary": {"fold": ["blanks"]}}, {"summary": "运 费"}, {"summary": "运费"}, True),
    ({"summary": {"empty": "equal"}}, {}, {}, True),
    ({"summary": {"empty": "equal"}}, {"summary": "x"}, {}, False),
    ({"summary": {"fold": ["case"], "empty": "equal"}}, {}, {}, True),
    ({"amount": {"within": "1", "empty": "equal"}}, {"amount": None}, {"amount": None}, True),
    ("summary", {}, {}, False),
    ({"amount": {"either": [{"within": "0.2"}, {"percent": "0.1"}]}}, {"amount": "1.0"}, {"amount": "1.1"}, True),
    ({"amount": {"either": [{"within": "0.2"}, {"percent": "0.1"}]}}, {"amount": "1000"}, {"amount": "1001"}, True),
    ({"amount": {"either": [{"within": "0.2"}, {"percent": "0.1"}]}}, {"amount": "100"}, {"amount": "101"}, False),
    ({"summary": {"contains": "left_in_right"}}, {"summary": "INV-100"}, {"summary": "pays INV-100, thanks"}, True),
    ({"summary": {"contains": "left_in_right"}}, {"summary": "INV-100"}, {"summary": "pays INV-1001"}, False),
    ({"summary": {"contains": "left_in_right"}}, {"summary": "100"}, {"summary": "付100号货款"}, True),
    ({"summary": {"contains": "right_in_left"}}, {"summary": "百利塑胶有限公司"}, {"summary": "百利塑胶"}, True),
    ({"summary": {"contains": "right_in_left"}}, {"summary": "百利塑胶"}, {"summary": "百利塑胶有限公司"}, False),
    ({"summary": {"contains": "either"}}, {"summary": "百利塑胶"}, {"summary": "百利塑胶有限公司"}, True),
    ({"summary": {"contains": "either"}}, {}, {"summary": "百利塑胶有限公司"}, False),
    ({"summary": {"contains": "left_in_right", "fold": ["case"]}}, {"summary": "inv-7"}, {"summary": "INV-7 x"}, True),
    ({"left": "summary", "right": "counterparty"}, {"summary": "Vercel"}, {"counterparty": "Vercel"}, True),
    ({"left": "summary", "right": "counterparty"}, {"summary": "Vercel"}, {"summary": "Vercel"}, False),
    ({"left": "summary", "right": "counterparty", "fold": ["case"]}, {"summary": "a"}, {"counterparty": "A"}, True),
    (
        {"either": ["summary", {"left": "summary", "right": "counterparty"}]},
        {"summary": "Vercel"}, {"counterparty": "Vercel"}, True,
    ),
    ({"either": ["summary", "counterparty"]}, {"summary": "a"}, {"summary": "b"}, False),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = empty_engine(record_types())
    yield made
    made.close()


def outcomes(engine: Engine, options: Mapping[str, Any], given: Mapping[str, Any]) -> set[str]:
    rule = BoundRule("one-meaning", check_kinds()[options["check"]].model_validate(options), {}, OCTOBER)
    put_records(engine, record_types(), given)
    try:
        table = run_check(rule, engine).table
        return {outcome for (outcome,) in engine.rows(f'SELECT outcome FROM "{table}"')}
    finally:
        clear_records(engine, given)


@pytest.mark.parametrize(("entry", "left", "right", "agrees"), CASES)
def test_match_refers_and_duplicate_agree(
    engine: Engine, entry: Any, left: Mapping[str, Any], right: Mapping[str, Any], agrees: bool
) -> None:
    both = {"date": "2026-10-08", "amount": "1.00", "direction": "in"}
    one, other = {**both, **left}, {**both, **right}
    sides = {"left": {"records": BANK}, "right": {"records": BOOK}}
    matched = outcomes(engine, {"check": "match", **sides, "passes": [{"on": [entry]}]}, {BANK: [one], BOOK: [other]})
    assert (not matched) == agrees
    refers = {"records": BOOK, "on": [entry]}
    require = {"check": "require", "records": BANK, "refers": refers, "require": "r._id IS NOT NULL"}
    assert (not outcomes(engine, require, {BANK: [one], BOOK: [other]})) == agrees
    first = {**one, "date": one["date"]}
    copies = {"check": "duplicate", "records": BANK, "on": [entry], "keep": ["serial"]}
    given = {BANK: [{**first, "serial": "1"}, {**other, "serial": "2"}]}
    assert bool(outcomes(engine, copies, given)) == agrees


@pytest.mark.parametrize(("entry", "left", "right", "agrees"), CASES)
def test_what_is_compared_differs_where_it_does_not_agree(
    engine: Engine, entry: Any, left: Mapping[str, Any], right: Mapping[str, Any], agrees: bool
) -> None:
    if isinstance(entry, str) or ("either" in entry and isinstance(entry["either"], list)):
        return  # no field of its own to compare
    both = {"date": "2026-10-08", "amount": "1.00", "direction": "in", "reference": "7", "serial": "7"}
    compare = {"this": entry} if "left" in entry else entry
    on = [{"left": "serial", "right": "reference"}]
    sides = {"left": {"records": BANK}, "right": {"records": BOOK}}
    options = {"check": "match", **sides, "passes": [{"on": on}], "compare": compare}
    # a second pair in which every field is filled, since what a whole side leaves empty is not compared
    full = {"summary": "z", "counterparty": "z", "date": "2026-10-01", "amount": "5.00", "direction": "in"}
    full |= {"serial": "8", "reference": "8"}
    columns = {name: set(record_types()[name].fields) for name in (BANK, BOOK)}
    given = {
        name: [{key: value for key, value in row.items() if key in columns[name]} for row in rows]
        for name, rows in ((BANK, [{**both, **left}, full]), (BOOK, [{**both, **right}, full]))
    }
    found = outcomes(engine, options, given)
    neither = all(not side.get(name) for name in ("summary",) for side in (left, right)) and "summary" in str(entry)
    assert (found == set()) == (agrees or neither)
