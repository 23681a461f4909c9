"""An answer as a claim on a header row."""

from __future__ import annotations

import pytest

from auditor.documents.readings.confirmed import ConfirmedReading
from auditor.documents.tables.confirmed_claims import claim_of


def test_columns_with_their_units() -> None:
    columns = {"交易日": "date", "进账(万元)": "<in>", "出账": "<out>", "说明": None}
    claim = claim_of(ConfirmedReading(2, tuple(columns), "bank_transaction", columns=columns), ("出账", "进账(万元)", "交易日", "说明"))
    assert claim.record == "bank_transaction"
    assert claim.complete
    assert [(each.role, each.index, each.header) for each in claim.columns] == [
        ("<out>", 0, "出账"), ("<in>", 1, "进账(万元)"), ("date", 2, "交易日"),
    ]  # fmt: skip
    unit = claim.columns[1].unit
    assert unit is not None
    assert unit.numerator == 10_000


@pytest.mark.parametrize(
    ("columns", "days"),
    [
        ({"年": "<year>", "月": "<month>", "日": "<day>"}, (0, 1, 2)),
        ({"月": "<month>", "日": "<day>"}, (1, 2)),
        ({"日": "<day>"}, (2,)),
    ],
)
def test_a_date_in_columns_of_its_own(columns: dict[str, str | None], days: tuple[int, ...]) -> None:
    claim = claim_of(ConfirmedReading(2, ("年", "月", "日", "摘要"), "cash_journal_entry", columns=columns), ("年", "月", "日", "摘要"))
    assert (claim.columns, claim.day_columns) == ((), days)


def test_what_is_left_out_is_not_read() -> None:
    with pytest.raises(ValueError, match="line 7"):
        claim_of(ConfirmedReading(7, ("价目",), ignore="价目表"), ("价目",))
