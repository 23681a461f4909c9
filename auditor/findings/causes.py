"""One cause, one finding: what follows from another finding is folded under it.

The manifest of the rule set says which codes hide which, and how two findings are known to belong together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from auditor.findings.model import Finding, Members, RecordRef
from auditor.rules.schema import Cause

_OF_ONE_RECORD = ("left_only", "right_only", "differs")
_LAG = timedelta(days=3)  # by which the two sides may date the same thing differently

Values = Callable[[Members, Sequence[str]], Iterable[tuple[str, ...]]]


def fold(findings: Sequence[Finding], causes: Sequence[Cause], values_of: Values | None = None) -> list[Finding]:
    """The findings in the same order, those that follow from another as `derived`.

    A derived finding hides nothing itself: its owner's owner is named instead. Causes are tried in their order.
    `values_of` gives the different values that some fields have in the records with the given numbers; without it the
    listed records of a finding stand for all of them.
    """
    owners: dict[str, str] = {}
    for cause in causes:
        candidates = [f for f in findings if f.code in cause.under]
        links = _links(candidates, cause)
        for finding in findings:
            if finding.code not in cause.hides or finding.id in owners:
                continue
            if cause.fields and finding.field not in cause.fields:
                continue
            handles = frozenset(_linking(finding, cause, links, values_of))
            linked = [o for o in _linked(handles, cause, links) if o.id != finding.id and _in_time(o, finding, cause)]
            linked = [o for o in linked if _root(o.id, owners) != finding.id]
            roots = {o.id for o in linked if o.id not in owners}  # what is derived from one of them adds nothing to it
            whole = [o for o in linked if cause.exact == "no" or o.id in roots or _root(o.id, owners) not in roots]
            if whole and _explains(whole, finding, cause, handles):
                owners[finding.id] = _root(whole[0].id, owners)
    return [replace(f, status="derived", derived_from=owners[f.id]) if f.id in owners else f for f in findings]


def _in_time(owner: Finding, finding: Finding, cause: Cause) -> bool:
    """Whether a single record that a finding is about may be the one that its cause lacks: a break between two rows
    says of an amount that it belongs there, and nothing of an equal one weeks later."""
    if cause.exact != "difference" or finding.outcome not in _OF_ONE_RECORD or finding.date is None:
        return True
    days = [date.fromisoformat(each.values["date"][:10]) for each in owner.records if "date" in each.values]
    return not days or min(days) - _LAG <= finding.date <= max(days) + _LAG


def _root(identity: str, owners: Mapping[str, str]) -> str:
    while identity in owners:
        identity = owners[identity]
    return identity


def _handles(finding: Finding, cause: Cause) -> Iterable[str]:
    """By what a finding can be found: its key, its records, or the values of a field in them: of what a master names,
    whoever it is, since a list has codes where titles have names. What many findings are held against, as the book that
    all its numbers stand in, links none of them."""
    if cause.by == "key":
        return (finding.key,)
    own = [record for record in finding.records if record.type not in finding.background]
    return sorted({handle for record in own for handle in _record_handles(record, cause)})


def _record_handles(record: RecordRef, cause: Cause) -> tuple[str, ...]:
    if cause.by == "record":
        return (str(record.id),)
    fields = [cause.by] if isinstance(cause.by, str) else cause.by
    values = [record.values.get(f"{field}__id") or record.values.get(field, "") for field in fields]
    return ("\x1f".join(values),) if all(values) else ()


def _links(findings: Iterable[Finding], cause: Cause) -> dict[str, list[Finding]]:
    links: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for handle in _handles(finding, cause):
            links[handle].append(finding)
    return links


def _linked(handles: Set[str], cause: Cause, links: Mapping[str, list[Finding]]) -> list[Finding]:
    linked: dict[str, Finding] = {}
    for handle in sorted(handles):
        for owner in links.get(handle, ()):
            linked.setdefault(owner.id, owner)
    return sorted(linked.values(), key=lambda owner: (cause.under.index(owner.code), owner.key, owner.id))


def _linking(
    finding: Finding, cause: Cause, links: Mapping[str, list[Finding]], values_of: Values | None
) -> Iterable[str]:
    """The handles of a finding that may be linked; of one with more records than it lists, by all of them."""
    if finding.members is None or cause.by == "key" or values_of is None:
        return _handles(finding, cause)
    if cause.by == "record":
        known = np.array(sorted(map(int, links)), dtype=np.int64)
        return [str(each) for each in known[np.isin(known, finding.members)].tolist()]
    fields = [cause.by] if isinstance(cause.by, str) else cause.by
    return sorted("\x1f".join(values) for values in values_of(finding.members, fields))


def _explains(owners: Sequence[Finding], finding: Finding, cause: Cause, handles: Set[str]) -> bool:
    if cause.exact == "no":
        return True
    if finding.difference is None:
        return False
    together = [owners, *([owner] for owner in owners)] if cause.exact != "total" else [owners]
    return any(_makes_up(each, finding, cause, handles) for each in together)


def _makes_up(owners: Sequence[Finding], finding: Finding, cause: Cause, handles: Set[str]) -> bool:
    """Whether these owners make up the whole difference."""
    if cause.exact == "difference":
        return sum((o.difference or Decimal(0) for o in owners), Decimal(0)) == finding.difference
    added = _added(owners, finding, cause, handles)
    return finding.difference == (added if cause.exact == "total" else -added)


def _added(owners: Sequence[Finding], total: Finding, cause: Cause, handles: Set[str]) -> Decimal:
    """What the owners' records add to the total in question: the audited ones less the evidence, each record once.

    Only records of the total's own group count: an entry under a wrong date is missing on one day and too much on
    another. An owner that states the difference itself is taken at its word, unless its records were counted already.
    """
    field = None if total.outcome == "count_differs" else total.field
    counted: set[tuple[str, int]] = set()
    added = Decimal(0)
    for owner in owners:
        if _states(owner, field, cause):
            continue
        for record in _within(owner, total, cause, handles):
            if (record.side, record.id) not in counted:
                counted.add((record.side, record.id))
                added += _value(record, field) if record.side == "right" else -_value(record, field)
    for owner in owners:
        if _states(owner, field, cause) and counted.isdisjoint((r.side, r.id) for r in owner.records):
            added += owner.difference or Decimal(0)
    return added


def _within(owner: Finding, total: Finding, cause: Cause, handles: Set[str]) -> Sequence[RecordRef]:
    """The owner's records in the total's group; all of them if one is of a kind that the total does not add up."""
    records = _adding(owner)
    inside = [each for each in records if not handles.isdisjoint(_record_handles(each, cause))]
    kinds = {each.type for each in total.records}
    own = cause.exact == "opposite" or all(each in inside or each.type in kinds for each in records)
    return inside if own else records


def _adding(owner: Finding) -> Sequence[RecordRef]:
    """The owner's records; of a duplicate the copies alone, not the twin that stands for the original; of twins those
    that have no partner."""
    copies = owner.criterion.get("duplicate") or owner.criterion.get("open")
    return owner.records if copies is None else [record for record in owner.records if record.id in copies]


def _states(owner: Finding, field: str | None, cause: Cause) -> bool:
    """Whether the owner's own difference is what it adds, and its records need not be looked at."""
    if cause.exact == "opposite":
        return owner.difference is not None
    return field is not None and owner.field == field


def _value(record: RecordRef, field: str | None) -> Decimal:
    if field is None:
        return Decimal(1)
    return Decimal(record.values.get(field, "0"))
