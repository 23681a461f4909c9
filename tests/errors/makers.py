"""Makers of broken documents: what cannot lie in the repository as text is made where it is needed, always alike."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import xlsxwriter
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

ROWS = (("清单号", "运单号", "日期", "件数", "金额"), ("SH26-004348", "ST2610000120", "2026-10-16", 4, "1999.40"))


def workbook(fill: Callable[[Any, Any], None] | None = None) -> bytes:
    """A register of one slip, or what `fill` writes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("统计报表")
        if fill:
            fill(book, sheet)
        else:
            for number, row in enumerate(ROWS):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def altered(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its first sheet changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, change(body) if name == "xl/worksheets/sheet1.xml" else body)
    return buffer.getvalue()


def pdf(*pages: Callable[[Any], None], password: str | None = None) -> bytes:
    """A PDF whose pages are drawn by the functions."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    seal = StandardEncryption(password, ownerPassword="owner", canPrint=1) if password else None
    canvas = Canvas(buffer, pagesize=A4, invariant=1, encrypt=seal)
    for draw in pages:
        canvas.setFont("STSong-Light", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def line(canvas: Any) -> None:
    canvas.drawString(100, 700, "交易日期 2026-10-08 金额 1,234.50")


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def sealed_zip(flags: int, method: int = 0) -> bytes:
    """A zip whose one member says that it is encrypted; nobody needs its content."""
    name, data = b"bill.csv", bytes(40)
    fixed = struct.pack("<HHHHHLLLHH", 20, flags, method, 0, 0, zlib.crc32(b"x"), len(data), len(data), len(name), 0)
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fixed + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    local = b"PK\x03\x04" + fixed + name + data
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)


# --- the makers, by the names that case.yaml uses ---------------------------------------------------------------------


def good_workbook(path: Path) -> None:
    path.write_bytes(workbook())


def plain_workbook(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(workbook())


def truncated_workbook(path: Path) -> None:
    data = workbook()
    path.write_bytes(data[: len(data) * 2 // 3])


def broken_sheet(path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, range(50))
        book.add_worksheet("附注").write(0, 0, "余额")

    path.write_bytes(altered(workbook(fill), lambda body: body[: len(body) // 2]))


def formulas_without_results(path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.write_formula(2, 4, "=SUM(E2:E2)", None, 1999.4)

    path.write_bytes(altered(workbook(fill), lambda body: body.replace(b"<v>1999.4</v>", b"")))


def doctype(path: Path) -> None:
    markup = b'?><!DOCTYPE x [<!ENTITY e "text">]>'
    path.write_bytes(altered(workbook(), lambda body: body.replace(b"?>", markup, 1)))


def locked_pdf(path: Path) -> None:
    path.write_bytes(pdf(line, password="2026"))


def strangely_locked_pdf(path: Path) -> None:
    path.write_bytes(pdf(line, password="2026").replace(b"/Filter /Standard", b"/Filter /Foreign!"))


def cut_pdf(path: Path) -> None:
    data = pdf(line, line)
    path.write_bytes(data[: data.rindex(b"startxref")])


def two_page_pdf(path: Path) -> None:
    path.write_bytes(pdf(line, line))


def pdf_with_bad_page(path: Path) -> None:
    data = pdf(line, line)
    first, second = (at for at in range(len(data)) if data.startswith(b"/Type /Page\n", at))
    assert first < second
    path.write_bytes(data[:second] + b"/Type /Pagx\n" + data[second + 12 :])


def scan(path: Path) -> None:
    picture = ImageReader(Image.new("RGB", (200, 300), "white"))
    path.write_bytes(pdf(lambda canvas: canvas.drawImage(picture, 0, 0, *A4)))


def blank_picture(path: Path) -> None:
    Image.new("L", (400, 600), 250).save(path)


def huge_picture(path: Path) -> None:
    """Forty thousand pixels wide and high, which are in few bytes: a header is all that is looked at."""
    size = (40_000).to_bytes(4, "big")
    chunks = ((b"IHDR", size + size + bytes([1, 0, 0, 0, 0])), (b"IDAT", b""))
    made = [len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big") for kind, data in chunks]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(made))


def picture_of_a_telephone(path: Path) -> None:
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200))


def moving_picture(path: Path) -> None:
    frames = [Image.new("L", (60, 60), shade) for shade in (250, 240, 230)]
    frames[0].save(path, save_all=True, append_images=frames[1:])


def two_scans(path: Path) -> None:
    pages = [Image.new("L", (60, 60), 250), Image.new("L", (60, 60), 240)]
    pages[0].save(path, save_all=True, append_images=pages[1:])


def white_on_white(path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(100, 700, "2026-10-20 货款 640.00")

    path.write_bytes(pdf(draw))


def many_strokes(path: Path) -> None:
    def draw(canvas: Any) -> None:
        line(canvas)
        for y in range(30):
            canvas.line(50, 100 + 9 * y, 500, 100 + 9 * y)

    path.write_bytes(pdf(draw))


def unmapped_text(path: Path) -> None:
    """Letters drawn by a font of its own, whose glyphs have no names that mean anything."""
    glyph = b"500 0 0 0 400 400 d1 0 0 400 400 re f"
    page = b"BT /F1 12 Tf 100 700 Td (ABCDEFGHIJ) Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 500]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 65/LastChar 74"
        b"/Widths[" + b"500 " * 10 + b"]/Encoding<</Differences[65" + b"".join(b"/x%d" % n for n in range(10))
        + b"]>>/CharProcs<<" + b"".join(b"/x%d 6 0 R" % n for n in range(10)) + b">>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(glyph), glyph),
    ]  # fmt: skip
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    path.write_bytes(body + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer)


def _titled_lines(path: Path, title: str, *texts: str) -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", 18)
        canvas.drawCentredString(297, 780, title)
        canvas.setFont("STSong-Light", 11)
        for y, text in enumerate(texts):
            canvas.drawString(60, 740 - 20 * y, text)

    path.write_bytes(pdf(draw))


def incomplete_slip(path: Path) -> None:
    _titled_lines(path, "收货清单", "日期：2026年10月16日", "运单号：ST2610000120", "件数：4", "金额：1999.40")


def paper_of_unknown_kind(path: Path) -> None:
    figures = ("上周结存额：￥300.00", "本周送来额：￥40.00", "本周取走额：￥15.00", "本周结存额：￥325.00")
    _titled_lines(path, "周转情况一览", *figures)


def amount_between_columns(path: Path) -> None:
    """A statement without lines whose only amount stands between the labels of two columns."""

    def page(canvas: Any) -> None:
        for x, label, value in ((40, "交易日期", "2026-10-09"), (130, "摘要", "运费")):
            canvas.drawString(x, 760, label)
            canvas.drawString(x, 740, value)
        canvas.drawString(250, 760, "收入金额")
        canvas.drawString(400, 760, "支出金额")
        canvas.drawString(330, 740, "85.00")

    path.write_bytes(pdf(page))


def zeros(path: Path) -> None:
    path.write_bytes(bytes(4096))


def bank_rows_alone(path: Path) -> None:
    path.write_text("2026-10-08,100.00,900.00,甲公司\n2026-10-09,50.00,850.00,乙公司\n", encoding="utf-8")


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def noise(path: Path) -> None:
    path.write_bytes(b"\n".join(b"\x81\x20\xff\xfe\x80\x2c\xfd\x20" * 9 for _ in range(40)))


def program(path: Path) -> None:
    path.write_bytes(b"MZ\x90\0" + bytes(range(256)) * 8)


def gbk_with_bad_bytes(path: Path) -> None:
    rows = ["日期,摘要,金额"] + [f"2026-10-{day:02},运费收入,{day}00.00" for day in range(1, 29)]
    path.write_bytes("\n".join(rows).encode("gbk") + b"\n2026-10-30,\xff\xff,300.00\n")


def gbk_yaml(path: Path) -> None:
    path.write_bytes("entity: 捷远国际货运\n".encode("gbk"))


def seven_zip(path: Path) -> None:
    path.write_bytes(b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(64)))


def shortcut(path: Path) -> None:
    path.write_bytes(b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + bytes(range(56)))


def aes_zip(path: Path) -> None:
    path.write_bytes(sealed_zip(flags=1, method=99))


def zip_with_unsafe_name(path: Path) -> None:
    path.write_bytes(zipped(("../evil.csv", b"a,b\n1,2\n"), ("good.csv", b"a,b\n1,2\n")))


def zip_of_three(path: Path) -> None:
    path.write_bytes(zipped(*((f"{name}.csv", name.encode()) for name in "abc")))


def zip_with_damaged_member(path: Path) -> None:
    data = bytearray(zipped(("bill.csv", bytes(range(256)) * 4), ("good.csv", b"a,b\n1,2\n")))
    data[60:70] = b"\xff" * 10
    path.write_bytes(bytes(data))


def link_to_itself(path: Path) -> None:
    """A link that leads to itself."""
    path.symlink_to(path.name)


def link_outside(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def swapped_days(path: Path) -> None:
    """An export with the day first, opened where the month comes first: texts up to the 12th became dates."""

    def fill(book: Any, sheet: Any) -> None:
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ("交易日期", "流水号", "收入金额", "支出金额"))
        for row, (day, text) in enumerate(((datetime(2026, 8, 10), None), (datetime(2026, 9, 10), None), (None, "23/10/2026"),
                                           (None, "24/10/2026")), 1):  # fmt: skip
            if text is None:
                sheet.write_datetime(row, 0, day, dates)
            else:
                sheet.write_string(row, 0, text)
            sheet.write_row(row, 1, (f"700{row}", 100 + row))

    path.write_bytes(workbook(fill))


def page_beside_other_data(path: Path) -> None:
    """A PDF that shows a total of 95 and holds an invoice of 90 as data."""
    space = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
    sums = "<LegalMonetaryTotal><TaxInclusiveAmount>90.00</TaxInclusiveAmount></LegalMonetaryTotal>"
    day = "<IssueDate>2026-10-08</IssueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode>"
    _titled_lines(path, "Faktura", "Nr. F-12", "Total 95,00 EUR")
    made = pypdfium2.PdfDocument(path.read_bytes())
    made.new_attachment("factur-x.xml").set_data(f'<Invoice xmlns="{space}"><ID>F-12</ID>{day}{sums}</Invoice>'.encode())
    made.save(path)
