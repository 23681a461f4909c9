"""Nothing is lost in silence: rows with values, cells beyond the header, second tables, balances beside their labels."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, reasons, records

from auditor.documents.model import ReadDocument

_BANK = """
    交易日期,摘要,收入,支出,余额
    2026-10-08,货款,100.00,,1100.00
    2026-10-09,手续费,,30.00,1070.00
"""


def _problems(document: ReadDocument) -> list[tuple[str, int | None, int | None]]:
    return [(each.code, each.place.line, each.place.column) for each in document.problems if each.place]


def _balances(document: ReadDocument) -> list[tuple[str, ...]]:
    return records(document, "stated_balance", "kind", "amount")


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["承上页", "b/f", "Balance brought fwd", "Carried over", "上月末结存", "承 前 页"])
def test_a_balance_brought_forward_is_no_money_received(word: str) -> None:
    document = read_csv(f"""
        交易日期,摘要,收入,支出,余额
        2026-10-01,{word},1000.00,,1000.00
        2026-10-08,货款,100.00,,1100.00
        2026-10-09,手续费,,30.00,1070.00
    """)
    assert records(document, "bank_transaction", "amount") == [("100.00",), ("30.00",)]
    assert _balances(document) == [("opening", "1000.00")]
    assert proofs(document)["running balance"] == "holds"
    assert accounted(document)


@pytest.mark.parametrize(
    "word", ["总额", "总和", "当前合计", "本月合计数", "Total for the month", "共 2 笔", "10月合计"]
)
def test_a_total_is_no_entry_whatever_it_is_called(word: str) -> None:
    document = read_csv(f"{_BANK}    2026-10-31,{word},100.00,30.00,\n")
    assert len(records(document, "bank_transaction")) == 2
    assert proofs(document)["printed totals"] == "holds"
    assert not document.problems
    assert accounted(document)


def test_the_open_month_is_named_otherwise_than_the_closed_ones() -> None:
    document = read_csv("""
        日期,凭证号,摘要,借方金额,贷方金额,余额
        2026-09-08,付1,房租,,1250.00,73750.00
        2026-09,,本月合计,0.00,1250.00,73750.00
        2026-10-15,收1,货款,4300.00,,78050.00
        2026-10,,当前合计,4300.00,0.00,78050.00
        2026-10,,当前累计,36220.00,41250.00,78050.00
    """)
    assert proofs(document)["printed totals"] == "holds"
    assert len(records(document, "stated_total")) == 4


def test_an_unknown_total_is_told_and_breaks_no_proof() -> None:
    document = read_csv("""
        日期,凭证号,摘要,借方金额,贷方金额,余额
        2026-10-08,付1,房租,,1250.00,73750.00
        2026-10-15,收1,货款,4300.00,,78050.00
        ,,内部往来合计,900.00,0.00,
        ,,房租小计,0.00,1250.00,
    """)
    assert proofs(document)["printed totals"] == "holds"
    assert ["内部往来合计" in each.text.zh for each in document.remarks].count(True) == 1


def test_a_total_whose_figure_cannot_be_read_is_a_problem() -> None:
    document = read_csv(f"{_BANK}    合计,,1O0.00,30.00,\n")
    assert _problems(document) == [("FigureUnreadable", 4, 3)]


# --- rows -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        "2026-10-10,运费,l0.00,,", "2026-10-10,手续费,,#VALUE!,", "2026-10-10,备注：补付 9 月,,,", "2026-10-10,运费,,,",
        "2026-10-10,部门合计,,1O.00,", ",服务费,,12.00,", "2026-13-40,运费,12.00,,", ",,,l0.00,",
    ],
)  # fmt: skip
def test_a_row_with_a_date_or_an_amount_is_never_a_heading_line(row: str) -> None:
    document = read_csv(f"{_BANK}    {row}\n    2026-10-11,货款,5.00,,1075.00\n")
    assert [line for _, line, _ in _problems(document)] == [4]
    assert document.status.value == "read with problems"
    assert accounted(document)


@pytest.mark.parametrize(
    "row",
    [
        "制单：,张三,审核：,李四,",
        "制单：张三,,,审核：李四,打印日期：2026-10-31",
        "户名：,甬泰,打印：,2026-10-31,页码：1/1",
        "以上为全部明细,,,,",
        "1/2,,,,",
    ],
)
def test_a_line_of_labels_below_the_rows_is_one(row: str) -> None:
    document = read_csv(f"{_BANK}    {row}\n")
    assert not document.problems
    assert accounted(document)


def test_a_blank_row_is_no_record_though_everything_required_stands_above() -> None:
    document = read_csv("""
        账单编号：ZD-0501,客户：恒丰针织,,
        本期费用,本期收款,期末应收,备注
        122.40,0.00,122.40,
        ,,,
        80.00,0.00,80.00,
    """)
    assert records(document, "bill", "bill_no", "charges") == [("ZD-0501", "122.40"), ("ZD-0501", "80.00")]
    assert reasons(document)["blank row"] == 1


@pytest.mark.parametrize("label", ["账单编号", "账单号码", "账单单号", "Bill No"])
def test_a_label_of_a_heading_has_the_variants_that_headers_have(label: str) -> None:
    document = read_csv(f"""
        {label}：ZD-0501,客户：恒丰针织,期间：2026-05
        日期,费用项目,清单号,运单号,金额
        2026-05-06,运费,QD-00501,LYD0501,100.00
    """)
    assert records(document, "bill_line", "bill_no", "customer") == [("ZD-0501", "恒丰针织")]


# --- cells beyond the header ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    ["2026-10-10,运费,1,000.00,,2070.00", "2026-10-10,运费,,1,000.00,70.00", "2026-10-10,运费,,30.00,1,040.00",
     "2026-10-10,运费,1,000.00,,", "2026-10-10,运费,12,045.50,"],
)  # fmt: skip
def test_a_row_wider_than_its_header_is_a_problem_and_no_record(row: str) -> None:
    document = read_csv(f"{_BANK}    {row}\n")
    assert [(code, line) for code, line, _ in _problems(document)] == [("CellsBeyondHeader", 4)]
    assert len(records(document, "bank_transaction")) == 2
    assert accounted(document)


def test_an_empty_cell_too_many_shifts_nothing() -> None:
    document = read_csv("""
        交易日期,摘要,收入,支出,余额
        2026-10-08,货款,100.00,,1100.00,
        2026-10-09,手续费,,30.00,1070.00,,
    """)
    assert not document.problems
    assert len(records(document, "bank_transaction")) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("期初余额: 76,500.00 期末余额: 83,000.00", "借方合计: 笔数 1 金额 1,000.00"),
        ("# 期初余额: 76,500.00,期末余额: 83,000.00", "# 借方合计: 笔数 1 金额 1,000.00"),
        ("期初余额：,76,500.00,期末余额：,83,000.00", "支出合计：,1,000.00"),
        ("Opening balance: 76,500.00 Closing balance: 83,000.00", "Total debit: 1,000.00"),
    ],
)
def test_an_amount_beside_a_label_is_whole_though_the_delimiter_cut_it(lines: tuple[str, str]) -> None:
    document = read_csv(f"""
        {lines[0]}
        交易日期,借方金额,贷方金额,余额,摘要,对方户名
        20261006,,"7,500.00","84,000.00",货款,恒丰
        20261007,"1,000.00",,"83,000.00",运费,鲁运
        {lines[1]}
    """)
    assert sorted(_balances(document)) == [("closing", "83000.00"), ("opening", "76500.00")]
    assert {name: verdict for name, verdict in proofs(document).items() if verdict != "holds"} == {}
    assert ("amount_out", "1000.00") in records(document, "stated_total", "field", "stated")


# --- balances ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "footer",
    ["期末余额：,1070.00,,", "期末余额：1070.00,,,", "本期结余：,,1070.00,", "Closing balance:,1070.00,,",
     "笔数：,2,期末余额：,1070.00"],
)  # fmt: skip
def test_a_balance_stands_beside_its_label_below_the_table_as_above(footer: str) -> None:
    document = read_csv(f"""
        账号：,6222020200112233
        期初余额：,1000.00
        交易日期,支出,收入,摘要
        2026-10-08,,100.00,货款
        2026-10-09,30.00,,手续费
        {footer}
    """)
    assert sorted(_balances(document)) == [("closing", "1070.00"), ("opening", "1000.00")]
    assert not document.problems


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2026-10-01,,上期结转,0.00,0.00,借,75000.00", True), ("2026-10-01,,期初余额,500.00,200.00,借,", True),
        ("2026-10-01,,Opening balance,,0.00,Cr,75000.00", True), ("2026-10-01,,上期结转,,,借,", False),
    ],
)  # fmt: skip
def test_no_balance_is_made_of_money_in_minus_money_out(row: str, told: bool) -> None:
    document = read_csv(f"""
        日期,凭证号,摘要,借方金额,贷方金额,栏六,栏七
        {row}
        2026-10-08,付1,房租,0.00,1250.00,借,73750.00
        2026-10-15,收1,货款,4300.00,0.00,借,78050.00
    """)
    assert _balances(document) == []
    assert any("余额" in each.text.zh and "未从" in each.text.zh for each in document.remarks) is told


# --- second tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("品名,规格,库位,进价\n    纸箱,8,12,3.50\n    胶带,5,13,2.00", "TableUnknown"),
        (
            "收据编号,缮写日期,交款单位,金额\n    0003101,2026-10-08,甬泰,55.00\n    0003102,2026-10-09,恒昌,5.00",
            "TableNotRead",
        ),
        (
            "甲栏,乙栏,丙栏,丁栏,戊栏\n    2026-10-12,货款,7.00,,1077.00\n    2026-10-13,货款,,7.00,1070.00",
            "TableUnknown",
        ),
        ("Item,Unit,Qty,Cost\n    Carton,pc,10,3.50\n    Tape,roll,5,2.00", "TableUnknown"),
    ],
)
@pytest.mark.parametrize("between", ["", "    \n", "    ,,,,\n"])
def test_a_second_table_ends_the_first(second: str, code: str, between: str) -> None:
    document = read_csv(f"{_BANK}{between}    {second}\n")
    assert [each[0] for each in _problems(document)] == [code]
    assert len(records(document, "bank_transaction")) == 2
    assert document.status.value == "read with problems"
    assert document.texts
    assert accounted(document)


def test_a_table_above_the_one_that_is_read_is_told() -> None:
    document = read_csv("品名,规格,库位,进价\n纸箱,8,12,3.50\n胶带,5,13,2.00\n\n" + _BANK.replace("    ", "").strip())
    assert _problems(document) == [("TableUnknown", 1, None)]
    assert len(records(document, "bank_transaction")) == 2


def test_a_line_of_figures_under_its_labels_is_no_lost_table() -> None:
    document = read_csv("总收入,总支出,币种说明\n100.00,30.00,CNY\n\n" + _BANK.replace("    ", "").strip())
    assert not document.problems
    assert accounted(document)


# --- void papers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "verdict", "told"), [("400.00", "holds", 0), ("600.00", "holds", 1), ("500.00", "broken", 0)]
)
def test_void_papers_stay_out_of_a_printed_total(total: str, verdict: str, told: int) -> None:
    document = read_csv(f"""
        收据编号,收款日期,交款单位,收款事由,金额,收款方式,备注
        0045201,2026-10-08,甲,货款,100.00,现金,
        0045202,2026-10-09,乙,货款,200.00,现金,作废
        0045203,2026-10-10,丙,货款,300.00,现金,
        合计,,,,{total},,
    """)
    assert proofs(document)["printed totals"] == verdict
    assert sum("作废" in each.text.zh for each in document.remarks) == told


def test_the_total_of_receipts_stays_one_where_amounts_have_no_sides() -> None:
    document = read_csv("""
        收据编号,收款日期,交款单位,金额
        0045201,2026-10-08,甲,100.00
        0045202,2026-10-09,乙,200.00
        收款合计,,,300.00
    """)
    assert proofs(document)["printed totals"] == "holds"
    assert not document.problems


@pytest.mark.parametrize("word", ["部门合计", "Run total", "往来单位累计"])
def test_an_entry_that_is_the_sum_of_the_rows_above_is_their_total(word: str) -> None:
    rows = "2026-10-08,货款,100.00,\n2026-10-09,货款,30.00,\n2026-10-10,手续费,,5.00"
    document = read_csv(f"交易日期,摘要,收入,支出\n{rows}\n2026-10-31,{word},130.00,\n")
    assert len(records(document, "bank_transaction")) == 3
    assert proofs(document)["printed totals"] == "holds"
    document = read_csv(f"交易日期,摘要,收入,支出\n{rows}\n2026-10-31,{word},131.00,\n")
    assert len(records(document, "bank_transaction")) == 4
    assert any(word in each.text.zh for each in document.remarks)
