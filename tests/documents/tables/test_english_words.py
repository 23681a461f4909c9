"""Headers as English banks and bookkeepers write them, and the account that a heading states under any of its names."""

from __future__ import annotations

import pytest
from csv_samples import read_csv, records

ROWS = "13/09/2026,Rent,250.00,,750.00\n14/09/2026,Miller & Sons,,120.50,870.50\n"


@pytest.mark.parametrize("label", ["Account Number", "Account No", "Account Number:"])
@pytest.mark.parametrize("sides", ["Money out,Money in", "Paid out,Paid in", "Withdrawals,Deposits", "Debit,Credit"])
@pytest.mark.parametrize("what", ["Description", "Particulars", "Summary"])
def test_a_statement(label: str, sides: str, what: str) -> None:
    document = read_csv(f"{label},20456789012345\n\nDate,{what},{sides},Balance\n{ROWS}", "September.csv")
    found = records(document, "bank_transaction", "account", "direction", "amount", "summary")
    assert found == [("20456789012345", "out", "250.00", "Rent"), ("20456789012345", "in", "120.50", "Miller & Sons")]
    assert not document.problems


@pytest.mark.parametrize("what", ["Description", "Particulars", "Summary"])
def test_a_bank_ledger(what: str) -> None:
    rows = ROWS.replace(",Rent", ",BV-1,Rent").replace(",Miller", ",BV-2,Miller")
    document = read_csv(f"Account,20456789012345\nDate,Voucher No,{what},Payments,Receipts,Balance\n{rows}", "book.csv")
    found = records(document, "bank_ledger_entry", "voucher_no", "direction", "amount", "summary")
    assert found == [("BV-1", "out", "250.00", "Rent"), ("BV-2", "in", "120.50", "Miller & Sons")]


def test_two_known_headers_are_too_few_and_said_to_be() -> None:
    document = read_csv("Date,Weather,Amount\n13/09/2026,rain,250.00\n14/09/2026,sun,20.00\n", "September.csv")
    (problem,) = document.problems
    assert problem.code == "TooFewHeaders"
    assert "only Date, Amount are headers that it knows" in problem.message("en")


@pytest.mark.parametrize(
    ("header", "missing_en", "missing_zh"),
    [
        ("运单号,件数,实重,体积重,运费", "Slip No, Date, Amount", "清单号、日期、合计"),
        ("Voucher No,Summary,Debit,Credit", "Date", "日期"),
    ],
)
def test_missing_headers_are_named_in_the_readers_language(header: str, missing_en: str, missing_zh: str) -> None:
    document = read_csv(f"{header}\nV1,x,1.00,2.00,3.00\n", "table.csv")
    assert document.problems[0].values["missing_en"] == missing_en
    assert document.problems[0].values["missing_zh"] == missing_zh


@pytest.mark.parametrize(
    ("line", "account"),
    [
        ("Riverside Bank statement  Account Number: 20456789012345", "20456789012345"),
        ("江南银行对账单  账号：103345678901234", "103345678901234"),
        ("江南银行 对账单 查询账号: 1033-4567", "1033-4567"),
        ("江南银行 对账单 查询账号: 103", "江南银行"),  # too short to be one
        ("江南银行对账单  对方账号：103345678901234", "江南银行"),  # another's
        ("江南银行对账单  客服电话：40088995588", None),
    ],
)
def test_an_account_inside_the_title(line: str, account: str | None) -> None:
    rows = ROWS.replace("/", "-")
    document = read_csv(f"{line}\n交易日期,摘要,支出,收入,余额\n{rows}", "September.csv")
    assert {each[0] for each in records(document, "bank_transaction", "account")} == {account}
