"""What a batch remembers of a month: `batch.json` in its output folder, by which the next run knows that it is done.

It is believed only while the fingerprint of the inputs is the same and the files of the output are those that were
written: a report into which somebody has written decisions is read again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import to_json

from auditor.audit.batch.fingerprints import file_hash
from auditor.reports.overview.model import MonthSummary

FILE = "batch.json"
WRITTEN = ("report.html", "report.xlsx", "findings.json")
_SUMMARY: TypeAdapter[MonthSummary] = TypeAdapter(MonthSummary)


class _State(BaseModel):
    fingerprint: str
    written: dict[str, str]
    summary: dict[str, Any]


def summary_data(summary: MonthSummary) -> dict[str, Any]:
    """A summary as plain data, figures as text."""
    data: dict[str, Any] = _SUMMARY.dump_python(summary, mode="json")
    return data


def summary_in(data: Mapping[str, Any]) -> MonthSummary:
    """The summary that `summary_data` made. Raises ValueError."""
    return _SUMMARY.validate_python(data)


def remembered(output: Path, fingerprint: str) -> MonthSummary | None:
    """The summary of the audit that has been done already; None if it is to be done (again)."""
    try:
        state = _State.model_validate_json((output / FILE).read_bytes())
        summary = summary_in(state.summary)
    except (OSError, ValidationError):
        return None  # none yet, or of another version of the program
    whole = state.written == _written(output) and (output / "audit.duckdb").is_file()
    return summary if whole and state.fingerprint == fingerprint and not summary.awaits else None


def remember(output: Path, fingerprint: str, summary: MonthSummary) -> None:
    """Note that the audit is done. Where that cannot be written, it is done again the next time."""
    state = {"fingerprint": fingerprint, "written": _written(output), "summary": summary_data(summary)}
    scratch = output / f".{FILE}"
    try:
        scratch.write_bytes(to_json(state, indent=1) + b"\n")
        os.replace(scratch, output / FILE)  # noqa: PTH105 - replaces on Windows too, in one step
    except OSError:
        scratch.unlink(missing_ok=True)


def _written(output: Path) -> dict[str, str]:
    return {name: file_hash(output / name) or "" for name in WRITTEN}
