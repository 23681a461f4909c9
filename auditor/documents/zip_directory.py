"""The directory at the end of a zip: how many members it states, and their names as bytes.

The standard library refuses a whole archive for one name that says to be UTF-8 and is not, as some Chinese programs
write them. It is given a directory that says so of no name, and the names are read here.
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

_END, _LOCATOR, _END64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_ENTRY, _HEADER = b"PK\x01\x02", b"PK\x03\x04"
_END_SIZE, _LOCATOR_SIZE, _END64_SIZE, _ENTRY_SIZE, _HEADER_SIZE = 22, 20, 56, 46, 30
_LONGEST_COMMENT = 0xFFFF
_UTF8_FLAG = 0x08  # of the second byte


class PlainDirectory:
    """A zip as a stream in which no name is marked as UTF-8.

    `flagged`: for each entry of the directory whether it was. `stated`: how many members the end says there are, in its
    low 16 bits; None where it leaves that to Zip64 or there is no end.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.flagged: list[bool] = []
        self.stated: int | None = None
        self._start, self._entries = 0, bytearray()
        self._find()
        self._clear()

    def _find(self) -> None:
        size = self._stream.seek(0, io.SEEK_END)
        from_ = max(0, size - _END_SIZE - _LONGEST_COMMENT - _LOCATOR_SIZE - _END64_SIZE)
        self._stream.seek(from_)
        tail = self._stream.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + _END_SIZE:
            return
        count, length = struct.unpack("<HL", tail[at + 10 : at + 16])
        self.stated = None if count == 0xFFFF else count
        record = at - _LOCATOR_SIZE - _END64_SIZE
        if record >= 0 and tail[at - _LOCATOR_SIZE :].startswith(_LOCATOR) and tail[record:].startswith(_END64):
            length = struct.unpack("<Q", tail[record + 40 : record + 48])[0]
            at = record
        start = from_ + at - length
        if start >= 0:
            self._stream.seek(start)
            self._start, self._entries = start, bytearray(self._stream.read(length))

    def _clear(self) -> None:
        at = 0
        while self._entries[at : at + 4] == _ENTRY and at + _ENTRY_SIZE <= len(self._entries):
            self.flagged.append(bool(self._entries[at + 9] & _UTF8_FLAG))
            self._entries[at + 9] &= ~_UTF8_FLAG & 0xFF
            at += _ENTRY_SIZE + sum(struct.unpack("<3H", self._entries[at + 28 : at + 34]))

    def read(self, size: int = -1) -> bytes:
        """As of a file; the directory, and the header before each member, which is read by itself, come unmarked."""
        begin = self._stream.tell()
        data = self._stream.read(size)
        if size == _HEADER_SIZE and data.startswith(_HEADER):
            return data[:7] + bytes([data[7] & ~_UTF8_FLAG]) + data[8:]
        first, last = max(begin, self._start), min(begin + len(data), self._start + len(self._entries))
        if first >= last:
            return data
        plain = bytes(self._entries[first - self._start : last - self._start])
        return data[: first - begin] + plain + data[last - begin :]

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of a file."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """As of a file."""
        return self._stream.tell()

    def seekable(self) -> bool:
        """As of a file."""
        return True
