"""What a match does, worked out before any SQL runs: its passes, its comparisons, the columns it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlglot
from sqlglot import exp

from auditor.checks.criteria.model import Criterion, Pair
from auditor.checks.criteria.sql import FAR, Operand, Operands, Test, is_number, pair_test, test_of
from auditor.checks.match.currency import match_in_currency
from auditor.checks.match.errors import FieldNotThere
from auditor.checks.match.options import Compare, How, Match, Pass, Preference, compared, preferred
from auditor.checks.sources import Records, days_apart, records
from auditor.checks.templates import quoted
from auditor.checks.untested import not_compared
from auditor.engine import Engine
from auditor.languages import Text
from auditor.rules.bound import BoundRule

_LAST = 1_000_000_000_000_000  # of a rank that is not known: behind all that are


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared in every pair. `bit` is its place in the mask of differing fields."""

    field: str  # its name in the rule
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
        return [each for each in self.tests if each.window]


@dataclass(frozen=True, slots=True)
class SideFields:
    """What a side's working table holds beside `_id` and the measure."""

    used: tuple[str, ...]  # fields whose values decide anything: two records equal in them are twins
    parties: tuple[Pair, ...]  # pairs that are compared as parties
    dates: tuple[str, ...]  # fields whose working days are counted


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
    left_fields: SideFields
    right_fields: SideFields
    red: bool  # red entries count as money the other way
    remarks: tuple[tuple[str, str], ...] = ()

    def table(self, name: str) -> str:
        """The name of a working table of this match."""
        return f"{self.prefix}_{name}"

    def given(self, side: str) -> Records:
        return self.left if side == "left" else self.right

    def fields(self, side: str) -> SideFields:
        return self.left_fields if side == "left" else self.right_fields

    def columns(self, side: str) -> list[str]:
        """The columns of a side's working table that decide anything, `_id` and the measure aside."""
        fields = self.fields(side)
        return [*fields.used, *(party_column(each) for each in fields.parties)]

    @property
    def operands(self) -> Operands:
        """The two sides of a pair in the working tables."""
        return table_operands(self.left, self.right)

    @property
    def mask(self) -> str:
        """SQL: the fields in which a pair differs, a bit each. Most pairs differ in none, and that is known first."""
        if not self.comparisons:
            return "CAST(0 AS UTINYINT)"
        size = max(each.bit for each in self.comparisons) + 1
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
    operands = table_operands(left, right)
    comparisons = _comparisons(options, left, right)
    stages = tuple(_stage(number, each, left, right) for number, each in enumerate(options.passes, 1))
    nearest = _nearest(options, stages, operands)
    tests = [*(each for stage in stages for each in stage.tests), *(each.test for each in comparisons), *nearest]
    pairs = [pair for each in tests for pair in each.pairs]
    pairs += [pair for stage in options.passes for each in stage.prefer if (pair := _preferred_pair(each, left, right))]
    named = [name for pair in pairs for name in (pair.left, pair.right)]
    return Plan(
        rule,
        options,
        left,
        right,
        f"match_{rule.id.replace('-', '_')}",
        stages,
        comparisons,
        nearest,
        _fields(options, "left", left, pairs),
        _fields(options, "right", right, pairs),
        "direction" in named and options.measure == "amount",
    )


def _fields(options: Match, side: str, given: Records, pairs: Sequence[Pair]) -> SideFields:
    """What the working table of a side must hold."""
    own = [getattr(pair, side) for pair in pairs]
    named = [*own, *(preferred(each)[0] for stage in options.passes for each in stage.prefer)]
    named += [each for stage in options.passes for each in (stage.sum or ())]
    named += [*options.duplicates, options.measure, *([given.dated] if given.dated else ["date"])]
    conditions = [each.where for each in options.passes if each.where]
    used = dict.fromkeys(each for each in (*named, *_columns(conditions, side[0])) if given.has(each))
    criteria = [(pair, each) for pair in pairs for each in _parts(pair.criterion)]
    parties = {(pair.left, pair.right): pair for pair, each in criteria if each.same}
    dates = dict.fromkeys(getattr(pair, side) for pair, each in criteria if each.working_days is not None)
    return SideFields(tuple(used), tuple(parties.values()), tuple(dates))


def _parts(criterion: Criterion | None) -> Iterator[Criterion]:
    """A criterion, and those of which one must hold."""
    if criterion is not None:
        yield criterion
        for each in criterion.either or ():
            yield from _parts(each)


def table_operands(left: Records, right: Records) -> Operands:
    """The two sides of a pair in the working tables, where parties and working days have columns of their own."""

    def operands(pair: Pair) -> tuple[Operand, Operand]:
        made = []
        for alias, given, name in (("l", left, pair.left), ("r", right, pair.right)):
            if not given.has(name):
                raise FieldNotThere(None, name, records=given.name, field=name, allowed=", ".join(given.fields))
            party, working = (f"{alias}.{quoted(each)}" for each in (party_column(pair), working_column(name)))
            made.append(Operand(f"{alias}.{quoted(name)}", given.columns[name], party, working))
        return made[0], made[1]

    return operands


def party_column(pair: Pair) -> str:
    """The column of a side that says whom a field names: the number in the master, else the name in normal form. It
    depends on what the other side could know."""
    return f"_party_{pair.left}" if pair.left == pair.right else f"_party_{pair.left}_{pair.right}"


def working_column(field: str) -> str:
    """The column of a side with the number of the working day of a date."""
    return f"_working_{field}"


def _stage(number: int, options: Pass, left: Records, right: Records) -> Stage:
    operands = table_operands(left, right)
    tests = [test_of(each, operands) for each in options.on]
    if options.sum and not options.groups:
        tests += [_plain_test(name, criterion, operands) for name, criterion in options.sum.items()]
    order = [each for preference in options.prefer for each in _preference(preference, left, right)]
    gaps = [each for each in tests if each.window]
    if not gaps and (apart := days_apart(left, right)):
        order.append(f"coalesce({apart}, {FAR})")
    others = [each for each in tests if each.gap and each.kind in ("within", "percent", "either")]
    order += [f"coalesce({each.gap}, {FAR})" for each in (*gaps, *others)]
    return Stage(number, options, tuple(tests), tuple(order))


def _plain_test(name: str, criterion: Criterion | None, operands: Operands) -> Test:
    return pair_test(Pair(left=name, right=name, criterion=criterion), operands)


def _preference(entry: Preference, left: Records, right: Records) -> list[str]:
    """What candidates are ordered by: the smaller the better, for the left record and for the right one alike."""
    name, rank = preferred(entry)
    pair = _preferred_pair(entry, left, right)
    if pair is not None:
        return [f"CASE WHEN {pair_test(pair, table_operands(left, right)).holds} THEN 0 ELSE 1 END"]
    dates = left.columns.get(name) == right.columns.get(name) == "DATE"
    one, other = (f"date_diff('day', DATE '1970-01-01', {each}.{quoted(name)})" if dates else f"{each}.{quoted(name)}"
                  for each in "rl")  # fmt: skip
    if rank == "nearest":
        return [f"coalesce(abs({one} - {other}), {FAR})"]
    sign = "-" if rank == "latest" else ""
    return [f"coalesce({sign}({each}), {_LAST})" for each in (one, other)]


def _preferred_pair(entry: Preference, left: Records, right: Records) -> Pair | None:
    """The pair of fields in which those that are equal come first; None where candidates are ranked."""
    name, rank = preferred(entry)
    if rank is not None:
        return None
    party = left.has(f"{name}__id") and right.has(f"{name}__id")
    return Pair(left=name, right=name, criterion=Criterion(same="party") if party else None)


def _comparisons(options: Match, left: Records, right: Records) -> tuple[Comparison, ...]:
    """The comparisons of fields that both sides have; `without_empty` says of the others that they are not compared."""
    found: list[Comparison] = []
    for name, how in options.compare.items():
        pair = compared(name, how)
        if not (left.has(pair.left) and right.has(pair.right)):
            continue
        kinds = left.columns[pair.left], right.columns[pair.right]
        found.append(
            Comparison(
                name,
                len(found),
                pair_test(pair, table_operands(left, right)),
                tuple(how.hides) if isinstance(how, Compare) else (),
                all(is_number(kind) for kind in kinds),
                kinds == ("DATE", "DATE"),
            )
        )
    return tuple(found)


def without_empty(plan: Plan, empty: Mapping[str, Sequence[str]]) -> Plan:
    """The plan without comparisons of fields that a whole side leaves empty or does not have; remarks say so."""
    remarks = []
    for name, how in plan.options.compare.items():
        lacking = next((side for side in ("left", "right") if _nothing_in(plan, side, name, how, empty)), None)
        if lacking is not None:
            remarks.append(not_compared(plan.rule, name, plan.given(lacking).name))
    kept = [each for each in plan.comparisons if each.test.left not in empty["left"]]
    kept = [each for each in kept if each.test.right not in empty["right"]]
    return replace(plan, comparisons=tuple(kept), remarks=tuple(remarks))


def _nothing_in(plan: Plan, side: str, name: str, how: How, empty: Mapping[str, Sequence[str]]) -> bool:
    """Whether a whole side does not have the field of a comparison, or leaves it empty."""
    field = getattr(compared(name, how), side)
    return field in empty[side] or not plan.given(side).has(field)


def _nearest(options: Match, stages: tuple[Stage, ...], operands: Operands) -> tuple[Test, ...]:
    """The criteria of the nearest miss: those named, else all of the passes, each field as its first pass has it."""
    by_field: dict[str, Test] = {}
    for stage in stages:
        for each in stage.tests:
            by_field.setdefault(each.field, each)
        for name, criterion in (stage.options.sum or {}).items():
            by_field.setdefault(name, _plain_test(name, criterion, operands))
    if not options.nearest:
        return tuple(by_field.values())
    return tuple(by_field.get(name) or _plain_test(name, None, operands) for name in options.nearest)


def _columns(conditions: list[str], alias: str) -> list[str]:
    """The columns of `l` or `r` that conditions name."""
    return [
        column.name
        for condition in conditions
        for column in sqlglot.parse_one(condition, read="duckdb").find_all(exp.Column)
        if column.table == alias
    ]
