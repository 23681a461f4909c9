"""The period-end package: what is to be printed and signed, with the company's own documents, as a folder and a zip.

package/index.html               what belongs to it, what is there, what is missing and why; who signs
package/statements/NAME.html     each statement as pages to be printed
package/statements.xlsx          all of them as sheets
package/documents/...            the company's own documents, byte for byte
package/manifest.json            each file with its size and SHA-256
package.zip                      the folder, byte for byte the same each time
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic_core import to_json

from auditor.findings.model import AuditResult, DocumentSummary, PackageItem, Statement, StatementNotMade
from auditor.languages import Text
from auditor.reports.html import package_page, statement_pages
from auditor.reports.words import words
from auditor.reports.xlsx import write_statements

FOLDER, ARCHIVE = "package", "package.zip"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can state: its files have no dates of their own
_FILE_MODE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A document of the company in the package: where it lies there, and why it could not be copied, if so."""

    path: str
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A line of the package's list of contents."""

    title: Text
    page: str | None  # of the statement, below the package
    statements: tuple[Statement, ...] = ()
    reason: Text | None = None  # why the statement is not there
    own: tuple[OwnFile, ...] = ()
    wants_own: bool = False


@dataclass(slots=True)
class Package:
    """What the list of contents shows: what must be there, what else is there, and every file."""

    lines: list[PackageLine] = field(default_factory=list)
    others: list[PackageLine] = field(default_factory=list)
    files: list[tuple[str, int, str]] = field(default_factory=list)  # path, bytes, SHA-256


def write_package(result: AuditResult, source: Path, output: Path, lang: str) -> None:
    """Write the package of an audit of the folder `source` into `output`, in `lang` (zh or en). A document that is gone
    or has changed since it was read is listed with that, and left out."""
    folder = output / FOLDER
    (folder / "statements").mkdir(parents=True)
    pages = statement_pages(result, lang)
    for name, page in pages.items():
        (folder / _page(name)).write_text(page, encoding="utf-8", newline="\n")
    if result.statements:
        write_statements(result, folder / "statements.xlsx", lang)
    package = _contents(result, pages, _Copies(result.documents, source, folder))
    package.files = list(_files(folder))
    (folder / "index.html").write_text(package_page(result, package, lang), encoding="utf-8", newline="\n")
    (folder / "manifest.json").write_bytes(to_json(_manifest(result, package), indent=1) + b"\n")
    _zipped(folder, output / ARCHIVE)


def _page(name: str) -> str:
    return f"statements/{name}.html"


def _contents(result: AuditResult, pages: Mapping[str, str], copies: _Copies) -> Package:
    items = result.headlines.package
    named = {each.statement for each in items}
    package = Package([_line(each, result, pages, copies) for each in items])
    for name in pages:
        if name not in named:
            made = _made(result, name)
            package.others.append(PackageLine(made[0].title, _page(name), made))
    for each in result.not_made:
        if each.name not in named:
            package.others.append(PackageLine(each.title, None, reason=each.reason))
    return package


def _line(item: PackageItem, result: AuditResult, pages: Mapping[str, str], copies: _Copies) -> PackageLine:
    name = item.statement
    unmade = next((each for each in result.not_made if each.name == name), None)
    return PackageLine(
        item.title,
        _page(name) if name is not None and name in pages else None,
        _made(result, name) if name else (),
        _reason(name, name in pages, unmade),
        copies.of(item.documents),
        bool(item.documents),
    )


def _made(result: AuditResult, name: str) -> tuple[Statement, ...]:
    return tuple(each for each in result.statements if each.id.partition("/")[0] == name)


def _reason(name: str | None, made: bool, unmade: StatementNotMade | None) -> Text | None:
    if name is None or made:
        return None
    return unmade.reason if unmade is not None else words()["nothing_listed"]


class _Copies:
    """Copies the company's documents into the package, each once."""

    def __init__(self, documents: Sequence[DocumentSummary], source: Path, folder: Path) -> None:
        self._documents, self._source, self._folder = documents, source, folder
        self._known = {each.path: each for each in documents}
        self._copied: dict[str, OwnFile] = {}

    def of(self, types: Sequence[str]) -> tuple[OwnFile, ...]:
        """The documents with records of these types, and copies of them; of what lies in an archive, the archive."""
        same = {each.sha256 for each in self._documents if any(each.records.get(name) for name in types)}
        paths = {self._file_of(each.path) for each in self._documents if each.sha256 in same}
        return tuple(self._copy(path) for path in sorted(paths))

    def _file_of(self, path: str) -> str:
        """The file in the folder that a document is, or lies in."""
        parts = path.split("/")
        for count in range(1, len(parts)):
            if (self._source / "/".join(parts[:count])).is_file():
                return "/".join(parts[:count])
        return path

    def _copy(self, path: str) -> OwnFile:
        if path not in self._copied:
            self._copied[path] = OwnFile(f"documents/{path}", self._trouble(path))
        return self._copied[path]

    def _trouble(self, path: str) -> Text | None:
        """Copy a file; why that could not be done, None if it was."""
        source, target = self._source / path, self._folder / "documents" / path
        if not source.is_file():
            return words()["package_gone"]
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(source, target)
        except OSError as error:
            target.unlink(missing_ok=True)
            reason = error.strerror or type(error).__name__
            return Text(reason, reason)
        known = self._known.get(path)
        if known is not None and known.sha256 != _digest(target):
            target.unlink()
            return words()["package_changed"]
        return None


def _files(folder: Path) -> Iterator[tuple[str, int, str]]:
    """All files below the folder in the order of their names: name, bytes, SHA-256."""
    for name in sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()):
        yield name, (folder / name).stat().st_size, _digest(folder / name)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _manifest(result: AuditResult, package: Package) -> dict[str, object]:
    return {
        "entity": result.audit.entity,
        "period": [day.isoformat() for day in result.audit.period],
        "rules": result.audit.rules,
        "auditor": result.audit.auditor,
        "items": [_as_data(each) for each in package.lines],
        "others": [_as_data(each) for each in package.others],
        "files": [{"path": path, "bytes": size, "sha256": digest} for path, size, digest in package.files],
    }


def _as_data(line: PackageLine) -> dict[str, object]:
    return {
        "title": line.title.as_dict(),
        "page": line.page,
        "statements": [each.id for each in line.statements],
        "reason": line.reason.as_dict() if line.reason else None,
        "documents": [
            {"path": each.path, "reason": each.reason.as_dict() if each.reason else None} for each in line.own
        ],
    }


def _zipped(folder: Path, archive: Path) -> None:
    """The folder as a zip: names in order, without dates, not packed, so that no library's version shows."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()):
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.create_system, info.external_attr = 3, _FILE_MODE  # as on Unix, wherever it is made
            with (folder / name).open("rb") as stream, target.open(info, "w") as member:
                shutil.copyfileobj(stream, member)
