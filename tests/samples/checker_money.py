"""A plain, slow audit of the month's records, made without the project's engine: banks, receipts, cash."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from checker_freight import Found, bare, involved, money
from month.days import Days
from month.parties import CUSTOMERS, OTHERS, PROVIDERS
from month.records import BankLine, LedgerLine, Month

LIMIT, THRESHOLD = 1_400_000, 100_000
_NAMES = {name: party.id for party in (*CUSTOMERS, *PROVIDERS, *OTHERS) for name in (party.name, *party.names)}
_NAMES["广州市雅织贸易有限公司"] = "C03"


def banks(month: Month, days: Days) -> list[Found]:
    """Exports against ledgers by account, and what the exports say of themselves."""
    found: list[Found] = []
    bank_left: list[BankLine] = []
    ledger_left: list[LedgerLine] = []
    for account in ("ICBC", "CCB", "BOC", "Alipay"):
        exported = [line for line in month.bank if line.account == account and line.exported]
        found += _chain(month, account)
        end = month.export_end.get(account, days.last)
        beyond = [line for line in month.ledger if line.account == account and end < line.date <= days.last]
        if end < days.last:
            found.append(involved("BNK-09", account, sum(line.amount for line in beyond)))
        exported = [line for line in exported if line.date <= end or line.date > days.last]
        entries = [line for line in month.ledger if line.account == account and line not in beyond]
        one, two = _matched(days, found, exported, entries)
        bank_left += one
        ledger_left += two
    found += _settled(month, bank_left, ledger_left)
    for item in month.outstanding:
        found.append(involved("BNK-12", f"{item.account} cheque {item.reference}", item.amount))
    return found


def _chain(month: Month, account: str) -> Iterable[Found]:
    missing = [line for line in month.bank if line.account == account and not line.exported]
    for line in missing:
        yield money("BNK-08", f"{account}/{line.date:%m-%d}", line.amount)


def _party(name: str) -> str:
    return _NAMES.get(name, name)


def _matched(
    days: Days, found: list[Found], exported: list[BankLine], entries: list[LedgerLine]
) -> tuple[list[BankLine], list[LedgerLine]]:
    """Same amount, nearest day first; what lies far apart or names another party is found on the way."""
    left, right = list(exported), list(entries)
    for window in (0, 4, 31):
        for bank in list(left):
            near = [
                line for line in right if line.amount == bank.amount and abs((line.date - bank.date).days) <= window
            ]
            near.sort(
                key=lambda line: (
                    _party(line.counterparty) != _party(bank.counterparty),
                    abs((line.date - bank.date).days),
                )
            )
            if not near:
                continue
            entry = near[0]
            left.remove(bank)
            right.remove(entry)
            key = f"{bank.account}/{bank.date:%m-%d}"
            if _working_days(days, bank.date, entry.date) > 3 and (bank.date <= days.last) == (entry.date <= days.last):
                found.append(involved("BNK-05", key, abs(bank.amount)))
            if _party(bank.counterparty) in _NAMES.values() and _party(entry.counterparty) != _party(bank.counterparty):
                found.append(involved("BNK-06", key, abs(bank.amount)))
    return left, right


def _working_days(days: Days, one: date, other: date) -> int:
    first, last = sorted((one, other))
    count = 0
    while first < last:
        first = days.next_working(first)
        count += first <= last
    return count


def _settled(month: Month, left: list[BankLine], right: list[LedgerLine]) -> Iterable[Found]:
    """What is left on both sides: wrong account, reversed, mistyped, doubled, false, missing."""
    for bank in list(left):
        key = f"{bank.account}/{bank.date:%m-%d}"
        same = [
            line for line in right if line.date == bank.date and _party(line.counterparty) == _party(bank.counterparty)
        ]
        for entry in same:
            if entry.account != bank.account and entry.amount == bank.amount:
                yield involved("BNK-10", f"{bank.account}->{entry.account}/{bank.date:%m-%d}", abs(bank.amount))
            elif entry.account == bank.account and entry.amount == -bank.amount:
                yield money("BNK-04", key, entry.amount - bank.amount)
            elif entry.account == bank.account and entry.amount * bank.amount > 0:
                yield money("BNK-03", key, entry.amount - bank.amount)
            else:
                continue
            left.remove(bank)
            right.remove(entry)
            break
    for bank in left:
        yield money("BNK-01", f"{bank.account}/{bank.date:%m-%d}", -bank.amount)
    hidden = [(line.account, line.date, line.amount) for line in month.bank if not line.exported]
    for entry in right:
        twins = [
            line
            for line in month.ledger
            if (line.account, line.date, line.amount) == (entry.account, entry.date, entry.amount)
        ]
        if (entry.account, entry.date, entry.amount) not in hidden:
            yield money("BNK-07" if len(twins) > 1 else "BNK-02", f"{entry.account}/{entry.date:%m-%d}", entry.amount)


def receipts(month: Month, days: Days) -> Iterable[Found]:
    """Receipt numbers, words, and cash receipts against the journal."""
    registered = {entry.number: entry for entry in month.voids if entry.kind == "收据"}
    live = {each.number: each for each in month.receipts if not each.void}
    void = {each.number for each in month.receipts if each.void}
    blank = {
        f"{place:07d}" for each in month.blanks if each.kind == "收据" for place in range(each.first, each.last + 1)
    }
    issued = {
        f"{place:07d}" for book in month.books if book.kind == "收据" for place in range(book.first, book.last + 1)
    }
    for number in sorted(issued - live.keys() - blank):
        if number in registered:
            if registered[number].copies < 3:
                yield bare("RCT-03", number)
        else:
            yield bare("RCT-02" if number in void else "RCT-01", number)
    for number, receipt in sorted(live.items()):
        if number not in issued:
            yield involved("RCT-05", number, receipt.amount)
        stated = value_of(receipt.words)
        if stated != receipt.amount:
            yield money("RCT-09", number, stated - receipt.amount)
    yield from _journal(month, days)


def _journal(month: Month, days: Days) -> Iterable[Found]:
    due = {each.number: each for each in month.receipts if each.mode == "现金" and not each.void}
    for line in month.cash:
        cited = re.findall(r"\d{7}", line.document) if line.document.startswith("收据") else []
        if not cited:
            continue
        known = [due.pop(number) for number in cited if number in due]
        if not known:
            yield money("RCT-07", cited[0], line.amount)
            continue
        if line.amount != sum(each.amount for each in known):
            yield money("RCT-08", cited[0], line.amount - sum(each.amount for each in known))
        if _working_days(days, known[0].date, line.date) > 1:
            yield involved("RCT-10", cited[0], line.amount)
    for number, receipt in due.items():
        yield money("RCT-06", number, -receipt.amount)


def cash(month: Month) -> Iterable[Found]:
    """Evidence, running balances, limit, threshold, and the count."""
    vouchers = {claim.number: claim for claim in month.claims} | {deposit.number: None for deposit in month.deposits}
    balance, at_close = month.cash_opening, {}
    for line in month.cash:
        balance += line.amount
        at_close[line.date] = balance
        if line.amount < 0 and line.document not in vouchers:
            yield money("CSH-02", f"{line.date:%m-%d}", line.amount)
        claim = vouchers.get(line.document)
        if claim and claim.company and -line.amount > THRESHOLD:
            yield involved("CSH-09", claim.number, -line.amount)
        if line.misprint:
            yield money("CSH-10", f"{line.date:%m-%d}", line.misprint)
    for day, amount in at_close.items():
        if amount > LIMIT:
            yield money("CSH-08", f"{day:%m-%d}", amount - LIMIT)
    count = month.count
    assert count is not None
    key = f"{count.date:%m-%d} count"
    if count.counted + count.iou != balance:
        yield money("CSH-03", key, count.counted + count.iou - balance)
    if count.iou:
        yield involved("CSH-06", key, count.iou)
    if not count.witness:
        yield bare("CSH-11", key)


def value_of(text: str) -> int:
    """The amount of Chinese capitals in 分."""
    figures, places = "零壹贰叁肆伍陆柒捌玖", {"拾": 10, "佰": 100, "仟": 1000}
    total = section = figure = 0
    for letter in text:
        if letter in figures:
            figure = figures.index(letter)
        elif letter in places:
            section, figure = section + (figure or 1) * places[letter], 0
        elif letter == "万":
            total, section, figure = (section + figure) * 10_000 * 100, 0, 0
        elif letter == "元":
            total, section, figure = total + (section + figure) * 100, 0, 0
        elif letter == "角":
            total, figure = total + figure * 10, 0
        elif letter == "分":
            total, figure = total + figure, 0
    return total
