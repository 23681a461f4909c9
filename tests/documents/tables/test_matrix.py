"""总账单: customers down, the days of the month across."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, records

SHEET = """
    客户总账单 2026年10月,,,,,
    客户名称,8,9日,10-10,2026-10-12,合计
    恒昌电子,460.06,,0,139.50,599.56
    百利塑胶,975.30,100.00,,,{row}
    合计,1435.36,100.00,0,139.50,{all}
    制单：,林晓,复核：,赵敏,,
"""


def test_each_filled_cell_is_a_record_and_an_empty_one_is_none() -> None:
    document = read_csv(SHEET.format(row="1075.30", all="1674.86"))
    assert records(document, "master_day", "customer", "date", "amount") == [
        ("恒昌电子", "2026-10-08", "460.06"), ("恒昌电子", "2026-10-10", "0.00"), ("恒昌电子", "2026-10-12", "139.50"),
        ("百利塑胶", "2026-10-08", "975.30"), ("百利塑胶", "2026-10-09", "100.00"),
    ]  # fmt: skip
    assert document.layout == "tables/master-bill" and proofs(document) == {"printed totals": "holds"}
    assert accounted(document) and not document.problems


def test_totals_of_rows_columns_and_everything() -> None:
    document = read_csv(SHEET.format(row="1075.30", all="1774.86"))
    stated = records(document, "stated_total", "axis", "group_key", "date", "stated", "computed")
    assert stated == [
        ("row", "恒昌电子", None, "599.56", "599.56"), ("row", "百利塑胶", None, "1075.30", "1075.30"),
        ("column", "2026-10-08", "2026-10-08", "1435.36", "1435.36"),
        ("column", "2026-10-09", "2026-10-09", "100.00", "100.00"),
        ("column", "2026-10-10", "2026-10-10", "0.00", "0.00"),
        ("column", "2026-10-12", "2026-10-12", "139.50", "139.50"), ("table", None, None, "1774.86", "1674.86"),
    ]  # fmt: skip
    assert proofs(document) == {"printed totals": "broken"}


def test_unreadable_cell_is_a_problem_and_costs_only_itself() -> None:
    document = read_csv(SHEET.format(row="约1075", all="1674.86").replace("139.50,599.56", "一三九,599.56"))
    assert [(problem.code, str(problem.place)) for problem in document.problems] == [("NotAnAmount", "文件.csv:3:5")]
    assert ("恒昌电子", "2026-10-08") in records(document, "master_day", "customer", "date") and accounted(document)


def test_days_without_a_month_are_no_matrix() -> None:
    document = read_csv("客户名称,8,9,10,合计\n恒昌电子,1.00,2.00,3.00,6.00\n", "总账单.csv")
    assert "master_day" not in document.records and document.status == "not recognised"


def test_a_group_line_over_the_days_holds_the_word_for_the_totals() -> None:
    document = read_csv("""
        总账单（2026-10）
        ,10月,,,,合计
        客户,8,9,10,11,
        恒昌电子,100.00,,50.00,,150.00
        甬泰,,20.00,,5.00,26.00
        每日合计,100.00,20.00,50.00,5.00,175.00
    """)
    assert records(document, "master_day", "customer", "date", "amount")[-1] == ("甬泰", "2026-10-11", "5.00")
    assert records(document, "stated_total", "axis", "group_key", "stated", "computed")[1] == ("row", "甬泰", "26.00", "25.00")
    assert proofs(document) == {"printed totals": "broken"} and accounted(document)


def test_amounts_in_ten_thousands_as_the_heading_says() -> None:
    document = read_csv("""
        总账单2026年10月,单位：万元,,,
        客户,10/8,10/9,10/10,合计
        恒昌电子,1.5,,0.5,2
    """)
    assert records(document, "master_day", "amount") == [("15000.00",), ("5000.00",)]
    assert proofs(document) == {"printed totals": "holds"}


@pytest.mark.parametrize("bad", ["一三九", "139.5O", "12-3-9"])
def test_totals_over_a_cell_that_was_not_read_are_not_possible(bad: str) -> None:
    document = read_csv(SHEET.format(row="1075.30", all="1674.86").replace("139.50,599.56", f"{bad},599.56"))
    assert proofs(document) == {"printed totals": "not possible"}
    assert [(each.column, each.known["date"], each.first) for each in document.unread] == [
        ("amount", ("2026-10-12",), 3)
    ]
    unread = [each for each in document.records["stated_total"].column("_unread").to_pylist() if each]
    assert unread == [1, 1, 1]  # of the customer, of the day, of everything


def test_a_total_of_other_cells_is_judged_beside_one_that_was_not_read() -> None:
    document = read_csv(SHEET.format(row="1076.30", all="1674.86").replace("139.50,599.56", "一三九,599.56"))
    assert proofs(document) == {"printed totals": "broken"}
