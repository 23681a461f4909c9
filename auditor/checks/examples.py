"""Runs the examples that a rule carries: the exceptions that it must find among given records, and no others.

Each example is run twice, with its records in the given and in the opposite order: what a rule finds does not depend on
it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from auditor.checks.base import NothingToCheck
from auditor.checks.given import clear_records, empty_engine, put_records
from auditor.checks.registry import run_check
from auditor.engine import Engine
from auditor.errors import AuditorError
from auditor.records.model import RecordType
from auditor.rules.binding import bound_rule, keep_views, let_views_go, make_views, views_of
from auditor.rules.bound import BoundRule
from auditor.rules.model import LoadedRule, RuleSet
from auditor.rules.parameters import literals_of, resolve_parameters
from auditor.rules.schema import Example

_COLUMNS = ("key", "party", "expected", "actual", "difference", "amount", "currency", "date", "outcome", "field")


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What came of an example: the expected findings that were not found, those found that were not expected."""

    rule: str
    name: str
    missing: tuple[Mapping[str, Any], ...] = ()
    extra: tuple[Mapping[str, Any], ...] = ()
    errors: tuple[AuditorError, ...] = ()
    reversed: bool = False  # it came of the opposite order only
    found: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)

    @property
    def holds(self) -> bool:
        return not (self.missing or self.extra or self.errors)


class ExampleRunner:
    """Runs the examples of a rule set in one engine, emptied between them."""

    def __init__(self, rule_set: RuleSet, types: Mapping[str, RecordType]) -> None:
        self.rule_set = rule_set
        self.types = types
        self.engine = empty_engine(types, rule_set.manifest.calendar)

    def close(self) -> None:
        self.engine.close()

    def run_all(self, only: Sequence[str] = ()) -> Iterator[ExampleResult]:
        """The results of all examples, or of those of the named rules, in the order of rules and examples."""
        for name, rule in sorted(self.rule_set.rules.items()):
            if not only or name in only:
                for example in rule.head.examples:
                    yield self.run(rule, example)

    def run(self, rule: LoadedRule, example: Example) -> ExampleResult:
        """Run one example in both orders. An AuditorError of the check is part of the result."""
        for reverse in (False, True):
            try:
                found = self._found(rule, example, reverse)
            except AuditorError as error:
                return ExampleResult(rule.id, example.name, errors=(error,), reversed=reverse)
            missing, extra = compared(example.expect, found)
            if missing or extra:
                return ExampleResult(
                    rule.id, example.name, tuple(missing), tuple(extra), reversed=reverse, found=tuple(found)
                )
        return ExampleResult(rule.id, example.name, found=tuple(found))

    def _found(self, rule: LoadedRule, example: Example, reverse: bool) -> list[dict[str, Any]]:
        period = month_of(example.period)
        number = rule.head.examples.index(example)
        values, wrong = resolve_parameters(
            self.rule_set.manifest.parameters, example.parameters, rule.marked, ("examples", number, "parameters")
        )
        if wrong:
            raise wrong[0]
        sql = literals_of(values, self.rule_set.words, period=period, currency="CNY", entity=None)
        failed = make_views(self.rule_set, self.engine, sql, {}, views_of(self.rule_set, rule))
        if failed:
            raise next(iter(failed.values()))
        kept: frozenset[str] = frozenset()
        try:
            put_records(self.engine, self.types, example.given, reverse=reverse)
            kept = keep_views(self.rule_set, rule, self.engine)
            return found_by(bound_rule(rule, values, sql, period), self.engine)
        finally:
            let_views_go(self.engine, kept)
            clear_records(self.engine, example.given)


def run_example(rule_set: RuleSet, rule_id: str, example: Example, types: Mapping[str, RecordType]) -> ExampleResult:
    """Run one example of a rule in an engine of its own."""
    runner = ExampleRunner(rule_set, types)
    try:
        return runner.run(rule_set.rules[rule_id], example)
    finally:
        runner.close()


def found_by(rule: BoundRule, engine: Engine) -> list[dict[str, Any]]:
    """What a rule reports, each outcome with its code, in the order of the outcome table."""
    try:
        result = run_check(rule, engine)
    except NothingToCheck:  # of none of the records that the rule would need it says nothing
        return []
    rows = engine.dicts(f'SELECT {", ".join(_COLUMNS)}, rank FROM "{result.table}" WHERE rank IS NOT NULL')
    engine.execute(f'DROP TABLE "{result.table}"')
    for row in rows:
        row["code"] = rule.reports(row["outcome"], row["field"])[row.pop("rank")].code
    return rows


def compared(
    expected: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The expected findings that are missing and the found ones that are too many. What is not stated may be
    anything.
    """
    left = list(found)
    missing = []
    for each in sorted(expected, key=lambda stated: -len(stated)):
        match = next((row for row in left if all(_agrees(row[key], value) for key, value in each.items())), None)
        if match is None:
            missing.append(each)
        else:
            left.remove(match)
    return missing, left


def _agrees(found: Any, stated: Any) -> bool:
    if isinstance(found, Decimal) and stated is not None:
        try:
            return found == Decimal(str(stated))
        except InvalidOperation:  # not a number: an example that cannot hold
            return False
    if isinstance(found, date):
        return found.isoformat() == str(stated)
    return found is None if stated is None else str(found) == str(stated)


@dataclass(frozen=True, slots=True)
class Unmet:
    """One thing that an example expects and does not get, or gets and does not expect.

    `number`: which of the expected findings, from 0; None for one that was not expected. `came`: of an expected one
    the nearest that came, `differing` the keys in which it is another; of one that was not expected, that itself.
    """

    number: int | None
    expected: Mapping[str, Any] | None
    came: Mapping[str, Any] | None
    differing: tuple[str, ...] = ()


def unmet(example: Example, result: ExampleResult) -> list[Unmet]:
    """What an example did not get, each with its nearest miss, and what came besides."""
    left = list(result.extra)
    told: list[Unmet] = []
    for expected in result.missing:
        number = next(place for place, each in enumerate(example.expect) if each is expected)
        came = _nearest(expected, left) or _nearest(expected, result.found)
        differing = tuple(key for key, value in expected.items() if came is None or not _agrees(came[key], value))
        told.append(Unmet(number, expected, came, differing))
        if came in left:
            left.remove(came)
    return [*told, *(Unmet(None, None, each) for each in left)]


def _nearest(expected: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The row that agrees with an expected finding in most keys, in one at the least; the first of several."""
    counts = [sum(_agrees(row[key], value) for key, value in expected.items()) for row in rows]
    best = max(counts, default=0)
    return rows[counts.index(best)] if best else None


def month_of(text: str) -> tuple[date, date]:
    """The first and last day of a month such as 2026-10."""
    year, month = int(text[:4]), int(text[5:])
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
