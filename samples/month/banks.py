"""The banks: what they moved, and what the manual ledgers say of it."""

from __future__ import annotations

from datetime import date

from month.days import Days
from month.parties import AFFILIATE
from month.receipts import DEPOSITS
from month.records import BankLine, Credit, LedgerLine, Month, PaymentRequest
from month.settings import Settings
from month.story import fen, table

OPENINGS = {"ICBC": 18_507_055, "CCB": 9_231_520, "BOC": 1_824_000, "Alipay": 321_450}
ALIPAY_NAME = "支付宝（中国）网络技术有限公司"
ALIPAY_FEE = 41_039
OWN = "own"  # stands for the company's name
TRANSFER = "内部资金划转"
POLICY_RATE = "7.0950"
USD_DEPOSIT, USD_BALANCE = 420_000, 980_000

_CLOCK = (
    "08:42:17",
    "09:15:03",
    "09:51:40",
    "10:26:08",
    "11:07:55",
    "11:33:21",
    "14:02:36",
    "14:48:09",
    "15:20:44",
    "16:05:12",
)


def keep_banks(settings: Settings, days: Days, month: Month) -> None:
    """Bank movements and ledger entries of a month in which both agree but for what is still on its way (traps)."""
    month.bank_opening = dict(OPENINGS)
    month.ledger_opening = dict(OPENINGS)
    for row in table("banks"):
        _both(settings, days, month, row, fen(row["amount"]))
    for day, amount in DEPOSITS:
        deposit = {"account": "ICBC", "day": str(day), "tag": f"deposit-{day}", "counterparty": OWN, "contra": TRANSFER}
        deposit |= {"summary": "现金存入", "purpose": "现金缴存", "postscript": "", "ledger summary": "现金缴存"}
        _both(settings, days, month, deposit, amount)
    month.ledger_line("ICBC", "deposit-10").date = days.on(12)  # trap: entered a day late
    month.ledger_line("ICBC", "return").red = True  # trap: a red entry on the paying side
    _on_the_way(days, month)
    _wallet(days, month)
    settle_banks(month)


def _both(settings: Settings, days: Days, month: Month, row: dict[str, str], amount: int) -> None:
    """A row of the story as the bank has it and as the ledger has it."""
    account, day, tag = row["account"], days.on(int(row["day"])), row["tag"]
    party = settings.company if row["counterparty"] == OWN else row["counterparty"]
    purpose, postscript = (row[name].replace("{yymm}", settings.yymm) for name in ("purpose", "postscript"))
    month.bank.append(BankLine(account, day, "", amount, tag, party, row["summary"], purpose, postscript))
    written = row["ledger summary"]
    month.ledger.append(LedgerLine(account, day, amount, tag, _written_party(party), written, row["contra"]))


def _written_party(party: str) -> str:
    """How the cashier writes the bank's names in the ledger: by the short names on file."""
    return {
        "顺途速运（深圳）有限公司": "顺途速运",
        "粤通专线物流有限公司": "粤通专线",
        AFFILIATE[1]: "广州市雅织服饰有限公司",
    }.get(party, party)


def _on_the_way(days: Days, month: Month) -> None:
    """Timing items around the month's end: two that the ledger enters later, two that the bank books later (traps)."""
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
                BankLine(
                    "Alipay",
                    receipt.date,
                    "",
                    receipt.amount,
                    receipt.number,
                    name,
                    "在线支付",
                    "运费",
                    f"{name} 收据{receipt.number}",
                )
            )
            month.ledger.append(
                LedgerLine(
                    "Alipay",
                    receipt.date,
                    receipt.amount,
                    receipt.number,
                    name,
                    f"收运费 收据{receipt.number}",
                    "应收账款",
                )
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
        ("ICBC", "C01", "C01", "工行"),
        ("ICBC", "C01-28", "C01", "工行"),
        ("ICBC", "C02-12", "C02", "工行"),
        ("ICBC", "C02-20", "C02", "工行"),
        ("ICBC", "C03", "C03", "工行"),
        ("CCB", "C06", "C06", "建行"),
        ("ICBC", "C10", "C10", "工行"),
    ):
        line = month.bank_line(account, tag)
        month.bill(customer).credits.append(
            Credit(line.date, "银行", line.amount, f"{reference}{line.date:%m%d}", line.counterparty)
        )
    short = month.bank_line("ICBC", "C04")
    month.bill("C04").credits.append(
        Credit(
            short.date,
            "银行",
            5_731_820,
            f"工行{short.date:%m%d}",
            short.counterparty,
            remark="尾差18.20元经财务主管陈立批准核销",
        )
    )
    both = month.bank_line("CCB", "C07")
    for amount, remark in ((1_248_040, "8月账单"), (2_450_000, "9月账单")):  # trap: one receipt, two bills
        month.bill("C07").credits.append(
            Credit(both.date, "银行", amount, f"建行{both.date:%m%d}", both.counterparty, remark=remark)
        )
    month.bill("C05").credits.append(
        Credit(days.on(31), "银行", 1_940_200, f"建行{days.on(31):%m%d}", month.name("C05"))
    )
    foreign = month.bank_line("BOC", "C08-12")
    month.bill("C08", "USD").credits.append(
        Credit(
            foreign.date,
            "银行",
            600_000,
            f"中行{foreign.date:%m%d}",
            foreign.counterparty,
            597_500,
            remark="国外行扣手续费25.00美元",
        )
    )
    for tag in ("C08-23", "C08-27"):
        line = month.bank_line("BOC", tag)
        month.bill("C08").credits.append(
            Credit(
                line.date,
                "银行",
                in_yuan(line.amount, POLICY_RATE),
                f"中行{line.date:%m%d}",
                line.counterparty,
                line.amount,
                POLICY_RATE,
            )
        )


def in_yuan(cents: int, rate: str) -> int:
    """US cents in 分 at a rate of four places, rounded half up."""
    return (cents * int(rate.replace(".", "")) + 5000) // 10_000


def request_payments(settings: Settings, days: Days, month: Month) -> list[PaymentRequest]:
    """Requests for the funds that the month's payments to providers and suppliers needed."""
    wanted = (
        ("ICBC", "P1", "顺途速运", "", "9月运费", 8),
        ("CCB", "P2", "中外联航空货运", "", "9月运费", 9),
        ("ICBC", "P4", "粤通专线物流", "", "9月运费", 13),
        ("CCB", "P5", "DHX国际快件代理", "", "9月运费", 13),
        ("BOC", "P3", "宏海船务", "", "9月海运费", 16),
        ("ICBC", "V1", "东莞兴发包装", "", "9月材料款", 21),
        ("CCB", "V2", "深圳联和五金托盘", "PO{}-03", "托盘款", 27),
        ("ICBC", "broker", "腾辉报关行", "", "9月报关费", 27),
    )
    requests = [
        PaymentRequest(
            settings.document_no("YK", number),
            days.operating[0],
            payee,
            order.format(settings.yymm),
            -month.bank_line(account, tag).amount,
            "USD" if account == "BOC" else "CNY",
            days.on(due),
            purpose,
        )
        for number, (account, tag, payee, order, purpose, due) in enumerate(wanted, start=1)
    ]
    old = month.orders[-1]
    number = settings.document_no("YK", len(requests) + 1)
    amount = old.quantity * old.price
    requests.append(PaymentRequest(number, days.on(20), "东莞兴发包装", old.number, amount, "CNY", old.pay_due, "货款"))
    return requests
