"""Customers' bills with three tables on a sheet, their archive, and the master bill with days down."""

from __future__ import annotations

from datetime import timedelta

from month.records import Bill
from month.write.billing import archive_of

from houses.facts import Facts
from houses.writing import Cell, Folder, Style

_HEAD = (
    "结算单编号 = bill_no | 托运方 = customer | 结算月份 = period | 开单日 = issued | 应付清日 = due | 记账货币 = currency"
    " | 上月结欠 = opening_arrears | 上月预存 = opening_credit | 本月应收 = charges | 本月实收 = received"
    " | 月末结欠 = closing"
)
_LINES = (
    "收件日 = date | 款项性质 = kind | 款项 = item | 收件编号 = slip_no | 承运编号 = waybill_no | 依据函号 = document_no"
    " | 承运公司 = provider | 抵达城市 = destination | 总箱数 = pieces | 收费公斤 = charge_weight | 每公斤价 = rate"
    " | 主运价款 = freight | 燃油比率 = fuel_rate | 燃油加收 = fuel | 另收 = other | 应收款额 = amount"
    " | 结账办法 = pay_mode"
)
_CREDITS = (
    "进账日 = date | 进账途径 = mode | 进账额 = amount | 外币额 = original_amount | 折合价 = rate | 进账依据 = reference"
    " | 付款户名 = payer | 进账说明 = remark"
)


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folder of settlement."""
    paths = {bill.number: _bill(facts, folder, bill) for bill in facts.month.bills}
    members = [(paths[number].rpartition("/")[2], folder.data(paths[number])) for number in facts.month.zipped]
    folder.add(f"结算/{facts.settings.title}结算单汇寄.zip", archive_of(members))
    _master(facts, folder)


def _bill(facts: Facts, folder: Folder, bill: Bill) -> str:
    name = facts.month.name(bill.customer) + ("" if bill.currency == "CNY" else "（美元）")
    path = f"结算/托运方结算单/{name}.xlsx"
    sheet = folder.workbook(path).sheet("结算单")
    sheet.title(f"{facts.settings.company}　托运方结算单", 17)
    sheet.block("bill", _HEAD, facts.bill(bill), 4)
    sheet.gap()
    sheet.title("甲、应收款项")
    sheet.table("bill_line", _LINES, facts.bill_lines(bill), total=("应收共", ("amount",)))
    sheet.gap()
    sheet.title("乙、已进账款")
    sheet.table("bill_credit", _CREDITS, facts.bill_credits(bill), total=("进账共", ("amount",)))
    sheet.gap()
    sheet.line("编制：林晓", "", "审核：赵敏")
    return path


def _master(facts: Facts, folder: Folder) -> None:
    """Days down, customers across by their short names; totals on both sides."""
    style = folder.style
    last = facts.days.last
    days = [facts.days.first + timedelta(days=place) for place in range(last.day)]
    rows, totals = facts.master(days)
    short = {party.name: party.names[0] if party.names else party.name for party in facts.month.customers}
    sheet = folder.workbook(f"结算/应收日报总表{facts.settings.title}.xlsx").sheet("日报总表")
    sheet.title(f"各托运方应收日报总表　{facts.settings.title}（元）", len(rows) + 2)
    headers: list[Cell] = [("日", ""), *((short[str(row["customer"])], "") for row in rows), ("当日共", "")]
    lines: list[list[Cell]] = [
        [
            (day.day, "0"),
            *(style.cell("amount", row[f"{day}"]) for row in rows),
            style.cell("amount", totals.get(day)),
        ]
        for day in days
    ]
    lines.append([("当月共", ""), *(style.cell("amount", row["<total>"]) for row in rows), ("", "")])
    sheet.grid(
        "master_day",
        headers,
        lines,
        ["date", *["<cell>"] * len(rows), "<total>"],
        "down=date across=customer cell=amount",
        {"month@title": facts.settings.period},
    )
