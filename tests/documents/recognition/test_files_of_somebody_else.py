"""A bill that names the audited company as its customer, in a file that is named after its carrier, is not surely a
customer's, though nothing says who the company is."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit.documents import read_folder
from auditor.audit.progress import Silent
from auditor.audit.settings import Settings, SettingsFile
from auditor.documents.model import ReadDocument
from auditor.documents.recognition.hypotheses import State

_LINES = """
2026-05-08,W1,2,10,5.00,50.00,4.00,54.00
2026-05-09,W2,1,4,5.00,20.00,1.60,21.60
2026-05-10,W3,3,8,5.00,40.00,3.20,43.20
"""
ZH = "日期,运单号,件数,计费重,单价,运费,燃油费,合计" + _LINES
EN = "Date,Waybill No,Pieces,Chargeable weight,Rate,Freight,Fuel surcharge,Amount" + _LINES
PARTIES = "往来编码,单位全称,简称,类别\nQ1,青松纸业有限公司,青松,客户\nP1,滨河快运有限公司,滨河快运,承运商\n"
PARTIES_EN = "Party ID,Name,Short name,Kind\nC1,Pinewood Paper Ltd,Pinewood,client\nP1,Riverside Express Ltd,Riverside Express,carrier\n"
BILL = "客户对账单,,,\n客户：,{customer},,\n" + ZH
BILL_EN = "Customer statement,,,\nCustomer:,{customer},,\n" + EN


def read(folder: Path, files: dict[str, str]) -> dict[str, ReadDocument]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return {each.path: each for each in read_folder(folder, Settings(SettingsFile()), Silent(), 1, None)}


@pytest.mark.parametrize(
    ("name", "bill", "parties"),
    [
        ("滨河5月.csv", BILL.format(customer="远帆货运有限公司"), PARTIES),
        ("对账/五月滨河.csv", BILL.format(customer="远帆货运有限公司"), PARTIES),
        ("2026年5月滨河对账单.csv", BILL.format(customer="远帆"), PARTIES),
        ("滨河5月.csv", BILL.format(customer="远帆货运有限公司"), ""),
        ("Riverside May.csv", BILL_EN.format(customer="Farsail Freight Ltd"), PARTIES_EN),
        ("River 2026-05.csv", BILL_EN.format(customer="Farsail Freight Ltd"), PARTIES_EN),
        ("Statement Riverside.csv", BILL_EN.format(customer="Farsail"), ""),
    ],
)
def test_a_bill_in_a_file_named_after_another_is_asked(name: str, bill: str, parties: str, tmp_path: Path) -> None:
    document = read(tmp_path, {name: bill, **({"parties.csv": parties} if parties else {})})[name]
    assert not document.records
    assert [table.state for table in document.tables] == [State.ASKED]


@pytest.mark.parametrize(
    ("name", "bill", "parties"),
    [
        ("承运商/滨河快运_202605.csv", BILL.format(customer="远帆货运有限公司"), PARTIES),
        ("Riverside Express 2026-05.csv", BILL_EN.format(customer="Farsail Freight Ltd"), PARTIES_EN),
    ],
)
def test_a_file_that_names_a_known_carrier_is_no_customers_bill(
    name: str, bill: str, parties: str, tmp_path: Path
) -> None:
    document = read(tmp_path, {name: bill, "parties.csv": parties})[name]
    assert "bill_line" not in document.records
    assert [table.hypotheses[0].record for table in document.tables] == ["provider_line"]


def test_several_such_bills_do_not_make_the_company_a_customer(tmp_path: Path) -> None:
    bill = BILL.format(customer="远帆货运有限公司")
    found = read(tmp_path, {"滨河5月.csv": bill, "云岭5月.csv": bill.replace("W", "Y")})
    assert not any(each.records for each in found.values())


@pytest.mark.parametrize(
    ("name", "bill", "parties"),
    [
        ("青松5月.csv", BILL.format(customer="青松纸业有限公司"), PARTIES),
        ("五月客户对账单.csv", BILL.format(customer="某某纸业有限公司"), PARTIES),
        ("北桥站5月.csv", BILL.format(customer="青松纸业有限公司"), PARTIES),
        ("某某纸业-202605.csv", BILL.format(customer="某某纸业有限公司"), ""),
        ("Pinewood May.csv", BILL_EN.format(customer="Pinewood Paper Ltd"), PARTIES_EN),
        ("Customer statement May 2026.csv", BILL_EN.format(customer="Whoever Ltd"), PARTIES_EN),
    ],
)
def test_a_bill_in_a_file_named_after_its_customer_or_nobody_is_his(
    name: str, bill: str, parties: str, tmp_path: Path
) -> None:
    document = read(tmp_path, {name: bill, **({"parties.csv": parties} if parties else {})})[name]
    assert set(document.records) - {"stated_total"} == {"bill_line"}
