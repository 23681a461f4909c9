"""Totals, balances and days that stand outside of the columns are read as the columns are: mark, unit, order, year."""

from __future__ import annotations

import pytest
from csv_samples import proofs, read_csv, records

BANK = "bank_transaction"
HEAD = "交易日期;摘要;收入;支出;余额"
ROWS = "2026-10-08;a;1.234,56;;2.234,56\n2026-10-09;b;;34,56;2.200,00\n2026-10-10;c;1.000,00;;3.200,00"


def stated(text: str, *, path: str = "流水.csv") -> tuple[list[tuple[str, str]], dict[str, str]]:
    document = read_csv(text, path)
    return records(document, "stated_total", "stated", "computed"), proofs(document)


@pytest.mark.parametrize(
    "line",
    [
        "收入合计：2.234,56;;;;",
        "总收入: 2笔 2.234,56元;;;;",
        "Total credits: 2.234,56;;;;",
    ],
)
def test_a_printed_total_with_a_decimal_comma(line: str) -> None:
    found, proved = stated(f"{HEAD}\n{ROWS}\n{line}\n")
    assert ("2234.56", "2234.56") in found and proved["printed totals"] == "holds"


@pytest.mark.parametrize("figure", ["1.000", "2.200,00"])
@pytest.mark.parametrize("label", ["期初余额", "Opening balance", "上期结转"])
def test_a_balance_beside_its_label_has_the_mark_of_the_column(label: str, figure: str) -> None:
    document = read_csv(f"{label}：{figure};;;;\n{HEAD}\n{ROWS}\n", "流水.csv")
    expected = {"1.000": "1000.00", "2.200,00": "2200.00"}[figure]
    assert records(document, "stated_balance", "kind", "amount") == [("opening", expected)]


WAN = "单位：万元,,,,\n交易日期,摘要,收入,支出,余额\n2026-10-08,a,1.20,,2.20\n2026-10-09,b,,0.20,2.00\n2026-10-10,c,1.00,,3.00"


@pytest.mark.parametrize("line", ["收入合计：2.20", "收入合计：2.20万元", "收入合计：22000.00元", "Total credits: 2.20"])
def test_a_printed_total_is_in_the_unit_of_the_table_or_in_its_own(line: str) -> None:
    found, proved = stated(f"{WAN}\n{line},,,,\n")
    assert found[-1] == ("22000.00", "22000.00") and proved["printed totals"] == "holds"


@pytest.mark.parametrize("line", ["期末余额：3.00", "期末余额：3.00万元", "期末余额：30000.00元"])
def test_a_balance_below_is_in_the_unit_of_the_table_or_in_its_own(line: str) -> None:
    document = read_csv(f"{WAN}\n{line},,,,\n")
    assert records(document, "stated_balance", "kind", "amount")[-1] == ("closing", "30000.00")


@pytest.mark.parametrize("day", ["08/10/2026", "09/10/2026", "10/10/2026"])
def test_the_day_of_a_total_is_read_in_the_order_of_its_column(day: str) -> None:
    rows = "08/10/2026,a,1.00,\n31/10/2026,b,2.00,"
    document = read_csv(f"日期,摘要,收入,支出\n{rows}\n{day},合计,3.00,\n")
    days = [each for (each,) in records(document, "stated_total", "date") if each]
    assert days in ([], [f"2026-10-{day[:2]}"])


@pytest.mark.parametrize("extent", ["01/10/2026 - 31/10/2026", "01.10.2026至31.10.2026", "2026-10-01 至 2026-10-31"])
@pytest.mark.parametrize("label", ["起止日期", "Period"])
def test_the_days_that_an_export_covers(label: str, extent: str) -> None:
    document = read_csv(f"{label}：{extent},,,,\n交易日期,摘要,收入,支出,余额\n2026-10-08,a,1.00,,2.00\n")
    assert records(document, "export_extent", "first_date", "last_date") == [("2026-10-01", "2026-10-31")]


@pytest.mark.parametrize(("amount", "expected"), [("1.234", "1234.00"), ("1.234,5", "1234.50"), ("0,5", "0.50")])
def test_cells_of_a_matrix_have_one_decimal_mark(amount: str, expected: str) -> None:
    text = f"总账单（2026-10）;;;;\n客户;8;9;10;合计\n恒昌电子;{amount};12,34;2,00;\n甬泰;5,00;;;\n"
    found = records(read_csv(text, "总账单.csv"), "master_day", "customer", "amount")
    assert found[0] == ("恒昌电子", expected)
