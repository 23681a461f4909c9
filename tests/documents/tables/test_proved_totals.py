"""A row without a day that states the sums of the rows above is a total, whatever it is called."""

from __future__ import annotations

import pytest
from csv_samples import accounted, read_csv, records

CREDITS = """
    收据编号,收款日期,交款单位,收款方式,金额
    0003101,2026-10-08,甬泰,转账,100.00
    0003102,2026-10-09,甬泰,转账,20.50
    0003103,2026-10-12,恒昌,现金,3.00
"""
BOOK = """
    交易日期,摘要,收入,支出,余额
    2026-10-08,货款,100.00,,1100.00
    2026-10-09,手续费,,30.00,1070.00
    2026-10-12,货款,5.00,,1075.00
"""


@pytest.mark.parametrize("label", ["收到共", "拢总", "All in", "Σ月末数字", "凑一起"])
def test_a_total_of_any_name(label: str) -> None:
    document = read_csv(f"{CREDITS}    ,{label},,,123.50\n")
    assert [amount for (amount,) in records(document, "receipt", "amount")] == ["100.00", "20.50", "3.00"]
    assert not document.problems
    assert ("123.50", "123.50") in records(document, "stated_total", "stated", "computed")
    assert accounted(document)


@pytest.mark.parametrize("label", ["十月拢总", "Sum of it", "都在这"])
def test_a_total_of_two_sides(label: str) -> None:
    document = read_csv(f"{BOOK}    ,{label},105.00,30.00,\n")
    assert len(records(document, "bank_transaction")) == 3
    assert not document.problems
    assert accounted(document)


@pytest.mark.parametrize(
    "row",
    [
        ",拢总,,,124.50",               # does not add up
        ",改天,甬泰,转账,123.50",       # more texts than a label
    ],
)  # fmt: skip
def test_what_does_not_add_up_or_says_more_stays_what_it_was(row: str) -> None:
    document = read_csv(f"{CREDITS}    {row}\n")
    assert document.problems
    assert accounted(document)


def test_a_sum_of_one_row_proves_nothing() -> None:
    document = read_csv("""
        收据编号,收款日期,交款单位,收款方式,金额
        0003101,2026-10-08,甬泰,转账,100.00
        ,拢总,,,100.00
    """)
    assert document.problems
