"""Damaged files are told in words of our own, in both languages, whatever library met the damage."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from auditor.audit.documents import read_paths
from auditor.documents.errors import NotRecognised, TruncatedFile, WorkerDied, WorkerFailed
from auditor.documents.identify import Format
from auditor.documents.reasons import FORMATS_ZH, in_words

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\n"
CSV = "交易日期,收入金额,余额\n" + "2026-10-08,5.00,105.00\n" * 300


def _xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("流水")
        for row in range(300):
            sheet.write_row(row, 0, ["交易日期", row, f"余额{row}"])
    return buffer.getvalue()


def _without(part: str, change: Callable[[bytes], bytes] | None) -> bytes:
    """The workbook with one of its parts changed, or without it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_xlsx())) as whole, zipfile.ZipFile(buffer, "w") as target:
        for name in whole.namelist():
            if name != part:
                target.writestr(name, whole.read(name))
            elif change is not None:
                target.writestr(name, change(whole.read(name)))
    return buffer.getvalue()


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("流水")
    for row in range(300):
        sheet.write(row, 0, f"余额{row}")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", CSV)
    return buffer.getvalue()


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("a.csv")
        member.size = 2000
        archive.addfile(member, io.BytesIO(b"1" * 2000))
    return buffer.getvalue()


def _over(data: bytes, at: int, count: int) -> bytes:
    return data[:at] + b"\xff" * count + data[at + count :]


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


SHEET = "xl/worksheets/sheet1.xml"
FILES: dict[str, Callable[[], bytes]] = {
    "半截.xlsx": lambda: _half(_xlsx()),
    "末尾缺失.xlsx": lambda: _xlsx()[:-30],
    "压缩损坏.xlsx": lambda: _over(_xlsx(), _xlsx().find(SHEET.encode()) + 60, 40),
    "半张表.xlsx": lambda: _without(SHEET, _half),
    "缺工作表.xlsx": lambda: _without(SHEET, None),
    "缺目录.xlsx": lambda: _without("xl/workbook.xml", None),
    "目录损坏.xlsx": lambda: _without("xl/workbook.xml", lambda data: data[:50]),
    "半截.xls": lambda: _half(_xls()),
    "开头.xls": lambda: _xls()[:600],
    "少几个字节.xls": lambda: _xls()[:-132],
    "半截.pdf": lambda: PDF,
    "空壳.pdf": lambda: b"%PDF-1.4\nnothing",
    "全零.xlsx": lambda: bytes(3000),
    "零字节.csv": lambda: CSV.encode() + b"2026-10-09,\x00\x00,1.00\n",
    "尾部零字节.csv": lambda: CSV.encode() + bytes(400),
    "半截.zip": lambda: _half(_zip()),
    "压缩损坏.zip": lambda: _over(_zip(), 50, 20),
    "半截.csv.gz": lambda: _half(gzip.compress(CSV.encode())),
    "校验不符.csv.gz": lambda: gzip.compress(CSV.encode())[:-8] + b"1234" + gzip.compress(CSV.encode())[-4:],
    "半截.csv.xz": lambda: _half(lzma.compress(CSV.encode())),
    "半截.csv.bz2": lambda: _half(bz2.compress(CSV.encode())),
    "半截.tar": lambda: _tar()[:1500],
    "空表.html": lambda: b"<html><body><p>nothing</p></body></html>",
}
_ALLOWED = re.compile(r"(?i)\b(xlsx?|pdf|zip|tar|gz|xz|bz2|csv|html|xml)\b")


@pytest.mark.parametrize("name", FILES)
def test_a_chinese_message_has_no_words_of_a_library(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name]())
    problems = [problem for document in read_paths([tmp_path / name], ()) for problem in document.problems]
    assert problems
    for problem in problems:
        said = problem.summary("zh").removeprefix(f"{problem.place}: ")
        assert not re.search("[A-Za-z]{2,}", _ALLOWED.sub("", said)), said
        assert not re.search("PDFium|not a zip file|Error -|CRC check|detect file format", problem.summary("en"))


@pytest.mark.parametrize(
    ("reason", "en", "zh"),
    [
        ("File is not a zip file", "its end is missing", "文件末尾缺失"),
        ("Failed to load document (PDFium: Data format error).", "its inner structure is damaged", "内部结构已损坏"),
        ("CRC check failed 0x1 != 0x2", "its checksum does not fit the content", "校验码与内容不符"),
        (
            "\"There is no item named 'xl/a.xml' in the archive\"",
            "its part xl/a.xml is missing",
            "缺少内部部件 xl/a.xml",
        ),
        ("132 bytes are missing at its end, rows may be lost",) * 2 + ("末尾缺少 132 字节，可能丢失行",),
        ("more than 500 MB of memory", "more than 500 MB of memory", "内存超过 500 MB"),
        ("signal 9", "signal 9", "信号 9"),
        ("something new", "something new", "原文“something new”"),
        ("流水", "流水", "流水"),
    ],
)
def test_reasons_in_both_languages(reason: str, en: str, zh: str) -> None:
    assert (in_words(reason, "en"), in_words(reason, "zh")) == (en, zh)


def test_a_fault_of_the_program_stays_as_it_is() -> None:
    assert WorkerFailed(reason="ValueError: no XML").summary("zh") == "程序在读取时出错：ValueError: no XML"
    assert WorkerDied(reason="out of memory").summary("zh") == "读取中断：读取进程已终止（内存不足）"


def test_formats_have_chinese_words() -> None:
    plain = {
        "xlsx",
        "xlsb",
        "xls",
        "ods",
        "mhtml",
        "pdf",
        "ofd",
        "xml",
        "json",
        "ofx",
        "mt940",
        "zip",
        "tar",
        "gz",
        "bz2",
        "xz",
        "7z",
        "rar",
    }
    assert {form.value for form in Format} <= plain | set(FORMATS_ZH)
    assert NotRecognised(format="unknown").summary("zh") == "无法识别的文件格式：未知"
    assert TruncatedFile(format="html", reason="no table with cells").summary("zh") == (
        "网页 文件不完整或已损坏：其中没有含单元格的表格"
    )
