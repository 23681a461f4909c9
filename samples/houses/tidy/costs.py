"""Expenses, provider bills, purchases, proofs of delivery, and the books of the accountant."""

from __future__ import annotations

from houses.facts import PROVIDER_NAMES, Facts
from houses.facts.costs import SUPPLIERS
from houses.writing import Folder, Group, Style


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folders of purchasing and accounting."""
    _expenses(facts, folder)
    _providers(facts, folder)
    _purchases(facts, folder)
    _orders(facts, folder)
    _closing(facts, folder)


def _expenses(facts: Facts, folder: Folder) -> None:
    book = folder.workbook("财务/费用核销.xlsx")
    sheet = book.sheet("核销汇总")
    sheet.title(f"费用核销单汇总　{facts.settings.title}", 12)
    sheet.table(
        "expense_claim",
        "核销编号 = claim_no | 核销日 = date | 申领 = claimant | 款付何人 = payee | 公私 = payee_kind | 费用归类 = class"
        " | 用处 = item | 核销额 = amount | 付讫途径 = pay_mode | 附单 = attachments | 票号 = invoice_no"
        " | 核准 = approver",
        facts.claims(),
    )
    sheet = book.sheet("取得发票")
    sheet.title(f"取得发票一览　{facts.settings.title}", 14)
    sheet.table(
        "invoice",
        "票号 = invoice_no | 开具日 = date | 出票单位 = seller | 出票单位识别码 = seller_tax_id | 抬头 = buyer"
        " | 抬头识别码 = buyer_tax_id | 货物或劳务 = item | 不含税 = net | 征收率 = tax_rate | 税款 = tax"
        " | 含税 = total | 票面状况 = status | 蓝字票 = positive | 所冲票号 = red_of | 核销编号 = claim_no | 附注 = remark",
        facts.invoices(),
    )
    sheet = book.sheet("归类合计")
    sheet.title(f"费用归类合计　{facts.settings.title}", 3)
    sheet.table("expense_summary", "费用归类 = class | 单数 = claims | 核销额 = amount", facts.summary())


def _providers(facts: Facts, folder: Folder) -> None:
    """One workbook, a sheet a provider, whose name stands in the sheet and the title."""
    book = folder.workbook(f"财务/承运公司结算{facts.settings.title}.xlsx")
    for provider, name in PROVIDER_NAMES.items():
        sheet = book.sheet(name)
        sheet.title(f"{name}　应付结算", 8)
        sheet.table(
            "provider_line",
            "发运日 = date | 承运编号 = waybill_no | 总箱数 = pieces | 计价公斤 = charge_weight | 每公斤价 = rate"
            " | 主运价款 = freight | 燃油加收 = fuel | 应付额 = amount",
            facts.provider_lines(provider),
            given={"provider@title": name},
            total=("应付共", ("pieces", "freight", "fuel", "amount")),
        )
    sheet = book.sheet("代收款往来")
    sheet.title(f"代收款往来　{facts.settings.title}", 9)
    sheet.table(
        "cod_entry",
        "承运编号 = waybill_no | 收件编号 = slip_no | 托运方 = customer | 承运公司 = provider | 代收款 = amount"
        " | 代收日 = collected | 承运公司交回日 = remitted | 交回额 = remitted_amount | 交托运方日 = passed_on",
        facts.cod(),
    )


def _purchases(facts: Facts, folder: Folder) -> None:
    book = folder.workbook("采购/采购往来.xlsx")
    sheet = book.sheet("订货")
    sheet.title(f"订货单　{facts.settings.title}", 10)
    sheet.table(
        "purchase_order",
        "订货编号 = po_no | 订货日 = date | 供货方 = supplier | 货品 = item | 计量 = unit | 订货量 = quantity"
        " | 订价 = price | 订货款 = amount | 应交货日 = due | 应付款日 = pay_due",
        facts.orders(),
    )
    sheet = book.sheet("收货")
    sheet.title("到货验收", 7)
    sheet.table(
        "goods_receipt",
        "验收编号 = receipt_no | 验收日 = date | 订货编号 = po_no | 供货方 = supplier | 货品 = item | 验收量 = quantity"
        " | 拒收量 = rejected",
        facts.goods(),
    )
    sheet = book.sheet("请款")
    sheet.title("请款单汇总", 9)
    sheet.table(
        "payment_request",
        "请款编号 = request_no | 请款日 = date | 款付何人 = payee | 订货编号 = po_no | 请款额 = amount"
        " | 记账货币 = currency | 最迟付款日 = due | 用处 = purpose | 核准 = approver",
        facts.requests(),
    )
    sheet = book.sheet("供货方对账")
    sheet.title("供货方来账", 8)
    lines = [row for supplier in facts.supplier_ids for row in facts.statements(supplier)]
    sheet.table(
        "supplier_line",
        "送到日 = date | 订货编号 = po_no | 票号 = invoice_no | 货品 = item | 来账量 = quantity | 来账价 = price"
        " | 来账款 = amount | 扣减 = deducted",
        lines,
        given={"supplier@group": "、".join(SUPPLIERS[each] for each in facts.supplier_ids)},
        group=Group("supplier", lambda row: f"供货方：{row['supplier']}", "小结", ("amount", "deducted")),
    )


def _orders(facts: Facts, folder: Folder) -> None:
    book = folder.workbook("客服/订单与回签.xlsx")
    sheet = book.sheet("委托订单")
    sheet.title(f"委托订单　{facts.settings.title}", 13)
    sheet.table(
        "sales_order",
        "委托编号 = order_no | 接单日 = date | 托运方 = customer | 委托内容 = item | 委托价款 = amount | 记账货币 = currency"
        " | 约定预付 = deposit | 预付进账日 = deposit_received | 约定尾款 = balance | 尾款进账日 = balance_received"
        " | 下发日 = released | 发出日 = shipped | 约定送达日 = delivery",
        facts.sales(),
    )
    sheet = book.sheet("送货")
    sheet.title("送货凭单登记", 8)
    sheet.table(
        "delivery_note",
        "送货凭单 = note_no | 送出日 = date | 委托编号 = order_no | 托运方 = customer | 备妥数 = prepared | 收讫数 = signed"
        " | 收讫人 = signed_by | 凭单收回日 = returned",
        facts.notes(),
    )
    sheet = book.sheet("回签跟踪")
    sheet.title("粤通专线物流　回签跟踪", 12)
    sheet.table(
        "proof_of_delivery",
        "承运编号 = waybill_no | 托运方 = customer | 发运日 = shipped | 发运箱数 = pieces_shipped | 应回签日 = due"
        " | 实回签日 = returned | 收讫人 = signed_by | 收讫日 = signed | 收讫箱数 = pieces | 回签状况 = status"
        " | 交托运方日 = handed | 附注 = remark",
        facts.pods(),
    )


def _closing(facts: Facts, folder: Folder) -> None:
    book = folder.workbook(f"财务/月结资料{facts.settings.title}.xlsx")
    sheet = book.sheet("资金结余")
    sheet.title(f"各账户及现金结余（{facts.days.last:%Y年%m月%d日}）", 6)
    sheet.table(
        "closing_balance",
        "户头 = account | 记账货币 = currency | 月初 = opening | 本月收 = money_in | 本月付 = money_out | 月末 = closing",
        facts.closings(),
        given={"date@title": f"{facts.days.last}"},
    )
    sheet = book.sheet("物料清点")
    sheet.title(f"物料清点（{facts.days.last:%Y年%m月%d日}）", 6)
    sheet.table(
        "stock_count",
        "物料 = item | 计量 = unit | 账上量 = book | 清点量 = counted | 溢缺 = difference | 附注 = remark",
        facts.stock(),
    )
    sheet = book.sheet("分录")
    sheet.title(f"凭证分录　{facts.settings.title}", 11)
    sheet.table(
        "gl_entry",
        "凭证编号 = voucher_no | 凭证日 = date | 内容 = summary | 总账科目号 = account_code | 科目 = account_name"
        " | 借 = debit | 贷 = credit | 货币 = currency | 附单 = attachments | 填制 = preparer | 审核 = reviewer",
        facts.vouchers(),
        once=("voucher_no", "date"),
        merge=True,
    )
    sheet = book.sheet("总账余额")
    sheet.title(f"总账余额　{facts.settings.title}", 7)
    sheet.table(
        "gl_balance",
        "总账科目号 = account_code | 科目 = account_name | 货币 = currency | 月初 = opening | 借方发生 = debit"
        " | 贷方发生 = credit | 月末 = closing",
        facts.trial(),
    )
