"""auditor: a rule-based engine that audits a folder of business documents.

    import auditor

    result = auditor.run("2026-10")
    result.findings          # a pandas DataFrame, a row an exception
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Columns come and go: fetching huge pages for them costs a virtual machine more than they save. numpy and pyarrow look
# at this when they are loaded; what the environment says itself holds.
for _setting in ("NUMPY_MADVISE_HUGEPAGE", "MIMALLOC_ALLOW_THP"):
    os.environ.setdefault(_setting, "0")

if TYPE_CHECKING:
    from auditor.audit import Audit, run

__all__ = ["Audit", "__version__", "run"]


def __getattr__(name: str) -> Any:
    if name in ("run", "Audit"):
        return getattr(import_module("auditor.audit"), name)
    raise AttributeError(name)
