"""Bank statements in four English forms, bank books a file an account, receipts by cashier, cash."""

from __future__ import annotations

from houses.english.amounts import english_words, fen_of
from houses.english.words import english
from houses.facts import Facts, Row
from houses.facts.masters import ACCOUNT
from houses.writing import Folder, Group, Style, Workbook, day_text
from houses.writing.pages import A5_SIZE, WIDE

_BOOK = (
    "Date = date | Ref = voucher_no | Particulars = summary | Payee / Payer = counterparty | Contra = offset_account"
    " | Receipts = <in> | Payments = <out> | Balance = balance | Cheque No. = reference"
)


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folder of the treasury."""
    _icbc(facts, folder, text)
    for later in (False, True):
        _ccb(facts, folder, later)
    _boc(facts, folder, text)
    _alipay(facts, folder)
    _books(facts, folder)
    _receipts(facts, folder)
    _cash(facts, folder, text)


def _icbc(facts: Facts, folder: Folder, text: Style) -> None:
    """Days first in the dates, two columns of money."""
    number, days = ACCOUNT["ICBC"].number, facts.days
    style = text.but(date="{dd}/{mm}/{y}")
    sheet = folder.workbook("05 Treasury/Bank Statements/ICBC Oct.csv", style).sheet()
    sheet.line("Account", number, english("company", facts.settings.company))
    sheet.line("Period", f"{style.text('', days.first)} - {style.text('', days.last)}")
    sheet.table(
        "bank_transaction",
        "Posting Date = date | Time = time | Details = summary | Money Out = <out> | Money In = <in> | Balance = balance"
        " | Other Party = counterparty | Other Party A/c = counterparty_account | Narrative = purpose | Message = postscript",
        facts.bank("ICBC"),
        given={"account@heading": number},
    )


def _ccb(facts: Facts, folder: Folder, later: bool) -> None:
    number, days = ACCOUNT["CCB"].number, facts.days
    name = f"CCB {day_text(days.after(1) if later else days.first, '{mon} {y}')}"
    sheet = folder.workbook(f"05 Treasury/Bank Statements/{name}.xlsx").sheet("Statement")
    sheet.title("China Construction Bank - statement of account")
    sheet.line(f"A/c {number}", "", "Currency: RMB")
    sheet.table(
        "bank_transaction",
        "Booked = date | At = time | Transaction = summary | Withdrawals = <out> | Deposits = <in> | Running Balance = balance"
        " | Name of Counterparty = counterparty | Their A/c = counterparty_account | Purpose = purpose | Bank Ref = serial",
        facts.bank("CCB", later),
        given={"account@heading": number},
    )


def _boc(facts: Facts, folder: Folder, text: Style) -> None:
    """Printed without lines; the bank's debit is what goes out."""
    number, days = ACCOUNT["BOC"].number, facts.days
    pages = folder.pages("05 Treasury/Bank Statements/BOC USD.pdf", text, WIDE, "BOC")
    pages.listing(
        "bank_transaction",
        "Date = date | Transaction = summary | By Order Of / In Favour Of = counterparty | Reference = purpose"
        " | Remarks = postscript | Debit = <out> | Credit = <in> | Balance = balance | Bank Ref = serial",
        facts.bank("BOC"),
        (56, 110, 170, 110, 120, 56, 56, 60, 80),
        ("BANK OF CHINA  SHENZHEN BRANCH", "Statement of account"),
        notes=(
            f"Account {number}    US DOLLAR    {english('company', facts.settings.company)}",
            f"From {day_text(days.first, '{d}-{mon}-{yy}')} to {day_text(days.last, '{d}-{mon}-{yy}')}",
        ),
        given={"account@heading": number, "currency@heading": "USD"},
    )


def _alipay(facts: Facts, folder: Folder) -> None:
    """One column of money, what goes out in brackets."""
    number, end = ACCOUNT["Alipay"].number, facts.export_end("Alipay")
    style = folder.style.but(money="()", date="{y}-{mm}-{dd}")
    sheet = folder.workbook("05 Treasury/Bank Statements/Alipay wallet.xls", style).sheet("Transactions")
    sheet.line("Merchant wallet", number)
    sheet.line("Statement period", f"{facts.days.first} to {end}")
    sheet.table(
        "bank_transaction",
        "Transaction ID = serial | Date = date | Time = time | Customer = counterparty | Item = purpose"
        " | Paid In / (Paid Out) = <signed> | Wallet Balance = balance | Type = summary | Memo = postscript",
        facts.bank("Alipay"),
        given={"account@heading": number},
    )


def _framed(rows: list[Row], opening: Row, total: Row) -> list[Row]:
    return [
        {"summary": "Balance b/f", **opening},
        *rows,
        {"summary": "Total for the month", "<in>": total["<in>"], "<out>": total["<out>"]},
        {"summary": "Balance c/f", "balance": total["balance"]},
    ]


def _books(facts: Facts, folder: Folder) -> None:
    """A file an account, whose name stands in the file and in the heading; a sheet a month."""
    for account in ("ICBC", "CCB", "BOC", "Alipay"):
        book = folder.workbook(f"05 Treasury/Bank Book {account}.xlsx")
        months = [(facts.days.first, False)]
        if facts.ledger(account, later=True)[0]:
            months.append((facts.days.after(1), True))
        for month, later in months:
            sheet = book.sheet(day_text(month, "{mon} {y}"))
            sheet.title(f"Bank Book - {english('', ACCOUNT[account].name)} - {ACCOUNT[account].currency}", 9)
            rows = _framed(*facts.ledger(account, later))
            sheet.table("bank_ledger_entry", _BOOK, rows, given={"account@title": english("", ACCOUNT[account].name)})


def _receipts(facts: Facts, folder: Folder) -> None:
    """A sheet a cashier; a line above the receipts of a book says which book it is."""
    book = folder.workbook("05 Treasury/Official Receipts.xlsx")
    rows = [
        {**row, "words": english_words(fen_of(str(row["words"])))}
        for number in facts.receipt_books
        for row in facts.receipts(number)
    ]
    for cashier in sorted({str(row["cashier"]) for row in rows}):
        name = english("", cashier)
        sheet = book.sheet(name)
        sheet.title(f"Official receipts issued by {name}", 10)
        sheet.table(
            "receipt",
            "OR No. = receipt_no | Date = date | Received From = payer | Being = purpose | Sum = amount | Sum in Words = words"
            " | Tendered = mode | Parts = copies | Form Status = status | In Place Of = replaces",
            [row for row in rows if row["cashier"] == cashier],
            given={"cashier@title": name, "book_no@group": ""},
            group=Group("book_no", lambda row: f"Book {row['book_no']}"),
        )


def _cash(facts: Facts, folder: Folder, text: Style) -> None:
    book = folder.workbook("05 Treasury/Petty Cash.xlsx")
    sheet = book.sheet("Cash Book")
    sheet.title(f"Cash book {day_text(facts.days.first, '{mon} {y}')}", 9)
    sheet.table(
        "cash_journal_entry",
        "Date = date | No. = voucher_no | Particulars = summary | Name = counterparty | Contra = offset_account"
        " | Supporting Doc = document_no | Cash In = <in> | Cash Out = <out> | Balance = balance",
        _framed(*facts.cash()),
        style=folder.style.but(date="{d}-{mon}"),
        given={"year@title": f"{facts.settings.year}"},
    )
    _count(facts, book)
    pages = folder.pages("05 Treasury/Paying-in Slips.pdf", text.but(money="RMB {:,.2f}"), A5_SIZE, "Paying-in slips")
    for row in facts.deposits():
        pages.form(
            "deposit_slip",
            "Slip No. = slip_no | Date = date | For credit of = account | Cash paid in = amount | Paid in by = depositor",
            row,
            ("ICBC", "CASH PAYING-IN SLIP"),
            ruled=True,
        )


def _count(facts: Facts, book: Workbook) -> None:
    heading, pieces, slips = facts.count()
    sheet = book.sheet("Count")
    sheet.title("Cash count certificate", 4)
    sheet.block(
        "cash_count",
        "Counted on = date | Ccy = currency | Kept in = till | Cash counted = counted | Per cash book = book"
        " | Over / (short) = difference | Counted by = counter | Witnessed by = witness | Signed on = signed_on",
        heading,
        2,
    )
    sheet.gap()
    sheet.table(
        "cash_count_line",
        "Note or Coin = denomination | Qty = sheets | Value = amount",
        pieces,
        total=("Total", ("amount",)),
    )
    if slips:
        sheet.gap()
        sheet.title("IOUs found in the till")
        sheet.table(
            "iou",
            "Owed By = borrower | Sum = amount | Dated = date | For = purpose | Approved = approver",
            slips,
        )
