"""How alike a stranger's header is to the words of a field: pairs that nobody's document gave."""

from __future__ import annotations

import pytest

from auditor.documents.word_parts import Likeness, LikenessIndex, LikenessKind, likeness
from auditor.documents.word_parts.likeness import EQUAL, EXACT
from auditor.records.loader import record_types

# Fields by a few of their words, so that what is tested is the lexicon and not a list of headers.
SLIP = ("清单号",)
TICKETS = ("票数",)
OPENING = ("期初余额",)
CLOSING = ("期末余额",)
CHARGED = ("计费重量",)
RETURNED = ("核销日期",)
SIDE = ("借贷标志",)
IN, OUT = ("收入金额",), ("支出金额",)
CUSTOMER, CARRIER, SUPPLIER = ("客户",), ("承运商",), ("供应商",)
OLD, NEW = ("原金额",), ("新金额",)
FIRST, LAST = ("起始号码",), ("终止号码",)
FREIGHT, FUEL, OTHER = ("运费",), ("燃油费",), ("杂费",)

EQUAL_PARTS = [
    ("Slip #", SLIP), ("Receiving slip no.", SLIP), ("SLIP NUMBER", SLIP), ("slip_no", SLIP), ("收货清单编号", SLIP),
    ("Tickets", TICKETS), ("票", TICKETS), ("No. of tickets", TICKETS),
    ("上月结余", OPENING), ("上期结余", OPENING), ("Opening bal.", OPENING), ("Balance b/f", OPENING),
    ("Prior balance", OPENING), ("期初", OPENING),
    ("Closing Balance", CLOSING), ("Bal c/f", CLOSING), ("月末结存", CLOSING),
    ("收费重量", CHARGED), ("Chargeable Wt (kg)", CHARGED), ("chg wt", CHARGED), ("计费重(KG)", CHARGED),
    ("缴销日期", RETURNED), ("Date returned", RETURNED), ("归还日期", RETURNED),
    ("收/支", SIDE), ("Dr/Cr", SIDE), ("D/C", SIDE), ("出入方向", SIDE),
    ("Withdrawals", OUT), ("Paid Out", OUT), ("转出金额", OUT), ("Money out", OUT),
    ("Deposits", IN), ("Paid in (CNY)", IN), ("收款金额", IN), ("存入", IN),
    ("Client", CUSTOMER), ("Cust. name", CUSTOMER), ("顾客名称", CUSTOMER), ("客户全称", CUSTOMER),
    ("Carrier", CARRIER), ("物流公司", CARRIER), ("Vendor name", SUPPLIER), ("供货单位", SUPPLIER),
    ("Old amount", OLD), ("Amount before", OLD), ("Revised amount", NEW), ("From No.", FIRST), ("To #", LAST),
    ("Freight charges", FREIGHT), ("运输费", FREIGHT), ("Fuel surcharge", FUEL), ("FSC", FUEL),
    ("Other charges", OTHER), ("其他费用", OTHER), ("Misc. fees", OTHER),
    ("Waybill", ("运单号",)), ("AWB No", ("运单号",)), ("提单编号", ("运单号",)),
    ("Due date", ("到期日",)), ("Approved by", ("审批人",)), ("核准人", ("Approver",)), ("经手", ("经办人",)),
    ("Amt in words", ("大写金额",)), ("A/C Name", ("户名",)), ("Ccy", ("币种",)), ("UOM", ("单位",)),
    ("FX rate", ("汇率",)), ("VAT amount", ("税额",)), ("VAT %", ("税率",)), ("Payment method", ("付款方式",)),
    ("Counted qty", ("实盘数量",)), ("Book balance", ("账面余额",)), ("Unpaid", ("未付金额",)),
]  # fmt: skip

IN_PART = [
    # header, field's words, the least and the most likeness
    ("清单票数", TICKETS, 450, 600), ("收支类型", SIDE, 500, 850), ("余额", OPENING, 300, 500),
    ("单据编号", SLIP, 600, 850), ("编号", SLIP, 400, 600), ("客户代码", CUSTOMER, 500, 700),
    ("单位名称", CUSTOMER, 600, 850), ("重量", CHARGED, 300, 500), ("日期", RETURNED, 400, 600),
    ("业务日期", ("日期",), 600, 850), ("Total freight", FREIGHT, 500, 800), ("Amount", IN, 300, 500),
    ("付款到期日", ("到期日",), 450, 800), ("基本运费", FREIGHT, 500, 700), ("Customer slip no", SLIP, 500, 700),
]  # fmt: skip

CONFLICTS = [
    ("支出", IN), ("Withdrawals", IN), ("存入金额", OUT), ("收支金额", OUT), ("期末结存", OPENING), ("B/F", CLOSING),
    ("Amount after", OLD), ("调整前金额", NEW), ("止号", FIRST), ("Start no", LAST), ("预计付款日期", ("实际付款日期",)),
    ("未付金额", ("已付金额",)), ("未收", ("收款金额",)), ("贷方发生额", ("借方发生额",)), ("Credit", ("Debit",)),
    ("实重", CHARGED), ("Volume weight", CHARGED), ("不含税金额", ("含税金额",)), ("账面数量", ("实盘数量",)),
    ("领用日期", RETURNED), ("供应商名称", CUSTOMER), ("Payee", ("付款人",)), ("对方账号", ("本方账号",)),
    ("收货日期", ("发货日期",)), ("Buyer", ("销方名称",)), ("失效日期", ("生效日期",)),
]  # fmt: skip

APART = [
    ("摘要", SLIP), ("Remarks", OPENING), ("件数", TICKETS), ("运单号", ("日期",)), ("客户", FREIGHT),
    ("Latitude", CUSTOMER), ("体温", CHARGED), ("税率", FREIGHT), ("审批人", RETURNED), ("Currency", IN),
    ("发票代码", SLIP), ("汇率", ("税率",)), ("单价", ("金额",)), ("签收人", ("发票号码",)), ("班级", CUSTOMER),
]  # fmt: skip


@pytest.mark.parametrize(("header", "words"), EQUAL_PARTS)
def test_the_same_in_other_words(header: str, words: tuple[str, ...]) -> None:
    found = likeness(header, words)
    assert (found.value, found.kind, found.word) == (EQUAL, LikenessKind.EQUAL_PARTS, words[0])


@pytest.mark.parametrize(("header", "words", "least", "most"), IN_PART)
def test_the_same_in_part(header: str, words: tuple[str, ...], least: int, most: int) -> None:
    found = likeness(header, words)
    assert found.kind is LikenessKind.PART
    assert least <= found.value <= most


@pytest.mark.parametrize(("header", "words"), CONFLICTS)
def test_the_opposite(header: str, words: tuple[str, ...]) -> None:
    found = likeness(header, words)
    assert (found.value, found.kind) == (0, LikenessKind.CONFLICT)


@pytest.mark.parametrize(("header", "words"), APART)
def test_something_else(header: str, words: tuple[str, ...]) -> None:
    assert likeness(header, words) == Likeness(0, LikenessKind.NONE)


@pytest.mark.parametrize("header", ["清单号", " 清单号：", "清单编号", "*清单号", "清单号 Slip No", "ＳＬＩＰ　ＮＯ"])
def test_a_known_header_is_exact(header: str) -> None:
    found = likeness(header, ("清单号", "Slip No"))
    assert (found.value, found.kind) == (EXACT, LikenessKind.EXACT)


def test_a_field_that_has_both_excludes_neither() -> None:
    assert likeness("供应商名称", ("客户", "供应商")).kind is LikenessKind.EQUAL_PARTS
    assert likeness("未收金额", ("已收", "未收")).kind is LikenessKind.EQUAL_PARTS


@pytest.mark.parametrize(
    ("header", "words"), [("应付金额", ("应收金额",)), ("Amount payable", ("应收金额",)), ("已付", ("已收",)), ("未收", ("未付款",))]
)
def test_a_debt_is_seen_from_either_side(header: str, words: tuple[str, ...]) -> None:
    """A carrier writes 应收 for what we owe him: that is less alike, but no opposite."""
    assert likeness(header, words).kind is LikenessKind.PART
    assert likeness(header, words).value < 400


def test_why_is_said_in_both_languages() -> None:
    assert likeness("Slip #", ("收货清单号",)).why.zh == "与“收货清单号”同义：编号、清单"
    assert likeness("支出", ("Money in",)).why.en == "the opposite of “Money in”: in, out"
    assert likeness("编号", SLIP).why.en == "in part like “清单号”: number"
    assert likeness("摘要", SLIP).why.en == "nothing in common"


# --- all record types -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index() -> LikenessIndex[tuple[str, str]]:
    return LikenessIndex.of_types(record_types())


@pytest.mark.parametrize(
    ("record_type", "header", "role"),
    [
        ("bank_transaction", "Txn Date", "date"), ("bank_transaction", "Value Dt", "value_date"),
        ("bank_transaction", "Withdrawals", "<out>"), ("bank_transaction", "收支类型", "<flag>"),
        ("bank_transaction", "Running Balance", "balance"), ("bank_transaction", "对方开户银行名称", "counterparty_bank"),
        ("closing_balance", "上月结余", "opening"), ("closing_balance", "Receipts for the month", "money_in"),
        ("bundle_cover", "清单票数", "tickets"), ("receiving_slip", "收费重量", "charge_weight"),
        ("receiving_slip", "毛重(KG)", "actual_weight"), ("receiving_slip", "Vol. wt", "volume_weight"),
        ("receiving_slip", "承运公司", "provider"), ("receiving_slip", "Client name", "customer"),
        ("number_book", "缴销日期", "returned"), ("number_book", "Start number", "first_no"),
        ("number_book", "领取人", "holder"), ("voided_number", "Reason for voiding", "reason"),
        ("bill", "Prepared", "preparer"), ("bill", "Prior arrears", "opening_arrears"),
        ("adjustment", "Revised amount", "new_amount"), ("invoice", "VAT amount", "tax"),
        ("cash_count", "Counted amount", "counted"), ("cash_count", "Over/short", "difference"),
        ("supplier_line", "Vendor", "supplier"), ("purchase_order", "PO #", "po_no"),
        ("employee", "Staff name", "name"), ("party", "Vendor code", "party_id"),
        ("provider_line", "AWB", "waybill_no"), ("provider_line", "Fuel", "fuel"),
    ],
)  # fmt: skip
def test_the_field_that_is_meant(
    index: LikenessIndex[tuple[str, str]], record_type: str, header: str, role: str
) -> None:
    found = {field: each.value for (name, field), each in index.alike(header).items() if name == record_type}
    assert max(found, key=lambda field: found[field]) == role
    assert sorted(found.values())[-2:-1] < [found[role]]


def test_an_index_says_what_each_field_alone_says(index: LikenessIndex[tuple[str, str]]) -> None:
    for header in ("Slip #", "上月结余", "对方账号", "Paid out", "单据编号", "客户 Customer", "体温"):
        found = index.alike(header)
        assert found is index.alike(header)
        bill = record_types()["bill_line"].fields["slip_no"]
        alone = likeness(header, (*bill.headers, bill.title.zh, bill.title.en))
        assert found.get(("bill_line", "slip_no"), Likeness(0, LikenessKind.NONE)) == alone
