"""A dated payment to somebody called Total or 合计 is an entry where its balance says so; a total row never is."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, records

BANK = "bank_transaction"


@pytest.mark.parametrize("name", ["Total", "总计", "合计", "Grand Total", "小计"])
@pytest.mark.parametrize("amount", ["30.00", "45.00"])  # that of all payments above, and another
@pytest.mark.parametrize("back", [False, True])
def test_a_balance_shows_that_a_row_is_an_entry(name: str, amount: str, back: bool) -> None:
    left = f"{1070 - float(amount):.2f}"
    rows = ["2026-10-08,Alpha,100.00,,1100.00", "2026-10-09,Beta,,30.00,1070.00", f"2026-10-10,{name},,{amount},{left}"]
    document = read_csv("\n".join(["交易日期,对方户名,收入,支出,余额", *(rows[::-1] if back else rows)]))
    assert (name, "out", amount) in records(document, BANK, "counterparty", "direction", "amount")
    assert len(records(document, BANK, "date")) == 3 and proofs(document)["running balance"] == "holds"
    assert accounted(document) and not document.problems


@pytest.mark.parametrize("name", ["部门合计", "上海合计"])
def test_a_name_that_ends_like_a_total_and_moves_the_balance_stays_an_entry(name: str) -> None:
    rows = "2026-10-08,a,100.00,,1100.00\n2026-10-09,b,20.00,,1120.00\n2026-10-10," + name + ",120.00,,1240.00\n"
    document = read_csv(f"交易日期,对方户名,收入,支出,余额\n{rows}")
    assert [each[0] for each in records(document, BANK, "amount")] == ["100.00", "20.00", "120.00"]


@pytest.mark.parametrize("label", ["本日合计", "Total", "合计", "本月合计"])
def test_a_dated_total_with_the_balance_of_the_last_entry_stays_a_total(label: str) -> None:
    rows = f"2026-10-08,a,100.00,,1100.00\n2026-10-08,b,,30.00,1070.00\n2026-10-08,{label},,30.00,1070.00\n"
    document = read_csv(f"交易日期,对方户名,收入,支出,余额\n{rows}2026-10-09,c,,1.00,1069.00\n")
    assert [each[0] for each in records(document, BANK, "amount")] == ["100.00", "30.00", "1.00"]
    assert proofs(document) == {"running balance": "holds", "printed totals": "holds"}


def test_what_is_carried_to_the_next_year_is_no_entry() -> None:
    rows = "2026-12-30,a,100.00,,1100.00\n2026-12-31,结转下年,,1100.00,0.00\n"
    document = read_csv(f"交易日期,摘要,收入,支出,余额\n{rows}")
    assert [each[0] for each in records(document, BANK, "amount")] == ["100.00"]
