"""Puts the month together: first one in which nothing is wrong, then what is planted, then totals, and plants there."""

from __future__ import annotations

from month.banks import credit_banks, keep_banks, request_payments, settle_banks
from month.bills import write_bills, write_memos
from month.bookkeeping import keep_slips
from month.days import Days
from month.deliveries import write_deliveries
from month.expenses import write_claims
from month.freight import Scheme, build_customers, build_slips
from month.ledgers import close_books, fill_master, roll_forward, total_bills
from month.plants import Change, Stage, plants
from month.receipts import credit_receipts, keep_cash, write_receipts
from month.records import Month
from month.settings import Settings

# The families of exceptions in the order of the expected list.
FAMILIES = (
    "ARB",
    "SRT",
    "REG",
    "MCS",
    "MRG",
    "CNT",
    "SEQ",
    "BIL",
    "MBL",
    "ADJ",
    "DAY",
    "BNK",
    "RCV",
    "RCT",
    "CSH",
    "EXP",
    "INV",
    "PKG",
    "PUR",
    "POD",
    "DLV",
    "ORD",
    "AGE",
    "ACC",
    "GEN",
)


def build_month(settings: Settings) -> Month:
    """All records of the month, with what is planted."""
    days, scheme = Days(settings), Scheme()
    chosen = [plant for plant in plants() if plant.name in settings.plants]
    month = Month(build_customers(settings))
    change = Change(settings, days, month, scheme)

    def plant(stage: Stage) -> None:
        for each in chosen:
            if each.stage is stage:
                change.name = each.name
                each.alter(change)

    plant(Stage.NUMBERS)
    month.slips = build_slips(settings, days, scheme)
    keep_slips(settings, days, month)
    write_memos(settings, days, month)
    write_bills(settings, days, month)
    write_receipts(settings, days, month)
    write_claims(settings, days, month)
    plant(Stage.VOUCHERS)
    credit_receipts(month)
    keep_banks(settings, days, month)
    keep_cash(settings, days, month)
    credit_banks(days, month)
    write_deliveries(settings, days, month)
    month.requests = request_payments(settings, days, month)
    plant(Stage.RECORDS)
    settle_banks(month)
    month.cash.sort(key=lambda line: line.date)
    for bill in month.bills:
        bill.lines.sort(key=lambda line: line.date)
        bill.credits.sort(key=lambda credit: credit.date)
    total_bills(month)
    fill_master(days, month)
    plant(Stage.TOTALS)
    for bill in month.bills:
        roll_forward(month, bill.number)
    plant(Stage.CLOSING)
    close_books(days, month)
    plant(Stage.BOOKS)
    month.expected.sort(key=lambda each: (FAMILIES.index(each.code[:3]), each.code))
    return month
