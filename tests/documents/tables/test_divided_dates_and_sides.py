"""Dates in three columns, and balances whose side stands in the column next to them."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, records

LEDGER = "bank_ledger_entry"
NAME = "银行存款日记账.csv"


def _dates(text: str) -> list[object]:
    document = read_csv(text, NAME)
    assert accounted(document)
    return [each[0] for each in records(document, LEDGER, "date")]


@pytest.mark.parametrize(
    ("rows", "dates"),
    [
        (["2026,9,30", "2026,10,1"], ["2026-09-30", "2026-10-01"]),
        (["2026年,9月,30日", "2026年,10月,1日"], ["2026-09-30", "2026-10-01"]),
        # written once, over New Year without the new year
        (["2026,12,30", ",,31", ",1,2"], ["2026-12-30", "2026-12-31", "2027-01-02"]),
        (["2026,3,1", ",,2", "2027,3,1"], ["2026-03-01", "2026-03-02", "2027-03-01"]),
    ],
)
def test_year_month_and_day_in_a_column_each(rows: list[str], dates: list[str]) -> None:
    lines = [f"{row},记{at},收款,10.00,,{10 * at}.00" for at, row in enumerate(rows, 1)]
    assert _dates("\n".join(["年,月,日,凭证号,摘要,借方,贷方,余额", *lines])) == dates


def test_a_short_year_in_a_column_is_asked_about() -> None:
    document = read_csv("年,月,日,凭证号,摘要,借方,贷方,余额\n26,10,1,记1,收款,5.00,,5.00\n", NAME)
    assert [problem.code for problem in document.problems] == ["YearUndecided"]


@pytest.mark.parametrize("header", ["方向", "借或贷", "余额方向", "Side"])
@pytest.mark.parametrize("back", [False, True])
def test_a_ledger_s_balance_on_the_paying_side_is_negative(header: str, back: bool) -> None:
    lines = [
        "2026-10-02,记2,收款,500.00,,借,400.00", "2026-10-05,记3,付款,,1700.00,贷,1300.00",
        "2026-10-06,记4,收款,1300.00,,平,0.00", "2026-10-07,记5,付款,,1.00,贷,1.00",
    ]  # fmt: skip
    text = "\n".join([f"日期,凭证号,摘要,借方,贷方,{header},余额", *(lines[::-1] if back else lines)])
    document = read_csv(text, NAME)
    shown = dict(records(document, LEDGER, "date", "balance"))
    assert [shown[f"2026-10-0{day}"] for day in (2, 5, 6, 7)] == ["400.00", "-1300.00", "0.00", "-1.00"]
    assert proofs(document)["running balance"] == "holds"


def test_the_opening_balance_takes_its_side_as_well() -> None:
    rows = "2026-10-01,,期初余额,,,贷,100.00\n2026-10-02,记2,收款,500.00,,借,400.00\n2026-10-03,记3,付款,,600.00,贷,200.00\n"
    document = read_csv(f"日期,凭证号,摘要,借方,贷方,方向,余额\n{rows}", NAME)
    assert records(document, "stated_balance", "kind", "amount") == [("opening", "-100.00")]
    assert proofs(document)["running balance"] == "holds"


@pytest.mark.parametrize("word", ["借", "贷"])
def test_words_that_the_balances_contradict_turn_nothing(word: str) -> None:
    rows = f"2026-10-02,a,500.00,,{word},1500.00\n2026-10-03,b,,700.00,{word},800.00\n2026-10-04,c,,100.00,{word},700.00\n"
    document = read_csv(f"交易日期,摘要,收入,支出,方向,余额\n{rows}")
    assert [each[0] for each in records(document, "bank_transaction", "balance")] == ["1500.00", "800.00", "700.00"]
    assert proofs(document)["running balance"] == "holds"


@pytest.mark.parametrize("name", ["流水2026.csv", "2025年流水.csv"])
def test_a_leap_day_in_a_year_without_one_is_asked_about_for_what_it_is(name: str) -> None:
    document = read_csv("交易日期,摘要,收入,支出\n02-29,a,5.00,\n03-01,b,,1.00\n", name)
    assert [problem.code for problem in document.problems] == ["YearUndecided"]
    assert "29 February" in document.problems[0].message("en") and len(records(document, "bank_transaction", "date")) == 1
