"""The cashier's manual books: bank ledgers, cash journal, count of the till: folders 09 and 11."""

from __future__ import annotations

from collections.abc import Sequence

from month.amounts import yuan
from month.days import Days
from month.parties import ACCOUNTS, Account
from month.records import LedgerLine, Month
from month.settings import Settings
from month.write.xlsx import Book, Cell

_LEDGER = ("日期", "凭证号", "摘要", "对方单位", "对方科目", "借方(收入)", "贷方(支出)", "余额", "结算号")
_JOURNAL = ("日期", "凭证号", "摘要", "对方单位", "对方科目", "单据号", "借方(收入)", "贷方(支出)", "余额")
_SHORT = {"ICBC": "工行", "CCB": "建行", "BOC": "中行美元", "Alipay": "支付宝"}
_DENOMINATIONS = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 1)
# At most so many of these lie in the till, the rest in smaller ones; two hundreds are always changed.
_MOST = {5_000: 3, 2_000: 3, 500: 0}
_CHANGED = 2


def book_files(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    """A ledger for each account, CCB's of the next month's first days, the cash journal and the count."""
    files = {}
    for account in ACCOUNTS:
        if account.id == "CASH":
            continue
        lines = [each for each in month.ledger if each.account == account.id]
        now = [each for each in lines if each.date <= days.last]
        opening = month.ledger_opening[account.id]
        name = f"09手工流水/银行日记账-{_SHORT[account.id]}-{settings.period}.xlsx"
        files[name] = _ledger(settings.title, account, now, opening, (days.first, days.last))
        later = [each for each in lines if each.date > days.last]
        if later:
            following = days.after(1)
            path = f"09手工流水/期后/银行日记账-{_SHORT[account.id]}-{following:%Y-%m}.xlsx"
            title = f"{following.year}年{following.month}月（摘录）"
            start = opening + sum(each.amount for each in now)
            files[path] = _ledger(title, account, later, start, (following.replace(day=1), later[-1].date))
    files[f"11现金/现金日记账{settings.period}.xlsx"] = _journal(settings, days, month)
    files["11现金/现金盘点表.xlsx"] = _count(settings, month)
    return files


def _ledger(
    title: str, account: Account, lines: Sequence[LedgerLine], opening: int, extent: tuple[Cell, Cell]
) -> bytes:
    book = Book()
    sheet = book.sheet("银行日记账")
    sheet.title(f"银行存款日记账 {title}", len(_LEDGER))
    sheet.pairs(("账户", account.name), ("账号", account.number), ("币种", account.currency))
    balance, numbers = opening, {"收": 0, "付": 0}
    rows: list[list[Cell]] = [[extent[0], "", "上期结转", "", "", None, None, yuan(balance), ""]]
    for line in lines:
        balance += line.amount
        word = "付" if line.red or line.amount < 0 else "收"
        numbers[word] += 1
        debit, credit = (None, yuan(-line.amount)) if word == "付" else (yuan(line.amount), None)
        rows.append(
            [
                line.date,
                f"银{word}-{numbers[word]:03d}",
                line.summary,
                line.counterparty,
                line.contra,
                debit,
                credit,
                yuan(balance),
                line.reference,
            ]
        )
    received = sum(each.amount for each in lines if each.amount > 0 and not each.red)
    paid = -sum(each.amount for each in lines if each.amount < 0 or each.red)
    rows.append([None, "", "本月合计", "", "", yuan(received), yuan(paid), None, ""])
    rows.append([extent[1], "", "结转下月", "", "", None, None, yuan(balance), ""])
    sheet.table(_LEDGER, rows)
    sheet.widths(12, 10, 30, 30, 16, 14, 14, 14, 12)
    return book.data()


def _journal(settings: Settings, days: Days, month: Month) -> bytes:
    book = Book()
    sheet = book.sheet("现金日记账")
    sheet.title(f"现金日记账 {settings.title}", len(_JOURNAL))
    balance, numbers = month.cash_opening, {"收": 0, "付": 0}
    rows: list[list[Cell]] = [[days.first, "", "上期结转", "", "", "", None, None, yuan(balance)]]
    for line in month.cash:
        balance += line.amount
        word = "收" if line.amount > 0 else "付"
        numbers[word] += 1
        into, out = (yuan(line.amount), None) if line.amount > 0 else (None, yuan(-line.amount))
        rows.append(
            [
                line.date,
                f"现{word}-{numbers[word]:03d}",
                line.summary,
                line.counterparty,
                line.contra,
                line.document,
                into,
                out,
                yuan(balance + line.misprint),
            ]
        )
    received = sum(each.amount for each in month.cash if each.amount > 0)
    paid = -sum(each.amount for each in month.cash if each.amount < 0)
    rows.append([None, "", "本月合计", "", "", "", yuan(received), yuan(paid), None])
    rows.append([days.last, "", "结转下月", "", "", "", None, None, yuan(balance)])
    sheet.table(_JOURNAL, rows)
    sheet.widths(12, 10, 22, 28, 18, 24, 14, 14, 14)
    return book.data()


def denominations(total: int) -> list[tuple[int, int]]:
    """How an amount lies in the till: denomination and number, highest first."""
    rest, pieces = total, []
    for value in _DENOMINATIONS:
        count = rest // value
        if value == _DENOMINATIONS[0]:
            count = max(0, count - _CHANGED)
        count = min(count, _MOST.get(value, count))
        rest -= count * value
        pieces.append((value, count))
    return [(value, count) for value, count in pieces if count]


def _count(settings: Settings, month: Month) -> bytes:
    """The count: heading, denominations, and an IOU if one lies in the till."""
    count = month.count
    if count is None:
        raise ValueError("the month has no cash count")
    book = Book()
    sheet = book.sheet("现金盘点表")
    sheet.title(f"现金盘点表 {settings.title}", 6)
    sheet.pairs(("盘点日期", count.date), ("币种", "CNY"), ("盘点地点", "公司保险柜"))
    sheet.pairs(("实存金额", yuan(count.counted)), ("账面余额", yuan(count.book)), ("长款/短款", yuan(-count.short)))
    sheet.gap()
    rows: list[list[Cell]] = [
        [yuan(value), number, yuan(value * number)] for value, number in settings.order.of(denominations(count.counted))
    ]
    sheet.table(("面额", "张数", "金额"), rows, ["合计", None, yuan(count.counted)])
    if count.iou:
        sheet.gap()
        sheet.note("借条（白条）")
        sheet.table(
            ("借款人", "借款金额", "借款日期", "借款事由", "批准人"),
            [[count.iou_by, yuan(count.iou), count.iou_date, "预支油费", ""]],
        )
    sheet.gap()
    sheet.pairs(("盘点人", count.counter), ("监盘人", count.witness), ("签字日期", count.signed_on))
    sheet.widths(14, 14, 14, 14, 14, 14)
    return book.data()
