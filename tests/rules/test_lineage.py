"""What rules compute leads back to the fields of records."""

from __future__ import annotations

import pytest

from auditor.rules.lineage import Lineage

VIEWS = {
    "movement": "SELECT t._id, CASE t.direction WHEN 'out' THEN 0 - t.amount ELSE t.amount END AS flow, "
    "coalesce(t.counterparty__id, t.counterparty) AS party, t.date FROM bank_transaction t",
    "late": "SELECT m._id, m.flow, m.date > :period_end AS is_late FROM movement m WHERE m.flow <> 0",
    "paid": "WITH sums AS (SELECT customer, sum(amount) AS paid FROM receipt GROUP BY customer) "
    "SELECT b._id, b.total - s.paid AS owed FROM bill b LEFT JOIN sums s ON s.customer = b.customer",
    "papers": "SELECT _id, slip_no AS number FROM receiving_slip UNION ALL SELECT _id, entry_no FROM register_entry",
    "all_of_it": "SELECT * FROM movement",
    "counted": "SELECT _id, count(*) AS lines FROM bill_line GROUP BY _id",
}


@pytest.mark.parametrize(
    ("relation", "column", "fields"),
    [
        ("bank_transaction", "amount", {"amount"}),
        ("movement", "flow", {"amount", "direction"}),
        ("movement", "party", {"counterparty", "counterparty__id"}),
        ("movement", "date", {"date"}),
        ("late", "flow", {"amount", "direction"}),
        ("late", "is_late", {"date"}),
        ("paid", "owed", {"total", "amount"}),
        ("papers", "number", {"slip_no", "entry_no"}),
        ("all_of_it", "flow", {"amount", "direction"}),
        ("counted", "lines", set()),
        ("movement", "no_such_column", set()),
    ],
)
def test_a_column_of_a_view(relation: str, column: str, fields: set[str]) -> None:
    assert Lineage(VIEWS).fields(relation, column) == fields


def test_an_expression_over_the_records_of_both_sides() -> None:
    lineage = Lineage(VIEWS)
    assert lineage.of_expression("l.flow - r.total", ["movement", "bill"]) >= {"amount", "direction", "total"}
    assert lineage.of_expression("sum(", ["movement"]) == frozenset()


def test_a_select_of_ones_own() -> None:
    sql = "SELECT m._id, m.flow AS expected, b.total AS actual FROM movement m JOIN bill b ON b.date = m.date"
    assert Lineage(VIEWS).of_select(sql, "expected") == {"amount", "direction"}
    assert Lineage(VIEWS).of_select(sql, "actual") == {"total"}


def test_views_in_a_circle_end() -> None:
    assert Lineage({"a": "SELECT x FROM b", "b": "SELECT x FROM a"}).fields("a", "x") == frozenset()


@pytest.mark.parametrize(
    ("relation", "records"),
    [
        ("bank_transaction", {"bank_transaction"}),
        ("movement", {"bank_transaction"}),
        ("late", {"bank_transaction"}),  # through another view
        ("papers", {"receiving_slip", "register_entry"}),
    ],
)
def test_what_a_view_is_made_of(relation: str, records: set[str]) -> None:
    assert Lineage(VIEWS).records(relation) == records


def test_a_view_of_itself_is_made_of_nothing() -> None:
    assert Lineage({"round": "SELECT * FROM around", "around": "SELECT * FROM round"}).records("round") == frozenset()
