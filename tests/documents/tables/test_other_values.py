"""Unknown words of a choice, and parts of a whole: kept, and never turned into a default or a problem."""

from __future__ import annotations

import pytest
from csv_samples import accounted, read_csv, records

BILL = """
    账单号：ZD-11
    客户：晨光纸业
    日期,清单号,运单号,计费重,单价,金额,项目,备注
    2026-10-08,Q1,W1,20,5,100.00,运费,
    2026-10-09,{line}
"""


@pytest.mark.parametrize(
    ("line", "kind", "item"),
    [
        ("Q1,W1,,,30.00,叉车费,", "fee", "叉车费"),  # a name of a fee that nobody listed
        ("Q1,W1,,,30.00,Forklift,", "fee", "Forklift"),
        ("Q1,W1,,,30.00,上楼费（三层）,", "fee", "上楼费（三层）"),
        ("Q2,W2,12,5,60.00,空派,", "slip", "空派"),  # weight and rate: it is freight by another name
        ("Q2,W2,12,5,60.00,,", "slip", None),  # an empty cell takes the default
        ("Q1,W1,,,30.00,调整,", "adjustment", None),
    ],
)
def test_an_unknown_fee_is_no_freight_and_keeps_its_name(line: str, kind: str, item: str | None) -> None:
    document = read_csv(BILL.format(line=line), "账单明细.csv")
    assert records(document, "bill_line", "kind", "item")[1] == (kind, item)
    assert document.problems == () and accounted(document)


def test_a_total_row_with_its_word_under_the_choice_is_no_fee() -> None:
    document = read_csv(BILL.format(line="Q1,W1,,,30.00,叉车费,") + "    合计,,,,,130.00,,\n", "账单明细.csv")
    assert len(records(document, "bill_line", "kind")) == 2


@pytest.mark.parametrize("word", ["待核", "void?", "退回"])
def test_an_unknown_status_is_a_problem_and_not_the_default(word: str) -> None:
    document = read_csv(f"""
        清单号,日期,客户,运单号,件数,合计,状态
        Q1,2026-10-08,晨光纸业,W1,1,10.00,{word}
        Q2,2026-10-08,晨光纸业,W2,1,12.00,
    """, "收货清单.csv")  # fmt: skip
    assert records(document, "receiving_slip", "status") == [(None,), ("live",)]
    assert [problem.code for problem in document.problems] == ["UnknownChoice"]


@pytest.mark.parametrize(
    ("cell", "copies", "printed"),
    [
        ("3/3", 3, 3), ("2/3", 2, 3), ("2 of 3", 2, 3), ("２／３", 2, 3), ("2/3联", 2, 3), ("共3联第2联", 2, 3),
        ("第二联，共三联", 2, 3), ("一式四联收三联", 3, 4), ("三联", 3, None), ("3", 3, None),
    ],
)  # fmt: skip
def test_copies_of_a_whole(cell: str, copies: int, printed: int | None) -> None:
    document = read_csv(f"""
        清单号,日期,客户,运单号,件数,合计,联次
        Q1,2026-10-08,晨光纸业,W1,1,10.00,"{cell}"
    """, "收货清单.csv")  # fmt: skip
    assert records(document, "receiving_slip", "copies", "copies_printed") == [(copies, printed)]
    assert document.problems == ()


@pytest.mark.parametrize(("cell", "column"), [("4/3", "联次"), ("1/5", "件数"), ("2/3/4", "联次")])
def test_more_than_the_whole_or_a_share_of_what_has_none_is_a_problem(cell: str, column: str) -> None:
    other = "联次" if column == "件数" else "件数"
    document = read_csv(f"""
        清单号,日期,客户,运单号,合计,{other},{column}
        Q1,2026-10-08,晨光纸业,W1,10.00,1,{cell}
    """, "收货清单.csv")  # fmt: skip
    assert len(document.problems) == 1
