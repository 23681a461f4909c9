"""What a `query` rule may return."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.checks import query
from auditor.checks.errors import QueryColumnUnknown
from auditor.checks.given import empty_engine
from auditor.checks.query import Query
from auditor.records.loader import record_types
from auditor.rules.bound import BoundRule


def test_a_column_that_outcomes_do_not_have_is_named() -> None:
    options = Query(check="query", reads=["receipt"], select="SELECT _id, amount AS amout FROM receipt")
    engine = empty_engine(record_types())
    with pytest.raises(QueryColumnUnknown) as caught:
        query.run(BoundRule("loans", options, {}, (date(2026, 10, 1), date(2026, 10, 31))), engine)
    assert "amout" in caught.value.message("zh")
    assert "amount" in caught.value.message("en")
