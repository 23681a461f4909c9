"""Planted in slips, register, memos, covers and number books (D02 to D07)."""

from __future__ import annotations

from datetime import timedelta

from month.bookkeeping import SLIP
from month.freight import Scheme
from month.plants.registry import Change, Stage, plant
from month.records import Outbound, ProviderLine, Registered, ServiceRow, VoidEntry


@plant("SRT-01")
def unknown_name(change: Change) -> None:
    """A slip reads 恒昌电器, which is no name of 恒昌电子; the register was typed from it."""
    slip = change.month.slip(84)
    slip.customer_name = change.row(84).slip.customer_name = "恒昌电器"
    change.expect(slip.number, amount=slip.amount)


@plant("SRT-02")
def filed_wrongly(change: Change) -> None:
    """A slip of C02 is filed with those of C05."""
    slip = change.month.slip(131)
    next(each for each in change.month.filed if each.waybill == slip.waybill).customer = "C05"
    change.expect(slip.number, amount=slip.amount)


@plant("SRT-03")
def not_dispatched(change: Change) -> None:
    """Goods received on 10-15 stand on no outbound slip; the provider does not bill them either."""
    month, slip = change.month, change.month.slip(120)
    month.outbound = [each for each in month.outbound if each.waybill != slip.waybill]
    month.provider_lines = [each for each in month.provider_lines if each.waybill != slip.waybill]
    change.expect(slip.number, amount=slip.amount)


@plant("SRT-04")
def never_received(change: Change) -> None:
    """Three pieces on an outbound slip of 10-20 were never received; the provider bills 25.00 for them."""
    day, waybill = change.days.on(20), f"YT{change.settings.yymm}00999"
    slip = next(each for each in change.month.slips if each.date == day and each.provider == "P4")
    change.month.outbound.append(Outbound(slip.outbound_no, day, "P4", waybill, "", "", 3, 100))
    change.month.provider_lines.append(ProviderLine("P4", day, waybill, 3, 100, 250, 2_500, 0, 2_500))
    change.expect(waybill)


@plant("REG-01")
def paper_gone(change: Change) -> None:
    """A slip's paper is gone; cover, register, outbound slip and bill still have it."""
    slip = change.month.slip(253)
    change.month.papers.remove(slip)
    change.month.filed = [each for each in change.month.filed if each.waybill != slip.waybill]
    change.expect(slip.number, slip.amount)


@plant("REG-02")
def not_registered(change: Change) -> None:
    """A slip that was billed is not in the register."""
    row = change.row(158)
    change.month.register.remove(row)
    change.expect(row.slip.number, -row.slip.amount)


@plant("REG-03-pieces")
def pieces_mistyped(change: Change) -> None:
    """9 pieces are registered as 6."""
    row = change.row(95)
    row.slip.pieces = 6
    change.expect_count(f"{row.slip.number}/件数", 6 - change.month.slip(95).pieces)


@plant("REG-03-waybill")
def waybill_mistyped(change: Change) -> None:
    """Two figures of a waybill number are turned round in the register; its check digit fails."""
    row = change.row(176)
    row.slip.waybill = "998-61000356"
    change.expect(f"{row.slip.number}/运单号")


@plant("REG-04", Stage.TOTALS)
def registered_twice(change: Change) -> None:
    """A row of the register was entered twice."""
    row = change.row(362)
    change.month.register.insert(change.month.register.index(row) + 1, Registered(row.slip))
    change.expect(row.slip.number, row.slip.amount)


@plant("MCS-01")
def memo_not_in_table(change: Change) -> None:
    """A memo is missing in the customer-service table."""
    number = change.document("LL", 7)
    change.month.service = [each for each in change.month.service if each.memo_no != number]
    change.expect(number, -21_000)


@plant("MCS-02")
def row_without_memo(change: Change) -> None:
    """The customer-service table has a row for C06 without a memo."""
    number = change.document("LL", 17)
    change.month.service.append(ServiceRow(number, change.days.on(29), "提货费", "", "C06", 6_000))
    change.expect(number, 6_000)


@plant("MCS-03")
def memo_and_row_differ(change: Change) -> None:
    """The memo says 180.00, the customer-service table 80.00."""
    number = change.document("LL", 8)
    next(each for each in change.month.service if each.memo_no == number).amount = 8_000
    change.expect(number, -10_000)


@plant("MCS-04")
def not_signed_for(change: Change) -> None:
    """Nobody signed for a memo when it was handed over."""
    memo = next(each for each in change.month.memos if each.number == change.document("LL", 15))
    memo.signed_by = ""
    change.expect(memo.number, amount=memo.amount)


@plant("MRG-01")
def memo_not_applied(change: Change) -> None:
    """A memo takes a piece off; the register was not changed, nor the bill made from it."""
    row, memo = change.row(82), next(each for each in change.month.memos if each.slip == 82)
    row.slip.pieces, row.memo_no = change.month.slip(82).pieces, ""
    change.line(82).pieces = row.slip.pieces
    change.expect_count(memo.number, row.slip.pieces - int(memo.new))


@plant("MRG-02")
def changed_without_memo(change: Change) -> None:
    """The register says 100.00 less than the slip and cites a memo that does not exist."""
    row = change.row(318)
    row.slip.amount -= 10_000
    row.memo_no = change.document("LL", 33)
    change.expect(row.slip.number, -10_000)


@plant("CNT-01")
def a_ticket_too_many(change: Change) -> None:
    """Station A's cover of 10-21 counts 8 slips; there are 7."""
    day = change.days.on(21)
    cover = next(each for each in change.month.covers if (each.station, each.date) == ("A", day))
    cover.tickets += 1
    change.expect_count(f"A/{day:%m-%d}", 1)


@plant("CNT-02")
def two_pieces_too_many(change: Change) -> None:
    """Station C's cover of 10-26 counts two pieces more than there are."""
    day = change.days.on(26)
    cover = next(each for each in change.month.covers if (each.station, each.date) == ("C", day))
    cover.pieces += 2
    change.expect_count(f"C/{day:%m-%d}", 2)


@plant("SEQ-01")
def number_missing(change: Change) -> None:
    """A number was neither used nor voided, and is not on hand."""
    number = change.settings.slip_no(4090)
    change.month.void_papers = [each for each in change.month.void_papers if each.number != number]
    change.month.voids = [each for each in change.month.voids if each.number != number]
    change.expect(number)


@plant("SEQ-02")
def void_not_registered(change: Change) -> None:
    """Three copies are stamped 作废, and the void register does not know."""
    number = change.settings.slip_no(4203)
    change.month.voids = [each for each in change.month.voids if each.number != number]
    change.expect(number)


@plant("SEQ-03")
def void_copy_missing(change: Change) -> None:
    """A void is registered; the customer's copy was not seen."""
    number = change.settings.slip_no(4350)
    entry = next(each for each in change.month.voids if each.number == number)
    entry.copies, entry.missing = 2, "客户联"
    next(each for each in change.month.void_papers if each.number == number).copies = 2
    change.expect(number)


@plant("SEQ-04", Stage.NUMBERS)
def printed_twice(change: Change) -> None:
    """Two slips of one day carry one number."""
    change.scheme.printed_twice[4400] = 4399


@plant("SEQ-04")
def expect_printed_twice(change: Change) -> None:
    """Two slips of one day carry one number."""
    change.expect(change.settings.slip_no(4399))


@plant("SEQ-05", Stage.NUMBERS)
def stray_number(change: Change) -> None:
    """Station B uses a form of a book that was never issued."""
    change.scheme.stray["B", 60] = 4612


@plant("SEQ-05")
def expect_stray_number(change: Change) -> None:
    """Station B uses a form of a book that was never issued."""
    slip = next(each for each in change.month.slips if each.number == change.settings.slip_no(4612))
    change.expect(slip.number, amount=slip.amount)


@plant("SEQ-06", Stage.NUMBERS)
def book_too_soon(change: Change) -> None:
    """Station C takes three numbers of book 89 while book 88 is open."""
    _take_early(change.scheme)


def _take_early(scheme: Scheme) -> None:
    scheme.early.update({("C", 54 + place): 4401 + place for place in range(3)})


@plant("SEQ-06")
def expect_book_too_soon(change: Change) -> None:
    """Station C takes three numbers of book 89 while book 88 is open."""
    change.expect("book 89")


@plant("SEQ-08")
def void_but_live(change: Change) -> None:
    """The void register has a slip that is live and billed."""
    slip = change.month.slip(231)
    change.month.voids.append(
        VoidEntry(SLIP, slip.number, slip.date + timedelta(days=1), "客户要求取消", 3, "", "财务主管陈立", "赵敏")
    )
    change.expect(slip.number, amount=slip.amount)
