"""The output folder: everything is written beside the old files first and takes their place when it is whole.

OUTPUT/.auditor-XXXX/            what this run writes; a run that dies leaves it behind, and the next one removes it
OUTPUT/.auditor-XXXX/lock        held while the run lives
OUTPUT/.auditor-XXXX/before/     the old files, while the new ones take their place

An old package stays where a run writes no new one.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from auditor import interrupts
from auditor.audit.errors import OutputBusy, OutputNotWritable

NAMES = ("audit.duckdb", "report.html", "report.xlsx", "findings.json")
PACKAGE = ("package", "package.zip")  # only where one is asked for
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if hasattr(errno, "EDQUOT") else (errno.ENOSPC, errno.EFBIG)
_PREFIX = ".auditor-"
_BEFORE, _DONE = "before", "done"


@contextmanager
def whole_or_not_at_all(output: Path, names: Sequence[str] = NAMES) -> Iterator[Path]:
    """A scratch folder whose files (those of `names`) take their place in `output` if the block ends well, and vanish
    if it does not.

    Other files of `output`, which a person may have put there, stay. Raises OutputNotWritable, or OutputBusy if another
    run is writing into the folder.
    """
    with interrupts.held():
        made = _made(output)
        try:
            _clear(output)
            scratch = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=output))
            lock = (scratch / "lock").open("wb")
            _locked(lock)
        except OSError as error:
            _unmake(made)
            raise OutputNotWritable(None, str(output), reason=_reason(error)) from error
    try:
        interrupts.check()
        yield scratch
        with interrupts.held():
            interrupted = not _take_places(scratch, output, names)
            if not interrupted:
                made = []
                interrupts.now_written()
        if interrupted:
            interrupts.check()
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise OutputNotWritable(None, str(output), reason=_reason(error)) from error
    finally:
        with interrupts.held():
            lock.close()
            shutil.rmtree(scratch, ignore_errors=True)
            _unmake(made)


def _made(output: Path) -> list[Path]:
    """Make the folder; the folders that were not there before, innermost first."""
    missing = [each for each in (output, *output.parents) if not each.exists()]
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(None, str(output), reason=_reason(error)) from error
    return missing


def _unmake(folders: list[Path]) -> None:
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


# --- what an earlier run left ---


def _clear(output: Path) -> None:
    """Remove what runs that died have left; the old files go back to their places if one died while it moved them."""
    for scratch in sorted(each for each in output.iterdir() if each.name.startswith(_PREFIX) and each.is_dir()):
        if _alive(scratch):
            raise OutputBusy(None, str(output))
        if (scratch / _BEFORE).is_dir():
            _put_back(scratch, output)
        shutil.rmtree(scratch, ignore_errors=True)


def _alive(scratch: Path) -> bool:
    """Whether the run that made the scratch folder still holds its lock."""
    if not (scratch / "lock").is_file():
        return False
    with (scratch / "lock").open("r+b") as lock:
        return not _locked(lock)


def _locked(lock: IO[bytes]) -> bool:
    """Take the lock on an open file until it is closed; False if another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # a file system without locks: nobody can hold one
    return True


# --- the new files take their places ---


def _take_places(scratch: Path, output: Path, names: Sequence[str]) -> bool:
    """The old files go aside, the new ones come. If one cannot be moved (a workbook open in Excel) or a signal has come
    meanwhile, all go back; False for a signal."""
    before = scratch / _BEFORE
    come: list[str] = []
    try:
        before.mkdir()
        written = [*names, *(name for name in PACKAGE if (scratch / name).exists())]
        for name in written:
            if (output / name).exists():
                os.replace(output / name, before / name)  # noqa: PTH105 - replaces on Windows too, in one step
        for name in written:
            if (scratch / name).exists():
                os.replace(scratch / name, output / name)  # noqa: PTH105
                come.append(name)
        if not interrupts.pending():
            before.rename(scratch / _DONE)
            return True
    except OSError as error:
        _undo(come, scratch, output)
        raise OutputNotWritable(None, str(output), reason=_reason(error)) from error
    _undo(come, scratch, output)
    return False


def _undo(come: Iterable[str], scratch: Path, output: Path) -> None:
    for name in come:
        if (output / name).is_dir():
            shutil.rmtree(output / name)
        else:
            (output / name).unlink()
    _put_back(scratch, output)


def _put_back(scratch: Path, output: Path) -> None:
    for each in sorted((scratch / _BEFORE).iterdir()):
        os.replace(each, output / each.name)  # noqa: PTH105


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
