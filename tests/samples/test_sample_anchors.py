"""The control totals of the sample month."""

from __future__ import annotations

from collections import Counter
from datetime import date

from month.build import build_month
from month.expenses import paid_by_purpose
from month.plants import choose
from month.records import Month
from month.settings import Settings
from month.write.books import denominations

CUSTOMERS = (
    22_745_62,
    39_786_50,
    26_862_46,
    17_243_14,
    31_561_38,
    27_472_62,
    16_153_28,
    33_916_74,
    20_888_35,
    17_306_25,
    36_213_67,
    29_638_18,
)
PROVIDERS = (27_962_07, 74_519_20, 17_099_00, 10_269_60, 189_938_32)
BILLED = (
    23_356_14,
    39_774_06,
    26_992_46,
    17_043_14,
    31_657_92,
    27_427_07,
    11_378_61,
    32_689_70,
    20_888_35,
    17_306_25,
    36_213_67,
    29_638_18,
)
OCTOBER = date(2026, 10, 31)


def of_month(lines: list[tuple[str, date, int]], account: str) -> list[int]:
    return [amount for each, day, amount in lines if each == account and day <= OCTOBER]


def test_slips(planted: Month) -> None:
    slips = planted.slips
    assert (len(slips), sum(slip.pieces for slip in slips)) == (420, 2_100)
    assert sum(slip.amount for slip in slips) == 319_788_19
    assert sum(slip.cost for slip in slips) == 245_437_06
    by_customer, by_provider = Counter[str](), Counter[str]()
    for slip in slips:
        by_customer[slip.customer] += slip.amount
        by_provider[slip.provider] += slip.amount
    assert tuple(by_customer[f"C{number:02d}"] for number in range(1, 13)) == CUSTOMERS
    assert tuple(by_provider[f"P{number}"] for number in range(1, 6)) == PROVIDERS
    assert sum(slip.volume > slip.actual / 10 and slip.half * 5 > -(-slip.actual // 5) * 5 for slip in slips) == 288


def test_numbers(planted: Month) -> None:
    numbers = {station: [slip.number for slip in planted.slips if slip.station == station] for station in "ABC"}
    assert numbers["A"][:3] == ["SH25-009999", "SH25-010000", "SH26-004001"]
    assert numbers["B"][60] == "SH26-004612"
    assert [numbers["A"][-1], numbers["B"][-1], numbers["C"][-1]] == ["SH26-004148", "SH26-004299", "SH26-004428"]
    tails = {each.book_no: (each.first, each.last) for each in planted.blanks}
    assert tails == {"83": (4149, 4150), "86": (4300, 4300), "89": (4429, 4450), "64": (3178, 3200), "65": (3211, 3250)}
    assert (len(planted.papers), len(planted.register)) == (419, 420)
    assert len({each.outbound_no for each in planted.slips}) == 105


def test_bills(planted: Month) -> None:
    sums = tuple(sum(line.amount for line in planted.bill(f"C{number:02d}").lines) for number in range(1, 13))
    assert sums == BILLED
    assert sum(sums) == 314_365_55


def test_receipts(planted: Month) -> None:
    by_mode = {
        mode: [each.amount for each in planted.receipts if each.mode == mode and not each.void]
        for mode in ("现金", "支付宝")
    }
    assert (len(by_mode["现金"]), sum(by_mode["现金"])) == (28, 35_647_86)
    assert (len(by_mode["支付宝"]), sum(by_mode["支付宝"])) == (56, 68_398_59)
    assert (
        sum(each.amount for each in planted.receipts if each.mode == "支付宝" and not each.void and each.date < OCTOBER)
        == 63_575_98
    )


def test_cash(planted: Month) -> None:
    assert planted.cash_opening + sum(line.amount for line in planted.cash) == 4_869_81
    assert planted.count is not None
    assert planted.count.counted == 2_834_81
    assert denominations(2_834_81) == [
        (10_000, 26),
        (5_000, 3),
        (2_000, 3),
        (1_000, 2),
        (100, 4),
        (50, 1),
        (10, 3),
        (1, 1),
    ]
    true = build_month(Settings(plants=choose(["CSH-08"])))
    assert true.cash_opening + sum(line.amount for line in true.cash) == 5_266_56
    closes = {line.date.day: 0 for line in planted.cash}
    for day in closes:
        closes[day] = planted.cash_opening + sum(line.amount for line in planted.cash if line.date.day <= day)
    assert (closes[12], closes[9], closes[28]) == (6_500_84, 14_870_43, 9_923_31)
    assert [day for day, balance in closes.items() if balance > 14_000_00] == [9]


def test_banks(planted: Month) -> None:
    bank = [(line.account, line.date, line.amount) for line in planted.bank]
    ledger = [(line.account, line.date, line.amount) for line in planted.ledger]
    rows = {account: of_month(bank, account) for account in ("ICBC", "CCB")}
    assert {account: len(amounts) for account, amounts in rows.items()} == {"ICBC": 27, "CCB": 12}
    assert planted.bank_opening["ICBC"] + sum(rows["ICBC"]) == 179_332_58
    assert planted.bank_opening["CCB"] + sum(rows["CCB"]) == 200_236_35
    assert planted.ledger_opening["ICBC"] + sum(of_month(ledger, "ICBC")) == 187_804_08
    assert planted.ledger_opening["CCB"] + sum(of_month(ledger, "CCB")) == 167_317_60
    adjusted = 200_236_35 + 19_402_00 - 2_980_00
    assert adjusted == 167_317_60 + 640_00 - 35_00 + 22_115_75 - 180_00 + 30_000_00 - 3_200_00 == 216_658_35


def test_expenses(planted: Month) -> None:
    assert paid_by_purpose(planted) == {"运费": 3_575_00, "内部成本": 16_206_30}
    assert sum(claim.paid for claim in planted.claims) == 19_781_30
    assert planted.summary["合计"] == (18, 19_881_30)


def test_general_ledger(planted: Month) -> None:
    closing = {(each.account, each.currency): each.closing for each in planted.trial}
    assert closing["1002.01", "CNY"] == 187_804_08
    assert closing["1002.02", "CNY"] == 167_317_60
    assert closing["1001", "CNY"] == 4_869_81
    assert closing["1122", "CNY"] == sum(bill.closing for bill in planted.bills if bill.currency == "CNY") + 1_200_00
    for currency in ("CNY", "USD"):
        assert sum(amount for (_, each), amount in closing.items() if each == currency) == 0
    sums = Counter[str]()
    for line in planted.vouchers:
        sums[line.number] += line.amount
    assert set(sums.values()) == {0}
    assert sorted(sums) == [f"记-{number:04d}" for number in range(1, 61) if number != 47]
    odd = {line.number for line in planted.vouchers if line.date.weekday() > 4 and line.date.day != 10}
    assert odd == {"记-0031"}


def test_roll_forward(planted: Month, clean: Month) -> None:
    off = {
        bill.number: bill.closing - (bill.arrears - bill.credit + bill.charges - bill.received)
        for bill in planted.bills
    }
    assert {number: amount for number, amount in off.items() if amount} == {"ZD2610-C08": 100_00}
    for bill in clean.bills:
        owed = [each for each in clean.prior if (each.customer, each.currency) == (bill.customer, bill.currency)]
        assert (bill.arrears, bill.credit) == (sum(each.arrears for each in owed), sum(each.credit for each in owed))
        assert bill.closing == bill.arrears - bill.credit + bill.charges - bill.received
