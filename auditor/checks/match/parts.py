"""What the two sides of a match are, for what is told of them when the outcomes are there."""

from __future__ import annotations

from auditor.checks.base import Part, Untested
from auditor.checks.criteria.model import pairs_of
from auditor.checks.match.plan import Plan
from auditor.checks.match.sides import SIDES, measure_of
from auditor.checks.templates import literal, quoted
from auditor.checks.untested import Words, field_words, filled_in, joined, throughout
from auditor.engine import Engine


def parts(plan: Plan, engine: Engine) -> tuple[Part, ...]:
    """The left side and the right one."""
    return tuple(
        Part(
            plan.given(side).name,
            plan.given(side).where,
            _opened(plan, side),
            f"sum({measure_of(plan, side, 's')})",
            _without_keys(plan, engine, side),
            asked=_asks(plan, side),
            alone=_asks(plan, side),
        )
        for side in SIDES
    )


def untested_for_want_of_records(plan: Plan, engine: Engine) -> Words | None:
    """How many records were explained by it that what would show whether they agree is not there."""
    said = []
    for number, each in enumerate(plan.options.explained):
        if each.untested and each.side in SIDES:
            table = quoted(plan.table(f"open_{each.side}"))
            count = engine.value(f"SELECT count(*) FROM {table} WHERE state = 'explained' AND reason = {number}")
            if count:
                title = plan.rule.record_title(plan.given(each.side).name)
                en = f"{count} of {title.en} not tested: {each.title.en}"
                said.append((en, f"{title.zh} {count} 条未检查：{each.title.zh}"))
    return joined(said)


def _refused(plan: Plan) -> list[str]:
    """The outcomes of passes whose pairs are no matches."""
    return sorted({each.options.outcome or "not_accepted" for each in plan.stages if not each.options.accept})


def _asks(plan: Plan, side: str) -> bool:
    """Whether the rule reports records of a side that have no partner."""
    names = (f"{side}_only", f"{side}_duplicate", "ambiguous", *_refused(plan))
    return any(plan.rule.reports(each) for each in names)


def _opened(plan: Plan, side: str) -> str:
    """Of twins and copies the records that have no partner; the finding names the others, too."""
    whole = ", ".join(map(literal, sorted({"ambiguous", *_refused(plan)})))
    spare = "CAST(json_extract(criterion, '$.open') AS BIGINT[])"
    copies = "CAST(json_extract(criterion, '$.duplicate') AS BIGINT[])"
    return (
        f"unnest(CASE WHEN outcome = {literal(f'{side}_only')} THEN coalesce({spare}, {side}_ids) "
        f"WHEN outcome IN ({whole}) THEN {side}_ids "
        f"WHEN outcome = {literal(f'{side}_duplicate')} THEN {copies} ELSE [] END)"
    )


def _without_keys(plan: Plan, engine: Engine, side: str) -> Untested | None:
    """A side that no pass can match at all: a field of each is empty throughout. A single record without its keys finds
    no partner, which is told of it."""
    given = plan.given(side)
    passes = [
        [name for entry in each.options.on for name in _needed(entry, side) if given.has(name)] for each in plan.stages
    ]
    names = sorted({name for each in passes for name in each})
    total, filled = filled_in(engine, given, names)
    if not total or any(all(filled[name] for name in each) for each in passes):
        return None
    empty = [each for each in names if not filled[each]]
    return Untested("", field_words(plan.rule, empty), throughout(plan.rule, given, empty, total))


def _needed(entry: object, side: str) -> list[str]:
    """The fields of an entry of `on` that must be filled on a side for a pair to agree."""
    pairs = pairs_of(entry)  # type: ignore[arg-type]
    if len(pairs) > 1:
        return []
    criterion = pairs[0].criterion
    return [] if criterion and (criterion.empty or criterion.either) else [getattr(pairs[0], side)]
