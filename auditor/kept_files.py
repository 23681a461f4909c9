"""The user's cache folder: what was worked out before and is kept for the next run. Nothing depends on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER_VARIABLE = "AUDITOR_CACHE"  # another folder than the user's own
OFF_VARIABLE = "AUDITOR_NO_CACHE"  # nothing is kept and nothing that is kept is used; workers see it, too


def kept_folder() -> Path | None:
    """The folder for this program's kept files, which need not exist; None if nothing is to be kept, or nobody knows
    where."""
    if os.environ.get(OFF_VARIABLE):
        return None
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    try:
        home = Path.home()
    except RuntimeError:
        return None  # a user without a home
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "auditor" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "auditor"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "auditor"
