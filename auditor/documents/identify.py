"""What a file really is: by its content, never by its name.

Bank exports lie in their names: an `.xls` may be HTML or tab-separated text, a `.csv` may be a binary workbook.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from enum import StrEnum
from mmap import mmap
from typing import BinaryIO

from auditor.documents.errors import (
    ArchiveNotSupported,
    DocumentError,
    EmptyFile,
    FileOfZeros,
    NotRecognised,
    ShortcutFile,
)

HEAD = 64 * 1024


class Format(StrEnum):
    """The formats that content can be told by; the value is the word that a user reads."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    SPREADSHEET_XML = "spreadsheet xml"
    DELIMITED = "delimited text"
    HTML = "html"
    MHTML = "mhtml"
    PDF = "pdf"
    IMAGE = "image"
    OFD = "ofd"
    XML = "xml"
    JSON = "json"
    OFX = "ofx"
    MT940 = "mt940"
    ENCRYPTED_OFFICE = "encrypted office document"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gz"
    BZIP2 = "bz2"
    XZ = "xz"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    SHORTCUT = "shortcut"
    WORD = "word processor document"
    SLIDES = "presentation"
    MAIL = "mail"
    OLD_WORKBOOK = "workbook of Excel 2 to 4"
    EMPTY = "empty"
    ZEROS = "zeros"
    UNKNOWN = "unknown"


ARCHIVES = frozenset({Format.ZIP, Format.TAR, Format.GZIP, Format.BZIP2, Format.XZ})

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", Format.PDF),
    (b"7z\xbc\xaf\x27\x1c", Format.SEVEN_ZIP),
    (b"Rar!\x1a\x07", Format.RAR),
    (b"\x1f\x8b\x08", Format.GZIP),
    (b"BZh", Format.BZIP2),
    (b"\xfd7zXZ\x00", Format.XZ),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Format.SHORTCUT),
    (b"\x09\x00\x04\x00", Format.OLD_WORKBOOK),
    (b"\x09\x02\x06\x00", Format.OLD_WORKBOOK),
    (b"\x09\x04\x06\x00", Format.OLD_WORKBOOK),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta|style|div|tr)\b", re.IGNORECASE)
_MT940 = re.compile(rb"(^|\n)(\{4:\s*)?:20:[^\r\n]{0,16}\r?\n")


def identify(stream: BinaryIO, size: int) -> Format:
    """The format of a seekable stream of `size` bytes."""
    if size == 0:
        return Format.EMPTY
    stream.seek(0)
    head = stream.read(HEAD)
    if not head.strip(b"\0") and _all_zero(stream):
        return Format.ZEROS
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(stream, head)
    if head.startswith(_OLE):
        return _ole_kind(stream, size)
    for magic, form in _MAGIC:
        if head.startswith(magic):
            return form
    return _other(head)


def unusable(form: Format, size: int) -> DocumentError | None:
    """The error of a format that no reader will ever take; None for the others."""
    if form is Format.EMPTY:
        return EmptyFile()
    if form is Format.ZEROS:
        return FileOfZeros(size=size)
    if form in (Format.SEVEN_ZIP, Format.RAR):
        return ArchiveNotSupported(format=form.value)
    if form is Format.SHORTCUT:
        return ShortcutFile()
    if form in (Format.UNKNOWN, Format.WORD, Format.SLIDES, Format.MAIL, Format.OLD_WORKBOOK):
        return NotRecognised(format=form.value)
    return None


def _all_zero(stream: BinaryIO) -> bool:
    stream.seek(0)
    return all(not piece.strip(b"\0") for piece in iter(lambda: stream.read(1 << 20), b""))


def _other(head: bytes) -> Format:
    if head[257:262] == b"ustar":
        return Format.TAR
    if head[:2] == b"BM" and len(head) > 18 and struct.unpack("<L", head[14:18])[0] in (12, 40, 108, 124):
        return Format.IMAGE
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.IMAGE
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return Format.IMAGE
    # A PDF may be preceded by a few bytes of a mail or web server.
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    text = _as_ascii_text(head)
    return Format.UNKNOWN if text is None else _text_kind(text)


# --- zip and OLE containers ----------------------------------------------------------------------------------------


def _zip_kind(stream: BinaryIO, head: bytes) -> Format:
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:80] if names[:1] == ["mimetype"] else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, struct.error, EOFError):
        # Cut short: the names in the local headers still say what it was, so that its error is the right one.
        names, mimetype = _local_names(head), head[38:118] if head[30:38] == b"mimetype" else b""
    return _container_kind(frozenset(names), mimetype)


def _local_names(head: bytes) -> list[str]:
    names = []
    for found in re.finditer(rb"PK\x03\x04", head):
        start = found.start()
        if start + 30 <= len(head):
            length = struct.unpack("<H", head[start + 26 : start + 28])[0]
            names.append(head[start + 30 : start + 30 + length].decode("ascii", "replace"))
    return names


def _container_kind(names: frozenset[str], mimetype: bytes) -> Format:
    if b"opendocument.spreadsheet" in mimetype:
        return Format.ODS
    if b"opendocument" in mimetype:
        return Format.SLIDES if b"presentation" in mimetype else Format.WORD
    lower = {name.lower().replace("\\", "/") for name in names}
    if "xl/workbook.bin" in lower:
        return Format.XLSB
    if "xl/workbook.xml" in lower or ("[content_types].xml" in lower and any(name[:3] == "xl/" for name in lower)):
        return Format.XLSX
    if "word/document.xml" in lower:
        return Format.WORD
    if "ppt/presentation.xml" in lower:
        return Format.SLIDES
    if "ofd.xml" in lower:
        return Format.OFD
    # Only `[Content_Types].xml` seen: a workbook cut off early. No other archive begins so.
    return Format.XLSX if lower and lower <= {"[content_types].xml", "_rels/.rels"} else Format.ZIP


def _ole_kind(stream: BinaryIO, size: int) -> Format:
    names = ole_streams(stream, size)
    if "EncryptedPackage" in names:
        return Format.ENCRYPTED_OFFICE
    if names & {"Workbook", "Book"}:
        return Format.XLS
    if "WordDocument" in names:
        return Format.WORD
    if "PowerPoint Document" in names:
        return Format.SLIDES
    if "__properties_version1.0" in names:
        return Format.MAIL
    # A directory that is cut off: the name says enough for the right error.
    return Format.XLS if not names else Format.UNKNOWN


def ole_streams(stream: BinaryIO, size: int) -> frozenset[str]:
    """The names in the directory of an OLE file (ECMA-376 and [MS-CFB]), as far as it can be followed."""
    stream.seek(0)
    header = stream.read(512)
    if len(header) < 512:
        return frozenset()
    shift = struct.unpack("<H", header[30:32])[0]
    if shift not in (9, 12):
        return frozenset()
    sector = 1 << shift

    def read_sector(number: int) -> bytes:
        stream.seek((number + 1) * sector)
        return stream.read(sector)

    fat_sectors = struct.unpack("<109L", header[76:512])
    names: set[str] = set()
    current, steps = struct.unpack("<L", header[48:52])[0], 0
    per_sector = sector // 4
    while current < 0xFFFFFFFA and steps <= size // sector:
        data = read_sector(current)
        names.update(_directory_names(data))
        index, place = divmod(current, per_sector)
        if index >= len(fat_sectors) or fat_sectors[index] >= 0xFFFFFFFA:
            break
        fat = read_sector(fat_sectors[index])
        if len(fat) < place * 4 + 4:
            break
        current = struct.unpack("<L", fat[place * 4 : place * 4 + 4])[0]
        steps += 1
    return frozenset(names)


def _directory_names(data: bytes) -> list[str]:
    names = []
    for start in range(0, len(data) - 127, 128):
        length = struct.unpack("<H", data[start + 64 : start + 66])[0]
        if 2 <= length <= 64 and data[start + 66] in (1, 2, 5):
            names.append(data[start : start + length - 2].decode("utf-16-le", "replace"))
    return names


# --- text ------------------------------------------------------------------------------------------------------------


def _as_ascii_text(head: bytes) -> bytes | None:
    """The head with UTF-16 and byte order marks taken away, enough to look for markup; None if it is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_utf16(head):
        return head.replace(b"\0", b"").lstrip(b"\xff\xfe")
    if head.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    # Text padded with zeros at its end (a copy cut short) is still text.
    body = head.rstrip(b"\0")
    odd = len(body) - len(body.translate(None, _CONTROLS))
    return body if odd * 100 <= len(body) else None


def looks_utf16(head: bytes | mmap) -> str | None:
    """`utf-16-le` or `utf-16-be` if text without a byte order mark has zeros in every other place as Latin text has."""
    even, odd = head[0:4096:2], head[1:4096:2]
    if len(odd) < 4:
        return None
    zeros = (even.count(0) * 100 // len(even), odd.count(0) * 100 // len(odd))
    if zeros[1] >= 15 and zeros[0] <= 2:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] >= 15 and zeros[1] <= 2 else None


def _text_kind(text: bytes) -> Format:
    start = text.lstrip()[:4096]
    lower = start.lower()
    if lower.startswith((b"<?xml", b"<workbook")):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in lower:
            return Format.SPREADSHEET_XML
        return Format.HTML if b"<html" in lower else Format.XML
    if b"mime-version:" in lower and (lower.startswith(b"mime-version:") or b"multipart/related" in lower):
        return Format.MHTML
    if lower.startswith(b"<") and _HTML.search(lower):
        return Format.HTML
    if lower.startswith(b"ofxheader") or b"<ofx>" in lower:
        return Format.OFX
    if lower.startswith(b"<"):
        return Format.XML
    if start[:1] in (b"{", b"[") and re.match(rb'[{\[]\s*(["{\[\]}]|$)', start):
        return Format.JSON
    if _MT940.search(start) and b":60" in text:
        return Format.MT940
    return Format.DELIMITED


def identify_bytes(data: bytes) -> Format:
    """As `identify`, for bytes in memory."""
    return identify(io.BytesIO(data), len(data))
