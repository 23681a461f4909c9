"""What a month's audit depends on, as one hash: while that is the same, it need not be done again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import auditor
from auditor import interrupts
from auditor.audit.setup import Setup
from auditor.documents.no_documents import is_output
from auditor.resources import reports_folder, rules_folder
from auditor.rules.folders import load_folders
from auditor.rules.merging import all_folders

_BLOCK = 1 << 20
_RECOGNISERS = ("rapidocr", "onnxruntime")  # with them scans are read that else are not


def fingerprint(folder: Path, setup: Setup, asked: Mapping[str, Any], output: Path | None = None) -> str:
    """The hash of all that an audit of `folder` depends on: its files, its settings and rule sets, layouts and record
    types of one's own, the confirmed readings, what is `asked` for, and the program with its data.

    `output`, which may lie in the folder, is left out, as are outputs of other audits.
    """
    digest = hashlib.sha256()
    for part in (auditor.__version__, *_recognisers(), _shipped(), *map(repr, sorted(asked.items()))):
        _add(digest, part)
    for path, state in _files(folder, output.resolve() if output is not None else None):
        _add(digest, path, state)
    for each in all_folders(load_folders(setup.rules)):
        for path, state in _files(each.folder, None):
            _add(digest, each.name, path, state)
    for own in (*setup.own.records, *setup.own.layouts):
        _add(digest, own.name, _content(own.path))
    _add(digest, setup.reading.shown, setup.reading.sha256 or "")
    for password in setup.settings.passwords:
        _add(digest, password)
    return digest.hexdigest()


def file_hash(path: Path) -> str | None:
    """The SHA-256 of a file's content; None if it is not there or cannot be read."""
    try:
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                interrupts.check()
                digest.update(block)
        return digest.hexdigest()
    except OSError:
        return None


def _add(digest: Any, *parts: str) -> None:
    for part in parts:
        data = os.fsencode(part)
        digest.update(len(data).to_bytes(8, "big") + data)


def _files(root: Path, output: Path | None) -> Iterator[tuple[str, str]]:
    """Each file below a folder with the hash of its content, in the order of paths."""
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(each for each in folders if not _left_out(here / each, output))
        for name in sorted(files):
            path = here / name
            yield path.relative_to(root).as_posix(), _content(path)
        for name in folders:
            if (here / name).is_symlink():
                yield (here / name).relative_to(root).as_posix(), "link"


def _left_out(folder: Path, output: Path | None) -> bool:
    if output is not None and folder.resolve() == output:
        return True
    try:
        return is_output({each.name for each in os.scandir(folder)})
    except OSError:
        return False


def _content(path: Path) -> str:
    return file_hash(path) or "unreadable"


@cache
def _shipped() -> str:
    """The data that the program brings: record types, layouts, words, calendars, templates."""
    digest = hashlib.sha256()
    for folder in (rules_folder(), reports_folder()):
        for path, state in _files(folder, None):
            _add(digest, path, state)
    return digest.hexdigest()


def _recognisers() -> Iterator[str]:
    for name in _RECOGNISERS:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield name
