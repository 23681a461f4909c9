"""Receipts of the cash customers, and the cash journal with its deposits and the count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from month.amounts import words
from month.bookkeeping import keep_receipt_books
from month.days import STORY_DAYS, Days
from month.records import CashCount, CashLine, Claim, Credit, Deposit, Month, Receipt
from month.settings import Settings

CASH_CUSTOMERS = ("C09", "C10", "C11", "C12")
VOID_RECEIPTS = (3117, 3126, 3142, 3158)
SALESMAN, SALESMAN_FROM, SALESMAN_FIRST = "C12", 20, 3201
DEPOSITS = ((10, 980_000), (16, 800_000), (23, 700_000), (30, 800_000))
OPENING = 1_135_000
TOGETHER = ((3150, 3203),)  # receipts posted to the journal in one line


@dataclass(frozen=True, slots=True)
class _Taken:
    number: int
    book: str
    cashier: str


def write_receipts(settings: Settings, days: Days, month: Month) -> None:
    """One receipt for each cash customer and day; what it was paid by follows from customer and day."""
    clerk, salesman = 3101, SALESMAN_FIRST
    for place, day in enumerate(days.operating):
        for customer in CASH_CUSTOMERS:
            amount = sum(slip.amount for slip in month.slips if slip.date == day and slip.customer == customer)
            if not amount:
                continue
            mode = "现金" if (int(customer[1:]) + place) % 3 == 0 else "支付宝"
            replaces = ""
            if customer == SALESMAN and STORY_DAYS[place] >= SALESMAN_FROM:
                taken = _Taken(salesman, "65", "何军")
                salesman += 1
            else:
                if clerk in VOID_RECEIPTS:
                    replaces = settings.receipt_no(clerk)
                    month.receipts.append(
                        _receipt(settings, _Taken(clerk, _book(clerk), "林晓"), day, customer, amount, mode, True)
                    )
                    clerk += 1
                taken = _Taken(clerk, _book(clerk), "林晓")
                clerk += 1
            receipt = _receipt(settings, taken, day, customer, amount, mode, False)
            receipt.replaces = replaces
            month.receipts.append(receipt)
    last_of = {each.book: each.date for each in month.receipts if int(each.number) % 50 == 0}
    books = {
        "63": (3101, "林晓", days.operating[0]),
        "64": (3151, "林晓", last_of.get("63", days.operating[0])),
        "65": (SALESMAN_FIRST, "何军", days.on(SALESMAN_FROM)),
    }
    keep_receipt_books(settings, days, month, books)


def _book(number: int) -> str:
    return str(63 + (number - 3101) // 50)


def _receipt(
    settings: Settings, taken: _Taken, day: date, customer: str, amount: int, mode: str, void: bool
) -> Receipt:
    number = settings.receipt_no(taken.number)
    return Receipt(number, taken.book, day, customer, amount, words(amount), mode, taken.cashier, void=void)


def credit_receipts(month: Month) -> None:
    """Each receipt is a payment on its customer's bill."""
    for receipt in month.receipts:
        if not receipt.void:
            month.bill(receipt.customer).credits.append(
                Credit(
                    receipt.date, receipt.mode, receipt.amount, f"收据{receipt.number}", month.name(receipt.customer)
                )
            )


def keep_cash(settings: Settings, days: Days, month: Month) -> None:
    """The cash journal: receipts, reimbursements paid in cash, deposits; and the count of the till."""
    month.cash_opening = OPENING
    month.deposits = [
        Deposit(settings.document_no("JK", number), days.on(day), amount)
        for number, (day, amount) in enumerate(DEPOSITS, start=1)
    ]
    month.cash = journal(settings, month)
    month.count = CashCount(days.last, days.last, "林晓", "赵敏")


def journal(settings: Settings, month: Month) -> list[CashLine]:
    """The journal's lines in order: deposits first where the till holds enough, then payments, then receipts."""
    lines: list[CashLine] = []
    balance = month.cash_opening
    cash_dates = [each.date for each in month.receipts] + [each.date for each in month.claims]
    for day in sorted(set(cash_dates)):
        deposits = [_deposit(settings, each) for each in month.deposits if each.date == day]
        payments = [_payment(each) for each in month.claims if each.date == day and each.mode == "现金"]
        receipts = _receipt_lines(settings, month, day)
        enough = balance + sum(each.amount for each in [*deposits, *payments]) >= 0
        today = [*deposits, *payments, *receipts] if enough else [*payments, *receipts, *deposits]
        lines += today
        balance += sum(each.amount for each in today)
    return lines


def _deposit(settings: Settings, deposit: Deposit) -> CashLine:
    return CashLine(deposit.date, -deposit.amount, "缴存工行", settings.company, "银行存款-工行", deposit.number)


def _payment(claim: Claim) -> CashLine:
    contra = "主营业务成本-运费" if claim.true_class == "运费" else "管理费用"
    return CashLine(claim.date, -claim.paid, f"报销{claim.item}", claim.payee, contra, claim.number)


def _receipt_lines(settings: Settings, month: Month, day: date) -> list[CashLine]:
    lines: list[CashLine] = []
    receipts = {
        each.number: each for each in month.receipts if each.date == day and each.mode == "现金" and not each.void
    }
    followers = {settings.receipt_no(second): settings.receipt_no(first) for first, second in TOGETHER}
    leaders = {first: second for second, first in followers.items()}
    for number, receipt in receipts.items():
        if followers.get(number) in receipts:
            continue
        amount, document, payer = receipt.amount, f"收据{number}", month.name(receipt.customer)
        other = receipts.get(leaders.get(number, ""))
        if other:
            amount, document, payer = amount + other.amount, f"{document}、{other.number}", ""
        lines.append(CashLine(day, amount, "收运费", payer, "应收账款", document))
    return lines
