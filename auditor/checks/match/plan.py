"""What a match does, worked out before any SQL runs: its passes, its comparisons, the columns it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sqlglot
from sqlglot import exp

from auditor.checks.currencies import match_in_currency
from auditor.checks.match.criteria import Test, is_number, name_and_criterion, party_column, test
from auditor.checks.sources import Records, records
from auditor.engine import Engine
from auditor.languages import Text
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Compare, Criterion, Match, Pass


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field that is compared in every pair. `bit` is its place in the mask of differing fields."""

    field: str
    bit: int
    test: Test
    hides: tuple[str, ...]
    numeric: bool
    is_date: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass: its criteria, and in which order candidates are preferred."""

    number: int
    options: Pass
    tests: tuple[Test, ...]
    order: tuple[str, ...]  # SQL over l and r, the smaller the better

    @property
    def title(self) -> Text:
        """What the pass is called, or its number."""
        name = self.options.name
        return Text(name.en, name.zh) if name else Text(str(self.number), str(self.number))

    @property
    def keys(self) -> list[tuple[str, str]]:
        return [each.key for each in self.tests if each.key is not None]

    @property
    def conditions(self) -> list[str]:
        own = [f"{each.key[0]} = {each.key[1]}" if each.key else each.holds for each in self.tests]
        return own + ([f"({self.options.where})"] if self.options.where else [])

    @property
    def windows(self) -> list[Test]:
        return [each for each in self.tests if each.kind in ("days", "working_days")]


@dataclass(frozen=True, slots=True)
class Plan:
    """A match, ready to run."""

    rule: BoundRule
    options: Match
    left: Records
    right: Records
    prefix: str
    stages: tuple[Stage, ...]
    comparisons: tuple[Comparison, ...]
    nearest: tuple[Test, ...]
    used: tuple[str, ...]  # fields whose values decide anything: two records equal in them are twins
    left_extra: tuple[str, ...]  # fields that only one side's conditions name
    right_extra: tuple[str, ...]
    parties: tuple[str, ...]
    dates: tuple[str, ...]  # fields whose working days are counted
    red: bool  # red entries count as money the other way
    remarks: tuple[tuple[str, str], ...] = ()

    def table(self, name: str) -> str:
        """The name of a working table of this match."""
        return f"{self.prefix}_{name}"

    def given(self, side: str) -> Records:
        return self.left if side == "left" else self.right

    def columns(self, side: str) -> list[str]:
        """The columns of a side's working table that decide anything, `_id` and the measure aside."""
        given = self.given(side)
        fields = [*self.used, *(self.left_extra if side == "left" else self.right_extra)]
        return [each for each in fields if given.has(each)] + [party_column(each) for each in self.parties]

    @property
    def mask(self) -> str:
        """SQL: the fields in which a pair differs, a bit each. Most pairs differ in none, and that is known first."""
        if not self.comparisons:
            return "CAST(0 AS UTINYINT)"
        size = len(self.comparisons)
        width = next(name for name, bits in (("UTINYINT", 8), ("UINTEGER", 32), ("UBIGINT", 64)) if size <= bits)
        any_differs = " OR ".join(each.test.differs for each in self.comparisons)
        bits = " + ".join(
            f"(CASE WHEN {each.test.differs} THEN {1 << each.bit} ELSE 0 END)" for each in self.comparisons
        )
        return f"CASE WHEN {any_differs} THEN CAST({bits} AS {width}) ELSE CAST(0 AS {width}) END"


def make_plan(rule: BoundRule, engine: Engine) -> Plan:
    """Work out the match of a rule."""
    options = rule.options
    assert isinstance(options, Match)
    left = records(engine, options.left.records, options.left.where)
    right = records(engine, options.right.records, options.right.where)
    options = match_in_currency(rule, options, left, right)
    comparisons = _comparisons(options, left, right)
    stages = tuple(_stage(number, each, options, left, right) for number, each in enumerate(options.passes, 1))
    nearest = _nearest(options, stages, left, right)
    tests = [*(each for stage in stages for each in stage.tests), *(each.test for each in comparisons), *nearest]
    named = [each.field for each in tests]
    named += [each for stage in options.passes for each in (*stage.prefer, *(stage.sum or ()))]
    named += [*options.duplicates, options.measure, "date"]
    conditions = [each.where for each in options.passes if each.where]
    used = tuple(dict.fromkeys(each for each in named if left.has(each) or right.has(each)))
    extra = {
        side: tuple(dict.fromkeys(each for each in _columns(conditions, side) if each not in used)) for side in "lr"
    }
    parties = dict.fromkeys([each.field for each in tests if each.kind == "party"])
    parties.update(
        dict.fromkeys(each for stage in options.passes for each in stage.prefer if _is_party(each, left, right))
    )
    dates = dict.fromkeys(each.field for each in tests if each.kind == "working_days")
    red = "direction" in named and options.measure == "amount"
    return Plan(
        rule,
        options,
        left,
        right,
        f"match_{rule.id.replace('-', '_')}",
        stages,
        comparisons,
        nearest,
        used,
        extra["l"],
        extra["r"],
        tuple(parties),
        tuple(dates),
        red,
    )


def _stage(number: int, options: Pass, match: Match, left: Records, right: Records) -> Stage:
    tests = [test(*name_and_criterion(each), left, right) for each in options.on]
    if options.sum and not options.groups:
        tests += [test(name, criterion, left, right) for name, criterion in options.sum.items()]
    order = [_preference(each, left, right) for each in options.prefer]
    gaps = [each for each in tests if each.kind in ("days", "working_days")]
    if not gaps and left.columns.get("date") == right.columns.get("date") == "DATE":
        order.append("coalesce(abs(r.date - l.date), 1000000)")
    order += [
        f"coalesce({each.gap}, 1000000)" for each in (*gaps, *(e for e in tests if e.kind in ("within", "percent")))
    ]
    return Stage(number, options, tuple(tests), tuple(order))


def _preference(field_name: str, left: Records, right: Records) -> str:
    criterion = Criterion(same="party") if _is_party(field_name, left, right) else None
    return f"CASE WHEN {test(field_name, criterion, left, right).holds} THEN 0 ELSE 1 END"


def _is_party(name: str, left: Records, right: Records) -> bool:
    return left.has(f"{name}__id") and right.has(f"{name}__id")


def _comparisons(options: Match, left: Records, right: Records) -> tuple[Comparison, ...]:
    """The comparisons of fields that both sides have; `without_empty` says of the others that they are not compared."""
    found: list[Comparison] = []
    for name, how in options.compare.items():
        if not (left.has(name) and right.has(name)):
            continue
        criterion = None if how == "exact" or how.exact or not _criterion_given(how) else how
        kinds = left.columns[name], right.columns[name]
        found.append(
            Comparison(
                name,
                len(found),
                test(name, criterion, left, right),
                tuple(how.hides) if isinstance(how, Compare) else (),
                all(is_number(kind) for kind in kinds),
                kinds == ("DATE", "DATE"),
            )
        )
    return tuple(found)


def without_empty(plan: Plan, empty: Mapping[str, Sequence[str]]) -> Plan:
    """The plan without comparisons of fields that a whole side leaves empty or does not have; remarks say so."""
    remarks = []
    for name in plan.options.compare:
        for side in ("left", "right"):
            given = plan.given(side)
            if name in empty[side] or not given.has(name):
                field, records = plan.rule.field_title(name), plan.rule.record_title(given.name)
                remarks.append(
                    (
                        f"{field.en} is not compared: {records.en} has no value in it",
                        f"{field.zh}未比较：{records.zh}该栏全部为空",
                    )
                )
                break
    kept = [each for each in plan.comparisons if each.field not in (*empty["left"], *empty["right"])]
    comparisons = tuple(replace(each, bit=bit) for bit, each in enumerate(kept))
    return replace(plan, comparisons=comparisons, remarks=tuple(remarks))


def _criterion_given(how: Compare) -> bool:
    given = (how.days, how.working_days, how.within, how.percent, how.same, how.digits)
    return any(each is not None for each in given)


def _nearest(options: Match, stages: tuple[Stage, ...], left: Records, right: Records) -> tuple[Test, ...]:
    """The criteria of the nearest miss: those named, else all of the passes, each field as its first pass has it."""
    by_field: dict[str, Test] = {}
    for stage in stages:
        for each in stage.tests:
            by_field.setdefault(each.field, each)
        for name, criterion in (stage.options.sum or {}).items():
            by_field.setdefault(name, test(name, criterion, left, right))
    if not options.nearest:
        return tuple(by_field.values())
    return tuple(by_field[name] if name in by_field else test(name, None, left, right) for name in options.nearest)


def _columns(conditions: list[str], alias: str) -> list[str]:
    """The columns of `l` or `r` that conditions name."""
    return [
        column.name
        for condition in conditions
        for column in sqlglot.parse_one(condition, read="duckdb").find_all(exp.Column)
        if column.table == alias
    ]
