"""The records of the month, as the documents will state them. Amounts in 分, weights in tenths of a kilogram."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from month.parties import Party


@dataclass(slots=True)
class Slip:
    """A receiving slip. `half` is the chargeable weight in half kilograms, `fuel_rate` in tenths of a per cent."""

    i: int
    day: int                    # place of the day among the operating days, from 0
    date: date
    station: str
    clerk: str
    customer: str
    customer_name: str
    provider: str
    number: str
    waybill: str
    destination: str
    pieces: int
    dims: tuple[int, int, int]
    actual: int
    half: int
    volume: Fraction
    rate: int
    freight: int
    fuel_rate: int
    fuel: int
    other: int
    amount: int
    pay_mode: str
    cost_rate: int
    cost_freight: int
    cost_fuel: int
    cod: int = 0
    outbound_no: str = ""
    outbound_date: date | None = None

    @property
    def charge(self) -> int:
        """The chargeable weight in tenths of a kilogram."""
        return self.half * 5

    @property
    def cost(self) -> int:
        """What the provider charges."""
        return self.cost_freight + self.cost_fuel


@dataclass(slots=True)
class VoidPaper:
    """A spoilt form that is kept: a slip or a receipt stamped 作废."""

    kind: str
    number: str
    date: date
    holder: str
    clerk: str
    copies: int = 3


@dataclass(slots=True)
class Book:
    """A book of numbers in the issue register."""

    kind: str
    book_no: str
    prefix: str
    first: int
    last: int
    width: int
    holder: str
    issued: date
    returned: date | None = None
    signed: str = ""


@dataclass(slots=True)
class VoidEntry:
    """A line of the void register."""

    kind: str
    number: str
    date: date
    reason: str
    copies: int
    missing: str
    reported_to: str
    approver: str
    replaced_by: str = ""


@dataclass(slots=True)
class Blanks:
    """Blank forms counted at the end of the month."""

    kind: str
    book_no: str
    holder: str
    date: date
    first: int
    last: int


@dataclass(slots=True)
class Cover:
    """The cover sheet of a station's slips of a day."""

    station: str
    date: date
    tickets: int
    pieces: int
    amount: int
    clerk: str


@dataclass(slots=True)
class Registered:
    """A row of the statistics register: what the slip says, as it was typed."""

    slip: Slip
    memo_no: str = ""
    typed_no: str = ""


@dataclass(slots=True)
class Outbound:
    """A line of an outbound slip."""

    number: str
    date: date
    provider: str
    waybill: str
    slip_no: str
    customer_name: str
    pieces: int
    charge: int
    remark: str = ""


@dataclass(slots=True)
class Filed:
    """Where a slip was filed."""

    customer: str
    slip_no: str
    waybill: str
    date: date


@dataclass(slots=True)
class Memo:
    """A liaison memo: a charge, a correction of a slip, or a problem shipment."""

    number: str
    date: date
    type: str
    slip: int
    slip_no: str
    customer: str
    amount: int | None
    reason: str
    field: str = ""
    old: str = ""
    new: str = ""
    applicant: str = "孙丽"
    approver: str = "刘芳"
    signed_by: str = "林晓"


@dataclass(slots=True)
class ServiceRow:
    """A row of the customer-service table."""

    memo_no: str
    date: date
    type: str
    slip_no: str
    customer: str
    amount: int | None
    status: str = "已处理"


@dataclass(slots=True)
class Problem:
    """A row of the statistics of problem shipments."""

    memo_no: str
    date: date
    slip_no: str
    customer: str
    problem: str
    result: str


@dataclass(slots=True)
class Adjustment:
    """A price adjustment memo."""

    number: str
    date: date
    slip: int
    slip_no: str
    customer: str
    old: int
    new: int
    reason: str
    evidence: str
    applicant: str = "孙丽"
    approver: str = "陈立"
    role: str = "财务主管"


@dataclass(slots=True)
class BillLine:
    """A line of a customer bill; `i` is the slip it was made from."""

    date: date
    kind: str
    item: str
    amount: int
    slip_no: str = ""
    waybill: str = ""
    document_no: str = ""
    provider: str = ""
    destination: str = ""
    pieces: int | None = None
    charge: int | None = None
    rate: int | None = None
    freight: int | None = None
    fuel_rate: int | None = None
    fuel: int | None = None
    other: int | None = None
    pay_mode: str = ""
    i: int | None = None


@dataclass(slots=True)
class Credit:
    """A payment credited on a bill."""

    date: date
    mode: str
    amount: int
    reference: str
    payer: str
    original: int | None = None
    rate: str = ""
    remark: str = ""


@dataclass(slots=True)
class Bill:
    """A customer bill. `charges`, `received` and `closing` are what its heading states."""

    number: str
    customer: str
    currency: str
    issued: date
    due: date
    arrears: int
    credit: int
    lines: list[BillLine] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    charges: int = 0
    received: int = 0
    closing: int = 0


@dataclass(slots=True)
class PriorBalance:
    """An open item of a customer at the end of the month before."""

    customer: str
    currency: str
    source: str
    arrears: int
    credit: int
    due: date | None
    remark: str = ""


@dataclass(slots=True)
class BankLine:
    """A movement as the bank has it, in positive, out negative. Lines with `exported` False move the balance unseen."""

    account: str
    date: date
    time: str
    amount: int
    tag: str
    counterparty: str
    summary: str
    purpose: str = ""
    postscript: str = ""
    serial: str = ""
    exported: bool = True


@dataclass(slots=True)
class LedgerLine:
    """An entry of the manual bank ledger. A red entry is written as a negative amount on the other side."""

    account: str
    date: date
    amount: int
    tag: str
    counterparty: str
    summary: str
    contra: str
    reference: str = ""
    red: bool = False


@dataclass(slots=True)
class Outstanding:
    """An item outstanding since before the month."""

    account: str
    date: date
    kind: str
    reference: str
    counterparty: str
    summary: str
    amount: int


@dataclass(slots=True)
class Receipt:
    """A receipt for freight paid at once, or a spoilt one."""

    number: str
    book: str
    date: date
    customer: str
    amount: int
    words: str
    mode: str
    cashier: str
    copies: int = 3
    void: bool = False
    replaces: str = ""


@dataclass(slots=True)
class CashLine:
    """An entry of the cash journal. `misprint` is what the stated running balance is off by."""

    date: date
    amount: int
    summary: str
    counterparty: str
    contra: str
    document: str
    misprint: int = 0


@dataclass(slots=True)
class Deposit:
    """A deposit slip."""

    number: str
    date: date
    amount: int


@dataclass(slots=True)
class CashCount:
    """The count of the till at the end of the month. `short` is missing, `iou` lies in the till as paper."""

    date: date
    signed_on: date
    counter: str
    witness: str
    book: int = 0
    short: int = 0
    iou: int = 0
    iou_by: str = ""

    @property
    def counted(self) -> int:
        """What is there in money."""
        return self.book - self.short - self.iou


@dataclass(slots=True)
class Claim:
    """A reimbursement voucher; `paid` is what the books paid for it, `true_class` what it is for."""

    number: str
    date: date
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
    date: date
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
    date: date
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
    collected: date
    remitted: date | None
    passed_on: date | None


@dataclass(slots=True)
class Pod:
    """A proof of delivery."""

    waybill: str
    customer: str
    shipped: date
    pieces: int
    due: date
    signed: date | None
    signed_by: str
    signed_pieces: int | None
    returned: date | None
    handed: date | None
    status: str
    remark: str = ""


@dataclass(slots=True)
class PurchaseOrder:
    """A line of a purchase order."""

    number: str
    date: date
    supplier: str
    item: str
    unit: str
    quantity: int
    price: int
    due: date
    pay_due: date


@dataclass(slots=True)
class GoodsReceipt:
    """Goods received against a purchase order."""

    number: str
    date: date
    po_no: str
    supplier: str
    item: str
    quantity: int
    rejected: int = 0


@dataclass(slots=True)
class SupplierLine:
    """A line of a supplier's statement."""

    supplier: str
    date: date
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
    date: date
    payee: str
    po_no: str
    amount: int
    currency: str
    due: date
    purpose: str


@dataclass(slots=True)
class SalesOrder:
    """A customer's order."""

    number: str
    date: date
    customer: str
    item: str
    amount: int
    currency: str
    deposit: int
    deposit_received: date | None
    balance_received: date | None
    released: date | None
    shipped: date | None
    delivery: date


@dataclass(slots=True)
class DeliveryNote:
    """A delivery note and whether it came back."""

    number: str
    date: date
    order_no: str
    customer: str
    prepared: int
    signed: int
    signed_by: str
    returned: date | None


@dataclass(slots=True)
class VoucherLine:
    """A line of a journal voucher; debit positive, credit negative."""

    number: str
    date: date
    summary: str
    account: str
    amount: int
    currency: str = "CNY"
    attachments: int = 1


@dataclass(slots=True)
class AccountBalance:
    """A line of the trial balance; debit balances positive."""

    account: str
    currency: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """The closing balance."""
        return self.opening + self.debit - self.credit


@dataclass(slots=True)
class Closing:
    """A line of the sheet of bank and cash balances."""

    account: str
    opening: int
    money_in: int
    money_out: int

    @property
    def closing(self) -> int:
        """The closing balance."""
        return self.opening + self.money_in - self.money_out


@dataclass(slots=True)
class Expected:
    """An exception that a plant must lead to, as the golden list writes it."""

    code: str
    key: str
    difference: str = ""
    amount: str = ""
    currency: str = "CNY"


@dataclass(slots=True)
class StockItem:
    """A line of the period-end count."""

    item: str
    unit: str
    book: Decimal
    counted: Decimal


@dataclass(slots=True)
class Month:
    """All records of the month."""

    customers: list[Party]
    slips: list[Slip] = field(default_factory=list)          # as they were written
    papers: list[Slip] = field(default_factory=list)         # as they lie in the folder
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
    zipped: list[str] = field(default_factory=list)          # numbers of the bills in the archive
    prior: list[PriorBalance] = field(default_factory=list)
    master: dict[tuple[str, date], int] = field(default_factory=dict)
    master_misfooted: dict[date, int] = field(default_factory=dict)
    bank: list[BankLine] = field(default_factory=list)
    ledger: list[LedgerLine] = field(default_factory=list)
    bank_opening: dict[str, int] = field(default_factory=dict)
    ledger_opening: dict[str, int] = field(default_factory=dict)
    export_end: dict[str, date] = field(default_factory=dict)
    outstanding: list[Outstanding] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    cash: list[CashLine] = field(default_factory=list)
    cash_opening: int = 0
    deposits: list[Deposit] = field(default_factory=list)
    count: CashCount | None = None
    claims: list[Claim] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    summary: dict[str, tuple[int, int]] = field(default_factory=dict)   # class: claims, amount
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
