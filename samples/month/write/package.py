"""Provider bills, purchases, orders, PODs, invoices, the month's package and the accountant's books: folders 12 to 17."""

from __future__ import annotations

from collections.abc import Sequence

from month.amounts import tenths, yuan
from month.days import Days
from month.ledgers import NAMES
from month.parties import ACCOUNTS, OTHERS
from month.records import Month
from month.settings import Settings
from month.write.forms import tax_id_of
from month.write.slips import PROVIDER_NAMES
from month.write.xlsx import Book, Cell, one_table

_Table = tuple[str, Sequence[str], list[list[Cell]], list[Cell] | None]
_SUPPLIERS = {each.id: each.name for each in OTHERS}


def package_files(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    """All of them by path."""
    tables = _providers(settings, month) | _purchases(settings, month) | _orders(settings, month) | _others(settings, days, month)
    files = {}
    for path, (title, headers, rows, total) in tables.items():
        name = path.rsplit("/", 1)[1].removesuffix(".xlsx")[:31]
        files[path] = one_table(name, title, headers, rows, total)
    files["16期末盘点/期末盘点表.xlsx"] = _stock(settings, days, month)
    return files


def _providers(settings: Settings, month: Month) -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    for provider, name in PROVIDER_NAMES.items():
        lines = settings.order.of([each for each in month.provider_lines if each.provider == provider])
        tables[f"13服务商账单/{provider} {name}.xlsx"] = (
            f"{name} 对账单 {settings.title}",
            ("对账单号", "服务商", "发货日期", "运单号", "件数", "结算重量", "结算单价", "运费", "燃油费", "结算金额"),
            [[f"{provider}-{settings.yymm}", name, each.date, each.waybill, each.pieces, tenths(each.charge), yuan(each.rate), yuan(each.freight),
              yuan(each.fuel), yuan(each.amount)] for each in lines],
            ["合计", None, None, None, sum(each.pieces for each in lines), None, None, yuan(sum(each.freight for each in lines)),
             yuan(sum(each.fuel for each in lines)), yuan(sum(each.amount for each in lines))],
        )  # fmt: skip
    tables["13服务商账单/代收货款台账.xlsx"] = (
        f"代收货款台账 {settings.title}",
        ("运单号", "清单号", "客户名称", "服务商", "代收货款", "代收日期", "服务商返款日期", "返款金额", "转付客户日期"),
        [[each.waybill, each.slip_no, month.name(each.customer), PROVIDER_NAMES[each.provider], yuan(each.amount), each.collected, each.remitted,
          yuan(each.amount) if each.remitted else None, each.passed_on] for each in settings.order.of(month.cod)],
        None,
    )  # fmt: skip
    return tables


def _purchases(settings: Settings, month: Month) -> dict[str, _Table]:
    order = settings.order
    tables: dict[str, _Table] = {
        "14采购/采购订单.xlsx": (
            f"采购订单 {settings.title}", ("采购单号", "下单日期", "供应商", "品名", "单位", "订购数量", "订单单价", "订单金额", "交期", "付款到期日"),
            [[each.number, each.date, _SUPPLIERS[each.supplier], each.item, each.unit, each.quantity, yuan(each.price),
              yuan(each.quantity * each.price), each.due, each.pay_due] for each in order.of(month.orders)], None,
        ),
        "14采购/入库单.xlsx": (
            f"入库单 {settings.title}", ("入库单号", "入库日期", "采购单号", "供应商", "品名", "入库数量", "退货数量"),
            [[each.number, each.date, each.po_no, _SUPPLIERS[each.supplier], each.item, each.quantity, each.rejected] for each in order.of(month.goods)],
            None,
        ),
        "14采购/用款申请.xlsx": (
            f"用款申请 {settings.title}", ("用款申请号", "申请日期", "收款单位", "采购单号", "申请金额", "币种", "到期日", "款项用途", "审批人"),
            [[each.number, each.date, each.payee, each.po_no, yuan(each.amount), each.currency, each.due, each.purpose, "吴国平"]
             for each in order.of(month.requests)], None,
        ),
    }  # fmt: skip
    for supplier in sorted({each.supplier for each in month.statements}):
        lines = order.of([each for each in month.statements if each.supplier == supplier])
        tables[f"14采购/供应商对账单-{supplier}.xlsx"] = (
            f"{_SUPPLIERS[supplier]} 供应商对账单 {settings.title}",
            ("供应商", "送货日期", "采购单号", "发票号码", "品名", "对账数量", "对账单价", "对账金额", "扣款金额"),
            [[_SUPPLIERS[supplier], each.date, each.po_no, each.invoice_no, each.item, each.quantity, yuan(each.price),
              yuan(each.quantity * each.price), yuan(each.deducted)] for each in lines],
            ["合计", None, None, None, None, None, None, yuan(sum(each.quantity * each.price for each in lines)),
             yuan(sum(each.deducted for each in lines))],
        )  # fmt: skip
    return tables


def _orders(settings: Settings, month: Month) -> dict[str, _Table]:
    order = settings.order
    return {
        "14采购/客户订单.xlsx": (
            f"客户订单 {settings.title}",
            ("订单编号", "下单日期", "客户名称", "订单内容", "订单金额", "币种", "应收订金", "订金到账日期", "应收余款", "余款到账日期", "下达日期", "出货日期",
             "客户交期"),
            [[each.number, each.date, month.name(each.customer), each.item, yuan(each.amount), each.currency, yuan(each.deposit),
              each.deposit_received, yuan(each.amount - each.deposit), each.balance_received, each.released, each.shipped, each.delivery]
             for each in order.of(month.sales)], None,
        ),
        "14采购/送货单登记.xlsx": (
            f"送货单 {settings.title}", ("送货单号", "送货日期", "客户订单号", "客户名称", "备货件数", "签收件数", "签收人", "收回日期"),
            [[each.number, each.date, each.order_no, month.name(each.customer), each.prepared, each.signed if each.returned else None, each.signed_by,
              each.returned] for each in order.of(month.notes)], None,
        ),
        "15回单/回单跟踪表.xlsx": (
            f"回单跟踪表 {settings.title}",
            ("运单号", "客户名称", "发货日期", "发货件数", "应回日期", "回单日期", "签收人", "签收日期", "签收件数", "回单状态", "递交客户日期", "回单备注"),
            [[each.waybill, month.name(each.customer), each.shipped, each.pieces, each.due, each.returned, each.signed_by, each.signed,
              each.signed_pieces, each.status, each.handed, each.remark] for each in order.of(month.pods)], None,
        ),
    }  # fmt: skip


def _others(settings: Settings, days: Days, month: Month) -> dict[str, _Table]:
    order = settings.order
    names = {account.id: account.name for account in ACCOUNTS}
    currencies = {account.id: account.currency for account in ACCOUNTS}
    listed = order.of([each for each in month.invoices if not each.pdf])
    return {
        "12报销+发票/发票清单.xlsx": (
            f"发票清单 {settings.title}（另有电子发票原件）",
            ("数电发票号码", "开票日期", "销方名称", "销方识别号", "购方名称", "购方识别号", "项目名称", "金额", "税率", "税额", "价税合计", "发票来源", "发票票种",
             "发票状态", "是否正数发票", "被红冲蓝字数电发票号码", "所属报销单", "备注"),
            [[each.number, each.date, each.seller, tax_id_of(each.seller), each.buyer, settings.tax_id, each.item, yuan(each.net), f"{each.rate}%",
              yuan(each.tax), yuan(each.total), "电子发票服务平台", "数电发票（普通发票）", each.status, "是" if each.positive else "否", each.red_of,
              each.claim_no, each.remark] for each in listed], None,
        ),
        "16期末盘点/本月报销金额统计表.xlsx": (
            f"本月报销金额统计表 {settings.title}", ("费用类别", "报销单数", "本月报销金额"),
            [[kind, count, yuan(amount)] for kind, (count, amount) in month.summary.items()], None,
        ),
        "16期末盘点/银行及现金结余表.xlsx": (
            f"银行及现金结余表 {settings.title}", ("账户名称", "截止日期", "币种", "期初余额", "本期收入", "本期支出", "期末结余"),
            [[names[each.account], days.last, currencies[each.account], yuan(each.opening), yuan(each.money_in), yuan(each.money_out),
              yuan(each.closing)] for each in order.of(month.closings)], None,
        ),
        "16期末盘点/问题件统计表.xlsx": (
            f"问题件统计表 {settings.title}", ("联络单号", "登记日期", "清单号", "客户名称", "问题类型", "处理结果"),
            [[each.memo_no, each.date, each.slip_no, month.name(each.customer), each.problem, each.result] for each in order.of(month.problems)],
            None,
        ),
        "17总账/记账凭证.xlsx": (
            f"记账凭证 {settings.title}",
            ("凭证字号", "凭证日期", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额", "币种", "附单据数", "制单人", "审核人"),
            [[each.number, each.date, each.summary, each.account, NAMES[each.account], yuan(each.amount) if each.amount > 0 else None,
              yuan(-each.amount) if each.amount < 0 else None, each.currency, each.attachments, "赵敏", "陈立"]
             for each in order.of(month.vouchers)], None,
        ),
        "17总账/科目余额表.xlsx": (
            f"科目余额表 {settings.title}", ("科目编码", "科目名称", "币种", "期初余额", "本期借方", "本期贷方", "期末余额"),
            [[each.account, NAMES[each.account], each.currency, yuan(each.opening), yuan(each.debit), yuan(each.credit), yuan(each.closing)]
             for each in order.of(month.trial)], None,
        ),
    }  # fmt: skip


def _stock(settings: Settings, days: Days, month: Month) -> bytes:
    book = Book()
    sheet = book.sheet("期末盘点表")
    sheet.title(f"期末盘点表 {settings.title}", 6)
    sheet.table(
        ("盘点项目", "单位", "账存数量", "实盘数量", "差异数量", "备注"),
        [[each.item, each.unit, int(each.book), int(each.counted), int(each.counted - each.book), ""] for each in settings.order.of(month.stock)],
    )
    sheet.gap()
    sheet.pairs(("盘点日", days.last), ("制单", "林晓"), ("复核", "赵敏"))
    sheet.widths(20, 8, 12, 12, 12, 16)
    return book.data()
