"""Archives: zip, tar, gz, bz2 and xz to their members, within bounds.

A member is never written under its own name: it is kept in memory or in a numbered file of a temporary folder, so a
hostile name has nothing to reach. What an archive cannot give is a problem, the rest comes out all the same.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

from auditor.documents.errors import (
    ArchiveLimit,
    DocumentError,
    EncryptedNotSupported,
    MemberNotRead,
    PasswordNeeded,
    TruncatedFile,
    UnsafeMemberName,
    WrongPassword,
)
from auditor.documents.identify import Format
from auditor.documents.member_names import decode_name, safe_name, zip_names

CHUNK = 1 << 20
_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, struct.error)
_AES = 99


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what archives may hold, over all archives of a folder together. Sizes are unpacked bytes.

    `ratio` (unpacked to packed) counts only for members above `ratio_from` bytes: small text packs very well.
    Members up to `in_memory` bytes are kept in memory, up to `memory_total` together; others in temporary files.
    """

    members: int = 50_000
    total_bytes: int = 8 << 30
    member_bytes: int = 2 << 30
    ratio: int = 250
    ratio_from: int = 64 << 20
    depth: int = 6
    in_memory: int = 1 << 20
    memory_total: int = 128 << 20


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a document, in memory or in a file. Opened as often as needed."""

    data: bytes | None = None
    location: Path | None = None
    keeper: Any = field(default=None, compare=False, repr=False)

    def open(self) -> BinaryIO:
        if self.data is not None:
            return io.BytesIO(self.data)
        assert self.location is not None
        return cast(BinaryIO, self.location.open("rb"))

    def __reduce__(self) -> tuple[Any, ...]:
        # The keeper of the temporary folder stays in the process that made it; a worker needs the path alone.
        return Content, (self.data, self.location)


class Store:
    """What has been unpacked so far, against the limits. Its temporary folder goes when the last content does."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.members = 0
        self.total = 0
        self._memory = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files = 0

    def count(self) -> None:
        """One more member; raises ArchiveLimit beyond the bound."""
        self.members += 1
        if self.members > self.limits.members:
            raise ArchiveLimit(limit="members", bound=self.limits.members, actual=f"> {self.limits.members}")

    def keep(self, stream: IO[bytes], packed: int | None) -> Content:
        """Copy a stream, at most the bounds; `packed` is its size in the archive, None if unknown."""
        start = stream.read(self.limits.in_memory + 1)
        self._charge(len(start), len(start), packed)
        if len(start) <= self.limits.in_memory and self._memory + len(start) <= self.limits.memory_total:
            self._memory += len(start)
            return Content(data=start)
        return self._spool(start, stream, packed)

    def _spool(self, start: bytes, stream: IO[bytes], packed: int | None) -> Content:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="auditor-", ignore_cleanup_errors=True)
        self._files += 1
        location = Path(self._folder.name) / f"{self._files:06d}"
        size = 0
        try:
            with location.open("wb") as target:
                piece = start
                while piece:
                    target.write(piece)
                    size += len(piece)
                    piece = stream.read(CHUNK)
                    self._charge(len(piece), size + len(piece), packed)
        except BaseException:
            location.unlink(missing_ok=True)
            raise
        return Content(location=location, keeper=self._folder)

    def _charge(self, more: int, size: int, packed: int | None) -> None:
        limits = self.limits
        self.total += more
        if self.total > limits.total_bytes:
            raise ArchiveLimit(limit="total bytes", bound=limits.total_bytes, actual=f"> {limits.total_bytes}")
        most = limits.member_bytes
        if size > most:
            raise ArchiveLimit(limit="bytes of one member", bound=most, actual=f"> {most}")
        if packed is not None and size > limits.ratio_from and size > packed * limits.ratio:
            raise ArchiveLimit(limit="ratio", bound=limits.ratio, actual=f"> {limits.ratio}")


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its safe name with `/`, and its content or the problem that kept it in."""

    name: str
    content: Content | None
    problem: DocumentError | None = None


def unpack(
    stream: BinaryIO, name: str, form: Format, store: Store, passwords: Sequence[str] = ()
) -> Iterator[Member | DocumentError]:
    """The members of an archive, in its own order; problems of the archive itself come between them.

    `name` is the archive's file name (a gz names its one member by it). Never raises for what the archive holds.
    """
    try:
        if form is Format.ZIP:
            yield from _unpack_zip(stream, store, passwords)
        elif form is Format.TAR:
            yield from _unpack_tar(_Watched(stream, _size(stream), store), store)
        else:
            yield from _unpack_stream(stream, name, form, store)
    except ArchiveLimit as limit:
        yield limit
    except _DAMAGED as damage:
        yield TruncatedFile(format=form.value, reason=_reason(damage))


def _reason(error: BaseException) -> str:
    return str(error) or type(error).__name__


# --- zip ---------------------------------------------------------------------------------------------------------


def _unpack_zip(stream: BinaryIO, store: Store, passwords: Sequence[str]) -> Iterator[Member | DocumentError]:
    with zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
        for info, name in zip(infos, zip_names(infos), strict=True):
            if name.endswith(("/", "\\")):
                continue
            store.count()
            safe = safe_name(name)
            mode = info.external_attr >> 16
            if safe is None or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
                yield UnsafeMemberName(member=name)
                continue
            yield _zip_member(archive, info, safe, store, passwords)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, store: Store, passwords: Sequence[str]
) -> Member:
    try:
        if info.flag_bits & 1:
            return Member(name, _decrypted(archive, info, store, passwords))
        with archive.open(info) as stream:
            return Member(name, store.keep(stream, info.compress_size))
    except ArchiveLimit:
        raise
    except DocumentError as problem:
        return Member(name, None, problem)
    except (*_DAMAGED, NotImplementedError, RuntimeError) as error:
        return Member(name, None, MemberNotRead(reason=_reason(error)))


def _decrypted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, store: Store, passwords: Sequence[str]) -> Content:
    if info.compress_type == _AES:
        raise EncryptedNotSupported(format="zip (AES)")
    if not passwords:
        raise PasswordNeeded(format="zip")
    for password in passwords:
        # Chinese Windows tools encode the password in GBK, others in UTF-8.
        for secret in dict.fromkeys((password.encode("utf-8"), password.encode("gb18030"))):
            try:
                with archive.open(info, pwd=secret) as stream:
                    return store.keep(stream, info.compress_size)
            except (RuntimeError, zipfile.BadZipFile, zlib.error):
                # The check of a zip password is one byte; a wrong one may pass it and then give rubbish.
                continue
    raise WrongPassword(format="zip", tried=len(passwords))


# --- tar, gz, bz2, xz ----------------------------------------------------------------------------------------------


def _unpack_tar(stream: _Watched, store: Store) -> Iterator[Member | DocumentError]:
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
        # The library ends without a word at a header that is cut off or damaged.
        if stream.block(archive.offset) != bytes(tarfile.BLOCKSIZE):
            yield TruncatedFile(format="tar", reason="the end mark is missing, members may be lost")


def _unpack_stream(stream: BinaryIO, name: str, form: Format, store: Store) -> Iterator[Member | DocumentError]:
    """A compressed stream: the members of the tar inside, or the one file that it is."""
    packed = _size(stream)
    opened = _decompressor(form, stream)
    head = opened.read(512)
    opened.seek(0)
    if head[257:262] == b"ustar":
        yield from _unpack_tar(_Watched(opened, packed, store), store)
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
