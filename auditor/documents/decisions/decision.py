"""A decision about a column, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Basis(StrEnum):
    """What a decision rests on, the strongest first. `NAME` alone is evidence only, and is told as such."""

    DECLARED = "declared"      # the user said so, in audit.yaml or in a layout
    PROVED = "proved"          # a proof of the document holds this way and no other
    VALUES = "values"          # values of the column, or of its table, that can be read in one way only
    STATED = "stated"          # the document says so: a heading, a stated period, the language of its headers
    PERIOD = "period"          # the period under audit leaves one reading
    NAME = "name"              # the name of the file or of a folder
    NOTHING = "nothing"        # there was nothing to decide


@dataclass(frozen=True, slots=True)
class Decision(Generic[T]):
    """What was decided, and on what; `value` is None where nothing was to be decided, or where nothing decides."""

    value: T | None
    basis: Basis = Basis.NOTHING
    open: bool = False  # something must be decided and nothing decides it

