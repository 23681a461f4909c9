"""From what a check found to its outcome table: the rule's reports, in their order, over the check's own columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from auditor.checks.base import OUTCOME_COLUMNS
from auditor.checks.given import empty_engine
from auditor.checks.outcomes import create_outcomes, outcome_select
from auditor.checks.query import Query
from auditor.engine import Engine
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Outcome
from auditor.strict_yaml import Bilingual

TITLE = Bilingual(en="a report", zh="例外")
DEFAULTS = {
    "left_ids": "[a.id]",
    "key": "a.slip_no",
    "expected": "a.amount",
    "actual": "b.amount",
    "difference": "b.amount - a.amount",
    "amount": "b.amount - a.amount",
    "date": "a.day",
}
SOURCE = "slips a LEFT JOIN entries b ON b.slip_no = a.slip_no"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = empty_engine(record_types())
    engine.execute("CREATE TABLE slips (id BIGINT, slip_no VARCHAR, amount DECIMAL(18,5), day DATE)")
    for row in ("1, 'S1', 10, '2026-10-08'", "2, 'S2', 20, '2026-10-09'", "3, 'S3', 5, NULL"):
        engine.execute(f"INSERT INTO slips VALUES ({row})")
    engine.execute("CREATE TABLE entries (slip_no VARCHAR, amount DECIMAL(18,5))")
    engine.execute("INSERT INTO entries VALUES ('S1', 4), ('S2', 25.5)")
    yield engine
    engine.close()


def report(code: str, **stated: str) -> Outcome:
    return Outcome.model_validate({"code": code, "severity": "high", "title": TITLE, **stated})


def rule(*reports: Outcome) -> BoundRule:
    period = (date(2026, 10, 1), date(2026, 10, 31))
    titles = {"amount": Text("Amount", "金额")}
    return BoundRule("slips", Query(check="query", select="", reads=[]), {"differs": reports}, period, titles)


def made(engine: Engine, bound: BoundRule, *columns: str) -> list[tuple[object, ...]]:
    select = outcome_select(
        bound, "differs", defaults=DEFAULTS, source=SOURCE, field="amount", left_alias="a", right_alias="b"
    )
    create_outcomes(engine, "outcome_slips", [select])
    assert engine.columns("outcome_slips") == OUTCOME_COLUMNS
    return engine.rows(f"SELECT {', '.join(columns)} FROM outcome_slips ORDER BY left_ids")


def test_the_check_s_own_columns(engine: Engine) -> None:
    rows = made(engine, rule(report("REG-03")), "rank", "key", "expected", "actual", "difference", "amount", "date")
    assert rows == [
        (0, "S1", "10.00", "4.00", Decimal("-6"), Decimal("6"), date(2026, 10, 8)),
        (0, "S2", "20.00", "25.50", Decimal("5.5"), Decimal("5.5"), date(2026, 10, 9)),
        (0, "S3", "5.00", None, None, None, None),
    ]


def test_the_first_report_that_holds_is_taken_and_none_is_counted_only(engine: Engine) -> None:
    low = report("REG-03", where=":difference < 0", key="l.slip_no || '/' || :field_title", amount="l.amount")
    high = report("REG-05", where="r.amount > 0 AND :actual = '25.50'", party="'陈记批发'", expected="mmdd(l.day)")
    assert made(engine, rule(low, high), "rank", "key", "party", "expected", "amount") == [
        (0, "S1/金额", None, "10.00", Decimal("10")),
        (1, "S2", "陈记批发", "10-09", Decimal("5.5")),
        (0, "S3/金额", None, "5.00", Decimal("5")),
    ]


@pytest.mark.parametrize(
    ("wheres", "ranks"),
    [
        (["r.amount > 5"], [None, 0, 0]),  # of S3 nobody knows the amount: it is told
        (["NOT r.amount > 5"], [0, None, 0]),
        (["r.amount > 5", "r.amount < 5"], [1, 0, 0]),
        (["l.amount > 15", "r.amount > 5"], [None, 0, 1]),  # the first that is not denied
        (["r.amount > 5", None], [1, 0, 1]),  # what is left over takes it
        (["r.amount IS NOT NULL AND r.amount > 5"], [None, 0, None]),  # the rule itself says what it drops
    ],
)
def test_what_an_empty_field_leaves_undecided_is_not_dropped(
    engine: Engine, wheres: list[str | None], ranks: list[int | None]
) -> None:
    reports = [report("REG-03", **({"where": each} if each else {})) for each in wheres]
    assert [rank for (rank,) in made(engine, rule(*reports), "rank")] == ranks


def test_an_outcome_that_no_report_names_is_there_without_a_rank(engine: Engine) -> None:
    assert made(engine, rule(), "rank", "outcome", "field", "key") == [
        (None, "differs", "amount", "S1"), (None, "differs", "amount", "S2"), (None, "differs", "amount", "S3"),
    ]  # fmt: skip


def test_no_outcomes_at_all_make_an_empty_table(engine: Engine) -> None:
    create_outcomes(engine, "outcome_none", [])
    assert engine.columns("outcome_none") == OUTCOME_COLUMNS
    assert engine.value("SELECT count(*) FROM outcome_none") == 0
