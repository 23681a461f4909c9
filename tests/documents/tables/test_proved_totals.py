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


@pytest.mark.parametrize("label", ["本日共", "Day's all", "拢总"])
def test_a_total_where_the_number_should_stand(label: str) -> None:
    """Of a table whose day stands in its title, so that no row has one."""
    document = read_csv(f"""
        宝安站收货清单 2026年10月8日
        清单号,客户,件数,计费重,运费,合计,付款方式
        SH26-004001,恒昌,2,10,80.00,80.00,月结
        SH26-004002,百利,1,4,20.00,20.00,月结
        SH26-004003,恒昌,3,8,40.00,40.00,月结
        {label},,6,22,140.00,140.00,
    """)
    assert len(records(document, "receiving_slip", "slip_no")) == 3
    assert ("140.00", "140.00") in records(document, "stated_total", "stated", "computed")
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


@pytest.mark.parametrize("label", ["进账共", "已收计", "Received total", "门店合"])
def test_the_figures_of_one_row_are_its_sum_under_a_word_that_ends_like_one(label: str) -> None:
    document = read_csv(f"""
        收据编号,收款日期,交款单位,收款方式,金额
        0003101,2026-10-08,甬泰,转账,100.00
        ,{label},,,100.00
    """)
    assert not document.problems and len(records(document, "receipt", "amount")) == 1
    assert accounted(document)


@pytest.mark.parametrize("row", [",进账共,,,101.00", ",进账共,甬泰,转账,100.00", ",设计院,,,100.00"])
def test_what_ends_like_a_total_and_is_none_stays_a_problem(row: str) -> None:
    document = read_csv(f"""
        收据编号,收款日期,交款单位,收款方式,金额
        0003101,2026-10-08,甬泰,转账,100.00
        {row}
    """)
    assert document.problems


@pytest.mark.parametrize("label", ["进账共", "拢总", "All in"])
def test_an_amount_by_which_records_are_named_is_added_up_all_the_same(label: str) -> None:
    document = read_csv(f"""
        客户：甬泰贸易
        账单编号：BL-2610-01
        收款日期,收款方式,收款金额,收款依据
        2026-10-08,银行,100.00,工行1008
        2026-10-12,银行,20.50,工行1012
        {label},,120.50,
    """)
    assert [amount for (amount,) in records(document, "bill_credit", "amount")] == ["100.00", "20.50"]
    assert not document.problems and accounted(document)
