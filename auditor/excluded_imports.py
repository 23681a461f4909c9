"""Keeping out what is installed and not needed, where every tenth of a second of starting up is waited for."""

from __future__ import annotations

import sys
from typing import Any


class _Without:
    def __init__(self, name: str) -> None:
        self.name = name

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name == self.name:
            raise ModuleNotFoundError(name, name=name)


def without_pandas() -> None:
    """Keep pyarrow from importing pandas for its first array, as it does where it can.

    For processes that are the program's own: the command line and the workers need no DataFrame. A process that has
    imported pandas already keeps it.
    """
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _Without("pandas"))
