"""`match` where nearly everything differs: the time that ten times as many differences cost.

Two statements of the same payments, of which every amount is another one, are matched as the shipped rule
`bank-against-ledger` does: by amount, by party, in groups that add up, at last by party and day. What may not happen is
that a bad month costs out of proportion; so each size is set against n log n of the smallest.

    python benchmarks/match_differences.py [--sizes 1000 2000 4000 10000] [--parties 500]
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from auditor.checks.match import run
from auditor.checks.match.options import Match
from auditor.engine import DuckEngine
from auditor.rules.bound import BoundRule
from auditor.rules.macros import create_macros
from auditor.rules.schema import Outcome

MOST = 2.0  # times n log n of the smallest size
COLUMNS = "_id BIGINT, account VARCHAR, date DATE, party VARCHAR, amount DECIMAL(18,5)"


def make_records(engine: DuckEngine, count: int, parties: int) -> None:
    """Both sides: in both every amount is another one, and no two sides' amounts add up to one another."""
    for table, first, more in (("bank_transaction", 1, "0"), ("bank_ledger_entry", count + 1, "1 + i % 7")):
        engine.execute(f"CREATE OR REPLACE TABLE {table} ({COLUMNS})")
        engine.execute(
            f"INSERT INTO {table} SELECT {first} + i, 'A', DATE '2026-10-01' + CAST(i * 31 // {count} AS INTEGER), "
            f"'P' || CAST(i % {parties} AS VARCHAR), 100 * (i + 1) + {more} + 0.37 FROM range({count}) t(i)"
        )


def rule() -> BoundRule:
    """The rule whose work is measured."""
    passes = [
        {"on": ["account", "party", "amount", {"date": {"days": 3}}]},
        {"on": ["account", "amount", {"date": {"days": 31}}]},
        {
            "on": ["account", "party", {"date": {"days": 31}}],
            "sum": {"amount": {"within": "0.00"}},
            "groups": {"most": 6, "both": True},
        },
        {"on": ["account", "party", {"date": {"days": 0}}]},
    ]
    options = Match.model_validate(
        {
            "check": "match",
            "left": {"records": "bank_transaction"},
            "right": {"records": "bank_ledger_entry"},
            "passes": passes,
            "compare": {"amount": {"within": "0.00"}},
        }
    )
    outcomes = {}
    for n, name in enumerate(("left_only", "right_only", "differs", "ambiguous"), 1):
        report = {"code": f"BNK-{n:02d}", "severity": "high", "title": {"en": name, "zh": name}}
        outcomes[name] = (Outcome.model_validate(report),)
    return BoundRule("bank-against-ledger", options, outcomes, (date(2026, 10, 1), date(2026, 10, 31)))


def seconds_of(count: int, parties: int) -> float:
    """The processor time of the match of so many differences. Raises AssertionError if one is not found."""
    engine = DuckEngine()
    create_macros(_with_calendar(engine))
    make_records(engine, count, parties)
    start = time.process_time()
    result = run(rule(), engine)
    spent = time.process_time() - start
    found = engine.value(f"SELECT count(*) FROM \"{result.table}\" WHERE outcome = 'differs'")
    assert found == count, f"{found} differences of {count}"
    engine.close()
    return spent


def _with_calendar(engine: DuckEngine) -> DuckEngine:
    engine.execute("CREATE TABLE calendar_day (day DATE, working BOOLEAN, working_number BIGINT)")
    return engine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000, 4000, 10000])
    parser.add_argument("--parties", type=int, default=500)
    given = parser.parse_args()
    smallest, first = given.sizes[0], 0.0
    worst = 0.0
    for size in given.sizes:
        spent = seconds_of(size, given.parties)
        first = first or spent
        wanted = first * size * math.log(size) / (smallest * math.log(smallest))
        worst = max(worst, spent / wanted)
        print(f"{size:>7} differences: {spent:6.2f} s of processor time, {spent / wanted:.2f} times n log n")
    return 0 if worst <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
