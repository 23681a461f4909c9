"""Which folders of a batch are months: those whose name states one, and those that have an audit.yaml.

    group/恒昌/2026-09          a company, a month
    group/恒昌/2026/10月        the year stands above
    group/2026-10/佳源          a company below a month, with an audit.yaml of its own
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditor.audit.batch.errors import BatchFolderUnreadable, CompanyWithoutMonth, NoMonths
from auditor.audit.errors import NoFolder
from auditor.audit.settings import FILE
from auditor.documents.collect import is_folder
from auditor.documents.no_documents import SETTINGS, ignored_reason, is_output
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.rules.folders import MANIFEST

DEEPEST = 4  # folders below the batch's own in which months are looked for
MOST_NAMED = 5  # files that a remark names
# 2026-10 and 202610, 2026年9月, 2026.9; not the day 2026-10-15, nor the six figures of a longer number
_MONTH = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\s*[-_.年]\s*(?P<month>1[0-2]|0?[1-9])|(?P<plain>1[0-2]|0[1-9]))"
    r"(?!\d)(?!\s*[-_.]\s*\d)(?!\s*月\s*\d)"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年?")
_MONTH_ALONE = re.compile(r"(?P<month>1[0-2]|0?[1-9])\s*月?")


@dataclass(frozen=True, slots=True)
class MonthFolder:
    """A folder to audit. `shown` is its path in the batch, with `/`; `company` what the folders above it are called;
    `period` the month that the names of the folders state, None if none does."""

    path: Path
    shown: str
    company: str
    period: str | None


@dataclass(frozen=True, slots=True)
class FoundFolders:
    """The months of a batch in the order of their paths, what is wrong with its folders, and what is left out."""

    months: tuple[MonthFolder, ...]
    problems: tuple[AuditorError, ...]
    remarks: tuple[Text, ...]


def find_months(root: Path, output: Path | None = None) -> FoundFolders:
    """The months below `root`; `output`, which may lie in it, is left out.

    Raises NoFolder if there is no such folder, and NoMonths if no folder of it is a month.
    """
    if not is_folder(root):
        raise NoFolder(Place(root.name), str(root))
    walk = _Walk(output.resolve() if output is not None else None)
    listed = walk.listed(root, "")
    if listed is None or (FILE in listed.files and not any(_is_settled(each) for each in listed.folders)):
        raise walk.problems[0] if walk.problems else NoMonths(Place(shown_root(root)))
    walk.below(root, listed, "", ())
    if not walk.months:
        raise NoMonths(Place(shown_root(root)))
    return FoundFolders(
        tuple(sorted(walk.months, key=lambda each: each.shown)), tuple(walk.problems), tuple(walk.remarks)
    )


def shown_root(root: Path) -> str:
    """The batch's own folder as messages name it."""
    return root.name or "."


def month_in(name: str, above: str = "") -> str | None:
    """The month that a folder's name states, as 2026-10; `above` is the name of the folder that it lies in, which may
    state the year."""
    found = _MONTH.search(name)
    if found:
        return f"{found['year']}-{int(found['month'] or found['plain']):02}"
    year, month = _YEAR.fullmatch(above.strip()), _MONTH_ALONE.fullmatch(name.strip())
    return f"{year['year']}-{int(month['month']):02}" if year and month else None


def _is_settled(folder: Path) -> bool:
    try:
        return (folder / FILE).is_file()
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class _Listed:
    folders: tuple[Path, ...]
    files: tuple[str, ...]


@dataclass
class _Walk:
    output: Path | None
    months: list[MonthFolder] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)
    remarks: list[Text] = field(default_factory=list)

    def listed(self, folder: Path, shown: str) -> _Listed | None:
        """The folders and files of a folder by name; None if nobody may look, which is a problem."""
        try:
            found = sorted(os.scandir(folder), key=lambda each: each.name)
        except OSError as error:
            self._unreadable(shown or shown_root(folder), error)
            return None
        folders: list[str] = []
        files: list[str] = []
        for each in found:
            if ignored_reason(each.name) is not None:
                continue
            try:
                (folders if each.is_dir() else files).append(each.name)
            except OSError as error:  # a link to itself
                self._unreadable(f"{shown}/{each.name}".lstrip("/"), error)
        return _Listed(tuple(folder / name for name in folders), tuple(files))

    def _unreadable(self, shown: str, error: OSError) -> None:
        self.problems.append(BatchFolderUnreadable(Place(shown), reason=error.strerror or type(error).__name__))

    def below(self, folder: Path, listed: _Listed, shown: str, trail: Sequence[str]) -> bool:
        """Look into the folders of a folder that is no month; whether a month is below it."""
        found, empty = False, []
        for each in listed.folders:
            path = f"{shown}/{each.name}".lstrip("/")
            if self.output is not None and each.resolve() == self.output:
                continue
            before = len(self.problems)
            state = self._visit(each, path, (*trail, each.name), folder.name)
            found = found or state is True
            if state is False and len(self.problems) == before:  # else it is told what could not be looked into
                empty.append(path)
        if found:
            beside = [each for each in listed.files if each not in SETTINGS]
            self.remarks += _left_out(shown, beside)
        if not trail:
            self.problems += [CompanyWithoutMonth(Place(each)) for each in empty]
        elif found:
            self.remarks += [
                Text(f"{each}: no folder of a month, left out", f"{each}：不是月份文件夹，未审核") for each in empty
            ]
        return found

    def _visit(self, folder: Path, shown: str, trail: tuple[str, ...], above: str) -> bool | None:
        """Whether the folder is a month or holds one; None if nothing is to be said of it."""
        listed = self.listed(folder, shown)
        if listed is None or MANIFEST in listed.files or is_output({*listed.files}):
            return None
        named, settled = month_in(folder.name, above), FILE in listed.files
        if settled or (named and not any(_is_settled(each) for each in listed.folders)):
            self.months.append(MonthFolder(folder, shown, _company(trail), named or month_in(above)))
            return True
        if any((each / MANIFEST).is_file() for each in listed.folders):
            return None  # rule sets of one's own
        return len(trail) < DEEPEST and self.below(folder, listed, shown, trail)


def _company(trail: Sequence[str]) -> str:
    """The names of the folders without what is but a month or a year in them."""
    parts = []
    for number, name in enumerate(trail):
        if _YEAR.fullmatch(name.strip()) or (number and not month_in(name) and month_in(name, trail[number - 1])):
            continue
        parts.append(_MONTH.sub("", name, count=1).strip(" -_.月") if month_in(name) else name)
    return "/".join(filter(None, parts))


def _left_out(shown: str, files: Sequence[str]) -> Iterator[Text]:
    if files:
        named = ", ".join(files[:MOST_NAMED]) + (" …" if len(files) > MOST_NAMED else "")
        where = shown or "."
        yield Text(
            f"{where}: files beside the months, left out: {len(files)} ({named})",
            f"{where}：月份文件夹之外的文件 {len(files)} 个未审核（{named}）",
        )
