"""Expense forms, carriers' invoices a CSV a carrier, purchasing, deliveries, and the month-end pack."""

from __future__ import annotations

from houses.english.words import english
from houses.facts import PROVIDER_NAMES, Facts
from houses.facts.costs import SUPPLIERS
from houses.writing import Folder, Style, day_text


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folders of purchasing and accounts."""
    _expenses(facts, folder, text)
    _carriers(facts, folder, text)
    _purchasing(facts, folder)
    _deliveries(facts, folder)
    _month_end(facts, folder)


def _expenses(facts: Facts, folder: Folder, text: Style) -> None:
    pages = folder.pages("07 Accounts/Expense Claims.pdf", text.but(money="RMB {:,.2f}"), title="Expense claims")
    for row in facts.claims():
        pages.form(
            "expense_claim",
            "Claim No. = claim_no | Date = date | Claimed by = claimant | Cost group = class | For = item"
            " | Paid from = pay_mode | Pay to = payee | Payee is = payee_kind | Claimed = amount"
            " | Papers attached = attachments | Invoice ref = invoice_no | Approved by = approver",
            row,
            (english("company", facts.settings.company), "EXPENSE CLAIM"),
            ruled=True,
            wide=("payee",),
        )
    book = folder.workbook("07 Accounts/Tax Invoices.xlsx")
    sheet = book.sheet("Purchases")
    sheet.title("Tax invoices received", 15)
    sheet.table(
        "invoice",
        "Tax Invoice = invoice_no | Date = date | Vendor = seller | Vendor Tax Reg. = seller_tax_id | Billed To = buyer"
        " | Our Tax Reg. = buyer_tax_id | Goods / Services = item | Before Tax = net | VAT % = tax_rate | VAT = tax"
        " | Gross = total | Invoice Status = status | Positive? = positive | Reverses = red_of | Claim No. = claim_no | Notes = remark",
        facts.invoices(),
    )
    sheet = book.sheet("Expenses by Group")
    sheet.table("expense_summary", "Cost Group = class | Claims = claims | Reimbursed = amount", facts.summary())


def _carriers(facts: Facts, folder: Folder, text: Style) -> None:
    """The carrier stands in the file's name only."""
    for provider, name in PROVIDER_NAMES.items():
        carrier = english("", name)
        path = f"06 Purchasing/Carrier Invoices/{carrier} {facts.settings.period}.csv"
        sheet = folder.workbook(path, text.but(money="{:.2f}")).sheet()
        sheet.table(
            "provider_line",
            "Shipped = date | Tracking No. = waybill_no | Pkgs = pieces | Billed kg = charge_weight | Tariff = rate"
            " | Haulage = freight | Fuel = fuel | Charged = amount",
            facts.provider_lines(provider),
            given={"provider@file": carrier},
        )
    sheet = folder.workbook("06 Purchasing/COD Ledger.xlsx").sheet("COD")
    sheet.table(
        "cod_entry",
        "Tracking No. = waybill_no | CR No. = slip_no | Shipper = customer | Carrier = provider | COD Sum = amount"
        " | Collected = collected | Remitted to Us = remitted | Sum Remitted = remitted_amount | Paid to Shipper = passed_on",
        facts.cod(),
    )


def _purchasing(facts: Facts, folder: Folder) -> None:
    book = folder.workbook("06 Purchasing/Purchasing.xlsx")
    book.sheet("Orders").table(
        "purchase_order",
        "PO = po_no | Ordered = date | Vendor = supplier | Goods = item | UoM = unit | Qty Ordered = quantity"
        " | Unit Price = price | Order Value = amount | Wanted By = due | Pay By = pay_due",
        facts.orders(),
    )
    book.sheet("Goods In").table(
        "goods_receipt",
        "GRN = receipt_no | Arrived = date | PO = po_no | Vendor = supplier | Goods = item | Qty Accepted = quantity"
        " | Qty Rejected = rejected",
        facts.goods(),
    )
    book.sheet("Payment Requests").table(
        "payment_request",
        "Request = request_no | Raised = date | Pay To = payee | PO = po_no | Sum Requested = amount | Ccy = currency"
        " | Needed By = due | Reason = purpose | Released By = approver",
        facts.requests(),
    )
    sheet = book.sheet("Vendor Statements")
    for supplier in facts.supplier_ids:
        name = english("", SUPPLIERS[supplier])
        sheet.title(f"Statement from {name}")
        sheet.table(
            "supplier_line",
            "Delivered = date | PO = po_no | Tax Invoice = invoice_no | Goods = item | Qty = quantity | Unit Price = price"
            " | Value = amount | Deductions = deducted",
            facts.statements(supplier),
            given={"supplier@title": name},
            total=("Total", ("amount", "deducted")),
        )
        sheet.gap(2)


def _deliveries(facts: Facts, folder: Folder) -> None:
    book = folder.workbook("03 Customer Service/Orders and Deliveries.xlsx")
    book.sheet("Customer Orders").table(
        "sales_order",
        "Order = order_no | Taken = date | Account = customer | Service = item | Order Value = amount | Ccy = currency"
        " | Deposit Due = deposit | Deposit In = deposit_received | Remainder = balance | Remainder In = balance_received"
        " | Released = released | Shipped = shipped | Promised = delivery",
        facts.sales(),
    )
    book.sheet("Delivery Notes").table(
        "delivery_note",
        "DN = note_no | Out = date | Order = order_no | Account = customer | Pkgs Prepared = prepared | Pkgs Signed = signed"
        " | Signed By = signed_by | DN Back = returned",
        facts.notes(),
    )
    sheet = book.sheet("POD")
    sheet.title(f"Proof of delivery - {english('', PROVIDER_NAMES['P4'])}", 12)
    sheet.table(
        "proof_of_delivery",
        "Tracking No. = waybill_no | Shipper = customer | Shipped = shipped | Pkgs Out = pieces_shipped | POD Due = due"
        " | POD In = returned | Signed By = signed_by | Delivered = signed | Pkgs Delivered = pieces | POD Status = status"
        " | To Shipper = handed | Notes = remark",
        facts.pods(),
    )


def _month_end(facts: Facts, folder: Folder) -> None:
    book = folder.workbook(f"07 Accounts/Month End Pack {facts.settings.period}.xlsx")
    last = day_text(facts.days.last, "{d} {mon} {y}")
    sheet = book.sheet("Bank and Cash")
    sheet.title(f"Bank and cash position at {last}", 6)
    sheet.table(
        "closing_balance",
        "Account = account | Ccy = currency | Opening = opening | In = money_in | Out = money_out | Closing = closing",
        facts.closings(),
        given={"date@title": f"{facts.days.last}"},
    )
    sheet = book.sheet("Stock Take")
    sheet.title(f"Stock take at {last}", 6)
    sheet.table(
        "stock_count",
        "Item = item | UoM = unit | Per Books = book | Counted = counted | Variance = difference | Notes = remark",
        facts.stock(),
    )
    sheet = book.sheet("Journal")
    sheet.table(
        "gl_entry",
        "JV = voucher_no | Posted = date | Narration = summary | Code = account_code | Ledger Account = account_name"
        " | Dr = debit | Cr = credit | Ccy = currency | Papers = attachments | Entered By = preparer | Reviewed By = reviewer",
        facts.vouchers(),
    )
    sheet = book.sheet("Trial Balance")
    sheet.title(f"Trial balance, {day_text(facts.days.first, '{mon} {y}')}", 7)
    sheet.table(
        "gl_balance",
        "Code = account_code | Ledger Account = account_name | Ccy = currency | Opening = opening | Dr = debit | Cr = credit"
        " | Closing = closing",
        facts.trial(),
    )
