"""A document as collecting finds it: where its bytes are, what they are, and their hash."""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from auditor import interrupts
from auditor.documents.errors import DocumentError, FileChanged, UnreadableFile, WorkerFailed
from auditor.documents.identify import ARCHIVES, Format, identify, unusable
from auditor.documents.member_names import decode_name
from auditor.documents.storage import CHUNK, Content, reason_of
from auditor.languages import Text

_SURE_AFTER = 2_000_000_000  # ns: file systems keep times so coarsely that a younger file may change unseen


class Status(StrEnum):
    """What collecting found out about a file."""

    DOCUMENT = "document"  # to be read
    UNPACKED = "unpacked"  # an archive: its members are in the list
    PARTLY = "partly unpacked"  # an archive of which some members are in the list, and others are lost
    DUPLICATE = "duplicate"  # the same bytes as an earlier document
    IGNORED = "ignored"  # no document, for the reason given
    NOT_RECOGNISED = "not recognised"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One file, or one member of an archive (`bills.zip/C01.xlsx`).

    `path` is relative to the folder, in NFC, with `/`. `sha256` and `content` are empty where the bytes were not to be
    had. `reason` says why it is ignored; `duplicate_of` is the path of the first with the same bytes.
    """

    number: int
    path: str
    size: int
    sha256: str
    format: Format
    status: Status
    content: Content | None = None
    reason: Text | None = None
    duplicate_of: str | None = None
    problems: tuple[DocumentError, ...] = ()
    stamp: tuple[int, ...] = ()  # of the file when it was hashed: what changes with its bytes

    @property
    def is_container(self) -> bool:
        """An archive, or a folder that does not open: what is lost of it may be any document."""
        return self.format in ARCHIVES or self.path.endswith("/")

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def location(self) -> Path | None:
        """The file that holds the bytes, if they are in one: for what reads files in bulk."""
        return self.content.location if self.content else None

    def open(self) -> BinaryIO:
        """The bytes as a seekable stream; the caller closes it. Raises UnreadableFile."""
        if self.content is None:
            raise UnreadableFile(self.path, reason="no content")
        try:
            return self.content.open()
        except OSError as error:
            raise UnreadableFile(self.path, reason=reason_of(error)) from error

    def as_it_is_now(self) -> SourceDocument:
        """A document to be read, or what has become of it if the file has been written to since it was collected."""
        if self.status is not Status.DOCUMENT or self.location is None or not self.stamp:
            return self
        try:
            same = self.stamp == _stamp(self.location)
        except OSError:
            return self  # it is gone: reading says so
        return self if same else replace(examined(self.path, Content(location=self.location)), number=self.number)

    def check_unchanged(self) -> None:
        """Raises FileChanged if the file no longer has the bytes that `sha256` names. Call it after reading."""
        if self.location is None or not self.stamp:
            return
        try:
            if self.stamp != _stamp(self.location) and _digest(self.location) != self.sha256:
                raise FileChanged(self.path)
        except OSError as error:
            raise FileChanged(self.path) from error

    def read(self) -> bytes:
        """All the bytes. Raises UnreadableFile."""
        with self.open() as stream:
            try:
                return stream.read()
            except OSError as error:
                raise UnreadableFile(self.path, reason=reason_of(error)) from error


def document_of(data: bytes, path: str) -> SourceDocument:
    """A document from bytes in memory."""
    return examined(path, Content(data=data))


def document_at(location: Path, path: str | None = None) -> SourceDocument:
    """A document from one file; `path` is how it is shown, its name if not given."""
    return examined(path or location.name, Content(location=location))


def examined(path: str, content: Content) -> SourceDocument:
    """Hashed and identified."""
    try:
        stamp = _stamp(content.location) if content.location and content.keeper is None else ()
        with content.open() as stream:
            digest, size = _hashed(stream)
            form = identify(stream, size)
    except OSError as error:
        return unreadable(path, UnreadableFile(path, reason=reason_of(error)))
    except Exception as error:  # noqa: BLE001 - a file that the code is wrong about must not end the run
        interrupts.check()
        words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return unreadable(path, WorkerFailed(path, reason=words))
    problem = unusable(form, size)
    status = Status.DOCUMENT
    if problem is not None:
        lost = form in (Format.EMPTY, Format.ZEROS, Format.SHORTCUT)
        status = Status.UNREADABLE if lost else Status.NOT_RECOGNISED
    problems = (placed(problem, path),) if problem else ()
    return SourceDocument(0, path, size, digest, form, status, content, problems=problems, stamp=stamp)


def _hashed(stream: BinaryIO) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while piece := stream.read(CHUNK):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _digest(location: Path) -> str:
    with location.open("rb") as stream:
        return _hashed(stream)[0]


def _stamp(location: Path) -> tuple[int, ...]:
    """What changes when a file is written to. One written a moment ago has a stamp that equals no other: its times
    could not tell a change."""
    about = location.stat()
    young = time.time_ns() - max(about.st_mtime_ns, about.st_ctime_ns) < _SURE_AFTER
    return (about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns, time.monotonic_ns() if young else 0)


def unreadable(path: str, problem: DocumentError) -> SourceDocument:
    """What gives no bytes at all."""
    return SourceDocument(0, path, 0, "", Format.UNKNOWN, Status.UNREADABLE, problems=(problem,))


def placed(problem: DocumentError, path: str) -> DocumentError:
    """The same problem with its place."""
    return problem if problem.place else type(problem)(path, problem.found, **problem.values)


def shown_name(name: str) -> str:
    """A file name as reports show it, whatever the locale: NFC, its bytes as UTF-8, else (GBK names unpacked raw) as
    GB18030, else with escapes."""
    if os.name != "nt":
        name = decode_name(os.fsencode(name))
    return unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
