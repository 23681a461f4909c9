"""What a rule names, and where: its expressions with the records they see, its fields with the records that must have
them.

The location of each is that in the rule's file and, since both have the same keys, in the rule's data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from auditor.rules.conditions import Scope
from auditor.rules.model import LoadedRule
from auditor.rules.schema import Balance, Duplicate, Extent, Match, On, Query, Require, Sequence, Source, Totals

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


def records_used(rule: LoadedRule) -> Iterator[RecordsUse]:
    """Every record type and view that a rule names as its own source."""
    options = rule.options
    if isinstance(options, (Match, Totals)):
        yield RecordsUse(("left", "records"), options.left.records)
        yield RecordsUse(("right", "records"), options.right.records)
    elif isinstance(options, Sequence):
        for loc, source in _sequence_sources(options):
            yield RecordsUse((*loc, "records"), source.records)
    elif isinstance(options, Query):
        for key in ("reads", "populations"):
            for number, name in enumerate(getattr(options, key)):
                yield RecordsUse((key, number), name)
    else:
        yield RecordsUse(("records",), options.records)
        if isinstance(options, Balance):
            for name, extent in _extents(options):
                yield RecordsUse((name, "records"), extent.records)
        if isinstance(options, Require) and options.refers:
            yield RecordsUse(("refers", "records"), options.refers.records)


def fields_used(rule: LoadedRule) -> Iterator[FieldUse]:
    """Every field that a rule names outside expressions."""
    options = rule.options
    if isinstance(options, Match):
        yield from _match_fields(options)
    elif isinstance(options, Totals):
        yield from _names(("by",), options.by, options.left.records, options.right.records)
    elif isinstance(options, Sequence):
        yield from _sequence_fields(options)
    elif isinstance(options, Balance):
        yield from _names(("by",), options.by, options.records)
        yield from _names(("order",), options.order, options.records)
        if options.balance and "balance" in options.model_fields_set:
            yield FieldUse(("balance",), options.balance, (options.records,))
        for name, extent in _extents(options):
            yield from _names(("by",), options.by, extent.records)
            yield FieldUse((name, "amount"), extent.amount, (extent.records,))
    elif isinstance(options, Require) and options.refers:
        yield from _on(("refers", "on"), options.refers.on, options.records, options.refers.records)
    elif isinstance(options, Duplicate):
        yield from _on(("on",), options.on, options.records)
        if "keep" in options.model_fields_set:
            yield from _names(("keep",), options.keep, options.records)


def expressions_used(
    rule: LoadedRule, columns: Mapping[str, Columns], parameters: frozenset[str]
) -> Iterator[ExpressionUse]:
    """Every expression of a rule but the SELECT of a query. `columns`: those of all records that the rule names."""
    maker = _Scopes(columns, parameters)
    options = rule.options
    if isinstance(options, Match):
        yield from maker.source(("left",), options.left)
        yield from maker.source(("right",), options.right)
        pair = maker.sides({"l": options.left.records, "r": options.right.records})
        for number, each in enumerate(options.passes):
            yield from _some(("passes", number, "where"), each.where, pair, "condition")
        one = {
            "left": maker.sides({"l": options.left.records}),
            "right": maker.sides({"r": options.right.records}),
            "pair": pair,
        }
        for number, reason in enumerate(options.explained):
            scope = one[reason.side]
            if reason.cancels:
                records = (options.left if reason.side == "left" else options.right).records
                scope = maker.sides({"l": records, "r": records})
            yield from _some(("explained", number, "when"), reason.when, scope, "condition")
    elif isinstance(options, Totals):
        for side, source in (("left", options.left), ("right", options.right)):
            yield from maker.source((side,), source)
            inside = maker.bare(source.records, aggregates=True)
            for name, measure in options.measures.items():
                yield ExpressionUse(("measures", name, side), getattr(measure, side), inside, "number")
    elif isinstance(options, Sequence):
        for loc, source in _sequence_sources(options):
            yield from maker.source(loc, source)
    elif isinstance(options, Balance):
        yield from _some(("where",), options.where, maker.bare(options.records), "condition")
        yield ExpressionUse(("movement",), options.movement, maker.bare(options.records), "number")
        for name, extent in _extents(options):
            yield from _some((name, "where"), extent.where, maker.bare(extent.records), "condition")
    elif isinstance(options, Require):
        yield from _some(("where",), options.where, maker.bare(options.records), "condition")
        sides = {"l": options.records}
        if options.refers:
            yield from _some(("refers", "where"), options.refers.where, maker.bare(options.refers.records), "condition")
            sides["r"] = options.refers.records
        yield ExpressionUse(("require",), options.require, maker.sides(sides), "condition")
    elif isinstance(options, Duplicate):
        yield from _some(("where",), options.where, maker.bare(options.records), "condition")
        yield from _some(
            ("except",), options.except_, maker.sides({"l": options.records, "r": options.records}), "condition"
        )
    yield from _outcome_expressions(rule, maker)


def _outcome_expressions(rule: LoadedRule, maker: _Scopes) -> Iterator[ExpressionUse]:
    for outcome, reports in rule.head.outcomes.items():
        scope = maker.of_outcome(rule, outcome)
        for number, report in enumerate(reports if isinstance(reports, list) else [reports]):
            loc: Loc = ("outcomes", outcome, number) if isinstance(reports, list) else ("outcomes", outcome)
            for name, expects in _OUTCOME_EXPRESSIONS.items():
                yield from _some((*loc, name), getattr(report, name), scope, expects)


@dataclass(frozen=True, slots=True)
class _Scopes:
    columns: Mapping[str, Columns]
    parameters: frozenset[str]

    def bare(self, records: str, aggregates: bool = False) -> Scope:
        """The fields of one population by their bare names."""
        return Scope({"": self.columns[records]}, {"": records}, "", self.parameters, aggregates=aggregates)

    def source(self, loc: Loc, source: Source) -> Iterator[ExpressionUse]:
        yield from _some((*loc, "where"), source.where, self.bare(source.records), "condition")

    def sides(self, names: Mapping[str, str], variables: frozenset[str] = frozenset()) -> Scope:
        """The fields of one record (bare names too) or of a pair (with `l.` and `r.`)."""
        sides = {alias: self.columns[records] for alias, records in names.items()}
        bare = next(iter(sides)) if len(sides) == 1 else None
        return Scope(sides, dict(names), bare, self.parameters, variables)

    def of_outcome(self, rule: LoadedRule, outcome: str) -> Scope:
        """What the expressions of an outcome may name."""
        options, variables = rule.options, frozenset(OUTCOME_VARIABLES)
        if isinstance(options, Match):
            return self.sides({"l": options.left.records, "r": options.right.records}, variables)
        if isinstance(options, Totals):
            sides = {"l": self._group(options, options.left.records), "r": self._group(options, options.right.records)}
            return Scope(sides, {"l": "left", "r": "right"}, None, self.parameters, variables)
        if isinstance(options, Require) and options.refers:
            return self.sides({"l": options.records, "r": options.refers.records}, variables)
        if isinstance(options, Duplicate):
            return self.sides({"l": options.records, "r": options.records}, variables)
        if isinstance(options, Balance):
            return self.sides(_balance_sides(options, outcome), variables)
        if isinstance(options, Sequence):
            papers = options.papers or options.used[0]
            return self.sides({"l": options.issued.records, "r": papers.records}, variables)
        if isinstance(options, Query):
            return Scope({"l": self.columns["select"]}, {"l": "select"}, "l", self.parameters, variables)
        return self.sides({"l": options.records}, variables)

    def _group(self, options: Totals, records: str) -> Columns:
        """A group of totals: its fields of `by`, whom they name, its measures and how many rows it has."""
        own = self.columns[records]
        group = {name: own[name] for by in options.by for name in (by, f"{by}__id") if name in own}
        return {
            **group,
            **dict.fromkeys(options.measures, "DECIMAL(38,5)"),
            "_rows": "BIGINT",
            "_ids": "BIGINT[]",
            "_currency": "VARCHAR",
        }


def _balance_sides(options: Balance, outcome: str) -> dict[str, str]:
    if outcome == "closing_differs" and options.closing:
        return {"l": options.closing.records}
    if outcome == "opening_differs" and options.prior:
        right = {"r": options.opening.records} if options.opening else {}
        return {"l": options.prior.records, **right}
    return {"l": options.records, "r": options.records} if outcome == "break" else {"l": options.records}


def _some(loc: Loc, text: str | None, scope: Scope, expects: Expects) -> Iterator[ExpressionUse]:
    if text is not None:
        yield ExpressionUse(loc, text, scope, expects)


def _extents(options: Balance) -> Iterator[tuple[str, Extent]]:
    for name in ("opening", "closing", "prior"):
        extent = getattr(options, name, None)
        if extent is not None:
            yield name, extent


def _sequence_sources(options: Sequence) -> Iterator[tuple[Loc, Source]]:
    yield ("issued",), options.issued
    for key in ("used", "still_used"):
        for number, source in enumerate(getattr(options, key)):
            yield (key, number), source
    for key in ("papers", "spoilt", "voided", "blank"):
        source = getattr(options, key)
        if source is not None:
            yield (key,), source


def _sequence_fields(options: Sequence) -> Iterator[FieldUse]:
    used = tuple(each.records for each in options.used)
    numbered = (
        *used,
        *(each.records for each in (options.papers, options.spoilt) if each),
        *(each.records for each in options.still_used),
    )
    yield FieldUse(("number",), options.number, numbered)
    if options.papers:
        yield from _names(("same_paper",), options.same_paper, options.papers.records)
    if options.voided:
        yield FieldUse(("void_number",), options.void_number, (options.voided.records,))
        yield FieldUse(("void_copies",), options.void_copies, (options.voided.records,))
        yield from _names(("void_reason",), options.void_reason, options.voided.records)
    if options.holder:
        yield FieldUse(("holder",), options.holder, used)
    if "date" in options.model_fields_set:
        yield FieldUse(("date",), options.date, used)


def _match_fields(options: Match) -> Iterator[FieldUse]:
    left, right = options.left.records, options.right.records
    for number, each in enumerate(options.passes):
        loc: Loc = ("passes", number)
        yield from _on((*loc, "on"), each.on, left, right)
        yield from _names((*loc, "prefer"), each.prefer, left, right)
        for name in each.sum or {}:
            yield FieldUse((*loc, "sum", name), name, (left, right), as_key=True)
    for name, compare in options.compare.items():
        yield FieldUse(("compare", name), name, (left, right), as_key=True)
        if not isinstance(compare, str):
            yield from _names(("compare", name, "hides"), compare.hides, left, right)
    for number, reason in enumerate(options.explained):
        yield from _names(("explained", number, "fields"), reason.fields, left, right)
        own = left if reason.side == "left" else right
        yield from _on(("explained", number, "cancels"), reason.cancels, own)
    yield from _names(("duplicates",), options.duplicates, left, right)
    yield from _names(("nearest",), options.nearest, left, right)
    if "measure" in options.model_fields_set:
        yield FieldUse(("measure",), options.measure, (left, right))


def _on(loc: Loc, on: list[On], *records: str) -> Iterator[FieldUse]:
    for number, each in enumerate(on):
        if isinstance(each, str):
            yield FieldUse((*loc, number), each, records)
        else:
            for name in each:
                yield FieldUse((*loc, number, name), name, records, as_key=True)


def _names(loc: Loc, names: list[str], *records: str) -> Iterator[FieldUse]:
    for number, name in enumerate(names):
        yield FieldUse((*loc, number), name, records)


def put(data: Any, loc: Loc, value: Any) -> None:
    """Set a value of nested data at its location."""
    for part in loc[:-1]:
        data = data[part]
    data[loc[-1]] = value
