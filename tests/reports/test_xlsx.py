"""report.xlsx: text stays text, money is exact, the same input gives the same bytes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from fixture import FORMULA, finding, result

from auditor.findings.model import AuditResult
from auditor.reports import write_reports
from auditor.reports.xlsx import sheet_name, write_xlsx


def book(tmp_path: Path, audit: AuditResult, lang: str = "zh") -> openpyxl.Workbook:
    write_xlsx(audit, tmp_path / "report.xlsx", lang)
    return openpyxl.load_workbook(tmp_path / "report.xlsx")


def test_two_runs_are_equal_byte_for_byte(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_reports(result(), tmp_path / name, "zh")
    for name in ("findings.json", "report.html", "report.xlsx"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("zh", ["摘要", "例外", "余额调节 CCB", "现金监盘 2026-10-31", "资料", "覆盖面"]),
        ("en", ["Summary", "Exceptions", "Bank rec CCB", "Cash count 2026-10-31", "Documents", "Coverage"]),
    ],
)
def test_the_sheets(tmp_path: Path, lang: str, names: list[str]) -> None:
    assert book(tmp_path, result(), lang).sheetnames == names


def test_there_is_no_formula_and_no_link(tmp_path: Path) -> None:
    found = book(tmp_path, result())
    texts = []
    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                assert cell.hyperlink is None
                texts.append(cell.value)
    assert FORMULA in texts
    with ZipFile(tmp_path / "report.xlsx") as package:
        assert not any(
            "hyperlink" in package.read(name).decode("utf-8", "replace")
            for name in package.namelist()
            if name.endswith(".rels")
        )


def test_exceptions_are_one_a_row_with_amounts_as_numbers(tmp_path: Path) -> None:
    sheet = book(tmp_path, result())["例外"]
    rows = list(sheet.iter_rows(values_only=True))
    head = list(rows[1])  # below the hidden row of machine names
    found = {(row[head.index("代码")], row[head.index("单据号")]): row for row in rows[2:]}
    assert len(found) == len(result().findings)
    unbilled = found["BIL-01", "SH26-004243"]
    assert Decimal(str(unbilled[head.index("差异")])) == Decimal("-3135.51")
    assert unbilled[head.index("往来单位名称")] == FORMULA
    assert found["BIL-02", "SH26-004242"][head.index("归属例外")] == "REG-01 SH26-004242"
    assert found["REG-03", "SH26-004327/件数"][head.index("差异")] == -3
    assert found["REG-03", "SH26-004327/件数"][head.index("币种")] is None
    assert found["REG-03", "SH26-004327/件数"][head.index("计量")] == "件／票／张"
    assert found["BNK-05", "ICBC/10-08"][head.index("处理人")] == "出纳"
    assert sheet.auto_filter.ref is not None
    assert sheet.freeze_panes == "F3"


@pytest.mark.parametrize("amount", ["9999999999999.99", "0.01", "-1544.29", "0.12345"])
def test_amounts_are_written_digit_by_digit(tmp_path: Path, amount: str) -> None:
    audit = replace(result(), findings=(finding("BIL-01", "K", difference=amount),))
    book(tmp_path, audit)
    with ZipFile(tmp_path / "report.xlsx") as package:
        assert f"<v>{amount}</v>" in package.read("xl/worksheets/sheet2.xml").decode()


def test_an_amount_that_a_spreadsheet_would_round_is_text(tmp_path: Path) -> None:
    audit = replace(result(), findings=(finding("BIL-01", "K", difference="-99999999999999999.99"),))
    cells = [cell.value for row in book(tmp_path, audit)["例外"].iter_rows() for cell in row]
    assert "-99,999,999,999,999,999.99" in cells


def test_a_statement_has_two_sides(tmp_path: Path) -> None:
    sheet = book(tmp_path, result())["余额调节 CCB"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "银行对账单余额"]
    assert [str(value) for value in rows[0]] == ["银行对账单余额", "200236.35", "企业账面余额", "167317.6"]


def test_rules_show_their_populations_conserved(tmp_path: Path) -> None:
    rows = list(book(tmp_path, result())["覆盖面"].iter_rows(values_only=True))
    head = list(rows[0])
    first = dict(zip(head, rows[1], strict=True))
    assert first["相符"] + first["已解释"] + first["未结"] == first["已检查"] == 419
    second = dict(zip(head, rows[2], strict=True))
    assert second["读取"] - second["条件以外"] - second["栏位为空"] == second["已检查"] == 420
    idle = [row for row in rows if row[head.index("状态")] == "未执行"]
    assert idle[0][head.index("原因")] == "缺少客户账单"


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("余额调节 ICBC", "余额调节 ICBC"),
        ("a/b:c*d?[e]\\f", "a b c d  e  f"),
        ("'x'", "x"),
        ("", "-"),
        ("好" * 40, "好" * 31),
    ],
)
def test_names_of_sheets(wanted: str, name: str) -> None:
    assert sheet_name(wanted, set()) == name


def test_a_name_is_never_taken_twice() -> None:
    taken: set[str] = set()
    assert [sheet_name("Bank", taken), sheet_name("BANK", taken), sheet_name("bank", taken)] == [
        "Bank",
        "BANK (2)",
        "bank (3)",
    ]
