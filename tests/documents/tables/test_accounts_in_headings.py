"""The number of an account inside a heading's text, whatever stands beside it."""

from __future__ import annotations

import pytest
from csv_samples import read_csv, records

from auditor.documents.tables.heading_values import account_number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("农行户 6228480012345678", "6228480012345678"),
        ("基本户（6228480012345678）", "6228480012345678"),
        ("６２２８４８００１２３４５６７８ 农行", "6228480012345678"),
        ("ABC Bank 6228 4800 1234 5678", "6228 4800 1234 5678"),
        ("农行 6228****5678", "6228****5678"),
        ("6228480012345678", "6228480012345678"),
        ("NRA6228480012345678", "NRA6228480012345678"),  # letters that belong to the number
        ("农行户", "农行户"),
        ("农行 5678", "农行 5678"),
        ("由 6228480012345678 转 6228480087654321", "由 6228480012345678 转 6228480087654321"),  # which one is not said
    ],
)
def test_the_number_in_a_text(text: str, number: str) -> None:
    assert account_number_in(text) == number


@pytest.mark.parametrize("heading", ["账户：农行户 6228480012345678", "账号：6228480012345678（农行）"])
def test_lines_below_have_the_number(heading: str) -> None:
    document = read_csv(f"""
        {heading}
        日期,凭证号,摘要,对方单位,收入,支出,余额
        2026-10-08,收-1,运费,晨光纸业,100.00,,100.00
        2026-10-09,付-1,油费,路油,,40.00,60.00
    """, "银行日记账.csv")  # fmt: skip
    assert records(document, "bank_ledger_entry", "account") == [("6228480012345678",)] * 2
