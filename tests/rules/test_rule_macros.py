"""The SQL functions of rules, on DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from auditor.engine import Engine
from auditor.rules.macros import create_macros
from auditor.values.calendar import load_calendar


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine()
    load_calendar("cn").store(engine)
    create_macros(engine)
    yield engine
    engine.close()


@pytest.mark.parametrize(("sql", "value"), [
    ("working_days(DATE '2026-10-09', DATE '2026-10-12')", 2),              # 10-10 is a working Saturday
    ("working_days(DATE '2026-09-30', DATE '2026-10-08')", 1),              # across the holiday
    ("working_days(DATE '2026-10-12', DATE '2026-10-09')", -2),
    ("working_days(DATE '1999-01-01', DATE '2026-10-09')", None),
    ("strftime(next_working_day(DATE '2026-09-30', 1), '%m-%d')", "10-08"),
    ("is_working_day(DATE '2026-10-10')", True),
    ("is_working_day(DATE '2026-10-11')", False),
    ("ratio(1, 3)", Decimal("0.33333")),
    ("ratio(-2.00, 3)", Decimal("-0.66667")),
    ("ratio(CAST('123456789012.12' AS DECIMAL(18,5)), 0.5)", Decimal("246913578024.24")),
    ("ratio(5, 0)", None),
    ("ratio(0, 7)", Decimal("0")),
    ("product(CAST('9999999999.99' AS DECIMAL(18,5)), 7.095)", Decimal("70949999999.92905")),
    ("percent_of(1176.50, 18.5)", Decimal("217.65")),
    ("percent_that_gives(979.00, 63.64)", Decimal("6.50000")),
    ("percent_that_gives(1176.50, 217.65)", Decimal("18.50000")),
    ("percent_that_gives(200.00, 13.37)", Decimal("6.68500")),
    ("percent_that_gives(0, 13.37)", None),
    ("percent_that_gives(NULL, 13.37)", None),
    ("round_up(32.4, 0.5)", Decimal("32.5")),
    ("round_up(32.5, 0.5)", Decimal("32.5")),
    ("round_up(CAST('32.50001' AS DECIMAL(18,5)), 0.5)", Decimal("33.0")),
    ("text_of(CAST('10' AS DECIMAL(18,5)))", "10.00"),
    ("text_of(CAST('-0.125' AS DECIMAL(18,5)))", "-0.125"),
    ("text_of(7)", "7"),
    ("text_of('陈记 10.00000')", "陈记 10.00000"),
    ("text_of(DATE '2026-10-08')", "2026-10-08"),
    ("text_of(NULL)", None),
    ("mmdd(DATE '2026-10-08')", "10-08"),
    ("number_of('SH26-004090')", 4090),
    ("number_of('无')", None),
    ("prefix_of('SH26-004090')", "SH26-"),
])  # fmt: skip
def test_functions(engine: Engine, sql: str, value: Any) -> None:
    found = engine.value(f"SELECT {sql}")
    assert found == value
    assert not isinstance(found, float)
