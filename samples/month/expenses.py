"""Reimbursement vouchers with their invoices."""

from __future__ import annotations

from fractions import Fraction

from month.amounts import half_up
from month.days import Days
from month.records import Claim, Invoice, Month
from month.settings import Settings

FREIGHT, INTERNAL = "运费", "内部成本"
# story day, amount, class, item, claimant, payee, payee is a company, seller, VAT rate in per cent, invoice as PDF, paid by
_Row = tuple[int, int, str, str, str, str, bool, str, int, bool, str]
_ROWS: tuple[_Row, ...] = (
    (8, 18_600, INTERNAL, "办公用品", "林晓", "林晓", False, "深圳市晨光文具商行", 13, False, "现金"),
    (9, 42_850, INTERNAL, "打印耗材", "赵敏", "赵敏", False, "深圳市佳印耗材有限公司", 13, True, "现金"),
    (12, 65_000, FREIGHT, "短途拖车费", "张伟", "张伟", False, "深圳市顺捷运输有限公司", 9, False, "现金"),
    (13, 31_200, FREIGHT, "停车过路费", "张伟", "张伟", False, "广东联合电子服务股份有限公司", 9, False, "现金"),
    (14, 24_580, INTERNAL, "快递及邮寄费", "林晓", "林晓", False, "深圳市邮政服务有限公司", 6, True, "现金"),
    (15, 88_000, INTERNAL, "办公桌椅维修", "赵敏", "深圳市安居维修服务部", True, "深圳市安居维修服务部", 3, False, "现金"),
    (16, 72_000, FREIGHT, "装卸费", "李强", "李强", False, "深圳市力达装卸服务部", 6, False, "现金"),
    (19, 60_000, FREIGHT, "搬运叉车费", "王敏", "王敏", False, "深圳市力达装卸服务部", 6, False, "现金"),
    (20, 168_000, INTERNAL, "差旅费", "何军", "何军", False, "深圳市畅行旅行社有限公司", 6, False, "现金"),
    (21, 26_800, FREIGHT, "货车加油费", "张伟", "张伟", False, "中石化深圳石油分公司", 13, False, "现金"),
    (22, 96_000, INTERNAL, "业务招待费", "何军", "何军", False, "深圳市湘味餐饮有限公司", 6, False, "现金"),
    (23, 85_000, FREIGHT, "临时仓储费", "周婷", "周婷", False, "东莞市广源仓储有限公司", 6, True, "现金"),
    (26, 15_600, INTERNAL, "饮用水", "林晓", "林晓", False, "深圳市清泉饮用水有限公司", 13, False, "现金"),
    (27, 88_000, INTERNAL, "仓库照明维修", "李强", "深圳市安居维修服务部", True, "深圳市安居维修服务部", 3, False, "现金"),
    (28, 17_500, FREIGHT, "打包材料费", "王敏", "王敏", False, "深圳市捷包材料商行", 13, False, "现金"),
    (29, 495_000, INTERNAL, "广告制作费", "何军", "启达广告", True, "启达广告", 6, False, "银行"),
    (29, 490_000, INTERNAL, "宣传册印刷费", "何军", "鸿达图文", True, "鸿达图文", 6, False, "银行"),
    (30, 94_000, INTERNAL, "电话及网络费", "赵敏", "赵敏", False, "中国电信深圳分公司", 6, True, "现金"),
)  # fmt: skip


def write_claims(settings: Settings, days: Days, month: Month) -> None:
    """The vouchers, each with one invoice."""
    for number, row in enumerate(_ROWS, start=1):
        day, amount, kind, item, claimant, payee, company, seller, rate, pdf, mode = row
        claim_no, invoice_no = settings.document_no("BX", number), invoice_number(settings, number)
        month.claims.append(
            Claim(claim_no, days.on(day), claimant, payee, company, kind, kind, item, amount, amount, mode, 1, invoice_no, "陈立")
        )
        net = half_up(Fraction(amount * 100, 100 + rate))
        month.invoices.append(
            Invoice(invoice_no, days.on(day), seller, settings.company, item, net, rate, amount - net, amount, claim_no, pdf=pdf)
        )


def invoice_number(settings: Settings, number: int) -> str:
    """A digital invoice's twenty figures: year, region, channel, serial."""
    return f"{settings.yy}442000000{100_000_000 + 618 + (number - 6) * 137:09d}"


def summarise(month: Month) -> dict[str, tuple[int, int]]:
    """Number and paid amount of the vouchers by the class that they state, and of all."""
    summary = {}
    for kind in (FREIGHT, INTERNAL):
        of_kind = [claim for claim in month.claims if claim.stated_class == kind]
        summary[kind] = len(of_kind), sum(claim.paid for claim in of_kind)
    summary["合计"] = len(month.claims), sum(claim.paid for claim in month.claims)
    return summary
