"""No two exceptions of a code look the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.findings.model import Finding, RecordRef
from auditor.findings.naming import told_apart
from auditor.languages import Text
from auditor.records.loader import record_types


def record(number: int, kind: str = "bank_transaction", **values: str) -> RecordRef:
    return RecordRef(number, kind, "left", "", "网银/ccb.csv", 1, None, number, None, None, "cell", None, values)


def finding(number: int, key: str = "CCB/10-31", amount: str = "10.00", **values: str) -> Finding:
    return Finding(
        id=f"{number:012x}", rule="bank", rule_version=1, duty="D12", code="BNK-01", severity="high",
        title=Text("a", "一"), outcome="left_only", key=key, field=None, party=None, party_name=None, expected=None,
        actual=None, difference=None, amount=Decimal(amount), unit="money", currency="CNY", date=date(2026, 10, 31),
        explanation=Text("a", "一"), hint=None, owner=None, criterion={}, nearest=(), records=(record(number, **values),),
    )  # fmt: skip


def references(*findings: Finding) -> list[str]:
    return [each.reference for each in told_apart(findings, record_types())]


def test_a_key_of_its_own_needs_nothing() -> None:
    assert references(finding(1, "CCB/10-30", serial="S1"), finding(2, serial="S2")) == ["", ""]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ({"serial": "S00001993"}, {"serial": "S00001994"}, ["S00001993", "S00001994"]),
        ({"serial": "S1", "amount": "1"}, {"amount": "2"}, ["S1", ""]),
        ({"counterparty": "甲"}, {"counterparty": "乙"}, ["ccb.csv:1", "ccb.csv:2"]),
    ],
)
def test_a_serial_number_tells_them_apart_else_the_place(
    one: dict[str, str], other: dict[str, str], told: list[str]
) -> None:
    assert references(finding(1, **one), finding(2, **other)) == told


def test_a_voucher_of_the_ledger_does() -> None:
    pair = [finding(1), finding(2)]
    pair = [
        replace(each, records=(record(number, "bank_ledger_entry", account="CCB", voucher_no=f"记-{number}"),))
        for number, each in enumerate(pair, 41)
    ]
    assert references(*pair) == ["记-41", "记-42"]


def test_the_amount_does_where_nothing_has_a_number() -> None:
    assert references(finding(1), finding(2, amount="25.00")) == ["10.00", "25.00"]


VALUES = st.dictionaries(st.sampled_from(["serial", "account", "counterparty"]), st.sampled_from(["A", "B", "C"]))


@given(st.lists(st.tuples(st.sampled_from(["CCB/10-30", "CCB/10-31"]), VALUES, st.sampled_from(["1.00", "2.00"]))))
def test_no_two_are_called_the_same(drawn: list[tuple[str, dict[str, str], str]]) -> None:
    found = [finding(0, key, amount, **values) for key, values, amount in drawn]
    named = told_apart([replace(each, id=str(number)) for number, each in enumerate(found)], record_types())
    assert len({(each.code, each.key, each.reference) for each in named}) == len(named)
