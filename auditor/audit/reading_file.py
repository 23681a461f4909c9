"""Where the confirmed readings of a company stand: the file that audit.yaml names, else the nearest `reading.yaml`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePath

from auditor.audit.errors import NoReadings
from auditor.audit.settings import Settings
from auditor.documents.readings.loader import FILE, ReadingFile, load_readings
from auditor.records.model import RecordType

LEVELS_ABOVE = 3  # folders above a file in which audit.yaml and reading.yaml are looked for


def reading_file(
    folder: Path, settings: Settings, types: Mapping[str, RecordType], *, may_be_new: bool = False
) -> ReadingFile:
    """The answers that hold for an audited folder: of the file that `reading:` in its audit.yaml names (relative to
    it), else of the `reading.yaml` in the folder or, where it has none, in the nearest of the three above it.

    Where there is none, the result has no `path`, or with `may_be_new` that which a first answer is to have. Raises
    NoReadings if audit.yaml names a file that is not there, unless it `may_be_new`.
    """
    named = settings.file.reading
    if named is not None:
        path = folder / named
        if not _is_file(path) and not may_be_new:
            raise NoReadings(settings.place("reading"), named)
    else:
        start = folder.resolve()
        near = [each / FILE for each in (start, *start.parents)[: LEVELS_ABOVE + 1]]
        path = next((each for each in near if _is_file(each)), folder / FILE)
    shown = PurePath(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    if _is_file(path):
        return load_readings(path, types, shown)
    return ReadingFile(path=path if may_be_new else None, shown=shown)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # where nobody may look nothing is settled
