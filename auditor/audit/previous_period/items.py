"""What has become of the exceptions that were open at the end of the period before.

One that this audit finds again is *found*. A number that was missing, and a record that lacked its partner, is
*settled* once this period's documents hold the number where it was lacking. What nothing speaks of is *carried* on:
that it is not found again proves nothing, since the documents are of another period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from auditor.audit.previous_period.reading import PENDING, EarlierCarried, EarlierOpen, PreviousAudit
from auditor.engine import Engine
from auditor.findings.carried_over import CarriedItem
from auditor.findings.decided import Decision
from auditor.findings.decisions import SETTLING
from auditor.findings.model import Finding
from auditor.languages import Text
from auditor.records.model import Field, FieldType, RecordType
from auditor.rules.lineage import Lineage

_ANYWHERE = "*"
_OTHER = {"left_only": "right", "right_only": "left"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number stands in this period's documents."""

    record: Text
    document: str
    row: int | None

    def text(self) -> Text:
        """The spot in words."""
        en = f"{self.document}, row {self.row}" if self.row is not None else self.document
        zh = f"{self.document} 第 {self.row} 行" if self.row is not None else self.document
        return Text(f"{self.record.en}: {en}", f"{self.record.zh}：{zh}")


def carried_items(
    previous: PreviousAudit,
    findings: Sequence[Finding],
    engine: Engine,
    types: Mapping[str, RecordType],
    lineage: Lineage,
    period: tuple[date, date],
) -> tuple[CarriedItem, ...]:
    """The exceptions that the earlier audit left open, with what has become of them; the gravest and oldest first."""
    pending = [*_left(previous, types, lineage), *_carried_before(previous)]
    spots = _spots(engine, types, {each for item in pending for each in item.numbers})
    found = {each.id for each in findings}
    told: dict[str, CarriedItem] = {}
    for item in pending:
        where = next((spots[each] for each in item.numbers if each in spots), None)
        state = "found" if item.id in found else "settled" if where is not None else "carried"
        age = (period[1] - date.fromisoformat(item.since)).days
        told.setdefault(item.id, replace(item, age=age, state=state, where=where.text() if where else None))
    return tuple(sorted(told.values(), key=_order))


def _order(item: CarriedItem) -> tuple[object, ...]:
    gravity = ("high", "medium", "low", "info").index(item.severity)
    return item.state != "carried", gravity, -item.age, item.duty, item.code, item.key, item.id


def _left(previous: PreviousAudit, types: Mapping[str, RecordType], lineage: Lineage) -> Iterator[CarriedItem]:
    """What the earlier audit found itself."""
    sides = {
        (rule.id, each.side): each.records for rule in previous.told.rules for each in rule.populations
    }
    for each in previous.told.findings:
        if each.status not in PENDING or each.severity == "info":
            continue
        yield CarriedItem(
            **_same(each),
            since=each.date or previous.last.isoformat(),
            period=(previous.first.isoformat(), previous.last.isoformat()),
            age=0,
            state="carried",
            outcome=each.outcome,
            numbers=tuple(sorted(set(_numbers(each, sides, types, lineage)))),
        )


def _carried_before(previous: PreviousAudit) -> Iterator[CarriedItem]:
    """What it carried on itself from still earlier periods."""
    for each in previous.told.carried.items if previous.told.carried else ():
        if each.state == "carried":
            yield CarriedItem(
                **_same(each), since=each.since, period=each.period, age=0, state="carried",
                outcome=each.outcome, numbers=tuple(each.numbers),
            )  # fmt: skip


def _same(item: EarlierOpen | EarlierCarried) -> dict[str, Any]:
    names = ("id", "rule", "duty", "code", "severity", "key", "reference", "amount", "currency")
    told: dict[str, Any] = {name: getattr(item, name) for name in names}
    return {**told, "title": Text(item.title.en, item.title.zh), "unit": item.unit or "money"}


def _numbers(
    item: EarlierOpen, sides: Mapping[tuple[str, str], str], types: Mapping[str, RecordType], lineage: Lineage
) -> Iterator[str]:
    """By which numbers, in which records, an absence would be known to be none: RECORDS:NUMBER."""
    if item.outcome == "missing":
        yield f"{_ANYWHERE}:{item.key}"
    lacking = sides.get((item.rule, _OTHER.get(item.outcome, "")))
    if lacking is None:
        return
    own = {each.type for each in item.records}
    for record in item.records:
        known = types.get(record.type)
        if known is None:
            continue
        for name in known.identity:
            if name in record.values and _is_number(known.fields[name]):
                for other in sorted(lineage.records(lacking) - own):
                    yield f"{other}:{record.values[name]}"


def _is_number(field: Field) -> bool:
    """Whether the field holds the number of a paper, not that of an account or a party."""
    return field.type is FieldType.NUMBER_TEXT and not field.master


def _spots(engine: Engine, types: Mapping[str, RecordType], numbers: Iterable[str]) -> dict[str, Spot]:
    """Where each RECORDS:NUMBER stands, if it does: its first place in the order of documents and rows."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for each in numbers:
        record, _, number = each.partition(":")
        wanted[record].add(number)
    found: dict[str, tuple[tuple[object, ...], Spot]] = {}
    for name, known in sorted(types.items()):
        asked = wanted.get(name, set()) | wanted.get(_ANYWHERE, set())
        if not asked or known.master is not None or known.range is not None or known.carried_from:
            continue
        for field in (each.name for each in known.fields.values() if _is_number(each)):
            rows = engine.rows(
                f'SELECT r."{field}", d.path, r._row, r._document FROM "{name}" r '
                "JOIN document d ON d.number = r._document "
                f'WHERE r."{field}" IN (SELECT unnest($1)) ORDER BY r._document, r._page, r._row, r._id',
                [sorted(asked)],
            )
            for number, path, row, document in rows:
                for scope in (name, _ANYWHERE):
                    if number in wanted.get(scope, ()):
                        place = ((document, row or 0, name, field), Spot(known.title, path, row))
                        key = f"{scope}:{number}"
                        found[key] = min(found.get(key, place), place, key=lambda each: each[0])
    return {key: spot for key, (_, spot) in found.items()}


def with_written(items: Sequence[CarriedItem], written: Iterable[Decision]) -> tuple[CarriedItem, ...]:
    """The items with what people decided on them in the workbooks of the period before and of this one: one that is
    explained, accepted or a false alarm, and reviewed by somebody else, is settled by that."""
    decisions: dict[str, list[Decision]] = defaultdict(list)
    for each in sorted(set(written)):
        if each.finding and each.state:
            decisions[each.finding].append(each)
    told = []
    for item in items:
        on_it = decisions.get(item.id, [])
        if item.state == "carried" and on_it:
            settling = [each for each in on_it if _settles(each)]
            state = "decided" if settling else "carried"
            item = replace(item, decision=(settling or on_it)[-1], state=state)
        told.append(item)
    return tuple(sorted(told, key=_order))


def _settles(decision: Decision) -> bool:
    """Whether a decision is one that settles an exception, filled in wholly and reviewed by somebody else."""
    whole = bool(decision.reason.strip() and decision.by.strip())
    return decision.state in SETTLING and whole and decision.reviewer.strip() not in ("", decision.by.strip())
