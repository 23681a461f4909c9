"""`match` of 1,000,000 × 1,000,000 records on two keys with six compared fields and 0.1 % planted differences.

Against the best query that one would write by hand in DuckDB for the same question (which records stand on one side
only, which differ and in which field), and against datacompy and a pandas merge where they are installed. Every
contender gets the records in its own store and must give the same answer. Run alone:

    python benchmarks/match_million.py [--records 1000000] [--repeat 5]
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from auditor.checks.match import run
from auditor.checks.match.options import Match
from auditor.engine import DuckEngine
from auditor.rules.bound import BoundRule
from auditor.rules.macros import create_macros
from auditor.rules.schema import Outcome

KEYS = ("slip_no", "waybill_no")
FIELDS = ("date", "customer", "pieces", "charge_weight", "amount", "pay_mode")
Answer = tuple[int, int, dict[str, int]]  # left only, right only, differences by field

RECORDS = """
CREATE TABLE {table} AS
SELECT {first} + i AS _id,
       'SH26-' || lpad(CAST(i * 7919 % {count} AS VARCHAR), 7, '0') AS slip_no,
       'YT2610' || lpad(CAST(i * 104729 % {count} AS VARCHAR), 8, '0') AS waybill_no,
       DATE '2026-10-01' + CAST(i % 31 AS INTEGER) AS date,
       ['恒昌电子', '百利塑胶', '雅织服饰', '顺锦家居', '天域照明'][1 + i % 5] || i % 997 AS customer,
       1 + i % 9 AS pieces,
       CAST(5 + i * 37 % 200 AS DECIMAL(18,5)) / 2 AS charge_weight,
       CAST(i * 7919 % 1000003 AS DECIMAL(18,5)) * 0.01 AS amount,
       ['monthly', 'cash', 'collect'][1 + i % 3] AS pay_mode
FROM range({count}) t(i)
"""


def make_records(engine: DuckEngine, count: int) -> None:
    """Slips and register entries, with 0.1 % planted: a quarter on either side only, half in a field of each kind."""
    for table, first in (("receiving_slip", 1), ("register_entry", count + 1)):
        raw = RECORDS.format(table=table, first=first, count=count)
        engine.execute(raw)
        engine.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT * REPLACE (CAST(charge_weight AS DECIMAL(18,5)) AS "
            f"charge_weight, CAST(amount AS DECIMAL(18,5)) AS amount) FROM {table}"
        )
    engine.execute("DELETE FROM register_entry WHERE _id % 4000 = 11")
    engine.execute("DELETE FROM receiving_slip WHERE _id % 4000 = 13")
    changed = {
        "date": "date + 1",
        "customer": "customer || '（深圳）'",
        "pieces": "pieces + 3",
        "charge_weight": "charge_weight + 1.5",
        "amount": "amount + 90",
        "pay_mode": "'third_party'",
    }
    for place, (field, value) in enumerate(changed.items()):
        engine.execute(f"UPDATE register_entry SET {field} = {value} WHERE _id % 12000 = {100 + place}")


def rule() -> BoundRule:
    """The rule whose work is measured."""
    options = Match.model_validate(
        {
            "check": "match",
            "left": {"records": "receiving_slip"},
            "right": {"records": "register_entry"},
            "passes": [{"on": list(KEYS)}],
            "compare": dict.fromkeys(FIELDS, "exact"),
        }
    )
    outcomes = {}
    for n, name in enumerate(("left_only", "right_only", "differs"), 1):
        report = {"code": f"REG-{n:02d}", "severity": "high", "title": {"en": name, "zh": name}}
        outcomes[name] = (Outcome.model_validate(report),)
    return BoundRule("slips-against-register", options, outcomes, (date(2026, 10, 1), date(2026, 10, 31)))


def by_match(engine: DuckEngine) -> Answer:
    result = run(rule(), engine)
    counts = engine.rows(f'SELECT outcome, field, count(*) FROM "{result.table}" GROUP BY ALL')
    sides = {outcome: count for outcome, _, count in counts if outcome != "differs"}
    differing = {field: count for outcome, field, count in counts if outcome == "differs"}
    return sides["left_only"], sides["right_only"], differing


def by_hand(engine: DuckEngine) -> Answer:
    """One full join on both keys that keeps only what is wrong: the fastest of the forms that were tried."""
    differ = [f"l.{each} IS DISTINCT FROM r.{each}" for each in FIELDS]
    columns = ", ".join(f"{test} AS {each}" for test, each in zip(differ, FIELDS, strict=True))
    engine.execute(f"""
        CREATE OR REPLACE TEMP TABLE by_hand AS
        SELECT l._id AS left_id, r._id AS right_id, {columns}
        FROM receiving_slip l FULL JOIN register_entry r ON l.slip_no = r.slip_no AND l.waybill_no = r.waybill_no
        WHERE l._id IS NULL OR r._id IS NULL OR {" OR ".join(differ)}""")
    fields = ", ".join(f"count(*) FILTER ({each} AND left_id IS NOT NULL AND right_id IS NOT NULL)" for each in FIELDS)
    sides = "count(*) FILTER (right_id IS NULL), count(*) FILTER (left_id IS NULL)"
    row = engine.rows(f"SELECT {sides}, {fields} FROM by_hand")[0]
    return row[0], row[1], dict(zip(FIELDS, row[2:], strict=True))


def by_pandas(left: Any, right: Any) -> Answer:
    """An outer merge with an indicator, and each field compared."""
    both = left.merge(right, how="outer", on=list(KEYS), suffixes=("_l", "_r"), indicator=True)
    paired = both[both["_merge"] == "both"]
    return (
        int((both["_merge"] == "left_only").sum()),
        int((both["_merge"] == "right_only").sum()),
        {each: int((paired[f"{each}_l"] != paired[f"{each}_r"]).sum()) for each in FIELDS},
    )


def by_datacompy(left: Any, right: Any) -> Answer:
    """datacompy's comparison of two DataFrames."""
    datacompy = importlib.import_module("datacompy")
    compare = (getattr(datacompy, "PandasCompare", None) or datacompy.Compare)(left, right, join_columns=list(KEYS))
    wrong = {each["column"]: int(each["unequal_cnt"]) for each in compare.column_stats if each["column"] in FIELDS}
    return len(compare.df1_unq_rows), len(compare.df2_unq_rows), wrong


def measured(work: Callable[[], Answer], repeat: int) -> tuple[float, Answer]:
    """The median time in seconds and the answer."""
    times, answer = [], None
    for _ in range(repeat):
        start = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - start)
    assert answer is not None
    return statistics.median(times), answer


def frames(engine: DuckEngine) -> tuple[Any, Any]:
    """Both sides as pandas DataFrames; amounts as whole fen, so that pandas has its fastest exact type."""
    columns = (
        ", ".join(KEYS) + ", date, customer, pieces, CAST(charge_weight * 100 AS BIGINT) AS charge_weight, "
        "CAST(amount * 100 AS BIGINT) AS amount, pay_mode"
    )
    left, right = (
        engine.arrow(f"SELECT {columns} FROM {each}").to_pandas(date_as_object=False)
        for each in ("receiving_slip", "register_entry")
    )
    return left, right


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    engine = DuckEngine()
    create_macros_with_calendar(engine)
    make_records(engine, arguments.records)
    # in turns, so that what else the machine does falls on both alike
    hand, ours = [], []
    for turn in range(arguments.repeat + 1):
        hand_time, expected = measured(lambda: by_hand(engine), 1)
        our_time, found = measured(lambda: by_match(engine), 1)
        assert found == expected, (found, expected)
        if turn:  # the first turn warms up
            hand.append(hand_time)
            ours.append(our_time)
    base, own = statistics.median(hand), statistics.median(ours)
    print(f"{arguments.records:,} x {arguments.records:,} records, found {expected}")
    print(f"hand-written DuckDB query  {base:8.3f} s")
    print(f"match                      {own:8.3f} s   {own / base:.2f} x the hand-written query (wanted: at most 2)")
    left, right = frames(engine)
    ok = own <= 2 * base
    for name, work in (("pandas merge", by_pandas), ("datacompy", by_datacompy)):
        try:
            taken, answer = measured(lambda work=work: work(left, right), 2)  # type: ignore[misc]
        except ModuleNotFoundError as error:
            print(f"{name:26} not measured: {error}")
            continue
        assert answer == expected, (name, answer, expected)
        print(f"{name:26} {taken:8.3f} s   match takes {own / taken:.2f} of its time (wanted: less than 1)")
        ok = ok and own < taken
    return 0 if ok else 1


def create_macros_with_calendar(engine: DuckEngine) -> None:
    engine.execute("CREATE TABLE calendar_day (day DATE, working BOOLEAN, working_number BIGINT)")
    create_macros(engine)


if __name__ == "__main__":
    sys.exit(main())
