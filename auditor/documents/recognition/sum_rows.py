"""Rows that are no records: sums of the rows above them under the name of a region or a group, and lines that say what
a part of the line above is (其中：现付, of which cash).

A name is no evidence: South may be a customer. That a row is the sum of a run of at least two rows above it in every
column, of which two are not nought, is; unless its name is known as a partner's elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from auditor.documents.labels import total_label
from auditor.documents.words import total_words
from auditor.values.text import folded

_FEWEST = 2  # rows that make a sum, and columns that are not nought
_MOST_ROWS = 400  # above a row that are tried
_LONGEST_WORDS = 3  # of which
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row that is the sum of others: of those from `first` on. `told`: no word for a total says so."""

    at: int
    first: int
    told: bool


@dataclass(slots=True)
class SumRows:
    """What is found among rows. `partners`: names known as partners' of rows that add up all the
    same; `parts`: lines of what the line above consists of."""

    sums: list[SumRow] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)


Figures = Sequence[int]  # of one row, in every column; nought where nothing stands


def sum_rows(
    rows: Sequence[tuple[int, str, Figures | None]], known: Callable[[str], bool] | None = None
) -> SumRows:
    """The sums among rows, each with its place, its name and its figures (None: not all can be read), in their order.
    A row of totals that is known by its words has no name. `known`: whether a name is that of a partner."""
    found = SumRows()
    run: list[tuple[int, Figures]] = []  # since the last sum
    every: list[tuple[int, Figures]] = []  # that are no sums
    starts: list[int] = [0]  # where the runs begin, in `every`
    for at, name, figures in rows:
        if name and says_part(name):
            found.parts.append(at)
            continue
        if figures is None:
            run, every, starts = [], [], [0]
            continue
        if not name:
            run, starts = [], [*starts, len(every)]
            continue
        first = _first_of_sum(run, every, starts, figures)
        label = total_label(name)
        if first is not None and label is None and known is not None and known(name):
            found.partners.append(name)
            first = None
        if first is None and label is not None and not (known is not None and known(name)):
            first = run[0][0] if run and _mostly(run, figures) else None
        if first is not None:
            found.sums.append(SumRow(at, first, label is None))
            run, starts = [], [*starts, len(every)]
            continue
        run.append((at, figures))
        every.append((at, figures))
    return found


def says_part(name: str) -> bool:
    """Whether a name says that the line is a part of the one above: 其中：现付, of which cash."""
    plain = folded(name).strip().casefold()
    first = _WORD.findall(plain)[:_LONGEST_WORDS]
    begins = {"".join(first[:count]) for count in range(1, len(first) + 1)}
    return any(word in begins if word.isascii() else plain.startswith(word) for word in total_words().part_of)


def _first_of_sum(
    run: Sequence[tuple[int, Figures]], every: Sequence[tuple[int, Figures]], starts: Sequence[int], figures: Figures
) -> int | None:
    """The first row of those that a row is the sum of: all since the last sum, a run of them directly above, or what
    stands since the beginning of one of the runs before."""
    if sum(value != 0 for value in figures) < _FEWEST:
        return None
    places = {len(every) - len(run), *starts}
    left, filled = list(figures), 0
    found: int | None = None
    for back, (at, values) in enumerate(reversed(every[-_MOST_ROWS:]), 1):
        left = [rest - value for rest, value in zip(left, values, strict=True)]
        filled += any(values)
        if filled >= _FEWEST and not any(left) and (back <= len(run) or len(every) - back in places):
            found = at  # the longest of them
    return found


def _mostly(rows: Sequence[tuple[int, Figures]], figures: Figures) -> bool:
    """Whether half of the figures that are not nought are sums: a row with a word for a total may have a wrong one."""
    places = [at for at, figure in enumerate(figures) if figure]
    holds = sum(sum(values[at] for _, values in rows) == figures[at] for at in places)
    return len(places) >= 1 and holds * 2 >= len(places)
