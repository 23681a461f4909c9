"""Direction and amount, in all the ways that banks and ledgers write them."""

from __future__ import annotations

from csv_samples import accounted, proofs, read_csv, records


def _flow(text: str, record: str = "bank_transaction") -> list[tuple[object, ...]]:
    return records(read_csv(text), record, "direction", "amount")


def test_zero_on_the_other_side_is_empty() -> None:
    rows = "交易日期,支出,收入,账户余额\n2026-10-08,67.0,0.0,100.0\n2026-10-09,0.0,3.5,103.5\n"
    assert _flow(rows) == [("out", "67.00"), ("in", "3.50")]


def test_zero_on_both_sides_moves_nothing() -> None:
    assert _flow("交易日期,支出,收入,账户余额\n2026-10-08,0.00,0.00,100.0\n") == [("none", "0.00")]


def test_both_sides_filled_is_a_problem() -> None:
    document = read_csv("交易日期,支出,收入,账户余额\n2026-10-08,5.00,6.00,100.0\n")
    assert [problem.code for problem in document.problems] == ["FlowUnclear"] and accounted(document)
    assert "收入与支出两栏均有金额" in document.problems[0].message("zh")


def test_one_signed_column() -> None:
    assert _flow("交易日期,交易金额,余额\n2026-10-08,+100.00,100.00\n2026-10-09,-40.00,60.00\n") == [
        ("in", "100.00"), ("out", "40.00"),
    ]  # fmt: skip


def test_unsigned_amounts_take_their_side_from_the_balances() -> None:
    rows = "交易日期,交易金额,余额\n2026-10-08,100.00,1100.00\n2026-10-09,40.00,1060.00\n2026-10-10,7.00,1067.00\n"
    document = read_csv(rows)
    assert records(document, "bank_transaction", "direction", "amount") == [("out", "40.00"), ("in", "7.00")]
    assert [(problem.code, problem.place and problem.place.line) for problem in document.problems] == [("FlowUnclear", 2)]
    assert proofs(document)["running balance"] == "holds" and accounted(document)


def test_amount_with_a_flag() -> None:
    rows = "交易日期,借贷标志,发生额,余额\n2026-10-08,贷,100.00,100.00\n2026-10-09,借,40.00,60.00\n"
    assert _flow(rows) == [("in", "100.00"), ("out", "40.00")]


def test_flag_in_two_languages_and_as_a_figure() -> None:
    assert _flow("交易日期,借贷,交易金额,余额\n2026-10-08,贷 Cr,5.00,5.00\n2026-10-09,借 Dr,1.00,4.00\n") == [
        ("in", "5.00"), ("out", "1.00"),
    ]  # fmt: skip
    assert _flow("交易日期,收付标志,交易金额,余额\n2026-10-08,1,5.00,5.00\n2026-10-09,2,1.00,4.00\n") == [
        ("in", "5.00"), ("out", "1.00"),
    ]  # fmt: skip


def test_sign_that_only_repeats_the_flag() -> None:
    rows = "交易日期,收/支,交易金额,流水号\n2026-10-08,支出,-5.00,1\n2026-10-09,支出,-1.00,2\n2026-10-10,收入,3.00,3\n"
    assert _flow(rows) == [("out", "5.00"), ("out", "1.00"), ("in", "3.00")]


def test_flag_of_what_is_neither() -> None:
    rows = "交易时间,收/支,金额,流水号\n2026-10-08 10:00:00,不计收支,5.00,1\n2026-10-09 10:00:00,/,6.00,2\n"
    assert _flow(rows) == [("none", "5.00"), ("none", "6.00")]


def test_flag_that_is_empty_or_unknown_is_a_problem() -> None:
    document = read_csv(
        "交易日期,借贷标志,发生额,流水号\n2026-10-08,,5.00,1\n2026-10-09,某,6.00,2\n2026-10-10,贷,7.00,3\n"
    )
    assert [problem.code for problem in document.problems] == ["FlowUnclear", "FlowUnclear"]
    assert records(document, "bank_transaction", "serial") == [("3",)]


def test_reversal_in_a_bank_column_turns_its_side() -> None:
    """冲正: a negative amount under 支出 is money that comes back."""
    rows = "交易日期,支出,收入,账户余额\n2026-10-08,-5.00,,105.00\n2026-10-09,1.00,,104.00\n2026-10-10,,2.00,106.00\n"
    document = read_csv(rows)
    assert records(document, "bank_transaction", "direction", "amount") == [
        ("in", "5.00"), ("out", "1.00"), ("in", "2.00"),
    ]  # fmt: skip
    assert proofs(document)["running balance"] == "holds"


def test_red_entry_of_a_ledger_keeps_its_side_and_sign() -> None:
    rows = (
        "日期,凭证号,摘要,借方(收入),贷方(支出),余额\n"
        "2026-10-19,银付-1,错户,,1200.00,800.00\n"
        "2026-10-20,银付-2,红冲,,-1200.00,2000.00\n"
    )
    document = read_csv(rows)
    assert records(document, "bank_ledger_entry", "direction", "amount") == [("out", "1200.00"), ("out", "-1200.00")]
    assert proofs(document)["running balance"] == "holds"


def test_wallet_column_whose_amounts_carry_a_minus() -> None:
    rows = (
        "账务流水号,发生时间,收入金额（+元）,支出金额（-元）,账户余额（元）\n"
        "1,2026-10-08 08:42:17,39.90,,39.90\n"
        "2,2026-10-09 08:42:17,,-9.90,30.00\n"
    )
    document = read_csv(rows)
    assert records(document, "bank_transaction", "direction", "amount", "time") == [
        ("in", "39.90", "08:42:17"), ("out", "9.90", "08:42:17"),
    ]  # fmt: skip
    assert document.layout == "wallet/alipay-merchant" and proofs(document)["running balance"] == "holds"
