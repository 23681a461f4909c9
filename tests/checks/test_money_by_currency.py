"""Changing one currency never leaves two amounts equal, whatever the rule says of currencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.checks.examples import ExampleRunner
from auditor.records.loader import record_types
from auditor.rules.loader import find_rule_set, load_rule_set
from auditor.rules.schema import Example

TYPES = record_types()
RULES = load_rule_set(find_rule_set("freight-month-end"), TYPES)
RUNNER = ExampleRunner(RULES, TYPES)

AMOUNTS = st.integers(1, 99_999).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
DAYS = st.integers(8, 28).map(lambda day: f"2026-10-{day:02d}")


def found(rule: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    example = Example.model_validate({"name": "a property", "given": given, "expect": []})
    loaded = RULES.rules[rule]
    alone = replace(loaded, head=loaded.head.model_copy(update={"examples": [example]}))
    return [dict(each) for each in RUNNER.run(alone, example).found]


def line(account: str, day: str, amount: str, currency: str, **more: str) -> dict[str, str]:
    return {"account": account, "date": day, "direction": "in", "amount": amount, "currency": currency, **more}


@settings(max_examples=8, deadline=None)
@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=5), day=DAYS, changed=st.integers(0, 4))
def test_bank_lines_in_another_currency_are_matched_with_no_entry(amounts: list[str], day: str, changed: int) -> None:
    place = changed % len(amounts)
    lines = [line("ICBC", day, each, "CNY") for each in amounts]
    entries = [line("ICBC", day, each, "CNY", summary="货款") for each in amounts]
    assert found("bank-against-ledger", {"bank_transaction": lines, "bank_ledger_entry": entries}) == []
    entries[place]["currency"] = "USD"
    assert found("bank-against-ledger", {"bank_transaction": lines, "bank_ledger_entry": entries})


@settings(max_examples=8, deadline=None)
@given(amount=AMOUNTS, day=DAYS)
def test_papers_of_one_number_in_two_currencies_differ(amount: str, day: str) -> None:
    receipt = {"receipt_no": "0003101", "date": day, "payer": "甲", "amount": amount, "mode": "cash", "currency": "USD"}
    posted = line("", day, amount, "CNY", summary="收运费", document_no="收据0003101")
    posted.pop("account")
    differing = found("receipts-against-journal", {"receipt": [receipt], "cash_journal_entry": [posted]})
    assert [each["code"] for each in differing] == ["RCT-08"]
    posted["currency"] = "USD"
    assert found("receipts-against-journal", {"receipt": [receipt], "cash_journal_entry": [posted]}) == []


@settings(max_examples=8, deadline=None)
@given(amount=AMOUNTS, day=DAYS)
def test_sums_of_two_currencies_are_no_sum(amount: str, day: str) -> None:
    bills = [{"bill_no": "B1", "customer": "C1", "charges": amount, "currency": "CNY"}]
    lines = [{"bill_no": "B1", "customer": "C1", "date": day, "kind": "slip", "amount": amount, "currency": "USD"}]
    assert found("bill-totals", {"bill": bills, "bill_line": lines})
    lines[0]["currency"] = "CNY"
    assert found("bill-totals", {"bill": bills, "bill_line": lines}) == []


@settings(max_examples=8, deadline=None)
@given(amount=AMOUNTS, day=DAYS)
def test_cash_of_one_currency_is_not_banked_in_another(amount: str, day: str) -> None:
    taken = {"date": day, "summary": "存农行", "direction": "out", "amount": amount, "currency": "USD"}
    banked = line("ABC", day, amount, "CNY", summary="现金存入")
    assert found("cash-evidence", {"cash_journal_entry": [taken], "bank_transaction": [banked]})
    banked["currency"] = "USD"
    assert found("cash-evidence", {"cash_journal_entry": [taken], "bank_transaction": [banked]}) == []


def test_a_till_of_two_currencies_has_two_chains_and_two_counts() -> None:
    dollars = {"currency": "USD"}
    journal = [
        {"date": "2026-10-08", "summary": "收款", "direction": "in", "amount": "10.00", "balance": "110.00"},
        {"date": "2026-10-08", "summary": "收款", "direction": "in", "amount": "5.00", "balance": "25.00", **dollars},
    ]
    openings = [
        {"of": "cash_journal_entry", "kind": "opening", "date": "2026-10-01", "amount": "100.00"},
        {"of": "cash_journal_entry", "kind": "opening", "date": "2026-10-01", "amount": "20.00", "currency": "USD"},
    ]
    given_ = {"cash_journal_entry": journal, "stated_balance": openings}
    assert found("cash-balance", given_) == []
    counts = [
        {"date": "2026-10-31", "counted": "110.00", "counter": "甲"},
        {"date": "2026-10-31", "counted": "24.00", "counter": "甲", "currency": "USD"},
    ]
    short = found("cash-count", {**given_, "cash_count": counts})
    assert [(each["code"], str(each["difference"]), each["currency"]) for each in short] == [("CSH-03", "-1.00000", "USD")]
