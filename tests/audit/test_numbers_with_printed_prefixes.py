"""A receipt's number is the same whether the paper prints letters before it or the register of books does."""

from __future__ import annotations

from pathlib import Path

import pytest

import auditor

BOOKS = "票据种类,本号,起始号码,终止号码,联数,领用人,领用日期\n收据,17,0004401,0004406,3,何静,2026-10-09\n"


def _found(folder: Path, prefix: str) -> list[tuple[str, str]]:
    """The exceptions of a month in which 0004403 is missing and 0004405 stands on two papers."""
    (folder / "票据领用登记.csv").write_text(BOOKS, encoding="utf-8")
    numbers = ["0004401", "0004402", "0004404", "0004405", "0004405"]
    rows = [f"{prefix}{each},2026-10-1{at},甬泰,现金,{at + 1}0.00,何静" for at, each in enumerate(numbers)]
    (folder / "收据登记.csv").write_text("\n".join(["收据编号,收款日期,交款单位,收款方式,金额,收款人", *rows]) + "\n", encoding="utf-8")
    result = auditor.run(folder, period="2026-10", only=["receipt-numbers"], workers=0).result
    return sorted((each.code, each.key) for each in result.findings if each.status == "open")


@pytest.mark.parametrize("prefix", ["", "收", "收据", "SJ", "No.", "No. ", "№", "SJ-", "Receipt No. "])
def test_the_prefix_of_the_paper_changes_nothing(tmp_path: Path, prefix: str) -> None:
    assert _found(tmp_path, prefix) == [("RCT-01", "0004403"), ("RCT-04", "0004405")]
