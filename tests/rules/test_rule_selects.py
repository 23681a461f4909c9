"""SELECTs of views and queries."""

from __future__ import annotations

import pytest

from auditor.rules.selects import check_select, engine_fault

TABLES = frozenset({"receiving_slip", "bill", "live_slip", "document"})


@pytest.mark.parametrize(("text", "reads"), [
    ("SELECT _id, amount FROM receiving_slip WHERE date <= :period_end", {"receiving_slip"}),
    ("WITH s AS (SELECT * FROM receiving_slip) SELECT s._id FROM s JOIN bill b USING (customer)",
     {"receiving_slip", "bill"}),
    ("SELECT min(_id) AS _id, list(_id ORDER BY _id) AS _ids, sum(amount) AS amount FROM bill GROUP BY customer",
     {"bill"}),
    ("SELECT _id FROM bill QUALIFY row_number() OVER (PARTITION BY customer ORDER BY date, _id) = 1", {"bill"}),
    ("SELECT _id FROM bill UNION ALL BY NAME SELECT _id FROM live_slip;", {"bill", "live_slip"}),
    ("SELECT _id, unnest(regexp_extract_all(remark, '[0-9]{7}')) AS receipt_no FROM receiving_slip",
     {"receiving_slip"}),
    ("SELECT * EXCLUDE (remark) FROM receiving_slip WHERE NOT EXISTS (SELECT 1 FROM bill)", {"receiving_slip", "bill"}),
])  # fmt: skip
def test_selects_are_let_through_with_what_they_read(text: str, reads: set[str]) -> None:
    checked = check_select(text, TABLES, frozenset({"period_end"}))
    assert checked.faults == ()
    assert checked.reads == reads
    assert checked.sql == text.rstrip(";")


@pytest.mark.parametrize(("text", "kind"), [
    ("SELECT * FROM 'slips.csv'", "UnknownRecords"),
    ("SELECT * FROM read_csv('slips.csv')", "UnknownFunction"),
    ("SELECT * FROM glob('*')", "UnknownFunction"),
    ("SELECT * FROM duckdb_settings()", "UnknownFunction"),
    ("SELECT * FROM information_schema.tables", "NotAllowedHere"),
    ("SELECT * FROM receiving_slips", "UnknownRecords"),
    ("COPY bill TO 'x'", "NotAllowedHere"),
    ("ATTACH 'x.db'", "NotAllowedHere"),
    ("PRAGMA database_list", "NotAllowedHere"),
    ("SET threads = 1", "NotAllowedHere"),
    ("DELETE FROM bill", "NotAllowedHere"),
    ("SELECT 1; DROP TABLE bill", "NotAllowedHere"),
    ("WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT n FROM t", "NotAllowedHere"),
    ("SELECT avg(amount) FROM bill", "InexactNumber"),
    ("SELECT amount / 2 FROM bill", "InexactNumber"),
    ("SELECT list(amount) FROM bill", "NotAllowedHere"),
    ("SELECT any_value(amount) FROM bill", "NotAllowedHere"),
    ("SELECT amount FROM bill TABLESAMPLE 10%", "NotAllowedHere"),
    ("SELECT amount > :limit FROM bill", "UnknownParameter"),
    ("SELECT FROM WHERE", "ExpressionSyntax"),
])  # fmt: skip
def test_selects_that_are_refused(text: str, kind: str) -> None:
    assert kind in [fault.kind.__name__ for fault in check_select(text, TABLES, frozenset()).faults]


def test_what_the_engine_says_is_put_at_its_word() -> None:
    text = "SELECT _id,\n       custmer\nFROM bill"
    reason = (
        'Binder Error: Referenced column "custmer" not found in FROM clause!\nCandidate bindings: "customer"\n\n'
        "LINE 3:        custmer\n               ^"
    )
    fault = engine_fault(reason, text, lines_before=1)
    assert (fault.kind.__name__, fault.found, fault.values["nearest"]) == ("UnknownField", "custmer", "customer")
    assert text[fault.start :].startswith("custmer")
