"""A line of labels with a line of figures below a table is what the table comes to, not another table."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, records

ROWS = """交易时间,摘要,对方户名,收支类型,交易金额,余额
2026-10-02,货款,星河,收入,200.00,300.00
2026-10-03,运费,顺达,支出,50.00,250.00
2026-10-05,货款,星河,收入,30.00,280.00
"""
ENGLISH = """Date,Description,Money in,Money out,Balance
02/10/2026,Invoice 7,200.00,,300.00
03/10/2026,Rent,,50.00,250.00
25/10/2026,Invoice 8,30.00,,280.00
"""


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize(("paid", "verdict"), [("50.00", "holds"), ("90.00", "broken")])
def test_counts_and_sums_of_both_sides(blank: str, paid: str, verdict: str) -> None:
    summary = f"总笔数,收入笔数,收入金额,支出笔数,支出金额\n3,2,230.00,1,{paid}\n"
    document = read_csv(f"{ROWS}{blank}{summary}", "资金账单.csv")
    assert len(records(document, "bank_transaction", "date")) == 3
    assert proofs(document)["printed totals"] == verdict
    assert proofs(document)["printed counts"] == "holds"
    assert not document.problems and accounted(document)


@pytest.mark.parametrize("labels", ["Number of credits,Total credits,Number of debits,Total debits", "No. of credits,Total money in,No. of debits,Total money out"])
def test_in_english(labels: str) -> None:
    document = read_csv(f"{ENGLISH}\n{labels}\n2,230.00,1,50.00\n", "statement.csv")
    assert len(records(document, "bank_transaction", "date")) == 3
    assert proofs(document)["printed totals"] == "holds"
    assert not document.problems and accounted(document)


def test_a_table_of_such_labels_with_rows_of_its_own_stays_one() -> None:
    second = "月份,收入笔数,收入金额,支出笔数,支出金额\n9月,2,230.00,1,50.00\n10月,3,330.00,2,70.00\n"
    document = read_csv(f"{ROWS}\n{second}", "资金账单.csv")
    assert len(records(document, "bank_transaction", "date")) == 3
    assert document.problems or len(document.tables) > 1  # asked or named, never a total of the table above
    assert not records(document, "stated_total", "stated")
