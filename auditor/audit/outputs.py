"""The output folder: everything is written beside it first and moved in when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor.audit.errors import OutputNotWritable

NAMES = ("findings.json", "report.html", "report.xlsx", "audit.duckdb")


@contextmanager
def whole_or_not_at_all(output: Path) -> Iterator[Path]:
    """A scratch folder whose files are moved into `output` if the block ends well, and vanish if it does not.

    Other files of `output`, which a person may have put there, stay. Raises OutputNotWritable.
    """
    made = _made(output)
    try:
        scratch = Path(tempfile.mkdtemp(prefix=".auditor-", dir=output))
    except OSError as error:
        _unmake(made)
        raise OutputNotWritable(None, str(output), reason=_reason(error)) from error
    try:
        yield scratch
        _move(scratch, output)
        made = []
    finally:
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


def _move(scratch: Path, output: Path) -> None:
    try:
        for name in sorted(each.name for each in scratch.iterdir() if each.name in NAMES):
            os.replace(scratch / name, output / name)  # noqa: PTH105 - replaces on Windows too, in one step
    except OSError as error:
        raise OutputNotWritable(None, str(output), reason=_reason(error)) from error


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
