"""The small month before the sample's: a few slips, receipts and payments, which close on what the sample opens with.

It leaves things open: a receipt that nobody can show, a slip that was not on hand when blank forms were counted and
that the sample's month uses, a book begun before the last one was used up, and a cheque that the bank has not paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from month.amounts import words
from month.banks import settle_banks
from month.bills import PRIOR, slip_line
from month.bookkeeping import OLD_BOOK, RECEIPT, SLIP, covers_of, outbound_of
from month.build import build_month
from month.days import Days
from month.freight import CLERKS, Scheme, build_customers, build_slips
from month.ledgers import total_bills
from month.records import (
    BankLine,
    Bill,
    Blanks,
    Book,
    CashCount,
    CashLine,
    Claim,
    Credit,
    Filed,
    Invoice,
    LedgerLine,
    Month,
    PriorBalance,
    Receipt,
    Registered,
)
from month.settings import Settings
from month.write import documents

# what the month's folder holds, and what of these folders it does not
_FOLDERS = (
    "00上期",
    "01收货清单",
    "03统计报表",
    "06客户账单",
    "08网银",
    "09手工流水",
    "10收据+登记簿",
    "11现金",
    "12报销+发票",
)
_LEFT_OUT = ("期后/", ".zip", "归类清册", "作废登记簿", "汇率表", "现金缴款单")
_SLIPS = (0, 5, 12, 17)  # those of the story's whose goods these slips are for
_FIRST_SLIP, _FIRST_RECEIPT = 3951, 3051
_LOST = 2  # receipts before the one that is missing
_PAID = (("C09", 16_800), ("C10", 24_350), ("C11", 9_900), ("C12", 31_000))
_SPENT = (
    ("林晓", "办公用品", "深圳市晨光文具商行", 22_600),
    ("孙丽", "打印耗材", "深圳市佳印耗材有限公司", 45_200),
)
_MOVED = (  # account, working day, amount, other side, text
    ("ICBC", 2, 2_000_000, "深圳市恒昌电子有限公司", "8月运费"),
    ("ICBC", 9, -3_500, "", "账户管理费"),
    ("CCB", 4, 1_000_000, "中山市澜沁卫浴有限公司", "8月运费"),
    ("CCB", 9, -2_000, "", "账户管理费"),
    ("BOC", 9, -1_000, "", "账户管理费"),
    ("Alipay", 9, -1_500, "", "收款手续费"),
)


def month_before(settings: Settings) -> Settings:
    """The settings of the month before that of `settings`, without anything planted."""
    year, month = (settings.year, settings.month - 1) if settings.month > 1 else (settings.year - 1, 12)
    return replace(settings, year=year, month=month, closed=frozenset(), make_up=frozenset(), plants=frozenset())


def documents_before(settings: Settings) -> dict[str, bytes]:
    """All documents of the small month before that of `settings`, by their path in the folder."""
    before = month_before(settings)
    files = documents(before, build_before(settings))
    kept = (*(f"{folder}/" for folder in _FOLDERS), "audit.yaml")
    return {
        path: data
        for path, data in files.items()
        if path.startswith(kept) and not any(part in path for part in _LEFT_OUT)
    }


def build_before(settings: Settings) -> Month:
    """The records of the small month before that of `settings`."""
    before = month_before(settings)
    days = Days(before)
    month = Month(build_customers(before))
    _slips(before, days, month)
    _receipts(before, days, month)
    _claims(before, days, month)
    _money(days, month, build_month(settings))
    _bills(before, days, month)
    return month


def _slips(before: Settings, days: Days, month: Month) -> None:
    """Slips of station A in a book of their own; the last book of the old prefix lies unused, and one slip of it was
    not on hand at the count."""
    written = build_slips(before, days, Scheme())
    for place, i in enumerate(_SLIPS):
        slip = replace(written[i], i=place, number=before.slip_no(_FIRST_SLIP + place), station="A", clerk=CLERKS["A"])
        month.slips.append(replace(slip, pay_mode="月结", cod=0, outbound_date=slip.date))
    month.papers = list(month.slips)
    month.register = [Registered(replace(slip)) for slip in month.slips]
    month.covers = covers_of(month.slips)
    month.filed = [Filed(slip.customer, slip.number, slip.waybill, slip.date) for slip in month.slips]
    month.outbound = [outbound_of(slip) for slip in month.slips]
    last, width, clerk = _FIRST_SLIP + 49, before.slip_width, CLERKS["A"]
    month.books += [
        Book(SLIP, "80", before.slip_prefix, _FIRST_SLIP, last, width, "A", days.operating[0], None, clerk),
        Book(SLIP, OLD_BOOK, before.old_slip_prefix, 9999, 10_000, width, "A", days.first, None, clerk),
    ]
    month.blanks += [
        Blanks(SLIP, "80", "A", days.last, _FIRST_SLIP + len(_SLIPS), last),
        Blanks(SLIP, OLD_BOOK, "A", days.last, 10_000, 10_000),
    ]


def _receipts(before: Settings, days: Days, month: Month) -> None:
    """Receipts of cash customers; the third of the book is in nobody's hands."""
    for place, (customer, amount) in enumerate(_PAID):
        number = _FIRST_RECEIPT + place + (place >= _LOST)
        day = days.operating[place]
        month.receipts.append(
            Receipt(before.receipt_no(number), "62", day, customer, amount, words(amount), "现金", "林晓")
        )
    first, last, issued = _FIRST_RECEIPT, _FIRST_RECEIPT + 49, days.operating[0]
    month.books.append(Book(RECEIPT, "62", "", first, last, before.receipt_width, "林晓", issued, None, "林晓"))
    month.blanks.append(Blanks(RECEIPT, "62", "林晓", days.last, first + len(_PAID) + 1, last))


def _claims(before: Settings, days: Days, month: Month) -> None:
    """Claims paid in cash, each with its invoice."""
    for place, (who, item, seller, amount) in enumerate(_SPENT):
        number, day = before.document_no("BX", place + 1), days.operating[place + 2]
        invoice = f"{before.yy}442000000088{place + 1:06d}41"[:20]
        net = amount - amount * 13 // 113
        own, paid = "内部成本", "现金"
        month.claims.append(
            Claim(number, day, who, who, False, own, own, item, amount, amount, paid, 1, invoice, "陈立")
        )
        month.invoices.append(
            Invoice(
                number=invoice,
                date=day,
                seller=seller,
                buyer=before.company,
                item=item,
                net=net,
                rate=13,
                tax=amount - net,
                total=amount,
                claim_no=number,
                status="正常",
                positive=True,
                pdf=False,
            )
        )


def _money(days: Days, month: Month, following: Month) -> None:
    """Bank, wallet and till, which close on what the following month opens with; what that has outstanding is so
    already."""
    for account, place, amount, party, text in _MOVED:
        day = days.working()[place]
        tag = f"{account}-{place}"
        month.bank.append(BankLine(account, day, "", amount, tag, party, "转账" if party else "手续费", text))
        contra = "应收账款" if amount > 0 else "财务费用"
        month.ledger.append(LedgerLine(account, day, amount, tag, party, text, contra))
    settle_banks(month)
    for account, closing in following.ledger_opening.items():
        moved = sum(line.amount for line in month.ledger if line.account == account)
        month.ledger_opening[account] = closing - moved
        month.bank_opening[account] = following.bank_opening[account] - moved
    month.outstanding = list(following.outstanding)
    for receipt in month.receipts:
        payer, document = month.name(receipt.customer), f"收据{receipt.number}"
        month.cash.append(CashLine(receipt.date, receipt.amount, "收运费", payer, "应收账款", document))
    for claim in month.claims:
        month.cash.append(
            CashLine(claim.date, -claim.paid, f"报销{claim.item}", claim.payee, "管理费用", claim.number)
        )
    month.cash.sort(key=lambda line: line.date)
    month.cash_opening = following.cash_opening - sum(line.amount for line in month.cash)
    month.count = CashCount(days.last, days.last, "林晓", "赵敏", following.cash_opening)


def _bills(before: Settings, days: Days, month: Month) -> None:
    """A bill for each customer and currency, whose closing balance the next month's opens with."""
    closings: dict[tuple[str, str], int] = defaultdict(int)
    for customer, currency, _, arrears, credit in PRIOR:
        closings[customer, currency] += arrears - credit
    for (customer, currency), closing in closings.items():
        terms = next(each.terms for each in month.customers if each.id == customer)
        number = f"ZD{before.yymm}-{customer}" + ("" if currency == "CNY" else "-USD")
        bill = Bill(number, customer, currency, days.after(2), days.last + timedelta(days=terms), 0, 0)
        if currency == "CNY":
            bill.lines = [slip_line(slip) for slip in month.slips if slip.customer == customer]
            bill.credits = list(_credits(month, customer))
        paid, charged = (sum(each.amount for each in rows) for rows in (bill.credits, bill.lines))
        bill.arrears = closing - charged + paid
        month.bills.append(bill)
        month.prior.append(PriorBalance(customer, currency, f"{days.before(1):%Y-%m}", bill.arrears, 0, days.last, ""))
    total_bills(month)


def _credits(month: Month, customer: str) -> Iterator[Credit]:
    """What a customer paid: by receipt, and into the bank."""
    for receipt in month.receipts:
        if receipt.customer == customer:
            payer = month.name(customer)
            yield Credit(receipt.date, receipt.mode, receipt.amount, f"收据{receipt.number}", payer)
    for line in month.bank:
        if line.amount > 0 and line.counterparty == month.name(customer):
            bank = {"ICBC": "工行", "CCB": "建行"}[line.account]
            yield Credit(line.date, "银行", line.amount, f"{bank}{line.date:%m%d}", line.counterparty)
