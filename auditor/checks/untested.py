"""What could not be tested for want of a value in a field that a rule reads, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.checks.admission import fields_in, strict_parts
from auditor.checks.base import Untested
from auditor.checks.sources import Records
from auditor.checks.templates import quoted
from auditor.engine import Engine
from auditor.rules.bound import BoundRule

Words = tuple[str, str]  # in English, in Chinese


def field_words(rule: BoundRule, names: Iterable[str]) -> Words:
    """What fields are called, joined by or."""
    titles = dict.fromkeys(rule.field_title(each.removesuffix("__id")) for each in names)
    return " or ".join(each.en for each in titles), "或".join(each.zh for each in titles)


def throughout(rule: BoundRule, given: Records, names: Sequence[str], count: int) -> Words:
    """The sentence that fields are empty in all records of a population."""
    title = rule.record_title(given.name)
    en, zh = field_words(rule, names)
    return f"{en} is empty in all {count} {title.en}", f"{title.zh} {count} 条的{zh}全部为空"


def no_records(rule: BoundRule, name: str) -> Words:
    """The sentence that a population is empty."""
    title = rule.record_title(name)
    return f"nothing to test: there are no {title.en}", f"没有可检查的记录：无{title.zh}"


def not_compared(rule: BoundRule, field: str, records: str) -> Words:
    """The remark that a field is not compared, since a whole population leaves it empty."""
    about, title = rule.field_title(field), rule.record_title(records)
    return f"{about.en} is not compared: {title.en} has no value in it", f"{about.zh}未比较：{title.zh}该栏全部为空"


def joined(said: Sequence[Words]) -> Words | None:
    """Several sentences as one; None if there are none."""
    return ("; ".join(en for en, _ in said), "；".join(zh for _, zh in said)) if said else None


def filled_in(engine: Engine, given: Records, names: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The size of a population, and how many of it have each field filled."""
    columns = "".join(f", count({quoted(each)})" for each in names)
    total, *filled = engine.rows(f"SELECT count(*){columns} FROM {given.sql}")[0]
    return total, dict(zip(names, filled, strict=True))


def without_any_of(rule: BoundRule, engine: Engine, given: Records, names: Sequence[str]) -> Untested | None:
    """Records in which one of the fields is empty. None: there are none."""
    there = [each for each in dict.fromkeys(names) if given.has(each)]
    total, filled = filled_in(engine, given, there)
    lacking = [each for each in there if filled[each] < total]
    if not lacking:
        return None
    nobody = [each for each in lacking if not filled[each]]
    condition = " OR ".join(f"s.{quoted(each)} IS NULL" for each in lacking)
    reason = throughout(rule, given, nobody, total) if nobody else None
    return Untested(f"({condition})", field_words(rule, lacking), reason)


def by_way_out(rule: BoundRule, engine: Engine, given: Records, condition: str, named: str) -> Untested | None:
    """Records that meet a condition over `l` in every part only by its way out for an empty field. `named`: a SELECT of
    the records that an outcome names."""
    parts = strict_parts(condition)
    if any(strict is None for _, strict in parts):
        return None
    strictly = " AND ".join(f"({strict}) IS NOT TRUE" for _, strict in parts)
    own = "l._ids[1]" if given.has("_ids") else "l._id"
    untested = f"SELECT l._id FROM {given.sql} l WHERE {strictly} AND {own} NOT IN ({named})"
    total = int(engine.value(f"SELECT count(*) FROM {given.sql}"))
    count = int(engine.value(f"SELECT count(*) FROM ({untested})"))
    if not count:
        return None
    names = _empty_in(engine, given, untested, condition)
    reason = throughout(rule, given, names, total) if count == total else None
    return Untested(f"s._id IN ({untested})", field_words(rule, names), reason)


def _empty_in(engine: Engine, given: Records, ids: str, condition: str) -> list[str]:
    """The fields of a condition that are empty in all of some records; all that it reads if none is."""
    names = [each for each in fields_in(condition) if given.has(each)]
    columns = ", ".join(f"count({quoted(each)})" for each in names)
    filled = engine.rows(f"SELECT {columns} FROM {given.sql} s WHERE s._id IN ({ids})")[0]
    return [name for name, count in zip(names, filled, strict=True) if not count] or names
