"""Statements of account with payments before charges, their archive, and the daily billing sheet."""

from __future__ import annotations

from datetime import timedelta

from month.records import Bill
from month.write.billing import archive_of

from houses.english.words import english
from houses.facts import Facts
from houses.writing import Cell, Folder, Style, day_text

_HEAD = (
    "Statement No. = bill_no | Account = customer | Month = period | Issued = issued | Payable by = due | Ccy = currency"
    " | Brought forward = opening_arrears | On account = opening_credit | Charges this month = charges"
    " | Less payments = received | Balance owing = closing"
)
_LINES = (
    "Date = date | Charge Type = kind | Description = item | CR No. = slip_no | Tracking No. = waybill_no | Our Ref = document_no"
    " | Carrier = provider | To = destination | Pkgs = pieces | Chgbl kg = charge_weight | Rate/kg = rate"
    " | Base Freight = freight | Fuel % = fuel_rate | Fuel Levy = fuel | Sundry = other | Line Total = amount | Terms = pay_mode"
)
_CREDITS = (
    "Paid On = date | How Paid = mode | Credited = amount | Foreign Ccy = original_amount | Rate = rate"
    " | Payment Ref = reference | Paid By = payer | Notes = remark"
)


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folder of billing."""
    paths = {bill.number: _statement(facts, folder, bill) for bill in facts.month.bills}
    members = [(paths[number].rpartition("/")[2], folder.data(paths[number])) for number in facts.month.zipped]
    folder.add("04 Billing/Statements sent.zip", archive_of(members))
    _daily(facts, folder)


def _statement(facts: Facts, folder: Folder, bill: Bill) -> str:
    name = english("", facts.month.name(bill.customer)).rstrip(".")
    path = f"04 Billing/Statements/{name}{'' if bill.currency == 'CNY' else ' (USD)'}.xlsx"
    sheet = folder.workbook(path).sheet("Statement")
    sheet.title(english("company", facts.settings.company), 17)
    sheet.title("STATEMENT OF ACCOUNT", 17)
    sheet.block("bill", _HEAD, facts.bill(bill), 3)
    sheet.gap()
    sheet.title("Payments received, with thanks")
    sheet.table("bill_credit", _CREDITS, facts.bill_credits(bill), total=("Total payments", ("amount",)))
    sheet.gap()
    sheet.title("Charges")
    sheet.table("bill_line", _LINES, facts.bill_lines(bill), total=("Total charges", ("amount",)), once=("date",))
    sheet.gap()
    sheet.line("Prepared by: Lin Xiao", "", "Checked by: Zhao Min")
    return path


def _daily(facts: Facts, folder: Folder) -> None:
    """Customers down with code and name, days across."""
    style = folder.style
    days = [facts.days.first + timedelta(days=place) for place in range(facts.days.last.day)]
    rows, totals = facts.master(days)
    sheet = folder.workbook(f"04 Billing/Daily Billing {facts.settings.period}.xlsx").sheet("By day")
    sheet.title(f"Billing by customer and day, {day_text(facts.days.first, '{mon} {y}')} (RMB)", 6)
    headers: list[Cell] = [
        ("Cust.", ""),
        ("Name", ""),
        *((day_text(day, "{d}-{mon}"), "") for day in days),
        ("Total", ""),
    ]
    lines: list[list[Cell]] = [
        [
            style.cell("customer_id", row["customer_id"]),
            style.cell("customer", row["customer"]),
            *(style.cell("amount", row[f"{day}"]) for day in days),
            style.cell("amount", row["<total>"]),
        ]
        for row in rows
    ]
    foot = [style.cell("amount", totals.get(day)) for day in days]
    lines.append([("Total", ""), ("", ""), *foot, style.cell("amount", facts.master_total(days))])
    fields = ["customer/-", "customer", *["<cell>"] * len(days), "<total>"]
    given = {"year@title": f"{facts.settings.year}"}
    sheet.grid("master_day", headers, lines, fields, "down=customer across=date cell=amount", given)
