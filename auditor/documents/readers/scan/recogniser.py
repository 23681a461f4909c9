"""Where writing stands on a picture and what it says: the interface behind which a recogniser works.

A recogniser gives for each character where it stands in its line, how sure it is and what else it may be: its own
certainty does not tell errors from right readings, so that amounts are proved by what the document says elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from auditor.documents.scans import Pixels

Corners = NDArray[np.float32]  # 4 × 2: top left, top right, bottom right, bottom left, in pixels


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a line: its place along the line (0 to 1), how sure it is (0 to 1), the second guess, and which
    character of amounts in words (大写) it is if it is one."""

    text: str
    start: float
    end: float
    score: float
    other: str = ""
    other_score: float = 0.0
    of_amount: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A piece of writing in one direction, as the recogniser found it. `score`: the mean of its characters, 0 to 1."""

    corners: Corners
    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.characters)

    @property
    def score(self) -> float:
        """The mean certainty of its characters."""
        return sum(each.score for each in self.characters) / len(self.characters) if self.characters else 0.0


class Recogniser(Protocol):
    """Finds writing and reads it. The same pixels give the same answer."""

    @property
    def name(self) -> str:
        """The library, its version, and the first digits of the hash of its models."""

    def places(self, pixels: Pixels) -> list[Corners]:
        """Where lines of writing stand, from the top."""

    def lines(self, pixels: Pixels, places: Sequence[Corners], stretched: float = 1.0) -> list[Line]:
        """What is written at these places, in their order; a line without characters where nothing can be read.
        `stretched`: the lines are looked at so many times as long as they are."""
