"""A ledger whose name says the bank that keeps the account is no book of cash."""

from __future__ import annotations

import pytest
from csv_samples import read_csv

ROWS = """日期,摘要,对方单位,收入,支出,余额
2026-05-06,收运费,恒丰针织,500.00,,1500.00
2026-05-08,付运费,鲁运达,,300.00,1200.00
2026-05-09,付运费,鲁运达,,100.00,1100.00
"""


@pytest.mark.parametrize("name", ["建行日记账.csv", "日记账-招行基本户.csv", "工商银行日记账 5月.csv", "财务/交行 日记账.csv"])
def test_the_file_names_the_bank(name: str) -> None:
    assert read_csv(ROWS, name).records.keys() == {"bank_ledger_entry"}


def test_the_title_names_the_bank_and_its_account() -> None:
    document = read_csv(f"建行日记账 账号4370100520026\n{ROWS}", "五月.csv")
    kept = document.as_dict()["records"]["bank_ledger_entry"]
    assert {each["account"] for each in kept} == {"4370100520026"}


@pytest.mark.parametrize("name", ["日记账.csv", "日记账 5月.csv"])
def test_a_ledger_that_names_nothing_is_asked_about(name: str) -> None:
    document = read_csv(ROWS, name)
    assert not document.records
    assert [table.state.value for table in document.tables] == ["asked"]


def test_a_book_of_cash_stays_one() -> None:
    assert read_csv(ROWS, "现金日记账.csv").records.keys() == {"cash_journal_entry"}
