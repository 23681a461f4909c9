"""The folder: every file of it, walked in a fixed order, hashed, unpacked, and accounted for.

Nothing is left out without a word: what is not read is in the list with its status and its reason.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from auditor.documents.archives import CHUNK, Content, Limits, Store, unpack
from auditor.documents.errors import (
    ArchiveLimit,
    DocumentError,
    LinkOutside,
    UnfinishedDownload,
    UnreadableFile,
)
from auditor.documents.identify import ARCHIVES, Format, identify, unusable
from auditor.documents.member_names import decode_name
from auditor.languages import Text

SETTINGS = "audit.yaml"


class Status(StrEnum):
    """What collecting found out about a file."""

    DOCUMENT = "document"  # to be read
    UNPACKED = "unpacked"  # an archive: its members are in the list
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
            raise UnreadableFile(self.path, reason=_os_reason(error)) from error

    def read(self) -> bytes:
        """All the bytes. Raises UnreadableFile."""
        with self.open() as stream:
            try:
                return stream.read()
            except OSError as error:
                raise UnreadableFile(self.path, reason=_os_reason(error)) from error


def document_of(data: bytes, path: str) -> SourceDocument:
    """A document from bytes in memory."""
    return _examined(path, Content(data=data))


def document_at(location: Path, path: str | None = None) -> SourceDocument:
    """A document from one file; `path` is how it is shown, its name if not given."""
    return _examined(path or location.name, Content(location=location))


def collect(
    folder: Path,
    *,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
    output: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[SourceDocument]:
    """All files of `folder` and of the archives in it, in the order of their paths, numbered from 1.

    `output` is the audit's own output folder, which is left out (as is any folder that holds an earlier audit).
    Raises UnreadableFile if the folder itself is not there; everything below it becomes a status or a problem.
    """
    if not folder.is_dir():
        raise UnreadableFile(folder.name, reason="not a folder")
    walk = _Walk(folder.resolve(), limits or Limits(), passwords, output.resolve() if output else None, progress)
    found = sorted(walk.documents(), key=lambda document: document.path)
    return [replace(document, number=number) for number, document in enumerate(_duplicates_marked(found), 1)]


def collect_file(location: Path, *, passwords: Sequence[str] = ()) -> list[SourceDocument]:
    """One file, whatever its name; an archive with all that is in it, in the order of paths, numbered from 1."""
    walk = _Walk(location.parent.resolve(), Limits(), passwords, None, None)
    found = sorted(walk._document(_shown(location.name), Content(location=location), 0), key=lambda each: each.path)
    return [replace(document, number=number) for number, document in enumerate(_duplicates_marked(found), 1)]


def _duplicates_marked(documents: Sequence[SourceDocument]) -> Iterator[SourceDocument]:
    """The same bytes again are a duplicate of the first in the order of paths. Lost content is never a duplicate."""
    first: dict[str, str] = {}
    for document in documents:
        readable = document.status in (Status.DOCUMENT, Status.UNPACKED, Status.NOT_RECOGNISED)
        if readable and first.setdefault(document.sha256, document.path) != document.path:
            yield replace(document, status=Status.DUPLICATE, duplicate_of=first[document.sha256])
        else:
            yield document


# --- what is no document ---------------------------------------------------------------------------------------------

_SYSTEM_FILES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "autorun.inf"})
_SYSTEM_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information", "@eadir", "lost+found"})
_UNFINISHED = (".crdownload", ".part", ".download", ".baiduyun.downloading", ".downloading", ".td", ".opdownload")

_LOCK = Text("lock file of an open workbook", "已打开工作簿的锁定文件")
_SYSTEM = Text("file of the operating system", "操作系统文件")
_HIDDEN = Text("hidden file", "隐藏文件")
_NOTES = Text("notes about the folder, no document", "文件夹说明，不是单据")
_OWN_SETTINGS = Text("settings of this audit", "本次审计的设置文件")
_OWN_OUTPUT = Text("output of an audit", "审计输出文件夹")
_NO_FILE = Text("not a plain file (a device, pipe or socket)", "不是普通文件（设备、管道或套接字）")
_LINKED_FOLDER = Text("link to a folder that is read at its own place", "指向文件夹内其他位置的链接，已在原处读取")


def ignored_reason(name: str) -> Text | None:
    """Why a file or folder of this name is no document; None if it may be one."""
    lower = name.lower()
    if lower.startswith(("~$", ".~")):
        return _LOCK
    if lower in _SYSTEM_FILES or lower in _SYSTEM_FOLDERS or lower in (".ds_store", ".localized") or lower[:2] == "._":
        return _SYSTEM
    if lower.endswith(".md") or lower.partition(".")[0] in ("readme", "说明", "自述"):
        return _NOTES
    return _HIDDEN if lower.startswith(".") else None


def _hidden_folder(reason: Text, files: int) -> Text:
    return Text(f"{reason.en}, a folder of {files} files", f"{reason.zh}（文件夹，共 {files} 个文件）")


def _is_output(folder: Path) -> bool:
    return (folder / "audit.duckdb").is_file() or (
        (folder / "findings.json").is_file() and (folder / "report.html").is_file()
    )


# --- the walk -------------------------------------------------------------------------------------------------------


class _Walk:
    def __init__(
        self,
        root: Path,
        limits: Limits,
        passwords: Sequence[str],
        output: Path | None,
        progress: Callable[[str], None] | None,
    ) -> None:
        self.root, self.limits, self.passwords, self.output = root, limits, passwords, output
        self.progress = progress
        self.store = Store(limits)
        self.archives: dict[str, str] = {}

    def documents(self) -> Iterator[SourceDocument]:
        yield from self._folder(self.root, "")

    def _folder(self, folder: Path, prefix: str) -> Iterator[SourceDocument]:
        try:
            entries = [(_shown(entry.name), entry.name) for entry in os.scandir(folder)]
        except OSError as error:
            yield _unreadable(prefix or "./", UnreadableFile(prefix or "./", reason=_os_reason(error)))
            return
        taken: set[str] = set()
        for shown, name in sorted(entries):
            unique = _unique(prefix + shown, taken)
            yield from self._entry(folder / name, unique, name)

    def _entry(self, location: Path, path: str, name: str) -> Iterator[SourceDocument]:
        try:
            mode = location.lstat().st_mode
            if stat.S_ISLNK(mode):
                target = location.resolve(strict=True)
                if not target.is_relative_to(self.root):
                    yield _unreadable(path, LinkOutside(path))
                    return
                mode = target.stat().st_mode
                if stat.S_ISDIR(mode):
                    yield _ignored(path + "/", _LINKED_FOLDER)
                    return
        except (OSError, RuntimeError):
            yield _unreadable(path, LinkOutside(path))
            return
        if stat.S_ISDIR(mode):
            yield from self._subfolder(location, path + "/", name)
        else:
            yield from self._file(location, path, name, mode)

    def _subfolder(self, location: Path, path: str, name: str) -> Iterator[SourceDocument]:
        reason = ignored_reason(name)
        if reason is None and (location == self.output or _is_output(location)):
            reason = _OWN_OUTPUT
        if reason is None:
            yield from self._folder(location, path)
        else:
            yield _ignored(path, _hidden_folder(reason, sum(len(files) for _, _, files in os.walk(location))))

    def _file(self, location: Path, path: str, name: str, mode: int) -> Iterator[SourceDocument]:
        reason = ignored_reason(name)
        if not stat.S_ISREG(mode):
            reason = _NO_FILE
        elif path == SETTINGS:
            reason = _OWN_SETTINGS
        if reason is not None:
            yield _ignored(path, reason)
        elif name.lower().endswith(_UNFINISHED):
            yield _unreadable(path, UnfinishedDownload(path))
        else:
            yield from self._document(path, Content(location=location), 0)

    def _document(self, path: str, content: Content, depth: int) -> Iterator[SourceDocument]:
        if self.progress:
            self.progress(path)
        document = _examined(path, content)
        if document.format not in ARCHIVES or document.status is not Status.DOCUMENT:
            yield document
        elif document.sha256 in self.archives:
            yield replace(document, status=Status.DUPLICATE, duplicate_of=self.archives[document.sha256])
        elif depth >= self.limits.depth:
            limit = ArchiveLimit(path, limit="depth", bound=self.limits.depth, actual=depth + 1)
            yield replace(document, status=Status.UNREADABLE, problems=(limit,))
        else:
            self.archives[document.sha256] = path
            yield from self._members(document, depth)

    def _members(self, document: SourceDocument, depth: int) -> Iterator[SourceDocument]:
        problems: list[DocumentError] = []
        taken: set[str] = set()
        members = 0
        with document.open() as stream:
            for member in unpack(stream, document.name, document.format, self.store, self.passwords):
                if isinstance(member, DocumentError):
                    problems.append(_placed(member, document.path))
                    continue
                members += 1
                path = _unique(f"{document.path}/{member.name}", taken)
                reason = next(filter(None, map(ignored_reason, member.name.split("/"))), None)
                if reason is not None:
                    yield _ignored(path, reason)
                elif member.content is None:
                    assert member.problem is not None
                    yield _unreadable(path, _placed(member.problem, path))
                else:
                    yield from self._document(path, member.content, depth + 1)
        lost = bool(problems) and members == 0
        status = Status.UNREADABLE if lost else Status.UNPACKED
        yield replace(document, status=status, problems=tuple(problems))


def _examined(path: str, content: Content) -> SourceDocument:
    """Hashed and identified."""
    try:
        with content.open() as stream:
            digest = hashlib.sha256()
            size = 0
            while piece := stream.read(CHUNK):
                digest.update(piece)
                size += len(piece)
            form = identify(stream, size)
    except OSError as error:
        return _unreadable(path, UnreadableFile(path, reason=_os_reason(error)))
    problem = unusable(form, size)
    status = Status.DOCUMENT
    if problem is not None:
        lost = form in (Format.EMPTY, Format.ZEROS, Format.SHORTCUT)
        status = Status.UNREADABLE if lost else Status.NOT_RECOGNISED
    problems = (_placed(problem, path),) if problem else ()
    return SourceDocument(0, path, size, digest.hexdigest(), form, status, content, problems=problems)


def _unreadable(path: str, problem: DocumentError) -> SourceDocument:
    return SourceDocument(0, path, 0, "", Format.UNKNOWN, Status.UNREADABLE, problems=(problem,))


def _ignored(path: str, reason: Text) -> SourceDocument:
    return SourceDocument(0, path, 0, "", Format.UNKNOWN, Status.IGNORED, reason=reason)


def _placed(problem: DocumentError, path: str) -> DocumentError:
    """The same problem with its place."""
    return problem if problem.place else type(problem)(path, problem.found, **problem.values)


def _unique(path: str, taken: set[str]) -> str:
    """Two names that are one in NFC, or two members of one name, are told apart by a number."""
    candidate, count = path, 1
    while candidate in taken:
        count += 1
        candidate = f"{path} ({count})"
    taken.add(candidate)
    return candidate


def _shown(name: str) -> str:
    """A file name as reports show it: NFC, and bytes that are no UTF-8 (GBK names unpacked raw) read as GB18030."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        name = decode_name(os.fsencode(name))
    return unicodedata.normalize("NFC", name)


def _os_reason(error: OSError) -> str:
    """The system's words without the absolute path, which must not get into a report."""
    return error.strerror or type(error).__name__
