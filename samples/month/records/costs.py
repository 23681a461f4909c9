"""Expenses, invoices, provider bills, purchases and orders. Amounts in 分, weights in tenths of a kilogram."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(slots=True)
class Claim:
    """A reimbursement voucher; `paid` is what the books paid for it, `true_class` what it is for."""

    number: str
    date: datetime.date
    claimant: str
    payee: str
    company: bool
    true_class: str
    stated_class: str
    item: str
    amount: int
    paid: int
    mode: str
    attachments: int
    invoice_no: str
    approver: str


@dataclass(slots=True)
class Invoice:
    """An invoice. `pdf` says that it lies in the folder as a document of its own."""

    number: str
    date: datetime.date
    seller: str
    buyer: str
    item: str
    net: int
    rate: int
    tax: int
    total: int
    claim_no: str
    status: str = "正常"
    positive: bool = True
    red_of: str = ""
    remark: str = ""
    pdf: bool = False


@dataclass(slots=True)
class ProviderLine:
    """A line of a provider's bill."""

    provider: str
    date: datetime.date
    waybill: str
    pieces: int
    charge: int
    rate: int
    freight: int
    fuel: int
    amount: int


@dataclass(slots=True)
class Cod:
    """Cash on delivery: collected by the provider, remitted to the company, passed on to the customer."""

    waybill: str
    slip_no: str
    customer: str
    provider: str
    amount: int
    collected: datetime.date
    remitted: datetime.date | None
    passed_on: datetime.date | None


@dataclass(slots=True)
class Pod:
    """A proof of delivery."""

    waybill: str
    customer: str
    shipped: datetime.date
    pieces: int
    due: datetime.date
    signed: datetime.date | None
    signed_by: str
    signed_pieces: int | None
    returned: datetime.date | None
    handed: datetime.date | None
    status: str
    remark: str = ""


@dataclass(slots=True)
class PurchaseOrder:
    """A line of a purchase order."""

    number: str
    date: datetime.date
    supplier: str
    item: str
    unit: str
    quantity: int
    price: int
    due: datetime.date
    pay_due: datetime.date


@dataclass(slots=True)
class GoodsReceipt:
    """Goods received against a purchase order."""

    number: str
    date: datetime.date
    po_no: str
    supplier: str
    item: str
    quantity: int
    rejected: int = 0


@dataclass(slots=True)
class SupplierLine:
    """A line of a supplier's statement."""

    supplier: str
    date: datetime.date
    po_no: str
    invoice_no: str
    item: str
    quantity: int
    price: int
    deducted: int = 0


@dataclass(slots=True)
class PaymentRequest:
    """A request for funds."""

    number: str
    date: datetime.date
    payee: str
    po_no: str
    amount: int
    currency: str
    due: datetime.date
    purpose: str


@dataclass(slots=True)
class SalesOrder:
    """A customer's order."""

    number: str
    date: datetime.date
    customer: str
    item: str
    amount: int
    currency: str
    deposit: int
    deposit_received: datetime.date | None
    balance_received: datetime.date | None
    released: datetime.date | None
    shipped: datetime.date | None
    delivery: datetime.date


@dataclass(slots=True)
class DeliveryNote:
    """A delivery note and whether it came back."""

    number: str
    date: datetime.date
    order_no: str
    customer: str
    prepared: int
    signed: int
    signed_by: str
    returned: datetime.date | None


@dataclass(slots=True)
class StockItem:
    """A line of the period-end count."""

    item: str
    unit: str
    book: Decimal
    counted: Decimal
