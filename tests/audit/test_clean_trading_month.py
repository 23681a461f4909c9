"""A clean month of a trading company, in English and in Chinese: what is in order is not reported.

Small on purpose, and made of what small companies do: takings taken to the bank, petty cash drawn, wages in one entry
against several lines, a receipt net of the bank's fee, a cheque of last month that clears, a transfer between two own
accounts, equal payments on one day.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import auditor
from auditor.findings.model import Finding

Row = Sequence[str]


def sheet(folder: Path, name: str, *rows: Row) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (folder / name).write_text(text.getvalue(), encoding="utf-8")


def with_balance(opening: str, rows: Sequence[tuple[str, str, str, str]]) -> list[list[str]]:
    """Rows of date, text, in, out with the balance after each."""
    balance, found = Decimal(opening), []
    for date, text, money_in, money_out in rows:
        balance += Decimal(money_in or "0") - Decimal(money_out or "0")
        found.append([date, *text.split("|"), money_in, money_out, f"{balance:.2f}"])
    return found


def opened(folder: Path) -> list[Finding]:
    result = auditor.run(folder, workers=0).result
    assert [each.path for each in result.documents if each.status not in ("read", "ignored")] == []
    return [each for each in result.findings if each.status == "open" and each.severity != "info"]


def english(folder: Path) -> None:
    (folder / "audit.yaml").write_text('entity: Brightwater Trading Ltd\nperiod: "2026-10"\ncurrency: GBP\n', "utf-8")
    sheet(
        folder,
        "bank accounts.csv",
        ["Account ID", "Account No", "Holder", "Bank", "Kind", "Currency"],
        ["Current", "20415566", "Brightwater Trading Ltd", "Barclays", "bank", "GBP"],
        ["Reserve", "20419988", "Brightwater Trading Ltd", "Barclays", "bank", "GBP"],
    )
    head = ["Transaction date", "Description", "Counterparty", "Paid in", "Paid out", "Balance"]
    current = [
        ("2026-10-02", "CHQ 100231|Hill & Sons", "", "412.00"),
        ("2026-10-06", "CASH DEPOSIT|", "640.00", ""),
        ("2026-10-08", "CREDIT|Oakfield Stores Ltd", "1975.00", ""),
        ("2026-10-09", "TRANSFER|Brightwater Trading Ltd", "", "2000.00"),
        ("2026-10-14", "PARKING|City Car Park", "", "12.00"),
        ("2026-10-14", "PARKING|City Car Park", "", "12.00"),
        ("2026-10-15", "ATM WITHDRAWAL|", "", "150.00"),
        ("2026-10-28", "WAGES A WEBB|", "", "1480.00"),
        ("2026-10-28", "WAGES C DUNN|", "", "1320.00"),
        ("2026-10-30", "MONTHLY CHARGES|", "", "9.50"),
    ]
    reserve = [("2026-10-09", "TRANSFER|Brightwater Trading Ltd", "2000.00", "")]
    sheet(folder, "statement current.csv", ["Account No: 20415566"], head, *with_balance("9000.00", current))
    sheet(folder, "statement reserve.csv", ["Account No: 20419988"], head, *with_balance("500.00", reserve))
    entries = ["Date", "Account", "Voucher", "Particulars", "Payee/Payer", "Receipts", "Payments"]
    sheet(
        folder,
        "bank ledger.csv",
        entries,
        ["2026-10-06", "Current", "B1", "Takings lodged", "", "640.00", ""],
        ["2026-10-08", "Current", "B2", "Invoice 77", "Oakfield Stores Ltd", "2000.00", ""],
        ["2026-10-08", "Current", "B2", "Collection fee", "", "", "25.00"],
        ["2026-10-09", "Current", "B3", "To reserve", "Own account", "", "2000.00"],
        ["2026-10-09", "Reserve", "B3", "From current", "Own account", "2000.00", ""],
        ["2026-10-14", "Current", "B4", "Parking", "City Car Park", "", "12.00"],
        ["2026-10-14", "Current", "B5", "Parking", "City Car Park", "", "12.00"],
        ["2026-10-15", "Current", "B6", "Petty cash drawn", "", "", "150.00"],
        ["2026-10-28", "Current", "B7", "October wages", "", "", "2800.00"],
        ["2026-10-30", "Current", "B8", "Bank charges", "", "", "9.50"],
    )
    sheet(
        folder,
        "outstanding items September.csv",
        ["Account", "Date", "Kind", "Cheque No", "Payee/Payer", "Outstanding amount"],
        ["Current", "2026-09-29", "unpresented cheque", "100231", "Hill & Sons", "412.00"],
    )
    cash = [
        ("2026-10-05", "Counter sales R501|R501", "310.00", ""),
        ("2026-10-06", "Counter sales R502|R502", "330.00", ""),
        ("2026-10-06", "Takings banked|", "", "640.00"),
        ("2026-10-15", "Petty cash drawn|", "150.00", ""),
        ("2026-10-16", "Claim EC-01|EC-01", "", "48.20"),
    ]
    heads = ["Date", "Particulars", "Document No", "Receipts", "Payments", "Balance"]
    opening = ["2026-10-01", "Balance brought forward", "", "", "", "80.00"]
    sheet(folder, "cash book.csv", heads, opening, *with_balance("80.00", cash))
    sheet(
        folder,
        "receipts.csv",
        ["Receipt No", "Date", "Received from", "Amount", "Mode"],
        ["R501", "2026-10-05", "Counter", "310.00", "cash"],
        ["R502", "2026-10-06", "Counter", "330.00", "cash"],
    )
    sheet(
        folder,
        "expense claims.csv",
        ["Claim No", "Date", "Claimant", "Item", "Amount", "Payment mode"],
        ["EC-01", "2026-10-16", "A Webb", "Milk and coffee", "48.20", "cash"],
    )


def chinese(folder: Path) -> None:
    (folder / "audit.yaml").write_text('entity: 云栖商贸有限公司\nperiod: "2026-10"\ncurrency: CNY\n', "utf-8")
    sheet(
        folder,
        "银行账户清单.csv",
        ["账户简称", "银行账号", "户名", "开户行", "账户性质", "币种"],
        ["建行户", "33050161000000000123", "云栖商贸有限公司", "中国建设银行杭州支行", "基本户", "CNY"],
        ["农行户", "19045101040000456", "云栖商贸有限公司", "中国农业银行杭州支行", "一般户", "CNY"],
    )
    head = ["交易日期", "摘要", "对方户名", "收入金额", "支出金额", "余额"]
    first = [
        ("2026-10-09", "支票100231|杭州顺发叉车行", "", "3200.00"),
        ("2026-10-10", "现金存入|", "6400.00", ""),
        ("2026-10-12", "货款|湖州明泰电器有限公司", "19950.00", ""),
        ("2026-10-13", "转账|云栖商贸有限公司", "", "8000.00"),
        ("2026-10-15", "代发工资 门店|", "", "6200.00"),
        ("2026-10-15", "代发工资 仓库|", "", "5800.00"),
        ("2026-10-16", "停车费|城南停车场", "", "20.00"),
        ("2026-10-16", "停车费|城南停车场", "", "20.00"),
        ("2026-10-19", "支取备用金|", "", "1000.00"),
    ]
    second = [("2026-10-13", "转账|云栖商贸有限公司", "8000.00", "")]
    sheet(folder, "建行流水.csv", ["账号：33050161000000000123"], head, *with_balance("50000.00", first))
    sheet(folder, "农行流水.csv", ["账号：19045101040000456"], head, *with_balance("700.00", second))
    sheet(
        folder,
        "银行日记账.csv",
        ["日期", "账户", "凭证号", "摘要", "对方单位", "收入", "支出"],
        ["2026-10-10", "建行户", "银1", "缴存现金", "", "6400.00", ""],
        ["2026-10-12", "建行户", "银2", "货款", "湖州明泰电器有限公司", "20000.00", ""],
        ["2026-10-12", "建行户", "银2", "手续费", "", "", "50.00"],
        ["2026-10-13", "建行户", "银3", "调拨", "本公司", "", "8000.00"],
        ["2026-10-13", "农行户", "银3", "调拨", "本公司", "8000.00", ""],
        ["2026-10-15", "建行户", "银4", "发放9月工资", "", "", "12000.00"],
        ["2026-10-16", "建行户", "银5", "停车费", "城南停车场", "", "20.00"],
        ["2026-10-16", "建行户", "银6", "停车费", "城南停车场", "", "20.00"],
        ["2026-10-19", "建行户", "银7", "提取备用金", "", "", "1000.00"],
    )
    sheet(
        folder,
        "9月未达账项.csv",
        ["账户", "日期", "未达类型", "支票号", "收款人", "金额"],
        ["建行户", "2026-09-29", "企业已付银行未付", "100231", "杭州顺发叉车行", "3200.00"],
    )
    cash = [
        ("2026-10-08", "收货款|收0045201", "3100.00", ""),
        ("2026-10-09", "收货款|收0045202", "3300.00", ""),
        ("2026-10-10", "存建行|", "", "6400.00"),
        ("2026-10-19", "建行提取备用金|", "1000.00", ""),
        ("2026-10-20", "报销|BX-01", "", "186.00"),
    ]
    heads = ["日期", "摘要", "单据号", "收入", "支出", "余额"]
    opening = ["2026-10-01", "期初余额", "", "", "", "900.00"]
    sheet(folder, "现金日记账.csv", heads, opening, *with_balance("900.00", cash))
    sheet(
        folder,
        "收据明细.csv",
        ["收据编号", "收款日期", "交款单位", "收款事由", "金额", "收款方式"],
        ["0045201", "2026-10-08", "散客", "货款", "3100.00", "现金"],
        ["0045202", "2026-10-09", "散客", "货款", "3300.00", "现金"],
    )
    sheet(
        folder,
        "报销明细.csv",
        ["报销单号", "报销日期", "报销人", "费用项目", "报销金额", "付款方式"],
        ["BX-01", "2026-10-20", "王敏", "办公用品", "186.00", "现金"],
    )


@pytest.mark.parametrize("month", [english, chinese])
def test_a_clean_month_has_no_high_exception_and_few_others(month: Callable[[Path], None], tmp_path: Path) -> None:
    month(tmp_path)
    found = opened(tmp_path)
    shown = [(each.code, each.severity, each.key, str(each.difference)) for each in found]
    assert [each for each in shown if each[1] == "high"] == []
    assert len(shown) <= 3, shown
