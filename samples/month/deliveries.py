"""What providers and suppliers deliver and bill: provider bills, cash on delivery, PODs, purchases, orders."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from month.days import Days
from month.records import (
    Cod,
    DeliveryNote,
    GoodsReceipt,
    Month,
    Pod,
    ProviderLine,
    PurchaseOrder,
    SalesOrder,
    Slip,
    StockItem,
    SupplierLine,
)
from month.settings import Settings

POD_PROVIDER, POD_DAYS = "P4", 10


def write_deliveries(settings: Settings, days: Days, month: Month) -> None:
    """All of it, in a month in which nothing is wrong."""
    month.provider_lines = [provider_line(slip) for slip in month.slips]
    month.cod = [_cod(days, slip) for slip in month.slips if slip.cod]
    month.pods = [_pod(days, month, slip) for slip in month.slips if slip.provider == POD_PROVIDER]
    _purchases(settings, days, month)
    _orders(settings, days, month)
    month.stock = [
        StockItem(item, unit, Decimal(count), Decimal(count))
        for item, unit, count in (
            (
                "收货清单（空白）",
                "份",
                sum(each.last - each.first + 1 for each in month.blanks if each.kind == "收货清单"),
            ),
            ("收款收据（空白）", "份", sum(each.last - each.first + 1 for each in month.blanks if each.kind == "收据")),
            ("纸箱", "只", 1_640),
            ("缠绕膜", "卷", 212),
            ("木托盘", "只", 96),
            ("封箱胶带", "卷", 385),
        )
    ]


def provider_line(slip: Slip) -> ProviderLine:
    """The provider's bill line for a slip."""
    day = slip.outbound_date or slip.date
    return ProviderLine(
        slip.provider,
        day,
        slip.waybill,
        slip.pieces,
        slip.charge,
        slip.cost_rate,
        slip.cost_freight,
        slip.cost_fuel,
        slip.cost,
    )


def _cod(days: Days, slip: Slip) -> Cod:
    collected = (slip.outbound_date or slip.date) + timedelta(days=1)
    return Cod(slip.waybill, slip.number, slip.customer, slip.provider, slip.cod, collected, days.on(26), days.on(29))


def _pod(days: Days, month: Month, slip: Slip) -> Pod:
    """The POD is back after six days; what is not back by the end of the month is not due either."""
    shipped = slip.outbound_date or slip.date
    due = slip.date + timedelta(days=POD_DAYS)
    signed, returned = shipped + timedelta(days=1), shipped + timedelta(days=6)
    if returned > days.last:
        on_time = signed if signed <= days.last else None
        return Pod(
            slip.waybill,
            slip.customer,
            shipped,
            slip.pieces,
            due,
            on_time,
            "收货人" if on_time else "",
            slip.pieces if on_time else None,
            None,
            None,
            "未到期",
        )
    handed = min(days.next_working(returned), days.last)
    return Pod(
        slip.waybill, slip.customer, shipped, slip.pieces, due, signed, "收货人", slip.pieces, returned, handed, "已回"
    )


def _purchases(settings: Settings, days: Days, month: Month) -> None:
    tag, old = f"PO{settings.yymm}", days.before(2)
    before = f"PO{old:%y%m}-04"
    pay = days.last + timedelta(days=30)
    orders = (
        (f"{tag}-01", days.on(8), "V1", "纸箱", "只", 1000, 305, days.on(15), pay, days.on(14)),
        (f"{tag}-02", days.on(9), "V1", "缠绕膜", "卷", 200, 1800, days.on(20), pay, days.on(19)),
        (f"{tag}-03", days.on(9), "V2", "木托盘", "只", 80, 4000, days.on(22), days.on(27), days.on(21)),
        (f"{tag}-05", days.on(10), "V1", "封箱胶带", "卷", 300, 260, days.on(21), pay, days.on(20)),
        (
            before,
            days.before(2, 20),
            "V1",
            "气泡膜",
            "卷",
            400,
            1600,
            days.before(2, 28),
            days.on(24) + timedelta(days=1),
            days.before(2, 27),
        ),
    )
    for place, (number, day, supplier, item, unit, quantity, price, due, pay_due, received) in enumerate(
        orders, start=1
    ):
        month.orders.append(PurchaseOrder(number, day, supplier, item, unit, quantity, price, due, pay_due))
        month.goods.append(GoodsReceipt(number.replace("PO", "RK"), received, number, supplier, item, quantity))
        invoice_no = f"{settings.yy}442000000{200_000_000 + place * 1_313:09d}"
        month.statements.append(SupplierLine(supplier, received, number, invoice_no, item, quantity, price))


def _orders(settings: Settings, days: Days, month: Month) -> None:
    foreign, local = f"DD{settings.yymm}-01", f"DD{settings.yymm}-03"
    month.sales = [
        SalesOrder(
            foreign,
            days.on(22),
            "C08",
            "海运整柜代理及报关",
            1_400_000,
            "USD",
            420_000,
            days.on(23),
            days.on(27),
            days.on(26),
            days.on(28),
            days.after(14),
        ),
        SalesOrder(
            local,
            days.on(26),
            "C01",
            "门店配送",
            500_000,
            "CNY",
            150_000,
            days.on(28),
            days.on(28),
            days.on(28),
            days.on(29),
            days.on(30),
        ),
    ]
    for number in range(1, 13):
        first = number <= 4
        shipped, order_no, customer = (days.on(28), foreign, "C08") if first else (days.on(29), local, "C01")
        pieces = 20 + number % 5 * 6
        month.notes.append(
            DeliveryNote(
                settings.document_no("SD", number), shipped, order_no, customer, pieces, pieces, "收货人", days.on(30)
            )
        )
