"""The only finder of the data folders `rules/` and `reports/`, and of layouts and record types of one's own.

The program brings layouts and record types; a user may put more beside them without touching what is installed: in a
rule set of his own, or in a folder that audit.yaml or the command line names. `using` says which of these hold for an
audit; they are looked for after those that are shipped, and one of the same name takes the place of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent

Kind = Literal["layouts", "records"]
KINDS: tuple[Kind, ...] = ("records", "layouts")


def _data_folder(name: str) -> Path:
    """The folder as the wheel carries it (`auditor/_data/NAME`), else as the checkout has it."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def rules_folder() -> Path:
    """Record types, layouts, calendars and rule sets."""
    return _data_folder("rules")


def reports_folder() -> Path:
    """Templates, stylesheet, script and words of the reports."""
    return _data_folder("reports")


# --- layouts and record types -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DataFile:
    """A layout or record type: its name within its folder (`bank/local`), how messages name the file, and the file.

    `stamp` (size, time of change) tells two versions of one file apart; `own` says that the program did not bring it.
    """

    name: str
    shown: str
    path: Path
    own: bool = False
    stamp: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Layouts and record types of one's own, later ones before earlier. May be sent to a worker and used as a key."""

    layouts: tuple[DataFile, ...] = ()
    records: tuple[DataFile, ...] = ()

    def __add__(self, other: OwnFiles) -> OwnFiles:
        return OwnFiles(self.layouts + other.layouts, self.records + other.records)

    @staticmethod
    def of(kind: Kind, folder: Path, shown: str) -> OwnFiles:
        """All YAML files of a folder and the folders in it; messages name the folder `shown`."""
        found = tuple(_own_file(path, folder, shown) for path in sorted(folder.rglob("*.yaml")) if path.is_file())
        return OwnFiles(layouts=found) if kind == "layouts" else OwnFiles(records=found)


def _own_file(path: Path, folder: Path, shown: str) -> DataFile:
    within, state = path.relative_to(folder), path.stat()
    name = within.with_suffix("").as_posix()
    return DataFile(name, f"{shown}/{within.as_posix()}", path.resolve(), True, (state.st_size, state.st_mtime_ns))


NONE = OwnFiles()
_OWN: ContextVar[OwnFiles] = ContextVar("own files", default=NONE)


def own_files() -> OwnFiles:
    """The layouts and record types of one's own that hold now."""
    return _OWN.get()


@contextmanager
def using(own: OwnFiles) -> Iterator[None]:
    """What is loaded inside of this takes these layouts and record types besides those that are shipped."""
    token = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(token)


def data_files(kind: Kind) -> Mapping[str, DataFile]:
    """The layouts or record types that hold now, by name in the order of names."""
    folder = rules_folder() / kind
    shipped = (_shipped(path, folder) for path in folder.rglob("*.yaml"))
    own = own_files().layouts if kind == "layouts" else own_files().records
    found = {each.name: each for each in (*shipped, *own)}
    return dict(sorted(found.items()))


def _shipped(path: Path, folder: Path) -> DataFile:
    within = path.relative_to(folder)
    return DataFile(within.with_suffix("").as_posix(), within.as_posix(), path)
