"""Forms as text PDFs: memos, adjustments, receipts, deposit slips, expense claims and invoices."""

from __future__ import annotations

from datetime import date

from month.amounts import comma, words
from month.parties import ACCOUNTS, account_of
from month.records import Adjustment, Claim, Invoice, Memo, Month, Receipt
from month.settings import Settings
from month.write.pdf import A4_SIZE, A5_SIZE, Pair, Paper

_ONE_A_PAGE = ("65", "68")  # books whose receipts lie in the folder one to a page


def form_files(settings: Settings, month: Month) -> dict[str, bytes]:
    """All forms by path."""
    files: dict[str, bytes] = {}
    for memo in month.memos:
        files[f"04联络单+客服表/联络单/{memo.number}.pdf"] = _memo(settings, month, memo)
    for adjustment in month.adjustments:
        files[f"05调账单/{adjustment.number}.pdf"] = _adjustment(settings, month, adjustment)
    for book in sorted({each.book for each in month.receipts}):
        receipts = settings.order.of([each for each in month.receipts if each.book == book])
        name = "10收据+登记簿/收据-散页-68本.pdf" if book == "68" else f"10收据+登记簿/收据-第{book}本.pdf"
        files[name] = _receipts(settings, month, receipts, single=book in _ONE_A_PAGE)
    files["11现金/现金缴款单.pdf"] = _deposits(settings, month)
    for claim in month.claims:
        files[f"12报销+发票/报销单/{claim.number}.pdf"] = _claim(settings, claim)
    for invoice in month.invoices:
        if invoice.pdf:
            files[f"12报销+发票/发票/{invoice.number}.pdf"] = _invoice(settings, invoice)
    return files


def _memo(settings: Settings, month: Month, memo: Memo) -> bytes:
    paper = Paper(A5_SIZE, f"内部联络单 {memo.number}")
    paper.page()
    paper.centred(settings.company, 12)
    paper.centred("内部联络单")
    paper.grid(
        [
            [("联络单号", memo.number), ("日期", f"{memo.date:%Y-%m-%d}")],
            [("类型", memo.type), ("清单号", memo.slip_no)],
            [("客户名称", month.name(memo.customer))],
            [("更改项目", memo.field), ("原值", memo.old), ("新值", memo.new)],
            [
                ("费用金额", "" if memo.amount is None else comma(memo.amount)),
                ("币种", "CNY" if memo.amount is not None else ""),
            ],
            [("事由", memo.reason)],
            [("申请人", memo.applicant), ("审批人", memo.approver), ("签收人", memo.signed_by)],
        ],
        line=28,
    )
    return paper.data()


def _adjustment(settings: Settings, month: Month, adjustment: Adjustment) -> bytes:
    paper = Paper(A5_SIZE, f"内部调账单 {adjustment.number}")
    paper.page()
    paper.centred(settings.company, 12)
    paper.centred("内部调账单")
    paper.grid(
        [
            [("调账单号", adjustment.number), ("日期", f"{adjustment.date:%Y-%m-%d}")],
            [("客户名称", month.name(adjustment.customer))],
            [("清单号", adjustment.slip_no), ("调整金额", comma(adjustment.new - adjustment.old))],
            [("原金额", comma(adjustment.old)), ("现金额", comma(adjustment.new))],
            [("调整原因", adjustment.reason)],
            [("凭据", adjustment.evidence)],
            [("申请人", adjustment.applicant), ("审批人", adjustment.approver), ("审批人职务", adjustment.role)],
        ],
        line=28,
    )
    return paper.data()


def _receipts(settings: Settings, month: Month, receipts: list[Receipt], single: bool) -> bytes:
    paper = Paper(A5_SIZE if single else A4_SIZE, f"收款收据 {receipts[0].book}")
    for place, receipt in enumerate(receipts):
        if single or place % 3 == 0:
            paper.page()
        elif place % 3:
            paper.down(18)
            paper.rule(30, paper.width - 30)
            paper.down(34)
        _receipt(settings, paper, month, receipt)
    return paper.data()


def _receipt(settings: Settings, paper: Paper, month: Month, receipt: Receipt) -> None:
    paper.centred("收款收据", 14)
    paper.text(paper.width - 165, f"NO.{receipt.number}", 12, "red", down=-22)
    paper.text(60, f"日期：{receipt.date.year}年{receipt.date.month}月{receipt.date.day}日", down=-4)
    paper.text(paper.width - 165, f"本号：{receipt.book}", down=-4)
    paper.down(4)
    rows: list[list[Pair]] = [
        [("今收到", month.name(receipt.customer))],
        [("交来", "运费")],
        [("人民币(大写)", receipt.words)],
        [("￥", comma(receipt.amount)), ("收款方式", receipt.mode)],
        [("收款人", receipt.cashier), ("经手人", receipt.cashier), ("联次", str(receipt.copies))],
    ]
    if receipt.replaces:
        rows.append([("替换原收据", receipt.replaces)])
    paper.grid(rows, left=60)
    paper.text(60, f"收款单位：{settings.company}（盖章）", 9, down=14)
    if receipt.void:
        paper.stamp("作废", paper.width - 150, down=-74)
    paper.down(20)


def _deposits(settings: Settings, month: Month) -> bytes:
    paper = Paper(A5_SIZE, "现金缴款单")
    account = next(each for each in ACCOUNTS if each.id == "ICBC")
    for deposit in settings.order.of(month.deposits):
        paper.page()
        paper.centred("中国工商银行 现金缴款单")
        paper.down(10)
        paper.grid(
            [
                [("缴款单号", deposit.number), ("缴款日期", f"{deposit.date:%Y-%m-%d}")],
                [("收款单位", settings.company)],
                [("收款账号", account.number), ("币种", "CNY")],
                [("缴款金额", comma(deposit.amount)), ("缴款人", "林晓")],
                [("大写金额", words(deposit.amount))],
            ],
            line=28,
        )
    return paper.data()


def _claim(settings: Settings, claim: Claim) -> bytes:
    paper = Paper(A5_SIZE, f"费用报销单 {claim.number}")
    paper.page()
    paper.centred(settings.company, 12)
    paper.centred("费用报销单")
    paper.grid(
        [
            [("报销单号", claim.number), ("报销日期", f"{claim.date:%Y-%m-%d}")],
            [("报销人", claim.claimant), ("费用类别", claim.stated_class)],
            [("报销事由", claim.item), ("付款方式", claim.mode)],
            [("收款单位", claim.payee), ("收款人类型", "单位" if claim.company else "个人")],
            [("报销金额", f"￥{comma(claim.amount)}"), ("附件张数", str(claim.attachments))],
            [("金额大写", words(claim.amount))],
            [("发票号码", claim.invoice_no)],
            [("审批人", claim.approver), ("领导签字", "")],
        ],
        line=26,
    )
    return paper.data()


def _invoice(settings: Settings, invoice: Invoice) -> bytes:
    paper = Paper(A4_SIZE, f"电子发票 {invoice.number}")
    paper.page()
    paper.centred("电子发票（普通发票）")
    paper.text(paper.width - 250, f"发票号码：{invoice.number}")
    paper.down(16)
    paper.text(paper.width - 250, f"开票日期：{_chinese(invoice.date)}")
    paper.down(14)
    paper.grid(
        [
            [("购方名称", invoice.buyer)],
            [("购方识别号", settings.tax_id)],
            [("销方名称", invoice.seller)],
            [("销方识别号", tax_id_of(invoice.seller))],
        ]
    )
    paper.down(10)
    paper.table(
        (180, 110, 90, 125),
        (
            ("项目名称", "金额", "税率", "税额"),
            (f"*{invoice.item}*", comma(invoice.net), f"{invoice.rate}%", comma(invoice.tax)),
        ),
    )
    paper.down(10)
    paper.grid(
        [
            [("价税合计(大写)", words(invoice.total))],
            [("价税合计(小写)", f"¥{comma(invoice.total)}")],
            [("开票人", "王芳")],
        ],
        label=100,
    )
    return paper.data()


def tax_id_of(name: str) -> str:
    """A made-up tax number of eighteen letters and figures that stays the same for a name."""
    figures = account_of(name)
    return f"91440{figures[2:6]}MA{figures[6:15]}"[:18]


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"
