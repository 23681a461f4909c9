"""What a column of values leaves open is decided by the document, by proofs or by the user, or asked; never assumed."""

from __future__ import annotations

import datetime
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from csv_samples import accounted, proofs, read_csv, records

from auditor.documents.collect import document_of
from auditor.documents.declarations import Declarations
from auditor.documents.model import ReadDocument
from auditor.documents.read import read_document

BANK = "bank_transaction"


def moved(document: ReadDocument) -> list[tuple[Any, ...]]:
    return records(document, BANK, "direction", "amount")


def codes(document: ReadDocument) -> list[str]:
    return [problem.code for problem in document.problems]


def asked(document: ReadDocument, code: str) -> bool:
    """Whether a question stands once, says its line for audit.yaml, and no row was read in its place."""
    (problem,) = [each for each in document.problems if each.code == code]
    return bool(accounted(document) and problem.place and problem.place.line)


def workbook(rows: list[list[Any]], name: str = "流水.xlsx") -> ReadDocument:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return read_document(document_of(buffer.getvalue(), name))


# --- sides ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [("1,000.00 CR", "250.50 DR", "10.00 DR"), ("1,000.00贷", "250.50借", "10.00 借"), ("Cr 1000.00", "Dr250.50", "DR 10"),
     ("贷方1000.00", "支出 250.50", "付10.00")],
)  # fmt: skip
def test_a_side_beside_the_amount_is_the_row_s_side(first: str, second: str, third: str) -> None:
    document = read_csv(f'Transaction Date,Summary,Amount\n2026-10-08,a,"{first}"\n2026-10-09,b,{second}\n2026-10-10,c,{third}\n')
    assert [each[0] for each in moved(document)] == ["in", "out", "out"] and not document.problems


def test_an_amount_without_a_side_beside_marked_ones_is_no_side_of_its_own() -> None:
    document = read_csv("Transaction Date,Summary,Amount\n2026-10-08,a,50.90Cr\n2026-10-09,b,200.00\n")
    assert moved(document) == [("in", "50.90")] and codes(document) == ["FlowUnclear"]


def test_a_balance_of_the_paying_side_is_negative() -> None:
    document = read_csv("""
        Transaction Date,Summary,Amount,Balance
        2026-10-08,a,100.00 CR,50.00 DR
        2026-10-09,b,80.00 CR,30.00 CR
        2026-10-10,c,40.00 DR,10.00 DR
    """)
    assert [each[0] for each in records(document, BANK, "balance")] == ["-50.00", "30.00", "-10.00"]
    assert proofs(document)["running balance"] == "holds"


@pytest.mark.parametrize("header", ["D/C", "Dr or Cr?", "方向", "类型", "Side"])
@pytest.mark.parametrize(("out", "into"), [("D", "C"), ("借", "贷"), ("支", "收"), ("DR", "CR"), ("出账", "入账"), ("Money out", "Money in")])
def test_a_column_of_sides_is_known_by_its_words(header: str, out: str, into: str) -> None:
    document = read_csv(f"交易日期,金额,{header},对方户名\n2026-10-08,1250.00,{out},甲\n2026-10-09,4300.00,{into},乙\n")
    assert moved(document) == [("out", "1250.00"), ("in", "4300.00")]


def test_letters_in_a_column_of_texts_are_no_sides() -> None:
    document = read_csv("交易日期,摘要,金额\n2026-10-08,C,1250.00\n2026-10-09,D,4300.00\n")
    assert codes(document) == ["SideUndecided"]


def test_words_for_sides_that_nobody_knows_are_proved_by_the_balances() -> None:
    document = read_csv("""
        交易日期,金额,借贷标志,余额
        2026-10-08,100.00,调入,1100.00
        2026-10-09,40.00,调出,1060.00
        2026-10-10,7.00,调入,1067.00
    """)
    assert moved(document) == [("in", "100.00"), ("out", "40.00"), ("in", "7.00")]


@pytest.mark.parametrize(
    "rows",
    ["1250.00\n380.50\n96.00", "1250.00\n-380.50\n96.00", "-1250.00\n-380.50\n-96.00"],
    ids=["no sign", "both signs", "all negative"],
)
@pytest.mark.parametrize("title", ["", "信用卡账单\n", "Statement of account\n"])
def test_amounts_of_which_nothing_tells_the_side_are_asked_about(rows: str, title: str) -> None:
    lines = "".join(f"2026-10-{day:02d},{amount},甲\n" for day, amount in enumerate(rows.split("\n"), 8))
    document = read_csv(f"{title}交易日期,金额,摘要\n{lines}")
    assert not moved(document) and asked(document, "SideUndecided")
    assert "sign: out_positive" in document.problems[0].message("zh")


@pytest.mark.parametrize(
    ("sign", "expected"), [("in_positive", ["in", "out"]), ("out_positive", ["out", "in"])]
)
def test_the_user_says_what_a_sign_means(sign: Any, expected: list[str]) -> None:
    text = "交易日期,金额,摘要\n2026-10-08,1250.00,甲\n2026-10-09,-380.50,乙\n"
    document = read_csv(text, declared=Declarations(sign=sign))
    assert [each[0] for each in moved(document)] == expected and not document.problems


def test_purchases_of_a_card_are_money_out_if_the_balance_owed_rises_with_them() -> None:
    rows = "2026-10-08,300.00,-300.00\n2026-10-09,250.50,-550.50\n2026-10-12,-550.50,0.00\n"
    assert [each[0] for each in moved(read_csv(f"交易日期,交易金额,余额\n{rows}"))] == ["out", "out", "in"]


def test_of_two_columns_the_unknown_one_is_the_one_that_is_filled_where_the_other_is_not() -> None:
    document = read_csv("交易日期,存入金额,取走的钱,手续费\n2026-10-08,0.00,58.80,0\n2026-10-09,2000.00,0.00,0\n")
    assert moved(document) == [("out", "58.80"), ("in", "2000.00")]
    assert any("取走的钱" in remark.text.en for remark in document.remarks)


@pytest.mark.parametrize("other", ["对方账号", "某列", "取走的钱（两次）"])
def test_one_side_that_leaves_rows_without_an_amount_is_asked_about(other: str) -> None:
    document = read_csv(f"交易日期,摘要,存入金额,{other}\n2026-10-08,甲,0.00,甲\n2026-10-09,乙,2000.00,5.00\n")
    assert not moved(document) and asked(document, "OneSideOnly")


def test_a_list_of_receipts_has_one_side() -> None:
    assert moved(read_csv("交易日期,收入金额,摘要\n2026-10-08,5.00,甲\n2026-10-09,7.00,乙\n")) == [("in", "5.00"), ("in", "7.00")]


# --- currencies -------------------------------------------------------------------------------------------------------


def test_each_amount_has_the_currency_that_stands_beside_it() -> None:
    text = '交易日期,收入,支出\n2026-10-08,"USD 1,000.00",\n2026-10-09,,€250.50\n2026-10-10,￥20.00,\n'
    assert records(read_csv(text), BANK, "amount", "currency") == [
        ("1000.00", "USD"), ("250.50", "EUR"), ("20.00", "CNY"),
    ]  # fmt: skip


def test_the_one_currency_of_a_column_holds_for_all_of_it() -> None:
    text = "Transaction Date,Credit,Debit\n2026-10-08,$5.00,\n2026-10-09,,7.00\n"
    assert [each[0] for each in records(read_csv(text), BANK, "currency")] == ["USD", "USD"]


def test_an_amount_without_a_currency_among_several_is_asked_about() -> None:
    text = "交易日期,收入,支出\n2026-10-08,$5.00,\n2026-10-09,,€7.00\n2026-10-10,9.00,\n"
    document = read_csv(text)
    assert len(moved(document)) == 2 and asked(document, "CurrencyUndecided")
    assert len(moved(read_csv(text, declared=Declarations(currency="CNY")))) == 3


def test_a_currency_beside_the_amount_that_is_not_the_column_s_is_a_problem() -> None:
    document = read_csv("交易日期,收入,支出,币种\n2026-10-08,$5.00,,CNY\n2026-10-09,,7.00,CNY\n")
    assert "CurrenciesDiffer" in codes(document)


def test_the_sign_of_the_yuan_is_kept_in_a_long_column() -> None:
    rows = "".join(f"2026-10-08,￥{number}.00,\n" for number in range(1, 1200))
    document = read_csv(f"交易日期,收入,支出\n{rows}")
    assert set(records(document, BANK, "currency")) == {("CNY",)} and len(moved(document)) == 1199


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (["1.234", "12,50"], ["1234.00", "12.50"]), (["1.234,56", "7"], ["1234.56", "7.00"]),
        (["1,234", "12.50"], ["1234.00", "12.50"]), (["1,234", "500"], ["1234.00", "500.00"]),
        (["12,5", "0,75"], ["12.50", "0.75"]),
    ],
)  # fmt: skip
def test_one_figure_tells_the_decimal_mark_of_all(figures: list[str], expected: list[str]) -> None:
    rows = "".join(f'2026-10-{day:02d},"{figure}",\n' for day, figure in enumerate(figures, 8))
    document = read_csv(f"交易日期,收入,支出\n{rows}")
    assert [each[1] for each in moved(document)] == expected and not document.problems


@pytest.mark.parametrize(
    "figures", [["1.234", "500"], ["1.234,56", "1,234.56", "1,234"]], ids=["nothing tells", "both marks"]
)
def test_figures_that_can_be_read_both_ways_are_asked_about(figures: list[str]) -> None:
    rows = "".join(f'2026-10-{day:02d},"{figure}",\n' for day, figure in enumerate(figures, 8))
    document = read_csv(f"交易日期,收入,支出\n{rows}")
    assert len(moved(document)) == len(figures) - 1 and asked(document, "DecimalMarkUndecided")


def test_numbers_of_a_spreadsheet_have_a_point_whatever_its_texts_show() -> None:
    document = workbook([["交易日期", "收入", "支出"], ["2026-10-08", 1.234, None], ["2026-10-09", "1.234,50", None]])
    assert [each[1] for each in moved(document)] == ["1.234", "1234.50"]


def test_a_note_behind_an_amount_is_told() -> None:
    document = read_csv("交易日期,收入,支出\n2026-10-08,,100.00(已退款89.84)\n")
    assert moved(document) == [("out", "100.00")] and codes(document) == ["NoteBesideAmount"]
    assert "已退款89.84" in document.problems[0].message("en")


# --- dates ------------------------------------------------------------------------------------------------------------

TURN = "12-28,1000.00,,11000.00\n12-31,,250.50,10749.50\n01-03,,10.00,10739.50\n01-15,100.00,,10839.50\n"


def test_a_stated_extent_tells_the_years_over_new_year() -> None:
    document = read_csv(f"账单期间：2026-12-20 至 2027-01-19\n交易日期,收入,支出,余额\n{TURN}")
    assert [each[0] for each in records(document, BANK, "date")] == [
        "2026-12-28", "2026-12-31", "2027-01-03", "2027-01-15",
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["2027年01月账单", "账单 2026-12"])
def test_a_stated_month_takes_the_year_that_is_nearest(title: str) -> None:
    document = read_csv(f"{title}\n交易日期,收入,支出,余额\n{TURN}")
    assert [each[0] for each in records(document, BANK, "date")][1:3] == ["2026-12-31", "2027-01-03"]


def test_a_year_alone_does_not_tell_the_years_over_new_year() -> None:
    document = read_csv(f"2026年度账单\n交易日期,收入,支出,余额\n{TURN}", path="流水.csv")
    assert not moved(document) and asked(document, "YearUndecided")


def test_a_year_that_only_the_file_s_name_states_is_told_as_assumed() -> None:
    text = "账号：6222021234567890123\n交易日期,收入,支出\n10-08,5.00,\n"
    document = read_csv(text, path="流水2026年.csv")
    assert records(document, BANK, "date") == [("2026-10-08",)]
    (record,) = document.as_dict()["records"][BANK]
    assert record["_source"]["assumed"] == ["date"]
    assert any("name of the file" in remark.text.en for remark in document.remarks)
    period = (date(2027, 10, 1), date(2027, 10, 31))
    assert records(read_csv(text, path="流水2026年.csv", period=period), BANK, "date") == [("2027-10-08",)]


@pytest.mark.parametrize(
    ("stamps", "right"),
    [
        (["2026-10-31T16:30:00+0800", "2026-10-31T23:30:00+08:00"], True),
        (["2026-10-31T16:30:00Z", "2026-10-31T23:30:00Z"], False),
        (["2026-10-31T16:30:00+08:00", "2026-10-31T23:30:00+01:00"], False),
        (["2026-10-31T16:30:00+08:00", "2026-10-31T23:30:00"], False),
    ],
    ids=["one local time", "UTC", "two clocks", "one clock unknown"],
)
def test_a_distance_from_utc_is_not_dropped(stamps: list[str], right: bool) -> None:
    document = read_csv("交易时间,收入,支出\n" + "".join(f"{stamp},5.00,\n" for stamp in stamps))
    assert bool(moved(document)) is right
    assert right or asked(document, "TimeZoneUndecided")


def test_days_of_a_paper_journal_are_days_where_the_column_shows_it() -> None:
    rows = "10.1,,1000.00\n10.3,100.00,1100.00\n10.10,100.00,1200.00\n10.30,100.00,1300.00\n"
    document = read_csv("现金日记账（2026年10月）\n日期,收入,结余,摘要,单据号,支出\n" + rows.replace("\n", ",收款,,\n"))
    assert ("2026-10-03",) in records(document, "cash_journal_entry", "date")


def test_true_dates_beside_texts_with_the_day_first_are_not_trusted() -> None:
    day = datetime.date(2026, 5, 10)
    rows: list[list[Any]] = [["交易日期", "收入", "支出"], [day, 1, None], [datetime.date(2026, 12, 10), 2, None], ["13/10/2026", 3, None]]
    document = workbook(rows)
    assert records(document, BANK, "date") == [("2026-10-13",)] and asked(document, "SwappedDays")
    fine = workbook([*rows[:2], [datetime.date(2026, 5, 20), 2, None], ["13/10/2026", 3, None]])
    assert len(moved(fine)) == 3 and not fine.problems


# --- numbers and headings ---------------------------------------------------------------------------------------------


def test_two_numbers_that_a_spreadsheet_cut_are_no_numbers() -> None:
    document = workbook([
        ["账号", "交易日期", "收入", "支出"],
        [6225880012345678901, datetime.date(2026, 10, 8), 5, None],
        [6225880012345678123, datetime.date(2026, 10, 9), 6, None],
        ["6225880012345678901", datetime.date(2026, 10, 10), 7, None],
    ])  # fmt: skip
    assert records(document, BANK, "account") == [(None,), (None,), ("6225880012345678901",)]
    assert codes(document) == ["LostDigits", "LostDigits"]


@pytest.mark.parametrize(
    ("line", "code"),
    [("币种：,离岸人民币", "UnknownCurrency"), ("币种：,USDX", "UnknownCurrency")],
)
def test_a_value_of_the_heading_that_cannot_be_read_is_a_problem_at_its_line(line: str, code: str) -> None:
    document = read_csv(f"{line}\n交易日期,收入,支出\n2026-10-08,5.00,\n")
    (problem,) = document.problems
    assert (problem.code, problem.place.line if problem.place else None) == (code, 1)


@pytest.mark.parametrize("unit", ["万元", "人民币万元", "万"])
def test_the_declared_unit_and_account_hold_for_the_table(unit: str) -> None:
    declared = Declarations(unit=unit, account="6222021234567890123")
    document = read_csv("交易日期,收入,支出\n2026-10-08,5.5,\n", declared=declared)
    assert records(document, BANK, "amount", "account") == [("55000.00", "6222021234567890123")]
