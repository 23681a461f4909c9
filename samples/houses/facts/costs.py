"""Facts of expenses, provider bills, purchases, orders, proofs of delivery, and the accountant's books."""

from __future__ import annotations

from month.amounts import tenths, words, yuan
from month.ledgers import NAMES
from month.parties import OTHERS
from month.write.forms import tax_id_of

from houses.facts.freight import PROVIDER_NAMES, FreightFacts, Row
from houses.facts.masters import ACCOUNT

SUPPLIERS = {each.id: each.name for each in OTHERS}


class CostFacts(FreightFacts):
    """What the company buys and pays, what is delivered, and how the month is closed."""

    def claims(self) -> list[Row]:
        """Reimbursement vouchers."""
        return [
            {
                "claim_no": claim.number,
                "date": claim.date,
                "claimant": claim.claimant,
                "payee": claim.payee,
                "payee_kind": "单位" if claim.company else "个人",
                "class": claim.stated_class,
                "item": claim.item,
                "amount": yuan(claim.amount),
                "words": words(claim.amount),
                "pay_mode": claim.mode,
                "attachments": claim.attachments,
                "invoice_no": claim.invoice_no,
                "approver": claim.approver,
            }
            for claim in self.month.claims
        ]

    def invoices(self) -> list[Row]:
        """Invoices, those that lie in the folder as documents of their own too."""
        return [
            {
                "invoice_no": each.number,
                "date": each.date,
                "seller": each.seller,
                "seller_tax_id": tax_id_of(each.seller),
                "buyer": each.buyer,
                "buyer_tax_id": self.settings.tax_id,
                "item": each.item,
                "net": yuan(each.net),
                "tax_rate": f"{each.rate}%",
                "tax": yuan(each.tax),
                "total": yuan(each.total),
                "words": ("（负数）" if each.total < 0 else "") + words(abs(each.total)),
                "source": "电子发票服务平台",
                "kind": "数电发票（普通发票）",
                "status": each.status,
                "positive": "是" if each.positive else "否",
                "red_of": each.red_of,
                "claim_no": each.claim_no,
                "remark": each.remark,
            }
            for each in self.settings.order.of(self.month.invoices)
        ]

    def provider_lines(self, provider: str) -> list[Row]:
        """A provider's bill."""
        return [
            {
                "bill_no": f"{line.provider}-{self.settings.yymm}",
                "provider": PROVIDER_NAMES[line.provider],
                "date": line.date,
                "waybill_no": line.waybill,
                "pieces": line.pieces,
                "charge_weight": tenths(line.charge),
                "rate": yuan(line.rate),
                "freight": yuan(line.freight),
                "fuel": yuan(line.fuel),
                "amount": yuan(line.amount),
            }
            for line in self.settings.order.of([x for x in self.month.provider_lines if x.provider == provider])
        ]

    def cod(self) -> list[Row]:
        """Cash on delivery."""
        return [
            {
                "waybill_no": entry.waybill,
                "slip_no": entry.slip_no,
                "customer": self.month.name(entry.customer),
                "provider": PROVIDER_NAMES[entry.provider],
                "amount": yuan(entry.amount),
                "collected": entry.collected,
                "remitted": entry.remitted,
                "remitted_amount": yuan(entry.amount) if entry.remitted else None,
                "passed_on": entry.passed_on,
            }
            for entry in self.settings.order.of(self.month.cod)
        ]

    def orders(self) -> list[Row]:
        """Purchase orders."""
        return [
            {
                "po_no": line.number,
                "date": line.date,
                "supplier": SUPPLIERS[line.supplier],
                "item": line.item,
                "unit": line.unit,
                "quantity": line.quantity,
                "price": yuan(line.price),
                "amount": yuan(line.quantity * line.price),
                "due": line.due,
                "pay_due": line.pay_due,
            }
            for line in self.settings.order.of(self.month.orders)
        ]

    def goods(self) -> list[Row]:
        """Goods received."""
        return [
            {
                "receipt_no": each.number,
                "date": each.date,
                "po_no": each.po_no,
                "supplier": SUPPLIERS[each.supplier],
                "item": each.item,
                "quantity": each.quantity,
                "rejected": each.rejected,
            }
            for each in self.settings.order.of(self.month.goods)
        ]

    def requests(self) -> list[Row]:
        """Requests for funds."""
        return [
            {
                "request_no": each.number,
                "date": each.date,
                "payee": each.payee,
                "po_no": each.po_no,
                "amount": yuan(each.amount),
                "currency": each.currency,
                "due": each.due,
                "purpose": each.purpose,
                "approver": "吴国平",
            }
            for each in self.settings.order.of(self.month.requests)
        ]

    def statements(self, supplier: str) -> list[Row]:
        """A supplier's statement."""
        return [
            {
                "supplier": SUPPLIERS[line.supplier],
                "date": line.date,
                "po_no": line.po_no,
                "invoice_no": line.invoice_no,
                "item": line.item,
                "quantity": line.quantity,
                "price": yuan(line.price),
                "amount": yuan(line.quantity * line.price),
                "deducted": yuan(line.deducted),
            }
            for line in self.settings.order.of([x for x in self.month.statements if x.supplier == supplier])
        ]

    @property
    def supplier_ids(self) -> list[str]:
        """The suppliers that sent statements."""
        return sorted({line.supplier for line in self.month.statements})

    def sales(self) -> list[Row]:
        """Customers' orders."""
        return [
            {
                "order_no": sale.number,
                "date": sale.date,
                "customer": self.month.name(sale.customer),
                "item": sale.item,
                "amount": yuan(sale.amount),
                "currency": sale.currency,
                "deposit": yuan(sale.deposit),
                "deposit_received": sale.deposit_received,
                "balance": yuan(sale.amount - sale.deposit),
                "balance_received": sale.balance_received,
                "released": sale.released,
                "shipped": sale.shipped,
                "delivery": sale.delivery,
            }
            for sale in self.settings.order.of(self.month.sales)
        ]

    def notes(self) -> list[Row]:
        """Delivery notes."""
        return [
            {
                "note_no": note.number,
                "date": note.date,
                "order_no": note.order_no,
                "customer": self.month.name(note.customer),
                "prepared": note.prepared,
                "signed": note.signed if note.returned else None,
                "signed_by": note.signed_by,
                "returned": note.returned,
            }
            for note in self.settings.order.of(self.month.notes)
        ]

    def pods(self) -> list[Row]:
        """Proofs of delivery."""
        return [
            {
                "waybill_no": pod.waybill,
                "customer": self.month.name(pod.customer),
                "shipped": pod.shipped,
                "pieces_shipped": pod.pieces,
                "due": pod.due,
                "returned": pod.returned,
                "signed_by": pod.signed_by,
                "signed": pod.signed,
                "pieces": pod.signed_pieces,
                "status": pod.status,
                "handed": pod.handed,
                "remark": pod.remark,
            }
            for pod in self.settings.order.of(self.month.pods)
        ]

    def summary(self) -> list[Row]:
        """The sums of the reimbursements by class, as the sheet states them."""
        return [
            {"class": name, "claims": claims, "amount": yuan(amount)}
            for name, (claims, amount) in self.month.summary.items()
        ]

    def closings(self) -> list[Row]:
        """The sheet of bank and cash balances."""
        return [
            {
                "account": ACCOUNT[line.account].name,
                "account_id": line.account,
                "date": self.days.last,
                "currency": ACCOUNT[line.account].currency,
                "opening": yuan(line.opening),
                "money_in": yuan(line.money_in),
                "money_out": yuan(line.money_out),
                "closing": yuan(line.closing),
            }
            for line in self.settings.order.of(self.month.closings)
        ]

    def stock(self) -> list[Row]:
        """The count at the end of the month."""
        return [
            {
                "item": line.item,
                "unit": line.unit,
                "book": line.book,
                "counted": line.counted,
                "difference": line.counted - line.book,
            }
            for line in self.settings.order.of(self.month.stock)
        ]

    def vouchers(self) -> list[Row]:
        """Lines of the journal vouchers."""
        return [
            {
                "voucher_no": line.number,
                "date": line.date,
                "summary": line.summary,
                "account_code": line.account,
                "account_name": NAMES[line.account],
                "debit": yuan(line.amount) if line.amount > 0 else None,
                "credit": yuan(-line.amount) if line.amount < 0 else None,
                "currency": line.currency,
                "attachments": line.attachments,
                "preparer": "赵敏",
                "reviewer": "陈立",
            }
            for line in self.settings.order.of(self.month.vouchers)
        ]

    def trial(self) -> list[Row]:
        """The trial balance."""
        return [
            {
                "account_code": line.account,
                "account_name": NAMES[line.account],
                "currency": line.currency,
                "opening": yuan(line.opening),
                "debit": yuan(line.debit),
                "credit": yuan(line.credit),
                "closing": yuan(line.closing),
            }
            for line in self.settings.order.of(self.month.trial)
        ]
