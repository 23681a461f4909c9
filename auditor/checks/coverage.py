"""How much of its populations a rule has tested: what its `where` leaves out, and what an empty field keeps from it.

Clean means tested. A rule of which a population is empty, or a field without which it says nothing is empty
throughout, has tested nothing; where the field is empty in part, the rest was tested and the report says how many.
Which fields these are follows from what the rule reads: its criteria, its condition, the WHERE of its SELECT.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from auditor.checks.admission import admits, fields_in
from auditor.checks.base import CheckResult, Part, Population
from auditor.checks.sources import Records, records
from auditor.checks.templates import quoted
from auditor.checks.untested import Words, joined, no_records
from auditor.engine import Engine
from auditor.rules.bound import BoundRule

_MOST_PLACES = 5  # that a remark names


@dataclass(frozen=True, slots=True)
class _Admission:
    """Of the records of a type or view: how many a `where` leaves out, and the undecided ones among them and kept."""

    left_out: int = 0
    undecided_out: int = 0
    undecided_kept: int = 0


def with_coverage(rule: BoundRule, engine: Engine, result: CheckResult) -> CheckResult:
    """The result of a check with what was left out, what could not be tested, and whether anything was tested."""
    given = [records(engine, each.records, each.where) for each in result.parts]
    remarks, sides = list(result.remarks), []
    for population, each, part in zip(result.populations, given, result.parts, strict=True):
        admission = _admission(engine, each)
        remarks += _told(rule, engine, each, admission)
        side = _covered(engine, population, each, admission, part)
        sides.append(_asked_only(rule, side, part, remarks))
    reported = bool(engine.value(f"SELECT count(*) FROM {quoted(result.table)} WHERE rank IS NOT NULL"))
    return replace(
        result,
        populations=tuple(sides),
        remarks=tuple(remarks),
        untested=_untested(rule, engine, result, sides, given, reported),
        partly=joined([*([result.partly] if result.partly else []), *_partly(rule, sides, result.parts)]),
    )


def with_folded(rule: BoundRule, engine: Engine, result: CheckResult, folded: Collection[int]) -> CheckResult:
    """The result with the open records explained that only folded outcomes name: nothing of their own is open.
    `folded`: the rows of those outcomes in the outcome table."""
    if not folded:
        return result
    rows = ", ".join(map(str, sorted(folded)))
    sides = [
        _settled(engine, result.table, side, part, rows)
        for side, part in zip(result.populations, result.parts, strict=True)
    ]
    return replace(result, populations=tuple(sides))


def _settled(engine: Engine, table: str, side: Population, part: Part, rows: str) -> Population:
    if not side.open:
        return side
    of_folded = f"SELECT {part.opened} AS id FROM {quoted(table)} WHERE rowid IN ({rows})"
    of_others = f"SELECT {part.opened} AS id FROM {quoted(table)} WHERE rank IS NOT NULL AND rowid NOT IN ({rows})"
    only = f"SELECT id FROM ({of_folded}) EXCEPT SELECT id FROM ({of_others})"
    if not part.of_records:
        return _explained(side, min(int(engine.value(f"SELECT count(*) FROM ({only})")), side.open), None)
    given = records(engine, part.records, part.where)
    own = "s._ids[1]" if given.has("_ids") else "s._id"
    count, total = engine.rows(
        f"SELECT count(*), coalesce({part.amount}, 0) FROM {given.sql} s WHERE {own} IN ({only})"
    )[0]
    if count >= side.open:
        return _explained(side, side.open, side.open_amount)
    return _explained(side, count, Decimal(total) if side.amount is not None else None)


def _untested(
    rule: BoundRule,
    engine: Engine,
    result: CheckResult,
    sides: Sequence[Population],
    given: Sequence[Records],
    reported: bool,
) -> Words | None:
    """Why a rule has tested nothing; None if it has tested something. What it reported stands, but where no record
    could be compared at all."""
    reasons = [each.untested for each in result.parts if each.untested and each.untested.throughout]
    if reasons and (not reported or any(not each.records for each in reasons)):
        return reasons[0].throughout
    if reported:
        return None
    alone = [side for side, part in zip(sides, result.parts, strict=True) if part.alone]
    none = [each for each, side in zip(given, sides, strict=True) if not side.count]
    if result.untested is None and none and (not alone or all(not side.count for side in alone)):
        return joined([_none_of(rule, engine, each) for each in none])
    return result.untested


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


def _told(rule: BoundRule, engine: Engine, given: Records, admission: _Admission) -> list[Words]:
    """Remarks on records of which an empty field leaves the condition undecided, with their places."""
    remarks: list[Words] = []
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


def _empty_fields(rule: BoundRule, engine: Engine, given: Records, admitted: bool) -> list[Words]:
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
    engine: Engine, population: Population, given: Records, admission: _Admission, part: Part
) -> Population:
    """The population less what could not be tested of it."""
    known = population
    if part.of_records:  # else `where` chose books, and the population is one of numbers
        undecided = admission.undecided_out + admission.undecided_kept
        known = replace(population, left_out=admission.left_out, undecided=undecided)
    if part.untested is None or not part.untested.records:
        return known
    (count, total) = engine.rows(
        f"SELECT count(*), coalesce({part.amount}, 0) FROM {given.sql} s WHERE {part.untested.records}"
    )[0]
    count = min(count, known.matched)
    left = replace(known, count=known.count - count, matched=known.matched - count, empty=known.empty + count)
    if left.amount is None or left.matched_amount is None:
        return left
    out = Decimal(total) if count else Decimal(0)
    return replace(left, amount=left.amount - out, matched_amount=left.matched_amount - out)


def _asked_only(rule: BoundRule, side: Population, part: Part, remarks: list[Words]) -> Population:
    """The side; what found no partner where the rule does not ask for any is explained by that."""
    if part.asked or not side.open:
        return side
    title = rule.record_title(side.records)
    remarks.append(
        (
            f"{side.open} of {title.en} have no partner, and the rule asks for none",
            f"{title.zh}有 {side.open} 条无对应记录，本规则不要求对应",
        )
    )
    return _explained(side, side.open, side.open_amount)


def _explained(side: Population, count: int, amount: Decimal | None) -> Population:
    """The side with some of what is open as explained."""
    moved = replace(side, open=side.open - count, explained=side.explained + count)
    if amount is None or side.open_amount is None or side.explained_amount is None:
        return moved
    return replace(moved, open_amount=side.open_amount - amount, explained_amount=side.explained_amount + amount)


def _none_of(rule: BoundRule, engine: Engine, given: Records) -> Words:
    title = rule.record_title(given.name)
    total = int(engine.value(f"SELECT count(*) FROM {quoted(given.name)}"))
    if not total or given.where is None:
        return no_records(rule, given.name)
    names = [each for each in fields_in(given.where) if given.has(each)]
    counts = engine.rows(f"SELECT {', '.join(f'count({quoted(each)})' for each in names)} FROM {quoted(given.name)}")
    empty = [rule.field_title(each) for each, filled in zip(names, counts[0], strict=True) if not filled]
    en, zh = ", ".join(each.en for each in empty), "、".join(each.zh for each in empty)
    return (
        f"nothing to test: none of {total} {title.en} meets the rule's condition" + (f" ({en} is empty)" if en else ""),
        f"没有可检查的记录：{title.zh} {total} 条均不符合本规则的条件" + (f"（{zh}为空）" if zh else ""),
    )


def _partly(rule: BoundRule, sides: Sequence[Population], parts: Sequence[Part]) -> list[Words]:
    """How much was tested of the populations that were not tested whole."""
    said = []
    for side, part in zip(sides, parts, strict=True):
        if side.empty:
            title, whole = rule.record_title(side.records), side.count + side.empty
            en, zh = f"tested {side.count} of {whole} {title.en}", f"{title.zh}已检查 {side.count}/{whole}"
            if part.untested is not None:
                en += f": {part.untested.words[0]} is empty in {side.empty}"
                zh += f"：{side.empty} 条{part.untested.words[1]}为空"
            said.append((en, zh))
    return said
