"""The rows of the evidence that a finding is about, whatever its rule computed from them."""

from __future__ import annotations

from typing import Any

import pytest
from fixture import finding, record

from auditor.findings.model import Failed, NearMiss, RecordRef
from auditor.reports.evidence import evidence_of


def marked(**given: Any) -> list[tuple[str, list[str | None]]]:
    """The rows at issue: title and cells; they must stand before all others."""
    rows = evidence_of(finding("BNK-04", "CCB/10-16", **given), {}).rows
    issues = [row for row in rows if row.issue]
    assert [*rows[: len(issues)]] == issues
    return [(row.title.zh, [cell.zh if cell else None for cell in row.cells]) for row in issues]


def bank(side: str, **values: str) -> RecordRef:
    kind = "bank_transaction" if side != "right" else "bank_ledger_entry"
    return record(1, kind, side, "1", "bank.csv", **values)


def test_the_amount_behind_a_measure_is_marked() -> None:
    records = (
        bank("left", direction="out", amount="9460.00", date="2026-10-13"),
        bank("right", direction="out", amount="9640.00", date="2026-10-13"),
    )
    given = {"outcome": "differs", "field": "flow", "fields": ("amount", "direction", "flow"), "records": records}
    assert marked(**given) == [("交易金额", ["9,460.00", "9,640.00"])]


def test_the_direction_behind_a_measure_is_marked_where_it_is_what_differs() -> None:
    records = (
        bank("left", direction="in", amount="15000.00"),
        bank("right", direction="out", amount="15000.00"),
    )
    given = {"outcome": "differs", "field": "flow", "fields": ("amount", "direction", "flow"), "records": records}
    assert [cells for _, cells in marked(**given)] == [["收", "支"]]


def test_the_name_behind_a_joined_party_is_marked() -> None:
    records = (bank("left", counterparty="海拓贸易"), bank("right", counterparty="澜沁卫浴"))
    given = {"outcome": "differs", "field": "party", "fields": ("counterparty", "party"), "records": records}
    assert [cells for _, cells in marked(**given)] == [["海拓贸易", "澜沁卫浴"]]


def test_the_figure_of_a_group_that_one_side_lacks_is_marked() -> None:
    records = (record(1, "bill_line", "left", "B7", "bill.xlsx", date="2026-10-28", amount="76.16"),)
    given = {"outcome": "group_missing", "field": "right", "fields": ("amount",), "records": records}
    assert [cells for _, cells in marked(**given)] == [["76.16"]]


@pytest.mark.parametrize("field", ["flow", "party"])
def test_what_a_near_miss_fails_in_is_marked_whatever_it_is_computed_from(field: str) -> None:
    one = bank("left", direction="out", amount="88.00", counterparty="海拓贸易", date="2026-10-13")
    near = bank("near", direction="out", amount="80.00", counterparty="澜沁卫浴", date="2026-10-13")
    behind = {"flow": ("amount", "direction", "flow"), "party": ("counterparty", "party")}[field]
    miss = NearMiss((near,), False, ("account__id", "date"), (Failed(field, "1", "2", None, behind),))
    found = marked(outcome="left_only", records=(one,), nearest=(miss,))
    assert [cells for _, cells in found] == [
        {"flow": ["88.00", None, "80.00"], "party": ["海拓贸易", None, "澜沁卫浴"]}[field]
    ]
