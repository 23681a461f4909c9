"""Planted in openings, closings, the package of the month and the accountant's books (D01, D17, ageing, ACC)."""

from __future__ import annotations

from month.plants.registry import Change, Stage, plant


@plant("ARB-01", Stage.TOTALS)
def opening_mistyped(change: Change) -> None:
    """C04's bill opens with two figures turned round."""
    change.month.bill("C04").arrears -= 18_000
    change.expect("C04", -18_000)


@plant("ARB-02", Stage.TOTALS)
def arrears_dropped(change: Change) -> None:
    """C06's arrears of August are not carried into its bill."""
    change.month.bill("C06").arrears -= 321_500
    change.expect("C06", -321_500)


@plant("ARB-03", Stage.TOTALS)
def credit_dropped(change: Change) -> None:
    """C05's credit of September is not deducted."""
    bill = change.month.bill("C05")
    change.expect("C05", bill.credit)
    bill.credit = 0


@plant("ARB-04", Stage.TOTALS)
def arrears_of_another(change: Change) -> None:
    """C12's arrears are printed on C11's bill."""
    own, other = change.month.bill("C12"), change.month.bill("C11")
    change.expect("C12->C11", amount=own.arrears)
    own.arrears, other.arrears = 0, other.arrears + own.arrears


@plant("ARB-05", Stage.CLOSING)
def closing_wrong(change: Change) -> None:
    """C08's stated closing is 100.00 above its roll-forward."""
    change.month.bill("C08").closing += 10_000
    change.expect("C08", 10_000)


def _due_a_month_ago(change: Change, customer: str) -> None:
    item = next(each for each in change.month.prior if each.customer == customer)
    item.due, item.remark = change.days.before(1), ""


@plant("AGE-01-C06", Stage.BOOKS)
def overdue_c06(change: Change) -> None:
    """C06 has not paid its August bill, due at the end of September."""
    _due_a_month_ago(change, "C06")
    change.expect("C06 Aug bill", amount=321_500)


@plant("AGE-01-C12", Stage.BOOKS)
def overdue_c12(change: Change) -> None:
    """C12, a cash customer, has not paid what it owed at the end of September."""
    _due_a_month_ago(change, "C12")
    change.expect("C12", amount=86_000)


@plant("PKG-03", Stage.CLOSING)
def not_in_archive(change: Change) -> None:
    """C10's bill is not in the archive of bills."""
    change.month.zipped.remove(change.month.bill("C10").number)
    change.expect("C10")


@plant("PKG-05")
def problem_not_counted(change: Change) -> None:
    """A problem shipment is missing in the statistics."""
    number = change.document("LL", 16)
    change.month.problems = [each for each in change.month.problems if each.memo_no != number]
    change.expect_count("问题件", -1)


@plant("ACC-01", Stage.CLOSING)
def control_differs(change: Change) -> None:
    """The control account of receivables is 1,200.00 above the bills."""
    change.month.control_error = 120_000
    change.expect("1122", 120_000)


@plant("ACC-02", Stage.CLOSING)
def voucher_skipped(change: Change) -> None:
    """Voucher number 47 is missing."""
    change.month.skipped_voucher = 47
    change.expect("记-0047")


@plant("GEN-04", Stage.CLOSING)
def on_a_sunday(change: Change) -> None:
    """A voucher is dated on a Sunday."""
    change.month.sunday_voucher = True
    change.expect("记-0031")
