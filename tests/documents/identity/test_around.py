"""Stations and accounts that only a title, a sheet, a file or a folder names."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from auditor.audit.documents import read_folder
from auditor.audit.progress import Silent
from auditor.audit.settings import Settings, SettingsFile
from auditor.documents.model import ReadDocument

REGISTER = "清单号,日期,站点,客户,件数,合计,联络单号\n" + "".join(
    f"S-{at},2026-05-0{at},{station},青松纸业,1,10.00,\n" for at, station in enumerate(["东门", "东门", "北桥"], 1)
)
SLIPS = "{title}清单号,日期,客户,运单号,件数,合计\nS-1,2026-05-01,青松纸业,W1,1,10.00\nS-2,2026-05-02,青松纸业,W2,1,10.00\n"


def read(folder: Path, files: dict[str, str]) -> dict[str, ReadDocument]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = read_folder(folder, Settings(SettingsFile()), Silent(), 1, None)
    return {document.path: document for document in found}


def values(document: ReadDocument, record: str, field: str) -> set[object]:
    return set(document.records[record].column(field).to_pylist())


@pytest.mark.parametrize("name", ["收货/东门站_202605.csv", "东门/收货清单.csv", "东门收货点 收货清单.csv", "收货清单-东门.csv"])
def test_a_list_of_one_station_is_named_by_file_or_folder(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, {"统计报表.csv": REGISTER, name: SLIPS.format(title="")})[name]
    assert values(document, "receiving_slip", "station") == {"东门"}
    assert values(document, "receiving_slip", "_assumed") == {"station"}
    assert any("东门" in remark.text.zh for remark in document.remarks)


def test_a_title_goes_before_the_file_s_name(tmp_path: Path) -> None:
    found = read(tmp_path, {"统计报表.csv": REGISTER, "东门.csv": SLIPS.format(title="北桥站收货清单\n")})
    assert values(found["东门.csv"], "receiving_slip", "station") == {"北桥"}


@pytest.mark.parametrize("name", ["东门纸业收货清单.csv", "东门外收货清单.csv", "东门、北桥收货清单.csv", "收货清单.csv"])
def test_no_station_or_two_are_not_taken(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, {"统计报表.csv": REGISTER, name: SLIPS.format(title="")})[name]
    assert values(document, "receiving_slip", "station") == {None}


def test_sheets_of_one_workbook_are_told_apart(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("东门", "北桥站"):
        sheet = book.create_sheet(name)
        for row in SLIPS.format(title="").splitlines():
            sheet.append(row.split(","))
    del book["Sheet"]
    book.save(tmp_path / "收货清单.xlsx")
    document = read(tmp_path, {"统计报表.csv": REGISTER})["收货清单.xlsx"]
    assert document.records["receiving_slip"].column("station").to_pylist() == ["东门", "东门", "北桥", "北桥"]


@pytest.mark.parametrize(
    ("name", "account"),
    [("基本户/10月明细.csv", "基本户"), ("资料/江北_574903128810606.csv", "574903128810606"), ("外币/10月明细.csv", None)],
)
def test_a_listed_account_that_the_file_names(tmp_path: Path, name: str, account: str | None) -> None:
    accounts = (
        "账户简称,账号,开户行,币种\n基本户,574903128810606,招商银行江北支行,CNY\n外币户,15000108842217,青禾银行江北分行,USD\n"
    )
    rows = "交易日期,摘要,收入,支出,余额\n2026-05-08,运费,100.00,,100.00\n2026-05-09,油费,,40.00,60.00\n"
    document = read(tmp_path, {"账户清单.csv": accounts, name: rows})[name]
    assert values(document, "bank_transaction", "account") == {account}


@pytest.mark.parametrize(
    ("name", "station"),
    [
        ("宝安A站10月收货清单.csv", "A"), ("龙岗B站/收货清单.csv", "B"), ("B站收货清单.csv", "B"),
        ("宝安AA站收货清单.csv", None), ("A4纸收货清单.csv", None),
    ],
)  # fmt: skip
def test_a_letter_beside_the_word_for_a_station_is_its_name_whatever_stands_before(
    tmp_path: Path, name: str, station: str | None
) -> None:
    lettered = REGISTER.replace("东门", "A").replace("北桥", "B")
    document = read(tmp_path, {"统计报表.csv": lettered, name: SLIPS.format(title="")})[name]
    assert values(document, "receiving_slip", "station") == {station}
