"""Workbooks that ask for a password: opened with the ones given, else with the errors of a protected PDF."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from decimal import Decimal
from pathlib import Path

import msoffcrypto
import pytest
import xlsxwriter
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from xlwt.CompoundDoc import XlsDoc

from auditor.audit.documents import read_paths
from auditor.documents.collect import document_of
from auditor.documents.errors import DocumentError, EncryptedNotSupported, PasswordNeeded, TruncatedFile, WrongPassword
from auditor.documents.model import Status
from auditor.documents.pages import Grid
from auditor.documents.readers import read_document

ROWS = [
    ["交易日期", "收入金额", "支出金额", "余额"],
    ["2026-10-08", "5.10", "", "105.10"],
    ["2026-10-09", "", "1.00", "104.10"],
]


TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def workbook(password: str) -> bytes:
    """An xlsx that Excel would ask a password for."""
    plain, sealed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet("流水")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    OOXMLFile(plain).encrypt(password, sealed)
    return sealed.getvalue()


def old_workbook(password: str) -> bytes:
    """An xls in RC4, as Excel 97 to 2003 and online banks write it ([MS-OFFCRYPTO] 2.3.6, [MS-XLS] 2.2.10)."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("流水")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    for row in range(3, 60):  # an OLE file keeps streams of less than 4096 bytes in another place
        sheet.write(row, 5, "备注" * 20 + str(row))
    records = _with_password(book.get_biff_data(), password)
    target = io.BytesIO()
    XlsDoc().save(target, records)
    return target.getvalue()


def _with_password(stream: bytes, password: str) -> bytes:
    """The records of a workbook, encrypted: a FilePass after the first, and all that follows but what must stay plain."""
    salt, verifier = bytes(range(16)), bytes(range(100, 116))
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    base = hashlib.md5((short + salt) * 16).digest()[:5]
    sealed = _rc4(_key(base, 0), verifier + hashlib.md5(verifier).digest())
    file_pass = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + salt + sealed
    first = 4 + struct.unpack("<H", stream[2:4])[0]
    stream = stream[:first] + file_pass + stream[first:]
    plain = bytearray(stream)
    at = 0
    kept: list[tuple[int, int]] = []
    while at + 4 <= len(plain):
        kind, size = struct.unpack("<HH", plain[at : at + 4])
        body = size if kind in (0x809, 0x2F, 0xE1) else 4 if kind == 0x85 else 0
        if kind == 0x85:
            offset = struct.unpack("<L", plain[at + 4 : at + 8])[0] + len(file_pass)
            plain[at + 4 : at + 8] = struct.pack("<L", offset)
        kept.append((at, at + 4 + body))
        at += 4 + size
    blocks = range(0, len(plain), 1024)
    done = bytearray(b"".join(_rc4(_key(base, n), bytes(plain[s : s + 1024])) for n, s in enumerate(blocks)))
    for start, end in kept:
        done[start:end] = plain[start:end]
    over = -len(done) % 4  # xlwt fills the last sector with zeros, which must read as whole records
    return bytes(done) + struct.pack("<HH", 0, over) + bytes(over)


def _key(base: bytes, block: int) -> bytes:
    return hashlib.md5(base + struct.pack("<L", block)).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def heads(data: bytes, name: str, *passwords: str) -> list[list[str | None]]:
    """The first rows of the first sheet."""
    page = read_document(document_of(data, name), passwords=passwords).pages[0]
    assert isinstance(page, Grid)
    return [row[:4] for row in page.head(2)]


FILES = {"对账单.xlsx": workbook, "对账单.xls": old_workbook}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("password", ["0755-2026", "密码２０２６"])
def test_the_password_that_fits_opens_the_workbook(name: str, password: str) -> None:
    data = FILES[name](password)
    read = heads(data, name, "000000", password)
    assert read == [ROWS[0], [cell or None for cell in ROWS[1]]]


@pytest.mark.parametrize(("name", "format"), [("对账单.xlsx", "Office"), ("对账单.xls", "xls")])
def test_no_password_or_a_wrong_one_is_what_it_is_of_a_pdf(name: str, format: str) -> None:
    data = FILES[name]("2026")
    with pytest.raises(PasswordNeeded) as needed:
        heads(data, name)
    assert needed.value.summary("zh") == f"{name}: {format} 文件有密码保护"
    with pytest.raises(WrongPassword) as wrong:
        heads(data, name, "1234", "a" * 300)
    assert wrong.value.summary("zh") == f"{name}: {format} 文件有密码保护，所给密码均不正确（已尝试 2 个）"


@pytest.mark.parametrize("name", FILES)
def test_a_workbook_protected_with_the_password_of_excel_itself_opens_unasked(name: str) -> None:
    assert heads(FILES[name]("VelvetSweatshop"), name)[0] == ROWS[0]


@pytest.mark.parametrize("keep", [600, 3000, 6000, 9000])
@pytest.mark.parametrize("name", FILES)
def test_a_protected_workbook_that_is_cut_short_is_an_error(name: str, keep: int) -> None:
    with pytest.raises(DocumentError):
        heads(FILES[name]("2026")[:keep], name, "2026")


def test_an_encryption_that_is_not_known_says_so() -> None:
    data = workbook("2026")
    version = struct.pack("<HH", 4, 4)
    at = data.index(version + struct.pack("<L", 0x40))
    strange = data[:at] + struct.pack("<HH", 4, 3) + data[at + 4 :]
    with pytest.raises(EncryptedNotSupported):
        heads(strange, "对账单.xlsx", "2026")
    with pytest.raises(TruncatedFile):
        heads(data[: at + 8] + bytes(400) + data[at + 408 :], "对账单.xlsx", "2026")


def test_a_protected_document_that_is_no_workbook() -> None:
    plain, sealed = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", "<document>" + "通知" * 2000 + "</document>")
    OOXMLFile(plain).encrypt("2026", sealed)
    with pytest.raises(DocumentError) as caught:
        heads(sealed.getvalue(), "通知.docx", "2026")
    assert caught.value.code == "NotRecognised"


def test_the_environment_gives_the_password_and_amounts_stay_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "对账单.xlsx").write_bytes(workbook("0755"))
    (tmp_path / "audit.yaml").write_text("passwords: [BANK_PASSWORD]\n", "utf-8")
    monkeypatch.setenv("BANK_PASSWORD", "0755")
    (document,) = read_paths([tmp_path / "对账单.xlsx"], ())
    assert document.status is Status.READ
    assert document.records["bank_transaction"].column("amount").to_pylist() == [Decimal("5.10000"), Decimal("1.00000")]


def test_the_workbook_is_opened_in_memory_and_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "对账单.xlsx"
    path.write_bytes(workbook("0755"))
    before = path.read_bytes()
    read_paths([path], ("0755",))
    assert path.read_bytes() == before and [each.name for each in tmp_path.iterdir()] == ["对账单.xlsx"]
    assert msoffcrypto.OfficeFile(io.BytesIO(before)).is_encrypted()
