"""Workbooks of 2003 in XML."""

from __future__ import annotations

import pytest

from auditor.documents.collect import document_of
from auditor.documents.errors import ForbiddenMarkup, TruncatedFile
from auditor.documents.pages import Grid, NoteKind, ReadPages
from auditor.documents.readers import read_document, spreadsheet_xml

BOOK = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="流水"><Table><Column ss:Width="9"/><Column ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">对账单</Data></Cell>
<Cell><Data ss:Type="String">尾</Data></Cell></Row>
<Row ss:Index="3" ss:Hidden="1"><Cell><Data ss:Type="DateTime">2026-10-08T00:00:00.000</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">38415.599999999999</Data></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">2026-10-08T18:53:19.000</Data></Cell><Cell/>
<Cell><Data ss:Type="Number">6.2170028700123456E+18</Data></Cell></Row>
<Row><Cell><Data ss:Type="Error">#REF!</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>
<Cell><Data ss:Type="String">0003101</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="隐"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


def grids(read: ReadPages) -> list[Grid]:
    return [page for page in read.pages if isinstance(page, Grid)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16"])
def test_sheets(encoding: str) -> None:
    read = read_document(document_of(BOOK.format(encoding=encoding).encode(encoding), "流水.xls"))
    sheet, hidden = grids(read)
    assert sheet.head(9) == [
        ["对账单", None, "尾"],
        [None, None, None],
        ["2026-10-08", None, "38415.6"],
        ["2026-10-08 18:53:19", None, "6217002870012350000"],
        ["#REF!", "TRUE", "0003101"],
    ]
    assert (sheet.name, sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == (
        "流水", ((1, 1, 1, 2),), frozenset({3}), frozenset({2}),
    )  # fmt: skip
    assert [(note.kind, note.row, note.column) for note in sheet.notes] == [
        (NoteKind.HIDDEN_ROW, 3, 0),
        (NoteKind.LOST_DIGITS, 4, 3),
        (NoteKind.CELL_ERROR, 5, 1),
    ]
    assert [(note.kind, hidden.name, hidden.rows) for note in hidden.notes] == [(NoteKind.HIDDEN_SHEET, "隐", 0)]


def test_cut_short() -> None:
    with pytest.raises(TruncatedFile):
        spreadsheet_xml.read(BOOK.format(encoding="utf-8").encode()[:-200])


def test_a_doctype_is_refused() -> None:
    data = BOOK.format(encoding="utf-8").replace("<Workbook", '<!DOCTYPE x [<!ENTITY e "1">]><Workbook', 1)
    with pytest.raises(ForbiddenMarkup):
        spreadsheet_xml.read(data.encode())
