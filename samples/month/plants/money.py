"""Planted in banks, ledgers and payments credited on bills (D12, D13, duplicate and split payments)."""

from __future__ import annotations

from dataclasses import replace

from month.banks import in_yuan
from month.plants.registry import Change, Stage, plant
from month.records import Credit, LedgerLine, Outstanding


@plant("BNK-01-fee")
def fee_not_entered(change: Change) -> None:
    """A bank fee is missing in the ledger."""
    line = change.month.ledger_line("ICBC", "fee-28")
    change.month.ledger.remove(line)
    change.expect(f"ICBC/{line.date:%m-%d}", -line.amount)


@plant("BNK-01-C06")
def receipt_not_entered(change: Change) -> None:
    """C06's payment is missing in the ledger."""
    line = change.month.ledger_line("CCB", "C06")
    change.month.ledger.remove(line)
    change.expect(f"CCB/{line.date:%m-%d}", -line.amount)


@plant("BNK-02")
def false_entry(change: Change) -> None:
    """The ledger has a payment of C02 that the bank does not know."""
    day = change.days.on(24)
    change.month.ledger.append(
        LedgerLine("ICBC", day, 600_000, "false", "东莞市百利塑胶制品有限公司", "收百利塑胶货款", "应收账款")
    )
    change.expect(f"ICBC/{day:%m-%d}", 600_000)


@plant("BNK-03")
def amount_mistyped(change: Change) -> None:
    """P5's 9,640.00 are entered as 9,460.00."""
    line = change.month.ledger_line("CCB", "P5")
    line.amount += 18_000
    change.expect(f"CCB/{line.date:%m-%d}", 18_000)


@plant("BNK-04")
def direction_reversed(change: Change) -> None:
    """A withdrawal from the wallet is entered as a payment."""
    line = change.month.ledger_line("CCB", "from Alipay-16")
    change.expect(f"CCB/{line.date:%m-%d}", -2 * line.amount)
    line.amount = -line.amount


@plant("BNK-05")
def entered_late(change: Change) -> None:
    """P1's payment of 10-08 is entered on 10-16."""
    line = change.month.ledger_line("ICBC", "P1")
    change.expect(f"ICBC/{line.date:%m-%d}", amount=-line.amount)
    line.date = change.days.on(16)


@plant("BNK-06")
def another_payee(change: Change) -> None:
    """What the broker got is entered as paid to V2."""
    line = change.month.ledger_line("ICBC", "broker")
    line.counterparty, line.summary = "深圳联和五金托盘", "付联和托盘货款"
    change.expect(f"ICBC/{line.date:%m-%d}", amount=-line.amount)


@plant("BNK-07")
def entered_twice(change: Change) -> None:
    """A cash deposit is entered twice."""
    line = change.month.ledger_line("ICBC", "deposit-23")
    change.month.ledger.append(replace(line, tag="deposit-23 again"))
    change.expect(f"ICBC/{line.date:%m-%d}", line.amount)


@plant("BNK-08")
def row_removed(change: Change) -> None:
    """A row was deleted from the dollar account's export; the balances jump."""
    line = change.month.bank_line("BOC", "fee")
    line.exported = False
    change.expect(f"BOC/{line.date:%m-%d}", line.amount, currency="USD")


@plant("BNK-09", Stage.CLOSING)
def export_too_short(change: Change) -> None:
    """The wallet's export ends a day early. The ledger, made from it, lacks the last day's fee but has the receipts."""
    month, last = change.month, change.days.on(31)
    month.export_end["Alipay"] = change.days.on(30)
    month.ledger = [line for line in month.ledger if (line.account, line.tag) != ("Alipay", "fee")]
    change.expect(
        "Alipay", amount=sum(each.amount for each in month.ledger if (each.account, each.date) == ("Alipay", last))
    )


@plant("BNK-10")
def another_account(change: Change) -> None:
    """A payment from CCB is entered in ICBC's ledger."""
    line = change.month.ledger_line("CCB", "V2")
    line.account = "ICBC"
    change.expect(f"CCB->ICBC/{line.date:%m-%d}", amount=-line.amount)


@plant("BNK-12")
def old_cheque(change: Change) -> None:
    """A cheque of August has not been presented."""
    month, number = change.month, "00123456"
    month.bank_opening["ICBC"] += 135_000
    month.outstanding.append(
        Outstanding(
            "ICBC", change.days.before(2, 12), "企业已付银行未付", number, "深圳市安居维修服务部", "付维修款", 135_000
        )
    )
    change.expect(f"ICBC cheque {number}", amount=135_000)


@plant("RCV-01")
def unknown_payer(change: Change) -> None:
    """A payment came from 何建国, whom nobody knows; no bill credits it."""
    bank, ledger = change.month.bank_line("ICBC", "C10"), change.month.ledger_line("ICBC", "C10")
    bank.counterparty = ledger.counterparty = "何建国"
    bank.purpose, bank.postscript = "货款", ""
    ledger.summary, ledger.contra = "收何建国款（待查）", "其他应付款"
    bill = change.month.bill("C10")
    bill.credits = [credit for credit in bill.credits if credit.mode != "银行"]
    change.expect(f"ICBC/{bank.date:%m-%d} 何建国", -bank.amount)


@plant("RCV-02")
def credit_without_money(change: Change) -> None:
    """C05's bill credits 2,000.00 that no bank received."""
    day = change.days.on(21)
    change.month.bill("C05").credits.append(Credit(day, "银行", 200_000, "", change.month.name("C05")))
    change.expect(f"C05/{day:%m-%d}", 200_000)


@plant("RCV-03")
def credit_mistyped(change: Change) -> None:
    """1,933.90 received by wallet is credited as 1,993.90."""
    day = change.days.on(23)
    next(each for each in change.month.bill("C09").credits if each.date == day).amount += 6_000
    change.expect(f"C09/{day:%m-%d}", 6_000)


@plant("RCV-04")
def credited_together(change: Change) -> None:
    """Two receipts of C09 are credited in one line."""
    first, second = (change.days.on(day) for day in (12, 13))
    bill = change.month.bill("C09")
    one, two = (next(each for each in bill.credits if each.date == day) for day in (first, second))
    bill.credits.remove(one)
    two.amount += one.amount
    two.reference = f"{one.reference}、{two.reference.removeprefix('收据')}"
    two.mode = f"{one.mode}、{two.mode}"
    change.expect_count(f"C09/{first:%m-%d},{second:%m-%d}", -1)


@plant("RCV-05")
def credited_to_another(change: Change) -> None:
    """C01's prepayment is credited to C02."""
    line = change.month.bank_line("ICBC", "C01-28")
    bill = change.month.bill("C01")
    credit = next(each for each in bill.credits if each.date == line.date)
    bill.credits.remove(credit)
    change.month.bill("C02").credits.append(credit)
    change.expect(f"C01->C02/{line.date:%m-%d}", amount=credit.amount)


@plant("RCV-06")
def written_off(change: Change) -> None:
    """C04 paid 18.20 less than is credited, and nobody approved it."""
    line = change.month.bank_line("ICBC", "C04")
    credit = next(each for each in change.month.bill("C04").credits if each.date == line.date)
    credit.remark = ""
    change.expect(f"C04/{line.date:%m-%d}", credit.amount - line.amount)


@plant("RCV-07")
def paid_by_another(change: Change) -> None:
    """林国栋 paid for C02 without an authority."""
    bank, ledger = change.month.bank_line("ICBC", "C02-20"), change.month.ledger_line("ICBC", "C02-20")
    credit = next(each for each in change.month.bill("C02").credits if each.amount == bank.amount)
    bank.counterparty = ledger.counterparty = credit.payer = "林国栋"
    bank.postscript, ledger.summary = "代百利塑胶付9月运费余款", "收百利塑胶9月运费余款（林国栋代付）"
    change.expect(f"C02/{bank.date:%m-%d}", amount=bank.amount)


@plant("RCV-08")
def cash_without_receipt(change: Change) -> None:
    """C06's bill credits cash for which there is no receipt."""
    day = change.days.on(24)
    change.month.bill("C06").credits.append(Credit(day, "现金", 150_000, "", change.month.name("C06")))
    change.expect(f"C06/{day:%m-%d}", 150_000)


@plant("RCV-10")
def rate_outside_policy(change: Change) -> None:
    """C08's dollars are credited at 7.2000; the policy rate is 7.0950."""
    line = change.month.bank_line("BOC", "C08-23")
    credit = next(each for each in change.month.bill("C08").credits if each.date == line.date)
    before, credit.rate = credit.amount, "7.2000"
    credit.amount = in_yuan(line.amount, credit.rate)
    change.expect(f"C08/{line.date:%m-%d}", credit.amount - before)


@plant("RCV-11")
def receipt_credited_twice(change: Change) -> None:
    """One wallet receipt of C11 is credited twice."""
    day, credits = change.days.on(21), change.month.bill("C11").credits
    credit = next(each for each in credits if each.date == day)
    credits.append(replace(credit))
    change.expect(f"C11/{day:%m-%d}", credit.amount)


def _move(change: Change, tag: str, amount: int) -> None:
    change.month.bank_line("CCB", tag).amount += amount
    change.month.ledger_line("CCB", tag).amount += amount


@plant("RCV-12-P4")
def not_remitted(change: Change) -> None:
    """P4 has not remitted what it collected on delivery."""
    entry = next(each for each in change.month.cod if each.amount == 98_000)
    entry.remitted = entry.passed_on = None
    _move(change, "COD in", -entry.amount)
    _move(change, "COD out", entry.amount)
    change.expect(f"P4/{entry.waybill}", -entry.amount)


@plant("RCV-12-C07")
def not_passed_on(change: Change) -> None:
    """What P4 remitted was not passed on to C07."""
    entry = next(each for each in change.month.cod if each.amount == 188_000)
    entry.passed_on = None
    _move(change, "COD out", entry.amount)
    change.expect(f"C07/{entry.waybill}", -entry.amount)


@plant("GEN-01")
def paid_twice(change: Change) -> None:
    """P4 is paid the same amount twice within nine days."""
    bank, ledger, day = change.month.bank_line("ICBC", "P4"), change.month.ledger_line("ICBC", "P4"), change.days.on(22)
    change.month.bank.append(replace(bank, date=day, tag="P4 again"))
    change.month.ledger.append(replace(ledger, date=day, tag="P4 again"))
    change.expect("P4", -bank.amount)


@plant("GEN-02", Stage.VOUCHERS)
def split_voucher(change: Change) -> None:
    """Two vouchers for one payee on one day, each just under the approval limit."""
    claim = next(each for each in change.month.claims if each.number == change.document("BX", 17))
    invoice = next(each for each in change.month.invoices if each.claim_no == claim.number)
    claim.claimant, claim.payee, invoice.seller = "何军", "启达广告", "启达广告"
    claim.item = invoice.item = "广告牌安装费"


@plant("GEN-02")
def split_payment(change: Change) -> None:
    """Two payments to one payee on one day, each just under the approval limit."""
    bank, ledger = change.month.bank_line("ICBC", "ads-2"), change.month.ledger_line("ICBC", "ads-2")
    bank.counterparty = ledger.counterparty = "启达广告"
    bank.purpose, ledger.summary = "广告费", "付广告牌安装费"
    change.expect("启达广告", amount=-bank.amount - change.month.bank_line("ICBC", "ads-1").amount)
