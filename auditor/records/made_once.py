"""What is made from the record types that hold, kept as long as they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from auditor.records.model import RecordType

_MOST = 2  # the record types of the program, and those that the answers of a company add words to

Types = Mapping[str, RecordType]
Made = TypeVar("Made")


class MadeOnce(Generic[Made]):
    """Makes something of record types, and gives the same again for the same mapping."""

    def __init__(self, make: Callable[[Types], Made]) -> None:
        self._make = make
        self._kept: list[tuple[Types, Made]] = []

    def __call__(self, types: Types) -> Made:
        for known, made in self._kept:
            if known is types:
                return made
        new = self._make(types)
        self._kept = [*self._kept[1 - _MOST :], (types, new)]
        return new
