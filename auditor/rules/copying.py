"""Begins a rule set of one's own: a copy of another, with what that one includes still included."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from auditor import interrupts
from auditor.rules.errors import CopyNotWritable, CopyTargetTaken
from auditor.rules.folders import MANIFEST, load_folders
from auditor.rules.model import RuleFolder
from auditor.strict_yaml import text_at

_IGNORED = shutil.ignore_patterns("__pycache__", ".*")


def copy_rule_set(source: Path, target: Path) -> RuleFolder:
    """Copy the folder of a rule set; the copy as it was written. Sets that it includes are not copied: shipped ones
    stay named, for a folder the way to it from the copy is written.

    Raises RuleSetErrors (a set with mistakes is no beginning), CopyTargetTaken or CopyNotWritable.
    """
    (folder,) = load_folders([source])
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CopyTargetTaken(None, str(target))
    text = f"# {_head(folder)}\n" + _including(folder, target)
    try:
        with interrupts.held():
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=_IGNORED)
            (target / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
            interrupts.now_written()
    except OSError as error:
        raise CopyNotWritable(None, str(target), reason=error.strerror or type(error).__name__) from error
    return load_folders([target])[0]


def _head(folder: RuleFolder) -> str:
    version = folder.manifest.version
    return f"复制自 {folder.name} {version} / copied from {folder.name} {version} by `auditor rules copy`"


def _including(folder: RuleFolder, target: Path) -> str:
    """The text of `ruleset.yaml`, with ways to included folders that begin at `target`."""
    lines = list(folder.marked.lines)
    for number in range(len(folder.manifest.includes)):
        loc = ("includes", number)
        name, place = text_at(folder.marked.data, *loc), folder.marked.place(loc)
        other = folder.folder / (name or "")
        if name is None or place.line is None or place.column is None or not (other / MANIFEST).is_file():
            continue
        way = Path(os.path.relpath(other.resolve(), target.resolve())).as_posix()
        line, at = lines[place.line - 1], place.column - 1
        lines[place.line - 1] = line[:at] + line[at:].replace(name, way, 1)
    return "\n".join(lines) + "\n"


