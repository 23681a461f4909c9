"""Planted in bills, memo charges, adjustments and the master bill (D08 to D11, cut-off)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from month.amounts import half_up
from month.bills import collect
from month.plants.registry import Change, Stage, plant
from month.records import BillLine


def _omit(change: Change, i: int) -> None:
    slip, line = change.month.slip(i), change.line(i)
    change.month.bill(slip.customer).lines.remove(line)
    change.expect(slip.number, -line.amount)


@plant("BIL-01-C08")
def not_billed_c08(change: Change) -> None:
    """A slip of C08 is on no bill."""
    _omit(change, 62)


@plant("BIL-01-C07")
def not_billed_c07(change: Change) -> None:
    """A slip of C07 is on no bill."""
    _omit(change, 267)


@plant("BIL-02")
def billed_without_slip(change: Change) -> None:
    """C01's bill has a line without a slip."""
    number, waybill = change.settings.slip_no(4888), f"ST{change.settings.yymm}000999"
    line = BillLine(
        change.days.on(26),
        "运费",
        "运费",
        36_800,
        number,
        waybill,
        "",
        "P1",
        "上海",
        1,
        freight=36_800,
        pay_mode="月结",
    )
    change.month.bill("C01").lines.append(line)
    change.expect(number, line.amount)


@plant("BIL-03")
def pieces_billed_wrongly(change: Change) -> None:
    """5 pieces are billed as 3."""
    line = change.line(322)
    line.pieces = 3
    change.expect_count(line.slip_no, 3 - change.month.slip(322).pieces)


@plant("BIL-04")
def amount_mistyped(change: Change) -> None:
    """3,989.90 is billed as 3,899.90."""
    line = change.line(118)
    line.amount -= 9_000
    change.expect(line.slip_no, -9_000)


@plant("BIL-05", Stage.TOTALS)
def total_mistyped(change: Change) -> None:
    """C04's heading says 9.00 less than its lines."""
    change.month.bill("C04").charges -= 900
    change.expect("C04", -900)


@plant("BIL-06")
def billed_twice(change: Change) -> None:
    """A slip stands twice on C05's bill."""
    line = change.line(353)
    lines = change.month.bill("C05").lines
    lines.insert(lines.index(line) + 1, replace(line))
    change.expect(line.slip_no, line.amount)


@plant("BIL-07")
def billed_to_another(change: Change) -> None:
    """A slip of C07 stands on C08's bill."""
    line = change.line(330)
    change.month.bill("C07").lines.remove(line)
    change.month.bill("C08").lines.append(line)
    change.expect(line.slip_no, amount=line.amount)


def _reprice(line: BillLine) -> None:
    """Freight and fuel of a line from its weight, rate and fuel rate."""
    line.freight = half_up(Fraction((line.charge or 0) * (line.rate or 0), 10))
    line.fuel = half_up(Fraction(line.freight * (line.fuel_rate or 0), 1000))
    line.amount = line.freight + line.fuel + (line.other or 0)


@plant("BIL-08")
def weight_wrong(change: Change) -> None:
    """66.0 kg are billed as 64.8 kg."""
    line = change.line(248)
    line.charge = 648
    _reprice(line)
    change.expect(line.slip_no, line.amount - change.month.slip(248).amount)


@plant("BIL-09")
def fuel_rate_wrong(change: Change) -> None:
    """Fuel is billed at 15.5 % instead of 18.5 %."""
    line = change.line(303)
    line.fuel_rate = 155
    _reprice(line)
    change.expect(line.slip_no, line.amount - change.month.slip(303).amount)


@plant("BIL-10")
def billed_as_collect(change: Change) -> None:
    """A slip with monthly payment is billed as collect, at 0.00."""
    line, slip = change.line(293), change.month.slip(293)
    collect(line)
    change.expect(line.slip_no, -slip.amount)


@plant("BIL-11")
def waybill_of_another(change: Change) -> None:
    """A bill prints a waybill number with two figures turned round; it is that of another slip."""
    line = change.line(367)
    line.waybill = change.month.slip(231).waybill
    change.expect(line.slip_no)


@plant("MBL-01")
def charge_forgotten(change: Change) -> None:
    """A memo's customs fee is not on C08's bill."""
    number = change.document("LL", 9)
    bill = change.month.bill("C08")
    bill.lines = [line for line in bill.lines if line.document_no != number]
    change.expect(number, -26_000)


@plant("MBL-02")
def charge_too_low(change: Change) -> None:
    """A memo's 350.00 are billed as 35.00."""
    number = change.document("LL", 11)
    next(line for line in change.month.bill("C02").lines if line.document_no == number).amount = 3_500
    change.expect(number, -31_500)


@plant("MBL-03")
def charge_without_memo(change: Change) -> None:
    """C03's bill has a surcharge that cites a memo that does not exist."""
    number = change.document("LL", 21)
    change.month.bill("C03").lines.append(BillLine(change.days.on(20), "联络单", "附加费", 12_000, document_no=number))
    change.expect(number, 12_000)


@plant("MBL-04")
def credited_twice(change: Change) -> None:
    """A memo's reduction of 300.00 stands twice on C05's bill."""
    number = change.document("LL", 10)
    lines = change.month.bill("C05").lines
    line = next(line for line in lines if line.document_no == number)
    lines.insert(lines.index(line) + 1, replace(line))
    change.expect(number, line.amount)


@plant("ADJ-01")
def adjusted_without_memo(change: Change) -> None:
    """C04's bill is adjusted without a memo."""
    slip = change.month.slip(285)
    change.month.bill("C04").lines.append(
        BillLine(
            slip.date, "调账", "调账", -28_000, slip.number, slip.waybill, "", slip.provider, slip.destination, i=slip.i
        )
    )
    change.expect(slip.number, -28_000)


@plant("ADJ-02")
def not_approved(change: Change) -> None:
    """An adjustment has neither approver nor evidence."""
    memo = change.month.adjustments[2]
    memo.approver = memo.role = memo.evidence = ""
    change.expect(memo.number, memo.new - memo.old)


@plant("ADJ-03")
def adjusted_too_much(change: Change) -> None:
    """The memo says -150.00, C05's bill -510.00."""
    memo = change.month.adjustments[3]
    next(line for line in change.month.bill("C05").lines if line.document_no == memo.number).amount = -51_000
    change.expect(memo.number, -51_000 - (memo.new - memo.old))


@plant("ADJ-04")
def not_applied(change: Change) -> None:
    """An approved adjustment is not on C06's bill."""
    memo, bill = change.month.adjustments[4], change.month.bill("C06")
    bill.lines = [line for line in bill.lines if line.document_no != memo.number]
    change.expect(memo.number, memo.old - memo.new)


@plant("ADJ-05")
def above_the_limit(change: Change) -> None:
    """The head of customer service approved 800.00; her limit is 500.00."""
    memo = change.month.adjustments[5]
    memo.approver, memo.role = "刘芳", "客服主管"
    change.expect(memo.number, memo.new - memo.old)


@plant("ADJ-06")
def after_the_bill(change: Change) -> None:
    """A memo is dated two days after the bill."""
    memo = change.month.adjustments[6]
    memo.date = change.days.after(4)
    change.expect(memo.number, memo.new - memo.old)


@plant("DAY-01", Stage.TOTALS)
def day_mistyped(change: Change) -> None:
    """3,485.91 is entered as 3,845.91 in the master bill."""
    day = change.days.on(20)
    change.month.master["C05", day] += 36_000
    change.expect(f"C05/{day:%m-%d}", 36_000)


@plant("DAY-02", Stage.TOTALS)
def day_blank(change: Change) -> None:
    """A day of C07 is blank in the master bill."""
    day = change.days.on(28)
    change.expect(f"C07/{day:%m-%d}", -change.month.master.pop(("C07", day)))


@plant("DAY-03", Stage.TOTALS)
def day_extra(change: Change) -> None:
    """The master bill has an amount of C03 on a Sunday."""
    change.month.master["C03", change.days.sunday] = 25_000
    change.expect(f"C03/{change.days.sunday:%m-%d}", 25_000)


@plant("DAY-04", Stage.TOTALS)
def column_misfooted(change: Change) -> None:
    """The master bill's total of 10-16 is 100.00 too high."""
    change.month.master_misfooted[change.days.on(16)] = 10_000
    change.expect(f"{change.days.on(16):%m-%d}", 10_000)


@plant("GEN-06")
def next_month(change: Change) -> None:
    """A slip of 11-02 stands on C06's October bill."""
    numbers = [
        each.number
        for each in change.month.slips
        if each.station == "C" and each.number.startswith(change.settings.slip_prefix)
    ]
    number = change.settings.slip_no(int(max(numbers).removeprefix(change.settings.slip_prefix)) + 1)
    day = change.days.after(1)
    waybill = f"ST{day:%y%m}000001"
    line = BillLine(day, "运费", "运费", 15_600, number, waybill, "", "P1", "北京", 2, freight=15_600, pay_mode="月结")
    change.month.bill("C06").lines.append(line)
    change.expect(number, line.amount)
