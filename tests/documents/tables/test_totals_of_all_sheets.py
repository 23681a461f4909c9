"""A total at the foot of the last sheet may be that of all sheets of the workbook, also where one figure is wrong."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from auditor.documents.collect import document_of
from auditor.documents.model import ReadDocument
from auditor.documents.read import read_document

HEAD = ["登记日期", "清单号", "客户", "件数", "计费重", "运费", "合计"]
ENGLISH = ["Date", "Slip No", "Customer", "Pieces", "Chargeable weight", "Freight", "Total"]


def row(number: int) -> list[Any]:
    return [f"2026-10-{number:02}", f"SH26-00{number:02}", "恒昌电子", number, 10, 80 + number, 80 + number]


def read(*sheets: list[list[Any]], head: list[str] = HEAD, names: str = "统计登记") -> ReadDocument:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"{names} {number}")
        for each in [head, *rows]:
            sheet.append(each)
    data = io.BytesIO()
    book.save(data)
    return read_document(document_of(data.getvalue(), "统计登记表.xlsx"))


def totals(document: ReadDocument, label: str) -> dict[str, tuple[str, str]]:
    """Stated and computed by field."""
    table = document.records["stated_total"].to_pylist()
    return {each["field"]: (f"{each['stated']:.0f}", f"{each['computed']:.0f}") for each in table if each["label"] == label}


FIRST, SECOND = [row(number) for number in range(1, 6)], [row(number) for number in range(6, 9)]


def test_the_total_of_all_sheets() -> None:
    document = read(FIRST, [*SECOND, ["小计", "", "", 21, "", 261, 261], ["合计", "", "", 36, "", 676, 676]])
    assert totals(document, "合计") == {"pieces": ("36", "36"), "freight": ("676", "676"), "amount": ("676", "676")}
    assert all(each.status.value != "broken" for each in document.proofs)


@pytest.mark.parametrize(
    ("total", "wrong"),
    [
        (["合计", "", "", 39, "", 676, 676], "pieces"),
        (["总计", "", "", 36, "", 676, 700], "amount"),
        (["全部合计", "8票", "", 99, "", 676, 676], "pieces"),
    ],
)
def test_a_wrong_figure_is_measured_by_all_sheets(total: list[Any], wrong: str) -> None:
    """Not by those of the last sheet, which would make a wrong figure of each."""
    document = read(FIRST, [*SECOND, total])
    found = totals(document, total[0])
    assert [name for name, (stated, computed) in found.items() if stated != computed] == [wrong]
    assert found["freight"] == ("676", "676")


def test_the_total_of_one_sheet_stays_its_own() -> None:
    document = read(FIRST, [*SECOND, ["合计", "", "", 21, "", 260, 261]])
    assert totals(document, "合计") == {"pieces": ("21", "21"), "freight": ("260", "261"), "amount": ("261", "261")}


def test_in_english() -> None:
    sheets = FIRST, [*SECOND, ["Grand total", "", "", 36, "", 676, 677]]
    found = totals(read(*sheets, head=ENGLISH, names="Statistics register"), "Grand total")
    assert found == {"pieces": ("36", "36"), "freight": ("676", "676"), "amount": ("677", "676")}
