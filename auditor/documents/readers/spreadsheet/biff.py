"""What an old workbook (BIFF8 in an OLE file) says beside its values: hidden rows and columns, errors, a lost end.

The records are those of [MS-XLS], the container that of [MS-CFB]; only what is named here is looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.documents.readers.spreadsheet.examined import Examined

_FREE, _LAST_SECTOR = 0xFFFFFFFF, 0xFFFFFFFA
_BOF, _EOF, _BOUND_SHEET, _ROW, _COLUMNS, _ERROR, _FORMULA = 0x809, 0x0A, 0x85, 0x208, 0x7D, 0x205, 0x06
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BIFF8 = 0x600


@dataclass(frozen=True, slots=True)
class _Container:
    """An OLE file as far as its allocation table goes."""

    data: bytes
    sector: int
    table: tuple[int, ...]

    def chain(self, first: int) -> bytes:
        pieces: list[bytes] = []
        current = first
        while current < _LAST_SECTOR and current < len(self.table) and len(pieces) <= len(self.table):
            start = (current + 1) * self.sector
            pieces.append(self.data[start : start + self.sector])
            current = self.table[current]
        return b"".join(pieces)

    def missing(self) -> int:
        """Bytes between the end of the file and the end of the last sector in use."""
        used = max((number for number, following in enumerate(self.table) if following != _FREE), default=-1)
        return max(0, (used + 2) * self.sector - len(self.data))


def _container(data: bytes) -> _Container | None:
    if len(data) < 512:
        return None
    shift = struct.unpack("<H", data[30:32])[0]
    if shift not in (9, 12):
        return None
    sector = 1 << shift
    numbers = [number for number in struct.unpack("<109L", data[76:512]) if number < _LAST_SECTOR]
    more, guard = struct.unpack("<L", data[68:72])[0], 0
    while more < _LAST_SECTOR and guard < len(data) // sector:
        block = data[(more + 1) * sector : (more + 2) * sector]
        if len(block) < sector:
            break
        *further, more = struct.unpack(f"<{sector // 4}L", block)
        numbers += [number for number in further if number < _LAST_SECTOR]
        guard += 1
    table = b"".join(data[(number + 1) * sector : (number + 2) * sector] for number in numbers)
    return _Container(data, sector, struct.unpack(f"<{len(table) // 4}L", table[: len(table) // 4 * 4]))


def bytes_missing(data: bytes) -> int:
    """How many bytes an OLE file lacks at its end; rows may be lost there without any other sign."""
    container = _container(data)
    return container.missing() if container else 0


def examine_old(data: bytes) -> dict[str, Examined]:
    """Sheet names to what was found. Empty for what is not BIFF8 in plain sectors (encrypted, very old, tiny)."""
    container = _container(data)
    book = _workbook_stream(container) if container else b""
    found: dict[str, Examined] = {}
    for name, offset in _sheets(book):
        found[name] = _sheet(book, offset)
    return found


def _workbook_stream(container: _Container) -> bytes:
    directory = container.chain(struct.unpack("<L", container.data[48:52])[0])
    for start in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack("<HB", directory[start + 64 : start + 67])
        if kind == 2 and directory[start : start + max(length - 2, 0)] == "Workbook".encode("utf-16-le"):
            first, size = struct.unpack("<LL", directory[start + 116 : start + 124])
            return container.chain(first)[:size] if size >= 4096 else b""
    return b""


def _records(book: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """The records from `offset` to the end of its substream."""
    depth = 0
    while offset + 4 <= len(book):
        kind, size = struct.unpack("<HH", book[offset : offset + 4])
        yield kind, book[offset + 4 : offset + 4 + size]
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        offset += 4 + size


def _sheets(book: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(book, 0):
        if kind == _BOF and (len(body) < 2 or struct.unpack("<H", body[:2])[0] != _BIFF8):
            return
        if kind == 0x2F:  # encrypted from here on
            return
        if kind == _BOUND_SHEET and len(body) > 8:
            offset, length, wide = struct.unpack("<L", body[:4])[0], body[6], body[7] & 1
            raw = body[8 : 8 + length * (2 if wide else 1)]
            yield raw.decode("utf-16-le" if wide else "latin-1", "replace"), offset


def _sheet(book: bytes, offset: int) -> Examined:
    found = Examined()
    for kind, body in _records(book, offset):
        if kind == _ROW and len(body) >= 16:
            row, height, options = struct.unpack("<H4xH4xH", body[:14])
            if options & 0x20 or height & 0x7FFF == 0:
                found.hidden_rows.add(row + 1)
        elif kind == _COLUMNS and len(body) >= 10:
            first, last, width, _, options = struct.unpack("<5H", body[:10])
            if options & 1 or width == 0:
                found.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        elif kind == _ERROR and len(body) >= 8 and body[7] == 1:
            _error(found, body, body[6])
        elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            _error(found, body, body[8])
    return found


def _error(found: Examined, body: bytes, code: int) -> None:
    row, column = struct.unpack("<HH", body[:4])
    found.errors[row + 1, column + 1] = _ERRORS.get(code, "#ERROR")
