"""Workbooks: one text form for typed cells, true row numbers, and what the values alone do not say."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from auditor.documents.collect import document_of
from auditor.documents.errors import ForbiddenMarkup, TruncatedFile
from auditor.documents.pages import Grid, Note, NoteKind, ReadPages
from auditor.documents.readers import read_document, spreadsheet

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "bank"
MOMENT = datetime.datetime(2026, 10, 8, 18, 53, 19)


def xlsx(write: Callable[[Any, Any], None], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as workbook:
        write(workbook, workbook.add_worksheet("流水"))
    return buffer.getvalue()


def altered(data: bytes, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with one part of it changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return buffer.getvalue()


def xls(write: Callable[[Any], None]) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    write(workbook.add_sheet("流水"))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def grids(read: ReadPages) -> list[Grid]:
    found = []
    for page in read.pages:
        assert isinstance(page, Grid)
        found.append(page)
    return found


def first(data: bytes, form: str = "xlsx") -> Grid:
    return grids(spreadsheet.read(data, form=form))[0]


def places(grid: Grid, kind: NoteKind) -> list[tuple[int, int, str]]:
    return [(note.row, note.column, note.text) for note in grid.notes if note.kind is kind]


# --- typed cells ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (38415.6, None, "38415.6"),
        (38415.599999999999, None, "38415.6"),
        (0.1 + 0.2, None, "0.3"),
        (67, None, "67"),
        (-0.0, None, "0"),
        (1e-7, None, "0.0000001"),
        (123456789012345, None, "123456789012345"),
        (6217002870012345678, None, "6217002870012350000"),
        (1.5e20, None, "150000000000000000000"),
        (46303, None, "46303"),
        (46303, "yyyy-mm-dd", "2026-10-08"),
        (MOMENT, "yyyy/m/d h:mm:ss", "2026-10-08 18:53:19"),
        (46303.787025462961, "yyyy/m/d h:mm:ss", "2026-10-08 18:53:19"),
        (datetime.time(18, 53, 19), "hh:mm:ss", "18:53:19"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (46303, '[$-804]yyyy"年"m"月"d"日"', "2026-10-08"),
        (True, None, "TRUE"),
        (False, None, "FALSE"),
        ("  0003101\t", None, "  0003101\t"),
        ("两\n行", None, "两\n行"),
    ],
)
def test_cells_in_one_text_form(value: Any, number_format: str | None, expected: str) -> None:
    def write(workbook: Any, sheet: Any) -> None:
        form = workbook.add_format({"num_format": number_format}) if number_format else None
        if isinstance(value, str):
            sheet.write_string(0, 0, value)
        elif isinstance(value, bool):
            sheet.write_boolean(0, 0, value)
        elif isinstance(value, datetime.datetime | datetime.time):
            sheet.write_datetime(0, 0, value, form)
        else:
            sheet.write_number(0, 0, value, form)

    assert first(xlsx(write)).head(9) == [[expected]]


def test_dates_of_the_1904_system() -> None:
    def write(workbook: Any, sheet: Any) -> None:
        sheet.write_datetime(0, 0, MOMENT, workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}))

    assert first(xlsx(write, date_1904=True)).head(9) == [["2026-10-08 18:53:19"]]


def test_a_column_of_mixed_types_keeps_its_order() -> None:
    values: list[Any] = ["金额", 1.5, None, "2.50", True, 7, "合计"]

    def write(_: Any, sheet: Any) -> None:
        for row, value in enumerate(values):
            sheet.write(row, 0, value)

    grid = first(xlsx(write, strings_to_numbers=False))
    assert grid.table.column("c0").to_pylist() == ["金额", "1.5", None, "2.50", "TRUE", "7", "合计"]
    assert places(grid, NoteKind.NUMBER_AS_TEXT) == [(4, 1, "2.50")]


def test_rows_and_columns_carry_the_sheets_own_numbers() -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.write(4, 2, "余额")
        sheet.write(6, 3, 9.5)

    grid = first(xlsx(write))
    assert grid.head(9) == [[None] * 4] * 4 + [[None, None, "余额", None], [None] * 4, [None, None, None, "9.5"]]
    assert grid.row_numbers.to_pylist() == [1, 2, 3, 4, 5, 6, 7]


def test_many_rows_in_several_pieces() -> None:
    def write(_: Any, sheet: Any) -> None:
        for row in range(20_000):
            sheet.write_row(row, 0, [row / 100, f"户{row}"])

    grid = first(xlsx(write))
    assert grid.head(2, 16_383) == [["163.83", "户16383"], ["163.84", "户16384"]]
    assert grid.head(9, 19_999) == [["199.99", "户19999"]]


# --- notes ----------------------------------------------------------------------------------------------------------


def test_long_numbers_that_lost_digits_are_noted() -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.write(0, 0, "对方账号")
        sheet.write_number(1, 0, 6217002870012345678)
        sheet.write_string(2, 0, "6217002870012345678")
        sheet.write_string(3, 0, "4.00002E+18")
        sheet.write_number(4, 0, 123456789012345)

    grid = first(xlsx(write))
    assert places(grid, NoteKind.LOST_DIGITS) == [(2, 1, "6217002870012350000"), (4, 1, "4.00002E+18")]


def test_a_column_of_figures_kept_as_text_is_one_note() -> None:
    def write(_: Any, sheet: Any) -> None:
        for row, cells in enumerate([["金额", "单号", "账号"], ["1,234.50", "0003101", "6217002870012345678"],
                                     ["￥5.00", "SH26-4120", "1"], ["-7", "00", "x"]]):  # fmt: skip
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)

    assert places(first(xlsx(write)), NoteKind.NUMBER_AS_TEXT) == [(0, 1, "2"), (0, 3, "1")]


def test_hidden_rows_columns_and_sheets() -> None:
    def write(workbook: Any, sheet: Any) -> None:
        for row in range(6):
            sheet.write_row(row, 0, ["甲", "乙", "丙"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(4, 0)
        sheet.set_column(1, 1, None, None, {"hidden": True})
        hidden = workbook.add_worksheet("隐藏表")
        hidden.write(0, 0, "私")
        hidden.hide()
        workbook.add_worksheet("空表")

    shown, hidden, empty = grids(spreadsheet.read(xlsx(write)))
    assert (shown.hidden_rows, shown.hidden_columns) == (frozenset({3, 5}), frozenset({2}))
    assert places(shown, NoteKind.HIDDEN_ROW) == [(3, 0, ""), (5, 0, "")]
    assert (hidden.name, hidden.head(9), hidden.notes) == ("隐藏表", [["私"]], (Note(NoteKind.HIDDEN_SHEET, 0, 0),))
    assert (empty.number, empty.name, empty.rows) == (3, "空表", 0)


def test_merged_cells() -> None:
    grid = first(xlsx(lambda _, sheet: sheet.merge_range(1, 1, 2, 3, "对账单")))
    assert grid.merges == ((2, 2, 3, 4),)
    assert grid.head(9)[1][1] == "对账单"


def formulas(sheet: Any, overwritten: dict[int, float]) -> None:
    sheet.write_row(0, 0, ["数量", "单价", "金额"])
    for row in range(1, 21):
        sheet.write_row(row, 0, [row, 3.5])
        if row in overwritten:
            sheet.write_number(row, 2, overwritten[row])
        else:
            sheet.write_formula(row, 2, f"=A{row + 1}*B{row + 1}", None, row * 3.5)
    sheet.write_formula(21, 2, "=SUM(C2:C21)", None, 735)


def test_formulas_overwritten_by_values() -> None:
    grid = first(xlsx(lambda _, sheet: formulas(sheet, {7: 24.6, 12: 42.0})))
    assert places(grid, NoteKind.FORMULA_OVERWRITTEN) == [(8, 3, "24.6"), (13, 3, "42")]
    assert grid.head(1, 7) == [["7", "3.5", "24.6"]]


def test_columns_of_values_with_a_total_are_not_overwritten_formulas() -> None:
    def write(_: Any, sheet: Any) -> None:
        for row in range(20):
            sheet.write_number(row, 0, row)
        sheet.write_formula(20, 0, "=SUM(A1:A20)", None, 190)
        sheet.write_formula(21, 0, "=A21*2", None, 380)

    assert places(first(xlsx(write)), NoteKind.FORMULA_OVERWRITTEN) == []


def test_cells_under_an_array_formula_are_not_overwritten() -> None:
    def write(_: Any, sheet: Any) -> None:
        for row in range(12):
            sheet.write_formula(row, 0, "=ROW()", None, row + 1)
        sheet.write_array_formula("A5:A6", "{=ROW(A5:A6)}", None, 5)
        sheet.write_number("A6", 6)

    assert places(first(xlsx(write)), NoteKind.FORMULA_OVERWRITTEN) == []


def test_errors_in_cells_show_themselves() -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.write(0, 0, "金额")
        sheet.write_formula(1, 0, "=#REF!", None, "#REF!")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.write(3, 1, 1)

    grid = first(xlsx(write))
    assert grid.head(9) == [["金额", None], ["#REF!", None], [None, "#DIV/0!"], [None, "1"]]
    assert places(grid, NoteKind.CELL_ERROR) == [(2, 1, "#REF!"), (3, 2, "#DIV/0!")]


def test_formulas_without_a_stored_result_are_a_problem() -> None:
    data = xlsx(lambda _, sheet: sheet.write_formula(0, 0, "=1+1", None, 2))
    read = spreadsheet.read(altered(data, lambda body: body.replace(b"<v>2</v>", b"")))
    assert [(problem.code, problem.values["count"]) for problem in read.problems] == [  # type: ignore[attr-defined]
        ("FormulasNotCalculated", 1)
    ]


def test_a_sheet_too_large_to_examine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.documents.readers.spreadsheet.ooxml.EXAMINED", 10)
    grid = first(xlsx(lambda _, sheet: formulas(sheet, {})))
    assert places(grid, NoteKind.NOT_EXAMINED) == [(0, 0, "")]
    assert grid.head(1, 21) == [[None, None, "735"]]


# --- other formats --------------------------------------------------------------------------------------------------


def test_old_workbooks() -> None:
    def write(sheet: Any) -> None:
        sheet.write(2, 1, "余额")
        sheet.write(3, 1, 2176.91)
        sheet.write(3, 2, MOMENT, xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM:SS"))
        sheet.write(4, 1, 6217002870012345678)
        sheet.write_merge(5, 5, 1, 2, "以上数据仅供参考")

    grid = first(xls(write), "xls")
    assert grid.head(9) == [
        [None, None, None],
        [None, None, None],
        [None, "余额", None],
        [None, "2176.91", "2026-10-08 18:53:19"],
        [None, "6217002870012350000", None],
        [None, "以上数据仅供参考", None],
    ]
    assert grid.merges == ((6, 2, 6, 3),)
    assert places(grid, NoteKind.LOST_DIGITS) == [(5, 2, "6217002870012350000")]


ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="流水">
<table:table-row><table:table-cell office:value-type="string"><text:p>日期</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>金额</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="date" office:date-value="2026-10-08"><text:p>x</text:p>
</table:table-cell><table:table-cell office:value-type="float" office:value="38415.6"><text:p>38,415.60</text:p>
</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_open_documents() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS_CONTENT.replace("\n", ""))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    read = read_document(document_of(buffer.getvalue(), "流水.ods"))
    assert read.format == "ods"
    assert [grid.head(9) for grid in grids(read)] == [[["日期", "金额"], ["2026-10-08", "38415.6"]]]


# --- damage and hostility -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keep", [300, 2000, 5000, -1, -40])
def test_truncated_workbooks(keep: int) -> None:
    data = xlsx(lambda _, sheet: formulas(sheet, {}))
    with pytest.raises(TruncatedFile, match=r"账单\.xlsx: the xlsx file is cut short"):
        read_document(document_of(data[:keep], "账单.xlsx"))


def test_old_workbooks_hide_and_err_as_well() -> None:
    def write(sheet: Any) -> None:
        for row in range(300):
            sheet.write(row, 0, f"户名{row}")
        sheet.row(5).hidden = True
        sheet.col(2).hidden = True
        sheet.row(7).set_cell_error(1, 0x17)
        sheet.write(8, 2, 1)

    grid = first(xls(write), "xls")
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({6}), frozenset({3}))
    assert places(grid, NoteKind.CELL_ERROR) == [(8, 2, "#REF!")]
    assert grid.head(1, 7) == [["户名7", "#REF!", None]]


def test_an_old_workbook_that_lacks_its_end_says_so() -> None:
    data = xls(lambda sheet: sheet.write(0, 0, "余额"))
    read = spreadsheet.read(data[:-132], form="xls")
    assert first(data[:-132], "xls").head(9) == [["余额"]]
    assert [(problem.code, problem.values["reason"]) for problem in read.problems] == [  # type: ignore[attr-defined]
        ("TruncatedFile", "132 bytes are missing at its end, rows may be lost")
    ]


@pytest.mark.parametrize("keep", [600, 3000])
def test_truncated_old_workbooks(keep: int) -> None:
    data = xls(lambda sheet: sheet.write(0, 0, "余额"))
    with pytest.raises(TruncatedFile):
        read_document(document_of(data[:keep], "账单.xls"))


def test_a_damaged_sheet_costs_itself() -> None:
    def write(workbook: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, range(50))
        workbook.add_worksheet("好").write(0, 0, "余额")

    read = spreadsheet.read(altered(xlsx(write), lambda body: body[: len(body) // 2]))
    assert [(grid.name, grid.head(9)) for grid in grids(read)] == [("好", [["余额"]])]
    assert [(problem.code, problem.values["sheet"]) for problem in read.problems] == [  # type: ignore[attr-defined]
        ("SheetNotRead", "流水")
    ]


def _prefixed(markup: bytes, body: bytes) -> bytes:
    return body.replace(b"?>", b"?>" + markup, 1)


def test_a_doctype_in_a_sheet_is_refused() -> None:
    data = xlsx(lambda _, sheet: sheet.write(0, 0, "余额"))
    doctype = b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    for padding in (b"", b"<!--" + b" " * 70_000 + b"-->"):
        hostile = altered(data, partial(_prefixed, padding + doctype[2:]))
        with pytest.raises(ForbiddenMarkup):
            spreadsheet.read(hostile)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
def test_real_exports() -> None:
    ccb = first((CORPUS / "ccb-debit.xls").read_bytes(), "xls")
    assert [(cell or "").strip() for cell in ccb.head(1, 5)[0]] == [
        "记账日", "交易日期", "交易时间", "支出", "收入", "账户余额", "币种", "摘要", "对方账号", "对方户名",
        "交易地点",
    ]  # fmt: skip
    assert ccb.head(1, 6) == [
        ["20250101", "20250101", "18:53:19", "67", "0", "2176.91", "人民币", "消费", "20883313166*****0156",
         "中***融科技有限公司", "支付宝-支付宝外部商户-中移动金融科技有限公司"],
    ]  # fmt: skip
    texts, figures = grids(spreadsheet.read((CORPUS / "wechat-pay.xlsx").read_bytes()))
    assert [(grid.name, grid.rows) for grid in (texts, figures)] == [("example-wechat-records", 45), ("Sheet1", 45)]
    assert texts.head(1, 21)[0][:6] == ["2021-01-22 12:34:56", "转账", "房东", "转账备注:微信转账", "支出", "¥500.00"]
    assert figures.head(1, 21)[0][:6] == ["2021-01-22 12:34:56", "转账", "房东", "转账备注:微信转账", "支出", "500"]
