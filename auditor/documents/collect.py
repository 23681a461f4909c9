"""The folder: every file of it, walked in a fixed order, hashed, unpacked, and accounted for.

Nothing is left out without a word: what is not read is in the list with its status and its reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from auditor.documents.archives import unpack
from auditor.documents.errors import ArchiveLimit, DocumentError, LinkOutside, UnfinishedDownload, UnreadableFile
from auditor.documents.identify import ARCHIVES, Format
from auditor.documents.no_documents import (
    LINKED_FOLDER,
    NO_FILE,
    NO_MEMBERS,
    OWN_OUTPUT,
    OWN_SETTINGS,
    SETTINGS,
    UNFINISHED,
    ignored_reason,
    is_output,
    of_a_folder,
)
from auditor.documents.sources import (
    SourceDocument,
    Status,
    document_at,
    document_of,
    examined,
    placed,
    shown_name,
    unreadable,
)
from auditor.documents.storage import Content, Limits, Member, Store, reason_of
from auditor.languages import Text

__all__ = ["SourceDocument", "Status", "collect", "collect_file", "document_at", "document_of", "is_folder"]


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
    if not is_folder(folder):
        raise UnreadableFile(shown_name(folder.name), reason="not a folder")
    walk = _Walk(folder.resolve(), limits or Limits(), passwords, output.resolve() if output else None, progress)
    found = sorted(walk.documents(), key=lambda document: document.path)
    return [replace(document, number=number) for number, document in enumerate(_duplicates_marked(found), 1)]


def collect_file(location: Path, *, passwords: Sequence[str] = ()) -> list[SourceDocument]:
    """One file, whatever its name; an archive with all that is in it, in the order of paths, numbered from 1."""
    walk = _Walk(location.parent.resolve(), Limits(), passwords, None, None)
    found = sorted(walk.single(location), key=lambda each: each.path)
    return [replace(document, number=number) for number, document in enumerate(_duplicates_marked(found), 1)]


def _duplicates_marked(documents: Sequence[SourceDocument]) -> Iterator[SourceDocument]:
    """The same bytes again are a duplicate of the first in the order of paths. Lost content is never a duplicate."""
    first: dict[str, str] = {}
    for document in documents:
        readable = document.status in (Status.DOCUMENT, Status.UNPACKED, Status.PARTLY, Status.NOT_RECOGNISED)
        if readable and first.setdefault(document.sha256, document.path) != document.path:
            yield replace(document, status=Status.DUPLICATE, duplicate_of=first[document.sha256])
        else:
            yield document


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
        self.taken: set[str] = set()

    def documents(self) -> Iterator[SourceDocument]:
        yield from self._folder(self.root, "", self._names(self.root, ""))

    def single(self, location: Path) -> Iterator[SourceDocument]:
        """One file, whatever its name."""
        path = shown_name(location.name)
        try:
            mode = location.stat().st_mode
        except OSError as error:
            yield unreadable(path, UnreadableFile(path, reason=reason_of(error)))
            return
        if stat.S_ISREG(mode):
            yield from self._top(location, path)
        else:
            yield unreadable(path, UnreadableFile(path, reason=NO_FILE.en))

    def _names(self, folder: Path, path: str) -> list[str] | SourceDocument:
        """What stands in a folder, or the folder as a document that does not open."""
        try:
            return [entry.name for entry in os.scandir(folder)]
        except OSError as error:
            shown = path or "./"
            return unreadable(shown, UnreadableFile(shown, reason=reason_of(error)))

    def _folder(self, folder: Path, prefix: str, names: list[str] | SourceDocument) -> Iterator[SourceDocument]:
        if isinstance(names, SourceDocument):
            yield names
            return
        for shown, name in sorted((shown_name(name), name) for name in names):
            yield from self._entry(folder / name, self._unique(prefix + shown), name)

    def _entry(self, location: Path, path: str, name: str) -> Iterator[SourceDocument]:
        try:
            mode = location.lstat().st_mode
        except OSError as error:
            yield unreadable(path, UnreadableFile(path, reason=reason_of(error)))
            return
        if stat.S_ISLNK(mode):
            try:
                target = location.resolve(strict=True)
                mode = target.stat().st_mode
            except (OSError, RuntimeError):  # it leads to nothing, to itself, or where nobody may look
                yield unreadable(path, LinkOutside(path))
                return
            if not target.is_relative_to(self.root):
                yield unreadable(path, LinkOutside(path))
                return
            if stat.S_ISDIR(mode):
                yield _ignored(path + "/", LINKED_FOLDER)
                return
        if stat.S_ISDIR(mode):
            yield from self._subfolder(location, path + "/", name)
        else:
            yield from self._file(location, path, name, mode)

    def _subfolder(self, location: Path, path: str, name: str) -> Iterator[SourceDocument]:
        names = self._names(location, path)
        reason = ignored_reason(name)
        if reason is None and (location == self.output or (isinstance(names, list) and is_output(names))):
            reason = OWN_OUTPUT
        if reason is None:
            yield from self._folder(location, path, names)
        else:
            yield _ignored(path, of_a_folder(reason, sum(len(files) for _, _, files in os.walk(location))))

    def _file(self, location: Path, path: str, name: str, mode: int) -> Iterator[SourceDocument]:
        reason = ignored_reason(name)
        if not stat.S_ISREG(mode):
            reason = NO_FILE
        elif path in SETTINGS:
            reason = OWN_SETTINGS
        if reason is not None:
            yield _ignored(path, reason)
        elif name.lower().endswith(UNFINISHED):
            yield unreadable(path, UnfinishedDownload(path))
        else:
            yield from self._top(location, path)

    def _top(self, location: Path, path: str) -> Iterator[SourceDocument]:
        """A file of the folder itself, which may be an archive."""
        document = examined(path, Content(location=location))
        self.store.next_file(document.size)
        yield from self._document(document, 0)

    def _document(self, document: SourceDocument, depth: int) -> Iterator[SourceDocument]:
        if self.progress:
            self.progress(document.path)
        if document.format not in ARCHIVES or document.status is not Status.DOCUMENT:
            yield document
        elif document.sha256 in self.archives:
            yield replace(document, status=Status.DUPLICATE, duplicate_of=self.archives[document.sha256])
        elif depth >= self.limits.depth:
            limit = ArchiveLimit(document.path, limit="depth", bound=self.limits.depth, actual=depth + 1)
            yield replace(document, status=Status.UNREADABLE, problems=(limit,))
        else:
            self.archives[document.sha256] = document.path
            yield from self._members(document, depth)

    def _members(self, document: SourceDocument, depth: int) -> Iterator[SourceDocument]:
        problems: list[DocumentError] = []
        members = 0
        try:
            with document.open() as stream:
                for member in unpack(stream, document.name, document.format, self.store, self.passwords):
                    if isinstance(member, DocumentError):
                        problems.append(placed(member, document.path))
                    else:
                        members += 1
                        yield from self._member(member, document.path, depth)
            document.check_unchanged()
        except DocumentError as problem:
            problems.append(problem)
        status = Status.UNPACKED
        if problems:
            status = Status.PARTLY if members else Status.UNREADABLE
        reason = None if members or problems else NO_MEMBERS
        yield replace(document, status=status, problems=tuple(problems), reason=reason)

    def _member(self, member: Member, archive: str, depth: int) -> Iterator[SourceDocument]:
        path = self._unique(f"{archive}/{member.name}")
        reason = next(filter(None, map(ignored_reason, member.name.split("/"))), None)
        if reason is not None:
            yield _ignored(path, reason)
        elif member.content is None:
            assert member.problem is not None
            yield unreadable(path, placed(member.problem, path))
        else:
            yield from self._document(examined(path, member.content), depth + 1)

    def _unique(self, path: str) -> str:
        """Two names that are one in NFC, two members of one name, a member beside what came out of another archive:
        told apart by a number, since a path names one document."""
        candidate, count = path, 1
        while candidate in self.taken:
            count += 1
            candidate = f"{path} ({count})"
        self.taken.add(candidate)
        return candidate


def is_folder(path: Path) -> bool:
    """Whether this is a folder as far as can be seen: behind a door that is shut nothing is."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _ignored(path: str, reason: Text) -> SourceDocument:
    return SourceDocument(0, path, 0, "", Format.UNKNOWN, Status.IGNORED, reason=reason)
