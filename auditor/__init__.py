"""auditor: a rule-based engine that audits a folder of business documents.

    import auditor

    result = auditor.run("2026-10")
    result.findings          # a pandas DataFrame, a row an exception
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from auditor.audit import Audit, run

__all__ = ["Audit", "__version__", "run"]


def __getattr__(name: str) -> Any:
    if name in ("run", "Audit"):
        return getattr(import_module("auditor.audit"), name)
    raise AttributeError(name)
