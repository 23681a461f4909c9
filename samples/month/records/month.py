"""All records of the month. Amounts in 分, weights in tenths of a kilogram."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from month.parties import Party
from month.records.billing import Adjustment, Bill, Memo, PriorBalance, Problem, ServiceRow
from month.records.costs import (
    Claim,
    Cod,
    DeliveryNote,
    GoodsReceipt,
    Invoice,
    PaymentRequest,
    Pod,
    ProviderLine,
    PurchaseOrder,
    SalesOrder,
    StockItem,
    SupplierLine,
)
from month.records.money import (
    AccountBalance,
    BankLine,
    CashCount,
    CashLine,
    Closing,
    Deposit,
    LedgerLine,
    Outstanding,
    Receipt,
    VoucherLine,
)
from month.records.papers import Blanks, Book, Cover, Filed, Outbound, Registered, Slip, VoidEntry, VoidPaper


@dataclass(slots=True)
class Expected:
    """An exception that a plant must lead to, as the golden list writes it."""

    code: str
    key: str
    difference: str = ""
    amount: str = ""
    currency: str = "CNY"


@dataclass(slots=True)
class Month:
    """All records of the month."""

    customers: list[Party]
    slips: list[Slip] = field(default_factory=list)  # as they were written
    papers: list[Slip] = field(default_factory=list)  # as they lie in the folder
    void_papers: list[VoidPaper] = field(default_factory=list)
    books: list[Book] = field(default_factory=list)
    voids: list[VoidEntry] = field(default_factory=list)
    blanks: list[Blanks] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    register: list[Registered] = field(default_factory=list)
    outbound: list[Outbound] = field(default_factory=list)
    filed: list[Filed] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    service: list[ServiceRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    adjustments: list[Adjustment] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    zipped: list[str] = field(default_factory=list)  # numbers of the bills in the archive
    prior: list[PriorBalance] = field(default_factory=list)
    master: dict[tuple[str, datetime.date], int] = field(default_factory=dict)
    master_misfooted: dict[datetime.date, int] = field(default_factory=dict)
    bank: list[BankLine] = field(default_factory=list)
    ledger: list[LedgerLine] = field(default_factory=list)
    bank_opening: dict[str, int] = field(default_factory=dict)
    ledger_opening: dict[str, int] = field(default_factory=dict)
    export_end: dict[str, datetime.date] = field(default_factory=dict)
    outstanding: list[Outstanding] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    cash: list[CashLine] = field(default_factory=list)
    cash_opening: int = 0
    deposits: list[Deposit] = field(default_factory=list)
    count: CashCount | None = None
    claims: list[Claim] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    summary: dict[str, tuple[int, int]] = field(default_factory=dict)  # class: claims, amount
    provider_lines: list[ProviderLine] = field(default_factory=list)
    cod: list[Cod] = field(default_factory=list)
    pods: list[Pod] = field(default_factory=list)
    orders: list[PurchaseOrder] = field(default_factory=list)
    goods: list[GoodsReceipt] = field(default_factory=list)
    statements: list[SupplierLine] = field(default_factory=list)
    requests: list[PaymentRequest] = field(default_factory=list)
    sales: list[SalesOrder] = field(default_factory=list)
    notes: list[DeliveryNote] = field(default_factory=list)
    stock: list[StockItem] = field(default_factory=list)
    vouchers: list[VoucherLine] = field(default_factory=list)
    trial: list[AccountBalance] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    skipped_voucher: int | None = None
    sunday_voucher: bool = False
    control_error: int = 0
    expected: list[Expected] = field(default_factory=list)

    def slip(self, i: int) -> Slip:
        """The slip that was written as number i of the month."""
        return self.slips[i]

    def bill(self, customer: str, currency: str = "CNY") -> Bill:
        """A customer's bill in a currency."""
        return next(bill for bill in self.bills if bill.customer == customer and bill.currency == currency)

    def name(self, party: str) -> str:
        """A customer's name."""
        return next((each.name for each in self.customers if each.id == party), party)

    def receipt(self, number: str) -> Receipt:
        """The live receipt of a number."""
        return next(each for each in self.receipts if each.number == number and not each.void)

    def bank_line(self, account: str, tag: str) -> BankLine:
        """A bank movement by its tag."""
        return next(each for each in self.bank if each.account == account and each.tag == tag)

    def ledger_line(self, account: str, tag: str) -> LedgerLine:
        """A ledger entry by its tag."""
        return next(each for each in self.ledger if each.account == account and each.tag == tag)
