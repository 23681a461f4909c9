"""Bills with charges under lines that name their kind, and a master bill in two halves of the month."""

from __future__ import annotations

from datetime import timedelta

from month.records import Bill
from month.write.billing import archive_of

from houses.facts import Facts
from houses.shorthand.style import Styles
from houses.writing import Cell, Folder, Group

_HEAD = (
    "账单# = bill_no | 客 = customer | 哪月 = period | 出单 = issued | 最迟付 = due | 币 = currency | 上月欠 = opening_arrears"
    " | 上月多付 = opening_credit | 这月费 = charges | 这月收 = received | 还欠 = closing"
)
_LINES = (
    "日 = date | 啥费 = item | 单# = slip_no | 面单 = waybill_no | 凭啥单 = document_no | 走 = provider | 到哪 = destination"
    " | 件 = pieces | 计 = charge_weight | 价 = rate | 运 = freight | 油% = fuel_rate | 油 = fuel | 杂 = other"
    " | 共 = amount | 付 = pay_mode"
)
_CREDITS = (
    "日 = date | 咋付的 = mode | 多少 = amount | 外币 = original_amount | 汇率 = rate | 凭 = reference | 谁付 = payer"
    " | 说明 = remark"
)


def write(facts: Facts, folder: Folder, own: Styles) -> None:
    """The bills, their archive, and the master bill."""
    paths = {bill.number: _bill(facts, folder, own, bill) for bill in facts.month.bills}
    members = [(paths[number].rpartition("/")[2], folder.data(paths[number])) for number in facts.month.zipped]
    folder.add(f"账单/{facts.settings.month}月账单打包.zip", archive_of(members))
    _master(facts, folder, own)


def _bill(facts: Facts, folder: Folder, own: Styles, bill: Bill) -> str:
    name = own.cells.say("customer", facts.month.name(bill.customer)) + ("" if bill.currency == "CNY" else "美金")
    path = f"账单/{name}{facts.settings.month}月.xls"
    sheet = folder.workbook(path, own.cells).sheet("账单")
    sheet.line(f"{facts.settings.company}  {facts.settings.title}账单")
    sheet.block("bill", _HEAD, facts.bill(bill), 3, joined=True, style=own.full)
    sheet.table(
        "bill_line",
        _LINES,
        facts.bill_lines(bill),
        given={"kind@group": "", "year@title": f"{facts.settings.year}"},
        once=("date",),
        group=Group("kind", lambda row: f"▼{row['kind']}", "小计", ("amount",)),
        total=("总共", ("amount",)),
    )
    sheet.gap()
    sheet.line("收到的钱")
    sheet.table("bill_credit", _CREDITS, facts.bill_credits(bill), total=("收到共", ("amount",)))
    return path


def _master(facts: Facts, folder: Folder, own: Styles) -> None:
    """Customers down, days across, the first half of the month on one sheet and the second on another."""
    book = folder.workbook(f"账单/总账单{facts.settings.period}.xlsx", own.cells)
    for name, first, last in (("上半月", 1, 15), ("下半月", 16, facts.days.last.day)):
        days = [facts.days.first + timedelta(days=day - 1) for day in range(first, last + 1)]
        rows, totals = facts.master(days)
        sheet = book.sheet(name)
        sheet.title(f"{facts.settings.year}年{facts.settings.month}月{name}各客户每天多少钱", 5)
        headers: list[Cell] = [("客\\日", ""), *((day.day, "0") for day in days), ("合", "")]
        lines: list[list[Cell]] = [
            [
                own.cells.cell("customer", row["customer"]),
                *(own.cells.cell("amount", row[f"{day}"]) for day in days),
                own.cells.cell("amount", row["<total>"]),
            ]
            for row in rows
        ]
        whole = own.cells.cell("amount", facts.master_total(days))
        lines.append([("合", ""), *(own.cells.cell("amount", totals.get(day)) for day in days), whole])
        fields = ["customer", *["<cell>"] * len(days), "<total>"]
        given = {"month@title": facts.settings.period}
        sheet.grid("master_day", headers, lines, fields, "down=customer across=date cell=amount", given)
