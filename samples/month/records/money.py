"""Banks, ledgers, receipts, cash, and the books made from them. Amounts in 分, weights in tenths of a kilogram."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(slots=True)
class BankLine:
    """A movement as the bank has it, in positive, out negative. Lines with `exported` False move the balance unseen."""

    account: str
    date: datetime.date
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
    date: datetime.date
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
    date: datetime.date
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
    date: datetime.date
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

    date: datetime.date
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
    date: datetime.date
    amount: int


@dataclass(slots=True)
class CashCount:
    """The count of the till at the end of the month. `short` is missing, `iou` lies in the till as paper."""

    date: datetime.date
    signed_on: datetime.date
    counter: str
    witness: str
    book: int = 0
    short: int = 0
    iou: int = 0
    iou_by: str = ""
    iou_date: datetime.date | None = None

    @property
    def counted(self) -> int:
        """What is there in money."""
        return self.book - self.short - self.iou


@dataclass(slots=True)
class VoucherLine:
    """A line of a journal voucher; debit positive, credit negative."""

    number: str
    date: datetime.date
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
