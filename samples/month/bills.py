"""Liaison memos, price adjustments and customer bills, and what the customers owed before."""

from __future__ import annotations

from datetime import date, timedelta

from month.days import Days
from month.freight import COLLECT, price
from month.records import Adjustment, Bill, BillLine, Memo, Month, PriorBalance, Problem, Registered, ServiceRow, Slip
from month.settings import Settings
from month.story import fen, table

PROBLEM = "问题件"
_RESULTS = {
    "延误": "已通知客户，次日派送",
    "破损": "外箱加固后派送，客户已签收",
    "丢件": "服务商查找中，已登记索赔",
    "退回": "退回发件人，待重派",
}
# number, slip, amount
ADJUSTMENTS = (
    (1, 38, -4_744),
    (2, 190, -11_155),
    (3, 280, -20_000),
    (4, 290, -15_000),
    (5, 325, -8_390),
    (6, 402, -80_000),
    (7, 344, -8_803),
)
_WHY = ("与报价单价格不符，按报价调整", "量大优惠，客户已确认", "重复收取附加费，予以冲减")
WEIGHED_AGAIN = {74: 140}  # slip: chargeable weight in half kilograms, by memo
COUNTED_AGAIN = {59: 8, 82: 7}  # slip: pieces, by memo

# customer, currency, month of the bill (months back), arrears, credit
PRIOR = (
    ("C01", "CNY", 1, 4_826_000, 0),
    ("C02", "CNY", 1, 3_157_550, 0),
    ("C03", "CNY", 1, 2_684_000, 120_000),
    ("C04", "CNY", 1, 5_731_820, 0),
    ("C05", "CNY", 1, 1_940_200, 30_000),
    ("C06", "CNY", 2, 321_500, 0),
    ("C06", "CNY", 1, 2_211_575, 0),
    ("C07", "CNY", 2, 1_248_040, 0),
    ("C07", "CNY", 1, 2_450_000, 0),
    ("C08", "USD", 1, 600_000, 0),
    ("C09", "CNY", 1, 0, 0),
    ("C10", "CNY", 1, 0, 0),
    ("C11", "CNY", 1, 0, 0),
    ("C12", "CNY", 1, 86_000, 0),
)


# What is still owed and was put off to the end of the month: customer, amount.
EXTENDED = {"C06": 321_500, "C12": 86_000}


def write_memos(settings: Settings, days: Days, month: Month) -> None:
    """Memos, the customer-service table, the statistics of problem shipments, and the register as memos change it."""
    for row in table("memos"):
        slip, amount = month.slip(int(row["slip"])), fen(row["amount"]) if row["amount"] else None
        memo = Memo(
            number=settings.document_no("LL", int(row["number"])),
            date=days.on(int(row["day"])),
            type=row["type"],
            slip=slip.i,
            slip_no=slip.number,
            customer=slip.customer,
            amount=amount,
            reason=row["reason"],
            field=row["field"],
            old=row["old"],
            new=row["new"],
        )
        month.memos.append(memo)
        month.service.append(ServiceRow(memo.number, memo.date, memo.type, memo.slip_no, memo.customer, amount))
        if memo.type == PROBLEM:
            result = _RESULTS[memo.reason]
            month.problems.append(Problem(memo.number, memo.date, memo.slip_no, memo.customer, memo.reason, result))
        if memo.field:
            apply_memo(month.register[slip.i], memo)
    for number, i, amount in ADJUSTMENTS:
        month.adjustments.append(_adjustment(settings, days, month.slip(i), number, amount))


def apply_memo(row: Registered, memo: Memo) -> None:
    """Changes a row of the register as a memo orders."""
    row.memo_no = memo.number
    if memo.slip in COUNTED_AGAIN:
        row.slip.pieces = COUNTED_AGAIN[memo.slip]
    if memo.slip in WEIGHED_AGAIN:
        reweigh(row.slip, WEIGHED_AGAIN[memo.slip])


def reweigh(slip: Slip, half: int) -> None:
    """Gives a slip another chargeable weight, and its price."""
    slip.half = half
    slip.freight, slip.fuel = price(half, slip.rate, slip.fuel_rate)
    slip.amount = slip.freight + slip.fuel + slip.other


def _adjustment(settings: Settings, days: Days, slip: Slip, number: int, amount: int) -> Adjustment:
    day = min(days.next_working(slip.date), days.working()[-1])
    return Adjustment(
        settings.document_no("TZ", number),
        max(day, slip.date),
        slip.i,
        slip.number,
        slip.customer,
        slip.amount,
        slip.amount + amount,
        _WHY[number % 3],
        f"客户邮件及报价单{settings.yymm}-{number}",
    )


def prior_balances(days: Days, month: Month) -> list[PriorBalance]:
    """What the customers owed at the end of the month before, by the bill it comes from."""
    balances = []
    for customer, currency, back, arrears, credit in PRIOR:
        party = next(each for each in month.customers if each.id == customer)
        source = f"{days.before(back):%Y-%m}" if party.terms else ""  # cash customers have no monthly bill to pay
        balance = PriorBalance(customer, currency, source, arrears, credit, _prior_due(days, party.terms, back))
        if customer in EXTENDED and arrears == EXTENDED[customer]:
            balance.due, balance.remark = days.last, "经财务主管陈立批准延期至月底"
        balances.append(balance)
    balances += [PriorBalance(each.id, "CNY", "", 0, 0, None) for each in month.customers[12:]]
    return balances


def _prior_due(days: Days, terms: int, back: int) -> date:
    """Monthly bills of 30 days fall due at the end of the next month, shorter and longer terms on the day."""
    if terms == 30:
        return days.last if back == 1 else days.before(back - 1)
    return days.before(back) + timedelta(days=terms)


def write_bills(settings: Settings, days: Days, month: Month) -> None:
    """A bill for each customer and currency with what it owed, what was shipped, memo charges and adjustments."""
    month.prior = prior_balances(days, month)
    for party in month.customers:
        for currency in (
            ("CNY", "USD")
            if any(each.customer == party.id and each.currency == "USD" for each in month.prior)
            else ("CNY",)
        ):
            owed = [each for each in month.prior if each.customer == party.id and each.currency == currency]
            number = f"ZD{settings.yymm}-{party.id}" + ("" if currency == "CNY" else "-USD")
            month.bills.append(
                Bill(
                    number,
                    party.id,
                    currency,
                    days.after(2),
                    days.last + timedelta(days=party.terms),
                    sum(each.arrears for each in owed),
                    sum(each.credit for each in owed),
                )
            )
    for slip in month.slips:
        month.bill(slip.customer).lines.append(slip_line(slip))
    for memo in month.memos:
        if memo.amount is not None:
            month.bill(memo.customer).lines.append(memo_line(month.slip(memo.slip), memo))
    for adjustment in month.adjustments:
        slip = month.slip(adjustment.slip)
        month.bill(slip.customer).lines.append(
            BillLine(
                slip.date,
                "调账",
                "调账",
                adjustment.new - adjustment.old,
                slip.number,
                slip.waybill,
                adjustment.number,
                slip.provider,
                slip.destination,
                i=slip.i,
            )
        )
    month.zipped = [bill.number for bill in month.bills]


def slip_line(slip: Slip) -> BillLine:
    """The bill's line for a slip, as memos change it; collect freight is billed at zero."""
    half = WEIGHED_AGAIN.get(slip.i, slip.half)
    freight, fuel = price(half, slip.rate, slip.fuel_rate)
    line = BillLine(
        slip.date,
        "运费",
        "运费",
        freight + fuel + slip.other,
        slip.number,
        slip.waybill,
        "",
        slip.provider,
        slip.destination,
        COUNTED_AGAIN.get(slip.i, slip.pieces),
        half * 5,
        slip.rate,
        freight,
        slip.fuel_rate,
        fuel,
        slip.other,
        slip.pay_mode,
        slip.i,
    )
    if slip.i in COLLECT:
        collect(line)
    return line


def collect(line: BillLine) -> None:
    """Makes a line one whose freight the receiver pays."""
    line.freight = line.fuel = line.other = None
    line.amount, line.pay_mode = 0, "到付"


def memo_line(slip: Slip, memo: Memo) -> BillLine:
    """The bill's line for a memo's charge, dated as the slip."""
    return BillLine(
        slip.date,
        "联络单",
        memo.type,
        memo.amount or 0,
        slip.number,
        slip.waybill,
        memo.number,
        slip.provider,
        slip.destination,
        i=slip.i,
    )
