"""Bank statements, bank books, receipts, and cash."""

from __future__ import annotations

from houses.facts import Facts, Row
from houses.facts.masters import ACCOUNT
from houses.writing import Folder, Style

_FLAGS = {"in": "收入", "out": "支出"}
_BOOK = (
    "月 = <m> | 日 = <d> | 凭证编号 = voucher_no | 内容 = summary | 往来户 = counterparty | 对应科目 = offset_account"
    " | 收方 = <in> | 付方 = <out> | 结余 = balance | 结算凭据 = reference"
)
_TILL = (
    "月 = <m> | 日 = <d> | 凭证编号 = voucher_no | 内容 = summary | 往来户 = counterparty | 对应科目 = offset_account"
    " | 原始凭据 = document_no | 收方 = <in> | 付方 = <out> | 结余 = balance"
)
_SHORT = {"ICBC": "工行", "CCB": "建行", "BOC": "中行美元", "Alipay": "支付宝"}


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folder of the treasury."""
    _icbc(facts, folder)
    _ccb(facts, folder, text, later=False)
    _ccb(facts, folder, text, later=True)
    _boc(facts, folder)
    _alipay(facts, folder, text)
    _books(facts, folder)
    _receipts(facts, folder)
    _cash(facts, folder)


def _icbc(facts: Facts, folder: Folder) -> None:
    number = ACCOUNT["ICBC"].number
    sheet = folder.workbook("资金/银行流水/工商银行.xlsx").sheet("账户流水")
    sheet.line(f"查询账户：{number}　{facts.settings.company}")
    sheet.line(f"查询区间：{facts.days.first:%Y/%m/%d}—{facts.days.last:%Y/%m/%d}")
    sheet.table(
        "bank_transaction",
        "入账日 = date | 入账时分 = time | 往来户名 = counterparty | 往来卡折号 = counterparty_account | 转出 = <out>"
        " | 转入 = <in> | 账面结余 = balance | 事由 = summary | 款项用处 = purpose | 客户附言 = postscript",
        facts.bank("ICBC"),
        given={"account@heading": number},
    )


def _ccb(facts: Facts, folder: Folder, text: Style, later: bool) -> None:
    """A CSV in GBK; the account in a column."""
    name = "建设银行（次月初）" if later else "建设银行"
    sheet = folder.workbook(f"资金/银行流水/{name}.csv", text, "gbk").sheet()
    sheet.table(
        "bank_transaction",
        "本方卡折号 = account | 记入日 = date | 记入时分 = time | 支出方 = <out> | 收入方 = <in> | 账面结余 = balance"
        " | 往来户名 = counterparty | 往来卡折号 = counterparty_account | 事由 = summary | 款项用处 = purpose"
        " | 柜员流水 = serial",
        facts.bank("CCB", later),
    )


def _boc(facts: Facts, folder: Folder) -> None:
    """Amounts without sign beside a mark."""
    number = ACCOUNT["BOC"].number
    sheet = folder.workbook("资金/银行流水/中国银行外币户.xlsx").sheet("流水")
    sheet.line("户头", facts.settings.company)
    sheet.line("卡折号", number)
    sheet.line("币别", "美元")
    sheet.line("区间", f"{facts.days.first:%Y/%m/%d}至{facts.days.last:%Y/%m/%d}")
    sheet.table(
        "bank_transaction",
        "入账日 = date | 入账时分 = time | 收支 = <flag> | 款额 = <size> | 账面结余 = balance | 往来户名 = counterparty"
        " | 往来卡折号 = counterparty_account | 事由 = summary | 款项用处 = purpose | 客户附言 = postscript"
        " | 业务编码 = serial",
        facts.bank("BOC"),
        given={"account@heading": number, "currency@heading": "USD"},
        style=folder.style.but(say=lambda field, word: _FLAGS.get(word, word) if field == "<flag>" else word),
    )


def _alipay(facts: Facts, folder: Folder, text: Style) -> None:
    """Signed amounts; the account stands in the file's name only."""
    number, end = ACCOUNT["Alipay"].number, facts.export_end("Alipay")
    sheet = folder.workbook(f"资金/银行流水/支付宝_{number}.csv", text).sheet()
    sheet.line(f"收支流水　起止：{facts.days.first:%Y/%m/%d}至{end:%Y/%m/%d}")
    sheet.table(
        "bank_transaction",
        "流水编码 = serial | 入账日 = date | 入账时分 = time | 往来户名 = counterparty | 收支额 = <signed>"
        " | 结余 = balance | 业务类别 = summary | 商品 = purpose | 留言 = postscript",
        facts.bank("Alipay"),
        given={"account@file": number},
    )


def _books(facts: Facts, folder: Folder) -> None:
    """One workbook, a sheet an account; month and day in columns of their own."""
    book = folder.workbook(f"资金/银行存款明细账{facts.settings.title}.xlsx")
    for account, name in _SHORT.items():
        rows, opening, total = facts.ledger(account)
        sheet = book.sheet(name)
        sheet.title(f"银行存款明细账　{facts.settings.year}年", 10)
        sheet.line(f"户头：{ACCOUNT[account].name}", "", "", f"币别：{'美元' if account == 'BOC' else '人民币'}")
        sheet.table("bank_ledger_entry", _BOOK, _framed(rows, opening, total), given={"account@sheet": name})
    following = facts.days.after(1)
    rows, opening, total = facts.ledger("CCB", later=True)
    if rows:
        title = f"{following.year}年{following.month}月（摘录）"
        sheet = folder.workbook(f"资金/银行存款明细账{title}.xlsx").sheet("建行")
        sheet.title(f"银行存款明细账　{following.year}年", 10)
        sheet.line(f"户头：{ACCOUNT['CCB'].name}", "", "", "币别：人民币")
        sheet.table("bank_ledger_entry", _BOOK, _framed(rows, opening, total), given={"account@sheet": "建行"})


def _framed(rows: list[Row], opening: Row, total: Row) -> list[Row]:
    """The lines of a book between its opening balance, its totals and its closing balance."""
    return [
        {"summary": "上月结余", **opening},
        *rows,
        {"summary": "本月发生额", "<in>": total["<in>"], "<out>": total["<out>"]},
        {"summary": "月末结余", "balance": total["balance"]},
    ]


def _receipts(facts: Facts, folder: Folder) -> None:
    """A sheet a book; the book stands in the sheet's name and title."""
    book = folder.workbook("资金/收款凭条存根.xlsx")
    for number in facts.receipt_books:
        sheet = book.sheet(f"第{number}册")
        sheet.title(f"收款凭条存根　第{number}册", 10)
        sheet.table(
            "receipt",
            "凭条编号 = receipt_no | 开具日 = date | 付款户名 = payer | 款项内容 = purpose | 小写 = amount | 大写 = words"
            " | 收取方法 = mode | 开具人 = cashier | 联数 = copies | 凭条状况 = status | 顶替 = replaces",
            facts.receipts(number),
            given={"book_no@title": number},
        )


def _cash(facts: Facts, folder: Folder) -> None:
    rows, opening, total = facts.cash()
    book = folder.workbook(f"资金/库存现金{facts.settings.title}.xlsx")
    sheet = book.sheet("现金账")
    sheet.title(f"库存现金明细账　{facts.settings.year}年", 10)
    sheet.table("cash_journal_entry", _TILL, _framed(rows, opening, total))
    heading, pieces, slips = facts.count()
    sheet = book.sheet("清点")
    sheet.title("库存现金清点记录", 6)
    sheet.block(
        "cash_count",
        "清点日 = date | 货币 = currency | 存放处 = till | 清点实有 = counted | 账上应有 = book | 溢缺 = difference"
        " | 清点 = counter | 监督 = witness | 签名日 = signed_on",
        heading,
    )
    sheet.gap()
    sheet.table("cash_count_line", "票面 = denomination | 枚数 = sheets | 小计 = amount", pieces)
    if slips:
        sheet.gap()
        sheet.title("抽屉内欠条")
        sheet.table(
            "iou",
            "立据人 = borrower | 借支额 = amount | 立据日 = date | 借支用处 = purpose | 核准 = approver",
            slips,
        )
    sheet = book.sheet("解款")
    sheet.title("现金解款记录（工商银行）", 5)
    sheet.table(
        "deposit_slip",
        "解款编号 = slip_no | 解款日 = date | 解入卡折号 = account | 解款额 = amount | 解款人 = depositor",
        facts.deposits(),
    )
