"""The currency of each amount: what contradicts is told, what is bare takes no other document's, a sign is no name."""

from __future__ import annotations

import pytest
from csv_samples import accounted, read_csv, records

from auditor.documents.declarations import Declarations

BANK = "bank_transaction"


def _codes(text: str, declared: Declarations | None = None) -> list[object]:
    document = read_csv(text, declared=declared) if declared else read_csv(text)
    assert accounted(document)
    return [each[0] for each in records(document, BANK, "currency")]


@pytest.mark.parametrize(
    ("above", "headers", "cell", "code"),
    [
        ("", "收入(USD),支出(USD)", "￥30.00", "USD"),
        ("币种：USD\n", "收入,支出", "人民币30.00", "USD"),
        ("币种：HKD\n", "收入,支出", "US$30.00", "HKD"),
        ("Currency: EUR\n", "收入,支出", "CHF 30.00", "EUR"),
    ],
)
def test_one_amount_in_another_currency_does_not_turn_the_others(above: str, headers: str, cell: str, code: str) -> None:
    document = read_csv(f"{above}交易日期,摘要,{headers}\n2026-10-08,a,5.00,\n2026-10-09,b,,{cell}\n2026-10-10,c,,1.00\n")
    assert [each[0] for each in records(document, BANK, "currency")][::2] == [code, code]
    assert [problem.code for problem in document.problems] == ["CurrenciesDiffer"]


@pytest.mark.parametrize(
    ("named", "cell", "code"),
    [("HKD", "$5.00", "HKD"), ("新加坡元", "$5.00 CR", "SGD"), ("日元", "¥500", "JPY"), ("AUD", "-$5.00", "AUD")],
)
def test_a_sign_that_several_currencies_share_is_the_named_one(named: str, cell: str, code: str) -> None:
    rows = f"交易日期,摘要,收入,支出\n2026-10-08,a,{cell},\n2026-10-09,b,,1.00\n"
    assert _codes(f"币种：{named}\n{rows}") == [code, code]
    assert _codes(f"交易日期,摘要,币种,收入,支出\n2026-10-08,a,{named},{cell},\n") == [code]


def test_a_bare_amount_does_not_contradict_its_column() -> None:
    text = "交易日期,币种,收入,支出\n2026-10-08,USD,USD 5.00,\n2026-10-09,EUR,,30.00\n2026-10-10,EUR,,€2.00\n"
    document = read_csv(text)
    assert [each[0] for each in records(document, BANK, "currency")] == ["USD", "EUR", "EUR"]
    assert not document.problems


def test_what_a_column_names_counts_among_the_currencies_of_bare_amounts() -> None:
    document = read_csv("交易日期,币种,收入,支出\n2026-10-08,,USD 5.00,\n2026-10-09,EUR,,30.00\n2026-10-10,,,2.00\n")
    assert [problem.code for problem in document.problems] == ["CurrencyUndecided"]
    assert [each[0] for each in records(document, BANK, "currency")] == ["USD", "EUR"]


@pytest.mark.parametrize("zero", ["0.00", "-", "", "0"])
def test_a_row_that_is_asked_about_is_no_row_without_movement(zero: str) -> None:
    rows = f"2026-10-08,USD 5.00,\n2026-10-09,,EUR 3.00\n2026-10-10,{zero},12.00\n"
    document = read_csv(f"交易日期,收入,支出\n{rows}")
    assert [problem.code for problem in document.problems] == ["CurrencyUndecided"]
    assert records(document, BANK, "amount") == [("5.00",), ("3.00",)] and accounted(document)


def test_a_bare_total_below_several_currencies_is_not_asked_about() -> None:
    document = read_csv("交易日期,摘要,收入,支出\n2026-10-08,a,USD 5.00,\n2026-10-09,b,,EUR 3.00\n,合计,5.00,3.00\n")
    assert not document.problems and len(records(document, BANK, "amount")) == 2


def test_the_balance_names_the_currency_as_well() -> None:
    rows = '2026-10-08,100.00,,"HKD 1,100.00"\n2026-10-09,,30.00,"HKD 1,070.00"\n'
    assert _codes(f"交易日期,收入,支出,余额\n{rows}") == ["HKD", "HKD"]


def test_a_declared_currency_is_that_of_bare_amounts_only() -> None:
    text = "交易日期,收入,支出\n2026-10-08,USD 5.00,\n2026-10-09,,3.00\n"
    assert _codes(text, Declarations(currency="EUR")) == ["USD", "EUR"]
