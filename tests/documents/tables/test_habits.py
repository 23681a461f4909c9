"""Habits of cashiers: ranges of numbers in one cell, dates written once a day, totals of a day."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, records

from auditor.documents.tables.number_ranges import numbers_of, range_of


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0003117-0003119", ("0003117", "0003118", "0003119")),
        ("0003117～0003119（共3份）", ("0003117", "0003118", "0003119")),
        ("0003117-19", ("0003117", "0003118", "0003119")),
        ("0003117至0003118号", ("0003117", "0003118")),
        ("NB26-001041、001042", ("NB26-001041", "NB26-001042")),
        ("NB26-001050-NB26-001051", ("NB26-001050", "NB26-001051")),
        ("0003117、0003120-0003121", ("0003117", "0003120", "0003121")),
        ("0003117、18、20", ("0003117", "0003118", "0003120")),
        # a dash inside of one number makes no range
        ("SH26-004001", ("SH26-004001",)),
        ("998-61000516", ("998-61000516",)),
        ("LL2610-15", ("LL2610-15",)),
        ("TZ2610-001", ("TZ2610-001",)),
        # nor does a suffix of one
        ("SH26-004001-2", ("SH26-004001-2",)),
        ("0003101-5", ("0003101-5",)),
        ("0003101-1、0003101-2", ("0003101-1", "0003101-2")),
        ("作废", ("作废",)),
    ],
)
def test_numbers_that_a_cell_names(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_of(text) == numbers


def test_a_range_needs_two_numbers_in_order() -> None:
    assert range_of("SH26-004001", declared=True) is None
    assert range_of("0003120-0003101", declared=True) is None
    found = range_of("SH26-004001～004050", declared=True)
    assert found is not None and found.width == 6
    assert (found.prefix, found.first, found.last) == ("SH26-", "004001", "004050")


def test_void_numbers_in_one_cell_are_a_record_each() -> None:
    document = read_csv("""
        票据种类,作废号码,登记日期,作废原因
        收据,0003117-0003119,2026-10-15,写错日期
        收货清单,NB26-001041、001042,2026-10-22,客户取消
        收货清单,NB26-001050,2026-10-23,客户取消
    """)
    assert records(document, "voided_number", "kind", "number") == [
        ("receipt", "0003117"), ("receipt", "0003118"), ("receipt", "0003119"),
        ("receiving_slip", "NB26-001041"), ("receiving_slip", "NB26-001042"), ("receiving_slip", "NB26-001050"),
    ]  # fmt: skip
    assert accounted(document) and document.row_records == 3
    assert [remark.text.zh for remark in document.remarks] == ["一行列有多个号码，按号码逐一读取：2 行（共 6 条记录）"]


def test_a_book_named_in_one_cell() -> None:
    document = read_csv("""
        票据种类,本号,起止号码,领用人
        收货清单,81,SH26-004001～004050,宝安
        收据,63,0003101-0003125,周敏
        收据,64,3126至3150,周敏
    """)
    assert records(document, "number_book", "book_no", "prefix", "first_no", "last_no", "width") == [
        ("81", "SH26-", 4001, 4050, 6), ("63", None, 3101, 3125, 7), ("64", None, 3126, 3150, None),
    ]  # fmt: skip


def test_a_book_whose_range_cannot_be_read_is_a_problem() -> None:
    document = read_csv("""
        票据种类,本号,起止号码,领用人
        收货清单,81,SH26-004001,宝安
        收据,63,0003101-0003125,周敏
    """)
    assert [problem.code for problem in document.problems] == ["RowUnreadable"]
    assert accounted(document)


def test_prefix_and_zeros_written_in_first_and_last_number() -> None:
    document = read_csv("""
        票据种类,本号,起号,止号,领用人
        收货清单,81,SH26-004001,SH26-004050,宝安
        收据,63,0003101,0003125,周敏
    """)
    assert records(document, "number_book", "prefix", "first_no", "last_no", "width") == [
        ("SH26-", 4001, 4050, 6), (None, 3101, 3125, 7),
    ]  # fmt: skip


REGISTER = """
    日期,清单号,客户,件数,合计,联络单号
    10.8,A1,甬泰,1,10.00,
    {},A2,恒力,2,20.00,
    {},A3,博裕,3,30.00,
    8日小计,,,6,60.00,
    10.9,A4,甬泰,1,5.00,
    {},A5,恒力,1,6.00,
    10月9日合计,,,2,11.00,
    10月合计,,,8,71.00,
"""


def test_dates_written_once_a_day_and_totals_of_days() -> None:
    document = read_csv(REGISTER.format("", "", ""), "统计报表2026-10.csv")
    assert records(document, "register_entry", "slip_no", "date") == [
        ("A1", "2026-10-08"), ("A2", "2026-10-08"), ("A3", "2026-10-08"), ("A4", "2026-10-09"), ("A5", "2026-10-09"),
    ]  # fmt: skip
    assert not document.problems and accounted(document)
    assert proofs(document)["printed totals"] == "holds"
    assert any("按上一行的日期读取" in remark.text.zh for remark in document.remarks)


def test_one_date_left_blank_where_all_others_stand_is_a_problem() -> None:
    document = read_csv(REGISTER.format("10.8", "10.8", ""), "统计报表2026-10.csv")
    assert [slip for (slip,) in records(document, "register_entry", "slip_no")] == ["A1", "A2", "A3", "A4"]
    assert [problem.code for problem in document.problems] == ["RowUnreadable"]


def test_ditto_marks() -> None:
    document = read_csv(REGISTER.format("〃", "同上", "〃").replace("恒力", "〃"), "统计报表2026-10.csv")
    assert records(document, "register_entry", "slip_no", "date", "customer")[1::3] == [
        ("A2", "2026-10-08", "甬泰"), ("A5", "2026-10-09", "甬泰"),
    ]  # fmt: skip


def test_void_papers_in_whatever_cell_it_is_said() -> None:
    document = read_csv("""
        收据号,日期,交款单位,金额,收款方式,状态
        0003101,2026-10-08,老周,100.00,现金,
        0003102,2026-10-08,作废,,,
        0003103,2026-10-09,老周,50.00,现金,作废
        0003104-0003106,,,,,作废
        0003107,2026-10-09,作废,0.00,,
        ,2026-10-09,作废,,,
    """)
    assert records(document, "receipt", "receipt_no", "status", "amount") == [
        ("0003101", "live", "100.00"), ("0003102", "void", None), ("0003103", "void", "50.00"),
        ("0003104", "void", None), ("0003105", "void", None), ("0003106", "void", None), ("0003107", "void", "0.00"),
    ]  # fmt: skip
    assert [problem.code for problem in document.problems] == ["RowUnreadable"] and accounted(document)


def test_void_rows_of_a_register() -> None:
    document = read_csv("""
        清单号,日期,客户,件数,金额,备注,状态
        SH26-004001,2026-10-08,恒昌电子,2,10.00,,
        SH26-004002,2026-10-08,,,,作废（填错）,
        SH26-004003,2026-10-08,恒昌电子,2,10.00,,作废
        SH26-004004,,作废,,,,
        SH26-004005,2026-10-09,恒昌电子,1,5.00,替代作废的SH26-004004,正常
        SH26-004006,2026-10-09,恒昌电子,1,5.00,已作废，重开SH26-004007,
        SH26-004007,2026-10-09,恒昌电子,1,5.00,原单作废重开,有效
    """, "统计报表2026-10.csv")
    assert records(document, "register_entry", "slip_no", "status", "amount") == [
        ("SH26-004001", "live", "10.00"), ("SH26-004002", "void", None), ("SH26-004003", "void", "10.00"),
        ("SH26-004004", "void", None), ("SH26-004005", "live", "5.00"), ("SH26-004006", "void", "5.00"),
        ("SH26-004007", "live", "5.00"),
    ]  # fmt: skip
    assert not document.problems and accounted(document)


def test_a_ledger_with_a_word_for_the_side_of_its_one_amount() -> None:
    document = read_csv("""
        日期,凭证号,摘要,对方单位,借/贷,金额,余额
        2026-10-08,银1,收货款,甬泰,借,100.00,1100.00
        2026-10-09,银2,付运费,远达,贷,40.00,1060.00
    """)
    assert records(document, "bank_ledger_entry", "direction", "amount") == [("in", "100.00"), ("out", "40.00")]
    assert proofs(document)["running balance"] == "holds"


def test_an_amount_without_a_side_makes_no_ledger() -> None:
    document = read_csv("日期,凭证号,摘要,对方单位,金额\n2026-10-08,银1,收货款,甬泰,100.00\n")
    assert "bank_ledger_entry" not in document.records


def test_a_paper_ledger_is_never_a_banks_export() -> None:
    document = read_csv("""
        2026年
        月,日,凭证字,号,摘要,借方金额,贷方金额,借或贷,余额
        10,1,,,期初余额,,,借,500.00
        10,8,银收,1,收甬泰款,100.00,,借,600.00
        ,9,银付,1,付远达,,50.00,借,550.00
    """)
    assert records(document, "bank_ledger_entry", "date", "direction", "amount") == [
        ("2026-10-08", "in", "100.00"), ("2026-10-09", "out", "50.00"),
    ]  # fmt: skip


TURNED = """
    记账日期,摘要,借方金额,贷方金额,余额
    2026-10-08,收甬泰款,100.00,,600.00
    2026-10-09,付远达,,50.00,550.00
    2026-10-10,付环球,,20.00,530.00
"""


def test_balances_against_a_banks_columns_are_not_read_as_its_export() -> None:
    document = read_csv(TURNED)
    assert [problem.code for problem in document.problems] == ["TurnedRound"]
    assert not document.counts.get("bank_transaction") and accounted(document)
    named = read_csv(TURNED, layout="bank_ledger_entry")
    assert records(named, "bank_ledger_entry", "direction") == [("in",), ("out",), ("out",)] and not named.problems


def test_pages_and_months_of_one_ledger() -> None:
    document = read_csv("""
        日期,凭证号,摘要,借方,贷方,余额
        2026-10-01,,上月结转,,,1000.00
        2026-10-08,1,收款,100.00,,1100.00
        ,,过次页,100.00,,1100.00
        ,,承前页,100.00,,1100.00
        2026-10-09,2,付款,,50.00,1050.00
        ,,本日合计,,50.00,1050.00
        ,,结转下月,,,1050.00
    """, "交行日记账2026年10月.csv")  # fmt: skip
    assert records(document, "stated_balance", "kind", "date", "amount") == [
        ("opening", "2026-10-01", "1000.00"), ("closing", "2026-10-31", "1050.00"),
    ]  # fmt: skip
    assert proofs(document)["opening and closing"] == "holds" and proofs(document)["printed totals"] == "holds"


def test_the_account_in_the_title_of_a_ledger() -> None:
    document = read_csv("""
        银行存款日记账（招行） 2026年10月
        日期,凭证号,摘要,借方,贷方,余额
        10.8,1,收款,100.00,,1100.00
        10.9,2,付款,,50.00,1050.00
    """, "2026年10月日记账.csv")  # fmt: skip
    assert records(document, "bank_ledger_entry", "account", "date")[0] == ("招行", "2026-10-08")


@pytest.mark.parametrize("line", ["小计,,,126.00", "Total,,,126.00", "【调账】,,,"])
def test_below_a_subtotal_or_a_line_of_text_a_day_may_be_named_anew(line: str) -> None:
    document = read_csv(f"""
        日期,清单号,运单号,合计,站点,客户
        2026-10-08,S-1,W-1,42.00,东门,青松
        ,S-2,W-2,42.00,东门,青松
        ,S-3,W-3,42.00,东门,青松
        {line}
        2026-10-08,S-4,W-4,10.00,东门,青松
        ,S-5,W-5,10.00,东门,青松
    """, "收货清单.csv", layout="receiving_slip")  # fmt: skip
    assert records(document, "receiving_slip", "date") == [("2026-10-08",)] * 5
