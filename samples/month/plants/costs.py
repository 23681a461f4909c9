"""Planted in expenses, invoices, purchases, provider bills, PODs and orders (D16, P, L, O, V)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from month.amounts import half_up
from month.expenses import INTERNAL
from month.freight import price
from month.plants.registry import Change, Stage, plant
from month.records import Claim, Invoice, Pod, ProviderLine


def _claim(change: Change, number: int) -> Claim:
    return next(each for each in change.month.claims if each.number == change.document("BX", number))


def _invoice(change: Change, number: int) -> Invoice:
    return next(each for each in change.month.invoices if each.claim_no == change.document("BX", number))


@plant("EXP-02", Stage.VOUCHERS)
def paid_too_much(change: Change) -> None:
    """A voucher of 906.00 is paid with 960.00."""
    claim, invoice = _claim(change, 11), _invoice(change, 11)
    claim.amount -= 5_400
    invoice.total = claim.amount
    invoice.net = half_up(Fraction(invoice.total * 100, 100 + invoice.rate))
    invoice.tax = invoice.total - invoice.net
    change.expect(claim.number, claim.paid - claim.amount)


@plant("EXP-03", Stage.VOUCHERS)
def nothing_attached(change: Change) -> None:
    """A voucher has no invoice."""
    claim = _claim(change, 3)
    change.month.invoices.remove(_invoice(change, 3))
    claim.attachments, claim.invoice_no = 0, ""
    change.expect(claim.number, amount=claim.amount)


@plant("EXP-04", Stage.VOUCHERS)
def invoice_used_twice(change: Change) -> None:
    """Two vouchers rest on one invoice."""
    first, second = _claim(change, 6), _claim(change, 14)
    change.month.invoices.remove(_invoice(change, 14))
    second.invoice_no, second.payee, second.company = first.invoice_no, first.payee, first.company
    change.expect(f"{first.number}/{second.number[-3:]}", second.amount)


@plant("EXP-05", Stage.VOUCHERS)
def wrong_class(change: Change) -> None:
    """Loading is reported as internal cost."""
    claim = _claim(change, 7)
    claim.stated_class = INTERNAL
    change.expect(claim.number, amount=claim.amount)


@plant("EXP-06", Stage.BOOKS)
def summary_wrong(change: Change) -> None:
    """The summary's total is 100.00 above its lines."""
    count, amount = change.month.summary["合计"]
    change.month.summary["合计"] = count, amount + 10_000
    change.expect("summary", 10_000)


@plant("EXP-07", Stage.VOUCHERS)
def claim_not_approved(change: Change) -> None:
    """Nobody approved a voucher."""
    claim = _claim(change, 12)
    claim.approver = ""
    change.expect(claim.number, amount=claim.amount)


@plant("EXP-08", Stage.VOUCHERS)
def wrong_title(change: Change) -> None:
    """An invoice is made out to another name than the company's."""
    invoice = _invoice(change, 5)
    invoice.buyer = "深圳捷远国际货代公司"
    change.expect(invoice.claim_no, amount=invoice.total)


@plant("INV-01", Stage.VOUCHERS)
def does_not_add_up(change: Change) -> None:
    """Net and tax add up to 1.00 more than the printed total."""
    invoice = _invoice(change, 12)
    invoice.net += 100
    change.expect(invoice.claim_no, invoice.total - invoice.net - invoice.tax)


@plant("INV-03", Stage.VOUCHERS)
def number_too_short(change: Change) -> None:
    """An invoice number has nineteen figures."""
    claim, invoice = _claim(change, 15), _invoice(change, 15)
    claim.invoice_no = invoice.number = invoice.number[:9] + invoice.number[10:]
    change.expect(claim.number, amount=invoice.total)


@plant("INV-07", Stage.VOUCHERS)
def red_flushed(change: Change) -> None:
    """The seller took an invoice back two days after it was reimbursed."""
    invoice = _invoice(change, 13)
    invoice.status = "已红冲"
    number = f"{change.settings.yy}442000000{300_000_731:09d}"
    change.month.invoices.append(
        replace(
            invoice,
            number=number,
            date=change.days.on(28),
            net=-invoice.net,
            tax=-invoice.tax,
            total=-invoice.total,
            claim_no="",
            status="正常",
            positive=False,
            red_of=invoice.number,
            remark=f"被红冲蓝字数电发票号码：{invoice.number}",
        )
    )
    change.expect(invoice.claim_no, amount=invoice.total)


@plant("PUR-01")
def delivered_late(change: Change) -> None:
    """Cartons due on 10-15 came on 10-23."""
    order, goods = change.month.orders[0], change.month.goods[0]
    goods.date = change.days.on(23)
    change.month.statements[0].date = goods.date
    change.expect_count(order.number, (goods.date - order.due).days)


@plant("PUR-02")
def received_less(change: Change) -> None:
    """200 rolls are invoiced, 180 were received."""
    goods, statement = change.month.goods[1], change.month.statements[1]
    goods.quantity = 180
    change.expect(goods.po_no, (statement.quantity - goods.quantity) * statement.price)


@plant("PUR-03")
def dearer_than_ordered(change: Change) -> None:
    """Cartons ordered at 3.05 are invoiced at 3.20."""
    order, statement = change.month.orders[0], change.month.statements[0]
    statement.price = 320
    change.expect(order.number, (statement.price - order.price) * statement.quantity)


@plant("PUR-04")
def billed_never_dispatched(change: Change) -> None:
    """P1 bills a waybill that was never dispatched."""
    waybill = f"ST{change.settings.yymm}000911"
    line = ProviderLine("P1", change.days.on(22), waybill, 2, 145, 532, 7_714, 926, 8_640)
    change.month.provider_lines.append(line)
    change.expect(f"P1/{waybill}", line.amount)


@plant("PUR-05")
def dispatched_not_billed(change: Change) -> None:
    """P2 does not bill a waybill that was dispatched."""
    slip = change.month.slip(243)
    line = next(each for each in change.month.provider_lines if each.waybill == slip.waybill)
    change.month.provider_lines.remove(line)
    change.expect(f"P2/{slip.waybill}", -line.amount)


@plant("PUR-06")
def heavier_than_dispatched(change: Change) -> None:
    """P5 bills 58.5 kg; 48.5 kg were dispatched."""
    slip = change.month.slip(313)
    line = next(each for each in change.month.provider_lines if each.waybill == slip.waybill)
    before = line.amount
    line.charge += 100
    line.freight, line.fuel = price(line.charge // 5, line.rate, slip.fuel_rate)
    line.amount = line.freight + line.fuel
    change.expect(f"P5/{slip.waybill}", line.amount - before)


@plant("PUR-07")
def nothing_requested(change: Change) -> None:
    """An order due on 10-25 has no payment request."""
    order = change.month.orders[4]
    change.month.requests = [each for each in change.month.requests if each.po_no != order.number]
    change.expect(order.number, amount=order.quantity * order.price)


@plant("PUR-09")
def rejects_not_deducted(change: Change) -> None:
    """6 of 80 pallets were rejected and not deducted."""
    goods, statement = change.month.goods[2], change.month.statements[2]
    goods.rejected = 6
    change.expect(goods.po_no, goods.rejected * statement.price)


def _pod(change: Change, count: int) -> Pod:
    waybill = f"YT{change.settings.yymm}{count:05d}"
    return next(each for each in change.month.pods if each.waybill == waybill)


def _keep_back(change: Change, count: int) -> None:
    pod = _pod(change, count)
    pod.returned = pod.handed = pod.signed = pod.signed_pieces = None
    pod.signed_by, pod.status = "", "未回"
    change.expect(pod.waybill)


@plant("POD-01-C05")
def pod_overdue_c05(change: Change) -> None:
    """A POD of C05 is overdue."""
    _keep_back(change, 21)


@plant("POD-01-C02")
def pod_overdue_c02(change: Change) -> None:
    """A POD of C02 is overdue."""
    _keep_back(change, 31)


@plant("POD-02")
def pod_unsigned(change: Change) -> None:
    """A POD came back unsigned."""
    pod = _pod(change, 37)
    pod.signed, pod.signed_by, pod.signed_pieces, pod.handed = None, "", None, None
    pod.status, pod.remark = "已回", "无收货人签字"
    change.expect(pod.waybill)


@plant("POD-03")
def pod_pieces_differ(change: Change) -> None:
    """8 of 9 pieces were signed for."""
    pod = _pod(change, 48)
    pod.signed_pieces = pod.pieces - 1
    change.expect_count(pod.waybill, -1)


@plant("DLV-03")
def note_not_returned(change: Change) -> None:
    """A delivery note did not come back."""
    note = next(each for each in change.month.notes if each.number == change.document("SD", 7))
    note.returned, note.signed_by = None, ""
    change.expect(note.number)


@plant("ORD-02")
def shipped_unpaid(change: Change) -> None:
    """An order was shipped before its balance was paid."""
    month, order = change.month, change.month.sales[0]
    month.bank.remove(month.bank_line("BOC", "C08-27"))
    line = month.ledger_line("BOC", "C08-27")
    month.ledger.remove(line)
    bill = month.bill("C08")
    bill.credits = [each for each in bill.credits if each.date != line.date]
    order.balance_received = None
    change.expect(order.number, amount=order.amount - order.deposit, currency="USD")
