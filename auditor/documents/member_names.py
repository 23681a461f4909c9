"""The names of members as their makers meant them, and only those that stay inside the folder."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence

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
    """A file name from bytes: UTF-8, else GB18030, else every odd byte as `%` and its two digits, as in addresses."""
    for candidate in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return raw.decode(candidate)
        except UnicodeDecodeError:
            continue
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)


def zip_names(infos: Sequence[zipfile.ZipInfo], flagged: Sequence[bool]) -> list[str]:
    """The true names of members of which the library was told that none is UTF-8: those whose directory says that they
    are (`flagged`, GB18030 where that is not true), the Unicode extra field, else one guess for all others together."""
    raw = [info.orig_filename.encode("cp437", "replace") for info in infos]
    marked = [index < len(flagged) and flagged[index] for index in range(len(raw))]
    try:
        b"\n".join(name for name, mark in zip(raw, marked, strict=True) if not mark).decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "gb18030"
    return [
        decode_name(name) if mark else _unicode_name(info, name) or decode_name(name, encoding)
        for info, name, mark in zip(infos, raw, marked, strict=True)
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
