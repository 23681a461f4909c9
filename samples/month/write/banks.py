"""The banks' own exports: ICBC csv, CCB xls, BOC csv, Alipay csv: folder 08."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlwt

from month.amounts import comma, plain
from month.days import Days
from month.parties import ACCOUNTS, account_of
from month.records import BankLine, Month
from month.settings import Order, Settings

Movement = tuple[BankLine, int]  # a movement and the balance after it
_CCB = (
    "账号",
    "账户名称",
    "交易时间",
    "借方发生额（支取）",
    "贷方发生额（收入）",
    "余额",
    "币种",
    "对方户名",
    "对方账号",
    "对方开户机构",
    "记账日期",
    "摘要",
    "备注",
    "账户明细编号-交易流水号",
    "企业流水号",
    "凭证种类",
    "凭证号",
)
_BOC = (
    "交易类型[ Transaction Type ]",
    "业务类型[ Business type ]",
    "付款人开户行名[ Payer account bank ]",
    "付款人账号[ Debit Account No. ]",
    "付款人名称[ Payer's Name ]",
    "收款人开户行名[ Beneficiary account bank ]",
    "收款人账号[ Payee's Account Number ]",
    "收款人名称[ Payee's Name ]",
    "交易日期[ Transaction Date ]",
    "交易时间[ Transaction time ]",
    "交易货币[ Trade Currency ]",
    "交易金额[ Trade Amount ]",
    "交易后余额[ After-transaction balance ]",
    "起息日期[ Value Date ]",
    "汇率[ Exchange rate ]",
    "交易流水号[ Transaction reference number ]",
    "摘要[ Reference ]",
    "用途[ Purpose ]",
    "交易附言[ Remark ]",
)
_ICBC = (
    "凭证号",
    "对方账号",
    "交易时间",
    "借贷标志",
    "对方单位",
    "对方行号",
    "用途",
    "摘要",
    "附言",
    "回单个性化信息",
    "转入金额",
    "转出金额",
    "支付凭证种类",
    "余额",
)
_ALIPAY = (
    "账务流水号",
    "业务流水号",
    "商户订单号",
    "商品名称",
    "发生时间",
    "对方账号",
    "收入金额（+元）",
    "支出金额（-元）",
    "账户余额（元）",
    "交易渠道",
    "业务类型",
    "备注",
)
_NUMBERS = {account.id: account.number for account in ACCOUNTS}


def bank_files(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    """Each account's export of the month, and CCB's first days of the next."""
    period = f"{settings.year}{settings.month:02d}"
    moved = {account: movements(settings, month, account) for account in ("ICBC", "CCB", "BOC", "Alipay")}
    current = {account: [each for each in lines if each[0].date <= days.last] for account, lines in moved.items()}
    later = [each for each in moved["CCB"] if each[0].date > days.last]
    next_month = days.after(1)
    end = month.export_end.get("Alipay", days.last)
    return {
        f"08网银/ICBC_{_NUMBERS['ICBC']}_{period}.csv": _icbc(current["ICBC"]),
        f"08网银/CCB_{period}.xls": _ccb(settings, current["CCB"]),
        f"08网银/BOC_{period}.csv": _boc(settings, days, current["BOC"]),
        f"08网银/支付宝账务明细_{period}.csv": _alipay(
            days, end, [each for each in current["Alipay"] if each[0].date <= end]
        ),
        f"08网银/期后/CCB_{next_month:%Y%m}01-{days.after(2):%d}.xls": _ccb(settings, later),
    }


def movements(settings: Settings, month: Month, account: str) -> list[Movement]:
    """The exported movements with their balances; in reversed order a bank lists the newest first."""
    balance, lines = month.bank_opening[account], []
    for line in month.bank:
        if line.account == account:
            balance += line.amount
            if line.exported:
                lines.append((line, balance))
    return list(reversed(lines)) if settings.order is Order.REVERSED else lines


def _moment(line: BankLine) -> str:
    return f"{line.date:%Y-%m-%d} {line.time}"


def _csv(rows: Sequence[Sequence[str]], encoding: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode(encoding)


def _icbc(lines: list[Movement]) -> bytes:
    """GBK, a mark in the first cell, tabs after long numbers, thousands commas; no own account but in its name."""
    rows: list[Sequence[str]] = [("[HISTORYDETAIL]",), _ICBC]
    for place, (line, balance) in enumerate(lines, start=1):
        into, out = (comma(line.amount), "") if line.amount > 0 else ("", comma(-line.amount))
        account = f"{account_of(line.counterparty)}\t" if line.counterparty else ""
        rows.append(
            (
                f"{place:08d}\t",
                account,
                _moment(line),
                "贷" if line.amount > 0 else "借",
                line.counterparty,
                "",
                line.purpose,
                line.summary,
                line.postscript,
                "",
                into,
                out,
                "其他",
                comma(balance),
            )
        )
    return _csv(rows, "gbk")


def _ccb(settings: Settings, lines: list[Movement]) -> bytes:
    """A BIFF workbook, all cells text, `-` where there is nothing."""
    book: Any = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for column, header in enumerate(_CCB):
        sheet.write(0, column, header)
    for row, (line, balance) in enumerate(lines, start=1):
        out, into = ("0.00", comma(line.amount)) if line.amount > 0 else (comma(-line.amount), "0.00")
        cells = (
            _NUMBERS["CCB"],
            settings.company,
            f"{line.date:%Y%m%d} {line.time}",
            out,
            into,
            comma(balance),
            "人民币元",
            line.counterparty or "-",
            account_of(line.counterparty) if line.counterparty else "-",
            "-",
            f"{line.date:%Y%m%d}",
            line.summary,
            line.purpose or "-",
            line.serial,
            "-",
            "-",
            "-",
        )
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _boc(settings: Settings, days: Days, lines: list[Movement]) -> bytes:
    """UTF-8 with a byte order mark, a preamble, two-language headers, signed amounts, payer and payee side by side."""
    own = (_NUMBERS["BOC"], settings.company)
    rows: list[Sequence[str]] = [
        ("查询账号[ Inquirer account number ]", own[0]),
        ("账户名称[ Account name ]", own[1]),
        ("币种[ Currency ]", "USD"),
        ("起始日期[ Start date ]", f"{days.first:%Y%m%d}"),
        ("终止日期[ End date ]", f"{days.last:%Y%m%d}"),
        _BOC,
    ]
    for line, balance in lines:
        other = (account_of(line.counterparty) if line.counterparty else "", line.counterparty)
        payer, payee = (other, own) if line.amount > 0 else (own, other)
        rows.append(
            (
                "来账" if line.amount > 0 else "往账",
                line.summary,
                "",
                *payer,
                "",
                *payee,
                f"{line.date:%Y%m%d}",
                line.time,
                "USD",
                plain(line.amount),
                plain(balance),
                f"{line.date:%Y%m%d}",
                "",
                line.serial,
                line.summary,
                line.purpose,
                line.postscript,
            )
        )
    return _csv(rows, "utf-8-sig")


def _alipay(days: Days, end: date, lines: list[Movement]) -> bytes:
    """GBK with # lines before and after, a tab after long numbers, sums and counts at the end."""
    into = [line.amount for line, _ in lines if line.amount > 0]
    out = [line.amount for line, _ in lines if line.amount < 0]
    head = [
        ("#支付宝账务明细查询",),
        (f"#账号：[{_NUMBERS['Alipay']}]",),
        (f"#起始日期：[{_chinese(days.first)}]   终止日期：[{_chinese(end)}]",),
        ("#-----------------------------------------账务明细列表----------------------------------------",),
        _ALIPAY,
    ]
    body = [
        (
            f"{line.serial}\t",
            f"{line.date:%Y%m%d}2200{place:020d}\t",
            f"JY{line.date:%y%m%d}{place:06d}\t" if line.amount > 0 else "\t",
            line.purpose,
            _moment(line),
            f"{account_of(line.counterparty)[:11]}\t" if line.counterparty else "\t",
            plain(line.amount) if line.amount > 0 else "",
            plain(line.amount) if line.amount < 0 else "",
            plain(balance),
            "支付宝",
            line.summary,
            line.postscript,
        )
        for place, (line, balance) in enumerate(lines, start=1)
    ]
    foot = [
        ("#-----------------------------------------账务明细列表结束------------------------------------",),
        (f"#支出合计：{len(out)}笔，共{plain(sum(out))}元",),
        (f"#收入合计：{len(into)}笔，共{plain(sum(into))}元",),
        (f"#导出时间：[{_chinese(days.after(1))}]",),
    ]
    return _csv([*head, *body, *foot], "gbk")


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日   00:00:00"
