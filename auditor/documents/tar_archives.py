"""Tar archives and compressed streams (gz, bz2, xz) to their members."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from auditor.documents.errors import ArchiveLimit, DocumentError, TruncatedFile, UnsafeMemberName
from auditor.documents.identify import Format
from auditor.documents.member_names import decode_name, safe_name
from auditor.documents.storage import CHUNK, Member, Store


def unpack_tar(stream: BinaryIO, store: Store) -> Iterator[Member | DocumentError]:
    """The members of a plain tar."""
    yield from _unpack(_Watched(stream, _size(stream), store), store)


def _unpack(stream: _Watched, store: Store) -> Iterator[Member | DocumentError]:
    with tarfile.open(
        fileobj=cast(BinaryIO, stream), mode="r|", errors="surrogateescape", encoding="utf-8"
    ) as archive:
        for info in archive:
            if info.isdir():
                continue
            store.count()
            name = decode_name(info.name.encode("utf-8", "surrogateescape"))
            safe = safe_name(name)
            body = archive.extractfile(info) if info.isreg() else None
            if safe is None or body is None:
                yield UnsafeMemberName(member=name)
                continue
            yield Member(safe, store.keep(body, None))
        # The library ends without a word at a header that is cut off or damaged, and before a second archive.
        if stream.block(archive.offset) != bytes(tarfile.BLOCKSIZE):
            yield TruncatedFile(format="tar", reason="the end mark is missing, members may be lost")
        elif stream.more_than_zeros(archive.offset):
            yield TruncatedFile(format="tar", reason="there is more after the end mark, members may be lost")


def unpack_stream(stream: BinaryIO, name: str, form: Format, store: Store) -> Iterator[Member | DocumentError]:
    """A compressed stream: the members of the tar inside, or the one file that it is."""
    packed = _size(stream)
    opened = _decompressor(form, stream)
    head = opened.read(512)
    opened.seek(0)
    if head[257:262] == b"ustar":
        yield from _unpack(_Watched(opened, packed, store), store)
        return
    store.count()
    yield Member(_inner_name(name), store.keep(opened, packed))


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def _decompressor(form: Format, stream: BinaryIO) -> IO[bytes]:
    if form is Format.GZIP:
        return cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    return bz2.BZ2File(stream) if form is Format.BZIP2 else lzma.LZMAFile(stream)


def _inner_name(name: str) -> str:
    path = PurePosixPath(name)
    return path.stem if path.suffix.lower() in (".gz", ".bz2", ".xz") else path.name


class _Watched:
    """A tar as a stream whose ratio is watched (its members do not know their packed sizes) and whose end is kept."""

    def __init__(self, stream: IO[bytes], packed: int, store: Store) -> None:
        self._stream, self._packed, self._limits = stream, packed, store.limits
        self._read = 0
        self._tail = b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._read += len(data)
        self._tail = (self._tail + data)[-4 * tarfile.RECORDSIZE :]
        limits = self._limits
        if self._read > limits.ratio_from and self._read > self._packed * limits.ratio:
            raise ArchiveLimit(limit="ratio", bound=limits.ratio, actual=f"> {limits.ratio}")
        return data

    def block(self, offset: int) -> bytes:
        """The block at an offset near the end of what was read."""
        start = offset - (self._read - len(self._tail))
        return self._tail[start : start + tarfile.BLOCKSIZE] if start >= 0 else b""

    def more_than_zeros(self, offset: int) -> bool:
        """Whether anything but zeros stands after an offset near the end of what was read."""
        start = offset - (self._read - len(self._tail))
        if start < 0 or self._tail[start:].strip(b"\0"):
            return True
        while piece := self.read(CHUNK):
            if piece.strip(b"\0"):
                return True
        return False
