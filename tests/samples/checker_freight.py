"""A plain, slow audit of the month's records without the project's engine: slips, register, numbers, bills, days."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from month.records import BillLine, Book, Month, Slip

Found = tuple[str, str, str, str]  # code, key, difference, amount


def money(code: str, key: str, difference: int) -> Found:
    """A finding whose difference is an amount in 分."""
    return code, key, f"{difference / 100:+.2f}", f"{abs(difference) / 100:.2f}"


def involved(code: str, key: str, amount: int) -> Found:
    """A finding with an amount and no difference."""
    return code, key, "", f"{amount / 100:.2f}"


def count(code: str, key: str, difference: int) -> Found:
    """A finding whose difference is a count."""
    return code, key, f"{difference:+d}", f"{abs(difference)}"


def bare(code: str, key: str) -> Found:
    """A finding without figures."""
    return code, key, "", ""


def normal(text: str, width: int = 6) -> str:
    """A slip number in one form: half width, leading zeros."""
    prefix, _, figures = unicodedata.normalize("NFKC", text).partition("-")
    return f"{prefix}-{figures.zfill(width)}"


def freight(month: Month, last: date) -> list[Found]:
    """All that is wrong with slips, numbers, counts, bills and the master bill."""
    return [*register(month), *counts(month), *numbers(month), *bills(month, last), *totals(month), *days(month, last)]


def register(month: Month) -> Iterable[Found]:
    """Slips against the register: first by both numbers, then by one of them; memos explain what they name."""
    rows = [(normal(row.typed_no or row.slip.number), row) for row in month.register]
    taken: set[int] = set()
    changes = {(memo.slip_no, memo.field): memo.new for memo in month.memos if memo.field}
    for slip in month.papers:
        both = [
            place
            for place, (number, row) in enumerate(rows)
            if (number, row.slip.waybill) == (slip.number, slip.waybill)
        ]
        twins = sum(paper.number == slip.number for paper in month.papers)
        one = [place for place, (number, _) in enumerate(rows) if number == slip.number and twins == 1]
        places = [place for place in both or one if place not in taken]
        taken |= set(places)
        if not places:
            yield money("REG-02", slip.number, -slip.amount)
            continue
        for place in places[1:]:
            yield money("REG-04", slip.number, rows[place][1].slip.amount)
        row = rows[places[0]][1]
        if row.slip.waybill != slip.waybill:
            yield bare("REG-03", f"{slip.number}/运单号")
        if row.slip.pieces != slip.pieces and not (
            row.memo_no and str(row.slip.pieces) == changes.get((slip.number, "件数"))
        ):
            yield count("REG-03", f"{slip.number}/件数", row.slip.pieces - slip.pieces)
        reweighed = row.memo_no and f"{row.slip.half / 2:.1f}" == changes.get((slip.number, "计费重量"))
        if row.slip.amount != slip.amount and not reweighed:
            yield money("MRG-02" if row.memo_no else "REG-03", slip.number, row.slip.amount - slip.amount)
    for place, (number, row) in enumerate(rows):
        if place not in taken:
            yield money("REG-01", number, row.slip.amount)
    for memo in month.memos:
        if memo.field == "件数":
            pieces = next(row.slip.pieces for number, row in rows if number == memo.slip_no)
            if pieces != int(memo.new):
                yield count("MRG-01", memo.number, pieces - int(memo.new))


def counts(month: Month) -> Iterable[Found]:
    """Cover sheets against the papers; a paper that is gone and registered is reported once, as that."""
    on_paper = {(slip.number, slip.waybill) for slip in month.papers}
    gone = [
        row.slip
        for row in month.register
        if (row.slip.number, row.slip.waybill) not in on_paper and _unpapered(month, row.slip)
    ]
    for cover in month.covers:
        there = [slip for slip in [*month.papers, *gone] if (slip.station, slip.date) == (cover.station, cover.date)]
        key = f"{cover.station}/{cover.date:%m-%d}"
        if cover.tickets != len(there):
            yield count("CNT-01", key, cover.tickets - len(there))
        if cover.pieces != sum(slip.pieces for slip in there):
            yield count("CNT-02", key, cover.pieces - sum(slip.pieces for slip in there))


def _unpapered(month: Month, slip: Slip) -> bool:
    return all(normal(slip.number) != paper.number for paper in month.papers)


def numbers(month: Month) -> Iterable[Found]:
    """Each issued number is used, void or blank, once; books are used in turn."""
    seen = [(slip.number, slip) for slip in month.papers]
    seen += [(normal(row.typed_no or row.slip.number), row.slip) for row in month.register]
    papers: dict[str, set[str]] = defaultdict(set)
    for slip in month.papers:
        papers[slip.number].add(slip.waybill)
    for number, waybills in sorted(papers.items()):
        if len(waybills) > 1:
            yield bare("SEQ-04", number)
    books = [book for book in month.books if book.kind == "收货清单"]
    issued = {_number(book, place) for book in books for place in range(book.first, book.last + 1)}
    used = dict(seen)
    for number in sorted(used.keys() - issued):
        yield involved("SEQ-05", number, used[number].amount)
    registered = {entry.number: entry for entry in month.voids if entry.kind == "收货清单"}
    stamped = {paper.number for paper in month.void_papers}
    blanks = {(each.book_no, place) for each in month.blanks for place in range(each.first, each.last + 1)}
    for book in books:
        for place in range(book.first, book.last + 1):
            number = _number(book, place)
            if number in used:
                if number in registered:
                    yield involved("SEQ-08", number, used[number].amount)
            elif number in registered:
                if registered[number].copies < 3:
                    yield bare("SEQ-03", number)
            elif number in stamped:
                yield bare("SEQ-02", number)
            elif (book.book_no, place) not in blanks:
                yield bare("SEQ-01", number)
    yield from _skipped(books, month)


def _number(book: Book, place: int) -> str:
    return f"{book.prefix}{place:0{book.width}d}"


def _skipped(books: list[Book], month: Month) -> Iterable[Found]:
    first_use = {slip.number: slip.date for slip in reversed(month.slips)}
    for book in books:
        begun = min(
            first_use[_number(book, place)]
            for place in range(book.first, book.last + 1)
            if _number(book, place) in first_use
        )
        for earlier in books:
            if (earlier.holder, earlier.prefix) == (book.holder, book.prefix) and earlier.first < book.first:
                later = [
                    place
                    for place in range(earlier.first, earlier.last + 1)
                    if first_use.get(_number(earlier, place), begun) > begun
                ]
                if later:
                    yield bare("SEQ-06", f"book {book.book_no}")


def bills(month: Month, last: date) -> Iterable[Found]:
    """Slips against bill lines, within the customer and then across customers."""
    lines = [(bill.customer, line) for bill in month.bills for line in bill.lines if line.kind == "运费"]
    taken: set[int] = set()
    memos = {(memo.slip_no, memo.field): memo.new for memo in month.memos if memo.field}
    unbilled = [row.slip for row in month.register if _unpapered(month, row.slip)]
    for slip in [*month.papers, *unbilled]:
        twins = sum(paper.number == slip.number for paper in month.papers)
        mine = [
            place for place, (_, line) in enumerate(lines)
            if line.slip_no == slip.number and (twins == 1 or line.waybill == slip.waybill or _unpapered(month, slip))
        ]  # fmt: skip
        taken |= set(mine)
        if not mine:
            if slip.pay_mode != "到付":
                yield money("BIL-01", slip.number, -slip.amount)
            continue
        for place in mine[1:]:
            yield money("BIL-06", slip.number, lines[place][1].amount)
        customer, line = lines[mine[0]]
        yield from _compared(slip, customer, line, memos)
    for place, (_, line) in enumerate(lines):
        if place not in taken:
            yield money("BIL-02" if line.date <= last else "GEN-06", line.slip_no, line.amount)


def _compared(slip: Slip, customer: str, line: BillLine, memos: dict[tuple[str, str], str]) -> Iterable[Found]:
    if customer != slip.customer:
        yield involved("BIL-07", slip.number, line.amount)
    if line.waybill != slip.waybill:
        yield bare("BIL-11", slip.number)
    if line.pieces != slip.pieces and str(line.pieces) != memos.get((slip.number, "件数")):
        yield count("BIL-03", slip.number, (line.pieces or 0) - slip.pieces)
    due = 0 if slip.pay_mode == "到付" else slip.amount
    if line.amount == due or f"{(line.charge or 0) / 10:.1f}" == memos.get((slip.number, "计费重量")):
        return
    code = "BIL-04"
    if line.pay_mode != slip.pay_mode:
        code = "BIL-10"
    elif line.charge != slip.charge:
        code = "BIL-08"
    elif (line.rate, line.fuel_rate) != (slip.rate, slip.fuel_rate):
        code = "BIL-09"
    yield money(code, slip.number, line.amount - due)


def totals(month: Month) -> Iterable[Found]:
    """The headings of the bills against their lines."""
    for bill in month.bills:
        lines = sum(line.amount for line in bill.lines)
        if bill.charges != lines:
            yield money("BIL-05", bill.customer, bill.charges - lines)


def days(month: Month, last: date) -> Iterable[Found]:
    """Bill lines by customer and day against the master bill."""
    billed: Counter[tuple[str, date]] = Counter()
    for bill in month.bills:
        for line in bill.lines:
            if line.date <= last:
                billed[bill.customer, line.date] += line.amount
    for customer, day in sorted({*billed, *month.master}):
        key, due, entered = f"{customer}/{day:%m-%d}", billed.get((customer, day), 0), month.master.get((customer, day))
        if entered is None:
            if due:
                yield money("DAY-02", key, -due)
        elif (customer, day) not in billed:
            yield money("DAY-03", key, entered)
        elif entered != due:
            yield money("DAY-01", key, entered - due)
    for day, off in month.master_misfooted.items():
        yield money("DAY-04", f"{day:%m-%d}", off)
