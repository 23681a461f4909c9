"""Tables side by side on one sheet: each is read, and every row of each is accounted for."""

from __future__ import annotations

from csv_samples import accounted, proofs, read_csv, records


def test_a_cash_book_on_the_left_and_the_count_on_the_right() -> None:
    document = read_csv("""
        2026年10月现金,,,,,,,,
        日期,单据号,摘要,收入,支出,余额,,面额,张数,金额
        10-1,,上月结转,,,100.00,,100,2,200.00
        10-8,收据0003101,收运费,100.00,,200.00,,50,1,50.00
        10-9,BX1,付邮费,,20.00,180.00,,,,
        10-10,收据0003102,收运费,70.00,,250.00,,合计,3,250.00
    """)
    assert records(document, "cash_journal_entry", "date", "direction", "amount", "balance") == [
        ("2026-10-08", "in", "100.00", "200.00"), ("2026-10-09", "out", "20.00", "180.00"),
        ("2026-10-10", "in", "70.00", "250.00"),
    ]  # fmt: skip
    assert records(document, "cash_count_line", "denomination", "sheets", "amount") == [
        ("100.00", 2, "200.00"), ("50.00", 1, "50.00"),
    ]  # fmt: skip
    assert proofs(document)["running balance"] == "holds" and proofs(document)["printed totals"] == "holds"
    assert not document.problems and accounted(document)
    assert document.remarks[0].text.zh == "左右并排的表格已分别读取，行数按各表分别计算"


def test_headers_of_the_two_in_different_rows() -> None:
    document = read_csv("""
        现金日记账,,,,,,,盘点,,
        日期,单据号,摘要,收入,支出,余额,,盘点日期：,2026-10-31,
        2026-10-08,收据0003101,收运费,100.00,,200.00,,面额,张数,金额
        2026-10-09,BX1,付邮费,,20.00,180.00,,100,2,200.00
        2026-10-10,收据0003102,收运费,70.00,,250.00,,50,1,50.00
    """)
    assert len(records(document, "cash_journal_entry", "amount")) == 3
    assert records(document, "cash_count_line", "date", "denomination", "sheets")[0][1:] == ("100.00", 2)
    assert not document.problems and accounted(document)


def test_a_bill_in_two_blocks_is_one_table() -> None:
    document = read_csv("""
        客户账单
        账单号：,ZD-1,客户名称：,恒昌电子,币种：,CNY,,,,
        日期,费用类型,清单号,件数,金额,日期,费用类型,清单号,件数,金额
        2026-10-08,运费,SH26-004001,1,60.46,2026-10-11,运费,SH26-004004,1,30.00
        2026-10-09,运费,SH26-004002,2,10.00,2026-10-12,运费,SH26-004005,x,40.00
        2026-10-10,运费,SH26-004003,3,20.00,,,,,
        合计,,,,160.46,,,,,
        制单：,林晓,复核：,赵敏
    """)
    assert records(document, "bill_line", "bill_no", "slip_no", "pieces", "amount") == [
        ("ZD-1", "SH26-004001", 1, "60.46"), ("ZD-1", "SH26-004002", 2, "10.00"), ("ZD-1", "SH26-004003", 3, "20.00"),
        ("ZD-1", "SH26-004004", 1, "30.00"), ("ZD-1", "SH26-004005", None, "40.00"),
    ]  # fmt: skip
    assert records(document, "bill", "bill_no", "preparer") == [("ZD-1", "林晓")]
    assert proofs(document)["printed totals"] == "holds"
    assert [str(problem.place) for problem in document.problems] == ["文件.csv:5:9"]  # where it stands on the sheet
    assert accounted(document)


def test_receipts_on_the_left_and_payments_on_the_right() -> None:
    document = read_csv("""
        现金日记账
        日期,摘要,单据号,收入,日期,摘要,单据号,支出
        2026-10-08,收运费,收据0003101,100.00,2026-10-09,付邮费,BX1,20.00
        2026-10-09,收运费,收据0003102,10.00,,,,
        合计,,,110.00,合计,,,20.00
    """)
    assert records(document, "cash_journal_entry", "document_no", "direction", "amount") == [
        ("收据0003101", "in", "100.00"), ("收据0003102", "in", "10.00"), ("BX1", "out", "20.00"),
    ]  # fmt: skip
    assert [each[-1] for each in records(document, "stated_total", "field", "stated")] == ["110.00", "20.00"]
    assert accounted(document)


def test_the_ledgers_of_two_banks_stay_two() -> None:
    document = read_csv("""
        工行日记账,,,,,,,建行日记账,,,
        日期,凭证号,摘要,借方,贷方,余额,,日期,凭证号,摘要,借方,贷方,余额
        2026-10-08,银1,收货款,100.00,,1100.00,,2026-10-08,银3,收货款,5.00,,25.00
        2026-10-09,银2,付运费,,40.00,1060.00,,2026-10-12,银4,付运费,,4.00,21.00
    """, "2026-10.csv")
    assert records(document, "bank_ledger_entry", "account", "voucher_no", "direction", "amount", "balance") == [
        ("工行", "银1", "in", "100.00", "1100.00"), ("工行", "银2", "out", "40.00", "1060.00"),
        ("建行", "银3", "in", "5.00", "25.00"), ("建行", "银4", "out", "4.00", "21.00"),
    ]  # fmt: skip
    assert accounted(document)


def test_an_empty_column_inside_one_table_divides_nothing() -> None:
    document = read_csv("""
        日期,凭证号,摘要,,借方,贷方,余额
        2026-10-08,银1,收货款,,100.00,,1100.00
        2026-10-09,银2,付运费,,,40.00,1060.00
    """)
    assert records(document, "bank_ledger_entry", "voucher_no", "amount") == [("银1", "100.00"), ("银2", "40.00")]
    assert not any("side" in remark.text.en for remark in document.remarks) and accounted(document)


def test_what_is_no_table_by_itself_is_told() -> None:
    document = read_csv("""
        现金日记账
        日期,摘要,单据号,收入,支出,日期,摘要,经手
        2026-10-08,收运费,收据0003101,100.00,,2026-10-09,待查,周敏
    """)
    assert [problem.code for problem in document.problems] == ["TablesSideBySide"] and accounted(document)
