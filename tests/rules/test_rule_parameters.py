"""Parameters: values with units, and what may take a default's place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditor.marked_yaml import load
from auditor.rules.parameters import parse_value, resolve_parameters
from auditor.rules.schema import Parameter
from auditor.strict_yaml import Bilingual


def declared(**defaults: str) -> dict[str, Parameter]:
    return {name: Parameter(title=Bilingual(en=name, zh=name), default=default) for name, default in defaults.items()}


@pytest.mark.parametrize(("text", "kind", "number", "unit", "sql"), [
    ("50.00 CNY", "money", "50.00", "CNY", "CAST('50.00' AS DECIMAL(18,5))"),
    ("14,000.00 CNY", "money", "14000.00", "CNY", "CAST('14000.00' AS DECIMAL(18,5))"),
    ("50 元", "money", "50", "CNY", "CAST('50' AS DECIMAL(18,5))"),
    ("3 working days", "working days", "3", "working days", "CAST(3 AS BIGINT)"),
    ("1 working day", "working days", "1", "working days", "CAST(1 AS BIGINT)"),
    ("3 个工作日", "working days", "3", "working days", "CAST(3 AS BIGINT)"),
    ("30 days", "days", "30", "days", "CAST(30 AS BIGINT)"),
    ("30 天", "days", "30", "days", "CAST(30 AS BIGINT)"),
    ("0.5 %", "percent", "0.5", "%", "CAST('0.5' AS DECIMAL(18,5))"),
    ("7.0950", "number", "7.0950", "", "CAST('7.0950' AS DECIMAL(18,5))"),
    ("60", "number", "60", "", "CAST(60 AS BIGINT)"),
    ("5 pieces", "number", "5", "pieces", "CAST(5 AS BIGINT)"),
    ("0.5 kg", "number", "0.5", "kg", "CAST('0.5' AS DECIMAL(18,5))"),
])  # fmt: skip
def test_values_with_units(text: str, kind: str, number: str, unit: str, sql: str) -> None:
    value = parse_value(text)
    assert (value.kind, value.number, value.unit, value.sql) == (kind, Decimal(number), unit, sql)


@pytest.mark.parametrize("text", ["ICBC", "陈记's", "1.5 days", "1,00 CNY", "three days"])
def test_anything_else_is_text(text: str) -> None:
    value = parse_value(text)
    assert (value.kind, value.sql) == ("text", "'" + text.replace("'", "''") + "'")


@pytest.mark.parametrize(("default", "given"), [
    ("3 working days", "3 days"), ("30 days", "30"), ("50.00 CNY", "50.00 USD"), ("50.00 CNY", "50.00"),
    ("0.5 %", "0.005"),     ("7.0950", "7 %"), ("60", "60.5"), ("30 days", "soon"), ("30 days", "1.5 days"),
])  # fmt: skip
def test_a_value_in_another_unit_is_an_error_and_no_default_steps_in(default: str, given: str) -> None:
    marked = load(f'period: 2026-10\nparameters:\n  limit: "{given}"\n', file="audit.yaml")
    values, errors = resolve_parameters(declared(limit=default), marked.data["parameters"], marked)
    assert "limit" not in values
    assert [(each.code, str(each.place)) for each in errors] == [("ParameterUnit", "audit.yaml:3:10")]
    assert default in errors[0].message("en") and default in errors[0].message("zh")


@pytest.mark.parametrize(("default", "given", "sql"), [
    ("50.00 CNY", "80 CNY", "CAST('80' AS DECIMAL(18,5))"), ("7.0950", "7", "CAST('7' AS DECIMAL(18,5))"),
    ("3 working days", "5 个工作日", "CAST(5 AS BIGINT)"), ("ICBC", "CCB", "'CCB'"),
])  # fmt: skip
def test_a_value_in_the_unit_of_the_default_replaces_it(default: str, given: str, sql: str) -> None:
    values, errors = resolve_parameters(declared(limit=default), {"limit": given})
    assert errors == []
    assert values["limit"].sql == sql


def test_an_unknown_parameter_names_the_nearest() -> None:
    _, errors = resolve_parameters(declared(fee_limit="50.00 CNY"), {"fee_limt": "60.00 CNY"})
    assert [(each.code, each.values["nearest"]) for each in errors] == [("UnknownParameter", "fee_limit")]
