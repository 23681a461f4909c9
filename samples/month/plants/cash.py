"""Planted in receipts, the cash journal and the count (D14, D15)."""

from __future__ import annotations

from month.amounts import words
from month.plants.registry import Change, Stage, plant
from month.records import CashLine


def _posted(change: Change, number: int) -> CashLine:
    text = f"收据{change.settings.receipt_no(number)}"
    return next(line for line in change.month.cash if line.document == text)


@plant("RCT-01")
def number_missing(change: Change) -> None:
    """A receipt number is missing: neither used nor void."""
    month, number = change.month, change.settings.receipt_no(3142)
    month.receipts = [each for each in month.receipts if each.number != number]
    month.voids = [each for each in month.voids if each.number != number]
    for receipt in month.receipts:
        if receipt.replaces == number:
            receipt.replaces = ""
    change.expect(number)


@plant("RCT-02")
def void_not_registered(change: Change) -> None:
    """A void receipt is not in the void register."""
    number = change.settings.receipt_no(3158)
    change.month.voids = [each for each in change.month.voids if each.number != number]
    change.expect(number)


@plant("RCT-03")
def void_copy_missing(change: Change) -> None:
    """The customer's copy of a void receipt is missing."""
    number = change.settings.receipt_no(3126)
    entry = next(each for each in change.month.voids if each.number == number)
    entry.copies, entry.missing = 2, "客户联"
    next(each for each in change.month.receipts if each.number == number).copies = 2
    change.expect(number)


@plant("RCT-05", Stage.VOUCHERS)
def stray_receipt(change: Change) -> None:
    """何军 used a receipt of a book that was never issued."""
    month, stray = change.month, change.settings.receipt_no(3388)
    receipt = max((each for each in month.receipts if each.book == "65"), key=lambda each: each.number)
    blanks = next(each for each in month.blanks if each.book_no == "65")
    blanks.first = int(receipt.number)
    receipt.number, receipt.book = stray, "68"
    change.expect(stray, amount=receipt.amount)


@plant("RCT-06")
def not_posted(change: Change) -> None:
    """A cash receipt is not in the journal."""
    line = _posted(change, 3148)
    change.month.cash.remove(line)
    change.expect(change.settings.receipt_no(3148), -line.amount)


@plant("RCT-07")
def posted_without_receipt(change: Change) -> None:
    """The journal cites a receipt that is still blank."""
    number = change.settings.receipt_no(3190)
    change.month.cash.append(
        CashLine(change.days.on(26), 42_000, "收运费", change.month.name("C10"), "应收账款", f"收据{number}")
    )
    change.expect(number, 42_000)


@plant("RCT-08")
def posted_wrongly(change: Change) -> None:
    """571.11 is posted as 517.11."""
    line = _posted(change, 3143)
    line.amount -= 5_400
    change.expect(change.settings.receipt_no(3143), -5_400)


@plant("RCT-09")
def words_differ(change: Change) -> None:
    """A receipt's words say 18.00 less than its figures."""
    receipt = change.month.receipt(change.settings.receipt_no(3160))
    receipt.words = words(receipt.amount - 1_800)
    change.expect(receipt.number, -1_800)


@plant("RCT-10")
def posted_late(change: Change) -> None:
    """A receipt of 10-15 is posted on 10-21."""
    line = _posted(change, 3127)
    line.date = change.days.on(21)
    change.expect(change.settings.receipt_no(3127), amount=line.amount)


@plant("CSH-02")
def paid_without_voucher(change: Change) -> None:
    """Wages of casual workers are paid in cash without a voucher."""
    day = change.days.on(24)
    change.month.cash.append(CashLine(day, -50_000, "付临时工费", "", "管理费用", ""))
    change.expect(f"{day:%m-%d}", -50_000)


def _count_key(change: Change) -> str:
    return f"{change.days.last:%m-%d} count"


@plant("CSH-03")
def cash_short(change: Change) -> None:
    """The till is 35.00 short."""
    if change.month.count:
        change.month.count.short = 3_500
    change.expect(_count_key(change), -3_500)


@plant("CSH-06")
def iou_in_till(change: Change) -> None:
    """An IOU of the driver lies in the till."""
    if change.month.count:
        change.month.count.iou, change.month.count.iou_by = 200_000, "张伟"
        change.month.count.iou_date = change.days.on(29)
    change.expect(_count_key(change), amount=200_000)


@plant("CSH-08", Stage.CLOSING)
def above_the_limit(change: Change) -> None:
    """The till opened with 1,000.00 more and held 14,870.43 on 10-09, above the limit of 14,000.00."""
    day = change.days.on(9)
    change.month.cash_opening += 100_000
    balance = change.month.cash_opening + sum(line.amount for line in change.month.cash if line.date <= day)
    change.expect(f"{day:%m-%d}", balance - 1_400_000)


@plant("CSH-09", Stage.VOUCHERS)
def company_paid_in_cash(change: Change) -> None:
    """A company got 1,680.00 in cash."""
    claim = next(each for each in change.month.claims if each.number == change.document("BX", 9))
    invoice = next(each for each in change.month.invoices if each.claim_no == claim.number)
    claim.payee, claim.company = invoice.seller, True
    change.expect(claim.number, amount=claim.paid)


@plant("CSH-10", Stage.CLOSING)
def balance_misprinted(change: Change) -> None:
    """The journal's last balance of 10-28 is 100.00 too high."""
    day = change.days.on(28)
    next(line for line in reversed(change.month.cash) if line.date == day).misprint = 10_000
    change.expect(f"{day:%m-%d}", 10_000)


@plant("CSH-11")
def not_witnessed(change: Change) -> None:
    """Nobody signed the count as witness."""
    if change.month.count:
        change.month.count.witness = ""
    change.expect(_count_key(change))
