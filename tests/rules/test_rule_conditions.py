"""Expressions of rules: what is let through as it was written, and what is refused, where and why."""

from __future__ import annotations

import pytest

from auditor.engine import Engine
from auditor.rules.conditions import Scope, check_expression
from auditor.rules.errors import RuleError

COLUMNS = {
    "slip_no": "VARCHAR", "date": "DATE", "customer": "VARCHAR", "customer__id": "VARCHAR", "pieces": "BIGINT",
    "amount": "DECIMAL(18,5)", "rate": "DECIMAL(18,5)", "status": "VARCHAR", "of": "VARCHAR", "_ids": "BIGINT[]",
}  # fmt: skip
PARAMETERS = frozenset({"fee_limit", "period_start", "period_end"})
ONE = Scope({"": COLUMNS}, {"": "receiving_slip"}, "", PARAMETERS)
SINGLE = Scope({"l": COLUMNS}, {"l": "receiving_slip"}, "l", PARAMETERS, frozenset({"field", "difference"}))
PAIR = Scope({"l": COLUMNS, "r": COLUMNS}, {"l": "receiving_slip", "r": "register_entry"}, None, PARAMETERS)
SUMS = Scope({"": COLUMNS}, {"": "receiving_slip"}, "", PARAMETERS, aggregates=True)


@pytest.mark.parametrize("text", [
    "status <> 'void' AND amount > :fee_limit",
    "customer = '陈记批发' OR customer LIKE '%电子%'",
    "date BETWEEN :period_start AND :period_end AND date <> DATE '2026-10-08'",
    "of = 'bank_transaction' AND \"of\" IS NOT NULL",
    "CASE WHEN amount > 0.50 THEN pieces ELSE 0 END > 3",
    "coalesce(customer__id, '') IN ('C01', 'C02') AND NOT (pieces IS NULL)",
    "regexp_extract(slip_no, '([0-9]+)$', 1) = '004090' AND customer ~ '^恒昌'",
    "list_contains(_ids, 3) AND _ids[1] = 2",
    "working_days(date, :period_end) > 3 AND mmdd(date) = '10-08'",
    "date + INTERVAL 3 DAY > date AND date + 3 > date AND date - date > 2",
    "TRY_CAST(customer AS DECIMAL(18,5)) > 3 AND pieces // 2 = 1 AND pieces % 2 = 1",
    "amount IS NOT DISTINCT FROM rate AND abs(amount - rate) <= 0.05",
])  # fmt: skip
def test_allowed_expressions_stay_as_they_were_written(text: str) -> None:
    checked = check_expression(text, ONE)
    assert checked.faults == ()
    assert checked.sql == text


@pytest.mark.parametrize(("text", "kind", "found_at"), [
    ("custmer = 'x'", "UnknownField", "custmer"),
    ("客户 = 'x'", "UnknownField", "客户"),
    ("l.amount > 1", "NoSuchSide", "l"),
    ("foo(amount) > 1", "UnknownFunction", "foo"),
    ("read_csv('x') IS NULL", "UnknownFunction", "read_csv"),
    ("\"read_text\"('/etc/passwd') = 'x'", "UnknownFunction", '"read_text"'),
    ("getenv('HOME') = 'x'", "UnknownFunction", "getenv"),
    ("amount > :fee_limt", "UnknownParameter", ":fee_limt"),
    ("amount / 3 > 1", "InexactNumber", "amount"),
    ("amount > 1e3", "InexactNumber", "1e3"),
    ("avg(amount) > 1", "InexactNumber", "avg"),
    ("CAST(amount AS DOUBLE) > 1", "InexactNumber", None),
    ("amount::FLOAT > 1", "InexactNumber", None),
    ("amount ** 2 > 1", "NotAllowedHere", None),
    ("sum(amount) > 1", "NotAllowedHere", "sum"),
    ("now() > date", "NotAllowedHere", "now"),
    ("current_date > date", "NotAllowedHere", "current_date"),
    ("random() > 1", "UnknownFunction", "random"),
    ("amount IN (SELECT amount FROM bill)", "NotAllowedHere", None),
    ("EXISTS (SELECT 1 FROM bill)", "NotAllowedHere", None),
    ("amount > 1 -- and no more", "NotAllowedHere", "--"),
    ("TRUE; DROP TABLE bill", "NotAllowedHere", "TRUE"),
    ("amount > ?", "NotAllowedHere", "?"),
    ("amount > $a", "NotAllowedHere", "$"),
    ("amount >", "ExpressionSyntax", None),
    ("customer = 'open", "ExpressionSyntax", None),
    ("customer.upper() = 'X'", "NotAllowedHere", None),
    ("main.foo(1) = 1", "UnknownFunction", "foo"),
    ("[x FOR x IN _ids] = [1]", "NotAllowedHere", None),
    ("list_transform(_ids, x -> x + 1) = [1]", "UnknownFunction", "list_transform"),
    ("customer COLLATE nocase = 'a'", "NotAllowedHere", None),
])  # fmt: skip
def test_refused_expressions(text: str, kind: str, found_at: str | None) -> None:
    faults = check_expression(text, ONE).faults
    assert kind in [fault.kind.__name__ for fault in faults]
    fault = next(each for each in faults if each.kind.__name__ == kind)
    if found_at is not None:
        assert text[fault.start :].startswith(found_at)
    error = fault.kind("rule.yaml", fault.found, **fault.values)
    assert isinstance(error, RuleError)
    assert error.message("zh") != error.message("en")


def test_all_faults_of_an_expression_are_found_with_the_nearest_word() -> None:
    faults = check_expression("custmer = 'x' AND regexp_match(status, 'a') AND amount > :fee_limt", ONE).faults
    assert [(fault.start, fault.found, fault.values["nearest"]) for fault in faults] == [
        (0, "custmer", "customer"), (18, "regexp_match", "regexp_matches"), (57, ":fee_limt", "fee_limit"),
    ]  # fmt: skip


def test_one_record_takes_names_with_and_without_its_prefix() -> None:
    checked = check_expression("amount > 0 AND l.pieces > 1 AND :difference < 0", SINGLE)
    assert checked.sql == "l.amount > 0 AND l.pieces > 1 AND :difference < 0"


def test_a_pair_needs_the_side() -> None:
    assert [fault.kind.__name__ for fault in check_expression("amount > 1", PAIR).faults] == ["WhichSide"]
    assert check_expression("l.amount > r.amount", PAIR).sql == "l.amount > r.amount"


def test_aggregates_stand_in_measures_and_say_their_order() -> None:
    assert check_expression("count(DISTINCT slip_no) FILTER (WHERE amount > 0)", SUMS).faults == ()
    assert check_expression("string_agg(slip_no, ',' ORDER BY slip_no)", SUMS).faults == ()
    assert [f.kind.__name__ for f in check_expression("string_agg(slip_no, ',')", SUMS).faults] == ["NotAllowedHere"]


def test_max_by_does_not_depend_on_the_order_of_rows() -> None:
    checked = check_expression("max_by(slip_no, date)", SUMS)
    engine = Engine()
    for values in (
        "('a', DATE '2026-10-08'), ('b', DATE '2026-10-08')",
        "('b', DATE '2026-10-08'), ('a', DATE '2026-10-08')",
    ):
        engine.execute(f"CREATE OR REPLACE TABLE t AS SELECT * FROM (VALUES {values}) AS v(slip_no, date)")
        assert engine.value(f"SELECT {checked.sql} FROM t") == "b"


def test_a_product_of_amounts_is_wide_enough() -> None:
    checked = check_expression("amount * rate > 0", ONE)
    assert checked.sql == "CAST(amount AS DECIMAL(38,5)) * CAST(rate AS DECIMAL(38,5)) > 0"
    engine = Engine()
    engine.execute("CREATE TABLE t (amount DECIMAL(18,5), rate DECIMAL(18,5))")
    engine.execute("INSERT INTO t VALUES ('9999999999.99', '7.095')")
    assert engine.value(f"SELECT {checked.sql} FROM t") is True


def test_parameters_are_told() -> None:
    assert check_expression("amount > :fee_limit AND date < :period_end", ONE).uses == {"fee_limit", "period_end"}
