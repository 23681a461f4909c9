"""Tables found by their headers, wherever these stand, and typed; every row accounted for."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, reasons, records

LEDGER = """
    日期,凭证号,摘要,对方单位,借方(收入),贷方(支出),余额
    2026-10-01,,上期结转,,,,1000.00
    2026-10-08,银收-001,收运费,恒昌电子,500.00,,1500.00
    2026-10-09,银付-001,付油费,中石化,,200.00,1300.00
    ,,本月合计,,500.00,200.00,
    2026-10-31,,结转下月,,,,1300.00
"""


def test_preamble_of_any_length_and_footers() -> None:
    document = read_csv("""
        某某银行交易明细
        打印时间,2026-11-01
        账号：,6222 0000 1111 2222,户名：,捷远国际货运代理有限公司
        ,
        本明细仅供参考
        交易日期,收入金额,支出金额,账户余额,对方户名,摘要
        2026-10-08,100.00,,1100.00,恒昌电子,货款
        2026-10-09,,40.00,1060.00,中石化,油费
        以上数据仅供参考，具体内容请以柜台为准
    """)
    assert records(document, "bank_transaction", "date", "direction", "amount", "balance", "account") == [
        ("2026-10-08", "in", "100.00", "1100.00", "6222000011112222"),
        ("2026-10-09", "out", "40.00", "1060.00", "6222000011112222"),
    ]
    assert proofs(document)["running balance"] == "holds"
    assert accounted(document) and not document.problems


def test_bilingual_and_padded_headers_and_units() -> None:
    document = read_csv("""
        交易日期[ Transaction Date ],  收入金额（元） ,支出金额(元),账户余额/元,币种Currency
        20261008,"1,234.50",,5000.00,人民币
        20261009,,34.50,4965.50,人民币
    """)
    assert records(document, "bank_transaction", "date", "direction", "amount", "currency") == [
        ("2026-10-08", "in", "1234.50", "CNY"), ("2026-10-09", "out", "34.50", "CNY"),
    ]  # fmt: skip


def test_two_line_header_with_group() -> None:
    document = read_csv("""
        日期,凭证号,摘要,金额,,余额
        ,,,借方,贷方,
        2026-10-08,银收-001,收运费,500.00,,1500.00
        2026-10-09,银付-001,付油费,,200.00,1300.00
    """)
    assert records(document, "bank_ledger_entry", "direction", "amount", "balance") == [
        ("in", "500.00", "1500.00"), ("out", "200.00", "1300.00"),
    ]  # fmt: skip


def test_month_and_day_columns_of_a_paper_ledger() -> None:
    document = read_csv("""
        现金日记账
        2026年,,凭证号,摘要,单据号,收入,支出,余额
        月,日,,,,,,
        10,8,现收-1,收运费,收据0003101,161.90,,12511.90
        ,〃,现付-1,付邮费,BX2610-001,,186.00,12325.90
        ,9,现付-2,付办公费,BX2610-002,,428.50,11897.40
    """)
    assert records(document, "cash_journal_entry", "date", "direction", "amount") == [
        ("2026-10-08", "in", "161.90"), ("2026-10-08", "out", "186.00"), ("2026-10-09", "out", "428.50"),
    ]  # fmt: skip
    assert proofs(document)["running balance"] == "holds"


def test_month_and_day_without_a_year_anywhere_are_problems() -> None:
    document = read_csv("""
        月,日,凭证号,摘要,单据号,收入,支出
        10,8,现收-1,收运费,收据0003101,161.90,
    """)
    assert [problem.code for problem in document.problems] == ["YearUndecided"]
    assert 'year: 2026' in document.problems[0].message("en")
    assert not document.records.get("cash_journal_entry") and accounted(document)


def test_repeated_header_goes_on_with_the_table() -> None:
    document = read_csv("""
        清单号,归档客户,日期
        SH26-004001,恒昌电子,2026-10-08
        清单号,归档客户,日期
        SH26-004002,百利塑胶,2026-10-08
    """)
    assert records(document, "bundle_entry", "slip_no") == [("SH26-004001",), ("SH26-004002",)]
    assert reasons(document) == {"header row": 2}


def test_several_tables_below_one_another_with_a_heading() -> None:
    document = read_csv("""
        客户账单
        账单号：,ZD-1,客户名称：,恒昌电子,币种：,CNY
        上期欠款：,100.00,本期费用：,60.46,本期收款：,100.00
        费用明细,,,,,
        日期,费用类型,清单号,件数,金额
        2026-10-08,运费,SH26-004001,1,60.46
        合计,,,1,60.46
        收款明细,,,,
        收款日期,收款方式,收款金额,收款凭据
        2026-10-14,银行,100.00,工行1014
        制单：,林晓,复核：,赵敏
    """)
    assert records(document, "bill", "bill_no", "customer", "charges", "preparer", "reviewer") == [
        ("ZD-1", "恒昌电子", "60.46", "林晓", "赵敏")
    ]
    assert records(document, "bill_line", "bill_no", "customer", "slip_no", "kind", "amount", "currency") == [
        ("ZD-1", "恒昌电子", "SH26-004001", "slip", "60.46", "CNY")
    ]
    assert records(document, "bill_credit", "bill_no", "date", "amount") == [("ZD-1", "2026-10-14", "100.00")]
    assert accounted(document)


REGISTER_OR_SLIPS = "清单号,日期,客户,运单号,件数,金额\nSH26-004001,2026-10-08,恒昌电子,W1,2,10.00\n"


@pytest.mark.parametrize(
    ("path", "record"),
    [
        ("统计报表2026-10.csv", "register_entry"),
        ("03统计报表/10月.csv", "register_entry"),
        ("10月收货清单登记.csv", "receiving_slip"),
        ("01收货清单/宝安.csv", "receiving_slip"),
        ("2026-10/宝安收货清单.csv", "receiving_slip"),
        ("10月/宝安.csv", None),  # nothing says which of the two it is
        ("登记表.csv", None),
    ],
)
def test_headers_of_register_and_slips_alike_are_told_apart_by_the_names_around(path: str, record: str | None) -> None:
    document = read_csv(REGISTER_OR_SLIPS, path)
    assert document.layout == record
    if record is None:
        problem = document.problems[0]
        assert problem.code == "AmbiguousTable" and "register_entry" in problem.message("en")
        assert f'- {{path: "{path}", layout: ' in problem.message("zh")
    settled = read_csv(REGISTER_OR_SLIPS, path, layout="register_entry")  # what audit.yaml says goes before any name
    assert records(settled, "register_entry", "slip_no", "amount") == [("SH26-004001", "10.00")]


@pytest.mark.parametrize(
    ("path", "record", "direction"),
    [
        ("工商银行日记账.csv", "bank_ledger_entry", ["in"]),
        ("现金日记账.csv", "cash_journal_entry", ["in"]),
        ("日记账.csv", None, []),
        ("现金银行日记账.csv", None, []),
    ],
)
def test_which_ledger_it_is_a_name_may_say(path: str, record: str | None, direction: list[str]) -> None:
    """Neither a voucher number nor that of a receipt says which ledger it is."""
    document = read_csv("日期,摘要,借方金额,贷方金额,余额\n2026-10-08,货款,100.00,,1100.00\n", path)
    assert document.layout == record
    assert [value for (value,) in records(document, record or "", "direction")] == direction


def test_header_that_is_not_known_names_the_nearest_type_and_what_it_lacks() -> None:
    document = read_csv("交易日期,对方户名,摘要,流水号\n2026-10-08,恒昌电子,货款,1\n")
    problem = document.problems[0]
    assert document.status == "not recognised" and problem.code == "NoTableFound"
    assert "网银流水" in problem.message("zh") and "交易金额" in problem.message("zh")
    assert accounted(document)


def test_text_without_any_known_word() -> None:
    document = read_csv("甲,乙\n1,2\n")
    assert document.problems[0].code == "NothingKnown" and document.status == "not recognised"


def test_layout_that_does_not_exist() -> None:
    document = read_csv(LEDGER, layout="bank/icbc")
    assert document.problems[0].code == "UnknownLayout"


def test_units_of_ten_thousand() -> None:
    document = read_csv("""
        日期,凭证号,摘要,借方金额(万元),贷方金额(万元)
        2026-10-08,银收-001,贷款,12.5,
    """)
    assert records(document, "bank_ledger_entry", "amount") == [("125000.00",)]


def test_currency_in_the_header_holds_for_the_rows() -> None:
    document = read_csv("交易日期,收入(USD),支出(USD),余额\n2026-10-08,5.00,,5.00\n2026-10-09,,1.00,4.00\n")
    assert records(document, "bank_transaction", "amount", "currency") == [("5.00", "USD"), ("1.00", "USD")]


def test_order_of_day_and_month_is_told_by_the_whole_column() -> None:
    rows = "03/04/2026,5.00,,5.00\n25/04/2026,,1.00,4.00\n"
    document = read_csv("交易日期,收入金额,支出金额,余额\n" + rows)
    assert records(document, "bank_transaction", "date") == [("2026-04-03",), ("2026-04-25",)]


def test_order_of_day_and_month_that_nothing_tells_is_a_problem() -> None:
    document = read_csv("交易日期,收入金额,支出金额,余额\n03/04/2026,5.00,,5.00\n05/06/2026,,1.00,4.00\n")
    assert not document.records.get("bank_transaction") and accounted(document)
    assert [problem.code for problem in document.problems] == ["DateOrderUndecided"]
    assert "date_order: dmy" in document.problems[0].message("zh")


def test_unreadable_cells_and_rows_are_problems_at_their_place() -> None:
    document = read_csv("""
        交易日期,收入金额,支出金额,余额,对方户名
        2026-10-08,5.00,,xx,恒昌电子
        2026-10-09,,壹元,4.00,恒昌电子
    """)
    assert [(problem.code, str(problem.place)) for problem in document.problems] == [
        ("NotAnAmount", "文件.csv:3:3"), ("NotAnAmount", "文件.csv:2:4"),
    ]  # fmt: skip
    assert records(document, "bank_transaction", "date", "balance") == [("2026-10-08", None)]
    assert document.as_dict()["records"]["bank_transaction"][0]["_source"]["problems"] == ["NotAnAmount"]
    assert accounted(document)


def test_number_that_a_spreadsheet_cut_is_a_problem() -> None:
    document = read_csv("交易日期,收入金额,支出金额,交易流水号\n2026-10-08,5.00,,4.00002E+18\n2026-10-09,,1.00,77\n")
    assert [problem.code for problem in document.problems if problem.place and problem.place.column] == ["LostDigits"]
    assert records(document, "bank_transaction", "serial") == [(None,), ("77",)]


def test_account_from_the_name_of_the_file() -> None:
    rows = "交易日期,收入金额,支出金额,余额\n2026-10-08,5.00,,5.00\n"
    for path, account in (
        ("08网银/ICBC_4000021009200123456_202610.csv", "4000021009200123456"),
        ("08网银/工行流水2026年10月.csv", "工行"),
        ("08网银/CCB-2026-10.csv", "CCB"),
    ):
        assert records(read_csv(rows, path), "bank_transaction", "account") == [(account,)]


def test_blank_rows_are_ignored_for_that_reason() -> None:
    document = read_csv("清单号,归档客户,日期\nSH26-004001,恒昌电子,2026-10-08\n ,\nSH26-004002,恒昌电子,2026-10-08\n")
    assert reasons(document) == {"header row": 1, "blank row": 1}
    assert records(document, "bundle_entry", "slip_no") == [("SH26-004001",), ("SH26-004002",)]


def test_source_of_a_record() -> None:
    source = read_csv(LEDGER).as_dict()["records"]["bank_ledger_entry"][0]["_source"]
    assert (source["page"], source["row"], source["via"], source["box"]) == (1, 3, "cell", None)
    assert source["raw"] == "2026-10-08\t银收-001\t收运费\t恒昌电子\t500.00\t\t1500.00"


def test_columns_that_no_field_takes_are_named() -> None:
    document = read_csv("清单号,归档客户,日期,颜色\nSH26-004001,恒昌电子,2026-10-08,红\n")
    assert [remark.text.zh for remark in document.remarks] == ["未对应任何字段的列：颜色"]


def test_a_large_table_reads_as_a_small_one() -> None:
    """Above a thousand rows columns are read in bulk: padding, exponents, brackets and placeholders come out alike."""
    odd = "2026-10-09 ,\t12.5 ,-,`8801` ,（深圳）有限公司 ,/"
    rows = [f"2026-10-08,{i}.50,,SN{i},恒昌电子,货款{i}" for i in range(1, 2500)]
    header = "交易日期,收入金额,支出金额,流水号,对方户名,用途"
    large = read_csv("\n".join([header, *rows, odd]))
    small = read_csv("\n".join([header, rows[0], odd]))
    fields = ("date", "direction", "amount", "serial", "counterparty", "purpose")
    assert records(large, "bank_transaction", *fields)[-1] == records(small, "bank_transaction", *fields)[-1]
    assert records(large, "bank_transaction", *fields)[0] == records(small, "bank_transaction", *fields)[0]
    assert len(records(large, "bank_transaction", "serial")) == 2500 and accounted(large)


@pytest.mark.parametrize(
    ("heading", "amount", "currency"),
    [
        ("单位：万元", "15000.00", None),
        ("（金额单位：人民币万元）", "15000.00", None),
        ("单位：元", "1.50", None),
        ("单位：美元", "1.50", "USD"),
        ("单位：捷远国际货运代理有限公司", "1.50", None),  # whose table it is
        ("单位：吨", "1.50", None),
    ],
)
def test_the_unit_that_a_heading_states(heading: str, amount: str, currency: str | None) -> None:
    document = read_csv(f"银行日记账,,,,,{heading}\n日期,凭证号,摘要,借方,贷方,余额\n2026-10-08,银1,收货款,1.5,,11.5\n")
    assert records(document, "bank_ledger_entry", "amount", "currency") == [(amount, currency)]


def test_the_unit_holds_for_the_figures_of_a_bill_too() -> None:
    document = read_csv("""
        客户账单（单位：万元）
        账单号：,ZD-1,客户名称：,恒昌电子,本期费用：,3
        日期,费用类型,清单号,件数,单价,金额
        2026-10-08,运费,SH26-004001,1,6.80,1.25
        2026-10-09,运费,SH26-004002,1,6.80,1.75
        合计,,,2,,3
    """)
    assert records(document, "bill", "charges") == [("30000.00",)]
    assert records(document, "bill_line", "rate", "amount") == [("6.80", "12500.00"), ("6.80", "17500.00")]
    assert proofs(document)["printed totals"] == "holds"
