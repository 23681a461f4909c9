"""Formats by content: what the name says is never asked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from auditor.documents.identify import Format, identify_bytes

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
ZH = "日期,金额\n2026-10-08,38415.60\n"


def xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        workbook.add_worksheet("账单").write(0, 0, "日期")
    return buffer.getvalue()


def xls() -> bytes:
    workbook = xlwt.Workbook()
    workbook.add_sheet("账单").write(0, 0, "日期")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def packed(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, b"x")
    return buffer.getvalue()


CASES: list[tuple[str, bytes, Format]] = [
    ("a workbook", xlsx(), Format.XLSX),
    ("a workbook cut short", xlsx()[:2000], Format.XLSX),
    ("a workbook cut very short", xlsx()[:300], Format.XLSX),
    ("an old workbook", xls(), Format.XLS),
    ("an old workbook cut short", xls()[:1500], Format.XLS),
    ("an open document", packed("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), Format.ODS),
    ("a binary workbook", packed("[Content_Types].xml", "xl/workbook.bin"), Format.XLSB),
    ("a letter", packed("[Content_Types].xml", "word/document.xml"), Format.WORD),
    ("an OFD invoice", packed("OFD.xml", "Doc_0/Document.xml"), Format.OFD),
    ("a zip of bills", packed("账单/C01.xlsx"), Format.ZIP),
    ("an empty zip", packed(), Format.ZIP),
    ("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Format.PDF),
    ("a PDF after bytes of a mail", b"\r\n\r\n%PDF-1.4\n", Format.PDF),
    ("text in GBK", ZH.encode("gbk"), Format.DELIMITED),
    ("text in UTF-8", ZH.encode(), Format.DELIMITED),
    ("text in UTF-16", ZH.encode("utf-16"), Format.DELIMITED),
    ("text in UTF-16 without mark", ZH.encode("utf-16-le"), Format.DELIMITED),
    ("text padded with zeros", ZH.encode() + bytes(4000), Format.DELIMITED),
    ("HTML in GBK", f"<html><body><table><tr><td>{ZH}</td></tr></table>".encode("gbk"), Format.HTML),
    ("a bare table", b"\xef\xbb\xbf <TABLE border=1><tr><td>1</td></tr></TABLE>", Format.HTML),
    ("HTML in UTF-16", "<html><table><tr><td>1</td></tr></table></html>".encode("utf-16"), Format.HTML),
    ("XHTML", b'<?xml version="1.0"?><html><body/></html>', Format.HTML),
    (
        "a workbook of 2003 in XML",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        Format.SPREADSHEET_XML,
    ),
    ("XML", b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022"/>', Format.XML),
    ("JSON", '{"words": ["收据"]}'.encode(), Format.JSON),
    ("text that begins with a bracket", b"[HISTORYDETAIL]\n1,2\n", Format.DELIMITED),
    ("PNG", b"\x89PNG\r\n\x1a\n" + bytes(20), Format.IMAGE),
    ("JPEG", b"\xff\xd8\xff\xe0" + bytes(20), Format.IMAGE),
    ("rar", b"Rar!\x1a\x07\x00" + bytes(20), Format.RAR),
    ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(20), Format.SEVEN_ZIP),
    ("a program", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" * 9, Format.UNKNOWN),
    ("nothing", b"", Format.EMPTY),
    ("zeros", bytes(100_000), Format.ZEROS),
]


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_format_by_content(data: bytes, expected: Format) -> None:
    assert identify_bytes(data) is expected


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bank/ccb-debit.xls", Format.XLS),
        ("bank/securities-cash.xls", Format.DELIMITED),
        ("bank/alipay.csv", Format.DELIMITED),
        ("bank/icbc-debit.csv", Format.DELIMITED),
        ("bank/wechat-pay.xlsx", Format.XLSX),
        ("bank/abc-debit.pdf", Format.PDF),
        ("bank/abn-amro.sta", Format.MT940),
        ("bank/mbank.sta", Format.MT940),
        ("bank/checking.ofx", Format.OFX),
        ("bank/camt053-minimal.xml", Format.XML),
        ("invoice/vat-318.ofd", Format.OFD),
    ],
)
def test_format_of_real_documents(name: str, expected: Format) -> None:
    assert identify_bytes((CORPUS / name).read_bytes()) is expected
