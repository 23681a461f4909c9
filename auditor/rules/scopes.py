"""What a rule names, and where: its expressions with the records they see, its fields with the records that must have
them.

The location of each is that in the rule's file and, since both have the same keys, in the rule's data. What a check's
own options name, the options say (`auditor.rules.check_options`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from auditor.rules.conditions import Scope
from auditor.rules.schema import Outcome, Source

Loc = tuple[str | int, ...]
Columns = Mapping[str, str]
Expects = Literal["condition", "number", "date", "text", "anything"]

# What a check says of an outcome itself, and what expressions over outcomes may name as `:key`, `:difference`, ...
OUTCOME_VARIABLES: dict[str, str] = {
    "key": "VARCHAR", "party": "VARCHAR", "expected": "VARCHAR", "actual": "VARCHAR", "difference": "DECIMAL(18,5)",
    "amount": "DECIMAL(18,5)", "currency": "VARCHAR", "date": "DATE", "field": "VARCHAR", "field_title": "VARCHAR",
}  # fmt: skip
_OUTCOME_EXPRESSIONS: dict[str, Expects] = {
    "where": "condition", "key": "anything", "party": "anything", "expected": "anything", "actual": "anything",
    "difference": "number", "amount": "number", "currency": "text", "date": "date",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExpressionUse:
    """An expression of a rule. `default`: it stands in no file."""

    loc: Loc
    text: str
    scope: Scope
    expects: Expects


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A field named by a rule, which each of `records` must have. `as_key`: it is a key of the file."""

    loc: Loc
    field: str
    records: tuple[str, ...]
    as_key: bool = False


@dataclass(frozen=True, slots=True)
class RecordsUse:
    """Records named by a rule."""

    loc: Loc
    name: str


@dataclass(frozen=True, slots=True)
class Scopes:
    """Makes what expressions may name. `columns`: those of all records that the rule names."""

    columns: Mapping[str, Columns]
    parameters: frozenset[str]

    def bare(self, records: str, *, aggregates: bool = False) -> Scope:
        """The fields of one population by their bare names."""
        return Scope({"": self.columns[records]}, {"": records}, "", self.parameters, aggregates=aggregates)

    def source(self, loc: Loc, source: Source) -> Iterator[ExpressionUse]:
        """The `where` of a population."""
        yield from optional_use((*loc, "where"), source.where, self.bare(source.records), "condition")

    def sides(self, names: Mapping[str, str], variables: frozenset[str] = frozenset()) -> Scope:
        """The fields of one record (bare names too) or of a pair (with `l.` and `r.`)."""
        sides = {alias: self.columns[records] for alias, records in names.items()}
        bare = next(iter(sides)) if len(sides) == 1 else None
        return Scope(sides, dict(names), bare, self.parameters, variables)

    def outcome(self, names: Mapping[str, str]) -> Scope:
        """As `sides`, with what the check says of an outcome itself."""
        return self.sides(names, frozenset(OUTCOME_VARIABLES))

    def outcome_of(self, sides: Mapping[str, Columns], records: Mapping[str, str], bare: str | None) -> Scope:
        """What the expressions of an outcome may name where its sides are no records."""
        return Scope(sides, records, bare, self.parameters, frozenset(OUTCOME_VARIABLES))


def outcome_expressions(outcomes: Mapping[str, Outcome | list[Outcome]], scope_of: Any) -> Iterator[ExpressionUse]:
    """The expressions with which a rule reports outcomes; `scope_of(outcome)` says what they may name."""
    for outcome, reports in outcomes.items():
        scope = scope_of(outcome)
        for number, report in enumerate(reports if isinstance(reports, list) else [reports]):
            loc: Loc = ("outcomes", outcome, number) if isinstance(reports, list) else ("outcomes", outcome)
            for name, expects in _OUTCOME_EXPRESSIONS.items():
                yield from optional_use((*loc, name), getattr(report, name), scope, expects)


def optional_use(loc: Loc, text: str | None, scope: Scope, expects: Expects) -> Iterator[ExpressionUse]:
    """An expression that may be left out."""
    if text is not None:
        yield ExpressionUse(loc, text, scope, expects)


def named_fields(loc: Loc, names: Sequence[str], *records: str) -> Iterator[FieldUse]:
    """The fields of a list, which each of `records` must have."""
    for number, name in enumerate(names):
        yield FieldUse((*loc, number), name, records)


def put(data: Any, loc: Loc, value: Any) -> None:
    """Set a value of nested data at its location."""
    for part in loc[:-1]:
        data = data[part]
    data[loc[-1]] = value
