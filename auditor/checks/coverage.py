"""How much of its populations a rule has tested: what its `where` leaves out, and what an empty field keeps from it.

Clean means tested. A rule of which a population is empty, or a field without which it says nothing is empty
throughout, has tested nothing; where the field is empty in part, the rest was tested and the report says how many.
Which fields these are follows from what the rule reads: its criteria, its condition, the WHERE of its SELECT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from auditor.checks.admission import admits, fields_in
from auditor.checks.base import CheckResult, Population
from auditor.checks.sources import Records, records
from auditor.checks.templates import quoted
from auditor.checks.untested import Untested, untested_of
from auditor.engine import Engine
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Balance, Duplicate, Match, Query, Require, Sequence as NumberSequence, Source, Totals

_MOST_PLACES = 5  # that a remark names
_Words = tuple[str, str]  # in English, in Chinese


@dataclass(frozen=True, slots=True)
class _Admission:
    """Of the records of a type or view: how many a `where` leaves out, and the undecided ones among them and kept."""

    left_out: int = 0
    undecided_out: int = 0
    undecided_kept: int = 0


def sources_of(rule: BoundRule) -> list[Source]:
    """The populations of a rule as its options name them, in the order in which its check gives them."""
    options = rule.options
    if isinstance(options, Match | Totals):
        return [options.left, options.right]
    if isinstance(options, NumberSequence):
        return [options.issued, *options.used]
    if isinstance(options, Query):
        return [Source(records=name) for name in options.populations or options.reads]
    assert isinstance(options, Balance | Require | Duplicate)
    return [Source(records=options.records, where=options.where)]


def with_coverage(rule: BoundRule, engine: Engine, result: CheckResult) -> CheckResult:
    """The result of a check with what was left out, what could not be tested, and whether anything was tested."""
    given = [records(engine, each.records, each.where) for each in sources_of(rule)]
    lacking = untested_of(rule, engine, given, result.table)
    remarks, sides = list(result.remarks), []
    for population, each, missing in zip(result.populations, given, lacking, strict=True):
        admission = _admission(engine, each)
        remarks += _told(rule, engine, each, admission)
        sides.append(_covered(engine, population, each, admission, missing))
    if isinstance(rule.options, NumberSequence):  # its first population is one of numbers, and `where` chose books
        sides[0] = replace(sides[0], left_out=0, undecided=0)
    sides = _asked_only(rule, sides, remarks)
    reported = bool(engine.value(f"SELECT count(*) FROM {quoted(result.table)} WHERE rank IS NOT NULL"))
    nothing = next((each.throughout for each in lacking if each is not None and each.throughout), None)
    untested = None if reported else result.untested
    if nothing is not None and (not reported or isinstance(rule.options, Match | Totals)):
        untested = untested or nothing
    elif not reported and untested is None:
        untested = _without_population(rule, engine, given, sides)
    return replace(
        result,
        populations=tuple(sides),
        remarks=tuple(remarks),
        untested=untested,
        partly=result.partly or _partly(rule, sides, lacking),
    )


def _admission(engine: Engine, given: Records) -> _Admission:
    if given.where is None:
        return _Admission()
    admitted = f"coalesce(({admits(given.where)}), FALSE)"
    undecided = f"({given.where}) IS NULL"
    (row,) = engine.rows(
        f"SELECT count(*) FILTER (NOT {admitted}), count(*) FILTER (NOT {admitted} AND {undecided}), "
        f"count(*) FILTER ({admitted} AND {undecided}) FROM {quoted(given.name)}"
    )
    return _Admission(*row)


def _told(rule: BoundRule, engine: Engine, given: Records, admission: _Admission) -> list[_Words]:
    """Remarks on records of which an empty field leaves the condition undecided, with their places."""
    remarks: list[_Words] = []
    title = rule.record_title(given.name)
    for count, admitted, en, zh in (
        (admission.undecided_out, False, "left out", "未纳入"),
        (admission.undecided_kept, True, "kept", "已纳入"),
    ):
        if count:
            names = _empty_fields(rule, engine, given, admitted)
            places = _places(engine, given, admitted)
            where = f": {', '.join(places)}" if places else ""
            remarks.append(
                (
                    f"{count} of {title.en} {en}, as {' and '.join(each[0] for each in names)} is empty there{where}",
                    f"{title.zh} {count} 条{zh}：{'、'.join(each[1] for each in names)}为空"
                    + (f"（{'、'.join(places)}）" if places else ""),
                )
            )
    return remarks


def _undecided(given: Records, *, admitted: bool) -> str:
    assert given.where is not None
    decided = f"coalesce(({admits(given.where)}), FALSE)"
    return f"({given.where}) IS NULL AND {'' if admitted else 'NOT '}{decided}"


def _empty_fields(rule: BoundRule, engine: Engine, given: Records, admitted: bool) -> list[_Words]:
    names = [each for each in fields_in(given.where or "TRUE") if given.has(each)]
    counts = ", ".join(f"count({quoted(each)})" for each in names)
    undecided = _undecided(given, admitted=admitted)
    total, *filled = engine.rows(f"SELECT count(*), {counts} FROM {quoted(given.name)} WHERE {undecided}")[0]
    empty = [name for name, count in zip(names, filled, strict=True) if count < total]
    return [(rule.field_title(each).en, rule.field_title(each).zh) for each in empty]


def _places(engine: Engine, given: Records, admitted: bool) -> list[str]:
    """Where the undecided records stand, the first of them; none of a view."""
    if not (given.has("_document") and given.has("_row")):
        return []
    rows = engine.rows(
        f"SELECT d.path, s._row FROM {quoted(given.name)} s JOIN document d ON d.number = s._document "
        f"WHERE s._id IN (SELECT _id FROM {quoted(given.name)} WHERE {_undecided(given, admitted=admitted)}) "
        f"ORDER BY ALL LIMIT {_MOST_PLACES}"
    )
    return [f"{path}:{row}" if row is not None else str(path) for path, row in rows]


def _covered(
    engine: Engine, population: Population, given: Records, admission: _Admission, missing: Untested | None
) -> Population:
    """The population less what could not be tested of it."""
    known = replace(
        population,
        left_out=admission.left_out,
        undecided=admission.undecided_out + admission.undecided_kept,
    )
    if missing is None or not missing.records:
        return known
    (count, total) = engine.rows(
        f"SELECT count(*), {'coalesce(sum(amount), 0)' if given.has('amount') else '0'} FROM {given.sql} s "
        f"WHERE {missing.records}"
    )[0]
    count = min(count, known.matched)
    if known.amount is None or known.matched_amount is None:
        return replace(known, count=known.count - count, matched=known.matched - count, empty=count)
    out = Decimal(total) if count else Decimal(0)
    return replace(
        known,
        count=known.count - count,
        matched=known.matched - count,
        empty=count,
        amount=known.amount - out,
        matched_amount=known.matched_amount - out,
    )


def _asked_only(rule: BoundRule, sides: Sequence[Population], remarks: list[_Words]) -> list[Population]:
    """The sides of a match; what found no partner on one of which the rule does not ask for any is explained by that."""
    if not isinstance(rule.options, Match):
        return list(sides)
    found = []
    for each in sides:
        if each.open and not _asks(rule, each.side):
            title = rule.record_title(each.records)
            remarks.append(
                (
                    f"{each.open} of {title.en} have no partner, and the rule asks for none",
                    f"{title.zh}有 {each.open} 条无对应记录，本规则不要求对应",
                )
            )
            each = explained(each, each.open, each.open_amount)
        found.append(each)
    return found


def explained(side: Population, count: int, amount: Decimal | None) -> Population:
    """The side with some of what is open as explained."""
    moved = replace(side, open=side.open - count, explained=side.explained + count)
    if amount is None or side.open_amount is None or side.explained_amount is None:
        return moved
    return replace(moved, open_amount=side.open_amount - amount, explained_amount=side.explained_amount + amount)


def _asks(rule: BoundRule, side: str) -> bool:
    """Whether a match reports records of a side that have no partner."""
    own = {stage.outcome or "not_accepted" for stage in rule.options.passes if not stage.accept}  # type: ignore[union-attr]
    return any(rule.reports(name) for name in (f"{side}_only", f"{side}_duplicate", "ambiguous", *sorted(own)))


def _without_population(
    rule: BoundRule, engine: Engine, given: Sequence[Records], sides: Sequence[Population]
) -> _Words | None:
    """Why there was nothing to test; None if there was something."""
    none = [each for each, side in zip(given, sides, strict=True) if not side.count]
    if not none:
        return None
    options = rule.options
    if isinstance(options, Match):
        asked = [each for each, side in zip(given, sides, strict=True) if _asks(rule, side.side)]
        if asked and any(each not in none for each in asked):
            return None
    elif isinstance(options, Query) and len(none) < len(given):
        return None
    elif isinstance(options, NumberSequence) and given[0] not in none:
        return None
    said = [_none_of(rule, engine, each) for each in none]
    return "; ".join(en for en, _ in said), "；".join(zh for _, zh in said)


def _none_of(rule: BoundRule, engine: Engine, given: Records) -> _Words:
    title = rule.record_title(given.name)
    total = int(engine.value(f"SELECT count(*) FROM {quoted(given.name)}"))
    if not total or given.where is None:
        return f"nothing to test: there are no {title.en}", f"没有可检查的记录：无{title.zh}"
    names = [each for each in fields_in(given.where) if given.has(each)]
    counts = engine.rows(f"SELECT {', '.join(f'count({quoted(each)})' for each in names)} FROM {quoted(given.name)}")
    empty = [rule.field_title(each) for each, filled in zip(names, counts[0], strict=True) if not filled]
    en, zh = ", ".join(each.en for each in empty), "、".join(each.zh for each in empty)
    return (
        f"nothing to test: none of {total} {title.en} meets the rule's condition" + (f" ({en} is empty)" if en else ""),
        f"没有可检查的记录：{title.zh} {total} 条均不符合本规则的条件" + (f"（{zh}为空）" if zh else ""),
    )


def _partly(rule: BoundRule, sides: Sequence[Population], lacking: Sequence[Untested | None]) -> _Words | None:
    """How much was tested of the populations that were not tested whole."""
    said = []
    for side, missing in zip(sides, lacking, strict=True):
        if side.empty:
            title, whole = rule.record_title(side.records), side.count + side.empty
            en, zh = f"tested {side.count} of {whole} {title.en}", f"{title.zh}已检查 {side.count}/{whole}"
            if missing is not None:
                en += f": {missing.words[0]} is empty in {side.empty}"
                zh += f"：{side.empty} 条{missing.words[1]}为空"
            said.append((en, zh))
    return ("; ".join(en for en, _ in said), "；".join(zh for _, zh in said)) if said else None
