"""What people decided about exceptions, and which of their decisions stand.

A decision is of the exception as a person saw it: its figures and records make a fingerprint, and where that is
another one now, the decision has lapsed. What stands depends on the set of decisions alone, never on their order.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from typing import Any

from auditor.errors import AuditorError, Place
from auditor.findings.decided import Decided, Decision, Kept, Standing
from auditor.findings.errors import DecisionIncomplete, DecisionUnknown, OwnReviewer
from auditor.findings.model import Finding

STATES = ("open", "corrected", "explained", "accepted", "false alarm")
_ASIDE = re.compile(r"\([^()]*\)")
SETTLING = ("explained", "accepted", "false alarm")  # these settle an exception once they are reviewed


def fingerprint(finding: Finding) -> str:
    """What a decision on the finding rests on: its figures and the content of its records, wherever they stand."""
    figures = (finding.expected, finding.actual, finding.difference, finding.amount, finding.currency, finding.date)
    parts = [finding.code, finding.unit, finding.party or "", str(finding.unlisted), *map(_plain, figures)]
    parts += sorted(
        "\x1e".join([record.type, record.side, *(f"{name}={value}" for name, value in sorted(record.values.items()))])
        for record in finding.records
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def decide(
    findings: Sequence[Finding], decisions: Iterable[Decision], names: Callable[[Finding], Set[str]]
) -> tuple[tuple[Finding, ...], Decided]:
    """The findings with the status that decisions give them, and what became of each decision.

    `names` gives the keys by which a person may call a finding: a decision without a finding's id goes by code and key.
    """
    placed, gone = _placed(findings, sorted(set(decisions)), names)
    standings: dict[str, Standing] = {}
    kept: list[Kept] = []
    problems: list[AuditorError] = []
    for finding, seen, written in placed:
        stale = [each for each in written if each.state and each.seen != seen]
        kept += [Kept("lapsed" if each.seen else "unseen", each) for each in stale]
        current = [each for each in written if each not in stale]
        if len({each.content for each in current}) > 1:
            kept += [Kept("conflict", each) for each in current]
            standings[finding.id] = Standing("conflict", None)
        elif current:
            word, problem = _standing(current[0])
            standings[finding.id] = Standing(word, replace(current[0], finding=finding.id, seen=seen))
            problems += [problem] if problem else []
        elif stale:
            standings[finding.id] = Standing("lapsed", stale[-1])
    decided = Decided(standings, tuple(gone), tuple(kept), tuple(dict(each.as_dict()) for each in problems))
    return tuple(_settled(each, standings.get(each.id)) for each in findings), decided


def _settled(finding: Finding, standing: Standing | None) -> Finding:
    if standing is None or standing.word != "settled" or standing.decision is None:
        return finding
    return replace(finding, status=standing.decision.state) if finding.status in ("open", "carried") else finding


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _placed(
    findings: Sequence[Finding], decisions: Iterable[Decision], names: Callable[[Finding], Set[str]]
) -> tuple[list[tuple[Finding, str, list[Decision]]], list[Decision]]:
    """Each finding that was written about, its fingerprint and what was written; and what is about none of them."""
    by_id = {each.id: each for each in findings}
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    seen: dict[str, str] = {}

    def seen_of(finding: Finding) -> str:
        if finding.id not in seen:
            seen[finding.id] = fingerprint(finding)
        return seen[finding.id]

    def found(decision: Decision) -> Finding | None:
        own = by_id.get(decision.finding)
        if own is not None and decision.seen in ("", seen_of(own)):
            return own
        twins = [each for each in by_code[decision.code] if decision.key in names(each)] if decision.code else []
        alike = [each for each in twins if decision.seen and seen_of(each) == decision.seen]
        if alike or own:
            return alike[0] if alike else own
        return twins[0] if len(twins) == 1 and not decision.finding else None

    about: dict[str, list[Decision]] = defaultdict(list)
    gone: list[Decision] = []
    for decision in decisions:
        chosen = found(decision)
        if chosen is None:
            gone.append(decision)
        else:
            about[chosen.id].append(decision)
    return [(by_id[name], seen_of(by_id[name]), written) for name, written in about.items()], gone


def _standing(decision: Decision) -> tuple[str, AuditorError | None]:
    place = Place(decision.place[0], decision.place[1], member=decision.place[2]) if decision.place else None
    if decision.state and decision.state not in STATES:
        return "unknown", DecisionUnknown(place, decision.state, code=decision.code, key=decision.key)
    if decision.state not in SETTLING:
        return ("still found" if decision.state == "corrected" else "noted"), None
    lacking = [name for name in ("reason", "by") if not getattr(decision, name)]
    if lacking:
        return "incomplete", DecisionIncomplete(place, code=decision.code, key=decision.key, lacking=tuple(lacking))
    if not decision.reviewer:
        return "waiting", None
    if same_person(decision.by, decision.reviewer):
        return "own reviewer", OwnReviewer(place, decision.reviewer, code=decision.code, key=decision.key)
    return "settled", None


def same_person(one: str, other: str) -> bool:
    """Whether two names are one, however they are written: wide or narrow, in capitals, with blanks or a title in
    brackets."""
    return _name(one) == _name(other)


def _name(text: str) -> str:
    """The name alone: without blanks and without what is said of the person in brackets."""
    return "".join(_ASIDE.sub("", unicodedata.normalize("NFKC", text).casefold()).split())
