"""What is kept about the slips: covers, filing, outbound slips, the statistics register, number books and voids."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from month.days import Days
from month.freight import CLERKS, VOIDS, first_number
from month.records import Blanks, Book, Cover, Filed, Month, Outbound, Registered, Slip, VoidEntry, VoidPaper
from month.settings import Settings

SLIP, RECEIPT = "收货清单", "收据"
_REASONS = ("客户名称写错，重开", "件数填写错误，重开", "运单号贴错，重开", "客户临时取消发货", "纸面污损，重开")
_FIRST_BOOK = 81
OLD_BOOK = "200"
_SHEETS = 50


def keep_slips(settings: Settings, days: Days, month: Month) -> None:
    """Fills in all that is kept about the slips of a month in which nothing is wrong."""
    month.papers = list(month.slips)
    month.register = [Registered(replace(slip)) for slip in month.slips]
    month.covers = covers_of(month.slips)
    month.filed = [Filed(slip.customer, slip.number, slip.waybill, slip.date) for slip in month.slips]
    month.outbound = [outbound_of(slip) for slip in month.slips]
    for row in month.register:  # the typist's habits: a zero lost, full-width figures (traps)
        if row.slip.number == settings.slip_no(4120):
            row.typed_no = f"{settings.slip_prefix}4120"
        if row.slip.number == settings.slip_no(4121):
            row.typed_no = _full_width(settings.slip_no(4121))
    _keep_voids(settings, month)
    for station in sorted({slip.station for slip in month.slips}):
        _keep_books(settings, days, month, station)


def covers_of(slips: list[Slip]) -> list[Cover]:
    """The cover of each bundle: a station's slips of a day."""
    bundles: dict[tuple[str, date], list[Slip]] = defaultdict(list)
    for slip in slips:
        bundles[slip.station, slip.date].append(slip)
    return [
        Cover(
            station,
            day,
            len(bundle),
            sum(slip.pieces for slip in bundle),
            sum(slip.amount for slip in bundle),
            bundle[0].clerk,
        )
        for (station, day), bundle in sorted(bundles.items(), key=lambda each: (each[0][1], each[0][0]))
    ]


def outbound_of(slip: Slip) -> Outbound:
    """A slip as it stands on the outbound slip of its provider."""
    day = slip.outbound_date or slip.date
    return Outbound(
        slip.outbound_no, day, slip.provider, slip.waybill, slip.number, slip.customer_name, slip.pieces, slip.charge
    )


def _full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def _keep_voids(settings: Settings, month: Month) -> None:
    for station, numbers in VOIDS.items():
        for place, number in enumerate(numbers):
            later = [(_of(settings, slip), slip.date) for slip in month.slips if slip.station == station]
            day = min(each for each in later if each[0] > number)[1]
            text = settings.slip_no(number)
            month.void_papers.append(VoidPaper(SLIP, text, day, station, CLERKS[station]))
            reason = _REASONS[(number + place) % len(_REASONS)]
            month.voids.append(VoidEntry(SLIP, text, day, reason, 3, "", "财务主管陈立", "赵敏"))


def _of(settings: Settings, slip: Slip) -> int:
    """The number of a slip of this year; 0 for another prefix."""
    return int(slip.number.removeprefix(settings.slip_prefix)) if slip.number.startswith(settings.slip_prefix) else 0


def _keep_books(settings: Settings, days: Days, month: Month, station: str) -> None:
    """A station gets the next book of fifty on the day on which the last one is finished."""
    used = {_of(settings, slip): slip.date for slip in month.slips if slip.station == station}
    used |= {int(each.number.rsplit("-", 1)[1]): each.date for each in month.void_papers if each.holder == station}
    own = range(first_number(station), first_number(station) + 3 * _SHEETS)
    used = {number: day for number, day in used.items() if number in own}
    clerk = CLERKS[station[0]]
    if station == "A":
        start = days.before(1, 1)
        month.books.append(
            Book(
                SLIP,
                OLD_BOOK,
                settings.old_slip_prefix,
                9999,
                10000,
                settings.slip_width,
                "A",
                start,
                days.next_working(days.operating[0]),
                clerk,
            )
        )
    first, issued = own.start, days.operating[0]
    while first <= max(used):
        last = first + _SHEETS - 1
        issued = min([issued, *(day for number, day in used.items() if first <= number <= last)])
        finished = used.get(last)
        returned = days.next_working(finished) if finished else None
        book_no = str(_FIRST_BOOK + (first - 4001) // _SHEETS)
        if returned and returned > days.last:
            returned = None
        month.books.append(
            Book(
                SLIP, book_no, settings.slip_prefix, first, last, settings.slip_width, station, issued, returned, clerk
            )
        )
        blanks_from = max(number for number in used if number <= last) + 1
        if blanks_from <= last:
            month.blanks.append(Blanks(SLIP, book_no, station, days.last, blanks_from, last))
        first, issued = last + 1, finished or issued


def keep_receipt_books(settings: Settings, days: Days, month: Month, books: dict[str, tuple[int, str, date]]) -> None:
    """Issue register, void register and blank count of receipt books, each with first number, holder, day of issue."""
    for book_no, (first, holder, issued) in books.items():
        dates = {int(each.number): each.date for each in month.receipts if each.book == book_no}
        top, last = max(dates), first + _SHEETS - 1
        returned = days.next_working(dates[last]) if last in dates else None
        month.books.append(
            Book(RECEIPT, book_no, "", first, last, settings.receipt_width, holder, issued, returned, holder)
        )
        if top < last:
            month.blanks.append(Blanks(RECEIPT, book_no, holder, days.last, top + 1, last))
    for receipt in month.receipts:
        if receipt.void:
            replaced = next(each.number for each in month.receipts if each.replaces == receipt.number)
            month.voids.append(
                VoidEntry(
                    RECEIPT, receipt.number, receipt.date, "金额写错，重开", 3, "", "财务主管陈立", "赵敏", replaced
                )
            )
