"""Every sheet of a workbook is read or named."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from csv_samples import accounted

from auditor.documents.collect import document_of
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document
from auditor.documents.texts import text_key

_BANK: list[list[Any]] = [
    ["交易日期", "摘要", "收入", "支出", "余额"],
    ["2026-10-08", "货款", 100, None, 1100],
    ["2026-10-09", "手续费", None, 30, 1070],
]


def _read(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> ReadDocument:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("流水", _BANK), *sheets):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return read_document(document_of(data.getvalue(), "账册.xlsx"), options=ReadOptions())


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ([["收据编号", "缮写日期", "交款单位", "金额"], ["0003101", "2026-10-08", "甬泰", 55], ["0003102", "2026-10-09", "恒昌", 5]],
         "TableNotRead", "账册.xlsx[明细]:1"),
        ([["发生日", "摘录", "进账", "出账"], ["2026-10-12", "x", 7, None], ["2026-10-13", "y", None, 7]],
         "TableUnknown", "账册.xlsx[明细]"),
        ([["十月价目"], [], ["目的地", "首重", "续重"], ["上海", 10, 5]], "TableUnknown", "账册.xlsx[明细]"),
        ([["Employee", "Phone"], ["Li Lei", "138-0000"]], "TableUnknown", "账册.xlsx[明细]"),
    ],
)  # fmt: skip
def test_a_sheet_that_looks_like_a_table_and_is_not_read_is_a_problem(
    rows: list[list[Any]], code: str, place: str
) -> None:
    document = _read(("明细", rows))
    assert [(each.code, str(each.place)) for each in document.problems] == [(code, place)]
    assert document.status.value == "read with problems"
    assert document.texts is not None
    assert {text_key(str(rows[-1][0])), text_key(str(rows[-1][1]))} <= document.texts
    assert text_key("手续费") not in document.texts
    assert accounted(document)


@pytest.mark.parametrize(
    "rows",
    [
        [["填表说明"], ["1", "请于每日下班前填写本表并发总部"], ["2", "请勿修改表头和各列的顺序，谢谢"]],
        [["This book is kept by the cashier."], ["Ask her before you change anything."]],
        [["制表人：", "张三"], ["审核人：", "李四"]],
    ],
)
def test_a_sheet_of_text_is_a_remark(rows: list[list[object]]) -> None:
    document = _read(("说明", rows))
    assert not document.problems
    assert document.status.value == "read"
    assert [each.place for each in document.remarks if "只有文字" in each.text.zh] == ["账册.xlsx[说明]"]
    assert document.texts is None
    assert accounted(document)


def test_each_of_many_sheets_is_told() -> None:
    rows: list[list[Any]] = [["品名", "规格", "库位"], ["纸箱", 8, 12], ["胶带", 5, 13]]
    document = _read(*((f"库存{number}", rows) for number in range(30)), ("空", []))
    assert [str(each.place) for each in document.problems] == [f"账册.xlsx[库存{number}]" for number in range(30)]
    assert accounted(document)
