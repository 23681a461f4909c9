"""The names of members as their makers meant them, and only those that stay inside the folder."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075


def safe_name(name: str) -> str | None:
    """The name with `/`, in NFC, without `.` parts; None if it is absolute or leaves the folder."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/")
    if plain.startswith("/") or plain[1:2] == ":" or any(ord(letter) < 32 for letter in plain):
        return None
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    if not parts or ".." in parts:
        return None
    return "/".join(parts)


def decode_name(raw: bytes, encoding: str | None = None) -> str:
    """A file name from bytes: UTF-8, else GB18030, else every odd byte written as an escape."""
    for candidate in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return raw.decode(candidate)
        except UnicodeDecodeError:
            continue
    return raw.decode("ascii", "backslashreplace")


def zip_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The true names: flagged UTF-8, the Unicode extra field, else one guess for all unflagged names together."""
    raw = [b"" if info.flag_bits & _UTF8_FLAG else info.orig_filename.encode("cp437", "replace") for info in infos]
    try:
        b"\n".join(raw).decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "gb18030"
    return [
        info.orig_filename if info.flag_bits & _UTF8_FLAG else _unicode_name(info, name) or decode_name(name, encoding)
        for info, name in zip(infos, raw, strict=True)
    ]


def _unicode_name(info: zipfile.ZipInfo, raw: bytes) -> str | None:
    """The name in Info-ZIP's Unicode Path extra field (0x7075), if it belongs to this name."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        block, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(block) > 5 and struct.unpack("<L", block[1:5])[0] == zlib.crc32(raw):
            try:
                return block[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None
