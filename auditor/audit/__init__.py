"""Audits: `run` for use in Python, and the pipeline behind it and the command line.

What the package gives is imported when it is asked for: a worker process reads documents and needs no rules.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.audit.audits import Audit, run, run_at
    from auditor.audit.pipeline import Options

__all__ = ["Audit", "Options", "run", "run_at"]

_HOMES = {"Audit": "audits", "run": "audits", "run_at": "audits", "Options": "pipeline"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"auditor.audit.{_HOMES[name]}"), name)
    raise AttributeError(name)
