"""What all checks share: the shape of their result, and the SELECT that makes it.

A check is a function of a rule and an engine. It reads tables and leaves one table of outcomes (`OUTCOME_COLUMNS`); it
does no I/O, knows no clock and formats nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.engine import Engine
from auditor.rules.bound import BoundRule

OUTCOME_COLUMNS: dict[str, str] = {
    "outcome": "VARCHAR",            # left_only, differs, missing, ...
    "field": "VARCHAR",              # of differs: which field; of totals: which measure; else null
    "rank": "INTEGER",               # which of the rule's reports of this outcome (their order), null: counted only
    "left_ids": "BIGINT[]",          # records on the left (or only) side
    "right_ids": "BIGINT[]",         # records on the right side
    "key": "VARCHAR",                # the document key
    "party": "VARCHAR",
    "expected": "VARCHAR",           # as the evidence has it, as text
    "actual": "VARCHAR",             # as the audited record has it
    "difference": "DECIMAL(18,5)",   # audited record - evidence; null where there is none to state
    "amount": "DECIMAL(18,5)",       # what is involved, never negative
    "currency": "VARCHAR",
    "date": "DATE",
    "criterion": "VARCHAR",          # JSON: which pass or window decided, alternatives of an ambiguous group, ...
    "nearest": "VARCHAR",            # JSON: [{"ids": [...], "failed": [{"field", "left", "right", "by"}]}]
}


class NothingToCheck(Exception):
    """A check has none of the records without which it says nothing: no book of the kind whose numbers it controls. Its
    rule is not run. `record`: their type."""

    def __init__(self, record: str) -> None:
        super().__init__(record)
        self.record = record


@dataclass(frozen=True, slots=True)
class Population:
    """One side of a rule, conserved: matched + explained + open = count, and the same in amount.

    `count` is what was tested. Beside it stand the records of the type or view that are left out by the rule's `where`
    (`left_out`), and those that could not be tested since a field that the rule reads is empty (`empty`). `undecided`
    are those of which an empty field leaves the `where` undecided, kept or left out.
    """

    side: str
    records: str
    count: int
    matched: int
    explained: int
    open: int
    amount: Decimal | None = None
    matched_amount: Decimal | None = None
    explained_amount: Decimal | None = None
    open_amount: Decimal | None = None
    left_out: int = 0
    empty: int = 0
    undecided: int = 0

    @property
    def read(self) -> int:
        """All records of the type or view."""
        return self.left_out + self.empty + self.count


@dataclass(frozen=True, slots=True)
class Untested:
    """Of the records `s` of a population: a SQL condition for those that were not tested (empty: none), the fields that
    are empty there, in both languages, and, where nothing was tested for it, why."""

    records: str
    words: tuple[str, str] = ("", "")
    throughout: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What a population is, so that it can be looked at again when the outcomes are there.

    `records` and `where` as the rule has them. `opened`: over a row of the outcome table, SQL that unnests the records
    (their ids, or what else the population counts) which count as open for it. `amount`: an aggregate over the records
    `s`, their sum as the population has it. `asked`: whether the rule reports what is open in it. `alone`: whether the
    rule says something where all other populations are empty. `of_records`: it counts records, not numbers of books.
    """

    records: str
    where: str | None
    opened: str
    amount: str = "0"
    untested: Untested | None = None
    asked: bool = True
    alone: bool = True
    of_records: bool = True


@dataclass(frozen=True, slots=True)
class Tolerated:
    """Differences in one field that a tolerance let pass: how many, and their sum without signs."""

    field: str
    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The name of the outcome table, the populations, and the tiers: how many were matched in each pass."""

    table: str
    populations: tuple[Population, ...]
    parts: tuple[Part, ...] = ()                 # what each population is
    passes: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[tuple[str, str], ...] = ()    # (en, zh): e.g. fields not compared because a side has none
    not_possible: tuple[str, str] | None = None  # (en, zh): what could not be judged, as rows were not read
    untested: tuple[str, str] | None = None      # (en, zh): why nothing was tested, so that the rule is not run
    partly: tuple[str, str] | None = None        # (en, zh): how much of the population was tested, and why not all
    tolerated: tuple[Tolerated, ...] = ()        # what a tolerance let pass


Check = Callable[[BoundRule, Engine], CheckResult]
