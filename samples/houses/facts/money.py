"""Facts of banks, ledgers, receipts and cash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from month.amounts import words, yuan
from month.bookkeeping import RECEIPT
from month.parties import account_of
from month.records import BankLine, LedgerLine
from month.write.banks import movements
from month.write.books import denominations

from houses.facts.freight import FreightFacts, Row, sides
from houses.facts.masters import ACCOUNT


class MoneyFacts(FreightFacts):
    """All that is about money in banks and in the till."""

    def bank(self, account: str, later: bool = False) -> list[Row]:
        """What an account's export shows, of the month or of the first days after it."""
        end = self.export_end(account)
        own = ACCOUNT[account].number
        return [
            {
                "account": own,
                "serial": line.serial,
                "date": line.date,
                "time": line.time,
                "<moment>": f"{line.date} {line.time}",
                **_payer_and_payee(line, self.settings.company, own),
                **sides(line.amount),
                "balance": yuan(balance),
                "currency": ACCOUNT[account].currency,
                "counterparty": line.counterparty,
                "counterparty_account": account_of(line.counterparty) if line.counterparty else "",
                "summary": line.summary,
                "purpose": line.purpose,
                "postscript": line.postscript,
            }
            for line, balance in movements(self.settings, self.month, account)
            if (line.date > self.days.last if later else line.date <= end)
        ]

    def export_end(self, account: str) -> date:
        """The last day of an account's export."""
        return self.month.export_end.get(account, self.days.last)

    def ledger(self, account: str, later: bool = False) -> tuple[list[Row], Row, Row]:
        """Entries of a manual ledger with balances; the opening balance; the totals with the closing balance."""
        lines = [each for each in self.month.ledger if each.account == account]
        now = [each for each in lines if each.date <= self.days.last]
        opening = self.month.ledger_opening[account]
        if later:
            now, opening = [x for x in lines if x.date > self.days.last], opening + sum(x.amount for x in now)
        rows, balance = _entries(now, opening)
        total: Row = {
            "<in>": yuan(sum(x.amount for x in now if x.amount > 0 and not x.red)),
            "<out>": yuan(-sum(x.amount for x in now if x.amount < 0 or x.red)),
            "balance": yuan(balance),
        }
        return rows, {"balance": yuan(opening)}, total

    def cash(self) -> tuple[list[Row], Row, Row]:
        """The cash journal with the balances that it states; the opening balance, and totals with the closing one."""
        balance, rows = self.month.cash_opening, []
        for place, line in enumerate(self.month.cash, start=1):
            balance += line.amount
            row: Row = {
                "date": line.date,
                "voucher_no": f"{place:03d}",
                "summary": line.summary,
                "counterparty": line.counterparty,
                "offset_account": line.contra,
                "document_no": line.document,
                **sides(line.amount),
                "balance": yuan(balance + line.misprint),
            }
            rows.append(row)
        total: Row = {
            "<in>": yuan(sum(x.amount for x in self.month.cash if x.amount > 0)),
            "<out>": yuan(-sum(x.amount for x in self.month.cash if x.amount < 0)),
            "balance": yuan(balance),
        }
        return rows, {"balance": yuan(self.month.cash_opening)}, total

    def count(self) -> tuple[Row, list[Row], list[Row]]:
        """The count of the till: its heading, the denominations, and IOUs that lie in it."""
        count = self.month.count
        if count is None:
            raise ValueError("the month has no cash count")
        heading: Row = {
            "date": count.date,
            "currency": "CNY",
            "till": "公司保险柜",
            "counted": yuan(count.counted),
            "book": yuan(count.book),
            "difference": yuan(-count.short),
            "counter": count.counter,
            "witness": count.witness,
            "signed_on": count.signed_on,
        }
        pieces: list[Row] = [
            {"denomination": yuan(value), "sheets": number, "amount": yuan(value * number)}
            for value, number in self.settings.order.of(denominations(count.counted))
        ]
        iou: Row = {
            "borrower": count.iou_by,
            "amount": yuan(count.iou),
            "date": count.iou_date,
            "purpose": "预支油费",
            "approver": "",
        }
        return heading, pieces, [iou] if count.iou else []

    def deposits(self) -> list[Row]:
        """Deposit slips."""
        return [
            {
                "slip_no": each.number,
                "date": each.date,
                "account": ACCOUNT["ICBC"].number,
                "amount": yuan(each.amount),
                "words": words(each.amount),
                "currency": "CNY",
                "depositor": "林晓",
                "company": self.settings.company,
            }
            for each in self.settings.order.of(self.month.deposits)
        ]

    def receipts(self, book: str | None = None) -> list[Row]:
        """Receipts of a book or of all."""
        return [
            {
                "receipt_no": each.number,
                "book_no": each.book,
                "date": each.date,
                "payer": self.month.name(each.customer),
                "purpose": "运费",
                "amount": yuan(each.amount),
                "words": each.words,
                "mode": each.mode,
                "cashier": each.cashier,
                "handler": each.cashier,
                "copies": each.copies,
                "status": "作废" if each.void else "正常",
                "replaces": each.replaces,
            }
            for each in self.settings.order.of([x for x in self.month.receipts if book in (None, x.book)])
        ]

    @property
    def receipt_books(self) -> list[str]:
        """Numbers of the books of which receipts lie in the folder."""
        return sorted({each.book for each in self.month.receipts})

    def books(self, receipts: bool) -> list[Row]:
        """Books of numbers that were issued: of receipts, or of slips."""
        return [
            {
                "kind": each.kind,
                "book_no": each.book_no,
                "prefix": each.prefix,
                "first_no": f"{each.first:0{each.width}d}",
                "last_no": f"{each.last:0{each.width}d}",
                "width": each.width,
                "copies": 3,
                "holder": each.holder,
                "issued": each.issued,
                "returned": each.returned,
                "signed": each.signed,
            }
            for each in self.settings.order.of([x for x in self.month.books if (x.kind == RECEIPT) == receipts])
        ]

    def voids(self) -> list[Row]:
        """The void register."""
        return [
            {
                "kind": entry.kind,
                "number": entry.number,
                "date": entry.date,
                "reason": entry.reason,
                "copies_sighted": entry.copies,
                "copies_printed": 3,
                "missing_copy": entry.missing,
                "reported_to": entry.reported_to,
                "approver": entry.approver,
                "replaced_by": entry.replaced_by,
            }
            for entry in self.settings.order.of(self.month.voids)
        ]

    def blanks(self) -> list[Row]:
        """Blank forms counted at the end of the month."""
        return [
            {
                "kind": each.kind,
                "book_no": each.book_no,
                "holder": each.holder,
                "date": each.date,
                "first_no": each.first,
                "last_no": each.last,
                "sheets": each.last - each.first + 1,
            }
            for each in self.settings.order.of(self.month.blanks)
        ]


def _payer_and_payee(line: BankLine, company: str, own: str) -> Row:
    """Who pays and who is paid: on one of the sides always the company."""
    other = (line.counterparty, account_of(line.counterparty) if line.counterparty else "")
    payer, payee = (other, (company, own)) if line.amount > 0 else ((company, own), other)
    return {"<payer>": payer[0], "<payer_no>": payer[1], "<payee>": payee[0], "<payee_no>": payee[1]}


def _entries(lines: Iterable[LedgerLine], balance: int) -> tuple[list[Row], int]:
    rows: list[Row] = []
    for place, line in enumerate(lines, start=1):
        balance += line.amount
        row: Row = {
            "date": line.date,
            "voucher_no": f"{place:03d}",
            "summary": line.summary,
            "counterparty": line.counterparty,
            "offset_account": line.contra,
            "reference": line.reference,
            **sides(line.amount, line.red),
            "balance": yuan(balance),
        }
        rows.append(row)
    return rows, balance
