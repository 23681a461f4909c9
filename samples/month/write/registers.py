"""Filing, outbound slips, statistics register, customer-service table, number registers: folders 01 to 04, 10."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from month.amounts import hundredths, plain, tenths, yuan
from month.bookkeeping import RECEIPT, SLIP
from month.records import Book as NumberBook
from month.records import Month, Registered
from month.settings import Settings
from month.write.slips import PROVIDER_NAMES
from month.write.xlsx import Book, Cell, one_list, total_row

_HIDDEN = 137  # trap: a row of the statistics register that is hidden
_REGISTER: tuple[tuple[str, Callable[[Registered], Cell]], ...] = (
    ("清单号", lambda row: row.typed_no or row.slip.number),
    ("日期", lambda row: f"{row.slip.date:%Y-%m-%d}"),
    ("站点", lambda row: row.slip.station),
    ("经办人", lambda row: row.slip.clerk),
    ("客户", lambda row: row.slip.customer_name),
    ("渠道", lambda row: PROVIDER_NAMES[row.slip.provider]),
    ("运单号", lambda row: row.slip.waybill),
    ("目的地", lambda row: row.slip.destination),
    ("件数", lambda row: row.slip.pieces),
    ("实重(kg)", lambda row: tenths(row.slip.actual)),
    ("体积重(kg)", lambda row: hundredths(row.slip.volume)),
    ("计费重(kg)", lambda row: tenths(row.slip.charge)),
    ("单价", lambda row: yuan(row.slip.rate)),
    ("运费", lambda row: yuan(row.slip.freight)),
    ("燃油费率", lambda row: f"{tenths(row.slip.fuel_rate)}%"),
    ("燃油费", lambda row: yuan(row.slip.fuel)),
    ("杂费", lambda row: yuan(row.slip.other)),
    ("合计", lambda row: yuan(row.slip.amount)),
    ("付款方式", lambda row: row.slip.pay_mode),
    ("代收货款", lambda row: plain(row.slip.cod) if row.slip.cod else ""),
    ("联络单号", lambda row: row.memo_no),
    ("备注", lambda _: ""),
)


def freight_files(settings: Settings, month: Month) -> dict[str, bytes]:
    """All of folders 01 to 04 but the slips and memos themselves, by path."""
    order = settings.order
    return _outbound(settings, month) | {
        "01收货清单/归类清册.xlsx": one_list(
            "归类清册",
            f"收货清单归类清册 {settings.title}",
            (
                ("归档客户", lambda each: month.name(each.customer)),
                ("清单号", lambda each: each.slip_no),
                ("运单号", lambda each: each.waybill),
                ("日期", lambda each: each.date),
            ),
            order.of(month.filed),
        ),
        f"03统计报表/统计报表{settings.period}.xlsx": _register(settings, month),
        "04联络单+客服表/客服登记表.xlsx": one_list(
            "客服登记表",
            f"客服登记表 {settings.title}",
            (
                ("联络单号", lambda row: row.memo_no),
                ("登记日期", lambda row: row.date),
                ("类型", lambda row: row.type),
                ("清单号", lambda row: row.slip_no),
                ("客户名称", lambda row: month.name(row.customer)),
                ("金额", lambda row: None if row.amount is None else yuan(row.amount)),
                ("客服", lambda _: "孙丽"),
                ("处理状态", lambda row: row.status),
            ),
            order.of(month.service),
        ),
    }


def _outbound(settings: Settings, month: Month) -> dict[str, bytes]:
    """One workbook for each day on which goods left, the slips of all providers in it."""
    files = {}
    for day in sorted({line.date for line in month.outbound}):
        files[f"02出货清单/{day:%Y-%m-%d}.xlsx"] = one_list(
            "出货清单",
            f"出货清单 {day:%Y-%m-%d}",
            (
                ("出货清单号", lambda line: line.number),
                ("出货日期", lambda line: line.date),
                ("服务商", lambda line: PROVIDER_NAMES[line.provider]),
                ("运单号", lambda line: line.waybill),
                ("收货清单号", lambda line: line.slip_no),
                ("客户名称", lambda line: line.customer_name),
                ("件数", lambda line: line.pieces),
                ("计费重(kg)", lambda line: tenths(line.charge)),
                ("备注", lambda line: line.remark),
            ),
            settings.order.of(sorted((x for x in month.outbound if x.date == day), key=lambda line: line.number)),
            {"件数"},
        )
    return files


def _register(settings: Settings, month: Month) -> bytes:
    """The statistics register: two lines of merged headers, numbers stored as text, one row hidden, one total row."""
    book = Book()
    sheet = book.sheet("统计报表")
    headers = [header for header, _ in _REGISTER]
    rows = [[show(row) for _, show in _REGISTER] for row in settings.order.of(month.register)]
    total = total_row(headers, rows, {"件数", "运费", "燃油费", "杂费", "合计"})
    sheet.title(f"统计报表 {settings.title}", len(headers))
    groups = (("货物", 8, 11), ("费用（元）", 12, 17))
    sheet.table(headers, [_as_text(row) for row in rows], _as_text(total or []), groups, {_HIDDEN})
    sheet.widths(14, 11, 6, 8, 26, 16, 15, 10, 6, 9, 10, 10, 8, 10, 9, 9, 8, 11, 9, 10, 12, 12)
    return book.data()


def _as_text(row: Sequence[Cell]) -> list[Cell]:
    return [None if cell is None else str(cell) for cell in row]


def number_files(settings: Settings, month: Month) -> dict[str, bytes]:
    """Issue register, void register and count of blank forms: folder 10."""
    order = settings.order
    return {
        "10收据+登记簿/票据领用登记簿.xlsx": _issues(settings, month),
        "10收据+登记簿/作废登记簿.xlsx": one_list(
            "作废登记",
            f"票据作废登记簿 {settings.title}",
            (
                ("票据种类", lambda entry: entry.kind),
                ("作废号码", lambda entry: entry.number),
                ("作废日期", lambda entry: entry.date),
                ("作废原因", lambda entry: entry.reason),
                ("收回联数", lambda entry: entry.copies),
                ("缺失联次", lambda entry: entry.missing),
                ("上报对象", lambda entry: entry.reported_to),
                ("监销人", lambda entry: entry.approver),
                ("重开号码", lambda entry: entry.replaced_by),
            ),
            order.of(month.voids),
        ),
        "10收据+登记簿/空白票据盘点表.xlsx": one_list(
            "空白票据",
            f"空白票据盘点表 {settings.title}",
            (
                ("票据种类", lambda blanks: blanks.kind),
                ("本号", lambda blanks: blanks.book_no),
                ("保管人", lambda blanks: blanks.holder),
                ("盘点日期", lambda blanks: blanks.date),
                ("空白起号", lambda blanks: blanks.first),
                ("空白止号", lambda blanks: blanks.last),
                ("空白张数", lambda blanks: blanks.last - blanks.first + 1),
            ),
            order.of(month.blanks),
        ),
    }


def _issues(settings: Settings, month: Month) -> bytes:
    """The issue register: a sheet for slips, whose books stations hold, one for receipts, whose books people hold."""
    book = Book()
    for kind, holder in ((SLIP, "领用站点"), (RECEIPT, "领用人")):
        columns: tuple[tuple[str, Callable[[NumberBook], Cell]], ...] = (
            ("票据种类", lambda each: each.kind),
            ("本号", lambda each: each.book_no),
            ("字头", lambda each: each.prefix),
            ("起号", lambda each: f"{each.first:0{each.width}d}"),
            ("止号", lambda each: f"{each.last:0{each.width}d}"),
            ("位数", lambda each: each.width),
            ("联次", lambda _: 3),
            (holder, lambda each: each.holder),
            ("领用日期", lambda each: each.issued),
            ("核销日期", lambda each: each.returned),
            ("签收", lambda each: each.signed),
        )
        books = settings.order.of([each for each in month.books if each.kind == kind])
        book.sheet(f"{kind}领用").listing(f"{kind}领用登记簿 {settings.title}", columns, books)
    return book.data()
