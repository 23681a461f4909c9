"""Provider bills, purchases, orders, PODs and invoices: folders 12 to 15."""

from __future__ import annotations

from month.amounts import tenths, yuan
from month.parties import OTHERS
from month.records import Month
from month.settings import Settings
from month.write.forms import tax_id_of
from month.write.slips import PROVIDER_NAMES
from month.write.xlsx import one_list

_SUPPLIERS = {each.id: each.name for each in OTHERS}


def delivery_files(settings: Settings, month: Month) -> dict[str, bytes]:
    """All of them by path."""
    return (
        _providers(settings, month)
        | _purchases(settings, month)
        | _statements(settings, month)
        | _orders(settings, month)
    )


def _providers(settings: Settings, month: Month) -> dict[str, bytes]:
    order, files = settings.order, {}
    for provider, name in PROVIDER_NAMES.items():
        files[f"13服务商账单/{provider} {name}.xlsx"] = one_list(
            "对账单",
            f"{name} 对账单 {settings.title}",
            (
                ("对账单号", lambda line: f"{line.provider}-{settings.yymm}"),
                ("服务商", lambda line: PROVIDER_NAMES[line.provider]),
                ("发货日期", lambda line: line.date),
                ("运单号", lambda line: line.waybill),
                ("件数", lambda line: line.pieces),
                ("结算重量", lambda line: tenths(line.charge)),
                ("结算单价", lambda line: yuan(line.rate)),
                ("运费", lambda line: yuan(line.freight)),
                ("燃油费", lambda line: yuan(line.fuel)),
                ("结算金额", lambda line: yuan(line.amount)),
            ),
            order.of([line for line in month.provider_lines if line.provider == provider]),
            {"件数", "运费", "燃油费", "结算金额"},
        )
    files["13服务商账单/代收货款台账.xlsx"] = one_list(
        "代收货款台账",
        f"代收货款台账 {settings.title}",
        (
            ("运单号", lambda entry: entry.waybill),
            ("清单号", lambda entry: entry.slip_no),
            ("客户名称", lambda entry: month.name(entry.customer)),
            ("服务商", lambda entry: PROVIDER_NAMES[entry.provider]),
            ("代收货款", lambda entry: yuan(entry.amount)),
            ("代收日期", lambda entry: entry.collected),
            ("服务商返款日期", lambda entry: entry.remitted),
            ("返款金额", lambda entry: yuan(entry.amount) if entry.remitted else None),
            ("转付客户日期", lambda entry: entry.passed_on),
        ),
        order.of(month.cod),
    )
    return files


def _purchases(settings: Settings, month: Month) -> dict[str, bytes]:
    order = settings.order
    return {
        "14采购/采购订单.xlsx": one_list(
            "采购订单",
            f"采购订单 {settings.title}",
            (
                ("采购单号", lambda line: line.number),
                ("下单日期", lambda line: line.date),
                ("供应商", lambda line: _SUPPLIERS[line.supplier]),
                ("品名", lambda line: line.item),
                ("单位", lambda line: line.unit),
                ("订购数量", lambda line: line.quantity),
                ("订单单价", lambda line: yuan(line.price)),
                ("订单金额", lambda line: yuan(line.quantity * line.price)),
                ("交期", lambda line: line.due),
                ("付款到期日", lambda line: line.pay_due),
            ),
            order.of(month.orders),
        ),
        "14采购/入库单.xlsx": one_list(
            "入库单",
            f"入库单 {settings.title}",
            (
                ("入库单号", lambda goods: goods.number),
                ("入库日期", lambda goods: goods.date),
                ("采购单号", lambda goods: goods.po_no),
                ("供应商", lambda goods: _SUPPLIERS[goods.supplier]),
                ("品名", lambda goods: goods.item),
                ("入库数量", lambda goods: goods.quantity),
                ("退货数量", lambda goods: goods.rejected),
            ),
            order.of(month.goods),
        ),
        "14采购/用款申请.xlsx": one_list(
            "用款申请",
            f"用款申请 {settings.title}",
            (
                ("用款申请号", lambda request: request.number),
                ("申请日期", lambda request: request.date),
                ("收款单位", lambda request: request.payee),
                ("采购单号", lambda request: request.po_no),
                ("申请金额", lambda request: yuan(request.amount)),
                ("币种", lambda request: request.currency),
                ("到期日", lambda request: request.due),
                ("款项用途", lambda request: request.purpose),
                ("审批人", lambda _: "吴国平"),
            ),
            order.of(month.requests),
        ),
    }


def _statements(settings: Settings, month: Month) -> dict[str, bytes]:
    return {
        f"14采购/供应商对账单-{supplier}.xlsx": one_list(
            "供应商对账单",
            f"{_SUPPLIERS[supplier]} 供应商对账单 {settings.title}",
            (
                ("供应商", lambda line: _SUPPLIERS[line.supplier]),
                ("送货日期", lambda line: line.date),
                ("采购单号", lambda line: line.po_no),
                ("发票号码", lambda line: line.invoice_no),
                ("品名", lambda line: line.item),
                ("对账数量", lambda line: line.quantity),
                ("对账单价", lambda line: yuan(line.price)),
                ("对账金额", lambda line: yuan(line.quantity * line.price)),
                ("扣款金额", lambda line: yuan(line.deducted)),
            ),
            settings.order.of([line for line in month.statements if line.supplier == supplier]),
            {"对账金额", "扣款金额"},
        )
        for supplier in sorted({line.supplier for line in month.statements})
    }


def _orders(settings: Settings, month: Month) -> dict[str, bytes]:
    order = settings.order
    return {
        "14采购/客户订单.xlsx": one_list(
            "客户订单",
            f"客户订单 {settings.title}",
            (
                ("订单编号", lambda sale: sale.number),
                ("下单日期", lambda sale: sale.date),
                ("客户名称", lambda sale: month.name(sale.customer)),
                ("订单内容", lambda sale: sale.item),
                ("订单金额", lambda sale: yuan(sale.amount)),
                ("币种", lambda sale: sale.currency),
                ("应收订金", lambda sale: yuan(sale.deposit)),
                ("订金到账日期", lambda sale: sale.deposit_received),
                ("应收余款", lambda sale: yuan(sale.amount - sale.deposit)),
                ("余款到账日期", lambda sale: sale.balance_received),
                ("下达日期", lambda sale: sale.released),
                ("出货日期", lambda sale: sale.shipped),
                ("客户交期", lambda sale: sale.delivery),
            ),
            order.of(month.sales),
        ),
        "14采购/送货单登记.xlsx": one_list(
            "送货单",
            f"送货单 {settings.title}",
            (
                ("送货单号", lambda note: note.number),
                ("送货日期", lambda note: note.date),
                ("客户订单号", lambda note: note.order_no),
                ("客户名称", lambda note: month.name(note.customer)),
                ("备货件数", lambda note: note.prepared),
                ("签收件数", lambda note: note.signed if note.returned else None),
                ("签收人", lambda note: note.signed_by),
                ("收回日期", lambda note: note.returned),
            ),
            order.of(month.notes),
        ),
        "15回单/回单跟踪表.xlsx": one_list(
            "回单跟踪表",
            f"回单跟踪表 {settings.title}",
            (
                ("运单号", lambda pod: pod.waybill),
                ("客户名称", lambda pod: month.name(pod.customer)),
                ("发货日期", lambda pod: pod.shipped),
                ("发货件数", lambda pod: pod.pieces),
                ("应回日期", lambda pod: pod.due),
                ("回单日期", lambda pod: pod.returned),
                ("签收人", lambda pod: pod.signed_by),
                ("签收日期", lambda pod: pod.signed),
                ("签收件数", lambda pod: pod.signed_pieces),
                ("回单状态", lambda pod: pod.status),
                ("递交客户日期", lambda pod: pod.handed),
                ("回单备注", lambda pod: pod.remark),
            ),
            order.of(month.pods),
        ),
        "12报销+发票/发票清单.xlsx": one_list(
            "发票清单",
            f"发票清单 {settings.title}（另有电子发票原件）",
            (
                ("数电发票号码", lambda invoice: invoice.number),
                ("开票日期", lambda invoice: invoice.date),
                ("销方名称", lambda invoice: invoice.seller),
                ("销方识别号", lambda invoice: tax_id_of(invoice.seller)),
                ("购方名称", lambda invoice: invoice.buyer),
                ("购方识别号", lambda _: settings.tax_id),
                ("项目名称", lambda invoice: invoice.item),
                ("金额", lambda invoice: yuan(invoice.net)),
                ("税率", lambda invoice: f"{invoice.rate}%"),
                ("税额", lambda invoice: yuan(invoice.tax)),
                ("价税合计", lambda invoice: yuan(invoice.total)),
                ("发票来源", lambda _: "电子发票服务平台"),
                ("发票票种", lambda _: "数电发票（普通发票）"),
                ("发票状态", lambda invoice: invoice.status),
                ("是否正数发票", lambda invoice: "是" if invoice.positive else "否"),
                ("被红冲蓝字数电发票号码", lambda invoice: invoice.red_of),
                ("所属报销单", lambda invoice: invoice.claim_no),
                ("备注", lambda invoice: invoice.remark),
            ),
            order.of([invoice for invoice in month.invoices if not invoice.pdf]),
        ),
    }
