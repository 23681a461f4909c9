"""The labelled rows of bank statements."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_samples import read_paper, records

ENGLISH = """# BANK STATEMENT

Account Summary
Account Name: Operating
Account Number: 7733-01
Statement Currency: USD
Opening Balance: $1,000.00
Closing Balance: $1,240.50

Rows
- Date 2026-01-09 | Description Loan draw LN-1 | Amount $500.00 | Running
Balance $1,500.00
- Date 2026-01-19 | Description Rent of the hall in Hull | Amount
$-200.00 | Running Balance $1,300.00
\f- Date 2026-01-29 | Description Fee | Amount $-59.50 |
Running Balance $1,240.50

Notes
Made from the ledger.
"""
CHINESE = """# 银行对账单

账号：7733-01
币种：人民币
期初余额：￥1,000.00
期末余额：￥1,240.50

日期：2026-01-09；摘要：借款到账；金额：￥500.00；余额：￥1,500.00
日期：2026-01-19；摘要：支付房租；金额：￥-200.00；余额：￥1,300.00
日期：2026-01-29；摘要：手续费；金额：￥-59.50；余额：￥1,240.50
"""
STRANGE = """BANK STATEMENT

Account Number: 7733-01
Currency: GBP
Opening Balance: 1,000.00
Closing Balance: 1,240.50

Movements
* When 2026-01-09 | Story Loan draw | Moved 500.00 | Left 1,500.00
* When 2026-01-19 | Story Rent paid | Moved -200.00 | Left 1,300.00
* When 2026-01-29 | Story Bank fee | Moved -59.50 | Left 1,240.50
"""


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, STRANGE])
def test_rows_are_movements_with_their_sides(tmp_path: Path, text: str) -> None:
    document = read_paper(tmp_path, text, "account 9999.pdf")
    assert [
        (each["account"], each["date"], each["direction"], each["amount"], each["balance"])
        for each in records(document, "bank_transaction")
    ] == [
        ("7733-01", "2026-01-09", "in", "500.00", "1500.00"),
        ("7733-01", "2026-01-19", "out", "200.00", "1300.00"),
        ("7733-01", "2026-01-29", "out", "59.50", "1240.50"),
    ]
    assert all(each["summary"] for each in records(document, "bank_transaction"))
    assert {(each.name, each.status.value) for each in document.proofs} == {
        ("running balance", "holds"),
        ("opening and closing", "holds"),
    }
    assert [(each["kind"], each["amount"]) for each in records(document, "stated_balance")] == [
        ("opening", "1000.00"),
        ("closing", "1240.50"),
    ]


def test_a_wrong_closing_balance_breaks_its_proof(tmp_path: Path) -> None:
    document = read_paper(tmp_path, ENGLISH.replace("Closing Balance: $1,240.50", "Closing Balance: $1,250.50"))
    assert ("opening and closing", "broken") in {(each.name, each.status.value) for each in document.proofs}


def test_the_heading_shows_the_order_of_the_days(tmp_path: Path) -> None:
    text = "BANK STATEMENT\n\nDocument Date: 31/12/2026\nAccount Number: 5\nCurrency: EUR\nOpening Balance: 0,00\nClosing Balance: 5,00\n\nRows\n- Date 01/12/2026 | Description Deposit | Amount 5,00 | Running Balance 5,00\n"
    assert [each["date"] for each in records(read_paper(tmp_path, text), "bank_transaction")] == ["2026-12-01"]


def test_a_statement_without_movements_keeps_its_balances(tmp_path: Path) -> None:
    text = "BANK STATEMENT\n\nAccount Number: 5-1\nOpening Balance: $7.00\nClosing Balance: $7.00\nRows: None\n"
    document = read_paper(tmp_path, text)
    assert [(each["account"], each["kind"]) for each in records(document, "stated_balance")] == [
        ("5-1", "opening"),
        ("5-1", "closing"),
    ]


def test_rows_that_nothing_tells_are_told(tmp_path: Path) -> None:
    document = read_paper(tmp_path, STRANGE.replace("1,500.00", "1,501.00").replace("Left 1,300", "Left 1,299"))
    assert document.problems
    assert not records(document, "bank_transaction")
