"""The bills' totals, and the accountant's books made from the cashier's: vouchers, trial balance, balances."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from month.days import Days
from month.expenses import summarise
from month.parties import ACCOUNTS
from month.records import AccountBalance, Closing, Month, VoucherLine

NAMES = {
    "1001": "库存现金",
    "1002.01": "银行存款-工行",
    "1002.02": "银行存款-建行",
    "1002.03": "银行存款-中行美元户",
    "1012.01": "其他货币资金-支付宝",
    "1015": "内部资金划转",
    "1122": "应收账款",
    "1221": "其他应收款",
    "2202": "应付账款",
    "2211": "应付职工薪酬",
    "2221": "应交税费",
    "2241": "其他应付款",
    "3002": "货币兑换",
    "4001": "实收资本",
    "6001": "主营业务收入",
    "6401": "主营业务成本",
    "6602": "管理费用",
    "6603": "财务费用",
}
_CODES = {
    "应收账款": "1122",
    "其他应收款": "1221",
    "应付账款": "2202",
    "应付职工薪酬": "2211",
    "应交税费": "2221",
    "其他应付款": "2241",
    "货币兑换": "3002",
    "管理费用": "6602",
    "财务费用": "6603",
    "内部资金划转": "1015",
    "主营业务成本-运费": "6401",
    "银行存款-工行": "1015",
}
VOUCHERS, SUNDAY_VOUCHER = 59, 31


@dataclass(frozen=True, slots=True)
class _Posting:
    """One movement to be booked: debit one account, credit another."""

    date: date
    group: str
    summary: str
    debit: str
    credit: str
    amount: int
    currency: str = "CNY"


def total_bills(month: Month) -> None:
    """What the headings of the bills state: charges, payments, and the roll-forward."""
    for bill in month.bills:
        bill.charges = sum(line.amount for line in bill.lines)
        roll_forward(month, bill.number)


def roll_forward(month: Month, number: str) -> None:
    """Closing = arrears - credit + charges - payments, of what the heading states."""
    bill = next(each for each in month.bills if each.number == number)
    bill.received = sum(credit.amount for credit in bill.credits)
    bill.closing = bill.arrears - bill.credit + bill.charges - bill.received


def fill_master(days: Days, month: Month) -> None:
    """The master bill: the bills' lines of the month by customer and day."""
    cells: dict[tuple[str, date], int] = defaultdict(int)
    for bill in month.bills:
        for line in bill.lines:
            if line.date <= days.last:
                cells[bill.customer, line.date] += line.amount
    month.master = dict(cells)


def close_books(days: Days, month: Month) -> None:
    """Sheet of balances, summary of expenses, vouchers and trial balance."""
    month.summary = summarise(month)
    month.closings = [_closing(days, month, account.id) for account in ACCOUNTS]
    if month.count:
        month.count.book = next(each.closing for each in month.closings if each.account == "CASH")
    openings = _openings(month)
    postings = _postings(days, month)
    postings += _to_control(days, month, openings, postings)
    month.vouchers = _vouchers(days, month, postings)
    month.trial = _trial(month, openings)


def _closing(days: Days, month: Month, account: str) -> Closing:
    if account == "CASH":
        into = sum(each.amount for each in month.cash if each.amount > 0)
        return Closing(account, month.cash_opening, into, into - sum(each.amount for each in month.cash))
    lines = [each for each in month.ledger if each.account == account and each.date <= days.last]
    into = sum(each.amount for each in lines if each.amount > 0 and not each.red)
    return Closing(account, month.ledger_opening[account], into, into - sum(each.amount for each in lines))


def _openings(month: Month) -> dict[tuple[str, str], int]:
    """Opening balances by account and currency; the capital is what is left."""
    openings: dict[tuple[str, str], int] = {}
    for account in ACCOUNTS:
        opening = month.cash_opening if account.id == "CASH" else month.ledger_opening[account.id]
        openings[account.gl, account.currency] = opening
    for currency in ("CNY", "USD"):
        openings["1122", currency] = sum(
            each.arrears - each.credit for each in month.prior if each.currency == currency
        )
    owed = {"P1": 3_841_560, "P2": 1_582_000, "P4": 2_631_800, "P5": 964_000, "V1": 1_036_000, "B1": 573_000}
    openings["2202", "CNY"], openings["2202", "USD"] = -sum(owed.values()), -320_000
    openings["2211", "CNY"], openings["2221", "CNY"] = -5_207_293, -312_744
    for currency in ("CNY", "USD"):
        openings["4001", currency] = -sum(amount for (_, each), amount in openings.items() if each == currency)
    return openings


def _postings(days: Days, month: Month) -> list[_Posting]:
    currencies = {account.id: (account.gl, account.currency) for account in ACCOUNTS}
    postings = []
    for cash in month.cash:
        contra = _CODES[cash.contra]
        postings.append(_posting(days, cash.date, "1001", contra, cash.amount, cash.summary, "CNY"))
    for line in month.ledger:
        if line.date <= days.last:
            account, currency = currencies[line.account]
            postings.append(
                _posting(days, line.date, account, _CODES[line.contra], line.amount, line.summary, currency)
            )
    last = days.working()[-1]
    postings.extend(
        _Posting(days.posted(credit.date), "3002", "美元收款折人民币", "3002", "1122", credit.amount)
        for credit in month.bill("C08").credits
        if credit.original
    )
    postings.extend(
        _Posting(last, "6001", f"{month.name(bill.customer)}本月运费", "1122", "6001", bill.charges)
        for bill in month.bills
        if bill.currency == "CNY"
    )
    by_provider: dict[str, int] = defaultdict(int)
    for cost in month.provider_lines:
        by_provider[cost.provider] += cost.amount
    for provider, amount in sorted(by_provider.items()):
        postings.append(_Posting(days.working()[-1], "6401", f"{provider}本月运费成本", "6401", "2202", amount))
    return [posting for posting in postings if posting.amount]


def _posting(days: Days, day: date, account: str, contra: str, amount: int, summary: str, currency: str) -> _Posting:
    debit, credit = (account, contra) if amount > 0 else (contra, account)
    return _Posting(days.posted(day), account, summary, debit, credit, abs(amount), currency)


def _to_control(
    days: Days, month: Month, openings: dict[tuple[str, str], int], postings: list[_Posting]
) -> list[_Posting]:
    """What the control account of receivables differs from the bills by is set aside, but for a planted error."""
    extra = []
    for currency in ("CNY", "USD"):
        booked = openings["1122", currency] + sum(
            each.amount if each.debit == "1122" else -each.amount if each.credit == "1122" else 0
            for each in postings
            if each.currency == currency
        )
        wanted = sum(bill.closing for bill in month.bills if bill.currency == currency)
        if currency == "CNY":
            wanted += month.control_error
        if wanted != booked:
            sides = ("1122", "2241") if wanted > booked else ("2241", "1122")
            extra.append(
                _Posting(
                    days.working()[-1], "2241", "应收账款与客户账单差额转待查", *sides, abs(wanted - booked), currency
                )
            )
    return extra


def _vouchers(days: Days, month: Month, postings: list[_Posting]) -> list[VoucherLine]:
    """Vouchers of one day and book each, split so that the story's number comes out, the 31st after the second week."""
    groups: dict[tuple[date, str, str], list[_Posting]] = defaultdict(list)
    for posting in postings:
        groups[posting.date, posting.group, posting.currency].append(posting)
    chunks = [groups[key] for key in sorted(groups)]
    early = _split([chunk for chunk in chunks if chunk[0].date < days.on(19)], SUNDAY_VOUCHER - 1)
    late = _split([chunk for chunk in chunks if chunk[0].date >= days.on(19)], VOUCHERS - len(early))
    lines: list[VoucherLine] = []
    number = 0
    for place, chunk in enumerate([*early, *late], start=1):
        number += 2 if number + 1 == month.skipped_voucher else 1
        day = days.sunday if month.sunday_voucher and place == SUNDAY_VOUCHER else chunk[0].date
        lines += _lines(f"记-{number:04d}", day, chunk)
    return lines


def _split(chunks: list[list[_Posting]], wanted: int) -> list[list[_Posting]]:
    while len(chunks) < wanted:
        largest = max(range(len(chunks)), key=lambda place: (len(chunks[place]), -place))
        half = len(chunks[largest]) // 2
        if not half:
            break
        chunks[largest : largest + 1] = [chunks[largest][:half], chunks[largest][half:]]
    while len(chunks) > wanted:  # join the smallest neighbours of one day and currency
        pairs = [
            place
            for place in range(len(chunks) - 1)
            if chunks[place][0].date == chunks[place + 1][0].date
            and chunks[place][0].currency == chunks[place + 1][0].currency
        ]
        if not pairs:
            break
        place = min(pairs, key=lambda each: (len(chunks[each]) + len(chunks[each + 1]), each))
        chunks[place : place + 2] = [chunks[place] + chunks[place + 1]]
    return chunks


def _lines(number: str, day: date, chunk: list[_Posting]) -> list[VoucherLine]:
    lines = []
    for posting in chunk:
        for account, amount in ((posting.debit, posting.amount), (posting.credit, -posting.amount)):
            lines.append(VoucherLine(number, day, posting.summary, account, amount, posting.currency, len(chunk)))
    return lines


def _trial(month: Month, openings: dict[tuple[str, str], int]) -> list[AccountBalance]:
    moved: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in month.vouchers:
        moved[line.account, line.currency][0 if line.amount > 0 else 1] += abs(line.amount)
    return [
        AccountBalance(account, currency, openings.get((account, currency), 0), *moved[account, currency])
        for account, currency in sorted({*openings, *moved}, key=lambda each: (each[1], each[0]))
    ]
