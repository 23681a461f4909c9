"""The result as tables: amounts stay Decimal, dates stay dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fixture import result

from auditor.reports.frames import documents_frame, findings_frame, rules_frame, statements_frame


def test_findings_keep_decimals_and_dates() -> None:
    frame = findings_frame(result())
    row = frame[frame["key"] == "SH26-004022"].iloc[0]
    assert (row["code"], row["difference"], row["date"]) == ("BIL-01", Decimal("-1544.29"), date(2026, 10, 12 + 8))
    assert row["records"] == ["01收货清单/宝安A/2026-10-08.xlsx[1]:22"]
    assert all(value is None or isinstance(value, Decimal) for value in frame["amount"])


def test_rules_have_a_row_a_population() -> None:
    frame = rules_frame(result())
    sides = frame[frame["rule"] == "slips-against-register"]
    assert list(sides["side"]) == ["left", "right"]
    assert list(sides["amount"]) == [Decimal("318471.62"), Decimal("320761.69")]
    assert list(frame[frame["status"] == "not run"]["rule"]) == ["bill-cut-off"]


def test_documents_and_statements() -> None:
    documents = documents_frame(result())
    assert list(documents["status"]) == ["read", "not recognised", "unreadable", "read with problems", "duplicate"]
    statements = statements_frame(result())
    checks = statements[statements["role"] == "check"]
    assert list(checks["amount"]) == [Decimal("0.00"), Decimal("-35.00")]
