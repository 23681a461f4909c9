"""Expenses, providers below one another on one sheet, purchases on one sheet, and the accountant's lists."""

from __future__ import annotations

from houses.facts import PROVIDER_NAMES, Facts
from houses.facts.costs import SUPPLIERS
from houses.shorthand.style import Styles
from houses.writing import Folder, Group
from houses.writing.pages import A4_SIZE


def write(facts: Facts, folder: Folder, own: Styles) -> None:
    """What is bought, paid and delivered, and how the month is closed."""
    _expenses(facts, folder, own)
    _providers(facts, folder, own)
    _purchases(facts, folder, own)
    _deliveries(facts, folder, own)
    _closing(facts, folder, own)


def _expenses(facts: Facts, folder: Folder, own: Styles) -> None:
    sheet = folder.workbook(f"报销/报销{facts.settings.period}.csv", own.text, "gbk").sheet()
    sheet.table(
        "expense_claim",
        "报销# = claim_no | 日 = date | 谁报 = claimant | 钱给谁 = payee | 公/私 = payee_kind | 哪类 = class | 干啥 = item"
        " | 多少 = amount | 咋付 = pay_mode | 几张票 = attachments | 票# = invoice_no | 谁批 = approver",
        facts.claims(),
        given={"year@file": f"{facts.settings.year}"},
    )
    sheet.gap()
    sheet.line("分类")
    sheet.table("expense_summary", "哪类 = class | 几单 = claims | 多少 = amount", facts.summary())
    sheet = folder.workbook("报销/发票.xlsx", own.full.but(money="excel:0.00")).sheet("发票")
    sheet.table(
        "invoice",
        "票# = invoice_no | 开票 = date | 卖家 = seller | 卖家税号 = seller_tax_id | 买家 = buyer | 买家税号 = buyer_tax_id"
        " | 买啥 = item | 净额 = net | 税点 = tax_rate | 税 = tax | 全额 = total | 状态 = status | 红冲哪张 = red_of"
        " | 报销# = claim_no | 说明 = remark",
        facts.invoices(),
    )


def _providers(facts: Facts, folder: Folder, own: Styles) -> None:
    sheet = folder.workbook(f"应付/{facts.settings.month}月各家账单.xls", own.cells).sheet("对账")
    sheet.line(f"{facts.settings.title}")
    sheet.table(
        "provider_line",
        "日 = date | 面单 = waybill_no | 件 = pieces | 计 = charge_weight | 价 = rate | 运 = freight | 油 = fuel | 共 = amount",
        [row for provider in PROVIDER_NAMES for row in facts.provider_lines(provider)],
        given={"provider@group": "", "year@heading": f"{facts.settings.year}"},
        once=("date",),
        group=Group("provider", lambda row: f"◎{row['provider']}", "小计", ("pieces", "amount")),
    )
    sheet = folder.workbook("应付/代收.xlsx", own.full.but(money="￥{:,.2f}")).sheet("代收")
    sheet.table(
        "cod_entry",
        "面单 = waybill_no | 单# = slip_no | 货主 = customer | 走 = provider | 代收 = amount | 收到日 = collected"
        " | 回款日 = remitted | 回了 = remitted_amount | 给货主日 = passed_on",
        facts.cod(),
    )


def _purchases(facts: Facts, folder: Folder, own: Styles) -> None:
    """Three tables below one another on one sheet; a printed statement of each supplier."""
    sheet = folder.workbook("采购.xlsx", own.full.but(money="excel:0.00")).sheet("买东西")
    sheet.line("订的")
    sheet.table(
        "purchase_order",
        "订# = po_no | 订日 = date | 跟谁 = supplier | 啥 = item | 单位 = unit | 订多少 = quantity | 啥价 = price"
        " | 共 = amount | 该到 = due | 该付 = pay_due",
        facts.orders(),
    )
    sheet.gap(2)
    sheet.line("到的")
    sheet.table(
        "goods_receipt",
        "到货# = receipt_no | 到日 = date | 订# = po_no | 跟谁 = supplier | 啥 = item | 到多少 = quantity | 退多少 = rejected",
        facts.goods(),
    )
    sheet.gap(2)
    sheet.line("要付的")
    sheet.table(
        "payment_request",
        "申请# = request_no | 提的日子 = date | 付给 = payee | 订# = po_no | 要多少 = amount | 币 = currency | 最迟 = due"
        " | 干啥 = purpose | 谁批 = approver",
        facts.requests(),
    )
    for supplier in facts.supplier_ids:
        name = SUPPLIERS[supplier]
        pages = folder.pages(f"应付/{name}对账.pdf", own.full.but(money="{:,.2f}"), A4_SIZE)
        pages.listing(
            "supplier_line",
            "送货 = date | 订# = po_no | 票# = invoice_no | 啥 = item | 多少 = quantity | 啥价 = price | 共 = amount | 扣 = deducted",
            facts.statements(supplier),
            (56, 62, 120, 60, 44, 56, 70, 56),
            (f"{name}  对账单",),
            given={"supplier@title": name},
        )


def _deliveries(facts: Facts, folder: Folder, own: Styles) -> None:
    book = folder.workbook("订单送货.xls", own.full.but(money="excel:0.00"))
    sheet = book.sheet("订单")
    sheet.table(
        "sales_order",
        "订单# = order_no | 下单 = date | 客 = customer | 做啥 = item | 多少钱 = amount | 币 = currency | 要先付 = deposit"
        " | 先付到了 = deposit_received | 还要付 = balance | 付清日 = balance_received | 放单 = released | 发走 = shipped | 要到 = delivery",
        facts.sales(),
    )
    sheet = book.sheet("送货")
    sheet.table(
        "delivery_note",
        "送货# = note_no | 送日 = date | 订单# = order_no | 客 = customer | 备几件 = prepared | 签几件 = signed | 谁签 = signed_by"
        " | 单子回来 = returned",
        facts.notes(),
    )
    sheet = folder.workbook(f"回单{facts.settings.period}.csv", own.text).sheet()
    sheet.table(
        "proof_of_delivery",
        "面单 = waybill_no | 货主 = customer | 发 = shipped | 发几件 = pieces_shipped | 该回 = due | 回了 = returned"
        " | 谁签 = signed_by | 签日 = signed | 签几件 = pieces | 咋样 = status | 给货主 = handed | 说明 = remark",
        facts.pods(),
        given={"year@file": f"{facts.settings.year}"},
    )


def _closing(facts: Facts, folder: Folder, own: Styles) -> None:
    book = folder.workbook(f"月底{facts.settings.period}.xlsx", own.full.but(money="excel:0.00"))
    sheet = book.sheet("还剩多少")
    sheet.line(f"{facts.days.last:%Y.%m.%d} 各户还剩")
    sheet.table(
        "closing_balance",
        "户 = account | 币 = currency | 月初 = opening | 进 = money_in | 出 = money_out | 剩 = closing",
        facts.closings(),
        given={"date@heading": f"{facts.days.last}"},
    )
    sheet.gap(2)
    sheet.line("东西还剩")
    sheet.table(
        "stock_count",
        "啥 = item | 单位 = unit | 账上 = book | 点着 = counted | 差 = difference",
        facts.stock(),
    )
    sheet = book.sheet("凭证")
    sheet.table(
        "gl_entry",
        "字号 = voucher_no | 日 = date | 事 = summary | 代码 = account_code | 科目 = account_name | 借 = debit | 贷 = credit"
        " | 币 = currency | 附 = attachments | 谁做 = preparer | 谁审 = reviewer",
        facts.vouchers(),
        once=("voucher_no", "date"),
    )
    sheet = book.sheet("余额")
    sheet.table(
        "gl_balance",
        "代码 = account_code | 科目 = account_name | 币 = currency | 期初 = opening | 借 = debit | 贷 = credit | 期末 = closing",
        facts.trial(),
    )
