"""Customer bills, the archive of them, and the master bill: folders 06 and 07."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

from month.amounts import tenths, yuan
from month.days import Days
from month.records import Bill, BillLine, Credit, Month
from month.settings import Settings
from month.write.slips import PROVIDER_NAMES
from month.write.xlsx import Book, Cell

_LINES = (
    "日期",
    "费用类型",
    "费用名称",
    "清单号",
    "运单号",
    "依据单号",
    "服务商",
    "目的地",
    "件数",
    "计费重(kg)",
    "单价",
    "运费",
    "燃油费率",
    "燃油费",
    "杂费",
    "合计",
    "付款方式",
)
_CREDITS = ("收款日期", "收款方式", "收款金额", "原币金额", "汇率", "收款凭据", "付款人", "收款备注")
_ZIP_TIME = (2026, 11, 3, 9, 0, 0)


def bill_files(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    """A workbook for each bill, the archive, and the master bill."""
    bills = {
        f"{bill.number} {month.name(bill.customer)}.xlsx": (bill, _bill(settings, month, bill)) for bill in month.bills
    }
    files = {f"06客户账单/{name}": data for name, (_, data) in bills.items()}
    zipped = [(name, data) for name, (bill, data) in bills.items() if bill.number in month.zipped]
    files[f"06客户账单/客户账单明细表{settings.period}.zip"] = archive_of(settings.order.of(zipped))
    files[f"07总账单/总账单{settings.period}.xlsx"] = _master(settings, days, month)
    return files


def archive_of(members: list[tuple[str, bytes]]) -> bytes:
    """A zip archive of files by name, the same bytes every time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, data)
    return stream.getvalue()


def _bill(settings: Settings, month: Month, bill: Bill) -> bytes:
    book = Book()
    sheet = book.sheet("账单")
    sheet.title(f"{settings.company} 客户账单 {settings.title}", len(_LINES))
    sheet.pairs(("账单号", bill.number), ("客户名称", month.name(bill.customer)), ("账单期间", settings.period))
    sheet.pairs(("出账日期", bill.issued), ("到期日", bill.due), ("币种", bill.currency))
    sheet.pairs(("上期欠款", yuan(bill.arrears)), ("上期余款", yuan(bill.credit)), ("本期费用", yuan(bill.charges)))
    sheet.pairs(("本期收款", yuan(bill.received)), ("本期结余", yuan(bill.closing)))
    sheet.gap()
    sheet.note("费用明细")
    lines = settings.order.of(bill.lines)
    total: list[Cell] = ["合计", *([None] * 14), yuan(sum(line.amount for line in lines)), None]
    sheet.table(_LINES, [_line(line) for line in lines], total)
    sheet.gap()
    sheet.note("收款明细")
    credits = settings.order.of(bill.credits)
    sheet.table(_CREDITS, [_credit(credit) for credit in credits], ["合计", None, yuan(bill.received), *([None] * 5)])
    sheet.gap()
    sheet.pairs(("制单", "林晓"), ("复核", "赵敏"))
    sheet.widths(12, 14, 12, 26, 15, 14, 16, 10, 8, 10, 10, 12, 9, 10, 9, 12, 9)
    return book.data()


def _money(fen: int | None) -> Decimal | None:
    return None if fen is None else yuan(fen)


def _line(line: BillLine) -> list[Cell]:
    return [
        line.date,
        line.kind,
        line.item,
        line.slip_no,
        line.waybill,
        line.document_no,
        PROVIDER_NAMES.get(line.provider, ""),
        line.destination,
        line.pieces,
        None if line.charge is None else tenths(line.charge),
        _money(line.rate),
        _money(line.freight),
        None if line.fuel_rate is None else f"{tenths(line.fuel_rate)}%",
        _money(line.fuel),
        _money(line.other),
        yuan(line.amount),
        line.pay_mode,
    ]


def _credit(credit: Credit) -> list[Cell]:
    rate = Decimal(credit.rate) if credit.rate else None
    return [
        credit.date,
        credit.mode,
        yuan(credit.amount),
        _money(credit.original),
        rate,
        credit.reference,
        credit.payer,
        credit.remark,
    ]


def _master(settings: Settings, days: Days, month: Month) -> bytes:
    """The master bill: customers down, days of the month across, totals on both sides."""
    book = Book()
    sheet = book.sheet("总账单")
    columns = [date(settings.year, settings.month, day) for day in range(1, days.last.day + 1)]
    sheet.title(f"客户总账单 {settings.title}", len(columns) + 2)
    rows: list[list[Cell]] = []
    for party in settings.order.of(month.customers):
        cells = [month.master.get((party.id, day)) for day in columns]
        rows.append([party.name, *(_money(cell) for cell in cells), yuan(sum(cell or 0 for cell in cells))])
    totals = [sum(amount for (_, day), amount in month.master.items() if day == column) for column in columns]
    footed: list[Cell] = [
        yuan(total + month.master_misfooted.get(column, 0)) if total else None
        for column, total in zip(columns, totals, strict=True)
    ]
    sheet.table(("客户名称", *columns, "合计"), rows, ["合计", *footed, yuan(sum(month.master.values()))])
    sheet.widths(28, *(11 for _ in columns), 13)
    sheet.gap()
    sheet.pairs(("制单", "林晓"), ("复核", "赵敏"))
    return book.data()
