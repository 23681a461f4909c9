"""The banks: what they moved, and what the manual ledgers say of it."""

from __future__ import annotations

from datetime import date

from month.days import Days
from month.freight import COD
from month.parties import AFFILIATE
from month.receipts import DEPOSITS
from month.records import BankLine, Credit, LedgerLine, Month, PaymentRequest
from month.settings import Settings

OPENINGS = {"ICBC": 18_507_055, "CCB": 9_231_520, "BOC": 1_824_000, "Alipay": 321_450}
ALIPAY_NAME = "支付宝（中国）网络技术有限公司"
ALIPAY_FEE = 41_039
OWN = "own"                              # stands for the company's name
TRANSFER = "内部资金划转"
POLICY_RATE = "7.0950"
USD_DEPOSIT, USD_BALANCE = 420_000, 980_000

# account, story day, amount, tag, counterparty, what the bank writes, purpose, postscript, what the ledger writes, contra account
_Row = tuple[str, int, int, str, str, str, str, str, str, str]
_ROWS: tuple[_Row, ...] = (
    ("ICBC", 8, -3_841_560, "P1", "顺途速运（深圳）有限公司", "转账支出", "货款", "9月运费", "付顺途速运9月运费", "应付账款"),
    ("ICBC", 9, -1_000, "fee-9", "", "手续费", "", "转账汇款手续费", "付银行手续费", "财务费用"),
    ("ICBC", 12, 1_500_000, "C02-12", "东莞市百利塑胶制品有限公司", "转账收入", "货款", "9月运费", "收百利塑胶9月运费", "应收账款"),
    ("ICBC", 13, -2_631_800, "P4", "粤通专线物流有限公司", "转账支出", "运费", "9月运费", "付粤通专线9月运费", "应付账款"),
    ("ICBC", 14, 4_826_000, "C01", "深圳市恒昌电子有限公司", "转账收入", "货款", "9月账单", "收恒昌电子9月运费", "应收账款"),
    ("ICBC", 15, 2_564_000, "C03", AFFILIATE[1], "转账收入", "货款", "代广州市雅织服饰有限公司付9月运费", "收雅织服饰9月运费", "应收账款"),
    ("ICBC", 15, -4_523_018, "wages", "9月工资批量代发", "代发工资", "工资", "9月工资", "发放9月工资", "应付职工薪酬"),
    ("ICBC", 15, -312_744, "tax", "国家税务总局深圳市税务局", "税费", "缴税", "9月税费", "缴纳9月税费", "应交税费"),
    ("ICBC", 16, -1_850_000, "rent", "深圳市宝安兴华物业管理有限公司", "转账支出", "房租", "10月房租", "付10月房租", "管理费用"),
    ("ICBC", 19, -684_275, "social", "深圳市社会保险基金管理局", "社保", "社保费", "10月社保", "缴纳10月社保", "应付职工薪酬"),
    ("ICBC", 19, -120_000, "wrong", "王建军", "转账支出", "退押金", "", "付错户", "其他应收款"),
    ("ICBC", 20, 120_000, "return", "王建军", "退汇", "", "账号户名不符退汇", "冲10-19付错户（退汇）", "其他应收款"),
    ("ICBC", 20, 1_657_550, "C02-20", "东莞市百利塑胶制品有限公司", "转账收入", "货款", "9月运费余款", "收百利塑胶9月运费余款", "应收账款"),
    ("ICBC", 21, -396_000, "V1", "东莞兴发包装材料有限公司", "转账支出", "货款", "9月材料款", "付兴发包装9月材料款", "应付账款"),
    ("ICBC", 23, 5_730_000, "C04", "佛山市顺锦家居有限公司", "转账收入", "货款", "9月运费", "收顺锦家居9月运费", "应收账款"),
    ("ICBC", 26, 368_000, "C10", "广州市易尚鞋业商行", "转账收入", "往来款", "运费", "收易尚鞋业预付运费", "应收账款"),
    ("ICBC", 27, -275_000, "broker", "腾辉报关行", "转账支出", "报关费", "9月报关费", "付9月报关费", "应付账款"),
    ("ICBC", 28, -2_150, "fee-28", "", "手续费", "", "转账汇款手续费", "付银行手续费", "财务费用"),
    ("ICBC", 28, 500_000, "C01-28", "深圳市恒昌电子有限公司", "转账收入", "货款", "DD{yymm}-03订单款", "收恒昌电子订单款", "应收账款"),
    ("ICBC", 29, -495_000, "ads-1", "启达广告", "转账支出", "广告费", "BX{yymm}-016", "付广告制作费", "管理费用"),
    ("ICBC", 29, -490_000, "ads-2", "鸿达图文", "转账支出", "印刷费", "BX{yymm}-017", "付宣传册印刷费", "管理费用"),
    ("ICBC", 30, -3_000_000, "to CCB", OWN, "转账支出", "内部调拨", "", "调拨建行", TRANSFER),
    ("CCB", 9, -1_582_000, "P2", "中外联航空货运代理有限公司", "转账", "9月运费", "", "付中外联9月运费", "应付账款"),
    ("CCB", 12, 3_698_040, "C07", "深圳市云驰跨境电商有限公司", "转账", "8月及9月运费", "", "收云驰跨境8、9月运费", "应收账款"),
    ("CCB", 13, -964_000, "P5", "DHX国际快件代理有限公司", "转账", "9月运费", "", "付DHX9月运费", "应付账款"),
    ("CCB", 16, 1_500_000, "from Alipay-16", ALIPAY_NAME, "提现", "支付宝提现", "", "支付宝提现", TRANSFER),
    ("CCB", 22, 2_211_575, "C06", "中山市澜沁卫浴有限公司", "转账", "9月运费", "", "收澜沁卫浴9月运费", "应收账款"),
    ("CCB", 26, sum(COD.values()), "COD in", "粤通专线物流有限公司", "转账", "代收货款", "", "收粤通专线返代收货款", "其他应付款"),
    ("CCB", 27, -320_000, "V2", "深圳联和五金托盘厂", "转账", "托盘款", "", "付联和托盘货款", "应付账款"),
    ("CCB", 28, 3_000_000, "from Alipay-28", ALIPAY_NAME, "提现", "支付宝提现", "", "支付宝提现", TRANSFER),
    ("CCB", 29, -sum(COD.values()), "COD out", "深圳市云驰跨境电商有限公司", "转账", "转付代收货款", "", "转付云驰跨境代收货款", "其他应付款"),
    ("CCB", 30, 3_000_000, "from ICBC", OWN, "转账", "内部调拨", "", "工行调入", TRANSFER),
    ("BOC", 12, 597_500, "C08-12", "珠海市海拓贸易有限公司", "国际汇入", "FREIGHT SEP", "扣国外行手续费USD25.00", "收海拓贸易9月运费", "应收账款"),
    ("BOC", 16, -320_000, "P3", "宏海船务有限公司", "汇出汇款", "FREIGHT SEP", "", "付宏海船务9月海运费", "应付账款"),
    ("BOC", 16, -2_500, "fee", "", "手续费", "", "汇款手续费", "付汇款手续费", "财务费用"),
    ("BOC", 23, USD_DEPOSIT, "C08-23", "珠海市海拓贸易有限公司", "国际汇入", "DD{yymm}-01 DEPOSIT", "", "收海拓贸易订金", "货币兑换"),
    ("BOC", 27, USD_BALANCE, "C08-27", "珠海市海拓贸易有限公司", "国际汇入", "DD{yymm}-01 BALANCE", "", "收海拓贸易余款", "货币兑换"),
    ("Alipay", 16, -1_500_000, "to CCB-16", OWN, "提现", "", "提现至建行", "提现至建行", TRANSFER),
    ("Alipay", 28, -3_000_000, "to CCB-28", OWN, "提现", "", "提现至建行", "提现至建行", TRANSFER),
)  # fmt: skip
_CLOCK = ("08:42:17", "09:15:03", "09:51:40", "10:26:08", "11:07:55", "11:33:21", "14:02:36", "14:48:09", "15:20:44", "16:05:12")


def keep_banks(settings: Settings, days: Days, month: Month) -> None:
    """Bank movements and ledger entries of a month in which both agree but for what is still on its way (traps)."""
    month.bank_opening = dict(OPENINGS)
    month.ledger_opening = dict(OPENINGS)
    for row in _ROWS:
        _both(settings, days, month, row)
    for day, amount in DEPOSITS:
        row = ("ICBC", day, amount, f"deposit-{day}", OWN, "现金存入", "现金缴存", "", "现金缴存", TRANSFER)
        _both(settings, days, month, row)
    month.ledger_line("ICBC", "deposit-10").date = days.on(12)          # trap: entered a day late
    month.ledger_line("ICBC", "return").red = True                     # trap: a red entry on the paying side
    _on_the_way(days, month)
    _wallet(days, month)
    settle_banks(month)


def _both(settings: Settings, days: Days, month: Month, row: _Row) -> None:
    account, day, amount, tag, party, summary, purpose, postscript, written, contra = row
    party = settings.company if party == OWN else party
    filled = [text.replace("{yymm}", settings.yymm) for text in (purpose, postscript)]
    month.bank.append(BankLine(account, days.on(day), "", amount, tag, party, summary, *filled))
    month.ledger.append(LedgerLine(account, days.on(day), amount, tag, _written_party(party), written, contra))


def _written_party(party: str) -> str:
    """How the cashier writes the bank's names in the ledger: by the short names on file."""
    return {"顺途速运（深圳）有限公司": "顺途速运", "粤通专线物流有限公司": "粤通专线", AFFILIATE[1]: "广州市雅织服饰有限公司"}.get(party, party)


def _on_the_way(days: Days, month: Month) -> None:
    """Timing items around the end of the month: two that the ledger enters later, two that the bank books later (traps)."""
    last, late = days.on(31), days.after(1)
    month.bank += [
        BankLine("CCB", last, "", -3_500, "fee-31", "", "管理费", "账户管理费"),
        BankLine("CCB", last, "", 64_000, "C12", "东莞市鑫旺五金经营部", "转账", "还欠款"),
        BankLine("CCB", late, "", 1_940_200, "C05", "惠州市天域照明有限公司", "转账", "9月运费"),
        BankLine("CCB", days.after(2), "", -298_000, "broker", "腾辉报关行", "转账", "10月报关费"),
    ]
    month.ledger += [
        LedgerLine("CCB", late, -3_500, "fee-31", "", "付账户管理费", "财务费用"),
        LedgerLine("CCB", late, 64_000, "C12", "东莞市鑫旺五金经营部", "收鑫旺五金还欠款", "应收账款"),
        LedgerLine("CCB", last, 1_940_200, "C05", "惠州市天域照明有限公司", "收天域照明9月运费", "应收账款"),
        LedgerLine("CCB", days.on(30), -298_000, "broker", "腾辉报关行", "付10月报关费", "应付账款"),
    ]


def _wallet(days: Days, month: Month) -> None:
    """The wallet's receipts one by one, and its fee of the month."""
    for receipt in month.receipts:
        if receipt.mode == "支付宝" and not receipt.void:
            name = month.name(receipt.customer)
            month.bank.append(
                BankLine("Alipay", receipt.date, "", receipt.amount, receipt.number, name, "在线支付", "运费", f"{name} 收据{receipt.number}")
            )
            month.ledger.append(
                LedgerLine("Alipay", receipt.date, receipt.amount, receipt.number, name, f"收运费 收据{receipt.number}", "应收账款")
            )
    month.bank.append(BankLine("Alipay", days.on(31), "", -ALIPAY_FEE, "fee", "", "服务费", "收款手续费"))
    month.ledger.append(LedgerLine("Alipay", days.on(31), -ALIPAY_FEE, "fee", "", "付支付宝收款手续费", "财务费用"))


def settle_banks(month: Month) -> None:
    """Puts movements and entries in the order of their days, and gives the movements times and serial numbers."""
    month.bank.sort(key=lambda line: (line.date, line.account))
    month.ledger.sort(key=lambda line: (line.date, line.account))
    place: dict[tuple[str, date], int] = {}
    count: dict[str, int] = {}
    for line in month.bank:
        nth = place[line.account, line.date] = place.get((line.account, line.date), -1) + 1
        count[line.account] = count.get(line.account, 0) + 1
        line.time = _CLOCK[nth % len(_CLOCK)]
        line.serial = _serial(line.account, line.date, count[line.account])


def _serial(account: str, day: date, count: int) -> str:
    if account == "CCB":
        return f"44201{day:%y%m%d}{count * 37 + 1000:06d}N0{count:04d}"
    if account == "BOC":
        return f"{day:%y%m%d}{4_770_000 + count * 913:08d}"
    if account == "Alipay":
        return f"{day:%Y%m%d}{20_000_000_000_000_000 + count * 7_777_777:017d}"
    return ""


def credit_banks(days: Days, month: Month) -> None:
    """Payments by bank are credited on the bills."""
    for account, tag, customer, reference in (
        ("ICBC", "C01", "C01", "工行"), ("ICBC", "C01-28", "C01", "工行"), ("ICBC", "C02-12", "C02", "工行"),
        ("ICBC", "C02-20", "C02", "工行"), ("ICBC", "C03", "C03", "工行"), ("CCB", "C06", "C06", "建行"), ("ICBC", "C10", "C10", "工行"),
    ):  # fmt: skip
        line = month.bank_line(account, tag)
        month.bill(customer).credits.append(Credit(line.date, "银行", line.amount, f"{reference}{line.date:%m%d}", line.counterparty))
    short = month.bank_line("ICBC", "C04")
    month.bill("C04").credits.append(
        Credit(short.date, "银行", 5_731_820, f"工行{short.date:%m%d}", short.counterparty, remark="尾差18.20元经财务主管陈立批准核销")
    )
    both = month.bank_line("CCB", "C07")
    for amount, remark in ((1_248_040, "8月账单"), (2_450_000, "9月账单")):     # trap: one receipt, two bills
        month.bill("C07").credits.append(Credit(both.date, "银行", amount, f"建行{both.date:%m%d}", both.counterparty, remark=remark))
    month.bill("C05").credits.append(Credit(days.on(31), "银行", 1_940_200, f"建行{days.on(31):%m%d}", month.name("C05")))
    foreign = month.bank_line("BOC", "C08-12")
    month.bill("C08", "USD").credits.append(
        Credit(foreign.date, "银行", 600_000, f"中行{foreign.date:%m%d}", foreign.counterparty, 597_500, remark="国外行扣手续费25.00美元")
    )
    for tag in ("C08-23", "C08-27"):
        line = month.bank_line("BOC", tag)
        month.bill("C08").credits.append(
            Credit(line.date, "银行", in_yuan(line.amount, POLICY_RATE), f"中行{line.date:%m%d}", line.counterparty, line.amount, POLICY_RATE)
        )


def in_yuan(cents: int, rate: str) -> int:
    """US cents in 分 at a rate of four places, rounded half up."""
    return (cents * int(rate.replace(".", "")) + 5000) // 10_000


def request_payments(settings: Settings, days: Days, month: Month) -> list[PaymentRequest]:
    """Requests for the funds that the month's payments to providers and suppliers needed."""
    wanted = (
        ("ICBC", "P1", "顺途速运", "", "9月运费", 8), ("CCB", "P2", "中外联航空货运", "", "9月运费", 9),
        ("ICBC", "P4", "粤通专线物流", "", "9月运费", 13), ("CCB", "P5", "DHX国际快件代理", "", "9月运费", 13),
        ("BOC", "P3", "宏海船务", "", "9月海运费", 16), ("ICBC", "V1", "东莞兴发包装", "", "9月材料款", 21),
        ("CCB", "V2", "深圳联和五金托盘", "PO{}-03", "托盘款", 27), ("ICBC", "broker", "腾辉报关行", "", "9月报关费", 27),
    )  # fmt: skip
    requests = []
    for number, (account, tag, payee, order, purpose, due) in enumerate(wanted, start=1):
        amount = -month.bank_line(account, tag).amount
        requests.append(
            PaymentRequest(settings.document_no("YK", number), days.operating[0], payee, order.format(settings.yymm), amount,
                           "USD" if account == "BOC" else "CNY", days.on(due), purpose)
        )  # fmt: skip
    return requests
