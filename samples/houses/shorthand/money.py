"""Exports in five forms, ledgers below one another on one sheet, receipts three to a page, cash in one workbook."""

from __future__ import annotations

from houses.facts import Facts, Row
from houses.facts.masters import ACCOUNT
from houses.shorthand.style import Styles
from houses.writing import Folder
from houses.writing.pages import A4_SIZE

_SHORT = {"ICBC": "工行", "CCB": "建行", "BOC": "中行美元", "Alipay": "支付宝"}


def write(facts: Facts, folder: Folder, own: Styles) -> None:
    """Banks, books, receipts and the till."""
    _exports(facts, folder, own)
    for later in (False, True):
        _ccb(facts, folder, own, later)
    _books(facts, folder, own)
    _receipts(facts, folder, own)
    _cash(facts, folder, own)


def _exports(facts: Facts, folder: Folder, own: Styles) -> None:
    """ICBC with day and time in one cell; BOC with payer and payee, without a sign; the wallet with signs."""
    number, days = ACCOUNT["ICBC"].number, facts.days
    sheet = folder.workbook(f"流水/工行{number[-4:]}.xls", own.cells.but(money="{:,.2f}")).sheet("Sheet1")
    sheet.line("账户交易查询")
    sheet.line("账户", number, "", "起止", f"{days.first:%Y%m%d}-{days.last:%Y%m%d}")
    sheet.table(
        "bank_transaction",
        "记录时刻 = <moment> | 存 = <in> | 取 = <out> | 余 = balance | 对方 = counterparty | 对方号 = counterparty_account"
        " | 简述 = summary | 干啥用 = purpose | 留言 = postscript",
        facts.bank("ICBC"),
        given={"account@heading": number},
    )
    number = ACCOUNT["BOC"].number
    sheet = folder.workbook("流水/中行美金.csv", own.full.but(money="{:.2f}")).sheet()
    sheet.line("查询户", number, "币", "USD", "起止", f"{days.first:%Y%m%d}-{days.last:%Y%m%d}")
    sheet.table(
        "bank_transaction",
        "哪天 = date | 几点 = time | 出钱方 = <payer> | 出钱方号 = <payer_no> | 进钱方 = <payee> | 进钱方号 = <payee_no>"
        " | 多少 = <size> | 余 = balance | 简述 = summary | 干啥用 = purpose | 留言 = postscript | 流水# = serial",
        facts.bank("BOC"),
        given={"account@heading": number, "currency@heading": "USD"},
    )
    number, end = ACCOUNT["Alipay"].number, facts.export_end("Alipay")
    sheet = folder.workbook(f"流水/支付宝{facts.settings.month}月.csv", own.text.but(signed="{:+.2f}"), "gbk").sheet()
    sheet.line(f"支付宝 {number}")
    sheet.line(f"从{days.first:%Y-%m-%d}到{end:%Y-%m-%d}")
    sheet.table(
        "bank_transaction",
        "流水# = serial | 时刻 = <moment> | 对方 = counterparty | 啥 = purpose | 进出 = <signed> | 余 = balance"
        " | 类 = summary | 留言 = postscript",
        facts.bank("Alipay"),
        given={"account@heading": number},
    )


def _ccb(facts: Facts, folder: Folder, own: Styles, later: bool) -> None:
    """Printed, without lines."""
    number, days = ACCOUNT["CCB"].number, facts.days
    name, extent = "建行", f"{days.first:%Y-%m-%d} 至 {days.last:%Y-%m-%d}"
    if later:
        name, extent = "建行下月头几天", f"{days.after(1):%Y-%m-01} 至 {days.after(2):%Y-%m-%d}"
    pages = folder.pages(f"流水/{name}.pdf", own.full.but(money="{:,.2f}"), A4_SIZE)
    pages.listing(
        "bank_transaction",
        "记账 = date | 简述 = summary | 支 = <out> | 存 = <in> | 余 = balance | 对方 = counterparty | 干啥用 = purpose"
        " | 流水# = serial",
        facts.bank("CCB", later),
        (50, 40, 60, 60, 66, 130, 60, 70),
        ("中国建设银行  对公活期明细",),
        notes=(f"账户 {number}   {facts.settings.company}   人民币", f"区间 {extent}"),
        given={"account@heading": number},
    )


def _framed(rows: list[Row], opening: Row, total: Row) -> list[Row]:
    return [
        {"summary": "上月余", **opening},
        *rows,
        {"summary": "本月共", "<in>": total["<in>"], "<out>": total["<out>"]},
        {"summary": "余", "balance": total["balance"]},
    ]


def _books(facts: Facts, folder: Folder, own: Styles) -> None:
    """All accounts on one sheet, each under a line with its name; the next month's first days on another."""
    spec = "日 = date | 事 = summary | 谁 = counterparty | 科目 = offset_account | 收 = <in> | 付 = <out> | 余 = balance | 票# = reference"
    book = folder.workbook(f"手工账{facts.settings.period}.xlsx", own.cells)
    sheet = book.sheet(f"{facts.settings.month}月")
    for account, name in _SHORT.items():
        sheet.title(f"{name}")
        given = {"account@heading": name, "year@file": f"{facts.settings.year}"}
        sheet.table("bank_ledger_entry", spec, _framed(*facts.ledger(account)), given=given)
        sheet.gap(2)
    if facts.ledger("CCB", later=True)[0]:
        after = facts.days.after(1)
        sheet = book.sheet(f"{after.month}月头")
        sheet.title("建行")
        given = {"account@heading": "建行", "year@file": f"{after.year}"}
        sheet.table("bank_ledger_entry", spec, _framed(*facts.ledger("CCB", later=True)), given=given)


def _receipts(facts: Facts, folder: Folder, own: Styles) -> None:
    """A document a book, three receipts to a page."""
    for number in facts.receipt_books:
        pages = folder.pages(f"本子/收据{number}本.pdf", own.full.but(money="{:,.2f}"), A4_SIZE)
        for place, row in enumerate(facts.receipts(number)):
            if place % 3:
                pages.paper.down(30)
            pages.form(
                "receipt",
                "NO = receipt_no | 日子 = date | 兹收到 = payer | 为 = purpose | 计￥ = amount | 大写人民币 = words"
                " | 付法 = mode | 出据 = cashier | 几联 = copies | 状态章 = status | 换掉 = replaces",
                row,
                ("收    据",),
                page=place % 3 == 0,
                given={"book_no@file": number},
                line=22,
            )


def _cash(facts: Facts, folder: Folder, own: Styles) -> None:
    sheet = folder.workbook(f"现金/现金{facts.settings.period}.csv", own.text, "gbk").sheet()
    sheet.table(
        "cash_journal_entry",
        "日 = date | 事 = summary | 谁 = counterparty | 科目 = offset_account | 凭 = document_no | 进 = <in> | 出 = <out> | 剩 = balance",
        _framed(*facts.cash()),
        given={"year@file": f"{facts.settings.year}"},
    )
    heading, pieces, slips = facts.count()
    sheet = folder.workbook("现金/点钱.xlsx", own.full.but(money="excel:0.00")).sheet("点钱")
    sheet.line(f"{facts.settings.title}底点钱")
    sheet.table("cash_count_line", "票面 = denomination | 张 = sheets | 元 = amount", pieces)
    sheet.gap()
    sheet.block(
        "cash_count",
        "哪天点 = date | 点着 = counted | 账上 = book | 多/少 = difference | 放哪 = till | 谁点 = counter | 谁看 = witness"
        " | 签字那天 = signed_on",
        heading,
        2,
    )
    if slips:
        sheet.gap()
        sheet.line("白条")
        sheet.table("iou", "谁借 = borrower | 借多少 = amount | 哪天 = date | 干啥 = purpose | 谁批 = approver", slips)
    sheet = folder.workbook("现金/存现回单.xlsx", own.full).sheet("回单")
    sheet.forms(
        "deposit_slip",
        "缴款# = slip_no | 哪天 = date | 存进 = account | 多少 = amount | 大写 = words@- | 谁存 = depositor",
        facts.deposits(),
        "现金存款回单",
        across=2,
    )
