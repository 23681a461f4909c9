"""A minus in the column of money out, amounts of interleaved accounts, and rows of which one side cannot be read."""

from __future__ import annotations

import pytest
from csv_samples import accounted, read_csv, records

BANK = "bank_transaction"


@pytest.mark.parametrize(
    ("rows", "directions"),
    [
        # one payment with a minus: its balance falls, or rises
        ("2026-10-08,100.00,,1100.00\n2026-10-09,,-30.00,1070.00\n", ["in", "out"]),
        ("2026-10-08,100.00,,1100.00\n2026-10-09,,-30.00,1130.00\n", ["in", "in"]),
        # newest first
        ("2026-10-09,,-30.00,1070.00\n2026-10-08,100.00,,1100.00\n", ["out", "in"]),
        # all amounts of the column are taken back, as the balances show
        ("2026-10-08,100.00,,1100.00\n2026-10-09,,-30.00,1130.00\n2026-10-10,,-5.00,1135.00\n", ["in", "in", "in"]),
        # a total without the minus below them
        ("2026-10-08,,-30.00,\n2026-10-09,,-5.00,\n合计,,35.00,\n", ["out", "out"]),
    ],
)
def test_what_a_minus_under_money_out_means_is_told_by_the_balances(rows: str, directions: list[str]) -> None:
    document = read_csv(f"交易日期,收入,支出,余额\n{rows}")
    assert [each[0] for each in records(document, BANK, "direction")] == directions
    assert not [problem.code for problem in document.problems] and accounted(document)


@pytest.mark.parametrize(
    "rows", ["2026-10-08,7.00,\n2026-10-09,,-3.00\n", "2026-10-09,0.00,-3.00\n2026-10-08,7.00,0.00\n"]
)
def test_a_single_minus_that_nothing_explains_is_a_problem(rows: str) -> None:
    document = read_csv(f"交易日期,收入,支出\n{rows}")
    assert [problem.code for problem in document.problems] == ["FlowUnclear"]
    assert records(document, BANK, "direction", "amount") == [("in", "7.00")] and accounted(document)


@pytest.mark.parametrize(
    ("money_in", "money_out"), [("0.00", "abc"), ("12?0", "0.00"), ("-", "3.0.0"), ("0.00", "#REF!")]
)
def test_a_row_of_which_one_side_cannot_be_read_moves_more_than_nothing(money_in: str, money_out: str) -> None:
    document = read_csv(f"交易日期,收入,支出\n2026-10-08,{money_in},{money_out}\n2026-10-09,0.00,30.00\n")
    assert records(document, BANK, "amount") == [("30.00",)]
    assert len(document.problems) == 1 and accounted(document)


def test_the_sign_of_interleaved_accounts_is_told_account_by_account() -> None:
    lines = [("1111111111", 100, 1100), ("2222222222", 30, 530), ("1111111111", -60, 1040), ("2222222222", -7, 523)]
    for sign in (1, -1):
        rows = "".join(f"2026-10-{8 + at // 2:02},{no},{sign * by}.00,{end}.00\n" for at, (no, by, end) in enumerate(lines))
        document = read_csv(f"交易日期,账号,交易金额,余额\n{rows}")
        assert [each[0] for each in records(document, BANK, "direction")] == ["in", "in", "out", "out"]
        assert not document.problems


@pytest.mark.parametrize(
    ("rows", "directions"),
    [
        ("2026-10-08,C,100.00,1100.00\n2026-10-09,D,-50.00,1050.00\n", ["in", "out"]),
        ("2026-10-08,C,100.00,1100.00\n2026-10-09,D,-50.00,1150.00\n", ["in", "in"]),
        ("2026-10-08,D,100.00,900.00\n2026-10-09,C,-50.00,850.00\n2026-10-10,C,-20.00,830.00\n", ["out", "out", "out"]),
        ("2026-10-08,D,100.00,900.00\n2026-10-09,C,-50.00,950.00\n2026-10-10,C,-20.00,970.00\n", ["out", "in", "in"]),
        # nothing but the sign that repeats the word
        ("2026-10-08,C,100.00,\n2026-10-09,D,-50.00,\n", ["in", "out"]),
    ],
)
def test_what_a_minus_beside_a_flag_means_is_told_by_the_balances(rows: str, directions: list[str]) -> None:
    document = read_csv(f"交易日期,借贷标志,金额,余额\n{rows}")
    assert [each[0] for each in records(document, BANK, "direction")] == directions and not document.problems


@pytest.mark.parametrize("rows", ["2026-10-09,贷,-5.00\n", "2026-10-09,贷,-5.00\n2026-10-10,贷,-6.00\n"])
def test_money_in_that_is_negative_throughout_is_a_problem(rows: str) -> None:
    document = read_csv(f"交易日期,借贷标志,金额\n2026-10-08,借,7.00\n{rows}")
    assert {problem.code for problem in document.problems} == {"FlowUnclear"}
    assert records(document, BANK, "direction", "amount") == [("out", "7.00")] and accounted(document)
