"""Payer and payee of any bank: the own side is the constant one, and tells the direction and the account."""

from __future__ import annotations

import pytest
from csv_samples import read_csv, records

from auditor.documents.identity import Identities

CHINESE = """
{above}
日期,{payer},{payer_account},{payee},{payee_account},金额,余额
2026-10-08,青松纸业,62001,明河货运,11007788991,500.00,1500.00
2026-10-09,明河货运,11007788991,白桦快运,62002,300.00,1200.00
2026-10-12,山雀食品,62003,明河货运,11007788991,57.50,1257.50
"""
FLOWS = [("in", "青松纸业", "62001"), ("out", "白桦快运", "62002"), ("in", "山雀食品", "62003")]


@pytest.mark.parametrize(
    ("payer", "payer_account", "payee", "payee_account"),
    [
        ("付款人名称", "付款人账号", "收款人名称", "收款人账号"), ("汇款人户名", "汇款人卡号", "收款人户名", "收款人卡号"),
        ("付方户名", "付方账号", "收方户名", "收方账号"), ("户名（付款方）", "账号（付款方）", "户名（收款方）", "账号（收款方）"),
        ("Payer", "Payer account", "Payee", "Payee account"), ("Remitter name", "Remitter A/C", "Beneficiary name", "Beneficiary A/C"),
        ("From name", "From account no.", "To name", "To account no."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("above", ["账号：11007788991", "明河货运有限公司 交易明细", "户名：明河货运有限公司"])
def test_the_side_that_is_not_one_s_own(above: str, payer: str, payer_account: str, payee: str, payee_account: str) -> None:
    text = CHINESE.format(above=above, payer=payer, payer_account=payer_account, payee=payee, payee_account=payee_account)
    text = text.replace("日期,", "交易日期,", 1)
    document = read_csv(text, "网银.csv", layout="bank_transaction")
    assert records(document, "bank_transaction", "direction", "counterparty", "counterparty_account") == FLOWS
    assert {row[0] for row in records(document, "bank_transaction", "account")} == {"11007788991"}


def test_names_alone_tell_where_there_are_no_accounts() -> None:
    document = read_csv("""
        交易日期,摘要,付款人名称,收款人名称,交易金额
        2026-10-08,运费,青松纸业,明河货运有限公司,500.00
        2026-10-09,油费,明河货运,白桦快运,300.00
    """, "网银.csv", layout="bank_transaction")  # fmt: skip
    found = records(document, "bank_transaction", "direction", "counterparty")
    assert found == [("in", "青松纸业"), ("out", "白桦快运")]


def test_a_masked_own_account() -> None:
    document = read_csv("""
        账号：1100****8991
        交易日期,付款人名称,付款人账号,收款人名称,收款人账号,交易金额
        2026-10-08,青松纸业,62001,明河货运,11007788991,500.00
    """, "网银.csv", layout="bank_transaction")  # fmt: skip
    assert records(document, "bank_transaction", "direction", "counterparty") == [("in", "青松纸业")]


def test_between_own_accounts_the_sign_tells() -> None:
    document = read_csv("""
        账号：11007788991
        交易日期,付款人名称,付款人账号,收款人名称,收款人账号,收入金额,支出金额
        2026-10-08,明河货运,11007788991,明河货运,11000001234,,500.00
        2026-10-09,明河货运,11000001234,明河货运,11007788991,200.00,
    """, "网银.csv", layout="bank_transaction")  # fmt: skip
    found = records(document, "bank_transaction", "direction", "counterparty_account")
    assert found == [("out", "11000001234"), ("in", "11000001234")]


def test_where_no_value_is_constant_nothing_is_guessed() -> None:
    document = read_csv("""
        交易日期,付款人名称,收款人名称,交易金额
        2026-10-08,青松纸业,明河货运,500.00
        2026-10-09,山雀食品,白桦快运,300.00
    """, "网银.csv", layout="bank_transaction")  # fmt: skip
    assert "SideUndecided" in {problem.code for problem in document.problems}


def test_a_single_row_by_the_company_s_own_name() -> None:
    document = read_csv("""
        交易日期,摘要,付款人名称,收款人名称,交易金额
        2026-10-08,运费,青松纸业,明河货运,500.00
    """, "网银.csv", layout="bank_transaction", identities=Identities(own=("明河货运有限公司",)))  # fmt: skip
    assert records(document, "bank_transaction", "direction", "counterparty") == [("in", "青松纸业")]


def test_a_list_of_payments_has_no_second_side() -> None:
    document = read_csv("""
        交易日期,收款人名称,收款人账号,支出金额,收入金额
        2026-10-08,白桦快运,62001,500.00,
        2026-10-09,山雀食品,62002,,300.00
    """, "网银.csv", layout="bank_transaction")  # fmt: skip
    assert records(document, "bank_transaction", "direction") == [("out",), ("in",)]
