"""What is unpacked: the bytes of documents, where they are kept, and the bounds on all of it.

A member is never written under its own name: it is kept in memory or in a numbered file of a temporary folder, so a
hostile name has nothing to reach.
"""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from auditor.documents.errors import ArchiveLimit, DocumentError

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what archives may hold, over all archives of a folder together. Sizes are unpacked bytes.

    `ratio` (unpacked to packed) counts only above `ratio_from` bytes, since small text packs very well: for each
    member, and for all that comes out of one file of the folder, so that many small members or archives in archives do
    not fill the disk either.
    Members up to `in_memory` bytes are kept in memory, up to `memory_total` together; others in temporary files.
    """

    members: int = 50_000
    total_bytes: int = 4 << 30
    member_bytes: int = 2 << 30
    ratio: int = 100
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
        self._out_of_file = 0
        self._most_of_file = limits.total_bytes
        self._memory = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files = 0

    def next_file(self, size: int) -> None:
        """Another file of the folder, of `size` bytes: what comes out of it is held to the ratio."""
        self._out_of_file = 0
        self._most_of_file = max(self.limits.ratio_from, size * self.limits.ratio)

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
        self._out_of_file += more
        if self.total > limits.total_bytes:
            raise ArchiveLimit(limit="total bytes", bound=limits.total_bytes, actual=f"> {limits.total_bytes}")
        most = limits.member_bytes
        if size > most:
            raise ArchiveLimit(limit="bytes of one member", bound=most, actual=f"> {most}")
        too_much = packed is not None and size > limits.ratio_from and size > packed * limits.ratio
        if too_much or self._out_of_file > self._most_of_file:
            raise ArchiveLimit(limit="ratio", bound=limits.ratio, actual=f"> {limits.ratio}")


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its safe name with `/`, and its content or the problem that kept it in."""

    name: str
    content: Content | None
    problem: DocumentError | None = None


def reason_of(error: BaseException) -> str:
    """A library's words; the system's without the path, which may be absolute."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
