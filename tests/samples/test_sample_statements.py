"""The figures of the sample month's statements against sums made from its records without the engine; its package."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from month.bills import EXTENDED
from month.records import Month

import auditor
from auditor import Audit

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "jieyuan-2026-10"
OCTOBER = date(2026, 10, 31)
AT = "2026-11-05T09:00:00+08:00"


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    return auditor.run(SAMPLE, output=tmp_path_factory.mktemp("out"), at=AT, package=True, lang="zh")


@pytest.fixture(scope="module")
def package(audit: Audit) -> Path:
    assert audit.output is not None
    return audit.output / "package"


@pytest.fixture(scope="module")
def data(audit: Audit) -> Mapping[str, Any]:
    """The statements as findings.json has them."""
    assert audit.output is not None
    found: Mapping[str, Any] = json.loads((audit.output / "findings.json").read_text(encoding="utf-8"))
    return found


def rows(data: Mapping[str, Any], statement: str, part: str) -> list[dict[str, Any]]:
    parts = {each["name"]: each for each in data["statements"][statement]["parts"]}
    found: list[dict[str, Any]] = parts[part]["rows"]
    return found


def totals(data: Mapping[str, Any], statement: str, part: str) -> list[dict[str, Any]]:
    parts = {each["name"]: each for each in data["statements"][statement]["parts"]}
    found: list[dict[str, Any]] = parts[part]["totals"]
    return found


def lines(data: Mapping[str, Any], statement: str) -> dict[str, int]:
    return {each["label"]["en"]: fen(each["amount"]) for each in data["statements"][statement]["lines"]}


def heading(data: Mapping[str, Any], statement: str) -> dict[str, Any]:
    return {each["name"]: each["value"] for each in data["statements"][statement]["heading"]}


def fen(amount: str | None) -> int:
    return int(Decimal(amount or "0") * 100)


def test_every_statement_is_drawn_up(data: Mapping[str, Any]) -> None:
    assert data["statements_not_made"] == []
    assert list(data["statements"]) == [
        *(f"bank-reconciliation/{account}" for account in ("Alipay", "BOC", "CCB", "ICBC")),
        "cash-count/2026-10-31", "balances/balances", "cash-journal/CNY", "period-end-count/count",
        "receipt-control/receipts", "slip-control/slips", "expense-totals/expenses", "problem-shipments/problems",
        "customer-bills/bills", "receivables-ageing/receivables", "proofs-outstanding/proofs",
        "payment-plan/suppliers", "margin-by-customer/margin", "margin-by-provider/margin",
    ]  # fmt: skip


@pytest.mark.parametrize("account", ["BOC", "CCB", "ICBC"])
def test_reconciliations_begin_with_both_balances(data: Mapping[str, Any], planted: Month, account: str) -> None:
    found = lines(data, f"bank-reconciliation/{account}")
    bank = planted.bank_opening[account] + sum(
        line.amount for line in planted.bank if line.account == account and line.date <= OCTOBER
    )
    ledger = planted.ledger_opening[account] + sum(
        line.amount for line in planted.ledger if line.account == account and line.date <= OCTOBER
    )
    assert (found["Balance of the bank statement"], found["Balance of the ledger"]) == (bank, ledger)
    assert found["Adjusted bank balance"] == found["Ledger balance after corrections"]
    assert found["Difference that remains"] == 0


def test_the_items_of_a_reconciliation(data: Mapping[str, Any], planted: Month) -> None:
    assert heading(data, "bank-reconciliation/CCB") == {
        "bank": "中国建设银行深圳龙岗支行",
        "account_no": "44201503600052512345",
        "currency": "CNY",
        "as_of": "2026-10-31",
    }
    found = rows(data, "bank-reconciliation/CCB", "outstanding")
    assert [(each["line"]["zh"][0], each["date"], each["amount"], each["days"], each["settled"]) for each in found] == [
        ("①", "2026-10-31", "19402.00", "0", "2026-11-02"),
        ("②", "2026-10-30", "2980.00", "1", "2026-11-03"),
        ("③", "2026-10-31", "640.00", "0", "2026-11-02"),
        ("④", "2026-10-31", "35.00", "0", "2026-11-02"),
    ]
    assert [each["voucher"] for each in found[:2]] == ["银收-005", "银付-005"]
    cheque = planted.outstanding[0]
    assert [
        (x["voucher"], fen(x["amount"]), x["days"]) for x in rows(data, "bank-reconciliation/ICBC", "outstanding")
    ] == [(cheque.reference, cheque.amount, str((OCTOBER - cheque.date).days))]
    corrections = rows(data, "bank-reconciliation/CCB", "corrections")
    assert {each["code"]: each["amount"] for each in corrections} == {
        "BNK-01": "22115.75", "BNK-03": "-180.00", "BNK-04": "30000.00", "BNK-10": "-3200.00",
    }  # fmt: skip
    assert fen(totals(data, "bank-reconciliation/CCB", "corrections")[0]["amount"]) == 4_873_575


def test_the_cash_count(data: Mapping[str, Any], planted: Month) -> None:
    count = planted.count
    assert count is not None
    found = lines(data, "cash-count/2026-10-31")
    assert found["1 Cash counted"] == count.counted
    assert found["IOUs in the till (not cash)"] == count.iou
    assert found["2 Balance of the cash journal on the day of the count"] == count.book
    assert found["5 Short (−) or over (+)"] == -count.short
    notes = rows(data, "cash-count/2026-10-31", "denominations")
    assert sum(fen(each["denomination"]) * int(each["sheets"]) for each in notes) == count.counted
    assert all(fen(each["denomination"]) * int(each["sheets"]) == fen(each["amount"]) for each in notes)
    rolled = {each["item"]["en"]: fen(each["amount"]) for each in rows(data, "cash-count/2026-10-31", "roll_back")}
    assert rolled["In the till at the period's end"] == count.counted + count.iou
    assert rolled["Book balance at the period's end"] == count.book
    assert heading(data, "cash-count/2026-10-31")["till"] == "公司保险柜"
    assert heading(data, "cash-count/2026-10-31")["time"] is None  # to be filled in by hand


@pytest.mark.parametrize(
    ("statement", "kind"), [("receipt-control/receipts", "收据"), ("slip-control/slips", "收货清单")]
)
def test_number_control_of_each_book(data: Mapping[str, Any], planted: Month, statement: str, kind: str) -> None:
    found = {each["book_no"]: each for each in rows(data, statement, "books")}
    books = [book for book in planted.books if book.kind == kind]
    assert set(found) == {book.book_no for book in books}
    seen = {slip.number for slip in planted.papers} | {each.number for each in planted.receipts if not each.void}
    seen |= {row.slip.number for row in planted.register}
    void = {each.number for each in planted.void_papers} | {each.number for each in planted.voids}
    void |= {each.number for each in planted.receipts if each.void}
    blanks = {each.book_no: each for each in planted.blanks if each.kind == kind}
    for book in books:
        numbers = [f"{book.prefix}{number:0{book.width}d}" for number in range(book.first, book.last + 1)]
        row = found[book.book_no]
        used = sum(number in seen for number in numbers)
        spoilt = sum(number in void and number not in seen for number in numbers)
        blank = blanks[book.book_no].last - blanks[book.book_no].first + 1 if book.book_no in blanks else 0
        assert (int(row["used"]), int(row["void"]), int(row["unused"])) == (used, spoilt, blank), book.book_no
        assert (
            int(row["numbers"])
            == len(numbers)
            == sum(int(row[state]) for state in ("used", "void", "unused", "before", "missing"))
        )
        assert (row["first_text"], row["last_text"]) == (numbers[0], numbers[-1])
    total = totals(data, statement, "books")[0]
    assert int(total["missing"]) == 1


def test_reimbursements_by_class(data: Mapping[str, Any], planted: Month) -> None:
    found = {each["class"]["zh"]: each for each in rows(data, "expense-totals/expenses", "classes")}
    paid: dict[str, int] = defaultdict(int)
    for claim in planted.claims:
        paid[claim.true_class] += claim.paid
    assert sorted(fen(each["amount"]) for each in found.values()) == sorted(paid.values())
    assert fen(found["运费支出"]["amount"]) == 357_500
    assert fen(totals(data, "expense-totals/expenses", "claims")[0]["amount"]) == sum(x.paid for x in planted.claims)


def test_bank_and_cash_balances(data: Mapping[str, Any], planted: Month) -> None:
    named = {str(closing.account): closing for closing in planted.closings}
    assert len(rows(data, "balances/balances", "accounts")) == len(named)
    by_name = {
        row["account"] if isinstance(row["account"], str) else "CASH": row
        for row in rows(data, "balances/balances", "accounts")
    }
    for closing in planted.closings:
        row = by_name[closing.account]
        figures = [fen(row[name]) for name in ("opening", "money_in", "money_out", "closing", "stated", "difference")]
        stated = [closing.opening, closing.money_in, closing.money_out, closing.closing, closing.closing, 0]
        assert figures == stated, closing.account
    assert [row["currency"] for row in totals(data, "balances/balances", "accounts")] == ["CNY", "USD"]


def test_the_cash_journal(data: Mapping[str, Any], planted: Month) -> None:
    entries = [line for line in planted.cash if line.date <= OCTOBER]
    total = totals(data, "cash-journal/CNY", "entries")[0]
    assert len(rows(data, "cash-journal/CNY", "entries")) == len(entries)
    assert fen(total["money_in"]) == sum(line.amount for line in entries if line.amount > 0)
    assert fen(total["money_out"]) == -sum(line.amount for line in entries if line.amount < 0)
    last = rows(data, "cash-journal/CNY", "entries")[-1]["balance"]
    assert fen(last) == planted.cash_opening + sum(line.amount for line in entries)


def test_problem_shipments(data: Mapping[str, Any], planted: Month) -> None:
    memos = sorted(memo.number for memo in planted.memos if "问题件" in memo.type)
    found = rows(data, "problem-shipments/problems", "memos")
    assert [each["memo_no"] for each in found] == memos
    listed = {each.memo_no for each in planted.problems}
    assert {each["memo_no"] for each in found if each["listed"]["en"] == "yes"} == listed


def test_proofs_not_back(data: Mapping[str, Any], planted: Month) -> None:
    late = {pod.waybill: pod for pod in planted.pods if pod.returned is None and pod.due <= OCTOBER}
    found = rows(data, "proofs-outstanding/proofs", "overdue")
    assert {each["waybill_no"]: int(each["days"]) for each in found} == {
        name: (OCTOBER - pod.due).days for name, pod in late.items()
    }


def test_the_payment_plan(data: Mapping[str, Any], planted: Month) -> None:
    received: dict[str, int] = defaultdict(int)
    for goods in planted.goods:
        received[goods.po_no] += goods.quantity - goods.rejected
    price = {order.number: order.price for order in planted.orders}
    found = {each["key"]: each for each in rows(data, "payment-plan/suppliers", "dues")}
    assert set(found) == set(price)
    for key, row in found.items():
        assert fen(row["payable"]) == received[key] * price[key], key  # what came whole, at the price ordered
    requested = {each.po_no: each.amount for each in planted.requests if each.po_no}
    assert {key: fen(row["requested"]) for key, row in found.items() if row["requested"]} == requested


def test_the_ageing_of_receivables(data: Mapping[str, Any], planted: Month) -> None:
    """What each customer owes: arrears put off, short payments, and the month's charges less what was really paid."""
    lacking = {"C02": 500_000, "C05": 200_000, "C06": 150_000, "C09": 6_000, "C11": 369_026, "C04": 1_820}
    owed: dict[str, int] = {}
    for bill in planted.bills:
        if bill.currency != "CNY":
            continue
        opening = sum(x.arrears for x in planted.prior if (x.customer, x.currency) == (bill.customer, "CNY"))
        paid = sum(credit.amount for credit in bill.credits) - lacking.get(bill.customer, 0)
        owed[bill.customer] = opening - bill.credit + bill.charges - paid
    found = rows(data, "receivables-ageing/receivables", "customers")
    names = {party.name: party.id for party in planted.customers}
    assert {names[each["customer"]]: fen(each["total"]) for each in found if each["currency"] == "CNY"} == {
        customer: amount for customer, amount in owed.items() if amount
    }
    old = {names[each["customer"]]: fen(each["d60"]) for each in found if each["d60"]}
    assert old == EXTENDED  # due on 30 September: 31 days
    credits = {names[each["customer"]]: fen(each["credit"]) for each in found if each["credit"]}
    assert credits == {"C01": 500_000, "C05": 30_000}  # paid and credited to another; left from September
    items = rows(data, "receivables-ageing/receivables", "items")
    assert sum(fen(each["amount"]) for each in items) == sum(owed.values())


def test_margins(data: Mapping[str, Any], planted: Month) -> None:
    sales: dict[str, int] = defaultdict(int)
    for bill in planted.bills:
        sales[bill.customer] += sum(line.amount for line in bill.lines)
    names = {party.name: party.id for party in planted.customers}
    found = rows(data, "margin-by-customer/margin", "margins")
    assert {names[x["name"]]: fen(x["sale"]) for x in found if x["name"]} == dict(sales)
    costs: dict[str, int] = defaultdict(int)
    for line in planted.provider_lines:
        costs[line.provider] += line.amount
    by_provider = rows(data, "margin-by-provider/margin", "margins")
    assert sorted(fen(x["cost"]) for x in by_provider if fen(x["cost"])) == sorted(costs.values())
    for statement in ("margin-by-customer/margin", "margin-by-provider/margin"):
        total = totals(data, statement, "margins")[0]
        assert fen(total["sale"]) == sum(sales.values())
        assert fen(total["cost"]) == sum(costs.values())
        assert fen(total["margin"]) == sum(sales.values()) - sum(costs.values())


def test_statements_in_python(audit: Audit) -> None:
    table = audit.statement_tables["receivables-ageing/receivables/customers"]
    assert list(table.columns)[:3] == ["customer", "currency", "not_due"]
    assert table["total"].sum() == Decimal("184163.30")


# --- the package ---


def members(package: Path) -> Iterator[str]:
    yield from sorted(each.relative_to(package).as_posix() for each in package.rglob("*") if each.is_file())


def test_the_package_holds_what_must_be_handed_in(package: Path) -> None:
    manifest = json.loads((package / "manifest.json").read_text(encoding="utf-8"))
    assert [(each["title"]["zh"], each["page"], bool(each["documents"])) for each in manifest["items"]] == [
        ("本期客户账单明细表（压缩包）", "statements/customer-bills.html", True),
        ("期末盘点表", "statements/period-end-count.html", True),
        ("现金日记账目明细表", "statements/cash-journal.html", True),
        ("银行及现金结余表", "statements/balances.html", True),
        ("本月报销金额统计表", "statements/expense-totals.html", True),
        ("问题件统计表", "statements/problem-shipments.html", True),
    ]
    assert "documents/06客户账单/客户账单明细表2026-10.zip" in members(package)
    for each in manifest["files"]:
        assert hashlib.sha256((package / each["path"]).read_bytes()).hexdigest() == each["sha256"]
    listed = {each["path"] for each in manifest["files"]}
    assert listed == set(members(package)) - {"index.html", "manifest.json"}


def test_the_documents_of_the_package_are_those_of_the_folder(package: Path) -> None:
    for name in members(package):
        if name.startswith("documents/"):
            assert (package / name).read_bytes() == (SAMPLE / name.removeprefix("documents/")).read_bytes()


def test_the_archive_is_the_folder(package: Path) -> None:
    with zipfile.ZipFile(package.parent / "package.zip") as archive:
        assert archive.namelist() == list(members(package))
        assert archive.testzip() is None
        for name in archive.namelist():
            assert archive.read(name) == (package / name).read_bytes()


def test_pages_are_to_be_signed_and_take_nothing_from_elsewhere(package: Path) -> None:
    pages = sorted((package / "statements").glob("*.html"))
    assert len(pages) == 15
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "制单" in text and "复核" in text and "审批" in text, page.name
        assert "单位名称" in text and "捷远国际货运代理有限公司" in text, page.name
        assert "http" not in text.replace("http-equiv", ""), page.name
    rec = (package / "statements/bank-reconciliation.html").read_text(encoding="utf-8")
    assert rec.count('<section class="sheet') == 4
    assert rec.index("调节后账面余额") < rec.index("应更正的账面差错")  # corrections stand below
