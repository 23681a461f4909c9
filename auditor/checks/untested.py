"""Which records of a rule's populations could not be tested, for want of a value in a field that the rule reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from auditor.checks.admission import fields_in, refusing, selects_in, strict_parts
from auditor.checks.sources import Records
from auditor.checks.templates import quoted
from auditor.engine import Engine
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Duplicate, Match, On, Query, Require, Sequence as NumberSequence, Totals

_Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Untested:
    """Of a population `s`: a SQL condition for the records that were not tested (empty: none), the fields that are empty
    there, in both languages, and, where nothing was tested for it, why."""

    records: str
    words: _Words
    throughout: _Words | None = None


def untested_of(rule: BoundRule, engine: Engine, given: Sequence[Records], table: str) -> list[Untested | None]:
    """For each population what was not tested of it; None where that does not depend on fields being filled.

    `table` is the outcome table: a record that it names was tested.
    """
    options = rule.options
    if isinstance(options, Match):
        sides = [[_names(each.on) for each in options.passes]] * 2
        return [_without_keys(rule, engine, each, passes) for each, passes in zip(given, sides, strict=True)]
    if isinstance(options, Duplicate):
        return [_without(rule, engine, given[0], _names(options.on))]
    if isinstance(options, NumberSequence):
        return [None, *(_without(rule, engine, each, [options.number]) for each in given[1:])]
    if isinstance(options, Require):
        return [_by_ways_out(rule, engine, options, given[0], table)]
    if isinstance(options, Query):
        return _of_query(rule, engine, options, given, table)
    if isinstance(options, Totals):
        return [_without_measures(rule, engine, each, side, options) for each, side in zip(given, "lr", strict=True)]
    return [None for _ in given]


def _names(on: Iterable[On]) -> list[str]:
    return [name for each in on for name in ([each] if isinstance(each, str) else each)]


def _words(rule: BoundRule, names: Iterable[str]) -> _Words:
    titles = [rule.field_title(each.removesuffix("__id")) for each in names]
    return " or ".join(each.en for each in titles), "或".join(each.zh for each in titles)


def _throughout(rule: BoundRule, given: Records, names: Sequence[str], count: int) -> _Words:
    title = rule.record_title(given.name)
    en, zh = _words(rule, names)
    return f"{en} is empty in all {count} {title.en}", f"{title.zh} {count} 条的{zh}全部为空"


def _counts(engine: Engine, given: Records, names: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The size of a population, and how many of it have each field filled."""
    columns = "".join(f", count({quoted(each)})" for each in names)
    total, *filled = engine.rows(f"SELECT count(*){columns} FROM {given.sql}")[0]
    return total, dict(zip(names, filled, strict=True))


def _without(rule: BoundRule, engine: Engine, given: Records, names: Sequence[str]) -> Untested | None:
    """Records in which one of the fields is empty."""
    there = [each for each in names if given.has(each)]
    total, filled = _counts(engine, given, there)
    lacking = [each for each in there if filled[each] < total]
    if not lacking:
        return None
    nobody = [each for each in lacking if not filled[each]]
    condition = " OR ".join(f"s.{quoted(each)} IS NULL" for each in lacking)
    reason = _throughout(rule, given, nobody, total) if nobody else None
    return Untested(f"({condition})", _words(rule, lacking), reason)


def _without_keys(
    rule: BoundRule, engine: Engine, given: Records, passes: Sequence[Sequence[str]]
) -> Untested | None:
    """A side of a match that no pass can match at all: a field of each is empty throughout. A single record without its
    keys finds no partner, which is told of it."""
    names = sorted({each for fields in passes for each in fields if given.has(each)})
    total, filled = _counts(engine, given, names)
    if not total or any(all(filled.get(each, 1) for each in fields) for fields in passes):
        return None
    empty = [each for each in names if not filled[each]]
    return Untested("", _words(rule, empty), _throughout(rule, given, empty, total))


def _without_measures(
    rule: BoundRule, engine: Engine, given: Records, side: str, options: Totals
) -> Untested | None:
    """A side of which every measure is empty throughout."""
    measures = {name: each.left if side == "l" else each.right for name, each in options.measures.items()}
    total, *values = engine.rows(f"SELECT count(*), {', '.join(measures.values())} FROM {given.sql} s")[0]
    if not total or any(each is not None for each in values):
        return None
    return Untested("", _words(rule, measures), _throughout(rule, given, list(measures), total))


def _by_ways_out(rule: BoundRule, engine: Engine, options: Require, given: Records, table: str) -> Untested | None:
    """Records that meet the condition in every part only by its way out for an empty field. A condition over a second
    record is left to the rule."""
    if options.refers is not None:
        return None
    parts = strict_parts(options.require)
    if any(strict is None for _, strict in parts):
        return None
    condition = " AND ".join(f"({strict}) IS NOT TRUE" for _, strict in parts)
    named = f"SELECT unnest(left_ids) FROM {quoted(table)}"
    own = "l._ids[1]" if given.has("_ids") else "l._id"
    untested = f"SELECT l._id FROM {given.sql} l WHERE {condition} AND {own} NOT IN ({named})"
    total = int(engine.value(f"SELECT count(*) FROM {given.sql}"))
    count = int(engine.value(f"SELECT count(*) FROM ({untested})"))
    if not count:
        return None
    names = _empty_in(engine, given, untested, options.require)
    return Untested(
        f"s._id IN ({untested})", _words(rule, names), _throughout(rule, given, names, total) if count == total else None
    )


def _empty_in(engine: Engine, given: Records, ids: str, condition: str) -> list[str]:
    """The fields of a condition that are empty in all of some records; all that it reads if none is."""
    names = [each for each in fields_in(condition) if given.has(each)]
    columns = ", ".join(f"count({quoted(each)})" for each in names)
    filled = engine.rows(f"SELECT {columns} FROM {given.sql} s WHERE s._id IN ({ids})")[0]
    return [name for name, count in zip(names, filled, strict=True) if not count] or names


@dataclass(frozen=True, slots=True)
class _Branch:
    """One SELECT of a query: by record type or view, the fields without which a row of it cannot come out, and those of
    them that it asks for by IS NOT NULL alone: a choice of what is looked at, and no test."""

    fields: dict[str, frozenset[str]]
    chosen: dict[str, frozenset[str]]


def _of_query(
    rule: BoundRule, engine: Engine, options: Query, given: Sequence[Records], table: str
) -> list[Untested | None]:
    branches = list(_branches(engine, options))
    named = f"SELECT unnest(list_concat(left_ids, right_ids)) FROM {quoted(table)}"
    dead = [_dead(rule, engine, branch) for branch in branches]
    nothing = next((each for each in dead if each), None) if branches and all(dead) else None
    found: list[Untested | None] = []
    for at, each in enumerate(given):
        fields = [branch.fields[each.name] - branch.chosen[each.name] for branch in branches if each.name in branch.fields]
        wanted = sorted(frozenset.intersection(*fields)) if fields and len(fields) == len(branches) else []
        lacking = _without(rule, engine, each, wanted) if wanted else None
        if lacking is not None:
            own = "s._ids[1]" if each.has("_ids") else "s._id"
            lacking = Untested(f"{lacking.records} AND {own} NOT IN ({named})", lacking.words)
        if nothing and at == 0:
            lacking = Untested(lacking.records if lacking else "", lacking.words if lacking else ("", ""), nothing)
        found.append(lacking)
    return found


def _branches(engine: Engine, options: Query) -> Iterator[_Branch]:
    names = {*options.reads, *options.populations}
    for select in selects_in(options.select):
        tables = _tables_of(select)
        conditions = [each.args["on"] for each in select.args.get("joins") or [] if _is_inner(each) and each.args.get("on")]
        if select.args.get("where"):
            conditions.append(select.args["where"].this)
        fields: dict[str, set[str]] = {name: set() for name in tables.values() if name in names}
        chosen: dict[str, set[str]] = defaultdict(set)
        for condition in conditions:
            for part in condition.unnest().flatten() if isinstance(condition.unnest(), exp.And) else [condition]:
                for alias, name in refusing(part):
                    table = tables.get(alias) if alias else next(iter(tables.values())) if len(tables) == 1 else None
                    if table in fields and name in engine.columns(table):
                        fields[table].add(name)
                        if isinstance(part.unnest(), exp.Not) and isinstance(part.unnest().this.unnest(), exp.Is):
                            chosen[table].add(name)
        yield _Branch(
            {name: frozenset(each) for name, each in fields.items()},
            {name: frozenset(chosen[name]) for name in fields},
        )


def _tables_of(select: exp.Select) -> dict[str, str]:
    """Alias -> record type or view, of what is read without a LEFT JOIN."""
    begun = select.args.get("from_") or select.args.get("from")
    parts = [begun.this] if begun else []
    parts += [each.this for each in select.args.get("joins") or [] if _is_inner(each)]
    return {each.alias_or_name: each.name for each in parts if isinstance(each, exp.Table)}


def _is_inner(join: exp.Join) -> bool:
    return not join.side and join.kind in ("", "INNER", "CROSS")


def _dead(rule: BoundRule, engine: Engine, branch: _Branch) -> _Words | None:
    """Why a SELECT cannot give any row: a population that is empty, or a field that is so throughout."""
    for name, fields in branch.fields.items():
        given = Records(name, None, engine.columns(name))
        total, filled = _counts(engine, given, sorted(fields))
        if not total:
            title = rule.record_title(name)
            return f"nothing to test: there are no {title.en}", f"没有可检查的记录：无{title.zh}"
        empty = [each for each in sorted(fields) if not filled[each]]
        if empty:
            return _throughout(rule, given, empty, total)
    return None
