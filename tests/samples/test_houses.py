"""The month as other companies write it: the same every time, and every fact in it, read back by the truth alone."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from house_reader import Record, money, records, told
from houses.facts import PROVIDER_NAMES, Facts, Row
from houses.registry import HOUSES, house_documents
from month.plants import choose
from month.settings import Order, Settings
from month.write import documents
from python_calamine import CalamineWorkbook

HERE = Path(__file__).parent
MONTH = Settings(plants=choose(["all"]))


@dataclass(frozen=True)
class House:
    """A house's name, its documents, the truth of them, and what is read back by it."""

    name: str
    files: dict[str, bytes]
    truth: dict[str, bytes]
    read: dict[str, list[Record]]


@pytest.fixture(scope="module", params=sorted(HOUSES))
def house(request: pytest.FixtureRequest) -> House:
    files, truth = house_documents(str(request.param), MONTH)
    return House(str(request.param), files, truth, records(files, truth["readings.csv"]))


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(MONTH)


def numbers(
    rows: Iterable[Record | Row], key: str, pattern: str, fields: tuple[str, ...]
) -> Counter[tuple[object, ...]]:
    """How often records with these figures occur, by their key in one form."""
    found: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        name = unicodedata.normalize("NFKC", str(row[key] if row.get(key) is not None else ""))
        if re.fullmatch(pattern, name):
            found[(name if key not in fields else "", *(figure(row.get(field)) for field in fields))] += 1
    return found


def figure(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else money(str(value if value is not None else ""))


# record type, key, what keys look like, figures to compare, and the facts
FREIGHT: tuple[tuple[str, str, str, tuple[str, ...], Callable[[Facts], list[Row]]], ...] = (
    ("receiving_slip", "slip_no", r"SH\d\d-\d+", ("amount",), lambda facts: facts.slips()),
    ("register_entry", "slip_no", r"SH\d\d-\d+", ("pieces", "charge_weight", "amount"), lambda facts: facts.register()),
    ("bundle_cover", "clerk", r".+", ("tickets", "pieces", "amount"), lambda facts: facts.covers()),
    ("bundle_entry", "slip_no", r"SH\d\d-\d+", (), lambda facts: facts.filed()),
    ("outbound_line", "waybill_no", r"[A-Z0-9-]+", ("pieces",), lambda facts: facts.outbound()),
    ("liaison_memo", "memo_no", r"LL.*", ("amount",), lambda facts: facts.memos()),
    ("service_entry", "memo_no", r"LL.*", ("amount",), lambda facts: facts.service()),
    ("problem_shipment", "memo_no", r"LL.*", (), lambda facts: facts.problems()),
    ("adjustment", "adjustment_no", r"TZ.*", ("old_amount", "new_amount"), lambda facts: facts.adjustments()),
    ("voided_number", "number", r"[A-Z0-9-]*\d+", ("copies_sighted",), lambda facts: facts.voids()),
    ("blank_count", "first_no", r"\d+", ("first_no", "last_no", "sheets"), lambda facts: facts.blanks()),
    ("number_book", "first_no", r"\d+", ("last_no",), lambda facts: facts.books(False) + facts.books(True)),
)
MONEY: tuple[tuple[str, str, str, tuple[str, ...], Callable[[Facts], list[Row]]], ...] = (
    (
        "bill",
        "bill_no",
        r"ZD.*",
        ("opening_arrears", "charges", "received", "closing"),
        lambda facts: [facts.bill(x) for x in facts.month.bills],
    ),
    (
        "bill_line",
        "item",
        r".+",
        ("amount",),
        lambda facts: [y for x in facts.month.bills for y in facts.bill_lines(x)],
    ),
    (
        "bill_credit",
        "mode",
        r".+",
        ("amount",),
        lambda facts: [y for x in facts.month.bills for y in facts.bill_credits(x)],
    ),
    ("customer_balance", "arrears", r"[\d.,元]+", ("arrears", "credit"), lambda facts: facts.prior()),
    ("receipt", "receipt_no", r"\d+", ("amount",), lambda facts: facts.receipts()),
    ("deposit_slip", "slip_no", r"JK.*", ("amount",), lambda facts: facts.deposits()),
    ("cash_count_line", "sheets", r"\d+", ("denomination", "sheets", "amount"), lambda facts: facts.count()[1]),
    ("expense_claim", "claim_no", r"BX.*", ("amount",), lambda facts: facts.claims()),
    ("invoice", "invoice_no", r"\d{19,20}", ("net", "tax", "total"), lambda facts: facts.invoices()),
    (
        "provider_line",
        "waybill_no",
        r"[A-Z0-9-]+",
        ("charge_weight", "amount"),
        lambda facts: [y for x in PROVIDER_NAMES for y in facts.provider_lines(x)],
    ),
    ("cod_entry", "waybill_no", r"[A-Z0-9-]+", ("amount", "remitted_amount"), lambda facts: facts.cod()),
    ("purchase_order", "po_no", r"PO.*", ("quantity", "price"), lambda facts: facts.orders()),
    ("goods_receipt", "receipt_no", r"RK.*", ("quantity", "rejected"), lambda facts: facts.goods()),
    ("payment_request", "request_no", r"YK.*", ("amount",), lambda facts: facts.requests()),
    (
        "supplier_line",
        "po_no",
        r"PO.*",
        ("quantity", "amount", "deducted"),
        lambda facts: [y for x in facts.supplier_ids for y in facts.statements(x)],
    ),
    ("sales_order", "order_no", r"DD.*", ("amount", "deposit"), lambda facts: facts.sales()),
    ("delivery_note", "note_no", r"SD.*", ("prepared", "signed"), lambda facts: facts.notes()),
    ("proof_of_delivery", "waybill_no", r"YT.*", ("pieces_shipped", "pieces"), lambda facts: facts.pods()),
    ("closing_balance", "closing", r"[\d.]+", ("opening", "closing"), lambda facts: facts.closings()),
    ("gl_balance", "account_code", r"[\d.]+", ("debit", "credit", "closing"), lambda facts: facts.trial()),
    ("gl_entry", "account_code", r"[\d.]+", ("debit", "credit"), lambda facts: facts.vouchers()),
)

IN_OTHER_WORDS = (
    "register_entry",
    "bundle_cover",
    "bill_line",
    "bill_credit",
    "customer_balance",
)  # or mistyped: keys differ


def test_same_bytes_every_time_and_the_truth_is_the_committed_one(house: House) -> None:
    assert house_documents(house.name, MONTH) == (house.files, house.truth)
    committed = {path.name: path.read_bytes() for path in sorted((HERE / "houses" / house.name).iterdir())}
    assert committed == house.truth


def test_every_fact_is_written(house: House, facts: Facts) -> None:
    for record, key, pattern, fields, rows in (*FREIGHT, *MONEY):
        found, wanted = numbers(house.read[record], key, pattern, fields), numbers(rows(facts), key, ".+", fields)
        if record in IN_OTHER_WORDS:
            found, wanted = _figures(found), _figures(wanted)
        assert found == wanted, record


def _figures(counted: Counter[tuple[object, ...]]) -> Counter[tuple[object, ...]]:
    """The same without the keys."""
    figures: Counter[tuple[object, ...]] = Counter()
    for row, count in counted.items():
        figures[row[1:]] += count
    return figures


def test_every_movement_of_money_is_written_with_its_balance(house: House, facts: Facts) -> None:
    found = house.read
    accounts = ("ICBC", "CCB", "BOC", "Alipay")
    banks = [row for account in accounts for later in (False, True) for row in facts.bank(account, later)]
    ledgers = [row for account in accounts for later in (False, True) for row in facts.ledger(account, later)[0]]
    assert _moved(found["bank_transaction"]) == _moved(banks)
    assert _moved(found["bank_ledger_entry"]) == _moved(ledgers)
    assert _moved(found["cash_journal_entry"]) == _moved(facts.cash()[0])


def _moved(rows: Iterable[Record | Row]) -> Counter[tuple[Decimal, Decimal]]:
    """Size and balance of what has both."""
    moved: Counter[tuple[Decimal, Decimal]] = Counter()
    for row in rows:
        size = figure(row.get("<in>")) + figure(row.get("<out>")) if "<in>" in row else figure(row.get("amount"))
        if size and row.get("balance"):
            moved[abs(size), figure(row["balance"])] += 1
    return moved


def test_fields_and_headers_are_as_many_as_one_another(house: House) -> None:
    for each in told(house.truth["readings.csv"]):
        assert len(each.fields) == len(each.headers), each


def test_houses_have_headers_of_their_own(house: House) -> None:
    """None of the sample's, but for a few that nobody in a hurry would say otherwise."""
    shared = {"shorthand": {"单位", "客服", "汇率", "状态", "税号"}}.get(house.name, set())
    tables = [each for each in told(house.truth["readings.csv"]) if each.record != "master_day"]
    assert {header for each in tables for header in each.headers} & _sample_headers() == shared


@cache
def _sample_headers() -> set[str]:
    headers: set[str] = set()
    for path, data in documents(MONTH).items():
        if path.endswith(".xlsx"):
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).to_python()
                headers |= {str(cell).rstrip("：") for row in rows[:12] for cell in row if isinstance(cell, str)}
    return headers


def test_the_golden_list_is_the_samples(house: House) -> None:
    rows = list(csv.DictReader(io.StringIO(house.truth["expected.csv"].decode())))
    with (HERE / "expected.csv").open(encoding="utf-8", newline="") as file:
        golden = [tuple(row.values()) for row in csv.DictReader(file)]
    mine = [(row["code"], row["sample_key"], row["difference"], row["amount"], row["currency"]) for row in rows]
    assert sorted(mine) == sorted(golden)


def test_another_order_has_the_same_rows(house: House) -> None:
    files, truth = house_documents(house.name, Settings(plants=choose(["all"]), order=Order.STRIDED))
    assert sorted(files) == sorted(house.files)
    if house.name == "tidy":
        turned = records(files, truth["readings.csv"])
        for record, key in (
            ("receiving_slip", "slip_no"),
            ("provider_line", "waybill_no"),
            ("register_entry", "slip_no"),
        ):
            one, two = (numbers(rows[record], key, "[A-Z0-9-]+", ("amount",)) for rows in (house.read, turned))
            assert one == two, record
            assert house.read[record] != turned[record]


def test_another_month_and_volume(house: House) -> None:
    settings = Settings(year=2027, month=2, closed=frozenset({8, 9}), make_up=frozenset(), volume=2)
    files, _ = house_documents(house.name, settings)
    assert len(files) > len(house.files)


def test_the_command_writes_documents_and_truth_apart(tmp_path: Path) -> None:
    command = [sys.executable, str(HERE.parents[1] / "samples" / "make_month.py"), "--house", "tidy", "--plant", "none"]
    subprocess.run([*command, "--out", str(tmp_path / "month")], check=True, capture_output=True)
    assert sorted(path.name for path in (tmp_path / "month.truth").iterdir()) == [
        "expected.csv",
        "readings.csv",
        "words.csv",
    ]
    assert (
        (tmp_path / "month" / "audit.yaml").read_text(encoding="utf-8").startswith("entity: 捷远国际货运代理有限公司")
    )
    assert not list((tmp_path / "month").rglob("readings.csv"))
    assert (tmp_path / "month.truth" / "expected.csv").read_text(encoding="utf-8").count("\n") == 1
