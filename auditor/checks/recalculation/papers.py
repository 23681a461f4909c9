"""The figures of each paper in their order, with the role that each plays by its label."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from auditor.checks.sources import Records
from auditor.checks.templates import literal, quoted
from auditor.engine import Engine


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as the paper states it. `role` is None where no word of its label is known; `row` is None of a figure
    that stands in no row of a table; `rate` is in per cent."""

    id: int
    block: str
    row: int | None
    at: int
    label: str
    amount: Decimal | None
    rate: Decimal | None
    currency: str | None
    role: str | None

    @property
    def plain_label(self) -> str:
        return " ".join(unicodedata.normalize("NFKC", self.label).casefold().split())


@dataclass(frozen=True, slots=True)
class Paper:
    """The figures of one paper, in their order. `name`: its number, else its title."""

    document: int
    path: str
    title: str
    number: str | None
    figures: tuple[Stated, ...]

    @property
    def place(self) -> str:
        return f"{self.path} ({self.number or self.title})"

    @property
    def heading(self) -> list[Stated]:
        """The figures that stand in no row."""
        return [each for each in self.figures if each.row is None]

    def first_of(self, roles: Sequence[str]) -> list[Stated]:
        """The heading figures of the first of the roles that the paper has."""
        for role in roles:
            found = [each for each in self.heading if each.role == role and (each.amount is not None)]
            if found:
                return found
        return []

    def stretches(self) -> Iterator[list[Stated]]:
        """Figures that stand together: those of a block without a row, and those of each row."""
        for _, group in groupby(self.figures, key=lambda each: (each.block, each.row)):
            yield list(group)


def papers(engine: Engine, given: Records, roles: Mapping[str, str], ignored: Sequence[str]) -> list[Paper]:
    """All papers of a population of stated figures, in the order of documents, titles and numbers. A figure has the
    first of the roles whose condition holds; those of the ignored roles are left out."""
    role = " ".join(f"WHEN ({condition}) THEN {literal(name)}" for name, condition in roles.items())
    rows = engine.rows(
        "SELECT coalesce(s._document, 0), coalesce(d.path, ''), coalesce(s.paper, ''), s.number, s._id, "
        f"coalesce(s.block, ''), s.{quoted('row')}, s.{quoted('at')}, coalesce(s.label, ''), s.amount, s.rate, "
        f"s.currency, s.role FROM (SELECT *, CASE {role} END AS role FROM {given.sql}) s "
        "LEFT JOIN document d ON d.number = s._document ORDER BY ALL"
    )
    found: list[Paper] = []
    for (document, path, title, number), group in groupby(rows, key=lambda row: row[:4]):
        figures = [Stated(*row[4:]) for row in group]
        for each in _apart(figures):
            kept = tuple(figure for figure in each if figure.role not in ignored)
            if kept:
                found.append(Paper(document, path, title, number, kept))
    return found


def _apart(figures: Iterable[Stated]) -> Iterator[list[Stated]]:
    """The figures of each paper, where several have the same title and no number: each counts its own places."""
    ordered = sorted(figures, key=lambda each: each.at)
    if len({each.at for each in ordered}) == len(ordered):
        yield ordered
        return
    paper: list[Stated] = []
    for each in sorted(ordered, key=lambda each: each.id):
        if paper and each.at <= paper[-1].at:
            yield paper
            paper = []
        paper.append(each)
    yield paper
