"""The only finder of the data folders `rules/` and `reports/`."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


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
