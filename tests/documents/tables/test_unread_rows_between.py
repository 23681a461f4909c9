"""What a row that was not read may explain breaks no proof: neither the next balance nor the closing one."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, records

BANK = "bank_transaction"
ROWS = [
    "2026-10-08,a,100.00,,1100.00",
    "2026-10-09,b,,oops,1070.00",
    "2026-10-10,c,,40.00,1030.00",
    "2026-10-11,d,5.00,,1035.00",
]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    "bad", ["2026-10-09,b,,oops,1070.00", "2026-10-09,b,20.00,50.00,1070.00", "2026-13-45,b,,30.00,1070.00"]
)
def test_the_balance_behind_an_unread_row_is_not_broken(order: int, bad: str) -> None:
    rows = [ROWS[0], bad, *ROWS[2:]][::order]
    document = read_csv("\n".join(["交易日期,摘要,收入,支出,余额", *rows]))
    assert proofs(document)["running balance"] == "holds" and accounted(document)
    by_day = dict(records(document, BANK, "date", "_source"))
    assert [by_day[f"2026-10-{day}"]["proof"] for day in ("10", "11")] == ["unproved", "proved"]


def test_a_break_elsewhere_is_still_told() -> None:
    rows = [*ROWS, "2026-10-12,e,1.00,,1099.00"]
    document = read_csv("\n".join(["交易日期,摘要,收入,支出,余额", *rows]))
    assert proofs(document)["running balance"] == "broken"
    detail = next(proof.detail.en for proof in document.proofs if proof.name == "running balance")
    assert "1 of 2 rows" in detail and "row 6" in detail


def test_nothing_but_unread_rows_between_two_balances_proves_nothing() -> None:
    document = read_csv("\n".join(["交易日期,摘要,收入,支出,余额", *ROWS[:3]]))
    assert proofs(document)["running balance"] == "not possible"
    document = read_csv("\n".join(["交易日期,摘要,收入,支出,余额", ROWS[0], ROWS[2]]))
    assert proofs(document)["running balance"] == "broken"


def test_opening_and_closing_are_not_compared_over_an_unread_row() -> None:
    head, end = ",期初余额,,,1000.00", ",期末余额,,,1035.00"
    document = read_csv("\n".join(["交易日期,摘要,收入,支出,余额", head, *ROWS, end]))
    assert proofs(document)["opening and closing"] == "not possible"
    document = read_csv("\n".join(["交易日期,摘要,收入,支出,余额", head, ROWS[0], *ROWS[2:], end]))
    assert proofs(document)["opening and closing"] == "broken"


@pytest.mark.parametrize("bad", ["2026-10-09,b,,oops", "2026-10-09,b,1.00,30.00", "2026-13-09,b,,30.00"])
@pytest.mark.parametrize("label", ["合计", "本页合计", "Total"])
def test_a_total_that_an_unread_row_may_explain_is_not_broken(bad: str, label: str) -> None:
    rows = [bad, "2026-10-10,c,,40.00"]
    document = read_csv("\n".join(["交易日期,摘要,收入,支出", *rows, f"{label},,,70.00"]))
    assert proofs(document)["printed totals"] == "not possible"
    assert records(document, "stated_total", "stated", "computed")[0] == ("70.00", "40.00")
    document = read_csv("\n".join(["交易日期,摘要,收入,支出", rows[1], f"{label},,,70.00", bad]))
    assert proofs(document)["printed totals"] == "broken"


def test_a_total_over_a_cell_that_cannot_be_read_is_not_broken() -> None:
    rows = "2026-10-08,甲,SH26-004001,,1,100.00\n2026-10-09,乙,SH26-004002,,1,abc\n"
    document = read_csv(f"日期,客户,清单号,联络单号,票数,金额\n{rows}合计,,,,2,150.00\n", "统计报表.csv")
    assert proofs(document)["printed totals"] == "not possible"
    document = read_csv(f"日期,客户,清单号,联络单号,票数,金额\n{rows}合计,,,,3,150.00\n", "统计报表.csv")
    assert proofs(document).get("printed totals") in ("broken", "not possible")


@pytest.mark.parametrize(("money_in", "money_out"), [("70.00", "20.00"), ("100.00", "50.00")])
@pytest.mark.parametrize("label", ["合计", "Total", "本月合计"])
def test_totals_of_columns_and_of_sides_agree_alike(money_in: str, money_out: str, label: str) -> None:
    rows = "2026-10-08,a,100.00,\n2026-10-09,b,-30.00,\n2026-10-10,c,,20.00\n"
    document = read_csv(f"交易日期,摘要,收入,支出\n{rows}{label},,{money_in},{money_out}\n")
    assert proofs(document)["printed totals"] == "holds"
