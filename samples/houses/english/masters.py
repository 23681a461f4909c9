"""Masters in one workbook, brought-forward balances in another."""

from __future__ import annotations

from houses.english.words import english
from houses.facts import Facts
from houses.writing import Folder, Style, day_text


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folder of master data."""
    book = folder.workbook("01 Master Data/Master Data.xlsx")
    sheet = book.sheet("Business Partners")
    sheet.title(f"{english('company', facts.settings.company)} - Business Partners", 9)
    sheet.table(
        "party",
        "Code = party_id | Company = name | Trading As = aliases | Partner Type = kind | Credit Days = terms_days"
        " | Settlement = settlement | Credit Line = credit_limit | Ccy = currency | Tax Reg. = tax_id",
        facts.parties(),
    )
    sheet = book.sheet("Also Known As")
    sheet.table(
        "party_alias",
        "Code = party_id | Also Known As = alias | Relationship = relation | Letter of Authority = authority"
        " | Effective = valid_from | Until = valid_to",
        facts.aliases(),
    )
    sheet = book.sheet("Staff")
    sheet.table(
        "employee",
        "Staff Member = name | Position = role | Depot Code = station | Depot = station_name"
        " | May Approve Up To = approval_limit | Payroll Card = account_no",
        facts.employees(),
    )
    sheet = book.sheet("Bank & Cash Accounts")
    sheet.table(
        "bank_account",
        "Short Code = account_id | Title of Account = name | Held With = bank | A/c Number = account_no | Nature = kind"
        " | Ccy = currency | Known As = aliases | Ledger Code = gl_account | Since = opened | Closed On = closed",
        facts.accounts(),
    )
    sheet = book.sheet("FX")
    sheet.title("Booking rates, RMB per unit of foreign currency", 3)
    sheet.table("exchange_rate", "Valid From = date | Ccy = currency | RMB = rate", facts.rates())
    _brought_forward(facts, folder)
    sheet = folder.workbook("01 Master Data/Sailing Schedule Q4.xlsx").sheet("Sailings")
    sheet.title("Sailing schedule, subject to change without notice", 4)
    sheet.plain(
        ("Vessel", "Voyage", "ETD Yantian", "ETA"),
        (("HONGHAI PEARL", "044W", "9 Oct", "Hamburg 10 Nov"), ("HONGHAI JADE", "045W", "23 Oct", "Rotterdam 24 Nov")),
    )


def _brought_forward(facts: Facts, folder: Folder) -> None:
    """What customers owed, and what the banks had not paid yet."""
    before = facts.days.before(1)
    book = folder.workbook("01 Master Data/Brought Forward.xlsx")
    sheet = book.sheet("Customers")
    sheet.title(f"Customer balances brought forward as at {day_text(before, '{d} {mon} {y}')}", 7)
    sheet.table(
        "customer_balance",
        "Cust. = customer_id@customer/- | Name of Customer = customer | Ccy = currency | Bill Month = source_bill"
        " | Owing = arrears | On Account = credit | Payable By = due | Notes = remark",
        facts.prior(),
        given={"date@title": f"{before}"},
    )
    sheet = book.sheet("Uncleared Items")
    sheet.table(
        "outstanding_item",
        "Bank = account | Drawn On = date | Nature of Item = kind | Cheque No. = reference | Payee = counterparty"
        " | Particulars = summary | Amount (RMB) = amount",
        facts.outstanding(),
    )
